//! Which of day and month comes first.

use super::name::words;
use crate::read::value::{DateOrder, Numbers};

/// Words in the names of columns whose languages write the day first.
const DAY_FIRST: &[&str] = &[
    "datum",
    "fecha",
    "kommentar",
    "bewertung",
    "sterne",
    "freitext",
    "antwort",
    "rückmeldung",
    "zufriedenheit",
    "kunde",
    "nachricht",
    "comentario",
    "opinión",
    "estrellas",
    "puntuación",
    "calificación",
    "reseña",
    "commentaire",
    "avis",
    "étoiles",
    "réponse",
    "commento",
    "recensione",
    "valutazione",
    "stelle",
    "risposta",
    "opmerking",
    "sterren",
    "beoordeling",
    "antwoord",
    "comentário",
    "avaliação",
    "estrelas",
    "resposta",
    "zeitpunkt",
    "zeitstempel",
    "erstellt",
    "abgegeben",
    "titel",
    "thema",
    "filiale",
    "tienda",
    "magasin",
    "negozio",
    "winkel",
    "loja",
];

/// What tells the order of the dates of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    chosen: Option<DateOrder>,
    name: Option<DateOrder>,
    sibling: Option<DateOrder>,
    day_first_language: bool,
    half_days: bool,
    documented: Option<DateOrder>,
}

/// What an order rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// There are no dates of that kind.
    Nothing,
    /// All orders come to the same days.
    Same,
    /// The user says so.
    Chosen,
    /// The name of the column says so.
    Name,
    /// Dates that fit no other order, and some that fit only another.
    Cells { fitting: usize, against: usize },
    /// Another column of dates in the same rows.
    Sibling,
    /// Dots, between which the day comes first.
    Dots,
    /// Nothing sure: why it was guessed.
    Guess(&'static str),
}

impl Basis {
    /// What it rests on, in a few words.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Nothing | Self::Same => "no other order differs".to_owned(),
            Self::Chosen => "named by you".to_owned(),
            Self::Name => "its name says so".to_owned(),
            Self::Cells { fitting, .. } => format!("{fitting} sampled cells fit only so"),
            Self::Sibling => "as in another column".to_owned(),
            Self::Dots => "as is usual between dots".to_owned(),
            Self::Guess(why) => format!("both orders fit; {why}"),
        }
    }
}

impl Orders {
    /// What the user says, and what the names of the columns say, of which one is of the dates.
    pub(crate) fn new(chosen: Option<DateOrder>, column: &str, columns: &[String]) -> Self {
        let in_day_first_language =
            |name: &String| words(name).iter().any(|word| DAY_FIRST.contains(&word.as_str()));
        Self {
            chosen,
            name: pattern(column),
            sibling: None,
            day_first_language: columns.iter().any(in_day_first_language),
            half_days: false,
            documented: None,
        }
    }

    /// What other columns of the same rows say for certain.
    pub(crate) fn with_sibling(self, sibling: Option<DateOrder>) -> Self {
        Self { sibling, ..self }
    }

    /// Whether times of day are told as AM and PM.
    pub(crate) fn with_half_days(self, half_days: bool) -> Self {
        Self { half_days, ..self }
    }

    /// What is documented for the tool that exported the rows.
    pub(crate) fn with_documented(self, documented: Option<DateOrder>) -> Self {
        Self { documented, ..self }
    }

    /// What the user says.
    pub(crate) fn chosen(&self) -> Option<DateOrder> {
        self.chosen
    }

    /// The order of these dates, and what that rests on.
    pub(crate) fn of(&self, dates: &[Numbers], dotted: bool) -> (DateOrder, Basis) {
        let fallback = if dotted { DateOrder::Dmy } else { self.chosen.unwrap_or_default() };
        if dates.is_empty() {
            return (fallback, Basis::Nothing);
        }
        if let Some(chosen) = self.chosen {
            return (chosen, Basis::Chosen);
        }
        if let Some(certain) = certain(dates) {
            return certain;
        }
        let fits = |order: &DateOrder| dates.iter().all(|own| own.day(*order).is_some());
        if let Some(order) = self.name.filter(fits) {
            return (order, Basis::Name);
        }
        if dates.iter().all(|own| !own.is_ambiguous()) {
            return (DateOrder::Dmy, Basis::Same);
        }
        if dotted {
            return (DateOrder::Dmy, Basis::Dots);
        }
        match self.sibling.filter(fits) {
            Some(order) => (order, Basis::Sibling),
            None => self.guess(dates),
        }
    }

    fn guess(&self, dates: &[Numbers]) -> (DateOrder, Basis) {
        let different = |part: usize| {
            let mut parts: Vec<u16> = dates.iter().map(|own| own.parts[part]).collect();
            parts.sort_unstable();
            parts.dedup();
            parts
        };
        // Whoever opened and saved the export may have changed it: it stays a guess.
        let fits = |order: &DateOrder| dates.iter().all(|own| own.day(*order).is_some());
        if let Some(documented) = self.documented.filter(fits) {
            return (documented, Basis::Guess("that is documented for the tool"));
        }
        let (first, second, third) = (different(0), different(1), different(2));
        let ymd = dates.iter().all(|own| own.day(DateOrder::Ymd).is_some());
        if ymd && first.len() * 2 < third.len() {
            return (DateOrder::Ymd, Basis::Guess("the first part differs least"));
        }
        if self.day_first_language {
            return (
                DateOrder::Dmy,
                Basis::Guess("the names of the columns are in a language that does so"),
            );
        }
        // A month is the same in all rows of an export sooner than a day, unless each stands for its first.
        let constant = |own: &[u16], other: &[u16]| own.len() == 1 && own != [1] && other.len() > 2;
        if constant(&first, &second) {
            return (DateOrder::Mdy, Basis::Guess("the first part is the same in all rows"));
        }
        if constant(&second, &first) {
            return (DateOrder::Dmy, Basis::Guess("the second part is the same in all rows"));
        }
        if self.half_days {
            return (DateOrder::Mdy, Basis::Guess("times are told as AM and PM"));
        }
        if dates.iter().any(|own| own.unpadded && own.sign == '/') {
            return (DateOrder::Mdy, Basis::Guess("numbers have no zeros before them"));
        }
        (DateOrder::Dmy, Basis::Guess("that is the more usual one"))
    }
}

/// The order that some dates alone decide: the one that most fit, if another fits fewer.
pub(crate) fn certain(dates: &[Numbers]) -> Option<(DateOrder, Basis)> {
    let count = |order: DateOrder| dates.iter().filter(|own| own.day(order).is_some()).count();
    let only = |order: DateOrder| {
        let fits_only = |own: &&Numbers| {
            DateOrder::ALL.iter().all(|&other| own.day(other).is_some() == (other == order))
        };
        dates.iter().filter(fits_only).count()
    };
    let [day, month, year] = DateOrder::ALL.map(count);
    let most = day.max(month).max(year);
    let mut best = DateOrder::ALL.into_iter().filter(|&order| count(order) == most);
    let order = best.next()?;
    if most == 0 || best.next().is_some() {
        return None;
    }
    let against = dates.iter().filter(|own| {
        own.day(order).is_none() && DateOrder::ALL.iter().any(|&other| own.day(other).is_some())
    });
    Some((order, Basis::Cells { fitting: only(order), against: against.count() }))
}

/// The order that a name spells out: "date (MM/DD/YYYY)", "Datum TT.MM.JJJJ".
fn pattern(name: &str) -> Option<DateOrder> {
    let words = words(name);
    let letters = |word: &String| {
        let mut chars = word.chars();
        let first = chars.next()?;
        let sound = (1..=4).contains(&word.chars().count()) && chars.all(|c| c == first);
        sound.then_some(first)
    };
    let order =
        |parts: &[String]| match [letters(&parts[0])?, letters(&parts[1])?, letters(&parts[2])?] {
            ['d' | 't' | 'j' | 'g', 'm', 'y' | 'j' | 'a'] => Some(DateOrder::Dmy),
            ['m', 'd' | 't' | 'j' | 'g', 'y' | 'j' | 'a'] => Some(DateOrder::Mdy),
            ['y' | 'j' | 'a', 'm', 'd' | 't' | 'j' | 'g'] => Some(DateOrder::Ymd),
            _ => None,
        };
    words.windows(3).find_map(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_spell_the_order_out() {
        for (name, expected) in [
            ("Date (MM/DD/YYYY)", Some(DateOrder::Mdy)),
            ("date_dd_mm_yyyy", Some(DateOrder::Dmy)),
            ("Datum TT.MM.JJJJ", Some(DateOrder::Dmy)),
            ("fecha dd/mm/aaaa", Some(DateOrder::Dmy)),
            ("date jj/mm/aaaa", Some(DateOrder::Dmy)),
            ("date", None),
            ("date of purchase", None),
        ] {
            assert_eq!(pattern(name), expected, "{name}");
        }
    }
}
