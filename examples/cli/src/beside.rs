//! Opening a ledger for tasks that read: as ever where nobody else has it, beside whoever writes to it otherwise.

use std::path::Path;

use ledger_core::{Ledger, LedgerError, Opening, Options, Outcome};

use crate::problem::Problem;
use crate::screen::Screen;

/// Opens for reading. Beside a writer, and where it is asked for, it says on standard error which record is the last
/// that is read.
pub fn open(dir: &Path, read_only: bool, screen: &mut Screen) -> Result<Ledger, Problem> {
    let writer = if read_only {
        String::new()
    } else {
        match Ledger::open(dir, Options::new().opening(Opening::OpenExisting)) {
            Ok(ledger) => return Ok(ledger),
            Err(LedgerError::AlreadyOpen { holder, .. }) => format!(", beside process {holder}"),
            // A folder that may not be written to can still be read.
            Err(LedgerError::Storage { outcome: Outcome::NotCommitted, .. }) => {
                ", without the lock".to_owned()
            }
            Err(error) => return Err(error.into()),
        }
    };
    let ledger = Ledger::open_read_only(dir, Options::new())?;
    screen.note(&format!("read only{writer}: as of record {}", ledger.stats()?.seq));
    Ok(ledger)
}
