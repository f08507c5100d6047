//! What the rows of all files say together, whatever their order.

use std::path::PathBuf;

use jiff::civil::date;

use super::*;

/// Rows of which the first 256 KiB tell neither the scale of ratings, nor the order of day and
/// month, nor that there are few touchpoints.
pub(super) fn late_telling_rows() -> Vec<String> {
    let rows = 0..9_000;
    let row = |i: usize| {
        let (month, day) = (i % 12 + 1, if i < 6_000 { i % 12 + 1 } else { i % 28 + 1 });
        let rating = if i < 6_000 { i % 5 + 1 } else { i % 10 + 1 };
        let place = if i < 6_000 { i } else { i % 10 };
        format!("{i},{month:02}/{day:02}/2026,{rating},shop {place},parcel number {i} came late\n")
    };
    rows.map(row).collect()
}

pub(super) const LATE_TELLING_HEADER: &str = "id,date,rating,touchpoint,comment\n";

/// Layouts of files that are opened together, and what their rows came to, by id.
fn open_together(parts: &[Vec<String>]) -> (Vec<Layout>, Vec<Feedback>) {
    let files: Vec<File> = parts
        .iter()
        .map(|rows| File::new(LATE_TELLING_HEADER.to_owned() + &rows.concat()))
        .collect();
    let paths: Vec<PathBuf> = files.iter().map(File::path).collect();
    let mut inputs = open_all(&paths, &ColumnChoice::default()).unwrap();
    let mut feedback: Vec<Feedback> = inputs
        .iter_mut()
        .flat_map(|input| read(input).0)
        .map(|row| Feedback { place: Place::default(), ..row })
        .collect();
    feedback.sort_by_key(|row| row.id.as_ref().and_then(|id| id.parse::<u32>().ok()));
    (inputs.into_iter().map(|input| input.layout).collect(), feedback)
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let rows = late_telling_rows();
    let (layouts, feedback) = open_together(std::slice::from_ref(&rows));
    assert_eq!(layouts[0].rating_scale, Some((1.0, 10.0)));
    assert_eq!(feedback[1].date, Some(date(2026, 2, 2)));
    assert_eq!(feedback[27].date, Some(date(2026, 4, 4)));
    assert_eq!(feedback[6_026].date, Some(date(2026, 3, 7)));
    let reversed = rows.iter().rev().cloned().collect();
    let shuffled = (0..rows.len()).map(|i| rows[i * 3_571 % rows.len()].clone()).collect();
    for rows in [reversed, shuffled] {
        assert!(open_together(&[rows]) == (layouts.clone(), feedback.clone()));
    }
}

#[test]
fn a_split_into_files_does_not_matter() {
    let rows = late_telling_rows();
    let (whole, expected) = open_together(std::slice::from_ref(&rows));
    let parts: Vec<Vec<String>> =
        [0..20, 20..6_000, 6_000..9_000].map(|part| rows[part].to_vec()).into();
    let (layouts, feedback) = open_together(&parts);
    assert!(feedback == expected);
    assert_eq!(layouts, vec![whole[0].clone(); 3]);
}

#[test]
fn files_of_other_columns_are_judged_by_themselves() {
    let one = File::new("id,rating,comment\n1,3,came late\n2,5,never came\n");
    let other = File::new("id,stars,comment\n1,9,came late\n2,10,never came\n");
    let inputs = open_all(&[one.path(), other.path()], &ColumnChoice::default()).unwrap();
    let scales: Vec<_> = inputs.iter().map(|input| input.layout.rating_scale).collect();
    assert_eq!(scales, [Some((1.0, 5.0)), Some((1.0, 10.0))]);
}
