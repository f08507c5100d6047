//! Transcripts of chats and calls: visitor and agent speak in turn. What the visitor says is kept.

use std::ops::Range;

use super::has_word;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Customer,
    Company,
    Unknown,
}

/// One turn, from the speaker's name to the next one.
struct Turn {
    range: Range<usize>,
    /// Length of the time and the name.
    head: usize,
    speaker: String,
    side: Side,
}

/// What a text is as a transcript.
#[derive(Debug, PartialEq)]
pub(super) enum Chat {
    /// It is none.
    None,
    /// It is one; these parts are not the customer's.
    Told(Vec<Range<usize>>),
    /// It is one, and nothing tells which of the speakers is the customer.
    Unclear,
}

/// Words by which a speaker is the customer.
const CUSTOMERS: &str = "
    visitor customer client user guest caller you me myself buyer patient consumer enduser requester
    kunde kundin besucher besucherin gast nutzer nutzerin anrufer anruferin ich sie anfragender interessent käufer
    visiteur visiteuse cliente utilisateur utilisatrice moi vous appelant
    usuario usuaria visitante yo tú usted
    visitatore utente lei tu ospite io
    klant bezoeker gebruiker beller ik jij u
    usuário você eu";

/// Words by which a speaker speaks for the company.
const COMPANIES: &str = "
    agent support advisor adviser operator bot chatbot assistant system rep representative service team helpdesk info staff
    virtual automated consultant specialist employee csr expert moderator admin
    berater beraterin mitarbeiter mitarbeiterin kundenservice kundendienst assistent assistentin agentin kundenberater
    kundenberaterin sachbearbeiter betreuer
    conseiller conseillère opérateur opératrice assistante agente
    asesor asesora operador operadora soporte asistente sistema
    operatore operatrice assistenza consulente assistente
    medewerker medewerkster adviseur klantenservice systeem
    atendente suporte assistente consultor consultora robô";

/// What companies say, and customers do not.
const SAID_BY_COMPANIES: [&str; 34] = [
    "how can i help",
    "how may i help",
    "how can we help",
    "how may i assist",
    "thank you for contacting",
    "thanks for contacting",
    "welcome to",
    "is there anything else",
    "anything else i can",
    "rate this chat",
    "thank you for chatting",
    "you are now chatting",
    "wie kann ich ihnen",
    "wie kann ich dir",
    "wie kann ich helfen",
    "womit kann ich",
    "was kann ich für",
    "kann ich sonst noch",
    "willkommen im chat",
    "willkommen bei",
    "vielen dank für ihre anfrage",
    "en quoi puis-je",
    "comment puis-je vous",
    "puis-je vous aider",
    "bienvenue",
    "en qué puedo",
    "cómo puedo ayudar",
    "bienvenido",
    "come posso aiutar",
    "benvenuto",
    "waarmee kan ik",
    "hoe kan ik u",
    "como posso ajudar",
    "bem-vindo",
];

/// Fewest turns of a transcript.
const FEWEST_TURNS: usize = 3;

/// Words of a speaker's name at most.
const MAX_NAME_WORDS: usize = 4;

/// What a text is as a transcript.
pub(super) fn chat(text: &str) -> Chat {
    if !text.contains([':', '>', '|']) {
        return Chat::None;
    }
    let mut turns = turns(text);
    if !is_dialogue(text, &turns) {
        return Chat::None;
    }
    tell_sides(text, &mut turns);
    let said = |side: Side| turns.iter().any(|turn| turn.side == side);
    if !said(Side::Customer) || said(Side::Unknown) {
        return Chat::Unclear;
    }
    let mut parts = Vec::new();
    // What stands before the first turn says when the chat took place.
    if turns[0].range.start > 0 {
        parts.push(0..turns[0].range.start);
    }
    for turn in &turns {
        parts.push(match turn.side {
            Side::Customer => turn.range.start..turn.range.start + turn.head,
            _ => turn.range.clone(),
        });
    }
    Chat::Told(parts)
}

/// Turns that start with lines, else those that start within one line.
fn turns(text: &str) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((head, speaker)) = speaker(line) {
            let (side, speaker) = (side_of(&speaker), speaker.to_lowercase());
            turns.push(Turn { range: start..start + line.len(), head, speaker, side });
        } else if let Some(turn) = turns.last_mut() {
            turn.range.end += line.len();
        }
        start += line.len();
    }
    match turns.len() < 2 {
        true => turns_within(text),
        false => turns,
    }
}

/// "Agent: How can I help? Visitor: My parcel …" in one line: names alone that say the side.
fn turns_within(text: &str) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let before = &text[..colon];
        let start = before
            .rfind(['.', '!', '?', '\n', ']', '|', '…', '"'])
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let name = before[start..].trim();
        let start = start + before[start..].len() - before[start..].trim_start().len();
        let side = side_of(name);
        let is_name = (1..=3).contains(&name.split_whitespace().count());
        if side == Side::Unknown || !is_name || !name.starts_with(char::is_uppercase) {
            continue;
        }
        if let Some(last) = turns.last_mut() {
            last.range.end = start;
        }
        turns.push(Turn {
            range: start..text.len(),
            head: colon + 1 - start,
            speaker: name.to_lowercase(),
            side,
        });
    }
    turns
}

/// The length of the time and the name with which a turn starts, and the name.
fn speaker(line: &str) -> Option<(usize, String)> {
    let body = without_time(line);
    let timed = body.len() < line.len();
    // "Anna (Support): …", "Visitor [10:02]: …", "10:02 | Tom: …", "<Tom> …".
    let body = body.trim_start_matches(['|', '-', '–', '*', ' ']);
    let start = line.len() - body.len();
    if let Some(inner) = body.strip_prefix('<')
        && let Some(close) = inner.find('>')
    {
        return named(&inner[..close], start + close + 2, timed);
    }
    let (mut at, mut depth) = (None, 0);
    for (index, c) in body.char_indices().take(80) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ':' if depth == 0 && !is_within_time(body, index) => {
                at = Some(index);
                break;
            }
            '\n' => break,
            _ => {}
        }
    }
    // A head of its own: "Anna (Support) 10:02".
    let whole = || {
        let end = body.trim_end().len();
        body[..end]
            .contains(|c: char| c.is_ascii_digit())
            .then_some(end)
            .filter(|_| has_time(&body[..end]))
    };
    let (end, length) = match at {
        Some(at) => (at, at + 1),
        None => whole().map(|end| (end, end))?,
    };
    named(&body[..end], start + length, timed || has_time(&body[..end]))
}

/// A name, if it is one.
fn named(name: &str, head: usize, timed: bool) -> Option<(usize, String)> {
    let bare: String = strip_times(name);
    let bare = bare.trim().trim_end_matches([',', '-', '–', '|']).trim();
    let count = bare.split_whitespace().count();
    let is_name = (1..=MAX_NAME_WORDS + 1).contains(&count)
        && bare.starts_with(|c: char| {
            c.is_uppercase() || side_of(bare) != Side::Unknown && c.is_alphabetic()
        })
        && bare.chars().all(|c| c.is_alphanumeric() || " ()[].'’-–_#@/".contains(c))
        && bare.chars().any(char::is_alphabetic);
    let is_known = side_of(bare) != Side::Unknown;
    // A word with a colon may begin any sentence: names without a time are short.
    (is_name && (timed || is_known || count <= 2)).then(|| (head, bare.to_owned()))
}

/// A line without the time at its start: "[10:02:11]", "(2024-03-04 10:02)", "10:02 AM".
fn without_time(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let token = rest.split_whitespace().next().unwrap_or_default();
        let bare = token.trim_matches(|c: char| "[](),-–|".contains(c));
        let is_suffix = matches!(bare, "AM" | "PM" | "am" | "pm" | "Uhr")
            && rest.len() < line.trim_start().len();
        if token.is_empty() || !(is_suffix || is_stamp(bare)) {
            return rest;
        }
        rest = rest[token.len()..].trim_start_matches([' ', '\t']);
    }
}

/// "10:02", "10:02:11", "2024-03-04", "04.03.2024".
fn is_stamp(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 3
        && word.chars().all(|c| c.is_ascii_digit() || ":./-TZ".contains(c))
        && word.contains([':', '.', '/', '-'])
}

fn has_time(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || "()[],".contains(c))
        .any(|word| is_stamp(word) && word.contains(':'))
}

fn strip_times(name: &str) -> String {
    let is_time = |word: &str| {
        let bare = word.trim_matches(|c: char| "[](),".contains(c));
        is_stamp(bare) || matches!(bare, "AM" | "PM" | "am" | "pm" | "Uhr")
    };
    name.split_whitespace().filter(|word| !is_time(word)).collect::<Vec<_>>().join(" ")
}

/// The colon of "10:02".
fn is_within_time(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit())
        && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
}

/// What a name says of the side: "Agent Tom", "Anna (Support)", "Kunde", "Visitor 4711". "User interface" is none.
fn side_of(name: &str) -> Side {
    let lower = name.to_lowercase();
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_listed = |list: &str, word: &str| has_word(list, &word.to_lowercase());
    let is_name = |word: &str| {
        !word.starts_with(char::is_lowercase)
            || is_listed(COMPANIES, word)
            || is_listed(CUSTOMERS, word)
    };
    if lower.contains(" from ") {
        return Side::Company;
    }
    if !words().all(is_name) {
        return Side::Unknown;
    }
    if words().any(|word| is_listed(COMPANIES, word)) {
        return Side::Company;
    }
    match words().any(|word| is_listed(CUSTOMERS, word)) {
        true => Side::Customer,
        false => Side::Unknown,
    }
}

/// Whether turns make a dialogue: several of them, by few speakers, who come again or are known by their side.
fn is_dialogue(text: &str, turns: &[Turn]) -> bool {
    let mut speakers: Vec<&str> = turns.iter().map(|turn| turn.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    if speakers.len() < 2 || turns.len() < 2 {
        return false;
    }
    let both = |side: Side| turns.iter().any(|turn| turn.side == side);
    if both(Side::Customer) && both(Side::Company) {
        return true;
    }
    let recur = turns.len() > speakers.len();
    let known = both(Side::Customer) || says_company_things(text, turns).is_some();
    let covers = turns.iter().map(|turn| turn.range.len()).sum::<usize>() * 10 >= text.len() * 8;
    let timed = || turns.iter().all(|turn| has_time(&text[turn.range.start..][..turn.head]));
    turns.len() >= FEWEST_TURNS && recur && covers && speakers.len() <= 4 && (known || timed())
}

/// The speaker who says what companies say.
fn says_company_things(text: &str, turns: &[Turn]) -> Option<String> {
    let says = |turn: &&Turn| {
        let lower = text[turn.range.clone()].to_lowercase();
        SAID_BY_COMPANIES.iter().any(|phrase| lower.contains(phrase))
    };
    turns.iter().find(says).map(|turn| turn.speaker.clone())
}

/// Finds the sides of those whose names do not say it: by what they say, and as the other side.
fn tell_sides(text: &str, turns: &mut [Turn]) {
    let known = |turns: &[Turn], side: Side| turns.iter().any(|turn| turn.side == side);
    if !known(turns, Side::Company)
        && let Some(company) = says_company_things(text, turns)
    {
        for turn in turns.iter_mut().filter(|turn| turn.speaker == company) {
            turn.side = Side::Company;
        }
    }
    let mut unknown: Vec<&str> = turns
        .iter()
        .filter(|turn| turn.side == Side::Unknown)
        .map(|turn| turn.speaker.as_str())
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    let rest = match (known(turns, Side::Customer), known(turns, Side::Company)) {
        (true, _) => Side::Company,
        (false, true) if unknown.len() == 1 => Side::Customer,
        _ => return,
    };
    for turn in turns.iter_mut().filter(|turn| turn.side == Side::Unknown) {
        turn.side = rest;
    }
}

#[cfg(test)]
mod tests;
