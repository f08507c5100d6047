//! The sentences around figures, German beside English.

use super::super::ReportLanguage::{self, De, En};
use crate::painpoint::findings::Scale;

/// The same in both languages.
pub(crate) const NPS: &str = "Net Promoter Score";

/// Something the report counts.
#[derive(Clone, Copy)]
pub(crate) enum Noun {
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
pub(crate) fn counted(language: ReportLanguage, count: u64, written: &str, noun: Noun) -> String {
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
pub(crate) fn language_name(language: ReportLanguage, code: &str) -> &str {
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
pub(crate) enum Unit {
    Feedback,
    NetSentiment,
    Nps,
    Rating,
}

/// The words under the figure of a headline.
pub(crate) fn unit(language: ReportLanguage, unit: Unit) -> &'static str {
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

/// What stands before the name of the worst pain point; `ranked` where it is clear that it costs score.
pub(crate) fn worst_pain_point(language: ReportLanguage, ranked: Option<Scale>) -> &'static str {
    match (language, ranked.is_some()) {
        (De, false) => "Bei dem, was Kunden ärgert, steht vorn „",
        (En, false) => "First of what troubles customers is “",
        (De, true) => "Am meisten wiegt „",
        (En, true) => "What weighs most is “",
    }
}

/// What stands before the name of the next worst pain point; `tied` if its place may be chance.
pub(crate) fn next_pain_point(language: ReportLanguage, tied: bool) -> &'static str {
    match (language, tied) {
        (De, false) => "Danach kommt „",
        (En, false) => "Next comes “",
        (De, true) => "Fast gleichauf (der Abstand kann Zufall sein) liegt „",
        (En, true) => "Close behind (the distance may be chance) is “",
    }
}

/// What stands before the name of the greatest delight; `ranked` where it is clear that it brings score.
pub(crate) fn greatest_delight(language: ReportLanguage, ranked: Option<Scale>) -> &'static str {
    match (language, ranked.is_some()) {
        (De, false) => "Bei dem, was Kunden freut, steht vorn „",
        (En, false) => "First of what pleases customers is “",
        (De, true) => "Unter dem Lob wiegt am meisten „",
        (En, true) => "Of the praise, what weighs most is “",
    }
}

/// What is better or worse in a month.
pub(crate) fn what_is_better(language: ReportLanguage, score: bool, nps: bool) -> &'static str {
    match (language, score, nps) {
        (De, true, true) => "der NPS",
        (De, true, false) => "die Bewertung",
        (De, false, _) => "die Stimmung",
        (En, true, true) => "NPS",
        (En, true, false) => "the rating",
        (En, false, _) => "sentiment",
    }
}

/// That the last month stands out from those before it, by net sentiment or by a score.
pub(crate) fn latest_month(
    language: ReportLanguage,
    (month, what): (&str, &str),
    better: bool,
    [before, interval]: [&str; 2],
) -> String {
    match (language, better) {
        (De, true) => format!(
            "Im letzten Monat, {month}, ist {what} besser als davor ({before}). Unsicherheit: {interval}."
        ),
        (De, false) => format!(
            "Im letzten Monat, {month}, ist {what} schlechter als davor ({before}). Unsicherheit: {interval}."
        ),
        (En, true) => format!(
            "In the last month, {month}, {what} is better than before ({before}). Uncertainty: {interval}."
        ),
        (En, false) => format!(
            "In the last month, {month}, {what} is worse than before ({before}). Uncertainty: {interval}."
        ),
    }
}

/// The figures of a headline about a pain point or a delight, written out.
pub(crate) struct Mentioned {
    pub(crate) touchpoint: String,
    pub(crate) count: String,
    pub(crate) of: String,
    pub(crate) interval: String,
}

impl Mentioned {
    /// What stands after the name of a topic.
    pub(crate) fn after_name(&self, language: ReportLanguage) -> String {
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
pub(crate) fn nps(
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
pub(crate) fn rating(
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

/// The phase with the lowest net sentiment of those with a share of the mentions, if others have less; `rival` is
/// the next one if the difference may be chance.
pub(crate) fn worst_phase(
    language: ReportLanguage,
    (phase, share): (&str, Option<&str>),
    [negative, positive]: [&str; 2],
    interval: &str,
    rival: Option<&str>,
) -> String {
    let mut sentence = match (language, share) {
        (De, None) => format!("In der Phase „{phase}“ ist der Stimmungssaldo am niedrigsten: "),
        (De, Some(share)) => format!(
            "Von den Phasen mit mindestens {share} der Nennungen ist der Stimmungssaldo in „{phase}“ am niedrigsten: "
        ),
        (En, None) => format!("Net sentiment is lowest in the phase “{phase}”: "),
        (En, Some(share)) => format!(
            "Of the phases with {share} of the mentions or more, net sentiment is lowest in “{phase}”: "
        ),
    };
    sentence += &match language {
        De => format!(
            "{negative} der Nennungen sind negativ, {positive} positiv. Unsicherheit: {interval}."
        ),
        En => format!(
            "{negative} of mentions are negative, {positive} positive. Uncertainty: {interval}."
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
pub(crate) fn within(language: ReportLanguage, touchpoint: &str) -> String {
    match language {
        De => format!(
            "Dieser Bericht zeigt allein Schmerzpunkte und Begeisterndes an diesem Kontaktpunkt: {touchpoint}. Es sind \
             dieselben wie in einem Bericht über alles; ihre Anteile beziehen sich auf alle Rückmeldungen."
        ),
        En => format!(
            "This report shows only the pain points and delights at this touchpoint: {touchpoint}. They are those of \
             a report on everything; their shares are of all feedback."
        ),
    }
}

/// Touchpoints that nobody mentioned.
pub(crate) fn unmentioned(language: ReportLanguage, names: &[&str]) -> String {
    let names = names.join(", ");
    match language {
        De => format!("Ohne eine Nennung: {names}."),
        En => format!("Without a mention: {names}."),
    }
}

/// Count and base of a share.
pub(crate) fn of_feedback(language: ReportLanguage, count: &str, of: &str) -> String {
    match language {
        De => format!("{count} von {of} Rückmeldungen"),
        En => format!("{count} of {of} pieces of feedback"),
    }
}

/// Pain points that tell nearly the same as one, each by name and touchpoint if that is another, and what all have together.
pub(crate) fn family(
    language: ReportLanguage,
    others: &[(String, Option<&str>)],
    share: &str,
) -> String {
    let quoted = |(label, touchpoint): &(String, Option<&str>)| {
        let quoted = match language {
            De => format!("„{label}“"),
            En => format!("“{label}”"),
        };
        match touchpoint {
            Some(touchpoint) => format!("{quoted} ({touchpoint})"),
            None => quoted,
        }
    };
    let others = others.iter().map(quoted).collect::<Vec<_>>().join(", ");
    match language {
        De => format!("Fast dasselbe: {others}. Zusammen {share} der Rückmeldungen."),
        En => format!("Much the same: {others}. Together {share} of feedback."),
    }
}

/// How much of the complaints the pain points hold: shares inside, of others, of cries, and of doubtful ones if there are any.
pub(crate) fn extent(
    language: ReportLanguage,
    negative: &str,
    pain_points: &str,
    [inside, others, cries]: [String; 3],
    doubtful: Option<&str>,
) -> String {
    let doubtful = doubtful.map_or(String::new(), |share| match language {
        De => format!("; bei {share} spricht die Note ihrer Zeile dagegen"),
        En => format!("; {share} are spoken against by the score of their row"),
    });
    match language {
        De => format!(
            "Negative Nennungen: {negative}. Davon stehen {inside} in einem der Schmerzpunkte unten ({pain_points}); {others} \
             nennen anderes, das zu wenige teilen oder keinem davon nah genug kommt; {cries} machen ihrem Ärger Luft, \
             ohne ein Problem zu nennen{doubtful}."
        ),
        En => format!(
            "Negative mentions: {negative}. Of these, {inside} are in one of the pain points below ({pain_points}); {others} \
             name something else that too few share, or that comes near enough to none of them; {cries} vent anger and name no \
             problem{doubtful}."
        ),
    }
}

/// Severity from 0 to 100.
pub(crate) fn of_hundred(language: ReportLanguage, value: &str) -> String {
    match language {
        De => format!("{value}\u{a0}von\u{a0}100"),
        En => format!("{value}\u{a0}of\u{a0}100"),
    }
}

/// What the bar charts of a list run to.
pub(crate) fn scale(language: ReportLanguage, maximum: &str, order: &str) -> String {
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
pub(crate) fn share_aloud(language: ReportLanguage, share: &str, interval: &str) -> String {
    match language {
        De => format!("{share} der Rückmeldungen, Unsicherheit {interval}"),
        En => format!("{share} of feedback, uncertainty {interval}"),
    }
}

/// Net sentiment, for those who cannot see the chart.
pub(crate) fn net_aloud(language: ReportLanguage, value: &str, interval: &str) -> String {
    match language {
        De => format!("Stimmungssaldo {value}, Unsicherheit {interval}"),
        En => format!("Net sentiment {value}, uncertainty {interval}"),
    }
}

/// Shares of the three sentiments.
pub(crate) fn sentiments(language: ReportLanguage, [bad, neutral, good]: [&str; 3]) -> String {
    match language {
        De => format!("{bad} negativ · {neutral} neutral · {good} positiv"),
        En => format!("{bad} negative · {neutral} neutral · {good} positive"),
    }
}

/// Shares of detractors, passives and promoters.
pub(crate) fn recommenders(language: ReportLanguage, [bad, neutral, good]: [&str; 3]) -> String {
    match language {
        De => {
            format!("{bad} Detraktoren (0–6) · {neutral} Passive (7–8) · {good} Promotoren (9–10)")
        }
        En => {
            format!("{bad} detractors (0–6) · {neutral} passives (7–8) · {good} promoters (9–10)")
        }
    }
}

/// One month of a small trend chart.
pub(crate) fn month_of(language: ReportLanguage, month: &str, count: &str, of: &str) -> String {
    match language {
        De => format!("{month}: {count} von {of} Nennungen"),
        En => format!("{month}: {count} of {of} mentions"),
    }
}

/// What the highest column of a small chart stands for.
pub(crate) fn highest(language: ReportLanguage, share: &str) -> String {
    match language {
        De => format!("höchste Säule {share}"),
        En => format!("highest column {share}"),
    }
}

/// How a share moved from the first half of the months to the second.
pub(crate) enum Course {
    Rising,
    Falling,
    Unclear,
}

/// What a small trend chart shows.
pub(crate) fn course(language: ReportLanguage, course: Course, [from, to]: [&str; 2]) -> String {
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
pub(crate) fn most_mentions(language: ReportLanguage, most: &str) -> String {
    match language {
        De => format!("Nennungen, höchstens {most}"),
        En => format!("Mentions, at most {most}"),
    }
}

/// What the trend chart shows, for those who cannot see it.
pub(crate) fn trend_aloud(language: ReportLanguage, first: &str, last: &str) -> String {
    match language {
        De => {
            format!("Stimmungssaldo je Monat, {first} bis {last}; die Werte stehen in der Tabelle")
        }
        En => format!("Net sentiment by month, {first} to {last}; the values are in the table"),
    }
}

/// A note that a trend starts before its chart does.
pub(crate) fn trend_cut(language: ReportLanguage, months: usize) -> String {
    match language {
        De => format!("Gezeigt sind die letzten {months} Monate."),
        En => format!("The chart shows the last {months} months."),
    }
}

/// How many mentions have another sentiment in their row than their text alone has.
pub(crate) fn by_row(language: ReportLanguage, count: &str, share: &str) -> String {
    match language {
        De => format!(
            "{count} Nennungen ({share}) sind für sich allein unklar; bei ihnen gab den Ausschlag, welche Note in ihrer \
             Zeile steht oder wonach gefragt war. Was eine Note kostet, wird ohne sie gerechnet."
        ),
        En => format!(
            "{count} mentions ({share}) are unclear by themselves; the score in their row, or what was asked, turned the \
             balance. What costs score is computed without them."
        ),
    }
}

/// What the model's sentiment was tuned on.
pub(crate) fn tuned_on(language: ReportLanguage, count: &str, file: &str) -> String {
    match language {
        De => format!(
            "Die Stimmung wurde an {count} von Hand vergebenen Urteilen ausgerichtet ({file})."
        ),
        En => format!("Sentiment was tuned on {count} labels given by hand ({file})."),
    }
}

/// Where the negative mentions are: in a pain point, in none, or nowhere since they name no problem.
pub(crate) fn covered(
    language: ReportLanguage,
    [inside, all]: [&str; 2],
    share: &str,
    [others, others_share]: [&str; 2],
    [cries, cries_share]: [&str; 2],
    doubtful: Option<[&str; 2]>,
) -> String {
    let doubtful = doubtful.map_or(String::new(), |[count, share]| match language {
        De => format!(
            " {count} ({share}) stehen in Zeilen, deren Note dagegen spricht, und sind nicht deutlich genug: Sie zählen in \
             keinem Schmerzpunkt."
        ),
        En => format!(
            " {count} ({share}) stand in rows whose score says otherwise, and are not clear enough: they count in no \
             pain point."
        ),
    });
    match language {
        De => format!(
            "Negative Nennungen: {all}. Davon sind {inside} ({share}) in einem Schmerzpunkt. {others} ({others_share}) sind \
             andere Beschwerden: Sie nennen ein Problem, das zu wenige teilen oder keinem Schmerzpunkt nah genug kommt. {cries} ({cries_share}) machen ihrem \
             Ärger Luft, ohne ein Problem zu nennen.{doubtful}"
        ),
        En => format!(
            "Negative mentions: {all}. Of these, {inside} ({share}) are in a pain point. {others} ({others_share}) are \
             other complaints: they name a problem that too few share, or that comes near enough to no pain point. {cries} ({cries_share}) vent anger and \
             name no problem.{doubtful}"
        ),
    }
}
