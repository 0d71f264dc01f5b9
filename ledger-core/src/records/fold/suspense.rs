//! What is left of money that is not known to be anybody's gift.

use super::changes::Changes;
use super::facts::with_object;
use crate::giving::donation::{Designation, Method};
use crate::machine::event::Event;
use crate::machine::state::{SuspenseFacts, SuspenseHeld};
use crate::records::row::{RowKey, SuspenseRow};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, SuspenseId};
use crate::vocabulary::money::Amount;

/// What an event makes of such money.
pub(super) fn apply(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::UnidentifiedReceived(received) => {
            let held = SuspenseHeld::Received { method: received.method.clone() };
            put(changes, received.item, received.amount, held)?;
            let Some((processor, object)) = received.method.processor().zip(received.object.as_deref())
            else {
                return Ok(());
            };
            let seq = changes.seq;
            with_object(changes, processor, object, |facts| facts.brought_in = Some(seq))
        }
        Event::GiftSetAside(aside) => {
            let held = SuspenseHeld::SetAside { donation: aside.donation, cause: aside.cause };
            put(changes, aside.item, aside.amount, held)
        }
        Event::UnidentifiedReturned(returned) => take(changes, returned.item, minor(returned.amount)),
        Event::SetAsideReleased(released) => {
            let (item, minor) = (released.item, minor(released.amount));
            take(changes, item, minor)?;
            to_own_cause(changes, item, released.to, |taken| taken.saturating_add(minor))
        }
        Event::SetAsideAgain(again) => {
            let (item, minor) = (again.item, minor(again.amount));
            give(changes, item, minor)?;
            to_own_cause(changes, item, again.cause, |taken| taken.saturating_sub(minor))
        }
        Event::DonationCaptured { designations, tip, method: Method::Identified { item }, .. } => {
            take(changes, *item, gift_minor(designations, *tip))
        }
        Event::DonationRefunded { amount, method: Method::Identified { item }, .. } => {
            give(changes, *item, minor(*amount))
        }
        _ => Ok(()),
    }
}

/// What becomes of such money as an entry is taken back.
pub(super) fn take_back(changes: &mut Changes<'_>, undone: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "nothing else that can be taken back touches it")]
    match undone {
        Event::DonationCaptured { designations, tip, method: Method::Identified { item }, .. } => {
            give(changes, *item, gift_minor(designations, *tip))
        }
        Event::DonationRefunded { amount, method: Method::Identified { item }, .. } => {
            take(changes, *item, minor(*amount))
        }
        _ => Ok(()),
    }
}

fn put(changes: &mut Changes<'_>, item: SuspenseId, amount: Amount, held: SuspenseHeld) -> Result<(), Fault> {
    let facts = SuspenseFacts { item, amount, left_minor: minor(amount), taken_minor: 0, held };
    changes.suspense(RowKey::Suspense(item), || Some(SuspenseRow { seq: 0, facts })).map(|_| ())
}

fn take(changes: &mut Changes<'_>, item: SuspenseId, minor: u64) -> Result<(), Fault> {
    let seq = changes.seq;
    if let Some(row) = changes.suspense(RowKey::Suspense(item), || None)? {
        let less = row.facts.left_minor.checked_sub(minor);
        row.facts.left_minor = less.ok_or_else(|| Fault::state("money taken that was not there", seq))?;
    }
    Ok(())
}

fn give(changes: &mut Changes<'_>, item: SuspenseId, minor: u64) -> Result<(), Fault> {
    if let Some(row) = changes.suspense(RowKey::Suspense(item), || None)? {
        row.facts.left_minor = row.facts.left_minor.saturating_add(minor);
    }
    Ok(())
}

/// Notes what the cause that it was meant for was given of what was set aside.
fn to_own_cause(
    changes: &mut Changes<'_>,
    item: SuspenseId,
    to: CauseId,
    change: impl FnOnce(u64) -> u64,
) -> Result<(), Fault> {
    if let Some(row) = changes.suspense(RowKey::Suspense(item), || None)?
        && matches!(row.facts.held, SuspenseHeld::SetAside { cause, .. } if cause == to)
    {
        row.facts.taken_minor = change(row.facts.taken_minor);
    }
    Ok(())
}

fn minor(amount: Amount) -> u64 {
    amount.minor().unsigned_abs()
}

fn gift_minor(designations: &[Designation], tip: Option<Amount>) -> u64 {
    designations.iter().map(|to| minor(to.amount)).chain(tip.map(minor)).fold(0, u64::saturating_add)
}
