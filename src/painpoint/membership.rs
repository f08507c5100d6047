//! Which mentions belong to which theme.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::families::Families;
use super::findings::{Matching, MatchingPoint, MatchingSide, TopicKind};
use super::keypoints::matcher::Matcher;
use super::keypoints::profile::Profile;
use super::known::Numbering;
use super::lineage::Baseline;
use super::names::{ThemeNames, is_meant, rename_term};
use super::screen::{Screen, Telling};
use super::themes::{Cause, Theme};
use super::vocabulary::Lexicon;
use crate::config::corrections::{Corrections, TermEdit};
use crate::mention::{Analysed, Mention, Touchpoint, Touchpoints};
use crate::model::Sentiment;

/// The themes of both sentiments, and how mentions find theirs.
pub struct Themes {
    pain_points: Side,
    delights: Side,
    /// How mentions are read.
    lexicon: Lexicon,
    /// Which mentions may belong to one.
    screen: Screen,
    /// What the themes are called.
    pub names: ThemeNames,
    /// Which of them tell nearly the same.
    pub families: Families,
}

/// The themes of one sentiment.
pub struct Side {
    /// Theirs.
    pub sentiment: Sentiment,
    /// How mentions find their key point.
    pub matcher: Matcher,
    themes: Vec<Theme>,
    /// Of each key point the theme; none where nothing names it, so that it is no theme. Several may be one.
    places: Vec<Option<usize>>,
    /// Numbers of the terms of each theme.
    words: Vec<BTreeSet<usize>>,
    /// The theme that a person gave a term to.
    pinned: BTreeMap<usize, usize>,
}

/// That a mention belongs to a theme.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Membership {
    /// Number of the theme among those of its sentiment.
    pub theme: usize,
    /// Whether the mention holds one of its terms, rather than being near in meaning.
    pub by_term: bool,
    /// Cosine to the theme's mentions.
    pub closeness: f64,
}

impl Side {
    /// Themes, and of each key point of the matcher which it is; none where nothing names it.
    pub fn new(
        sentiment: Sentiment,
        matcher: Matcher,
        themes: Vec<Theme>,
        places: Vec<Option<usize>>,
        lexicon: &Lexicon,
    ) -> Self {
        let words = themes.iter().map(|theme| numbers(theme, lexicon)).collect();
        Self { sentiment, matcher, themes, places, words, pinned: BTreeMap::new() }
    }

    /// The profiles of all key points, each with the number of its theme and that, if it is one.
    fn profiles(&self) -> impl Iterator<Item = (&Profile, Option<(usize, &Theme)>)> {
        let theme = |place: &Option<usize>| place.map(|number| (number, &self.themes[number]));
        self.matcher.profiles().iter().zip(self.places.iter().map(theme))
    }

    /// What its mentions are matched by. `named` gives the identifier of a theme, and how much feedback
    /// mentions it.
    fn matching(
        &self,
        lexicon: &Lexicon,
        touchpoints: &Touchpoints,
        named: impl Fn(usize) -> (Option<String>, u64),
    ) -> MatchingSide {
        let reader = &self.matcher.reader;
        let numbering = Numbering { lexicon, touchpoints, reader };
        let point = |(profile, theme): (&Profile, Option<(usize, &Theme)>)| {
            let point = numbering.point(profile);
            let Some((number, theme)) = theme else { return point };
            let (id, feedback) = named(number);
            let (label, touchpoint) = (theme.label.clone(), theme.touchpoint.clone());
            MatchingPoint { id, label, touchpoint, feedback, ..point }
        };
        MatchingSide {
            kind: TopicKind::of(self.sentiment),
            common: reader.common.clone(),
            points: self.profiles().map(point).collect(),
        }
    }

    /// The theme that a mention belongs to, by what it means and holds, and how near it is.
    fn choose(&self, mention: &Mention, terms: &[usize]) -> Option<(usize, f32)> {
        let touchpoints: Vec<Touchpoint> =
            mention.touchpoints.iter().map(|tag| tag.touchpoint).collect();
        let reader = &self.matcher.reader;
        let item = reader.mention(&mention.problem, terms, &touchpoints, &mention.pieces);
        if let Some(theme) = terms.iter().find_map(|term| self.pinned.get(term).copied()) {
            return Some((theme, self.matcher.nearest(&item)));
        }
        let (profile, closeness) = self.matcher.find(&item)?;
        Some((self.places[profile]?, closeness))
    }
}

/// Numbers of the terms of a theme.
fn numbers(theme: &Theme, lexicon: &Lexicon) -> BTreeSet<usize> {
    theme.terms.iter().filter_map(|term| lexicon.number(&term.key)).collect()
}

impl Themes {
    /// Themes of negative and of positive mentions.
    pub fn new(pain_points: Side, delights: Side, lexicon: Lexicon, screen: Screen) -> Self {
        let (names, families) = (ThemeNames::default(), Families::default());
        Self { pain_points, delights, lexicon, screen, names, families }.named(None)
    }

    /// The themes of a sentiment, by number; none are neutral.
    pub fn all(&self, sentiment: Sentiment) -> &[Theme] {
        self.side(sentiment).map_or(&[], |side| &side.themes)
    }

    /// By what mentions are matched, for a later run. `mentioned` is how much feedback mentions a theme.
    pub fn matching(
        &self,
        model: &str,
        touchpoints: &Touchpoints,
        mentioned: impl Fn(Cause) -> u64,
    ) -> Matching {
        let side = |side: &Side| {
            let named = |number| {
                let cause = (side.sentiment, number);
                (self.names.get(cause).map(|name| name.id.clone()), mentioned(cause))
            };
            side.matching(&self.lexicon, touchpoints, named)
        };
        let sides = [&self.pain_points, &self.delights].map(side).into();
        Matching { model: model.to_owned(), sides }
    }

    /// Gives themes that continue a pain point of an earlier run its identifier.
    pub fn named(mut self, baseline: Option<&Baseline>) -> Self {
        let themes = [Sentiment::Negative, Sentiment::Positive]
            .map(|sentiment| (sentiment, self.all(sentiment)));
        self.names = ThemeNames::new(themes, baseline);
        self
    }

    /// Applies corrections of terms, then of pain points, each in the order of the file. Returns the
    /// lines of those that found what they correct.
    pub fn correct(&mut self, corrections: &Corrections) -> BTreeSet<u64> {
        let mut lines = BTreeSet::new();
        for (line, words, edit) in &corrections.terms {
            let found = [Sentiment::Negative, Sentiment::Positive]
                .map(|sentiment| self.correct_term(sentiment, words, edit));
            if found.contains(&true) {
                lines.insert(*line);
            }
        }
        for (line, target, edit) in &corrections.pain_points {
            let mut names = std::mem::take(&mut self.names);
            let merge = |sentiment, from, into| self.join(sentiment, from, into);
            if names.correct(target, edit, merge) {
                lines.insert(*line);
            }
            self.names = names;
        }
        lines
    }

    fn correct_term(&mut self, sentiment: Sentiment, words: &str, edit: &TermEdit) -> bool {
        match edit {
            // It is no candidate any more, or another term already.
            TermEdit::Ban | TermEdit::MergeInto(_) => false,
            TermEdit::Rename(surface) => {
                let Some(side) = self.side_mut(sentiment) else { return false };
                let themes = side.themes.iter_mut();
                themes.map(|theme| rename_term(theme, words, surface)).fold(false, |a, b| a | b)
            }
            TermEdit::Pin(id) => {
                let Some((from, at)) = self.holding(sentiment, words) else { return false };
                let Some(into) = self.names.theme(sentiment, id) else { return false };
                self.move_term(sentiment, from, at, into);
                true
            }
        }
    }

    /// The theme that holds a term, and where in it.
    fn holding(&self, sentiment: Sentiment, words: &str) -> Option<(usize, usize)> {
        self.all(sentiment).iter().enumerate().find_map(|(number, theme)| {
            let at =
                theme.terms.iter().position(|term| is_meant(&term.key, &term.surface, words))?;
            Some((number, at))
        })
    }

    fn move_term(&mut self, sentiment: Sentiment, from: usize, at: usize, into: usize) {
        let lexicon = std::mem::take(&mut self.lexicon);
        if let Some(side) = self.side_mut(sentiment) {
            let term = side.themes[from].terms.remove(at);
            if let Some(number) = lexicon.number(&term.key) {
                side.pinned.insert(number, into);
            }
            side.themes[into].terms.push(term);
            for theme in [from, into] {
                side.words[theme] = numbers(&side.themes[theme], &lexicon);
            }
        }
        self.lexicon = lexicon;
    }

    /// Adds the terms of a theme to those of another; the names say where its mentions go.
    fn join(&mut self, sentiment: Sentiment, from: usize, into: usize) {
        let Some(side) = self.side_mut(sentiment) else { return };
        let themes = &mut side.themes;
        // Mentions still choose it by its terms.
        let terms = std::mem::take(&mut themes[from].terms);
        themes[into].terms.extend(terms);
    }

    fn side_mut(&mut self, sentiment: Sentiment) -> Option<&mut Side> {
        match sentiment {
            Sentiment::Negative => Some(&mut self.pain_points),
            Sentiment::Neutral => None,
            Sentiment::Positive => Some(&mut self.delights),
        }
    }

    fn side(&self, sentiment: Sentiment) -> Option<&Side> {
        match sentiment {
            Sentiment::Negative => Some(&self.pain_points),
            Sentiment::Neutral => None,
            Sentiment::Positive => Some(&self.delights),
        }
    }

    /// The themes of a feedback's mentions: of each the one that most speaks for, if it is near enough. Cries
    /// have none.
    pub fn of(&self, feedback: &Analysed) -> Vec<Vec<Membership>> {
        feedback.mentions.iter().map(|mention| self.of_mention(feedback, mention)).collect()
    }

    fn of_mention(&self, feedback: &Analysed, mention: &Mention) -> Vec<Membership> {
        let Some(side) = self.side(mention.sentiment) else { return Vec::new() };
        if self.screen.of(feedback, mention) != Telling::Something {
            return Vec::new();
        }
        let terms = self.lexicon.numbers(mention);
        let Some((theme, closeness)) = side.choose(mention, &terms) else { return Vec::new() };
        // A person's decisions about themes come last.
        let place = self.names.place(side.sentiment, theme);
        let membership = |theme: usize| Membership {
            theme,
            by_term: terms.iter().any(|term| side.words[theme].contains(term)),
            closeness: f64::from(closeness),
        };
        place.map(membership).into_iter().collect()
    }
}
