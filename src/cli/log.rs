//! What a run says on standard error: lines for people, or a JSON object a line for machines.
//!
//! Events carry a message, fields or both. Lines show messages alone; objects have both. What hides in texts of
//! others never reaches a terminal or a journal as a control character.

use std::env;
use std::fmt::{Debug, Write as _};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::Timestamp;
use serde::Serialize;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber, enabled, error, warn};

use super::USAGE;
use crate::config::options::LogFormat;
use crate::visible::{is_visible, visible_lines};

/// The commands that keep a log.
const COMMANDS: [&str; 2] = ["analyze", "rerun"];

/// Starts the log of this process; a second start has no effect. With `quiet`, warnings and errors alone are written.
pub(super) fn start(format: LogFormat, quiet: bool) {
    let most = if quiet { Level::WARN } else { Level::INFO };
    let _ = tracing::subscriber::set_global_default(Log { format, most });
}

/// Tells why the process is about to end with this code.
pub(super) fn end(event: &'static str, code: u8, message: &str) {
    if let Some(format) = asked().filter(|_| !is_started()) {
        start(format, true);
    }
    match is_started() {
        true => error!(event, code, "{message}"),
        false => _ = writeln!(io::stderr(), "error: {}", visible_lines(message)),
    }
}

/// Warns, also before a log is started.
pub(super) fn warn(event: &'static str, message: &str) {
    match is_started() {
        true => warn!(event, "{message}"),
        false => _ = writeln!(io::stderr(), "warning: {}", visible_lines(message)),
    }
}

/// Tells that the arguments are wrong, or shows what they ask to see.
pub(super) fn refuse(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && asked() == Some(LogFormat::Json) {
        let told = error.to_string();
        end("failed", USAGE, told.strip_prefix("error: ").unwrap_or(&told).trim_end());
    } else {
        let _ = error.print();
    }
    ExitCode::from(if error.use_stderr() { USAGE } else { 0 })
}

fn is_started() -> bool {
    enabled!(Level::ERROR)
}

/// The format that arguments and environment ask for, before it is known whether they are sound; none where the command
/// keeps no log.
fn asked() -> Option<LogFormat> {
    let mut arguments = env::args_os().skip(1).map(|own| own.to_string_lossy().into_owned());
    arguments.next().filter(|command| COMMANDS.contains(&command.as_str()))?;
    let mut said = None;
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--log-format") {
            Some("") => said = arguments.next(),
            Some(value) => said = value.strip_prefix('=').map(str::to_owned),
            None => {}
        }
    }
    let said = said.or_else(|| env::var("PAINPOINT_LOG_FORMAT").ok());
    Some(said.and_then(|own| LogFormat::from_str(&own, false).ok()).unwrap_or_default())
}

/// Lines for people, each behind its time where standard error is no terminal.
#[derive(Default)]
pub(super) struct Lines(String);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push_str(&String::from_utf8_lossy(bytes));
        while let Some((line, rest)) = self.0.split_once('\n') {
            write_line(line)?;
            self.0 = rest.to_owned();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a line in one piece, so that no other comes between.
fn write_line(line: &str) -> io::Result<()> {
    let line = visible_lines(line);
    match io::stderr().is_terminal() {
        true => writeln!(io::stderr(), "{line}"),
        false => io::stderr().write_all(format!("{:.0} {line}\n", Timestamp::now()).as_bytes()),
    }
}

/// Writes events.
struct Log {
    format: LogFormat,
    most: Level,
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(env!("CARGO_CRATE_NAME")) && *metadata.level() <= self.most
    }

    fn event(&self, event: &Event<'_>) {
        let level = *event.metadata().level();
        let mut said = Said::default();
        event.record(&mut said);
        // Where standard error is gone, there is nobody to tell.
        let _ = match self.format {
            LogFormat::Text => said.write_lines(level),
            LogFormat::Json => said.write_object(level),
        };
    }

    // What happens within what is of no account here.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What an event says.
#[derive(Default)]
struct Said {
    message: String,
    /// Members of an object, each behind a comma.
    fields: String,
}

impl Said {
    fn write_lines(&self, level: Level) -> io::Result<()> {
        let mark = match level {
            Level::ERROR => "error: ",
            Level::WARN => "warning: ",
            _ => "",
        };
        let mut lines = self.message.lines();
        lines.next().map_or(Ok(()), |first| write_line(&format!("{mark}{first}")))?;
        lines.try_for_each(write_line)
    }

    fn write_object(mut self, level: Level) -> io::Result<()> {
        if !self.message.is_empty() {
            let message = std::mem::take(&mut self.message);
            self.member("message", &message);
        }
        let level = level.as_str().to_lowercase();
        let fields = self.fields;
        let line =
            format!("{{\"time\":\"{:.3}\",\"level\":\"{level}\"{fields}}}\n", Timestamp::now());
        io::stderr().write_all(line.as_bytes())
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let json = serde_json::to_string(value).unwrap_or_default();
        let _ = write!(self.fields, ",\"{name}\":");
        for c in json.chars() {
            match is_visible(c) {
                true => self.fields.push(c),
                false => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                    let _ = write!(self.fields, "\\u{unit:04x}");
                }),
            }
        }
    }
}

impl Visit for Said {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.member(field.name(), &value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.member(field.name(), &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.member(field.name(), &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.member(field.name(), &value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.member(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}");
        match field.name() {
            "message" => self.message = value,
            name => self.member(name, &value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_stands_in_an_object_and_none_is_lost() {
        let mut said = Said::default();
        let text = "a\u{1b}[1m\u{9b}\n\u{202e}\u{e0001}ä👩";
        said.member("label", text);
        assert!(said.fields.chars().all(is_visible), "{}", said.fields);
        let object: serde_json::Value =
            serde_json::from_str(&format!("{{{}}}", &said.fields[1..])).unwrap();
        assert_eq!(object["label"], text);
    }
}
