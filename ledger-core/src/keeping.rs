//! Floor 7: keeping a ledger safe. Backups, restoring, examining, following; all beside whoever writes.

mod backup;
mod doctor;
mod follow;
mod restore;

use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "testkit")]
pub(crate) use self::backup::backup_through;
pub use self::backup::{BackupReport, KeysReport, backup, backup_keys};
pub use self::doctor::{Diagnosis, doctor, repair};
pub use self::follow::{Followed, Follower};
pub use self::restore::{RestoreReport, drill, restore};

use crate::engine::error::{LedgerError, Outcome};
use crate::ledger::sole_writer;
use crate::storage::Identity;
use crate::storage::keeping::source;
use crate::storage::medium::Medium;
use crate::storage::medium::folder::FolderMedium;
use crate::storage::medium::lock::WriterLock;
use crate::vocabulary::fault::Fault;

/// Nothing of what was asked is done, and it may be asked again.
fn not_done(fault: Fault) -> LedgerError {
    LedgerError::from_fault(fault, Outcome::NotCommitted)
}

/// A ledger that is read beside whoever writes to it.
fn source_in(folder: &Path) -> Result<(Arc<dyn Medium>, Identity), LedgerError> {
    let medium: Arc<dyn Medium> = Arc::new(FolderMedium::read_only(folder));
    let identity = source::identity_of(medium.as_ref()).map_err(not_done)?;
    let identity = identity.ok_or_else(|| LedgerError::NoLedger { folder: folder.display().to_string() })?;
    Ok((medium, identity))
}

/// The folder of a copy, which nobody else may be writing to.
fn copy_in(folder: &Path) -> Result<(Arc<dyn Medium>, WriterLock), LedgerError> {
    let lock = sole_writer(folder)?;
    Ok((Arc::new(FolderMedium::new(folder)), lock))
}

fn check_apart(from: &Path, to: &Path) -> Result<(), LedgerError> {
    match (from.canonicalize(), to.canonicalize()) {
        (Ok(from), Ok(to)) if from == to => {
            Err(not_done(Fault::medium("copy", &"the source and the copy are one folder")))
        }
        (Ok(_) | Err(_), Ok(_) | Err(_)) => Ok(()),
    }
}

/// A file's folder, as a medium, and its name in it.
fn file_in(path: &Path) -> Result<(&Path, &str), LedgerError> {
    let named = path.file_name().and_then(|name| name.to_str()).filter(|name| !name.is_empty());
    let name = named
        .ok_or_else(|| not_done(Fault::medium("find a file", &format!("{} names none", path.display()))))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok((folder.unwrap_or_else(|| Path::new(".")), name))
}
