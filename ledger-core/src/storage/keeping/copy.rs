//! Copying a journal byte by byte, group by checked group, so that the copy is whole at every moment: bytes, then
//! their sync, then the folder's, then a reading back from the copy, then its `HEAD`.

use super::source;
use crate::storage::format;
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::read::{self, segments};
use crate::storage::journal::scan::{GroupReader, Position, ReadGroup};
use crate::storage::journal::segment;
use crate::storage::journaled::check_empty;
use crate::storage::medium::{Medium, read_whole, write_whole};
use crate::storage::{Durability, Identity};
use crate::vocabulary::fault::Fault;

/// Bytes that are copied at once.
const CHUNK: u64 = 1 << 20;

/// What goes along with the records of a copy.
pub trait Companion {
    /// A group is about to be copied.
    fn see(&mut self, group: &ReadGroup) -> Result<(), Fault>;
    /// What was seen is in the copy, and its `HEAD` is about to say so.
    fn before_head(&mut self) -> Result<(), Fault>;
}

/// Nothing goes along.
pub struct Alone;

impl Companion for Alone {
    fn see(&mut self, _group: &ReadGroup) -> Result<(), Fault> {
        Ok(())
    }

    fn before_head(&mut self) -> Result<(), Fault> {
        Ok(())
    }
}

/// A copy in the making, and where it stands.
pub struct Copier<'a> {
    source: &'a dyn Medium,
    copy: &'a dyn Medium,
    identity: Identity,
    /// Up to where the copy goes.
    pub position: Position,
    /// Whether there was a copy before.
    pub goes_on: bool,
    /// Bytes of the journal that were copied.
    pub bytes: u64,
    turns: u64,
}

impl<'a> Copier<'a> {
    /// Begins a copy, or goes on with one. What an interrupted run left beyond the copy's `HEAD` is taken away.
    pub fn begin(source: &'a dyn Medium, copy: &'a dyn Medium, identity: Identity) -> Result<Self, Fault> {
        match of_copy(source::identity_of(copy))? {
            Some(found) if found == identity => Self::go_on(source, copy, identity),
            Some(found) => Err(source::of_another(&identity, &found)),
            None => Self::start(source, copy, identity),
        }
    }

    /// Goes on with a copy whose place is known, and the turn of its `HEAD`.
    pub fn at(
        source: &'a dyn Medium,
        copy: &'a dyn Medium,
        identity: Identity,
        (position, turns): (Position, u64),
    ) -> Self {
        Self { source, copy, identity, position, goes_on: true, bytes: 0, turns }
    }

    /// Up to where the copy goes, and the turn of its `HEAD`.
    pub fn into_place(self) -> (Position, u64) {
        (self.position, self.turns)
    }

    fn go_on(source: &'a dyn Medium, copy: &'a dyn Medium, identity: Identity) -> Result<Self, Fault> {
        let slots = of_copy(head::slots_beside(copy, 0))?;
        let unreadable = || Fault::damaged("in the copy: no readable slot", head::FILE, 0, 0);
        let (place, slot) = head::newest_of(&slots).ok_or_else(unreadable)?;
        let position = source::place_of_copy(source, copy, identity.ledger, &slot)?;
        if of_copy(source::position_at(copy, identity.ledger, &slot))?.is_none() {
            let (what, file) =
                ("in the copy: records that differ from what HEAD says", segment::name(slot.segment));
            return Err(Fault::damaged(what, file, slot.end, slot.seq));
        }
        let copier = Self { source, copy, identity, position, goes_on: true, bytes: 0, turns: place };
        copier.take_away_rest()?;
        Ok(copier)
    }

    /// `FORMAT` last: until then there is no copy, and the next run begins anew.
    fn start(source: &'a dyn Medium, copy: &'a dyn Medium, identity: Identity) -> Result<Self, Fault> {
        of_copy(check_empty(copy))?;
        let position = read::beginning(source, identity.ledger)?;
        let mut copier = Self { source, copy, identity, position, goes_on: false, bytes: 0, turns: 1 };
        for left_over in copy.list(segment::FOLDER)? {
            copy.remove(&format!("{}/{left_over}", segment::FOLDER))?;
        }
        copier.copy_bytes(copier.position.segment, 0, copier.position.offset)?;
        copier.write_head()?;
        let format = read_whole(source, format::FILE)?.unwrap_or_default();
        write_whole(copy, format::FILE, &format)?;
        match of_copy(source::identity_of(copy))? {
            Some(found) if found == identity => Ok(copier),
            Some(_) | None => Err(Fault::damaged("in the copy: not what was copied", format::FILE, 0, 0)),
        }
    }

    fn take_away_rest(&self) -> Result<(), Fault> {
        let (file, end) = (segment::name(self.position.segment), self.position.offset);
        if self.copy.length(&file)?.is_some_and(|length| length > end) {
            self.copy.cut(&file, end)?;
        }
        for later in segments(self.copy)?.into_iter().filter(|number| *number > self.position.segment) {
            self.copy.remove(&segment::name(later))?;
        }
        Ok(())
    }

    /// Copies what the source has up to a slot of its `HEAD`, segment by segment.
    pub fn copy_to(&mut self, to: &HeadSlot, companion: &mut dyn Companion) -> Result<(), Fault> {
        let ledger = self.identity.ledger;
        let mut reader = GroupReader::new(self.source, ledger, self.position.clone(), to.seq);
        let mut end = self.position.clone();
        while let Some(group) = reader.next()? {
            if group.segment() != end.segment {
                self.take_over(&end, companion)?;
            }
            companion.see(&group)?;
            end = reader.position.clone();
        }
        if (end.seq(), end.root) != (to.seq, to.root) {
            return Err(if end.seq() == self.position.seq() && self.position.seq() > 0 {
                source::differing(self.source, self.copy, ledger, to)
            } else {
                let (what, file) =
                    ("records that differ from what HEAD acknowledged", segment::name(to.segment));
                Fault::damaged(what, file, to.end, to.seq)
            });
        }
        self.take_over(&end, companion)
    }

    /// Brings the copy up to a place of the source, at most one segment further.
    fn take_over(&mut self, end: &Position, companion: &mut dyn Companion) -> Result<(), Fault> {
        if end.seq() == self.position.seq() {
            return Ok(());
        }
        let from = if end.segment == self.position.segment { self.position.offset } else { 0 };
        self.copy_bytes(end.segment, from, end.offset)?;
        self.read_back(end)?;
        companion.before_head()?;
        self.position = end.clone();
        self.write_head()
    }

    fn copy_bytes(&mut self, number: u32, from: u64, to: u64) -> Result<(), Fault> {
        let file = segment::name(number);
        let mut at = from;
        while at < to {
            let wanted = usize::try_from(to.saturating_sub(at).min(CHUNK)).unwrap_or(0);
            let bytes = self.source.read_at(&file, at, wanted)?;
            if bytes.len() != wanted {
                return Err(Fault::damaged("segment that became shorter", &file, at, self.position.seq()));
            }
            self.copy.write_at(&file, at, &bytes)?;
            at = at.saturating_add(u64::try_from(wanted).unwrap_or(0));
        }
        self.bytes = self.bytes.saturating_add(to.saturating_sub(from));
        self.copy.sync(&file)?;
        if from == 0 {
            self.copy.sync_folder(segment::FOLDER)?;
            self.copy.sync_folder("")?;
        }
        Ok(())
    }

    /// Reads what was copied from the copy, and compares the tree.
    fn read_back(&self, end: &Position) -> Result<(), Fault> {
        let ledger = self.identity.ledger;
        let mut reader = GroupReader::new(self.copy, ledger, self.position.clone(), end.seq());
        while of_copy(reader.next())?.is_some() {}
        if reader.position == *end {
            return Ok(());
        }
        let file = segment::name(end.segment);
        Err(Fault::damaged("in the copy: not what was copied", file, end.offset, end.seq()))
    }

    fn write_head(&mut self) -> Result<(), Fault> {
        let Position { segment, offset, root, .. } = self.position;
        let (seq, durability) = (self.position.seq(), Durability::Sync);
        self.turns = self.turns.wrapping_add(1);
        head::write(self.copy, self.turns, &HeadSlot { seq, segment, end: offset, root, durability })?;
        self.copy.sync(head::FILE)?;
        if self.goes_on { Ok(()) } else { self.copy.sync_folder("") }
    }
}

/// Says that it is the copy in which something is wrong.
pub fn of_copy<T>(result: Result<T, Fault>) -> Result<T, Fault> {
    result.map_err(|fault| match fault {
        Fault::Damaged { what, file, offset, seq } => {
            Fault::Damaged { what: format!("in the copy: {what}"), file, offset, seq }
        }
        Fault::Cut { .. } | Fault::Medium { .. } | Fault::Newer { .. } | Fault::Diverged { .. } => fault,
    })
}
