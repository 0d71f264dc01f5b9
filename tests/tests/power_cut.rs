//! The power goes after every single operation of seeded workloads, and in the middle of every write: what was
//! acknowledged is there afterwards, nothing is there by halves, and the ledger goes on.
//!
//! The same of the disk that backups are written to.
//!
//! `LEDGER_CRASH_SEED=gifts:7:123` plays one point again, `LEDGER_CRASH_BACKUP=7:123` one of a backup. `LEDGER_CRASH_ROUNDS=50` is a long run, and
//! `LEDGER_CRASH_FIRST=100000` takes seeds that no run took before. What sled's own threads have written by then differs
//! a little from run to run: where a point does not fail again, the files that were kept do.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

use std::env;

use ledger_tests::power::backups;
use ledger_tests::power::point::Point;
use ledger_tests::power::run::{Report, replay, run};

/// More than there are cores: an opening waits for sled's threads most of the time.
const WORKERS: usize = 6;
/// What an ordinary run has to reach.
const POINTS_MIN: u64 = 10_000;

/// Seeds of backups that an ordinary run takes.
const BACKUP_SEEDS: u64 = 6;
/// What it has to reach.
const BACKUP_POINTS_MIN: u64 = 500;

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

fn show(report: &Report) {
    println!("{}", report.table());
    for (point, violation) in &report.violations {
        println!("{point}: {}", violation.what);
        println!("  files as the power cut left them: {}", violation.kept);
        println!(
            "  again: LEDGER_CRASH_SEED={point} cargo nextest run -p ledger-tests --all-features --cargo-profile release --no-capture --test power_cut"
        );
    }
}

#[test]
fn every_cut_leaves_what_was_promised() {
    if let Ok(point) = env::var("LEDGER_CRASH_SEED") {
        let report = replay(point.parse::<Point>().unwrap());
        show(&report);
        assert!(report.violations.is_empty());
        assert_eq!(report.total().points, 1);
        return;
    }
    let (first, rounds) = (number("LEDGER_CRASH_FIRST", 0), number("LEDGER_CRASH_ROUNDS", 1));
    let report = run(first, rounds, WORKERS);
    show(&report);
    assert!(report.violations.is_empty(), "{} promises were broken", report.violations.len());
    let total = report.total();
    assert!(total.points >= POINTS_MIN, "{} crash points", total.points);
}

#[test]
fn every_cut_of_a_backup_leaves_one_to_restore_and_to_go_on_with() {
    if let Ok(point) = env::var("LEDGER_CRASH_BACKUP") {
        let (seed, done) = point.split_once(':').unwrap();
        let (seed, is_torn) = (seed.parse::<u64>().unwrap(), done.ends_with('+'));
        let done = done.trim_end_matches('+').parse().unwrap();
        let (counts, broken) = backups::run(seed..seed + 1, Some((done, is_torn)));
        assert_eq!((counts.points, broken), (1, Vec::new()));
        return;
    }
    let (first, rounds) = (number("LEDGER_CRASH_FIRST", 0), number("LEDGER_CRASH_ROUNDS", 1));
    let (counts, broken) = backups::run(first..first + BACKUP_SEEDS * rounds, None);
    println!("backups: {counts:?}");
    for what in &broken {
        println!("{what}");
    }
    assert!(broken.is_empty(), "{} promises were broken", broken.len());
    assert!(counts.points >= BACKUP_POINTS_MIN, "{} crash points", counts.points);
    assert!(counts.restored > counts.points / 2 && counts.gone_on > counts.points / 2, "{counts:?}");
}
