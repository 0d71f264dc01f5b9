//! Files in memory, for ledgers that need not stay.

use std::collections::BTreeMap;

use parking_lot::RwLock;

use super::Medium;
use crate::vocabulary::fault::Fault;

/// Files in memory.
#[derive(Default)]
pub struct MemoryMedium {
    files: RwLock<BTreeMap<String, Vec<u8>>>,
}

#[cfg(feature = "testkit")]
impl MemoryMedium {
    /// Files with these contents.
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files: RwLock::new(files) }
    }

    /// The contents of all files.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.read().clone()
    }
}

fn position(offset: u64) -> Result<usize, Fault> {
    usize::try_from(offset).map_err(|error| Fault::medium("address memory", &error))
}

impl Medium for MemoryMedium {
    fn read_at(&self, file: &str, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
        let files = self.files.read();
        let bytes = files.get(file).ok_or_else(|| Fault::medium(format!("read {file}"), &"no such file"))?;
        let from = position(offset)?.min(bytes.len());
        let to = from.saturating_add(length).min(bytes.len());
        Ok(bytes.get(from..to).unwrap_or_default().to_vec())
    }

    fn write_at(&self, file: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault> {
        let from = position(offset)?;
        let to = from.saturating_add(bytes.len());
        let mut files = self.files.write();
        let held = files.entry(file.to_owned()).or_default();
        if held.len() < to {
            held.resize(to, 0);
        }
        if let Some(place) = held.get_mut(from..to) {
            place.copy_from_slice(bytes);
        }
        Ok(())
    }

    fn sync(&self, _file: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn sync_folder(&self, _folder: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn length(&self, file: &str) -> Result<Option<u64>, Fault> {
        Ok(self.files.read().get(file).and_then(|bytes| u64::try_from(bytes.len()).ok()))
    }

    fn cut(&self, file: &str, length: u64) -> Result<(), Fault> {
        let length = position(length)?;
        if let Some(bytes) = self.files.write().get_mut(file) {
            bytes.truncate(length);
        }
        Ok(())
    }

    fn remove(&self, file: &str) -> Result<(), Fault> {
        self.files.write().remove(file);
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Fault> {
        let mut files = self.files.write();
        if let Some(bytes) = files.remove(from) {
            files.insert(to.to_owned(), bytes);
        }
        Ok(())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Fault> {
        let inside = format!("{folder}/");
        Ok(self
            .files
            .read()
            .keys()
            .filter_map(|name| name.strip_prefix(&inside))
            .map(str::to_owned)
            .collect())
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, Fault> {
        let inside = format!("{folder}/");
        Ok(self.files.read().keys().filter(|name| name.starts_with(&inside)).cloned().collect())
    }

    fn sync_below(&self, _folder: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn remove_below(&self, folder: &str) -> Result<(), Fault> {
        let inside = format!("{folder}/");
        self.files.write().retain(|name, _| !name.starts_with(&inside));
        Ok(())
    }

    fn room(&self) -> Result<u64, Fault> {
        Ok(u64::MAX)
    }
}
