//! A process that plays the whole life of several gifts is killed with SIGKILL after each of its calls, and at moments
//! that a seed chooses. What it was told is there, and once it has delivered everything again with the same keys, the end
//! is that of a life that nothing interrupted.
//!
//! `LEDGER_KILLS` says how many kills there are in all, those after each call aside.

#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;

use ledger_core::Ledger;
use ledger_tests::dice::Dice;
use ledger_tests::kill::{MESSAGE, Moment, READY, Victim, kills_of_a_way};
use ledger_tests::whole_life::{End, Told, clock, options};

const LIFE: &str = env!("CARGO_BIN_EXE_life");
/// More than anybody waits for: it never ends by itself before it is killed.
const ROUNDS: &str = "1000000";

/// What a process said.
#[derive(Default)]
struct Said {
    /// The last record at each opening.
    found: Vec<u64>,
    told: Vec<Told>,
    /// The notices of which messages were sent.
    sent: BTreeSet<String>,
}

impl Said {
    fn of(lines: &[String]) -> Self {
        let mut said = Self::default();
        for line in lines {
            if let Some(seq) = line.strip_prefix(READY) {
                said.found.push(seq.parse().unwrap());
            } else if let Some(notice) = line.strip_prefix(MESSAGE) {
                said.sent.insert(notice.to_owned());
            } else {
                said.told.push(line.parse().unwrap());
            }
        }
        said
    }
}

/// What came of all kills.
#[derive(Debug, Default)]
struct Tally {
    kills: usize,
    /// The process ran when it was killed.
    hit: usize,
    /// The life was not over.
    interrupted: usize,
    acknowledged: usize,
    /// Committed, and killed before it was told.
    beyond: u64,
    broken: Vec<String>,
}

/// The life in a ledger that nobody kills.
fn uninterrupted() -> End {
    let (home, clock) = (tempfile::tempdir().unwrap(), clock());
    let ledger = Ledger::open(home.path(), options(&clock)).unwrap();
    End::play(&ledger, &clock, &mut |_| {}).unwrap()
}

impl Tally {
    fn kill(&mut self, moment: Moment, end: &End) {
        let home = tempfile::tempdir().unwrap();
        let (lines, was_running) = Victim::start(LIFE, home.path(), &[ROUNDS]).kill_at(moment);
        let said = Said::of(&lines);
        self.kills += 1;
        self.hit += usize::from(was_running);
        self.interrupted += usize::from(said.told.len() < end.told.len());
        self.acknowledged += said.told.len();
        if let Err(what) = self.go_on(home.path(), &said, end) {
            self.broken.push(format!("{moment:?}: {what}"));
        }
    }

    /// Looks at what the killed process left without touching it, and lets another one deliver everything again.
    fn go_on(&mut self, folder: &Path, killed: &Said, end: &End) -> Result<(), String> {
        if !killed.found.is_empty() {
            let left =
                Ledger::open_read_only(folder, options(&clock())).map_err(|error| error.to_string())?;
            end.check_kept(&left, &killed.told)?;
        }
        let (lines, ended_well) = Victim::start(LIFE, folder, &["1"]).end();
        let said = Said::of(&lines);
        let [found] = said.found[..] else { return Err(format!("opened at {:?}", said.found)) };
        if !ended_well {
            return Err(format!("did not end well after {:?}", said.told.last()));
        }
        self.beyond += found - killed.told.iter().map(|told| told.seq).max().unwrap_or(0);
        let ledger = Ledger::open(folder, options(&clock())).map_err(|error| error.to_string())?;
        end.check_same(&ledger, &said.told, &said.sent, found)
    }
}

#[test]
fn a_life_that_is_killed_anywhere_comes_to_the_same_end() {
    let (end, mut tally, mut dice) = (uninterrupted(), Tally::default(), Dice::new(11));
    // Before it is ready, and after each call of the first round.
    let after_each = 0..=u64::try_from(end.told.len()).unwrap() + 1;
    after_each.clone().for_each(|lines| tally.kill(Moment { lines, yields: 0 }, &end));
    // The second round delivers again what is known.
    let lines: Vec<u64> = (0..2 * after_each.end()).collect();
    (0..kills_of_a_way()).for_each(|_| tally.kill(Moment::roll(&mut dice, &lines, 14), &end));

    let Tally { kills, hit, interrupted, acknowledged, beyond, broken } = &tally;
    println!(
        "kills life: {kills}, hit a running process {hit}, interrupted {interrupted}; {acknowledged} acknowledged, \
         {beyond} more committed; broken {}",
        broken.len()
    );
    broken.iter().take(10).for_each(|what| println!("{what}"));
    assert_eq!(broken.len(), 0, "another end, or something was lost");
    assert_eq!(hit, kills, "every kill hits a process that runs: it never ends by itself");
    assert!(*kills > end.told.len() && *interrupted > 0, "{tally:?}");
}
