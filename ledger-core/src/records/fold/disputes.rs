//! Disputes of a donation, and fees that its causes were given back, in its row.

use super::changes::Changes;
use crate::giving::dispute::DisputeFeeFlow;
use crate::giving::donation::{Beneficiary, Designation};
use crate::giving::policy::FeeGivenBack;
use crate::machine::event::{
    CauseOverdrawn, DisputeChanged, DisputeFeeBooked, DisputeOpened, Event, FeesGivenBack, OverdraftBorneBy,
    OverdraftReturned,
};
use crate::machine::state::DisputeFacts;
use crate::records::row::{DisputeRow, DonationRow, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DisputeId, DonationId};

/// What an event about disputes, or about fees given back, changes.
pub(super) fn apply(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::DisputeOpened(opened) => open(changes, opened),
        Event::DisputeChanged(became) => advance(changes, became),
        Event::DisputeFeeBooked(booked) => book_fee(changes, booked),
        Event::FeesGivenBack(given) => give_back(changes, given),
        Event::CauseOverdrawn(CauseOverdrawn {
            cause,
            amount,
            borne_by: OverdraftBorneBy::Platform,
            donation: Some(donation),
        }) => absorb(changes, *donation, *cause, |minor| minor.checked_add(amount.minor().unsigned_abs())),
        Event::OverdraftReturned(OverdraftReturned { donation, cause, amount }) => {
            absorb(changes, *donation, *cause, |minor| minor.checked_sub(amount.minor().unsigned_abs()))
        }
        _ => Ok(()),
    }
}

fn open(changes: &mut Changes<'_>, opened: &DisputeOpened) -> Result<(), Fault> {
    let DisputeOpened { dispute, amount, state, held, made, .. } = opened.clone();
    let facts = DisputeFacts {
        dispute,
        amount,
        state,
        held,
        shares: Vec::new(),
        charged_minor: 0,
        returned_minor: 0,
        made,
    };
    let of = DisputeRow { seq: 0, donation: opened.donation };
    changes.dispute(RowKey::Dispute(opened.dispute), || Some(of))?;
    let key = RowKey::Donation(opened.donation);
    if let Some(row) = changes.donation(key, || Some(DonationRow::default()))? {
        row.disputes.push(facts);
    }
    Ok(())
}

fn advance(changes: &mut Changes<'_>, became: &DisputeChanged) -> Result<(), Fault> {
    with_dispute(changes, became.donation, became.dispute, |facts| {
        (facts.state, facts.amount) = (became.to, became.amount);
        facts.held = if became.to.is_final() { Vec::new() } else { held_now(facts, became) };
        facts.shares.clone_from(&became.shares);
    })?;
    let Some(row) = changes.donation(RowKey::Donation(became.donation), || None)? else { return Ok(()) };
    for share in &became.shares {
        row.change_part(share.beneficiary, |part| {
            part.disputed_minor = part.disputed_minor.saturating_add(share.share_minor);
        });
    }
    Ok(())
}

/// What is frozen as money is withdrawn stays so until it is decided.
fn held_now(facts: &DisputeFacts, became: &DisputeChanged) -> Vec<Designation> {
    if became.from.is_withdrawn() { facts.held.clone() } else { became.held.clone() }
}

fn book_fee(changes: &mut Changes<'_>, booked: &DisputeFeeBooked) -> Result<(), Fault> {
    with_dispute(changes, booked.donation, booked.dispute, |facts| {
        let minor = match booked.flow {
            DisputeFeeFlow::Charged => &mut facts.charged_minor,
            DisputeFeeFlow::Returned => &mut facts.returned_minor,
        };
        *minor = minor.saturating_add(booked.fee.minor().unsigned_abs());
    })
}

fn give_back(changes: &mut Changes<'_>, given: &FeesGivenBack) -> Result<(), Fault> {
    let key = RowKey::Donation(given.donation);
    let Some(row) = changes.donation(key, || Some(DonationRow::default()))? else { return Ok(()) };
    for each in &given.to {
        row.change_part(Beneficiary::Cause { cause: each.cause }, |part| {
            let minor = match given.fee {
                FeeGivenBack::OfProcessor => &mut part.fees_back_minor,
                FeeGivenBack::OfPlatform => &mut part.platform_fees_back_minor,
            };
            *minor = minor.saturating_add(each.amount.minor().unsigned_abs());
        });
    }
    Ok(())
}

/// Changes what the platform bears of what was taken of a part.
fn absorb(
    changes: &mut Changes<'_>,
    donation: DonationId,
    cause: CauseId,
    change: impl FnOnce(u64) -> Option<u64>,
) -> Result<(), Fault> {
    let seq = changes.seq;
    let Some(row) = changes.donation(RowKey::Donation(donation), || Some(DonationRow::default()))? else {
        return Ok(());
    };
    let mut after = None;
    row.change_part(Beneficiary::Cause { cause }, |part| {
        after = change(part.absorbed_minor);
        part.absorbed_minor = after.unwrap_or(0);
    });
    after.map(|_| ()).ok_or_else(|| Fault::state("more returned than the platform bore", seq))
}

fn with_dispute(
    changes: &mut Changes<'_>,
    donation: DonationId,
    dispute: DisputeId,
    change: impl FnOnce(&mut DisputeFacts),
) -> Result<(), Fault> {
    let row = changes.donation(RowKey::Donation(donation), || None)?;
    let facts = row.and_then(|row| row.disputes.iter_mut().find(|facts| facts.dispute == dispute));
    if let Some(facts) = facts {
        change(facts);
    }
    Ok(())
}
