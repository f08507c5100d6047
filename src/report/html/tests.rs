use std::collections::BTreeMap;

use super::super::sample;
use super::*;
use crate::config::codebook::Localised;
use crate::model::LabelsUsed;
use crate::read::KnownProfile;
use crate::report::ReportLanguage::{self, De, En};
use crate::report::presentation::{Audience, Logo, Presentation};
use crate::report::words::labels::Labels;
use crate::tally::summary::TouchpointSummary;

fn html(language: ReportLanguage, findings: &Findings) -> String {
    let mut out = Vec::new();
    Html.export(findings, &Reader { language, ..Reader::default() }, &mut out).unwrap();
    String::from_utf8(out).unwrap().replace('\u{a0}', " ")
}

/// The page without its style sheet and its script.
fn body(language: ReportLanguage, findings: &Findings) -> String {
    let html = html(language, findings);
    html[html.find("<body>").unwrap()..html.find("<script>").unwrap()].to_owned()
}

/// Every tag of the page, in order.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)).collect()
}

#[test]
fn the_finding_comes_first_and_says_where_the_evidence_is() {
    let body = body(De, &sample::german());
    let sentence = "Am meisten wiegt „<bdi>zu spät</bdi>“ (Lieferung). \
                    Genannt in 286 von 2.380 Rückmeldungen mit Text.";
    let headline = body.find(sentence).expect("the headline");
    assert!(headline < body.find("id=\"touchpoints\"").unwrap());
    let topic = sample::german().topics.remove(0).id;
    assert!(body.contains(&format!("href=\"#topic-{topic}\"")));
    assert!(body.contains(&format!("id=\"topic-{topic}\"")));
}

#[test]
fn numbers_and_dates_are_those_of_the_language() {
    let german = body(De, &sample::german());
    assert!(german.contains("3. Januar bis 12. Dezember 2025"));
    assert!(german.contains("2.541 Rückmeldungen"));
    assert!(german.contains("5,1 %"));
    let english = body(En, &sample::english());
    assert!(english.contains("12 to 13 March 2026"));
    assert!(english.contains("2,541 pieces of feedback"));
    assert!(english.contains("8.4%"));
}

#[test]
fn every_label_is_used_and_exists_in_the_language_of_the_page() {
    for name in Labels::NAMES {
        let used = |(_, source): &(&str, &str)| source.contains(&format!("t.{name}"));
        assert!(TEMPLATES.iter().any(used), "no one uses the label {name}");
    }
    assert!(html(De, &sample::german()).contains("<html lang=\"de\">"));
    assert!(html(En, &sample::english()).contains("<html lang=\"en\">"));
}

#[test]
fn what_was_read_and_what_is_doubtful_stands_at_the_head() {
    let body = body(De, &sample::german());
    let (head, _) = body.split_once("<main>").unwrap();
    for told in [
        "Vor dem Lesen zu prüfen",
        "40 von 40 Zellen einer Stichprobe; gelesen als Tag vor Monat (etwa \"03/04/2025\").",
    ] {
        let read = head.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#x2f;", "/");
        assert!(read.contains(told), "{told}: {head}");
    }
    let mut certain = sample::english();
    certain.reading.columns = sample::german().reading.columns;
    certain.reading.profiles =
        vec![KnownProfile { name: "Typeform".into(), ..KnownProfile::default() }];
    assert!(html(En, &certain).contains("<dt>export of</dt>\n<dd><bdi>Typeform</bdi></dd>"));
    certain.reading.tuned_on =
        Some(LabelsUsed { count: 1200, file: "a<b.csv".into(), sha256: String::new() });
    for (language, told) in [
        (En, "Sentiment was tuned on 1,200 labels given by hand (a&lt;b.csv)."),
        (De, "Die Stimmung wurde an 1.200 von Hand vergebenen Urteilen ausgerichtet (a&lt;b.csv)."),
    ] {
        assert!(html(language, &certain).contains(told), "{told}");
    }
    let certain = html(En, &certain);
    assert!(
        certain.contains("<h3 id=\"reading\">") && !certain.contains("<aside class=\"doubtful\"")
    );
    let page = body.replace("&#x27;", "'");
    let (_, method) = page.split_once("<main>").unwrap();
    assert!(method.contains("<dt>Text</dt>\n<dd><bdi>kommentar</bdi></dd>"), "{method}");
}

#[test]
fn one_is_singular() {
    let body = body(De, &sample::scattered());
    assert!(body.contains("1 Rückmeldung ·"), "{body}");
    assert!(body.contains("2 Nennungen"));
}

#[test]
fn customers_words_stay_words() {
    let hostile = sample::hostile();
    for language in [De, En] {
        let body = body(language, &hostile);
        for tag in tags(&body) {
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or(tag);
            assert!(!["script", "img", "style", "title/"].contains(&name), "{tag}");
            assert!(!tag.contains("onmouseover=\"") && !tag.contains("onerror="), "{tag}");
        }
        assert!(body.contains("&lt;script&gt;alert(1)"));
        assert!(body.contains("{{ 7*7 }}"));
        assert!(!body.contains(|char: char| char.is_control() && char != '\n'));
    }
}

#[test]
fn the_page_is_built_of_the_same_tags_whatever_customers_write() {
    let names = |findings: &Findings| -> Vec<String> {
        let body = body(De, findings);
        tags(&body).iter().map(|tag| tag.split(' ').next().unwrap_or(tag).to_owned()).collect()
    };
    let plain = sample::german();
    let mut hostile = plain.clone();
    for found in &mut hostile.topics {
        found.label = vec!["</bdi></h3><h1 onclick='x'>".to_owned()];
    }
    assert_eq!(names(&plain), names(&hostile));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    for findings in [sample::german(), sample::nothing()] {
        let whole = html(De, &findings);
        let html = whole.replace(SCRIPT, "");
        for outside in ["http://", "https://", "<script src", "<link", "<img", "@import", "src="] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert_eq!(html.matches("<script>").count(), 1);
        assert!(!html.contains(" style=\""));
    }
    assert_eq!(STYLE.matches("url(").count(), STYLE.matches("url(#").count());
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_unique() {
    for findings in [sample::german(), sample::english(), sample::scattered(), sample::nothing()] {
        let body = body(De, &findings);
        let values = |start: &str| -> Vec<String> {
            body.split(start)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect()
        };
        let ids = values(" id=\"");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
        for target in values("href=\"#").iter().chain(&values("aria-labelledby=\"")) {
            assert!(ids.contains(target), "nothing has the id {target}");
        }
    }
}

#[test]
fn tags_are_closed_in_order() {
    let findings = [
        sample::german(),
        sample::english(),
        sample::hostile(),
        sample::alerted(),
        sample::scattered(),
        sample::nothing(),
    ];
    for findings in findings {
        let mut open = Vec::new();
        let body = body(De, &findings);
        for tag in tags(body.trim_end().trim_end_matches("</html>")) {
            let name = tag.split([' ', '\n']).next().unwrap();
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !tag.ends_with('/') && name != "br" {
                open.push(name);
            }
        }
        assert_eq!(open, ["body"]);
    }
}

#[test]
fn charts_have_a_name_and_tables_have_scopes() {
    let body = body(En, &sample::german());
    for tag in tags(&body) {
        if tag.starts_with("svg") {
            assert!(tag.contains("aria-label=\"") || tag.contains("aria-hidden"), "{tag}");
        }
        if tag.starts_with("th ") || tag == "th" {
            assert!(tag.contains("scope="), "{tag}");
        }
    }
}

#[test]
fn headings_leave_no_level_out() {
    let body = body(De, &sample::german());
    let levels: Vec<u8> = tags(&body)
        .iter()
        .filter(|tag| ["h1", "h2", "h3", "h4"].contains(&tag.split(' ').next().unwrap()))
        .map(|tag| tag.as_bytes()[1] - b'0')
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn touchpoints_without_a_mention_are_one_sentence() {
    let body = body(De, &sample::german());
    assert!(body.contains("Ohne eine Nennung: Filiale, Newsletter."));
    assert!(body.contains("nicht selbst steuerbar"));
}

#[test]
fn parts_stand_below_their_touchpoint_and_what_is_about_none_comes_last() {
    let mut findings = sample::german();
    let touchpoints = &mut findings.summary.touchpoints;
    let known = touchpoints[0].clone();
    let like = |id: &str, parent: &str| TouchpointSummary {
        id: id.to_owned(),
        names: Localised::from(BTreeMap::from([("de".to_owned(), format!("Name {id}"))])),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        ..known.clone()
    };
    *touchpoints = [("general", ""), ("late", "delivery"), ("app", ""), ("delivery", "")]
        .map(|(id, parent)| like(id, parent))
        .into();
    let body = body(De, &findings);
    let rows: Vec<(bool, &str)> = body
        .split("<tbody")
        .filter_map(|row| {
            let name =
                row.split("class=\"name\">").nth(1)?.split("Name ").nth(1)?.split('<').next()?;
            Some((row.starts_with(" class=\"part\">"), name))
        })
        .collect();
    assert_eq!(rows, [(false, "app"), (false, "delivery"), (true, "late"), (false, "general")]);
    assert!(body.contains("Eingerückte gehören zum Kontaktpunkt darüber"));
}

#[test]
fn every_topic_has_its_place_in_the_ranking_and_a_card_in_its_chapter() {
    let findings = sample::german();
    let page = body(De, &findings);
    assert_eq!(
        page.matches("<article class=\"card pain\"").count(),
        findings.pain_points().count()
    );
    assert_eq!(
        page.matches("<article class=\"card delight\"").count(),
        findings.delights().count()
    );
    assert!(page.contains("2 weitere Schmerzpunkte"));
    let first = &findings.topics[0];
    let chapter = page.find(&format!("id=\"at-{}\"", first.touchpoint)).expect("its chapter");
    assert!(page.find(&format!("id=\"topic-{}\"", first.id)).unwrap() > chapter);
}

#[test]
fn a_board_is_shown_five_of_each_and_no_chapter() {
    let mut out = Vec::new();
    let presentation = Presentation { audience: Some(Audience::Board), ..Presentation::default() };
    let reader = Reader { presentation, ..Reader::default() };
    Html.export(&sample::german(), &reader, &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert_eq!(page.matches("<article class=\"card pain\"").count(), 5);
    assert!(!page.contains("class=\"chapter\""));
}

#[test]
fn a_company_shows_its_name_its_colour_and_its_logo() {
    let presentation = Presentation {
        company: Some("A & B".into()),
        title: Some("Frühjahr".into()),
        introduction: Some("<b>Grundlage</b>".into()),
        logo: Logo::new(b"\x89PNG and so on".to_vec()),
        accent: Accent::try_from("#7a0b5a".to_owned()).ok(),
        audience: None,
    };
    let mut out = Vec::new();
    let reader = Reader { presentation, ..Reader::default() };
    Html.export(&sample::german(), &reader, &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    for told in [
        "<h1>Frühjahr</h1>",
        "&lt;b&gt;Grundlage",
        "alt=\"A &amp; B\"",
        "src=\"data:image/png;base64,iVBORyBhbmQgc28gb24=\"",
        "--accent: #7a0b5a",
    ] {
        assert!(page.contains(told) || page.replace("&#x2f;", "/").contains(told), "{told}");
    }
}

/// The page allows the style sheet and the script that it carries: their SHA-256 is that of what stands between
/// the tags.
#[test]
fn the_page_allows_itself_its_own_script_and_no_other() {
    let page = html(De, &sample::german());
    for tag in ["style", "script"] {
        let inside = page.split(&format!("<{tag}>")).nth(1).unwrap();
        let inside = inside.split(&format!("</{tag}>")).next().unwrap();
        let hash = base64(&Sha256::digest(inside.as_bytes()));
        assert!(page.contains(&format!("{tag}-src 'sha256-{hash}'")), "{tag}");
    }
    assert!(SCRIPT.len() <= 20_000);
}

#[test]
fn a_page_is_cut_rather_than_too_long_to_be_sent() {
    let mut findings = sample::german();
    let found = findings.topics[0].clone();
    let voice = found.verbatims[0].clone();
    findings.topics = (0..700)
        .map(|number| {
            let text = format!("Voice {number}.");
            let whole = Some("lang ".repeat(300));
            let voices =
                vec![crate::painpoint::findings::Verbatim { text, whole, ..voice.clone() }; 3];
            crate::painpoint::findings::Topic {
                id: format!("t-{number}"),
                verbatims: voices,
                ..found.clone()
            }
        })
        .collect();
    let page = html(De, &findings);
    assert!(page.len() <= MOST, "{}", page.len());
    assert!(page.contains("Damit die Seite klein bleibt"));
    assert!(page.contains("Voice 699"));
}

#[test]
fn without_dates_there_is_no_trend() {
    let body = body(En, &sample::english());
    assert!(!body.contains("id=\"trend\""));
    assert!(!body.contains("class=\"spark\""));
    assert!(body.contains("mean rating on a scale from 1 to 5"));
}

#[test]
fn an_empty_file_still_makes_a_page() {
    let body = body(De, &sample::nothing());
    assert!(body.contains("Keine der Rückmeldungen enthält einen Text"));
    assert!(body.contains("So entstehen die Zahlen"));
    assert!(!body.contains("id=\"pain-points\""));
}

#[test]
fn what_pain_points_leave_out_is_said() {
    let body = body(De, &sample::german());
    assert!(body.contains(
        "Negative Nennungen: 1.726. Davon sind 1.302 (75 %) in einem Schmerzpunkt. 424 (25 %) sind"
    ));
    assert!(body.contains("rejects.csv"));
}

#[test]
fn alerts_come_first_and_lead_to_their_pain_points() {
    let findings = sample::alerted();
    let body = body(De, &findings);
    let alarm = body.find("Alarm (neu):").unwrap();
    assert!(alarm < body.find("id=\"findings\"").unwrap());
    let anchor = format!("#{}", findings.topics[0].id);
    let line = body[alarm..].lines().next().unwrap();
    assert!(line.contains(&anchor) || line.contains("href=\"#"), "{line}");
    assert!(line.contains("Regel &lt;1&gt;"), "{line}");
    assert!(!self::body(De, &sample::german()).contains("id=\"alerts\""));
}

#[test]
fn history_tells_periods_topics_and_where_topics_went() {
    let body = body(De, &sample::alerted());
    assert!(body.contains("noch nicht zu Ende") && body.contains("in 3 Läufen, zuerst im 1."));
    assert!(body.contains("23 von 57 Rückmeldungen aus „kam &lt;nie&gt;“ sind jetzt in „zu spät“"));
}
