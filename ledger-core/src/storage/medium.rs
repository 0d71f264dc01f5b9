//! The medium: the few things that a ledger asks of a disk. Everything goes through it but what sled itself does
//! to its files, so a disk that loses or damages bytes can be put under every file of a ledger.

#[cfg(any(test, feature = "testkit"))]
pub mod faulty;
pub mod folder;
pub mod lock;
pub mod memory;
#[cfg(any(test, feature = "testkit"))]
pub mod power;

use crate::vocabulary::fault::Fault;

/// Files by name below one folder; `/` separates folders.
pub trait Medium: Send + Sync {
    /// Reads up to `length` bytes at an offset; fewer at the end of the file.
    fn read_at(&self, file: &str, offset: u64, length: usize) -> Result<Vec<u8>, Fault>;
    /// Writes bytes at an offset; makes the file, and fills a gap with zeros.
    fn write_at(&self, file: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault>;
    /// Makes what was written to a file durable.
    fn sync(&self, file: &str) -> Result<(), Fault>;
    /// Makes names created, renamed and removed in a folder durable.
    fn sync_folder(&self, folder: &str) -> Result<(), Fault>;
    /// The length of a file; `None` where there is none.
    fn length(&self, file: &str) -> Result<Option<u64>, Fault>;
    /// Cuts a file.
    fn cut(&self, file: &str, length: u64) -> Result<(), Fault>;
    /// Removes a file, if it is there.
    fn remove(&self, file: &str) -> Result<(), Fault>;
    /// Gives a file or a folder another name; a file takes the place of whatever had it.
    fn rename(&self, from: &str, to: &str) -> Result<(), Fault>;
    /// The names of the files in a folder, sorted; none where there is no folder.
    fn list(&self, folder: &str) -> Result<Vec<String>, Fault>;
    /// All files below a folder, however deep, sorted, each with the name that the other calls take.
    fn files_below(&self, folder: &str) -> Result<Vec<String>, Fault>;
    /// Makes everything below a folder durable, whoever wrote it: files, their names, the folder.
    fn sync_below(&self, folder: &str) -> Result<(), Fault>;
    /// Removes a folder with everything in it, if it is there.
    fn remove_below(&self, folder: &str) -> Result<(), Fault>;
    /// Bytes that can still be written, as far as that is known.
    fn room(&self) -> Result<u64, Fault>;
    /// Lets nobody but its owner read a file, made if there is none; where owners are unknown, nothing comes of it.
    fn hide(&self, _file: &str) {}
    /// Closes what is kept open, so that files which took the place of others are seen.
    fn close_files(&self) {}
}

/// The whole of a file; `None` where there is none.
pub fn read_whole(medium: &dyn Medium, file: &str) -> Result<Option<Vec<u8>>, Fault> {
    let Some(length) = medium.length(file)? else {
        return Ok(None);
    };
    let length = usize::try_from(length).map_err(|error| Fault::medium(format!("read {file}"), &error))?;
    medium.read_at(file, 0, length).map(Some)
}

/// Writes a whole small file so that it is there completely or not at all.
pub fn write_whole(medium: &dyn Medium, file: &str, bytes: &[u8]) -> Result<(), Fault> {
    medium.remove(&draft_of(file))?;
    write_and_rename(medium, file, bytes)
}

/// As [`write_whole`], for its owner alone to read.
pub fn write_whole_hidden(medium: &dyn Medium, file: &str, bytes: &[u8]) -> Result<(), Fault> {
    medium.remove(&draft_of(file))?;
    medium.hide(&draft_of(file));
    write_and_rename(medium, file, bytes)
}

/// The name under which a file is written before it takes its own.
pub fn draft_of(file: &str) -> String {
    format!("{file}.new")
}

fn write_and_rename(medium: &dyn Medium, file: &str, bytes: &[u8]) -> Result<(), Fault> {
    let draft = draft_of(file);
    medium.write_at(&draft, 0, bytes)?;
    medium.sync(&draft)?;
    medium.rename(&draft, file)?;
    medium.sync_folder("")
}
