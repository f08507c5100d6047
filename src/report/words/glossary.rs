//! The words of the report and what they mean, for those who want to know how it came about.

use super::super::ReportLanguage::{self, De, En};
use super::sentences::NPS;
use crate::painpoint::findings::Comparisons;

/// The words of the report and what they mean; the net promoter score only where there is one.
pub(crate) fn definitions(
    language: ReportLanguage,
    nps: bool,
    comparisons: &Comparisons,
) -> Vec<(&'static str, &'static str)> {
    let all = match language {
        De => DEFINITIONS_DE,
        En => DEFINITIONS_EN,
    };
    let by_score = comparisons.ranked_by().is_some();
    all.iter()
        .copied()
        .filter(|(term, _)| nps || *term != NPS)
        .map(|(term, text)| match (term, by_score) {
            ("Reihenfolge", true) => (term, ORDER_BY_SCORE_DE),
            ("Order", true) => (term, ORDER_BY_SCORE_EN),
            _ => (term, text),
        })
        .collect()
}

const ORDER_BY_SCORE_DE: &str = "Anteil mal Unterschied im Urteil zwischen denen, die es nennen, und den übrigen: was das Thema insgesamt kostet oder bringt. Unterschiede, die Zufall sein können, werden einander angeglichen; gleichen sich alle, ordnet allein der Anteil. Es ist ein Zusammenhang, keine bewiesene Ursache.";

const ORDER_BY_SCORE_EN: &str = "Share times the difference in score between those who mention it and the others: what the topic costs or brings in total. Differences that may be chance are drawn together; where all may be, the share alone ranks. It is a correlation, not a proven cause.";

const DEFINITIONS_DE: &[(&str, &str)] = &[
    (
        "Rückmeldung",
        "Eine Zeile der eingelesenen Daten, etwa ein Fragebogen, eine Bewertung oder ein Beitrag.",
    ),
    (
        "Nennung",
        "Ein Satz oder Satzteil einer Rückmeldung. „Produkt super, aber Lieferung katastrophal“ sind zwei Nennungen, eine positive und eine negative. Ein Sprachmodell stuft jede Nennung als negativ, neutral oder positiv ein. Es irrt sich gelegentlich, etwa bei Ironie.",
    ),
    (
        "Kontaktpunkt",
        "Eine Stelle, an der Kunden mit dem Unternehmen zu tun haben, zum Beispiel Website, Hotline oder Rechnung. Betrifft eine Nennung zwei Kontaktpunkte, zählt sie bei beiden.",
    ),
    (
        "Stimmungssaldo",
        "Anteil der positiven minus Anteil der negativen Nennungen, mal 100. Bei −100 sind alle Nennungen negativ, bei +100 alle positiv; bei 0 halten sich Lob und Klage die Waage.",
    ),
    (
        NPS,
        "Anteil der Antworten 9 und 10 minus Anteil der Antworten 0 bis 6 auf die Frage nach der Weiterempfehlung, mal 100.",
    ),
    (
        "Schmerzpunkt",
        "Ein Problem, das mehrere Kundinnen und Kunden nennen. Sein Name ist ein kurzer Satz aus einer ihrer Rückmeldungen, der den meisten Nennungen nahekommt; die Begriffe daneben kommen dort auffällig oft vor. Der Kontaktpunkt ist der, der unter seinen Nennungen hervorsticht. Nennungen, die kein Problem benennen, gehören zu keinem. Was Kunden freut, entsteht auf dieselbe Weise aus den positiven Nennungen.",
    ),
    (
        "Anteil",
        "Rückmeldungen mit mindestens einer passenden Nennung, geteilt durch alle Rückmeldungen mit Text. Eine Rückmeldung kann mehrere Themen ansprechen, deshalb ergeben die Anteile zusammen nicht 100 %.",
    ),
    (
        "Eindeutigkeit",
        "Wie eindeutig negativ (bei Freuden: positiv) die Nennungen im Mittel sind, als Wahrscheinlichkeit laut Sprachmodell von 0 bis 100. Es ist kein Maß dafür, wie groß der Ärger ist.",
    ),
    ("Reihenfolge", "Anteil mal Eindeutigkeit. Oben steht, was viele Kunden eindeutig bewegt."),
    (
        "Trend",
        "Die kleinen Säulen zeigen für jeden Monat den Anteil des Themas an allen Nennungen des Monats, am Kopf eines Kontaktpunkts den Anteil negativer Nennungen; hohle Säulen stehen für Monate mit weniger als 30 Nennungen. „Nimmt zu“ oder „nimmt ab“ vergleicht zwei Zeiträume und steht nur da, wo der Unterschied größer ist, als der Zufall erklärt.",
    ),
    (
        "Noten",
        "Was ein Thema kostet oder bringt, wird nur an Nennungen gerechnet, deren Text für sich schon negativ (bei Freuden: positiv) ist. Wo die Note der Zeile den Ausschlag gab, würde man sonst die Note mit sich selbst erklären. Daher sind es oft weniger Noten als Nennungen. Mehr als die tiefste mögliche Note kann nichts kosten: Dort enden die Spannen.",
    ),
    (
        "Wie oft das Modell irrt",
        "Das mitgelieferte Sprachmodell stuft gut vier von fünf Nennungen so ein wie Menschen, die sie lasen (81 % von 258 und 82 % von 580 Nennungen aus zwölf echten Dateien); bei Ironie und kurzen Beiträgen weniger. Diese Irrtümer stecken in keiner Spanne. Wie gut es bei diesen Daten ist, lässt sich mit einer Stichprobe messen.",
    ),
    (
        "Unsicherheit",
        "Spannen wie 10–15 % sind 95-%-Intervalle: Bei hundert vergleichbaren Erhebungen läge der wahre Wert in etwa 95 innerhalb der Spanne. Je weniger Rückmeldungen, desto breiter ist die Spanne. Sie erfasst allein den Zufall der Auswahl, nicht die Irrtümer des Sprachmodells, und auch nicht, dass sich manche Kunden eher zu Wort melden als andere. Jede Nennung gilt dabei als unabhängig. Sätze einer Person hängen zusammen; die Spannen von Salden sind daher eher zu eng.",
    ),
    (
        "Zufall",
        "Je mehr man vergleicht, desto eher findet man etwas. Deshalb werden alle Vergleiche einer Art gemeinsam geprüft: Von den Unterschieden, die hier als solche bezeichnet sind, sind im Mittel höchstens 5 % Zufall.",
    ),
    (
        "Wenige Nennungen",
        "Weniger als 30. Solche Werte schwanken stark und taugen nicht zum Vergleich.",
    ),
];

const DEFINITIONS_EN: &[(&str, &str)] = &[
    ("Feedback", "One row of the data, such as a questionnaire, a review or a post."),
    (
        "Mention",
        "A sentence or clause of a piece of feedback. “Great product, but delivery was a disaster” is two mentions, one positive and one negative. A language model rates every mention as negative, neutral or positive. It is sometimes wrong, for example about irony.",
    ),
    (
        "Touchpoint",
        "A place where customers deal with the company, for example website, hotline or invoice. A mention of two touchpoints counts in both.",
    ),
    (
        "Net sentiment",
        "Share of positive minus share of negative mentions, times 100. At −100 all mentions are negative, at +100 all are positive; at 0 praise and complaint are in balance.",
    ),
    (
        NPS,
        "Share of scores 9 and 10 minus share of scores 0 to 6 in answer to the question about recommending, times 100.",
    ),
    (
        "Pain point",
        "A problem that several customers tell of. Its name is a short clause out of one customer's feedback that comes close to most of its mentions; the terms beside it are conspicuously common there. Its touchpoint is the one that stands out among its mentions. Mentions that name no problem belong to none. What pleases customers is found in the same way in the positive mentions.",
    ),
    (
        "Share",
        "Feedback with at least one such mention, divided by all feedback with text. One piece of feedback may raise several topics, so the shares do not add up to 100%.",
    ),
    (
        "Clarity",
        "How clearly negative (for delights: positive) the mentions are on average, as a probability according to the language model from 0 to 100. It does not measure how great the anger is.",
    ),
    ("Order", "Share times clarity. What clearly moves many customers comes first."),
    (
        "Trend",
        "The small columns show the topic’s share of all mentions of each month, at the head of a touchpoint the share of negative mentions; hollow columns are months with fewer than 30 mentions. “Rising” or “falling” compares two periods and appears only where the difference is larger than chance explains.",
    ),
    (
        "Scores",
        "What a topic costs or brings is computed from mentions alone whose text is negative (for delights: positive) by itself. Where the score of the row turned the balance, the score would be explained by itself. So there are often fewer scores than mentions. Nothing can cost more than down to the lowest possible score: there the ranges end.",
    ),
    (
        "How often the model errs",
        "The bundled language model rates more than four of five mentions as people do who read them (81% of 258 and 82% of 580 mentions of twelve real files); fewer of irony and of short posts. These errors are in no range. How good it is on these data can be measured with a sample.",
    ),
    (
        "Uncertainty",
        "Ranges such as 10–15% are 95% intervals: in a hundred comparable surveys, the true value would lie within the range in about 95. The less feedback, the wider it is. It covers only the chance of selection, not the errors of the language model, nor that some customers speak up more readily than others. Every mention is taken as independent. Sentences of one person hang together; so the ranges of net sentiment are rather too narrow.",
    ),
    (
        "Chance",
        "The more one compares, the more one finds. So all comparisons of a kind are tested together: of the differences that are called so here, on average at most 5% are chance.",
    ),
    ("Few mentions", "Fewer than 30. Such values vary widely and should not be compared."),
];
