//! The rows below the overlay, in sled: one tree, keys as `records::codec` writes them, and the mark behind them.
//!
//! sled is never asked to be durable. Rows reach it in checkpoints. A state that was not brought to rest by a clean
//! close is believed only after a killed process, and only if all its rows add up to what its mark says.

mod checkpoint;
mod mark;
mod release;
pub mod running;
pub mod seal;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

pub use self::checkpoint::{Checkpoints, Rest};
pub use self::mark::{Mark, RowDigest, RowHasher};
#[cfg(test)]
pub use self::release::wait_for_release;
pub use self::seal::{FILE as SEAL_FILE, Seal, remove as remove_seal};

use super::medium::Medium;
use crate::records::codec;
use crate::records::fold::StoredRow;
use crate::records::row::{Row, RowKey};
use crate::vocabulary::fault::Fault;

/// The folder of sled's files.
pub const FOLDER: &str = "state";
/// Where it is moved before it is removed, so that it is there whole or not at all.
pub const ASIDE: &str = "state.discarded";

/// Room that sled may need on the disk for a row: it writes a page anew for a few rows, and moves old pages.
const ROOM_PER_ROW: u64 = 1 << 10;
/// Room that it may need whatever is written: segments that it begins, and its snapshot.
const ROOM_AT_LEAST: u64 = 2 << 20;

/// Where sled works, and how.
#[derive(Clone)]
pub struct Place {
    /// The files, as the ledger sees them.
    pub medium: Arc<dyn Medium>,
    /// The folder of the ledger, as sled sees it.
    pub ledger_folder: PathBuf,
    /// Memory that sled may use for its cache.
    pub cache_bytes: u64,
    /// Makes the hashes of rows.
    pub hasher: RowHasher,
}

impl Place {
    fn folder(&self) -> PathBuf {
        self.ledger_folder.join(FOLDER)
    }
}

/// Rows in sled.
pub struct SledRows {
    place: Place,
    /// Gone once the store was closed: sled holds a lock of its own on the folder.
    db: RwLock<Option<sled::Db>>,
    mark: Mutex<Mark>,
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
    /// Opens the rows of a ledger's folder; makes an empty state where there is none.
    pub fn open(place: Place) -> Result<Self, Fault> {
        let db = open_db(&place.folder(), place.cache_bytes)?;
        let mark = read_mark(&db)?;
        Ok(Self { place, db: RwLock::new(Some(db)), mark: Mutex::new(mark) })
    }

    /// Moves whatever state there is aside and removes it.
    pub fn discard(medium: &dyn Medium) -> Result<(), Fault> {
        medium.remove_below(ASIDE)?;
        if !medium.files_below(FOLDER)?.is_empty() {
            medium.rename(FOLDER, ASIDE)?;
            medium.remove_below(ASIDE)?;
        }
        Ok(())
    }

    fn db(&self) -> Result<sled::Db, Fault> {
        self.db.read().clone().ok_or_else(|| Fault::medium("read state", &"it was closed"))
    }

    /// Gives the folder back, and makes what is in it durable: sled's own flush does not wait for the disk.
    /// `Partial` when sled would not let go of its files, so that nobody may rely on them.
    pub fn close(&self) -> Result<Rest, Fault> {
        let Some(rest) = self.let_go()? else { return Ok(Rest::Complete) };
        self.place.medium.sync_below(FOLDER)?;
        Ok(rest)
    }

    /// Gives the folder back; `None` where that was done before.
    fn let_go(&self) -> Result<Option<Rest>, Fault> {
        let Some(db) = self.db.write().take() else { return Ok(None) };
        let flushed = db.flush().map_err(|error| failed("flush state", &error));
        drop(db);
        let rest = release::wait_for_release(&self.place.folder())?;
        flushed?;
        Ok(Some(rest))
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
        for pair in self.db()?.range::<&[u8], _>(..mark::KEY.as_slice()) {
            let (key, value) = pair.map_err(|error| failed("read state", &error))?;
            each(key.to_vec(), codec::decode_row(&value)?)?;
        }
        Ok(())
    }

    /// Writes rows as one atomic batch, and with them the mark that they add up to. `last` are seq, root and promise
    /// of a checkpoint that ends with this batch.
    fn write_batch(&self, rows: &[(&RowKey, &Arc<Row>)], last: Option<Mark>) -> Result<(), Fault> {
        let db = self.db()?;
        let mut mark = self.mark.lock();
        let mut next = *mark;
        let mut batch = sled::Batch::default();
        for (key, row) in rows {
            let (key, value) = (codec::encode_key(key), codec::encode_row(row)?);
            if let Some(old) = db.get(&key).map_err(|error| failed("read state", &error))? {
                next.digest.take(self.place.hasher.row(&key, &old));
            }
            next.digest.add(self.place.hasher.row(&key, &value));
            batch.insert(key, value);
        }
        if let Some(last) = last {
            next = Mark { digest: next.digest, ..last };
        }
        batch.insert(&mark::KEY, next.encode());
        db.apply_batch(batch).map_err(|error| failed("write state", &error))?;
        *mark = next;
        Ok(())
    }

    /// Refuses to begin a checkpoint on a full disk. A write that fails inside sled cannot be tried again before it is
    /// opened anew, and until then it cannot read what it failed to write either.
    fn check_room(&self, rows: usize) -> Result<(), Fault> {
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        let needed = rows.saturating_mul(ROOM_PER_ROW).saturating_add(ROOM_AT_LEAST);
        let left = self.place.medium.room()?;
        if left < needed {
            let why = format!("the disk has {left} bytes left, and {needed} may be needed");
            return Err(Fault::medium("write state", &why));
        }
        Ok(())
    }

    /// Waits until sled has written what was given to it.
    fn flush(&self) -> Result<(), Fault> {
        self.db()?.flush().map(|_| ()).map_err(|error| failed("flush state", &error))
    }

    /// Up to where the rows go.
    pub fn mark(&self) -> Mark {
        *self.mark.lock()
    }

    /// The last record that the meta row knows.
    pub fn last_seq(&self) -> Result<u64, Fault> {
        Ok(self.row(&RowKey::Meta)?.and_then(|row| row.seq()).unwrap_or(0))
    }

    /// Whether the rows add up to what the mark says.
    pub fn add_up(&self) -> Result<bool, Fault> {
        let mut digest = RowDigest::default();
        for pair in self.db()?.range::<&[u8], _>(..mark::KEY.as_slice()) {
            let (key, value) = pair.map_err(|error| failed("read state", &error))?;
            digest.add(self.place.hasher.row(&key, &value));
        }
        Ok(digest == self.mark().digest)
    }

    /// Throws every row away, with the files that held them: cleared rows would stay in sled's log.
    pub fn renew(&self) -> Result<(), Fault> {
        self.let_go()?;
        Self::discard(self.place.medium.as_ref())?;
        *self.db.write() = Some(open_db(&self.place.folder(), self.place.cache_bytes)?);
        *self.mark.lock() = Mark::default();
        Ok(())
    }

    /// Bytes that the files take.
    pub fn bytes(&self) -> Result<u64, Fault> {
        let medium = self.place.medium.as_ref();
        let mut lengths = medium.files_below(FOLDER)?.into_iter().map(|file| medium.length(&file));
        lengths.try_fold(0_u64, |sum, length| Ok(sum.saturating_add(length?.unwrap_or(0))))
    }
}

/// An opening that failed halfway gives the folder back too.
impl Drop for SledRows {
    fn drop(&mut self) {
        // Nothing is lost with these rows: the journal has all of them.
        let _ = self.let_go();
    }
}

fn open_db(folder: &Path, cache_bytes: u64) -> Result<sled::Db, Fault> {
    let opened = sled::Config::new().path(folder).cache_capacity(cache_bytes).open();
    opened.map_err(|error| failed("open state", &error))
}

/// The mark; that of no rows where it cannot be read, so that whatever is there does not add up to it.
fn read_mark(db: &sled::Db) -> Result<Mark, Fault> {
    let bytes = db.get(mark::KEY).map_err(|error| failed("read state", &error))?;
    Ok(bytes.and_then(|bytes| Mark::decode(&bytes)).unwrap_or_default())
}

/// sled's snapshot in the making blocks every later opening when a crash left it behind.
pub fn remove_unfinished_snapshots(medium: &dyn Medium) -> Result<(), Fault> {
    for name in medium.files_below(FOLDER)? {
        if is_unfinished_snapshot(&name) {
            medium.remove(&name)?;
        }
    }
    Ok(())
}

/// Whether a file is such a snapshot.
pub fn is_unfinished_snapshot(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.starts_with("snap.") && file.ends_with(".generating")
}
