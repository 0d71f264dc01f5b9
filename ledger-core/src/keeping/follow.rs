//! Following a ledger with a copy, and promoting the copy.

use std::path::Path;

use serde::Serialize;

use super::{check_apart, copy_in, not_done, source_in};
use crate::engine::error::LedgerError;
use crate::engine::gate::forked;
use crate::ledger::{Ledger, Standing};
use crate::options::{Opening, Options};
use crate::storage::keeping::follow::{Following, Step};
use crate::storage::keeping::standby;
use crate::storage::medium::folder::FolderMedium;
use crate::storage::medium::lock::WriterLock;
use crate::vocabulary::hex::hex;

/// How far a follower is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Followed {
    /// The last record of the copy.
    pub seq: u64,
    /// The last record that the source has acknowledged. Those under `Durability::Os` are not copied before they are
    /// durable: the source may lose them with the power.
    pub source_seq: u64,
    /// The root of the hash tree up to `seq`, in hexadecimal.
    pub root: String,
    /// Records that this step copied.
    pub records: u64,
    /// Keys of erased donors that this step destroyed in the copy.
    pub keys_destroyed: u64,
}

impl Followed {
    fn of(step: Step) -> Self {
        let Step { seq, source_seq, root, records, keys_destroyed } = step;
        Self { seq, source_seq, root: hex(&root), records, keys_destroyed }
    }

    /// Whether the copy has all that the source has acknowledged.
    pub fn is_level(&self) -> bool {
        self.seq == self.source_seq
    }
}

/// Keeps a copy of a ledger up to date, beside whoever writes to it, in this process or another: journal and keys. The
/// copy can be read at any moment with `Ledger::open_read_only`, and be promoted to take the source's place.
///
/// Each step copies what is new. Nothing happens between steps: call it a few times a second, or when there is reason
/// to. An erasure reaches the keys of the copy in the step that copies its record. A follower holds about 40 bytes for
/// each donor with a profile or a memo, and reads the whole copy once when it is opened.
///
/// ```
/// # use ledger_core::*;
/// # let home = tempfile::tempdir()?;
/// # let (books, copy) = (home.path().join("books"), home.path().join("copy"));
/// let ledger = Ledger::open(&books, Options::new())?;
/// let mut follower = Follower::open(&books, &copy)?;
/// let reader = { follower.step()?; Ledger::open_read_only(&copy, Options::new())? };
///
/// let profile = DonorProfile { name: Some("Ada".into()), ..DonorProfile::default() };
/// let ada = ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() })?.donor().expect("made");
/// assert!(follower.step()?.is_level());
/// reader.refresh()?;
/// assert_eq!(reader.donor(ada)?.expect("followed").profile.name.as_deref(), Some("Ada"));
/// # ledger.close()?;
///
/// // The source is gone: the copy takes its place.
/// drop(follower);
/// let promoted = Follower::promote(&copy, Options::new())?;
/// assert_eq!((promoted.epoch()?, promoted.stats()?.donors), (2, 1));
/// # promoted.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Follower {
    following: Following,
    /// Nobody else may write to the copy meanwhile.
    lock: WriterLock,
}

impl Follower {
    /// Begins a copy, or goes on with one.
    ///
    /// # Errors
    /// As `backup`: no ledger (2004), a copy at which somebody else is at work (5004), a file in the place of its folder
    /// (5010), damage (6001, 6003, 6004, 6005), a copy of another history (6006).
    pub fn open(source: impl AsRef<Path>, copy: impl AsRef<Path>) -> Result<Self, LedgerError> {
        let (source_folder, copy_folder) = (source.as_ref(), copy.as_ref());
        let (source, identity) = source_in(source_folder)?;
        check_apart(source_folder, copy_folder)?;
        let (copy, lock) = copy_in(copy_folder)?;
        let following = Following::open(source, copy, identity).map_err(not_done)?;
        Ok(Self { following, lock })
    }

    /// Copies what the source has acknowledged since, durably. After a failure of the medium (5001) it may be called
    /// again.
    ///
    /// # Errors
    /// A medium that fails (5001), damage (6001, 6003, 6004, 6005), and a source that is not what the copy was made from:
    /// shorter, other, or of an older epoch than the copy has seen (6006). Then keep both: see
    /// `docs/backup-and-follow.md`. In a forked child of the process that opened it, 5003.
    pub fn step(&mut self) -> Result<Followed, LedgerError> {
        if !self.lock.is_of_this_process() {
            return Err(forked());
        }
        self.following.step().map(Followed::of).map_err(not_done)
    }

    /// The epoch of the last record of the copy.
    pub fn epoch(&self) -> u64 {
        self.following.epoch()
    }

    /// Opens a copy as the writer in the place of its source, and records that a new epoch begins. Nobody who has seen
    /// that record follows the source of before any more (6006). The follower of this copy must be gone, and **the source
    /// must not be written to any more**: nothing here can see to that. What it acknowledged and the copy does not have is
    /// not in the book.
    ///
    /// A copy that was interrupted while it was promoted is still a copy: promote it again.
    ///
    /// # Errors
    /// As `Ledger::open`; no ledger (2004), or one that follows no other (5009).
    #[allow(clippy::needless_pass_by_value, reason = "a builder is handed over; callers write it in place")]
    pub fn promote(copy: impl AsRef<Path>, options: Options) -> Result<Ledger, LedgerError> {
        let options = options.opening(Opening::OpenExisting);
        let ledger = Ledger::open_as(Standing::Copy, copy.as_ref(), &options)?;
        ledger.begin_epoch_durably()?;
        standby::unmark(&FolderMedium::new(copy.as_ref())).map_err(not_done)?;
        Ok(ledger)
    }
}

impl core::fmt::Debug for Follower {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Follower").field("epoch", &self.epoch()).finish_non_exhaustive()
    }
}
