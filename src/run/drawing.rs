//! Feedback → the mentions from which those for labelling are chosen: a random part of all of them, drawn by
//! fingerprint, so that it depends neither on the order of the rows nor on the number of threads.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use super::flow::{Event, Window};
use super::pipeline::{self, Queue};
use super::reading::read;
use super::{AnalysisError, TOLD_REJECTS, UNDER_WAY, refuse_doubts};
use crate::digest::Fingerprint;
use crate::read::{
    ColumnChoice, Doubts, Evidence, Feedback, Layout, PassedOver, PassingOver, Protected,
    Protection, Reject, ToldDoubt, open_all,
};
use crate::score::{Draft, drafts};
use crate::text::Language;

/// What is to be read, and how.
pub struct Drawing<'a> {
    /// Files of feedback, in order.
    pub inputs: &'a [PathBuf],
    /// What was passed over in folders that were named.
    pub passed_over: &'a [PathBuf],
    /// What the user says of the columns.
    pub columns: &'a ColumnChoice,
    /// What keeps personal data from what is written.
    pub protection: &'a Protection,
    /// Whether a doubt about the reading is an error.
    pub strict: bool,
    /// Worker threads.
    pub threads: usize,
    /// Mentions that are drawn.
    pub most: usize,
}

/// A mention that somebody may label.
///
/// In the order of its fields: the draw decides, and what differs in nothing else is in no order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// As good as random, and given by what the mention and its feedback are.
    draw: Fingerprint,
    /// Id of its feedback.
    pub id: String,
    /// The mention, as it stands in the feedback.
    pub text: String,
    /// What the model reads of it.
    pub clean: String,
    /// The whole feedback.
    pub context: String,
    /// The column that it answers.
    pub question: String,
    /// Likelihood to recommend and rating of its row, in words; empty without one.
    pub score: String,
    /// Its language.
    pub language: Language,
}

/// What was drawn.
#[derive(Debug)]
pub struct Drawn {
    /// In the order of the draw: any number of the first ones is a random sample of all mentions.
    pub mentions: Vec<Candidate>,
    /// Mentions from which they were drawn.
    pub of: u64,
    /// Rows that could not be read.
    pub rejects: u64,
    /// What is doubtful about the reading.
    pub doubts: Vec<ToldDoubt>,
}

/// What some rows come to.
struct Part {
    input: usize,
    rows: u64,
    mentions: Vec<Candidate>,
    passed_over: PassedOver,
    protected: Protected,
}

/// Reads feedback and draws mentions.
///
/// # Errors
/// If an input cannot be read, or is doubtful where no doubt is allowed, or no row can be used.
pub fn draw(drawing: &Drawing) -> Result<Drawn, AnalysisError> {
    let mut inputs = open_all(drawing.inputs, drawing.columns)?;
    let layouts: Vec<Arc<Layout>> =
        inputs.iter().map(|input| Arc::new(input.layout.clone())).collect();
    let passing_over: Vec<Arc<PassingOver>> =
        inputs.iter_mut().map(|input| input.leave_passing_over()).collect();
    let names: Vec<String> = drawing.inputs.iter().map(|path| path.display().to_string()).collect();
    let mut draw = Draw::new(drawing, &names);
    pipeline::run(
        UNDER_WAY * drawing.threads + UNDER_WAY,
        |feed| read(inputs, (&layouts, &passing_over, drawing.protection), feed),
        |queue: &Queue<Window, Event<Part>>| {
            thread::scope(|scope| {
                for _ in 0..drawing.threads {
                    scope.spawn(|| {
                        queue.for_each(|window| Event::Rows(part(window, drawing.protection)));
                    });
                }
            });
        },
        |event| draw.take(event),
    )?;
    draw.finish()
}

/// The mentions of some rows.
fn part(mut window: Window, protection: &Protection) -> Part {
    let prepared = window.prepare(protection);
    let Window { input, layout, rows, .. } = window;
    let several = layout.columns.iter().filter(|own| own.asks.is_some()).count() > 1;
    let mentions = rows.iter().flat_map(|(id, feedback)| {
        let drafts = drafts(feedback).into_iter();
        let layout = &layout;
        drafts.map(move |draft| Candidate::new(layout, (id, feedback), draft, several))
    });
    Part {
        input,
        mentions: mentions.collect(),
        rows: rows.len() as u64,
        passed_over: prepared.passed_over,
        protected: prepared.protected,
    }
}

impl Candidate {
    /// `several` says whether there are several questions, so that the context has to name them.
    fn new(
        layout: &Layout,
        (id, feedback): (&str, &Feedback),
        draft: Draft,
        several: bool,
    ) -> Self {
        let name = |column: usize| layout.columns[column].name.as_str();
        let question = name(draft.column);
        let start = (draft.range.start as u64).to_le_bytes();
        let text = feedback.cells[draft.column][draft.range].to_owned();
        let answers = feedback.answers().map(|(column, answer)| match several {
            true => format!("{}: {answer}", name(column)),
            false => answer.to_owned(),
        });
        Self {
            draw: Fingerprint::of_parts([
                id.as_bytes(),
                question.as_bytes(),
                &start,
                text.as_bytes(),
            ]),
            id: id.to_owned(),
            context: answers.collect::<Vec<_>>().join("\n"),
            question: question.to_owned(),
            score: score(layout, feedback),
            text,
            clean: draft.clean,
            language: draft.language,
        }
    }

    /// An order that has nothing to do with that of the draw, in which they are shown: else the random ones
    /// would all come first.
    pub fn shown(&self) -> impl Ord + use<> {
        Fingerprint::of_parts([self.draw.hexadecimal(usize::MAX)])
    }
}

/// The scores of a row. No sign in it makes a date or a formula of them in a spreadsheet.
fn score(layout: &Layout, feedback: &Feedback) -> String {
    let nps = feedback.nps.map(|nps| format!("{nps} (0 to 10)"));
    let rating = feedback.rating.zip(layout.rating_scale);
    let rating = rating.map(|(rating, (low, high))| format!("{rating} ({low} to {high})"));
    nps.into_iter().chain(rating).collect::<Vec<_>>().join(", ")
}

/// A draw under way: the mentions with the smallest fingerprints so far.
struct Draw<'a> {
    drawing: &'a Drawing<'a>,
    names: &'a [String],
    mentions: BTreeSet<(Candidate, u64)>,
    drawn: Drawn,
    rows: u64,
    first_rejects: Vec<String>,
    doubts: Doubts,
    protected: Protected,
    passed_over: Vec<PassedOver>,
}

impl<'a> Draw<'a> {
    fn new(drawing: &'a Drawing<'a>, names: &'a [String]) -> Self {
        Self {
            drawing,
            names,
            mentions: BTreeSet::new(),
            drawn: Drawn { mentions: Vec::new(), of: 0, rejects: 0, doubts: Vec::new() },
            rows: 0,
            first_rejects: Vec::new(),
            doubts: Doubts::default(),
            protected: Protected::default(),
            passed_over: names.iter().map(|_| PassedOver::default()).collect(),
        }
    }

    fn take(&mut self, event: Event<Part>) -> Result<(), AnalysisError> {
        match event {
            Event::Rows(part) => self.add(part),
            Event::Reject(input, reject) => {
                self.drawn.rejects += 1;
                if self.first_rejects.len() < TOLD_REJECTS {
                    let reason = self.drawing.protection.shown(&reject.reason).into_owned();
                    let told = Reject { reason, ..reject };
                    self.first_rejects.push(format!("{}: {told}", self.names[input]));
                }
            }
            Event::Duplicate | Event::LeftOut => {}
            Event::End(input, doubts, _) => {
                doubts.into_iter().for_each(|doubt| self.doubts.add(input, doubt));
            }
            Event::Failed(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn add(&mut self, part: Part) {
        self.rows += part.rows;
        self.protected.merge(part.protected);
        self.passed_over[part.input].merge(part.passed_over);
        for mention in part.mentions {
            // Of those that are the same in all that is told, each counts.
            self.mentions.insert((mention, self.drawn.of));
            self.drawn.of += 1;
            if self.mentions.len() > self.drawing.most {
                self.mentions.pop_last();
            }
        }
    }

    fn finish(mut self) -> Result<Drawn, AnalysisError> {
        let Drawn { rejects, .. } = self.drawn;
        if rejects > 0 && self.rows == 0 {
            return Err(AnalysisError::AllRejected { rows: rejects, first: self.first_rejects });
        }
        let inputs = || 0..self.names.len();
        let of = self.rows + rejects;
        let evidence = Evidence { count: rejects, of, ..Evidence::default() };
        self.doubts.add_rejects(inputs(), evidence, 0);
        for (input, passed_over) in self.passed_over.iter().enumerate() {
            passed_over.doubts().for_each(|doubt| self.doubts.add(input, doubt));
        }
        self.doubts.add_protected(inputs(), &self.protected);
        self.doubts.add_passed_over(inputs(), self.drawing.passed_over);
        if self.drawing.strict {
            refuse_doubts(&self.doubts, self.names, self.drawing.protection)?;
        }
        self.drawn.doubts = self.doubts.told(self.names, self.drawing.protection);
        self.drawn.mentions = self.mentions.into_iter().map(|(mention, _)| mention).collect();
        Ok(self.drawn)
    }
}
