//! Planted truth: pain points with known shares and costs are hidden in neutral noise, and found again
//! with intervals that hold what they promise.

use std::collections::BTreeSet;
use std::fmt::Write;

use painpoint::tally::comparison::{Comparison, control};
use painpoint::tally::drivers::{Drivers, Scored};
use painpoint::tally::moments::Impact;
use painpoint::tally::statistics::{Estimate, Proportion};

use super::program::Workplace;

/// Numbers that look random and are the same everywhere (S. Vigna's SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// True so often.
    fn chance(&mut self, share: f64) -> bool {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64 <= share
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }
}

/// How often intervals held the truth.
#[derive(Default)]
struct Coverage {
    held: u32,
    of: u32,
}

impl Coverage {
    fn count(&mut self, low: f64, truth: f64, high: f64) {
        self.of += 1;
        self.held += u32::from(low <= truth && truth <= high);
    }

    #[track_caller]
    fn is_95_per_cent(&self, figure: &str) {
        let share = f64::from(self.held) / f64::from(self.of);
        assert!(self.of >= 500);
        assert!((0.93..=0.97).contains(&share), "{figure}: {} of {}", self.held, self.of);
    }
}

const TRIALS: u32 = 2_000;

#[test]
fn intervals_of_shares_hold_the_truth_in_95_of_100_trials() {
    let mut random = Random(1);
    for share in [0.005, 0.02, 0.1, 0.5] {
        let mut coverage = Coverage::default();
        for _ in 0..TRIALS {
            let count = (0..1000).filter(|_| random.chance(share)).count() as u64;
            let found = Proportion::new(count, 1000);
            coverage.count(found.low, share, found.high);
        }
        coverage.is_95_per_cent(&format!("a share of {share}"));
    }
}

#[test]
fn intervals_of_net_sentiment_and_nps_hold_the_truth_in_95_of_100_trials() {
    let mut random = Random(2);
    for (n, plus, minus) in [(40, 0.5, 0.2), (200, 0.1, 0.6), (1000, 0.3, 0.3)] {
        let mut coverage = Coverage::default();
        for _ in 0..TRIALS {
            let mut counts = [0, 0, 0];
            for _ in 0..n {
                let is_plus = random.chance(plus);
                let is_minus = !is_plus && random.chance(minus / (1.0 - plus));
                counts[if is_plus { 0 } else { 1 + usize::from(is_minus) }] += 1;
            }
            let found = Estimate::difference_of_shares(counts[0], counts[2], n);
            coverage.count(found.low, plus - minus, found.high);
        }
        coverage.is_95_per_cent(&format!("net sentiment of {n}"));
    }
}

#[test]
fn intervals_of_what_pain_points_cost_hold_the_truth_in_95_of_100_trials() {
    // Cause 0 costs 4 points of 10 and comes with cause 1, which costs nothing on its own.
    let (mut impact, mut costly, mut companion) =
        (Coverage::default(), Coverage::default(), Coverage::default());
    let mut random = Random(3);
    for _ in 0..TRIALS {
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
        let found = scored.impact(0, Impact::new).unwrap().impact;
        impact.count(found.low, 4.0, found.high);
        let drivers = Drivers::new(&scored, &[0, 1]).unwrap();
        let effect = |cause| drivers.of(cause).unwrap().effect;
        costly.count(effect(0).low, 4.0, effect(0).high);
        companion.count(effect(1).low, 0.0, effect(1).high);
    }
    impact.is_95_per_cent("impact");
    costly.is_95_per_cent("effect of a cause that costs");
    companion.is_95_per_cent("effect of a cause that only comes along");
}

#[test]
fn intervals_of_differences_hold_the_truth_and_tests_find_few_that_are_none() {
    let mut random = Random(4);
    let mut coverage = Coverage::default();
    let (mut discoveries, mut false_ones, mut missed) = (0, 0, 0);
    for _ in 0..TRIALS / 10 {
        // Of twenty pain points four differ between the periods.
        let mut family: Vec<Comparison> = (0..20)
            .map(|number| {
                let now = if number < 4 { 0.15 } else { 0.06 };
                let mut share = |truth| {
                    let count = (0..500).filter(|_| random.chance(truth)).count() as u64;
                    Proportion::new(count, 500)
                };
                Comparison::new(share(now), share(0.06))
            })
            .collect();
        control(&mut family);
        for (number, found) in family.iter().enumerate() {
            coverage.count(found.low, if number < 4 { 0.09 } else { 0.0 }, found.high);
            discoveries += u32::from(found.is_real());
            false_ones += u32::from(found.is_real() && number >= 4);
            missed += u32::from(!found.is_real() && number < 4);
        }
    }
    coverage.is_95_per_cent("a difference of shares");
    assert!(
        f64::from(false_ones) <= 0.06 * f64::from(discoveries),
        "{false_ones} of {discoveries}"
    );
    assert!(missed * 10 < 4 * TRIALS / 10, "{missed} missed");
}

/// A pain point that is hidden: feedback that mentions it, words by which it is known again, and what
/// customers write.
struct Planted {
    feedback: usize,
    words: &'static [&'static str],
    texts: &'static [&'static str],
}

const FEEDBACK: usize = 1_200;

/// From one in fourteen down to one in two hundred. Words in more than 8 % of all mentions count as what
/// the corpus is about, so none is commoner.
const PLANTED: [Planted; 5] = [
    Planted {
        feedback: 84,
        words: &["parcel", "late", "courier"],
        texts: &[
            "The parcel arrived far too late and that is unacceptable.",
            "My parcel came two weeks late, terrible.",
            "Awful: the courier delivered the parcel too late again.",
        ],
    },
    Planted {
        feedback: 60,
        words: &["crash", "crashes", "app"],
        texts: &[
            "The app crashes every time I open it, useless.",
            "Constant crashes, this app is horrible.",
            "It is infuriating that the app crashes at login.",
        ],
    },
    Planted {
        feedback: 30,
        words: &["queue", "phone", "hold"],
        texts: &[
            "Forty minutes in the phone queue, absolutely dreadful.",
            "The phone queue is a nightmare and nobody answers.",
            "I hate waiting in that endless phone queue.",
        ],
    },
    Planted {
        feedback: 12,
        words: &["invoice", "wrong", "charged"],
        texts: &[
            "The invoice is wrong again, what a disgrace.",
            "Wrong invoice for the third time, I am furious.",
            "Terrible, they sent a wrong invoice.",
        ],
    },
    Planted {
        feedback: 6,
        words: &["zip", "zipper", "broke"],
        texts: &[
            "The zipper broke on the first day, rubbish.",
            "Very bad quality, the zipper broke at once.",
            "Disappointing: the zipper broke after a week.",
        ],
    },
];

/// Feedback that mentions what is planted, among feedback that complains of nothing.
fn planted() -> String {
    const SUBJECTS: [&str; 8] = [
        "I ordered",
        "We bought",
        "My sister picked",
        "I received",
        "I looked at",
        "We compared",
        "I use",
        "My colleague has",
    ];
    const OBJECTS: [&str; 10] = [
        "a blue jacket",
        "two lamps",
        "the small table",
        "some garden tools",
        "the spring catalogue",
        "a set of plates",
        "the grey sofa",
        "three cushions",
        "the travel mug",
        "a desk",
    ];
    const ENDS: [&str; 6] = [
        "in March.",
        "last week.",
        "on Tuesday.",
        "for the office.",
        "as a present.",
        "in size M.",
    ];
    let mut random = Random(5);
    let mut rows: Vec<String> = PLANTED
        .iter()
        .flat_map(|planted| planted.texts.iter().cycle().take(planted.feedback))
        .map(|text| (*text).to_owned())
        .collect();
    while rows.len() < FEEDBACK {
        let [subject, object, end] =
            [random.pick(&SUBJECTS), random.pick(&OBJECTS), random.pick(&ENDS)];
        rows.push(format!("{subject} {object} {end}"));
    }
    for at in (1..rows.len()).rev() {
        rows.swap(at, (random.next() % (at as u64 + 1)) as usize);
    }
    let mut csv = "id,comment\n".to_owned();
    for (number, text) in rows.iter().enumerate() {
        writeln!(csv, "R{number},\"{text}\"").unwrap();
    }
    csv
}

#[test]
fn pain_points_are_found_down_to_half_a_per_cent_in_their_order() {
    let workplace = Workplace::new();
    let input = workplace.file("planted.csv", planted());
    workplace.analyze(&input, &["--threads", "2"]).with_code(0);
    let found = workplace.results().table("pain_points.csv");
    let pain_points: Vec<_> =
        found.rows.iter().filter(|row| row.text("kind") == "pain_point").collect();
    let mut ranks = Vec::new();
    for planted in &PLANTED {
        let known = |row: &&&super::table::Row| {
            let terms = row.text("terms").to_lowercase();
            planted.words.iter().filter(|word| terms.contains(**word)).count() >= 1
        };
        let rank = pain_points.iter().position(|row| known(&row));
        let rank = rank.unwrap_or_else(|| {
            panic!("{:?} is not found: {found:?}", planted.words, found = found.column("label"))
        });
        let truth = planted.feedback as f64 / FEEDBACK as f64;
        let row = pain_points[rank];
        assert!(
            row.number("share_low") <= truth && truth <= row.number("share_high"),
            "{:?}: {truth} and not {row:?}",
            planted.words
        );
        ranks.push(rank);
    }
    assert!(ranks.is_sorted(), "{ranks:?}");
}
