//! Backups: the journal into a folder, the keys into a file apart.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::{check_apart, copy_in, file_in, not_done, source_in};
use crate::engine::error::LedgerError;
use crate::storage::journal::read::segments;
use crate::storage::keeping::copy::{Alone, Copier};
use crate::storage::keeping::{keys, source};
use crate::storage::medium::Medium;
use crate::storage::medium::folder::FolderMedium;
use crate::vocabulary::hex::hex;
use crate::vocabulary::ids::LedgerId;

/// What a backup holds, and what was copied for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct BackupReport {
    /// Of which ledger.
    pub ledger: LedgerId,
    /// Its last record.
    pub seq: u64,
    /// The root of the hash tree up to it, in hexadecimal.
    pub root: String,
    /// Segments that it has.
    pub segments: u64,
    /// Bytes of the journal that this run copied.
    pub bytes_copied: u64,
    /// Whether there was a backup before, to which only what was new was added.
    pub is_incremental: bool,
}

/// What was copied of a keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct KeysReport {
    /// Of which ledger.
    pub ledger: LedgerId,
    /// Keys of donors.
    pub in_use: u32,
    /// Keys that were destroyed, and so are in the copy.
    pub destroyed: u32,
    /// Keys made ahead, for donors to come.
    pub made_ahead: u32,
}

/// Copies the journal of a ledger into a folder, beside whoever writes to it: no lock of it is taken, and only what was
/// acknowledged is copied. The first run copies all, later ones only what is new. Every byte is checked on its way, and
/// once more as it stands in the copy.
///
/// The copy is whole at every moment: a run that is killed leaves the backup that it had come to, and the next one goes
/// on there. It holds no keys: see [`backup_keys`]. Only one run at a time may work on a copy.
///
/// ```
/// # use ledger_core::*;
/// # let home = tempfile::tempdir()?;
/// # let (books, copy) = (home.path().join("books"), home.path().join("copy"));
/// let ledger = Ledger::open(&books, Options::new())?;
/// ledger.register_donor(RegisterDonor::default())?;
/// let first = backup(&books, &copy)?;
/// assert_eq!((first.seq, first.is_incremental), (1, false));
///
/// ledger.register_donor(RegisterDonor::default())?;
/// let second = backup(&books, &copy)?;
/// assert_eq!((second.seq, second.is_incremental), (2, true));
/// assert!(second.bytes_copied < first.bytes_copied);
/// # ledger.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// No ledger to copy (2004), or one of a newer version (5006). A medium that fails (5001): run it again. Another run at
/// work on the copy (5004); a file in the place of its folder (5010). Damage (6001, 6004, 6005), in the copy where the
/// message says so. A copy of another ledger, or of another history of this one (6006): nothing of it is touched.
pub fn backup(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<BackupReport, LedgerError> {
    backup_through(from.as_ref(), to.as_ref(), |copy| copy)
}

/// As [`backup`], with something between it and the files of the copy.
pub(crate) fn backup_through(
    from: &Path,
    to: &Path,
    through: impl FnOnce(Arc<dyn Medium>) -> Arc<dyn Medium>,
) -> Result<BackupReport, LedgerError> {
    let (source, identity) = source_in(from)?;
    check_apart(from, to)?;
    let (copy, _lock) = copy_in(to)?;
    let copy = through(copy);
    let run = || {
        let mut copier = Copier::begin(source.as_ref(), copy.as_ref(), identity)?;
        let newest = source::acknowledged(source.as_ref())?;
        // While the writer is at the newer slot, the older one is what can be read.
        if newest.seq >= copier.position.seq() {
            copier.copy_to(&newest, &mut Alone)?;
        }
        Ok(BackupReport {
            ledger: identity.ledger,
            seq: copier.position.seq(),
            root: hex(&copier.position.root),
            segments: u64::try_from(segments(copy.as_ref())?.len()).unwrap_or(u64::MAX),
            bytes_copied: copier.bytes,
            is_incremental: copier.goes_on,
        })
    };
    run().map_err(not_done)
}

/// Copies the keys of a ledger into a file, beside whoever writes to it. The file is there whole or as it was before.
///
/// Keep it apart from the backups of the journal: erasing a donor destroys a key, and reaches old backups only where no
/// copy of that key is left. Copy the keys after the journal, so that they have the key of everybody in it.
///
/// ```
/// # use ledger_core::*;
/// # let home = tempfile::tempdir()?;
/// # let (books, keys) = (home.path().join("books"), home.path().join("apart").join("keys"));
/// let ledger = Ledger::open(&books, Options::new())?;
/// let profile = DonorProfile { name: Some("Ada".into()), ..DonorProfile::default() };
/// let ada = ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() })?.donor().expect("made");
/// assert_eq!(backup_keys(&books, &keys)?.in_use, 1);
///
/// ledger.erase_donor(EraseDonor { key: None, donor: ada, reason: ErasureReason::Requested })?;
/// assert_eq!(backup_keys(&books, &keys)?.destroyed, 1);
/// # ledger.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`backup`]; and 6003, where the keys are damaged, or the file is not a keyring of this ledger and so is not
/// replaced.
pub fn backup_keys(from: impl AsRef<Path>, to_file: impl AsRef<Path>) -> Result<KeysReport, LedgerError> {
    let (source, identity) = source_in(from.as_ref())?;
    let (folder, name) = file_in(to_file.as_ref())?;
    let to = FolderMedium::new(folder);
    let copied = keys::copy_keys(source.as_ref(), identity.ledger, &to, name).map_err(not_done)?;
    let used = copied.in_use.saturating_add(copied.destroyed);
    Ok(KeysReport {
        ledger: identity.ledger,
        in_use: copied.in_use,
        destroyed: copied.destroyed,
        made_ahead: copied.slots.saturating_sub(used),
    })
}
