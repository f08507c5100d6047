use super::meaning::Subject;
use super::*;

fn touchpoint(codebook: &Codebook, id: &str) -> usize {
    codebook.touchpoints().iter().position(|own| own.id == id).expect("it is built in")
}

/// The built-in codebook; meaning knows three of its touchpoints.
fn assigner(codebook: &Codebook) -> Assigner {
    let own = |id| Subject::Touchpoint(touchpoint(codebook, id));
    let vectors = [
        (own("advertising"), vec![1.0, 0.0, 0.0]),
        (own("hotline"), vec![0.0, 1.0, 0.0]),
        (own("payment"), vec![0.0, 0.0, 1.0]),
        (Subject::Nothing, vec![-1.0, -1.0, -1.0]),
    ];
    Assigner::new(codebook, Prototypes::new(codebook.touchpoints().len(), &vectors))
}

fn assigned(text: &str, vector: &[f32]) -> Vec<(String, How)> {
    let codebook = Codebook::built_in();
    let found = assigner(&codebook).assign(text, Language::De, vector);
    let id = |index: usize| codebook.touchpoints()[index].id.clone();
    found.into_iter().map(|found| (id(found.touchpoint), found.how)).collect()
}

fn one(id: &str, how: How) -> Vec<(String, How)> {
    vec![(id.to_owned(), how)]
}

#[test]
fn a_mention_may_have_several_touchpoints_in_the_order_of_the_codebook() {
    let found = assigned("Die Hotline war besetzt und die Rechnung falsch", &[-0.5, 0.5, 0.5]);
    let expected = [("payment".to_owned(), How::Both), ("hotline".to_owned(), How::Both)];
    assert_eq!(found, expected);
}

#[test]
fn a_keyphrase_that_meaning_agrees_with_is_found_by_both() {
    let found = assigned("Die Hotline war besetzt", &[-0.2, 1.0, 0.0]);
    assert_eq!(found, one("hotline", How::Both));
}

#[test]
fn meaning_speaks_where_no_word_does() {
    let found = assigned("Das hätte ich nicht gedacht", &[1.0, -0.2, 0.0]);
    assert_eq!(found, one("advertising", How::Meaning));
}

#[test]
fn a_remark_without_words_or_meaning_is_general() {
    assert_eq!(assigned("Das hätte ich nicht gedacht", &[-1.0, -1.0, -1.0]), []);
}

#[test]
fn without_prototypes_keyphrases_decide_alone() {
    let codebook = Codebook::built_in();
    let assigner = Assigner::new(&codebook, Prototypes::default());
    let found = assigner.assign("Die Hotline war besetzt", Language::De, &[1.0, 0.0, 0.0]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].how, found[0].confidence), (How::Keyphrase, 1.0));
}

#[test]
fn more_evidence_makes_surer() {
    let codebook = Codebook::built_in();
    let assigner = assigner(&codebook);
    let hotline = touchpoint(&codebook, "hotline");
    let confidence = |vector: &[f32]| {
        let found = assigner.assign("Die Hotline war besetzt", Language::De, vector);
        found.iter().find(|found| found.touchpoint == hotline).map(|found| found.confidence)
    };
    assert!(confidence(&[-0.2, 1.0, 0.0]) > confidence(&[0.0, 0.5, 0.4]));
    assert_eq!(confidence(&[1.0, -0.9, 0.0]), None, "the meaning speaks against the word");
}

const TWO_LEVELS: &str = r#"
[[touchpoint]]
id = "tracking"
parent = "delivery"
names = "Tracking"
keyphrases = ["tracking"]

[[touchpoint]]
id = "delivery"
phase = "purchase"
names = "Delivery"
keyphrases = ["delivery"]
"#;

#[test]
fn what_a_child_is_found_in_its_parent_is_found_in() {
    let codebook = Codebook::parse(TWO_LEVELS, "own.toml").expect("valid");
    let assigner = Assigner::new(&codebook, Prototypes::default());
    let found = assigner.assign("no tracking at all", Language::En, &[]);
    assert_eq!(found.iter().map(|found| found.touchpoint).collect::<Vec<_>>(), [0, 1]);
    let found = assigner.assign("the delivery was late", Language::En, &[]);
    assert_eq!(found.iter().map(|found| found.touchpoint).collect::<Vec<_>>(), [1]);
    assert_eq!(assigner.from_column(0).len(), 2);
}

#[test]
fn parent_and_child_do_not_compete() {
    let codebook = Codebook::parse(TWO_LEVELS, "own.toml").expect("valid");
    let vectors =
        [(Subject::Touchpoint(0), vec![1.0, 0.1]), (Subject::Touchpoint(1), vec![0.9, 0.2])];
    let assigner = Assigner::new(&codebook, Prototypes::new(2, &vectors));
    let signals = assigner.signals("well", Language::En, &[1.0, 0.1]);
    assert!(signals.iter().all(|signal| signal.lead == 0.0), "{signals:?}");
}
