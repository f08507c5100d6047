//! How often rules raise a false alarm, and how soon they find a change: simulated histories of weeks.
//!
//! ```sh
//! cargo run --release --example alarms
//! ```
//!
//! A company has twelve touchpoints with complaints in 1 to 12 % of its feedback and fifteen pain points in 1 to 6 %. From
//! week to week these shares, NPS and volume differ a little even where nothing has changed. The usual rules are judged
//! over nine weeks: eight lead one to expect something of the ninth.

mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use jiff::civil::date;
use painpoint::alert::{Facts, Rules, judge};
use painpoint::history::{Names, PeriodCounts, Series};
use painpoint::painpoint::findings::{Alerts, Findings, Measure, Sensitivity, Topic};
use painpoint::tally::period::{Period, Unit};
use random::Random;

/// Quiet histories of a kind, and histories with a change of a kind.
const QUIET: usize = 4000;
const CHANGED: usize = 400;

/// Weeks before the one that is judged first.
const BEFORE: i64 = 8;
/// Weeks after a change in which it may be found.
const AFTER: i64 = 4;

/// A company: how much feedback it has a week, and how much its weeks differ.
#[derive(Clone, Copy)]
struct Company {
    feedback: f64,
    /// Standard deviation of shares, on the scale of log odds, from week to week.
    restless: f64,
}

const COMPANIES: [Company; 6] = [
    Company { feedback: 60.0, restless: 0.0 },
    Company { feedback: 300.0, restless: 0.0 },
    Company { feedback: 2000.0, restless: 0.0 },
    Company { feedback: 60.0, restless: 0.2 },
    Company { feedback: 300.0, restless: 0.2 },
    Company { feedback: 2000.0, restless: 0.2 },
];

/// What changes.
#[derive(Clone, Copy)]
enum Change {
    Nothing,
    /// Complaints at a touchpoint of 6 % come so many times as often.
    Complaints(f64),
    /// A pain point of 3 %, likewise.
    PainPoint(f64),
    /// NPS is so many points lower.
    Nps(f64),
    /// There is so much of the usual feedback.
    Volume(f64),
}

impl Random {
    /// Standard normal (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let (radius, angle) = (self.uniform().max(1e-300), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    fn binomial(&mut self, n: u64, p: f64) -> u64 {
        (0..n).filter(|_| self.uniform() < p).count() as u64
    }

    /// By counting the gaps between events.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut count, mut time) = (0, 0.0);
        loop {
            time -= self.uniform().max(1e-300).ln();
            if time > mean {
                return count;
            }
            count += 1;
        }
    }
}

/// A share that is moved on the scale of log odds.
fn moved(share: f64, by: f64) -> f64 {
    let odds = share / (1.0 - share) * by.exp();
    odds / (1.0 + odds)
}

/// Everything that all histories have in common.
struct World {
    findings: Findings,
    names: Names,
    touchpoints: Vec<(String, f64)>,
    topics: Vec<(String, f64)>,
}

impl World {
    fn new() -> Self {
        let golden =
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/umfrage_energie/findings.json");
        let text = std::fs::read_to_string(golden).expect("the repository has it");
        let mut findings = Findings::read(&text).expect("a run wrote it");
        let first = findings.pain_points().next().expect("it has pain points").clone();
        let shares = |least: f64, most: f64, count: usize| {
            move |at: usize| least + (most - least) * at as f64 / (count - 1) as f64
        };
        let of_touchpoint = shares(0.01, 0.12, 12);
        let of_topic = shares(0.01, 0.06, 15);
        let touchpoints: Vec<(String, f64)> =
            (0..12).map(|at| (format!("touchpoint-{at}"), of_touchpoint(at))).collect();
        let topics: Vec<(String, f64)> =
            (0..15).map(|at| (format!("topic-{at}"), of_topic(at))).collect();
        findings.topics = topics
            .iter()
            .map(|(id, _)| Topic {
                id: id.clone(),
                touchpoint: "touchpoint-0".into(),
                ..first.clone()
            })
            .collect();
        let mut names = Names::default();
        for (id, _) in touchpoints.iter().chain(&topics) {
            names.number(id);
        }
        Self { findings, names, touchpoints, topics }
    }

    /// The feedback of a week.
    fn week(&self, company: Company, change: Change, random: &mut Random) -> PeriodCounts {
        let volume = if let Change::Volume(times) = change { times } else { 1.0 };
        let busy = (company.restless * 0.5 * random.normal()).exp();
        let with_text = random.poisson(company.feedback * volume * busy);
        let mut counts = PeriodCounts { feedback: with_text, with_text, ..PeriodCounts::default() };
        let share = |random: &mut Random, own: f64, times: f64| {
            let own = moved(own, company.restless * random.normal());
            random.binomial(with_text, (own * times).min(1.0))
        };
        for (at, (id, own)) in self.touchpoints.iter().enumerate() {
            let times = match change {
                Change::Complaints(times) if at == 5 => times,
                _ => 1.0,
            };
            let number = self.names.known(id).unwrap_or_default();
            let complaining = share(random, *own, times);
            counts.touchpoints.entry(number).or_default().0 = complaining;
        }
        for (at, (id, own)) in self.topics.iter().enumerate() {
            let times = match change {
                Change::PainPoint(times) if at == 5 => times,
                _ => 1.0,
            };
            let number = self.names.known(id).unwrap_or_default();
            counts.topics.insert(number, share(random, *own, times));
        }
        let lower = if let Change::Nps(points) = change { points / 100.0 } else { 0.0 };
        let promoters = moved(0.45, company.restless * random.normal()) - lower / 2.0;
        let detractors = 0.25 + lower / 2.0;
        for _ in 0..with_text {
            let own = random.uniform();
            let score = if own < promoters {
                9
            } else if own < promoters + detractors {
                3
            } else {
                7
            };
            counts.nps[score] += 1;
            let mood = random.uniform();
            let net = if mood < 0.4 {
                -1
            } else if mood < 0.7 {
                1
            } else {
                0
            };
            counts.net.add(net, 1 + random.next() % 3);
        }
        counts
    }

    /// A history: quiet weeks, then weeks with a change.
    fn history(&self, company: Company, change: Change, random: &mut Random) -> Vec<PeriodCounts> {
        let quiet = (0..BEFORE).map(|_| Change::Nothing);
        let changed = (0..AFTER).map(|_| change);
        quiet.chain(changed).map(|change| self.week(company, change, random)).collect()
    }

    /// What the usual rules say of a week.
    fn judged(&self, weeks: &[PeriodCounts], at: usize, sensitivity: Sensitivity) -> Alerts {
        let mut series = Series::new(Unit::Week);
        let first = Unit::Week.of(date(2025, 1, 6));
        for (number, counts) in weeks[..=at].iter().enumerate() {
            series.periods.insert(Period(first.0 + number as i64), counts.clone());
        }
        series.oldest = Some(Unit::Week.first_day(first));
        series.newest = Some(Unit::Week.first_day(Period(first.0 + at as i64 + 1)));
        let figures = BTreeMap::from([(None, (series, PeriodCounts::default()))]);
        let touchpoints: BTreeSet<String> =
            self.touchpoints.iter().map(|own| own.0.clone()).collect();
        let rules = Rules { sensitivity, ..Rules::default() };
        judge(
            &rules,
            &Facts {
                findings: &self.findings,
                names: &self.names,
                figures: &figures,
                touchpoints: &touchpoints,
                older: &[],
                is_dated: true,
                today: date(2025, 6, 1),
                before: None,
            },
        )
    }

    /// The part of quiet weeks in which there is an alarm of customers' figures.
    fn false_alarms(&self, company: Company, sensitivity: Sensitivity, histories: usize) -> f64 {
        let mut random = Random(1);
        let alarmed = (0..histories).filter(|_| {
            let weeks: Vec<PeriodCounts> =
                (0..=BEFORE).map(|_| self.week(company, Change::Nothing, &mut random)).collect();
            let judged = self.judged(&weeks, BEFORE as usize, sensitivity);
            judged.alarms().any(|own| !own.measure.is_of_run())
        });
        alarmed.count() as f64 / histories as f64
    }

    /// The parts of changes that are found in the first week, and within four.
    fn found(
        &self,
        company: Company,
        change: Change,
        sensitivity: Sensitivity,
        histories: usize,
    ) -> [f64; 2] {
        let mut random = Random(2);
        let mut found = [0; 2];
        for _ in 0..histories {
            let weeks = self.history(company, change, &mut random);
            let sought = |own: &painpoint::painpoint::findings::Judged| match change {
                Change::Complaints(_) => own.subject.touchpoint.as_deref() == Some("touchpoint-5"),
                Change::PainPoint(_) => own.subject.pain_point.as_deref() == Some("topic-5"),
                Change::Nps(_) => own.measure == Measure::Nps,
                Change::Volume(_) => own.measure == Measure::Volume,
                Change::Nothing => false,
            };
            let weeks_after = BEFORE as usize..(BEFORE + AFTER) as usize;
            let first = weeks_after
                .clone()
                .find(|at| self.judged(&weeks, *at, sensitivity).alarms().any(sought));
            found[0] += u32::from(first == Some(BEFORE as usize));
            found[1] += u32::from(first.is_some());
        }
        found.map(|own| f64::from(own) / histories as f64)
    }
}

const SENSITIVITIES: [(Sensitivity, &str); 3] =
    [(Sensitivity::Calm, "calm"), (Sensitivity::Normal, "normal"), (Sensitivity::Alert, "alert")];

fn main() -> io::Result<()> {
    let world = World::new();
    let mut out = io::stdout().lock();
    writeln!(out, "Quiet weeks with a false alarm, of {QUIET} (stated: 0.1, 1, 5 %)\n")?;
    writeln!(out, "| feedback a week | weeks differ by | calm | normal | alert |")?;
    writeln!(out, "|--:|--:|--:|--:|--:|")?;
    for company in COMPANIES {
        write!(out, "| {} | {} |", company.feedback, company.restless)?;
        for (sensitivity, _) in SENSITIVITIES {
            let rate = world.false_alarms(company, sensitivity, QUIET);
            write!(out, " {:.2} % |", rate * 100.0)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\nChanges found in the first week / within four, of {CHANGED}\n")?;
    writeln!(out, "| change | feedback a week | weeks differ by | calm | normal | alert |")?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|")?;
    let changes = [
        ("complaints of a touchpoint, 6 %, × 1.5", Change::Complaints(1.5)),
        ("complaints of a touchpoint, 6 %, × 2", Change::Complaints(2.0)),
        ("complaints of a touchpoint, 6 %, × 3", Change::Complaints(3.0)),
        ("a pain point, 3 %, × 2", Change::PainPoint(2.0)),
        ("a pain point, 3 %, × 4", Change::PainPoint(4.0)),
        ("NPS 10 points lower", Change::Nps(10.0)),
        ("NPS 20 points lower", Change::Nps(20.0)),
        ("half as much feedback", Change::Volume(0.5)),
        ("a tenth of the feedback", Change::Volume(0.1)),
    ];
    for (name, change) in changes {
        for company in &COMPANIES[3..] {
            write!(out, "| {name} | {} | {} |", company.feedback, company.restless)?;
            for (sensitivity, _) in SENSITIVITIES {
                let [first, all] = world.found(*company, change, sensitivity, CHANGED);
                write!(out, " {:.0} / {:.0} % |", first * 100.0, all * 100.0)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn false_alarms_are_no_more_than_is_stated() {
        let world = World::new();
        for company in [COMPANIES[1], COMPANIES[4]] {
            for (sensitivity, name) in SENSITIVITIES {
                let rate = world.false_alarms(company, sensitivity, 400);
                // Two standard deviations of the count by chance.
                let most = sensitivity.rate() + 2.0 * (sensitivity.rate() / 400.0).sqrt();
                assert!(rate <= most, "{name}: {rate}");
            }
        }
    }

    #[test]
    fn a_change_that_anybody_would_see_is_found_in_its_first_week() {
        let world = World::new();
        let company = COMPANIES[1];
        for change in [Change::Complaints(3.0), Change::Volume(0.1)] {
            let [first, all] = world.found(company, change, Sensitivity::Normal, 40);
            assert!(first > 0.8 && all > 0.9, "{first} {all}");
        }
    }
}
