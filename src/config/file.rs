//! `painpoint.toml`: what the command line would say every night.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::DeTable;

use super::ConfigurationError;
use super::configuration::Provenance;
use super::options::{CacheChoice, Options};
use super::text::{self, place};
use crate::read::is_none;

/// A commented file in which every setting has its default.
pub const TEMPLATE: &str = include_str!("painpoint.toml");

/// The options of a file, and where each of them stands.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) options: Options,
    /// By key, `columns.text` for `text` in `[columns]`.
    places: BTreeMap<String, Provenance>,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// If the file cannot be read, or as [`parse`](Self::parse).
    pub(super) fn read(path: &Path) -> Result<Self, ConfigurationError> {
        Self::parse(&text::read(path, "the configuration")?, path)
    }

    /// Reads the text of a file. Its paths are relative to it.
    ///
    /// # Errors
    /// If it is no TOML, or has a key or value that does not exist; the message has line and column.
    pub(super) fn parse(source: &str, path: &Path) -> Result<Self, ConfigurationError> {
        let mut options: Options = toml::from_str(source).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            ConfigurationError::Value {
                place: Provenance::of(path, source, at),
                problem: error.message().to_owned(),
                remedy: "`painpoint init` writes a file that explains every setting".to_owned(),
            }
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for path in [
            &mut options.codebook,
            &mut options.model,
            &mut options.baseline,
            &mut options.corrections,
            &mut options.history,
            &mut options.privacy.names,
            &mut options.privacy.pseudonymise_ids,
            &mut options.report.logo,
        ]
        .into_iter()
        .flatten()
        {
            *path = folder.join(&*path);
        }
        if let Some(CacheChoice::File(path)) = &mut options.cache {
            *path = folder.join(&*path);
        }
        let profiles = options.columns.profiles.iter_mut().flatten();
        profiles.filter(|path| !is_none(path)).for_each(|path| *path = folder.join(&*path));
        Ok(Self { options, places: places(path, source) })
    }

    /// Where a key stands.
    pub(super) fn place(&self, key: &str) -> Provenance {
        self.places.get(key).cloned().unwrap_or(Provenance::Default)
    }
}

/// Where the values of a source stand that is known to be sound.
fn places(path: &Path, source: &str) -> BTreeMap<String, Provenance> {
    let mut places = BTreeMap::new();
    let Ok(root) = DeTable::parse(source) else { return places };
    for (key, value) in root.get_ref() {
        let key = key.get_ref();
        for (own, value) in value.get_ref().as_table().into_iter().flatten() {
            let key = format!("{key}.{}", own.get_ref());
            places.insert(key, Provenance::of(path, source, value.span().start));
        }
        places.insert(key.to_string(), Provenance::of(path, source, value.span().start));
    }
    places
}

impl Provenance {
    fn of(path: &Path, source: &str, byte: usize) -> Self {
        let (line, column) = place(source, byte);
        Self::File { path: path.to_owned(), line, column }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Configuration;

    fn read(source: &str) -> Result<File, ConfigurationError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("painpoint.toml");
        fs::write(&path, source).unwrap();
        File::read(&path)
    }

    #[test]
    fn the_template_holds_the_defaults() {
        assert_eq!(read(TEMPLATE).unwrap().options, Options::default());
    }

    #[test]
    fn every_setting_of_the_template_exists_and_every_setting_is_in_the_template() {
        let active: Vec<&str> = TEMPLATE
            .lines()
            .map(|line| if line.contains('=') { line.trim_start_matches("# ") } else { line })
            .collect();
        let file = read(&active.join("\n")).unwrap();
        for key in Configuration::keys() {
            assert!(matches!(file.place(key.name), Provenance::File { .. }), "{}", key.name);
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_what_there_is() {
        for (source, place, what) in [
            ("excel = true\ncodebok = \"x\"\n", ":2:1: ", "codebook"),
            ("detail = \"finest\"\n", ":1:10: ", "`coarse`, `normal`, `fine`"),
            ("\nprecision = \"f64\"\n", ":2:13: ", "`int8` or `f32`"),
            ("engine = \"torch\"\n", ":1:10: ", "`packed` or `rust-bert`"),
            ("report_lang = \"fr\"\n", ":1:15: ", "`de` or `en`"),
            ("threads = 0\n", ":1:11: ", "from 1 to 1024"),
            ("threads = 2000\n", ":1:11: ", "from 1 to 1024"),
            ("threads = \"many\"\n", ":1:11: ", "many"),
            ("since = \"March\"\n", ":1:9: ", "2026-03-01"),
            ("since = 2026-03-01\n", ":1:9: ", "in quotes"),
            ("max_rejects = -1\n", ":1:15: ", "-1"),
            ("cache = 3\n", ":1:9: ", "true, false or the name of a file"),
            ("cache_size = 2\n", ":1:14: ", "from 16 on"),
            ("[columns]\ntext = \"comment\"\n", ":2:8: ", "sequence"),
            ("[columns]\nskip_rows = -2\n", ":2:13: ", "-2"),
            ("excel =\n", ":1:", "init"),
        ] {
            let error = read(source).unwrap_err().to_string();
            assert!(error.contains(&format!("painpoint.toml{place}")), "{source}: {error}");
            assert!(error.contains(what), "{source}: {error}");
        }
    }
}
