//! Running the binary.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, thread};

use serde_json::Value;
use tempfile::TempDir;

use super::table::Table;

/// A run of the program that has ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `painpoint` with these arguments and nothing on standard input.
pub fn painpoint(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Ended {
    painpoint_fed(b"", arguments)
}

/// Runs `painpoint` with `input` on standard input.
pub fn painpoint_fed(
    input: &[u8],
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Ended {
    run(input, &[], arguments)
}

/// Runs `painpoint` with some variables in its environment.
pub fn painpoint_in(
    variables: &[(&str, &str)],
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Ended {
    run(b"", variables, arguments)
}

fn run(
    input: &[u8],
    variables: &[(&str, &str)],
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    // What the tester has configured for everyday use is no part of a test.
    for (name, _) in env::vars_os().filter(|(name, _)| is_ours(name)) {
        command.env_remove(name);
    }
    let mut child = command
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        // A program that fails early does not read to the end.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().unwrap()
    });
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let ended = Ended {
        code: output.status.code().expect("no signal ends the program"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    ended
}

fn is_ours(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with("PAINPOINT_")
}

impl Ended {
    /// Checks the exit code.
    #[track_caller]
    pub fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "standard error: {}", self.stderr);
        self
    }

    /// Checks that standard error says all of this.
    #[track_caller]
    pub fn saying(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} is missing in: {}", self.stderr);
        }
        self
    }
}

/// A temporary folder with files to analyse.
pub struct Workplace(TempDir);

impl Workplace {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// Names of everything in the folder, hidden files too.
    pub fn names(&self) -> Vec<String> {
        names(self.0.path())
    }

    /// Runs `painpoint analyze` on an input with results in `out`. Its codebook has one touchpoint,
    /// because embedding the built-in one takes longer than such small inputs.
    pub fn analyze(&self, input: &Path, flags: &[&str]) -> Ended {
        let codebook = self.file("small-codebook.toml", SMALL_CODEBOOK);
        let out = self.path("out");
        let own = ["--codebook".as_ref(), codebook.as_os_str(), "--out".as_ref(), out.as_os_str()];
        let arguments = ["analyze".as_ref(), input.as_os_str()].into_iter().chain(own);
        painpoint(arguments.chain(flags.iter().map(OsStr::new)))
    }

    /// Runs `painpoint analyze` on an input that it must refuse, and checks that nothing was
    /// written.
    #[track_caller]
    pub fn refuses(&self, input: &Path, flags: &[&str]) -> Ended {
        let ended = self.analyze(input, flags);
        assert_ne!(ended.code, 0, "{}", ended.stdout);
        assert_eq!(ended.stdout, "");
        // Behind the time, where the run got as far as to keep a log.
        let is_told = ended.stderr.starts_with("error: ") || ended.stderr.contains("Z error: ");
        assert!(is_told, "{}", ended.stderr);
        assert!(!self.path("out").exists(), "an output folder is left behind");
        let left = self.names().into_iter().filter(|name| name.starts_with(".painpoint"));
        assert_eq!(left.count(), 0, "a temporary folder is left behind");
        ended
    }

    /// The results in `out`.
    pub fn results(&self) -> Results {
        Results(self.path("out"))
    }
}

/// A codebook of one touchpoint.
pub const SMALL_CODEBOOK: &str = r#"
[[touchpoint]]
id = "delivery"
phase = "purchase"
names = { de = "Lieferung", en = "Delivery" }
keyphrases.en = ["delivery", "parcel"]
"#;

/// A folder of results.
pub struct Results(pub PathBuf);

impl Results {
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A file as text; of a workbook, what is in its cells, each in a line; of a mail, what it says.
    pub fn text(&self, name: &str) -> String {
        if name.ends_with(".xlsx") {
            return cells(self.bytes(name)).join("\n");
        }
        if name.ends_with(".eml") {
            return said(&self.bytes(name));
        }
        String::from_utf8(self.bytes(name)).unwrap_or_else(|_| panic!("{name} is not UTF-8"))
    }

    pub fn table(&self, name: &str) -> Table {
        Table::parse(&self.text(name))
    }

    /// `run.json`.
    pub fn manifest(&self) -> Value {
        serde_json::from_str(&self.text("run.json")).unwrap()
    }

    pub fn names(&self) -> Vec<String> {
        names(&self.0)
    }
}

/// Names of everything in a folder, hidden files too.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The text of a mail.
fn said(bytes: &[u8]) -> String {
    use base64::Engine;
    let message = std::str::from_utf8(bytes).unwrap();
    let (_, body) = message.split_once("\r\n\r\n").unwrap();
    let body: String = body.split_whitespace().collect();
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(body).unwrap()).unwrap()
}

/// The filled cells of a workbook.
fn cells(bytes: Vec<u8>) -> Vec<String> {
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).unwrap();
    let mut cells = Vec::new();
    for sheet in calamine::Reader::sheet_names(&book) {
        let range = calamine::Reader::worksheet_range(&mut book, &sheet).unwrap();
        cells.extend(range.used_cells().map(|(_, _, cell)| cell.to_string()));
    }
    cells
}
