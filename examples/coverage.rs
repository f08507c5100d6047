//! How often the 95 % intervals of painpoint hold the truth, in 500 trials or as many as are asked for:
//!
//! ```sh
//! cargo run --release --example coverage [TRIALS]
//! ```
//!
//! The tests below hold what it prints.

mod random;

use std::collections::BTreeSet;
use std::io::{self, Write};

use painpoint::tally::comparison::{Comparison, control};
use painpoint::tally::drivers::{Drivers, Scored};
use painpoint::tally::moments::{Impact, Moments};
use painpoint::tally::statistics::{Estimate, Proportion};
use random::Random;

fn main() -> io::Result<()> {
    let trials = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(500);
    let mut out = io::stdout().lock();
    writeln!(out, "{:<32} {:>6} {:>6} {:>6}", "interval of", "held", "of", "%")?;
    for found in coverages(trials) {
        let share = found.share() * 100.0;
        writeln!(out, "{:<32} {:>6} {:>6} {share:>6.1}", found.figure, found.held, found.of)?;
    }
    let found = differences(trials);
    writeln!(
        out,
        "\n{trials} times 20 comparisons, of which 4 are differences: {} called so, of these {} are none; {} missed",
        found.discoveries, found.false_ones, found.missed
    )
}

impl Random {
    /// True so often.
    fn chance(&mut self, share: f64) -> bool {
        self.uniform() <= share
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }

    /// How many of `n` it happens to.
    fn count(&mut self, n: u64, share: f64) -> u64 {
        (0..n).filter(|_| self.chance(share)).count() as u64
    }

    /// 1, 0 or −1, so often the first and the last.
    fn promoter(&mut self, plus: f64, minus: f64) -> i64 {
        match (self.chance(plus), self.chance(minus / (1.0 - plus))) {
            (true, _) => 1,
            (false, true) => -1,
            (false, false) => 0,
        }
    }
}

/// How often the interval of a figure held the truth.
struct Coverage {
    figure: String,
    held: u32,
    of: u32,
}

impl Coverage {
    fn of(figure: impl Into<String>) -> Self {
        Self { figure: figure.into(), held: 0, of: 0 }
    }

    fn count(&mut self, low: f64, truth: f64, high: f64) {
        self.of += 1;
        self.held += u32::from(low <= truth && truth <= high);
    }

    fn estimate(&mut self, found: Estimate, truth: f64) {
        self.count(found.low, truth, found.high);
    }

    /// From 0 to 1.
    fn share(&self) -> f64 {
        f64::from(self.held) / f64::from(self.of)
    }
}

/// Every interval that the report shows, in so many trials each.
fn coverages(trials: u32) -> Vec<Coverage> {
    let mut found = shares(trials);
    found.extend(net_scores(trials));
    found.push(ratings(trials));
    found.extend(costs(trials));
    found.push(costs_in_nps(trials));
    found.push(differences(trials.div_ceil(PAIRS)).coverage);
    found
}

fn shares(trials: u32) -> Vec<Coverage> {
    let mut random = Random(1);
    let share = |share: f64| {
        let mut coverage = Coverage::of(format!("share of {share} of 1000"));
        for _ in 0..trials {
            let found = Proportion::new(random.count(1000, share), 1000);
            coverage.count(found.low, share, found.high);
        }
        coverage
    };
    [0.005, 0.02, 0.1, 0.5].map(share).into()
}

fn net_scores(trials: u32) -> Vec<Coverage> {
    let mut random = Random(2);
    let net = |(n, plus, minus): (u64, f64, f64)| {
        let mut coverage = Coverage::of(format!("net sentiment or NPS of {n}"));
        for _ in 0..trials {
            let mut counts = [0, 0, 0];
            for _ in 0..n {
                counts[(random.promoter(plus, minus) + 1) as usize] += 1;
            }
            let found = Estimate::difference_of_shares(counts[2], counts[0], n);
            coverage.estimate(found, plus - minus);
        }
        coverage
    };
    [(40, 0.5, 0.2), (200, 0.1, 0.6), (1000, 0.3, 0.3)].map(net).into()
}

/// Stars as customers give them: mostly five and one.
fn ratings(trials: u32) -> Coverage {
    const STARS: [u32; 10] = [5, 5, 5, 5, 5, 4, 4, 3, 1, 1];
    let mut random = Random(6);
    let mut coverage = Coverage::of("mean rating of 100");
    for _ in 0..trials {
        let stars: Vec<f64> = (0..100).map(|_| f64::from(random.pick(&STARS))).collect();
        let sum = |power: i32| stars.iter().map(|star| star.powi(power)).sum::<f64>();
        coverage.estimate(Estimate::mean(100, sum(1), sum(2)), 3.8);
    }
    coverage
}

/// Cause 0 costs 4 points of 10 and comes with cause 1, which costs nothing on its own.
fn costs(trials: u32) -> [Coverage; 3] {
    let mut random = Random(3);
    let names = ["impact on a rating", "effect of a cause that costs", "effect of its companion"];
    let [mut impact, mut costly, mut companion] = names.map(Coverage::of);
    for _ in 0..trials {
        let mut scored: Scored<u8> = Scored::default();
        for _ in 0..400 {
            let first = random.chance(0.2);
            let second = random.chance(if first { 0.6 } else { 0.1 });
            let causes: BTreeSet<u8> = [(0, first), (1, second)]
                .into_iter()
                .filter_map(|(cause, is)| is.then_some(cause))
                .collect();
            let score = random.pick(&[5, 6, 7, 8, 9, 10]) - if first { 4 } else { 0 };
            scored.add(score, &causes);
        }
        // At 400 scores of which a fifth have the cause, nothing is left out.
        let Some(found) = scored.impact(0, Impact::new) else { continue };
        impact.estimate(found.impact, 4.0);
        let Some(drivers) = Drivers::new(&scored, &[0, 1]) else { continue };
        for (cause, coverage, truth) in [(0, &mut costly, 4.0), (1, &mut companion, 0.0)] {
            if let Some(driver) = drivers.of(cause) {
                coverage.estimate(driver.effect, truth);
            }
        }
    }
    [impact, costly, companion]
}

/// A cause that few promoters name: NPS −50 with it, and 20 without.
fn costs_in_nps(trials: u32) -> Coverage {
    let mut random = Random(7);
    let mut coverage = Coverage::of("impact on the NPS");
    for _ in 0..trials {
        let (mut with, mut without) = (Moments::default(), Moments::default());
        (0..30).for_each(|_| with.add(random.promoter(0.1, 0.6)));
        (0..300).for_each(|_| without.add(random.promoter(0.5, 0.3)));
        if let Some(found) = Impact::of_nps(with, without) {
            coverage.estimate(found.impact, 0.7);
        }
    }
    coverage
}

/// Pain points compared between two periods at once.
const PAIRS: u32 = 20;

/// What many comparisons at once came to.
struct Differences {
    coverage: Coverage,
    /// Differences that were called so.
    discoveries: u32,
    /// Of these, how many are none.
    false_ones: u32,
    /// Differences that were not called so.
    missed: u32,
}

/// Of twenty pain points four differ between the periods.
fn differences(families: u32) -> Differences {
    const REAL: u32 = 4;
    let mut random = Random(4);
    let mut found = Differences {
        coverage: Coverage::of("difference of two shares"),
        discoveries: 0,
        false_ones: 0,
        missed: 0,
    };
    for _ in 0..families {
        let mut family: Vec<Comparison> = (0..PAIRS)
            .map(|number| {
                let mut share = |truth| Proportion::new(random.count(500, truth), 500);
                Comparison::new(share(if number < REAL { 0.15 } else { 0.06 }), share(0.06))
            })
            .collect();
        control(&mut family);
        for (number, own) in (0..PAIRS).zip(&family) {
            let is_real = number < REAL;
            found.coverage.count(own.low, if is_real { 0.09 } else { 0.0 }, own.high);
            found.discoveries += u32::from(own.is_real());
            found.false_ones += u32::from(own.is_real() && !is_real);
            found.missed += u32::from(!own.is_real() && is_real);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four times as many as the program that prints them makes: luck is half as large.
    const TRIALS: u32 = 2_000;

    #[test]
    fn every_interval_holds_the_truth_in_93_to_97_of_100_trials() {
        let found = coverages(TRIALS);
        let apart: Vec<String> = found
            .iter()
            .filter(|own| own.of < TRIALS || !(0.93..=0.97).contains(&own.share()))
            .map(|own| format!("{}: {} of {}", own.figure, own.held, own.of))
            .collect();
        assert!(found.len() >= 12 && apart.is_empty(), "{apart:?}");
    }

    #[test]
    fn of_many_comparisons_few_that_are_none_are_called_differences() {
        let found = differences(TRIALS / 10);
        let share = f64::from(found.false_ones) / f64::from(found.discoveries);
        assert!(share <= 0.06, "{} of {}", found.false_ones, found.discoveries);
        assert!(found.missed * 10 < 4 * TRIALS / 10, "{} missed", found.missed);
    }
}
