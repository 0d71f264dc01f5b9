//! The rows below the overlay, in sled: one tree, keys as `records::codec` writes them.
//!
//! sled is never asked to be durable. Rows reach it in checkpoints, and a state that was not brought to rest
//! by a clean close is rebuilt from the journal.

mod checkpoint;
mod release;
mod seal;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::RwLock;

pub use self::checkpoint::{Checkpoints, Rest};
pub use self::seal::{Seal, remove as remove_seal};

use crate::records::codec;
use crate::records::fold::StoredRow;
use crate::records::row::{Row, RowKey};
use crate::vocabulary::fault::Fault;

/// The folder of sled's files.
pub const FOLDER: &str = "state";

/// Rows in sled.
pub struct SledRows {
    ledger_folder: PathBuf,
    folder: PathBuf,
    cache_bytes: u64,
    /// Gone once the store was closed: sled holds a lock of its own on the folder.
    db: RwLock<Option<sled::Db>>,
}

fn failed(doing: &str, error: &sled::Error) -> Fault {
    match error {
        sled::Error::Corruption { .. } => Fault::state(format!("sled: {error}"), 0),
        sled::Error::Io(_)
        | sled::Error::CollectionNotFound(_)
        | sled::Error::Unsupported(_)
        | sled::Error::ReportableBug(_) => Fault::medium(doing, error),
    }
}

impl SledRows {
    /// Opens the rows of a ledger's folder.
    pub fn open(ledger_folder: &Path, cache_bytes: u64) -> Result<Self, Fault> {
        let folder = ledger_folder.join(FOLDER);
        remove_unfinished_snapshots(&folder)?;
        let db = RwLock::new(Some(Self::open_db(&folder, cache_bytes)?));
        Ok(Self { ledger_folder: ledger_folder.to_owned(), folder, cache_bytes, db })
    }

    /// Moves whatever state there is aside and removes it.
    pub fn discard(ledger_folder: &Path) -> Result<(), Fault> {
        let folder = ledger_folder.join(FOLDER);
        let aside = ledger_folder.join("state.discarded");
        for path in [&aside, &folder] {
            let gone = if path == &folder && folder.exists() {
                fs::rename(&folder, &aside).and_then(|()| fs::remove_dir_all(&aside))
            } else if path.exists() {
                fs::remove_dir_all(path)
            } else {
                Ok(())
            };
            gone.map_err(|error| Fault::medium("discard state", &error))?;
        }
        Ok(())
    }

    fn db(&self) -> Result<sled::Db, Fault> {
        self.db.read().clone().ok_or_else(|| Fault::medium("read state", &"it was closed"))
    }

    /// Gives the folder back, and makes what is in it durable: sled's own flush does not wait for the disk.
    /// `Partial` when sled would not let go of its files, so that nobody may rely on them.
    pub fn close(&self) -> Result<Rest, Fault> {
        let Some(db) = self.db.write().take() else { return Ok(Rest::Complete) };
        let flushed = db.flush().map_err(|error| failed("flush state", &error));
        drop(db);
        let rest = release::wait_for_release(&self.folder)?;
        flushed?;
        sync_folder(&self.folder).map_err(|error| Fault::medium("sync state", &error))?;
        Ok(rest)
    }

    /// A row.
    pub fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        let bytes = self.db()?.get(codec::encode_key(key)).map_err(|error| failed("read state", &error))?;
        bytes.map(|bytes| codec::decode_row(&bytes).map(Arc::new)).transpose()
    }

    /// Rows between two keys, both excluded, in key order, at most `limit`.
    pub fn between(&self, after: &[u8], to: &[u8], limit: usize) -> Result<Vec<StoredRow>, Fault> {
        let range = (std::ops::Bound::Excluded(after), std::ops::Bound::Excluded(to));
        let mut rows = Vec::new();
        for pair in self.db()?.range::<&[u8], _>(range).take(limit) {
            let (key, value) = pair.map_err(|error| failed("read state", &error))?;
            rows.push((key.to_vec(), Arc::new(codec::decode_row(&value)?)));
        }
        Ok(rows)
    }

    /// Every row.
    pub fn each(&self, each: &mut dyn FnMut(Vec<u8>, Row) -> Result<(), Fault>) -> Result<(), Fault> {
        for pair in self.db()?.iter() {
            let (key, value) = pair.map_err(|error| failed("read state", &error))?;
            each(key.to_vec(), codec::decode_row(&value)?)?;
        }
        Ok(())
    }

    /// Writes rows as one atomic batch.
    fn write_batch(&self, rows: &[(&RowKey, &Arc<Row>)]) -> Result<(), Fault> {
        let mut batch = sled::Batch::default();
        for (key, row) in rows {
            batch.insert(codec::encode_key(key), codec::encode_row(row)?);
        }
        self.db()?.apply_batch(batch).map_err(|error| failed("write state", &error))
    }

    /// The seq up to which the rows go, as the meta row says.
    pub fn seq(&self) -> Result<u64, Fault> {
        Ok(self.row(&RowKey::Meta)?.and_then(|row| row.seq()).unwrap_or(0))
    }

    /// Throws every row away, with the files that held them: cleared rows would stay in sled's log.
    pub fn renew(&self) -> Result<(), Fault> {
        self.close()?;
        Self::discard(&self.ledger_folder)?;
        *self.db.write() = Some(Self::open_db(&self.folder, self.cache_bytes)?);
        Ok(())
    }

    fn open_db(folder: &Path, cache_bytes: u64) -> Result<sled::Db, Fault> {
        let opened = sled::Config::new().path(folder).cache_capacity(cache_bytes).open();
        opened.map_err(|error| failed("open state", &error))
    }

    /// Bytes that the files take.
    pub fn bytes(&self) -> Result<u64, Fault> {
        folder_bytes(&self.folder)
    }
}

/// An opening that failed halfway gives the folder back too.
impl Drop for SledRows {
    fn drop(&mut self) {
        // Nothing is lost with these rows: the journal has all of them.
        let _ = self.close();
    }
}

/// sled's snapshot in the making blocks every later opening when a crash left it behind.
fn remove_unfinished_snapshots(folder: &Path) -> Result<(), Fault> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(entry.path())
                .map_err(|error| Fault::medium(format!("remove state/{name}"), &error))?;
        }
    }
    Ok(())
}

fn sync_folder(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folder(&entry.path())?;
        } else {
            // Opened for writing, because not every system syncs what was opened for reading.
            fs::OpenOptions::new().write(true).open(entry.path())?.sync_all()?;
        }
    }
    // Folders cannot be opened for syncing everywhere; where they cannot, names go with their files.
    fs::File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
}

fn folder_bytes(folder: &Path) -> Result<u64, Fault> {
    let failed = |error: std::io::Error| Fault::medium("measure state", &error);
    let mut total = 0_u64;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let metadata = entry.metadata().map_err(failed)?;
        let more = if metadata.is_dir() { folder_bytes(&entry.path())? } else { metadata.len() };
        total = total.saturating_add(more);
    }
    Ok(total)
}
