//! Files in a folder of the operating system.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

use super::Medium;
use crate::vocabulary::fault::Fault;

/// Files that are kept open.
const HANDLES_MAX: usize = 64;

/// A folder, with its files kept open once they were used.
pub struct FolderMedium {
    folder: PathBuf,
    access: Access,
    open: Mutex<BTreeMap<String, Arc<File>>>,
}

/// What may be done with files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    ReadAndWrite,
    ReadOnly,
}

impl FolderMedium {
    /// The folder, which must exist.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), access: Access::ReadAndWrite, open: Mutex::default() }
    }

    /// The folder, in which nothing is written, made or removed.
    pub fn read_only(folder: &Path) -> Self {
        Self { access: Access::ReadOnly, ..Self::new(folder) }
    }

    fn check_writable(&self, doing: &str, file: &str) -> Result<(), Fault> {
        match self.access {
            Access::ReadAndWrite => Ok(()),
            Access::ReadOnly => Err(Fault::medium(format!("{doing} {file}"), &"opened for reading only")),
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// An open file; `None` where there is none and none is to be made.
    fn file(&self, file: &str, create: Create) -> Result<Option<Arc<File>>, Fault> {
        let mut open = self.open.lock();
        if let Some(handle) = open.get(file) {
            return Ok(Some(Arc::clone(handle)));
        }
        let path = self.path(file);
        if create == Create::IfMissing
            && let Some(folder) = path.parent()
        {
            fs::create_dir_all(folder)
                .map_err(|error| Fault::medium(format!("create folder of {file}"), &error))?;
        }
        let opened = OpenOptions::new()
            .read(true)
            .write(self.access == Access::ReadAndWrite)
            .create(create == Create::IfMissing)
            .truncate(false)
            .open(&path);
        match opened {
            Ok(handle) => {
                let handle = Arc::new(handle);
                // Somebody else may put another file in the place of one that is only read.
                if self.access == Access::ReadOnly && !file.contains('/') {
                    return Ok(Some(handle));
                }
                // Old segments are seldom read; no ledger needs many files at once.
                if open.len() >= HANDLES_MAX {
                    open.clear();
                }
                open.insert(file.to_owned(), Arc::clone(&handle));
                Ok(Some(handle))
            }
            Err(error) if create == Create::Never && is_not_there(&error) => Ok(None),
            Err(error) => Err(Fault::medium(format!("open {file}"), &error)),
        }
    }

    /// Closes what is kept open of a file, or of files below a folder.
    fn forget_handles(&self, of: &str) {
        let is_of =
            |name: &str| name.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.open.lock().retain(|name, _| !is_of(name));
    }

    fn existing(&self, file: &str) -> Result<Arc<File>, Fault> {
        self.file(file, Create::Never)?.ok_or_else(|| Fault::medium(format!("open {file}"), &"no such file"))
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Create {
    IfMissing,
    Never,
}

/// Where the ledger's folder, or one in it, is a file, there is nothing below it either.
fn is_not_there(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[cfg(unix)]
fn read_some(file: &File, bytes: &mut [u8], offset: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_some(file: &File, bytes: &mut [u8], offset: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, offset)
}

#[cfg(unix)]
fn write_some(file: &File, bytes: &[u8], offset: u64) -> std::io::Result<usize> {
    std::os::unix::fs::FileExt::write_at(file, bytes, offset)
}

#[cfg(windows)]
fn write_some(file: &File, bytes: &[u8], offset: u64) -> std::io::Result<usize> {
    std::os::windows::fs::FileExt::seek_write(file, bytes, offset)
}

/// Goes on until all bytes have passed or the medium says zero.
fn in_full(
    length: usize,
    offset: u64,
    mut step: impl FnMut(usize, u64) -> std::io::Result<usize>,
) -> std::io::Result<usize> {
    let mut done = 0_usize;
    while done < length {
        let at = offset.saturating_add(u64::try_from(done).unwrap_or(u64::MAX));
        match step(done, at) {
            Ok(0) => break,
            Ok(count) => done = done.saturating_add(count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

impl Medium for FolderMedium {
    fn read_at(&self, file: &str, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
        let handle = self.existing(file)?;
        let mut bytes = vec![0; length];
        let read = in_full(length, offset, |done, at| {
            read_some(&handle, bytes.get_mut(done..).unwrap_or_default(), at)
        })
        .map_err(|error| Fault::medium(format!("read {file}"), &error))?;
        bytes.truncate(read);
        Ok(bytes)
    }

    fn write_at(&self, file: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault> {
        let failed = |error: &dyn std::fmt::Display| Fault::medium(format!("write {file}"), error);
        self.check_writable("write", file)?;
        let handle = self.file(file, Create::IfMissing)?.ok_or_else(|| failed(&"no such file"))?;
        let written = in_full(bytes.len(), offset, |done, at| {
            write_some(&handle, bytes.get(done..).unwrap_or_default(), at)
        })
        .map_err(|error| failed(&error))?;
        if written == bytes.len() { Ok(()) } else { Err(failed(&"the medium took only some of the bytes")) }
    }

    fn sync(&self, file: &str) -> Result<(), Fault> {
        self.existing(file)?.sync_data().map_err(|error| Fault::medium(format!("sync {file}"), &error))
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &str) -> Result<(), Fault> {
        let sync = || File::open(self.path(folder))?.sync_all();
        sync().map_err(|error| Fault::medium(format!("sync folder {folder}"), &error))
    }

    /// Folders cannot be synced there; names are durable with the file's own sync.
    #[cfg(windows)]
    fn sync_folder(&self, _folder: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn length(&self, file: &str) -> Result<Option<u64>, Fault> {
        match self.file(file, Create::Never)? {
            Some(handle) => {
                let length = handle
                    .metadata()
                    .map_err(|error| Fault::medium(format!("measure {file}"), &error))?
                    .len();
                Ok(Some(length))
            }
            None => Ok(None),
        }
    }

    fn cut(&self, file: &str, length: u64) -> Result<(), Fault> {
        self.check_writable("cut", file)?;
        self.existing(file)?.set_len(length).map_err(|error| Fault::medium(format!("cut {file}"), &error))
    }

    fn remove(&self, file: &str) -> Result<(), Fault> {
        self.check_writable("remove", file)?;
        self.open.lock().remove(file);
        match fs::remove_file(self.path(file)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Fault::medium(format!("remove {file}"), &error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Fault> {
        self.check_writable("rename", from)?;
        self.forget_handles(to);
        self.forget_handles(from);
        fs::rename(self.path(from), self.path(to))
            .map_err(|error| Fault::medium(format!("rename {from}"), &error))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Fault> {
        let failed = |error: std::io::Error| Fault::medium(format!("list {folder}"), &error);
        let entries = match fs::read_dir(self.path(folder)) {
            Ok(entries) => entries,
            Err(error) if is_not_there(&error) => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, Fault> {
        let failed = |error: std::io::Error| Fault::medium(format!("list {folder}"), &error);
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for name in self.list(&folder)? {
                let name = format!("{folder}/{name}");
                let is_folder = fs::metadata(self.path(&name)).map_err(failed)?.is_dir();
                if is_folder { folders.push(name) } else { files.push(name) }
            }
        }
        files.sort();
        Ok(files)
    }

    fn sync_below(&self, folder: &str) -> Result<(), Fault> {
        sync_tree(&self.path(folder)).map_err(|error| Fault::medium(format!("sync {folder}"), &error))
    }

    /// A file system without owners leaves it as it is.
    #[cfg(unix)]
    fn hide(&self, file: &str) {
        use std::os::unix::fs::PermissionsExt;
        if self.check_writable("hide", file).is_ok()
            && let Ok(Some(handle)) = self.file(file, Create::IfMissing)
        {
            let _ = handle.set_permissions(fs::Permissions::from_mode(0o600));
        }
    }

    fn close_files(&self) {
        self.open.lock().clear();
    }

    fn remove_below(&self, folder: &str) -> Result<(), Fault> {
        self.check_writable("remove", folder)?;
        self.forget_handles(folder);
        match fs::remove_dir_all(self.path(folder)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Fault::medium(format!("remove {folder}"), &error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn room(&self) -> Result<u64, Fault> {
        fs4::available_space(&self.folder)
            .map_err(|error| Fault::medium("ask for the room that is left", &error))
    }
}

fn sync_tree(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        } else {
            // Opened for writing, because not every system syncs what was opened for reading.
            OpenOptions::new().write(true).open(entry.path())?.sync_all()?;
        }
    }
    // Folders cannot be opened for syncing everywhere; where they cannot, names go with their files.
    File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
}
