//! The words on the maps and in the chapters.

use super::super::ReportLanguage::{self, De, En};
use super::comparisons::score_name;
use crate::painpoint::findings::Scale;

/// A field of the priority map.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    FixNow,
    LookAt,
    Watch,
    Keep,
}

/// What a field is called.
pub(crate) fn field(language: ReportLanguage, field: Field) -> &'static str {
    match (language, field) {
        (De, Field::FixNow) => "Zuerst beheben",
        (En, Field::FixNow) => "Fix now",
        (De, Field::LookAt) => "Genau ansehen",
        (En, Field::LookAt) => "Look at",
        (De, Field::Watch) => "Beobachten",
        (En, Field::Watch) => "Watch",
        (De, Field::Keep) => "Bewahren",
        (En, Field::Keep) => "Keep",
    }
}

/// The journey map, for those who cannot see it.
pub(crate) fn journey_aloud(language: ReportLanguage) -> String {
    match language {
        De => "Stimmungssaldo je Phase mit Unsicherheit; die Werte stehen darunter".to_owned(),
        En => "Net sentiment by phase with its uncertainty; the values stand below".to_owned(),
    }
}

/// The priority map, for those who cannot see it.
pub(crate) fn priorities_aloud(language: ReportLanguage) -> String {
    match language {
        De => {
            "Themen nach Häufigkeit und Gewicht; die Werte stehen in der Liste darunter".to_owned()
        }
        En => "Topics by how often and how heavily they weigh; the values are in the list below"
            .to_owned(),
    }
}

/// What the priority map shows; `parted` if it has fields.
pub(crate) fn priorities(
    language: ReportLanguage,
    scale: Option<Scale>,
    parted: bool,
    alike: bool,
) -> String {
    let weight = match (language, scale) {
        (De, None) => "Eindeutigkeit der Nennungen, von 0 bis 100",
        (En, None) => "clarity of the mentions, from 0 to 100",
        (De, Some(Scale::Nps)) => "Unterschied im NPS, wo es genannt wird",
        (En, Some(Scale::Nps)) => "difference in NPS where it is mentioned",
        (De, Some(Scale::Rating { .. })) => "Unterschied in der Bewertung, wo es genannt wird",
        (En, Some(Scale::Rating { .. })) => "difference in rating where it is mentioned",
    };
    let shrunk = match (language, scale.is_some()) {
        (_, false) => "",
        (De, true) => " Unterschiede, die Zufall sein können, sind einander angeglichen.",
        (En, true) => " Differences that may be chance are drawn together.",
    };
    let fields = match (language, parted) {
        (_, false) => "",
        (De, true) if alike => {
            " Zwischen den Schmerzpunkten ist kein Unterschied belegt, der größer ist, als der Zufall erklärt: Sie stehen gleich tief, und es zählt, wie viele sie nennen. Rechts der gestrichelten Linie (Median) heißt „Zuerst beheben“, links „Beobachten“."
        }
        (En, true) if alike => {
            " Between the pain points no difference is larger than chance explains: they stand at the same depth, and what counts is how many mention them. Right of the dashed line (median) is “Fix now”, left “Watch”."
        }
        (De, true) => {
            " Die gestrichelten Linien teilen die Schmerzpunkte je in der Mitte (Median): häufig und schwer heißt „Zuerst beheben“, selten und schwer „Genau ansehen“, der Rest „Beobachten“."
        }
        (En, true) => {
            " The dashed lines halve the pain points (median): often and heavy is “Fix now”, seldom and heavy “Look at”, the rest “Watch”."
        }
    };
    match language {
        De => format!(
            "Nach rechts: wie viele es nennen (jeder Schritt ein Vielfaches). Nach unten: wie schwer ein Schmerzpunkt wiegt \
             ({weight}); nach oben: was freut.{shrunk}{fields} Marken, die einander verdecken würden, sind auseinandergerückt."
        ),
        En => format!(
            "To the right: how many mention it (each step a multiple). Downwards: how heavily a pain point weighs \
             ({weight}); upwards: what pleases.{shrunk}{fields} Marks that would cover each other are moved apart."
        ),
    }
}

/// The axis of weights.
pub(crate) fn weight_axis(language: ReportLanguage, scale: Option<Scale>) -> &'static str {
    match (language, scale) {
        (De, None) => "Eindeutigkeit",
        (En, None) => "Clarity",
        (De, Some(Scale::Nps)) => "NPS-Punkte",
        (En, Some(Scale::Nps)) => "NPS points",
        (De, Some(Scale::Rating { .. })) => "Punkte der Bewertung",
        (En, Some(Scale::Rating { .. })) => "Points of rating",
    }
}

/// The axis of shares.
pub(crate) fn share_axis(language: ReportLanguage) -> &'static str {
    match language {
        De => "Anteil der Rückmeldungen →",
        En => "Share of feedback →",
    }
}

/// How many topics have no place on the map.
pub(crate) fn not_on_the_map(language: ReportLanguage, count: &str) -> String {
    match language {
        De => format!("Die hinteren der Reihenfolge sind nicht eingezeichnet ({count})."),
        En => format!("The last ones of the order are not drawn ({count})."),
    }
}

/// The figures at the head of a chapter, both counted.
pub(crate) fn chapter(language: ReportLanguage, [mentions, feedback, share]: [&str; 3]) -> String {
    match language {
        De => format!("{mentions}; {feedback} ({share} derer mit Text)"),
        En => format!("{mentions}; {feedback} ({share} of those with text)"),
    }
}

/// What the negative mentions of a touchpoint are: shares in pain points, of other complaints, of cries.
pub(crate) fn complaints(
    language: ReportLanguage,
    all: &str,
    [inside, others, cries]: [&str; 3],
    doubtful: Option<&str>,
) -> String {
    let doubtful = doubtful.map_or(String::new(), |share| match language {
        De => format!(", bei {share} spricht die Note der Zeile dagegen"),
        En => format!(", {share} that the score of their row speaks against"),
    });
    match language {
        De => format!(
            "Negative Nennungen hier: {all}. Davon {inside} in einem Schmerzpunkt, {others} andere Beschwerden, {cries} Ärger \
             ohne genanntes Problem{doubtful}."
        ),
        En => format!(
            "Negative mentions here: {all}. Of these {inside} in a pain point, {others} other complaints, {cries} anger that \
             names no problem{doubtful}."
        ),
    }
}

/// That a group complains more about a touchpoint than the others.
pub(crate) fn worse(language: ReportLanguage, [here, n]: [&str; 2], there: &str) -> String {
    match language {
        De => format!("{here} der Nennungen sind negativ (von {n}), bei den übrigen {there}"),
        En => format!("{here} of mentions are negative (of {n}), among the others {there}"),
    }
}

/// What a small chart of a touchpoint shows.
pub(crate) fn negative_share(language: ReportLanguage) -> &'static str {
    match language {
        De => "Anteil negativer Nennungen:",
        En => "Share of negative mentions:",
    }
}

/// The change of the score between the periods.
pub(crate) fn score_change(
    language: ReportLanguage,
    scale: Scale,
    [earlier, later]: [&str; 2],
    [difference, low, high]: [&str; 3],
    chance: bool,
) -> String {
    let name = score_name(language, scale);
    let name = if language == En && name == "rating" { "Rating" } else { name };
    let verdict = match (language, chance) {
        (_, false) => "",
        (De, true) => " Die Änderung kann Zufall sein.",
        (En, true) => " The change may be chance.",
    };
    match language {
        De => format!(
            "{name}: von {earlier} auf {later}, also {difference} Punkte (Unsicherheit {low} bis {high}).{verdict} Die Tabelle \
             rechnet vor, was davon auf Themen entfällt, die häufiger oder seltener genannt werden: Änderung des Anteils mal \
             das, was das Thema für sich im Urteil ausmacht. Der Rest hat Gründe, die hier nicht stehen."
        ),
        En => format!(
            "{name}: from {earlier} to {later}, that is {difference} points (uncertainty {low} to {high}).{verdict} The table shows \
             what of it goes with topics that are mentioned more or less often: change of the share times what the topic makes \
             in score on its own. The rest has reasons that are not found here."
        ),
    }
}

/// That voices are cut, or fewer, so that the page stays small.
pub(crate) fn shortened(language: ReportLanguage) -> &'static str {
    match language {
        De => {
            "Damit die Seite klein bleibt, fehlen hier ganze Rückmeldungen und weitere Stimmen; mentions.csv und feedback.csv haben alle."
        }
        En => {
            "To keep this page small, whole feedback and further voices are left out; mentions.csv and feedback.csv have them all."
        }
    }
}
