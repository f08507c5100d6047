//! The words by which questions are known, in German, English, French, Spanish, Italian, Portuguese and Dutch.

/// Beginnings of words, folded; those that end in a blank are whole words.
pub(super) type Beginnings = &'static [&'static str];

/// Words of what is good.
pub(super) const GOOD: Beginnings = &[
    "like ", "liked ", "likes ", "enjoy", "love ", "loved ", "pros ", "best ", "strength", "positive", "advantage",
    "well ", "good ", "delight", "praise", "compliment", "appreci", "value ", "gefall", "gefaell", "gefiel", "lob ",
    "begeister", "schaetz", "staerke", "vorteil", "positiv", "gut ", "plu ", "plait", "aime", "point fort",
    "points forts", "atout", "avantage", "gusto ", "gusta", "aprecia", "fortaleza", "ventaja", "punto fuerte",
    "puntos fuertes", "piaciuto", "piace", "apprezza", "punti di forza", "pregi", "vantagg", "gostou", "gosta ",
    "gostaste", "pontos fortes", "vantagens", "leuk", "goed ", "bevalt", "beviel", "sterke punten", "pluspunten",
    "waardeert", "waardeer ", "valora ", "valoran ", "favourite", "favorite", "favorit", "lieblings", "highlight",
    "prefere", "keep doing", "beibehalten", "getting right", "do well", "useful", "nuetzlich", "impressed ",
    "beeindruck", "ueberzeugt", "smile", "gefreut", "freude", "blij ", "toll ", "agreablement", "fijn ", "loben",
    "pro ", "facciamo bene", "fazemos bem", "hacemos bien", "faisons bien", "manter ", "mantener ", "behouden",
    "gutes ", "leicht gemacht", "easy ", "lo mejor", "o melhor", "il migliore", "momento migliore", "le meilleur",
    "special ", "stay with",
];

/// Words of what is bad, missing or to be improved.
pub(super) const BAD: Beginnings = &[
    "improve", "improving", "better ", "differently", "annoy", "bother", "frustrat", "disappoint", "dislike", "cons ",
    "complain", "weakness", "negative", "disadvantage", "drawback", "missing ", "miss ", "missed ", "lack", "suggest",
    "worst ", "problem", "issue", "wrong", "verbess", "besser", "optimier", "gestoert", "stoert", "aerger",
    "geaergert", "enttaeusch", "missfall", "missfiel", "beschwerd", "kritik", "schwaeche", "nachteil", "negativ",
    "fehlt", "fehlen", "gefehlt", "vermiss", "wuensch", "vorschlag", "vorschlaeg", "anregung", "amelior", "deplu",
    "deplait", "decu", "deception", "gene ", "derange", "manqu", "suggestion", "point faible", "points faibles",
    "inconvenient", "reclam", "molest", "disgust", "falta", "echa de menos", "echo de menos", "sugerencia", "queja",
    "debilidad", "desventaja", "infastid", "deluso", "delus", "manca", "mancat", "suggeriment", "difett", "svantagg",
    "lament", "incomod", "desapont", "falhou", "sugest", "queixa", "fraco", "desvantagens", "verbeter", "beter ",
    "stoort", "stoorde", "gestoord", "tegenviel", "tegengevallen", "viel tegen", "valt tegen", "ergerde", "ergert",
    "geergerd", "teleurgesteld", "teleurstell", "mist ", "miste ", "ontbr", "klacht", "suggesties", "minpunten",
    "nadel", "even more", "noch mehr", "noch lieber", "ancora di piu", "encore plus", "todavia mas", "aun mas",
    "ainda mais", "nog leuker", "nog beter", "mejorar", "mejore", "mejora", "melhorar", "melhoria", "melhore",
    "migliora", "fare meglio", "hacer mejor", "hacerlo mejor", "fazer melhor", "faire mieux", "contra ", "contras ",
    "correu mal", "pain point", "negatif", "tips ", "change ", "aendern", "anders moeten", "nervt", "schwierig",
    "difficult", "difficile", "dificil", "moeilijk", "stop doing", "stopped", "fix ", "win you back",
    "zurueckzugewinnen", "zurueckgewinnen", "unzufrieden", "dissatisf", "insatisf", "insoddisf", "ontevreden",
    "drueckt der schuh", "ne va pas", "like to see", "not recommend", "nicht empfehlen", "nicht weiterempfehlen",
    "schlecht", "schlimm", "poor", "bad ", "mauvais", "peor", "peggio", "pior ", "slecht",
];

/// Words of leaving.
pub(super) const LEAVING: Beginnings = &[
    "leave ", "leaving ", "left ", "cancel", "quit ", "churn", "switch", "kuendig", "gekuendigt", "wechsel", "quitt",
    "resili", "depart", "baja ", "cancela", "dejar ", "lascia", "disdett", "disdic", "abbandon", "deixa ", "deixou",
    "opzeg", "opgezegd", "vertrek", "stopt ", "verlassen", "verlaesst", "widerruf", "return ", "returned ", "recesso",
    "devoluc", "rueckgabe", "ruecksendung", "retoure",
];

/// Words that ask for a reason, or speak of a score.
pub(super) const REASON: Beginnings = &[
    "reason", "why ", "explain", "score", "rating", "rate ", "rated ", "grade", "recommend", "grund", "begruend",
    "warum", "wieso", "weshalb", "erlaeuter", "note ", "punktzahl", "empfehl", "weiterempf", "pourquoi", "raison",
    "recommand", "notation", "por que", "porque", "motivo", "razon", "puntu", "recomend", "calific", "perche",
    "ragione", "voto ", "punteggio", "consigli", "raccomand", "nota ", "pontua", "classifica", "waarom", "reden",
    "cijfer", "aanbevel", "toelichting", "beoordeling", "bewertung ", "bewerten", "bewertet", "valorac", "valutaz",
    "expliqu", "explica", "spieg", "uitleg", "licht ", "motivazione", "giudizio", "oordeel", "einschaetzung", "urteil",
    "veranlasst", "made you choose", "dovuto", "pesou", "waardering",
];

/// Words that turn another around.
pub(super) const NOT: Beginnings = &[
    "not ", "didn ", "don ", "doesn ", "wasn ", "isn ", "least ", "less ", "nicht ", "weniger ", "wenigsten ", "kein",
    "pas ", "moins ", "no ", "menos ", "non ", "meno ", "nao ", "niet ", "minder ", "minst ",
];

/// Words that ask for whatever else there is to say: what they stand beside is one example of it.
pub(super) const COMMENTS: Beginnings = &[
    "comment", "kommentar", "anmerk", "bemerk", "opmerk", "coment", "remark", "anything else", "sonst ", "noch ",
    "osservazioni", "commenti", "observac", "observat",
];

/// Words of ideas, which stand beside comments.
pub(super) const IDEAS: Beginnings = &[
    "suggest", "anregung", "vorschlag", "vorschlaeg", "wuensch", "kritik", "sugest", "suggeriment", "sugerenc",
    "tips ", "verbesserungsvor",
];

/// Words that ask in what way, not for what: "How do you like our app?" asks for anything.
pub(super) const HOW: Beginnings = &[
    "how ", "wie ", "comment ", "como ", "come ", "hoe ",
];

/// Words that begin a question for things.
pub(super) const WHAT: Beginnings = &[
    "what ", "which ", "was ", "welche", "que ", "qu ", "quoi ", "quel", "lo ", "cosa ", "che ", "quali", "o ", "wat ",
    "welk",
];

/// Words that join two questions.
pub(super) const AND: Beginnings =
    &["and ", "or ", "und ", "oder ", "et ", "ou ", "y ", "e ", "o ", "en ", "of ", "vs "];

/// Words for a mark, which alone are a remark.
pub(super) const MARK: Beginnings = &["note ", "nota "];
