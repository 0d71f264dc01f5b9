//! The journal's open end: appending of groups, rolling of segments.

use std::sync::Arc;

use super::group::encode_group;
use super::head::{self, HeadSlot};
use super::merkle::CompactRange;
use super::recover::{Cut, recover};
use super::scan::{self, Position};
use super::segment::{self, SegmentHeader};
use crate::records::row::Extent;
use crate::storage::medium::Medium;
use crate::storage::{AppendFault, Durability, Group, Head};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;
use crate::vocabulary::time::Timestamp;

/// A segment grows by this much at once, in zeros that groups then take the place of: a sync need not write the
/// file's length each time, and a full disk shows before anything of a group is written.
const STEP_BYTES: u64 = 1 << 20;

static ZEROS: [u8; 64 << 10] = [0; 64 << 10];

/// The end of the journal, at which groups are appended.
pub struct JournalWriter {
    medium: Arc<dyn Medium>,
    ledger: LedgerId,
    segment_bytes: u64,
    position: Position,
    /// The length of the segment's file.
    allocated: u64,
    turns: u64,
    /// What `HEAD` on the disk says of the groups that follow: whether somebody waits for each.
    promise: Durability,
}

/// What was done to a journal to open it.
pub struct Repaired {
    /// What was cut off.
    pub cut: Option<Cut>,
    /// Whether no slot of `HEAD` could be read.
    pub head_made_again: bool,
}

impl JournalWriter {
    /// Begins a journal: one empty segment.
    pub fn create(medium: Arc<dyn Medium>, ledger: LedgerId, segment_bytes: u64) -> Result<Self, Fault> {
        let header =
            SegmentHeader { ledger, number: 1, time: Timestamp::default(), tree: CompactRange::default() };
        let position = begin_segment(medium.as_ref(), &header)?;
        let allocated = position.offset;
        let mut writer =
            Self { medium, ledger, segment_bytes, position, allocated, turns: 0, promise: Durability::Sync };
        writer.sync_head(Durability::Sync)?;
        writer.medium.sync_folder("")?;
        Ok(writer)
    }

    /// Opens a journal at its end, once that is durable. It must reach `known_seq`.
    pub fn open(
        medium: Arc<dyn Medium>,
        ledger: LedgerId,
        segment_bytes: u64,
        known_seq: u64,
    ) -> Result<(Self, Repaired), Fault> {
        let recovered = recover(medium.as_ref(), ledger, known_seq)?;
        let (position, turns) = (recovered.position, recovered.newest_slot.unwrap_or(0));
        let allocated = medium.length(&segment::name(position.segment))?.unwrap_or(0);
        let mut writer =
            Self { medium, ledger, segment_bytes, position, allocated, turns, promise: Durability::Sync };
        if recovered.head_is_ahead {
            // Both slots: one that tells of lost records would contradict those that take their place.
            writer.sync_head(Durability::Sync)?;
        }
        writer.sync_head(Durability::Sync)?;
        let head_made_again = recovered.newest_slot.is_none();
        Ok((writer, Repaired { cut: recovered.cut, head_made_again }))
    }

    /// Behind the last group.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Where the journal ends.
    pub fn head(&self) -> Head {
        self.position.head()
    }

    /// Appends a group; gives the place of each record.
    pub fn append(&mut self, group: &Group, durability: Durability) -> Result<Vec<Extent>, AppendFault> {
        // A group that was made over another moment than the journal's end would leave a gap or write twice.
        if group.first_seq != self.position.seq().saturating_add(1) {
            let fault = Fault::medium("append", &"the group does not follow the journal's end");
            return Err(AppendFault::NotCommitted(fault));
        }
        let too_large = || AppendFault::NotCommitted(Fault::medium("append", &"group beyond 4 GiB"));
        let (bytes, offsets) = encode_group(group.first_seq, group.time, &self.position.root, &group.records)
            .ok_or_else(too_large)?;
        let length = u64::try_from(bytes.len()).map_err(|_| too_large())?;
        self.roll_if_full(length)?;
        self.reserve(length).map_err(AppendFault::NotCommitted)?;
        let file = segment::name(self.position.segment);
        let start = self.position.offset;
        self.medium.write_at(&file, start, &bytes).map_err(AppendFault::Unknown)?;
        // The first group under another promise is made durable together with a HEAD that tells of it, so that
        // opening knows whether what follows can have reached the disk in any order.
        let is_other_promise = durability != self.promise;
        if durability == Durability::Sync || is_other_promise {
            self.medium.sync(&file).map_err(AppendFault::Unknown)?;
        }
        for record in &group.records {
            self.position.tree.append(record);
        }
        self.position.root = self.position.tree.root();
        self.position.last_group = start;
        self.position.offset = start.saturating_add(length);
        self.position.time = group.time;
        let head = if is_other_promise { self.sync_head(durability) } else { self.write_head(durability) };
        head.map_err(AppendFault::Unknown)?;
        let (segment, start) = (self.position.segment, u32::try_from(start).unwrap_or(u32::MAX));
        Ok(offsets.into_iter().map(|at| Extent { segment, offset: start.saturating_add(at) }).collect())
    }

    /// Brings the journal to rest: no room is left at its end, everything is durable, and HEAD says so.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.medium.cut(&segment::name(self.position.segment), self.position.offset)?;
        self.allocated = self.position.offset;
        self.sync()
    }

    /// Makes everything so far durable, and says so in HEAD.
    fn sync(&mut self) -> Result<(), Fault> {
        self.medium.sync(&segment::name(self.position.segment))?;
        self.sync_head(Durability::Sync)
    }

    fn roll_if_full(&mut self, length: u64) -> Result<(), AppendFault> {
        let is_empty = self.position.last_group == self.position.offset;
        if is_empty || self.position.offset.saturating_add(length) <= self.segment_bytes {
            return Ok(());
        }
        // After a failed sync nobody knows what of the old segment is on the disk.
        self.finish().map_err(AppendFault::Unknown)?;
        let Position { segment, time, tree, .. } = self.position.clone();
        let next = SegmentHeader { ledger: self.ledger, number: segment.saturating_add(1), time, tree };
        // A segment that was begun by half must not be passed over: what came after it would be lost at opening.
        self.position = begin_segment(self.medium.as_ref(), &next).map_err(AppendFault::Unknown)?;
        self.allocated = self.position.offset;
        self.sync_head(Durability::Sync).map_err(AppendFault::Unknown)
    }

    /// Makes room for a group. What it writes are zeros, which are no part of the journal: failing changes nothing.
    fn reserve(&mut self, length: u64) -> Result<(), Fault> {
        let end = self.position.offset.saturating_add(length);
        if end <= self.allocated {
            return Ok(());
        }
        let step = STEP_BYTES.min(self.segment_bytes.checked_div(8).unwrap_or(0));
        let room = self.allocated.saturating_add(step).min(self.segment_bytes).max(end);
        let file = segment::name(self.position.segment);
        while self.allocated < room {
            let left = usize::try_from(room.saturating_sub(self.allocated)).unwrap_or(usize::MAX);
            let zeros = ZEROS.get(..left).unwrap_or(&ZEROS);
            self.medium.write_at(&file, self.allocated, zeros)?;
            self.allocated = self.allocated.saturating_add(u64::try_from(zeros.len()).unwrap_or(0));
        }
        Ok(())
    }

    fn sync_head(&mut self, promise: Durability) -> Result<(), Fault> {
        self.write_head(promise)?;
        self.medium.sync(head::FILE)?;
        self.promise = promise;
        Ok(())
    }

    fn write_head(&mut self, durability: Durability) -> Result<(), Fault> {
        let slot = HeadSlot {
            seq: self.position.seq(),
            segment: self.position.segment,
            end: self.position.offset,
            root: self.position.root,
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
