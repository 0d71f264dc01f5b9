//! Where records lie in the journal, in rows of 64 places.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::view::JournaledView;
use crate::records::row::{Extent, RECORDS_PER_PLACEMENT, Row, RowKey};
use crate::records::rows::{ByKey, RowReader};
use crate::vocabulary::fault::Fault;

/// Rows of places in the journal.
pub(super) type Placements = ByKey<Arc<Row>>;

/// The rows that take the places of so many new records, as they are. Read before anything is written, because
/// it can fail.
pub(super) fn placements(view: &JournaledView, first_seq: u64, count: u64) -> Result<Placements, Fault> {
    let mut rows = Placements::default();
    for seq in first_seq..first_seq.saturating_add(count) {
        if let Entry::Vacant(entry) = rows.entry(RowKey::Placement(placement_of(seq).0)) {
            let old = RowReader::row(view, entry.key())?;
            entry.insert(old.unwrap_or_else(|| Arc::new(Row::Placement(Vec::new()))));
        }
    }
    Ok(rows)
}

/// Adds the places of new records to their rows.
pub(super) fn place(first_seq: u64, extents: &[Extent], placements: &mut Placements) {
    for (seq, extent) in (first_seq..).zip(extents) {
        let (block, at) = placement_of(seq);
        if let Some(Row::Placement(places)) = placements.get_mut(&RowKey::Placement(block)).map(Arc::make_mut)
        {
            places.truncate(at);
            places.push(*extent);
        }
    }
}

/// The block that has the place of a record, and the position in it.
pub(super) fn placement_of(seq: u64) -> (u64, usize) {
    let from_zero = seq.saturating_sub(1);
    let position = usize::try_from(from_zero.checked_rem(RECORDS_PER_PLACEMENT).unwrap_or(0)).unwrap_or(0);
    (from_zero.checked_div(RECORDS_PER_PLACEMENT).unwrap_or(0), position)
}
