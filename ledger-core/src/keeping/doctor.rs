//! The doctor: reads everything, changes nothing, says what it found; and the one repair that can be made by itself.

use std::path::Path;

use serde::Serialize;

use crate::engine::error::{LedgerError, Outcome};
use crate::ledger::Ledger;
use crate::options::{Opening, Options};
use crate::storage::journaled::StatePolicy;
use crate::storage::keeping::examine::{Examined, Finding, Severity, examine};
use crate::storage::medium::folder::FolderMedium;
use crate::storage::medium::lock::WriterLock;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::ids::LedgerId;

/// What a doctor found of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Diagnosis {
    /// Which ledger, as far as that can be read.
    pub ledger: Option<LedgerId>,
    /// The process id that a writer wrote who has it open. What that writer may change at any moment was then not
    /// looked at: the state, and what follows the last acknowledged record.
    pub writer: Option<String>,
    /// The last record that was acknowledged.
    pub acknowledged_seq: u64,
    /// Up to which record the journal is whole from its beginning.
    pub whole_seq: u64,
    /// Files of the journal.
    pub segments: u64,
    /// The epoch of the last whole record.
    pub epoch: u64,
    /// Keys of donors.
    pub keys_in_use: u32,
    /// Keys that are destroyed.
    pub keys_destroyed: u32,
    /// What was found, in the order of the files.
    pub findings: Vec<Finding>,
}

impl Diagnosis {
    fn of(examined: Examined, writer: Option<String>) -> Self {
        Self {
            ledger: examined.ledger,
            writer,
            acknowledged_seq: examined.acknowledged_seq,
            whole_seq: examined.whole_seq,
            segments: examined.segments,
            epoch: examined.epoch,
            keys_in_use: examined.keys.in_use,
            keys_destroyed: examined.keys.destroyed,
            findings: examined.findings,
        }
    }

    /// The worst that was found; nothing where nothing was.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Whether everything is there that was acknowledged: nothing needs a backup.
    pub fn is_whole(&self) -> bool {
        self.first_damage().is_none()
    }

    /// The first thing that needs a backup, as the error that it causes.
    pub fn first_damage(&self) -> Option<LedgerError> {
        let found = self.findings.iter().find(|finding| finding.severity == Severity::Damage)?;
        Some(LedgerError::Corrupt {
            code: found.code.unwrap_or(ErrorCode::JournalDamaged),
            what: found.what.clone(),
            file: found.file.clone(),
            offset: found.offset,
            seq: found.seq,
        })
    }
}

/// Reads every file of a ledger and says what it found. No lock is needed and nothing is changed; where a writer has the
/// ledger open, what that may change at any moment is not looked at. Takes time in proportion to the ledger.
///
/// ```
/// # use ledger_core::*;
/// # let folder = tempfile::tempdir()?;
/// let ledger = Ledger::open(folder.path(), Options::new())?;
/// ledger.register_donor(RegisterDonor::default())?;
/// ledger.close()?;
/// let diagnosis = doctor(folder.path())?;
/// assert_eq!((diagnosis.whole_seq, diagnosis.findings), (1, vec![]));
///
/// std::fs::remove_dir_all(folder.path().join("state"))?;
/// let diagnosis = doctor(folder.path())?;
/// assert_eq!(diagnosis.findings[0].cure, Cure::StateMadeAgain);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// No ledger in the folder (2004); one of a newer version (5006); a medium that cannot be read (5005). Damage is no
/// error here: it is what is asked for.
pub fn doctor(folder: impl AsRef<Path>) -> Result<Diagnosis, LedgerError> {
    let folder = folder.as_ref();
    let failed = |fault| LedgerError::from_fault(fault, Outcome::ReadFailed);
    let medium = FolderMedium::read_only(folder);
    let mut writer = WriterLock::holder(folder).map_err(failed)?;
    let mut examined = examine(&medium, writer.is_some()).map_err(failed)?;
    if writer.is_none() {
        writer = WriterLock::holder(folder).map_err(failed)?;
        if writer.is_some() {
            // It came while everything was read: what seemed damaged may have been in the making.
            examined = examine(&medium, true).map_err(failed)?;
        }
    }
    let nothing = || LedgerError::NoLedger { folder: folder.display().to_string() };
    examined.map(|examined| Diagnosis::of(examined, writer)).ok_or_else(nothing)
}

/// Makes the state of a ledger again from its journal, and does what every opening does; returns how many records there
/// are. Refused where something is damaged that only a backup can give back, with the error that says what: of that
/// nothing is ever changed.
///
/// ```
/// # use ledger_core::*;
/// # let folder = tempfile::tempdir()?;
/// # let ledger = Ledger::open(folder.path(), Options::new())?;
/// # ledger.register_donor(RegisterDonor::default())?;
/// # ledger.close()?;
/// # std::fs::remove_dir_all(folder.path().join("state"))?;
/// assert_eq!(repair(folder.path())?, 1);
/// assert_eq!(doctor(folder.path())?.findings, vec![]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`doctor`]; a writer who has the ledger open (5004); damage (6001, 6003, 6004, 6005).
pub fn repair(folder: impl AsRef<Path>) -> Result<u64, LedgerError> {
    let folder = folder.as_ref();
    if let Some(damage) = doctor(folder)?.first_damage() {
        return Err(damage);
    }
    let options = Options::new().opening(Opening::OpenExisting).state(StatePolicy::Rebuild);
    let ledger = Ledger::open(folder, options)?;
    let records = ledger.stats().map(|stats| stats.records);
    ledger.close()?;
    records
}
