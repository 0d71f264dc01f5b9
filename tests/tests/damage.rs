//! A thousand damages of a ledger's files, by a seed: each ends in the same answers as before, or in an error that
//! names a file; never in another answer, a panic, or nothing at all.
//!
//! `LEDGER_DAMAGES` says how many there are in all.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook};
use std::path::Path;
use std::time::Duration;

use ledger_core::{
    EraseDonor, ErasureReason, ErrorCode, Ledger, LedgerError, OpeningReport, Options, StateFound,
};
use ledger_tests::book::{self, Book};
use ledger_tests::damage::{Case, Damage, Kind, Watchdog, damage};
use ledger_tests::dice::Dice;
use ledger_tests::dump::{self, Dump};
use ledger_tests::folder::{copy, hashes};
use ledger_tests::kill::number_from;

/// Nothing of a small ledger takes that long, on whatever machine.
const PATIENCE: Duration = Duration::from_mins(4);

/// How the ledger was left, and when it is opened again.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Left {
    AtRest,
    Killed,
    /// The machine has started again meanwhile.
    KilledBefore,
}

impl Left {
    const ALL: [Self; 3] = [Self::AtRest, Self::Killed, Self::KilledBefore];

    fn options(self) -> Options {
        let boot = if self == Self::KilledBefore { [2; 16] } else { [1; 16] };
        options().boot(Some(boot))
    }

    /// What opening says of the state when nothing is damaged.
    fn state(self) -> StateFound {
        match self {
            Self::AtRest => StateFound::AtRest,
            Self::Killed => StateFound::Behind,
            Self::KilledBefore => StateFound::Doubtful,
        }
    }
}

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(60)
}

/// A ledger of three segments, with a donor who was erased, and all that it answers.
struct Written {
    home: tempfile::TempDir,
    book: Book,
    dump: Dump,
    left: Left,
}

fn written(left: Left) -> Written {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options().boot(Some([1; 16]))).unwrap();
    let mut book = book::write(&ledger, 190);
    let erase = EraseDonor { key: None, donor: book.donors[2], reason: ErasureReason::Requested };
    ledger.erase_donor(erase).unwrap();
    book.donors.truncate(2);
    for number in 0..70 {
        book.donate(&ledger, &format!("later-{number}"), number);
    }
    let dump = dump::dump(&ledger, &book.keys);
    if left == Left::AtRest {
        ledger.close().unwrap();
    }
    drop(ledger);
    assert!(home.path().join("journal/0000000003.log").exists(), "two segments before the last one");
    Written { home, book, dump, left }
}

/// sled panics on purpose at what it does not expect; the library catches it, but the hook prints it first.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let done = catch_unwind(AssertUnwindSafe(work));
    set_hook(hook);
    done.unwrap_or_else(|panic| resume_unwind(panic))
}

/// What came of a case, in a few words; an error is a promise that was broken.
type Verdict = Result<String, String>;

impl Written {
    fn open(&self, folder: &Path) -> Result<Ledger, LedgerError> {
        Ledger::open(folder, self.left.options())
    }

    /// Damages a copy and looks at everything; `None` where there is nothing to damage.
    fn run(&self, kind: Kind, what: Damage, dice: &mut Dice) -> Option<(Case, Verdict)> {
        let copied = tempfile::tempdir().unwrap();
        copy(self.home.path(), copied.path());
        let before = hashes(copied.path());
        let case = damage(copied.path(), kind, what, dice)?;
        let is_changed = hashes(copied.path()) != before;
        let judged = catch_unwind(AssertUnwindSafe(|| match quietly(|| self.open(copied.path())) {
            Err(error) => self.judge_refusal(copied.path(), &case, &error),
            Ok(ledger) if kind == Kind::OldSegment && is_changed => self.judge_old(&ledger),
            Ok(ledger) => self.judge_opened(&ledger, &case, is_changed),
        }));
        let verdict = judged.unwrap_or_else(|panic| {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            Err(format!("PANIC: {}", said.or_else(|| panic.downcast_ref().copied()).unwrap_or("?")))
        });
        Some((case, verdict))
    }

    /// Refused: with the code of damage, naming a file; and what was refused was not made worse.
    fn judge_refusal(&self, folder: &Path, case: &Case, error: &LedgerError) -> Verdict {
        let said = match error {
            LedgerError::Corrupt { code, file, offset, seq, .. } => {
                let is_journal = matches!(code, ErrorCode::JournalDamaged | ErrorCode::JournalCut);
                let is_place =
                    *offset > 0 || *seq > 0 || !is_journal || error.to_string().contains("segment");
                if !(is_journal && file.starts_with("journal")) && Path::new(file) != case.file || !is_place {
                    return Err(format!("names another place: {error}"));
                }
                format!("{} names {}", code.number(), if is_journal { "journal" } else { file })
            }
            LedgerError::NewerFormat { file, .. } if !file.is_empty() => "5006".to_owned(),
            other => return Err(format!("refused with {}: {other}", other.code().number())),
        };
        // As the remedy says: the file is put back as it was.
        for file in [case.file.clone(), "LOCK".into(), "HEAD".into()] {
            std::fs::copy(self.home.path().join(&file), folder.join(&file)).unwrap();
        }
        std::fs::remove_dir_all(folder.join("journal")).unwrap();
        copy(&self.home.path().join("journal"), &folder.join("journal"));
        let ledger = self.open(folder).map_err(|error| format!("restored and refused: {error}"))?;
        if dump::dump(&ledger, &self.book.keys) == self.dump {
            Ok(said)
        } else {
            Err("restored, and another answer".to_owned())
        }
    }

    /// Opened: the same answers, and a word about what was wrong.
    fn judge_opened(&self, ledger: &Ledger, case: &Case, is_changed: bool) -> Verdict {
        let audited = ledger.audit().map_err(|error| format!("opened, and the audit says {error}"))?;
        if let Some(difference) = audited.difference {
            return Err(format!("another state in silence: {difference}"));
        }
        if dump::dump(ledger, &self.book.keys) != self.dump {
            return Err("another answer in silence".to_owned());
        }
        let report = ledger.opening_report();
        let said = self.said(report);
        let must_be_said = is_changed && matches!(case.kind, Kind::Sled | Kind::Seal);
        if must_be_said && report.state == StateFound::AtRest {
            return Err("a state that is not as it was left was called at rest".to_owned());
        }
        self.goes_on(ledger)?;
        Ok(said)
    }

    /// What the report says beyond what it says of the ledger unharmed.
    fn said(&self, report: &OpeningReport) -> String {
        let mut said = vec!["same answers".to_owned()];
        if report.state != self.left.state() {
            said.push(format!("state {:?}", report.state));
        }
        if report.cut.is_some() {
            said.push("cut".to_owned());
        }
        if report.head_made_again {
            said.push("head made again".to_owned());
        }
        if report.key_slots_made_again > 0 {
            said.push("key slots passed over".to_owned());
        }
        said.join(", ")
    }

    /// One more gift is taken.
    fn goes_on(&self, ledger: &Ledger) -> Result<(), String> {
        let gift = book::gift("after", self.book.donors[0], self.book.causes[0], 1);
        let given = ledger.donate(gift).map_err(|error| format!("takes no gift: {error}"))?;
        let seq = self.dump.counts[0] + 1;
        if given.seq == seq { Ok(()) } else { Err(format!("goes on at {} and not {seq}", given.seq)) }
    }

    /// Opened over damage in an older segment: every answer is as before, or says that it cannot be given.
    fn judge_old(&self, ledger: &Ledger) -> Verdict {
        let (mut right, mut refused) = (0, 0);
        let mut compare = |is_same: Result<bool, LedgerError>| match is_same {
            Ok(true) => {
                right += 1;
                Ok(())
            }
            Ok(false) => Err("another answer in silence".to_owned()),
            Err(error) if error.code() == ErrorCode::JournalDamaged => {
                refused += 1;
                Ok(())
            }
            Err(error) => Err(format!("a read says {error}")),
        };
        let whole = &self.dump;
        compare(ledger.trial_balance().map(|now| now == whole.trial_balance))?;
        compare(ledger.donors(None, 10_000).map(|now| now == whole.donors))?;
        compare(ledger.causes(None, 10_000).map(|now| now == whole.causes))?;
        for donation in &whole.donations {
            compare(ledger.donation(donation.id).map(|now| now.as_ref() == Some(donation)))?;
        }
        for change in &whole.changes {
            let now = ledger.changes(change.seq - 1, 1);
            compare(now.map(|now| now == std::slice::from_ref(change)))?;
        }
        let keys = whole.changes.iter().filter_map(|change| change.key.clone());
        for (key, status) in keys.zip(&whole.statuses) {
            compare(ledger.status(&key).map(|now| now == *status))?;
        }
        // Where a whole segment is gone the journal ends before it, for who reads it from the front.
        let code = match ledger.audit() {
            Err(LedgerError::Corrupt { code, file, .. })
                if file.starts_with("journal")
                    && matches!(code, ErrorCode::JournalDamaged | ErrorCode::JournalCut) =>
            {
                code.number()
            }
            other => return Err(format!("the audit does not name it: {other:?}")),
        };
        self.goes_on(ledger)?;
        assert!(right > 0, "something is answered");
        Ok(format!("opened, {}, audit {code}", if refused > 0 { "some reads 6001" } else { "reads right" }))
    }
}

/// Runs the share of one way of leaving the ledger, and prints what came of it.
fn damage_again_and_again(left: Left) {
    let watchdog = Watchdog::new(PATIENCE);
    let whole = written(left);
    let share = number_from("LEDGER_DAMAGES", 1_000).div_ceil(3);
    let pairs =
        || Kind::ALL.into_iter().flat_map(|kind| kind.damages().iter().map(move |what| (kind, *what)));
    let (mut cases, mut table, mut broken) =
        (0, BTreeMap::<(Kind, Damage), BTreeMap<String, u32>>::new(), vec![]);
    for round in 0_u64.. {
        for (kind, what) in pairs() {
            if cases >= share {
                break;
            }
            let seed = round * 1_000 + u64::from(cases);
            watchdog.alive(&format!("{left:?}: {what:?} of {kind:?}, seed {seed}"));
            let Some((case, verdict)) = whole.run(kind, what, &mut Dice::new(seed)) else { continue };
            cases += 1;
            let outcome = verdict.unwrap_or_else(|why| {
                broken.push(format!("{left:?}, seed {seed}, {case:?}: {why}"));
                "BROKEN".to_owned()
            });
            *table.entry((kind, what)).or_default().entry(outcome).or_default() += 1;
        }
        if cases >= share {
            break;
        }
    }
    println!("damages {left:?}: {cases} cases, {} broken promises", broken.len());
    for ((kind, what), outcomes) in &table {
        let outcomes: Vec<String> = outcomes.iter().map(|(what, count)| format!("{count} {what}")).collect();
        println!("  {:<12} {:<10} {}", format!("{kind:?}"), format!("{what:?}"), outcomes.join("; "));
    }
    assert_eq!(broken, Vec::<String>::new());
    assert_eq!(cases, share);
    assert!(table.len() >= 30, "only {} combinations of file and damage", table.len());
}

#[test]
fn damages_of_a_ledger_at_rest() {
    damage_again_and_again(Left::AtRest);
}

#[test]
fn damages_of_a_killed_ledger() {
    damage_again_and_again(Left::Killed);
}

#[test]
fn damages_of_a_killed_ledger_after_another_start() {
    damage_again_and_again(Left::KilledBefore);
}

/// Unharmed, each is what it is said to be, so that what a damage changes in the report can be told.
#[test]
fn an_unharmed_ledger_says_how_it_was_left() {
    for left in Left::ALL {
        let whole = written(left);
        let ledger = whole.open(whole.home.path()).unwrap();
        assert_eq!(ledger.opening_report().state, left.state(), "{left:?}");
        assert_eq!(whole.said(ledger.opening_report()), "same answers", "{left:?}");
        assert_eq!(dump::dump(&ledger, &whole.book.keys), whole.dump, "{left:?}");
    }
}
