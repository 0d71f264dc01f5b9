//! What a provider says, in the rows of its objects and of donations.

use super::changes::Changes;
use super::give_again;
use crate::giving::payment::PaymentState;
use crate::giving::provider::ProviderTarget;
use crate::giving::refund::RefundState;
use crate::machine::event::{
    Event, FactParked, FactsTakenUp, ObjectAttached, PartShare, RefundLearned, Taking, TakingsRedivided,
};
use crate::machine::state::{ObjectFacts, PaymentFacts, RefundFacts};
use crate::records::row::{ConsumerRow, DonationRow, ObjectRow, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonationId;

/// What such an event changes.
pub(super) fn apply(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::ObjectAttached(attached) => attach(changes, attached),
        Event::FactParked(parked) => park(changes, parked),
        Event::FactsTakenUp(taken) => take_up(changes, taken),
        Event::RefundLearned(learned) => learn_refund(changes, learned),
        Event::TakingsRedivided(anew) => redivide(changes, anew),
        Event::NoticesAcknowledged(acknowledged) => {
            let key = RowKey::Consumer(acknowledged.consumer.clone());
            if let Some(row) = changes.consumer(key, || Some(ConsumerRow { seq: 0, through: 0 }))? {
                row.through = acknowledged.through;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn attach(changes: &mut Changes<'_>, attached: &ObjectAttached) -> Result<(), Fault> {
    with_object(changes, &attached.processor, &attached.object, |facts| facts.is = Some(attached.to))?;
    attached.donation.map_or(Ok(()), |donation| name_in_donation(changes, donation, attached))
}

fn park(changes: &mut Changes<'_>, parked: &FactParked) -> Result<(), Fault> {
    with_object(changes, &parked.processor, &parked.waits_for, |facts| facts.parked.push(parked.fact.clone()))
}

fn take_up(changes: &mut Changes<'_>, taken: &FactsTakenUp) -> Result<(), Fault> {
    with_object(changes, &taken.processor, &taken.object, |facts| facts.parked.clear())
}

/// Changes the row of an object, which begins with the first that is said of it.
pub(super) fn with_object(
    changes: &mut Changes<'_>,
    processor: &str,
    object: &str,
    change: impl FnOnce(&mut ObjectFacts),
) -> Result<(), Fault> {
    let key = RowKey::Object(processor.to_owned(), object.to_owned());
    let fresh = || ObjectRow { seq: 0, facts: ObjectFacts::default() };
    if let Some(row) = changes.object(key, || Some(fresh()))? {
        change(&mut row.facts);
    }
    Ok(())
}

/// What a payment, or a refund, of a donation is called by its processor.
fn name_in_donation(
    changes: &mut Changes<'_>,
    donation: DonationId,
    attached: &ObjectAttached,
) -> Result<(), Fault> {
    let Some(row) = changes.donation(RowKey::Donation(donation), || None)? else { return Ok(()) };
    match attached.to {
        ProviderTarget::Payment { payment } => {
            let payments = row.collecting.iter_mut().flat_map(|collecting| &mut collecting.payments);
            // Until it is captured it may be tried by several objects; then it is the one that captured it.
            let may = |own: &&mut PaymentFacts| own.object.is_none() || own.state != PaymentState::Captured;
            for own in payments.filter(|own| own.payment == payment).filter(may) {
                own.object = Some(attached.object.clone());
            }
        }
        ProviderTarget::Refund { refund } => {
            row.returning
                .iter_mut()
                .filter(|own| own.refund == refund)
                .for_each(|own| own.object = Some(attached.object.clone()));
        }
        ProviderTarget::Dispute { .. } | ProviderTarget::Fee { .. } | ProviderTarget::Settlement { .. } => {}
    }
    Ok(())
}

fn learn_refund(changes: &mut Changes<'_>, learned: &RefundLearned) -> Result<(), Fault> {
    let key = RowKey::Donation(learned.donation);
    let Some(row) = changes.donation(key, || Some(DonationRow::default()))? else { return Ok(()) };
    take(row, &learned.shares);
    row.returning.push(RefundFacts {
        refund: learned.refund,
        amount_minor: learned.amount.minor().unsigned_abs(),
        shares: learned.shares.clone(),
        state: RefundState::Requested,
        object: Some(learned.made.object.clone()),
        made: Some(learned.made.clone()),
    });
    Ok(())
}

fn take(row: &mut DonationRow, shares: &[PartShare]) {
    for share in shares {
        row.change_part(share.beneficiary, |part| {
            part.refunded_minor = part.refunded_minor.saturating_add(share.share_minor);
        });
    }
}

fn redivide(changes: &mut Changes<'_>, anew: &TakingsRedivided) -> Result<(), Fault> {
    let seq = changes.seq;
    let Some(row) = changes.donation(RowKey::Donation(anew.donation), || None)? else { return Ok(()) };
    for of in &anew.takings {
        match of.taking {
            Taking::Refund { refund } => {
                for share in &of.before {
                    give_again(row, share.beneficiary, share.share_minor, seq)?;
                }
                take(row, &of.after);
                let own = row.returning.iter_mut().filter(|own| own.refund == refund);
                own.for_each(|own| own.shares.clone_from(&of.after));
            }
            Taking::Dispute { dispute } => {
                for (shares, sign) in [(&of.before, Sign::Less), (&of.after, Sign::More)] {
                    for share in shares {
                        lose(row, share, sign);
                    }
                }
                let own = row.disputes.iter_mut().filter(|own| own.dispute == dispute);
                own.for_each(|own| own.shares.clone_from(&of.after));
            }
        }
    }
    for of in &anew.held {
        let own = row.disputes.iter_mut().filter(|own| own.dispute == of.dispute);
        own.for_each(|own| own.held.clone_from(&of.after));
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Sign {
    More,
    Less,
}

fn lose(row: &mut DonationRow, share: &PartShare, sign: Sign) {
    row.change_part(share.beneficiary, |part| {
        part.disputed_minor = match sign {
            Sign::More => part.disputed_minor.saturating_add(share.share_minor),
            Sign::Less => part.disputed_minor.saturating_sub(share.share_minor),
        };
    });
}
