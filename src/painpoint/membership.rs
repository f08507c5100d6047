//! Which mentions belong to which theme, and what they add up to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::Settings;
use super::clues::{Clue, Scope, clues};
use super::findings::{Evidence, PainPoint, Verbatim};
use super::lineage::Baseline;
use super::names::{Name, Names, is_meant, rename_term};
use super::relations::Index;
use super::themes::{Clustering, Theme};
use crate::config::corrections::{Corrections, TermEdit};
use crate::digest::hexadecimal;
use crate::mention::MICRO;
use crate::mention::{Analysed, Mention};
use crate::model::Sentiment;
use crate::tally::month;
use crate::tally::statistics::Proportion;

/// Verbatims shown with each theme.
const VERBATIMS: usize = 3;

/// The themes of both sentiments, and how mentions find theirs.
pub struct Themes {
    pain_points: Side,
    delights: Side,
    closeness: f64,
    /// What mentions must be about to belong to one.
    touchpoint: Option<String>,
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
#[derive(Clone, Copy, Debug, PartialEq)]
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
        settings: Settings,
    ) -> Self {
        Self {
            pain_points: Side::new(Sentiment::Negative, pain_points),
            delights: Side::new(Sentiment::Positive, delights),
            closeness: settings.closeness,
            touchpoint: None,
            names: Names::default(),
        }
        .named(None)
    }

    /// The same for mentions of a touchpoint alone, if one is given: all themes are of that.
    pub fn within(mut self, touchpoint: Option<&str>) -> Self {
        let Some(id) = touchpoint else { return self };
        self.touchpoint = Some(id.to_owned());
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
        for side in [&self.pain_points, &self.delights] {
            let touchpoint = self.touchpoint.as_deref();
            let scope = Scope { sentiment: side.sentiment, touchpoint };
            let clues = clues(feedback, scope, &side.index);
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

/// What the mentions of one theme add up to. Mergeable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    mentions: u64,
    feedback: u64,
    /// Sum of the probabilities of the theme's sentiment, in millionths.
    strength: u64,
    months: BTreeMap<Date, u64>,
    verbatims: Vec<Quote>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Quote {
    /// Low is better: without the theme's words or out of the readable range, then how far from a clear
    /// case, in thousandths.
    rank: (u8, i64),
    /// The name in the label that it holds.
    name: Option<usize>,
    text: String,
    feedback_id: String,
    date: Option<Date>,
}

/// What all mentions add up to, by theme. Mergeable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MembershipTally {
    members: BTreeMap<(Sentiment, usize), Members>,
}

impl MembershipTally {
    /// Counts a feedback whose mentions have the memberships given.
    pub fn add(&mut self, feedback: &Analysed, memberships: &[Vec<Membership>]) {
        let mut touched = BTreeSet::new();
        for (mention, memberships) in feedback.mentions.iter().zip(memberships) {
            for membership in memberships {
                let theme = (mention.sentiment(), membership.theme);
                let members = self.members.entry(theme).or_default();
                members.mentions += 1;
                members.strength += u64::from(mention.probabilities[mention.sentiment() as usize]);
                if let Some(date) = feedback.date() {
                    *members.months.entry(month(date)).or_default() += 1;
                }
                members.quote(Quote::new(feedback, mention, membership));
                touched.insert(theme);
            }
        }
        for theme in touched {
            self.members.entry(theme).or_default().feedback += 1;
        }
    }

    /// Adds what another tally counted.
    pub fn merge(mut self, other: Self) -> Self {
        for (theme, members) in other.members {
            self.members.entry(theme).or_default().merge(members);
        }
        self
    }

    /// The themes of one sentiment as pain points or delights, by falling priority, then by id.
    /// Themes of fewer than `support` mentions are left out. `with_text` is the number of feedback
    /// with text; `phase` names the phase of a touchpoint.
    pub fn findings(
        &self,
        themes: &Themes,
        sentiment: Sentiment,
        support: u64,
        with_text: u64,
        phase: impl Fn(&str) -> String,
    ) -> Vec<(usize, PainPoint)> {
        let mut found: Vec<(usize, PainPoint)> = self
            .members
            .iter()
            .filter(|&(&cause, members)| {
                let pinned = themes.names.get(cause).is_some_and(|name| name.pinned);
                cause.0 == sentiment && (pinned || members.mentions >= support)
            })
            .map(|(&cause, members)| {
                let theme = &themes.all(sentiment)[cause.1];
                let name = themes.names.get(cause).cloned().unwrap_or_default();
                (cause.1, members.finding(theme, name, with_text, &phase))
            })
            .collect();
        found.sort_by(|(_, a), (_, b)| {
            b.priority.total_cmp(&a.priority).then_with(|| a.id.cmp(&b.id))
        });
        found
    }
}

impl Members {
    fn quote(&mut self, quote: Quote) {
        // Two customers who say the same are one verbatim.
        if let Some(same) = self.verbatims.iter_mut().find(|known| known.text == quote.text) {
            if quote < *same {
                *same = quote;
            }
        } else {
            self.verbatims.push(quote);
        }
        self.verbatims.sort_unstable();
        let mut kept: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        self.verbatims.retain(|quote| {
            let count = kept.entry(quote.name).or_default();
            *count += 1;
            *count <= VERBATIMS
        });
    }

    /// The verbatims to show: the best of each name in the label, then the best of all.
    fn shown(&self) -> Vec<Verbatim> {
        let (mut first, mut rest): (Vec<&Quote>, Vec<&Quote>) = (Vec::new(), Vec::new());
        for quote in &self.verbatims {
            let seen = first.iter().any(|other| other.name == quote.name);
            if quote.name.is_some() && !seen { first.push(quote) } else { rest.push(quote) }
        }
        first.sort_unstable_by_key(|quote| quote.name);
        first.into_iter().chain(rest).take(VERBATIMS).map(Quote::verbatim).collect()
    }

    fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.feedback += other.feedback;
        self.strength += other.strength;
        for (month, count) in other.months {
            *self.months.entry(month).or_default() += count;
        }
        for quote in other.verbatims {
            self.quote(quote);
        }
    }

    fn finding(
        &self,
        theme: &Theme,
        name: Name,
        with_text: u64,
        phase: impl Fn(&str) -> String,
    ) -> PainPoint {
        let feedback = Proportion::new(self.feedback, with_text);
        let severity = self.strength as f64 * MICRO / self.mentions.max(1) as f64;
        let touchpoint = theme.touchpoint.clone();
        PainPoint {
            id: name.id,
            phase: phase(&touchpoint),
            touchpoint,
            label: name.label.unwrap_or_else(|| theme.label.clone()),
            terms: surfaces(theme),
            mentions: self.mentions,
            feedback,
            severity,
            priority: feedback.share * severity,
            verbatims: self.shown(),
            months: self.months.clone(),
            evidence: Evidence::default(),
        }
    }
}

/// Surface forms of a theme's terms, each once, most distinctive first.
fn surfaces(theme: &Theme) -> Vec<String> {
    let mut surfaces: Vec<String> = Vec::new();
    for term in &theme.terms {
        if !surfaces.contains(&term.surface) {
            surfaces.push(term.surface.clone());
        }
    }
    surfaces
}

/// Touchpoint, in letters and digits, and a fingerprint of the most distinctive key.
pub(super) fn id(theme: &Theme) -> String {
    let key = theme.terms.first().map_or("", |term| term.key.as_str());
    let sign = if theme.sentiment == Sentiment::Negative { "-" } else { "+" };
    let digest = Sha256::digest(format!("{sign}{key}"));
    let hex = hexadecimal(&digest[..3]);
    let words: Vec<String> = theme
        .touchpoint
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!("{}-{hex}", words.join("_"))
}

impl Quote {
    fn new(feedback: &Analysed, mention: &Mention, membership: &Membership) -> Self {
        const READABLE: std::ops::RangeInclusive<usize> = 25..=220;
        let length = mention.text.chars().count();
        let worded = match (membership.name, membership.by_term) {
            (Some(_), _) => 0,
            (None, true) => 1,
            (None, false) => 2,
        };
        let rank = 2 * worded + u8::from(!READABLE.contains(&length));
        let strength = f64::from(mention.probabilities[mention.sentiment() as usize]) * MICRO;
        Self {
            rank: (rank, -(membership.closeness * strength * 1000.0).round() as i64),
            name: membership.name,
            text: mention.text.clone(),
            feedback_id: feedback.id.clone(),
            date: feedback.date(),
        }
    }

    fn verbatim(&self) -> Verbatim {
        Verbatim { feedback_id: self.feedback_id.clone(), text: self.text.clone(), date: self.date }
    }
}
