//! Rows that may be no feedback of a customer, or only a part of it: told by a column that says so.

use std::collections::{BTreeMap, BTreeSet};

use super::name::{says, words};
use super::role::{AssignedRole, Role};
use super::vocabulary::{self, Words};
use crate::read::doubt::{Doubt, Evidence, NotFeedback};

/// Names of who wrote a message, and what companies are there.
const WRITER: Words = &[
    "author type",
    "sender",
    "sender type",
    "from type",
    "author role",
    "direction",
    "inbound",
    "absender",
    "richtung",
    "verfassertyp",
];
const OF_COMPANY: [&str; 16] = [
    "agent",
    "admin",
    "bot",
    "staff",
    "support",
    "company",
    "outbound",
    "teammate",
    "system",
    "employee",
    "business",
    "operator",
    "mitarbeiter",
    "unternehmen",
    "ausgehend",
    "false",
];

/// Names of how far a survey came, and what is there of trials and of answers that were not completed.
const PROGRESS: Words = &[
    "status",
    "finished",
    "complete",
    "completed",
    "distribution channel",
    "channel",
    "beendet",
    "abgeschlossen",
    "vollständig",
    "fertig",
    "antwortstatus",
];
const PREVIEW: [&str; 6] =
    ["preview", "survey preview", "test", "survey test", "vorschau", "umfragevorschau"];
const UNFINISHED: [&str; 8] = [
    "partial",
    "incomplete",
    "in progress",
    "unfinished",
    "unvollständig",
    "nicht beendet",
    "abgebrochen",
    "teilweise",
];
/// Names that ask whether it was completed, and how they are denied.
const DONE: Words =
    &["finished", "complete", "completed", "beendet", "abgeschlossen", "vollständig", "fertig"];
const DENIED: [&str; 5] = ["false", "no", "nein", "0", "falsch"];

/// Names of questions and of who answers them.
const QUESTION: Words =
    &["question", "frage", "item", "pregunta", "domanda", "vraag", "pergunta", "fragetext"];
const PERSON: Words =
    &["respondent", "participant", "teilnehmer", "befragter", "person", "customer", "kunde"];

/// Different questions of a survey at most.
const QUESTIONS: usize = 50;

/// What is doubtful about the rows of a sample.
pub(super) fn doubts(
    names: &[String],
    rows: &[Vec<String>],
    assigned: &[AssignedRole],
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(at, _)| assigned[*at].role != Role::Text) {
        let own = words(name);
        let kinds = [
            (WRITER, &OF_COMPANY[..], NotFeedback::Company),
            (PROGRESS, &PREVIEW, NotFeedback::Preview),
            (PROGRESS, &UNFINISHED, NotFeedback::Unfinished),
            (DONE, &DENIED, NotFeedback::Unfinished),
        ];
        for (_, values, what) in kinds.into_iter().filter(|(named, ..)| says(&own, named)) {
            let cells = cells(rows, at);
            let is_so = |cell: &str| values.contains(&cell.to_lowercase().as_str());
            let evidence = Evidence::in_sample(cells, is_so);
            // Where all are so, the column says something else.
            if evidence.count > 0 && evidence.count < evidence.of {
                doubts.push(Doubt::MaybeNotFeedback { column: name.clone(), what, evidence });
            }
        }
    }
    doubts.extend(long_format(names, rows, assigned));
    doubts
}

/// The filled cells of a column.
fn cells(rows: &[Vec<String>], at: usize) -> impl Iterator<Item = &str> {
    rows.iter()
        .filter_map(move |row| row.get(at))
        .map(|cell| cell.trim())
        .filter(|own| !own.is_empty())
}

/// That a row is one answer of several: persons recur, and none answers a question twice.
fn long_format(names: &[String], rows: &[Vec<String>], assigned: &[AssignedRole]) -> Option<Doubt> {
    let not_text = |at: &usize| assigned[*at].role != Role::Text;
    let named = |list: Words| {
        let columns = (0..names.len()).filter(not_text);
        columns.filter(move |&at| says(&words(&names[at]), list)).collect::<Vec<usize>>()
    };
    let answer = (0..names.len()).find(|&at| assigned[at].role == Role::Text)?;
    let persons: BTreeSet<usize> =
        [named(PERSON), named(vocabulary::ID)].concat().into_iter().collect();
    for question in named(QUESTION) {
        let asked: BTreeSet<&str> = cells(rows, question).collect();
        if !(2..=QUESTIONS).contains(&asked.len()) {
            continue;
        }
        for &person in persons.iter().filter(|&&at| at != question) {
            let mut answers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            let mut twice = false;
            for row in rows {
                let (Some(id), Some(asked)) = (row.get(person), row.get(question)) else {
                    continue;
                };
                twice |= !answers.entry(id).or_default().insert(asked);
            }
            if !twice && rows.len() * 2 >= answers.len() * 3 {
                let mut seen = BTreeSet::new();
                let evidence = Evidence::in_sample(cells(rows, person), |_| true);
                let again = cells(rows, person).filter(|id| !seen.insert(*id)).count() as u64;
                return Some(Doubt::LongFormat {
                    id: names[person].clone(),
                    question: names[question].clone(),
                    answer: names[answer].clone(),
                    evidence: Evidence { count: again, examples: Vec::new(), ..evidence },
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(names: &[&str], rows: &[&[&str]]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|&own| own.to_owned()).collect();
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|&own| own.to_owned()).collect()).collect();
        let last = names.len() - 1;
        let role = |at| if at == last { Role::Text } else { Role::Other };
        let assigned: Vec<_> =
            (0..names.len()).map(|at| AssignedRole::sure(role(at), "it is")).collect();
        doubts(&names, &rows, &assigned).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_column_that_says_who_wrote_or_how_far_it_came_is_told() {
        for (name, value, other, what) in [
            ("Author Type", "admin", "user", "company or its agents"),
            ("inbound", "False", "True", "company or its agents"),
            ("Status", "Survey Preview", "IP Address", "previews"),
            ("Finished", "0", "1", "unfinished"),
            ("Status", "Partial", "Complete", "unfinished"),
        ] {
            let rows: [&[&str]; 3] = [&[value, "late"], &[other, "slow"], &[other, "fine"]];
            let told = told(&[name, "comment"], &rows);
            assert!(told.iter().any(|own| own.contains(what)), "{name}: {told:?}");
        }
        let all: [&[&str]; 2] = [&["open", "late"], &["closed", "slow"]];
        assert!(told(&["Status", "comment"], &all).is_empty());
    }

    #[test]
    fn a_row_an_answer_is_told() {
        let rows: [&[&str]; 4] = [
            &["7", "What went well?", "The app"],
            &["7", "What did not?", "The invoice"],
            &["8", "What went well?", "Nothing"],
            &["8", "What did not?", "Everything"],
        ];
        let names = ["Respondent ID", "Question", "Answer text"];
        assert!(told(&names, &rows)[0].contains("long format"), "{:?}", told(&names, &rows));
        let once: [&[&str]; 2] =
            [&["7", "What went well?", "The app"], &["8", "What did not?", "All"]];
        assert!(told(&names, &once).is_empty());
    }
}
