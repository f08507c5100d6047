//! Prints what the statistics come to on made-up counts, as JSON, for `check_statistics.py` to check against
//! independent implementations:
//!
//! ```sh
//! cargo run --release --example statistics | python3 quality/check_statistics.py
//! ```

use std::collections::BTreeSet;
use std::io;

use painpoint::tally::comparison::{Comparison, control};
use painpoint::tally::consistency::Consistency;
use painpoint::tally::drivers::{Drivers, Scored};
use painpoint::tally::moments::{Impact, Moments};
use painpoint::tally::statistics::{Estimate, Proportion};
use painpoint::tally::summary::SentimentCounts;
use serde_json::{Value, json};

/// Numbers that look random and are the same everywhere (D. H. Lehmer's generator).
struct Lehmer(u64);

impl Lehmer {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % end
    }
}

fn main() -> io::Result<()> {
    let mut random = Lehmer(7);
    let all = json!({
        "wilson": wilson(&mut random),
        "difference_of_shares": differences_of_shares(&mut random),
        "means": means(&mut random),
        "comparisons": comparisons(&mut random),
        "impacts": impacts(&mut random),
        "impacts_on_nps": impacts_on_nps(&mut random),
        "drivers": drivers(&mut random),
        "consistency": consistency(&mut random),
    });
    serde_json::to_writer_pretty(io::stdout().lock(), &all)?;
    Ok(())
}

fn wilson(random: &mut Lehmer) -> Vec<Value> {
    let mut cases = vec![(0, 20), (20, 20), (1, 1000)];
    cases.extend((0..40).map(|_| {
        let of = 1 + random.below(3000);
        (random.below(of + 1), of)
    }));
    cases.into_iter().map(|(count, of)| json!(Proportion::new(count, of))).collect()
}

fn differences_of_shares(random: &mut Lehmer) -> Vec<Value> {
    (0..40)
        .map(|_| {
            let n = 5 + random.below(2000);
            let plus = random.below(n + 1);
            let minus = random.below(n - plus + 1);
            let estimate = Estimate::difference_of_shares(plus, minus, n);
            json!({ "plus": plus, "minus": minus, "n": n, "estimate": estimate })
        })
        .collect()
}

fn means(random: &mut Lehmer) -> Vec<Value> {
    (0..20)
        .map(|_| {
            let ratings: Vec<u64> =
                (0..2 + random.below(300)).map(|_| 1 + random.below(5)).collect();
            let sum = |power: u32| ratings.iter().map(|rating| rating.pow(power)).sum::<u64>();
            let mean = Estimate::mean(ratings.len() as u64, sum(1) as f64, sum(2) as f64);
            json!({ "ratings": ratings, "mean": mean })
        })
        .collect()
}

fn comparisons(random: &mut Lehmer) -> Vec<Value> {
    let mut family: Vec<Comparison> = (0..60)
        .map(|_| {
            let mut share = || {
                let of = 40 + random.below(1500);
                Proportion::new(random.below(of / 6), of)
            };
            Comparison::new(share(), share())
        })
        .collect();
    control(&mut family);
    family.iter().map(|comparison| json!(comparison)).collect()
}

fn impacts(random: &mut Lehmer) -> Vec<Value> {
    (0..40)
        .map(|_| {
            let mut scores = |most: u64| -> Vec<i64> {
                (0..10 + random.below(most)).map(|_| random.below(11) as i64).collect()
            };
            let (with, without) = (scores(60), scores(600));
            json!({ "impact": Impact::new(sum(&with), sum(&without)), "with": with, "without": without })
        })
        .collect()
}

/// Scores of 1, 0 and −1, with few and with many of either, and with none but detractors.
fn impacts_on_nps(random: &mut Lehmer) -> Vec<Value> {
    (0..40)
        .map(|case| {
            let mut scores = |most: u64, kinds: u64| -> Vec<i64> {
                (0..10 + random.below(most)).map(|_| random.below(kinds) as i64 - 1).collect()
            };
            let (with, without) = (scores(60, 1 + case % 3), scores(600, 3));
            let impact = Impact::of_nps(sum(&with), sum(&without));
            json!({ "impact": impact, "with": with, "without": without })
        })
        .collect()
}

fn sum(scores: &[i64]) -> Moments {
    scores.iter().fold(Moments::default(), |mut moments, &score| {
        moments.add(score);
        moments
    })
}

/// Scores that fall by causes of which some come together.
fn drivers(random: &mut Lehmer) -> Vec<Value> {
    (0..5)
        .map(|_| {
            let rows: Vec<(i64, Vec<usize>)> = (0..800).map(|_| row(random)).collect();
            let mut scored = Scored::default();
            for (score, causes) in &rows {
                scored.add(*score, &causes.iter().copied().collect::<BTreeSet<usize>>());
            }
            let causes: Vec<usize> = (0..6).collect();
            json!({ "rows": rows, "drivers": Drivers::new(&scored, &causes) })
        })
        .collect()
}

/// Mentions of touchpoints, of which some are too few to be compared.
fn consistency(random: &mut Lehmer) -> Vec<Value> {
    (0..20)
        .map(|_| {
            let counts: Vec<[u64; 3]> = (0..2 + random.below(12))
                .map(|_| [random.below(200), 30 + random.below(100), random.below(300)])
                .chain([[9, 10, 10]])
                .collect();
            let groups = counts.iter().map(|&[negative, neutral, positive]| SentimentCounts {
                negative,
                neutral,
                positive,
            });
            json!({ "counts": counts, "consistency": Consistency::new(groups) })
        })
        .collect()
}

fn row(random: &mut Lehmer) -> (i64, Vec<usize>) {
    const COST: [u64; 6] = [4, 3, 0, 1, 0, 2];
    let mut causes: Vec<usize> = (0..6).filter(|_| random.below(8) == 0).collect();
    if causes.contains(&0) && random.below(3) > 0 && !causes.contains(&2) {
        causes.push(2);
    }
    let cost: u64 = causes.iter().map(|&cause| COST[cause]).sum();
    ((6 + random.below(5)).saturating_sub(cost) as i64, causes)
}
