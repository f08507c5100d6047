//! Where a model's files come from: the binary itself or a directory.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::ModelError;
use crate::digest::hexadecimal;

/// What the files of a model should be.
const SUMS: &str = "SHA256SUMS";

/// A file that is what it should be.
pub struct Checked {
    /// Its name.
    pub name: &'static str,
    /// Its SHA-256 in hexadecimal.
    pub sum: String,
}

/// A file that a model directory may lack.
fn optional(directory: &Path, name: &str) -> Result<Option<Cow<'static, [u8]>>, ModelError> {
    let path = directory.join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(Cow::Owned(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ModelError::Unreadable { path, source }),
    }
}

/// The bytes of a model's files.
pub(super) struct Files {
    /// `config.json`.
    pub config: Cow<'static, [u8]>,
    /// `tokenizer.json`.
    pub tokenizer: Cow<'static, [u8]>,
    /// `model.safetensors`.
    pub weights: Cow<'static, [u8]>,
    /// `branch.safetensors`, if the model has a branch for problem vectors.
    pub branch: Option<Cow<'static, [u8]>>,
    /// `pieces.safetensors`, if the model gives vectors of pieces.
    pub pieces: Option<Cow<'static, [u8]>>,
    /// `heads.json`, if the model answers small questions beside sentiment.
    pub heads: Option<Cow<'static, [u8]>>,
    /// `tuning.json`, if the model's sentiment was corrected by labels.
    pub tuning: Option<Cow<'static, [u8]>>,
    /// `SHA256SUMS`, if the directory has it: a line a file, as `sha256sum` writes it.
    pub sums: Option<Cow<'static, [u8]>>,
    /// `meanings.bin`, empty where there is none.
    pub meanings: Cow<'static, [u8]>,
}

impl Files {
    /// The model in the binary.
    #[cfg(feature = "bundled-model")]
    pub(super) fn bundled() -> Result<Self, ModelError> {
        Ok(Self {
            config: Cow::Borrowed(include_bytes!("../../models/default/config.json")),
            tokenizer: Cow::Borrowed(include_bytes!("../../models/default/tokenizer.json")),
            weights: Cow::Borrowed(include_bytes!("../../models/default/model.safetensors")),
            branch: Some(Cow::Borrowed(include_bytes!("../../models/default/branch.safetensors"))),
            pieces: Some(Cow::Borrowed(include_bytes!("../../models/default/pieces.safetensors"))),
            heads: Some(Cow::Borrowed(include_bytes!("../../models/default/heads.json"))),
            tuning: None,
            sums: Some(Cow::Borrowed(include_bytes!("../../models/default/SHA256SUMS"))),
            meanings: Cow::Borrowed(include_bytes!("../../models/default/meanings.bin")),
        })
    }

    /// The model in the binary.
    #[cfg(not(feature = "bundled-model"))]
    pub(super) fn bundled() -> Result<Self, ModelError> {
        Err(ModelError::NotBundled)
    }

    /// The model in a directory in Hugging Face form.
    pub(super) fn read(directory: &Path) -> Result<Self, ModelError> {
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
            branch: optional(directory, "branch.safetensors")?,
            pieces: optional(directory, "pieces.safetensors")?,
            heads: optional(directory, "heads.json")?,
            tuning: optional(directory, "tuning.json")?,
            sums: optional(directory, SUMS)?,
            // It only saves time.
            meanings: fs::read(directory.join("meanings.bin")).unwrap_or_default().into(),
        })
    }

    /// The files that decide what the model says, by name, as far as it has them.
    pub(super) fn deciding(&self) -> impl Iterator<Item = (&'static str, &Cow<'static, [u8]>)> {
        let tuning = self.tuning.as_ref().map(|file| ("tuning.json", file));
        self.shipped().chain(tuning)
    }

    /// The same without what labels have corrected.
    pub(super) fn shipped(&self) -> impl Iterator<Item = (&'static str, &Cow<'static, [u8]>)> {
        [
            ("config.json", Some(&self.config)),
            ("tokenizer.json", Some(&self.tokenizer)),
            ("model.safetensors", Some(&self.weights)),
            ("branch.safetensors", self.branch.as_ref()),
            ("pieces.safetensors", self.pieces.as_ref()),
            ("heads.json", self.heads.as_ref()),
        ]
        .into_iter()
        .filter_map(|(name, file)| Some((name, file?)))
    }

    /// All files but `SHA256SUMS`, by name.
    fn summed(&self) -> impl Iterator<Item = (&'static str, &Cow<'static, [u8]>)> {
        let meanings = Some(("meanings.bin", &self.meanings)).filter(|(_, file)| !file.is_empty());
        self.deciding().chain(meanings)
    }

    /// Writes the files, with their sums, to a folder that is not there yet: all of them or nothing.
    pub(super) fn write_new(&self, folder: &Path) -> io::Result<()> {
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let stage = tempfile::Builder::new().prefix(".painpoint-").tempdir_in(parent)?;
        // Below the stage, which only its owner may enter, so that the folder has the rights of any other.
        let new = stage.path().join("new");
        fs::create_dir(&new)?;
        let mut sums = String::new();
        for (name, bytes) in self.summed() {
            fs::write(new.join(name), bytes)?;
            sums.push_str(&format!("{}  {name}\n", hexadecimal(&Sha256::digest(bytes))));
        }
        fs::write(new.join(SUMS), sums)?;
        fs::rename(new, folder)
    }

    /// The files whose SHA-256 is that of `SHA256SUMS`, with it; none if there is no such file.
    pub(super) fn check(&self) -> Result<Vec<Checked>, ModelError> {
        let Some(sums) = &self.sums else { return Ok(Vec::new()) };
        let sums = String::from_utf8_lossy(sums);
        let expected = |name: &str| {
            sums.lines().find_map(|line| {
                let (sum, file) = line.split_once(char::is_whitespace)?;
                (file.trim_start().trim_start_matches('*') == name).then(|| sum.to_lowercase())
            })
        };
        self.summed()
            .map(|(name, bytes)| {
                let expected = expected(name).ok_or(ModelError::NoSum(name))?;
                let found = hexadecimal(&Sha256::digest(bytes));
                if found != expected {
                    return Err(ModelError::Sum { name, expected, found });
                }
                Ok(Checked { name, sum: found })
            })
            .collect()
    }
}

#[cfg(all(test, feature = "bundled-model"))]
mod tests {
    use super::*;

    #[test]
    fn the_files_in_the_binary_are_those_that_their_sums_name() {
        let checked = Files::bundled().and_then(|files| files.check()).expect("they are sound");
        let names: Vec<&str> = checked.iter().map(|file| file.name).collect();
        let weights = ["model.safetensors", "branch.safetensors", "pieces.safetensors"];
        let expected = ["config.json", "tokenizer.json"].into_iter().chain(weights);
        assert_eq!(names, expected.chain(["heads.json", "meanings.bin"]).collect::<Vec<_>>());
    }

    #[test]
    fn what_a_model_has_beside_its_weights_is_compared_too() {
        for beside in ["branch.safetensors", "pieces.safetensors", "heads.json", "meanings.bin"] {
            let mut files = Files::bundled().expect("there is a model in this binary");
            let sums = files.sums.take().expect("it has sums");
            let sums = String::from_utf8(sums.into_owned()).expect("they are text");
            let others: Vec<&str> = sums.lines().filter(|line| !line.ends_with(beside)).collect();
            files.sums = Some(Cow::Owned(others.join("\n").into_bytes()));
            assert!(matches!(files.check(), Err(ModelError::NoSum(name)) if name == beside));
        }
    }
}
