//! Addresses of mail, handles, and links that lead to a person.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::kind::Kind;
use super::pattern::{matches, pattern};

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[\p{L}\p{N}._%+'\-]*[\p{L}\p{N}_%+\-] @ [\p{L}\p{N}] (?: [\p{L}\p{N}\-]* \. )+ \p{L}{2,}",
    )
});

/// As people write it who fear robots: `anna (at) example (punkt) org`, `anna @ example.org`.
static HIDDEN_EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) [\p{L}\p{N}._+\-]*[\p{L}\p{N}_] (?: \s* [(\[{] \s* (?: dot | punkt | point | punto | ponto ) \s* [)\]}] \s* [\p{L}\p{N}_\-]+ )*
          (?: \s* [(\[{] \s* (?: at | ät | arroba | chiocciola | @ ) \s* [)\]}] \s* | \x20 ?@\x20? )
          [\p{L}\p{N}] [\p{L}\p{N}\-]*
          (?: (?: \. | \s* [(\[{] \s* (?: dot | punkt | point | punto | ponto | \. ) \s* [)\]}] \s* ) [\p{L}\p{N}\-]+ )* 
          (?: \. | \s* [(\[{] \s* (?: dot | punkt | point | punto | ponto | \. ) \s* [)\]}] \s* )
          (?: com | org | net | info | example | eu | de | at | ch | fr | es | it | nl | be | pt | br | uk | us )",
    )
});

static HANDLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"@ (?: [\p{L}\p{N}_] [\p{L}\p{N}_.\-]* )? [\p{L}\p{N}_]"));

/// Links, with or without a scheme.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i) (?: https?:// | www\. )
           (?P<host> [^\s<>"/?\#]+ ) (?P<rest> [/?\#] [^\s<>"]* )?
           | (?P<bare> (?: [\p{L}\p{N}\-]+ \. )+ [a-z]{2,} ) (?P<path> / [^\s<>"]+ )"#,
    )
});

/// Hosts all of whose pages are somebody's, or may be: short links do not say where they lead.
const PEOPLE: [&str; 24] = [
    "facebook.com",
    "fb.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "tiktok.com",
    "linkedin.com",
    "xing.com",
    "t.me",
    "wa.me",
    "youtube.com",
    "pinterest.com",
    "snapchat.com",
    "threads.net",
    "mastodon.social",
    "t.co",
    "bit.ly",
    "goo.gl",
    "tinyurl.com",
    "youtu.be",
    "instagr.am",
    "lnkd.in",
    "fb.me",
    "ow.ly",
];

/// What makes a link more than a page for everyone: a question, an anchor with a value, two steps below the host,
/// a word for a person or a long number.
static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) [?&;\#] [^=&\s]{1,40} = [^&\s]
          | / (?: @ | ~ )
          | / [^/\s]+ / [^/\s]
          | / (?: u | user | users | profile?s? | profil | perfil | members? | account | reset | verify | confirm ) [\-_=] [^/\s]
          | / [^/\s]* \d{6,}
          | / (?: [\p{L}_\-]* \d ){3,} [^/\s]*",
    )
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if text.contains(['.', '@', '(', '[', '{']) {
        links(text, found);
        matches((text, &HIDDEN_EMAIL), Kind::Email, found, |_| true);
    }
    if text.contains('@') {
        matches((text, &EMAIL), Kind::Email, found, |_| true);
        for own in HANDLE.find_iter(text) {
            let name = &own.as_str()[1..];
            // "@ 5", "@9am" say where and when.
            let is_name = name.starts_with(|c: char| !c.is_ascii_digit())
                || name.len() > 4 && name.contains(char::is_alphabetic);
            let is_part = text[..own.start()].ends_with(|c: char| c.is_alphanumeric() || c == '.');
            if is_name && name.chars().count() > 1 && !is_part {
                found.push(Found { range: own.range(), kind: Kind::Handle });
            }
        }
    }
}

fn links(text: &str, found: &mut Vec<Found>) {
    for own in LINK.captures_iter(text) {
        let Some(whole) = own.get(0) else { continue };
        let host = own.name("host").or(own.name("bare")).map_or("", |host| host.as_str());
        let rest = own.name("rest").or(own.name("path")).map_or("", |rest| rest.as_str());
        let range = without_end(text, whole.range());
        let host = host.to_lowercase();
        let has_path = rest.trim_end_matches('/').len() > 1;
        let is_somebodys = has_path && PEOPLE.iter().any(|own| is_of(&host, own));
        let is_personal =
            is_somebodys || host.contains('@') || PERSONAL.is_match(rest) && !is_general(rest);
        let is_part = text[..range.start].ends_with(|c: char| c.is_alphanumeric() || c == '@');
        if is_personal && !is_part {
            found.push(Found { range, kind: Kind::Url });
        }
    }
}

/// Pages that everyone sees alike.
const PAGES: &str = "help hilfe faq faqs support service contact kontakt contacto contatto returns return retoure returns-policy terms agb privacy
    datenschutz impressum about ueber-uns shop store products produkte product sale news blog jobs karriere app apps download downloads de en fr es it nl pt
    versand lieferung shipping delivery livraison envio zahlung payment uk us at ch index.html index.php home login register search suche opening-hours oeffnungszeiten prices preise ayuda aide aiuto ajuda";

/// Whether all steps of a path are such pages.
fn is_general(path: &str) -> bool {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    !path.contains(['?', '#'])
        && steps.all(|step| PAGES.split_whitespace().any(|own| own == step.to_lowercase()))
}

/// Whether a host is a domain or below it.
fn is_of(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// A link without the punctuation after it.
fn without_end(text: &str, range: Range<usize>) -> Range<usize> {
    let link = &text[range.clone()];
    let trimmed = link
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…', '”', '“', '’', '»']);
    range.start..range.start + trimmed.len()
}
