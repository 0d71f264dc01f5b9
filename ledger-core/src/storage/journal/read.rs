//! Reading the journal: single records at their places, and all of it in order.

use super::group::{FRAME_LENGTH, decode_frame};
use super::scan::{self, Found, GroupReader, Position, ReadGroup};
use super::segment;
use crate::records::codec::{BYTES_MAX, decode_record, decode_record_head};
use crate::records::record::{Record, RecordHead};
use crate::records::row::Extent;
use crate::storage::medium::Medium;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// The numbers of the segments, rising.
pub fn segments(medium: &dyn Medium) -> Result<Vec<u32>, Fault> {
    Ok(medium.list(segment::FOLDER)?.iter().filter_map(|file| segment::number_of(file)).collect())
}

/// The record at a place, checked.
pub fn read_record(medium: &dyn Medium, extent: Extent, seq: u64) -> Result<Record, Fault> {
    read_frame(medium, extent, seq, decode_record)
}

/// The beginning of the record at a place. The checksum of all of it is checked.
pub fn read_record_head(medium: &dyn Medium, extent: Extent, seq: u64) -> Result<RecordHead, Fault> {
    read_frame(medium, extent, seq, decode_record_head)
}

fn read_frame<T>(
    medium: &dyn Medium,
    extent: Extent,
    seq: u64,
    decode: fn(&[u8], &str, u64, u64) -> Result<T, Fault>,
) -> Result<T, Fault> {
    const AT_ONCE: usize = 1024;
    let file = segment::name(extent.segment);
    let offset = u64::from(extent.offset);
    let damaged = || Fault::damaged("unreadable record", &file, offset, seq);
    let read = |length| match medium.read_at(&file, offset, length) {
        // Asked only now: most reads find their file.
        Err(_) if medium.length(&file)?.is_none() => Err(Fault::damaged("segment is missing", &file, 0, seq)),
        read => read,
    };
    let mut bytes = read(AT_ONCE)?;
    let length =
        super::Fields(&bytes).u32().and_then(|length| usize::try_from(length).ok()).ok_or_else(damaged)?;
    if length > BYTES_MAX {
        return Err(damaged());
    }
    let whole = length.saturating_add(FRAME_LENGTH);
    if whole > AT_ONCE {
        bytes = read(whole)?;
    }
    let (record, _) = decode_frame(&bytes).ok_or_else(damaged)?;
    decode(record, &file, offset, seq)
}

/// The start of the journal.
pub fn beginning(medium: &dyn Medium, ledger: LedgerId) -> Result<Position, Fault> {
    match segments(medium)?.first() {
        Some(1) => scan::start_of(medium, 1, ledger),
        Some(_) => Err(Fault::damaged("first segment is missing", segment::name(1), 0, 1)),
        None => Err(Fault::damaged("no segment", segment::FOLDER, 0, 1)),
    }
}

/// The place behind a group that ends with a seq; `None` where no group does. Segments before the one that it is in
/// are not read.
pub fn position_after(medium: &dyn Medium, ledger: LedgerId, seq: u64) -> Result<Option<Position>, Fault> {
    for number in segments(medium)?.into_iter().rev() {
        let start = scan::start_of(medium, number, ledger)?;
        if start.seq() <= seq {
            let mut reader = GroupReader::new(medium, ledger, start, seq);
            while reader.next()?.is_some() {}
            return Ok((reader.position.seq() == seq).then_some(reader.position));
        }
    }
    Ok(None)
}

/// The place behind the last group that is whole, with all groups before it, at most up to a seq.
pub fn whole_up_to(medium: &dyn Medium, ledger: LedgerId, until_seq: u64) -> Result<Position, Fault> {
    let mut reader = GroupReader::new(medium, ledger, beginning(medium, ledger)?, until_seq);
    let mut whole = reader.position.clone();
    while let Ok(Some(group)) = reader.next() {
        if group.records().any(|found| record_of(&group, &found).is_err()) {
            break;
        }
        whole = reader.position.clone();
    }
    Ok(whole)
}

/// A record that a scan found, and its place.
pub fn record_of(group: &ReadGroup, found: &Found<'_>) -> Result<(Record, Extent), Fault> {
    let record = decode_record(found.bytes, group.file(), found.offset, found.seq)?;
    let offset = u32::try_from(found.offset).unwrap_or(u32::MAX);
    Ok((record, Extent { segment: group.segment(), offset }))
}
