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
                 (Unsicherheit {low}\u{a0}bis\u{a0}{high}; {answers} Noten)."
            )
        }
        (En, Some(amount)) => {
            let way = if higher { "higher" } else { "lower" };
            let name = if name == "NPS" { name } else { "Rating" };
            format!(
                "{name} {amount} points {way} where it is mentioned \
                 (uncertainty {low}\u{a0}to\u{a0}{high}; {answers} scores)."
            )
        }
        (De, None) => format!(
            "Kein klarer Zusammenhang mit {} ({low}\u{a0}bis\u{a0}{high} Punkte Unterschied; \
             {answers} Noten).",
            if name == "NPS" { "dem NPS" } else { "der Bewertung" }
        ),
        (En, None) => format!(
            "No clear connection with the {name} (difference of {low}\u{a0}to\u{a0}{high} points; \
             {answers} scores)."
        ),
    }
}

/// What it weighs over all customers, and the share and the difference in score of which that is the product.
pub(crate) fn cost(
    language: ReportLanguage,
    scale: Scale,
    [points, share, each]: [&str; 3],
) -> String {
    let name = score_name(language, scale);
    let whole = weight(language, scale, points);
    match language {
        De => format!(
            "Insgesamt entspricht das rund {points} Punkten {name} ({share} mal {each} Punkte)."
        ),
        En => format!("In total that goes along with about {whole} ({share} times {each} points)."),
    }
}

/// An amount of score over all customers.
pub(crate) fn weight(language: ReportLanguage, scale: Scale, points: &str) -> String {
    let name = score_name(language, scale);
    match language {
        De => format!("{points} Punkte {name}"),
        En => format!("{points} points of {name}"),
    }
}

/// The column of what topics cost or bring over all customers.
pub(crate) fn in_total(language: ReportLanguage, scale: Scale) -> &'static str {
    match (language, scale) {
        (De, Scale::Nps) => "Wiegt insgesamt (Punkte NPS)",
        (En, Scale::Nps) => "Weighs in total (points of NPS)",
        (De, Scale::Rating { .. }) => "Wiegt insgesamt (Punkte der Bewertung)",
        (En, Scale::Rating { .. }) => "Weighs in total (points of rating)",
    }
}

/// How sure it is that scores are lower (a delight: higher) where a topic is mentioned.
#[derive(Clone, Copy)]
pub(crate) enum Sureness {
    /// Beyond chance.
    Clear,
    /// It may be chance.
    Chance,
    /// Too few scores of its own.
    Few,
}

/// How sure that is, where it is not.
pub(crate) fn sureness(language: ReportLanguage, sureness: Sureness) -> Option<&'static str> {
    match (language, sureness) {
        (_, Sureness::Clear) => None,
        (De, Sureness::Chance) => Some("kann Zufall sein"),
        (En, Sureness::Chance) => Some("may be chance"),
        (De, Sureness::Few) => Some("geschätzt: weniger als 10 Noten"),
        (En, Sureness::Few) => Some("estimated: fewer than 10 scores"),
    }
}

/// When something was first mentioned.
pub(crate) fn first_mentioned(language: ReportLanguage, month: &str) -> String {
    match language {
        De => format!("Erstmals genannt im {month}."),
        En => format!("First mentioned in {month}."),
    }
}

/// What the order of a ranking follows from.
pub(crate) fn order(language: ReportLanguage, scale: Option<Scale>) -> String {
    match (language, scale) {
        (De, None) => "Die Reihenfolge folgt aus Anteil mal Eindeutigkeit.".to_owned(),
        (En, None) => "Items are ordered by share times clarity.".to_owned(),
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

/// What the comparison of groups rests on; `shown` where not all that are larger than chance are listed.
pub(crate) fn groups(
    language: ReportLanguage,
    compared: &str,
    larger: &str,
    shown: Option<&str>,
) -> String {
    match language {
        De => {
            let shown = shown.map_or(String::new(), |shown| format!(" Gezeigt sind {shown}."));
            format!(
                "Jede Gruppe wird mit den übrigen ihrer Spalte verglichen ({compared} Vergleiche). Zahl der Fälle, in denen eine \
                 Gruppe etwas häufiger nennt, als der Zufall erklärt: {larger}.{shown}"
            )
        }
        En => {
            let shown = shown.map_or(String::new(), |shown| format!(" {shown} are shown."));
            format!(
                "Each group is compared with the others of its column ({compared} comparisons). Cases in which a group mentions \
                 something more often than chance explains: {larger}.{shown}"
            )
        }
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
    let name = match (language, between) {
        (De, Between::Touchpoints) => "Kontaktpunkten",
        (De, Between::Sources) => "Quellen",
        (En, Between::Touchpoints) => "touchpoints",
        (En, Between::Sources) => "sources",
    };
    let verdict = match (language, uneven) {
        (De, true) => {
            "ist das Erlebnis ungleichmäßig: Der Stimmungssaldo liegt weiter auseinander, als der Zufall erklärt"
        }
        (De, false) => {
            "ist kein Unterschied belegt: Der Stimmungssaldo liegt nicht weiter auseinander, als der Zufall erklärt"
        }
        (En, true) => {
            "the experience is uneven: net sentiment lies farther apart than chance explains"
        }
        (En, false) => {
            "there is no evidence of a difference: net sentiment lies no farther apart than chance explains"
        }
    };
    match language {
        De => format!(
            "Zwischen den {groups} {name} mit mindestens 30 Nennungen {verdict} (Standardabweichung {dispersion} Punkte, \
             durch Zufall allein {by_chance}; {mentions} Nennungen)."
        ),
        En => format!(
            "Between the {groups} {name} with at least 30 mentions {verdict} (standard deviation {dispersion} points, by chance \
             alone {by_chance}; {mentions} mentions)."
        ),
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

/// How answers of several sentences end: better or worse than they begin, or as they begin.
pub(crate) fn ending(
    language: ReportLanguage,
    better: Option<bool>,
    [last, last_interval]: [&str; 2],
    [rest, rest_interval]: [&str; 2],
    answers: &str,
) -> String {
    let how = match (language, better) {
        (De, Some(true)) => "freundlicher, als sie beginnen",
        (De, Some(false)) => "unfreundlicher, als sie beginnen",
        (De, None) => "so, wie sie beginnen",
        (En, Some(true)) => "on a better note than they begin",
        (En, Some(false)) => "on a worse note than they begin",
        (En, None) => "as they begin",
    };
    match language {
        De => format!(
            "Antworten aus mehreren Sätzen enden {how}: Stimmungssaldo des letzten Satzes {last} ({last_interval}), der davor \
             {rest} ({rest_interval}); {answers} Antworten auf die Frage, die am ausführlichsten beantwortet wird."
        ),
        En => format!(
            "Answers of several sentences end {how}: net sentiment of the last sentence {last} ({last_interval}), of those before \
             {rest} ({rest_interval}); {answers} answers to the question that is answered at most length."
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
             Gefunden an Wendungen, also nicht alle. Was zwei Kontaktpunkte betrifft, steht bei beiden. Mehr in flags.csv."
        ),
        En => format!(
            "{found}, in {feedback} pieces of feedback ({share} of those with text, uncertainty \
             {interval}). Found by phrases, so not all of them. What is about two touchpoints stands at both. More in flags.csv."
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
