//! Vocabulary and samples → the themes of both sentiments, named and corrected.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::candidates::{Candidate, candidates};
use super::describing::{Describing, Label};
use super::families::Families;
use super::findings::MatchingPoint;
use super::joining::{Joining, families};
use super::keypoints::candidates::Reading;
use super::keypoints::choice::{Complaint, KeyPoint};
use super::keypoints::matcher::Matcher;
use super::keypoints::named::Named;
use super::keypoints::reader::Reader;
use super::keypoints::similarity::Item;
use super::keypoints::{found, names};
use super::known::{Numbering, problems};
use super::membership::{Side, Themes};
use super::names::is_meant;
use super::sample::{Drawn, Voice};
use super::vocabulary::{Lexicon, Uses};
use super::{Inquiry, Support};
use crate::config::codebook::Codebook;
use crate::config::corrections::TermEdit;
use crate::model::Sentiment;

/// Fewest customers in a sample that make a key point.
const LEAST_IN_SAMPLE: u64 = 2;

/// Forms the themes of complaints and praise, of a sample of each. Gives the lines of the corrections that
/// found what they correct, too.
pub(super) fn form(
    inquiry: &Inquiry,
    support: Support,
    lexicon: Lexicon,
    uses: Uses,
    drawn: Vec<Drawn>,
) -> (Themes, BTreeSet<u64>) {
    let vocabulary = lexicon.vocabulary(uses);
    let touchpoint_names = touchpoint_names(inquiry.codebook);
    let mut corrected = BTreeSet::new();
    let mut drawn = drawn.into_iter();
    let mut side = |sentiment, mentions| {
        let mut candidates =
            candidates(&vocabulary, sentiment, support.term, &touchpoint_names, inquiry.settings);
        ban(inquiry, &mut candidates, &mut corrected);
        let voices = drawn.next().unwrap_or_default().voices();
        let sample = Sample { voices, mentions, candidates: &candidates };
        sample.side(inquiry, sentiment, support, &lexicon)
    };
    let [(pain_points, families), (delights, _)] =
        inquiry.sides().map(|(sentiment, mentions)| side(sentiment, mentions));
    drop(vocabulary);
    let mut themes =
        Themes::new(pain_points, delights, lexicon, inquiry.screen()).named(inquiry.baseline);
    themes.families = families;
    corrected.extend(themes.correct(inquiry.corrections));
    (themes, corrected)
}

/// Leaves out the candidates that a person banned.
fn ban(inquiry: &Inquiry, candidates: &mut Vec<Candidate>, corrected: &mut BTreeSet<u64>) {
    for (line, words, edit) in &inquiry.corrections.terms {
        if *edit == TermEdit::Ban {
            let before = candidates.len();
            candidates.retain(|found| !is_meant(&found.key, &found.surface, words));
            if candidates.len() < before {
                corrected.insert(*line);
            }
        }
    }
}

impl Inquiry<'_> {
    /// The problems that the codebook lists, those that are asked first or the others, where complaints are
    /// looked at.
    fn problems(&self, sentiment: Sentiment, first: bool, reader: &Reader) -> Vec<MatchingPoint> {
        if sentiment != Sentiment::Negative {
            return Vec::new();
        }
        problems(self.codebook, first, self.settings.language, reader, self.score)
    }
}

/// What was drawn of one sentiment.
struct Sample<'a> {
    voices: Vec<Voice>,
    /// Mentions of the sentiment in all, of which the sample was drawn.
    mentions: u64,
    /// Terms that themes may show.
    candidates: &'a [Candidate],
}

impl Sample<'_> {
    fn side(
        self,
        inquiry: &Inquiry,
        sentiment: Sentiment,
        support: Support,
        lexicon: &Lexicon,
    ) -> (Side, Families) {
        let names = names::names(&self.voices);
        let is_name =
            |number: usize| lexicon.key(number).split(' ').any(|part| names.contains(part));
        let earlier = inquiry.earlier(sentiment);
        let common = earlier.map(|earlier| earlier.common.as_slice());
        let reader = Reader::new(&self.voices, is_name, common);
        let mut points = earlier.map_or_else(Vec::new, |earlier| earlier.points.clone());
        // What an earlier run counted knows its mentions better than its name and examples do.
        let counted: BTreeSet<Option<String>> = points.iter().map(|own| own.id.clone()).collect();
        let promoted = inquiry.problems(sentiment, true, &reader);
        points.extend(promoted.into_iter().filter(|own| !counted.contains(&own.id)));
        let numbering = Numbering { lexicon, touchpoints: inquiry.touchpoints, reader: &reader };
        let known = points.iter().map(|point| numbering.profile(point)).collect();
        let mut labels: Vec<Option<Label>> = points.iter().map(Label::known).collect();

        let thresholds = inquiry.settings.detail.thresholds();
        let mut matcher = Matcher::new(reader, known, thresholds);
        let complaints = self.complaints(&matcher.reader);
        let unknown = |at: &usize| matcher.number(&complaints[*at].item).is_none();
        let rest: Vec<usize> = (0..complaints.len()).filter(unknown).collect();
        let reading = Reading {
            sentiment,
            language: inquiry.settings.language,
            lexicon,
            names: &names,
            score: inquiry.score,
            known: RefCell::default(),
        };
        let least = self.in_sample(inquiry.settings.detail.least(support.theme) as usize);
        let sample = (self.voices.as_slice(), complaints.as_slice());
        let found = found(sample, rest, &matcher.reader, &reading, thresholds, least);
        let problems = match found.is_empty() {
            true => Vec::new(),
            false => inquiry.problems(sentiment, false, &matcher.reader),
        };
        let numbering =
            Numbering { lexicon, touchpoints: inquiry.touchpoints, reader: &matcher.reader };
        let members = |point: &KeyPoint| {
            point.members.iter().map(|&at| &complaints[at].item).collect::<Vec<_>>()
        };
        let points_of_members = found.iter().map(|point| (&point.profile, members(point)));
        let listed = numbering.listed(&problems, points_of_members).into_iter();
        let listed: Vec<Option<(&MatchingPoint, Vec<Named>)>> =
            listed.map(|own| own.map(|problem| (problem, numbering.names(problem)))).collect();
        for (mut point, listed) in found.into_iter().zip(listed) {
            let own = point.name.map(|name| Label { text: vec![name.text], known: None });
            let taken = |id: &String| points.iter().any(|point| point.id.as_ref() == Some(id));
            let listed = listed.filter(|(problem, _)| !problem.id.as_ref().is_some_and(taken));
            let label = listed.as_ref().and_then(|(problem, _)| Label::known(problem));
            if let Some((_, names)) = listed {
                point.profile.names = names;
            }
            matcher.add(point.profile);
            labels.push(label.or(own));
        }

        let mut members: Vec<Vec<usize>> = vec![Vec::new(); labels.len()];
        for (at, complaint) in complaints.iter().enumerate() {
            if let Some(own) = matcher.number(&complaint.item) {
                members[own].push(at);
            }
        }
        let describing = Describing {
            sentiment,
            voices: &self.voices,
            candidates: self.candidates,
            reader: &matcher.reader,
            lexicon,
            touchpoints: inquiry.touchpoints,
        };
        let items = |members: &Vec<usize>| members.iter().map(|&at| &complaints[at].item).collect();
        let said: Vec<Vec<&Item>> = members.iter().map(items).collect();
        let joined = Joining { matcher: &matcher, members: &said }.themes(labels);
        let mut places: Vec<Option<usize>> = vec![None; members.len()];
        let (mut themes, mut groups) = (Vec::new(), Vec::new());
        for (number, own) in joined.into_iter().enumerate() {
            own.points.iter().for_each(|&point| places[point] = Some(number));
            let members = own.points.iter().flat_map(|&point| &members[point]).copied();
            themes.push(describing.theme(own.label, &members.collect::<Vec<_>>()));
            groups.push((own.mentions, own.group));
        }
        let families = families(sentiment, &groups, &matcher.reader.telling);
        let side = Side::new(sentiment, matcher, themes, places, lexicon);
        (side, families)
    }

    /// Customers that make a key point in the sample, if so many do in all.
    fn in_sample(&self, least: usize) -> usize {
        let drawn = super::sample::ENOUGH.min(self.mentions) as f64 / self.mentions.max(1) as f64;
        ((least as f64 * drawn).round() as u64).max(LEAST_IN_SAMPLE.min(least as u64)) as usize
    }

    fn complaints(&self, reader: &Reader) -> Vec<Complaint> {
        let complaint = |voice: &Voice| Complaint {
            customer: voice.customer,
            item: reader.mention(&voice.problem, &voice.terms, &voice.touchpoints, &voice.pieces),
        };
        self.voices.iter().map(complaint).collect()
    }
}

/// Keys of the single words that only name a touchpoint.
fn touchpoint_names(codebook: &Codebook) -> BTreeSet<String> {
    codebook
        .touchpoints()
        .iter()
        .flat_map(|touchpoint| touchpoint.names.iter())
        .flat_map(|(language, name)| crate::text::terms::terms(name, language))
        .map(|term| term.key)
        .filter(|key| !key.contains(' '))
        .collect()
}
