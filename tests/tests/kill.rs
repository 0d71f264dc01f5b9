//! A process that gives is killed with SIGKILL, many times over, at moments that its own output chooses:
//! what it was told is committed stays committed, and nothing is there by halves.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use ledger_core::{Event, KeyStatus, Ledger};
use ledger_tests::{dump, kill};

const KILLS: u32 = 8;
/// Gifts that are submitted together by the way `batches`.
const BATCH: usize = 25;

fn start(folder: &Path, way: &str, run: u32) -> Child {
    Command::new(env!("CARGO_BIN_EXE_giver"))
        .arg(folder)
        .args([way, &run.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Kills the giver after it told of some gifts and gives all that it told, complete lines only.
fn kill_after(mut giver: Child, acknowledged: usize) -> Vec<String> {
    let mut output = BufReader::new(giver.stdout.take().unwrap());
    let mut keys = Vec::new();
    let mut line = String::new();
    while keys.len() <= acknowledged {
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0, "the giver stopped by itself");
        keys.push(line.trim_end().to_owned());
    }
    // SIGKILL on every Unix: the process runs no code of its own any more.
    giver.kill().unwrap();
    giver.wait().unwrap();
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    let whole = rest.rsplit_once('\n').map_or("", |(whole, _)| whole);
    keys.extend(whole.lines().map(str::to_owned));
    assert_eq!(keys.remove(0), "ready");
    keys
}

fn committed_seq(ledger: &Ledger, key: &str) -> Option<u64> {
    match ledger.status(key).unwrap() {
        KeyStatus::Committed { committed } => Some(committed.seq),
        _ => None,
    }
}

/// Opens what the killed process left, checks it, and gives how many gifts there are.
fn check(folder: &Path, way: &str, told: &[String], when: &str) -> usize {
    let ledger = Ledger::open(folder, kill::options()).unwrap();
    for key in told {
        assert!(committed_seq(&ledger, key).is_some(), "{when}: {key} was acknowledged");
    }
    dump::assert_clean(&ledger, when);
    let trial = ledger.trial_balance().unwrap();
    assert!(trial.sums.iter().all(|sum| sum.debits_minor == sum.credits_minor), "{when}");
    let changes = all_changes(&ledger);
    let mut gifts = BTreeSet::new();
    for (key, is_whole) in changes {
        assert!(is_whole, "{when}: {key} is half there");
        assert!(gifts.insert(key), "{when}: a key twice");
    }
    // Each gift is 1.00, so the cause's total counts them in another way.
    let cause = ledger.causes(None, 1).unwrap().remove(0);
    let count = i128::try_from(gifts.len()).unwrap();
    assert_eq!(cause.totals.gross_minor, 100 * count, "{when}");
    assert_eq!(i64::try_from(count).unwrap(), cause.totals.donations, "{when}");
    if way == "batches" {
        assert_eq!(gifts.len() % BATCH, 0, "{when}: a batch is one group, whole or not there");
    }
    // Every second reopening finds a state at rest, every other one a state of a killed process.
    if told.len().is_multiple_of(2) {
        ledger.close().unwrap();
    }
    gifts.len()
}

/// Key of every gift, and whether it was captured and posted.
fn all_changes(ledger: &Ledger) -> Vec<(String, bool)> {
    let mut gifts = Vec::new();
    let mut after = 0;
    loop {
        let page = ledger.changes(after, 1_000).unwrap();
        let Some(last) = page.last() else { return gifts };
        after = last.seq;
        for change in page {
            let captured = matches!(change.events.as_slice(), [Event::DonationCaptured { .. }]);
            gifts.extend(change.key.map(|key| (key, captured && change.entries.len() == 1)));
        }
    }
}

fn kill_again_and_again(way: &str) {
    let home = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let mut moment = 7_usize;
    let (mut cut, mut before) = (0, 0);
    for run in 0..KILLS {
        let when = format!("{way}, kill {run}");
        told.extend(kill_after(start(home.path(), way, run), moment % 400));
        // The next moment depends on what was told, which depends on the scheduler: no two runs are alike.
        moment = told
            .iter()
            .flat_map(|key| key.bytes())
            .fold(moment + told.len(), |sum, byte| sum * 31 % 65_521 + usize::from(byte));
        let gifts = check(home.path(), way, &told, &when);
        assert!(gifts >= told.len() && gifts > before, "{when}: {gifts} gifts");
        (cut, before) = (cut + gifts - told.len(), gifts);
    }
    println!("{way}: {before} gifts, {cut} of them committed and not told any more");
}

#[test]
fn single_gifts_outlive_a_kill() {
    kill_again_and_again("singly");
}

#[test]
fn batches_outlive_a_kill_whole() {
    kill_again_and_again("batches");
}

#[test]
fn gifts_of_several_threads_outlive_a_kill() {
    kill_again_and_again("threads");
}

/// A kill while the ledger is being made: at the first bytes of output, or before any.
#[test]
fn a_ledger_killed_while_it_is_made_can_be_made_again() {
    for acknowledged in [0, 1] {
        let home = tempfile::tempdir().unwrap();
        let mut giver = start(home.path(), "singly", 0);
        if acknowledged == 0 {
            giver.kill().unwrap();
            giver.wait().unwrap();
        } else {
            let told = kill_after(giver, acknowledged);
            assert!(!told.is_empty());
        }
        let told = kill_after(start(home.path(), "singly", 1), 3);
        assert!(told.len() >= 3);
        check(home.path(), "singly", &told, "after a kill at the start");
    }
}
