//! Which mentions belong to which theme.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::candidates::Index;
use super::clues::{Clue, Scope, clues};
use super::lineage::Baseline;
use super::names::{Names, is_meant, rename_term};
use super::settings::Settings;
use super::themes::{Clustering, Theme};
use super::vocabulary::Lexicon;
use crate::config::corrections::{Corrections, TermEdit};
use crate::mention::{Analysed, Touchpoint};
use crate::model::Sentiment;

/// The themes of both sentiments, and how mentions find theirs.
pub struct Themes {
    pain_points: Side,
    delights: Side,
    closeness: f64,
    /// How mentions are read.
    lexicon: Lexicon,
    /// What mentions must be about to belong to one.
    touchpoint: Option<Touchpoint>,
    /// What the themes are called.
    pub names: Names,
}

/// The themes of one sentiment.
struct Side {
    sentiment: Sentiment,
    clustering: Clustering,
    index: Index,
    /// Candidates by which mentions are known, by theme.
    words: Vec<Words>,
}

/// Candidates of a theme.
struct Words {
    /// All its terms.
    terms: BTreeSet<usize>,
    /// Those of each name in its label.
    names: Vec<BTreeSet<usize>>,
}

/// That a mention belongs to a theme.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Membership {
    /// Number of the theme among those of its sentiment.
    pub theme: usize,
    /// Whether the mention holds one of its terms, rather than being near in meaning.
    pub by_term: bool,
    /// Which name in the theme's label the mention holds, from 0.
    pub name: Option<usize>,
    /// Cosine to the theme's mentions.
    pub closeness: f64,
}

impl Themes {
    /// Themes of negative and of positive mentions, each with the index of its candidates.
    pub fn new(
        pain_points: (Clustering, Index),
        delights: (Clustering, Index),
        lexicon: Lexicon,
        settings: Settings,
    ) -> Self {
        Self {
            pain_points: Side::new(Sentiment::Negative, pain_points),
            delights: Side::new(Sentiment::Positive, delights),
            closeness: settings.closeness,
            lexicon,
            touchpoint: None,
            names: Names::default(),
        }
        .named(None)
    }

    /// The same for mentions of a touchpoint alone, if one is given: all themes are of that.
    pub fn within(mut self, touchpoint: Option<(Touchpoint, &str)>) -> Self {
        let Some((touchpoint, id)) = touchpoint else { return self };
        self.touchpoint = Some(touchpoint);
        for side in [&mut self.pain_points, &mut self.delights] {
            side.clustering.themes.iter_mut().for_each(|theme| theme.touchpoint = id.to_owned());
        }
        self
    }

    /// The themes of a sentiment, by number; none are neutral.
    pub fn all(&self, sentiment: Sentiment) -> &[Theme] {
        self.side(sentiment).map_or(&[], |side| &side.clustering.themes)
    }

    /// Gives themes that continue a pain point of an earlier run its identifier.
    pub fn named(mut self, baseline: Option<&Baseline>) -> Self {
        let themes = [Sentiment::Negative, Sentiment::Positive]
            .map(|sentiment| (sentiment, self.all(sentiment)));
        self.names = Names::new(themes, baseline);
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
                let themes = side.clustering.themes.iter_mut();
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
        let Some(side) = self.side_mut(sentiment) else { return };
        let themes = &mut side.clustering.themes;
        let term = themes[from].terms.remove(at);
        if let Some(candidate) = side.index.position(&term.key) {
            side.clustering.ballot.pin(candidate, into);
        }
        themes[into].terms.push(term);
        for theme in [from, into] {
            side.words[theme] = Words::new(&side.clustering.themes[theme], &side.index);
        }
    }

    /// Adds the terms of a theme to those of another; the names say where its mentions go.
    fn join(&mut self, sentiment: Sentiment, from: usize, into: usize) {
        let Some(side) = self.side_mut(sentiment) else { return };
        let themes = &mut side.clustering.themes;
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

    /// The themes of a feedback's mentions: of each the one that most speaks for, if enough does.
    /// What a mention holds and means speaks, and what the sentences around it do.
    pub fn of(&self, feedback: &Analysed) -> Vec<Vec<Membership>> {
        let mut found = vec![Vec::new(); feedback.mentions.len()];
        let numbers: Vec<Vec<usize>> =
            feedback.mentions.iter().map(|mention| self.lexicon.numbers(mention)).collect();
        for side in [&self.pain_points, &self.delights] {
            let scope = Scope { sentiment: side.sentiment, touchpoint: self.touchpoint };
            let clues = clues(feedback, scope, |at| side.index.find(&numbers[at]));
            for (clue, choice) in clues.iter().zip(side.clustering.ballot.choose(&clues)) {
                let Some(choice) = choice.filter(|_| clue.counts) else { continue };
                let by_term = clue.holds(&side.words[choice.theme].terms);
                let loose = side.clustering.themes[choice.theme].loose;
                let belongs = if loose { by_term } else { choice.evidence >= self.closeness };
                if !belongs {
                    continue;
                }
                // A person's decisions about themes come last.
                if let Some(theme) = self.names.place(side.sentiment, choice.theme) {
                    found[clue.mention].push(Membership {
                        theme,
                        by_term,
                        name: side.words[theme].name(clue),
                        closeness: choice.closeness,
                    });
                }
            }
        }
        found
    }
}

impl Side {
    fn new(sentiment: Sentiment, (clustering, index): (Clustering, Index)) -> Self {
        let words = clustering.themes.iter().map(|theme| Words::new(theme, &index)).collect();
        Self { sentiment, clustering, index, words }
    }
}

impl Words {
    fn new(theme: &Theme, index: &Index) -> Self {
        let positions =
            |keys: &Vec<String>| keys.iter().filter_map(|key| index.position(key)).collect();
        Self {
            terms: theme.terms.iter().filter_map(|term| index.position(&term.key)).collect(),
            names: theme.named_by.iter().map(positions).collect(),
        }
    }

    /// The name in the label that a mention holds.
    fn name(&self, clue: &Clue) -> Option<usize> {
        self.names.iter().position(|name| clue.holds(name))
    }
}
