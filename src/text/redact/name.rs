//! Names of people: behind a title, in salutations and signatures, and where people introduce themselves.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::kind::Kind;
use super::pattern::{before, pattern, stands_alone};

/// A name: one to three words with a capital, initials, and what ties them.
const NAME: &str = r"(?P<what> (?: (?: Dr | Prof )\.? \x20 )*
    (?: (?: von | van | de | ter | zu | zur | la | di | da | del | della | do | dos | le | el | al ) \x20 (?: (?: der | den | dem | la | las ) \x20 )? | [dDlO][’'] | [’']t \x20 )?
    (?: \p{Lu}\. [\x20\-]? )* \p{Lu}[\p{L}’'\-]+ (?: \x20 (?: \p{Lu}\. \x20? )? (?: (?: von | van | de | der | den | di | da | del | do | dos | el | al | ben | bin ) \x20 (?: (?: der | den | la ) \x20 )? )? \p{Lu}[\p{L}’'\-]+ ){0,2} )";

/// Behind a title, one word, or two of which neither is a common noun.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<title> \b (?: Herrn? | Frau | Hr\. | Fr\. | Dr\.? | Prof\.? | Professor(?:in)? | Dokter | Doktor | Docteur | Doctor | Dra\. | Dr\.ª | [Mm]r\.? | [Mm]rs\.? | [Mm]s\.? | [Mm]iss | Mx\.? | Mister | M\. | Me\. | Mme\.? | Mlle\.? | Monsieur | [Mm]onsieur | [Mm]adame
            | [Ss]eñor(?:a|ita)? | Sra?\. | Srta\. | [Dd]on | [Dd]oña | D\. | Dña\. | [Ss]ignor(?:a|e|ina)? | [Ss]ig\.(?:\x20?ra|\x20?na|ra|na)? | [Dd]ott\.?(?:ssa)? | [Dd]ottor(?:e|essa)?
            | [Dd]hr\.? | [Mm]evr\.? | [Mm]evrouw | [Mm]eneer | [Dd]e\x20heer | [Ss]enhor(?:a)? | [Dd]ona | herrn? | frau ) ) \x20 {NAME}"
    ))
});

static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i: mein \x20 name \x20 ist | ich \x20 hei(?:ß|ss)e | my \x20 name \x20 is | my \x20 name[’']s | my \x20 name: | \b name: | (?: his | her | their ) \x20 name \x20 is | account \x20 holder:? | kontoinhaber(?:in)?:? | titulaire:? | titular:? (?: \x20 d\.ª? )? | intestatario:? | rekeninghouder:? | je \x20 m[’']appelle | mon \x20 nom \x20 est | me \x20 llamo | mi \x20 nombre \x20 es | soy \x20 don
            | mi \x20 chiamo | il \x20 mio \x20 nome \x20 è | mijn \x20 naam \x20 is | ik \x20 heet | (?: o \x20 )? meu \x20 nome \x20 é | chamo-me | me \x20 chamo ) \x20+ {NAME}"
    ))
});

/// The same where people write all small: what follows must end the clause.
static INTRODUCED_SMALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i: mein \x20 name \x20 ist | ich \x20 hei(?:ß|ss)e | my \x20 name \x20 is | je \x20 m[’']appelle | me \x20 llamo | mi \x20 nombre \x20 es | mi \x20 chiamo | mijn \x20 naam \x20 is | ik \x20 heet | meu \x20 nome \x20 é | chamo-me | me \x20 chamo )
          \x20+ (?P<what> \p{Ll}[\p{L}’'\-]+ \x20 \p{Ll}[\p{L}’'\-]+ ) (?: [.,;!\n] | \x20 (?: and | und | et | y | e | en ) \x20 | $ )",
    )
});

/// A line that greets somebody by name.
static GREETED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?m: ^ ) \s* (?i: liebe[rs]? | hallo | guten \x20 tag | moin | servus | dear | hi | hello | hey | cher | chère | bonjour | salut | hola | querid[oa] | estimad[oa] | caro | cara | gentile
            | ciao | buongiorno | hoi | dag | car[oa] | olá | prezad[oa] | car[oa] ) \x20 {NAME} \x20? (?: [,!:;] | \n | $ )"
    ))
});

/// As mail is headed, and "Hello, Ann O'Neill here".
static HEADED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?m: ^ ) \s* (?i: from | von | de | da | van | afsender | absender ): \x20 {NAME} \s* (?: [\n<(,;] | $ )"
    ))
});
/// "I'm Ann O'Neill,": two words with capitals, and a sign behind.
static BEING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b (?: I[’']m | [Ii] \x20 am | [Tt]his \x20 is | [Ii]ch \x20 bin (?: \x20 die | \x20 der )? | [Ss]oy | [Ss]ono | [Ii]k \x20 ben | [Ss]ou (?: \x20 [oa] )? | [Jj]e \x20 suis ) \x20
          (?P<what> \p{Lu}\p{Ll}[\p{L}’'\-]+ \x20 (?: (?: von | van | de | el | al | da | di ) \x20 (?: der \x20 )? )? \p{Lu}\p{Ll}[\p{L}’'\-]+ ) (?: [.,;!(\n] | \x20 (?: and | und | y | e | en | et | aus | from | de | di | again | here ) \x20 | $ )",
    )
});
static HERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?i: hello | hi | hallo | hey ) ,? \x20 {NAME} \x20 (?: here | hier ) \b"))
});

/// A line of its own above one with a number to call or an address to write to.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?m: ^ ) (?: Dr\.? \x20 )? {NAME} \x20* \n \x20* (?: (?i: tel | fon | phone | mobil | handy | mail )[^\n]{{0,12}}\d | [+(]? [\d(] [\d\x20()/\-]{{6,}} | [^\s@]+ @ )"
    ))
});

/// A closing, and the name below or behind it.
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b (?: (?i: (?: mit \x20)? (?: freundliche[nm]? | beste[nm]? | liebe[nm]? | viele[nm]? | herzliche[nm]? | schöne[nm]? ) \x20 gr(?:u|ü)(?:ß|ss)e?n? | hochachtungsvoll | alles \x20 gute | beste \x20 grüße | gruß | gruss | mfg | lg | vg
               | (?: kind | best | warm | warmest | many )? \x20? regards | (?: yours \x20 )? (?: sincerely | faithfully | truly ) | best \x20 wishes | best , | warmly , | all \x20 the \x20 best | cheers
               | cordialement | bien \x20 à \x20 vous | (?: meilleures | sincères ) \x20 salutations | sincèrement | (?: un \x20 )? (?: cordial \x20 )? saludos? (?: \x20 cordial(?:es)? )? | atentamente | atte\.?
               | (?: cordiali | distinti ) \x20 saluti | saluti | (?: met \x20 )? (?: vriendelijke | hartelijke ) \x20 groet(?:en)? | groetjes | groet(?:en)? | mvg
               | (?: com \x20 os \x20 melhores | melhores | cordiais )? \x20? cumprimentos | atenciosamente | att\.? | (?: um \x20 )? abraços? | (?: un \x20 )? abrazos? | bises | bisous | beijinhos? | beijos | un \x20 caro \x20 saluto
               | sent \x20 from \x20 my [^\n]{{1,20}} \n | gesendet \x20 von [^\n]{{1,30}} \n )
               (?: \x20 (?: aus | from | desde | de | da | uit | vom | von ) \x20 [^\n,.!]{{2,30}} , )? [\s,.!\-–]*
            | (?i: thanks | thank \x20 you | many \x20 thanks | danke | vielen \x20 dank | merci | gracias | grazie | bedankt | obrigad[oa] ) (?: \x20 (?: in \x20 advance | im \x20 voraus | d[’']avance ) )? [,.!]? \s* \n \s* )
          (?: (?: Dr | Prof | Ing | Eng | Dhr | dhr | Mevr | mevr | Sig | Dott | Sra? | Mrs? | Ms | Dipl | Mag )\.? (?: -Ing\. )? \x20 )* {NAME} \x20* (?: [^\p{{L}}\x20] | $ )"
    ))
});

/// Words with a capital that are no names, behind titles, in greetings and below closings.
const NO_NAMES: &str = "
    Anéis Who Kipling Pac-Man Santa Limpio Simón Propre Muscle Músculo Proper Ringe Rings Potter fuori Ober Doktor Professor Kollege Kollegin Kellner Kellnerin Chef Chefin Minister Präsident Kaiser König Direktor Doctor Nachbar Nachbarin Mutter
    Gemahlin Anwalt Wirt Probleme Schuld Angst Kinder Schwester Tochter Freundin Holle Pepper Oetker Martens Best Hauschka Clean Bean Bricolage Tussauds
    Right Fix Universe World Damen Herren Team Teams Support Service Kundenservice Kundendienst Kundin Kunde Kunden Customer Customers Sir Sirs Madam All Hotline Leute
    Zusammen Community Hotel Redaktion Shop Everyone Folks Guys There Staff Manager Management Reception Owner Company Mitarbeiter Mitarbeiterin
    Kollegen Freunde Gäste Equipe Équipe Messieurs Mesdames Monsieur Madame Clients Equipo Señores Señor Señora Signori Staff Equipa Senhores Heer Mevrouw Klantenservice
    Medewerker Grüße Grüßen Gruß Regards Thanks Danke Dank Ich Sie Wir Der Die Das Es Ihr Was Wie Warum Wann The I It We You My Your This That Please Bitte
    Herr Frau Herrn Geschäftsführung Vorstand Abteilung Vertrieb Bestellung Rechnung Hamburg Berlin München Köln Wien Zürich Kundenbetreuung
    Kundenberater Servicecenter Fahrer Zusteller Techniker Verkäufer Verkäuferin Arzt Ärztin Director Driver President Servizio Clienti Servicio Cliente Cliente
    Le La Les El Los Las Il Lo Een Het Atendimento Apoio Gerente Direttore Directeur Responsable Responsabile Nachname Vorname Name Nom Nombre Nome Naam
    Sales Office Helpdesk Desk Line Sorry Not No Yes Nein Ja App Website Paket Lieferung Internet Vodafone Telekom Amazon Chat Bot";

/// Whose wife it is: "meine Frau Probleme" is about no one called so.
const POSSESSIVES: [&str; 14] = [
    "meine", "meiner", "deine", "seine", "seiner", "ihre", "unsere", "eine", "einer", "keine",
    "jede", "mi", "mein", "meinem",
];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for (pattern, is_titled) in [
        (&TITLED, true),
        (&INTRODUCED, false),
        (&INTRODUCED_SMALL, false),
        (&GREETED, false),
        (&SIGNED, false),
        (&BEING, false),
        (&HEADED, false),
        (&HERE, false),
        (&LINE, false),
    ] {
        let mut from = 0;
        while let Some(own) = pattern.captures_at(text, from) {
            let Some(name) = own.name("what") else { break };
            from = name.end();
            let range = name.start()..name.start() + proper(name.as_str(), is_titled).len();
            let title = own.name("title").map_or(0, |title| title.start());
            let owner =
                before(text, title, 12).split_whitespace().last().unwrap_or("").to_lowercase();
            // "Grand M. Ein": the initial ends a name.
            let is_initial =
                own.name("title").is_some_and(|title| matches!(title.as_str(), "M." | "D."))
                    && before(text, title, 24)
                        .split_whitespace()
                        .last()
                        .is_some_and(|word| word.starts_with(char::is_uppercase));
            let is_owned = is_initial || is_titled && POSSESSIVES.contains(&owner.as_str());
            if !range.is_empty() && !is_owned && stands_alone(text, &range) {
                found.push(Found { range, kind: Kind::Name });
            }
        }
    }
}

/// A name up to the first word that is none, if it is titled: a noun may follow it in languages that write nouns
/// with capitals. Elsewhere such a word says that it is no name at all.
fn proper(name: &str, is_titled: bool) -> &str {
    let (mut at, mut end, mut words) = (0, 0, 0);
    for part in name.split_inclusive(' ') {
        let word = part.trim_end();
        let bare = word.trim_end_matches('.');
        if NO_NAMES.split_whitespace().any(|own| own.eq_ignore_ascii_case(bare)) {
            return if is_titled && words > 0 { &name[..end] } else { "" };
        }
        words +=
            usize::from(word.starts_with(char::is_uppercase) && !matches!(bare, "Dr" | "Prof"));
        end = at + word.len();
        at += part.len();
    }
    name
}
