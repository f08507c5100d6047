//! The building blocks of terms: content words, negated words, and verbs with their particle.

use super::super::Language;
use super::super::lexicon::{Role, has_word};
use super::super::words::stem;
use super::Tokens;

/// One or more words that mean one thing.
pub(super) struct Unit {
    /// The key of this part of a term.
    pub(super) key: String,
    /// The words it is made of: ascending, at least one.
    pub(super) tokens: Vec<usize>,
}

impl Unit {
    pub(super) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or_default()
    }

    pub(super) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or_default()
    }
}

/// The units of a mention by their first word; no word belongs to two.
pub(super) fn units(tokens: &Tokens<'_>) -> Vec<Unit> {
    let mut is_taken = vec![false; tokens.words.len()];
    let mut units = Vec::with_capacity(tokens.words.len() / 2);
    let mut take = |unit: Unit, is_taken: &mut [bool]| {
        unit.tokens.iter().for_each(|&index| is_taken[index] = true);
        units.push(unit);
    };
    if matches!(tokens.language, Language::De | Language::Nl) {
        for index in 1..tokens.words.len() {
            if let Some(unit) = tokens.separable(index).filter(|unit| is_free(unit, &is_taken)) {
                take(unit, &mut is_taken);
            }
        }
    }
    for index in 0..tokens.words.len() {
        if tokens.roles[index] == Role::Negation
            && !is_taken[index]
            && let Some(unit) = tokens.negated(index).filter(|unit| is_free(unit, &is_taken))
        {
            take(unit, &mut is_taken);
        }
    }
    for index in 0..tokens.words.len() {
        if tokens.roles[index] == Role::Content && !is_taken[index] {
            take(Unit { key: tokens.stem(index), tokens: vec![index] }, &mut is_taken);
        }
    }
    units.sort_by_key(Unit::first);
    units
}

fn is_free(unit: &Unit, is_taken: &[bool]) -> bool {
    unit.tokens.iter().all(|&index| !is_taken[index])
}

/// Particles that a verb leaves at the end of its clause.
const PARTICLES: &str = "ab an auf aus ein mit nach vor weg zu zurueck los fest hin her durch zusammen rein raus runter hoch \
    weiter bei um bereit statt heraus hinaus af op uit in terug mee";

/// Words that open the next clause without a comma.
const CLAUSE_OPENERS: &str = "und oder aber wenn weil sobald sondern obwohl dass da ob denn sowie bis \
    en of maar als omdat dat and or but that if because when y o pero que si porque et ou mais e ma che perche mas";

/// Finite forms of strong verbs that do not end like a verb.
const STRONG_FORMS: &str = "kam ging brach fiel nahm gab rief zog stieg sprang kwam viel nam";

/// Negations that stand behind their verb.
const BEHIND_VERB: &str = "nicht nie niemals net ned niet nooit";

/// "nicht nur", "not only": such a negation adds and negates nothing.
const ADDING: &str = "nur only just solo seulement alleen apenas soltanto bloss";

/// How far a verb may stand from its particle, in words.
const LONGEST_CLAUSE: usize = 6;

/// Words that may stand between a negation and what it negates.
const LONGEST_REACH: usize = 3;

impl Tokens<'_> {
    fn stem(&self, index: usize) -> String {
        stem(&self.words[index].folded, self.language)
    }

    fn folded(&self, index: usize) -> &str {
        &self.words[index].folded
    }

    fn means_something(&self, index: usize) -> bool {
        matches!(self.roles[index], Role::Content | Role::Verb)
    }

    /// "stürzt … ab", "kommt nicht an": the verb that the particle at `index` belongs to.
    fn separable(&self, index: usize) -> Option<Unit> {
        let is_last = index + 1 == self.words.len();
        let ends_clause = has_word(PARTICLES, self.folded(index))
            && (is_last || self.is_break(index) || self.opens_clause(index + 1));
        if !ends_clause {
            return None;
        }
        let clause = (index.saturating_sub(LONGEST_CLAUSE)..index)
            .rev()
            .take_while(|&before| !self.is_break(before) && !self.opens_clause(before));
        let verb = clause.clone().find(|&before| self.is_finite_verb(before))?;
        let negation = clause.into_iter().find(|&at| at > verb && self.roles[at] == Role::Negation);
        let mark = if negation.is_some() { "! " } else { "" };
        let root = self.stem(verb);
        let root = root.strip_suffix('t').unwrap_or(&root);
        Some(Unit {
            key: format!("{mark}{}{root}", self.folded(index)),
            tokens: [Some(verb), negation, Some(index)].into_iter().flatten().collect(),
        })
    }

    fn opens_clause(&self, index: usize) -> bool {
        has_word(CLAUSE_OPENERS, self.folded(index))
    }

    /// "großen" in "keine großen Probleme".
    fn describes_noun(&self, index: usize) -> bool {
        self.language == Language::De
            && self.starts_lower(index)
            && index + 1 < self.words.len()
            && !self.is_break(index)
            && self.words[index + 1].surface.starts_with(char::is_uppercase)
    }

    fn is_finite_verb(&self, index: usize) -> bool {
        let word = self.folded(index);
        self.means_something(index)
            && (index == 0 || self.starts_lower(index))
            && (["t", "e", "en", "ten"].iter().any(|ending| word.ends_with(ending))
                || has_word(STRONG_FORMS, word))
    }

    /// What the negation at `index` negates, as one unit.
    fn negated(&self, index: usize) -> Option<Unit> {
        let follows_verb = matches!(self.language, Language::De | Language::Nl)
            && has_word(BEHIND_VERB, self.folded(index));
        if follows_verb && self.has_verb_before_noun(index) {
            return self.negated_before(index);
        }
        let after = self.negated_after(index, follows_verb);
        if after.is_none() && follows_verb { self.negated_before(index) } else { after }
    }

    /// "funktioniert nicht Hotline …": two clauses without a comma.
    fn has_verb_before_noun(&self, index: usize) -> bool {
        index > 0
            && !self.is_break(index - 1)
            && self.means_something(index - 1)
            && (index == 1 || self.starts_lower(index - 1))
            && self
                .words
                .get(index + 1)
                .is_some_and(|next| next.surface.starts_with(char::is_uppercase))
    }

    fn negated_after(&self, index: usize, stops_at_link: bool) -> Option<Unit> {
        let mut verb = None;
        let mut has_judged = false;
        let mut found = None;
        for at in index + 1..self.words.len().min(index + LONGEST_REACH + 2) {
            if self.is_break(at - 1) || has_word(ADDING, self.folded(at)) || self.opens_clause(at) {
                break;
            }
            match self.roles[at] {
                Role::Content if !stops_at_link && self.describes_noun(at) => {}
                Role::Content if has_judged && !stops_at_link => break,
                Role::Content => {
                    found = Some(at);
                    break;
                }
                Role::Link if stops_at_link || has_judged => break,
                Role::Verb if verb.is_none() => verb = Some(at),
                Role::Evaluative => has_judged = true,
                _ => {}
            }
        }
        let mut last = found.or(verb)?;
        let head = last;
        while last + 1 < self.words.len()
            && !self.is_break(last)
            && self.language == Language::Fr
            && self.roles[last + 1] == Role::Negation
        {
            last += 1;
        }
        Some(Unit { key: format!("! {}", self.stem(head)), tokens: (index..=last).collect() })
    }

    fn negated_before(&self, index: usize) -> Option<Unit> {
        let verb = (index.saturating_sub(LONGEST_REACH + 1)..index)
            .rev()
            .take_while(|&at| !self.is_break(at) && self.roles[at] != Role::Copula)
            .find(|&at| !matches!(self.roles[at], Role::Stop | Role::Degree | Role::Link))?;
        let is_verb = self.means_something(verb) && (verb == 0 || self.starts_lower(verb));
        is_verb.then(|| Unit { key: format!("! {}", self.stem(verb)), tokens: vec![verb, index] })
    }
}
