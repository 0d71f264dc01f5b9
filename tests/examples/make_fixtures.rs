//! Makes the fixtures of a new version of the format, once: `cargo run -p ledger-tests --example make_fixtures -- 2`.
//! `tests/fixtures/README.md` says when.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a tool of the tests")]

use std::fmt::Write;
use std::fs;

use ledger_tests::fixture::{BOOKS, folder, pack};
use ledger_tests::folder::sha256;

fn main() {
    let version: u32 = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or_else(|| {
        panic!("say which version of the format: make_fixtures VERSION");
    });
    let target = folder().join(format!("v{version}"));
    assert!(!target.exists(), "{} is there, and is never written again", target.display());
    let (mut sums, mut files) = (String::new(), Vec::new());
    for (name, write) in BOOKS {
        let home = tempfile::tempdir().unwrap();
        let commands = write(home.path());
        let format = fs::read_to_string(home.path().join("FORMAT")).unwrap();
        let first = format!("donation-ledger format {version}");
        assert_eq!(format.lines().next(), Some(first.as_str()), "this code writes another version");
        let commands: Vec<String> =
            commands.iter().map(|command| serde_json::to_string(command).unwrap()).collect();
        files.push((format!("{name}.tar.gz"), pack(home.path())));
        files.push((format!("{name}.commands.jsonl"), (commands.join("\n") + "\n").into_bytes()));
    }
    for (name, bytes) in &files {
        writeln!(sums, "{}  {name}", sha256(bytes)).unwrap();
        println!("{name}: {} bytes", bytes.len());
    }
    fs::create_dir_all(&target).unwrap();
    for (name, bytes) in files {
        fs::write(target.join(name), bytes).unwrap();
    }
    fs::write(target.join("SHA256SUMS"), sums).unwrap();
}
