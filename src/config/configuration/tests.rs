use super::*;
use crate::config::options::Columns;

fn environment<'a>(
    variables: &'a [(&'a str, &'a str)],
) -> impl Fn(&str) -> Option<OsString> + use<'a> {
    |name: &str| {
        let found = variables.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| OsString::from(value))
    }
}

fn file(source: &str) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("painpoint.toml");
    std::fs::write(&path, source).unwrap();
    File::read(&path).unwrap()
}

#[test]
fn flags_win_over_the_environment_that_over_the_file_and_that_over_defaults() {
    let layers = |flag: Option<Detail>, variables: &[(&str, &str)], source: &str| {
        let flags = Options { detail: flag, ..Options::default() };
        let found = Configuration::combine(flags, &environment(variables), file(source)).unwrap();
        let shown = found.shown.into_iter().find(|shown| shown.key.name == "detail").unwrap();
        (found.detail, shown.place.to_string())
    };
    let (variable, source) = ([("PAINPOINT_DETAIL", "fine")], "\ndetail = \"coarse\"\n");
    let told = |(detail, place): (Detail, String), expected: Detail, where_: &str| {
        assert_eq!(detail, expected);
        assert!(place.ends_with(where_), "{place}");
    };
    told(layers(Some(Detail::Normal), &variable, source), Detail::Normal, "--detail");
    told(layers(None, &variable, source), Detail::Fine, "PAINPOINT_DETAIL");
    told(layers(None, &[], source), Detail::Coarse, "painpoint.toml:2:10");
    told(layers(None, &[], ""), Detail::Normal, "default");
}

#[test]
fn every_setting_has_a_variable_named_after_its_flag() {
    let variables = [
        ("PAINPOINT_CODEBOOK", "own.toml"),
        ("PAINPOINT_SINCE", "2026-03-01"),
        ("PAINPOINT_THREADS", "3"),
        ("PAINPOINT_EXCEL", "true"),
        ("PAINPOINT_MAX_REJECTS", "7"),
        ("PAINPOINT_TEXT_COLUMN", "[\"a\", \"b\"]"),
        ("PAINPOINT_SEGMENT_COLUMN", "c, d"),
        ("PAINPOINT_DELIMITER", "||"),
        ("PAINPOINT_SKIP_ROWS", "2"),
    ];
    let found =
        Configuration::combine(Options::default(), &environment(&variables), File::default());
    let found = found.unwrap();
    assert_eq!(found.codebook.as_deref(), Some(Path::new("own.toml")));
    assert_eq!(found.threads.unwrap().count(), 3);
    assert!(found.excel && found.max_rejects == Some(7) && found.since.is_some());
    assert_eq!(found.columns.text_columns, ["a", "b"]);
    assert_eq!(found.columns.segment_columns, ["c, d"]);
    assert_eq!(found.columns.delimiter, Some("||".to_owned()));
}

#[test]
fn a_wrong_variable_is_told_by_its_name_with_what_to_write() {
    for (name, value, remedy) in [
        ("PAINPOINT_DETAIL", "finest", "coarse, normal, fine"),
        ("PAINPOINT_THREADS", "0", "from 1 to 1024"),
        ("PAINPOINT_SINCE", "March", "2026-03-01"),
        ("PAINPOINT_EXCEL", "yes", "true or false"),
        ("PAINPOINT_HEADER_ROWS", "two", "whole number"),
        ("PAINPOINT_TEXT_COLUMN", "[a", "[\"a\", \"b\"]"),
    ] {
        let variables = [(name, value)];
        // A flag that is stronger does not hide it.
        let columns = Columns { text: Some(vec![]), ..Columns::default() };
        let flags = Options { detail: Some(Detail::Fine), columns, ..Options::default() };
        let error = Configuration::combine(flags, &environment(&variables), File::default());
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(&format!("{name}: ")) && error.contains(remedy), "{error}");
    }
}

#[test]
fn what_is_shown_can_be_read_back() {
    let source =
        "codebook = \"/own/codebook.toml\"\nthreads = 2\n[columns]\ntext = [\"a \\\"b\\\"\"]\n";
    let shown =
        |file: File| Configuration::combine(Options::default(), &|_| None, file).unwrap().show();
    let first = shown(file(source));
    assert!(first.contains("threads = 2  # ") && first.contains("# baseline\n"), "{first}");
    assert!(first.contains("detail = \"normal\"  # default\n"), "{first}");
    let values = |text: &str| {
        let lines = text.lines().map(|line| line.split("  # ").next().unwrap().to_owned());
        lines.collect::<Vec<_>>()
    };
    assert_eq!(values(&shown(file(&first))), values(&first));
}
