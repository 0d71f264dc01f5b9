//! What must hold after a power cut.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use ledger_core::{Identity, KeyStatus, Ledger, Options, PowerDisk, StateFound};
use tempfile::TempDir;

use crate::dice::Dice;
use crate::folder::files;
use crate::power::book::{Book, Keyed};
use crate::power::disk::{Disk, WATCHED, describe};
use crate::power::image::{self, Image, Mood};
use crate::power::notes::{Notes, told_by_head, told_of};
use crate::power::writing::{LAST_BOOT, folder, options};

/// One share in so many is opened, written to, and cut a second time.
const CUT_AGAIN: u64 = 8;
/// One share in so many goes on and must be at rest afterwards.
const GOES_ON: u64 = 4;

/// What a power cut left, and what is known of it.
pub struct Case<'a> {
    /// The files.
    pub image: Image,
    /// The start of the machine in which it is opened: the same where only the process was killed.
    pub boot: [u8; 16],
    /// What was told.
    pub notes: &'a Notes,
    /// How many operations were over.
    pub done: usize,
    /// How many were begun.
    pub begun: usize,
}

/// What opening found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Of the state.
    pub state: StateFound,
    /// Whether there was no ledger yet.
    pub made: bool,
    /// Whether a torn group was cut off.
    pub cut: bool,
    /// Whether the power was cut a second time, while the ledger was opened.
    pub cut_again: bool,
}

/// A promise that was broken.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Which.
    pub what: String,
    /// A folder that has the files as the power cut left them.
    pub kept: String,
}

/// Holds when true; otherwise says what does not.
fn holds(is_so: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(what()) }
}

/// Opens what was left and checks every promise; keeps the files where one is broken.
pub fn check(case: &Case<'_>, dice: &mut Dice, may_cut_again: bool) -> Result<Seen, Violation> {
    let home = folder();
    image::write(&case.image, home.path());
    let result = catch_unwind(AssertUnwindSafe(|| check_in(&home, case, dice, may_cut_again)));
    let what = match result {
        Ok(Ok(seen)) => return seen,
        Ok(Err(what)) => what,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            format!("panicked: {}", text.unwrap_or_default())
        }
    };
    let kept = tempfile::tempdir().unwrap().keep();
    image::write(&case.image, &kept);
    Err(Violation { what, kept: kept.display().to_string() })
}

/// As `check`. What it gives is what was seen, also at a second cut; what it fails with was broken here.
fn check_in(
    home: &TempDir,
    case: &Case<'_>,
    dice: &mut Dice,
    may_cut_again: bool,
) -> Result<Result<Seen, Violation>, String> {
    check_head(case)?;
    let mut how = options(dice.roll(), 20).boot(Some(case.boot));
    let cut_again = may_cut_again && dice.once_in(CUT_AGAIN);
    let goes_on = cut_again || dice.once_in(GOES_ON);
    let disk = cut_again.then(|| PowerDisk::new(home.path(), WATCHED));
    if let Some(disk) = &disk {
        how = how.power(disk.clone());
    }
    let ledger = Ledger::open(home.path(), how.clone()).map_err(|error| format!("does not open: {error}"))?;
    let report = ledger.opening_report().clone();
    let rests = case.done == case.begun && case.notes.rests_after(case.done);
    holds(!rests || report.is_clean(), || format!("not at rest after a clean close: {report:?}"))?;
    let found = check_open(&ledger, home.path(), case)?;
    let mut notes = None;
    if goes_on {
        let going = Going {
            home: home.path(),
            disk: disk.as_deref(),
            opened_after: disk.as_ref().map_or(0, |disk| disk.operations()),
            donors: dice.pick(&[1, 2, 40]),
            level: if may_cut_again { 1 } else { 2 },
        };
        let after = go_on(&ledger, &going, found, case)?;
        drop(ledger);
        if disk.is_none() {
            check_rest(home.path(), how, &after)?;
        }
        notes = Some(after);
    }
    if let (Some(disk), Some(notes)) = (disk, notes)
        && let Err(violation) = cut_second(case, &disk, &notes, dice)
    {
        return Ok(Err(violation));
    }
    let made = !case.image.contains_key("FORMAT");
    Ok(Ok(Seen { made, state: report.state, cut: report.cut.is_some(), cut_again }))
}

/// `HEAD` tells of what it was synced for: where damage comes later, it is the proof of what was there.
fn check_head(case: &Case<'_>) -> Result<(), String> {
    let proven = case.notes.proven_after(case.done);
    let head = case.image.get("HEAD").map_or(Vec::new(), |head| told_by_head(head));
    let told = head.into_iter().map(|told| (told.segment, told.seq)).max().unwrap_or((0, 0));
    holds(told >= proven, || format!("HEAD tells of segment and record {told:?}, synced were {proven:?}"))
}

/// Everything that was promised, and of what was under way all or nothing. Gives the last record.
fn check_open(ledger: &Ledger, home: &Path, case: &Case<'_>) -> Result<u64, String> {
    let (notes, promised) = (case.notes, case.notes.promised_after(case.done));
    let possible = notes.possible_within(case.begun);
    let found = ledger.stats().map_err(|error| error.to_string())?.seq;
    holds(promised <= found, || format!("record {found} is the last, {promised} was acknowledged"))?;
    holds(found <= possible, || format!("record {found} is the last, {possible} was begun last"))?;
    if let Some((_, identity)) = notes.made.filter(|_| notes.is_made_after(case.done) || found > 0) {
        check_identity(ledger.identity(), identity)?;
    }
    let audit = ledger.audit().map_err(|error| format!("audit: {error}"))?;
    holds(audit.difference.is_none(), || format!("audit: {}", audit.difference.unwrap_or_default()))?;
    let balances = ledger.trial_balance().map_err(|error| error.to_string())?;
    if found == 0 {
        holds(balances.balances.is_empty(), || "balances without a record".to_owned())?;
    } else {
        let root = notes.roots.get(&found).ok_or_else(|| format!("record {found} ends no group"))?;
        holds(*root == audit.root, || format!("other records than those that were written, up to {found}"))?;
        holds(*notes.books[&found] == balances, || format!("other balances after record {found}"))?;
    }
    check_keys(ledger, notes, found)?;
    check_erased(ledger, home, notes, found)?;
    Ok(found)
}

fn check_identity(found: Identity, made: Identity) -> Result<(), String> {
    holds(found == made, || format!("another ledger: {:?}, not {:?}", found.ledger, made.ledger))
}

/// A key is there with its record, or not at all.
fn check_keys(ledger: &Ledger, notes: &Notes, found: u64) -> Result<(), String> {
    for (key, seq) in &notes.keys {
        let status = ledger.status(key).map_err(|error| format!("{key}: {error}"))?;
        let is_right = match &status {
            KeyStatus::Committed { committed } => *seq <= found && committed.seq == *seq,
            _ => *seq > found,
        };
        holds(is_right, || format!("{key}, record {seq}, of {found} records: {status:?}"))?;
    }
    Ok(())
}

/// Who was erased is gone wholly, or is there wholly.
fn check_erased(ledger: &Ledger, home: &Path, notes: &Notes, found: u64) -> Result<(), String> {
    for erasure in &notes.erased {
        let donor = ledger.donor(erasure.donor).map_err(|error| format!("a donor: {error}"))?;
        let by_email = ledger.donor_by_email(&erasure.email).map_err(|error| format!("a donor: {error}"))?;
        let is_there = donor.is_some();
        let (is_known, is_erased) =
            donor.map_or((false, false), |donor| (!donor.profile.is_empty(), donor.erased.is_some()));
        if erasure.seq > found {
            holds(!is_erased, || format!("{}: erased before record {}", erasure.email, erasure.seq))?;
            // A donor of whom nothing is left must be one that was erased.
            holds(!is_there || is_known, || format!("{}: lost without an erasure", erasure.email))?;
            continue;
        }
        holds(!is_known && is_erased, || format!("{}: known after the erasure", erasure.email))?;
        holds(by_email.is_none(), || format!("{}: found after the erasure", erasure.email))?;
        for file in files(home) {
            let bytes = fs::read(home.join(&file)).unwrap_or_default();
            let is_there = bytes.windows(erasure.key.len()).any(|window| window == erasure.key);
            holds(!is_there, || format!("the key of an erased donor in {}", file.display()))?;
        }
    }
    Ok(())
}

/// What is written after a power cut: a cause, donors, a gift of the last of them.
const MORE: [&str; 3] = ["cause", "donors", "gift"];

/// A gift more, of a new donor to a new cause, and a clean close. Now and then so many donors that their keys do not
/// fit into what was made ahead in one sector.
fn go_on(ledger: &Ledger, going: &Going<'_>, found: u64, case: &Case<'_>) -> Result<Notes, String> {
    let operations = || going.disk.map_or(0, PowerDisk::operations);
    let is_made = case.notes.is_made_after(case.done) || found > 0;
    let promised = case.notes.promised_after(case.done);
    let mut notes = case.notes.from_here(promised, found, is_made.then(|| ledger.identity()));
    notes.made.get_or_insert((going.opened_after, ledger.identity()));
    notes.promise(going.opened_after, found);
    let mut book = Book { next: 10_000 * u64::from(going.level), ..Book::default() };
    for step in MORE {
        let commands: Vec<Keyed> = match step {
            "cause" => vec![book.cause()],
            "donors" => (0..going.donors).map(|_| book.register()).collect(),
            _ => vec![book.gift(&mut Dice::new(found), 20)],
        };
        let (keys, commands): (Vec<_>, Vec<_>) = commands.into_iter().unzip();
        let before = operations();
        let results = ledger.submit_all(commands).map_err(|error| format!("{step}: {error}"))?;
        let mut last = 0;
        for (key, result) in keys.into_iter().zip(results) {
            let committed = result.map_err(|error| format!("cannot go on, {key}: {error}"))?;
            book.take_up(&key, &committed);
            last = committed.seq;
            notes.keys.push((key, last));
        }
        notes.begun(before, last);
        notes.promise(operations(), last);
        notes.books.insert(last, Arc::new(ledger.trial_balance().map_err(|error| error.to_string())?));
        notes.roots.insert(last, told_of(going.home, last).1);
    }
    ledger.close().map_err(|error| format!("does not close: {error}"))?;
    notes.rest(operations());
    Ok(notes)
}

/// Where a ledger goes on after a power cut.
struct Going<'a> {
    home: &'a Path,
    /// Where its operations are noted, if they are.
    disk: Option<&'a PowerDisk>,
    /// How many of them opening took.
    opened_after: usize,
    /// How many donors are new.
    donors: u64,
    /// How often the power was cut.
    level: u32,
}

/// After a clean close everything is at rest, and as it was.
fn check_rest(home: &Path, how: Options, notes: &Notes) -> Result<(), String> {
    let reopened = Ledger::open(home, how).map_err(|error| format!("does not open again: {error}"))?;
    let report = reopened.opening_report();
    holds(report.is_clean(), || format!("not at rest after a clean close: {report:?}"))?;
    let now = Case { image: Image::new(), boot: LAST_BOOT, notes, done: usize::MAX, begun: usize::MAX };
    check_open(&reopened, home, &now).map(|_| ()).map_err(|what| format!("opened again: {what}"))
}

/// Cuts the power at an operation of the opening that followed a power cut, or of what came after it.
fn cut_second(case: &Case<'_>, disk: &PowerDisk, notes: &Notes, dice: &mut Dice) -> Result<(), Violation> {
    let steps = disk.take_steps();
    let last = 1 + dice.place(steps.len());
    let mut second = Disk::at_rest(&case.image);
    steps[..last - 1].iter().for_each(|step| second.apply(step));
    let torn = if dice.once_in(2) { second.torn(&steps[last - 1], dice) } else { None };
    let done = if torn.is_some() { last - 1 } else { last };
    let second = torn.unwrap_or_else(|| {
        second.apply(&steps[last - 1]);
        second
    });
    let killed = dice.once_in(4);
    let mood = if killed { Mood::Everything } else { Mood::draw(dice) };
    let image = second.draw(dice, mood);
    let boot = if killed { case.boot } else { LAST_BOOT };
    let case = Case { image, boot, notes, done, begun: last };
    let operation = describe(&steps[last - 1].operation);
    check(&case, dice, false).map(|_| ()).map_err(|violation| Violation {
        what: format!("cut again at {done} of {}, {operation}: {}", steps.len(), violation.what),
        ..violation
    })
}
