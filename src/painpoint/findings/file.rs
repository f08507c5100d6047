//! Findings ⇄ `findings.json`.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::Findings;

/// Version of the form in which findings are written. The first number changes when a reader of the
/// form before would be misled, the second when something is added.
pub const SCHEMA_VERSION: &str = "1.6";

/// Why findings cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FindingsError {
    /// The text is not what a run writes.
    #[error("{0}")]
    Content(#[from] serde_json::Error),
    /// They are written in a form that this version does not know.
    #[error(
        "it has the schema version {found}, and this version of painpoint reads {SCHEMA_VERSION}"
    )]
    Version {
        /// The version that they name.
        found: String,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    schema_version: &'static str,
    #[serde(flatten)]
    findings: &'a Findings,
}

#[derive(Deserialize)]
struct Header {
    schema_version: String,
}

impl Findings {
    /// Writes the findings as JSON: fields in the order of their declaration, fractions in the fewest
    /// digits that read back as the same number.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        let written = Written { schema_version: SCHEMA_VERSION, findings: self };
        serde_json::to_writer_pretty(&mut out, &written)?;
        writeln!(out)?;
        out.flush()
    }

    /// Reads what [`Findings::write`] wrote. Fields that this version does not know are passed over, so
    /// that it reads what a later one only added to.
    ///
    /// # Errors
    /// If `text` is no such JSON, or is of another major version of the form.
    pub fn read(text: &str) -> Result<Self, FindingsError> {
        let Header { schema_version: found } = serde_json::from_str(text)?;
        let major = |version: &str| version.split('.').next().map(str::to_owned);
        if major(&found) != major(SCHEMA_VERSION) {
            return Err(FindingsError::Version { found });
        }
        Ok(serde_json::from_str(text)?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::sample;

    fn written(findings: &Findings) -> String {
        let mut out = Vec::new();
        findings.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for findings in [sample::german(), sample::english(), sample::nothing()] {
            assert_eq!(Findings::read(&written(&findings)).unwrap(), findings);
        }
    }

    #[test]
    fn fractions_keep_every_bit() {
        let mut findings = sample::german();
        for (at, value) in [0.1 + 0.2, f64::MIN_POSITIVE, 1.0 / 3.0].into_iter().enumerate() {
            findings.topics[at].priority = value;
        }
        assert_eq!(Findings::read(&written(&findings)).unwrap(), findings);
    }

    #[test]
    fn what_a_later_version_adds_is_passed_over() {
        let text = written(&sample::german())
            .replacen("\"schema_version\": \"1.6\"", "\"schema_version\": \"1.7\"", 1)
            .replacen("\"summary\": {", "\"themes\": [], \"summary\": { \"later\": 3,", 1);
        assert_eq!(Findings::read(&text).unwrap(), sample::german());
    }

    #[test]
    fn another_major_version_is_named() {
        let text = written(&sample::german()).replacen("\"1.6\"", "\"2.0\"", 1);
        let error = Findings::read(&text).unwrap_err();
        assert!(matches!(&error, FindingsError::Version { found } if found == "2.0"), "{error}");
        assert!(error.to_string().contains("2.0"), "{error}");
    }

    #[test]
    fn other_json_is_told_with_its_line() {
        let error = Findings::read("{\n\"schema_version\": \"1.0\"}").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("summary"), "{error}");
    }

    #[test]
    fn the_documentation_names_every_key() {
        fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
            match value {
                serde_json::Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                    found.insert(key.clone());
                    keys(value, found);
                }),
                serde_json::Value::Array(values) => values.iter().for_each(|own| keys(own, found)),
                _ => {}
            }
        }
        let mut found = BTreeSet::new();
        for findings in [sample::german(), sample::english()] {
            keys(&serde_json::from_str(&written(&findings)).unwrap(), &mut found);
        }
        // Months are keys, too.
        found.retain(|key| !key.starts_with("20"));
        let docs = include_str!("../../../docs/findings.md");
        let missing: Vec<&String> =
            found.iter().filter(|key| !docs.contains(&format!("`{key}`"))).collect();
        assert!(found.len() > 80 && missing.is_empty(), "{missing:?} of {}", found.len());
    }
}
