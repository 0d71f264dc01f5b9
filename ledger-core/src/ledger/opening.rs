//! Opening: the lock, what is in the folder, and the store.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::{Inner, Ledger};
use crate::accounting::chart::BookMode;
use crate::engine::committer::Committer;
use crate::engine::error::{LedgerError, Outcome};
use crate::engine::gate::{Gate, check_may_open};
use crate::options::{Opening, Options};
use crate::storage::format::{self, Found};
use crate::storage::journaled::{BesideStorage, JournaledStorage, OpenPlan, OpenReport, Opened, StateFound};
use crate::storage::keeping::{source, standby};
use crate::storage::medium::Medium;
#[cfg(feature = "testkit")]
use crate::storage::medium::faulty::FaultyMedium;
use crate::storage::medium::folder::FolderMedium;
use crate::storage::medium::lock::{LockRefused, WriterLock};
use crate::storage::medium::memory::MemoryMedium;
#[cfg(feature = "testkit")]
use crate::storage::medium::power::PowerMedium;
use crate::storage::{Identity, Storage};
use crate::vocabulary::fault::Fault;

/// What a folder that is opened for writing is expected to hold.
#[derive(Clone, Copy)]
pub(crate) enum Standing {
    /// A ledger of its own.
    OfItsOwn,
    /// A copy that follows another ledger.
    Copy,
}

/// What was done to open a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct OpeningReport {
    /// How many records were folded again because the state was not at rest at the journal's end; `None` when it was.
    pub records_folded_again: Option<u64>,
    /// A group that was being written when the process or the power went, and was never acknowledged.
    pub cut: Option<CutReport>,
    /// What was found of the derived state, and so why it was made again if it was.
    pub state: StateFound,
    /// Whether `HEAD` could not be read: the journal was taken as it stands, and what was acknowledged has no other
    /// proof than it.
    pub head_made_again: bool,
    /// Key slots that could not be read and belong to nobody: they got new keys.
    pub key_slots_made_again: u64,
    /// The damage of the journal in spite of which the ledger was opened, for reading what is before it.
    #[serde(serialize_with = "as_message")]
    pub damage: Option<LedgerError>,
}

#[allow(clippy::ref_option, reason = "serde calls it with the field as it is")]
fn as_message<S: serde::Serializer>(damage: &Option<LedgerError>, serializer: S) -> Result<S::Ok, S::Error> {
    damage.as_ref().map(ToString::to_string).serialize(serializer)
}

impl OpeningReport {
    fn of(report: OpenReport) -> Self {
        let OpenReport { cut, state, folded, head_made_again, key_slots_made_again } = report;
        let records_folded_again = (state != StateFound::AtRest).then_some(folded);
        let cut = cut.map(|cut| CutReport { seq: cut.seq, saved_as: cut.saved_as });
        Self { records_folded_again, cut, state, head_made_again, key_slots_made_again, damage: None }
    }

    /// Whether everything was as a clean close leaves it.
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}

/// A group that was cut off the end of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CutReport {
    /// The seq at which it would have begun.
    pub seq: u64,
    /// The file below the folder that keeps its bytes.
    pub saved_as: String,
}

impl Ledger {
    /// Opens the ledger in a folder, as the one writer; by default makes one where there is none. A copy that follows
    /// another ledger is refused (5008): see `Follower::promote`; so is a path that leads to a file (5010).
    #[allow(clippy::needless_pass_by_value, reason = "a builder is handed over; callers write it in place")]
    pub fn open(folder: impl AsRef<Path>, options: Options) -> Result<Self, LedgerError> {
        Self::open_as(Standing::OfItsOwn, folder.as_ref(), &options)
    }

    /// Opens the ledger in a folder as what it is expected to be.
    pub(crate) fn open_as(standing: Standing, folder: &Path, options: &Options) -> Result<Self, LedgerError> {
        if folder.as_os_str().is_empty() {
            return Err(LedgerError::NoLedger { folder: "a folder without a name".to_owned() });
        }
        check_may_open()?;
        let shown = folder.display().to_string();
        if options.opening == Opening::OpenExisting && !folder.join(format::FILE).exists() {
            return Err(LedgerError::NoLedger { folder: shown });
        }
        let lock = sole_writer(folder)?;
        let medium = under_faults(options, Arc::new(FolderMedium::new(folder)));
        match (standing, standby::is_marked(medium.as_ref()).map_err(not_opened)?) {
            (Standing::OfItsOwn, false) | (Standing::Copy, true) => {}
            (Standing::OfItsOwn, true) => return Err(LedgerError::Standby { folder: shown }),
            (Standing::Copy, false) => return Err(LedgerError::NotStandby { folder: shown }),
        }
        let opened = find_or_create(options, &medium, Some(folder), &shown)?;
        Ok(Self::assemble(opened, options, Some(lock)))
    }

    /// Opens the ledger in a folder for reading, beside whoever writes to it, in this process or another: no lock
    /// is taken and nothing is written. It shows the book up to a record that was acknowledged, and stays there until
    /// `refresh`. Writes are refused. The state is made in memory from the journal, so opening takes time, and the
    /// handle memory, in proportion to the ledger.
    ///
    /// ```
    /// # use ledger_core::*;
    /// # let folder = tempfile::tempdir()?;
    /// let writer = Ledger::open(folder.path(), Options::new())?;
    /// let reader = Ledger::open_read_only(folder.path(), Options::new())?;
    /// let seq = writer.register_donor(RegisterDonor::default())?.seq;
    /// assert_eq!(reader.stats()?.donors, 0);
    /// assert_eq!(reader.refresh()?, seq);
    /// assert_eq!(reader.stats()?.donors, 1);
    /// # writer.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// No ledger in the folder (2004); one of a newer version (5006); a medium that cannot be read (5005); damage, with
    /// file, offset and record (6001, 6003, 6004, 6005).
    #[allow(clippy::needless_pass_by_value, reason = "a builder is handed over; callers write it in place")]
    pub fn open_read_only(folder: impl AsRef<Path>, options: Options) -> Result<Self, LedgerError> {
        let folder = folder.as_ref();
        Self::beside_in(Arc::new(FolderMedium::read_only(folder)), &folder.display().to_string(), &options)
    }

    /// A reader of a ledger in a medium.
    pub(crate) fn beside_in(
        medium: Arc<dyn Medium>,
        shown: &str,
        options: &Options,
    ) -> Result<Self, LedgerError> {
        let (medium, identity) = existing(medium, shown, options)?;
        let storage = BesideStorage::open(medium, identity, options.key_hash_bits)?;
        Ok(Self::over(Arc::new(storage), Gate::open_read_only(), OpeningReport::default(), options, None))
    }

    /// As `open_read_only`; where that is refused because the journal is damaged (6001, 6005), the book as it stood after
    /// the last whole group before the damage. `opening_report().damage` says what the damage is; without any it is an
    /// ordinary handle for reading. Nothing is mended by it: it is for saving what can be saved, and for looking things
    /// up until a backup is restored.
    ///
    /// ```
    /// # use ledger_core::*;
    /// # let folder = tempfile::tempdir()?;
    /// # let ledger = Ledger::open(folder.path(), Options::new())?;
    /// # ledger.register_donor(RegisterDonor::default())?;
    /// # ledger.register_donor(RegisterDonor::default())?;
    /// # ledger.close()?;
    /// # let segment = folder.path().join("journal/0000000001.log");
    /// # let mut bytes = std::fs::read(&segment)?;
    /// # bytes.truncate(bytes.len() - 1);
    /// # std::fs::write(&segment, bytes)?;
    /// assert_eq!(Ledger::open_read_only(folder.path(), Options::new()).unwrap_err().code(), ErrorCode::JournalCut);
    ///
    /// let rest = Ledger::open_damaged(folder.path(), Options::new())?;
    /// assert_eq!(rest.stats()?.seq, 1);
    /// assert_eq!(rest.opening_report().damage.as_ref().map(LedgerError::code), Some(ErrorCode::JournalCut));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As `open_read_only`, less damage of the journal after its beginning. `refresh` answers with the damage.
    #[allow(clippy::needless_pass_by_value, reason = "a builder is handed over; callers write it in place")]
    pub fn open_damaged(folder: impl AsRef<Path>, options: Options) -> Result<Self, LedgerError> {
        let folder = folder.as_ref();
        let medium = Arc::new(FolderMedium::read_only(folder));
        let (medium, identity) = existing(medium, &folder.display().to_string(), &options)?;
        let (storage, damage) = BesideStorage::open_up_to_damage(medium, identity, options.key_hash_bits)?;
        let report = OpeningReport { damage: damage.map(LedgerError::from), ..OpeningReport::default() };
        Ok(Self::over(Arc::new(storage), Gate::open_read_only(), report, &options, None))
    }

    /// A ledger in memory, gone with the last handle: for tests, previews and trying things out.
    #[allow(clippy::needless_pass_by_value, reason = "a builder is handed over; callers write it in place")]
    pub fn in_memory(options: Options) -> Result<Self, LedgerError> {
        Self::in_medium(Arc::new(MemoryMedium::default()), &options)
    }

    /// A ledger in a medium, which keeps all rows in memory.
    pub(crate) fn in_medium(medium: Arc<dyn Medium>, options: &Options) -> Result<Self, LedgerError> {
        let medium = under_faults(options, medium);
        let opened = find_or_create(options, &medium, None, "memory")?;
        Ok(Self::assemble(opened, options, None))
    }

    fn assemble(opened: Opened, options: &Options, lock: Option<WriterLock>) -> Self {
        let report = OpeningReport::of(opened.report);
        Self::over(Arc::new(opened.storage), Gate::open(), report, options, lock)
    }

    fn over(
        storage: Arc<dyn Storage>,
        gate: Gate,
        opening: OpeningReport,
        options: &Options,
        lock: Option<WriterLock>,
    ) -> Self {
        let gate = Arc::new(gate);
        let committer = Committer::new(Arc::clone(&storage), Arc::clone(&gate), options.clock.clone());
        let clock = options.clock.clone();
        let (durability, lock) = (options.durability, parking_lot::Mutex::new(lock));
        Self { inner: Arc::new(Inner { storage, committer, gate, durability, clock, opening, lock }) }
    }
}

/// The ledger in a folder, for reading only.
fn existing(
    medium: Arc<dyn Medium>,
    shown: &str,
    options: &Options,
) -> Result<(Arc<dyn Medium>, Identity), LedgerError> {
    let medium = under_faults(options, medium);
    let nothing = || LedgerError::NoLedger { folder: shown.to_owned() };
    let identity = source::identity_of(medium.as_ref())?.ok_or_else(nothing)?;
    Ok((medium, identity))
}

#[cfg(feature = "testkit")]
fn under_faults(options: &Options, medium: Arc<dyn Medium>) -> Arc<dyn Medium> {
    let medium: Arc<dyn Medium> = match &options.power {
        Some(disk) => Arc::new(PowerMedium { inner: medium, disk: Arc::clone(disk) }),
        None => medium,
    };
    match &options.faults {
        Some(plan) => Arc::new(FaultyMedium { inner: medium, plan: Arc::clone(plan) }),
        None => medium,
    }
}

#[cfg(not(feature = "testkit"))]
fn under_faults(_options: &Options, medium: Arc<dyn Medium>) -> Arc<dyn Medium> {
    medium
}

/// Makes the folder where there is none, and keeps every other writer out of it.
pub(crate) fn sole_writer(folder: &Path) -> Result<WriterLock, LedgerError> {
    let shown = folder.display().to_string();
    match std::fs::create_dir_all(folder) {
        Ok(()) => {}
        Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotADirectory) => {
            return Err(LedgerError::NotAFolder { folder: shown });
        }
        Err(error) => return Err(not_opened(Fault::medium(format!("create folder {shown}"), &error))),
    }
    WriterLock::take(folder).map_err(|refused| match refused {
        LockRefused::Held(holder) => LedgerError::AlreadyOpen { folder: shown, holder },
        LockRefused::Fault(fault) => not_opened(fault),
    })
}

/// Opening repairs and writes, so its failure is not that of a read; nothing was asked to be committed.
fn not_opened(fault: Fault) -> LedgerError {
    LedgerError::from_fault(fault, Outcome::NotCommitted)
}

fn find_or_create(
    options: &Options,
    medium: &Arc<dyn Medium>,
    folder: Option<&Path>,
    shown: &str,
) -> Result<Opened, LedgerError> {
    let plan = OpenPlan {
        medium: Arc::clone(medium),
        folder: folder.map(Path::to_owned),
        entropy: Arc::clone(&options.entropy),
        mode: options.mode.unwrap_or(BookMode::Agency),
        now: options.now(),
        segment_bytes: options.segment_bytes,
        cache_bytes: options.cache_bytes,
        checkpoint_records: options.checkpoint_records,
        state: options.state,
        key_hash_bits: options.key_hash_bits,
        boot: options.boot,
    };
    match (JournaledStorage::find(medium.as_ref()).map_err(not_opened)?, options.opening) {
        (Found::Newer(found), _) => Err(Fault::Newer { file: format::FILE.to_owned(), found }.into()),
        (Found::Nothing, Opening::OpenExisting) => Err(LedgerError::NoLedger { folder: shown.to_owned() }),
        (Found::Nothing, Opening::OpenOrCreate | Opening::CreateNew) => {
            JournaledStorage::create(plan).map_err(not_opened)
        }
        (Found::Ledger(_), Opening::CreateNew) => Err(LedgerError::LedgerExists { folder: shown.to_owned() }),
        (Found::Ledger(identity), Opening::OpenOrCreate | Opening::OpenExisting) => {
            JournaledStorage::open(plan, identity).map_err(not_opened)
        }
    }
}
