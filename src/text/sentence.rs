//! Whether a full stop, an emoji or a semicolon ends a sentence.

use super::Language;
use super::emoji::is_emoji;
use super::fold::fold;
use super::lexicon::has_word;

/// Whether the terminator `mark` between `before` (from the start of the sentence) and `after`
/// ends the sentence.
pub(super) fn ends_sentence(before: &str, mark: &str, after: &str, language: Language) -> bool {
    let Some(next) = after.trim_start().chars().next() else { return true };
    let is_spaced = after.starts_with(char::is_whitespace);
    if mark.ends_with([')', '"', '”', '“', '’', '»']) && next.is_lowercase() {
        return false;
    }
    match mark.chars().next() {
        Some('.') if mark.starts_with("..") => ends_after_ellipsis(before, next, after),
        Some('.') if is_spaced => ends_after_stop(before, next, after, language),
        Some('.') => lacks_space(before, after),
        Some('…') => ends_after_ellipsis(before, next, after),
        Some(';') => is_spaced && !ends_with_entity(before) && both_long(before, after, 2),
        Some('!' | '?') => {
            is_spaced || (next.is_uppercase() && before.ends_with(char::is_lowercase))
        }
        Some(c) if is_emoji(c) => {
            (next.is_uppercase() || next.is_numeric()) && both_long(before, after, 3)
        }
        _ => true,
    }
}

fn both_long(before: &str, after: &str, words: usize) -> bool {
    before.split_whitespace().count() >= words && after.split_whitespace().count() >= words
}

/// `Naja... Lieferung war spät` ends; `die ... Lieferung` goes on.
fn ends_after_ellipsis(before: &str, next: char, after: &str) -> bool {
    if next.is_lowercase() {
        both_long(before, after, 3)
    } else {
        next.is_alphanumeric() && both_long(before, after, 2)
    }
}

/// `gut.Aber` lacks a space; `z.B`, `Amazon.De` and `example.com` do not.
fn lacks_space(before: &str, after: &str) -> bool {
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    let is_domain = matches!(word.as_str(), "Com" | "Net" | "Org")
        || (word == "De" && token.starts_with(char::is_uppercase));
    let mut letters = word.chars();
    token.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && token.ends_with(char::is_lowercase)
        && !token.contains(['.', '@', '/'])
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(char::is_lowercase)
        && !is_domain
}

/// Abbreviations that go on whatever follows, folded, without their last full stop.
const ABBREVIATIONS: &str = "
    z.b zb d.h dh u.a u.u o.ae o.a i.d.r idr s.o s.u v.a u.v.m bzw nr dr prof hr frl ggf evtl inkl exkl zzgl abzgl str tel
    vgl mind bspw bzgl gem lt sog std zt z.t z.zt zzt i.o abs allg ausschl einschl entspr geb insb insbes mtl mio mrd orig
    rd stk tgl ungef urspr zw m.e jan feb apr aug sept okt nov dez
    e.g eg i.e ie approx mr mrs ms vs jr sr dept fig incl oct a.k.a
    sra dra ud uds p.ej ej num aprox mme mlle p.ex dott avv
    bijv bv dhr mevr mw d.w.z t.o.v i.v.m a.u.b ong excl exmo pag";

/// Abbreviations of one language that are words in another.
fn is_abbreviation(word: &str, next: char, language: Language) -> bool {
    match word {
        "no" | "est" | "gen" | "mt" => language == Language::En && next.is_numeric(),
        "es" => language == Language::It,
        "max" | "min" | "art" | "st" | "etwa" | "bes" | "dec" => {
            next.is_numeric() || language == Language::De
        }
        "ca" => matches!(language, Language::De | Language::Nl | Language::Und),
        "fr" | "env" | "sig" | "av" => !matches!(language, Language::En),
        "usw" | "etc" | "ecc" | "enz" | "usf" | "etcetera" => !next.is_uppercase(),
        _ => has_word(ABBREVIATIONS, word),
    }
}

/// A full stop before a blank: the usual end, were it not for abbreviations and ordinals.
fn ends_after_stop(before: &str, next: char, after: &str, language: Language) -> bool {
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let token = token.trim_start_matches(|c: char| !c.is_alphanumeric());
    if token.is_empty() {
        return true;
    }
    let is_number = token.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | '/'));
    if is_number {
        return !is_ordinal(before, token, next, language);
    }
    let is_initial = token.chars().count() == 1 && token.starts_with(char::is_alphabetic);
    if is_initial {
        return next.is_uppercase() && token.starts_with(char::is_lowercase) && !has_initial(after);
    }
    !is_abbreviation(&fold(token), next, language)
}

/// `3. Mai`, `12.05. Danach`, or the number of a list item.
fn is_ordinal(before: &str, token: &str, next: char, language: Language) -> bool {
    let starts_line = before.trim().len() == token.len();
    let is_short = token.split('.').all(|part| part.len() <= 2) && !token.contains([',', '/']);
    let counts_with_stop = matches!(language, Language::De | Language::Und);
    starts_line || (is_short && (next.is_lowercase() || counts_with_stop))
}

/// Whether `after` goes on with a letter and a full stop, as `B.` in `z. B.` does.
fn has_initial(after: &str) -> bool {
    let mut chars = after.trim_start().chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some('.')
}

/// Whether the semicolon after `before` closes an HTML entity.
fn ends_with_entity(before: &str) -> bool {
    let name = before.rsplit('&').next().unwrap_or_default();
    name.len() < before.len()
        && name.len() <= 8
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
}
