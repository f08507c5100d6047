//! Numbers with check digits: bank accounts, cards, taxes.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::checks::{self, digits, german_tax_id, luhn, mod_11_10, modulo, weighted};
use super::kind::Kind;
use super::pattern::{before, matches, pattern, stands_alone};

/// Characters before a number in which a word may say what it is.
const LABEL: usize = 24;

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if text.bytes().filter(u8::is_ascii_digit).count() < 6 {
        return;
    }
    ibans(text, found);
    vat_ids(text, found);
    cards(text, found);
    tax_ids(text, found);
}

static IBAN_START: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i) [A-Z]{2} \x20? \d{2}"));

/// Letters and digits of a bank account by country: SWIFT's IBAN registry.
#[rustfmt::skip]
const IBAN_LENGTHS: [(&str, usize); 77] = [
    ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22),
    ("BR", 29), ("BY", 28), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DK", 18), ("DO", 28),
    ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18), ("FO", 18), ("FR", 27), ("GB", 22), ("GE", 22), ("GI", 23),
    ("GL", 18), ("GR", 27), ("GT", 28), ("HR", 21), ("HU", 28), ("IE", 22), ("IL", 23), ("IQ", 23), ("IS", 26),
    ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28), ("LC", 32), ("LI", 21), ("LT", 20), ("LU", 20),
    ("LV", 21), ("MC", 27), ("MD", 24), ("ME", 22), ("MK", 19), ("MR", 27), ("MT", 31), ("MU", 30), ("NL", 18),
    ("NO", 15), ("PK", 24), ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("SA", 24),
    ("SC", 31), ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("ST", 25), ("SV", 28), ("TL", 23), ("TN", 24),
    ("TR", 26), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20),
];

static SAYS_IBAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i) iban [^\p{L}\p{N}]{0,6} $"));

fn ibans(text: &str, found: &mut Vec<Found>) {
    for start in IBAN_START.find_iter(text) {
        let country = start.as_str()[..2].to_uppercase();
        let Ok(place) = IBAN_LENGTHS.binary_search_by_key(&country.as_str(), |own| own.0) else {
            continue;
        };
        let Some(end) = after(&text[start.start()..], IBAN_LENGTHS[place].1) else { continue };
        let range = start.start()..start.start() + end;
        let characters: Vec<u8> = text[range.clone()]
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_uppercase())
            .collect();
        let is_said = SAYS_IBAN.is_match(before(text, range.start, LABEL));
        if stands_alone(text, &range) && (checks::iban(&characters) || is_said) {
            found.push(Found { range, kind: Kind::Iban });
        }
    }
}

/// Where so many letters and digits end that `text` starts with, one sign between two of them at most.
fn after(text: &str, count: usize) -> Option<usize> {
    let (mut seen, mut gap) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            _ if c.is_ascii_alphanumeric() => (seen, gap) = (seen + 1, 0),
            ' ' | '-' | '.' | '\u{A0}' if gap == 0 => gap += 1,
            _ => return None,
        }
        if seen == count {
            return Some(at + 1);
        }
    }
    None
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d (?: [\x20\-.\u{A0}]? \d ){11,22}"));

/// First digits of card numbers with their length: ISO/IEC 7812, the ranges of the large networks.
#[rustfmt::skip]
const CARDS: [(u32, u32, usize); 16] = [
    (4, 4, 16), (4, 4, 13), (51, 55, 16), (2221, 2720, 16), (34, 34, 15), (37, 37, 15), (6011, 6011, 16), (65, 65, 16),
    (644, 649, 16), (300, 305, 14), (36, 36, 14), (38, 39, 14), (3528, 3589, 16), (5018, 5018, 16), (6304, 6304, 16),
    (6759, 6763, 16),
];

fn cards(text: &str, found: &mut Vec<Found>) {
    for run in DIGITS.find_iter(text) {
        let all = run.as_str();
        for &(lowest, highest, length) in &CARDS {
            let Some(end) = after(all, length) else { continue };
            let number = digits(&all[..end]);
            let start = |own: &u32| own.to_string().len();
            let prefix =
                number[..start(&lowest)].iter().fold(0, |sum, &digit| sum * 10 + u32::from(digit));
            let range = run.start()..run.start() + end;
            let fits = (lowest..=highest).contains(&prefix) && luhn(&number);
            if fits && stands_alone(text, &range) {
                found.push(Found { range, kind: Kind::Card });
                break;
            }
        }
    }
}

static VAT_ID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) (?P<what>
            DE \x20? \d{3} \x20? \d{3} \x20? \d{3} | ATU \x20? \d{8} | FR \x20? [0-9A-Z]{2} \x20? \d{3} \x20? \d{3} \x20? \d{3}
          | NL \x20? \d{9} \x20? B \x20? \d{2} | NL \x20? \d{4} \. \d{2} \. \d{3} \. B \. \d{2} | IT \x20? \d{11}
          | ES \x20? -? (?: [A-Z] -? \d{7} [0-9A-Z] | \d{8} [A-Z] ) | GB \x20? \d{3} \x20? \d{4} \x20? \d{2}
          | PL \x20? \d{10} | IE \x20? \d{7} [A-W] [A-I]? | BE \x20? [01] \d{3} [.\x20]? \d{3} [.\x20]? \d{3} | PT \x20? \d{9} | LU \x20? \d{8}
          | DK \x20? \d{8} | FI \x20? \d{8} | SE \x20? \d{10} 01 | NL \x20? \d{4} \. \d{2} \. \d{3} \x20? B \d{2} | CZ \x20? \d{8,10} | SK \x20? \d{10} | HU \x20? \d{8} | (?: EL | RO | HR | SI | LT | LV | EE | BG | MT | CY ) \x20? \d{8,11} [A-Z]?
          | CHE [\x20\-]? \d{3} \.? \d{3} \.? \d{3} (?: \x20 (?: MWST | TVA | IVA ) )? )",
    )
});

static SAYS_VAT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) \b (?: ust | umsatzsteuer | vat | tva | btw | iva | nif | cif | p\.? \s? iva | id-?nr ) [\p{L}\-.]* [^\p{L}\p{N}]* (?: \p{L}{1,8} [^\p{L}\p{N}]* ){0,2} $",
    )
});

fn vat_ids(text: &str, found: &mut Vec<Found>) {
    for own in VAT_ID.find_iter(text) {
        let is_said = || SAYS_VAT.is_match(before(text, own.start(), LABEL));
        if stands_alone(text, &own.range()) && (is_vat_id(own.as_str()) || is_said()) {
            found.push(Found { range: own.range(), kind: Kind::VatId });
        }
    }
}

/// Whether the check digits hold, where the country has them; its form alone is enough where it is unlike
/// anything else. European Commission, "VIES: the structure of VAT numbers".
fn is_vat_id(number: &str) -> bool {
    let country = number[..2].to_uppercase();
    let all = digits(number);
    match country.as_str() {
        "DE" => all[0] > 0 && mod_11_10(&all),
        "FR" => {
            let key = digits(&number[2..]);
            let [first, second, siren @ ..] = &key[..] else { return false };
            siren.len() != 9 || u64::from(first * 10 + second) == (12 + 3 * modulo(siren, 97)) % 97
        }
        "IT" => luhn(&all),
        "GB" => {
            let sum = weighted(&all, &[8, 7, 6, 5, 4, 3, 2, 10, 1], 97);
            sum == 0 || sum == 97 - 55
        }
        "BE" => 97 - modulo(&all[..8], 97) == modulo(&all[8..], 97),
        "PT" => {
            weighted(&all, &[9, 8, 7, 6, 5, 4, 3, 2], 11) == (11 - u32::from(all[8])) % 11
                || all[8] == 0
        }
        "PL" => weighted(&all, &[6, 5, 7, 2, 3, 4, 5, 6, 7], 11) == u32::from(all[9]),
        "DK" => weighted(&all, &[2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        "FI" => {
            let rest = weighted(&all, &[7, 9, 10, 5, 8, 4, 2], 11);
            (11 - rest) % 11 == u32::from(all[7])
        }
        "SE" => luhn(&all[..10]),
        "CZ" | "SK" | "HU" | "EL" | "RO" | "HR" | "SI" | "LT" | "LV" | "EE" | "BG" | "MT"
        | "CY" => false,
        "LU" => modulo(&all[..6], 89) == modulo(&all[6..], 89),
        _ => true,
    }
}

static ELEVEN_DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d (?: [\x20/\-]? \d ){9,12}"));

/// Numbers of persons by their form: the Spanish NIF and NIE, the Italian codice fiscale, the British
/// National Insurance and the American Social Security number.
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<what> \d{8} -? [A-HJ-NP-TV-Z] | [XYZ] -? \d{7} -? [A-HJ-NP-TV-Z]
          | (?i: [A-Z]{6} \d{2} [A-EHLMPRST] \d{2} [A-Z] \d{3} [A-Z] )
          | [A-CEGHJ-PR-TW-Z]{2} \x20? \d{2} \x20? \d{2} \x20? \d{2} \x20? [A-D]
          | [0-8]\d{2} - \d{2} - \d{4} )",
    )
});

static SAYS_TAX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) \b (?: \p{L}* steuer | tax | fiscal | fiscale | id-?nr | tin | bsn | nif | nie | dni | utr | contribuinte | nino ) [\p{L}\-.]*
          [^\p{L}\p{N}]* (?: \p{L}{1,10} [^\p{L}\p{N}]* ){0,2} $",
    )
});

static SAID_TAX_ID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d (?: [\x20/\-.]? [0-9A-Z] ){7,13}"));

fn tax_ids(text: &str, found: &mut Vec<Found>) {
    for run in ELEVEN_DIGITS.find_iter(text) {
        let Some(end) = after(run.as_str(), 11) else { continue };
        let range = run.start()..run.start() + end;
        if stands_alone(text, &range) && german_tax_id(&digits(&text[range.clone()])) {
            found.push(Found { range, kind: Kind::TaxId });
        }
    }
    matches((text, &PERSON), Kind::TaxId, found, |number| {
        let is_spanish = number.len() <= 11 && number.ends_with(|c: char| c.is_ascii_uppercase());
        !is_spanish
            || !number.starts_with(|c: char| c.is_ascii_digit() || "XYZ".contains(c))
            || is_nif(number)
    });
    for own in SAID_TAX_ID.find_iter(text) {
        let is_said = SAYS_TAX.is_match(before(text, own.start(), LABEL));
        if is_said && stands_alone(text, &own.range()) {
            found.push(Found { range: own.range(), kind: Kind::TaxId });
        }
    }
}

/// Whether the letter of a Spanish number of a person checks its digits: Real Decreto 338/1990.
fn is_nif(number: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let mut all = digits(number);
    match number.as_bytes()[0] {
        b'Y' => all.insert(0, 1),
        b'Z' => all.insert(0, 2),
        _ => {}
    }
    number.as_bytes().last() == LETTERS.get(modulo(&all, 23) as usize)
}
