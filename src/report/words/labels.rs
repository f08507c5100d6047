//! The texts without figures, German beside English.

use serde::Serialize;

use super::super::ReportLanguage::{self, De, En};

macro_rules! labels {
    ($($name:ident: $de:literal, $en:literal;)+) => {
        /// Texts without figures.
        #[derive(Serialize)]
        pub(crate) struct Labels { $(pub(crate) $name: &'static str,)+ }

        impl Labels {
            /// The texts in a language.
            pub(crate) fn of(language: ReportLanguage) -> Self {
                match language {
                    De => Self { $($name: $de,)+ },
                    En => Self { $($name: $en,)+ },
                }
            }

            /// What the template calls them.
            #[cfg(test)]
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];
        }
    };
}

labels! {
    title:
        "Was Kunden ärgert und was sie freut",
        "What troubles customers, and what pleases them";
    contents: "Inhalt", "Contents";
    reading_title: "Was gelesen wurde", "What was read";
    reading_doubtful: "bitte prüfen", "please check";
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
