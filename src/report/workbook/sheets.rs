//! Findings → the tables of the workbook. The figures are those of the CSV files.

use crate::painpoint::findings::{Findings, Scale, Topic, TopicKind};
use crate::report::ReportLanguage;
use crate::report::telling::total;
use crate::report::words::comparisons::{in_total, order, score_name, status};
use crate::report::words::doubts::{doubt, role};
use crate::report::words::format::Format;
use crate::report::words::labels::Labels;
use crate::report::words::sheets::SheetTexts;
use crate::report::words::{Names, label};
use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::SentimentCounts;
use crate::text::flags::Flag;

use super::over_time;
use super::table::{Column, Shown, Table, Value};

/// What a balance of 1 shows as.
pub(super) const BALANCE: f64 = 100.0;

/// Widths of columns in characters.
const NARROW: f64 = 9.0;
pub(super) const FIGURE: f64 = 16.0;
pub(super) const NAME: f64 = 22.0;
pub(super) const WIDE: f64 = 38.0;
const VOICE: f64 = 60.0;

/// What all tables are made from.
pub(super) struct Context<'a> {
    pub(super) findings: &'a Findings,
    pub(super) language: ReportLanguage,
    pub(super) labels: Labels,
    pub(super) texts: SheetTexts,
    pub(super) names: Names<'a>,
}

/// The tables that have a row, in the order of the questions that they answer.
pub(super) fn tables(findings: &Findings, language: ReportLanguage) -> Vec<Table> {
    let (labels, texts) = (Labels::of(language), SheetTexts::of(language));
    let names = Names::new(language, &findings.summary);
    let context = Context { findings, language, labels, texts, names };
    let tables = [
        topics(&context, TopicKind::PainPoint),
        topics(&context, TopicKind::Delight),
        touchpoints(&context),
        phases(&context),
        months(&context),
        changes(&context),
        over_time::alerts(&context),
        over_time::history(&context),
        groups(&context),
        flagged(&context),
        voices(&context),
        reading(&context),
    ];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

pub(super) fn column(name: &str, width: f64, shown: Shown) -> Column {
    // Words on paper break where they must; a cell shows the sign for that.
    Column { name: name.replace('\u{ad}', ""), width, shown }
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn count(count: u64) -> Value {
    Value::Number(count as f64)
}

fn share(own: Proportion) -> [Value; 3] {
    match own.of {
        0 => [Value::Empty, Value::Empty, Value::Empty],
        _ => [own.share, own.low, own.high].map(Value::number),
    }
}

pub(super) fn estimate(own: Option<Estimate>, times: f64) -> [Value; 3] {
    let Some(own) = own.filter(|own| own.n > 0) else {
        return [Value::Empty, Value::Empty, Value::Empty];
    };
    [own.value, own.low, own.high].map(|value| Value::number(value * times))
}

/// How much higher the score is where a topic is mentioned, and the ends of its interval: below zero where it
/// costs something.
fn difference(topic: &Topic, times: f64) -> [Value; 3] {
    let [value, low, high] = estimate(topic.impact.map(|impact| impact.impact), times);
    let less = |value: Value| match value {
        Value::Number(number) => Value::Number(-number),
        other => other,
    };
    match topic.kind {
        TopicKind::Delight => [value, low, high],
        TopicKind::PainPoint => [less(value), less(high), less(low)],
    }
}

impl Context<'_> {
    /// A figure and the ends of its interval.
    pub(super) fn interval(&self, name: &str, shown: Shown) -> [Column; 3] {
        let bound = |name| column(name, NARROW, shown);
        [column(name, FIGURE, shown), bound(self.texts.from), bound(self.texts.to)]
    }

    fn sentiment_columns(&self) -> Vec<Column> {
        let Labels { mentions, negative, neutral, positive, .. } = self.labels;
        let counts = [mentions, negative, neutral, positive];
        let mut columns: Vec<Column> =
            counts.iter().map(|name| column(name, FIGURE, Shown::Count)).collect();
        columns.extend(self.interval(self.texts.negative_share, Shown::Share));
        columns.extend(self.interval(self.texts.balance, Shown::Balance));
        columns
    }

    fn sentiment(&self, own: SentimentCounts) -> Vec<Value> {
        let mut values: Vec<Value> =
            [own.total(), own.negative, own.neutral, own.positive].into_iter().map(count).collect();
        values.extend(share(Proportion::new(own.negative, own.total())));
        values.extend(estimate(Some(own.net_sentiment()), BALANCE));
        values
    }

    /// The name of the score that tells what topics cost, and what a point of it shows as.
    pub(super) fn score(&self) -> Option<(&'static str, f64)> {
        let outcome = self.findings.comparisons.outcome?;
        let times = if outcome.scale == Scale::Nps { BALANCE } else { 1.0 };
        Some((score_name(self.language, outcome.scale), times))
    }
}

/// What troubles or pleases customers, in the order of the report.
fn topics(context: &Context<'_>, kind: TopicKind) -> Table {
    let Context { findings, language, labels, texts, names } = context;
    let is_delight = kind.is_delight();
    let first = if is_delight { labels.delight } else { labels.pain_point };
    let mut columns = vec![
        column(first, WIDE, Shown::Text),
        column(labels.touchpoint, NAME, Shown::Text),
        column(labels.phase, NAME, Shown::Text),
        column(labels.feedback, FIGURE, Shown::Count),
    ];
    columns.extend(context.interval(labels.share, Shown::Share));
    columns.push(column(&format!("{} (0–1)", labels.severity), FIGURE, Shown::Decimal));
    let ranked = findings.comparisons.ranked_by().map(|outcome| outcome.scale);
    if let Some(scale) = ranked {
        columns.push(column(in_total(*language, scale), FIGURE, Shown::Decimal));
    }
    let score = context.score();
    if let Some((name, times)) = score {
        let shown = if times == BALANCE { Shown::Balance } else { Shown::Decimal };
        columns.extend(context.interval(&format!("{name}: {}", texts.difference), shown));
        columns.push(column(&format!("{name}: {}", texts.answers), FIGURE, Shown::Count));
    }
    let has_status = findings.topics.iter().any(|topic| topic.change.is_some());
    if has_status {
        columns.push(column(texts.status, FIGURE, Shown::Text));
    }
    columns.push(column(texts.voice, VOICE, Shown::Text));
    columns.push(column(texts.id, NAME, Shown::Text));
    let row = |topic: &Topic| {
        let mut row = vec![
            Value::Text(label(&topic.label)),
            text(names.touchpoint(&topic.touchpoint)),
            Value::maybe(topic.phase.as_deref().map(|phase| names.phase(phase))),
            count(topic.feedback.count),
        ];
        row.extend(share(topic.feedback));
        row.push(Value::number(topic.severity));
        if let Some(scale) = ranked {
            let times = if scale == Scale::Nps { BALANCE } else { 1.0 };
            let sign = if is_delight { 1.0 } else { -1.0 };
            row.push(Value::number(sign * times * total(scale, topic)));
        }
        if let Some((_, times)) = score {
            row.extend(difference(topic, times));
            row.push(topic.impact.map_or(Value::Empty, |impact| count(impact.with)));
        }
        if has_status {
            let told = topic.change.and_then(|change| status(*language, change.status()));
            row.push(Value::maybe(told));
        }
        row.push(Value::maybe(topic.verbatims.first().map(|voice| voice.text.as_str())));
        row.push(text(&topic.id));
        row
    };
    let ranked_by = findings.comparisons.ranked_by().map(|outcome| outcome.scale);
    Table {
        name: if is_delight { texts.delights } else { texts.pain_points },
        title: if is_delight { labels.delights_title } else { labels.pain_points_title }.to_owned(),
        about: format!("{} {}", order(*language, ranked_by), texts.about_topics),
        rows: findings.of_kind(kind).map(row).collect(),
        columns,
    }
}

/// A table of sentiment: `own` columns, and rows of their values, each with the sentiment behind them.
fn by_sentiment(
    context: &Context<'_>,
    [name, title, about]: [&'static str; 3],
    own: Vec<Column>,
    rows: impl Iterator<Item = (Vec<Value>, SentimentCounts)>,
) -> Table {
    let joined = |(own, sentiment): (Vec<Value>, SentimentCounts)| {
        own.into_iter().chain(context.sentiment(sentiment)).collect()
    };
    Table {
        name,
        title: title.to_owned(),
        about: about.to_owned(),
        columns: own.into_iter().chain(context.sentiment_columns()).collect(),
        rows: rows.map(joined).collect(),
    }
}

fn touchpoints(context: &Context<'_>) -> Table {
    let Context { findings, labels, texts, names, .. } = context;
    let columns = vec![
        column(labels.touchpoint, NAME, Shown::Text),
        column(labels.phase, NAME, Shown::Text),
        column(labels.feedback, FIGURE, Shown::Count),
    ];
    let touchpoints = &findings.summary.touchpoints;
    let mentioned = || touchpoints.iter().filter(|own| own.sentiment.total() > 0);
    let rows = mentioned().map(|own| {
        let phase = Value::maybe(own.phase.as_deref().map(|phase| names.phase(phase)));
        (vec![text(names.touchpoint(&own.id)), phase, count(own.feedback)], own.sentiment)
    });
    let about = [texts.touchpoints, labels.touchpoints_title, labels.touchpoints_intro];
    let mut table = by_sentiment(context, about, columns, rows);
    table.columns.push(column(labels.not_controllable, FIGURE, Shown::Text));
    for (row, own) in table.rows.iter_mut().zip(mentioned()) {
        row.push(if own.controllable { Value::Empty } else { text("x") });
    }
    table
}

fn phases(context: &Context<'_>) -> Table {
    let Context { findings, labels, texts, names, .. } = context;
    let phases = findings.summary.phases.iter();
    let rows = phases.map(|own| (vec![text(names.phase(&own.id))], own.sentiment));
    let about = [texts.phases, labels.journey_title, texts.about_balance];
    by_sentiment(context, about, vec![column(labels.phase, NAME, Shown::Text)], rows)
}

fn months(context: &Context<'_>) -> Table {
    let Context { findings, language, labels, texts, .. } = context;
    let month = |month| Value::Text(Format(*language).month(month));
    let rows = findings.summary.months.iter().map(|own| (vec![month(own.month)], own.sentiment));
    let about = [texts.months, labels.trend_title, texts.about_balance];
    by_sentiment(context, about, vec![column(labels.month, NAME, Shown::Text)], rows)
}

fn groups(context: &Context<'_>) -> Table {
    let Context { findings, labels, texts, .. } = context;
    let columns = vec![
        column(labels.group, NAME, Shown::Text),
        column(texts.column, NAME, Shown::Text),
        column(labels.feedback, FIGURE, Shown::Count),
    ];
    let rows = findings.summary.groups.iter().map(|own| {
        let group = [text(&own.group.value), text(&own.group.column), count(own.feedback)];
        (group.to_vec(), own.sentiment)
    });
    let about = [texts.groups, labels.groups_title, texts.about_balance];
    by_sentiment(context, about, columns, rows)
}

/// Topics in the later period against the earlier one, where both have enough feedback.
fn changes(context: &Context<'_>) -> Table {
    let Context { findings, language, labels, texts, names } = context;
    let mut columns = vec![
        column(labels.topic, WIDE, Shown::Text),
        column(texts.what, FIGURE, Shown::Text),
        column(labels.touchpoint, NAME, Shown::Text),
        column(texts.earlier, FIGURE, Shown::Share),
        column(texts.later, FIGURE, Shown::Share),
    ];
    columns.extend(context.interval(texts.change, Shown::Share));
    columns.push(column(texts.beyond_chance, FIGURE, Shown::Text));
    let periods = findings.comparisons.periods;
    let rows = findings.topics.iter().filter_map(|topic| {
        let trend = topic.trend.filter(|_| periods.is_some())?;
        let kind = if topic.kind.is_delight() { labels.praise } else { labels.complaint };
        let mut row = vec![
            Value::Text(label(&topic.label)),
            text(kind),
            text(names.touchpoint(&topic.touchpoint)),
            Value::number(trend.there.share),
            Value::number(trend.here.share),
        ];
        row.extend([trend.difference, trend.low, trend.high].map(Value::number));
        row.push(if trend.is_real() { text("x") } else { Value::Empty });
        Some(row)
    });
    let since = periods.map(|periods| Format(*language).date(periods.since));
    Table {
        name: texts.changes,
        title: labels.periods_title.to_owned(),
        about: since.map_or(String::new(), |since| format!("{} {since}", texts.since)),
        rows: rows.collect(),
        columns,
    }
}

/// What is suggested, who threatens to leave, and what else is complained of, in customers' words.
fn flagged(context: &Context<'_>) -> Table {
    let Context { findings, labels, texts, names, .. } = context;
    let columns = vec![
        column(texts.what, NAME, Shown::Text),
        column(labels.touchpoint, NAME, Shown::Text),
        column(labels.mentions, FIGURE, Shown::Count),
        column(texts.voice, VOICE, Shown::Text),
        column(texts.date, FIGURE, Shown::Text),
        column(texts.id, NAME, Shown::Text),
    ];
    let flags = findings.flags.iter().flat_map(|found| {
        let what = match found.flag {
            Flag::Suggestion => texts.suggestion,
            Flag::Churn => texts.churn,
        };
        found.touchpoints.iter().map(move |own| (what, own))
    });
    let others = findings.other_complaints.iter().map(|own| (texts.other_complaint, own));
    let rows = flags.chain(others).flat_map(|(what, own)| {
        own.verbatims.iter().map(move |voice| {
            vec![
                text(what),
                text(names.touchpoint(&own.touchpoint)),
                count(own.mentions),
                text(&voice.text),
                Value::maybe(voice.date.map(|date| date.to_string())),
                text(&voice.feedback_id),
            ]
        })
    });
    Table {
        name: texts.flags,
        title: texts.flags.to_owned(),
        about: texts.about_flags.to_owned(),
        rows: rows.collect(),
        columns,
    }
}

/// The voices of all topics: the evidence.
fn voices(context: &Context<'_>) -> Table {
    let Context { findings, labels, texts, names, .. } = context;
    let columns = vec![
        column(labels.topic, WIDE, Shown::Text),
        column(labels.touchpoint, NAME, Shown::Text),
        column(texts.voice, VOICE, Shown::Text),
        column(texts.date, FIGURE, Shown::Text),
        column(texts.id, NAME, Shown::Text),
    ];
    let rows = findings.topics.iter().flat_map(|topic| {
        topic.verbatims.iter().map(|voice| {
            vec![
                Value::Text(label(&topic.label)),
                text(names.touchpoint(&topic.touchpoint)),
                text(&voice.text),
                Value::maybe(voice.date.map(|date| date.to_string())),
                text(&voice.feedback_id),
            ]
        })
    });
    Table {
        name: texts.voices,
        title: labels.evidence.to_owned(),
        about: texts.about_voices.to_owned(),
        rows: rows.collect(),
        columns,
    }
}

/// What was read as what, and what is doubtful about it.
fn reading(context: &Context<'_>) -> Table {
    let Context { findings, language, labels, texts, .. } = context;
    let columns =
        vec![column(texts.what, NAME, Shown::Text), column(texts.how, VOICE, Shown::Text)];
    let reading = &findings.reading;
    let read = reading.columns.iter();
    let read = read.map(|own| vec![text(role(*language, own.role)), text(&own.name)]);
    let doubts = reading.doubts.iter();
    let doubts =
        doubts.map(|own| vec![text(labels.reading_doubtful), Value::Text(doubt(*language, own))]);
    Table {
        name: texts.reading,
        title: labels.reading_title.to_owned(),
        about: String::new(),
        rows: doubts.chain(read).collect(),
        columns,
    }
}
