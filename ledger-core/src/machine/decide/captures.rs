//! Rules of captured money: it is the gift that was begun, or it is nobody's yet; it is never dropped.

use super::amounts::in_currency;
use super::attempts::{attempt, cause_of, changed, currency_of_causes, is_foreign, take_up};
use super::donations::{self, check_gift, fee_shares};
use super::{Decision, Moment, Refusal};
use crate::giving::cause::CauseStatus;
use crate::giving::donation::{Designation, Method, amount_of, parts_of};
use crate::giving::payment::PaymentReport;
use crate::giving::policy::ClosedCause;
use crate::machine::command::{CaptureExchanged, ExchangeMoney};
use crate::machine::event::{CurrencyExchanged, Event, GiftSetAside, MeantGift, UnidentifiedReceived};
use crate::machine::rejection::Rejection;
use crate::machine::state::{BegunFacts, PaymentFacts, StateView};
use crate::vocabulary::ids::{DonationId, ExchangeId, ReallocationId, SuspenseId};
use crate::vocabulary::money::Amount;
use crate::vocabulary::split::split;

/// Ordinals of the ids that a capture makes besides: of what is exchanged, of money that is nobody's, and from there on
/// of what is set aside or passed on.
const EXCHANGE_ORDINAL: u16 = 4;
const SUSPENSE_ORDINAL: u16 = 5;
const CLOSED_ORDINAL: u16 = 8;

/// A payment was captured, in the currency of the causes.
pub(super) fn captured(
    view: &dyn StateView,
    moment: &Moment,
    begun: &BegunFacts,
    own: &PaymentFacts,
    fee: Option<Amount>,
) -> Result<Decision, Refusal> {
    let MeantGift { designations, tip } = &begun.gift;
    let total = check_gift(designations, *tip)?;
    if !begun.awaits() {
        return Ok(unidentified(moment, begun, own, total, fee)?);
    }
    if is_foreign(view, begun)? {
        return Err(Rejection::AwaitsExchange { donation: begun.donation }.into());
    }
    let method = Method::Processor { processor: own.processor.clone() };
    gift(view, moment, begun, Captured { designations: designations.clone(), tip: *tip, fee, method })
}

/// What a processor made of what it captured.
pub(super) struct Exchange {
    /// What it captured; none where nobody says that it is another amount than was meant.
    pub(super) captured: Option<Amount>,
    pub(super) settled: Amount,
    pub(super) rate: Option<String>,
    pub(super) fee: Option<Amount>,
}

/// A payment was captured in another currency than the causes', and exchanged.
pub(super) fn capture_exchanged(
    view: &dyn StateView,
    moment: &Moment,
    command: &CaptureExchanged,
) -> Result<Decision, Refusal> {
    check_rate(command.rate.as_deref())?;
    let (begun, own) = attempt(view, command.payment)?;
    let given = check_gift(&begun.gift.designations, begun.gift.tip)?;
    let settled = command.settled;
    if given.currency() == settled.currency() {
        return Err(Rejection::SameCurrency { currency: settled.currency() }.into());
    }
    if begun.awaits() {
        in_currency(settled, currency_of_causes(view, &begun)?)?;
    }
    let exchange = Exchange { captured: None, settled, rate: command.rate.clone(), fee: command.fee };
    exchanged(view, moment, &begun, own, exchange)
}

/// What was captured abroad is the gift if it is as much as was meant, and the causes can have it; otherwise it is nobody's
/// yet, as what it became.
pub(super) fn exchanged(
    view: &dyn StateView,
    moment: &Moment,
    begun: &BegunFacts,
    own: PaymentFacts,
    exchange: Exchange,
) -> Result<Decision, Refusal> {
    let MeantGift { designations, tip } = &begun.gift;
    let (given, Exchange { captured, settled, rate, fee }) = (check_gift(designations, *tip)?, exchange);
    let Some(mut decision) = changed(view, begun, &own, PaymentReport::Captured)? else {
        return Ok(Decision::default());
    };
    let is_meant = begun.awaits() && captured.is_none_or(|captured| captured == given);
    let (designations, tip) = exchanged_parts(designations, *tip, settled);
    if is_meant && settled.currency() == currency_of_causes(view, begun)? && !designations.is_empty() {
        let method = Method::Exchanged { processor: own.processor.clone(), given };
        decision.append(gift(view, moment, begun, Captured { designations, tip, fee, method })?);
        decision.then.extend(take_up(&own));
        let donation = Some(begun.donation);
        decision.events.push(exchange_of(moment, own.processor, given, settled, rate, donation));
    } else {
        decision.append(unidentified(moment, begun, &own, settled, fee)?);
        decision.then.extend(take_up(&own));
    }
    Ok(decision)
}

/// What was captured in the currency of the causes was exchanged into another one: the processor has that now.
pub(super) fn exchanged_since(
    moment: &Moment,
    begun: &BegunFacts,
    own: PaymentFacts,
    exchange: Exchange,
) -> Decision {
    let Exchange { captured, settled, rate, .. } = exchange;
    let meant = check_gift(&begun.gift.designations, begun.gift.tip).ok();
    match captured.or(meant).filter(|from| from.currency() != settled.currency()) {
        Some(from) => Decision::of(exchange_of(moment, own.processor, from, settled, rate, None)),
        None => Decision::default(),
    }
}

fn exchange_of(
    moment: &Moment,
    processor: String,
    from: Amount,
    to: Amount,
    rate: Option<String>,
    donation: Option<DonationId>,
) -> Event {
    let exchange = ExchangeId::from(moment.id(EXCHANGE_ORDINAL));
    Event::CurrencyExchanged(CurrencyExchanged { exchange, processor, from, to, rate, donation })
}

/// A processor exchanged money that it holds.
pub(super) fn exchange(moment: &Moment, command: &ExchangeMoney) -> Result<Decision, Refusal> {
    let ExchangeMoney { processor, from, to, rate, .. } = command.clone();
    donations::check_method(&Method::Processor { processor: processor.clone() })?;
    check_rate(rate.as_deref())?;
    if from.currency() == to.currency() {
        return Err(Rejection::SameCurrency { currency: from.currency() }.into());
    }
    let (exchange, donation) = (ExchangeId::from(moment.id(0)), None);
    let exchanged = CurrencyExchanged { exchange, processor, from, to, rate, donation };
    Ok(Decision::of(Event::CurrencyExchanged(exchanged)))
}

/// Whether what was captured is still to be exchanged, so that nobody knows yet what it becomes.
pub(super) fn awaits_exchange(
    view: &dyn StateView,
    begun: &BegunFacts,
    captured: Option<Amount>,
) -> Result<bool, Refusal> {
    let of_causes = currency_of_causes(view, begun)?;
    Ok(is_foreign(view, begun)? && captured.is_none_or(|captured| captured.currency() != of_causes))
}

/// What was captured of a gift, in the currency of its causes.
struct Captured {
    designations: Vec<Designation>,
    tip: Option<Amount>,
    fee: Option<Amount>,
    method: Method,
}

/// The gift is there: from here on it is as any other.
fn gift(
    view: &dyn StateView,
    moment: &Moment,
    begun: &BegunFacts,
    captured: Captured,
) -> Result<Decision, Refusal> {
    let Captured { designations, tip, fee, method } = captured;
    let total = check_gift(&designations, tip)?;
    donations::check_fee(fee, begun.fee_bearer, total)?;
    let weights: Vec<u64> = parts_of(&designations, tip).map(|part| part.given_minor).collect();
    let fee_shares_minor = fee_shares(fee, begun.fee_bearer, &weights);
    let closed = for_closed_causes(view, moment, begun, &designations, &fee_shares_minor)?;
    let mut decision = Decision::of(Event::DonationCaptured {
        donation: begun.donation,
        donor: begun.donor,
        designations,
        tip,
        fee,
        fee_bearer: begun.fee_bearer,
        fee_shares_minor,
        method,
        visibility: begun.visibility,
    });
    decision.events.extend(closed);
    Ok(decision)
}

/// What becomes of the parts of causes that were closed since, less what they bear of the fee.
fn for_closed_causes(
    view: &dyn StateView,
    moment: &Moment,
    begun: &BegunFacts,
    designations: &[Designation],
    fee_shares_minor: &[u64],
) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    let fees = fee_shares_minor.iter().copied().chain(core::iter::repeat(0));
    for ((ordinal, designation), fee) in (CLOSED_ORDINAL..).zip(designations).zip(fees) {
        let (cause, facts) = (designation.cause, cause_of(view, designation)?);
        let left = designation.amount.minor().unsigned_abs().saturating_sub(fee);
        let Some(amount) = amount_of(left, facts.currency) else { continue };
        if facts.status != CauseStatus::Closed {
            continue;
        }
        match view.policies_of(cause)?.on_closed {
            ClosedCause::TakeAnyway => {}
            ClosedCause::SetAside => {
                let (item, donation) = (SuspenseId::from(moment.id(ordinal)), begun.donation);
                events.push(Event::GiftSetAside(GiftSetAside { item, donation, cause, amount }));
            }
            ClosedCause::PassTo { cause: to } => {
                let reallocation = ReallocationId::from(moment.id(ordinal));
                events.push(Event::Reallocated { reallocation, from: cause, to, amount });
            }
        }
    }
    Ok(events)
}

/// Two captures would be two gifts, and the donor meant one: the second is nobody's until somebody decides. Its fee is no
/// cause's.
pub(super) fn unidentified(
    moment: &Moment,
    begun: &BegunFacts,
    own: &PaymentFacts,
    amount: Amount,
    fee: Option<Amount>,
) -> Result<Decision, Rejection> {
    let processor = own.processor.clone();
    let mut decision = Decision::of(Event::UnidentifiedReceived(UnidentifiedReceived {
        item: SuspenseId::from(moment.id(SUSPENSE_ORDINAL)),
        amount,
        method: Method::Processor { processor: processor.clone() },
        payment: Some(own.payment),
        donor: Some(begun.donor),
        object: None,
    }));
    if let Some(fee) = fee {
        let (fee, shares) = (in_currency(fee, amount.currency())?, Vec::new());
        let (donation, donor) = (begun.donation, begun.donor);
        decision.events.push(Event::FeeBooked { donation, donor, fee, shares, processor });
    }
    Ok(decision)
}

/// What parts become of what the whole became: in the proportions in which they were given. One that becomes less than the
/// smallest unit becomes nothing, and is left out.
fn exchanged_parts(
    designations: &[Designation],
    tip: Option<Amount>,
    settled: Amount,
) -> (Vec<Designation>, Option<Amount>) {
    let weights: Vec<u64> = parts_of(designations, tip).map(|part| part.given_minor).collect();
    let shares = split(settled.minor().unsigned_abs(), &weights).unwrap_or_default();
    let mut amounts = shares.into_iter().map(|minor| amount_of(minor, settled.currency()));
    let mut parts = Vec::with_capacity(designations.len());
    for designation in designations {
        let amount = amounts.next().flatten();
        parts.extend(amount.map(|amount| Designation { cause: designation.cause, amount }));
    }
    (parts, tip.and_then(|_| amounts.next().flatten()))
}

/// A rate is a positive decimal number.
fn check_rate(rate: Option<&str>) -> Result<(), Rejection> {
    let is_rate = |text: &str| {
        let parsed = text.parse::<rust_decimal::Decimal>();
        text.len() <= 40 && parsed.is_ok_and(|rate| rate.is_sign_positive() && !rate.is_zero())
    };
    match rate {
        Some(text) if !is_rate(text) => Err(Rejection::InvalidRate),
        Some(_) | None => Ok(()),
    }
}
