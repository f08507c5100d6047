//! German and Dutch words of which compounds are made: `Lieferverzögerung` is about `Lieferung` and
//! `Verzögerung`.

use super::Language;
use super::fold::fold;
use super::words::stem;

/// Whether a folded word, or one with this stem, is in the built-in lexicon of compounds.
pub(super) fn is_listed(word: &str) -> bool {
    [(Language::De, GERMAN), (Language::Nl, DUTCH)].into_iter().any(|(language, list)| {
        list.split_ascii_whitespace()
            .map(fold)
            .any(|listed| listed == word || stem(&listed, language) == word)
    })
}

/// Words of customer feedback that take part in compounds.
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
