use super::*;

fn assigned(text: &str, vector: &[f32]) -> Vec<(String, How)> {
    let codebook = Codebook::built_in();
    let axis = |index: usize| if index == 0 { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
    let touchpoints = codebook.touchpoints();
    let prototypes = Prototypes::new(vec![(0, axis(0)), (touchpoints.len(), axis(1))]);
    Assigner::new(&codebook, prototypes)
        .assign(text, Language::De, vector)
        .into_iter()
        .map(|found| (touchpoints[found.touchpoint].id.clone(), found.how))
        .collect()
}

#[test]
fn a_mention_may_have_several_touchpoints_in_the_order_of_the_codebook() {
    let found = assigned("Die Hotline war besetzt und die Rechnung falsch", &[0.0, 1.0]);
    let expected = [("payment".to_owned(), How::Keyphrase), ("hotline".to_owned(), How::Keyphrase)];
    assert_eq!(found, expected);
}

#[test]
fn words_win_over_meaning() {
    let found = assigned("Die Hotline war besetzt", &[1.0, 0.0]);
    assert_eq!(found, [("hotline".to_owned(), How::Keyphrase)]);
}

#[test]
fn meaning_speaks_where_no_word_does() {
    let found = assigned("Das hätte ich nicht gedacht", &[1.0, 0.0]);
    assert_eq!(found, [("advertising".to_owned(), How::Meaning)]);
}

#[test]
fn a_remark_without_words_or_meaning_is_general() {
    assert_eq!(assigned("Das hätte ich nicht gedacht", &[0.0, 1.0]), []);
}
