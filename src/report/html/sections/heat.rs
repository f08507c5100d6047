//! Groups × touchpoints: where whose feeling is worse.

use serde::Serialize;

use crate::painpoint::findings::Findings;
use crate::report::words::format::Format;
use crate::report::words::touchpoint_name;
use crate::tally::summary::{GroupSentiment, TouchpointSummary};

/// Touchpoints and groups shown.
const TOUCHPOINTS: usize = 12;
const GROUPS: usize = 8;

/// The table of a column of groups.
#[derive(Serialize)]
pub(super) struct Heat {
    groups: Vec<String>,
    rows: Vec<HeatRow>,
}

#[derive(Serialize)]
struct HeatRow {
    touchpoint: String,
    cells: Vec<Option<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    value: String,
    mentions: String,
    /// From 1, mostly complaints, to 5, mostly praise.
    step: u8,
    mark: &'static str,
}

impl Heat {
    /// `None` where findings do not tell of groups at touchpoints. `groups` in the order in which they are shown.
    pub(super) fn new(
        format: Format,
        findings: &Findings,
        column: &str,
        groups: &[String],
    ) -> Option<Self> {
        let groups = &groups[..GROUPS.min(groups.len())];
        let mut touchpoints: Vec<&TouchpointSummary> = findings
            .summary
            .touchpoints
            .iter()
            .filter(|own| own.phase.is_some() && !own.groups.is_empty())
            .collect();
        touchpoints.sort_by_key(|own| std::cmp::Reverse(own.sentiment.total()));
        let rows = touchpoints.into_iter().take(TOUCHPOINTS).map(|own| {
            let of = |value: &String| {
                let of_column = own.groups.iter().filter(|found| found.group.column == column);
                let mut of_column = of_column.filter(|found| found.group.value == *value);
                of_column.next().map(|found| Cell::new(format, found))
            };
            HeatRow {
                touchpoint: touchpoint_name(format.0, own).to_owned(),
                cells: groups.iter().map(of).collect(),
            }
        });
        let rows: Vec<HeatRow> = rows.filter(|row| row.cells.iter().any(Option::is_some)).collect();
        (!rows.is_empty()).then(|| Self { groups: groups.to_vec(), rows })
    }
}

impl Cell {
    fn new(format: Format, found: &GroupSentiment) -> Self {
        let net = found.sentiment.net_sentiment();
        let step = match net.value {
            value if value < -0.5 => 1,
            value if value < -0.15 => 2,
            value if value <= 0.15 => 3,
            value if value <= 0.5 => 4,
            _ => 5,
        };
        let mark = match found.negative {
            compared if !compared.is_real() => "",
            compared if compared.difference > 0.0 => "▼",
            _ => "▲",
        };
        Self { value: format.points(net.value), mentions: format.count(net.n), step, mark }
    }
}
