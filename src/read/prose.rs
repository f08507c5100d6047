//! Whether a cell is more than a name, a number or a choice.

/// Words from which on people write rather than choose.
const WORDS: usize = 3;

/// Characters that say as much where words have no spaces between them, as in Chinese.
const CHARS: usize = 8;

/// Whether somebody wrote it.
pub(crate) fn is_prose(text: &str) -> bool {
    let has_letters = |word: &&str| word.contains(char::is_alphabetic);
    let words = text.split_whitespace().filter(has_letters);
    let unspaced = |c: &char| c.is_alphabetic() && *c >= '\u{2e80}';
    words.take(WORDS).count() == WORDS || text.chars().filter(unspaced).take(CHARS).count() == CHARS
}

/// What stands between the parts of a list of names or choices, and of a list of sentences.
pub(crate) const BETWEEN: &str = "; ";
const BETWEEN_SENTENCES: &str = "\n";

/// The parts of a list as one cell; blank ones are none.
pub(crate) fn joined(texts: Vec<String>) -> String {
    let filled: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    let sentences = filled.iter().any(|text| is_prose(text));
    filled.join(if sentences { BETWEEN_SENTENCES } else { BETWEEN })
}

/// Whether it is a sentence rather than an address or a title: most words after the first start with a small letter,
/// where the letters have cases.
pub(crate) fn is_sentence(text: &str) -> bool {
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic());
    let starts: Vec<char> = text.split_whitespace().filter_map(first).skip(1).collect();
    let capitals = starts.iter().filter(|c| c.is_uppercase()).count();
    is_prose(text) && (starts.is_empty() || capitals * 2 < starts.len())
}

#[cfg(test)]
mod tests {
    use super::{is_prose, is_sentence};

    #[test]
    fn addresses_and_titles_are_no_sentences() {
        for text in [
            "The parcel came late",
            "Der Monteur kam nicht, wie vereinbart.",
            "包裹来得太晚了也没人通知",
        ] {
            assert!(is_sentence(text), "{text}");
        }
        for text in ["1 Canal Street 0 Amsterdam Netherlands", "Head of Procurement", "Jane Doe"] {
            assert!(!is_sentence(text), "{text}");
        }
    }

    #[test]
    fn sentences_are_told_from_names_and_numbers() {
        for text in ["The parcel came late", "nie wieder hier", "包裹来得太晚了也没人通知"]
        {
            assert!(is_prose(text), "{text}");
        }
        for text in ["", "Jane Doe", "2025-01-03 10:00:00", "1 2 3 4", "北京市"] {
            assert!(!is_prose(text), "{text}");
        }
    }
}
