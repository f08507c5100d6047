//! Several inputs in one run: ids that stand in more than one, columns that not all have.

use super::identity::{Identities, Identity};
use super::*;

/// A folder of files, and their paths in the order given.
fn files(files: &[(&str, &str)]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = files.iter().map(|(name, content)| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

/// What counts of files, as file name and text, in the order of the texts; how many rows others
/// replace; and what is told of it.
fn counted(paths: &[PathBuf]) -> (Vec<(String, String)>, usize, Vec<Doubt>) {
    let inputs = open_all(paths, &ColumnChoice::default()).unwrap();
    let (mut texts, mut replaced, mut doubts) = (Vec::new(), 0, Doubts::default());
    let mut identities = Identities::default();
    for (number, mut input) in inputs.into_iter().enumerate() {
        let name = input.path.file_name().unwrap().to_str().unwrap().to_owned();
        while let Some(row) = input.next() {
            match row.unwrap() {
                InputRow::Feedback(row) => {
                    let columns = &input.layout.columns;
                    if identities.identify(columns, &row).unwrap() == Identity::Duplicate {
                        continue;
                    }
                    let text = row.answers().next().map_or("", |(_, text)| text).to_owned();
                    texts.push((name.clone(), text));
                }
                InputRow::Replaced(_) => replaced += 1,
                InputRow::LeftOut(_) => {}
                InputRow::Reject(reject) => panic!("{reject}"),
            }
        }
        input.doubts().into_iter().for_each(|doubt| doubts.add(number, doubt));
    }
    texts.sort_by(|a, b| a.1.cmp(&b.1));
    let told = doubts.told(
        &paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        &Protection::none(),
    );
    let told = told.into_iter().map(|told| told.doubt);
    (texts, replaced, told.filter(|doubt| matches!(doubt, Doubt::RepeatedIds { .. })).collect())
}

const JANUARY: &str = "Review ID,Date,Likes,Review\n\
    70,2026-01-02,0,The parcel came two weeks late\n\
    71,2026-01-05,1,The staff was very friendly\n\
    72,2026-01-09,0,I still wait for my refund\n";

const FEBRUARY: &str = "Review ID,Date,Likes,Review\n\
    71,2026-01-05,1,The staff was very friendly\n\
    72,2026-01-09,6,I still wait for my refund\n\
    73,2026-02-03,0,The invoice was wrong again\n";

#[test]
fn of_rows_with_the_same_id_in_several_inputs_the_newest_counts() {
    let (_folder, mut paths) = files(&[("january.csv", JANUARY), ("march.csv", FEBRUARY)]);
    let (texts, replaced, told) = counted(&paths);
    // Of rows with the same date, that in the file later by name; that with nothing new is a duplicate.
    assert_eq!((texts.len(), texts[0].0.as_str(), replaced), (4, "march.csv", 1));
    let [Doubt::RepeatedIds { column, replaced: true, agreeing: true, evidence }] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((column.as_str(), evidence.count, evidence.of), ("Review ID", 1, 3));
    assert_eq!(told[0].grade(), Grade::Note);
    paths.reverse();
    let (again, ..) = counted(&paths);
    assert_eq!((again.len(), again[0].0.as_str()), (4, "march.csv"));
}

#[test]
fn the_newest_is_that_with_the_latest_date() {
    let old = "id,date,comment\n91,2026-03-01,It was mended and I am happy now\n";
    let new =
        "id,date,comment\n91,2026-02-01,The app does not start\n92,2026-02-01,Friendly staff\n";
    let (_folder, paths) = files(&[("a.csv", old), ("b.csv", new)]);
    let (texts, replaced, told) = counted(&paths);
    assert_eq!(texts[1].1, "It was mended and I am happy now");
    assert_eq!((texts.len(), replaced, told.len()), (2, 1, 1));
    assert_eq!(told[0].grade(), Grade::Doubt, "the texts differ");
    assert!(told[0].to_string().contains("--ignore-column id"), "{}", told[0]);
}

#[test]
fn numbers_of_rows_are_no_ids_of_the_same_feedback() {
    let one = "id,comment\n1,The parcel came two weeks late\n2,The staff was very friendly\n";
    let other = "id,comment\n1,I still wait for my refund\n2,The invoice was wrong again\n";
    let (_folder, paths) = files(&[("a.csv", one), ("b.csv", other)]);
    let (texts, replaced, told) = counted(&paths);
    assert_eq!((texts.len(), replaced), (4, 0));
    assert!(told[0].to_string().contains("each counts"), "{told:?}");
    // Of another kind of export, even other ids.
    let survey = "id,stars,answer\n70,4,The answer came two weeks late\n99,1,The app is slow\n";
    let (_folder, paths) =
        files(&[("a.csv", JANUARY), ("b.csv", &survey.replace("id,", "Review ID,"))]);
    let (texts, replaced, told) = counted(&paths);
    assert_eq!((texts.len(), replaced, told.len()), (5, 0, 1));
}

#[test]
fn ids_repeated_within_one_input_stay() {
    let twice = format!("{JANUARY}70,2026-01-03,0,And the parcel was broken\n");
    let (_folder, paths) =
        files(&[("a.csv", &twice), ("b.csv", "id,comment\n70,Never again with you\n")]);
    let (texts, replaced, told) = counted(&paths);
    assert_eq!((texts.len(), replaced, told.len()), (5, 0, 0));
    // All of them make way for a newer row elsewhere.
    let newer = JANUARY.replace("2026-01-02,0", "2026-01-20,9");
    let (_folder, paths) = files(&[("a.csv", &newer), ("b.csv", &twice)]);
    let (texts, replaced, _) = counted(&paths);
    assert_eq!((texts.len(), replaced), (3, 2));
}

#[test]
fn overlapping_ids_are_found_among_many_rows() {
    let rows = |ids: std::ops::Range<usize>, likes: usize| {
        let row = |id| {
            format!("{id},{},{likes},Order {id} came {} days late\n", "2026-01-02", id % 9 + 2)
        };
        "Review ID,Date,Likes,Review\n".to_owned() + &ids.map(row).collect::<String>()
    };
    let (_folder, paths) = files(&[("a.csv", &rows(500..800, 1)), ("b.csv", &rows(600..900, 2))]);
    let (texts, replaced, told) = counted(&paths);
    assert_eq!((texts.len(), replaced, told.len()), (400, 200, 1));
}

#[test]
fn a_column_that_is_named_need_not_be_in_every_input() {
    let survey = "id,answer,note\n1,The app does not start,The parcel came late again\n";
    let (_folder, paths) = files(&[("a.csv", JANUARY), ("b.csv", survey)]);
    let choice = ColumnChoice { text_columns: vec!["note".into()], ..ColumnChoice::default() };
    let inputs = open_all(&paths, &choice).unwrap();
    let texts = |input: &Input| {
        let texts = input.layout.columns.iter().filter(|column| column.role == Role::Text);
        texts.map(|column| column.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&inputs[0]), ["Review"]);
    assert_eq!(texts(&inputs[1]), ["note"]);
    let told = inputs[0].doubts().iter().map(ToString::to_string).collect::<String>();
    assert!(told.contains("--text-column \"note\" changes nothing"), "{told}");
    let choice = ColumnChoice { id_column: Some("nowhere".into()), ..ColumnChoice::default() };
    assert!(open_all(&paths, &choice).err().unwrap().to_string().contains("no column \"nowhere\""));
}
