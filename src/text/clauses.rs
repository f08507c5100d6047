//! Clauses of two to nine words out of a mention: what may say a problem in a customer's own words.
//!
//! A mention is cut at punctuation and before conjunctions; what lies between two cuts, or over some of
//! them, is a clause. Words that only tie it to what is not shown ("because", "and the") are taken off
//! its ends.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Language;
use super::clean::link_length;
use super::fold::fold;
use super::lexicon::{Role, has_word, role};

/// Fewest and most words of a clause.
const WORDS: std::ops::RangeInclusive<usize> = 2..=9;

/// Words of a language that matter at the ends and seams of clauses.
struct Seams {
    /// Before these a long sentence is cut.
    cut: HashSet<String>,
    /// With these no clause starts.
    lead: HashSet<String>,
    /// With these none ends.
    tail: HashSet<String>,
}

/// In the order of [`Language::ALL`]; undetermined texts are cut as English ones.
static SEAMS: LazyLock<[Seams; 8]> = LazyLock::new(|| {
    [
        [DE_CUT, DE_LEAD, DE_TAIL],
        [EN_CUT, EN_LEAD, EN_TAIL],
        [
            "y pero porque que aunque cuando",
            "porque pero y o que pues si cuando ya",
            "y pero o de del la el los un una que a en",
        ],
        [
            "et mais parce car donc qui alors",
            "parce que mais et ou car donc puis alors si quand",
            "et mais ou de du des la le les un une que qui à",
        ],
        [
            "e ma perché che quando",
            "perche perché ma e o che se quando poi",
            "e ma o di del la il i un una che a in",
        ],
        [
            "en maar omdat dat want terwijl als",
            "omdat maar en of dat dus want als toen",
            "en maar of de het een van dat te in op",
        ],
        [
            "e mas porque que quando",
            "porque mas e ou que pois se quando",
            "e mas ou de do da o a os um uma que em",
        ],
        [EN_CUT, EN_LEAD, EN_TAIL],
    ]
    .map(|lists| {
        let [cut, lead, tail] = lists.map(folded_words);
        Seams { cut, lead, tail }
    })
});

const DE_CUT: &str =
    "und aber weil dass daß sodass sondern oder obwohl wobei während wenn als da denn jedoch";
const DE_LEAD: &str = "weil da und aber dass daß sodass wodurch weshalb weswegen also oder denn sowie wobei obwohl jedoch allerdings leider nur auch dann \
    wenn als ob sondern zudem außerdem deshalb daher doch";
const DE_TAIL: &str = "und aber oder weil dass der die das ein eine einen einem einer den dem des mit von für zu zur zum im in \
    an auf bei als wenn wie ist war sehr nur ich wir sie er es ihr";
const EN_CUT: &str =
    "and but because so which although though however while when if as then or since";
const EN_LEAD: &str = "because and but so also or as that which who then plus however although though since due cause coz cos if \
    when while where basically yet just well to for of in";
const EN_TAIL: &str = "and but or because so to the a an of for with in on at by as if that than when which who my your our is was \
    are were be very i we they it you from";

/// Words with which a clause speaks of the customer, or of something said before.
const SELF: &str = "i my we me i've i'm ich wir mein meine meinen je mon ma nous yo mi mis io mio ik mijn eu meu minha";
const BEFORE: &str = "it they he she this that you these those es sie er dies il elle ils elles ce cela \
    ella ello esto eso lui lei questo het zij ze hij dit dat ele ela isso isto";
const AFTER: &str = "it them this that him her me es ihn ihm sie";
/// Verbs whose subject was cut off, where a clause starts with them; in the order of [`Language::ALL`]. Others drop
/// their subject in short answers ("Had to wait"), and some languages always may.
const HEADLESS: [&str; 8] = [
    "ist sind hat haben wird werden wurde wurden kann können koennen",
    "is are has does",
    "",
    "est sont a ont",
    "",
    "is zijn heeft hebben wordt worden",
    "",
    "is are has does",
];
/// Articles, behind which a German noun comes with its capital.
const ARTICLES: &str = "ein eine einen einem einer der die das den dem des";
/// Words that point to something said elsewhere, wherever they stand.
const ELSEWHERE: &str = "dazu dafuer dafür damit davon daran darauf darueber darüber dabei dagegen danach darin daraus hierzu \
    thereof therefore";

/// Numbers in words, with which a clause tells a single case ("Vierzig Minuten in der Schleife"); in the order of
/// [`Language::ALL`].
static NUMERALS: LazyLock<[HashSet<String>; 8]> = LazyLock::new(|| {
    [
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf fünfzehn zwanzig dreißig vierzig fünfzig sechzig hundert \
    zweimal dreimal viermal fünfmal zehnmal",
    EN_NUMERALS,
    "dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte treinta cuarenta cincuenta sesenta cien",
    "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent",
    "due tre quattro cinque sette otto nove dieci dodici quindici venti trenta quaranta cinquanta sessanta cento",
    "twee drie vier vijf zes zeven acht negen tien twaalf vijftien twintig dertig veertig vijftig zestig honderd",
    "dois duas três quatro cinco seis sete oito nove dez doze quinze vinte trinta quarenta cinquenta sessenta cem",
    EN_NUMERALS,
]
.map(folded_words)
});
const EN_NUMERALS: &str = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty \
    sixty hundred twice";
/// Words with which one step of a story starts; in the order of [`Language::ALL`].
static STORY: LazyLock<[HashSet<String>; 8]> = LazyLock::new(|| {
    [
        "stattdessen anschließend plötzlich daraufhin danach schließlich",
        EN_STORY,
        "luego después entonces finalmente",
        "ensuite soudain finalement enfin puis",
        "poi dopo infine allora",
        "daarna vervolgens uiteindelijk toen",
        "depois então finalmente",
        EN_STORY,
    ]
    .map(folded_words)
});
const EN_STORY: &str = "instead suddenly afterwards later finally";

/// The words of a list, folded.
fn folded_words(list: &str) -> HashSet<String> {
    list.split_whitespace().map(fold).collect()
}

/// The clauses of a mention, each once, in the order in which they start.
pub fn clauses(text: &str, language: Language) -> Vec<String> {
    let seams = &SEAMS[language as usize];
    let text = without_links(text);
    let pieces: Vec<Vec<Vec<&str>>> = pieces(&text)
        .into_iter()
        .map(|piece| parts(piece, seams))
        .filter(|parts| !parts.is_empty())
        .collect();
    let mut found: Vec<String> = Vec::new();
    let mut add = |words: &[&str]| {
        if let Some(clause) = trimmed(words, seams)
            && !found.contains(&clause)
        {
            found.push(clause);
        }
    };
    for parts in &pieces {
        for first in 0..parts.len() {
            for last in first..parts.len() {
                add(&parts[first..=last].concat());
            }
        }
    }
    for pair in pieces.windows(2) {
        let (left, right) = (pair[0].concat(), pair[1].concat());
        let Some((last, rest)) = left.split_last() else { continue };
        let last = format!("{last},");
        let joined: Vec<&str> = rest.iter().copied().chain([last.as_str()]).chain(right).collect();
        add(&joined);
    }
    found
}

/// The text with links and handles blanked out: they end a clause.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let starts_word = !plain.ends_with(char::is_alphanumeric);
        let length = match c {
            'h' | 'H' | 'w' | 'W' if starts_word => link_length(rest),
            '@' | '#' if rest[1..].starts_with(is_of_word) => {
                Some(1 + rest[1..].find(|c| !is_of_word(c)).unwrap_or(rest.len() - 1))
            }
            _ => None,
        };
        match length {
            Some(length) => {
                plain.push_str(" ; ");
                rest = &rest[length..];
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    plain
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What lies between marks that part clauses.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (number, &(at, c)) in chars.iter().enumerate() {
        let before = number.checked_sub(1).map_or(' ', |number| chars[number].1);
        let after = chars.get(number + 1).map_or(' ', |&(_, c)| c);
        let alone = before.is_whitespace() && after.is_whitespace();
        let parts = match c {
            ',' | ';' | ':' | '!' | '?' | '…' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '„'
            | '«' | '»' | '\n' | '|' | '*' => true,
            '.' => after.is_whitespace() || after == '.',
            '-' | '&' => alone,
            '–' | '—' => true,
            _ => super::emoji::is_emoji(c),
        };
        if parts {
            pieces.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// The words of a piece, cut before conjunctions that have two words on either side.
fn parts<'t>(piece: &'t str, seams: &Seams) -> Vec<Vec<&'t str>> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let mut parts = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let seam = seams.cut.contains(&folded(word));
        if seam && current.len() >= 2 && words.len() - at >= 2 {
            parts.push(std::mem::take(&mut current));
        }
        current.push(word);
    }
    if !current.is_empty() {
        parts.push(current);
    }
    parts
}

fn folded(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The clause that some words make without those that only tie it, if it is neither too short nor too long.
fn trimmed(words: &[&str], seams: &Seams) -> Option<String> {
    let says = |word: &str| word.contains(char::is_alphanumeric);
    let mut words = words;
    while let [first, rest @ ..] = words
        && (!says(first) || seams.lead.contains(&folded(first)))
    {
        words = rest;
    }
    while let [rest @ .., last] = words
        && (!says(last) || seams.tail.contains(&folded(last)))
    {
        words = rest;
    }
    if !WORDS.contains(&words.len()) {
        return None;
    }
    let clause = words.join(" ");
    let clause = clause.trim_matches([' ', '.', '-', '*', '\'', '’', '"', ',', '/']);
    (!clause.is_empty()).then(|| clause.to_owned())
}

/// The clauses that hold no shorter one of the same list.
pub fn shortest(clauses: &[String]) -> Vec<&String> {
    let inside = |long: &str, short: &str| {
        let pad = |text: &str| {
            format!(" {} ", text.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" "))
        };
        long != short && pad(long).contains(&pad(short))
    };
    clauses.iter().filter(|long| !clauses.iter().any(|short| inside(long, short))).collect()
}

/// What a clause is made of.
pub struct Shape {
    words: Vec<String>,
    roles: Vec<Role>,
    /// Whether it has a name that is known from elsewhere in it.
    names: usize,
    numbers: usize,
    /// Whether a number is written in letters.
    counts: bool,
    /// Whether it starts as one step of a story does.
    tells_a_step: bool,
    is_shouted: bool,
    has_marks: bool,
    is_question: bool,
    /// Whether its subject or the noun at its end was cut off.
    is_torn: bool,
}

impl Shape {
    /// Looks at a clause. `is_name` says of a folded word whether it is the name of a company, a
    /// product or a place.
    pub fn of(clause: &str, language: Language, is_name: impl Fn(&str) -> bool) -> Self {
        let words: Vec<String> =
            clause.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect();
        // A number names nothing.
        let counts = |word: &String| NUMERALS[language as usize].contains(word);
        let part = |word: &String| if counts(word) { Role::Stop } else { role(word, language) };
        let roles = words.iter().map(part).collect();
        let letters = clause.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = clause.chars().filter(|c| c.is_uppercase()).count();
        Self {
            names: words.iter().filter(|word| is_name(word)).count(),
            numbers: words.iter().filter(|word| word.starts_with(char::is_numeric)).count(),
            counts: words.iter().any(counts),
            tells_a_step: words.first().is_some_and(|word| STORY[language as usize].contains(word)),
            is_shouted: letters > 8 && 10 * capitals > 6 * letters,
            has_marks: clause.contains(['!', '"', ',']),
            is_question: clause.contains('?') || clause.contains('\u{fffd}'),
            is_torn: is_torn(clause, &words, language),
            words,
            roles,
        }
    }

    /// Whether it may name a problem: it has a word of content that is no name, and says something of it.
    pub fn may_name(&self, is_name: impl Fn(&str) -> bool) -> bool {
        let telling = |(word, role): (&String, &Role)| {
            *role == Role::Content
                && word.chars().count() > 2
                && !word.starts_with(char::is_numeric)
                && !is_name(word)
        };
        let content = self.words.iter().zip(&self.roles).filter(|&pair| telling(pair)).count();
        let says = self.roles.iter().any(|role| {
            use Role::{Copula, Degree, Evaluative, Negation, Verb};
            matches!(role, Negation | Evaluative | Degree | Verb | Copula)
        });
        WORDS.contains(&self.words.len())
            && content > 0
            && (content > 1 || says)
            && self.numbers <= 1
            && !self.is_question
            && !self.is_shouted
    }

    /// Its words of content, folded.
    pub fn content(&self) -> impl Iterator<Item = &str> {
        let words = self.words.iter().zip(&self.roles);
        words.filter(|(_, role)| **role == Role::Content).map(|(word, _)| word.as_str())
    }

    /// Whether it points to something said elsewhere, wherever it does: "Die Rechnung dazu nicht" says nothing by itself.
    pub fn points_elsewhere(&self) -> bool {
        self.words.iter().any(|word| has_word(ELSEWHERE, word))
    }

    /// How well it reads as the name of a problem: about −0.7 to 0.25. Set by reading names of five
    /// real files.
    pub fn quality(&self) -> f64 {
        let length = match self.words.len() {
            2 => -0.25,
            3 => -0.05,
            4 => 0.05,
            5 => 0.08,
            6 => 0.06,
            7 => 0.02,
            8 => -0.02,
            _ => -0.06,
        };
        let is_of = |word: Option<&String>, list| word.is_some_and(|word| has_word(list, word));
        let content = self.roles.iter().filter(|&&role| role == Role::Content).count();
        let says = |role: &Role| matches!(role, Role::Negation | Role::Verb | Role::Copula);
        let weigh = |holds: bool, weight: f64| if holds { weight } else { 0.0 };
        length
            + weigh(self.roles.iter().any(says), 0.06)
            + weigh(content >= 2, 0.06)
            + weigh(self.numbers > 0 || self.counts, -0.10)
            + weigh(self.tells_a_step, -0.12)
            + weigh(self.names > 0, -0.25)
            + weigh(is_of(self.words.first(), SELF), -0.04)
            + weigh(is_of(self.words.first(), BEFORE), -0.08)
            + weigh(is_of(self.words.last(), AFTER), -0.05)
            + weigh(self.is_torn, -0.2)
            + weigh(self.has_marks, -0.05)
    }
}

/// Whether the subject of a clause or the noun at its end was cut off: "hat sich der Kellner nicht bedankt", "ein
/// Abend mit einer guten".
fn is_torn(clause: &str, words: &[String], language: Language) -> bool {
    let is_headless = words.first().is_some_and(|word| has_word(HEADLESS[language as usize], word));
    let ends_small = clause.split_whitespace().last().is_some_and(|word| {
        word.starts_with(char::is_lowercase) && word.chars().all(char::is_alphabetic)
    });
    let has_capitals =
        clause.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let lacks_noun = language == Language::De
        && has_capitals
        && ends_small
        && matches!(words, [.., article, _] if has_word(ARTICLES, article));
    is_headless || lacks_noun
}

/// How well a clause stands by itself in the mention that it comes from, from −0.16 to 0.03: better where
/// marks part it from the rest, worse behind what makes it depend on something ("dass", "which").
pub fn setting(clause: &str, mention: &str, language: Language) -> f64 {
    let Some(at) = mention.find(clause) else { return 0.03 };
    let before = mention[..at].trim_end();
    let after = mention[at + clause.len()..].trim_start();
    let starts =
        before.is_empty() || before.ends_with([',', '.', ';', ':', '!', '?', '…', '–', '(', '"']);
    let ends =
        after.is_empty() || after.starts_with([',', '.', ';', ':', '!', '?', '…', '–', ')', '"']);
    let depends = before
        .rsplit(char::is_whitespace)
        .next()
        .map(folded)
        .is_some_and(|word| DEPENDENT.split_whitespace().any(|listed| fold(listed) == word));
    let verb_last = matches!(language, Language::De | Language::Nl);
    (if starts && ends { 0.03 } else { 0.0 })
        - if starts { 0.0 } else { 0.05 }
        - if ends { 0.0 } else { 0.03 }
        - match (depends, verb_last) {
            (false, _) => 0.0,
            (true, true) => 0.08,
            (true, false) => 0.03,
        }
}

/// Words that make what follows depend on what stands before.
const DEPENDENT: &str = "that which who when where if because as dass daß weil wenn ob als da que qui quand si cuando che quando \
    se dat omdat";

#[cfg(test)]
mod tests;
