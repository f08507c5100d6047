//! The members of a key point → the theme that is told of.

use std::collections::BTreeSet;

use super::candidates::Candidate;
use super::findings::MatchingPoint;
use super::keypoints::reader::Reader;
use super::sample::Voice;
use super::themes::Theme;
use super::vocabulary::Lexicon;
use crate::config::codebook::GENERAL;
use crate::mention::{Touchpoint, Touchpoints};
use crate::model::Sentiment;

/// Logarithm of how much commoner a term is among the mentions of a theme than among the others, from which it
/// is one of its own: half again as common.
const LEAST_LIFT: f32 = 0.4;

/// Most that it counts for.
const MOST_LIFT: f32 = 3.0;

/// Most terms of a theme.
const TERMS: usize = 12;

/// The part of its mentions that are about a touchpoint, from which a theme is of that.
const LEAST_TOUCHPOINT: f64 = 0.2;

/// How many of its mentions must be about it: of a theme of three, one would do for the part.
const LEAST_MENTIONS: u64 = 2;

/// The least that a touchpoint is taken to be commoner there than in all.
const LEAST_TOUCHPOINT_LIFT: f64 = 1.01;

/// What a theme is called.
pub(super) struct Label {
    /// A clause in a customer's words.
    pub(super) text: Vec<String>,
    /// The identifier and the touchpoint by which it was known beforehand.
    pub(super) known: Option<(String, String)>,
}

impl Label {
    /// What a key point of an earlier run was called; none if nothing named it.
    pub(super) fn known(point: &MatchingPoint) -> Option<Self> {
        let known = Some((point.id.clone()?, point.touchpoint.clone()));
        Some(Self { text: point.label.clone(), known })
    }
}

/// What themes are told by.
pub(super) struct Describing<'a> {
    /// Sentiment of the mentions.
    pub(super) sentiment: Sentiment,
    /// The mentions of the sample.
    pub(super) voices: &'a [Voice],
    /// Terms that themes may show.
    pub(super) candidates: &'a [Candidate],
    /// How mentions are compared.
    pub(super) reader: &'a Reader,
    /// The recurring terms.
    pub(super) lexicon: &'a Lexicon,
    /// What touchpoints are called.
    pub(super) touchpoints: &'a Touchpoints,
}

impl Describing<'_> {
    /// The theme of some members, as positions in the sample.
    pub(super) fn theme(&self, label: Label, members: &[usize]) -> Theme {
        let (known, touchpoint) = label.known.unzip();
        Theme {
            sentiment: self.sentiment,
            touchpoint: touchpoint.unwrap_or_else(|| self.touchpoint(members)),
            label: label.text,
            terms: self.terms(members),
            known,
        }
    }

    /// The terms that are commoner among the members than elsewhere, the most telling first.
    fn terms(&self, members: &[usize]) -> Vec<Candidate> {
        let (n, others) = (members.len(), self.voices.len() - members.len());
        let mut telling: Vec<(f32, &Candidate)> = Vec::new();
        for candidate in self.candidates.iter().filter(|own| own.names_cause) {
            let Some(number) = self.lexicon.number(&candidate.key) else { continue };
            // Names of companies and places tell nothing.
            let Some(term) = self.reader.term(number) else { continue };
            let holds = |&&member: &&usize| self.voices[member].terms.contains(&number);
            let uses = members.iter().filter(holds).count();
            let elsewhere = (self.reader.base.terms[term] as usize).saturating_sub(uses);
            let part = |uses: usize, of: usize| (uses as f32 + 0.5) / (of as f32 + 1.0);
            let lift = (part(uses, n) / part(elsewhere, others)).ln().min(MOST_LIFT);
            if lift >= LEAST_LIFT && uses >= 2 {
                telling.push((lift * (uses as f32).sqrt(), candidate));
            }
        }
        telling.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
        telling.into_iter().take(TERMS).map(|(_, candidate)| candidate.clone()).collect()
    }

    /// The touchpoint that stands out among the members: the one with the highest share × ln(lift) of those
    /// that enough are about.
    fn touchpoint(&self, members: &[usize]) -> String {
        let share = |some: &mut dyn Iterator<Item = &Voice>, touchpoint: Touchpoint| {
            let (mut all, mut own) = (0u64, 0u64);
            for voice in some {
                all += 1;
                own += u64::from(voice.touchpoints.contains(&touchpoint));
            }
            (own, own as f64 / all.max(1) as f64)
        };
        let members = || members.iter().map(|&member| &self.voices[member]);
        let known: BTreeSet<Touchpoint> =
            members().flat_map(|voice| voice.touchpoints.iter().copied()).collect();
        known
            .into_iter()
            .filter(|&touchpoint| touchpoint != Touchpoint::GENERAL)
            .filter_map(|touchpoint| {
                let (count, own) = share(&mut members(), touchpoint);
                let (_, all) = share(&mut self.voices.iter(), touchpoint);
                let lift = (own / all).max(LEAST_TOUCHPOINT_LIFT);
                let id = self.touchpoints.id(touchpoint);
                let enough = own >= LEAST_TOUCHPOINT && count >= LEAST_MENTIONS;
                enough.then(|| (own * lift.ln(), id))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
            .map_or(GENERAL, |(_, id)| id)
            .to_owned()
    }
}
