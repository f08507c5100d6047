//! What the columns of exports are called, in German, English, Spanish, French, Italian, Dutch and
//! Portuguese.

/// Words of which one, in the name of a column, speaks for something. Longer ones are found within
/// compounds (five letters: at the end, as in "Bewertungsdatum"); entries with a space are phrases.
pub(crate) type Words = &'static [&'static str];

pub(crate) const TEXT: Words = &[
    "text", "texto", "texte", "testo", "tekst", "comment", "comments", "kommentar", "comentario",
    "comentário", "commentaire", "commento", "commenti", "opmerking", "review", "reviews",
    "rezension", "bewertung", "bewertungstext", "recensione", "recensie", "reseña", "resena",
    "avaliação", "avaliacao", "avis", "feedback", "verbatim", "message", "nachricht", "mensaje",
    "mensagem", "messaggio", "bericht", "freitext", "tweet", "post", "content", "inhalt", "body",
    "antwort", "answer", "response", "respuesta", "réponse", "reponse", "risposta", "antwoord",
    "resposta", "opinion", "opinión", "opinione", "opinião", "meinung", "mening", "beschwerde",
    "complaint", "reclamo", "queja", "reklamation", "anliegen", "bemerkung", "anmerkung", "notes",
    "begründung", "begruendung", "grund", "reason", "suggestion", "vorschlag", "gefallen",
    "verbessern", "verbesserung", "improve", "improvement", "like most", "like least", "lob",
    "kritik", "pros", "cons", "positives", "negatives", "stärken", "schwächen", "toelichting",
    "open", "offen", "offene",
];

pub(crate) const TITLE: Words = &[
    "title", "titel", "titre", "titolo", "título", "titulo", "headline", "subject", "betreff",
    "überschrift", "ueberschrift", "summary", "zusammenfassung", "asunto", "objet", "oggetto",
    "onderwerp",
];

/// Columns whose words, however many, are not the customer's feedback.
pub(crate) const NOT_TEXT: Words = &[
    "name", "author", "autor", "auteur", "autore", "username", "reviewer", "verfasser", "vorname",
    "nachname", "url", "link", "links", "coord", "coordinates", "latitude", "longitude", "location",
    "timezone", "address", "adresse", "translation", "übersetzung", "image", "bild", "hash", "ip",
    "owner", "betreiber", "inhaber", "inhabers", "propietario", "propriétaire", "proprietario",
    "eigenaar", "agent", "developer", "company response", "company reply", "business response",
    "business reply", "first name", "last name",
];

/// Things that texts describe, unless the name also says that customers wrote them.
pub(crate) const THING: Words = &[
    "product", "produkt", "producto", "produit", "prodotto", "produto", "company", "user", "email", "e mail", "phone", "telefon", "website", "language",
    "sprache", "device", "browser",
];

/// Somebody's judgement of the feedback, which is what this program is to find out.
pub(crate) const LABEL: Words = &[
    "sentiment", "label", "labels", "polarity", "polarität", "class", "klasse", "classe", "clase",
    "stimmung", "gold", "target", "emotion", "confidence",
];

pub(crate) const ID: Words = &[
    "id", "ids", "nr", "nummer", "number", "no", "key", "uuid", "guid", "identifier", "kennung",
    "referenz", "reference", "código", "codigo", "índice", "index", "ticket", "vorgang",
];

/// Things other than the feedback that have identifiers of their own.
pub(crate) const NOT_ID: Words = &[
    "customer", "kunde", "kunden", "user", "author", "product", "produkt", "article", "artikel",
    "store", "filiale", "order", "bestell", "phone", "telefon", "postal", "clothing", "agent",
    "session", "device", "count", "reviews", "anzahl",
];

pub(crate) const DATE: Words = &[
    "date", "datum", "fecha", "data", "datetime", "created", "timestamp", "zeitstempel",
    "zeitpunkt", "time", "zeit", "day", "tag", "erstellt", "submitted", "abgegeben", "posted",
];

/// Names of months and weeks rather than days.
pub(crate) const PERIOD: Words = &[
    "month", "monat", "mois", "mes", "mese", "maand", "mês", "week", "woche", "semaine", "semana",
    "settimana", "period", "periode", "zeitraum", "epoch", "unix",
];

/// Names of dates that may as well be of something else.
pub(crate) const LOOSE_DATE: Words = &["time", "zeit", "day", "tag", "data", "posted"];

/// How long something takes or is past, which is no date.
pub(crate) const DURATION: Words = &[
    "duration", "dauer", "elapsed", "spent", "since", "ago", "seconds", "sekunden", "minutes",
    "minuten", "hours", "stunden", "days", "tage", "wait", "wartezeit", "diff", "age", "alter",
    "durée", "duración", "durata", "duur", "duração", "timezone", "zone", "zeitzone",
];

/// Dates of the feedback, rather than of a purchase or a birth.
pub(crate) const FEEDBACK_DATE: Words = &[
    "response", "review", "feedback", "survey", "antwort", "bewertung", "umfrage", "created",
    "submitted", "abgegeben", "posted", "erstellt", "end", "tweet", "comment", "kommentar",
];

pub(crate) const NOT_FEEDBACK_DATE: Words = &[
    "birth", "geburt", "order", "bestell", "purchase", "kauf", "start", "updated", "modified",
    "delivery", "liefer", "vertrag", "contract", "since", "seit",
];

pub(crate) const NPS: Words = &[
    "nps", "promoter", "recommend", "recommendation", "weiterempfehl", "empfehl", "recomend",
    "recomiend", "recommand", "raccomand", "consigli", "aanbevel",
];

/// The scale of the question how likely it is that one recommends.
pub(crate) const ZERO_TO_TEN: Words = &[
    "0 10", "0 bis 10", "0 to 10", "0 a 10", "0 à 10", "0 tot 10", "da 0 a 10",
];

pub(crate) const RATING: Words = &[
    "rating", "stars", "star", "sterne", "stern", "csat", "ces", "satisfaction", "zufriedenheit",
    "bewertung", "wertung", "score", "punkte", "estrellas", "étoiles", "etoiles", "stelle", "sterren",
    "estrelas", "valoración", "valoracion", "puntuación", "puntuacion", "calificación",
    "valutazione", "voto", "beoordeling", "avaliação", "nota", "satisfacción", "satisfacao",
    "soddisfazione", "tevredenheid", "zufrieden", "satisfied", "satisfait", "satisfecho",
    "soddisfatto", "tevreden", "satisfeito", "note 5", "note 10", "note 20", "note sur 5",
    "note sur 10", "note sur 20", "satisfação", "beurteilung", "urteil", "cijfer", "rapportcijfer",
    "punteggio", "pontuação", "évaluation", "evaluation", "evaluación", "avaliacao", "happiness",
];

/// Ratings that may run to 100.
pub(crate) const PERCENT: Words = &[
    "csat", "score", "ces", "satisfaction", "zufriedenheit",
];

/// Ratings of all there is to rate: by this customer, or of a thing by all its customers.
pub(crate) const OVERALL: Words = &[
    "overall", "total", "gesamt", "gesamtbewertung", "gesamturteil", "gesamtzufriedenheit",
    "insgesamt", "globale", "global", "complessivo", "complessiva", "totaal", "geral",
];

/// Ratings of a thing by all its customers, not of this one.
pub(crate) const MEAN: Words = &[
    "average", "avg", "mean", "durchschnitt", "mittel", "mittelwert", "promedio", "moyenne",
    "moyen", "gemiddelde", "gemiddeld", "média", "medio", "median",
];

/// What is made of ratings and votes, and is none.
pub(crate) const DIFFERENCE: Words = &[
    "diff", "difference", "differenz", "delta", "change", "wilson", "bound", "variance", "stddev",
    "weight", "gewicht", "rank", "rang", "ratio", "quote",
];

/// What customers spend: more of it is worse, unless the question asks how little it was.
pub(crate) const EFFORT: Words = &[
    "ces", "effort", "aufwand", "esfuerzo", "sforzo", "inspanning", "esforço",
];

/// Ratings that are surely no likelihood to recommend.
pub(crate) const SATISFACTION: Words = &[
    "zufrieden", "zufriedenheit", "satisfaction", "satisfied", "csat", "stars", "star", "sterne",
    "stern", "satisfait", "satisfecho", "satisfacción", "soddisfatto", "soddisfazione", "tevreden",
    "tevredenheid", "satisfeito", "satisfação", "ces", "effort", "aufwand", "quality", "qualität",
];

/// What forums and networks count, beside which a bare "score" counts votes.
pub(crate) const FORUM: Words = &[
    "subreddit", "upvotes", "downvotes", "upvote ratio", "ups", "downs", "num comments", "karma",
    "permalink",
];

/// How bad something is: the lowest is best.
pub(crate) const BADNESS: Words = &[
    "unzufriedenheit", "dissatisfaction", "insatisfaction", "insatisfacción", "insoddisfazione",
    "ontevredenheid", "insatisfação", "severity", "schweregrad", "ärger", "frustration",
];

/// School marks run from good to bad.
pub(crate) const SCHOOL_MARK: Words = &[
    "schulnote", "schulnoten", "zensur", "school mark", "school marks", "school grade",
];

pub(crate) const COUNT: Words = &[
    "count", "anzahl", "number of", "total", "votes", "vote", "likes", "upvotes", "helpful",
    "hilfreich", "stimmen", "thumbs", "thumbsupcount", "útil", "utile", "retweets", "karma",
    "shares", "views",
];

pub(crate) const SOURCE: Words = &[
    "source", "quelle", "channel", "kanal", "platform", "plattform", "plateforme", "plataforma",
    "piattaforma", "network", "netzwerk", "herkunft", "fuente", "fonte", "canal", "canale",
    "kanaal", "bron", "portal", "medium",
];

pub(crate) const TOUCHPOINT: Words = &[
    "touchpoint", "touch point", "kontaktpunkt", "topic", "thema", "journey", "journey stage",
    "tema", "thème", "theme", "contactpunt", "punto de contacto", "ponto de contato",
    "point de contact", "punto di contatto",
];

pub(crate) const SEGMENT: Words = &[
    "region", "land", "country", "city", "stadt", "ort", "product", "produkt", "category",
    "kategorie", "categoría", "catégorie", "categoria", "gender", "geschlecht", "group", "gruppe",
    "segment", "department", "abteilung", "plan", "tarif", "branch", "filiale", "store", "standort",
    "location", "bereich", "brand", "marke", "airline", "language", "lang", "sprache", "type",
    "typ", "tier", "status", "altersgruppe", "customer type", "kundentyp", "device", "version",
    "reason", "state", "division", "país", "pays", "paese", "produit", "producto", "prodotto",
];

/// Segments that say too little about a group of customers.
pub(crate) const NOT_SEGMENT: Words = &[
    "author", "autor", "username", "coord", "timezone", "url", "link", "email", "phone",
];
