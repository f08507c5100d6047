//! painpoint's language against the crate lingua's.
//!
//!     against-lingua FILE          rows of (kind, language, words, text), tab-separated: one line of answers each
//!     against-lingua FILE --time   microseconds a text instead, one thread
//!
//! Answers: painpoint, whatlang of the seven, and with the feature `lingua`: of twelve languages, its confidence,
//! of twelve with trigrams alone, of seven, its confidence.

use std::hint::black_box;
use std::time::Instant;

use painpoint::text::language::detect;
use painpoint::text::others::in_other_languages;

/// What the program says: `other` where all letters are passed over, else one of the seven or `und`.
fn painpoint(text: &str) -> &'static str {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let passed: usize = in_other_languages(text).iter().map(|own| letters(&text[own.clone()])).sum();
    match passed {
        0 => detect(text).code(),
        passed if passed == letters(text) => "other",
        _ => "mixed",
    }
}

fn whatlang(text: &str) -> &'static str {
    use whatlang::Lang;
    match whatlang::detect_lang(text) {
        Some(Lang::Deu) => "de",
        Some(Lang::Eng) => "en",
        Some(Lang::Spa) => "es",
        Some(Lang::Fra) => "fr",
        Some(Lang::Ita) => "it",
        Some(Lang::Nld) => "nl",
        Some(Lang::Por) => "pt",
        Some(_) => "other",
        None => "und",
    }
}

#[cfg(feature = "lingua")]
mod with {
    use lingua::Language::{self, *};
    use lingua::{LanguageDetector, LanguageDetectorBuilder};

    pub const SEVEN: [Language; 7] = [German, English, Spanish, French, Italian, Dutch, Portuguese];
    const OTHERS: [Language; 5] = [Polish, Turkish, Danish, Swedish, Czech];

    pub fn twelve() -> LanguageDetectorBuilder {
        LanguageDetectorBuilder::from_languages(&[&SEVEN[..], &OTHERS[..]].concat())
    }

    pub fn seven() -> LanguageDetectorBuilder {
        LanguageDetectorBuilder::from_languages(&SEVEN)
    }

    pub fn code(language: Option<Language>) -> String {
        match language {
            None => "und".to_owned(),
            Some(language) => language.iso_code_639_1().to_string(),
        }
    }

    /// The likeliest language and its confidence.
    pub fn said(detector: &LanguageDetector, text: &str) -> (String, f64) {
        let first = detector.compute_language_confidence_values(text).into_iter().next();
        // Lingua gives every language the same confidence where it knows no letter.
        match (detector.detect_language_of(text), first) {
            (Some(language), Some((_, confidence))) => (code(Some(language)), confidence),
            _ => ("und".to_owned(), 0.0),
        }
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a file of rows");
    let is_timed = arguments.next().is_some();
    let source = std::fs::read_to_string(file).expect("the file");
    let rows: Vec<Vec<&str>> = source.lines().map(|line| line.split('\t').collect()).collect();
    if is_timed {
        time(&rows);
        return;
    }
    #[cfg(feature = "lingua")]
    let (twelve, low, seven) = (
        with::twelve().build(),
        with::twelve().with_low_accuracy_mode().build(),
        with::seven().build(),
    );
    for row in &rows {
        let text = row[3];
        print!("{}\t{}\t{}\t{}\t{}\t{}", row[0], row[1], row[2], text, painpoint(text), whatlang(text));
        #[cfg(feature = "lingua")]
        {
            let (of_twelve, sure) = with::said(&twelve, text);
            let (of_seven, sure_of_seven) = with::said(&seven, text);
            let of_low = with::code(low.detect_language_of(text));
            print!("\t{of_twelve}\t{sure:.4}\t{of_low}\t{of_seven}\t{sure_of_seven:.4}");
        }
        println!();
    }
}

fn time(rows: &[Vec<&str>]) {
    let measured = |name: &str, say: &mut dyn FnMut(&str)| {
        let start = Instant::now();
        say("Lieferung kam spät");
        let first = start.elapsed();
        let start = Instant::now();
        rows.iter().for_each(|row| say(row[3]));
        let once = start.elapsed().as_secs_f64() * 1e6 / rows.len() as f64;
        let start = Instant::now();
        rows.iter().for_each(|row| say(row[3]));
        let again = start.elapsed().as_secs_f64() * 1e6 / rows.len() as f64;
        println!("{name}: first text {:.1} ms, then {once:.1} and {again:.1} µs a text", first.as_secs_f64() * 1e3);
        println!("  resident {}", resident());
    };
    println!("resident at the start {}", resident());
    measured("painpoint", &mut |text| {
        black_box(painpoint(text));
    });
    #[cfg(feature = "lingua")]
    {
        let seven = with::seven().build();
        measured("lingua, seven", &mut |text| {
            black_box(seven.detect_language_of(text));
        });
        let low = with::twelve().with_low_accuracy_mode().build();
        measured("lingua, twelve, low accuracy", &mut |text| {
            black_box(low.detect_language_of(text));
        });
        let twelve = with::twelve().build();
        measured("lingua, twelve", &mut |text| {
            black_box(twelve.detect_language_of(text));
        });
    }
}

fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().replace("VmRSS:", "").trim().to_owned()
}
