//! Postal addresses, by their pattern: a street with the number of a house, and the town beside them.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::kind::Kind;
use super::pattern::{pattern, stands_alone};

/// The number of a house behind its street.
const HOUSE: &str = r"\d{1,4} (?: \b | [a-zA-Z] \b | \x20 [a-zA-Z] \b ) (?: -(?:hs|bis|[IVX]+) \b )? (?: \x20? [\-–/] \x20? (?: \d{1,3} [a-z]? | [IVX]+ | [A-Z] ) \b )?";

/// Postcode and town of the continent.
const TOWN: &str = r"(?: [A-Z]{1,2} - )? (?: \d{5} (?: - \d{3} )? | \d{4} (?: - \d{3} | \x20? [A-Z]{2} )? ) \x20 \p{Lu}[\p{L}\-]+ (?: [\x20/] (?: am \x20 | an \x20 der \x20 | im \x20 | ob \x20 der \x20 | de \x20 | do \x20 )? \p{Lu}\p{Ll}[\p{L}\-]* ){0,2} (?: \x20 \( [A-Z]{2} \) )?";

/// German and Dutch: a street that its name tells, then the house.
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?: (?: \p{{Lu}}[\p{{L}}\-]* | St\. | Dr\. | Prof\. | \p{{Lu}}\. ) [\x20\-] ){{0,3}}
          (?P<street> \p{{Lu}}?[\p{{L}}\-]* (?i: straße | strasse | str\. | allee | gasse | chaussee | straat | laan | gracht | kade | dijk | singel | steeg | plein | twiete )
            | \p{{Lu}}[\p{{L}}\-]+ (?: weg | platz | ring | damm | ufer | steig | pfad | wall ) )
          \x20? {HOUSE}"
    ))
});

/// What ends like a street and is none.
const NO_STREETS: [&str; 17] = [
    "parkplatz",
    "sitzplatz",
    "stellplatz",
    "arbeitsplatz",
    "spielplatz",
    "fensterplatz",
    "liegeplatz",
    "tennisplatz",
    "campingplatz",
    "heimweg",
    "rückweg",
    "hinweg",
    "umweg",
    "fußweg",
    "radweg",
    "bahnsteig",
    "wechselring",
];

/// Anything with a house, a postcode and a town behind it.
static WITH_TOWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\p{{Lu}}[\p{{L}}.\-]* (?: \x20 (?: \p{{Lu}}[\p{{L}}.\-]* | \d{{1,2}}\. | der | den | dem | des | de | do | da | del | la ) ){{0,5}} \x20? ,? \x20? {HOUSE} [,\s]{{1,3}} {TOWN}"
    ))
});

/// English: the house, then the street.
static HOUSE_THEN_STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?: (?: The \x20 )? (?: \p{Lu}\p{Ll}+ \x20 ){1,2} (?: Cottage | House | Rectory | Farm | Lodge | Barn | Hall | Villa ) , \x20 | (?: (?i: the \x20 old \x20 rectory | [\p{L}]+ \x20 cottage ) , \x20 ) )?
          (?: (?i: flat | apt\.? | apartment | unit | suite ) \x20 \w{1,4} ,? \x20 )?
          \d{1,5} [A-Za-z]? ,? \x20 (?: [NSEW]\.? \x20 )? (?: \p{Lu}[\p{L}'’\-]+ \.? \x20 | \d{1,3}(?:st|nd|rd|th) \x20 ){1,3}
          (?: Street | St | Road | Rd | Avenue | Ave | Lane | Ln | Drive | Dr | Close | Court | Ct | Boulevard | Blvd | Way | Place | Pl | Square | Sq
            | Terrace | Crescent | Gardens | Grove | Hill | Row | Mews | Parade | Parkway | Pkwy | Walk | Green | Rise ) \b \.?
          (?: ,? \x20 (?: Apt | Unit | Suite | \# ) \.? \x20? \w{1,5} )?",
    )
});

/// British: anything with a house before and a postcode behind.
static WITH_POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?: (?i: flat | apt\.? | apartment | unit | suite | po \x20 box ) \x20 \w{1,5} ,? \x20 )? \d{1,5} [A-Za-z]? ,? \x20 (?: \p{Lu}[\p{L}'’\-]+ [,\s]{1,2} ){1,5} [A-Z]{1,2}\d[A-Z\d]? \x20? \d[A-Z]{2} \b",
    )
});

/// French, Spanish, Italian, Portuguese: the kind of street, its name, the house before or behind.
static ROMANCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<before> \d{1,4} (?: \x20? (?: bis | ter ) )? ,? \x20 )?
          (?: (?i: rue | avenue | av\. | boulevard | bd\.? | place | chemin | impasse | allée | quai | cours | route | calle | avenida | avda\.? | plaza | pza\.?
               | paseo | carrer | ronda | camino | via | viale | v\.le | piazza | p\.zza | corso | largo | vicolo | rua | r\. | travessa | praça | estrada | alameda ) \x20 | [cC]/ \x20? )
          (?: (?i: de | du | des | la | le | les | los | las | del | della | dei | delle | dello | di | do | da | dos | das ) \x20 | [dlDL][’'] | dell[’'] ){0,3}
          [\p{Lu}\d][\p{L}\d.'’\-]* (?: \x20 (?: (?: de | du | des | la | le | del | della | di | do | da | dos | e | y ) \x20 ){0,2} \p{Lu}[\p{L}.'’\-]* ){0,3}
          (?P<house> ,? \x20 (?: n[º°.o]{0,2} \x20? )? \d{1,4} (?: \b | [a-zA-Z] \b ) (?: \x20 [a-zA-Z] \b | / [A-Z\d]+ | \x20? (?: bis | ter ) )? )?",
    )
});

/// What belongs to an address behind house and street: a floor, postcode and town, or a town before a sign.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^ (?: ,? \x20 \d{{1,2}} \.? [ºª°] (?: \x20? [A-Z] \b | \x20 \p{{L}}{{1,4}} \b \.? )? )?
          (?: (?: [,\s]{{1,3}} | \x20 in \x20 ) {TOWN}
            | [,\s]{{1,3}} (?: \p{{Lu}}\p{{Ll}}[\p{{L}}'’\-]* [,\s]{{1,2}} ){{1,3}} (?: [A-Z]{{1,2}}\d[A-Z\d]? \x20? \d[A-Z]{{2}} | [A-Z]{{2}} \x20 \d{{5}} (?: - \d{{4}} )? ) \b
            | , \x20 (?P<town> \p{{Lu}}\p{{Ll}}[\p{{L}}\-]* (?: \x20 \p{{Lu}}\p{{Ll}}[\p{{L}}\-]* )? (?: \x20 \d{{1,2}} )? ) (?P<end> [.,;:!?)\n] | $ )
            | , \x20 \d{{5}} \b )?"
    ))
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    for pattern in [&WITH_TOWN, &WITH_POSTCODE, &HOUSE_THEN_STREET] {
        pattern.find_iter(text).for_each(|own| push(text, own.start(), own.end(), found));
    }
    for own in STREET.captures_iter(text) {
        let Some(whole) = own.get(0) else { continue };
        let street = own.name("street").map_or("", |own| own.as_str()).to_lowercase();
        if !NO_STREETS.iter().any(|none| street.ends_with(none)) && street.chars().count() > 3 {
            push(text, whole.start(), whole.end(), found);
        }
    }
    for own in ROMANCE.captures_iter(text) {
        if let Some(whole) = own.get(0)
            && (own.name("house").is_some() || own.name("before").is_some())
        {
            push(text, whole.start(), whole.end(), found);
        }
    }
}

/// Takes an address with what belongs to it behind, unless its number goes on as an amount or a time.
fn push(text: &str, start: usize, end: usize, found: &mut Vec<Found>) {
    let rest = &text[end..];
    let mut signs = rest.chars();
    let goes_on = signs.next().is_some_and(|c| matches!(c, ',' | '.' | ':'))
        && signs.next().is_some_and(|c| c.is_ascii_digit());
    if goes_on || rest.starts_with(['%', '€', '$']) {
        return;
    }
    let behind = BEHIND.captures(rest);
    let length = behind.map_or(0, |own| {
        let whole = own.get(0).map_or(0, |whole| whole.end());
        whole - own.name("end").map_or(0, |end| end.len())
    });
    let range = start..end + length;
    if stands_alone(text, &range) {
        found.push(Found { range, kind: Kind::Address });
    }
}
