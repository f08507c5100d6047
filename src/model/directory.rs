//! Where a model's files come from: the binary itself or a directory.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use super::error::ModelError;

/// The bytes of a model's three files.
pub struct Files {
    /// `config.json`.
    pub config: Cow<'static, [u8]>,
    /// `tokenizer.json`.
    pub tokenizer: Cow<'static, [u8]>,
    /// `model.safetensors`.
    pub weights: Cow<'static, [u8]>,
}

impl Files {
    /// The model in the binary.
    #[cfg(feature = "bundled-model")]
    pub fn bundled() -> Result<Self, ModelError> {
        Ok(Self {
            config: Cow::Borrowed(include_bytes!("../../models/default/config.json")),
            tokenizer: Cow::Borrowed(include_bytes!("../../models/default/tokenizer.json")),
            weights: Cow::Borrowed(include_bytes!("../../models/default/model.safetensors")),
        })
    }

    /// The model in the binary.
    #[cfg(not(feature = "bundled-model"))]
    pub fn bundled() -> Result<Self, ModelError> {
        Err(ModelError::NotBundled)
    }

    /// The model in a directory in Hugging Face form.
    pub fn read(directory: &Path) -> Result<Self, ModelError> {
        let file = |name: &str| {
            let path = directory.join(name);
            fs::read(&path)
                .map(Cow::Owned)
                .map_err(|source| ModelError::Unreadable { path, source })
        };
        Ok(Self {
            config: file("config.json")?,
            tokenizer: file("tokenizer.json")?,
            weights: file("model.safetensors")?,
        })
    }
}
