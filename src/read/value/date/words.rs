//! The words of dates in German, English, Spanish, French, Italian, Dutch and Portuguese, all in lower
//! case and without accents.

/// Months, each by its names and what they are shortened to.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan", "january", "januar", "janner", "jaenner", "janv", "janvier", "ene", "enero", "gen",
        "gennaio", "januari", "janeiro",
    ],
    &[
        "feb",
        "february",
        "februar",
        "feber",
        "fev",
        "fevr",
        "fevrier",
        "febrero",
        "febbraio",
        "februari",
        "fevereiro",
        "febr",
    ],
    &["mar", "march", "marz", "maerz", "mrz", "mars", "marzo", "mrt", "maart", "marco"],
    &["apr", "april", "avr", "avril", "abr", "abril", "aprile"],
    &["may", "mai", "mayo", "mag", "maggio", "mei", "maio"],
    &["jun", "june", "juni", "juin", "junio", "giu", "giugno", "junho"],
    &["jul", "july", "juli", "juil", "juillet", "julio", "lug", "luglio", "julho"],
    &["aug", "august", "aout", "ago", "agosto", "augustus"],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "set",
        "sett",
        "settembre",
        "setembro",
    ],
    &["oct", "october", "okt", "oktober", "octobre", "octubre", "ott", "ottobre", "out", "outubro"],
    &["nov", "november", "novembre", "noviembre", "novembro"],
    &["dec", "december", "dez", "dezember", "decembre", "dic", "diciembre", "dicembre", "dezembro"],
];

/// Days of the week, by their names and what they are shortened to.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lun",
    "mar",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "mie",
    "jue",
    "vie",
    "sab",
    "dom",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "gio",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "ma",
    "wo",
    "vr",
    "za",
    "zo",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "seg",
    "ter",
    "qua",
    "qui",
    "sex",
];

/// Words between the parts of a date: "3 de enero de 2025 a las 10:20".
const PARTICLES: &[&str] = &[
    "de", "del", "of", "the", "den", "der", "dem", "le", "la", "las", "el", "il", "los", "a", "al",
    "at", "um", "on", "o", "om", "as", "alle", "ore", "dia", "vom", "am", "dell", "dello", "op",
    "van", "du", "in", "t", "d", "l",
];

/// What follows a time of day: "10:20 Uhr", "8h30".
pub(super) const HOURS: &[&str] =
    &["uhr", "uur", "h", "hs", "hrs", "heures", "heure", "horas", "hora", "ore", "u"];

/// What follows the number of a day: "3rd", "1er", "2ème", "3de".
const ORDINALS: &[&str] =
    &["st", "nd", "rd", "th", "er", "re", "e", "eme", "de", "te", "ter", "ten", "º", "ª", "o", "a"];

/// Time zones by their letters.
const ZONES: &[&str] = &[
    "z", "utc", "gmt", "cet", "cest", "mez", "mesz", "wet", "west", "eet", "eest", "bst", "ist",
    "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "akst", "akdt", "hst", "msk", "jst",
    "kst", "sgt", "hkt", "aest", "aedt", "acst", "awst", "nzst", "nzdt", "brt", "art", "et", "ct",
    "mt", "pt",
];

/// A week by its number.
const WEEKS: &[&str] = &[
    "w",
    "wk",
    "kw",
    "week",
    "weeks",
    "woche",
    "kalenderwoche",
    "semaine",
    "sem",
    "semana",
    "settimana",
];

/// A quarter of a year.
const QUARTERS: &[&str] = &["q", "quarter", "quartal", "trimestre", "trim", "kwartaal"];

/// Units of time, from the second to the year.
const UNITS: &[&str] = &[
    "second",
    "seconds",
    "sec",
    "secs",
    "minute",
    "minutes",
    "min",
    "mins",
    "hour",
    "hours",
    "hr",
    "hrs",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "yr",
    "yrs",
    "sekunde",
    "sekunden",
    "minuten",
    "stunde",
    "stunden",
    "tag",
    "tage",
    "tagen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "monaten",
    "jahr",
    "jahre",
    "jahren",
    "seconde",
    "secondes",
    "heure",
    "heures",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "mois",
    "an",
    "ans",
    "annee",
    "annees",
    "segundo",
    "segundos",
    "minuto",
    "minutos",
    "hora",
    "horas",
    "dia",
    "dias",
    "semana",
    "semanas",
    "mes",
    "meses",
    "ano",
    "anos",
    "secondo",
    "secondi",
    "minuti",
    "ora",
    "ore",
    "giorno",
    "giorni",
    "settimana",
    "settimane",
    "mese",
    "mesi",
    "anno",
    "anni",
    "seconden",
    "minuut",
    "uur",
    "uren",
    "dag",
    "dagen",
    "weken",
    "maand",
    "maanden",
    "jaar",
    "jaren",
];

/// What makes a unit of time one that has passed.
const AGO: &[&str] = &[
    "ago",
    "vor",
    "hace",
    "il y a",
    "fa",
    "geleden",
    "ha",
    "atras",
    "last",
    "letzte",
    "letzten",
    "letzter",
    "letztes",
    "vorige",
    "afgelopen",
    "derniere",
    "dernier",
    "pasado",
    "pasada",
    "passado",
    "passada",
    "scorso",
    "scorsa",
    "past",
    "earlier",
];

/// Days that are told from today.
const NEAR_DAYS: &[&str] = &[
    "today",
    "yesterday",
    "just now",
    "heute",
    "gestern",
    "vorgestern",
    "gerade eben",
    "aujourd'hui",
    "hier",
    "avant hier",
    "hoy",
    "ayer",
    "anteayer",
    "oggi",
    "ieri",
    "vandaag",
    "gisteren",
    "eergisteren",
    "hoje",
    "ontem",
    "anteontem",
    "now",
    "eben",
];

/// The month of a name.
pub(super) fn month(word: &str) -> Option<i8> {
    let index = MONTHS.iter().position(|names| names.contains(&word))?;
    i8::try_from(index + 1).ok()
}

pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

pub(super) fn is_ordinal(word: &str) -> bool {
    ORDINALS.contains(&word)
}

pub(super) fn is_zone(word: &str) -> bool {
    ZONES.contains(&word)
}

pub(super) fn is_week(word: &str) -> bool {
    WEEKS.contains(&word)
}

pub(super) fn is_quarter(word: &str) -> bool {
    QUARTERS.contains(&word)
}

/// Whether words, in order, tell a day from the one on which they were written: "vor 3 Tagen".
pub(super) fn is_relative(words: &[&str]) -> bool {
    let says = |entry: &&str| {
        let own = || entry.split(' ');
        words.windows(own().count()).any(|part| own().eq(part.iter().copied()))
    };
    let has_passed = words.iter().any(|word| UNITS.contains(word)) && AGO.iter().any(says);
    has_passed || words.len() <= 3 && NEAR_DAYS.iter().any(says)
}
