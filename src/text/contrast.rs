//! Where a sentence turns: "…, aber …", "… but …".

use std::sync::LazyLock;

use super::Language;
use super::lexicon::{Role, has_word, role};
use super::words::{Word, words};

/// How a word of contrast must stand to start a clause of its own.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// Wherever it stands it contrasts.
    Nothing,
    /// A comma before it, or else a subject after it or a judgement before it.
    CommaOrSubject,
    /// A comma, a dash or "and" before it.
    Comma,
}

/// Words of contrast, folded.
#[rustfmt::skip]
const CONTRASTS: &[(Language, Needs, &str)] = &[
    (Language::De, Needs::CommaOrSubject, "aber"),
    (Language::De, Needs::Comma, "jedoch, allerdings, dennoch, trotzdem, doch, leider, nur leider, obwohl, dafuer, \
        lediglich, hingegen, dagegen"),
    (Language::En, Needs::Nothing, "but, whereas"),
    (Language::En, Needs::CommaOrSubject, "although, though"),
    (Language::En, Needs::Comma, "however, yet, unfortunately, nevertheless, sadly"),
    (Language::Es, Needs::Nothing, "pero, sin embargo"),
    (Language::Es, Needs::Comma, "aunque, no obstante, en cambio"),
    (Language::Fr, Needs::Nothing, "mais, par contre"),
    (Language::Fr, Needs::Comma, "cependant, toutefois, pourtant, malheureusement, en revanche, neanmoins, dommage"),
    (Language::It, Needs::CommaOrSubject, "ma"),
    (Language::It, Needs::Comma, "pero, tuttavia, purtroppo, invece"),
    (Language::Nl, Needs::CommaOrSubject, "maar"),
    (Language::Nl, Needs::Comma, "echter, helaas, hoewel, alleen, toch"),
    (Language::Pt, Needs::Nothing, "mas, porem"),
    (Language::Pt, Needs::Comma, "contudo, no entanto, entretanto, todavia, infelizmente, embora"),
    (Language::Und, Needs::Comma, "aber, but, pero, mais, ma, maar, mas"),
];

/// A word of contrast, or several, and what it needs.
type Contrast = (Vec<&'static str>, Needs);

/// The words of contrast of each language, in the order of [`Language::ALL`].
static BY_LANGUAGE: LazyLock<[Vec<Contrast>; 8]> = LazyLock::new(|| {
    let mut contrasts: [Vec<Contrast>; 8] = Default::default();
    for &(language, needs, list) in CONTRASTS {
        let phrases = list.split(", ").map(|phrase| (phrase.split(' ').collect(), needs));
        contrasts[language as usize].extend(phrases);
    }
    contrasts
});

/// Words before a contrast that make it none: "nothing but", "oder aber", "alleen maar".
const NO_CONTRAST_AFTER: &str = "nothing anything everything all none nobody longer least choice help only can't cannot \
    alles oder wenn also nun jetzt dann erst alleen nog zeg non nunca jamais";

/// Words after a contrast that make it none: "but also", "mais aussi", "ma anche".
const NO_CONTRAST_BEFORE: &str = "also rather aussi anche tambien tambem ook hallo sicher";

/// Words that may be the subject of the clause after an unmarked "aber" or "maar".
const SUBJECTS: &str = "der die das den dem ich wir sie er es man ein eine mein meine leider dafuer nach bei beim wenn als im \
    in the it i we they he she my a there this il la lo gli le non si de het een ik je wel niet helaas un una sono kein keine";

/// Words after which the clause goes on: "wir haben aber …", "ik heb maar …".
const OPEN_ENDS: &str = "man ich wir er sie es ihr habe hat haben hatte hatten wird werden wurde wurden kann muss dann da hier \
    wobei ik we wij hij ze je heeft hebben kan wordt io ho ha hanno";

/// The offsets in `sentence` at which a clause of contrast starts, ascending. Both sides of each
/// have two words at least.
pub(super) fn clause_starts(sentence: &str, language: Language) -> Vec<usize> {
    const SHORTEST_CLAUSE: usize = 2;
    let words = words(sentence);
    let mut starts = Vec::new();
    let mut clause = 0;
    for index in SHORTEST_CLAUSE..words.len() {
        let Some((length, needs)) = contrast_at(&words[index..], language) else { continue };
        let start = with_conjunction(sentence, &words, index);
        let is_long_enough = start >= clause + SHORTEST_CLAUSE
            && words.len() >= index + length + SHORTEST_CLAUSE
            && !ends_early(sentence, &words[index + length - 1..]);
        if is_long_enough && stands(sentence, &words, index, length, needs, language) {
            starts.push(words[start].range.start);
            clause = index + length;
        }
    }
    starts
}

/// The number of words of the contrast that `words` starts with.
fn contrast_at(words: &[Word<'_>], language: Language) -> Option<(usize, Needs)> {
    let contrasts = &BY_LANGUAGE[language as usize];
    let (phrase, needs) = contrasts.iter().find(|(phrase, _)| {
        phrase.len() <= words.len()
            && phrase.iter().zip(words).all(|(part, word)| *part == word.folded)
    })?;
    Some((phrase.len(), *needs))
}

/// "und trotzdem", "and yet", "leider aber": the clause starts with the word before.
fn with_conjunction(sentence: &str, words: &[Word<'_>], index: usize) -> usize {
    let previous = &words[index - 1];
    let joins = has_word("und and et y e en nur leider only even", &previous.folded);
    if joins && !has_break(between(sentence, previous, &words[index])) { index - 1 } else { index }
}

fn stands(
    sentence: &str,
    words: &[Word<'_>],
    index: usize,
    length: usize,
    needs: Needs,
    language: Language,
) -> bool {
    let start = with_conjunction(sentence, words, index);
    let (before, after) = (&words[start - 1], &words[index + length]);
    if has_word(NO_CONTRAST_AFTER, &before.folded)
        || has_word(NO_CONTRAST_BEFORE, &after.folded)
        || is_not_only(&words[..index])
    {
        return false;
    }
    let gap = between(sentence, before, &words[start]);
    if gap.contains('(') {
        return false;
    }
    let has_comma = has_break(gap);
    match needs {
        Needs::Nothing => true,
        Needs::Comma => has_comma || start < index,
        Needs::CommaOrSubject => {
            has_comma
                || role(&before.folded, language) == Role::Evaluative
                || (role(&before.folded, language) != Role::Copula
                    && !has_word(OPEN_ENDS, &before.folded)
                    && is_subject(after, language))
        }
    }
}

/// "nicht nur …, aber auch", "not only … but": adds, contrasts nothing.
fn is_not_only(before: &[Word<'_>]) -> bool {
    before.windows(2).any(|pair| {
        matches!(
            (pair[0].folded.as_str(), pair[1].folded.as_str()),
            ("nicht", "nur")
                | ("not", "only" | "just")
                | ("no", "solo")
                | ("non", "seulement" | "solo")
                | ("pas", "seulement")
                | ("niet", "alleen")
                | ("nao", "so" | "apenas")
        )
    })
}

fn is_subject(word: &Word<'_>, language: Language) -> bool {
    has_word(SUBJECTS, &word.folded)
        || (language == Language::De && word.surface.starts_with(char::is_uppercase))
}

/// Whether the clause ends right after its word of contrast: "good, however, …".
fn ends_early(sentence: &str, words: &[Word<'_>]) -> bool {
    matches!(words, [contrast, next, ..] if between(sentence, contrast, next).contains(['.', '!', '?', ')']))
}

fn between<'t>(sentence: &'t str, before: &Word<'_>, after: &Word<'_>) -> &'t str {
    &sentence[before.range.end..after.range.start]
}

fn has_break(gap: &str) -> bool {
    gap.contains([',', ';', ':', '–', '—', '.', '!', '?', ')', '…']) || gap.contains(" - ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(sentence: &str, language: Language) -> Vec<&str> {
        let mut cuts = clause_starts(sentence, language);
        cuts.insert(0, 0);
        cuts.push(sentence.len());
        cuts.windows(2).map(|cut| sentence[cut[0]..cut[1]].trim()).collect()
    }

    #[test]
    fn a_contrast_starts_a_clause() {
        for (language, before, after) in [
            (Language::De, "Preis gut,", "jedoch schlechte Beratung"),
            (Language::De, "Das Gerät ist gut,", "allerdings ist der Akku schwach"),
            (Language::De, "Alles bezahlt", "und trotzdem kam nichts an"),
            (Language::De, "Essen war gut", "aber die Bedienung langsam"),
            (Language::De, "Schönes Zimmer,", "nur leider sehr laut"),
            (Language::En, "Nice room", "but the bed was hard"),
            (Language::En, "I paid in advance", "even though it was late"),
            (Language::En, "Good phone,", "however the battery dies"),
            (Language::Es, "Buen hotel", "pero el baño sucio"),
            (Language::Es, "Buen hotel,", "sin embargo muy caro"),
            (Language::Fr, "Bon produit,", "mais livraison trop lente"),
            (Language::It, "Bella camera,", "ma colazione pessima"),
            (Language::It, "Bella camera,", "però era rumorosa"),
            (Language::Nl, "Mooie kamer,", "maar het ontbijt viel tegen"),
            (Language::Pt, "Bom hotel,", "mas o quarto sujo"),
            (Language::Pt, "Bom hotel,", "no entanto muito caro"),
            (Language::Und, "Super product,", "aber delivery zu spät"),
        ] {
            assert_eq!(parts(&format!("{before} {after}"), language), [before, after]);
        }
    }

    #[test]
    fn what_adds_limits_or_belongs_to_the_verb_is_no_contrast() {
        for (language, sentence) in [
            (Language::De, "Die Lieferung war aber sehr schnell"),
            (Language::De, "Wir haben aber lange gewartet"),
            (Language::De, "Nicht nur teuer, aber auch noch langsam"),
            (Language::De, "Das ist alles, aber nicht kundenfreundlich"),
            (Language::De, "Gutes Produkt, aber teuer"),
            (Language::De, "Es ist scharf (aber das liebe ich) und gut"),
            (Language::En, "This was nothing but a big disappointment"),
            (Language::En, "Service was anything but really helpful"),
            (Language::En, "Last but not least the room was cold"),
            (Language::En, "It is not only slow but also very expensive"),
            (Language::En, "It is good, though."),
            (Language::Fr, "C'est non seulement lent mais aussi très cher"),
            (Language::Nl, "Het was alleen maar een grote ramp"),
        ] {
            assert_eq!(parts(sentence, language), [sentence]);
        }
    }

    #[test]
    fn a_sentence_may_turn_twice() {
        let sentence = "Preis ist gut, aber Qualität mies, aber Versand war schnell";
        assert_eq!(parts(sentence, Language::De).len(), 3);
    }
}
