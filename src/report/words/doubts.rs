//! What was read and what is doubtful about it, German beside English.

use super::super::ReportLanguage::{self, De, En};
use super::format::Format;
use crate::read::{
    CoarseDates, DateOrder, Doubt, Evidence, InputKind, NotFeedback, NumberDates, Quoted, Role,
    Sameness, ToldDoubt, counted_placeholders,
};

/// A doubt, and the inputs unless it is about all. How it is overruled is told to who runs the program: in the terminal
/// and in `run.json`.
pub(crate) fn doubt(language: ReportLanguage, ToldDoubt { doubt, inputs }: &ToldDoubt) -> String {
    let told = match language {
        En => capitalised(&doubt.sentence()),
        De => sentence(doubt),
    };
    match &inputs[..] {
        [] => told,
        inputs => format!("{told} [{}]", Quoted(inputs)),
    }
}

/// Before the names of the tools whose exports were read.
pub(crate) fn exported_by(language: ReportLanguage) -> &'static str {
    match language {
        De => "Export von",
        En => "export of",
    }
}

/// What a column holds.
pub(crate) fn role(language: ReportLanguage, role: Role) -> &'static str {
    match (language, role) {
        (De, Role::Text) => "Text",
        (En, Role::Text) => "text",
        (De, Role::Id) => "Kennung",
        (En, Role::Id) => "id",
        (De, Role::Date) => "Datum",
        (En, Role::Date) => "date",
        (De, Role::Nps) => "Weiterempfehlung (NPS)",
        (En, Role::Nps) => "likelihood to recommend (NPS)",
        (De, Role::Rating) => "Bewertung",
        (En, Role::Rating) => "rating",
        (De, Role::Source) => "Quelle",
        (En, Role::Source) => "source",
        (De, Role::Touchpoint) => "Kontaktpunkt",
        (En, Role::Touchpoint) => "touchpoint",
        (De, Role::Segment) => "Kundengruppe",
        (En, Role::Segment) => "group of customers",
        (De, Role::Other) => "nicht verwendet",
        (En, Role::Other) => "not used",
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn sentence(doubt: &Doubt) -> String {
    match doubt {
        Doubt::PassedOver { evidence } => format!(
            "In Ordnern ist anderes übergangen, auch Ordner darin: {}{}. Gelesen wird es, wenn es genannt ist.",
            Format(De).count(evidence.count),
            such_as(evidence)
        ),
        Doubt::UnusedOption { option, input } => {
            let input = match input {
                InputKind::Delimited => "Text mit Trennzeichen",
                InputKind::Workbook => "eine Arbeitsmappe",
                InputKind::Json => "JSON",
                InputKind::Typed => "Parquet oder SPSS",
                InputKind::OtherColumns => "ohne diese Spalte",
            };
            format!("{option} bewirkt nichts: Die Eingabe ist {input}.")
        }
        Doubt::Encoding { encoding, evidence } => format!(
            "Die Datei sagt nicht, wie sie kodiert ist; gelesen als {encoding}{}.",
            such_as(evidence)
        ),
        Doubt::InvalidText { encoding, evidence } => format!(
            "Zeichen, die in {encoding} keine sind, stehen an {}; sie sind als \u{fffd} gelesen{}.",
            of(evidence, ["Stelle", "Stellen"]),
            such_as(evidence)
        ),
        Doubt::CutText { encoding } => format!(
            "Der Text in {encoding} endet mitten in einem Zeichen: Die Datei ist abgeschnitten, Zeilen können fehlen."
        ),
        Doubt::Boilerplate { evidence } => format!(
            "Was nicht vom Kunden ist (Grußformeln, Signaturen, Antworten, Berater, Reste von Webseiten), ist übergangen: \
             {}{}.",
            of(evidence, ["Text", "Texten"]),
            such_as(evidence)
        ),
        Doubt::PartedByBlanks { names } => format!(
            "Kein Zeichen trennt Spalten, vielleicht aber Leerzeichen: {} und alles darunter ist als ein Text gelesen. Sind das Spalten, \
             bitte mit Kommas oder Tabulatoren exportieren.",
            Quoted(names)
        ),
        Doubt::Redacted { data, columns } => format!(
            "Personenbezogene Angaben sind durch Platzhalter ersetzt: {}{}.",
            counted_placeholders(data),
            match &columns[..] {
                [] => String::new(),
                columns => format!(
                    "{}alle Zellen von {}",
                    if data.is_empty() { "" } else { "; " },
                    Quoted(columns)
                ),
            }
        ),
        Doubt::RecurringText { column, evidence } => format!(
            "In „{column}“ stehen am Anfang oder Ende von {} dieselben Sätze; sie sind übergangen{}.",
            of(evidence, ["Text", "Texten"]),
            such_as(evidence)
        ),
        Doubt::UnclearDialogue { evidence } => format!(
            "Beide Seiten eines Gesprächs stehen in {}, und nichts sagt, wer der Kunde ist: Alles ist gelesen{}.",
            of(evidence, ["Text", "Texten"]),
            such_as(evidence)
        ),
        Doubt::NearDuplicates { evidence } => format!(
            "Fast wortgleich mit anderen, daher nicht noch einmal gezählt: {}; welche sie wiederholen, sagt „repeats“ in \
             feedback.csv{}.",
            of(evidence, ["Text", "Texte"]),
            such_as(evidence)
        ),
        Doubt::OtherLanguage { evidence } => format!(
            "Ganz oder zum Teil in Sprachen, die nicht ausgewertet werden: {} ({}); diese Sätze sind übergangen{}.",
            of(evidence, ["Text", "Texten"]),
            Format(De).percent(evidence.count, evidence.of),
            such_as(evidence)
        ),
        Doubt::DoubleEncoded { mended, evidence } => format!(
            "In falscher Kodierung gespeichert (Buchstabensalat): {}{}{}.",
            cells(evidence),
            if *mended { "; repariert" } else { "" },
            such_as(evidence)
        ),
        Doubt::UnescapedQuotes { evidence } => format!(
            "Nicht verdoppelte Anführungszeichen in Zellen: {}; sie sind als Zeichen des Textes gelesen{}.",
            rows(evidence),
            such_as(evidence)
        ),
        Doubt::TitleRows { evidence } => format!(
            "Über den Spaltennamen steht ein Titel; ausgelassen: {}{}.",
            rows(evidence),
            such_as(evidence)
        ),
        Doubt::HeaderRows { rows } => format!("Die ersten {rows} Zeilen nennen die Spalten."),
        Doubt::NoHeader { first } => format!(
            "Keine Zeile nennt die Spalten; sie sind nummeriert, und die erste Zeile zählt als Rückmeldung: {}.",
            Quoted(first)
        ),
        Doubt::TotalRows { evidence } => format!(
            "Am Ende steht eine Summe; ausgelassen: {}{}.",
            rows(evidence),
            such_as(evidence)
        ),
        Doubt::Sheet { sheet, others } => {
            format!("Gelesen ist das Tabellenblatt „{sheet}“, nicht {}.", Quoted(others))
        }
        Doubt::UnclearText { column, evidence } => format!(
            "Keine Spalte ist klar ein Freitext; „{column}“ gilt als einer, weil sie ihm am nächsten kommt{}.",
            such_as(evidence)
        ),
        Doubt::NotText { column, word, evidence } => format!(
            "„{column}“ ist nicht als Rückmeldung gelesen, weil im Namen „{word}“ steht{}.",
            such_as(evidence)
        ),
        Doubt::Reply { column, evidence } => format!(
            "„{column}“ enthält, was das Unternehmen schrieb, und ist nicht als Rückmeldung gelesen{}.",
            such_as(evidence)
        ),
        Doubt::SameText { column, other, sameness } => format!(
            "„{column}“ enthält noch einmal den Text von „{other}“ ({}) und ist nicht gelesen.",
            match sameness {
                Sameness::Words => "dieselben Wörter",
                Sameness::Translation => "übersetzt",
                Sameness::Processed => "bereinigt oder gekürzt",
            }
        ),
        Doubt::TickList { column, evidence } => format!(
            "„{column}“ enthält angekreuzte Antworten und ist nicht als Text gelesen{}.",
            such_as(evidence)
        ),
        Doubt::OtherAnswer { column, evidence } => format!(
            "„{column}“ enthält, was neben „Sonstiges“ einer geschlossenen Frage steht, und ist nicht als \
             Rückmeldung gelesen{}.",
            such_as(evidence)
        ),
        Doubt::ClosedAnswers { column, different, read, evidence } => format!(
            "„{column}“ heißt wie ein Text, enthält aber nur {different} verschiedene Antworten in {} Zeilen, \
             wie geschlossene Fragen: {}{}.",
            evidence.of,
            if *read {
                "trotzdem gelesen, weil kein anderer Text da ist"
            } else {
                "nicht als Text gelesen"
            },
            such_as(evidence)
        ),
        Doubt::DateOrder { column, order, evidence } => format!(
            "In „{column}“ passen beide Reihenfolgen von Tag und Monat auf {}; gelesen als {}{}.",
            cells(evidence),
            date_order(*order),
            such_as(evidence)
        ),
        Doubt::MixedDateOrders { column, order, evidence } => format!(
            "Die Daten in „{column}“ haben mehr als eine Reihenfolge von Tag und Monat; gelesen als {}, was \
             auf {} nicht passt{}.",
            date_order(*order),
            cells(evidence),
            such_as(evidence)
        ),
        Doubt::NumberDates { column, numbers, evidence } => format!(
            "Die Zahlen in „{column}“ sind als Daten gelesen: {}{}.",
            number_dates(*numbers),
            such_as(evidence)
        ),
        Doubt::CoarseDates { column, what, evidence } => format!(
            "In „{column}“ nennen {} {}{}.",
            cells(evidence),
            match what {
                CoarseDates::Months => "Monate; jeder steht für seinen ersten Tag",
                CoarseDates::Weeks => "Wochen; jede steht für ihren Montag",
            },
            such_as(evidence)
        ),
        Doubt::VagueDates { column, evidence } => format!(
            "„{column}“ sieht nach Daten aus, nennt aber keinen Tag, der zu lesen wäre{}.",
            such_as(evidence)
        ),
        Doubt::OneDay { column, date, .. } => {
            format!("„{column}“ nennt überall denselben Tag, {date}. Ist es der Tag des Exports?")
        }
        Doubt::RelativeDates { column, evidence } => format!(
            "„{column}“ sagt, wie lange etwas her ist, und das ergibt keinen Tag: Die Rückmeldungen haben kein \
             Datum{}.",
            such_as(evidence)
        ),
        Doubt::SameDate { column, date, .. } => {
            format!(
                "„{column}“ nennt überall oder meist {date}, was für kein Datum steht: nicht gelesen."
            )
        }
        Doubt::RatingScale { column, scale, other } => format!(
            "Die Skala von „{column}“ gilt als {} bis {}; {} bis {} passt auch.",
            scale.0, scale.1, other.0, other.1
        ),
        Doubt::ReversedScale { column, scale: (low, high), .. } => {
            format!("In „{column}“ ist {low} am besten und {high} am schlechtesten: umgedreht.")
        }
        Doubt::MaybeReversed { column, scale: (low, high) } => format!(
            "In „{column}“ gilt {high} als am besten und {low} als am schlechtesten; nichts sagt, dass es so \
             ist."
        ),
        Doubt::MaybeSchoolMarks { column, scale: (low, high), evidence } => format!(
            "„{column}“ könnte Schulnoten enthalten, von denen mancherorts {low} die beste ist und andernorts \
             {high}: nicht als Bewertung gelesen{}.",
            such_as(evidence)
        ),
        Doubt::SharedRating { column, evidence } => format!(
            "„{column}“ scheint die mittlere Bewertung durch alle Kunden zu sein; als die des einzelnen nicht \
             gelesen{}.",
            such_as(evidence)
        ),
        Doubt::WordRatings { column, scale: (low, high), evidence } => format!(
            "Die Wörter in „{column}“ sind als Bewertungen von {low} bis {high} gelesen{}.",
            such_as(evidence)
        ),
        Doubt::MissingCodes { column, scale: (low, high), evidence } => format!(
            "In „{column}“ liegen {} außerhalb der Skala von {low} bis {high}: gelesen als keine Angabe{}.",
            cells(evidence),
            such_as(evidence)
        ),
        Doubt::NpsOneHigher { column, evidence } => format!(
            "„{column}“ reicht von 1 bis 11 ({} sind 11), wie umkodierte Weiterempfehlung: als 0 bis 10 \
             gelesen.",
            cells(evidence)
        ),
        Doubt::NpsGroups { column, evidence } => format!(
            "„{column}“ nennt Promotoren, Passive und Kritiker; das genügt für den NPS, nicht für Mittelwerte{}.",
            such_as(evidence)
        ),
        Doubt::ZeroRatings { column, evidence, .. } => format!(
            "In „{column}“ liegen {} bei 0, unter der Skala: gelesen als nicht bewertet.",
            cells(evidence)
        ),
        Doubt::MaybeNps { column, range: (low, high) } => format!(
            "„{column}“ enthält Werte von {low} bis {high} und kann die Weiterempfehlung (NPS) sein; sie ist \
             nicht so gelesen."
        ),
        Doubt::LongFormat { id, question, answer, evidence } => format!(
            "Eine Zeile scheint eine Antwort auf eine Frage zu sein: {} wiederholen eine Person aus „{id}“ \
             (Fragen in „{question}“, Antworten in „{answer}“); jede Zeile zählt als Rückmeldung.",
            rows(evidence)
        ),
        Doubt::LeftOut { column, what, evidence } => format!(
            "Ausgelassen, weil „{column}“ es sagt: {} ({}){}.",
            rows(evidence),
            not_feedback(*what),
            such_as(evidence)
        ),
        Doubt::NoText { column, evidence } => format!(
            "In „{column}“ stehen {} für keinen Text; sie gelten als leer{}.",
            cells(evidence),
            such_as(evidence)
        ),
        Doubt::MaybeNotFeedback { column, what, evidence } => format!(
            "Nach „{column}“ vielleicht keine Rückmeldungen, aber gelesen: {} ({}){}. Besser vorher herausnehmen.",
            rows(evidence),
            not_feedback(*what),
            such_as(evidence)
        ),
        Doubt::RepeatedIds { column, replaced: true, evidence, .. } => format!(
            "Kennungen aus „{column}“, zu denen eine andere Eingabe eine neuere Zeile hat: {}; nur die neueste zählt{}.",
            rows(evidence),
            such_as(evidence)
        ),
        Doubt::RepeatedIds { column, evidence, .. } => format!(
            "Kennungen aus „{column}“, zu denen eine andere Eingabe Zeilen anderen Inhalts hat: {}; es scheint \
             anderes Feedback zu sein, jede zählt{}.",
            rows(evidence),
            such_as(evidence)
        ),
        Doubt::UnreadValues { column, role: own, evidence } => format!(
            "In „{column}“ ließen sich {} nicht lesen ({}) und sind ausgelassen{}.",
            cells(evidence),
            role(De, *own),
            such_as(evidence)
        ),
        Doubt::Rejects { evidence, unlisted: 0 } => {
            format!("Unbrauchbar: {}; rejects.csv nennt zu jeder Ort und Grund.", rows(evidence))
        }
        Doubt::Rejects { evidence, unlisted } => format!(
            "Unbrauchbar: {}; rejects.csv nennt Ort und Grund, außer von {} weiteren derselben Art.",
            rows(evidence),
            Format(De).count(*unlisted)
        ),
    }
}

fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Dmy => "Tag vor Monat",
        DateOrder::Mdy => "Monat vor Tag",
        DateOrder::Ymd => "Jahr vor Monat und Tag",
    }
}

fn number_dates(numbers: NumberDates) -> String {
    match numbers {
        NumberDates::Seconds => "Sekunden seit 1970".to_owned(),
        NumberDates::Milliseconds => "Millisekunden seit 1970".to_owned(),
        NumberDates::FinerSeconds => "Bruchteile von Sekunden seit 1970".to_owned(),
        NumberDates::Days => "Tage, wie Tabellenprogramme sie zählen".to_owned(),
        NumberDates::Months => "Jahr und Monat ohne Zeichen dazwischen".to_owned(),
        NumberDates::Digits(order) => format!("{} ohne Zeichen dazwischen", date_order(order)),
    }
}

fn not_feedback(what: NotFeedback) -> &'static str {
    match what {
        NotFeedback::Company => "vom Unternehmen selbst",
        NotFeedback::Retweet => "weitergereichte Beiträge anderer",
        NotFeedback::Deleted => "gelöschter Text",
        NotFeedback::Preview => "Vorschau oder Test der Umfrage",
        NotFeedback::Unfinished => "nicht abgeschlossen",
    }
}

fn rows(evidence: &Evidence) -> String {
    of(evidence, ["Zeile", "Zeilen"])
}

fn cells(evidence: &Evidence) -> String {
    of(evidence, ["Zelle", "Zellen"])
}

/// "3 von 20 Zeilen".
fn of(evidence: &Evidence, [one, many]: [&str; 2]) -> String {
    let count = Format(De).count(evidence.count);
    match evidence.of {
        0 if evidence.count == 1 => format!("{count} {one}"),
        0 => format!("{count} {many}"),
        of => {
            let sample = if evidence.sampled { " einer Stichprobe" } else { "" };
            format!("{count} von {} {many}{sample}", Format(De).count(of))
        }
    }
}

fn such_as(evidence: &Evidence) -> String {
    match &evidence.examples[..] {
        [] => String::new(),
        examples => format!(" (etwa {})", Quoted(examples)),
    }
}
