//! What was read of the journal last: it never changes, so whoever reads it again need not ask the disk.
//!
//! Beginnings of records, which pages of histories are made of, and the places of records. Nothing personal is in either:
//! that is sealed, in the part of a record which is not kept here.

use std::sync::Arc;

use quick_cache::sync::Cache;

use crate::records::record::RecordHead;
use crate::records::row::{Extent, RECORDS_PER_PLACEMENT};
use crate::vocabulary::fault::Fault;

/// For so many bytes of sled's cache, one beginning of a record is kept, of about 600 bytes.
const BYTES_PER_HEAD: u64 = 4 << 10;
/// For so many bytes of sled's cache, one block of places is kept, of about 600 bytes.
const BYTES_PER_BLOCK: u64 = 8 << 10;

/// Beginnings of records by seq, and places by block of 64 records.
pub struct ReadCache {
    heads: Cache<u64, Arc<RecordHead>>,
    places: Cache<u64, Arc<[Extent]>>,
}

impl ReadCache {
    /// An empty cache, a fifth as large as one of so many bytes.
    pub fn new(cache_bytes: u64) -> Self {
        let many =
            |each| usize::try_from(cache_bytes.checked_div(each).unwrap_or(0)).unwrap_or(usize::MAX).max(64);
        Self { heads: Cache::new(many(BYTES_PER_HEAD)), places: Cache::new(many(BYTES_PER_BLOCK)) }
    }

    /// Forgets everything: places come from the state, which may have been wrong.
    pub fn clear(&self) {
        self.heads.clear();
        self.places.clear();
    }

    /// The beginning of a record, read now or before.
    pub fn head(
        &self,
        seq: u64,
        read: impl FnOnce() -> Result<RecordHead, Fault>,
    ) -> Result<Arc<RecordHead>, Fault> {
        if let Some(held) = self.heads.get(&seq) {
            return Ok(held);
        }
        let head = Arc::new(read()?);
        self.heads.insert(seq, Arc::clone(&head));
        Ok(head)
    }

    /// The places of the records of a block, read now or before. A block that is not full yet is not kept.
    pub fn places(
        &self,
        block: u64,
        read: impl FnOnce() -> Result<Arc<[Extent]>, Fault>,
    ) -> Result<Arc<[Extent]>, Fault> {
        if let Some(held) = self.places.get(&block) {
            return Ok(held);
        }
        let places = read()?;
        if u64::try_from(places.len()) == Ok(RECORDS_PER_PLACEMENT) {
            self.places.insert(block, Arc::clone(&places));
        }
        Ok(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_of(count: u64) -> Arc<[Extent]> {
        (0..count).map(|number| Extent { segment: 1, offset: u32::try_from(number).unwrap() }).collect()
    }

    /// The last block still grows: kept, it would hide the records that come.
    #[test]
    fn only_whole_blocks_are_kept() {
        let cache = ReadCache::new(1 << 20);
        let partly = block_of(RECORDS_PER_PLACEMENT - 1);
        let whole = block_of(RECORDS_PER_PLACEMENT);
        assert_eq!(cache.places(7, || Ok(Arc::clone(&partly))), Ok(partly));
        assert_eq!(cache.places(7, || Ok(Arc::clone(&whole))), Ok(Arc::clone(&whole)));
        assert_eq!(cache.places(7, || Err(Fault::state("asked again", 0))), Ok(whole));
        assert!(cache.places(8, || Err(Fault::state("not kept", 0))).is_err());
    }
}
