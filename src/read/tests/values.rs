//! Dates, scores and ratings in the notations of exports.

use jiff::civil::date;

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
    assert_eq!(unread(&input.doubts()), [("date", 2), ("nps", 3), ("stars", 1)]);
}

#[test]
fn rating_scales_follow_the_data() {
    let scale = |stars: &str| {
        let rows: String = stars.split(' ').map(|stars| format!("{stars},x\n")).collect();
        File::new(format!("rating,text\n{rows}")).open().layout.rating_scale
    };
    assert_eq!(scale("1 5 3"), Some((1.0, 5.0)));
    assert_eq!(scale("1 9 3"), Some((1.0, 10.0)));
    assert_eq!(scale("0 9 3"), Some((0.0, 10.0)));
    assert_eq!(scale("4/5 3/5"), Some((1.0, 5.0)));
}
