//! Every file in `tests/scenarios` is run in memory and in a folder, and must answer what it says.
//! One that names no mode is run for agency books, as it says, and for principal ones, where all that is not
//! about accounts must be the same.
//! `UPDATE_EXPECT=1` writes the answers into the files instead; then read the difference.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use ledger_core::{BookMode, ErrorCode};
use ledger_tests::scenario::parse::{self, Scenario, Step};
use ledger_tests::scenario::run::{Place, Run};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn scenarios() -> Vec<(PathBuf, Scenario)> {
    let entries = fs::read_dir(folder()).expect("a folder of scenarios");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let scenario = parse::scenario(&name, &fs::read_to_string(&path).expect("a scenario"));
        (path, scenario)
    };
    paths.into_iter().map(read).collect()
}

/// The answers that differ, as lines of a patch.
fn difference(scenario: &Scenario, answers: &[Vec<String>]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for (step, answer) in scenario.steps().zip(answers) {
        if step.expected == *answer {
            continue;
        }
        let pairs = step.expected.iter().zip(answer);
        let same = pairs.take_while(|(wanted, found)| wanted == found).count();
        shown.push(format!("  {}.txt:{}", scenario.name, step.line));
        shown.extend(step.source.iter().map(|line| format!("    {line}")));
        shown.extend(answer[..same].iter().map(|line| format!("    = {line}")));
        shown.extend(step.expected[same..].iter().map(|line| format!("   -= {line}")));
        shown.extend(answer[same..].iter().map(|line| format!("   += {line}")));
    }
    shown.join("\n")
}

/// Runs a scenario in one place; what differs, or that it broke off.
fn differs(path: &Path, scenario: &Scenario, place: Place, update: bool) -> Option<String> {
    let mode = scenario.mode.unwrap_or(BookMode::Agency);
    let run = || Run::begin(scenario, place, mode).all(scenario);
    let Ok(answers) = catch_unwind(AssertUnwindSafe(run)) else {
        return Some(format!("{} in {place:?} broke off", scenario.name));
    };
    let difference = difference(scenario, &answers);
    if difference.is_empty() {
        return None;
    }
    if update {
        fs::write(path, scenario.with_answers(&answers)).expect("the scenario is written");
        return None;
    }
    Some(format!("{} in {place:?}:\n{difference}", scenario.name))
}

/// What of an answer is the same whoever keeps the books: nothing that names accounts or counts them.
fn whatever_the_mode(step: &Step, answer: &[String]) -> Vec<String> {
    let is_of_accounts = matches!(step.verb.as_str(), "balance" | "balances" | "trial" | "sheet")
        || (matches!(step.verb.as_str(), "history" | "statement")
            && step.words.first().is_some_and(|word| word == "account"));
    let names_account = |line: &&String| {
        ["assets:", "liabilities:", "equity:", "income:", "expenses:"].iter().any(|name| line.contains(name))
    };
    if is_of_accounts {
        Vec::new()
    } else {
        answer.iter().filter(|line| !names_account(line)).cloned().collect()
    }
}

/// What a charity's own books answer otherwise than a platform's, accounts aside.
fn differs_by_mode(scenario: &Scenario, place: Place) -> Option<String> {
    let run = || Run::begin(scenario, place, BookMode::Principal).all(scenario);
    let Ok(answers) = catch_unwind(AssertUnwindSafe(run)) else {
        return Some(format!("{} in principal mode broke off", scenario.name));
    };
    let mut scenario = scenario.clone();
    let answers: Vec<Vec<String>> =
        scenario.steps().zip(&answers).map(|(step, answer)| whatever_the_mode(step, answer)).collect();
    for piece in &mut scenario.pieces {
        if let parse::Piece::Step(step) = piece {
            step.expected = whatever_the_mode(step, &step.expected);
        }
    }
    let difference = difference(&scenario, &answers);
    (!difference.is_empty()).then(|| format!("{} in principal mode:\n{difference}", scenario.name))
}

/// Runs all scenarios; gives how many there are, and what differs.
fn run_all() -> (usize, Vec<String>) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let (mut run, mut failures) = (0, Vec::new());
    for (path, scenario) in scenarios() {
        run += 1;
        let places: &[Place] = match scenario.needs.as_deref() {
            None => &[Place::Memory, Place::Folder],
            Some("folder") => &[Place::Folder],
            Some(other) => panic!("{}: needs {other}?", scenario.name),
        };
        let mut scenario = scenario;
        for (nth, place) in places.iter().enumerate() {
            // Only the first place may write: the second must then answer the same.
            let failure = differs(&path, &scenario, *place, update && nth == 0);
            if failure.is_some() {
                failures.extend(failure);
                break;
            }
            if update {
                let text = fs::read_to_string(&path).expect("a scenario");
                scenario = parse::scenario(&scenario.name, &text);
            }
        }
        if scenario.mode.is_none() {
            failures.extend(differs_by_mode(&scenario, places[0]));
        }
    }
    (run, failures)
}

#[test]
fn every_scenario_answers_as_it_says() {
    let (run, failures) = run_all();
    println!("scenarios rust: {run} run, {} passed", run - failures.len());
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_code_has_a_scenario() {
    let produced: BTreeSet<u16> =
        scenarios().iter().flat_map(|(_, scenario)| parse::codes_in(scenario)).collect();
    let missing: Vec<&ErrorCode> =
        ErrorCode::ALL.iter().filter(|code| !produced.contains(&code.number())).collect();
    assert!(missing.is_empty(), "no scenario produces {missing:?}");
    assert_eq!(produced.len(), ErrorCode::ALL.len(), "a scenario produces a code that is not in the table");
}
