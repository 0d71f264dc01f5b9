//! The whole life of several gifts is cut off after every single operation of the disk, and in the middle of every
//! write: what was acknowledged is there, and once everything is delivered again with the same keys the end is that of a
//! life that nothing interrupted. Of what was not synced nothing survives, everything (`kill -9`), or some.
//!
//! `LEDGER_CRASH_LIFE=0:123` plays what is cut at one operation of a seed again; `LEDGER_CRASH_ROUNDS` and
//! `LEDGER_CRASH_FIRST` are as in `power_cut`. As there, a point may not fail again: sled's threads write when they like.

#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex};

use ledger_core::{DiskStep, Event, Ledger, LedgerError, PowerDisk};
use ledger_tests::dice::Dice;
use ledger_tests::power::disk::{Disk, WATCHED, describe};
use ledger_tests::power::image::{self, Image, Mood};
use ledger_tests::power::writing::{BOOT, LAST_BOOT, NEXT_BOOT, folder};
use ledger_tests::whole_life::{End, Told, clock, live, options};

/// More than there are cores: an opening waits for sled's threads most of the time.
const WORKERS: usize = 6;
/// One delivery in so many is cut off itself, and everything is delivered a third time.
const CUT_AGAIN: u64 = 6;

/// What survives of what was not synced, and whether the last operation is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    NothingKept,
    EverythingKept,
    SomeKept,
    KilledInTheMiddle,
    CutInTheMiddle,
}

impl Way {
    /// Behind an operation.
    const BEHIND: [Self; 3] = [Self::NothingKept, Self::EverythingKept, Self::SomeKept];
    const ALL: [Self; 5] = [
        Self::NothingKept,
        Self::EverythingKept,
        Self::SomeKept,
        Self::KilledInTheMiddle,
        Self::CutInTheMiddle,
    ];

    fn is_torn(self) -> bool {
        matches!(self, Self::KilledInTheMiddle | Self::CutInTheMiddle)
    }

    fn mood(self) -> Mood {
        match self {
            Self::NothingKept => Mood::Nothing,
            Self::EverythingKept | Self::KilledInTheMiddle => Mood::Everything,
            Self::SomeKept | Self::CutInTheMiddle => Mood::Some(4),
        }
    }

    /// The start of the machine after it: the same where only the process was killed.
    fn boot(self, next: [u8; 16]) -> [u8; 16] {
        if self.mood() == Mood::Everything { BOOT } else { next }
    }

    /// What chance decides here, the same whenever it is played.
    fn dice(self, seed: u64, number: usize) -> Dice {
        let place = Self::ALL.iter().position(|way| *way == self).unwrap();
        [number, place].iter().fold(Dice::new(seed), |mut dice, number| {
            Dice::new(dice.roll() ^ u64::try_from(*number).unwrap())
        })
    }
}

/// A life that nothing interrupted.
struct Played {
    steps: Vec<DiskStep>,
    /// What the app was told once so many operations were over.
    told: Vec<(usize, Told)>,
    end: End,
}

/// What a crash left, and what had been acknowledged.
struct Cut {
    image: Image,
    boot: [u8; 16],
    acknowledged: Vec<Told>,
    may_cut_again: bool,
}

fn open(
    folder: &Path,
    clock: &Arc<AtomicI64>,
    boot: [u8; 16],
    disk: Option<&Arc<PowerDisk>>,
) -> Result<Ledger, LedgerError> {
    let options = options(clock).boot(Some(boot));
    Ledger::open(folder, disk.map_or(options.clone(), |disk| options.power(Arc::clone(disk))))
}

/// Plays the life to a clean close, and all of it again, to which nothing is added.
fn play() -> Played {
    let home = folder();
    let disk = PowerDisk::new(home.path(), WATCHED);
    let (mut told, mut again): (Vec<(usize, Told)>, Vec<Told>) = (Vec::new(), Vec::new());

    let first = clock();
    let ledger = open(home.path(), &first, BOOT, Some(&disk)).unwrap();
    let each = &mut |each: &Told| told.push((disk.operations(), each.clone()));
    let end = End::play(&ledger, &first, each).unwrap();
    ledger.close().unwrap();

    let second = clock();
    let ledger = open(home.path(), &second, BOOT, Some(&disk)).unwrap();
    let sent = live(&ledger, &second, &mut |each| again.push(each)).unwrap();
    end.check_same(&ledger, &again, &sent, u64::MAX).unwrap();
    ledger.close().unwrap();
    Played { steps: disk.take_steps(), told, end }
}

/// Opens what is left, delivers everything again, and compares. Gives how often it was cut off.
fn check(cut: &Cut, end: &End, dice: &mut Dice) -> Result<u64, String> {
    let (home, clock) = (folder(), clock());
    image::write(&cut.image, home.path());
    let disk = (cut.may_cut_again && dice.once_in(CUT_AGAIN)).then(|| PowerDisk::new(home.path(), WATCHED));
    let ledger = open(home.path(), &clock, cut.boot, disk.as_ref())
        .map_err(|error| format!("does not open: {error}"))?;
    let found = end.check_kept(&ledger, &cut.acknowledged)?;
    let mut told = Vec::new();
    let operations = || disk.as_ref().map_or(0, |disk| disk.operations());
    let sent = live(&ledger, &clock, &mut |each| told.push((operations(), each)))?;
    let told_again: Vec<Told> = told.iter().map(|(_, told)| told.clone()).collect();
    end.check_same(&ledger, &told_again, &sent, found)?;
    ledger.close().map_err(|error| format!("does not close: {error}"))?;
    disk.map_or(Ok(1), |disk| cut_again(cut, &disk.take_steps(), &told, end, dice))
}

/// Cuts off the delivery that followed a crash, at one of its operations.
fn cut_again(
    cut: &Cut,
    steps: &[DiskStep],
    told: &[(usize, Told)],
    end: &End,
    dice: &mut Dice,
) -> Result<u64, String> {
    let mut disk = Disk::at_rest(&cut.image);
    let done = 1 + dice.place(steps.len());
    steps.iter().take(done).for_each(|step| disk.apply(step));
    let way = dice.pick(&Way::BEHIND);
    let again = told.iter().filter(|(over, _)| *over <= done).map(|(_, told)| told.clone());
    let acknowledged = cut.acknowledged.iter().cloned().chain(again).collect();
    let boot = if way == Way::EverythingKept { cut.boot } else { LAST_BOOT };
    let second = Cut { image: disk.draw(dice, way.mood()), boot, acknowledged, may_cut_again: false };
    let cuts = check(&second, end, dice);
    cuts.map(|cuts| 1 + cuts)
        .map_err(|what| format!("cut again at {done} of {}, {way:?}: {what}", steps.len()))
}

/// What came of crash points.
#[derive(Debug, Default)]
struct Counts {
    points: BTreeMap<Way, usize>,
    /// Of them the delivery that followed was cut off too.
    cut_again: u64,
    broken: Vec<String>,
}

/// Cuts a life at some of its operations: each worker at those that are its own.
fn cut_at(played: &Played, seed: u64, mine: impl Fn(usize) -> bool, counts: &Mutex<Counts>) {
    let mut disk = Disk::default();
    for (number, step) in played.steps.iter().enumerate() {
        let before = disk.clone();
        disk.apply(step);
        for way in Way::ALL.into_iter().filter(|_| mine(number + 1)) {
            let mut dice = way.dice(seed, number);
            let after = if way.is_torn() { before.torn(step, &mut dice) } else { Some(disk.clone()) };
            let Some(after) = after else { continue };
            let done = number + usize::from(!way.is_torn());
            let acknowledged = played.told.iter().filter(|(over, _)| *over <= done);
            let cut = Cut {
                image: after.draw(&mut dice, way.mood()),
                boot: way.boot(NEXT_BOOT),
                acknowledged: acknowledged.map(|(_, told)| told.clone()).collect(),
                may_cut_again: true,
            };
            let result = catch_unwind(AssertUnwindSafe(|| check(&cut, &played.end, &mut dice)));
            let mut counts = counts.lock().unwrap();
            *counts.points.entry(way).or_default() += 1;
            match result.unwrap_or_else(|_| Err("panicked".to_owned())) {
                Ok(cuts) => counts.cut_again += cuts - 1,
                Err(what) => counts.broken.push(format!(
                    "LEDGER_CRASH_LIFE={seed}:{}: {way:?}, a {}: {what}",
                    number + 1,
                    describe(&step.operation)
                )),
            }
        }
    }
}

/// Cuts a life at all of its operations, or at one of them.
fn cut_everywhere(played: &Played, seed: u64, only: Option<usize>) -> Counts {
    let counts = Mutex::new(Counts::default());
    #[allow(clippy::disallowed_methods, reason = "most of the time an opening waits for threads of sled's")]
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let mine = move |done: usize| done % WORKERS == worker && only.is_none_or(|only| only == done);
            let counts = &counts;
            scope.spawn(move || cut_at(played, seed, mine, counts));
        }
    });
    counts.into_inner().unwrap()
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn a_life_that_is_cut_off_anywhere_comes_to_the_same_end() {
    let point = env::var("LEDGER_CRASH_LIFE").ok();
    let point = point.as_ref().map(|point| point.split_once(':').unwrap());
    let (first, rounds) = point.map_or_else(
        || (number("LEDGER_CRASH_FIRST", 0), number("LEDGER_CRASH_ROUNDS", 1)),
        |(seed, _)| (seed.parse().unwrap(), 1),
    );
    let only = point.map(|(_, operation)| operation.parse::<usize>().unwrap());
    for seed in first..first + rounds {
        let played = play();
        let Counts { points, cut_again, broken } = cut_everywhere(&played, seed, only);
        let operations = if only.is_some() { 1 } else { played.steps.len() };
        let all: usize = points.values().sum();
        println!(
            "whole life: {} calls, {} operations, {all} crash points {points:?}, {cut_again} cut again, {} broken",
            played.end.told.len(),
            played.steps.len(),
            broken.len()
        );
        for what in broken.iter().take(10) {
            println!("{what}");
        }
        assert_eq!(broken.len(), 0, "another end, or something was lost");
        for way in Way::BEHIND {
            assert_eq!(points.get(&way), Some(&operations), "{way:?}");
        }
    }
}

/// What the life has to be about.
const ABOUT: &str = "cause_opened donor_registered cause_policies_set donation_begun payment_started payment_changed \
     donation_captured fee_booked platform_fee_taken settlement_recorded settlement_lines_recorded payout_proposed \
     payout_changed refund_requested refund_learned refund_changed cause_overdrawn dispute_opened dispute_fee_booked \
     dispute_changed fees_given_back receivable_settled currency_exchanged fact_parked facts_taken_up object_attached \
     unidentified_received unidentified_returned gift_set_aside set_aside_released donation_cancelled \
     donation_refunded goal_reached notices_acknowledged cause_updated";

#[test]
fn the_life_is_a_whole_one() {
    let played = play();
    let names = |event: &Event| {
        let told = serde_json::to_value(event).unwrap();
        told.as_object().and_then(|fields| fields.keys().next().cloned()).unwrap()
    };
    let events = || played.end.changes.iter().flat_map(|change| &change.events);
    let found: BTreeSet<String> = events().map(names).collect();
    let missing: Vec<&str> = ABOUT.split_whitespace().filter(|name| !found.contains(*name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(!events().any(|event| matches!(event, Event::FactRefused(_))), "nothing of it is refused");
    // It is as long as a ledger has to be to begin a second segment.
    let second = played.steps.iter().filter(|step| describe(&step.operation).contains("0000000002.log"));
    assert!(second.count() > 1);
}
