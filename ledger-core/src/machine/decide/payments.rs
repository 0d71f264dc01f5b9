//! Rules of collecting: a gift is begun, attempts are made, one of them is captured.

use super::donations::{self, check_gift, check_method, check_takes, fee_shares, memo_field};
use super::texts::{self, count};
use super::{Decision, Moment, Refusal};
use crate::giving::donation::{FeeBearer, Method, amount_of, parts_of};
use crate::giving::payment::PaymentState;
use crate::machine::command::{BeginDonation, BookFee, CancelDonation, ReportPayment, StartPayment};
use crate::machine::event::{Event, MeantGift, PartShare};
use crate::machine::rejection::Rejection;
use crate::machine::state::{BegunFacts, DonationFacts, PaymentFacts, StateView};
use crate::vocabulary::ids::{DonationId, PaymentId};
use crate::vocabulary::money::{Amount, MoneyError};
use crate::vocabulary::split::split;

/// Most attempts at one donation: its row lists them all.
const PAYMENTS_MAX: usize = 100;

pub(super) fn begin(
    view: &dyn StateView,
    moment: &Moment,
    command: &BeginDonation,
) -> Result<Decision, Refusal> {
    check_gift(&command.designations, command.tip)?;
    texts::check_memo(command.memo.as_deref())?;
    let donor = command.donor;
    view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    for designation in &command.designations {
        let cause = designation.cause;
        let facts = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
        check_takes(&facts, designation.amount.currency(), moment.day(None))?;
    }
    let gift = MeantGift { designations: command.designations.clone(), tip: command.tip };
    let (fee_bearer, visibility) = (command.fee_bearer, command.visibility);
    let donation = DonationId::from(moment.id(0));
    let mut decision = Decision::of(Event::DonationBegun { donation, donor, gift, fee_bearer, visibility });
    decision.personal.extend(memo_field(donor, command.memo.as_deref()));
    Ok(decision)
}

pub(super) fn start(
    view: &dyn StateView,
    moment: &Moment,
    command: &StartPayment,
) -> Result<Decision, Refusal> {
    let processor = command.processor.clone();
    check_method(&Method::Processor { processor: processor.clone() })?;
    let begun = begun(view, command.donation)?;
    check_awaits(&begun)?;
    if begun.payments.len() >= PAYMENTS_MAX {
        let (donation, limit) = (begun.donation, count(PAYMENTS_MAX));
        return Err(Rejection::TooManyPayments { donation, limit }.into());
    }
    let (payment, BegunFacts { donation, donor, .. }) = (PaymentId::from(moment.id(0)), begun);
    Ok(Decision::of(Event::PaymentStarted { payment, donation, donor, processor }))
}

pub(super) fn report(view: &dyn StateView, command: &ReportPayment) -> Result<Decision, Refusal> {
    let (payment, to) = (command.payment, command.report.state());
    if command.fee.is_some() && to != PaymentState::Captured {
        return Err(Rejection::FeeWithoutCapture { payment }.into());
    }
    let unknown = || Rejection::UnknownPayment { payment };
    let begun = begun(view, view.donation_of(payment)?.ok_or_else(unknown)?)?;
    let own = begun.payments.iter().find(|own| own.payment == payment).ok_or_else(unknown)?;
    let from = own.state;
    if from.after(command.report).is_none() {
        let (what, from, to) = (payment.to_string(), from.word(), to.word());
        return Err(Rejection::IllegalTransition { what, from, to }.into());
    }
    if from == to {
        return Ok(Decision::default());
    }
    let mut decision = Decision::of(Event::PaymentChanged {
        payment,
        donation: begun.donation,
        donor: begun.donor,
        from,
        to,
        failure: command.report.failure(),
        pending: pending(&begun, own, to),
    });
    if to == PaymentState::Captured {
        decision.events.push(captured(&begun, own, command.fee)?);
    }
    Ok(decision)
}

pub(super) fn cancel(view: &dyn StateView, command: &CancelDonation) -> Result<Decision, Refusal> {
    let begun = begun(view, command.donation)?;
    let (donation, donor) = (begun.donation, begun.donor);
    if begun.is_cancelled {
        return Ok(Decision::default());
    }
    check_awaits(&begun)?;
    if let Some(open) = begun.payments.iter().find(|payment| !payment.state.is_final()) {
        return Err(Rejection::PaymentOpen { donation, payment: open.payment }.into());
    }
    Ok(Decision::of(Event::DonationCancelled { donation, donor }))
}

pub(super) fn book_fee(view: &dyn StateView, command: &BookFee) -> Result<Decision, Refusal> {
    let facts = captured_facts(view, command.donation)?;
    let (donation, fee) = (command.donation, command.fee);
    let Method::Processor { processor } = &facts.method else {
        return Err(Rejection::NotAtProcessor { donation }.into());
    };
    if fee.currency() != facts.currency {
        return Err(Rejection::from(MoneyError::CurrencyMismatch {
            expected: facts.currency,
            found: fee.currency(),
        })
        .into());
    }
    let shares = match facts.fee_bearer {
        FeeBearer::Platform => Vec::new(),
        FeeBearer::Causes => {
            check_fees(&facts, fee)?;
            let weights: Vec<u64> = facts.parts.iter().map(|part| part.given_minor).collect();
            let shares = split(fee.minor().unsigned_abs(), &weights).unwrap_or_default();
            let of_part = |(part, share_minor): (&crate::giving::donation::DonationPart, u64)| PartShare {
                beneficiary: part.beneficiary,
                share_minor,
            };
            facts.parts.iter().zip(shares).filter(|(_, share)| *share > 0).map(of_part).collect()
        }
    };
    let (donor, processor) = (facts.donor, processor.clone());
    Ok(Decision::of(Event::FeeBooked { donation, donor, fee, shares, processor }))
}

/// All fees together are at most what was given.
fn check_fees(facts: &DonationFacts, fee: Amount) -> Result<(), Rejection> {
    let given = facts.parts.iter().map(|part| part.given_minor).fold(0, u64::saturating_add);
    let fees = facts.fees_minor.saturating_add(fee.minor().unsigned_abs());
    match (fees > given, amount_of(given, facts.currency)) {
        (true, Some(gift)) => Err(Rejection::FeeExceedsGift { fee, gift }),
        (true, None) | (false, _) => Ok(()),
    }
}

/// A donation that was begun before it was paid.
fn begun(view: &dyn StateView, donation: DonationId) -> Result<BegunFacts, Refusal> {
    if let Some(begun) = view.begun(donation)? {
        return Ok(begun);
    }
    // One that came in paid awaits nothing.
    match view.donation(donation)? {
        Some(_) => Err(Rejection::DonationNotOpen { donation }.into()),
        None => Err(Rejection::UnknownDonation { donation }.into()),
    }
}

/// A donation that was captured, whichever way.
pub(super) fn captured_facts(view: &dyn StateView, donation: DonationId) -> Result<DonationFacts, Refusal> {
    match view.donation(donation)? {
        Some(facts) => match facts.reversed_by {
            Some(by) => Err(Rejection::EntryReversed { entry: donation.to_string(), by }.into()),
            None => Ok(facts),
        },
        None => match view.begun(donation)? {
            Some(_) => Err(Rejection::DonationNotCaptured { donation }.into()),
            None => Err(Rejection::UnknownDonation { donation }.into()),
        },
    }
}

fn check_awaits(begun: &BegunFacts) -> Result<(), Rejection> {
    let donation = begun.donation;
    if begun.captured_in.is_some() || begun.is_cancelled {
        return Err(Rejection::DonationNotOpen { donation });
    }
    Ok(())
}

/// What becomes pending with an attempt, or is no more; nothing where another attempt is pending too.
fn pending(begun: &BegunFacts, own: &PaymentFacts, to: PaymentState) -> Option<MeantGift> {
    let others = begun.payments.iter().any(|other| other.payment != own.payment && other.state.is_pending());
    (own.state.is_pending() != to.is_pending() && !others).then(|| begun.gift.clone())
}

/// The gift is there: from here on it is as any other.
fn captured(begun: &BegunFacts, own: &PaymentFacts, fee: Option<Amount>) -> Result<Event, Rejection> {
    // Two captures would be two gifts; the donor meant one.
    check_awaits(begun)?;
    let MeantGift { designations, tip } = &begun.gift;
    let total = check_gift(designations, *tip)?;
    donations::check_fee(fee, begun.fee_bearer, total)?;
    let weights: Vec<u64> = parts_of(designations, *tip).map(|part| part.given_minor).collect();
    Ok(Event::DonationCaptured {
        donation: begun.donation,
        donor: begun.donor,
        designations: designations.clone(),
        tip: *tip,
        fee,
        fee_bearer: begun.fee_bearer,
        fee_shares_minor: fee_shares(fee, begun.fee_bearer, &weights),
        method: Method::Processor { processor: own.processor.clone() },
        visibility: begun.visibility,
    })
}
