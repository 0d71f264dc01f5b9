//! The medium: the few things that a ledger asks of a disk. Everything but sled's own files goes through it,
//! so a disk that loses or damages bytes can be put under every file of a ledger.

#[cfg(any(test, feature = "testkit"))]
pub mod faulty;
pub mod folder;
pub mod memory;

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
    /// Gives a file another name, in the place of whatever had it.
    fn rename(&self, from: &str, to: &str) -> Result<(), Fault>;
    /// The names of the files in a folder, sorted; none where there is no folder.
    fn list(&self, folder: &str) -> Result<Vec<String>, Fault>;
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
    let draft = format!("{file}.new");
    medium.remove(&draft)?;
    medium.write_at(&draft, 0, bytes)?;
    medium.sync(&draft)?;
    medium.rename(&draft, file)?;
    medium.sync_folder("")
}
