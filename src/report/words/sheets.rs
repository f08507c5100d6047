//! The texts of the workbook that the page does not have.

use super::super::ReportLanguage::{self, De, En};

/// Names of sheets, of columns, and what tables show. Sheets have names of 31 characters at most, and none of
/// `[]:*?/\`.
#[derive(Clone, Copy)]
pub(crate) struct SheetTexts {
    pub(crate) overview: &'static str,
    pub(crate) pain_points: &'static str,
    pub(crate) delights: &'static str,
    pub(crate) touchpoints: &'static str,
    pub(crate) phases: &'static str,
    pub(crate) months: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) voices: &'static str,
    pub(crate) reading: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) balance: &'static str,
    pub(crate) negative_share: &'static str,
    pub(crate) rating: &'static str,
    pub(crate) covered: &'static str,
    pub(crate) difference: &'static str,
    pub(crate) status: &'static str,
    pub(crate) voice: &'static str,
    pub(crate) date: &'static str,
    pub(crate) id: &'static str,
    pub(crate) column: &'static str,
    pub(crate) what: &'static str,
    pub(crate) how: &'static str,
    pub(crate) about_topics: &'static str,
    pub(crate) about_balance: &'static str,
    pub(crate) about_voices: &'static str,
}

impl SheetTexts {
    /// The texts in a language.
    pub(crate) const fn of(language: ReportLanguage) -> Self {
        match language {
            De => Self {
                overview: "Überblick",
                pain_points: "Was Kunden ärgert",
                delights: "Was Kunden freut",
                touchpoints: "Kontaktpunkte",
                phases: "Kundenreise",
                months: "Verlauf",
                groups: "Gruppen und Quellen",
                voices: "Stimmen",
                reading: "Was gelesen wurde",
                from: "von",
                to: "bis",
                balance: "Stimmungssaldo",
                negative_share: "Anteil negativer Nennungen",
                rating: "Mittlere Bewertung",
                covered: "Anteil der negativen Nennungen in einem Schmerzpunkt",
                difference: "Unterschied, wo genannt",
                status: "Seit dem früheren Lauf",
                voice: "Stimme",
                date: "Datum",
                id: "Kennung",
                column: "Spalte",
                what: "Was",
                how: "Wie es gelesen wurde",
                about_topics: "Das Wichtigste zuerst. „von“ und „bis“ sind die Grenzen, zwischen denen der Wert mit 95 % Sicherheit liegt.",
                about_balance: "Stimmungssaldo: positive minus negative Nennungen, je 100. „von“ und „bis“ sind die Grenzen, zwischen denen der Wert mit 95 % Sicherheit liegt.",
                about_voices: "Was Kunden zu den Themen schreiben, im Wortlaut.",
            },
            En => Self {
                overview: "Overview",
                pain_points: "What troubles customers",
                delights: "What pleases customers",
                touchpoints: "Touchpoints",
                phases: "Journey",
                months: "Trend",
                groups: "Groups and sources",
                voices: "Voices",
                reading: "What was read",
                from: "from",
                to: "to",
                balance: "Net sentiment",
                negative_share: "Share of negative mentions",
                rating: "Mean rating",
                covered: "Share of negative mentions in a pain point",
                difference: "difference where mentioned",
                status: "Since the earlier run",
                voice: "Voice",
                date: "Date",
                id: "Id",
                column: "Column",
                what: "What",
                how: "How it was read",
                about_topics: "The most important first. \"from\" and \"to\" are the bounds between which the value lies with 95% confidence.",
                about_balance: "Net sentiment: positive minus negative mentions, per 100. \"from\" and \"to\" are the bounds between which the value lies with 95% confidence.",
                about_voices: "What customers write about the topics, in their own words.",
            },
        }
    }
}
