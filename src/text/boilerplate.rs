//! What stands in a text but is not the customer's: salutations and closings, signatures, quoted mail, the
//! owner's reply, translations, and what websites leave behind when they are copied.
//!
//! All of it is found by form, in one text alone: what was found in one does not depend on any other.

use std::ops::Range;

/// Words of a line of salutation at most, and of a closing before the name.
const MAX_LINE_WORDS: usize = 8;

/// Lines from a closing to the end of a text, beyond which the text goes on after it.
const MAX_SIGNATURE_LINES: usize = 8;

/// Bytes of a closing with a name at most.
const MAX_CLOSING_BYTES: usize = 120;

/// What a line starts with that greets; a name may follow.
#[rustfmt::skip]
const SALUTATIONS: [&str; 37] = [
    "sehr geehrte", "guten tag", "guten morgen", "guten abend", "liebes ", "liebe ", "lieber ", "hallo", "moin",
    "servus", "grüß gott", "dear ", "hello", "hi", "hey", "good morning", "good afternoon", "good evening",
    "to whom it may concern", "bonjour", "bonsoir", "madame, monsieur", "madame", "monsieur", "cher ", "chère ",
    "hola", "estimado", "estimada", "buenos días", "buenas tardes", "buongiorno", "gentile", "geachte", "beste ",
    "goedendag", "prezado",
];

/// What a line starts with that takes leave; a name and a signature may follow.
#[rustfmt::skip]
const CLOSINGS: [&str; 45] = [
    "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß", "mit freundlichem gruss",
    "mit besten grüßen", "mit den besten grüßen", "mit lieben grüßen", "mit herzlichen grüßen", "freundliche grüße",
    "freundliche grüsse", "viele grüße", "viele grüsse", "beste grüße", "beste grüsse", "liebe grüße", "liebe grüsse",
    "schöne grüße", "herzliche grüße", "hochachtungsvoll", "mfg", "lg", "vg", "kind regards", "best regards",
    "warm regards", "with kind regards", "with best regards", "regards", "yours sincerely", "yours faithfully",
    "yours truly", "sincerely", "best wishes", "kindest regards", "cordialement", "bien cordialement",
    "meilleures salutations", "veuillez agréer", "un saludo", "saludos", "atentamente", "cordiali saluti",
    "distinti saluti", "met vriendelijke groet", "atenciosamente",
];

/// What a line starts with that ends all that is the customer's: a reply, a quoted mail, a disclaimer.
#[rustfmt::skip]
const ENDS: [&str; 44] = [
    "response from the owner", "response from", "owner response", "reply from the owner", "management response",
    "response from host", "antwort vom inhaber", "antwort des inhabers", "antwort des unternehmens",
    "antwort der geschäftsleitung", "antwort von", "réponse du propriétaire", "réponse de l'établissement",
    "respuesta del propietario", "respuesta del establecimiento", "risposta del proprietario",
    "reactie van de eigenaar", "resposta do proprietário", "-----original message", "-----ursprüngliche nachricht",
    "----- original message", "----- ursprüngliche nachricht", "---------- forwarded message",
    "---------- weitergeleitete nachricht", "-------- original message", "-------- weitergeleitete nachricht",
    "-----message d'origine", "-----mensaje original", "-----messaggio originale", "-----oorspronkelijk bericht",
    "this e-mail is confidential", "this email is confidential", "this e-mail and any", "this email and any",
    "this message is confidential", "this message and any", "the information contained in this e",
    "diese e-mail enthält vertrauliche", "diese nachricht enthält vertrauliche", "diese e-mail ist vertraulich",
    "ce message et", "este mensaje", "questo messaggio è", "dit bericht is vertrouwelijk",
];

/// Lines that programs and websites add.
#[rustfmt::skip]
const ADDED_LINES: [&str; 26] = [
    "sent from my", "sent from outlook", "sent from mail for", "get outlook for", "von meinem iphone gesendet",
    "von meinem ipad gesendet", "von meinem android", "gesendet mit der", "gesendet von meinem", "gesendet von mail",
    "envoyé de mon", "enviado desde mi", "inviato da", "verzonden vanaf mijn", "enviado do meu",
    "please consider the environment", "bitte denken sie an die umwelt", "date of experience:",
    "datum der erfahrung:", "date de l'expérience:", "fecha de la experiencia:", "data dell'esperienza:",
    "datum van ervaring:", "date of stay:", "date of visit:", "stayed in ",
];

/// What websites put before a text.
const PREFIXES: [&str; 6] = [
    "trip verified |",
    "not verified |",
    "unverified |",
    "verified review |",
    "verified purchase |",
    "verifizierter kauf |",
];

/// What websites put behind a text, which may touch it.
#[rustfmt::skip]
const SUFFIXES: [&str; 24] = [
    "read more", "show more", "see more", "read less", "show less", "mehr lesen", "mehr anzeigen", "weiterlesen",
    "weniger anzeigen", "lire la suite", "afficher plus", "voir plus", "leer más", "ver más", "leggi tutto",
    "altro...", "meer lezen", "lees meer", "ler mais", "unprompted review", "redirected review", "invited review",
    "verified purchase", "verifizierter kauf",
];

/// What says that a text is a translation, and that the original comes.
const TRANSLATED: [&str; 7] = [
    "(translated by google)",
    "(übersetzt von google)",
    "(traduit par google)",
    "(traducido por google)",
    "(traduzione di google)",
    "(vertaald door google)",
    "(traduzido pelo google)",
];
const ORIGINAL: [&str; 4] = ["(original)", "(avis d'origine)", "(originale)", "(origineel)"];

/// Names of months in English: dates that touch a text are those of one website.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// The parts of a text that are not the customer's, in order and apart, at borders of characters. A text that
/// would be nothing without them is left whole: something else was meant.
pub fn boilerplate(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    parts.extend(translation(text));
    parts.extend(escapes(text));
    parts.extend(repeated_title(text));
    edges(text, &mut parts);
    lines(text, &mut parts);
    let parts = merged(parts);
    match parts.is_empty() || without(text, &parts).contains(char::is_alphanumeric) {
        true => parts,
        false => Vec::new(),
    }
}

/// The text with a line break and blanks for each of these parts, which are in order and apart: as long as it
/// was, so that places in it are those in the text.
pub fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut own = String::with_capacity(text.len());
    for part in parts {
        own.push_str(&text[own.len()..part.start]);
        own.push('\n');
        own.extend(std::iter::repeat_n(' ', part.len() - 1));
    }
    own.push_str(&text[own.len()..]);
    own
}

fn merged(mut parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    parts.retain(|part| !part.is_empty());
    parts.sort_by_key(|part| (part.start, part.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        match apart.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => apart.push(part),
        }
    }
    apart
}

/// Characters that the longest entry of a list may have.
const MAX_CHARS: usize = 40;

/// The beginning of a line in lower case, to hold against lists: most lines start with nothing in them.
struct Head<'t> {
    line: &'t str,
    lower: String,
}

impl<'t> Head<'t> {
    fn of(line: &'t str) -> Self {
        Self { line, lower: line.chars().take(MAX_CHARS).flat_map(char::to_lowercase).collect() }
    }

    /// Length in the line of what it starts with out of `list`.
    fn starts(&self, list: &[&str]) -> Option<usize> {
        let entry = list.iter().find(|entry| self.lower.starts_with(**entry))?;
        let mut chars = self.line.char_indices();
        Some(chars.nth(entry.chars().count()).map_or(self.line.len(), |(end, _)| end))
    }
}

/// Length of what `text` starts with out of `list`, whatever its case.
fn starts(text: &str, list: &[&str]) -> Option<usize> {
    Head::of(text).starts(list)
}

/// Where in `text` what it ends with out of `list` starts, whatever its case.
fn ends(text: &str, list: &[&str]) -> Option<usize> {
    let from = text.char_indices().rev().take(MAX_CHARS).last().map_or(0, |(at, _)| at);
    let lower = text[from..].to_lowercase();
    let entry = list.iter().find(|entry| lower.ends_with(**entry))?;
    text.char_indices().rev().nth(entry.chars().count() - 1).map(|(at, _)| at)
}

/// Where one of `list` stands in a text.
fn find(text: &str, list: &[&str]) -> Option<Range<usize>> {
    let at = |start: usize| {
        let length = starts(&text[start..], list)?;
        Some(start..start + length)
    };
    text.match_indices('(').find_map(|(start, _)| at(start))
}

/// A translation beside its original, or the word that a text is one.
fn translation(text: &str) -> Option<Range<usize>> {
    let mark = find(text, &TRANSLATED)?;
    Some(match find(text, &ORIGINAL) {
        Some(original) if mark.start < original.start => mark.start..original.end,
        Some(_) => mark.start..text.len(),
        None if text[..mark.start].trim().is_empty() => mark,
        None => mark.start..text.len(),
    })
}

/// Line breaks as Excel writes them out: `_x000D_`.
fn escapes(text: &str) -> impl Iterator<Item = Range<usize>> {
    let escapes = ["_x000D_", "_x000d_", "_x000A_", "_x000a_", "_x0009_"];
    let found = text.match_indices("_x000").map(|(at, _)| at);
    let is_one = move |&at: &usize| escapes.iter().any(|escape| text[at..].starts_with(escape));
    found.filter(is_one).map(|at| at..at + 7)
}

/// A title that is the beginning of the text: "Late again…Late again, and nobody called".
fn repeated_title(text: &str) -> Option<Range<usize>> {
    let (title, rest) = text.split_once('…')?;
    let is_title = title.trim().chars().count() >= 5 && rest.trim_start().starts_with(title.trim());
    is_title.then(|| 0..text.len() - rest.len())
}

/// What websites put before and behind a text.
fn edges(text: &str, parts: &mut Vec<Range<usize>>) {
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    if let Some(length) = starts(&text[start..], &PREFIXES) {
        parts.push(0..start + length);
    }
    let mut end = text.trim_end().len();
    while let Some(start) = ends(&text[..end], &SUFFIXES) {
        end = text[..start].trim_end().len();
    }
    if end < text.trim_end().len() {
        end = without_date(&text[..end]);
        parts.push(end..text.len());
    }
}

/// Where a text ends without a date behind it, as "January 3, 2020".
fn without_date(text: &str) -> usize {
    let last = MONTHS.iter().filter_map(|month| text.rfind(month)).max();
    let is_date = |at: &usize| {
        let after = text[*at..].trim_start_matches(char::is_alphabetic);
        let digits = after.chars().filter(char::is_ascii_digit).count();
        after.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == ',')
            && (5..=6).contains(&digits)
    };
    last.filter(is_date).unwrap_or(text.len())
}

/// Lines of greetings, signatures, replies and quotations.
fn lines(text: &str, parts: &mut Vec<Range<usize>>) {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(start..start + line.len());
        start += line.len();
    }
    let is_introduction = |line: &Range<usize>| introduces_quotation(text[line.clone()].trim());
    let quoted = lines.iter().any(is_introduction);
    for (number, line) in lines.iter().enumerate() {
        let content = text[line.clone()].trim();
        let head = Head::of(content);
        let indent = text[line.clone()].len() - text[line.clone()].trim_start().len();
        if head.starts(&ENDS).is_some() || introduces_quotation(content) {
            if !text[..line.start].trim().is_empty() {
                parts.push(line.start..text.len());
                return;
            }
        } else if quoted && content.starts_with('>') || head.starts(&ADDED_LINES).is_some() {
            parts.push(line.clone());
        } else if let Some(length) = salutation(&head, number == 0) {
            parts.push(line.start..line.start + indent + length);
        } else if is_closing(&head) {
            let is_short = lines.len() - number <= MAX_SIGNATURE_LINES;
            let goes_on = lines[number + 1..].iter().any(|line| {
                let content = text[line.clone()].trim();
                content.split_whitespace().count() > 2 * MAX_LINE_WORDS
                    && starts(content, &ENDS).is_none()
            });
            match is_short && !goes_on {
                true => parts.push(line.start..text.len()),
                false => parts.push(line.clone()),
            }
        }
        if number + 1 == lines.len()
            && let Some(at) = closing_within(content)
        {
            parts.push(line.start + indent + at..text.len());
        }
    }
}

/// "On Mon, 3 Mar 2025 at 10:12, Support <support@firm.example> wrote:" and the same in other languages.
fn introduces_quotation(line: &str) -> bool {
    const VERBS: [&str; 7] =
        ["wrote:", "schrieb:", "a écrit :", "escribió:", "ha scritto:", "schreef:", "escreveu:"];
    if !line.ends_with(':') {
        return false;
    }
    let lower = line.to_lowercase();
    let is_german = lower.starts_with("am ") && lower.ends_with(':') && lower.contains(" schrieb ");
    is_german
        || VERBS.iter().any(|verb| lower.ends_with(verb))
            && lower.chars().any(|c| c.is_ascii_digit())
}

/// Length of the salutation that a line is, or starts with if it is the first: up to a comma or an
/// exclamation mark.
fn salutation(head: &Head, is_first: bool) -> Option<usize> {
    let line = head.line;
    let length = head.starts(&SALUTATIONS)?;
    if line[length..].chars().next().is_some_and(char::is_alphanumeric)
        && !line[..length].ends_with(' ')
    {
        // "Hi" of "Hilfe", but "Sehr geehrter".
        let word_ends =
            line[length..].find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len() - length);
        if word_ends > 1 {
            return None;
        }
    }
    let words = |text: &str| text.split_whitespace().count();
    let end = line.find([',', '!', ':']).map_or(line.len(), |at| at + 1);
    let is_whole = end == line.len() && words(line) <= MAX_LINE_WORDS;
    let has_end = line[..end].ends_with([',', '!', ':']);
    if line[..end].contains(['?', '.']) {
        return None;
    }
    let is_greeting = is_whole && (has_end || is_first && words(line) <= 3);
    // "Liebe das Produkt, …" greets nobody.
    let is_plain =
        head.starts(&["sehr geehrte", "guten ", "hallo", "hello", "hi", "hey", "dear "]).is_some();
    let starts_text = is_first && is_plain && has_end && words(&line[..end]) <= MAX_LINE_WORDS - 2;
    (is_greeting || starts_text).then_some(end)
}

fn is_closing(head: &Head) -> bool {
    let Some(length) = head.starts(&CLOSINGS) else { return false };
    let rest = &head.line[length..];
    let is_word = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    is_word && rest.split_whitespace().count() <= MAX_LINE_WORDS - 3
}

/// Where a closing starts that ends a line of other words: "… Bitte klären. Mit freundlichen Grüßen, K."
fn closing_within(line: &str) -> Option<usize> {
    let last = |&(at, _): &(usize, &str)| line.len() - at <= MAX_CLOSING_BYTES;
    let ends = line.match_indices(['.', '!', '?', ',']).filter(last);
    let starts =
        ends.map(|(at, _)| at + 1).map(|at| at + line[at..].len() - line[at..].trim_start().len());
    let long = |at: &usize| line[*at..].split_whitespace().count() > 1 || line[*at..].len() > 4;
    starts.filter(|&at| is_closing(&Head::of(&line[at..]))).find(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> String {
        let own = without(text, &boilerplate(text));
        assert_eq!(own.len(), text.len());
        own.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn greetings_and_signatures_are_not_the_customers_words() {
        for text in [
            "Sehr geehrte Damen und Herren,\nDas Paket lag im Regen.\nMit freundlichen Grüßen",
            "Hallo liebes Team,\nDas Paket lag im Regen.\nVG\nK.",
            "Guten Tag!\nDas Paket lag im Regen.\n\nViele Grüße\nKim Beispiel\nTel. 030 000",
            "Sehr geehrter Herr Muster, Das Paket lag im Regen. Mit freundlichen Grüßen, K. M.",
            "Das Paket lag im Regen.\nVon meinem iPhone gesendet",
        ] {
            assert_eq!(own(text), "Das Paket lag im Regen.", "{text}");
        }
        for text in [
            "Hello,\n\nIt came late.\n\nKind regards\nSam\nSenior Buyer | Example Ltd\nSent from my iPhone\n\nThis e-mail is confidential. If you are not the intended recipient, you must not use it.",
            "Hi there!\nIt came late.\nOn Mon, 3 Mar 2025 at 10:12, Support <support@firm.example> wrote:\n> Dear customer,\n> sorry",
            "It came late.\n\nAm 03.03.2025 um 10:12 schrieb Support <support@firm.example>:\nGuten Tag",
            "It came late.\n\nResponse from the owner 2 weeks ago\nThank you. Please call us.",
        ] {
            assert_eq!(own(text), "It came late.", "{text}");
        }
    }

    #[test]
    fn leftovers_of_websites_are_not_the_customers_words() {
        for (text, expected) in [
            ("✅ Trip Verified |  Food was warm.", "Food was warm."),
            ("It came late...Read more", "It came late..."),
            ("It came late. … Read more Show less", "It came late. …"),
            (
                "Late again…Late again, and nobody calledJanuary 3, 2020Unprompted review",
                "Late again, and nobody called",
            ),
            ("(Übersetzt von Google) Es kam spät.\n\n(Original)\nIt came late.", "It came late."),
            ("Es kam spät.\n\n(Translated by Google)\nIt came late.", "Es kam spät."),
            ("(Translated by Google) It came late.", "It came late."),
            ("It came late._x000D_\nNobody called._x000D_", "It came late. Nobody called."),
            ("It came late.\nDate of experience: May 4, 2024", "It came late."),
        ] {
            assert_eq!(own(text), expected, "{text}");
        }
    }

    #[test]
    fn what_customers_say_stays() {
        for text in [
            "Hallo ist da jemand",
            "Hallo??? Ich will nur kündigen!",
            "Hello? Anyone?",
            "> macht sauber\n> riecht gut",
            "Mit freundlichen Grüßen",
            "Liebe das Produkt, es ist toll",
            "Hilfe, nichts geht",
            "Dear me what a mess this was, never again and again and again",
            "I read more, paid less",
            "I could not read more. It stopped.",
            "My regards to the chef, the soup was great and the service was friendly as always",
            "In January 2020 it was better",
            "Response from the owner was rude",
            "LG Fernseher kam defekt an und niemand hilft mir",
            "High prices",
            "5 > 3",
        ] {
            assert!(boilerplate(text).is_empty(), "{text}");
        }
    }
}
