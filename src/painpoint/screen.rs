//! What a mention that is not neutral is: does it tell something, or only that its writer is angry or glad, or does
//! its own row speak against how it was read?

use crate::mention::{Analysed, MICRO, Mention};
use crate::model::Sentiment;
use crate::text::bygone::is_bygone;

/// Probability from which a negative mention names a problem and is no cry. From 0.48 on, 93 % of the
/// complaints pass that the head did not learn from; this is a little higher, so that of a telecom's cries few
/// do, and short answers such as "unfriendly staff" still do.
const NAMES_PROBLEM: f64 = 0.55;

/// How far a row's score lies on the other side, from 0 to 1, with the probability that a mention's sentiment
/// must have there. Most that the best score stands beside was read wrongly below it: seen in reviews of
/// washing powder and of restaurants.
const AGAINST: [(f64, f64); 2] = [(0.95, 0.9), (0.7, 0.75)];

/// What a mention that is not neutral is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// It names a problem, or what is praised.
    Something,
    /// It only says that its writer is angry or glad, or was glad once.
    Cry,
    /// The score of its row says otherwise, and the text is not clear enough to stand against it.
    Doubtful,
}

/// How mentions are screened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Screen {
    /// The scale of the ratings.
    pub rating: Option<(f64, f64)>,
}

impl Screen {
    /// What a mention of a feedback is.
    pub fn of(self, feedback: &Analysed, mention: &Mention) -> Telling {
        // The score has had its say in the other probabilities.
        let text = mention.text_probabilities[mention.sentiment as usize];
        if f64::from(text) * MICRO < self.least(feedback, mention.sentiment) {
            Telling::Doubtful
        } else if is_cry(mention) {
            Telling::Cry
        } else {
            Telling::Something
        }
    }

    /// Whether a row's score says otherwise than a sentiment.
    pub fn speaks_against(self, feedback: &Analysed, sentiment: Sentiment) -> bool {
        self.least(feedback, sentiment) > 0.0
    }

    /// The probability that a sentiment must have in a row with such scores.
    fn least(self, feedback: &Analysed, sentiment: Sentiment) -> f64 {
        let Some(satisfied) = self.satisfaction(feedback) else { return 0.0 };
        let against = if sentiment == Sentiment::Negative { satisfied } else { 1.0 - satisfied };
        AGAINST.iter().find(|(from, _)| against >= *from).map_or(0.0, |&(_, least)| least)
    }

    /// How satisfied a row's score says that its writer is, from 0 to 1: likelihood to recommend, else the
    /// rating.
    fn satisfaction(self, feedback: &Analysed) -> Option<f64> {
        let nps = feedback.scores.nps.map(|nps| f64::from(nps) / 10.0);
        let rating = || {
            let (lowest, highest) = self.rating.filter(|(lowest, highest)| lowest < highest)?;
            Some((feedback.scores.rating? - lowest) / (highest - lowest))
        };
        nps.or_else(rating)
    }
}

fn is_cry(mention: &Mention) -> bool {
    let names_problem = match mention.names_problem {
        Some(micro) if mention.sentiment == Sentiment::Negative => {
            f64::from(micro) * MICRO >= NAMES_PROBLEM
        }
        _ => !mention.terms.is_empty(),
    };
    let is_over = mention.sentiment == Sentiment::Positive && is_bygone(&mention.text);
    !names_problem || is_over || mention.text.split_whitespace().nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::{Scores, Tag};
    use crate::model::{HeadScores, Score};
    use crate::text::Language;

    fn telling(negative: f32, rating: Option<f64>, names_problem: f32) -> Telling {
        let heads = Some(HeadScores { names_problem, ..HeadScores::default() });
        let probabilities = [negative, 1.0 - negative, 0.0];
        let score = Score { probabilities, heads, ..Score::default() };
        let text = ("text".to_owned(), "Preislich recht hoch".to_owned());
        let mention = Mention::new(text, 0, Language::De, &score, vec![Tag::general()]);
        let scores = Scores { rating, ..Scores::default() };
        let feedback = Analysed { scores, ..Analysed::new("1".into(), None, Vec::new()) };
        Screen { rating: Some((1.0, 5.0)) }.of(&feedback, &mention)
    }

    #[test]
    fn the_score_of_a_row_speaks_against_what_is_not_clear() {
        assert_eq!(telling(0.8, Some(5.0), 0.9), Telling::Doubtful);
        assert_eq!(telling(0.95, Some(5.0), 0.9), Telling::Something);
        assert_eq!(telling(0.8, Some(4.0), 0.9), Telling::Something);
        assert_eq!(telling(0.7, Some(4.0), 0.9), Telling::Doubtful);
        for rating in [None, Some(3.0), Some(1.0)] {
            assert_eq!(telling(0.55, rating, 0.9), Telling::Something);
            assert_eq!(telling(0.95, rating, 0.1), Telling::Cry);
        }
    }
}
