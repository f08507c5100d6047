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
    reading_doubtful_title:
        "Vor dem Lesen zu prüfen: So wurden die Daten verstanden, vielleicht falsch.",
        "To check before you read on: the data were understood like this, perhaps wrongly.";
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
    touchpoints_title: "Kontaktpunkt für Kontaktpunkt", "Touchpoint by touchpoint";
    touchpoints_table: "Alle Kontaktpunkte als Tabelle", "All touchpoints as a table";
    chapters_intro:
        "Zu jedem Kontaktpunkt: Stimmung, Schmerzpunkte mit den Stimmen dahinter, Vorschläge, Erfreuliches. Die Nummer ist der Rang unter allen Schmerzpunkten oder allem, was freut. Ein Schmerzpunkt steht bei dem Kontaktpunkt, der unter seinen Nennungen hervorsticht; einzelne können andere betreffen.",
        "For each touchpoint: feeling, pain points with the voices behind them, suggestions, what pleases. The number is the rank among all pain points, or among all that pleases. A pain point stands at the touchpoint that is conspicuous among its mentions; some of them may be about others.";
    worse_title: "Für wen es hier schlechter ist", "For whom it is worse here";
    online: "online", "online";
    offline: "offline", "offline";
    stops_legend:
        "Unter jeder Phase ihre Kontaktpunkte mit Stimmungssaldo und Nennungen (Saldo ab 10 Nennungen). ■ Klagen überwiegen, ● Lob überwiegt, jeweils mehr, als der Zufall erklärt; ○ weder noch, oder zu wenige Nennungen.",
        "Under each phase its touchpoints with net sentiment and mentions (net sentiment from 10 mentions). ■ complaints prevail, ● praise prevails, in either case beyond chance; ○ neither, or too few mentions.";
    no_phase: "Ohne Phase:", "Of no phase:";
    priorities_title: "Was zuerst angehen", "What to do first";
    priorities_legend:
        "Kreise: Schmerzpunkte, Kästchen: was Kunden freut; die Nummer ist der Rang.",
        "Circles: pain points, boxes: what pleases customers; the number is the rank.";
    rank: "Rang", "Rank";
    rising: "nimmt zu", "rising";
    falling: "nimmt ab", "falling";
    whole: "ganze Rückmeldung", "whole feedback";
    change_title: "Was hinter der Änderung des Urteils steht", "What is behind the change of the score";
    part_of_change: "Beitrag zur Änderung (Punkte)", "Contribution to the change (points)";
    other_topics: "alle weiteren Themen", "all other topics";
    unexplained: "Rest, hier nicht erklärt", "rest, not explained here";
    whole_change: "Änderung insgesamt", "change in total";
    heat_title: "Gruppen und Kontaktpunkte", "Groups and touchpoints";
    definitions_title: "Die Begriffe", "The terms";
    made_with: "Erstellt mit", "Made with";
    filter_title: "Auswählen und suchen", "Filter and search";
    filter_shown: "{topics} von {all} Themen und {voices} von {voices_all} Stimmen gezeigt.", "{topics} of {all} topics and {voices} of {voices_all} voices shown.";
    filter_note: "Die Zahlen ändern sich dadurch nicht: Sie gelten weiter für alle Rückmeldungen.", "Figures do not change with it: they are still those of all feedback.";
    all: "alle", "all";
    sentiment: "Stimmung", "Sentiment";
    more_often_among: "häufiger genannt bei", "mentioned more often by";
    voices_since: "Stimmen seit", "voices since";
    search_voices: "Suche in Stimmen", "search voices";
    reset: "zurücksetzen", "reset";
    copy_chart: "Grafik kopieren als", "copy chart as";
    copied: "kopiert", "copied";
    sort: "sortieren", "sort";
    touchpoints_intro:
        "Kontaktpunkte mit den meisten negativen Nennungen stehen oben; „Allgemein“ fasst Nennungen ohne erkennbaren Kontaktpunkt zusammen.",
        "Touchpoints with the most negative mentions come first; “General” holds the mentions of no touchpoint in particular.";
    parts_intro:
        "Eingerückte gehören zum Kontaktpunkt darüber und sind bei ihm mitgezählt.",
        "Those set in are parts of the touchpoint above, and counted there too.";
    touchpoint: "Kontaktpunkt", "Touchpoint";
    mentions: "Nennungen", "Mentions";
    net_sentiment: "Stimmungs\u{ad}saldo", "Net sentiment";
    not_controllable: "nicht selbst steuerbar", "outside the company’s control";
    few: "wenige Nennungen", "few mentions";
    journey_title: "Die Kundenreise, Phase für Phase", "The customer journey, phase by phase";
    journey_intro:
        "Der Punkt zeigt den Stimmungssaldo einer Phase (Anteil positiver minus Anteil negativer Nennungen, mal 100), der Strich seine Unsicherheit.",
        "The dot shows the net sentiment of a phase (share of positive minus share of negative mentions, times 100), the line its uncertainty.";
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
    severity: "Eindeutigkeit", "Clarity";
    others_title: "Andere Beschwerden hier, einige Stimmen", "Other complaints here, some voices";
    model: "Sprachmodell", "language model";
    scores_title: "Verteilung der Weiterempfehlung", "Distribution of the likelihood to recommend";
    score: "Urteil", "Score";
    heat_intro:
        "Stimmungssaldo je Kontaktpunkt und Gruppe, darunter die Zahl der Nennungen. ▼: hier ist mehr negativ als bei den übrigen der Zeile, ▲: weniger, jeweils mehr, als der Zufall erklärt. Leer: weniger als 10 Nennungen.",
        "Net sentiment by touchpoint and group, and under it the number of mentions. ▼: more is negative here than among the others of the row, ▲: less, in either case beyond chance. Empty: fewer than 10 mentions.";
    terms: "Wörter", "Words";
    trend_title: "Der Verlauf, Monat für Monat", "The trend, month by month";
    trend_intro:
        "Oben der Stimmungssaldo mit seiner Unsicherheit, unten die Zahl der Nennungen. Hohle Punkte: weniger als 30 Nennungen.",
        "Net sentiment with its uncertainty above, the number of mentions below. Hollow dots: fewer than 30 mentions.";
    trend_table: "Alle Monate als Tabelle", "All months as a table";
    month: "Monat", "Month";
    history_title: "Über alle Läufe", "Over all runs";
    history_topics: "Schmerzpunkte, Anteil der Rückmeldungen je Zeitraum", "Pain points, share of the feedback of a period";
    history_moved: "Wohin frühere Themen gegangen sind", "Where earlier topics went";
    not_over: "noch nicht zu Ende", "not over yet";
    drivers_title: "Was das Urteil bewegt", "What drives the score";
    weight: "Anteil an den Unter\u{ad}schieden", "Share of the differences";
    alone: "Für sich (Punkte)", "On its own (points)";
    altogether: "Wo es genannt wird (Punkte)", "Where it is mentioned (points)";
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
