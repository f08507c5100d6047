use jiff::civil::date as day;

use super::*;

/// Notations of 3 April 2025, whatever the order of numbers.
const APRIL_THIRD: &[&str] = &[
    // ISO 8601 and what databases make of it.
    "2025-04-03",
    "2025/4/3",
    "2025.04.03",
    "20250403",
    "2025-04-03T10:20:30.123+02:00",
    "2025-04-03T10:20:30Z",
    "2025-04-03 10:20:30 UTC",
    "2025-04-03 10:20:30,123",
    "2025-04-03 10:20:30.123456789",
    "2025-04-03 10:20:30+02",
    "2025-04-03 10:20:30 +0200",
    "2025-04-03T10:20",
    "2025-04-03T10:20:30+02:00[Europe/Berlin]",
    "20250403T083000Z",
    "20250403T083000",
    "20250403T0830",
    "20250403 083000",
    "20250403083000",
    "202504030830",
    "2025-04-03_10-20-30",
    "2025-W14-4",
    "2025-04-03t10:20:30z",
    "2025-04-03 8:04 PM",
    "2025-04-03 08:30:00 Europe/Berlin",
    "2025-04-03 08:30:00 America/New_York",
    "2025-04-03-08.30.00.000000",
    "03APR2025:08:30:00",
    "03/Apr/2025:08:30:00 +0100",
    "2025-04-03T08:30:00-0500",
    "03 avril 2025 à 8 h 30 min",
    "3 rd April 2025",
    "jueves 3 de abril de 2025, 8:30 p. m.",
    "Thursday, April 3, 2025, 8:30 AM EST",
    // RFC 2822, ctime, JavaScript, Twitter.
    "Thu, 3 Apr 2025 10:20:30 +0000",
    "Thu, 03 Apr 2025 10:20:30 GMT",
    "Thu Apr  3 10:20:30 2025",
    "Thu Apr 03 00:00:00 2025",
    "Thu Apr 03 00:00:00 +0000 2025",
    "Thu Apr 03 2025 10:20:30 GMT+0200 (Mitteleuropäische Sommerzeit)",
    "Thu Apr 03 2025",
    "Thu Apr 03 10:20:30 CEST 2025",
    "8:04 PM · Apr 3, 2025",
    "10:20 AM - 3 Apr 2025",
    // English.
    "April 3, 2025",
    "Apr 3, 2025",
    "Apr. 3, 2025",
    "3 April 2025",
    "April 3rd, 2025",
    "3rd April 2025",
    "3rd of April, 2025",
    "03-Apr-2025",
    "3-APR-25",
    "3 Apr '25",
    "Apr 03, 2025 at 12:00 AM",
    "Thursday, April 3, 2025",
    "April 3, 2025 10:20 a.m.",
    "2025 April 3",
    "2025-Apr-03",
    "Apr 3 2025 10:20AM",
    "3 April 2025, 10:20",
    "APRIL 3, 2025",
    "April 03 2025",
    "Thursday 3rd April 2025 at 8.15 Uhr",
    // German.
    "3. April 2025",
    "03. April 2025",
    "Donnerstag, 3. April 2025",
    "Do., 3. Apr. 2025",
    "Donnerstag, den 3. April 2025, 10:20 Uhr",
    "am 3. April 2025 um 10:20 Uhr",
    "3.Apr.2025",
    // French.
    "3 avril 2025",
    "3 avr. 2025",
    "jeudi 3 avril 2025",
    "3 avril 2025 à 08:30",
    "le 3 avril 2025 à 8h30",
    "jeu. 3 avr. 2025 08 h 30",
    // Spanish.
    "3 de abril de 2025",
    "3 abr 2025",
    "jueves, 3 de abril de 2025",
    "3 de abril del 2025",
    "3 de abril de 2025 a las 10:20",
    "abril 3, 2025",
    "3-abr-2025",
    "jue, 3 abr 2025",
    // Italian.
    "3 aprile 2025",
    "giovedì 3 aprile 2025",
    "3 apr 2025 alle 10:20",
    "gio 3 apr 2025",
    "3 aprile 2025, ore 10.20",
    // Dutch.
    "donderdag 3 april 2025",
    "3 april 2025 om 10:20 uur",
    "do 3 apr. 2025",
    "3 april 2025 10.20 uur",
    // Portuguese.
    "3 de abril de 2025 às 10h20",
    "quinta-feira, 3 de abril de 2025",
    "qui, 3 abr 2025",
];

/// Other days, each in a notation that has one reading.
const OTHERS: &[(&str, (i16, i8, i8))] = &[
    ("June 3, 2025", (2025, 6, 3)),
    ("4 nov 2024", (2024, 11, 4)),
    ("3 de enero de 2025", (2025, 1, 3)),
    ("1er janvier 2025", (2025, 1, 1)),
    ("1º de mayo de 2025", (2025, 5, 1)),
    ("2 août 2024", (2024, 8, 2)),
    ("2 aou\u{302}t 2024", (2024, 8, 2)),
    ("12 févr. 2025", (2025, 2, 12)),
    ("3 déc. 2024", (2024, 12, 3)),
    ("3. März 2025", (2025, 3, 3)),
    ("3. Mrz. 2025", (2025, 3, 3)),
    ("3. Jänner 2025", (2025, 1, 3)),
    ("5. Dez. 2024", (2024, 12, 5)),
    ("31 mei 2024", (2024, 5, 31)),
    ("3 mrt. 2025", (2025, 3, 3)),
    ("3 de março de 2025", (2025, 3, 3)),
    ("5 out 2024", (2024, 10, 5)),
    ("5 set. 2024", (2024, 9, 5)),
    ("7 lug 2024", (2024, 7, 7)),
    ("7 gennaio 2025", (2025, 1, 7)),
    ("mar. 4 nov. 2025", (2025, 11, 4)),
    ("mar 4 mar 2025", (2025, 3, 4)),
    ("mar., 4 mars 2025", (2025, 3, 4)),
    ("4 mar 2025", (2025, 3, 4)),
    ("maandag 4 november 2024", (2024, 11, 4)),
    ("Fri Jan 03 00:00:00 2025", (2025, 1, 3)),
    ("29 Feb 2024", (2024, 2, 29)),
    ("2nd December 2024", (2024, 12, 2)),
    ("21st of May 2024", (2024, 5, 21)),
];

/// What tells no day.
const UNREAD: &[&str] = &[
    "",
    "12",
    "2025",
    "1/2",
    "31.02.2025",
    "2025-02-30",
    "29 Feb 2025",
    "5.3.2 crashes",
    "5.3.2",
    "am 3. Mai",
    "3. Mai",
    "June 3",
    "10-12-14-16",
    "192.168.10.25",
    "Q1 2025",
    "2025-Q1",
    "KW 7",
    "vor 3 Tagen",
    "vor einem Jahr",
    "2 weeks ago",
    "a month ago",
    "hace 2 días",
    "il y a 3 jours",
    "3 giorni fa",
    "3 dagen geleden",
    "há 3 dias",
    "yesterday",
    "gestern",
    "hier",
    "ayer",
    "ieri",
    "gisteren",
    "ontem",
    "2d",
    "3w",
    "Yesterday at 10:20",
    "soon",
    "k.A.",
    "n/a",
    "-",
    "0000-00-00",
    "2025-13-45",
    "25:70",
    "10:20",
    "10:20:30",
    "3 items in 2025 boxes",
    "Version 3.4.2025 crashes",
    "It came on 3 April 2025 and broke",
    "May",
    "1.5",
    "4,5",
    "1e5",
    "+49 30 1234567",
    "Mayday 3 2025",
    "the market 3 2025",
    "7 out of 10",
    "12 April 20255",
    "sat on it 3 2025 times",
];

#[test]
fn a_day_is_read_in_the_notations_of_exports() {
    for order in DateOrder::ALL {
        for cell in APRIL_THIRD {
            assert_eq!(date(cell, order), Some(day(2025, 4, 3)), "{cell}");
        }
        for &(cell, (year, month, own)) in OTHERS {
            assert_eq!(date(cell, order), Some(day(year, month, own)), "{cell}");
        }
    }
    assert!(APRIL_THIRD.len() + OTHERS.len() + UNREAD.len() >= 120);
}

#[test]
fn what_tells_no_day_is_not_taken_for_one() {
    for order in DateOrder::ALL {
        for cell in UNREAD {
            assert_eq!(date(cell, order), None, "{cell}");
        }
    }
}

#[test]
fn the_order_decides_on_numbers() {
    let april_third = Some(day(2025, 4, 3));
    for cell in [
        "03/04/2025",
        "3/4/2025",
        "03-04-2025",
        "03/04/25",
        "3.4.2025",
        "03.04.25",
        "03.04.25 8:15",
        "03.04.2025, 00:00 Uhr",
        "03/04/2025 08h30",
        "03/04/2025 20:09",
        "3.4.2025 10.20",
        "03/04/2025, 10:20:30 PM",
        "03 04 2025",
        "10:20 03/04/2025",
        "Do 03.04.2025",
        "03.04.2025 8 Uhr",
    ] {
        assert_eq!(date(cell, DateOrder::Dmy), april_third, "{cell}");
    }
    for cell in ["4/3/2025 11:35 PM", "04/03/25", "04-03-2025", "04 03, 2025", "3.4.2025"] {
        assert_eq!(date(cell, DateOrder::Mdy), april_third, "{cell}");
    }
    for cell in ["25/04/03", "25-04-03"] {
        assert_eq!(date(cell, DateOrder::Ymd), april_third, "{cell}");
    }
    assert_eq!(date("03/04/2025", DateOrder::Ymd), None);
    assert_eq!(date("01/02/69", DateOrder::Dmy), Some(day(1969, 2, 1)));
    assert_eq!(date("01/02/68", DateOrder::Dmy), Some(day(2068, 2, 1)));
}

#[test]
fn months_and_weeks_stand_for_their_first_day() {
    for (cell, expected) in [
        ("2025-03", Written::Month(day(2025, 3, 1))),
        ("03/2025", Written::Month(day(2025, 3, 1))),
        ("03.2025", Written::Month(day(2025, 3, 1))),
        ("March 2025", Written::Month(day(2025, 3, 1))),
        ("Mär 2025", Written::Month(day(2025, 3, 1))),
        ("Mar-25", Written::Month(day(2025, 3, 1))),
        ("2025 mars", Written::Month(day(2025, 3, 1))),
        ("2025-W07", Written::Week(day(2025, 2, 10))),
        ("2025W07", Written::Week(day(2025, 2, 10))),
        ("KW 7/2025", Written::Week(day(2025, 2, 10))),
        ("KW07 2025", Written::Week(day(2025, 2, 10))),
        ("2025-W01", Written::Week(day(2024, 12, 30))),
        ("2025", Written::Vague),
        ("Q1 2025", Written::Vague),
        ("3 March", Written::Vague),
        ("vor 2 Wochen", Written::Relative),
        ("1735862400", Written::Count(1_735_862_400.0)),
        ("45660.5", Written::Count(45_660.5)),
    ] {
        assert_eq!(written(cell), Some(expected), "{cell}");
    }
}

#[test]
fn numbers_count_from_a_day_that_the_column_must_tell() {
    let january_third = Some(day(2025, 1, 3));
    for (counting, count) in [
        (Counting::Seconds(1), 1_735_862_400.0),
        (Counting::Seconds(1), 1_735_948_799.0),
        (Counting::Seconds(1000), 1_735_862_400_123.0),
        (Counting::Days, 45_660.0),
        (Counting::Days, 45_660.75),
        (Counting::SixDigits(DateOrder::Ymd), 250_103.0),
        (Counting::SixDigits(DateOrder::Dmy), 30_125.0),
        (Counting::EightDigits(DateOrder::Dmy), 3_012_025.0),
        (Counting::EightDigits(DateOrder::Mdy), 1_032_025.0),
    ] {
        assert_eq!(counting.day(count), january_third, "{counting:?} {count}");
    }
    assert_eq!(Counting::Days.day(1e18), None);
    assert_eq!(Counting::Seconds(1).day(f64::MAX), None);
    assert_eq!(Counting::SixDigits(DateOrder::Ymd).day(251_340.0), None);
}

#[test]
fn words_may_stand_before_a_day() {
    for cell in [
        "Reviewed in the United Kingdom on 03 January 2025",
        "Rezension aus Deutschland vom 3. Januar 2025",
        "Commenté en France le 3 janvier 2025",
        "Date of experience: January 3, 2025",
        "Written on 3 Jan 2025",
        "Updated 2025-01-03",
        "Recensito in Italia il 3 gennaio 2025",
        "Beoordeeld in Nederland op 3 januari 2025",
        "Revisado en España el 3 de enero de 2025",
    ] {
        let found = date_cell(cell).expect(cell);
        assert_eq!(found.written, Written::Day(day(2025, 1, 3)), "{cell}");
        assert!(found.introduction.is_some(), "{cell}");
        assert_eq!(date(cell, DateOrder::Dmy), None, "{cell}");
    }
}
