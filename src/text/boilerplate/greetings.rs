//! Greetings, closings and signatures.

use std::ops::Range;

use super::phrases::{Head, Section};
use super::{Line, Lines, words};

/// Words of a line of salutation at most, and of a closing before the name.
const MAX_LINE_WORDS: usize = 8;

/// Lines from a closing to the end of a text, beyond which the text goes on after it.
const MAX_SIGNATURE_LINES: usize = 8;

/// Bytes of a closing with a name at most.
const MAX_CLOSING_BYTES: usize = 120;

/// Words of a name at most, with a title.
const MAX_NAME_WORDS: usize = 4;

/// Whom one greets beside people with names.
const ADDRESSED: &str = "
    team teams support damen herren herr frau zusammen liebes liebe lieber hotel kundenservice kundendienst service leute
    alle allerseits kollegen kolleginnen und geehrte geehrter geehrtes sir madam sirs mr mrs ms miss there all everyone folks
    guys customer care or and editor manager the to of your sales dear good friends
    mesdames messieurs madame monsieur à tous toutes équipe l'équipe et señor señora señores equipo a todos y don
    signor signora signori team a tutti mitenand miteinander gentile dottore dottoressa heer mevrouw meneer allemaal mensen team de en
    senhor senhora senhores equipa equipe";

/// The length of the salutation that a line is, or starts with if it is the first: up to a comma or an
/// exclamation mark.
pub(super) fn salutation(head: &Head, is_first: bool) -> Option<usize> {
    let line = head.line;
    let length = head.starts(Section::Salutations)?;
    if line[length..].chars().next().is_some_and(char::is_alphanumeric)
        && !line[..length].ends_with(' ')
    {
        // "Hi" of "Hilfe", but "Sehr geehrter".
        let word_ends =
            line[length..].find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len() - length);
        let is_ending = word_ends == 1 && line[length..].starts_with(['r', 'n', 'm', 's']);
        if !is_ending {
            return None;
        }
    }
    let end = line.find([',', '!', ':']).map_or(line.len(), |at| at + 1);
    if line[..end].contains('?') || ends_sentence(&line[..end]) && words(&line[..end]) > 4 {
        return None;
    }
    let has_end = line[..end].ends_with([',', '!', ':']);
    let is_whole = end == line.len() && words(line) <= MAX_LINE_WORDS;
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_addressed = |word: &str| super::has_word(ADDRESSED, &plain(word));
    let names_somebody = || {
        let rest = line.get(length..end).unwrap_or_default();
        // "Beste Pizza" is praise in German.
        let is_praise = line.starts_with("Beste ");
        let is_name = |word: &str| word.starts_with(char::is_uppercase) && !is_praise;
        rest.split_whitespace()
            .all(|word| is_name(word) || plain(word).len() <= 1 || is_addressed(word))
    };
    // "Madame, Monsieur," and "Liebe Frau Muster, lieber Herr Muster,".
    let is_double = words(line) <= MAX_LINE_WORDS
        && line.ends_with([',', '!', ':'])
        && !line.contains(['?', ';'])
        && line[end..].trim() != ""
        && line.split_whitespace().all(|word| {
            let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            bare.starts_with(char::is_uppercase) || is_addressed(word)
        });
    if is_double {
        return Some(line.len());
    }
    let is_short = words(&line[..end]) <= MAX_LINE_WORDS - 2;
    let greets_alone = || {
        words(line) <= 3 && names_somebody() || line[length..].split_whitespace().all(is_addressed)
    };
    let is_greeting = is_whole && (has_end || is_first && greets_alone());
    // "Liebe das Produkt, …" and "Dear me, …" greet nobody.
    let is_exclamation = head.starts(Section::Salutations).is_some()
        && ["dear me", "dear oh", "dear god", "dear lord", "hello?"]
            .iter()
            .any(|own| line.to_lowercase().starts_with(own));
    let starts_text = is_first && has_end && is_short && names_somebody() && !is_exclamation;
    (is_greeting || starts_text).then_some(end)
}

/// Whether a sentence ends within a line: not behind the dot of a title, as in "Sehr geehrter Herr Dr. Kamp".
fn ends_sentence(line: &str) -> bool {
    const TITLES: &str = "dr prof dipl ing mag mr mrs ms st sr sra sig dott dra drs mme";
    line.match_indices(". ").any(|(at, _)| {
        let word = line[..at].rsplit([' ', '.', '-']).next().unwrap_or_default();
        !super::has_word(TITLES, &word.to_lowercase())
    })
}

/// Where the signature and closing of a text start, if it has them; a text goes on after some closings, which
/// are parts of their own.
pub(super) fn signature(text: &str, lines: &Lines, greets: bool, parts: &mut Vec<Range<usize>>) {
    for (number, line) in lines.iter().enumerate() {
        let content = line.content(text);
        // The mark of mail programs.
        if content == "--" && number > 0 {
            return parts.push(line.range.start..text.len());
        }
        let head = Head::of(content);
        let is_signed = || lines[number + 1..].iter().any(|line| is_contact(line.content(text)));
        let is_ruled = content.len() >= 5 && content.chars().all(|c| "-_=".contains(c));
        if number > 0 && is_ruled && is_signed() && lines.len() - number <= MAX_SIGNATURE_LINES {
            return parts.push(line.range.start..text.len());
        }
        if number > 0 && (is_closing(&head) || ends_in_greeting(content))
            || is_short_closing(text, lines, number, &head)
        {
            let is_quoted = |line: &&Line| line.content(text).starts_with('>');
            let quoted = lines[number..].iter().filter(is_quoted).count();
            let is_short = lines.len() - number - quoted <= MAX_SIGNATURE_LINES;
            let goes_on = lines[number + 1..]
                .iter()
                .any(|line| words(line.content(text)) > 2 * MAX_LINE_WORDS);
            match is_short && !goes_on {
                true => return parts.push(line.range.start..text.len()),
                false => parts.push(line.range.clone()),
            }
        }
    }
    let Some((number, last)) =
        lines.iter().enumerate().rev().find(|(_, line)| !line.content(text).is_empty())
    else {
        return;
    };
    if let Some(at) = closing_within(last.content(text), greets) {
        return parts.push(last.start(text) + at..text.len());
    }
    if let Some(first) = contacts(text, lines, number) {
        return parts.push(lines[first].range.start..text.len());
    }
    let content = last.content(text);
    let dashed = content.trim_start_matches(['-', '–', '—', '~', ' ']);
    let is_dashed = dashed.len() < content.len();
    if number > 0 && (greets || is_dashed) && is_name(dashed) && words(dashed) <= 3 {
        parts.push(last.range.start..text.len());
    }
}

/// A closing with at most a few words behind it.
fn is_closing(head: &Head) -> bool {
    let Some(length) = head.starts_word(Section::Closings) else { return false };
    let rest = &head.line[length..];
    words(rest) <= MAX_LINE_WORDS - 3 && !rest.trim_end().ends_with('?')
}

/// A short line that ends with greetings: "Ganz liebe Grüße", "With my very best regards,".
fn ends_in_greeting(line: &str) -> bool {
    const GREETINGS: &str = "grüße grüßen grüsse grüssen gruß gruss regards wishes salutations saludos saluti groet groeten groetjes \
                             cumprimentos abraços";
    let last = line.split_whitespace().last().unwrap_or_default();
    let last = last.trim_end_matches([',', '.', '!']).to_lowercase();
    (2..=5).contains(&words(line)) && super::has_word(GREETINGS, &last)
}

/// "Thanks, Tom" in a line of its own, or "Thanks," with the name in the next line.
fn is_short_closing(text: &str, lines: &Lines, number: usize, head: &Head) -> bool {
    let length = head.starts_word(Section::ShortClosings).or(head.starts_word(Section::Thanks));
    let Some(length) = length.filter(|_| number > 0) else { return false };
    let rest = head.line[length..].trim_start_matches([',', ' ', '!', '.', '-', '–']);
    let rests_of_lines = || lines[number + 1..].iter().map(|line| line.content(text));
    let mut after = rests_of_lines().filter(|line| !line.is_empty());
    match rest.is_empty() {
        true => after.next().is_some_and(is_name),
        false => is_name(rest) && after.count() <= MAX_NAME_WORDS,
    }
}

/// Where a closing starts that ends a line of other words: "… Bitte klären. Mit freundlichen Grüßen, K."
fn closing_within(line: &str, greets: bool) -> Option<usize> {
    let last = |&(at, _): &(usize, &str)| line.len() - at <= MAX_CLOSING_BYTES;
    let ends = line.match_indices(['.', '!', '?', ',']).filter(last);
    let starts =
        ends.map(|(at, _)| at + 1).map(|at| at + line[at..].len() - line[at..].trim_start().len());
    let is_one = |&at: &usize| {
        let head = Head::of(&line[at..]);
        let long = words(&line[at..]) > 1 || line[at..].len() > 4;
        let short = || {
            // "Thanks, Tom" may be the point: of a shop, or said with a sneer.
            let thanks = || head.starts_word(Section::Thanks).filter(|_| greets);
            let length = head.starts_word(Section::ShortClosings).or_else(thanks)?;
            let rest = &line[at + length..];
            let name = rest.trim_start_matches([',', ' ', '!']);
            Some(
                is_name(name)
                    && words(name) <= 2
                    && line[..at].trim_end().ends_with(['.', '!', '?']),
            )
        };
        at < line.len() && (long && is_closing(&head) || short().unwrap_or_default())
    };
    starts.into_iter().find(is_one)
}

/// One to four words of which each begins with a capital, as names do: "Mag. Elisabeth Hofer".
fn is_name(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ',', '!']);
    let is_own = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
            || matches!(
                word,
                "von"
                    | "van"
                    | "de"
                    | "del"
                    | "der"
                    | "di"
                    | "da"
                    | "und"
                    | "and"
                    | "et"
                    | "y"
                    | "e"
                    | "en"
            )
    };
    (1..=MAX_NAME_WORDS).contains(&words(text))
        && text.split_whitespace().all(is_own)
        && text.chars().any(char::is_uppercase)
        && !text.contains(['?', ':', '!'])
}

/// The first line of the block at the end that holds how to reach the sender, with the names above it.
fn contacts(text: &str, lines: &Lines, last: usize) -> Option<usize> {
    let mut first = None;
    for number in (1..=last).rev() {
        let content = lines[number].content(text);
        if is_contact(content) {
            first = Some(number);
        } else if content.is_empty()
            || content.ends_with(['.', '!', '?', ',', ';'])
            || words(content) > 5
        {
            break;
        } else if first.is_some() {
            let is_titled = content
                .split_whitespace()
                .all(|word| word.starts_with(|c: char| !c.is_lowercase()) || word.len() <= 3);
            if !is_titled {
                break;
            }
            first = Some(number);
        }
    }
    first
}

/// A line with a number or address, and little else: "Tel. 030 5550100", "Example GmbH", "kim@firm.example".
fn is_contact(line: &str) -> bool {
    const FORMS: &str = "gmbh ag kg ug ltd llc inc plc b.v bv s.l sl s.a s.r.l srl spa lda e.v gbr ohg sas sarl corp";
    const NUMBERS: &str = "tel telefon phone fax mobil mobile handy cell durchwahl ext pager tél téléphone teléfono móvil \
                           telefono cell telefoon mobiel telefone telemóvel t m f kundennummer customer";
    let count = words(line);
    if count == 0 || count > MAX_LINE_WORDS {
        return false;
    }
    let lower = line.to_lowercase();
    let mut parts =
        lower.split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | ',' | ':' | '/'));
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let is_number = digits >= 3
        && lower.split(|c: char| !c.is_alphanumeric()).any(|word| super::has_word(NUMBERS, word))
        || digits >= 6 && line.chars().all(|c| c.is_ascii_digit() || " +()-/.".contains(c));
    let is_address = count <= 4
        && parts
            .clone()
            .any(|part| part.contains('@') && part.contains('.') || part.starts_with("www."));
    let is_company = count <= 6
        && parts.any(|part| super::has_word(FORMS, part.trim_end_matches(['.', ')'])))
        && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let is_titled = line.contains(" | ") && count <= 7 && line.starts_with(char::is_uppercase);
    let has_verb_end =
        line.ends_with(['.', '!', '?']) && !lower.ends_with("inc.") && !lower.ends_with("ltd.");
    !has_verb_end && (is_number || is_address || is_company || is_titled)
}
