use super::*;

fn parse(text: &str) -> Result<Corrections, CorrectionsError> {
    Corrections::parse(Path::new("corrections.csv"), text, &Codebook::built_in())
}

#[test]
fn mentions_terms_and_pain_points_are_corrected() {
    let found = parse(
        "feedback_id;text_hash;mention;target;field;value\n\
         R1;;2;;sentiment;negative\n\
         ;0123456789ab;;;touchpoint;app\n\
         ;;;app-1;rename_pain_point;Abstürze\n\
         ;;;Foo;ban_term;\n\
         ;;;;;\n",
    )
    .unwrap();
    assert_eq!(found.rows(), 4);
    let others = found.others(&BTreeSet::from([2, 3, 4]));
    assert_eq!(others, ["corrections.csv:5: ban_term Foo"]);
    let first = &found.mentions[&Subject::Mention("R1".into(), 2)];
    assert_eq!(first, &[(2, MentionEdit::Sentiment(Sentiment::Negative))]);
    assert!(found.mentions.contains_key(&Subject::Text("0123456789ab".into())));
    assert_eq!(found.pain_points[0].2, ThemeEdit::Rename("Abstürze".into()));
    assert_eq!(found.terms, [(5, "Foo".to_owned(), TermEdit::Ban)]);
}

#[test]
fn what_is_copied_from_our_tables_is_what_it_was() {
    let found = parse(
        "feedback_id,mention,target,field,value\n'=7,1,,sentiment,negative\n\
         ,,'-10 %,rename_term,'tis\n",
    )
    .unwrap();
    assert!(found.mentions.contains_key(&Subject::Mention("=7".into(), 1)));
    assert_eq!(found.terms, [(3, "-10 %".to_owned(), TermEdit::Rename("'tis".into()))]);
}

#[test]
fn sentiments_may_be_named_as_evaluate_takes_them() {
    for (name, sentiment) in [
        ("negativ", Sentiment::Negative),
        ("Neutral", Sentiment::Neutral),
        ("positif", Sentiment::Positive),
    ] {
        let found = parse(&format!("text_hash,field,value\n0123456789ab,sentiment,{name}\n"));
        let edits = found.unwrap().mentions.into_values().next().unwrap();
        assert_eq!(edits, [(2, MentionEdit::Sentiment(sentiment))]);
    }
}

#[test]
fn who_names_a_part_names_its_whole() {
    let source = "name,phase,keyphrases,parent\n\
        Delivery,purchase,parcel,\nTracking,,tracking,Delivery\nApp,use,app,\n";
    let codebook = Codebook::parse_table(source, "own.csv").unwrap();
    let text = "text_hash,field,value\n0123456789ab,touchpoint,tracking;app\n";
    let found = Corrections::parse(Path::new("corrections.csv"), text, &codebook).unwrap();
    let ids = ["tracking", "delivery", "app"].map(str::to_owned).into();
    let edits = found.mentions.values().next().unwrap();
    assert_eq!(edits, &[(2, MentionEdit::Touchpoints(ids))]);
}

#[test]
fn a_mistake_is_told_with_line_column_and_remedy() {
    let header = "feedback_id,mention,text_hash,target,field,value\n";
    for (row, place, remedy) in [
        ("R1,1,,,sentiment,angry", ":2:value:", "negative, neutral or positive"),
        ("R1,0,,,sentiment,negative", ":2:mention:", "from 1"),
        (",1,,,sentiment,negative", ":2:feedback_id:", "which mention"),
        (",,12,,sentiment,negative", ":2:text_hash:", "twelve digits"),
        ("R1,1,,,touchpoint,moon", ":2:value:", "the codebook"),
        ("R1,1,,,mood,bad", ":2:field:", "write one of sentiment"),
        (",,,,ban_term,", ":2:target:", "terms.csv"),
        (",,,app-1,rename_pain_point,", ":2:value:", "instead"),
        (",,,app-1,merge_pain_point,app-1", ":2:value:", "itself"),
        ("R1,1,,,sentiment,negative\nR1,1,,,sentiment,positive", ":3:field:", "keep one"),
    ] {
        let error = parse(&format!("{header}{row}\n")).unwrap_err().to_string();
        assert!(error.contains(place) && error.contains(remedy), "{row}: {error}");
    }
    assert!(parse("a,b\n").unwrap_err().to_string().contains("no column field"));
}
