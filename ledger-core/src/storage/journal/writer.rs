//! The journal's open end: recovery at opening, appending of groups, rolling of segments.

use std::sync::Arc;

use super::group::{FRAME_LENGTH, GroupHeader, HEADER_LENGTH, decode_frame, encode_body};
use super::head::{self, HeadSlot};
use super::merkle::CompactRange;
use super::scan::{self, Found, Position, SegmentEnd};
use super::segment::{self, SegmentHeader};
use crate::records::codec::{BYTES_MAX, decode_record};
use crate::records::record::Record;
use crate::records::row::Extent;
use crate::storage::medium::Medium;
use crate::storage::{AppendFault, Durability, Group, Head};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;
use crate::vocabulary::time::Timestamp;

/// The end of the journal, at which groups are appended.
pub struct JournalWriter {
    medium: Arc<dyn Medium>,
    ledger: LedgerId,
    segment_bytes: u64,
    position: Position,
    turns: u64,
}

/// What was cut off at opening: a group that was never acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The seq at which it would have begun.
    pub seq: u64,
    /// The file that keeps the bytes.
    pub saved_as: String,
}

impl JournalWriter {
    /// Begins a journal: one empty segment.
    pub fn create(medium: Arc<dyn Medium>, ledger: LedgerId, segment_bytes: u64) -> Result<Self, Fault> {
        let header =
            SegmentHeader { ledger, number: 1, time: Timestamp::default(), tree: CompactRange::default() };
        let position = begin_segment(medium.as_ref(), &header)?;
        let mut writer = Self { medium, ledger, segment_bytes, position, turns: 0 };
        writer.write_head(Durability::Sync)?;
        writer.medium.sync(head::FILE)?;
        writer.medium.sync_folder("")?;
        Ok(writer)
    }

    /// Opens a journal at its end: scans the last segment, cuts a torn group, and refuses what is not whole
    /// up to what was acknowledged.
    pub fn open(
        medium: Arc<dyn Medium>,
        ledger: LedgerId,
        segment_bytes: u64,
        known_seq: u64,
    ) -> Result<(Self, Option<Cut>), Fault> {
        let found = head::read(medium.as_ref())?;
        let acknowledged = found.map(|found| found.newest);
        let number = last_segment(medium.as_ref(), ledger, acknowledged)?;
        let mut position = scan::start_of(medium.as_ref(), number, ledger)?;
        let mut root_at_head = (position.seq(), position.tree.root());
        let end = {
            let mut tree = position.tree.clone();
            let wanted = acknowledged.map_or(0, |slot| slot.seq);
            scan::read_segment(medium.as_ref(), &mut position, u64::MAX, &mut |found| {
                tree.append(found.bytes);
                if found.seq == wanted {
                    root_at_head = (found.seq, tree.root());
                }
                Ok(())
            })?
        };
        let file = segment::name(number);
        check_reaches(&position, acknowledged, known_seq, root_at_head, &file)?;
        let cut = match end {
            SegmentEnd::Clean => None,
            // Without HEAD nobody knows whether the torn bytes were acknowledged.
            SegmentEnd::Torn if acknowledged.is_none() => {
                return Err(Fault::damaged(
                    "no readable slot, and the journal ends in a torn group",
                    head::FILE,
                    0,
                    0,
                ));
            }
            SegmentEnd::Torn => Some(cut_torn(medium.as_ref(), &position, &file)?),
        };
        // The last group may so far have been in the system's memory only: write it again and sync it before
        // anybody is told of it.
        if position.offset > position.last_group {
            let length =
                usize::try_from(position.offset.saturating_sub(position.last_group)).unwrap_or(usize::MAX);
            let last = medium.read_at(&file, position.last_group, length)?;
            medium.write_at(&file, position.last_group, &last)?;
        }
        medium.sync(&file)?;
        medium.sync_folder(segment::FOLDER)?;
        let mut writer =
            Self { medium, ledger, segment_bytes, position, turns: found.map_or(0, |found| found.place) };
        writer.write_head(Durability::Sync)?;
        writer.medium.sync(head::FILE)?;
        Ok((writer, cut))
    }

    /// Where the journal ends.
    pub fn head(&self) -> Head {
        Head { seq: self.position.seq(), root: self.position.tree.root(), time: self.position.time }
    }

    /// Appends a group; gives the place of each record.
    pub fn append(&mut self, group: &Group, durability: Durability) -> Result<Vec<Extent>, AppendFault> {
        let too_large = || AppendFault::NotCommitted(Fault::medium("append", &"group beyond 4 GiB"));
        let (body, offsets) = encode_body(&group.records).ok_or_else(too_large)?;
        // A group that was made over another moment than the journal's end would leave a gap or write twice.
        if group.first_seq != self.position.seq().saturating_add(1) {
            let fault = Fault::medium("append", &"the group does not follow the journal's end");
            return Err(AppendFault::NotCommitted(fault));
        }
        let header = GroupHeader {
            first_seq: group.first_seq,
            count: u32::try_from(group.records.len()).map_err(|_| too_large())?,
            body_length: u32::try_from(body.len()).map_err(|_| too_large())?,
            time: group.time,
            root_before: self.position.tree.root(),
            body_crc: crc32c::crc32c(&body),
        };
        let bytes = [header.encode(), body].concat();
        let length = u64::try_from(bytes.len()).map_err(|_| too_large())?;
        self.roll_if_full(length)?;
        let file = segment::name(self.position.segment);
        let start = self.position.offset;
        self.medium.write_at(&file, start, &bytes).map_err(AppendFault::Unknown)?;
        if durability == Durability::Sync {
            self.medium.sync(&file).map_err(AppendFault::Unknown)?;
        }
        for record in &group.records {
            self.position.tree.append(record);
        }
        self.position.last_group = start;
        self.position.offset = start.saturating_add(length);
        self.position.time = group.time;
        self.write_head(durability).map_err(AppendFault::Unknown)?;
        let body_start = u32::try_from(start)
            .unwrap_or(u32::MAX)
            .saturating_add(u32::try_from(HEADER_LENGTH).unwrap_or(0));
        let segment = self.position.segment;
        Ok(offsets.into_iter().map(|at| Extent { segment, offset: body_start.saturating_add(at) }).collect())
    }

    /// Makes everything so far durable, and says so in HEAD.
    pub fn sync(&mut self) -> Result<(), Fault> {
        self.medium.sync(&segment::name(self.position.segment))?;
        self.write_head(Durability::Sync)?;
        self.medium.sync(head::FILE)
    }

    fn roll_if_full(&mut self, length: u64) -> Result<(), AppendFault> {
        let is_empty = self.position.last_group == self.position.offset;
        if is_empty || self.position.offset.saturating_add(length) <= self.segment_bytes {
            return Ok(());
        }
        // After a failed sync nobody knows what of the old segment is on the disk.
        self.sync().map_err(AppendFault::Unknown)?;
        let Position { segment, time, tree, .. } = self.position.clone();
        let next = SegmentHeader { ledger: self.ledger, number: segment.saturating_add(1), time, tree };
        // A segment that was begun by half must not be passed over: what came after it would be lost at opening.
        self.position = begin_segment(self.medium.as_ref(), &next).map_err(AppendFault::Unknown)?;
        self.write_head(Durability::Sync).map_err(AppendFault::Unknown)?;
        self.medium.sync(head::FILE).map_err(AppendFault::Unknown)
    }

    fn write_head(&mut self, durability: Durability) -> Result<(), Fault> {
        let slot = HeadSlot {
            seq: self.position.seq(),
            segment: self.position.segment,
            end: self.position.offset,
            root: self.position.tree.root(),
            durability,
        };
        self.turns = self.turns.wrapping_add(1);
        head::write(self.medium.as_ref(), self.turns, &slot)
    }
}

fn begin_segment(medium: &dyn Medium, header: &SegmentHeader) -> Result<Position, Fault> {
    let file = segment::name(header.number);
    medium.remove(&file)?;
    medium.write_at(&file, 0, &header.encode())?;
    medium.sync(&file)?;
    medium.sync_folder(segment::FOLDER)?;
    medium.sync_folder("")?;
    scan::start_of(medium, header.number, header.ledger)
}

/// The numbers of the segments, rising.
pub fn segments(medium: &dyn Medium) -> Result<Vec<u32>, Fault> {
    Ok(medium.list(segment::FOLDER)?.iter().filter_map(|file| segment::number_of(file)).collect())
}

/// The last segment. One without a whole header holds nothing, and is removed if nothing in it was
/// acknowledged.
fn last_segment(medium: &dyn Medium, ledger: LedgerId, acknowledged: Option<HeadSlot>) -> Result<u32, Fault> {
    let numbers = segments(medium)?;
    let missing = || Fault::damaged("no segment", segment::FOLDER, 0, 1);
    let last = *numbers.last().ok_or_else(missing)?;
    let bytes = medium.read_at(&segment::name(last), 0, SegmentHeader::LENGTH_MAX)?;
    if SegmentHeader::decode(&bytes).is_some()
        || last == 1
        || acknowledged.is_none_or(|slot| slot.segment >= last)
    {
        return Ok(last);
    }
    medium.remove(&segment::name(last))?;
    medium.sync_folder(segment::FOLDER)?;
    let before = last.saturating_sub(1);
    scan::start_of(medium, before, ledger)?;
    Ok(before)
}

/// What was acknowledged, by HEAD or by the state, must be there and be the same.
fn check_reaches(
    position: &Position,
    acknowledged: Option<HeadSlot>,
    known_seq: u64,
    root_at_head: (u64, [u8; 32]),
    file: &str,
) -> Result<(), Fault> {
    let synced = acknowledged.filter(|slot| slot.durability == Durability::Sync);
    let promised = synced.map_or(0, |slot| slot.seq).max(known_seq);
    if position.seq() < promised {
        return Err(Fault::Cut { file: file.to_owned(), found_seq: position.seq(), promised_seq: promised });
    }
    match acknowledged {
        Some(slot) if slot.seq == root_at_head.0 && slot.root != root_at_head.1 => {
            Err(Fault::damaged("records that differ from what HEAD acknowledged", file, slot.end, slot.seq))
        }
        _ => Ok(()),
    }
}

fn cut_torn(medium: &dyn Medium, position: &Position, file: &str) -> Result<Cut, Fault> {
    let seq = position.seq().saturating_add(1);
    let saved_as = format!("{}/torn-{seq}", segment::FOLDER);
    let torn = scan::rest_of(medium, file, position.offset)?;
    medium.remove(&saved_as)?;
    medium.write_at(&saved_as, 0, &torn)?;
    medium.sync(&saved_as)?;
    medium.sync_folder(segment::FOLDER)?;
    medium.cut(file, position.offset)?;
    Ok(Cut { seq, saved_as })
}

/// The record at a place, checked.
pub fn read_record(medium: &dyn Medium, extent: Extent, seq: u64) -> Result<Record, Fault> {
    const AT_ONCE: usize = 1024;
    let file = segment::name(extent.segment);
    let offset = u64::from(extent.offset);
    let damaged = || Fault::damaged("unreadable record", &file, offset, seq);
    let mut bytes = medium.read_at(&file, offset, AT_ONCE)?;
    let length =
        super::Fields(&bytes).u32().and_then(|length| usize::try_from(length).ok()).ok_or_else(damaged)?;
    if length > BYTES_MAX {
        return Err(damaged());
    }
    let whole = length.saturating_add(FRAME_LENGTH);
    if whole > AT_ONCE {
        bytes = medium.read_at(&file, offset, whole)?;
    }
    let (record, _) = decode_frame(&bytes).ok_or_else(damaged)?;
    decode_record(record, &file, offset, seq)
}

/// Reads the journal up to a seq that ends a group, in order.
pub fn scan_all(
    medium: &dyn Medium,
    ledger: LedgerId,
    until_seq: u64,
    each: &mut dyn FnMut(Record, Extent) -> Result<(), Fault>,
) -> Result<Head, Fault> {
    match segments(medium)?.first() {
        Some(1) => {}
        Some(_) => return Err(Fault::damaged("first segment is missing", segment::name(1), 0, 1)),
        None => return Err(Fault::damaged("no segment", segment::FOLDER, 0, 1)),
    }
    let mut position = scan::start_of(medium, 1, ledger)?;
    scan::read_on(medium, ledger, &mut position, until_seq, &mut |segment, found| {
        let (record, extent) = record_of(segment, &found)?;
        each(record, extent)
    })?;
    Ok(Head { seq: position.seq(), root: position.tree.root(), time: position.time })
}

/// A record that a scan found, and its place.
pub fn record_of(segment: u32, found: &Found<'_>) -> Result<(Record, Extent), Fault> {
    let record = decode_record(found.bytes, &segment::name(segment), found.offset, found.seq)?;
    Ok((record, Extent { segment, offset: u32::try_from(found.offset).unwrap_or(u32::MAX) }))
}
