//! Every word of the report, German beside English.

use serde::Serialize;

use super::super::ReportLanguage::{self, De, En};

macro_rules! labels {
    ($($name:ident: $de:literal, $en:literal;)+) => {
        /// Texts without figures, for the template.
        #[derive(Serialize)]
        pub(super) struct Labels { $($name: &'static str,)+ }

        impl Labels {
            /// The texts in a language.
            pub(super) fn of(language: ReportLanguage) -> Self {
                match language {
                    De => Self { $($name: $de,)+ },
                    En => Self { $($name: $en,)+ },
                }
            }

            /// What the template calls them.
            #[cfg(test)]
            pub(super) const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];
        }
    };
}

labels! {
    title:
        "Was Kunden ärgert und was sie freut",
        "What troubles customers, and what pleases them";
    contents: "Inhalt", "Contents";
    evidence: "Belege", "Evidence";
    negative: "negativ", "negative";
    neutral: "neutral", "neutral";
    positive: "positiv", "positive";
    findings_title: "Das Wichtigste", "Key findings";
    findings_none:
        "Für eine Kernaussage sind es zu wenige Nennungen.",
        "There are too few mentions for a key finding.";
    overall: "Alle Nennungen", "All mentions";
    nothing:
        "Keine der Rückmeldungen enthält einen Text. Es gibt daher nichts auszuwerten.",
        "None of the feedback contains any text, so there is nothing to analyse.";
    touchpoints_title: "Wo es hakt: die Kontaktpunkte", "Where it goes wrong: touchpoints";
    touchpoints_intro:
        "Kontaktpunkte mit den meisten negativen Nennungen stehen oben; „Allgemein“ fasst Nennungen ohne erkennbaren Kontaktpunkt zusammen.",
        "Touchpoints with the most negative mentions come first; “General” holds the mentions of no touchpoint in particular.";
    parts_intro:
        "Eingerückte gehören zum Kontaktpunkt darüber und sind bei ihm mitgezählt.",
        "Those set in are parts of the touchpoint above, and counted there too.";
    touchpoints_none:
        "Keine Nennung ließ sich einem Kontaktpunkt zuordnen.",
        "No mention could be assigned to a touchpoint.";
    touchpoint: "Kontaktpunkt", "Touchpoint";
    mentions: "Nennungen", "Mentions";
    net_sentiment: "Stimmungs\u{ad}saldo", "Net sentiment";
    not_controllable: "nicht selbst steuerbar", "outside the company’s control";
    few: "wenige Nennungen", "few mentions";
    journey_title: "Die Kundenreise, Phase für Phase", "The customer journey, phase by phase";
    journey_intro:
        "Der Punkt zeigt den Stimmungssaldo, der Strich seine Unsicherheit. Links der Mittellinie überwiegen Klagen, rechts davon überwiegt Lob.",
        "The dot shows net sentiment, the line its uncertainty. Left of the middle complaints prevail, right of it praise does.";
    phase: "Phase", "Phase";
    no_mentions: "keine Nennungen", "no mentions";
    pain_points_title: "Was Kunden ärgert", "What troubles customers";
    pain_points_none:
        "Kein Thema kehrt in den negativen Nennungen oft genug wieder, um als Schmerzpunkt zu gelten.",
        "No topic recurs often enough in the negative mentions to count as a pain point.";
    pain_point: "Schmerzpunkt", "Pain point";
    delights_title: "Was Kunden freut", "What pleases customers";
    delights_none:
        "Kein Thema kehrt in den positiven Nennungen oft genug wieder.",
        "No topic recurs often enough in the positive mentions.";
    delight: "Thema", "Topic";
    share: "Anteil der Rückmeldungen", "Share of feedback";
    severity: "Heftigkeit", "Intensity";
    terms: "Wörter", "Words";
    trend_title: "Der Verlauf, Monat für Monat", "The trend, month by month";
    trend_intro:
        "Oben der Stimmungssaldo mit seiner Unsicherheit, unten die Zahl der Nennungen. Hohle Punkte: weniger als 30 Nennungen.",
        "Net sentiment with its uncertainty above, the number of mentions below. Hollow dots: fewer than 30 mentions.";
    trend_table: "Alle Monate als Tabelle", "All months as a table";
    month: "Monat", "Month";
    drivers_title: "Was das Urteil bewegt", "What drives the score";
    weight: "Anteil an den Unter\u{ad}schieden", "Share of the differences";
    alone: "Für sich (Punkte)", "On its own (points)";
    altogether: "Insgesamt (Punkte)", "Altogether (points)";
    groups_title: "Wen es trifft: Gruppen und Quellen", "Who is affected: groups and sources";
    group: "Gruppe", "Group";
    feedback: "Rück\u{ad}meldungen", "Feedback";
    more_often: "Wo etwas häufiger genannt wird", "Where something is mentioned more often";
    no_difference:
        "Kein Unterschied ist größer, als der Zufall erklärt.",
        "No difference is larger than chance explains.";
    periods_title: "Was sich geändert hat", "What has changed";
    complaint: "Ärger", "trouble";
    praise: "Freude", "delight";
    topic: "Thema", "Topic";
    change: "Anteil der Rück\u{ad}meldungen", "Share of feedback";
    change_interval: "Änderung in Punkten", "Change in points";
    lineage_title: "Seit dem früheren Lauf", "Since the earlier run";
    gone_title: "Nicht wiedergefunden", "Not found again";
    suggestions_title: "Was Kunden vorschlagen", "What customers suggest";
    churn_title: "Wer zu gehen droht", "Who threatens to leave";
    experience_title: "Wie gleichmäßig, und wie es endet", "How even, and how it ends";
    languages_title: "Sprachen", "Languages";
    covered_title: "Was kein Schmerzpunkt erfasst", "What no pain point covers";
    method_title: "So entstehen die Zahlen", "How the numbers are made";
    rows_title: "Verbleib der Zeilen", "What became of the rows";
    rows_read: "gelesen", "read";
    rows_duplicates: "mehrfach geliefert, einmal gezählt", "repeated, counted once";
    rows_rejects: "nicht verwendbar", "could not be used";
    rows_feedback: "ausgewertete Rückmeldungen", "feedback analysed";
    rows_without_text: "davon ohne auswertbaren Text", "of these without usable text";
    rejects_pointer:
        "Die Datei rejects.csv nennt jede nicht verwendbare Zeile mit dem Grund.",
        "The file rejects.csv lists every row that could not be used, and why.";
}

/// The same in both languages.
pub(super) const NPS: &str = "Net Promoter Score";

/// Something the report counts.
#[derive(Clone, Copy)]
pub(super) enum Noun {
    Feedback,
    Mention,
    Answer,
    Rating,
    Voice,
    PainPoint,
    Topic,
    Touchpoint,
}

/// A number, written out already, and the noun in the number that goes with it.
pub(super) fn counted(language: ReportLanguage, count: u64, written: &str, noun: Noun) -> String {
    let (one, many) = match (language, noun) {
        (De, Noun::Feedback) => ("Rückmeldung", "Rückmeldungen"),
        (En, Noun::Feedback) => ("piece of feedback", "pieces of feedback"),
        (De, Noun::Mention) => ("Nennung", "Nennungen"),
        (En, Noun::Mention) => ("mention", "mentions"),
        (De, Noun::Answer) => ("Antwort", "Antworten"),
        (En, Noun::Answer) => ("answer", "answers"),
        (De, Noun::Rating) => ("Bewertung", "Bewertungen"),
        (En, Noun::Rating) => ("rating", "ratings"),
        (De, Noun::Voice) => ("weitere Stimme", "weitere Stimmen"),
        (En, Noun::Voice) => ("more voice", "more voices"),
        (De, Noun::PainPoint) => ("weiterer Schmerzpunkt", "weitere Schmerzpunkte"),
        (En, Noun::PainPoint) => ("more pain point", "more pain points"),
        (De, Noun::Topic) => ("weiteres Thema", "weitere Themen"),
        (En, Noun::Topic) => ("more topic", "more topics"),
        (De, Noun::Touchpoint) => ("weiterer Kontaktpunkt", "weitere Kontaktpunkte"),
        (En, Noun::Touchpoint) => ("more touchpoint", "more touchpoints"),
    };
    format!("{written}\u{a0}{}", if count == 1 { one } else { many })
}

/// The name of a language of the input.
pub(super) fn language_name(language: ReportLanguage, code: &str) -> &str {
    match (language, code) {
        (De, "de") => "Deutsch",
        (De, "en") => "Englisch",
        (De, "es") => "Spanisch",
        (De, "fr") => "Französisch",
        (De, "it") => "Italienisch",
        (De, "nl") => "Niederländisch",
        (De, "pt") => "Portugiesisch",
        (De, "und") => "nicht erkannt",
        (En, "de") => "German",
        (En, "en") => "English",
        (En, "es") => "Spanish",
        (En, "fr") => "French",
        (En, "it") => "Italian",
        (En, "nl") => "Dutch",
        (En, "pt") => "Portuguese",
        (En, "und") => "not recognised",
        _ => code,
    }
}

/// What the figure of a headline is.
pub(super) enum Unit {
    Feedback,
    NetSentiment,
    Nps,
    Rating,
}

/// The words under the figure of a headline.
pub(super) fn unit(language: ReportLanguage, unit: Unit) -> &'static str {
    match (language, unit) {
        (De, Unit::Feedback) => "der Rückmeldungen",
        (En, Unit::Feedback) => "of feedback",
        (De, Unit::NetSentiment) => "Stimmungssaldo",
        (En, Unit::NetSentiment) => "net sentiment",
        (_, Unit::Nps) => NPS,
        (De, Unit::Rating) => "Bewertung",
        (En, Unit::Rating) => "rating",
    }
}

/// What stands before the name of the worst pain point, and after.
pub(super) fn worst_pain_point(language: ReportLanguage, evidence: &Evidence) -> [String; 2] {
    match language {
        De => ["Am meisten ärgert Kunden „".to_owned(), evidence.after_name(De)],
        En => ["What troubles customers most is “".to_owned(), evidence.after_name(En)],
    }
}

/// What stands before the name of the greatest delight, and after.
pub(super) fn greatest_delight(language: ReportLanguage, evidence: &Evidence) -> [String; 2] {
    match language {
        De => ["Am meisten freut Kunden „".to_owned(), evidence.after_name(De)],
        En => ["What pleases customers most is “".to_owned(), evidence.after_name(En)],
    }
}

/// The figures of a headline about a pain point or a delight, written out.
pub(super) struct Evidence {
    pub(super) touchpoint: String,
    pub(super) count: String,
    pub(super) of: String,
    pub(super) interval: String,
}

impl Evidence {
    fn after_name(&self, language: ReportLanguage) -> String {
        let Self { touchpoint, count, of, interval } = self;
        match language {
            De => format!(
                "“ ({touchpoint}). Genannt in {count} von {of} Rückmeldungen mit Text. \
                 Unsicherheit: {interval}."
            ),
            En => format!(
                "” ({touchpoint}). Mentioned in {count} of {of} pieces of feedback with text. \
                 Uncertainty: {interval}."
            ),
        }
    }
}

/// The net promoter score in a sentence.
pub(super) fn nps(
    language: ReportLanguage,
    interval: &str,
    promoters: &str,
    detractors: &str,
    answers: &str,
) -> String {
    match language {
        De => format!(
            "{promoters} der Befragten würden das Unternehmen sicher weiterempfehlen, \
             {detractors} eher nicht. Unsicherheit: {interval}; {answers}."
        ),
        En => format!(
            "{promoters} of respondents would certainly recommend the company, \
             {detractors} rather would not. Uncertainty: {interval}; {answers}."
        ),
    }
}

/// The mean rating in a sentence.
pub(super) fn rating(
    language: ReportLanguage,
    [lowest, highest]: [&str; 2],
    [low, high]: [&str; 2],
    ratings: &str,
) -> String {
    match language {
        De => format!(
            "So bewerten Kunden im Mittel, auf einer Skala von {lowest} bis {highest}. \
             Unsicherheit: {low} bis {high}; {ratings}."
        ),
        En => format!(
            "This is the mean rating on a scale from {lowest} to {highest}. \
             Uncertainty: {low} to {high}; {ratings}."
        ),
    }
}

/// The phase with the lowest net sentiment; `rival` is the next one if the difference may be chance.
pub(super) fn worst_phase(
    language: ReportLanguage,
    phase: &str,
    [negative, positive]: [&str; 2],
    interval: &str,
    rival: Option<&str>,
) -> String {
    let mut sentence = match language {
        De => format!(
            "In der Phase „{phase}“ ist der Stimmungssaldo am niedrigsten: {negative} der Nennungen \
             sind negativ, {positive} positiv. Unsicherheit: {interval}."
        ),
        En => format!(
            "Net sentiment is lowest in the phase “{phase}”: {negative} of mentions are negative, \
             {positive} positive. Uncertainty: {interval}."
        ),
    };
    if let Some(rival) = rival {
        sentence += &match language {
            De => format!(" Der Abstand zur nächsten Phase, „{rival}“, kann Zufall sein."),
            En => format!(" The distance to the next phase, “{rival}”, may be chance."),
        };
    }
    sentence
}

/// That pain points and delights are those of one touchpoint.
pub(super) fn within(language: ReportLanguage, touchpoint: &str) -> String {
    match language {
        De => format!(
            "Schmerzpunkte und Begeisterndes stammen in diesem Bericht allein aus Nennungen zu: {touchpoint}. Ihre \
             Anteile beziehen sich auf alle Rückmeldungen, alles Übrige auf alle Nennungen."
        ),
        En => format!(
            "In this report, pain points and delights come only from mentions of: {touchpoint}. Their shares are \
             of all feedback; everything else is about all mentions."
        ),
    }
}

/// Touchpoints that nobody mentioned.
pub(super) fn unmentioned(language: ReportLanguage, names: &[&str]) -> String {
    let names = names.join(", ");
    match language {
        De => format!("Ohne eine Nennung: {names}."),
        En => format!("Without a mention: {names}."),
    }
}

/// Count and base of a share.
pub(super) fn of_feedback(language: ReportLanguage, count: &str, of: &str) -> String {
    match language {
        De => format!("{count} von {of} Rückmeldungen"),
        En => format!("{count} of {of} pieces of feedback"),
    }
}

/// Severity from 0 to 100.
pub(super) fn of_hundred(language: ReportLanguage, value: &str) -> String {
    match language {
        De => format!("{value}\u{a0}von\u{a0}100"),
        En => format!("{value}\u{a0}of\u{a0}100"),
    }
}

/// What the bar charts of a list run to.
pub(super) fn scale(language: ReportLanguage, maximum: &str, order: &str) -> String {
    match language {
        De => format!(
            "Balken: Anteil der Rückmeldungen mit Text, von 0 bis {maximum}; der dünne Strich zeigt \
             die Unsicherheit. {order}"
        ),
        En => format!(
            "Bars: share of feedback with text, from 0 to {maximum}; the thin line shows the \
             uncertainty. {order}"
        ),
    }
}

/// The bar of a share, for those who cannot see it.
pub(super) fn share_aloud(language: ReportLanguage, share: &str, interval: &str) -> String {
    match language {
        De => format!("{share} der Rückmeldungen, Unsicherheit {interval}"),
        En => format!("{share} of feedback, uncertainty {interval}"),
    }
}

/// Net sentiment, for those who cannot see the chart.
pub(super) fn net_aloud(language: ReportLanguage, value: &str, interval: &str) -> String {
    match language {
        De => format!("Stimmungssaldo {value}, Unsicherheit {interval}"),
        En => format!("Net sentiment {value}, uncertainty {interval}"),
    }
}

/// Shares of the three sentiments.
pub(super) fn sentiments(language: ReportLanguage, [bad, neutral, good]: [&str; 3]) -> String {
    match language {
        De => format!("{bad} negativ · {neutral} neutral · {good} positiv"),
        En => format!("{bad} negative · {neutral} neutral · {good} positive"),
    }
}

/// One month of a small trend chart.
pub(super) fn month_of(language: ReportLanguage, month: &str, count: &str, of: &str) -> String {
    match language {
        De => format!("{month}: {count} von {of} Nennungen"),
        En => format!("{month}: {count} of {of} mentions"),
    }
}

/// How a share moved from the first half of the months to the second.
pub(super) enum Course {
    Rising,
    Falling,
    Unclear,
}

/// What a small trend chart shows.
pub(super) fn course(language: ReportLanguage, course: Course, [from, to]: [&str; 2]) -> String {
    match (language, course) {
        (De, Course::Rising) => format!("Nimmt zu: von {from} auf {to} der Nennungen."),
        (En, Course::Rising) => format!("Rising: from {from} to {to} of mentions."),
        (De, Course::Falling) => format!("Nimmt ab: von {from} auf {to} der Nennungen."),
        (En, Course::Falling) => format!("Falling: from {from} to {to} of mentions."),
        (De, Course::Unclear) => "Kein klarer Trend.".to_owned(),
        (En, Course::Unclear) => "No clear trend.".to_owned(),
    }
}

/// What the columns under the trend chart are.
pub(super) fn most_mentions(language: ReportLanguage, most: &str) -> String {
    match language {
        De => format!("Nennungen, höchstens {most}"),
        En => format!("Mentions, at most {most}"),
    }
}

/// What the trend chart shows, for those who cannot see it.
pub(super) fn trend_aloud(language: ReportLanguage, first: &str, last: &str) -> String {
    match language {
        De => {
            format!("Stimmungssaldo je Monat, {first} bis {last}; die Werte stehen in der Tabelle")
        }
        En => format!("Net sentiment by month, {first} to {last}; the values are in the table"),
    }
}

/// A note that a trend starts before its chart does.
pub(super) fn trend_cut(language: ReportLanguage, months: usize) -> String {
    match language {
        De => format!("Gezeigt sind die letzten {months} Monate."),
        En => format!("The chart shows the last {months} months."),
    }
}

/// How much of the negative mentions the pain points explain.
pub(super) fn covered(
    language: ReportLanguage,
    [inside, all]: [&str; 2],
    share: &str,
    [outside, outside_share]: [&str; 2],
) -> String {
    match language {
        De => format!(
            "Negative Nennungen: {all}; davon in einem Schmerzpunkt {inside} ({share}), in keinem \
             {outside} ({outside_share}). Was in keinem steht, sind verstreute Einzelfälle, deren Wörter nicht oft \
             genug wiederkehren. Wer nur die Schmerzpunkte liest, sieht sie nicht."
        ),
        En => format!(
            "Negative mentions: {all}; of these in a pain point {inside} ({share}), in none \
             {outside} ({outside_share}). Those in none are scattered cases whose words do not recur often enough. \
             Reading the pain points alone leaves them out."
        ),
    }
}
