//! Waits until sled has let go of its files. Threads of its own write, cut and sync them a little longer than
//! the last handle lives, and hold sled's lock on the folder until then: whoever opened it meanwhile would be
//! refused, and rebuild a state that was at rest.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use super::Rest;
use crate::vocabulary::fault::Fault;

/// The file that sled locks.
const LOCKED_FILE: &str = "db";
const PAUSE: Duration = Duration::from_millis(1);
/// A child process that was forked meanwhile keeps the lock for as long as it lives; nobody waits for that.
const PAUSES_MAX: u32 = 5_000;

/// Waits until the files of a folder are free; `Partial` when they still are not after some seconds.
pub fn wait_for_release(folder: &Path) -> Result<Rest, Fault> {
    #[allow(clippy::disallowed_methods, reason = "sled has no event for its threads letting go")]
    wait_with(folder, &mut || std::thread::sleep(PAUSE))
}

fn wait_with(folder: &Path, pause: &mut dyn FnMut()) -> Result<Rest, Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::medium("close state", error);
    let file: File = match OpenOptions::new().read(true).write(true).open(folder.join(LOCKED_FILE)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Rest::Complete),
        Err(error) => return Err(failed(&error)),
    };
    for _ in 0..PAUSES_MAX {
        match file.try_lock() {
            Ok(()) => return Ok(Rest::Complete),
            Err(TryLockError::WouldBlock) => pause(),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
    }
    Ok(Rest::Partial)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Place, RowHasher};
    use super::*;
    use crate::records::sealing::LedgerSecret;
    use crate::storage::medium::folder::FolderMedium;

    fn place_in(folder: &Path) -> Place {
        let secret = LedgerSecret::new(&[1; 32]);
        Place {
            medium: Arc::new(FolderMedium::new(folder)),
            ledger_folder: folder.to_owned(),
            cache_bytes: 1 << 20,
            hasher: RowHasher::new(&secret),
        }
    }

    fn locked(folder: &Path) -> File {
        let file = File::create(folder.join(LOCKED_FILE)).unwrap();
        file.lock().unwrap();
        file
    }

    #[test]
    fn closing_waits_until_the_files_are_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let mut holder = Some(locked(folder.path()));
        let mut pauses = 0;
        let rest = wait_with(folder.path(), &mut || {
            pauses += 1;
            if pauses == 3 {
                holder = None;
            }
        });
        assert_eq!((rest, pauses), (Ok(Rest::Complete), 3));
    }

    #[test]
    fn closing_does_not_wait_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let _holder = locked(folder.path());
        let mut pauses = 0;
        let rest = wait_with(folder.path(), &mut || pauses += 1);
        assert_eq!((rest, pauses), (Ok(Rest::Partial), PAUSES_MAX));
    }

    #[test]
    fn an_open_state_is_held_and_a_closed_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let rows = super::super::SledRows::open(place_in(folder.path())).unwrap();
        let state = folder.path().join(super::super::FOLDER);
        let mut pauses = 0;
        assert_eq!(wait_with(&state, &mut || pauses += 1), Ok(Rest::Partial));
        assert_eq!(rows.close(), Ok(Rest::Complete));
        assert_eq!(wait_with(&state, &mut || pauses += 1), Ok(Rest::Complete));
        assert_eq!(pauses, PAUSES_MAX);
    }
}
