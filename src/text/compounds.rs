//! German and Dutch compounds: `Lieferverzögerung` is about `Lieferung` and `Verzögerung`.

use std::collections::BTreeMap;

use super::Language;
use super::fold::fold;
use super::lexicon::{Role, has_word, role};
use super::words::stem;

/// The shortest part of a compound in folded letters.
const SHORTEST_PART: usize = 4;

/// The most parts that a compound is taken apart into.
const MOST_PARTS: usize = 3;

/// How often a word must stand in the vocabulary to be a part.
const FEWEST_USES: u64 = 5;

/// How often one of the shortest parts must stand there: typing errors look like these.
const FEWEST_SHORT_USES: u64 = 20;

/// The count of a word that the built-in lexicon knows.
const KNOWN_USES: u64 = 1_000_000;

/// Splits compounds into the words of a vocabulary.
#[derive(Clone, Debug)]
pub struct Splitter {
    /// Words that may be a part, folded, with their counts.
    parts: BTreeMap<String, u64>,
    /// Stems of those words, for heads that are inflected.
    stems: BTreeMap<String, u64>,
    language: Language,
}

impl Splitter {
    /// A splitter that knows the built-in lexicon of the language and a vocabulary of folded words
    /// (see [`fold`]) with their counts. Languages other than German and Dutch have no compounds to
    /// split.
    pub fn new<'v>(
        language: Language,
        vocabulary: impl IntoIterator<Item = (&'v str, u64)>,
    ) -> Self {
        let has_compounds = lexicon(language).is_some();
        let mut parts = BTreeMap::new();
        for word in lexicon(language).iter().flat_map(|list| list.split_whitespace()) {
            parts.insert(fold(word), KNOWN_USES);
        }
        for (word, count) in vocabulary {
            let fewest = if word.len() == SHORTEST_PART { FEWEST_SHORT_USES } else { FEWEST_USES };
            if has_compounds && count >= fewest && is_part(word, language) {
                *parts.entry(word.to_owned()).or_default() += count;
            }
        }
        let mut stems = BTreeMap::new();
        for (word, count) in &parts {
            *stems.entry(stem(word, language)).or_default() += count;
        }
        Self { parts, stems, language }
    }

    /// The words that a folded compound is made of, modifier first, head last: two or more, or
    /// `None` where it is no compound of known words. A modifier loses its linking letters and
    /// regains an ending that it lost (`lieferverzoegerung`: `lieferung`, `verzoegerung`).
    pub fn split(&self, word: &str) -> Option<Vec<String>> {
        if word.len() < 2 * SHORTEST_PART || !is_part(word, self.language) || self.is_known(word) {
            return None;
        }
        let best = fewest_parts(self.splits(word, MOST_PARTS))?;
        // A word that is more frequent than its parts is a word of its own (Koehn and Knight 2003).
        let own = self.parts.get(word).copied().unwrap_or_default();
        (best.mean() > own as f64).then_some(best.parts)
    }

    /// Whether the built-in lexicon has the word.
    fn is_known(&self, word: &str) -> bool {
        self.head(word).is_some_and(|uses| uses >= KNOWN_USES)
    }

    /// The word itself where it is known, or else its best split.
    fn best(&self, word: &str, most: usize) -> Option<Split> {
        if let Some(uses) = self.head(word) {
            return Some(Split { parts: vec![word.to_owned()], log_uses: (uses as f64).ln() });
        }
        self.splits(word, most)
            .min_by(|a, b| a.parts.len().cmp(&b.parts.len()).then(b.mean().total_cmp(&a.mean())))
    }

    fn splits<'a>(&'a self, word: &'a str, most: usize) -> impl Iterator<Item = Split> + 'a {
        let ends = SHORTEST_PART..(word.len() + 1).saturating_sub(SHORTEST_PART);
        ends.filter(move |_| most > 1).filter_map(move |end| {
            let (part, uses) = self.modifier(&word[..end])?;
            let mut rest = self.best(&word[end..], most - 1)?;
            rest.parts.insert(0, part);
            rest.log_uses += (uses as f64).ln();
            Some(rest)
        })
    }

    /// The last part, inflected or not.
    fn head(&self, word: &str) -> Option<u64> {
        if word.len() < SHORTEST_PART || !is_part(word, self.language) {
            return None;
        }
        let stem = stem(word, self.language);
        // Short stems are shared by words that have nothing to do with each other.
        let by_stem = || self.stems.get(&stem).filter(|_| stem.len() > SHORTEST_PART);
        self.parts.get(word).or_else(by_stem).copied()
    }

    /// The word that a part before the last stands for.
    fn modifier(&self, form: &str) -> Option<(String, u64)> {
        let known = |word: String| {
            let uses = self.parts.get(&word).copied()?;
            (word.len() >= SHORTEST_PART).then_some((word, uses))
        };
        let linked = ["", "s", "n", "en", "es", "er", "e"]
            .into_iter()
            .filter_map(|link| known(form.strip_suffix(link)?.to_owned()));
        let shortened = ["ung", "e", "en", "n"]
            .into_iter()
            .filter_map(|end| known(format!("{form}{end}")))
            .filter(|(word, uses)| {
                *uses >= KNOWN_USES || word.ends_with("ung") || word.ends_with('e')
            });
        linked.chain(shortened).max_by_key(|(word, uses)| (*uses, word.len()))
    }
}

/// The split into the fewest parts, among these the one with the most frequent parts.
fn fewest_parts(splits: impl Iterator<Item = Split>) -> Option<Split> {
    splits.min_by(|a, b| a.parts.len().cmp(&b.parts.len()).then(b.mean().total_cmp(&a.mean())))
}

/// A way to take a compound apart.
struct Split {
    parts: Vec<String>,
    log_uses: f64,
}

impl Split {
    /// The geometric mean of the parts' counts.
    fn mean(&self) -> f64 {
        (self.log_uses / self.parts.len() as f64).exp()
    }
}

/// Endings, prefixes and function words that look like parts but are none.
const NO_PARTS: &str = "heit keit schaft lich lichkeit isch ische weise ungen ungs artig maessig ieren iert ation ationen ismus \
    ende endem enden ender endes estens able ling elle elles haft hafte haften bare baren barer bares icher innen isse isten chen \
    unter ueber zwischen gegen hinter wieder nach vorder nieder zurueck zusammen herum hinaus herein aussen voll reich frei fach \
    fache sache stand stehen stellen stellt halt halten legen lage trag tragen gang gehen kommen nahme nehmen lassen gestellt";

fn is_part(word: &str, language: Language) -> bool {
    word.len() >= SHORTEST_PART
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && role(word, language) == Role::Content
        && !has_word(NO_PARTS, word)
}

/// Whether a folded word, or one with this stem, is in the built-in lexicon of compounds.
pub(super) fn is_listed(word: &str) -> bool {
    [(Language::De, GERMAN), (Language::Nl, DUTCH)].into_iter().any(|(language, list)| {
        list.split_ascii_whitespace()
            .map(fold)
            .any(|listed| listed == word || stem(&listed, language) == word)
    })
}

/// Words of customer feedback that take part in compounds, so that these split in small samples.
fn lexicon(language: Language) -> Option<&'static str> {
    match language {
        Language::De => Some(GERMAN),
        Language::Nl => Some(DUTCH),
        _ => None,
    }
}

const GERMAN: &str = "abrechnung adresse akku angebot ankunft anmeldung anruf anschluss antrag antwort anzeige arbeit aufpreis auftrag \
    ausfall auskunft auswahl automat bahnhof beitrag bearbeitung bedienung beratung berater beschwerde bestand bestellung besuch betrag betreuung bildschirm buchung \
    büro daten dauer dienst dienstleistung display drucker durchsage einbau einkauf einstellung empfang entfernung ersatz erstattung essen fahrer fahrkarte fahrplan familie farbe fehler fenster \
    ferien filiale flughafen formular frage frist führung funktion gebühr gehäuse gepäck geräusch gerät geruch geschäft geschwindigkeit gespräch größe gutschein \
    gutschrift handel handy heizung hersteller hilfe hotline information installation internet kabel kamera karte kasse kauf klima klinik konto kontrolle kosten kunde kündigung \
    küche laden ladung lager laufzeit leistung leitung lieferant lieferung limit liste lösung mahnung management maschine material meldung menü miete mitarbeiter monteur \
    montage nachricht netz nummer nutzung online paket papier parkplatz partner passwort personal pflege plan portal post preis produkt programm prozess prüfung \
    qualität quittung rabatt raum rechnung reinigung reise reklamation reparatur reservierung restaurant rückgabe rücksendung rückruf rückmeldung rufnummer schaden schalter \
    schleife schlüssel schutz seite sendung service sicherheit sitzplatz software speise station stelle störung strom support system tarif tasche taste technik techniker telefon termin test \
    ticket transport umtausch unternehmen update urlaub verbindung verbrauch verkauf verkäufer verpackung versand versicherung vergabe verspätung vertrag vertreter verzögerung vorgang wagen ware warte wartung wasser wechsel \
    werkstatt werbung wohnung zahlung zimmer zeit zentrale zugang zusage zusatz zustellung zustand";

const DUTCH: &str = "aankoop aanvraag abonnement adres afhandeling afspraak antwoord bedrijf betaling bestelling bezorging bezorger contract dienst factuur fout \
    garantie gebruik hotel internet kamer klacht klant klanten koffer kosten kwaliteit levering lever magazijn medewerker monteur nummer onderhoud ontbijt opzegging pakket personeel \
    prijs probleem product rekening reparatie reis restaurant retour service storing telefoon termijn tijd trein verbinding verkoop vertraging verzekering verzending verpakking wacht website winkel zending";

#[cfg(test)]
mod tests {
    use super::*;

    fn split(word: &str) -> Option<Vec<String>> {
        let vocabulary = [
            ("handschuh", 90),
            ("hand", 40),
            ("schuh", 30),
            ("griff", 8),
            ("berat", 5),
            ("rech", 7),
        ];
        Splitter::new(Language::De, vocabulary).split(&fold(word))
    }

    #[test]
    fn compounds_of_known_words_split() {
        for (word, parts) in [
            ("Lieferverzögerung", vec!["lieferung", "verzoegerung"]),
            ("Lieferverzögerungen", vec!["lieferung", "verzoegerungen"]),
            ("Rückgabeprozess", vec!["rueckgabe", "prozess"]),
            ("Warteschleife", vec!["warte", "schleife"]),
            ("Rechnungsbetrag", vec!["rechnung", "betrag"]),
            ("Kundendienst", vec!["kunde", "dienst"]),
            ("Kundenservicehotline", vec!["kunde", "service", "hotline"]),
            ("Terminvergabe", vec!["termin", "vergabe"]),
            ("Handgriff", vec!["hand", "griff"]),
        ] {
            assert_eq!(split(word), Some(parts.into_iter().map(String::from).collect()), "{word}");
        }
    }

    #[test]
    fn words_of_their_own_stay_whole() {
        for word in [
            "Beratung",
            "Service",
            "Lieferung",
            "Rechnung",
            "Handschuh",
            "Unterhaltung",
            "Mannschaft",
            "Techniker",
            "",
            "ab",
        ] {
            assert_eq!(split(word), None, "{word}");
        }
    }

    #[test]
    fn only_german_and_dutch_compound() {
        let dutch = Splitter::new(Language::Nl, []);
        assert_eq!(dutch.split("klantenservice"), Some(vec!["klanten".into(), "service".into()]));
        assert_eq!(
            Splitter::new(Language::En, [("hand", 90), ("shake", 90)]).split("handshake"),
            None
        );
    }
}
