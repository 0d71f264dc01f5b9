//! Plays workloads and cuts the power at every operation of them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;

use ledger_core::{DiskStep, StateFound};

use crate::power::check::{Case, Seen, Violation, check};
use crate::power::disk::{Disk, describe};
use crate::power::image::Mood;
use crate::power::notes::Notes;
use crate::power::point::Point;
use crate::power::workloads::WORKLOADS;
use crate::power::writing::{BOOT, NEXT_BOOT};

/// One share in so many is not a power cut but a killed process.
const KILLED: u64 = 8;
/// After so many violations a run has seen enough.
const VIOLATIONS_MAX: usize = 20;

/// What came of crash points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Crash points.
    pub points: u64,
    /// In the middle of an operation.
    pub torn: u64,
    /// Of them, only the process was killed.
    pub killed: u64,
    /// There was no ledger yet: it was made.
    pub made: u64,
    /// The state was at rest.
    pub at_rest: u64,
    /// The state was whole and was folded further.
    pub behind: u64,
    /// The state was made again.
    pub rebuilt: u64,
    /// A torn group was cut off.
    pub cut: u64,
    /// The power was cut a second time, while the ledger was opened again.
    pub cut_again: u64,
}

impl Counts {
    fn add(&mut self, seen: Seen) {
        match seen.state {
            _ if seen.made => self.made += 1,
            StateFound::AtRest => self.at_rest += 1,
            StateFound::Behind => self.behind += 1,
            _ => self.rebuilt += 1,
        }
        self.cut += u64::from(seen.cut);
        self.cut_again += u64::from(seen.cut_again);
    }

    fn join(&mut self, other: &Self) {
        self.points += other.points;
        self.torn += other.torn;
        self.killed += other.killed;
        self.made += other.made;
        self.at_rest += other.at_rest;
        self.behind += other.behind;
        self.rebuilt += other.rebuilt;
        self.cut += other.cut;
        self.cut_again += other.cut_again;
    }
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// By workload.
    pub counts: BTreeMap<&'static str, Counts>,
    /// Promises that were broken.
    pub violations: Vec<(Point, Violation)>,
}

impl Report {
    /// All workloads together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.counts.values().for_each(|counts| total.join(counts));
        total
    }

    /// As a table.
    pub fn table(&self) -> String {
        let mut text = format!(
            "{:12} {:>7} {:>7} {:>7} {:>7} {:>8} {:>7} {:>8} {:>7} {:>10}\n",
            "workload",
            "points",
            "torn",
            "killed",
            "made",
            "at rest",
            "behind",
            "rebuilt",
            "cut",
            "cut again"
        );
        let total = self.total();
        for (name, counts) in self.counts.iter().chain([(&"all", &total)]) {
            let Counts { points, torn, killed, made, at_rest, behind, rebuilt, cut, cut_again } = counts;
            writeln!(
                text,
                "{name:12} {points:7} {torn:7} {killed:7} {made:7} {at_rest:8} {behind:7} {rebuilt:8} {cut:7} {cut_again:10}"
            )
            .unwrap();
        }
        text
    }
}

/// Cuts the power at every operation of every workload, with this many rounds of its seeds, from one on. Workers share
/// the work.
pub fn run(first_seed: u64, rounds: u64, workers: usize) -> Report {
    let mut waiting: Vec<Point> = Vec::new();
    for (workload, kind) in WORKLOADS.iter().enumerate() {
        waiting.extend((first_seed..first_seed + kind.seeds * rounds).map(|seed| Point {
            workload,
            seed,
            operation: 0,
            torn: false,
        }));
    }
    // The last ones, which are the longest, are taken first, so that no worker is left alone with one at the end.
    let waiting = Mutex::new(waiting);
    let report = Mutex::new(Report::default());
    #[allow(clippy::disallowed_methods, reason = "most of the time an opening waits for threads of sled's")]
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(point) = { waiting.lock().unwrap().pop() } {
                    if report.lock().unwrap().violations.len() < VIOLATIONS_MAX {
                        every_point(point, &report);
                    }
                }
            });
        }
    });
    report.into_inner().unwrap()
}

/// Plays one workload and cuts the power at every operation.
fn every_point(first: Point, report: &Mutex<Report>) {
    let (steps, notes) = first.workload().play(first.seed);
    let mut disk = Disk::default();
    for number in 0..steps.len() {
        for torn in [true, false] {
            let point = Point { operation: number + 1, torn, ..first };
            one_point(point, &steps, &notes, &mut disk, report);
        }
        if report.lock().unwrap().violations.len() >= VIOLATIONS_MAX {
            return;
        }
    }
}

/// Plays one point again, as it was printed.
pub fn replay(point: Point) -> Report {
    let (steps, notes) = point.workload().play(point.seed);
    let mut disk = Disk::default();
    steps[..point.operation - 1].iter().for_each(|step| disk.apply(step));
    let report = Mutex::new(Report::default());
    one_point(point, &steps, &notes, &mut disk, &report);
    report.into_inner().unwrap()
}

/// Cuts the power at a point; the disk has seen all operations before, and behind the point this one too.
fn one_point(point: Point, steps: &[DiskStep], notes: &Notes, disk: &mut Disk, report: &Mutex<Report>) {
    let step = &steps[point.operation - 1];
    let mut dice = point.dice();
    let killed = dice.once_in(KILLED);
    let mood = if killed { Mood::Everything } else { Mood::draw(&mut dice) };
    let image = if point.torn {
        let Some(torn) = disk.torn(step, &mut dice) else { return };
        torn.draw(&mut dice, mood)
    } else {
        disk.apply(step);
        disk.draw(&mut dice, mood)
    };
    let case = Case {
        image,
        boot: if killed { BOOT } else { NEXT_BOOT },
        notes,
        done: point.done(),
        begun: point.operation,
    };
    let result = check(&case, &mut dice, true);
    let mut report = report.lock().unwrap();
    let counts = report.counts.entry(point.workload().name).or_default();
    counts.points += 1;
    counts.torn += u64::from(point.torn);
    counts.killed += u64::from(killed);
    match result {
        Ok(seen) => counts.add(seen),
        Err(violation) => {
            let how = if killed { "process killed" } else { "power cut" };
            let last = describe(&step.operation);
            let what = format!("{how}, last a {last}, {mood:?} kept: {}", violation.what);
            report.violations.push((point, Violation { what, ..violation }));
        }
    }
}
