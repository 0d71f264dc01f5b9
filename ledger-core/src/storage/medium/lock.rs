//! `LOCK`: keeps a second writer out of a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;

use crate::vocabulary::fault::Fault;

/// The lock of the one writer, held as long as this lives (`flock`, `LockFileEx`). A forked child shares it with the
/// process that took it, and does not give it back.
pub struct WriterLock {
    file: File,
    process: u32,
}

/// Why the lock was not taken.
pub enum LockRefused {
    /// Another process or handle holds it; the process id it wrote, for information only.
    Held(String),
    /// The medium failed.
    Fault(Fault),
}

impl WriterLock {
    /// Takes the lock of a folder, or says who has it.
    pub fn take(folder: &Path) -> Result<Self, LockRefused> {
        let failed = |error: std::io::Error| LockRefused::Fault(Fault::medium("lock LOCK", &error));
        let path = folder.join("LOCK");
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockRefused::Held(
                    fs::read_to_string(&path).unwrap_or_default().trim().to_owned(),
                ));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        let process = std::process::id();
        writeln!(file, "{process}").map_err(failed)?;
        Ok(Self { file, process })
    }

    /// Whether this process took it, and not the one that it was forked from.
    pub fn is_of_this_process(&self) -> bool {
        self.process == std::process::id()
    }

    /// Who has the lock of a folder: the process id that the holder wrote. Nothing is changed; it is asked for a lock
    /// that is shared, and given back at once.
    pub fn holder(folder: &Path) -> Result<Option<String>, Fault> {
        let failed = |error: std::io::Error| Fault::medium("look at LOCK", &error);
        let path = folder.join("LOCK");
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        match file.try_lock_shared() {
            Ok(()) => file.unlock().map(|()| None).map_err(failed),
            Err(TryLockError::WouldBlock) => {
                Ok(Some(fs::read_to_string(&path).unwrap_or_default().trim().to_owned()))
            }
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        if self.is_of_this_process() {
            // Closing the file gives the lock back too; a failure here changes nothing.
            let _ = self.file.unlock();
        }
    }
}
