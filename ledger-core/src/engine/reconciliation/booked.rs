//! What the books have of something that a processor accounts for.

use crate::engine::state_reader::{Readable, StateReader};
use crate::giving::dispute::DisputeState;
use crate::giving::donation::{Designation, DonationPart};
use crate::giving::provider::ProviderTarget;
use crate::giving::refund::RefundState;
use crate::machine::event::{
    DisputeChanged, DisputeFeeBooked, DisputeOpened, Event, RefundLearned, UnidentifiedReceived,
};
use crate::machine::state::StateView;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DisputeId, DonationId, IdBits, PaymentId, RefundId, SuspenseId};
use crate::vocabulary::money::{Amount, Currency};

/// Something that a processor accounts for, and its gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A gift that was recorded at a processor, without a payment.
    Gift(DonationId),
    Payment(PaymentId, DonationId),
    /// What another object brought for a payment that had been collected: it is nobody's.
    Again(PaymentId, DonationId, SuspenseId),
    Refund(RefundId, DonationId),
    Dispute(DisputeId, DonationId),
}

/// What the books have of it, in minor units: less than nothing where it was taken from us.
pub(super) struct Booked {
    pub(super) currency: Currency,
    pub(super) object: Option<String>,
    pub(super) gross_minor: i64,
    pub(super) fee_minor: i64,
}

impl Thing {
    pub(super) fn donation(self) -> DonationId {
        match self {
            Self::Gift(donation)
            | Self::Payment(_, donation)
            | Self::Again(_, donation, _)
            | Self::Refund(_, donation)
            | Self::Dispute(_, donation) => donation,
        }
    }

    /// Our id of it.
    pub(super) fn id(self) -> String {
        match self {
            Self::Gift(donation) => donation.to_string(),
            Self::Payment(payment, _) => payment.to_string(),
            Self::Again(_, _, item) => item.to_string(),
            Self::Refund(refund, _) => refund.to_string(),
            Self::Dispute(dispute, _) => dispute.to_string(),
        }
    }

    pub(super) fn target(self) -> Option<ProviderTarget> {
        match self {
            Self::Gift(_) => None,
            Self::Payment(payment, _) | Self::Again(payment, ..) => Some(ProviderTarget::Payment { payment }),
            Self::Refund(refund, _) => Some(ProviderTarget::Refund { refund }),
            Self::Dispute(dispute, _) => Some(ProviderTarget::Dispute { dispute }),
        }
    }
}

/// What an event is about that a processor accounts for.
pub(super) fn thing_of<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    event: &Event,
) -> Result<Option<Thing>, Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the others are in no account of a processor")]
    Ok(match event {
        Event::DonationCaptured { donation, .. } | Event::FeeBooked { donation, .. } => {
            let payment = state.begun(*donation)?.and_then(|begun| begun.captured_by);
            Some(payment.map_or(Thing::Gift(*donation), |payment| Thing::Payment(payment, *donation)))
        }
        Event::UnidentifiedReceived(UnidentifiedReceived {
            payment: Some(payment), item, object, ..
        }) => state.donation_of(*payment)?.map(|donation| match object {
            Some(_) => Thing::Again(*payment, donation, *item),
            None => Thing::Payment(*payment, donation),
        }),
        Event::RefundChanged { refund, donation, .. }
        | Event::RefundLearned(RefundLearned { refund, donation, .. }) => {
            Some(Thing::Refund(*refund, *donation))
        }
        Event::DisputeOpened(DisputeOpened { dispute, donation, .. })
        | Event::DisputeChanged(DisputeChanged { dispute, donation, .. })
        | Event::DisputeFeeBooked(DisputeFeeBooked { dispute, donation, .. }) => {
            Some(Thing::Dispute(*dispute, *donation))
        }
        _ => None,
    })
}

/// What a line is about: what its object is known to be, or what has the id that stands there.
pub(super) fn thing_named<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    processor: &str,
    name: &str,
) -> Result<Option<Thing>, Fault> {
    let known = state.object(processor, name)?;
    let of_payment = |payment: PaymentId| {
        Ok(state.donation_of(payment)?.map(|donation| Thing::Payment(payment, donation)))
    };
    let of_refund =
        |refund: RefundId| Ok(state.refund(refund)?.map(|(donation, _)| Thing::Refund(refund, donation)));
    let of_dispute = |dispute: DisputeId| {
        Ok(state.dispute(dispute)?.map(|(donation, _)| Thing::Dispute(dispute, donation)))
    };
    match known.is {
        Some(ProviderTarget::Payment { payment }) => match known.brought_in {
            Some(seq) => {
                let of = received(state, seq, &|of| of.object.as_deref() == Some(name))?;
                let donation = state.donation_of(payment)?;
                Ok(of.zip(donation).map(|(of, donation)| Thing::Again(payment, donation, of.item)))
            }
            None => of_payment(payment),
        },
        Some(ProviderTarget::Refund { refund }) => of_refund(refund),
        Some(ProviderTarget::Dispute { dispute }) => of_dispute(dispute),
        Some(ProviderTarget::Fee { .. } | ProviderTarget::Settlement { .. }) => Ok(None),
        None => {
            if let Ok(payment) = name.parse() {
                return of_payment(payment);
            }
            if let Ok(refund) = name.parse() {
                return of_refund(refund);
            }
            if let Ok(dispute) = name.parse() {
                return of_dispute(dispute);
            }
            let Ok(donation) = name.parse() else { return Ok(None) };
            let is_at_processor =
                state.donation(donation)?.is_some_and(|facts| facts.method.processor().is_some());
            Ok(is_at_processor.then_some(Thing::Gift(donation)))
        }
    }
}

/// What the books have of it; none of what is not there.
pub(super) fn booked<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    thing: Thing,
) -> Result<Option<Booked>, Fault> {
    match thing {
        Thing::Gift(donation) => gift(state, donation),
        Thing::Payment(payment, donation) => of_payment(state, payment, donation),
        Thing::Again(_, _, item) => {
            let received = received(state, IdBits::from(item).seq(), &|of| of.item == item)?;
            Ok(received.map(|of| Booked {
                currency: of.amount.currency(),
                object: of.object,
                gross_minor: of.amount.minor(),
                fee_minor: 0,
            }))
        }
        Thing::Refund(refund, donation) => {
            let currency = state.donation(donation)?.map(|facts| facts.currency);
            let Some((currency, (_, facts))) = currency.zip(state.refund(refund)?) else { return Ok(None) };
            let amount_minor = if facts.state == RefundState::Succeeded { facts.amount_minor } else { 0 };
            let gross_minor = signed(amount_minor).saturating_neg();
            Ok(Some(Booked { currency, object: facts.object, gross_minor, fee_minor: 0 }))
        }
        Thing::Dispute(dispute, _) => {
            let Some((_, facts)) = state.dispute(dispute)? else { return Ok(None) };
            let is_taken = facts.state.is_withdrawn() || facts.state == DisputeState::Lost;
            let gross_minor = if is_taken { facts.amount.minor().saturating_neg() } else { 0 };
            let fee_minor = signed(facts.charged_minor).saturating_sub(signed(facts.returned_minor));
            let object = facts.made.map(|made| made.object);
            Ok(Some(Booked { currency: facts.amount.currency(), object, gross_minor, fee_minor }))
        }
    }
}

fn gift<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    donation: DonationId,
) -> Result<Option<Booked>, Fault> {
    let Some(facts) = state.donation(donation)? else { return Ok(None) };
    let given = |part: &DonationPart| signed(part.given_minor);
    let gross_minor = facts.parts.iter().map(given).fold(0, i64::saturating_add);
    let (gross_minor, fee_minor) =
        if facts.reversed_by.is_some() { (0, 0) } else { (gross_minor, signed(facts.fees_minor)) };
    Ok(Some(Booked { currency: facts.currency, object: None, gross_minor, fee_minor }))
}

/// What a payment brought: the gift, and what it brought beyond it.
fn of_payment<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    payment: PaymentId,
    donation: DonationId,
) -> Result<Option<Booked>, Fault> {
    let Some(begun) = state.begun(donation)? else { return Ok(None) };
    let Some(own) = begun.payments.into_iter().find(|own| own.payment == payment) else { return Ok(None) };
    let record = own.captured_in.map(|seq| state.recorded(seq)).transpose()?.flatten();
    let mut brought: Vec<Amount> = Vec::new();
    for event in record.iter().flat_map(|record| &record.events) {
        #[allow(clippy::wildcard_enum_match_arm, reason = "the others bring nothing")]
        match event {
            Event::DonationCaptured { donation: id, designations, tip, .. }
                if *id == donation && begun.captured_by == Some(payment) =>
            {
                brought.extend(designations.iter().map(|Designation { amount, .. }| *amount).chain(*tip));
            }
            Event::UnidentifiedReceived(received)
                if received.payment == Some(payment) && received.object.is_none() =>
            {
                brought.push(received.amount);
            }
            _ => {}
        }
    }
    let Some(first) = brought.first() else { return Ok(None) };
    let fees = state.donation(donation)?.filter(|_| begun.captured_by == Some(payment));
    Ok(Some(Booked {
        currency: first.currency(),
        object: own.object,
        gross_minor: brought.iter().map(|amount| amount.minor()).fold(0, i64::saturating_add),
        fee_minor: fees.map_or(0, |facts| signed(facts.fees_minor)),
    }))
}

/// The money that a record received, where it is the one that is asked for.
fn received<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    seq: u64,
    is_it: &dyn Fn(&UnidentifiedReceived) -> bool,
) -> Result<Option<UnidentifiedReceived>, Fault> {
    let events = state.recorded(seq)?.map(|record| record.events).unwrap_or_default();
    Ok(events.into_iter().find_map(|event| {
        let Event::UnidentifiedReceived(of) = event else { return None };
        is_it(&of).then_some(of)
    }))
}

fn signed(minor: u64) -> i64 {
    i64::try_from(minor).unwrap_or(i64::MAX)
}
