//! The architectures that the engines run, and how each spells its tensors.
//!
//! All are the encoder of BERT (Devlin et al. 2019); they differ in names, in positions and in what
//! stands between the encoder and the labels. Code asks for tensors by BERT's names.

use serde::Deserialize;

/// An architecture, as `model_type` in `config.json` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Family {
    /// BERT (Devlin et al. 2019).
    Bert,
    /// RoBERTa (Liu et al. 2019).
    Roberta,
    /// XLM-RoBERTa (Conneau et al. 2020): RoBERTa with another vocabulary.
    XlmRoberta,
    /// DistilBERT (Sanh et al. 2019): without token types and pooler.
    DistilBert,
}

/// What a classifier does with the hidden state of the first token.
pub struct HeadLayout {
    /// The square layer.
    pub dense: String,
    /// What is applied to its outputs.
    pub activation: HeadActivation,
    /// The layer from there to the labels.
    pub classifier: &'static str,
}

/// Activation between the two layers of a classifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadActivation {
    /// Hyperbolic tangent.
    Tanh,
    /// max(x, 0).
    Relu,
}

/// DistilBERT's names for parts of a layer, after BERT's. Longer names stand before their endings.
const DISTILBERT: [(&str, &str); 9] = [
    ("encoder.layer.", "transformer.layer."),
    ("attention.self.query", "attention.q_lin"),
    ("attention.self.key", "attention.k_lin"),
    ("attention.self.value", "attention.v_lin"),
    ("attention.output.dense", "attention.out_lin"),
    ("attention.output.LayerNorm", "sa_layer_norm"),
    ("intermediate.dense", "ffn.lin1"),
    ("output.dense", "ffn.lin2"),
    ("output.LayerNorm", "output_layer_norm"),
];

impl Family {
    const ALL: [Self; 4] = [Self::Bert, Self::Roberta, Self::XlmRoberta, Self::DistilBert];

    /// The name in `config.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bert => "bert",
            Self::Roberta => "roberta",
            Self::XlmRoberta => "xlm-roberta",
            Self::DistilBert => "distilbert",
        }
    }

    /// What Hugging Face puts before the names of the encoder's tensors.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Bert => "bert.",
            Self::Roberta | Self::XlmRoberta => "roberta.",
            Self::DistilBert => "distilbert.",
        }
    }

    /// This family's name for a tensor of the encoder that BERT calls `name`.
    pub fn tensor(self, name: &str) -> String {
        let mut own = name.to_owned();
        if self == Self::DistilBert {
            for (theirs, ours) in DISTILBERT {
                own = own.replace(theirs, ours);
            }
        }
        own
    }

    /// Whether a row of token types is added to every embedding.
    pub fn has_token_types(self) -> bool {
        self != Self::DistilBert
    }

    /// The row of the position embedding that the first token takes. RoBERTa's positions start
    /// behind that of the padding (fairseq's `make_positions`).
    pub fn first_position(self, padding: usize) -> usize {
        match self {
            Self::Bert | Self::DistilBert => 0,
            Self::Roberta | Self::XlmRoberta => padding.saturating_add(1),
        }
    }

    /// The padding token where `config.json` does not name one.
    pub fn default_padding(self) -> usize {
        match self {
            Self::Bert | Self::DistilBert => 0,
            Self::Roberta | Self::XlmRoberta => 1,
        }
    }

    /// The layers of the classifier; `encoder` spells the names of encoder tensors.
    pub fn head(self, encoder: impl Fn(&str) -> String) -> HeadLayout {
        match self {
            Self::Bert => HeadLayout {
                dense: encoder("pooler.dense"),
                activation: HeadActivation::Tanh,
                classifier: "classifier",
            },
            Self::Roberta | Self::XlmRoberta => HeadLayout {
                dense: "classifier.dense".into(),
                activation: HeadActivation::Tanh,
                classifier: "classifier.out_proj",
            },
            Self::DistilBert => HeadLayout {
                dense: "pre_classifier".into(),
                activation: HeadActivation::Relu,
                classifier: "classifier",
            },
        }
    }
}

impl TryFrom<String> for Family {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|family| family.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            format!("model_type is {name:?}; sequence classifiers of these types run: {known}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distilbert_has_names_of_its_own() {
        for (bert, distilbert) in [
            ("embeddings.word_embeddings.weight", "embeddings.word_embeddings.weight"),
            ("encoder.layer.3.attention.self.key.bias", "transformer.layer.3.attention.k_lin.bias"),
            ("encoder.layer.3.attention.output.dense", "transformer.layer.3.attention.out_lin"),
            ("encoder.layer.3.attention.output.LayerNorm", "transformer.layer.3.sa_layer_norm"),
            ("encoder.layer.3.output.dense", "transformer.layer.3.ffn.lin2"),
            ("encoder.layer.3.output.LayerNorm", "transformer.layer.3.output_layer_norm"),
        ] {
            assert_eq!(Family::DistilBert.tensor(bert), distilbert);
            assert_eq!(Family::Roberta.tensor(bert), bert);
        }
    }
}
