//! Findings to test with, made up for this project: those of tests/data/findings, and what is made of
//! them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::config::codebook::Localised;
use crate::painpoint::findings::{
    Against, Alerts, Comparisons, Findings, History, Judged, Judgement, Measure, Moved,
    PeriodFigures, Reason, SeenTopic, Sensitivity, Subject, TopicTerm,
};
use crate::read::Doubt;
use crate::tally::period::Unit;
use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::{Experience, LanguageCount, RowCounts, SentimentCounts, Summary};

/// A year of a mail-order shop, in German.
pub(crate) fn german() -> Findings {
    read(include_str!("../../tests/data/findings/german.json"))
}

/// Two days of a hotel, in English: a rating, no net promoter score, too short for a trend.
pub(crate) fn english() -> Findings {
    read(include_str!("../../tests/data/findings/english.json"))
}

fn read(json: &str) -> Findings {
    Findings::read(json).unwrap()
}

/// The German survey in its third run, with rules: a failure, a warning, one that could not be judged.
pub(crate) fn alerted() -> Findings {
    let mut findings = german();
    let topics = findings.topics.iter().map(|own| SeenTopic {
        id: own.id.clone(),
        runs: 3,
        since: 1,
        feedback: vec![own.feedback.count / 3, 0, own.feedback.count / 4],
    });
    let period = |first: Date, feedback, open| PeriodFigures {
        first,
        last: first.saturating_add(6.days()),
        open,
        feedback,
        with_text: feedback,
        sentiment: SentimentCounts { negative: feedback / 2, neutral: 0, positive: feedback / 3 },
        score: None,
    };
    findings.history = Some(History {
        runs: 3,
        feedback: 3_100,
        undated: 7,
        unit: Unit::Week,
        nps: true,
        periods: vec![
            period(date(2026, 3, 2), 1_200, false),
            period(date(2026, 3, 9), 0, false),
            period(date(2026, 3, 16), 1_000, true),
        ],
        topics: topics.collect(),
        moved: vec![Moved {
            from: "delivery-older".into(),
            label: vec!["kam <nie>".into()],
            into: findings.topics[0].id.clone(),
            feedback: Proportion::new(23, 57),
        }],
    });
    let judged = |measure, judgement, subject| Judged {
        rule: "Regel <1>".into(),
        measure,
        subject,
        against: Against::Before,
        judgement,
        reason: None,
        new: judgement == Judgement::Fail,
        value: Some(Estimate { n: 214, value: 0.142, low: 0.101, high: 0.195 }),
        expected: Some(0.061),
        warn: Some(0.0),
        fail: Some(0.05),
        p: Some(0.0001),
        q: Some(0.002),
    };
    let first = &findings.topics[0];
    let about = Subject {
        touchpoint: Some(first.touchpoint.clone()),
        pain_point: Some(first.id.clone()),
        label: first.label.clone(),
        segment: None,
    };
    let delivery = Subject { touchpoint: Some("delivery".into()), ..Subject::default() };
    let reason = Some(Reason::NoScores);
    findings.alerts = Some(Alerts {
        sensitivity: Sensitivity::Normal,
        unit: Unit::Week,
        period: Some((date(2026, 3, 9), date(2026, 3, 15))),
        judged: vec![
            judged(Measure::PainPoint, Judgement::Fail, about),
            judged(Measure::Complaints, Judgement::Warn, delivery),
            Judged {
                reason,
                value: None,
                ..judged(Measure::Nps, Judgement::Unjudged, Subject::default())
            },
            judged(Measure::Volume, Judgement::Quiet, Subject::default()),
        ],
    });
    findings
}

/// An empty file.
pub(crate) fn nothing() -> Findings {
    let Summary { mut phases, mut touchpoints, .. } = german().summary;
    phases.iter_mut().for_each(|phase| phase.sentiment = SentimentCounts::default());
    touchpoints.retain(|touchpoint| touchpoint.id == "store");
    Findings {
        summary: Summary {
            rows: RowCounts::default(),
            sentiment: SentimentCounts::default(),
            by_row: 0,
            priors: true,
            languages: Vec::new(),
            period: None,
            nps: None,
            rating: None,
            phases,
            touchpoints,
            months: Vec::new(),
            groups: Vec::new(),
            experience: Experience::default(),
            covered: Proportion::new(0, 0),
            cries: Proportion::new(0, 0),
            doubtful: Proportion::new(0, 0),
            touchpoint: None,
        },
        topics: Vec::new(),
        families: Vec::new(),
        other_terms: Vec::new(),
        comparisons: Comparisons::default(),
        flags: Vec::new(),
        other_complaints: Vec::new(),
        corrections: None,
        matching: Default::default(),
        reading: Default::default(),
        history: None,
        alerts: None,
    }
}

/// Some mentions, of which none recurs; no dates, no scores.
pub(crate) fn scattered() -> Findings {
    let mut findings = nothing();
    findings.summary.rows = RowCounts { rows: 1, feedback: 1, ..RowCounts::default() };
    findings.summary.sentiment = SentimentCounts { negative: 1, neutral: 0, positive: 1 };
    findings.summary.covered = Proportion::new(0, 1);
    findings.summary.languages = vec![LanguageCount { language: "de".to_owned(), mentions: 2 }];
    findings
}

/// Text that customers should not be able to run, and text that should not break the page.
pub(crate) fn hostile() -> Findings {
    const ATTACKS: [&str; 3] = [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "\" onmouseover=\"alert(3)\" x='</style></title>{{ 7*7 }}{% raw %}",
        "\u{202e}לא מרוצה מהמשלוח\0 donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung👨‍👩‍👧‍👦",
    ];
    let mut findings = german();
    for topic in &mut findings.topics {
        topic.label = vec![ATTACKS[0].to_owned()];
        let term = |attack: &str| TopicTerm { term: attack.to_owned(), ..topic.terms[0].clone() };
        topic.terms = ATTACKS.map(term).into();
        for (verbatim, attack) in topic.verbatims.iter_mut().zip(ATTACKS.iter().cycle()) {
            verbatim.text = (*attack).to_owned();
        }
        for (compared, attack) in topic.groups.iter_mut().zip(ATTACKS.iter().cycle()) {
            compared.group.value = (*attack).to_owned();
        }
    }
    let [worst, second, ..] = &mut findings.topics[..] else { panic!("it has topics") };
    worst.label = vec!["W".repeat(200)];
    worst.touchpoint = ATTACKS[1].to_owned();
    second.label = vec![ATTACKS[2].to_owned()];
    second.verbatims[0].text = ATTACKS[2].repeat(20);
    for found in findings.flags.iter_mut().flat_map(|flag| &mut flag.touchpoints) {
        found.verbatims[0].text = ATTACKS[0].to_owned();
    }
    findings.summary.groups[0].group.value = ATTACKS[0].to_owned();
    findings.reading.columns[0].name = ATTACKS[0].to_owned();
    let Doubt::Reply { column, evidence } = &mut findings.reading.doubts[1].doubt else {
        panic!("it is a reply")
    };
    *column = ATTACKS[1].to_owned();
    evidence.examples = ATTACKS.map(str::to_owned).into();
    findings.reading.doubts[0].inputs[0] = ATTACKS[2].to_owned();
    let name = |code: &str| (code.to_owned(), ATTACKS[1].to_owned());
    let names = BTreeMap::from(["de", "en"].map(name));
    findings.summary.touchpoints[0].names = Localised::from(names);
    let unknown = LanguageCount { language: ATTACKS[0].to_owned(), mentions: 1 };
    findings.summary.languages.push(unknown);
    findings
}
