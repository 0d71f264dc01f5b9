//! Rules of collecting: a gift is begun, attempts are made, one of them is captured.

use super::attempts::{attempt, begun, changed, check_awaits, take_up};
use super::donations::{check_gift, check_method, check_takes, memo_field};
use super::texts::{self, count};
use super::{Decision, Moment, Refusal, captures};
use crate::giving::donation::{Designation, Method};
use crate::giving::payment::PaymentState;
use crate::machine::command::{BeginDonation, CancelDonation, ReportPayment, StartPayment};
use crate::machine::event::{Event, MeantGift};
use crate::machine::rejection::Rejection;
use crate::machine::state::{BegunFacts, CauseFacts, StateView};
use crate::vocabulary::ids::{DonationId, PaymentId};
use crate::vocabulary::money::Amount;

/// Most attempts at one donation: its row lists them all.
const PAYMENTS_MAX: usize = 100;

pub(super) fn begin(
    view: &dyn StateView,
    moment: &Moment,
    command: &BeginDonation,
) -> Result<Decision, Refusal> {
    let total = check_shape(command)?;
    check_donor(view, command)?;
    for designation in &command.designations {
        let facts = known_cause(view, designation)?;
        check_takes(&facts, total.currency(), moment.day(None))?;
    }
    Ok(begun_by(moment, command))
}

/// A gift in another currency than the one currency of its causes.
pub(super) fn begin_foreign(
    view: &dyn StateView,
    moment: &Moment,
    command: &BeginDonation,
) -> Result<Decision, Refusal> {
    let given = check_shape(command)?.currency();
    check_donor(view, command)?;
    let mut of_causes = None;
    for designation in &command.designations {
        let facts = known_cause(view, designation)?;
        let expected = *of_causes.get_or_insert(facts.currency);
        check_takes(&facts, expected, moment.day(None))?;
        if facts.currency == given {
            return Err(Rejection::SameCurrency { currency: given }.into());
        }
    }
    Ok(begun_by(moment, command))
}

fn check_shape(command: &BeginDonation) -> Result<Amount, Rejection> {
    let total = check_gift(&command.designations, command.tip)?;
    texts::check_memo(command.memo.as_deref())?;
    Ok(total)
}

fn check_donor(view: &dyn StateView, command: &BeginDonation) -> Result<(), Refusal> {
    let donor = command.donor;
    view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    Ok(())
}

fn known_cause(view: &dyn StateView, designation: &Designation) -> Result<CauseFacts, Refusal> {
    let cause = designation.cause;
    Ok(view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?)
}

fn begun_by(moment: &Moment, command: &BeginDonation) -> Decision {
    let (donation, donor) = (DonationId::from(moment.id(0)), command.donor);
    let gift = MeantGift { designations: command.designations.clone(), tip: command.tip };
    let (fee_bearer, visibility) = (command.fee_bearer, command.visibility);
    let mut decision = Decision::of(Event::DonationBegun { donation, donor, gift, fee_bearer, visibility });
    decision.personal.extend(memo_field(donor, command.memo.as_deref()));
    decision
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
    let donor = begun.donor;
    view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    if begun.payments.len() >= PAYMENTS_MAX {
        let (donation, limit) = (begun.donation, count(PAYMENTS_MAX));
        return Err(Rejection::TooManyPayments { donation, limit }.into());
    }
    let (payment, BegunFacts { donation, donor, .. }) = (PaymentId::from(moment.id(0)), begun);
    Ok(Decision::of(Event::PaymentStarted { payment, donation, donor, processor }))
}

pub(super) fn report(
    view: &dyn StateView,
    moment: &Moment,
    command: &ReportPayment,
) -> Result<Decision, Refusal> {
    let (payment, to) = (command.payment, command.report.state());
    if command.fee.is_some() && to != PaymentState::Captured {
        return Err(Rejection::FeeWithoutCapture { payment }.into());
    }
    let (begun, own) = attempt(view, payment)?;
    let Some(mut decision) = changed(view, &begun, &own, command.report)? else {
        // Nothing is booked of what is known; a fee that is not known is not dropped with it.
        return if command.fee.is_some() {
            Err(Rejection::FeeWithoutCapture { payment }.into())
        } else {
            Ok(Decision::default())
        };
    };
    if to == PaymentState::Captured {
        decision.append(captures::captured(view, moment, &begun, &own, command.fee)?);
        decision.then.extend(take_up(&own));
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
