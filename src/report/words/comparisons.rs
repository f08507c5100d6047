//! The words around comparisons: what pain points cost, who is affected, what has changed.

use super::super::ReportLanguage::{self, De, En};
use super::sentences::NPS;
use crate::painpoint::findings::{Scale, Status};
use crate::text::flags::Flag;

/// What a score is called.
pub(crate) fn score_name(language: ReportLanguage, scale: Scale) -> &'static str {
    match (language, scale) {
        (_, Scale::Nps) => "NPS",
        (De, Scale::Rating { .. }) => "Bewertung",
        (En, Scale::Rating { .. }) => "rating",
    }
}

/// How much lower the score is where a pain point is mentioned; `None` of an amount says that it may
/// be chance.
pub(crate) fn impact(
    language: ReportLanguage,
    scale: Scale,
    higher: bool,
    amount: Option<&str>,
    [low, high]: [&str; 2],
    answers: &str,
) -> String {
    let name = score_name(language, scale);
    match (language, amount) {
        (De, Some(amount)) => {
            let way = if higher { "höher" } else { "niedriger" };
            format!(
                "{name} um {amount} Punkte {way}, wo es genannt wird \
                 ({low}\u{a0}bis\u{a0}{high}; {answers} Antworten)."
            )
        }
        (En, Some(amount)) => {
            let way = if higher { "higher" } else { "lower" };
            let name = if name == "NPS" { name } else { "Rating" };
            format!(
                "{name} {amount} points {way} where it is mentioned \
                 ({low}\u{a0}to\u{a0}{high}; {answers} answers)."
            )
        }
        (De, None) => format!(
            "Kein klarer Zusammenhang mit {} ({low}\u{a0}bis\u{a0}{high} Punkte Unterschied; \
             {answers} Antworten).",
            if name == "NPS" { "dem NPS" } else { "der Bewertung" }
        ),
        (En, None) => format!(
            "No clear connection with the {name} (difference of {low}\u{a0}to\u{a0}{high} points; \
             {answers} answers)."
        ),
    }
}

/// What it costs over all customers.
pub(crate) fn cost(language: ReportLanguage, scale: Scale, higher: bool, points: &str) -> String {
    let name = score_name(language, scale);
    match (language, higher) {
        (De, false) => format!("Kostet insgesamt rund {points} Punkte {name}."),
        (De, true) => format!("Bringt insgesamt rund {points} Punkte {name}."),
        (En, false) => format!("Costs about {points} points of {name} in total."),
        (En, true) => format!("Brings about {points} points of {name} in total."),
    }
}

/// What the order of a ranking follows from.
pub(crate) fn order(language: ReportLanguage, scale: Option<Scale>) -> String {
    match (language, scale) {
        (De, None) => "Die Reihenfolge folgt aus Anteil mal Heftigkeit.".to_owned(),
        (En, None) => "Items are ordered by share times intensity.".to_owned(),
        (De, Some(score)) => format!(
            "Die Reihenfolge folgt aus Anteil mal Unterschied im Urteil ({}).",
            score_name(De, score)
        ),
        (En, Some(score)) => {
            format!("Items are ordered by share times the difference in {}.", score_name(En, score))
        }
    }
}

/// What the driver model says of itself.
pub(crate) fn drivers(
    language: ReportLanguage,
    scale: Scale,
    n: &str,
    explained: &str,
    others: &str,
) -> String {
    let name = match scale {
        Scale::Nps => NPS,
        Scale::Rating { .. } => score_name(language, scale),
    };
    match language {
        De => format!(
            "Grundlage: {n} Rückmeldungen mit Text und Urteil ({name}). Was Kunden nennen, erklärt \
             zusammen {explained} der Unterschiede im Urteil; {others} haben Gründe, die hier nicht \
             stehen. „Für sich“ heißt: unter Kunden, die sonst dasselbe nennen. So zählt nichts \
             doppelt, was gemeinsam vorkommt. Zusammenhang ist noch keine Ursache."
        ),
        En => format!(
            "Based on {n} pieces of feedback with text and a score ({name}). What customers mention \
             explains {explained} of the differences in score; {others} have reasons that are not \
             found here. “On its own” means: among customers who otherwise mention the same, so that \
             what comes together is not counted twice. Correlation is not yet cause."
        ),
    }
}

/// What the comparison of periods rests on.
pub(crate) fn periods(
    language: ReportLanguage,
    since: &str,
    [later, earlier]: [&str; 2],
    [changed, compared]: [&str; 2],
) -> String {
    match language {
        De => format!(
            "Seit {since} ({later} Rückmeldungen mit Text) gegenüber der Zeit davor ({earlier}). \
             Verglichen wurden {compared} Themen; bei {changed} ist die Änderung größer, als der \
             Zufall erklärt."
        ),
        En => format!(
            "Since {since} ({later} pieces of feedback with text), compared with the time before \
             ({earlier}). Of {compared} topics compared, {changed} changed by more than chance \
             explains."
        ),
    }
}

/// How a share changed.
pub(crate) fn change(language: ReportLanguage, [from, to]: [&str; 2]) -> String {
    match language {
        De => format!("von {from} auf {to}"),
        En => format!("from {from} to {to}"),
    }
}

/// The course of a pain point under its small chart.
pub(crate) fn course(
    language: ReportLanguage,
    rising: Option<bool>,
    [from, to]: [&str; 2],
    since: &str,
) -> String {
    match (language, rising) {
        (De, Some(true)) => {
            format!("Nimmt zu: seit {since} {to} der Rückmeldungen, davor {from}.")
        }
        (De, Some(false)) => {
            format!("Nimmt ab: seit {since} {to} der Rückmeldungen, davor {from}.")
        }
        (En, Some(true)) => format!("Rising: {to} of feedback since {since}, {from} before."),
        (En, Some(false)) => format!("Falling: {to} of feedback since {since}, {from} before."),
        (De, None) => format!("Kein klarer Trend (seit {since} {to}, davor {from})."),
        (En, None) => format!("No clear trend ({to} since {since}, {from} before)."),
    }
}

/// What the comparison of groups rests on.
pub(crate) fn groups(language: ReportLanguage, [differing, compared]: [&str; 2]) -> String {
    match language {
        De => format!(
            "Jede Gruppe wird mit den übrigen ihrer Spalte verglichen. Von {compared} Vergleichen \
             zeigen {differing} einen Unterschied, der größer ist, als der Zufall erklärt."
        ),
        En => format!(
            "Each group is compared with the others of its column. Of {compared} comparisons, \
             {differing} show a difference larger than chance explains."
        ),
    }
}

/// A pain point of a group, after its name.
pub(crate) fn group_difference(
    language: ReportLanguage,
    [here, there]: [&str; 2],
    [low, high]: [&str; 2],
) -> String {
    match language {
        De => format!(
            "{here}, bei den übrigen {there} (Unterschied {low}\u{a0}bis\u{a0}{high} Punkte)"
        ),
        En => format!(
            "{here}, among the others {there} (difference {low}\u{a0}to\u{a0}{high} points)"
        ),
    }
}

/// Groups that are too small for the table.
pub(crate) fn small_groups(language: ReportLanguage, groups: &str) -> String {
    match language {
        De => format!("Kleinere Gruppen sind nicht gezeigt ({groups}; siehe segments.csv)."),
        En => format!("Smaller groups are not shown ({groups}; see segments.csv)."),
    }
}

/// Between what net sentiment is compared.
#[derive(Clone, Copy)]
pub(crate) enum Between {
    Touchpoints,
    Sources,
}

/// How far net sentiment lies apart.
pub(crate) fn consistency(
    language: ReportLanguage,
    between: Between,
    uneven: bool,
    [groups, mentions]: [&str; 2],
    [dispersion, by_chance]: [&str; 2],
) -> String {
    match language {
        De => {
            let name = match between {
                Between::Touchpoints => "Kontaktpunkten",
                Between::Sources => "Quellen",
            };
            let verdict = if uneven {
                "Das Erlebnis ist also ungleichmäßig"
            } else {
                "Ein Unterschied ist also nicht belegt"
            };
            format!(
                "Zwischen {groups} {name} mit je mindestens 30 Nennungen streut der Stimmungssaldo \
                 um {dispersion} Punkte; der Zufall allein brächte {by_chance}. {verdict} \
                 ({mentions} Nennungen)."
            )
        }
        En => {
            let name = match between {
                Between::Touchpoints => "touchpoints",
                Between::Sources => "sources",
            };
            let verdict = if uneven {
                "So the experience is uneven"
            } else {
                "So there is no evidence of a difference"
            };
            format!(
                "Between {groups} {name} with at least 30 mentions each, net sentiment varies by \
                 {dispersion} points; chance alone would bring {by_chance}. {verdict} \
                 ({mentions} mentions)."
            )
        }
    }
}

/// Net sentiment at the end of the journey.
pub(crate) fn last_phases(
    language: ReportLanguage,
    phases: &str,
    [value, interval, mentions]: [&str; 3],
) -> String {
    match language {
        De => format!(
            "Am Ende der Reise ({phases}): Stimmungssaldo {value} ({interval}; {mentions} Nennungen)."
        ),
        En => format!(
            "At the end of the journey ({phases}): net sentiment {value} ({interval}; {mentions} \
             mentions)."
        ),
    }
}

/// How answers of several mentions end.
pub(crate) fn ending(
    language: ReportLanguage,
    [last, last_interval]: [&str; 2],
    [rest, rest_interval]: [&str; 2],
    answers: &str,
) -> String {
    match language {
        De => format!(
            "Womit Antworten enden, bei der Frage mit den meisten ausführlichen: Stimmungssaldo der \
             letzten Nennung {last} ({last_interval}), der Nennungen davor {rest} ({rest_interval}); \
             {answers} Antworten mit mehreren Nennungen."
        ),
        En => format!(
            "What answers end on, of the question with most long ones: net sentiment of the last \
             mention {last} ({last_interval}), of the mentions before it {rest} ({rest_interval}); \
             {answers} answers with several mentions."
        ),
    }
}

/// What became of a pain point since the earlier run, where there is something to tell.
pub(crate) fn status(language: ReportLanguage, status: Status) -> Option<&'static str> {
    match (language, status) {
        (De, Status::New) => Some("neu"),
        (En, Status::New) => Some("new"),
        (De, Status::Growing) => Some("nimmt zu"),
        (En, Status::Growing) => Some("growing"),
        (De, Status::Shrinking) => Some("nimmt ab"),
        (En, Status::Shrinking) => Some("shrinking"),
        (_, Status::Steady | Status::Unclear) => None,
    }
}

/// What the comparison with the earlier run rests on.
pub(crate) fn changes(
    language: ReportLanguage,
    [now, before]: [&str; 2],
    [new, gone, same]: [&str; 3],
) -> String {
    match language {
        De => format!(
            "Dieser Lauf ({now} Rückmeldungen mit Text) gegenüber dem früheren ({before}): {new} neue \
             Themen, {gone} nicht wiedergefundene, {same} ohne Änderung, die größer ist, als der \
             Zufall erklärt. Themen gelten als dieselben, wenn sie genug Wörter gemeinsam haben."
        ),
        En => format!(
            "This run ({now} pieces of feedback with text) against the earlier one ({before}): {new} \
             new topics, {gone} not found again, {same} without a change larger than chance \
             explains. Topics count as the same if they have enough words in common."
        ),
    }
}

/// How often the program and a person disagreed.
pub(crate) fn corrections(
    language: ReportLanguage,
    [rows, unmatched]: [&str; 2],
    sentiment: Option<[&str; 2]>,
    touchpoint: Option<[&str; 2]>,
) -> String {
    let mut text = match language {
        De => format!(
            "{rows} Korrekturen von Hand sind eingerechnet; {unmatched} davon fanden nichts, was zu \
             korrigieren war."
        ),
        En => format!(
            "{rows} corrections made by hand are applied; {unmatched} of them found nothing to correct."
        ),
    };
    if let Some([disagreed, checked]) = sentiment {
        text += &match language {
            De => format!(
                " Bei der Stimmung lag das Programm in {disagreed} von {checked} geprüften Nennungen \
                 anders als der Mensch."
            ),
            En => format!(
                " The program had another sentiment than the person in {disagreed} of {checked} \
                 mentions checked."
            ),
        };
    }
    if let Some([disagreed, checked]) = touchpoint {
        text += &match language {
            De => format!(" Beim Kontaktpunkt in {disagreed} von {checked}."),
            En => format!(" It had other touchpoints in {disagreed} of {checked}."),
        };
    }
    text
}

/// How many suggest something, or threaten to leave.
pub(crate) fn flagged(
    language: ReportLanguage,
    flag: Flag,
    mentions: &str,
    [feedback, share]: [&str; 2],
    interval: &str,
) -> String {
    let found = match (language, flag) {
        (De, Flag::Suggestion) => format!("{mentions} Nennungen enthalten einen Vorschlag"),
        (De, Flag::Churn) => format!("{mentions} Nennungen klingen nach Abschied"),
        (En, Flag::Suggestion) => format!("{mentions} mentions hold a suggestion"),
        (En, Flag::Churn) => format!("{mentions} mentions sound like leaving"),
    };
    match language {
        De => format!(
            "{found}, in {feedback} Rückmeldungen ({share} derer mit Text, Unsicherheit {interval}). \
             Gefunden an Wendungen; die Datei flags.csv hat alle, mit den Wörtern, an denen sie \
             erkannt wurden."
        ),
        En => format!(
            "{found}, in {feedback} pieces of feedback ({share} of those with text, uncertainty \
             {interval}). Found by phrases; the file flags.csv has them all, with the words by which \
             they were recognised."
        ),
    }
}

/// A pain point that is rising, after its name.
pub(crate) fn rising(language: ReportLanguage, [from, to]: [&str; 2], since: &str) -> [String; 2] {
    match language {
        De => [
            "Zugenommen hat „".to_owned(),
            format!("“. Genannt in {to} der Rückmeldungen seit {since}, davor in {from}."),
        ],
        En => [
            "Rising: “".to_owned(),
            format!("”. Mentioned in {to} of feedback since {since}, in {from} before."),
        ],
    }
}
