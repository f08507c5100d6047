//! The effective configuration as TOML, to read and to start a file from.

use std::env;
use std::fmt::Write;

use serde::Serialize;

use super::configuration::{Configuration, FILE_VARIABLE, PREFIX, Shown};
use crate::alert::Rules;

const HEAD: &str = "\
# The effective configuration: flags over environment over file over defaults. Behind each value stands
# where it comes from; lines without a value are settings that nobody has set.
";

impl Configuration {
    /// The configuration as TOML. Comments say where each value comes from.
    pub fn show(&self) -> String {
        let mut text = HEAD.to_owned();
        let table = |shown: &&Shown| shown.key.name.split_once('.').map_or("", |(table, _)| table);
        for own in ["", "columns", "privacy", "report", "hooks"] {
            if !own.is_empty() {
                let _ = writeln!(text, "\n[{own}]");
            }
            let shown = self.shown.iter().filter(|shown| table(shown) == own);
            shown.for_each(|shown| text.push_str(&line(shown)));
        }
        text.push_str(&self.written_alerts());
        text.push_str(&self.strangers());
        text
    }

    /// The rules for alerts, which only the file has.
    pub(super) fn written_alerts(&self) -> String {
        #[derive(Serialize)]
        struct Alerts<'a> {
            alerts: &'a Rules,
        }
        let Some(alerts) = &self.alerts else { return String::new() };
        toml::to_string(&Alerts { alerts }).map(|own| format!("\n{own}")).unwrap_or_default()
    }

    /// Variables that look like ours and set nothing. They are no mistake: others may have set them.
    fn strangers(&self) -> String {
        let is_known = |name: &str| {
            name == FILE_VARIABLE
                || self.shown.iter().any(|shown| shown.key.variable().as_deref() == Some(name))
        };
        let mut names: Vec<String> = env::vars_os()
            .filter_map(|(name, _)| name.into_string().ok())
            .filter(|name| name.starts_with(PREFIX) && !is_known(name))
            .collect();
        names.sort_unstable();
        let line =
            |name| format!("\n# {name} is in the environment, and no setting has that name.");
        let lines: String = names.into_iter().map(line).collect();
        if lines.is_empty() { lines } else { format!("{lines}\n") }
    }
}

fn line(Shown { key, value, place }: &Shown) -> String {
    let name = key.name.rsplit('.').next().unwrap_or(key.name);
    match value {
        Some(value) => format!("{name} = {value}  # {place}\n"),
        None => format!("# {name}\n"),
    }
}
