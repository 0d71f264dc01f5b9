//! Plays every scenario, and writes down what was asked and answered: one file of JSON
//! lines each, for the tests of other languages, which ask the same and must be answered the same.
//!
//! ```sh
//! cargo run -p ledger-tests --example transcribe -- FOLDER
//! ```

#![allow(clippy::expect_used, reason = "a tool of the tests says what is wrong by ending")]

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ledger_core::BookMode;
use ledger_core::testkit::Mishap;
use ledger_tests::scenario::parse;
use ledger_tests::scenario::run::{Place, Run};
use serde_json::json;

/// Of scenarios that set none.
const TIME: &str = "2026-01-31T10:00:00Z";

fn main() {
    let to = PathBuf::from(std::env::args_os().nth(1).expect("transcribe FOLDER"));
    fs::create_dir_all(&to).expect("a folder");
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in fs::read_dir(scenarios).expect("a folder of scenarios") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "txt") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let scenario = parse::scenario(&name, &fs::read_to_string(&path).expect("a scenario"));
        let place = match scenario.needs.as_deref() {
            None => Place::Memory,
            Some(_) => Place::Folder,
        };
        let notes = Rc::new(RefCell::new(Vec::new()));
        let mode = scenario.mode.unwrap_or(BookMode::Agency);
        Run::begin_noted(&scenario, place, mode, Some(Rc::clone(&notes)), TIME).all(&scenario);
        let mut lines: Vec<String> = notes.borrow().iter().map(ToString::to_string).collect();
        if lines.iter().any(|line| line.contains(r#""call":"mishap""#)) {
            // Whoever plays several in one process has one medium below them all.
            lines.push(json!({ "call": "mishap", "with": [Mishap::Healed], "answer": null }).to_string());
        }
        // So that a script that was cut short is none.
        lines.push(json!({ "call": "end", "with": [lines.len()], "answer": null }).to_string());
        fs::write(to.join(format!("{name}.jsonl")), lines.join("\n") + "\n").expect("written");
    }
}
