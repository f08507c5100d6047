//! Dates in the notations of exports.

use jiff::civil::{Date, date};

use super::*;

#[test]
fn the_data_decide_whether_the_day_or_the_month_comes_first() {
    let dates = |rows: &str| {
        let mut input = File::new(format!("date,text\n{rows}")).open();
        read(&mut input).0.into_iter().map(|row| row.date).collect::<Vec<_>>()
    };
    let april_third = Some(date(2018, 4, 3));
    assert_eq!(dates("03/04/2018 20:09,a\n21/02/2018 19:39,b\n")[0], april_third);
    assert_eq!(dates("4/3/2018 11:35,a\n2/24/2018 11:15,b\n")[0], april_third);
    assert_eq!(dates("2018-04-03T10:00:00Z,a\n")[0], april_third);
}

#[test]
fn values_that_cannot_be_read_are_counted_and_the_row_counts() {
    let file = File::new(
        "date,nps,stars,text\n2026-01-02,9,5,a\nsoon,11,4,b\n2026-13-45,n/a,99,c\n2026-01-03,3,,d\n\
         2026-01-04,-2147483648,1,e\n2026-01-05,8,2,f\n",
    );
    let mut input = file.open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (6, 0));
    assert_eq!((feedback[1].date, feedback[1].nps, feedback[1].rating), (None, None, Some(4.0)));
    assert_eq!(unread(&input.doubts()), [("date", 2), ("nps", 1)]);
}

/// The days of a column with this name and these cells, beside texts.
fn days(name: &str, cells: &[&str]) -> Vec<Option<Date>> {
    let mut input = File::new(dated(name, cells)).open();
    read(&mut input).0.into_iter().map(|row| row.date).collect()
}

#[test]
fn days_are_read_whatever_their_notation() {
    let expected = [Some(date(2025, 1, 3)), Some(date(2025, 11, 21)), Some(date(2025, 4, 30))];
    for (name, cells) in [
        ("date", ["January 3, 2025", "November 21, 2025", "April 30, 2025"]),
        (
            "date",
            ["Fri Jan 03 00:00:00 2025", "Fri Nov 21 10:20:30 2025", "Wed Apr 30 08:00:00 2025"],
        ),
        ("fecha", ["3 de enero de 2025", "21 de noviembre de 2025", "30 de abril de 2025"]),
        ("created_at", ["1735862400", "1763683200", "1745971200"]),
        ("timestamp", ["1735862400000", "1763683200123", "1745971200999"]),
        ("Datum", ["45660", "45982", "45777.75"]),
        ("date", ["250103", "251121", "250430"]),
        ("date", ["20250103T083000Z", "20251121T083000Z", "20250430T083000Z"]),
        (
            "posted",
            [
                "Reviewed in Spain on 3 January 2025",
                "Reviewed in the United Kingdom on 21 November 2025",
                "Reviewed in Germany on 30 April 2025",
            ],
        ),
        ("Antwort", ["maandag 3 januari 2025", "21 november 2025", "30 apr. 2025"]),
        ("when", ["1/3/2025", "11/21/2025", "4/30/2025"]),
        ("when", ["03.01.2025, 00:00 Uhr", "21.11.2025, 10:20 Uhr", "30.04.2025, 8:15 Uhr"]),
    ] {
        assert_eq!(days(name, &cells), expected, "{name} {cells:?}");
    }
}

#[test]
fn months_and_weeks_are_read_as_their_first_day_and_told() {
    assert_eq!(
        days("month", &["2025-03", "2025-04"]),
        [Some(date(2025, 3, 1)), Some(date(2025, 4, 1))]
    );
    let told = doubts(&dated("month", &["2025-03", "2025-04"]));
    assert!(told.contains("months, each read as its first day"), "{told}");
    assert_eq!(days("date", &["2025-W07", "2025-W08"])[0], Some(date(2025, 2, 10)));
    let told = doubts(&dated("date", &["2025-W07", "2025-W08"]));
    assert!(told.contains("weeks, each read as its Monday"), "{told}");
}

#[test]
fn an_order_that_is_guessed_is_told_with_the_option() {
    let both = ["03/04/2025", "05/06/2025", "01/02/2025"];
    assert_eq!(days("date", &both)[0], Some(date(2025, 4, 3)));
    let told = doubts(&dated("date", &both));
    assert!(told.contains("fit both orders") && told.contains("--date-order mdy"), "{told}");
    // The same month in all rows, as in the export of a month.
    let march = ["3/1/25", "3/2/25", "3/3/25"];
    assert_eq!(days("date", &march), [1, 2, 3].map(|day| Some(date(2025, 3, day))));
    assert!(doubts(&dated("date", &march)).contains("--date-order dmy"));
    // Some are written the one way and some the other.
    let mixed = ["03/25/2025", "03/26/2025", "27/03/2025"];
    assert_eq!(days("date", &mixed), [Some(date(2025, 3, 25)), Some(date(2025, 3, 26)), None]);
    assert!(doubts(&dated("date", &mixed)).contains("more than one order"));
    // A spreadsheet took days up to 12 for months.
    let odd: Vec<String> = (13..28).map(|day| format!("03/{day}/2025")).collect();
    let odd = odd.iter().map(String::as_str).chain([
        "01/04/2025",
        "03/04/2025",
        "05/04/2025",
        "09/04/2025",
    ]);
    let told = doubts(&dated("date", &odd.collect::<Vec<_>>()));
    assert!(told.contains("more than one order") && told.contains("3 of 19"), "{told}");
    for sure in [
        ["03.04.2025", "05.06.2025", "01.02.2025"],
        ["2025-04-03", "2025-06-05", "2025-02-01"],
        ["03/04/2025", "05/06/2025", "30/01/2025"],
        ["03/03/2025", "05/05/2025", "01/01/2025"],
    ] {
        assert!(!doubts(&dated("date", &sure)).contains("order"), "{sure:?}");
    }
}

#[test]
fn another_column_or_the_name_may_tell_the_order() {
    let rows =
        "delivered,date,text\n12/24/2024,01/02/2025,came late\n11/30/2024,03/04/2025,never came\n";
    let mut input = File::new(rows).open();
    assert_eq!(read(&mut input).0[0].date, Some(date(2025, 1, 2)));
    assert!(input.doubts().is_empty(), "{:?}", input.doubts());
    let cells = ["01/02/2025", "03/04/2025"];
    assert_eq!(days("date (MM/DD/YYYY)", &cells)[0], Some(date(2025, 1, 2)));
    assert_eq!(doubts(&dated("date (MM/DD/YYYY)", &cells)), "");
}

#[test]
fn the_user_decides_the_order() {
    let read_as = |order: DateOrder, cell: &str| {
        let choice = ColumnChoice { date_order: Some(order), ..ColumnChoice::default() };
        let mut input = File::new(dated("date", &[cell])).open_with(&choice);
        assert!(!input.doubts().iter().any(|doubt| matches!(doubt, Doubt::DateOrder { .. })));
        read(&mut input).0[0].date
    };
    assert_eq!(read_as(DateOrder::Mdy, "03/04/2025"), Some(date(2025, 3, 4)));
    assert_eq!(read_as(DateOrder::Dmy, "03/04/2025"), Some(date(2025, 4, 3)));
    assert_eq!(read_as(DateOrder::Mdy, "03.04.2025"), Some(date(2025, 3, 4)));
    assert_eq!(read_as(DateOrder::Ymd, "03-04-25"), Some(date(2003, 4, 25)));
    assert_eq!(read_as(DateOrder::Dmy, "030425"), Some(date(2025, 4, 3)));
}

#[test]
fn dates_that_tell_no_day_are_neither_text_nor_group_and_told() {
    for (name, cells, word) in [
        ("Datum", ["vor 2 Wochen", "vor 3 Tagen", "vor einem Jahr"], "how long ago"),
        ("x", ["2 weeks ago", "3 days ago", "a year ago"], "how long ago"),
        ("date", ["2015", "2016", "2015"], "names no day"),
        ("date", ["Q1 2025", "Q2 2025", "Q1 2025"], "names no day"),
        ("date", ["3 March", "4 March", "3 March"], "names no day"),
        ("date", ["1980-01-01 00:00:00"; 3], "stands for no date"),
        ("date", ["1970-01-01"; 3], "stands for no date"),
        ("date", ["010203", "040506", "070809"], "names no day"),
        ("submitted", ["2025-13-01", "2025-14-01", "2025-15-01"], "names no day"),
    ] {
        let content = dated(name, &cells);
        assert_eq!(File::new(&content).open().layout.columns[0].role, Role::Other, "{cells:?}");
        let told = doubts(&content);
        assert!(told.contains(word), "{cells:?}: {told}");
    }
}

#[test]
fn numbers_that_are_not_called_dates_are_none() {
    for (name, cells) in [
        ("order_no", ["1735862400", "1763683200", "1745971200"]),
        ("amount", ["45660", "45982", "45777"]),
        ("duration", ["45660", "45982", "45777"]),
        ("days_since_review", ["45660", "45982", "45777"]),
    ] {
        assert_eq!(days(name, &cells), [None; 3], "{name}");
    }
}

#[test]
fn one_day_in_many_rows_is_told() {
    let told = doubts(&dated("date", &["2025-06-03"; 25]));
    assert!(told.contains("2025-06-03 ") || told.contains("2025-06-03;"), "{told}");
    assert_eq!(doubts(&dated("date", &["2025-06-03"; 3])), "");
}
