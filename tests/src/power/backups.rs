//! Power cuts of the disk that a backup is written to: the backup that was finished last is never lost, and the next
//! run goes on from whatever is left.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use ledger_core::testkit::backup_on;
use ledger_core::{Command, DiskStep, Ledger, Options, PowerDisk, backup, backup_keys, drill};
use tempfile::TempDir;

use crate::book;
use crate::dice::Dice;
use crate::power::disk::{Disk, describe};
use crate::power::image::{self, Image, Mood};
use crate::power::notes::told_of;
use crate::power::writing::folder;

/// Runs of one workload.
const RUNS: u32 = 6;
/// Gifts before each run, at most.
const GIFTS_MAX: u64 = 60;
/// Words of a gift: a few dozen fill a segment.
const WORDS: usize = 900;
/// One share in so many is restored again after the next run has gone on.
const RESTORED_AGAIN: u64 = 4;

/// What came of crash points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Crash points.
    pub points: u64,
    /// In the middle of an operation.
    pub torn: u64,
    /// A finished backup was restored from what was left.
    pub restored: u64,
    /// A backup that was never finished could be restored nevertheless.
    pub unfinished: u64,
    /// The next run went on, and did not begin anew.
    pub gone_on: u64,
}

/// A ledger, and all that was done to the disk of its backup.
struct Played {
    home: TempDir,
    steps: Vec<DiskStep>,
    /// Operations that were over when a run was, and the record that it came to.
    finished: Vec<(usize, u64)>,
    /// Root after each group.
    roots: BTreeMap<u64, String>,
    last: u64,
}

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10)
}

/// Gives in groups and backs up after some of them.
fn play(seed: u64) -> Played {
    let (home, mut dice) = (folder(), Dice::new(seed));
    let (books, copy) = (home.path().join("books"), home.path().join("copy"));
    let ledger = Ledger::open(&books, options()).unwrap();
    let disk = PowerDisk::new(&copy, "nobody else writes here");
    let (donor, cause) = (book::donor(&ledger, "ada"), book::cause(&ledger, "water"));
    let (mut roots, mut finished, mut number, mut last) = (BTreeMap::new(), Vec::new(), 0_u64, 0);
    for _ in 0..RUNS {
        for _ in 0..=dice.below(3) {
            let count = 1 + dice.below(GIFTS_MAX);
            let gifts = (number..number + count).map(|number| {
                let memo = Some("w".repeat(WORDS));
                Command::Donate(ledger_core::Donate {
                    memo,
                    ..book::gift(&format!("gift-{number}"), donor, cause, 100)
                })
            });
            let results = ledger.submit_all(gifts.collect()).unwrap();
            number += count;
            last = results.last().unwrap().as_ref().unwrap().seq;
            roots.insert(last, told_of(&books, last).1);
        }
        let report = backup_on(&disk, &books, &copy).unwrap();
        assert_eq!(report.seq, last, "nobody writes meanwhile");
        finished.push((disk.operations(), report.seq));
    }
    ledger.close().unwrap();
    backup_keys(&books, home.path().join("keys")).unwrap();
    Played { home, steps: disk.take_steps(), finished, roots, last }
}

impl Played {
    /// What must hold of what is left of a copy when so many operations were over.
    fn check(&self, left: &Image, done: usize, dice: &mut Dice, counts: &mut Counts) -> Result<(), String> {
        let place = folder();
        let (books, keys) = (self.home.path().join("books"), self.home.path().join("keys"));
        let copy = place.path().join("copy");
        std::fs::create_dir(&copy).unwrap();
        image::write(left, &copy);
        let promised = self.finished.iter().rev().find(|(over, _)| *over <= done).map(|(_, seq)| *seq);
        match (self.restored(&copy, &keys, place.path()), promised) {
            (Ok(seq), Some(promised)) if seq >= promised => counts.restored += 1,
            (Ok(seq), Some(promised)) => {
                return Err(format!("restored up to {seq}, finished was {promised}"));
            }
            (Err(error), Some(promised)) => return Err(format!("{promised} was finished: {error}")),
            (Ok(_), None) => counts.unfinished += 1,
            (Err(_), None) => {}
        }
        let next = backup(&books, &copy).map_err(|error| format!("the next run: {error}"))?;
        if next.seq != self.last {
            return Err(format!("the next run came to {}, the ledger to {}", next.seq, self.last));
        }
        counts.gone_on += u64::from(next.is_incremental);
        if dice.once_in(RESTORED_AGAIN) {
            let seq = self.restored(&copy, &keys, place.path())?;
            if seq != self.last {
                return Err(format!("after the next run restored up to {seq}"));
            }
        }
        Ok(())
    }

    /// The record up to which a copy can be restored; it must be a group's end, with the records of the ledger.
    fn restored(&self, copy: &Path, keys: &Path, place: &Path) -> Result<u64, String> {
        let report = drill(copy, keys, place.join("restored")).map_err(|error| error.to_string())?;
        match self.roots.get(&report.seq) {
            Some(root) if *root == report.root => Ok(report.seq),
            Some(_) => Err(format!("other records than those of the ledger, up to {}", report.seq)),
            None => Err(format!("record {} ends no group", report.seq)),
        }
    }
}

/// Cuts the power at every operation of the backups of some seeds, or of one of them only. Gives what came of it, and
/// what was broken, each with the point that plays it again.
pub fn run(seeds: std::ops::Range<u64>, only: Option<(usize, bool)>) -> (Counts, Vec<String>) {
    let waiting = Mutex::new(seeds);
    let found = Mutex::new((Counts::default(), Vec::new()));
    #[allow(clippy::disallowed_methods, reason = "most of the time an opening waits for threads of sled's")]
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(seed) = { waiting.lock().unwrap().next() } {
                    let (counts, broken) = every_point(seed, only);
                    let mut found = found.lock().unwrap();
                    found.0.join(counts);
                    found.1.extend(broken);
                }
            });
        }
    });
    found.into_inner().unwrap()
}

impl Counts {
    fn join(&mut self, other: Self) {
        self.points += other.points;
        self.torn += other.torn;
        self.restored += other.restored;
        self.unfinished += other.unfinished;
        self.gone_on += other.gone_on;
    }
}

fn every_point(seed: u64, only: Option<(usize, bool)>) -> (Counts, Vec<String>) {
    let played = play(seed);
    let (mut counts, mut broken, mut disk) = (Counts::default(), Vec::new(), Disk::default());
    for (number, step) in played.steps.iter().enumerate() {
        for is_torn in [true, false] {
            let mut dice = Dice::new(
                Dice::new(seed ^ (u64::try_from(number).unwrap() << 20)).roll() ^ u64::from(is_torn),
            );
            let mood = Mood::draw(&mut dice);
            let left = if is_torn {
                disk.torn(step, &mut dice).map(|torn| torn.draw(&mut dice, mood))
            } else {
                disk.apply(step);
                Some(disk.draw(&mut dice, mood))
            };
            let done = number + usize::from(!is_torn);
            let Some(left) = left.filter(|_| only.is_none_or(|point| point == (done, is_torn))) else {
                continue;
            };
            counts.points += 1;
            counts.torn += u64::from(is_torn);
            if let Err(what) = played.check(&left, done, &mut dice, &mut counts) {
                let (last, middle) = (describe(&step.operation), if is_torn { "+" } else { "" });
                broken.push(format!(
                    "LEDGER_CRASH_BACKUP={seed}:{done}{middle}: last a {last}, {mood:?} kept: {what}"
                ));
            }
        }
    }
    (counts, broken)
}
