//! Opening a ledger for tasks that read: as ever where nobody else has it, beside whoever writes to it otherwise.

use std::path::Path;

use ledger_core::{Ledger, LedgerError, Opening, Options, Outcome};

use crate::problem::Problem;
use crate::screen::Screen;

/// How a task that reads wants the ledger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// As ever; beside a writer where there is one.
    Whole,
    /// Without taking it from anybody.
    ReadOnly,
    /// As far as it is whole, if its journal is damaged.
    UpToDamage,
}

/// Opens for reading. Beside a writer, and where it is asked for, it says on standard error which record is the last
/// that is read.
pub fn open(dir: &Path, wanted: Wanted, screen: &mut Screen) -> Result<Ledger, Problem> {
    let writer = match wanted {
        Wanted::UpToDamage => return up_to_damage(dir, screen),
        Wanted::ReadOnly => String::new(),
        Wanted::Whole => match Ledger::open(dir, Options::new().opening(Opening::OpenExisting)) {
            Ok(ledger) => return Ok(ledger),
            Err(LedgerError::AlreadyOpen { holder, .. }) => format!(", beside process {holder}"),
            Err(LedgerError::Standby { .. }) => ", of a copy that follows".to_owned(),
            // A folder that may not be written to can still be read.
            Err(LedgerError::Storage { outcome: Outcome::NotCommitted, .. }) => {
                ", without the lock".to_owned()
            }
            Err(error) => return Err(error.into()),
        },
    };
    let ledger = Ledger::open_read_only(dir, Options::new())?;
    screen.note(&format!("read only{writer}: as of record {}", ledger.stats()?.seq));
    Ok(ledger)
}

/// Says loudly what is missing: nobody may take a part of the book for the whole of it.
fn up_to_damage(dir: &Path, screen: &mut Screen) -> Result<Ledger, Problem> {
    let ledger = Ledger::open_damaged(dir, Options::new())?;
    let seq = ledger.stats()?.seq;
    let Some(damage) = &ledger.opening_report().damage else {
        screen.note(&format!("read only, the journal is whole: as of record {seq}"));
        return Ok(ledger);
    };
    let problem = Problem::from(damage.clone());
    screen.note(&format!("!! THE JOURNAL IS DAMAGED: {problem}"));
    let acknowledged = ledger_core::doctor(dir)?.acknowledged_seq;
    screen.note(&format!(
        "!! WHAT FOLLOWS IS NOT THE WHOLE BOOK: it ends with record {seq}; {} records after it, up to {acknowledged}, are missing",
        acknowledged.saturating_sub(seq)
    ));
    Ok(ledger)
}
