//! Columns of words that no customer wrote as feedback: replies, ticked lists, closed answers, the same text again.
//!
//! Each is told by its name and by what it holds, and only where a text is left without it.

use std::collections::{BTreeMap, BTreeSet};

use super::name::says;
use super::role::{AssignedRole, Role};
use super::vocabulary::Words;
use crate::read::doubt::{Doubt, Evidence, Sameness};

/// A column that seems to be text.
pub(super) struct Answers<'a> {
    pub(super) name: &'a str,
    /// The words of its name.
    pub(super) words: &'a [String],
    /// Its filled cells in the sample.
    pub(super) cells: &'a [&'a str],
    /// The rows of the sample.
    pub(super) all: usize,
}

/// Names of what a company writes, whatever else they say.
const REPLY: Words = &[
    "reply",
    "replies",
    "replied",
    "resolution",
    "internal",
    "interne",
    "interner",
    "internes",
    "intern",
    "stellungnahme",
    "agent notes",
    "agent note",
    "bearbeitervermerk",
    "lösungstext",
];

/// Names of answers, which are replies if they are those of a company.
const ANSWER: Words = &[
    "antwort",
    "response",
    "réponse",
    "reponse",
    "respuesta",
    "risposta",
    "antwoord",
    "resposta",
    "answer",
];

/// What companies are called beside these.
const COMPANY: Words = &[
    "company",
    "management",
    "owner",
    "business",
    "developer",
    "official",
    "public",
    "host",
    "seller",
    "brand",
    "our",
    "unternehmen",
    "unternehmens",
    "inhaber",
    "inhabers",
    "betreiber",
    "betreibers",
    "firma",
    "unsere",
    "händler",
    "händlers",
    "hotels",
    "entwickler",
    "entwicklers",
    "kundenservice",
    "entreprise",
    "propriétaire",
    "établissement",
    "empresa",
    "propietario",
    "azienda",
    "proprietario",
    "struttura",
    "bedrijf",
    "eigenaar",
    "proprietário",
    "loja",
];

/// How those begin who answer customers.
const GREETINGS: [&str; 27] = [
    "thank you for your",
    "thanks for your",
    "thank you for the",
    "we are sorry",
    "we're sorry",
    "we apologise",
    "we apologize",
    "dear customer",
    "dear guest",
    "hello, we",
    "hi, we",
    "vielen dank für ihr",
    "danke für ihr",
    "danke für dein",
    "vielen dank für dein",
    "wir bedauern",
    "es tut uns leid",
    "sehr geehrte frau",
    "sehr geehrter herr",
    "liebe kundin",
    "lieber kunde",
    "lieber gast",
    "merci pour votre",
    "nous sommes désolés",
    "gracias por su",
    "grazie per la",
    "bedankt voor uw",
];

/// Names of what somebody does, not of what they wrote.
const POSITION: Words =
    &["job", "occupation", "beruf", "berufsbezeichnung", "profession", "profesión"];

/// Names of what programs make of a text.
const PROCESSED: Words = &[
    "clean",
    "cleaned",
    "bereinigt",
    "processed",
    "preprocessed",
    "tokens",
    "tokenized",
    "tokenised",
    "lemma",
    "lemmas",
    "lemmatized",
    "stemmed",
    "normalized",
    "normalised",
    "lower",
];

/// Names of texts in another language than the customer's.
const TRANSLATED: Words = &[
    "translated",
    "translation",
    "english",
    "englisch",
    "übersetzt",
    "traduit",
    "traducido",
    "tradotto",
    "vertaald",
    "traduzido",
];

/// Words of a name at most that is no question.
const NAME_WORDS: usize = 5;

/// Share of the cells that must be so.
const MOST: f64 = 0.5;

/// Different items of a list, and different closed answers, at most.
const ITEMS: usize = 15;
const CLOSED: usize = 8;

/// How often an item or a closed answer stands there at least, on average.
const USES: usize = 3;

/// Words of an item or a closed answer at most.
const ITEM_WORDS: usize = 6;

/// Share of their words that the same texts have in common.
const SAME_WORDS: f64 = 0.6;

/// Passes over what is no feedback among the texts that were `assigned`, unless the user named it or nothing would
/// be left.
pub(super) fn pass_over(
    columns: &[Answers],
    rows: &[Vec<String>],
    chosen: &[Option<Role>],
    assigned: &mut [Option<AssignedRole>],
) {
    let is_text =
        |own: &Option<AssignedRole>| own.as_ref().is_some_and(|own| own.role == Role::Text);
    let found = |assigned: &[Option<AssignedRole>]| -> Vec<usize> {
        (0..columns.len()).filter(|&at| is_text(&assigned[at]) && chosen[at].is_none()).collect()
    };
    for at in found(assigned) {
        let left = assigned.iter().filter(|own| is_text(own)).count() > 1;
        if let Some((reason, doubt)) = columns[at].stranger().filter(|_| left) {
            assigned[at] = Some(AssignedRole { role: Role::Other, reason, doubt: Some(doubt) });
        }
    }
    for at in found(assigned) {
        let others = (0..columns.len()).filter(|&other| other != at && is_text(&assigned[other]));
        let same = others
            .into_iter()
            .find_map(|other| Some((other, sameness(columns, rows, (at, other))?)));
        if let Some((other, sameness)) = same {
            let reason = format!("the same text as {:?}", columns[other].name);
            let (column, other) = (columns[at].name.to_owned(), columns[other].name.to_owned());
            let doubt = Some(Doubt::SameText { column, other, sameness });
            assigned[at] = Some(AssignedRole { role: Role::Other, reason, doubt });
        }
    }
}

impl Answers<'_> {
    /// What it is instead of feedback, and why.
    fn stranger(&self) -> Option<(String, Doubt)> {
        let column = self.name.to_owned();
        let evidence = || Evidence::in_sample(self.cells.iter().copied(), |_| true);
        // A question asks customers, whatever it is about.
        let asks = self.name.ends_with('?') || self.words.len() > NAME_WORDS;
        let of_company = says(self.words, ANSWER) && says(self.words, COMPANY);
        if !asks && (says(self.words, REPLY) || of_company) {
            let doubt = Doubt::Reply { column, evidence: evidence() };
            return Some(("its name says that the company wrote it".to_owned(), doubt));
        }
        if self.share(greets) >= MOST {
            let doubt = Doubt::Reply { column, evidence: evidence() };
            return Some(("begins as those do who answer customers".to_owned(), doubt));
        }
        if says(self.words, POSITION) {
            let doubt = Doubt::NotText { column, word: "job".to_owned(), evidence: evidence() };
            return Some(("its name says what somebody does".to_owned(), doubt));
        }
        if self.is_tick_list() {
            let doubt = Doubt::TickList { column, evidence: evidence() };
            return Some(("lists out of a few choices".to_owned(), doubt));
        }
        let different = self.closed_answers()?;
        let doubt = Doubt::ClosedAnswers { column, different, evidence: evidence() };
        Some((format!("{different} different answers"), doubt))
    }

    fn share(&self, holds: impl Fn(&str) -> bool) -> f64 {
        let holding = self.cells.iter().filter(|cell| holds(cell)).count();
        holding as f64 / self.cells.len().max(1) as f64
    }

    /// Whether its cells are lists of items out of a small set.
    fn is_tick_list(&self) -> bool {
        [';', ',', '|', '\n'].into_iter().any(|separator| {
            let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
            let mut lists = 0;
            for cell in self.cells {
                let items = cell.split(separator).map(str::trim).filter(|item| !item.is_empty());
                items.for_each(|item| *uses.entry(item).or_default() += 1);
                lists += usize::from(cell.contains(separator));
            }
            let short = uses.keys().all(|item| item.split_whitespace().count() <= ITEM_WORDS);
            let all: usize = uses.values().sum();
            lists * 4 >= self.cells.len()
                && (2..=ITEMS).contains(&uses.len())
                && all >= USES * uses.len()
                && short
        })
    }

    /// How many different answers there are, if they are few, short and recur.
    fn closed_answers(&self) -> Option<u64> {
        let answers: BTreeSet<String> = self.cells.iter().map(|cell| cell.to_lowercase()).collect();
        let short = answers.iter().all(|own| own.split_whitespace().count() <= ITEM_WORDS);
        let recur = self.cells.len() >= USES * answers.len() && self.cells.len() >= 2 * CLOSED;
        (short && recur && answers.len() <= CLOSED).then_some(answers.len() as u64)
    }
}

/// Whether a text begins as a company's answer does.
fn greets(text: &str) -> bool {
    let start: String = text.chars().take(60).collect::<String>().to_lowercase();
    GREETINGS.iter().any(|greeting| start.starts_with(greeting))
}

/// How the first of two columns is the same text as the second, which counts, if it is. Of two with the same words, the
/// one that a program made is left out, else the later one.
fn sameness(
    columns: &[Answers],
    rows: &[Vec<String>],
    (own, other): (usize, usize),
) -> Option<Sameness> {
    let filled = |at: usize| {
        rows.iter().filter(move |row| row.get(at).is_some_and(|cell| !cell.trim().is_empty()))
    };
    let both = filled(own)
        .filter(|row| row.get(other).is_some_and(|cell| !cell.trim().is_empty()))
        .count();
    // What stands beside the other in every row.
    if both == 0 || both * 10 < filled(own).count() * 9 {
        return None;
    }
    let is_made =
        |at: usize| says(columns[at].words, PROCESSED) || says(columns[at].words, TRANSLATED);
    if says(columns[own].words, TRANSLATED) && !is_made(other) && columns[own].all > 1 {
        return Some(Sameness::Translation);
    }
    let pairs = filled(own).filter_map(|row| Some((row.get(own)?, row.get(other)?)));
    let same = pairs.filter(|(a, b)| common_words(a, b) >= SAME_WORDS).count();
    if same * 10 < both * 8 {
        return None;
    }
    match (is_made(own), is_made(other)) {
        (true, false) => Some(Sameness::Processed),
        (false, true) => None,
        _ => (own > other).then_some(Sameness::Words),
    }
}

/// The part of the words of two texts that both have (Jaccard similarity).
fn common_words(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::columns::name::words;

    /// The columns of a table that are passed over, all taken for texts before.
    fn passed(names: &[&str], rows: &[&[&str]]) -> Vec<String> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
        let own: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
        let cells: Vec<Vec<&str>> = (0..names.len())
            .map(|at| {
                rows.iter().map(|row| row[at].as_str()).filter(|own| !own.is_empty()).collect()
            })
            .collect();
        let columns: Vec<Answers> = (0..names.len())
            .map(|at| Answers {
                name: names[at],
                words: &own[at],
                cells: &cells[at],
                all: rows.len(),
            })
            .collect();
        let mut assigned: Vec<_> =
            names.iter().map(|_| Some(AssignedRole::sure(Role::Text, "it is"))).collect();
        pass_over(&columns, &rows, &vec![None; names.len()], &mut assigned);
        let passed = names.iter().zip(&assigned);
        passed
            .filter(|(_, own)| own.as_ref().is_some_and(|own| own.role == Role::Other))
            .map(|(name, _)| (*name).to_owned())
            .collect()
    }

    #[test]
    fn what_the_company_answers_is_no_feedback() {
        let row: &[&str] = &["The parcel came late", "We will look into it."];
        for name in [
            "replyText",
            "Antwort des Unternehmens",
            "Management response",
            "Resolution",
            "Réponse du propriétaire",
        ] {
            assert_eq!(passed(&["comment", name], &[row]), [name]);
        }
        for name in ["Ihre Antwort", "response", "What else?", "How was the response of our owner?"]
        {
            assert!(passed(&["comment", name], &[row]).is_empty(), "{name}");
        }
        let polite: &[&str] =
            &["The parcel came late", "Dear customer, this is not how it should be."];
        assert_eq!(passed(&["comment", "text_2"], &[polite]), ["text_2"]);
        // What is left alone stays.
        assert!(passed(&["reply"], &[&["late"]]).is_empty());
    }

    #[test]
    fn ticked_lists_and_closed_answers_are_no_texts() {
        let rows: Vec<[String; 3]> = (0..30)
            .map(|at| {
                let list = ["Price;Service;", "Service;", "Price;App;Service;"][at % 3];
                let closed = ["very good", "bad"][at % 2];
                [format!("parcel number {at} was late"), list.to_owned(), closed.to_owned()]
            })
            .collect();
        let rows: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(passed(&["comment", "liked", "opinion"], &rows), ["liked", "opinion"]);
        let few: Vec<&[&str]> = rows.iter().take(3).copied().collect();
        assert!(passed(&["comment", "a", "b"], &few).is_empty());
    }

    #[test]
    fn the_same_text_counts_once() {
        let rows: [&[&str]; 2] = [
            &["Paket kam zu spät!", "paket kam zu spät", "The parcel came late"],
            &["Keiner ruft zurück.", "keiner ruft zurück", "Nobody calls back"],
        ];
        let names = ["review", "clean_text", "review_english"];
        assert_eq!(passed(&names, &rows), ["clean_text", "review_english"]);
        assert!(passed(&["liked", "disliked", "else"], &rows).contains(&"disliked".to_owned()));
        let other: [&[&str]; 1] = [&["Lieferung schnell", "Rechnung falsch"]];
        assert!(passed(&["liked", "disliked"], &other).is_empty());
    }
}
