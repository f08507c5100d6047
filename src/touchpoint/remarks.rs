//! What customers say of no touchpoint in particular. Seen from the middle of these and the
//! touchpoints' own texts, a remark is close to a touchpoint only if it is about it.

/// Praise without a subject.
pub(super) const PLEASED: [&str; 19] = [
    "Alles bestens, sehr zufrieden.",
    "Gerne wieder, sehr zu empfehlen.",
    "Würde ich immer wieder kaufen.",
    "Tolles Produkt, ich liebe es.",
    "Hat alles gut geklappt, keine Probleme.",
    "Bisher bin ich zufrieden.",
    "Ein netter Abend.",
    "Meine Familie ist begeistert.",
    "Einfach und schnell.",
    "Everything was fine, I am very happy.",
    "I would recommend this company to anyone.",
    "Easy.",
    "Easy to deal with.",
    "Very easy process, all went smoothly.",
    "Smooth and quick.",
    "Happy customer.",
    "I love it!",
    "I've had no problems so far.",
    "My husband loves it.",
];

/// Blame without a subject.
pub(super) const DISPLEASED: [&str; 13] = [
    "Ich bin sehr enttäuscht.",
    "Nie wieder, eine Katastrophe.",
    "Das ist die schlechteste Firma überhaupt.",
    "Ich kann nur davon abraten.",
    "Das geht besser.",
    "Es hat sehr lange gedauert.",
    "I am very disappointed.",
    "Terrible experience, never again.",
    "It is just not good enough.",
    "Constant issues from start to finish.",
    "This is the worst company ever.",
    "It was a very long process.",
    "It could be better.",
];

/// Neither.
pub(super) const OTHER: [&str; 12] = [
    "Keine Ahnung, nichts weiter.",
    "Das war schon immer so.",
    "Bin seit Jahren Kunde.",
    "Ich habe lange danach gesucht.",
    "Warum ist das so?",
    "Nothing to add.",
    "It has always been like this.",
    "I don't know yet, early days.",
    "You did ask.",
    "They are all the same.",
    "I bought this last year.",
    "Stop.",
];
