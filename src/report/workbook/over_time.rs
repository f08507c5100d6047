//! The tables of what rules came to, and of all runs.

use super::sheets::{BALANCE, Context, FIGURE, NAME, WIDE, column, count, estimate, text};
use super::table::{Shown, Table, Value};
use crate::report::alarms::{Alarms, amount, title};
use crate::report::words::alerts as wording;
use crate::report::words::format::Format;
use crate::report::words::label;
use crate::tally::statistics::Proportion;

/// What each rule came to, worst first. Values are words: some are per cent, some points, some numbers.
pub(super) fn alerts(context: &Context<'_>) -> Table {
    let Context { findings, language, texts, names, .. } = context;
    let format = Format(*language);
    let judged = findings.alerts.iter().flat_map(|own| &own.judged);
    let rows = judged.map(|own| {
        let value = own.value.map(|value| amount(format, own.measure, value.value));
        let reason = own.reason.map(|own| wording::reason(*language, own));
        vec![
            text(wording::judgement(*language, own.judgement)),
            Value::Text(title(format, names, own)),
            Value::Text(own.rule.clone()),
            value.map_or(Value::Empty, Value::Text),
            own.value.map_or(Value::Empty, |value| count(value.n)),
            own.expected
                .map_or(Value::Empty, |own_| Value::Text(amount(format, own.measure, own_))),
            Value::maybe(reason),
        ]
    });
    Table {
        name: texts.alerts,
        title: texts.alerts.to_owned(),
        about: Alarms::new(format, names, findings).map_or_else(String::new, |own| own.basis),
        columns: vec![
            column(texts.judgement, FIGURE, Shown::Text),
            column(texts.what, WIDE, Shown::Text),
            column(texts.rule, NAME, Shown::Text),
            column(texts.value, FIGURE, Shown::Text),
            column("n", FIGURE, Shown::Count),
            column(texts.earlier, FIGURE, Shown::Text),
            column(texts.how, WIDE, Shown::Text),
        ],
        rows: rows.collect(),
    }
}

/// Pain points whose share is shown by period.
const TOPICS: usize = 10;

/// Periods over all runs, with the shares of the first pain points.
pub(super) fn history(context: &Context<'_>) -> Table {
    let Context { findings, language, labels, texts, .. } = context;
    let Some(history) = findings.history.as_ref().filter(|own| own.runs > 1) else {
        return Table {
            name: texts.history,
            title: String::new(),
            about: String::new(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
    };
    let format = Format(*language);
    let has_score = history.periods.iter().any(|own| own.score.is_some());
    let score = has_score.then_some(match history.nps {
        true => ("NPS", BALANCE),
        false => (texts.rating, 1.0),
    });
    let mut columns = vec![
        column(texts.share_in, NAME, Shown::Text),
        column(labels.feedback, FIGURE, Shown::Count),
    ];
    columns.extend(context.interval(texts.balance, Shown::Balance));
    if let Some((name, times)) = score {
        let shown = if times == BALANCE { Shown::Balance } else { Shown::Decimal };
        columns.extend(context.interval(name, shown));
    }
    let topics: Vec<_> = findings
        .pain_points()
        .take(TOPICS)
        .filter_map(|own| Some((own, history.topics.iter().find(|seen| seen.id == own.id)?)))
        .collect();
    columns.extend(topics.iter().map(|(own, _)| column(&label(&own.label), FIGURE, Shown::Share)));
    let rows = history.periods.iter().enumerate().map(|(at, own)| {
        let mut row = vec![Value::Text(format.date(own.first)), count(own.feedback)];
        row.extend(estimate(Some(own.sentiment.net_sentiment()), BALANCE));
        if let Some((_, times)) = score {
            row.extend(estimate(own.score, times));
        }
        row.extend(topics.iter().map(|(_, seen)| match (seen.feedback.get(at), own.with_text) {
            (Some(said), of) if of > 0 => Value::number(Proportion::new((*said).min(of), of).share),
            _ => Value::Empty,
        }));
        row
    });
    let counts = [history.runs, history.feedback].map(|own| format.count(own));
    let undated = (history.undated > 0).then(|| format.count(history.undated));
    Table {
        name: texts.history,
        title: labels.history_title.to_owned(),
        about: wording::history(
            *language,
            counts.each_ref().map(String::as_str),
            undated.as_deref(),
        ),
        rows: rows.collect(),
        columns,
    }
}
