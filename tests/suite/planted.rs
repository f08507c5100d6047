//! Planted truth: pain points with known shares are hidden in neutral noise, and found again with intervals
//! that hold it.

use std::fmt::Write;

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

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() % from.len() as u64) as usize]
    }
}

/// A pain point that is hidden: feedback that mentions it, words by which it is known again, and what
/// customers write.
struct Planted {
    feedback: usize,
    words: &'static [&'static str],
    texts: &'static [&'static str],
}

const FEEDBACK: usize = 1_200;

/// From one in five down to one in two hundred.
const PLANTED: [Planted; 5] = [
    Planted {
        feedback: 240,
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
    workplace.analyze(&input, &["--threads", "2", "--keep-near-duplicates"]).with_code(0);
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
