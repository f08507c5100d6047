//! What of a configuration decides a result, written down and read again.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;
use std::path::{Path, PathBuf, absolute};

use super::configuration::{Configuration, ConfigurationError, PREFIX, Provenance, Shown};
use super::file::File;
use super::options::{CacheChoice, Options};
use crate::read::is_none;
use crate::report::outputs::OutputFile;

/// Settings that say how a run goes, and nothing of what comes out.
const PASSING: [&str; 7] =
    ["threads", "cache", "cache_size", "log_format", "wait_lock", "keep", "fail_on_alert"];

impl Configuration {
    /// The values that somebody set and that decide a result, as TOML, with absolute paths.
    pub fn deciding(&self) -> String {
        let mut tables: BTreeMap<&str, String> = BTreeMap::new();
        // Hooks may hold what is secret.
        let passes = |name: &str| PASSING.contains(&name) || name.starts_with("hooks.");
        let decides = |own: &&Shown| own.place != Provenance::Default && !passes(own.key.name);
        for shown in self.shown.iter().filter(decides) {
            let (table, name) = shown.key.name.split_once('.').unwrap_or(("", shown.key.name));
            if let Some(value) = &shown.value {
                let _ = writeln!(tables.entry(table).or_default(), "{name} = {value}");
            }
        }
        let table = |(name, lines): (&str, String)| match name {
            "" => lines,
            name => format!("\n[{name}]\n{lines}"),
        };
        let tables: String = tables.into_iter().map(table).collect();
        tables + &self.written_alerts()
    }

    /// The files that decide a result, beside the inputs and the model: what each is, and its absolute path.
    pub fn deciding_files(&self) -> Vec<(&'static str, PathBuf)> {
        let findings = OutputFile::Findings.name();
        let baseline = self.baseline.as_ref().map(|folder| folder.join(findings));
        let names = self.privacy.names.clone().filter(|_| self.privacy.redact);
        let profiles = self.columns.profiles.iter().filter(|path| !is_none(path));
        [("codebook", self.codebook.clone()), ("corrections", self.corrections.clone())]
            .into_iter()
            .chain([("baseline", baseline), ("names", names)])
            .chain([("key", self.privacy.pseudonymise_ids.value.clone())])
            .chain([("logo", self.presentation.logo.value.clone())])
            .filter_map(|(role, path)| Some((role, path?)))
            .chain(profiles.map(|path| ("profile", path.clone())))
            .map(|(role, path)| (role, absolute(&path).unwrap_or(path)))
            .collect()
    }

    /// The configuration that [`deciding`](Self::deciding) wrote. Of `flags` and the environment, what decides no result
    /// holds beside it. `written_in` is what errors name.
    ///
    /// # Errors
    /// If it is not as it was written.
    pub fn repeated(
        text: &str,
        written_in: &Path,
        flags: Options,
    ) -> Result<Self, ConfigurationError> {
        let file = File::parse(text, written_in)?;
        let passing = PASSING.map(|name| format!("{PREFIX}{}", name.to_uppercase()));
        let variable = |name: &str| {
            let value = passing.iter().any(|own| own == name).then(|| env::var_os(name))?;
            value.filter(|value| !value.is_empty())
        };
        let mut own = Self::combine(flags, &variable, file)?;
        // The run is repeated in its own folder, and the cache is named from this one.
        if let Some(CacheChoice::File(path)) = &mut own.cache.value {
            *path = absolute(&path).unwrap_or_else(|_| path.clone());
        }
        Ok(own)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::TEMPLATE;

    /// Every setting of the template, with the value of its example.
    fn all() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("painpoint.toml");
        let active: Vec<&str> = TEMPLATE
            .lines()
            .map(|line| if line.contains('=') { line.trim_start_matches("# ") } else { line })
            .collect();
        fs::write(&path, active.join("\n")).unwrap();
        (folder, path)
    }

    #[test]
    fn what_is_written_down_says_the_same_when_it_is_read_elsewhere() {
        let (folder, path) = all();
        let own = Configuration::load(Options::default(), Some(&path)).unwrap();
        let text = own.deciding();
        let again =
            Configuration::repeated(&text, Path::new("/elsewhere/run.json"), Options::default())
                .unwrap();
        assert_eq!(again.deciding(), text);
        for key in Configuration::keys() {
            let place = File::parse(&text, Path::new("run.json")).unwrap().place(key.name);
            let is_written = place != Provenance::Default;
            let passes = PASSING.contains(&key.name) || key.name.starts_with("hooks.");
            assert_eq!(is_written, !passes, "{}: {text}", key.name);
        }
        assert!(!text.contains('#') || text.contains("\"#0b5a7a\""), "{text}");
        let roles: Vec<&str> = own.deciding_files().iter().map(|(role, _)| *role).collect();
        let all = ["codebook", "corrections", "baseline", "names", "key", "logo", "profile"];
        assert_eq!(roles, all);
        assert_eq!(own.deciding_files(), again.deciding_files());
        assert!(own.deciding_files().iter().all(|(_, path)| path.starts_with(folder.path())));
    }

    #[test]
    fn threads_and_cache_are_those_of_the_day() {
        let flags = Options { threads: Some("3".parse().unwrap()), ..Options::default() };
        let own = Configuration::repeated("detail = \"fine\"\n", Path::new("run.json"), flags);
        let own = own.unwrap();
        assert_eq!(own.threads.unwrap().count(), 3);
        assert!(!own.deciding().contains("threads"), "{}", own.deciding());
    }
}
