//! A ledger that is read beside whoever writes to it: what it is, how far it goes, and whether a copy is of it.

use super::super::Identity;
use crate::machine::event::Event;
use crate::storage::format::{self, Found};
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::read;
use crate::storage::journal::scan::{self, GroupReader, Next, Position};
use crate::storage::journal::segment;
use crate::storage::medium::Medium;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// What ledger is in a place; `None` where there is none.
pub fn identity_of(medium: &dyn Medium) -> Result<Option<Identity>, Fault> {
    match format::read(medium)? {
        Found::Nothing => Ok(None),
        Found::Newer(found) => Err(Fault::Newer { file: format::FILE.to_owned(), found }),
        Found::Ledger(identity) => Ok(Some(identity)),
    }
}

/// The latest slot of `HEAD`, while somebody may be writing.
pub fn acknowledged(medium: &dyn Medium) -> Result<HeadSlot, Fault> {
    let slots = head::slots_beside(medium, 0)?;
    head::newest_of(&slots)
        .map(|(_, slot)| slot)
        .ok_or_else(|| Fault::damaged("no readable slot", head::FILE, 0, 0))
}

/// The place that a slot of `HEAD` names, read from the start of its segment; `None` where the journal has no group
/// that ends there with that root.
pub fn position_at(
    medium: &dyn Medium,
    ledger: LedgerId,
    slot: &HeadSlot,
) -> Result<Option<Position>, Fault> {
    let file = segment::name(slot.segment);
    if medium.length(&file)?.is_none() {
        return Err(Fault::damaged("segment is missing", file, 0, slot.seq));
    }
    let start = scan::start_of(medium, slot.segment, ledger)?;
    if start.seq() > slot.seq {
        return Ok(None);
    }
    let mut reader = GroupReader::new(medium, ledger, start, slot.seq);
    while reader.next()?.is_some() {}
    let found = reader.position;
    let is_there = (found.seq(), found.root, found.segment, found.offset)
        == (slot.seq, slot.root, slot.segment, slot.end);
    Ok(is_there.then_some(found))
}

/// Where the records of a copy end.
#[derive(Debug, Clone, Copy)]
pub struct EndOfCopy {
    /// As a slot of `HEAD` says it, or would.
    pub slot: HeadSlot,
    /// Whether both slots could be read and nothing whole follows. With one slot the end is that of all that is whole in
    /// the journal, and what was cut off with the other one is not known.
    pub is_certain: bool,
}

/// Where the records of a copy end that nobody writes to; `None` where there is damage after what one slot tells of.
///
/// While a slot is written the power may go. The records that it was to tell of were synced before, so what is whole
/// after the other slot is all there was.
pub fn end_of_copy(medium: &dyn Medium, ledger: LedgerId) -> Result<Option<EndOfCopy>, Fault> {
    let slot = acknowledged(medium)?;
    if head::slots(medium)?.len() == 2 {
        // More than it tells of: a run that was stopped, or a `HEAD` of before.
        let behind = position_at(medium, ledger, &slot)?;
        let goes_on = behind.is_some_and(|mut behind| {
            let is_last = medium.length(&segment::name(slot.segment.saturating_add(1))) == Ok(None);
            !is_last || matches!(scan::next_group(medium, &mut behind), Ok(Next::Group(_)))
        });
        return Ok(Some(EndOfCopy { slot, is_certain: !goes_on }));
    }
    if position_at(medium, ledger, &slot)?.is_none() {
        return Ok(None);
    }
    let end = read::whole_up_to(medium, ledger, u64::MAX)?;
    let is_last = read::segments(medium)?.last() == Some(&end.segment);
    let is_all = is_last && matches!(scan::next_group(medium, &mut end.clone()), Ok(Next::Clean));
    let (seq, root) = (end.seq(), end.root);
    let found = HeadSlot { seq, segment: end.segment, end: end.offset, root, durability: slot.durability };
    Ok((is_all && seq >= slot.seq).then_some(EndOfCopy { slot: found, is_certain: false }))
}

/// The place in the source up to which a copy goes. Refused where the source is shorter or other than the copy.
pub fn place_of_copy(
    source: &dyn Medium,
    copy: &dyn Medium,
    ledger: LedgerId,
    slot: &HeadSlot,
) -> Result<Position, Fault> {
    let newest = head::newest_of(&head::slots_beside(source, slot.seq)?).map(|(_, newest)| newest);
    let has = newest.map_or(0, |newest| newest.seq);
    if has < slot.seq {
        // HEAD is not synced with each group: after a power cut it may tell of an earlier end than the journal has,
        // until the ledger is opened. What the copy has was acknowledged, so it may be looked for beyond.
        if let Ok(Some(position)) = position_at(source, ledger, slot) {
            return Ok(position);
        }
        let part = parting(source, copy, ledger);
        let what = format!("the source ends at record {has}, the copy at record {}{part}", slot.seq);
        return Err(diverged(what, slot));
    }
    match position_at(source, ledger, slot)? {
        Some(position) => Ok(position),
        None => Err(differing(source, copy, ledger, slot)),
    }
}

/// The records up to a slot of the copy's are not those of the source.
pub fn differing(source: &dyn Medium, copy: &dyn Medium, ledger: LedgerId, slot: &HeadSlot) -> Fault {
    diverged(format!("the copy has other records than its source{}", parting(source, copy, ledger)), slot)
}

/// A copy of another ledger.
pub fn of_another(source: &Identity, copy: &Identity) -> Fault {
    let what = format!("the copy is of ledger {}, the source is {}", copy.ledger, source.ledger);
    Fault::Diverged { what, file: format::FILE.to_owned(), offset: 0, seq: 0 }
}

fn diverged(what: String, slot: &HeadSlot) -> Fault {
    Fault::Diverged { what, file: segment::name(slot.segment), offset: slot.end, seq: slot.seq }
}

/// Where two histories part, and in which epoch each is, in words; nothing where that cannot be read.
fn parting(source: &dyn Medium, copy: &dyn Medium, ledger: LedgerId) -> String {
    let (Ok(of_source), Ok(of_copy)) = (history_of(source, ledger), history_of(copy, ledger)) else {
        return String::new();
    };
    let same = of_source.crcs.iter().zip(&of_copy.crcs).take_while(|(left, right)| left == right).count();
    let part = if same == of_source.crcs.len() || same == of_copy.crcs.len() {
        String::new()
    } else {
        format!("; they part at record {}", same.saturating_add(1))
    };
    let epochs = match (of_source.epoch, of_copy.epoch) {
        (of_source, of_copy) if of_source == of_copy => String::new(),
        (of_source, of_copy) => format!("; the source is in epoch {of_source}, the copy in epoch {of_copy}"),
    };
    format!("{part}{epochs}")
}

struct History {
    /// A checksum of each record.
    crcs: Vec<u32>,
    epoch: u64,
}

fn history_of(medium: &dyn Medium, ledger: LedgerId) -> Result<History, Fault> {
    let until = acknowledged(medium)?.seq;
    let mut history = History { crcs: Vec::new(), epoch: 1 };
    let mut reader = GroupReader::new(medium, ledger, read::beginning(medium, ledger)?, until);
    while let Some(group) = reader.next()? {
        for found in group.records() {
            history.crcs.push(crc32c::crc32c(found.bytes));
            // What cannot be decoded tells of no epoch.
            let events = read::record_of(&group, &found).map_or(Vec::new(), |(record, _)| record.events);
            history.epoch = events.iter().rev().find_map(epoch_in).unwrap_or(history.epoch);
        }
    }
    Ok(history)
}

/// The epoch that an event begins.
pub fn epoch_in(event: &Event) -> Option<u64> {
    if let Event::EpochBegun { epoch } = event { Some(*epoch) } else { None }
}
