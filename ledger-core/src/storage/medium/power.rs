//! A medium that notes what is done to it, so that a test can say what a power cut after any operation, or in the
//! middle of it, would have left on a disk. Everything reaches the folder as ever: what was noted is worked out
//! afterwards, and one run gives the cuts at all its operations.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

use super::Medium;
use crate::vocabulary::fault::Fault;

/// Files by name, with their bytes.
pub type SeenFiles = BTreeMap<String, Arc<Vec<u8>>>;

/// What changes a disk, or makes it keep what was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiskOperation {
    /// Bytes were written at an offset.
    Write {
        /// Where.
        file: String,
        /// From which byte on.
        offset: u64,
        /// What.
        bytes: Arc<Vec<u8>>,
    },
    /// A file was cut.
    Cut {
        /// Which.
        file: String,
        /// To how many bytes.
        length: u64,
    },
    /// A file was removed.
    Remove {
        /// Which.
        file: String,
    },
    /// A file or a folder got another name.
    Rename {
        /// The old name.
        from: String,
        /// The new one.
        to: String,
    },
    /// A folder was removed with everything in it.
    RemoveBelow {
        /// Which.
        folder: String,
    },
    /// A file was synced.
    Sync {
        /// Which.
        file: String,
    },
    /// The names in a folder were synced.
    SyncFolder {
        /// Which.
        folder: String,
    },
    /// A folder was synced with everything in it.
    SyncBelow {
        /// Which.
        folder: String,
    },
}

impl DiskOperation {
    /// Whether what others wrote has to be looked at before it, not only after.
    fn takes_what_is_there(&self) -> bool {
        matches!(self, Self::Rename { .. } | Self::RemoveBelow { .. } | Self::SyncBelow { .. })
    }
}

/// An operation, and the files that others than the medium write: as it began, and when it was over.
#[derive(Debug, Clone)]
pub struct DiskStep {
    /// The operation.
    pub operation: DiskOperation,
    /// The watched files before.
    pub before: Arc<SeenFiles>,
    /// The watched files after.
    pub after: Arc<SeenFiles>,
}

/// What was done to a folder, operation by operation. Shared by all handles that are opened over it in turn.
pub struct PowerDisk {
    folder: PathBuf,
    watched: String,
    noted: Mutex<Noted>,
}

#[derive(Default)]
struct Noted {
    steps: Vec<DiskStep>,
    /// What was seen last of the watched folder.
    seen: Arc<SeenFiles>,
}

impl PowerDisk {
    /// Notes what is done to a folder. Whatever lies below `watched` in it may be written by others too (by sled),
    /// and is looked at with each operation.
    pub fn new(folder: &Path, watched: &str) -> Arc<Self> {
        let disk = Self { folder: folder.to_owned(), watched: watched.to_owned(), noted: Mutex::default() };
        disk.noted.lock().seen = disk.look(&Arc::default());
        Arc::new(disk)
    }

    /// How many operations there were.
    pub fn operations(&self) -> usize {
        self.noted.lock().steps.len()
    }

    /// All operations, in order. The next ones are counted from nothing again.
    pub fn take_steps(&self) -> Vec<DiskStep> {
        core::mem::take(&mut self.noted.lock().steps)
    }

    fn note(&self, operation: DiskOperation, act: impl FnOnce() -> Result<(), Fault>) -> Result<(), Fault> {
        let mut noted = self.noted.lock();
        let before =
            if operation.takes_what_is_there() { self.look(&noted.seen) } else { Arc::clone(&noted.seen) };
        act()?;
        let after = self.look(&before);
        noted.seen = Arc::clone(&after);
        noted.steps.push(DiskStep { operation, before, after });
        Ok(())
    }

    /// The watched files as they are. What did not change is kept once.
    fn look(&self, last: &Arc<SeenFiles>) -> Arc<SeenFiles> {
        let mut seen = SeenFiles::new();
        let mut folders = vec![self.watched.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(self.folder.join(&folder)) else { continue };
            for entry in entries.flatten() {
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                match fs::read(entry.path()) {
                    Ok(bytes) => {
                        let kept = last.get(&name).filter(|kept| ***kept == bytes).map(Arc::clone);
                        seen.insert(name, kept.unwrap_or_else(|| Arc::new(bytes)));
                    }
                    // A folder; or a file that its owner has removed meanwhile, in which nothing is found.
                    Err(_) => folders.push(name),
                }
            }
        }
        if seen == **last { Arc::clone(last) } else { Arc::new(seen) }
    }
}

/// A medium under which every operation is noted.
pub struct PowerMedium {
    /// The medium below.
    pub inner: Arc<dyn Medium>,
    /// Where it is noted.
    pub disk: Arc<PowerDisk>,
}

impl Medium for PowerMedium {
    fn read_at(&self, file: &str, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
        self.inner.read_at(file, offset, length)
    }

    fn write_at(&self, file: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault> {
        let noted = Arc::new(bytes.to_vec());
        let operation = DiskOperation::Write { file: file.to_owned(), offset, bytes: noted };
        self.disk.note(operation, || self.inner.write_at(file, offset, bytes))
    }

    fn sync(&self, file: &str) -> Result<(), Fault> {
        let operation = DiskOperation::Sync { file: file.to_owned() };
        self.disk.note(operation, || self.inner.sync(file))
    }

    fn sync_folder(&self, folder: &str) -> Result<(), Fault> {
        let operation = DiskOperation::SyncFolder { folder: folder.to_owned() };
        self.disk.note(operation, || self.inner.sync_folder(folder))
    }

    fn length(&self, file: &str) -> Result<Option<u64>, Fault> {
        self.inner.length(file)
    }

    fn cut(&self, file: &str, length: u64) -> Result<(), Fault> {
        let operation = DiskOperation::Cut { file: file.to_owned(), length };
        self.disk.note(operation, || self.inner.cut(file, length))
    }

    fn remove(&self, file: &str) -> Result<(), Fault> {
        let operation = DiskOperation::Remove { file: file.to_owned() };
        self.disk.note(operation, || self.inner.remove(file))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Fault> {
        let operation = DiskOperation::Rename { from: from.to_owned(), to: to.to_owned() };
        self.disk.note(operation, || self.inner.rename(from, to))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Fault> {
        self.inner.list(folder)
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, Fault> {
        self.inner.files_below(folder)
    }

    fn sync_below(&self, folder: &str) -> Result<(), Fault> {
        let operation = DiskOperation::SyncBelow { folder: folder.to_owned() };
        self.disk.note(operation, || self.inner.sync_below(folder))
    }

    fn remove_below(&self, folder: &str) -> Result<(), Fault> {
        let operation = DiskOperation::RemoveBelow { folder: folder.to_owned() };
        self.disk.note(operation, || self.inner.remove_below(folder))
    }

    fn hide(&self, file: &str) {
        self.inner.hide(file);
    }

    fn room(&self) -> Result<u64, Fault> {
        self.inner.room()
    }
}
