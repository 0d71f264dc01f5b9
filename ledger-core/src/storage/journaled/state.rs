//! Which rows an opened store begins with: those that were found, if they can be believed, or none.

use core::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::Serialize;

use super::open::StatePolicy;
use crate::storage::boot::BootId;
use crate::storage::journal::scan::Position;
use crate::storage::journal::{ahead, read};
use crate::storage::medium::Medium;
use crate::storage::sled::{
    FOLDER, Mark, Place, Seal, SledRows, remove_seal, remove_unfinished_snapshots, running,
};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// What an opening found of the derived state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StateFound {
    /// It was at rest, complete and unharmed.
    #[default]
    AtRest,
    /// It was whole, but did not go up to the end of the journal: its process was killed, or it is older than the
    /// journal. What was missing was folded.
    Behind,
    /// There was none; it was made from the journal.
    Missing,
    /// It was not as it was left, or is of another ledger; it was made again.
    Damaged,
    /// Its process ended without closing it, and nobody knows whether it reached the disk: a power cut, or a system
    /// that does not say. It was made again.
    Doubtful,
    /// It goes back to records that the journal does not have; it was made again.
    OfAnotherHistory,
    /// It was to be made again, whatever it was.
    NotWanted,
}

/// The rows to begin with, and up to where they go.
pub struct Beginning {
    /// None where they are to be made from nothing.
    pub rows: Option<(SledRows, Position)>,
    /// What was found.
    pub found: StateFound,
}

/// What there is to judge by.
pub struct Evidence<'a> {
    /// Of whose journal.
    pub ledger: LedgerId,
    /// Its end.
    pub end: &'a Position,
    /// The seal, if there is one.
    pub seal: Option<Seal>,
    /// How many key slots are erased.
    pub erased_slots: u64,
    /// This start of the machine.
    pub boot: BootId,
    /// Whether the state is wanted.
    pub policy: StatePolicy,
}

/// Looks at the state, and refuses a journal that ends before what a sound state knows.
pub fn begin(place: &Place, evidence: &Evidence<'_>) -> Result<Beginning, Fault> {
    let medium = place.medium.as_ref();
    let nothing = |found| Ok(Beginning { rows: None, found });
    if medium.files_below(FOLDER)?.is_empty() {
        return nothing(StateFound::Missing);
    }
    remove_unfinished_snapshots(medium)?;
    let is_sealed = match &evidence.seal {
        Some(seal) => seal.holds(medium)?,
        None => false,
    };
    let same_boot = evidence.boot.is_some() && running::read(medium)? == evidence.boot;
    if is_sealed && evidence.policy == StatePolicy::Rebuild {
        check_journal(medium, evidence)?;
        return nothing(StateFound::NotWanted);
    }
    let rows = if is_sealed {
        // Before sled opens, because it writes to its files then; and in this order, so that at any moment one of the
        // two tells what the state is.
        running::write(medium, evidence.boot)?;
        remove_seal(medium)?;
        open_caught(place)
    } else {
        open_and_add_up(place)
    };
    // Rows of another version are no rows; those of a library before this one had no mark.
    let Some(rows) = rows.filter(|rows| rows.last_seq() == Ok(rows.mark().seq)) else {
        return nothing(if same_boot || evidence.seal.is_some() {
            StateFound::Damaged
        } else {
            StateFound::Doubtful
        });
    };
    let mark = rows.mark();
    if mark.promised_seq > evidence.end.seq() {
        return Err(evidence.end.cut_before(mark.promised_seq));
    }
    if evidence.policy == StatePolicy::Rebuild {
        check_journal(medium, evidence)?;
        return nothing(StateFound::NotWanted);
    }
    // Keys of before an erasure were put back: what is folded anew meets the erasure, and destroys them again.
    if mark.erased_slots > evidence.erased_slots {
        return nothing(StateFound::Damaged);
    }
    if evidence.seal.is_some() && !is_sealed {
        return nothing(StateFound::Damaged);
    }
    if !is_sealed && !same_boot {
        return nothing(StateFound::Doubtful);
    }
    match position_of(medium, evidence, &mark)? {
        None => nothing(StateFound::OfAnotherHistory),
        Some(position) => {
            let found = if position.seq() == evidence.end.seq() && is_sealed {
                StateFound::AtRest
            } else {
                StateFound::Behind
            };
            if !is_sealed {
                // One that could not be read.
                remove_seal(medium)?;
            }
            Ok(Beginning { rows: Some((rows, position)), found })
        }
    }
}

/// Of a damaged journal nothing can be made; the state that is there is worth more then.
fn check_journal(medium: &dyn Medium, evidence: &Evidence<'_>) -> Result<(), Fault> {
    ahead::read_all(medium, evidence.ledger, evidence.end.seq(), &mut |_, _| Ok(())).map(|_| ())
}

/// The place in the journal up to which rows go, if it is the journal that they were made from.
fn position_of(medium: &dyn Medium, evidence: &Evidence<'_>, mark: &Mark) -> Result<Option<Position>, Fault> {
    let end = evidence.end;
    if *mark == Mark::default() {
        return read::beginning(medium, evidence.ledger).map(Some);
    }
    let position = match mark.seq.cmp(&end.seq()) {
        Ordering::Equal => Some(end.clone()),
        Ordering::Less => read::position_after(medium, evidence.ledger, mark.seq)?,
        // Acknowledged under `Os`, and gone with the power.
        Ordering::Greater => None,
    };
    Ok(position.filter(|position| position.root == mark.root))
}

/// sled panics on damage that it does not expect, so it is opened where a panic can be caught; what then replaces
/// the state is the journal.
fn open_caught(place: &Place) -> Option<SledRows> {
    catch_unwind(AssertUnwindSafe(|| SledRows::open(place.clone()))).ok()?.ok()
}

/// The rows, if all of them are what was written. Where a panic ends the process nobody may try.
fn open_and_add_up(place: &Place) -> Option<SledRows> {
    if cfg!(panic = "abort") {
        return None;
    }
    let open = || {
        let rows = SledRows::open(place.clone())?;
        Ok::<_, Fault>(rows.add_up()?.then_some(rows))
    };
    catch_unwind(AssertUnwindSafe(open)).ok()?.ok()?
}
