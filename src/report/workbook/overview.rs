//! The first sheet: the figures of the whole, and what they look like.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartSolidFill, Worksheet, XlsxError,
};

use crate::painpoint::findings::Findings;
use crate::report::ReportLanguage;
use crate::report::words::format::Format;
use crate::report::words::labels::Labels;
use crate::report::words::sentences::NPS;
use crate::report::words::sheets::SheetTexts;
use crate::tally::statistics::{Estimate, Proportion};

use super::sheets::BALANCE;
use super::table::{A4, ABOVE, DARK, Shown, Table, Value, figure, heading, put};

/// Bars of a chart at most.
const BARS: usize = 10;

/// Rows of a sheet under a chart, and the pixels that it takes.
const CHART_ROWS: u32 = 26;
const CHART_PIXELS: (u32, u32) = (760, 500);

/// Width of the columns of names and figures, in characters.
const WIDTHS: [(u16, f64); 4] = [(0, 52.0), (1, 16.0), (2, 12.0), (3, 12.0)];

/// Writes the sheet; its charts show what is in `tables`.
pub(super) fn write(
    sheet: &mut Worksheet,
    findings: &Findings,
    language: ReportLanguage,
    tables: &[Table],
) -> Result<(), XlsxError> {
    let texts = SheetTexts::of(language);
    sheet.set_name(texts.overview)?;
    let period = findings.summary.period;
    let period = period.map(|(first, last)| Format(language).period(first, last));
    heading(sheet, Labels::of(language).title, &period.unwrap_or_default())?;
    for (column, width) in WIDTHS {
        sheet.set_column_width(column, width)?;
    }
    let mut row = ABOVE - 1;
    for (column, name) in [(2, texts.from), (3, texts.to)] {
        sheet.write_string(row, column, name)?;
    }
    for (name, shown, values) in figures(findings, language) {
        row += 1;
        sheet.write_string(row, 0, name)?;
        for (column, value) in (1..).zip(values) {
            put(sheet, (row, column), &value, &figure(shown))?;
        }
    }
    row += 2;
    let shares = Labels::of(language).share;
    for (name, chart) in [(texts.pain_points, shares), (texts.phases, texts.balance)] {
        let Some(table) = tables.iter().find(|table| table.name == name) else { continue };
        let Some(values) = table.column(chart) else { continue };
        sheet.insert_chart(row, 0, &bars(table, values, chart))?;
        row += CHART_ROWS;
    }
    sheet.set_screen_gridlines(false).set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The first rows of a table as bars, each by the name in its first column.
fn bars(table: &Table, values: u16, name: &str) -> Chart {
    let last = table.last_of(BARS);
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_name(name)
        .set_categories((table.name, ABOVE, 0, last, 0))
        .set_values((table.name, ABOVE, values, last, values))
        .set_gap(60)
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(DARK)));
    chart.title().set_name(&format!("{}: {name}", table.title));
    // The first row at the top, its name beside the bar even where that points to the left.
    let mut font = ChartFont::new();
    font.set_size(9);
    chart
        .y_axis()
        .set_reverse()
        .set_label_position(ChartAxisLabelPosition::Low)
        .set_label_interval(1)
        .set_font(&font);
    let shown = table.columns[usize::from(values)].shown;
    chart.x_axis().set_num_format(if shown == Shown::Share { "0%" } else { "0" });
    chart.legend().set_hidden();
    chart.set_width(CHART_PIXELS.0).set_height(CHART_PIXELS.1);
    chart.set_alt_text(format!("{}: {name}", table.title));
    chart
}

/// A figure's name, how it shows, and its value with the ends of its interval.
type Figure = (String, Shown, [Value; 3]);

fn figures(findings: &Findings, language: ReportLanguage) -> Vec<Figure> {
    let (texts, labels) = (SheetTexts::of(language), Labels::of(language));
    let summary = &findings.summary;
    let rows = &summary.rows;
    let count = |name: &str, count: u64| {
        let values = [Value::Number(count as f64), Value::Empty, Value::Empty];
        (name.replace('\u{ad}', ""), Shown::Count, values)
    };
    let share = |name: &str, own: Proportion| {
        (name.to_owned(), Shown::Share, [own.share, own.low, own.high].map(Value::number))
    };
    let estimate = |own: Estimate, times: f64| {
        [own.value, own.low, own.high].map(|value| Value::number(value * times))
    };
    let net = summary.sentiment.net_sentiment();
    let mut figures = vec![
        count(labels.rows_feedback, rows.feedback),
        count(labels.rows_without_text, rows.without_text),
        count(labels.mentions, summary.sentiment.total()),
    ];
    if net.n > 0 {
        let negative = Proportion::new(summary.sentiment.negative, summary.sentiment.total());
        figures.push(share(texts.negative_share, negative));
        figures.push((texts.balance.to_owned(), Shown::Balance, estimate(net, BALANCE)));
    }
    if let Some(nps) = summary.nps {
        figures.push((NPS.to_owned(), Shown::Balance, estimate(nps.nps, BALANCE)));
    }
    if let Some(rating) = summary.rating {
        let scale = format!("{} ({}–{})", texts.rating, rating.lowest, rating.highest);
        figures.push((scale, Shown::Decimal, estimate(rating.mean, 1.0)));
    }
    if summary.covered.of > 0 {
        figures.push(share(texts.covered, summary.covered));
        figures.push(share(texts.uncovered, summary.others()));
        figures.push(share(texts.cries, summary.cries));
    }
    figures
}
