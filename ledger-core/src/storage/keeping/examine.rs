//! Examining a ledger as it lies there: every byte is read, nothing is changed, and what is found is told with what
//! would be done about it.

mod journal;
mod keyring;
mod state;

use serde::{Serialize, Serializer};

use super::keys::CopiedKeys;
use crate::storage::format::{self, Found};
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::segment::{self, SegmentHeader};
use crate::storage::journaled::check_empty;
use crate::storage::medium::Medium;
use crate::storage::sled::{SEAL_FILE, running};
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// How bad something is that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Severity {
    /// Good to know; nothing is wrong.
    Note,
    /// Something is not as it was left, and nothing is lost by it.
    Warning,
    /// Something that only a copy can give back.
    Damage,
}

/// What is done about something that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cure {
    /// Nothing is needed.
    Nothing,
    /// The next opening mends it by itself.
    NextOpening,
    /// The state is made again from the journal, by the next opening or by `repair`.
    StateMadeAgain,
    /// The file is to be restored from a backup.
    RestoreFromBackup,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Finding {
    /// The file, below the folder of the ledger.
    pub file: String,
    /// The offset in it; 0 where there is none.
    pub offset: u64,
    /// The record; 0 where there is none.
    pub seq: u64,
    /// What it is.
    pub what: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is done about it.
    pub cure: Cure,
    /// The code of the error that it causes, where it causes one.
    #[serde(serialize_with = "as_number")]
    pub code: Option<ErrorCode>,
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for this form")]
fn as_number<S: Serializer>(code: &Option<ErrorCode>, serializer: S) -> Result<S::Ok, S::Error> {
    code.map(ErrorCode::number).serialize(serializer)
}

impl Finding {
    fn new(file: impl Into<String>, what: impl Into<String>, severity: Severity, cure: Cure) -> Self {
        Self { file: file.into(), offset: 0, seq: 0, what: what.into(), severity, cure, code: None }
    }

    fn note(file: impl Into<String>, what: impl Into<String>, cure: Cure) -> Self {
        Self::new(file, what, Severity::Note, cure)
    }

    fn warning(file: impl Into<String>, what: impl Into<String>, cure: Cure) -> Self {
        Self::new(file, what, Severity::Warning, cure)
    }

    fn damage(code: ErrorCode, file: impl Into<String>, what: impl Into<String>) -> Self {
        let found = Self::new(file, what, Severity::Damage, Cure::RestoreFromBackup);
        Self { code: Some(code), ..found }
    }

    fn at(self, offset: u64, seq: u64) -> Self {
        Self { offset, seq, ..self }
    }
}

/// What a fault says, as a finding; given back where it is a failure of the medium or a newer version.
fn of_fault(fault: Fault, code: ErrorCode) -> Result<Finding, Fault> {
    match fault {
        Fault::Damaged { what, file, offset, seq } => Ok(Finding::damage(code, file, what).at(offset, seq)),
        Fault::Cut { file, offset, found_seq, promised_seq } => {
            let what = format!("journal ends at record {found_seq}, acknowledged were {promised_seq}");
            Ok(Finding::damage(ErrorCode::JournalCut, file, what).at(offset, promised_seq))
        }
        Fault::Medium { .. } | Fault::Newer { .. } | Fault::Diverged { .. } => Err(fault),
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Examined {
    /// Which ledger, as far as that can be read.
    pub ledger: Option<LedgerId>,
    /// The last record that `HEAD` acknowledges.
    pub acknowledged_seq: u64,
    /// Up to which record the journal is whole from its beginning.
    pub whole_seq: u64,
    /// Segments.
    pub segments: u64,
    /// The epoch of the last whole record.
    pub epoch: u64,
    /// What the keyring holds.
    pub keys: CopiedKeys,
    /// What was found, in the order of the files.
    pub findings: Vec<Finding>,
}

/// Examines a ledger. Where a writer is at work, what it may change at any moment is not looked at. `None` where there
/// is no ledger.
pub fn examine(medium: &dyn Medium, is_in_use: bool) -> Result<Option<Examined>, Fault> {
    let mut examined = Examined { epoch: 1, ..Examined::default() };
    match identity(medium, &mut examined.findings)? {
        Identified::Nothing => return Ok(None),
        Identified::As(ledger) => examined.ledger = ledger,
    }
    let slots = slots(medium, &mut examined.findings)?;
    let newest = slots.iter().max_by_key(|slot| slot.seq).copied();
    examined.acknowledged_seq = newest.map_or(0, |slot| slot.seq);
    let Some(ledger) = examined.ledger else { return Ok(Some(examined)) };
    let journal = journal::examine(medium, ledger, newest, is_in_use, &mut examined.findings)?;
    (examined.segments, examined.whole_seq, examined.epoch) =
        (journal.segments, journal.whole_seq, journal.epoch);
    if is_copy_alone(medium)? {
        let what = "there are none, and no state: as in a backup, whose keys are kept apart; it is opened by restoring it with them";
        let finding = Finding::warning(crate::storage::keyring::FILE, what, Cure::RestoreFromBackup);
        examined.findings.push(Finding { code: Some(ErrorCode::KeyringDamaged), ..finding });
        left_over(medium, &mut examined.findings)?;
        return Ok(Some(examined));
    }
    examined.keys = keyring::examine(medium, ledger, &journal, is_in_use, &mut examined.findings)?;
    if is_in_use {
        let what = "a writer has it open; it was not looked at";
        examined.findings.push(Finding::note(crate::storage::sled::FOLDER, what, Cure::Nothing));
    } else {
        state::examine(medium, &journal, &mut examined.findings)?;
    }
    left_over(medium, &mut examined.findings)?;
    Ok(Some(examined))
}

/// Whether there is nothing but a journal. A ledger that was ever opened has a state, or at least the mark of one.
fn is_copy_alone(medium: &dyn Medium) -> Result<bool, Fault> {
    let was_opened = !medium.files_below(crate::storage::sled::FOLDER)?.is_empty()
        || medium.length(SEAL_FILE)?.is_some()
        || running::is_there(medium)?;
    Ok(!was_opened && medium.length(crate::storage::keyring::FILE)?.is_none())
}

enum Identified {
    Nothing,
    As(Option<LedgerId>),
}

fn identity(medium: &dyn Medium, findings: &mut Vec<Finding>) -> Result<Identified, Fault> {
    let fault = match format::read(medium) {
        Ok(Found::Ledger(identity)) => return Ok(Identified::As(Some(identity.ledger))),
        Ok(Found::Newer(found)) => return Err(Fault::Newer { file: format::FILE.to_owned(), found }),
        Ok(Found::Nothing) => match check_empty(medium) {
            Ok(()) => return Ok(Identified::Nothing),
            Err(fault) => fault,
        },
        Err(fault) => fault,
    };
    findings.push(of_fault(fault, ErrorCode::FormatDamaged)?);
    // The first segment says it too.
    let first = segment::name(1);
    let header = match medium.length(&first)? {
        Some(_) => medium.read_at(&first, 0, SegmentHeader::LENGTH_MAX)?,
        None => Vec::new(),
    };
    Ok(Identified::As(SegmentHeader::decode(&header).map(|(header, _)| header.ledger)))
}

/// The slots of `HEAD` that are whole. What it means that one is not depends on the journal's end: see there.
fn slots(medium: &dyn Medium, findings: &mut Vec<Finding>) -> Result<Vec<HeadSlot>, Fault> {
    let found = match head::slots_beside(medium, u64::MAX) {
        Ok(found) => found,
        Err(Fault::Damaged { .. }) => Vec::new(),
        Err(fault) => return Err(fault),
    };
    // A new ledger has written one slot only.
    let length = medium.length(head::FILE)?.unwrap_or(0);
    if let [(place, slot)] = found.as_slice()
        && length > 64
    {
        let what = "a slot that is not whole; the other one counts";
        let offset = if *place == 0 { 64 } else { 0 };
        findings.push(Finding::warning(head::FILE, what, Cure::NextOpening).at(offset, slot.seq));
    }
    Ok(found.into_iter().map(|(_, slot)| slot).collect())
}

/// What was left behind by something that did not get to its end, or was put aside.
fn left_over(medium: &dyn Medium, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    for name in medium.list(segment::FOLDER)?.iter().filter(|name| segment::number_of(name).is_none()) {
        let file = format!("{}/{name}", segment::FOLDER);
        let what = if name.starts_with("torn-") {
            "a group that was never acknowledged, cut off by an earlier opening"
        } else {
            "a file that is none of the ledger's"
        };
        findings.push(Finding::note(file, what, Cure::Nothing));
    }
    for name in medium.list("")?.iter().filter(|name| name.strip_suffix(".new").is_some()) {
        let what = "a draft that an interrupted write left; the next one replaces it";
        findings.push(Finding::note(name.as_str(), what, Cure::Nothing));
    }
    Ok(())
}
