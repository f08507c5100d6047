//! What columns are called that hold no feedback.

use crate::read::columns::name::{mention, says};
use crate::read::columns::vocabulary::{LABEL, NOT_TEXT, TEXT, THING, Words};

/// Names of what a company writes, whatever else they say.
pub(super) const REPLY: Words = &[
    "reply",
    "replies",
    "replied",
    "resolution",
    "internal",
    "interne",
    "interner",
    "internes",
    "intern",
    "stellungnahme",
    "agent notes",
    "agent note",
    "bearbeitervermerk",
    "lösungstext",
];

/// What the subjects of mails are called.
pub(super) const SUBJECT: Words =
    &["subject", "betreff", "betreffzeile", "objet", "asunto", "oggetto", "onderwerp", "assunto"];

/// Names of answers, which are replies if they are those of a company.
pub(super) const ANSWER: Words = &[
    "antwort",
    "response",
    "réponse",
    "reponse",
    "respuesta",
    "risposta",
    "antwoord",
    "resposta",
    "answer",
];

/// What companies are called beside these.
pub(super) const COMPANY: Words = &[
    "company",
    "management",
    "owner",
    "business",
    "developer",
    "official",
    "public",
    "host",
    "seller",
    "brand",
    "our",
    "unternehmen",
    "unternehmens",
    "inhaber",
    "inhabers",
    "betreiber",
    "betreibers",
    "firma",
    "unsere",
    "händler",
    "händlers",
    "hotels",
    "entwickler",
    "entwicklers",
    "kundenservice",
    "entreprise",
    "propriétaire",
    "établissement",
    "empresa",
    "propietario",
    "azienda",
    "proprietario",
    "struttura",
    "bedrijf",
    "eigenaar",
    "proprietário",
    "loja",
];

/// How those begin who answer customers.
pub(super) const GREETINGS: [&str; 27] = [
    "thank you for your",
    "thanks for your",
    "thank you for the",
    "we are sorry",
    "we're sorry",
    "we apologise",
    "we apologize",
    "dear customer",
    "dear guest",
    "hello, we",
    "hi, we",
    "vielen dank für ihr",
    "danke für ihr",
    "danke für dein",
    "vielen dank für dein",
    "wir bedauern",
    "es tut uns leid",
    "sehr geehrte frau",
    "sehr geehrter herr",
    "liebe kundin",
    "lieber kunde",
    "lieber gast",
    "merci pour votre",
    "nous sommes désolés",
    "gracias por su",
    "grazie per la",
    "bedankt voor uw",
];

/// Names of what somebody does, not of what they wrote.
pub(super) const POSITION: Words =
    &["job", "occupation", "beruf", "berufsbezeichnung", "profession", "profesión"];

/// Names of what programs make of a text.
pub(super) const PROCESSED: Words = &[
    "clean",
    "cleaned",
    "bereinigt",
    "processed",
    "preprocessed",
    "tokens",
    "tokenized",
    "tokenised",
    "lemma",
    "lemmas",
    "lemmatized",
    "stemmed",
    "normalized",
    "normalised",
    "lower",
];

/// Names of texts in another language than the customer's.
pub(super) const TRANSLATED: Words = &[
    "translated",
    "translation",
    "english",
    "englisch",
    "übersetzt",
    "traduit",
    "traducido",
    "tradotto",
    "vertaald",
    "traduzido",
];

/// Languages and their codes, as they stand at the end of names.
pub(super) const LANGUAGES: Words = &[
    "en",
    "eng",
    "english",
    "de",
    "deutsch",
    "german",
    "fr",
    "french",
    "es",
    "spanish",
    "it",
    "italian",
    "nl",
    "dutch",
    "pt",
    "portuguese",
];

/// How the name of a text ends that stands beside "other" in a closed question.
pub(super) const SPECIFY: Words = &[
    "other text",
    "other please specify",
    "other specify",
    "other please state",
    "other please describe",
    "sonstiges text",
    "sonstige text",
    "sonstiges bitte angeben",
    "sonstige bitte angeben",
    "sonstiges und zwar",
    "sonstiges nämlich",
    "andere bitte angeben",
    "anderes bitte angeben",
    "anderer bitte angeben",
    "autre veuillez préciser",
    "autre précisez",
    "autre préciser",
    "otro especifique",
    "otro por favor especifique",
    "otros especifique",
    "altro specificare",
    "anders namelijk",
    "anders geef nadere toelichting",
    "outro especifique",
];

/// Words of a name at most that is no question.
const NAME_WORDS: usize = 5;

/// The word of a name for which a column is no feedback, however many words it holds. A question asks customers,
/// whatever it is about.
pub(in crate::read::columns) fn excluding_word(
    name: &str,
    words: &[String],
) -> Option<&'static str> {
    if asks(name, words) {
        return None;
    }
    let thing = || mention(words, THING).filter(|_| !says(words, TEXT));
    mention(words, NOT_TEXT).or_else(|| mention(words, LABEL)).or_else(thing)
}

/// Whether a name is a question, or as long as one.
pub(super) fn asks(name: &str, words: &[String]) -> bool {
    name.trim_end_matches(['*', ' ', ':']).ends_with('?') || words.len() > NAME_WORDS
}
