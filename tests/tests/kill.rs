//! A process that gives, opens or rebuilds is killed with SIGKILL, many times over, at moments that a seed and its
//! own output choose: what it was told is committed stays committed, and nothing is there by halves.
//!
//! `LEDGER_KILLS` says how many kills there are in all.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ledger_core::{Command, Event, KeyStatus, Ledger, backup, backup_keys, drill};
use ledger_tests::dice::Dice;
use ledger_tests::kill::{
    BACKED_UP, BATCH, BULK, GIFTS_OF_A_ROUND, Moment, Victim, WAYS, copy_of, kills_of_a_way, options,
};
use ledger_tests::{book, dump};

const GIVER: &str = env!("CARGO_BIN_EXE_giver");
const OPENER: &str = env!("CARGO_BIN_EXE_opener");

/// After so many kills a folder is begun anew, so that a long run does not only look at large ledgers.
const KILLS_OF_A_FOLDER: u32 = 8;
/// Gifts that are there before the first opening or rebuild is killed.
const GIFTS_BEFORE: u32 = 3 * BULK;

/// How a way is killed.
struct Way {
    name: &'static str,
    program: &'static str,
    /// The lines of output after which it is killed.
    lines: Vec<u64>,
    /// The longest wait after it, as a power of two.
    yields_bits: u64,
    /// Gifts that are committed whole or not at all.
    together: u32,
    gifts_before: u32,
}

/// What came of all kills of a way.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    kills: u32,
    hit: u32,
    /// Acknowledged gifts that are not there.
    lost: u64,
    /// Gifts or batches that are there by half, and books that do not hold.
    partial: u64,
    not_opened: u32,
    /// Finished backups that were restored after a kill.
    restored: u32,
    acknowledged: u64,
    /// Committed, and killed before it was told.
    beyond: u64,
    /// What openings found.
    found: BTreeMap<String, u32>,
    /// The last thing that was begun and not ended, for openings and rebuilds.
    hit_within: u32,
}

impl Tally {
    /// Opens what a killed process left and looks at everything.
    fn check(&mut self, folder: &Path, way: &Way, told: &[String], when: &str) {
        let ledger = match Ledger::open(folder, options()) {
            Ok(ledger) => ledger,
            Err(error) => {
                println!("{when}: NOT OPENED: {error}");
                self.not_opened += 1;
                return;
            }
        };
        let report = ledger.opening_report();
        let mut found = format!("{:?}", report.state);
        if report.cut.is_some() {
            found += " and a cut group";
        }
        *self.found.entry(found).or_default() += 1;
        for key in told.iter().filter(|key| !is_committed(&ledger, key)) {
            println!("{when}: LOST: {key} was acknowledged");
            self.lost += 1;
        }
        let gifts = self.check_halves(&ledger, way, when);
        dump::assert_clean(&ledger, when);
        self.beyond += u64::try_from(gifts).unwrap() - u64::try_from(told.len()).unwrap();
        // Every second kill finds a state that was at rest, every other one a state of a killed process.
        if self.kills.is_multiple_of(2) {
            ledger.close().unwrap();
        }
    }

    /// The backup that was finished last can be restored, as it is or as it has become since.
    fn check_copy(&mut self, home: &Path, backed_up: u64, when: &str) {
        if backed_up == 0 {
            return;
        }
        let (books, keys) = (home.join("books"), home.join("keys"));
        backup_keys(&books, &keys).unwrap();
        match drill(copy_of(&books), &keys, home.join("restored")) {
            Ok(report) if report.seq >= backed_up => self.restored += 1,
            other => {
                println!("{when}: NO BACKUP: {backed_up} was finished: {other:?}");
                self.lost += 1;
            }
        }
    }

    /// Every gift is captured and posted once, and the totals are theirs; gives how many there are.
    fn check_halves(&mut self, ledger: &Ledger, way: &Way, when: &str) -> usize {
        let mut gifts = BTreeSet::new();
        for (key, is_whole) in all_changes(ledger) {
            if !is_whole || !gifts.insert(key.clone()) {
                println!("{when}: PARTIAL: {key}");
                self.partial += 1;
            }
        }
        let trial = ledger.trial_balance().unwrap();
        let is_balanced = trial.sums.iter().all(|sum| sum.debits_minor == sum.credits_minor);
        // Each gift is 1.00, so the cause's total counts them in another way. Killed at once, there is none yet.
        let totals = ledger.causes(None, 1).unwrap().pop().map(|cause| cause.totals);
        let count = i128::try_from(gifts.len()).unwrap();
        let counted = totals.map_or((0, 0), |totals| (totals.gross_minor, totals.donations.into()));
        let batches = gifts.len() % usize::try_from(way.together).unwrap();
        if !is_balanced || counted != (100 * count, count) || batches != 0 {
            println!("{when}: PARTIAL: {count} gifts, counted {counted:?}, {batches} of a batch");
            self.partial += 1;
        }
        gifts.len()
    }
}

/// The next backup goes on with whatever the killed one left.
fn go_on_with_copy(home: &Path, when: &str) {
    let (books, keys) = (home.join("books"), home.join("keys"));
    if !copy_of(&books).exists() {
        return;
    }
    let last = backup(&books, copy_of(&books)).unwrap().seq;
    backup_keys(&books, &keys).unwrap();
    let report = drill(copy_of(&books), &keys, home.join("restored")).unwrap();
    assert_eq!(report.seq, last, "{when}");
}

fn is_committed(ledger: &Ledger, key: &str) -> bool {
    matches!(ledger.status(key).unwrap(), KeyStatus::Committed { .. })
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

/// A ledger with gifts in it; gives their keys.
fn write_before(folder: &Path, gifts: u32) -> Vec<String> {
    if gifts == 0 {
        return Vec::new();
    }
    let ledger = Ledger::open(folder, options()).unwrap();
    let (donor, cause) = (book::donor(&ledger, "ada"), book::cause(&ledger, "water"));
    let keys: Vec<String> = (0..gifts).map(|number| format!("before-{number}")).collect();
    for some in keys.chunks(100) {
        let gifts = some.iter().map(|key| Command::Donate(book::gift(key, donor, cause, 100)));
        assert!(ledger.submit_all(gifts.collect()).unwrap().iter().all(Result::is_ok));
    }
    ledger.close().unwrap();
    keys
}

fn kill_again_and_again(way: &Way) -> Tally {
    let mut tally = Tally::default();
    let (mut home, mut told, mut backed_up) = (tempfile::tempdir().unwrap(), Vec::new(), 0);
    for run in 0..kills_of_a_way() {
        if run % KILLS_OF_A_FOLDER == 0 {
            tally.acknowledged += u64::try_from(told.len()).unwrap();
            home = tempfile::tempdir().unwrap();
            told = write_before(&home.path().join("books"), way.gifts_before);
            backed_up = 0;
        }
        let books = home.path().join("books");
        let mut dice = Dice::new(u64::from(run) * 64 + u64::try_from(way.name.len()).unwrap());
        let moment = Moment::roll(&mut dice, &way.lines, way.yields_bits);
        let when = format!("{}, kill {run}, {moment:?}", way.name);
        let victim = Victim::start(way.program, &books, &[way.name, &run.to_string()]);
        let (lines, was_running) = victim.kill_at(moment);
        tally.kills += 1;
        tally.hit += u32::from(was_running);
        tally.hit_within += u32::from(lines.last().is_some_and(|line| line == way.name));
        for line in lines {
            match line.strip_prefix(BACKED_UP) {
                Some(seq) => backed_up = seq.parse().unwrap(),
                None if line == "ready" || line == way.name => {}
                None => told.push(line),
            }
        }
        // What was finished is there before anybody goes on with it.
        tally.check_copy(home.path(), backed_up, &when);
        tally.check(&books, way, &told, &when);
        go_on_with_copy(home.path(), &when);
    }
    tally.acknowledged += u64::try_from(told.len()).unwrap();
    let Tally { kills, hit, lost, partial, not_opened, restored, acknowledged, beyond, found, hit_within } =
        &tally;
    println!(
        "kills {}: {kills}, hit a running process {hit}, lost {lost}, partial {partial}, not opened {not_opened}; \
         {acknowledged} acknowledged, {beyond} more committed; {restored} backups restored; {hit_within} within what was begun; found {found:?}",
        way.name
    );
    tally
}

/// Kills a way as often as asked for, and expects no loss.
fn check(way: &Way) -> Tally {
    assert!(WAYS.contains(&way.name));
    let tally = kill_again_and_again(way);
    assert_eq!(tally.kills, kills_of_a_way());
    assert_eq!(tally.hit, tally.kills, "every kill hits a process that runs: it never ends by itself");
    assert_eq!((tally.lost, tally.partial, tally.not_opened), (0, 0, 0));
    assert!(tally.acknowledged > 0, "something was told before the kills");
    tally
}

fn giving(name: &'static str, lines_max: u64, together: u32) -> Way {
    let lines = (0..lines_max).collect();
    Way { name, program: GIVER, lines, yields_bits: 14, together, gifts_before: 0 }
}

/// Killed after it said that it begins to open or to rebuild, for the first time or again.
fn replacing(name: &'static str) -> Way {
    let lines = (0..5).map(|round| 1 + round * (1 + u64::from(GIFTS_OF_A_ROUND))).collect();
    Way { name, program: OPENER, lines, yields_bits: 17, together: 1, gifts_before: GIFTS_BEFORE }
}

#[test]
fn single_gifts_outlive_a_kill() {
    check(&giving("singly", 400, 1));
}

#[test]
fn batches_outlive_a_kill_whole() {
    check(&giving("batches", 1_000, BATCH));
}

#[test]
fn bulks_outlive_a_kill_whole() {
    check(&giving("bulk", 4_000, BULK));
}

#[test]
fn gifts_of_64_writers_outlive_a_kill() {
    check(&giving("threads", 2_000, 1));
}

/// Eight writers, and a backup that is made again and again beside them.
#[test]
fn a_backup_beside_writers_outlives_a_kill() {
    let tally = check(&giving("backing", 400, 1));
    assert!(tally.restored > 0, "no backup was finished before a kill");
}

/// A kill while a ledger of some thousand records is opened, as it was closed or killed before.
#[test]
fn an_opening_that_is_killed_can_be_repeated() {
    let tally = check(&replacing("opening"));
    assert!(tally.hit_within > 0, "none of the kills fell into an opening");
}

#[test]
fn a_rebuild_that_is_killed_can_be_repeated() {
    let tally = check(&replacing("rebuilding"));
    assert!(tally.hit_within > 0, "none of the kills fell into a rebuild");
}

/// A kill while the ledger is being made: before any output, or at its first.
#[test]
fn a_ledger_killed_while_it_is_made_can_be_made_again() {
    let way = giving("singly", 1, 1);
    let (mut tally, mut dice) = (Tally::default(), Dice::new(5));
    for lines in [0, 0, 0, 0, 1, 2] {
        let home = tempfile::tempdir().unwrap();
        let moment = Moment { lines, ..Moment::roll(&mut dice, &[0], 15) };
        let (mut told, _) = Victim::start(GIVER, home.path(), &["singly", "0"]).kill_at(moment);
        let later = Moment { lines: 4, yields: 0 };
        told.extend(Victim::start(GIVER, home.path(), &["singly", "1"]).kill_at(later).0);
        told.retain(|line| line != "ready");
        assert!(told.len() >= 3);
        tally.kills += 1;
        tally.check(home.path(), &way, &told, &format!("after {moment:?}"));
    }
    assert_eq!((tally.kills, tally.lost, tally.partial, tally.not_opened), (6, 0, 0, 0));
}
