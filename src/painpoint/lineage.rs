//! Which pain point of an earlier run a theme continues, by the vocabulary that they share.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Change, Findings, Gone, Matching, Topic, TopicKind};
use crate::tally::comparison::{Comparison, control};
use crate::tally::statistics::Proportion;

/// Vocabulary in common from which a theme continues an earlier one: a fifth of what both say.
const LEAST_SHARED: f64 = 0.2;

/// What an earlier run found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// Its pain points and delights.
    pub ancestors: Vec<Ancestor>,
    /// Its feedback with text.
    pub with_text: u64,
    /// By what its mentions were matched.
    pub matching: Matching,
}

/// A pain point or delight of an earlier run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ancestor {
    /// Its identifier.
    pub id: String,
    /// What it is.
    pub kind: TopicKind,
    /// Identifier of its touchpoint.
    pub touchpoint: String,
    /// Its label.
    pub label: Vec<String>,
    /// Feedback that mentioned it.
    pub feedback: u64,
    /// Keys of its terms, with their mentions.
    pub terms: BTreeMap<String, u64>,
    /// Whether it was reported: some had too few mentions.
    pub reported: bool,
    /// Whether an older run had it, and the last one not: it gives its identifier, and nothing is compared with it.
    pub older: bool,
}

/// A theme of this run as far as identity goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Descendant {
    /// The identifier that it would have on its own.
    pub id: String,
    /// Whether it was known by that before anything was sought.
    pub known: bool,
    /// What it is.
    pub kind: TopicKind,
    /// Keys of its terms, with their mentions.
    pub terms: BTreeMap<String, u64>,
}

/// Identities of themes, and the ancestors that they continue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// Of each theme, in the order given: its identifier, and the position of its ancestor with the
    /// vocabulary shared.
    pub themes: Vec<(String, Option<(usize, f64)>)>,
}

impl Baseline {
    /// What to hold a run against: the findings of an earlier one.
    pub fn of(findings: &Findings) -> Self {
        let ancestor = |topic: &Topic| {
            let mut terms: BTreeMap<String, u64> = BTreeMap::new();
            for term in &topic.terms {
                *terms.entry(term.key.clone()).or_default() += term.mentions;
            }
            Ancestor {
                id: topic.id.clone(),
                kind: topic.kind,
                touchpoint: topic.touchpoint.clone(),
                label: topic.label.clone(),
                feedback: topic.feedback.count,
                terms,
                reported: true,
                older: false,
            }
        };
        let reported = findings.topics.iter().map(ancestor);
        let mut ancestors: Vec<Ancestor> = reported.chain(unreported(findings)).collect();
        ancestors.sort_by(|a, b| a.id.cmp(&b.id));
        Self {
            ancestors,
            with_text: findings.summary.rows.with_text(),
            matching: findings.matching.clone(),
        }
    }

    /// The same with topics of runs before that one, as far as it has not got them itself: what comes back is known again.
    pub fn with_older(mut self, older: impl IntoIterator<Item = Ancestor>) -> Self {
        let known: BTreeSet<String> = self.ancestors.iter().map(|own| own.id.clone()).collect();
        let older = older.into_iter().filter(|own| !known.contains(&own.id));
        self.ancestors.extend(older.map(|own| Ancestor { reported: false, older: true, ..own }));
        self.ancestors.sort_by(|a, b| a.id.cmp(&b.id));
        self
    }

    /// Finds the ancestor of each theme: of all pairs of a kind, the one that shares most vocabulary
    /// first, then the next whose theme and ancestor are both free. Of equals the one with equal
    /// identifiers comes first, then the lesser identifiers, so that no order matters.
    ///
    /// Vocabulary shared is Σ min(a, b) / Σ max(a, b) over the terms, with a and b a term's part of the
    /// mentions of all terms (weighted Jaccard similarity: S. Ioffe, "Improved consistent sampling,
    /// weighted minhash and L1 sketching", ICDM 2010).
    pub fn lineage(&self, themes: &[Descendant]) -> Lineage {
        let mut pairs: Vec<(f64, bool, usize, usize)> = Vec::new();
        for (theme, own) in themes.iter().enumerate() {
            for (ancestor, other) in self.ancestors.iter().enumerate() {
                let shared = shared(&own.terms, &other.terms);
                let same = own.id == other.id;
                let has_terms = !own.terms.is_empty();
                let alike = has_terms && shared >= LEAST_SHARED;
                let continues = same || (!own.known && alike);
                if own.kind == other.kind && continues {
                    pairs.push((shared, same, theme, ancestor));
                }
            }
        }
        pairs.sort_by(|a, b| {
            let known = |pair: &(f64, bool, usize, usize)| themes[pair.2].known;
            let ids = |pair: &(f64, bool, usize, usize)| {
                (themes[pair.2].id.as_str(), self.ancestors[pair.3].id.as_str())
            };
            let older = |pair: &(f64, bool, usize, usize)| self.ancestors[pair.3].older;
            known(b)
                .cmp(&known(a))
                .then(older(a).cmp(&older(b)))
                .then(b.0.total_cmp(&a.0))
                .then(b.1.cmp(&a.1))
                .then_with(|| ids(a).cmp(&ids(b)))
        });
        let mut found: Vec<Option<(usize, f64)>> = vec![None; themes.len()];
        let mut taken = BTreeSet::new();
        for (shared, _, theme, ancestor) in pairs {
            if found[theme].is_none() && taken.insert(ancestor) {
                found[theme] = Some((ancestor, shared));
            }
        }
        self.named(themes, found)
    }

    /// Themes that continue an ancestor take its identifier; no other theme may have that, or one that is
    /// known.
    fn named(&self, themes: &[Descendant], found: Vec<Option<(usize, f64)>>) -> Lineage {
        let known = themes.iter().filter(|theme| theme.known).map(|theme| theme.id.clone());
        let ancestors = self.ancestors.iter().map(|ancestor| ancestor.id.clone());
        let mut taken: BTreeSet<String> = ancestors.chain(known).collect();
        let named = themes.iter().zip(found).map(|(theme, found)| {
            let id = match found {
                Some((ancestor, _)) => self.ancestors[ancestor].id.clone(),
                None if theme.known => theme.id.clone(),
                None => fresh(&theme.id, &taken),
            };
            taken.insert(id.clone());
            (id, found)
        });
        Lineage { themes: named.collect() }
    }

    /// A theme's share against its ancestor's; none where the earlier run did not have it.
    pub fn compare(&self, ancestor: usize, now: Proportion) -> Option<Comparison> {
        let ancestor = &self.ancestors[ancestor];
        (!ancestor.older).then(|| Comparison::new(now, self.share(ancestor)))
    }

    /// The ancestors that none of these continues.
    pub fn gone(&self, continued: &BTreeSet<usize>) -> Vec<Gone> {
        let ancestors = self.ancestors.iter().enumerate();
        ancestors
            .filter(|(at, ancestor)| ancestor.reported && !continued.contains(at))
            .map(|(_, ancestor)| Gone {
                id: ancestor.id.clone(),
                kind: ancestor.kind,
                touchpoint: ancestor.touchpoint.clone(),
                label: ancestor.label.clone(),
                feedback: self.share(ancestor),
            })
            .collect()
    }

    fn share(&self, ancestor: &Ancestor) -> Proportion {
        Proportion::new(ancestor.feedback.min(self.with_text), self.with_text)
    }
}

/// Adjusts the comparisons with the earlier run to each other.
pub fn control_changes<'c>(changes: impl IntoIterator<Item = &'c mut Change>) {
    control(changes.into_iter().filter_map(|change| change.comparison.as_mut()));
}

/// The identifier, or the first with a number that is not taken.
fn fresh(id: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{id}-{number}"));
    let mut free = std::iter::once(id.to_owned()).chain(numbered);
    free.find(|id| !taken.contains(id)).unwrap_or_default()
}

/// The themes of a run that too few mentioned to be reported, each once, whatever its key points.
fn unreported(findings: &Findings) -> impl Iterator<Item = Ancestor> + '_ {
    let reported: BTreeSet<&str> = findings.topics.iter().map(|topic| topic.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    let sides = findings.matching.sides.iter();
    sides.flat_map(|side| side.points.iter().map(move |point| (side.kind, point))).filter_map(
        move |(kind, point)| {
            let id = point.id.clone().filter(|id| !reported.contains(id.as_str()))?;
            seen.insert(id.clone()).then_some(())?;
            let (touchpoint, label) = (point.touchpoint.clone(), point.label.clone());
            let (feedback, terms) = (point.feedback, BTreeMap::new());
            let (reported, older) = (false, false);
            Some(Ancestor { id, kind, touchpoint, label, feedback, terms, reported, older })
        },
    )
}

/// 1 if neither has terms.
fn shared(a: &BTreeMap<String, u64>, b: &BTreeMap<String, u64>) -> f64 {
    let [a_all, b_all] = [a, b].map(|terms| terms.values().sum::<u64>().max(1) as f64);
    let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let (mut least, mut most) = (0.0, 0.0);
    for key in keys {
        let part = |terms: &BTreeMap<String, u64>, all: f64| {
            terms.get(key).copied().unwrap_or_default() as f64 / all
        };
        let (a, b) = (part(a, a_all), part(b, b_all));
        least += a.min(b);
        most += a.max(b);
    }
    if most > 0.0 { least / most } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::findings::Status;
    use super::*;

    fn terms(terms: &[(&str, u64)]) -> BTreeMap<String, u64> {
        terms.iter().map(|&(key, count)| (key.to_owned(), count)).collect()
    }

    fn baseline() -> Baseline {
        let ancestor = |id: &str, own: &[(&str, u64)]| Ancestor {
            id: id.into(),
            feedback: 40,
            terms: terms(own),
            reported: true,
            ..Ancestor::default()
        };
        Baseline {
            ancestors: vec![
                ancestor("delivery-aaaaaa", &[("late", 30), ("parcel", 10)]),
                ancestor("app-bbbbbb", &[("crash", 12), ("freeze", 4)]),
                ancestor("hotline-cccccc", &[("queue", 9)]),
            ],
            with_text: 1000,
            matching: Matching::default(),
        }
    }

    fn theme(id: &str, own: &[(&str, u64)]) -> Descendant {
        Descendant { id: id.into(), known: false, kind: TopicKind::PainPoint, terms: terms(own) }
    }

    fn ids(lineage: &Lineage) -> Vec<&str> {
        lineage.themes.iter().map(|(id, _)| id.as_str()).collect()
    }

    #[test]
    fn a_pain_point_keeps_its_id_when_another_term_leads() {
        let themes = [
            theme("delivery-dddddd", &[("parcel", 40), ("late", 50), ("courier", 10)]),
            theme("app-bbbbbb", &[("login", 20)]),
            theme("price-eeeeee", &[("expensive", 7)]),
        ];
        let lineage = baseline().lineage(&themes);
        assert_eq!(ids(&lineage), ["delivery-aaaaaa", "app-bbbbbb", "price-eeeeee"]);
        assert_eq!(lineage.themes[2].1, None);
        let continued = lineage.themes.iter().filter_map(|(_, found)| Some(found.as_ref()?.0));
        let gone = baseline().gone(&continued.collect());
        assert_eq!(
            gone.iter().map(|gone| gone.id.as_str()).collect::<Vec<_>>(),
            ["hotline-cccccc"]
        );
    }

    #[test]
    fn one_continues_one_and_the_order_of_themes_does_not_matter() {
        let mut themes = vec![
            theme("delivery-1", &[("late", 30)]),
            theme("delivery-2", &[("late", 30), ("parcel", 10)]),
            theme("delivery-aaaaaa", &[("late", 1), ("fee", 30)]),
        ];
        let named = |themes: &[Descendant]| -> BTreeMap<String, String> {
            let lineage = baseline().lineage(themes);
            themes
                .iter()
                .map(|t| t.id.clone())
                .zip(ids(&lineage).into_iter().map(str::to_owned))
                .collect()
        };
        let first = named(&themes);
        assert_eq!(first["delivery-2"], "delivery-aaaaaa");
        // What was called so before is no longer the same.
        assert_eq!(first["delivery-aaaaaa"], "delivery-aaaaaa-2");
        themes.reverse();
        assert_eq!(named(&themes), first);
    }

    #[test]
    fn growth_is_told_from_chance() {
        let baseline = baseline();
        let status = |count| {
            let comparison = baseline.compare(0, Proportion::new(count, 1000));
            Change { comparison, shared: 1.0 }.status()
        };
        assert_eq!(status(80), Status::Growing);
        assert_eq!(status(44), Status::Steady);
        assert_eq!(status(15), Status::Shrinking);
        assert_eq!(Change { comparison: None, shared: 0.0 }.status(), Status::New);
    }

    #[test]
    fn what_comes_back_has_its_identifier_and_nothing_to_be_compared_with() {
        let older = Ancestor {
            id: "price-dddddd".into(),
            feedback: 9,
            terms: terms(&[("expensive", 9)]),
            reported: true,
            ..Ancestor::default()
        };
        let again = Ancestor { id: "app-bbbbbb".into(), ..older.clone() };
        let baseline = baseline().with_older([older, again]);
        let themes = [theme("price-eeeeee", &[("expensive", 7)]), theme("x", &[("crash", 3)])];
        let lineage = baseline.lineage(&themes);
        assert_eq!(ids(&lineage), ["price-dddddd", "app-bbbbbb"]);
        let (at, _) = lineage.themes[0].1.unwrap();
        assert_eq!(baseline.compare(at, Proportion::new(7, 1000)), None);
        let gone = baseline.gone(&BTreeSet::new());
        assert!(gone.iter().all(|gone| gone.id != "price-dddddd"));
    }
}
