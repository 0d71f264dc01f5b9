//! Books in a temporary folder, and the program that is tested: the one that cargo built, by its path. Another
//! program called `ledger`, a judge, may be on PATH.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The program.
pub const LEDGER: &str = env!("CARGO_BIN_EXE_ledger");

/// A folder for books and files beside them.
pub struct Books {
    folder: TempDir,
}

impl Books {
    /// An empty folder; the books in it are not made yet.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The folder of the books.
    pub fn dir(&self) -> PathBuf {
        self.path("books")
    }

    /// A file beside the books.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the books.
    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The command, not yet started, with its output to be read.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(LEDGER);
        command.arg("--dir").arg(self.dir()).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What the command did.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command prints that succeeds, and says nothing beside.
    pub fn good(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{args:?}: {said}");
        assert_eq!(said, "", "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command prints as JSON: one document and nothing else.
    pub fn json(&self, args: &[&str]) -> Value {
        let args = [args, &["--json"]].concat();
        let printed = self.good(&args);
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{args:?}: {error}: {printed}"))
    }

    /// The one line that a command says that fails.
    pub fn bad(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        one_line(&output, args)
    }

    /// As [`Books::good`], of a whole line: see [`words`].
    pub fn told(&self, line: &str) -> String {
        self.good(&words(line).iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// As [`Books::json`], of a whole line.
    pub fn document(&self, line: &str) -> Value {
        self.json(&words(line).iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// As [`Books::bad`], of a whole line.
    pub fn refused(&self, line: &str) -> String {
        self.bad(&words(line).iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Does what a line says, and the same again with the same key: the second time it is the answer to the first.
    /// Returns the id of what it made or is about.
    pub fn done(&self, line: &str) -> String {
        let (first, again) = (self.document(line), self.document(line));
        assert_eq!((&first["delivery"], &again["delivery"]), (&json!("first"), &json!("replayed")), "{line}");
        for same in ["id", "seq", "recorded_at", "events", "balances"] {
            assert_eq!(first[same], again[same], "{line}");
        }
        first["id"].as_str().unwrap().to_owned()
    }

    /// Imports a file and returns what is counted.
    pub fn import(&self, map: &str, file: &Path) -> Value {
        self.json(&["import", "--map", map, file.to_str().unwrap()])
    }
}

/// The words of a line, between spaces; `~` is a space within a word.
fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(|word| word.replace('~', " ")).collect()
}

/// Lines without the spaces that align them.
pub fn squeezed(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// What a failure said: one line on standard error, nothing on standard output.
pub fn one_line(output: &Output, args: &[&str]) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
    assert!(output.stdout.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
    said.trim_end().to_owned()
}

/// Rows of the bulk format of invented gifts, one donor each, to seven causes.
pub fn bulk_rows(count: u64) -> String {
    let row = |number: u64| {
        let (cause, dollars) = (number % 7, number % 90 + 10);
        format!(
            "C0000000{cause}|N|YE|P|1|15|IND|DONOR {number}|CITY|ST|12345|||01312017|{dollars}||T|F|||{number}\n"
        )
    };
    (1..=count).map(row).collect()
}

/// Books with two causes, a donor, a gift of 26.00 EUR and a fee, and a refund of 4.00; with the ids of both.
pub fn small_books() -> (Books, String, String) {
    let books = Books::new();
    books.good(&["init"]);
    for name in ["water", "school"] {
        books.good(&["cause", "open", "--name", name, "--currency", "EUR", "--external-id", name]);
    }
    books.good(&["donor", "add", "--name", "Ada", "--email", "ada@example.org", "--external-id", "u-1"]);
    let gift = books.json(&[
        "donate",
        "--donor",
        "u-1",
        "--to",
        "water=20.00",
        "--to",
        "school=5.00",
        "--tip",
        "1.00",
        "--fee",
        "0.50",
        "--key",
        "order-1",
        "--on",
        "2026-01-31",
    ]);
    let donation = gift["id"].as_str().unwrap().to_owned();
    let refund = books.json(&["refund", &donation, "--cause", "water=4.00", "--key", "refund-1"]);
    let refund = refund["id"].as_str().unwrap().to_owned();
    (books, donation, refund)
}
