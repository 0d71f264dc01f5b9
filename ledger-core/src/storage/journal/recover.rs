//! Recovery: where the journal ends, what is cut off, what is refused.

use super::head::{self, HeadSlot};
use super::merkle::Hash;
use super::read::segments;
use super::scan::{self, Next, Position};
use super::segment::{self, SegmentHeader};
use crate::storage::Durability;
use crate::storage::medium::Medium;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// What was cut off at opening: a group that was never acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The seq at which it would have begun.
    pub seq: u64,
    /// The file that keeps the bytes.
    pub saved_as: String,
}

/// The end of a journal, made durable.
pub struct Recovered {
    /// Behind the last group.
    pub position: Position,
    /// What was cut off.
    pub cut: Option<Cut>,
    /// Which slot of `HEAD` is the newer one; none where neither can be read.
    pub newest_slot: Option<u64>,
    /// Whether that slot tells of records that are not there.
    pub head_is_ahead: bool,
}

/// Finds the journal's end: scans the last segment, cuts a torn group, and refuses what is not whole up to what was
/// acknowledged.
pub fn recover(medium: &dyn Medium, ledger: LedgerId, known_seq: u64) -> Result<Recovered, Fault> {
    let found = head::read(medium)?;
    let acknowledged = found.map(|found| found.newest);
    let number = last_segment(medium, ledger, acknowledged)?;
    let mut position = scan::start_of(medium, number, ledger)?;
    let wanted = acknowledged.map_or(0, |slot| slot.seq);
    // Groups that nobody waited for reach the disk in any order. Otherwise only the last one can be torn.
    let in_any_order = acknowledged.is_some_and(|slot| slot.durability == Durability::Os);
    let first = position.seq();
    let mut root_at_head = None;
    let is_torn = loop {
        if position.seq() == wanted {
            root_at_head = Some(position.root);
        }
        match scan::next_group(medium, &mut position)? {
            Next::Group(_) => {}
            Next::Clean => break false,
            Next::Torn => break true,
            Next::Broken(_) if in_any_order => break true,
            Next::Broken(damage) => return Err(damage),
        }
    };
    check_reaches(&position, acknowledged, known_seq)?;
    check_root(&position, acknowledged.filter(|slot| slot.seq >= first), root_at_head)?;
    if is_torn && acknowledged.is_none() {
        // Without HEAD nobody knows whether the torn bytes were acknowledged.
        let what = "no readable slot, and the journal ends in a torn group";
        return Err(Fault::damaged(what, head::FILE, 0, 0));
    }
    let file = segment::name(number);
    let cut = if is_torn { Some(cut_torn(medium, &position, &file)?) } else { None };
    // The last group may so far have been in the system's memory only: write it again and sync it before anybody is
    // told of it.
    let length = position.offset.saturating_sub(position.last_group);
    if length > 0 {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let last = medium.read_at(&file, position.last_group, length)?;
        medium.write_at(&file, position.last_group, &last)?;
    }
    medium.sync(&file)?;
    medium.sync_folder(segment::FOLDER)?;
    let head_is_ahead = wanted > position.seq();
    Ok(Recovered { position, cut, newest_slot: found.map(|found| found.place), head_is_ahead })
}

/// The last segment. One without a whole header holds nothing, and is removed if nothing in it was
/// acknowledged.
fn last_segment(medium: &dyn Medium, ledger: LedgerId, acknowledged: Option<HeadSlot>) -> Result<u32, Fault> {
    let numbers = segments(medium)?;
    let missing = || Fault::damaged("no segment", segment::FOLDER, 0, 1);
    let last = *numbers.last().ok_or_else(missing)?;
    let bytes = medium.read_at(&segment::name(last), 0, SegmentHeader::LENGTH_MAX)?;
    if SegmentHeader::decode(&bytes).is_some()
        || SegmentHeader::newer_version(&bytes).is_some()
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

/// What was acknowledged, by HEAD or by the state, must be there.
fn check_reaches(position: &Position, acknowledged: Option<HeadSlot>, known_seq: u64) -> Result<(), Fault> {
    let synced = acknowledged.filter(|slot| slot.durability == Durability::Sync);
    let promised = synced.map_or(0, |slot| slot.seq).max(known_seq);
    if position.seq() < promised { Err(position.cut_before(promised)) } else { Ok(()) }
}

/// And it must be the same: a group ends where HEAD says, with the tree that it says.
fn check_root(position: &Position, acknowledged: Option<HeadSlot>, found: Option<Hash>) -> Result<(), Fault> {
    match acknowledged {
        Some(slot) if position.seq() >= slot.seq && found != Some(slot.root) => {
            let (what, file) =
                ("records that differ from what HEAD acknowledged", segment::name(position.segment));
            Err(Fault::damaged(what, file, slot.end, slot.seq))
        }
        Some(_) | None => Ok(()),
    }
}

fn cut_torn(medium: &dyn Medium, position: &Position, file: &str) -> Result<Cut, Fault> {
    let seq = position.seq().saturating_add(1);
    let saved_as = format!("{}/torn-{seq}", segment::FOLDER);
    let mut torn = scan::rest_of(medium, file, position.offset)?;
    let used = torn.iter().rposition(|byte| *byte != 0).map_or(0, |last| last.saturating_add(1));
    torn.truncate(used);
    medium.remove(&saved_as)?;
    medium.write_at(&saved_as, 0, &torn)?;
    medium.sync(&saved_as)?;
    medium.sync_folder(segment::FOLDER)?;
    medium.cut(file, position.offset)?;
    Ok(Cut { seq, saved_as })
}
