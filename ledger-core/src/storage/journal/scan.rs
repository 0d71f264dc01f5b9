//! Reading segments from front to back, checking everything: frames, checksums, gapless seq, the tree.

use core::ops::Range;

use super::group::{FRAME_LENGTH, GroupHeader, HEADER_LENGTH, MAGIC, decode_frame};
use super::merkle::{CompactRange, Hash};
use super::segment::{self, SegmentHeader};
use crate::storage::Head;
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
    /// Its root.
    pub root: Hash,
    /// The time of the group before.
    pub time: Timestamp,
}

impl Position {
    /// The last record before the position.
    pub fn seq(&self) -> u64 {
        self.tree.leaves()
    }

    /// The journal ends here, before a record that was promised.
    pub fn cut_before(&self, promised_seq: u64) -> Fault {
        let (file, offset) = (segment::name(self.segment), self.offset);
        Fault::Cut { file, offset, found_seq: self.seq(), promised_seq }
    }

    /// The position as a head.
    pub fn head(&self) -> Head {
        Head { seq: self.seq(), root: self.root, time: self.time }
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

/// A whole group, every byte of which was checked.
pub struct ReadGroup {
    segment: u32,
    /// The name of the segment, which would take as long to make for every record as the rest of the work on it.
    file: String,
    first_seq: u64,
    body: Vec<u8>,
    body_start: u64,
    /// Where each record lies in the body.
    records: Vec<Range<usize>>,
}

impl ReadGroup {
    /// The segment that it is in.
    pub fn segment(&self) -> u32 {
        self.segment
    }

    /// The name of that segment.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Its records, in order.
    pub fn records(&self) -> impl Iterator<Item = Found<'_>> {
        (self.first_seq..).zip(&self.records).map(|(seq, range)| {
            let frame = range.start.saturating_sub(FRAME_LENGTH);
            let offset = self.body_start.saturating_add(length_of(frame));
            Found { seq, bytes: self.body.get(range.clone()).unwrap_or_default(), offset }
        })
    }
}

/// What comes next in a segment.
pub enum Next {
    /// A whole group; the position is after it now.
    Group(ReadGroup),
    /// The end of the file, or only zeros.
    Clean,
    /// Bytes that are no whole group, with no whole group after them.
    Torn,
    /// Bytes that are no whole group, with whole ones after them: damage, unless nobody waited for the disk.
    Broken(Fault),
}

/// The start of a segment. A header that is not right, or of another ledger, is damage.
pub fn start_of(medium: &dyn Medium, number: u32, ledger: LedgerId) -> Result<Position, Fault> {
    let file = segment::name(number);
    let bytes = medium.read_at(&file, 0, SegmentHeader::LENGTH_MAX)?;
    if let Some(found) = SegmentHeader::newer_version(&bytes) {
        return Err(Fault::Newer { file, found });
    }
    let (header, length) = SegmentHeader::decode(&bytes)
        .ok_or_else(|| Fault::damaged("unreadable segment header", &file, 0, 0))?;
    if header.ledger != ledger {
        return Err(Fault::damaged(format!("segment of another ledger, {}", header.ledger), &file, 0, 0));
    }
    if header.number != number {
        return Err(Fault::damaged(format!("segment number {}", header.number), &file, 0, 0));
    }
    let root = header.tree.root();
    let (tree, time) = (header.tree, header.time);
    Ok(Position { segment: number, offset: length, last_group: length, tree, root, time })
}

/// Reads the group after a position and moves the position behind it.
pub fn next_group(medium: &dyn Medium, position: &mut Position) -> Result<Next, Fault> {
    /// What is read at first: the whole group, where it is one gift.
    const AT_ONCE: usize = 512;
    let file = segment::name(position.segment);
    let mut head = medium.read_at(&file, position.offset, AT_ONCE)?;
    let Some(header) = GroupHeader::decode(&head) else {
        let is_end = is_blank(medium, &file, position.offset)?;
        return if is_end { Ok(Next::Clean) } else { torn(medium, &file, position) };
    };
    let body_start = position.offset.saturating_add(length_of(HEADER_LENGTH));
    let body_length = usize::try_from(header.body_length).unwrap_or(usize::MAX);
    let mut body = head.split_off(HEADER_LENGTH);
    if body.len() < body_length {
        body = medium.read_at(&file, body_start, body_length)?;
    }
    body.truncate(body_length);
    if body.len() != body_length || crc32c::crc32c(&body) != header.body_crc {
        return torn(medium, &file, position);
    }
    let damaged = |what: &str, seq| Fault::damaged(what, &file, position.offset, seq);
    if header.first_seq != position.seq().saturating_add(1) {
        return Err(damaged("group out of sequence", header.first_seq));
    }
    if header.root_before != position.root {
        return Err(damaged("group that does not continue the hash tree", header.first_seq));
    }
    let count = usize::try_from(header.count).unwrap_or(usize::MAX);
    let mut records = Vec::with_capacity(count.min(body_length));
    let (mut at, mut tree) = (0_usize, position.tree.clone());
    for seq in (header.first_seq..).take(count) {
        let rest = body.get(at..).unwrap_or_default();
        let (bytes, used) = decode_frame(rest).ok_or_else(|| damaged("unreadable record", seq))?;
        tree.append(bytes);
        let start = at.saturating_add(FRAME_LENGTH);
        at = at.saturating_add(used);
        records.push(start..at);
    }
    if at != body_length {
        return Err(damaged("left-over bytes in a group", header.first_seq));
    }
    *position = Position {
        segment: position.segment,
        offset: body_start.saturating_add(header.body_length.into()),
        last_group: position.offset,
        root: tree.root(),
        tree,
        time: header.time,
    };
    let (segment, first_seq) = (position.segment, header.first_seq);
    Ok(Next::Group(ReadGroup { segment, file, first_seq, body, body_start, records }))
}

/// Reads groups up to a seq that ends one, over as many segments as it takes. What is beyond may be in the making
/// and is not looked at.
pub struct GroupReader<'a> {
    medium: &'a dyn Medium,
    ledger: LedgerId,
    until_seq: u64,
    /// Behind the last group that was read.
    pub position: Position,
}

impl<'a> GroupReader<'a> {
    /// Goes on from a position.
    pub fn new(medium: &'a dyn Medium, ledger: LedgerId, position: Position, until_seq: u64) -> Self {
        Self { medium, ledger, until_seq, position }
    }

    /// The next group; `None` at the seq.
    pub fn next(&mut self) -> Result<Option<ReadGroup>, Fault> {
        while self.position.seq() < self.until_seq {
            match next_group(self.medium, &mut self.position)? {
                Next::Group(group) => return Ok(Some(group)),
                Next::Clean => self.enter_next_segment()?,
                Next::Broken(damage) => return Err(damage),
                Next::Torn if self.medium.length(&segment::name(self.next_number()))?.is_none() => {
                    return Err(self.cut());
                }
                Next::Torn => {
                    let (file, offset) = (segment::name(self.position.segment), self.position.offset);
                    let seq = self.position.seq().saturating_add(1);
                    return Err(Fault::damaged("damaged group before a later segment", file, offset, seq));
                }
            }
        }
        Ok(None)
    }

    /// The journal ends before the seq.
    fn cut(&self) -> Fault {
        self.position.cut_before(self.until_seq)
    }

    fn next_number(&self) -> u32 {
        self.position.segment.saturating_add(1)
    }

    fn enter_next_segment(&mut self) -> Result<(), Fault> {
        let next = self.next_number();
        if self.medium.length(&segment::name(next))?.is_none() {
            let files = self.medium.list(segment::FOLDER)?;
            if files.iter().filter_map(|file| segment::number_of(file)).any(|number| number > next) {
                let seq = self.position.seq().saturating_add(1);
                return Err(Fault::damaged(
                    "segment is missing before later ones",
                    segment::name(next),
                    0,
                    seq,
                ));
            }
            return Err(self.cut());
        }
        let start = start_of(self.medium, next, self.ledger)?;
        if start.tree != self.position.tree {
            let what = "segment that does not continue the one before";
            return Err(Fault::damaged(what, segment::name(next), 0, start.seq()));
        }
        self.position = Position { time: self.position.time, ..start };
        Ok(())
    }
}

/// Whether whole groups come after bytes that are none.
fn torn(medium: &dyn Medium, file: &str, position: &Position) -> Result<Next, Fault> {
    let rest = rest_of(medium, file, position.offset)?;
    let whole_group_at = |at: &usize| {
        let bytes = rest.get(*at..).unwrap_or_default();
        GroupHeader::decode(bytes).is_some_and(|header| header.first_seq > position.seq().saturating_add(1))
    };
    let starts = rest.windows(MAGIC.len()).enumerate().filter(|(_, window)| *window == MAGIC);
    match starts.map(|(at, _)| at).find(whole_group_at) {
        Some(_) => {
            let next = position.seq().saturating_add(1);
            Ok(Next::Broken(Fault::damaged("damaged group before whole ones", file, position.offset, next)))
        }
        None => Ok(Next::Torn),
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
