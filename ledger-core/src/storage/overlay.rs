//! The overlay: rows that were changed since the last checkpoint, in memory, with as many versions as open
//! views need. Reads look through it at whatever lies below.
//!
//! Two layers: `active` takes what is published; at a checkpoint it becomes `frozen` and is written below
//! while a new active layer goes on. A frozen layer may go below only when no open view is older than it,
//! because below there is one version of each row.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex, RwLock};

use super::Head;
use crate::records::row::{Row, RowKey};
use crate::records::rows::{ByKey, Rows};

/// Changed rows over what lies below.
pub struct Overlay {
    published: Mutex<Published>,
    unpinned: Condvar,
    layers: RwLock<Layers>,
}

/// The head that views see, and the heads of open views.
struct Published {
    head: Head,
    pins: BTreeMap<u64, usize>,
    /// Nothing waits for views any more.
    closing: bool,
}

#[derive(Default)]
struct Layers {
    active: Layer,
    frozen: Option<Arc<Layer>>,
}

/// Rows by key, each with its versions.
#[derive(Default)]
pub struct Layer {
    rows: ByKey<Versions>,
    /// The keys of the kinds of rows that are read by ranges.
    ranged: BTreeSet<RowKey>,
    /// The head when the layer was frozen.
    head: Head,
}

struct Versions {
    newest: Version,
    /// Those that an open view may need, oldest first.
    older: Vec<Version>,
}

struct Version {
    seq: u64,
    row: Arc<Row>,
}

impl Layer {
    fn at(&self, key: &RowKey, seq: u64) -> Option<Arc<Row>> {
        self.rows.get(key)?.at(seq)
    }

    /// The newest version of every row, in key order.
    pub fn newest(&self) -> Vec<(&RowKey, &Arc<Row>)> {
        let mut rows: Vec<_> = self.rows.iter().map(|(key, versions)| (key, &versions.newest.row)).collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        rows
    }

    /// The head when the layer was frozen.
    pub fn head(&self) -> Head {
        self.head
    }

    fn put(&mut self, key: RowKey, version: Version, oldest_needed: Option<u64>) {
        match self.rows.entry(key) {
            Entry::Occupied(entry) => entry.into_mut().push(version, oldest_needed),
            Entry::Vacant(entry) => {
                if entry.key().is_ranged() {
                    self.ranged.insert(entry.key().clone());
                }
                entry.insert(Versions { newest: version, older: Vec::new() });
            }
        }
    }
}

impl Versions {
    fn at(&self, seq: u64) -> Option<Arc<Row>> {
        let found = if self.newest.seq <= seq {
            Some(&self.newest)
        } else {
            self.older.iter().rev().find(|version| version.seq <= seq)
        };
        found.map(|version| Arc::clone(&version.row))
    }

    fn push(&mut self, version: Version, oldest_needed: Option<u64>) {
        let before = core::mem::replace(&mut self.newest, version);
        match oldest_needed {
            None => self.older.clear(),
            // Of the versions that the oldest view could read, only the newest is read.
            Some(oldest) => {
                self.older.push(before);
                let readable = self.older.iter().filter(|version| version.seq <= oldest).count();
                self.older.drain(..readable.saturating_sub(1));
            }
        }
    }
}

impl Overlay {
    /// An empty overlay at a head.
    pub fn new(head: Head) -> Self {
        let published = Mutex::new(Published { head, pins: BTreeMap::new(), closing: false });
        Self { published, unpinned: Condvar::new(), layers: RwLock::default() }
    }

    /// The head that views see.
    pub fn head(&self) -> Head {
        self.published.lock().head
    }

    /// Publishes rows together with the head that they belong to.
    pub fn publish(&self, rows: Rows, head: Head) {
        // Held together, so that a view opened now sees the old head with the old rows or both new.
        let mut published = self.published.lock();
        let mut layers = self.layers.write();
        let oldest_needed = published.pins.keys().next().copied();
        for (key, row) in rows {
            layers.active.put(key, Version { seq: head.seq, row }, oldest_needed);
        }
        published.head = head;
    }

    /// Pins the published head: what is visible at it stays visible until it is unpinned.
    pub fn pin(&self) -> Head {
        let mut published = self.published.lock();
        let head = published.head;
        let count = published.pins.entry(head.seq).or_default();
        *count = count.saturating_add(1);
        head
    }

    /// Gives a pinned head up.
    pub fn unpin(&self, seq: u64) {
        let mut published = self.published.lock();
        if let Some(count) = published.pins.get_mut(&seq) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                published.pins.remove(&seq);
            }
        }
        self.unpinned.notify_all();
    }

    /// The row as it was at a seq, if it was changed since the last checkpoint.
    pub fn row_at(&self, key: &RowKey, seq: u64) -> Option<Arc<Row>> {
        let layers = self.layers.read();
        layers.active.at(key, seq).or_else(|| layers.frozen.as_ref()?.at(key, seq))
    }

    /// All rows that were changed since the last checkpoint, as they were at a seq, in no order.
    pub fn rows_at(&self, seq: u64) -> Rows {
        let layers = self.layers.read();
        let mut found: ByKey<Arc<Row>> = ByKey::default();
        for layer in layers.frozen.as_deref().into_iter().chain([&layers.active]) {
            let visible =
                layer.rows.iter().filter_map(|(key, versions)| Some((key.clone(), versions.at(seq)?)));
            found.extend(visible);
        }
        found.into_iter().collect()
    }

    /// Rows of kinds that are read by ranges, with keys from a bound up to, and without, `to`, as they were at a seq, in key order, at most `limit`.
    pub fn range_at(
        &self,
        from: Bound<&RowKey>,
        to: &RowKey,
        seq: u64,
        limit: usize,
    ) -> Vec<(RowKey, Arc<Row>)> {
        let layers = self.layers.read();
        let mut found: BTreeMap<&RowKey, Arc<Row>> = BTreeMap::new();
        let oldest_first = layers.frozen.as_deref().into_iter().chain([&layers.active]);
        for layer in oldest_first {
            let keys = layer.ranged.range((from, Bound::Excluded(to)));
            let visible = keys.filter_map(|key| Some((key, layer.at(key, seq)?)));
            found.extend(visible.take(limit));
        }
        found.into_iter().take(limit).map(|(key, row)| (key.clone(), row)).collect()
    }

    /// Freezes the active layer, unless one is frozen already or there is nothing to freeze.
    pub fn freeze(&self) -> Option<Arc<Layer>> {
        let published = self.published.lock();
        let mut layers = self.layers.write();
        if layers.frozen.is_some() || layers.active.rows.is_empty() {
            return None;
        }
        let mut frozen = core::mem::take(&mut layers.active);
        frozen.head = published.head;
        let frozen = Arc::new(frozen);
        layers.frozen = Some(Arc::clone(&frozen));
        Some(frozen)
    }

    /// How many rows have changed since the last checkpoint began.
    pub fn active_rows(&self) -> usize {
        self.layers.read().active.rows.len()
    }

    /// The frozen layer, if one has not gone below yet.
    pub fn frozen(&self) -> Option<Arc<Layer>> {
        self.layers.read().frozen.clone()
    }

    /// Waits until no open view is older than a seq; false when the overlay closes and one still is.
    pub fn wait_for_older_views(&self, seq: u64) -> bool {
        let mut published = self.published.lock();
        loop {
            let is_free = published.pins.keys().next().is_none_or(|oldest| *oldest >= seq);
            if is_free || published.closing {
                return is_free;
            }
            self.unpinned.wait(&mut published);
        }
    }

    /// Waits a little for open views, then keeps nothing waiting for them any more.
    pub fn stop_waiting(&self, at_most: Duration) {
        let mut published = self.published.lock();
        let _ = self.unpinned.wait_while_for(&mut published, |published| !published.pins.is_empty(), at_most);
        published.closing = true;
        self.unpinned.notify_all();
    }

    /// Drops the frozen layer, once its rows are below.
    pub fn thaw(&self) {
        self.layers.write().frozen = None;
    }

    /// Forgets every row: the state below was replaced.
    pub fn clear(&self, head: Head) {
        let mut published = self.published.lock();
        *self.layers.write() = Layers::default();
        published.head = head;
    }
}
