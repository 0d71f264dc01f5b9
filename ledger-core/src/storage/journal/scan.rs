//! Reading segments from front to back, checking everything: frames, checksums, gapless seq, the tree.

use super::group::{GroupHeader, HEADER_LENGTH, MAGIC, decode_frame};
use super::merkle::CompactRange;
use super::segment::{self, SegmentHeader};
use crate::storage::medium::Medium;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;
use crate::vocabulary::time::Timestamp;

/// A place just after a group, and the tree up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The segment.
    pub segment: u32,
    /// The offset in it.
    pub offset: u64,
    /// Where the group before begins; the offset itself before the first group.
    pub last_group: u64,
    /// The tree over all records before.
    pub tree: CompactRange,
    /// The time of the group before.
    pub time: Timestamp,
}

impl Position {
    /// The last record before the position.
    pub fn seq(&self) -> u64 {
        self.tree.leaves()
    }
}

/// What a scan gives of each record: its seq, its bytes, and where its frame is.
pub struct Found<'a> {
    /// Its seq.
    pub seq: u64,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The offset of its frame in the segment.
    pub offset: u64,
}

/// How a segment ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentEnd {
    /// At the end of the file, or where only zeros follow.
    Clean,
    /// At bytes that are no whole group, with no whole group after them.
    Torn,
}

/// The start of a segment. A header that is not right, or of another ledger, is damage.
pub fn start_of(medium: &dyn Medium, number: u32, ledger: LedgerId) -> Result<Position, Fault> {
    let file = segment::name(number);
    let bytes = medium.read_at(&file, 0, SegmentHeader::LENGTH_MAX)?;
    let (header, length) = SegmentHeader::decode(&bytes)
        .ok_or_else(|| Fault::damaged("unreadable segment header", &file, 0, 0))?;
    if header.ledger != ledger {
        return Err(Fault::damaged(format!("segment of another ledger, {}", header.ledger), &file, 0, 0));
    }
    if header.number != number {
        return Err(Fault::damaged(format!("segment number {}", header.number), &file, 0, 0));
    }
    Ok(Position { segment: number, offset: length, last_group: length, tree: header.tree, time: header.time })
}

/// Reads the groups after a position up to a seq, moving it on, and calls `each` for every record. What is
/// beyond may be in the making and is not looked at.
pub fn read_segment(
    medium: &dyn Medium,
    position: &mut Position,
    until_seq: u64,
    each: &mut dyn FnMut(Found<'_>) -> Result<(), Fault>,
) -> Result<SegmentEnd, Fault> {
    let file = segment::name(position.segment);
    while position.seq() < until_seq {
        let head = medium.read_at(&file, position.offset, HEADER_LENGTH)?;
        let Some(header) = GroupHeader::decode(&head) else {
            return if is_blank(medium, &file, position.offset)? {
                Ok(SegmentEnd::Clean)
            } else {
                torn(medium, &file, position)
            };
        };
        let body_start = position.offset.saturating_add(length_of(HEADER_LENGTH));
        let body_length = usize::try_from(header.body_length).unwrap_or(usize::MAX);
        let body = medium.read_at(&file, body_start, body_length)?;
        if body.len() != body_length || crc32c::crc32c(&body) != header.body_crc {
            return torn(medium, &file, position);
        }
        let damaged = |what: &str, seq| Fault::damaged(what, &file, position.offset, seq);
        if header.first_seq != position.seq().saturating_add(1) {
            return Err(damaged("group out of sequence", header.first_seq));
        }
        if header.root_before != position.tree.root() {
            return Err(damaged("group that does not continue the hash tree", header.first_seq));
        }
        let mut rest = body.as_slice();
        for seq in (header.first_seq..).take(usize::try_from(header.count).unwrap_or(usize::MAX)) {
            let (bytes, used) = decode_frame(rest).ok_or_else(|| damaged("unreadable record", seq))?;
            let before = body_length.saturating_sub(rest.len());
            let offset = body_start.saturating_add(length_of(before));
            position.tree.append(bytes);
            each(Found { seq, bytes, offset })?;
            rest = rest.get(used..).unwrap_or_default();
        }
        if !rest.is_empty() {
            return Err(damaged("left-over bytes in a group", header.first_seq));
        }
        position.last_group = position.offset;
        position.offset = body_start.saturating_add(header.body_length.into());
        position.time = header.time;
    }
    Ok(SegmentEnd::Clean)
}

/// Reads on after a position up to a seq that ends a group, over as many segments as it takes; `each` is told the
/// segment too.
pub fn read_on(
    medium: &dyn Medium,
    ledger: LedgerId,
    position: &mut Position,
    until_seq: u64,
    each: &mut dyn FnMut(u32, Found<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    loop {
        let number = position.segment;
        let end = read_segment(medium, position, until_seq, &mut |found| each(number, found))?;
        if position.seq() >= until_seq {
            return Ok(());
        }
        let (next, file) = (number.saturating_add(1), segment::name(number));
        if medium.length(&segment::name(next))?.is_none() {
            return Err(Fault::Cut { file, found_seq: position.seq(), promised_seq: until_seq });
        }
        if end == SegmentEnd::Torn {
            let seq = position.seq().saturating_add(1);
            return Err(Fault::damaged("damaged group before a later segment", file, position.offset, seq));
        }
        let start = start_of(medium, next, ledger)?;
        if start.tree != position.tree {
            let what = "segment that does not continue the one before";
            return Err(Fault::damaged(what, segment::name(next), 0, start.seq()));
        }
        *position = Position { time: position.time, ..start };
    }
}

/// Only the last group can be torn: a whole one after bytes that are none is damage.
fn torn(medium: &dyn Medium, file: &str, position: &Position) -> Result<SegmentEnd, Fault> {
    let rest = rest_of(medium, file, position.offset)?;
    let whole_group_at = |at: &usize| {
        let bytes = rest.get(*at..).unwrap_or_default();
        GroupHeader::decode(bytes).is_some_and(|header| header.first_seq > position.seq().saturating_add(1))
    };
    let starts = rest.windows(MAGIC.len()).enumerate().filter(|(_, window)| *window == MAGIC);
    match starts.map(|(at, _)| at).find(whole_group_at) {
        Some(_) => {
            let next = position.seq().saturating_add(1);
            Err(Fault::damaged("damaged group before whole ones", file, position.offset, next))
        }
        None => Ok(SegmentEnd::Torn),
    }
}

fn is_blank(medium: &dyn Medium, file: &str, offset: u64) -> Result<bool, Fault> {
    Ok(rest_of(medium, file, offset)?.iter().all(|byte| *byte == 0))
}

/// The bytes of a file from an offset on.
pub fn rest_of(medium: &dyn Medium, file: &str, offset: u64) -> Result<Vec<u8>, Fault> {
    let length = medium.length(file)?.unwrap_or(0).saturating_sub(offset);
    medium.read_at(file, offset, usize::try_from(length).unwrap_or(usize::MAX))
}

fn length_of(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
