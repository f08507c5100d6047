//! Files of typed columns as pyarrow, polars, pandas, DuckDB and SPSS's format have them.

use super::*;

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/data/typed/", $name))
    };
}

#[cfg(feature = "parquet")]
const FLAT: [&[u8]; 5] = [
    file!("polars.parquet"),
    file!("pandas_gzip.parquet"),
    file!("duckdb.parquet"),
    file!("lz4.parquet"),
    file!("brotli.parquet"),
];

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_read_whoever_wrote_and_however_packed_it() {
    for bytes in FLAT {
        let mut input = File::new(bytes).open();
        let expected = [
            ("Review ID", Role::Id),
            ("comment", Role::Text),
            ("date", Role::Date),
            ("nps", Role::Nps),
        ];
        assert_eq!(roles(&input), expected);
        let (feedback, rejects) = read(&mut input);
        assert_eq!((feedback.len(), rejects.len()), (4, 0));
        assert_eq!(texts(&feedback)[1], "Die Hotline war sehr freundlich, danke!");
        assert_eq!(feedback[0].date, Some(jiff::civil::date(2025, 1, 13)));
        assert_eq!((feedback[3].nps, lines(&feedback)), (Some(10), vec![1, 2, 3, 4]));
        assert_eq!(input.fingerprint().unwrap().bytes, bytes.len() as u64);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn columns_within_columns_have_paths_and_lists_are_joined() {
    let mut input = File::new(file!("pyarrow_nested.parquet")).open();
    let names: Vec<&str> = input.layout.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "id",
            "review.text",
            "review.stars",
            "when",
            "day",
            "price",
            "tags",
            "verified",
            "replies.by",
            "replies.text"
        ]
    );
    let (feedback, _) = read(&mut input);
    assert_eq!(
        feedback[0].cells,
        [
            "11",
            "The parcel came two days late and nobody told me.",
            "1",
            "2025-01-13 18:30:05",
            "2025-01-13",
            "12.50",
            "late; parcel",
            "TRUE",
            "team; team",
            "Sorry.; Fixed."
        ]
    );
    assert_eq!(feedback[3].cells[1..3], ["", "3"]);
    assert_eq!(feedback[1].cells[2], "4.5");
}

#[cfg(feature = "spss")]
#[test]
fn spss_has_questions_for_names_and_labels_for_values() {
    for bytes in [&file!("survey.sav")[..], file!("survey.zsav")] {
        let mut input = File::new(bytes).open();
        let names: Vec<&str> =
            input.layout.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "ID",
                "v_1 Was hat Ihnen nicht gefallen?",
                "v_2 Wie zufrieden sind Sie insgesamt?",
                "v_3 Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
                "kanal",
                "datum",
                "zeit"
            ]
        );
        let (feedback, rejects) = read(&mut input);
        assert_eq!((feedback.len(), rejects.len()), (4, 0));
        let cells = |row: usize| &feedback[row].cells;
        assert_eq!(cells(0)[2..5], ["sehr unzufrieden", "0", "App"]);
        assert_eq!(cells(0)[5..], ["2025-01-13", "2025-01-13 18:30:05"]);
        assert_eq!(cells(3)[1..5], ["", "", "10", "Telefon"], "declared missing");
        assert_eq!((feedback[1].nps, feedback[1].rating), (Some(9), Some(5.0)));
    }
}

#[cfg(feature = "parquet")]
#[test]
fn damaged_files_are_told() {
    let whole = file!("polars.parquet");
    for length in [4, 40, whole.len() / 2, whole.len() - 3] {
        let error = File::new(&whole[..length]).error();
        assert!(error.contains("cannot be read as Parquet: "), "{error}");
    }
    let mut broken = whole.to_vec();
    for byte in &mut broken[100..400] {
        *byte ^= 0x5a;
    }
    let error = File::new(&broken).error();
    assert!(error.contains("cannot be read as Parquet: "), "{error}");
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so() {
    let error = File::new(file!("polars.parquet")).error();
    assert!(
        error.contains("built without --features parquet; write it anew, or export it as CSV"),
        "{error}"
    );
}

#[cfg(not(feature = "spss"))]
#[test]
fn a_build_without_spss_says_so() {
    let error = File::new(file!("survey.sav")).error();
    assert!(error.contains("built without --features spss; save it anew, or as Excel"), "{error}");
}
