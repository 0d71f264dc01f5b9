//! What Stripe's events mean.

use serde_json::Value;

use super::StripeMode;
use super::amounts;
use super::fields::Fields;
use crate::giving::dispute::DisputeState;
use crate::giving::payment::{FailureReason, PaymentReport};
use crate::giving::provider::{FactSays, ProviderFact, SettlementOutcome};
use crate::giving::refund::RefundReport;
use crate::providers::{ProviderEvent, WebhookRefusal};
use crate::vocabulary::money::Amount;

/// Reads an event.
pub(super) fn read(body: &[u8], mode: StripeMode, bank: &str) -> Result<ProviderEvent, WebhookRefusal> {
    let event: Value =
        serde_json::from_slice(body).map_err(|_| WebhookRefusal::NotUnderstood { field: "body" })?;
    let event = Fields(&event);
    let id = event.needed("id")?.to_owned();
    if event.flag("livemode")? != (mode == StripeMode::Live) {
        return Err(WebhookRefusal::OtherMode);
    }
    let data = event.object("data").and_then(|data| data.object("object"));
    let object = data.ok_or(WebhookRefusal::NotUnderstood { field: "data.object" })?;
    let facts = facts(event.needed("type")?, object, bank)?;
    Ok(ProviderEvent { id, facts })
}

fn facts(kind: &str, object: Fields<'_>, bank: &str) -> Result<Vec<ProviderFact>, WebhookRefusal> {
    match kind {
        "charge.succeeded" | "charge.captured" | "charge.updated" => charge(object),
        "charge.refunded" => object.objects("refunds").map(|of| refund(of, object)).collect(),
        "charge.refund.updated" | "refund.created" | "refund.updated" | "refund.failed" => {
            Ok(vec![refund(object, object)?])
        }
        "payout.paid" => Ok(vec![settlement(object, bank, SettlementOutcome::Paid)?]),
        "payout.failed" | "payout.canceled" => {
            Ok(vec![settlement(object, bank, SettlementOutcome::Returned)?])
        }
        _ if kind.starts_with("payment_intent.") => intent(kind, object),
        _ if kind.starts_with("charge.dispute.") => dispute(object),
        _ => Ok(Vec::new()),
    }
}

fn intent(kind: &str, intent: Fields<'_>) -> Result<Vec<ProviderFact>, WebhookRefusal> {
    let report = match kind {
        "payment_intent.requires_action" => PaymentReport::RequiresAction,
        "payment_intent.processing" => PaymentReport::Processing,
        "payment_intent.amount_capturable_updated" => PaymentReport::Authorised,
        "payment_intent.succeeded" => PaymentReport::Captured,
        "payment_intent.payment_failed" => PaymentReport::Failed { reason: reason(intent) },
        // Stripe gives an intent up by itself when its hold or its time to pay runs out.
        "payment_intent.canceled" if intent.text("cancellation_reason") == Some("automatic") => {
            PaymentReport::Expired
        }
        "payment_intent.canceled" => PaymentReport::Voided,
        _ => return Ok(Vec::new()),
    };
    let captured =
        if report == PaymentReport::Captured { Some(intent.amount("amount_received")?) } else { None };
    let says = FactSays::Payment { payment: intent.told("payment"), report, captured };
    let object = intent.needed("id")?.to_owned();
    let mut facts = vec![ProviderFact { object: object.clone(), says }];
    // An intent whose charge is expanded tells of its fee at once.
    if let Some(charge) = intent.object("latest_charge") {
        facts.extend(accounted(&object, charge)?);
    }
    Ok(facts)
}

/// Why a payment failed, as far as a donor can be told.
fn reason(intent: Fields<'_>) -> FailureReason {
    let error = intent.object("last_payment_error");
    let code = error.and_then(|error| error.text("decline_code").or_else(|| error.text("code")));
    match code {
        Some("insufficient_funds") => FailureReason::InsufficientFunds,
        Some("authentication_required" | "payment_intent_authentication_failure") => {
            FailureReason::NotAuthenticated
        }
        Some("expired_card") => FailureReason::MethodExpired,
        Some("processing_error" | "try_again_later" | "api_error") => FailureReason::Technical,
        Some(_) | None => FailureReason::Declined,
    }
}

/// A charge: of an intent it adds what Stripe accounts for; one without an intent is the payment itself.
fn charge(charge: Fields<'_>) -> Result<Vec<ProviderFact>, WebhookRefusal> {
    if let Some(intent) = charge.id("payment_intent") {
        return accounted(intent, charge);
    }
    let object = charge.needed("id")?.to_owned();
    let mut facts = Vec::new();
    if charge.text("status") == Some("succeeded") && charge.flag("captured")? {
        let captured = Some(charge.amount("amount_captured")?);
        let says =
            FactSays::Payment { payment: charge.told("payment"), report: PaymentReport::Captured, captured };
        facts.push(ProviderFact { object: object.clone(), says });
    }
    facts.extend(accounted(&object, charge)?);
    Ok(facts)
}

/// What Stripe's account says of a charge, once its balance transaction is expanded: the exchange, and the fee.
fn accounted(payment: &str, charge: Fields<'_>) -> Result<Vec<ProviderFact>, WebhookRefusal> {
    let Some(entry) = charge.object("balance_transaction") else { return Ok(Vec::new()) };
    let (id, of_payment) = (entry.needed("id")?, payment.to_owned());
    let mut facts = Vec::new();
    if entry.needed("currency")? != charge.needed("currency")? {
        let (settled, rate) = (entry.amount("amount")?, rate_of(entry));
        let captured = positive(charge, "amount_captured");
        let says = FactSays::Exchanged { of_payment: of_payment.clone(), captured, settled, rate };
        facts.push(ProviderFact { object: format!("{id}#exchange"), says });
    }
    if let Some(fee) = positive(entry, "fee") {
        facts.push(ProviderFact { object: id.to_owned(), says: FactSays::Fee { of_payment, fee } });
    }
    Ok(facts)
}

/// The rate as it is written: it is kept, never calculated with.
fn rate_of(entry: Fields<'_>) -> Option<String> {
    entry.0.get("exchange_rate").filter(|rate| rate.is_number()).map(Value::to_string)
}

/// A refund, alone or in the list of its charge.
fn refund(refund: Fields<'_>, charge: Fields<'_>) -> Result<ProviderFact, WebhookRefusal> {
    let report = match refund.needed("status")? {
        "pending" | "requires_action" => RefundReport::Pending,
        "succeeded" => RefundReport::Succeeded,
        "failed" => RefundReport::Failed,
        "canceled" => RefundReport::Cancelled,
        _ => return Err(WebhookRefusal::NotUnderstood { field: "status" }),
    };
    let of_payment = payment_of(refund).or_else(|| payment_of(charge));
    let says = FactSays::Refund {
        of_payment: of_payment.ok_or(WebhookRefusal::NotUnderstood { field: "payment_intent" })?.to_owned(),
        refund: refund.told("refund"),
        amount: refund.amount("amount")?,
        report,
        made_at: refund.time("created")?,
    };
    Ok(ProviderFact { object: refund.needed("id")?.to_owned(), says })
}

/// The payment that an object is about: the intent, or a charge that has none.
fn payment_of(object: Fields<'_>) -> Option<&str> {
    object.id("payment_intent").or_else(|| object.id("charge"))
}

fn dispute(dispute: Fields<'_>) -> Result<Vec<ProviderFact>, WebhookRefusal> {
    let state = match dispute.needed("status")? {
        "warning_needs_response" | "warning_under_review" => DisputeState::Inquiry,
        "warning_closed" | "prevented" => DisputeState::Closed,
        "needs_response" => DisputeState::Opened,
        "under_review" => DisputeState::UnderReview,
        "won" => DisputeState::Won,
        "lost" => DisputeState::Lost,
        _ => return Err(WebhookRefusal::NotUnderstood { field: "status" }),
    };
    let of_payment = payment_of(dispute).ok_or(WebhookRefusal::NotUnderstood { field: "payment_intent" })?;
    let object = dispute.needed("id")?.to_owned();
    let says = FactSays::Dispute {
        of_payment: of_payment.to_owned(),
        amount: dispute.amount("amount")?,
        state,
        made_at: dispute.time("created")?,
    };
    let mut facts = vec![ProviderFact { object: object.clone(), says }];
    let (charged, returned) = (fees(dispute, 1), fees(dispute, -1));
    if charged.is_some() || returned.is_some() {
        facts.push(ProviderFact { object, says: FactSays::DisputeFee { charged, returned } });
    }
    Ok(facts)
}

/// The sum of what a dispute's balance transactions charged (1), or gave back (-1).
fn fees(dispute: Fields<'_>, sign: i64) -> Option<Amount> {
    let mut sum = None::<(i64, &str)>;
    for entry in dispute.objects("balance_transactions") {
        let (Some(fee), Some(currency)) = (entry.number("fee"), entry.text("currency")) else { continue };
        let fee = fee.saturating_mul(sign).max(0);
        sum = Some((sum.map_or(0, |(sum, _)| sum).saturating_add(fee), currency));
    }
    sum.and_then(|(units, currency)| amounts::amount(units, currency))
}

fn settlement(
    payout: Fields<'_>,
    bank: &str,
    outcome: SettlementOutcome,
) -> Result<ProviderFact, WebhookRefusal> {
    let (bank, amount) = (bank.to_owned(), payout.amount("amount")?);
    let says = FactSays::Settlement { bank, amount, outcome };
    Ok(ProviderFact { object: payout.needed("id")?.to_owned(), says })
}

/// An amount that may be nothing.
fn positive(entry: Fields<'_>, field: &str) -> Option<Amount> {
    amounts::amount(entry.number(field)?, entry.text("currency")?)
}
