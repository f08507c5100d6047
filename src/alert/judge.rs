//! Rules and figures → judgements.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::rule::{EACH, Rule, Rules};
use super::test::{Expected, Measured, mean_above, share_above};
use crate::history::{Names, PeriodCounts, Series};
use crate::painpoint::findings::{
    Against, Alerts, Findings, Judged, Judgement, Measure, MeasureKind, Reason, Subject, TopicKind,
};
use crate::read::Grade;
use crate::tally::comparison::false_discovery_rates;
use crate::tally::period::Period;
use crate::tally::statistics::{Estimate, Proportion};

/// Fewest periods that lead one to expect something of the next.
const LEAST_PERIODS: usize = 4;

/// Part of the stated rate to which each of two families of tests is held. What that comes to is measured on simulated
/// histories (`cargo run --release --example alarms`).
const OF_RATE: f64 = 0.5;

/// What rules are judged by.
pub struct Facts<'a> {
    /// What this run found.
    pub findings: &'a Findings,
    /// Names of touchpoints, topics and groups.
    pub names: &'a Names,
    /// Feedback by period, and that of this run as a whole: by the group of customers that a rule names, and of all.
    pub figures: &'a BTreeMap<Option<String>, (Series, PeriodCounts)>,
    /// The touchpoints that there are.
    pub touchpoints: &'a BTreeSet<String>,
    /// The pain points of earlier runs.
    pub older: &'a [Subject],
    /// Whether the feedback of this run has days.
    pub is_dated: bool,
    /// The present day.
    pub today: Date,
    /// What the run before came to.
    pub before: Option<&'a Alerts>,
}

/// A judgement that waits for those of the others.
struct Draft {
    judged: Judged,
    /// What its periods lead one to expect, and its value.
    expected: Option<(Expected, Measured)>,
    /// The judgements that the value would have, worst first, each with its probability by chance; none of what is no test.
    tests: Vec<(Judgement, Option<f64>)>,
}

/// Judges all rules.
pub fn judge(rules: &Rules, facts: &Facts) -> Alerts {
    let own = facts.figures.get(&None).map(|(series, _)| series);
    let period = own.and_then(Series::current);
    let unit = rules.period;
    let mut drafts: Vec<Draft> = Vec::new();
    for rule in rules.all() {
        let judging = Judging { rules, facts, rule: &rule };
        let mut own: Vec<Draft> =
            subjects(&rule, facts).into_iter().map(|subject| judging.draft(subject)).collect();
        judging.hold_against_before(&mut own);
        drafts.extend(own);
    }
    settle(&mut drafts, rules.sensitivity.rate() * OF_RATE);
    let mut judged: Vec<Judged> = drafts.into_iter().map(|own| own.judged).collect();
    for own in &mut judged {
        let same = |other: &Judged| {
            (&other.rule, other.measure, &other.subject.touchpoint, &other.subject.pain_point)
                == (&own.rule, own.measure, &own.subject.touchpoint, &own.subject.pain_point)
                && other.subject.segment == own.subject.segment
        };
        let before = facts.before.iter().flat_map(|before| &before.judged).find(|own| same(own));
        own.new = own.judgement.is_alarm() && before.is_none_or(|own| !own.judgement.is_alarm());
    }
    // In the order of the rules where they are equally bad.
    judged.sort_by_key(|own| own.judgement);
    let period = period.map(|period| (unit.first_day(period), unit.last_day(period)));
    Alerts { sensitivity: rules.sensitivity, unit, period, judged }
}

/// Holds all tests of a family to one rate of false discoveries, and lets each judgement be the worst that holds. What is
/// about all feedback is a family, and what is about a touchpoint or pain point another: else the many would bury the few.
fn settle(drafts: &mut [Draft], rate: f64) {
    let of_all = |own: &Draft| {
        own.judged.subject.touchpoint.is_none() && own.judged.subject.pain_point.is_none()
    };
    for is_of_all in [true, false] {
        let mut family: Vec<&mut Draft> =
            drafts.iter_mut().filter(|own| of_all(own) == is_of_all).collect();
        let tests = family.iter().flat_map(|own| &own.tests);
        let p: Vec<f64> = tests.filter_map(|(_, p)| *p).collect();
        let mut q = false_discovery_rates(&p).into_iter();
        for Draft { judged, tests, .. } in family.iter_mut().map(|own| &mut **own) {
            for (judgement, p) in tests {
                let own = p.and_then(|_| q.next());
                let holds = own.is_none_or(|q| q <= rate);
                if judged.q.is_none() || (holds && judged.judgement > *judgement) {
                    (judged.p, judged.q) = (*p, own);
                }
                if holds && judged.judgement > *judgement {
                    judged.judgement = *judgement;
                }
            }
        }
    }
}

/// All that a rule is about.
fn subjects(rule: &Rule, facts: &Facts) -> Vec<Subject> {
    let segment = rule.segment.clone();
    let all = Subject { segment: segment.clone(), ..Subject::default() };
    if let Some(touchpoint) = &rule.touchpoint {
        let about = |id: &String| Subject { touchpoint: Some(id.clone()), ..all.clone() };
        return match touchpoint == EACH {
            true => facts.touchpoints.iter().map(about).collect(),
            false => vec![about(touchpoint)],
        };
    }
    let Some(pain_point) = &rule.pain_point else { return vec![all] };
    let was_there = |id: &str| facts.older.iter().any(|own| own.pain_point.as_deref() == Some(id));
    let is_new = |id: &str| {
        let mut topics = facts.findings.pain_points();
        let change = topics.find(|own| own.id == id).and_then(|own| own.change.as_ref());
        change.is_some_and(|change| change.comparison.is_none()) && !was_there(id)
    };
    if rule.measure == Measure::NewPainPoint && facts.findings.comparisons.earlier_run.is_none() {
        return vec![all];
    }
    let wanted = |id: &str| match rule.measure {
        Measure::NewPainPoint => is_new(id),
        _ => pain_point == EACH || pain_point == id,
    };
    let topics = facts.findings.of_kind(TopicKind::PainPoint).filter(|own| wanted(&own.id));
    let mut found: Vec<Subject> = topics
        .map(|own| Subject {
            touchpoint: Some(own.touchpoint.clone()),
            pain_point: Some(own.id.clone()),
            label: own.label.clone(),
            segment: segment.clone(),
        })
        .collect();
    // Those that this run has not, and the last period has.
    let is_told = |id: &str| facts.findings.topics.iter().any(|own| own.id == id);
    let counts = facts.figures.get(&segment).and_then(|(series, _)| {
        let period = series.current()?;
        Some(series.counts(period))
    });
    let is_said = |id: &str| {
        let number = facts.names.known(id);
        number.is_some_and(|own| counts.as_ref().is_some_and(|all| all.topics.contains_key(&own)))
    };
    let others = facts.older.iter().filter(|own| {
        let id = own.pain_point.as_deref().unwrap_or_default();
        rule.measure == Measure::PainPoint && wanted(id) && !is_told(id) && is_said(id)
    });
    found.extend(others.map(|own| Subject { segment: segment.clone(), ..own.clone() }));
    if found.is_empty() && pain_point != EACH {
        found.push(Subject { pain_point: Some(pain_point.clone()), ..all });
    }
    found
}

/// A value of a period.
#[derive(Clone, Copy)]
enum Value {
    Share(u64, u64),
    Mean { told: Estimate, variance: f64 },
    Number(u64),
}

impl Value {
    fn n(self) -> u64 {
        match self {
            Self::Share(_, n) => n,
            Self::Mean { told, .. } => told.n,
            Self::Number(n) => n,
        }
    }

    fn measured(self) -> Option<Measured> {
        match self {
            Self::Share(count, n) => Measured::share(count, n),
            Self::Mean { told, variance } => Some(Measured::mean(told.value, variance)),
            Self::Number(n) => Some(Measured::number(n)),
        }
    }

    fn told(self) -> Estimate {
        match self {
            Self::Share(count, n) => told_share(Proportion::new(count, n)),
            Self::Mean { told, .. } => told,
            Self::Number(n) => exact(n as f64, n),
        }
    }
}

fn told_share(own: Proportion) -> Estimate {
    Estimate { n: own.of, value: own.share, low: own.low, high: own.high }
}

fn exact(value: f64, n: u64) -> Estimate {
    Estimate { n, value, low: value, high: value }
}

/// A rule on its way to a judgement.
struct Judging<'a> {
    rules: &'a Rules,
    facts: &'a Facts<'a>,
    rule: &'a Rule,
}

impl Judging<'_> {
    fn draft(&self, subject: Subject) -> Draft {
        let Rule { name, measure, against, warn, fail, .. } = self.rule;
        let mut draft = Draft {
            judged: Judged {
                rule: name.clone(),
                measure: *measure,
                subject,
                against: *against,
                judgement: Judgement::Quiet,
                reason: None,
                new: false,
                value: None,
                expected: None,
                warn: *warn,
                fail: *fail,
                p: None,
                q: None,
            },
            expected: None,
            tests: Vec::new(),
        };
        let judged = match measure.is_of_run() {
            true => self.of_run(&mut draft),
            false => self.of_period(&mut draft),
        };
        if let Err(reason) = judged {
            draft.judged.judgement = Judgement::Unjudged;
            draft.judged.reason = Some(reason);
        }
        draft
    }

    /// The bounds of the rule, worst first.
    fn bounds(&self) -> impl Iterator<Item = (Judgement, f64)> {
        let bounds = [(Judgement::Fail, self.rule.fail), (Judgement::Warn, self.rule.warn)];
        bounds.into_iter().filter_map(|(judgement, bound)| Some((judgement, bound?)))
    }

    /// A figure of the run itself: it is what it is.
    fn of_run(&self, draft: &mut Draft) -> Result<(), Reason> {
        let summary = &self.facts.findings.summary;
        let share = |count, of| told_share(Proportion::new(count, of));
        let value = match self.rule.measure {
            Measure::Age => {
                let series = self.facts.figures.get(&None).map(|(series, _)| series);
                let newest = series.and_then(|own| own.newest).ok_or(Reason::NoDates)?;
                let days = newest.until(self.facts.today).map_or(0, |span| span.get_days());
                exact(f64::from(days.max(0)), 1)
            }
            Measure::Doubts => {
                let doubts = &self.facts.findings.reading.doubts;
                let serious = doubts.iter().filter(|own| own.doubt.grade() == Grade::Doubt);
                exact(serious.count() as f64, doubts.len() as u64)
            }
            Measure::OtherLanguages => share(summary.rows.other_language, summary.rows.feedback),
            Measure::Coverage => told_share(summary.covered),
            Measure::Cries => told_share(summary.cries),
            _ => share(summary.rows.rejects, summary.rows.rows),
        };
        if value.n == 0 && self.rule.measure.kind() == MeasureKind::Share {
            return Err(Reason::Little { n: 0, needed: 1 });
        }
        draft.judged.value = Some(value);
        let is_beyond = |bound: f64| match self.rule.measure.is_good() {
            true => value.value < bound,
            false => value.value > bound,
        };
        let beyond = self.bounds().filter(|(_, bound)| is_beyond(*bound));
        draft.tests = beyond.map(|(judgement, _)| (judgement, None)).collect();
        Ok(())
    }

    /// A figure of customers in the last period, which is a sample.
    fn of_period(&self, draft: &mut Draft) -> Result<(), Reason> {
        let (series, whole) = self.facts.figures.get(&self.rule.segment).ok_or(Reason::NoSuch)?;
        if self.rule.measure == Measure::NewPainPoint && draft.judged.subject.pain_point.is_none() {
            return Err(Reason::NoEarlierRun);
        }
        let against = self.rule.against;
        let dated = self.facts.figures.get(&None).map_or(series, |(series, _)| series);
        let period = dated.current();
        if dated.newest.is_some() && !self.facts.is_dated {
            return Err(Reason::NoDates);
        }
        let counts = match period {
            Some(period) => series.counts(period),
            None if dated.newest.is_some() => return Err(Reason::NoPeriod),
            // Without dates, the run is all there is.
            None if against == Against::Limit => whole,
            None => return Err(Reason::NoDates),
        };
        let subject = draft.judged.subject.clone();
        let value = self.value(counts, &subject)?;
        draft.judged.value = Some(value.told());
        let before = match (against, period) {
            (Against::Before, Some(period)) => {
                let count = usize::from(self.rules.periods.0);
                let mut all = series.before(period, count);
                let first = Period(period.0 - all.len() as i64);
                if self.rule.measure == Measure::Volume && !all.is_empty() && !dated.is_whole(first)
                {
                    all.remove(0);
                }
                let values = all.iter().filter_map(|own| self.value(own, &subject).ok());
                let mut values: Vec<Value> =
                    values.filter(|own| own.n() > 0 || matches!(own, Value::Number(_))).collect();
                if self.rule.measure == Measure::PainPoint {
                    // Nobody looked for it before it was first found.
                    let since = values.iter().position(|own| !matches!(own, Value::Share(0, _)));
                    values.drain(..since.unwrap_or(values.len()));
                }
                values
            }
            _ => Vec::new(),
        };
        if against == Against::Before && before.len() < LEAST_PERIODS {
            let (there_are, needed) = (before.len() as u64, LEAST_PERIODS as u64);
            return Err(Reason::FewPeriods { there_are, needed });
        }
        let needed = u64::from(self.rules.least.0);
        if value.n() < needed && self.rule.measure != Measure::Volume {
            return Err(Reason::Little { n: value.n(), needed });
        }
        match against {
            Against::Limit => self.against_limits(draft, value),
            Against::Before => self.against_before(draft, value, &before),
        }
        Ok(())
    }

    fn value(&self, counts: &PeriodCounts, subject: &Subject) -> Result<Value, Reason> {
        let number = |id: &Option<String>| id.as_deref().and_then(|id| self.facts.names.known(id));
        match self.rule.measure {
            Measure::PainPoint | Measure::NewPainPoint => {
                let topic = number(&subject.pain_point).ok_or(Reason::NoSuch)?;
                let count = counts.topics.get(&topic).copied().unwrap_or_default();
                Ok(Value::Share(count, counts.with_text))
            }
            Measure::Complaints => {
                let count = match &subject.touchpoint {
                    None => counts.complaining,
                    // One of the codebook that nobody mentioned has no number.
                    own => {
                        self.known(own)?;
                        number(own).map_or(0, |own| counts.complaining_at(own))
                    }
                };
                Ok(Value::Share(count, counts.with_text))
            }
            Measure::NetSentiment if subject.touchpoint.is_none() => {
                let (value, variance) =
                    counts.net.value().ok_or(Reason::Little { n: counts.net.n, needed: 2 })?;
                // Two that agree by chance do not make it certain.
                let variance = variance.max(counts.sentiment.net_sentiment().variance());
                let told = Estimate::normal(counts.net.n, value, variance).within(-1.0, 1.0);
                Ok(Value::Mean { told, variance })
            }
            Measure::NetSentiment => {
                self.known(&subject.touchpoint)?;
                let own = number(&subject.touchpoint).and_then(|own| counts.touchpoints.get(&own));
                let sentiment = own.map(|own| own.1).unwrap_or_default();
                let told = sentiment.net_sentiment();
                Ok(Value::Mean { told, variance: told.variance() })
            }
            Measure::Nps => {
                let nps = counts.nps().ok_or(Reason::NoScores)?.nps;
                Ok(Value::Mean { told: nps, variance: nps.variance() })
            }
            Measure::Csat if counts.ratings.n == 0 => Err(Reason::NoScores),
            Measure::Csat => Ok(Value::Share(counts.satisfied, counts.ratings.n)),
            _ => Ok(Value::Number(counts.feedback)),
        }
    }

    /// Whether there is such a touchpoint.
    fn known(&self, touchpoint: &Option<String>) -> Result<(), Reason> {
        let is_known = |id: &String| {
            self.facts.touchpoints.contains(id) || self.facts.names.known(id).is_some()
        };
        touchpoint.as_ref().is_none_or(is_known).then_some(()).ok_or(Reason::NoSuch)
    }

    fn against_limits(&self, draft: &mut Draft, value: Value) {
        let good = self.rule.measure.is_good();
        let p = |bound: f64| match value {
            Value::Share(count, n) if good => share_above(n - count, n, 1.0 - bound),
            Value::Share(count, n) => share_above(count, n, bound),
            _ => {
                let Some(now) = value.measured() else { return 1.0 };
                let turned = Measured { scaled: -now.scaled, ..now };
                if good { mean_above(turned, -bound) } else { mean_above(now, bound) }
            }
        };
        draft.tests = self.bounds().map(|(judgement, bound)| (judgement, Some(p(bound)))).collect();
    }

    fn against_before(&self, draft: &mut Draft, value: Value, before: &[Value]) {
        let measured: Vec<Measured> = before.iter().filter_map(|own| own.measured()).collect();
        draft.judged.expected = Some(usual(before));
        draft.expected = Expected::of(&measured).zip(value.measured());
    }

    /// Judges what is held against the periods before, all that the rule is about together.
    fn hold_against_before(&self, drafts: &mut [Draft]) {
        let all = drafts.iter().filter_map(|own| own.expected.as_ref());
        let together = Expected::together(all.map(|(expected, _)| expected));
        for draft in drafts {
            let Some((expected, now)) = &draft.expected else { continue };
            let above = expected.above(*now, &together);
            let usual = draft.judged.expected.unwrap_or_default();
            let good = self.rule.measure.is_good();
            let (p, worse) = match self.rule.measure {
                // Too much is as strange as too little.
                Measure::Volume => {
                    (2.0 * above.min(1.0 - above), (now.value / usual.max(1.0) - 1.0).abs())
                }
                _ if good => (1.0 - above, usual - now.value),
                _ => (above, now.value - usual),
            };
            // One test: the bounds ask how much worse, not whether.
            let reached = self.bounds().find(|(_, bound)| worse >= *bound && worse > 0.0);
            draft.tests = vec![(reached.map_or(Judgement::Quiet, |own| own.0), Some(p))];
        }
    }
}

/// What periods come to together.
fn usual(before: &[Value]) -> f64 {
    let parts = before.iter().map(|own| match *own {
        Value::Share(count, n) => (count as f64, n as f64),
        Value::Mean { told, .. } => (told.value * told.n as f64, told.n as f64),
        Value::Number(n) => (n as f64, 1.0),
    });
    let (sum, all) = parts.fold((0.0, 0.0), |(sum, all), (part, of)| (sum + part, all + of));
    if all > 0.0 { sum / all } else { 0.0 }
}
