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
    "bewertung", "score", "punkte", "estrellas", "étoiles", "etoiles", "stelle", "sterren",
    "estrelas", "valoración", "valoracion", "puntuación", "puntuacion", "calificación",
    "valutazione", "voto", "beoordeling", "avaliação", "nota", "satisfacción", "satisfacao",
    "soddisfazione", "tevredenheid", "zufrieden", "satisfied", "satisfait", "satisfecho",
    "soddisfatto", "tevreden", "satisfeito", "note 5", "note 10", "note sur 5", "note sur 10",
];

/// Ratings that may run to 100.
pub(crate) const PERCENT: Words = &[
    "csat", "score", "ces", "satisfaction", "zufriedenheit",
];

/// Ratings of a thing by all its customers, not of this one.
pub(crate) const AVERAGE: Words = &[
    "overall", "average", "avg", "mean", "total", "gesamt", "gesamtbewertung", "durchschnitt",
    "mittel",
];

/// School marks run from good to bad.
pub(crate) const SCHOOL_MARK: Words = &[
    "schulnote", "schulnoten", "zensur",
];

pub(crate) const COUNT: Words = &[
    "count", "anzahl", "number of", "total", "votes", "likes",
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
