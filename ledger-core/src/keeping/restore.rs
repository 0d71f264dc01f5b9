//! Restoring a backup, and the drill that shows that it could be.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{copy_in, file_in, not_done, source_in};
use crate::engine::error::LedgerError;
use crate::ledger::Ledger;
use crate::options::{Opening, Options};
use crate::storage::format;
use crate::storage::journal::head::HeadSlot;
use crate::storage::keeping::copy::{Alone, Copier};
use crate::storage::keeping::keys;
use crate::storage::keeping::source::{self, EndOfCopy};
use crate::storage::medium::Medium;
use crate::storage::medium::folder::FolderMedium;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::hex::hex;
use crate::vocabulary::ids::LedgerId;

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct RestoreReport {
    /// Which ledger.
    pub ledger: LedgerId,
    /// Its last record, as the backup says.
    pub seq: u64,
    /// The root of the hash tree up to it, in hexadecimal, as the backup says.
    pub root: String,
    /// Whether the backup says so without doubt. If one of the two slots of its `HEAD` could not be read, all that is
    /// whole in its journal was taken; if both could and more follows, a run was stopped, or the `HEAD` is an older one.
    /// Compare `seq` with what the backup reported when it was made.
    pub is_end_certain: bool,
    /// Bytes of the journal.
    pub bytes_copied: u64,
    /// Rows of the state that were made from the journal and compared with it.
    pub rows_compared: u64,
    /// Keys that the file of keys still had although the journal records the erasure of their donors. They are
    /// destroyed in what was restored; in that file they are not.
    pub keys_destroyed_again: u64,
}

/// Makes a ledger from a backup and a file of keys, in a folder that is not there yet, or is empty.
///
/// It is made beside that folder, audited, compared with what the backup says of itself, and only then given its name:
/// if anything is not as it should be, nothing is left. An older file of keys will do if it has a key for everybody in
/// the backup; donors whose erasure is in the journal are erased again.
///
/// ```
/// # use ledger_core::*;
/// # let home = tempfile::tempdir()?;
/// # let at = |name: &str| home.path().join(name);
/// let ledger = Ledger::open(at("books"), Options::new())?;
/// let seq = ledger.register_donor(RegisterDonor::default())?.seq;
/// backup(at("books"), at("copy"))?;
/// backup_keys(at("books"), at("keys"))?;
/// # ledger.close()?;
///
/// assert_eq!(restore(at("copy"), at("keys"), at("restored"))?.seq, seq);
/// let restored = Ledger::open(at("restored"), Options::new())?;
/// assert_eq!(restored.stats()?.donors, 1);
/// # restored.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// No backup (2004); a ledger in the folder already (3010), or a file in its place (5010). A medium that fails, no file
/// of keys, or a folder that is not empty (5001).
/// A backup or keys that are damaged or of another ledger (6001, 6003, 6004, 6005).
pub fn restore(
    backup: impl AsRef<Path>,
    keys: impl AsRef<Path>,
    to: impl AsRef<Path>,
) -> Result<RestoreReport, LedgerError> {
    let draft = Draft::beside(to.as_ref())?;
    let report = draft.make(backup.as_ref(), keys.as_ref())?;
    draft.take_place(to.as_ref())?;
    Ok(report)
}

/// Does all that [`restore`] does, and then takes away what it made: who never restored a backup does not know whether
/// it is one. It needs the room that the restored ledger would, beside `to`.
///
/// # Errors
/// As [`restore`].
pub fn drill(
    backup: impl AsRef<Path>,
    keys: impl AsRef<Path>,
    to: impl AsRef<Path>,
) -> Result<RestoreReport, LedgerError> {
    Draft::beside(to.as_ref())?.make(backup.as_ref(), keys.as_ref())
}

/// A folder in which a ledger is made before it gets its name. It goes with its owner.
struct Draft {
    folder: PathBuf,
}

impl Draft {
    fn beside(to: &Path) -> Result<Self, LedgerError> {
        if to.join(format::FILE).exists() {
            return Err(LedgerError::LedgerExists { folder: to.display().to_string() });
        }
        if to.is_file() {
            return Err(LedgerError::NotAFolder { folder: to.display().to_string() });
        }
        if fs::read_dir(to).is_ok_and(|mut held| held.next().is_some()) {
            return Err(not_done(Fault::medium("restore", &format!("{} is not empty", to.display()))));
        }
        let (parent, name) = file_in(to)?;
        Ok(Self { folder: parent.join(format!(".{name}.restoring")) })
    }

    fn make(&self, backup: &Path, keys_file: &Path) -> Result<RestoreReport, LedgerError> {
        let (source, identity) = source_in(backup)?;
        let (keys_folder, keys_name) = file_in(keys_file)?;
        // First: nobody waits for a copy that comes to nothing without them.
        let keys = FolderMedium::read_only(keys_folder);
        let keys = keys::read_copied(&keys, keys_name, identity.ledger).map_err(not_done)?;
        let (medium, lock) = copy_in(&self.folder)?;
        let copy = || {
            // What an interrupted run left.
            for left_over in medium.list("")? {
                if left_over != "LOCK" {
                    medium.remove_below(&left_over).or_else(|_| medium.remove(&left_over))?;
                }
            }
            let EndOfCopy { slot, is_certain } = whole_head(source.as_ref(), identity.ledger)?;
            let mut copier = Copier::begin(source.as_ref(), medium.as_ref(), identity)?;
            copier.copy_to(&slot, &mut Alone)?;
            keys::put_keys(&keys, medium.as_ref())?;
            let destroyed_again = keys::still_there(medium.as_ref(), identity.ledger, slot.seq)?;
            Ok((slot, is_certain, copier.bytes, destroyed_again))
        };
        let (slot, is_end_certain, bytes_copied, keys_destroyed_again) = copy().map_err(not_done)?;
        drop((medium, lock));
        let ledger = Ledger::open(&self.folder, Options::new().opening(Opening::OpenExisting))?;
        let checked = check(&ledger, &slot);
        ledger.close()?;
        Ok(RestoreReport {
            ledger: identity.ledger,
            seq: slot.seq,
            root: hex(&slot.root),
            is_end_certain,
            bytes_copied,
            rows_compared: checked?,
            keys_destroyed_again,
        })
    }

    fn take_place(self, of: &Path) -> Result<(), LedgerError> {
        let failed = |error: std::io::Error| {
            not_done(Fault::medium(format!("give {} its name", of.display()), &error))
        };
        if of.exists() {
            fs::remove_dir(of).map_err(failed)?;
        }
        fs::rename(&self.folder, of).map_err(failed)?;
        let (parent, _) = file_in(of)?;
        FolderMedium::new(parent).sync_folder("").map_err(not_done)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a restore that went well there is nothing under this name.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Where the backup ends. Where that is in doubt, a ledger that lacks records must not pass for the whole one.
fn whole_head(backup: &dyn Medium, ledger: LedgerId) -> Result<EndOfCopy, Fault> {
    source::end_of_copy(backup, ledger)?.ok_or_else(|| {
        let what = "a slot that cannot be read, and damage after the other one: run the backup once more";
        Fault::damaged(what, crate::storage::journal::head::FILE, 0, 0)
    })
}

fn check(ledger: &Ledger, slot: &HeadSlot) -> Result<u64, LedgerError> {
    let head = ledger.head();
    if (head.seq, head.root) != (slot.seq, slot.root) {
        return Err(Fault::damaged(
            "restored records that are not those of the backup",
            "journal",
            0,
            head.seq,
        )
        .into());
    }
    let report = ledger.audit()?;
    match report.difference {
        None => Ok(report.rows),
        Some(difference) => {
            Err(Fault::state(format!("restored rows that differ: {difference}"), head.seq).into())
        }
    }
}
