//! Signatures and events of Stripe.

use serde_json::json;

use super::*;
use crate::giving::dispute::DisputeState;
use crate::giving::payment::{FailureReason, PaymentReport};
use crate::giving::provider::{FactSays, ProviderFact, SettlementOutcome};
use crate::giving::refund::RefundReport;
use crate::vocabulary::money::Amount;

const NOW: i64 = 1_700_000_000;

fn stripe() -> Stripe {
    Stripe::new("stripe", "main", "whsec_test_secret", StripeMode::Test)
}

fn now() -> Timestamp {
    Timestamp::from_micros(NOW * 1_000_000)
}

fn read_at(header: &str, body: &[u8], now: Timestamp) -> Result<ProviderEvent, WebhookRefusal> {
    stripe().read(&Webhook { headers: &[("Stripe-Signature", header)], body }, now)
}

/// An event with an object, signed as Stripe signs it.
#[allow(clippy::needless_pass_by_value, reason = "for json!")]
fn read(kind: &str, object: serde_json::Value) -> Result<Vec<ProviderFact>, WebhookRefusal> {
    let event = json!({ "id": "evt_1", "type": kind, "livemode": false, "data": { "object": object } });
    let body = event.to_string();
    let signature = stripe().signature(body.as_bytes(), now());
    let event = read_at(&signature, body.as_bytes(), now())?;
    assert_eq!(event.id, "evt_1");
    Ok(event.facts)
}

fn eur(minor: i64) -> Amount {
    Amount::from_minor(minor, "EUR".parse().unwrap()).unwrap()
}

#[test]
fn a_signature_counts_for_its_own_body_and_time() {
    let body = br#"{"id":"evt_1","type":"x","livemode":false,"data":{"object":{}}}"#;
    let header = stripe().signature(body, now());
    let at = |seconds: i64| Timestamp::from_micros((NOW + seconds) * 1_000_000);
    assert_eq!(read_at(&header, body, now()).map(|event| event.facts), Ok(Vec::new()));
    for seconds in [300, -300] {
        assert!(read_at(&header, body, at(seconds)).is_ok(), "{seconds}");
    }
    for seconds in [301_i64, -301] {
        let away = seconds.unsigned_abs();
        let outside = WebhookRefusal::OutsideTolerance { seconds: away, limit: 300 };
        assert_eq!(read_at(&header, body, at(seconds)), Err(outside), "{seconds}");
    }
    let mut longer = body.to_vec();
    longer.push(b' ');
    assert_eq!(read_at(&header, &longer, now()), Err(WebhookRefusal::WrongSignature));
    let (time, signature) = header.split_once(',').unwrap();
    let wrong = "v1=".to_owned() + &"0".repeat(64);
    for (header, refusal) in [
        (String::new(), WebhookRefusal::NoSignature),
        (time.to_owned(), WebhookRefusal::NoSignature),
        (signature.to_owned(), WebhookRefusal::NoSignature),
        (format!("{time},{}", signature.replace("v1", "v0")), WebhookRefusal::NoSignature),
        (format!("t=then,{signature}"), WebhookRefusal::NoSignature),
        (format!("t=1,{signature}"), WebhookRefusal::WrongSignature),
        (format!("{time},{wrong}"), WebhookRefusal::WrongSignature),
        (format!("{time},{}", signature.to_uppercase().replace("V1", "v1")), WebhookRefusal::WrongSignature),
        (format!("{time},{signature}x"), WebhookRefusal::WrongSignature),
    ] {
        assert_eq!(read_at(&header, body, now()), Err(refusal), "{header}");
    }
    assert!(read_at(&format!("{time},{wrong},{signature}"), body, now()).is_ok(), "one of several is enough");
}

#[test]
fn two_secrets_count_while_one_is_being_changed() {
    let body = br#"{"id":"evt_1","type":"x","livemode":false,"data":{"object":{}}}"#;
    let new = Stripe::new("stripe", "main", "whsec_new", StripeMode::Test);
    let header = new.signature(body, now());
    let webhook = Webhook { headers: &[("stripe-signature", &header)], body };
    assert_eq!(stripe().read(&webhook, now()), Err(WebhookRefusal::WrongSignature));
    assert!(stripe().also_signed_with("whsec_new").read(&webhook, now()).is_ok());
}

#[test]
fn a_live_event_is_none_of_a_test_ledger() {
    let body = br#"{"id":"evt_1","type":"x","livemode":true,"data":{"object":{}}}"#;
    let header = stripe().signature(body, now());
    assert_eq!(read_at(&header, body, now()), Err(WebhookRefusal::OtherMode));
}

#[test]
fn intents_tell_of_payments() {
    let intent = json!({
        "id": "pi_1", "currency": "eur", "amount": 10_500, "amount_received": 10_500,
        "metadata": { "payment": "pay_01ARZ3NDEKTSV4RRFFQ69G5FAV" },
        "last_payment_error": { "code": "card_declined", "decline_code": "insufficient_funds" },
    });
    let reports = [
        ("payment_intent.requires_action", PaymentReport::RequiresAction),
        ("payment_intent.processing", PaymentReport::Processing),
        ("payment_intent.amount_capturable_updated", PaymentReport::Authorised),
        ("payment_intent.payment_failed", PaymentReport::Failed { reason: FailureReason::InsufficientFunds }),
        ("payment_intent.canceled", PaymentReport::Voided),
        ("payment_intent.succeeded", PaymentReport::Captured),
    ];
    for (kind, expected) in reports {
        let facts = read(kind, intent.clone()).unwrap();
        let captured = (expected == PaymentReport::Captured).then(|| eur(10_500));
        let payment = "pay_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().ok();
        let says = FactSays::Payment { payment, report: expected, captured };
        assert_eq!(facts, [ProviderFact { object: "pi_1".into(), says }], "{kind}");
    }
    let mut expired = intent.clone();
    expired["cancellation_reason"] = "automatic".into();
    let facts = read("payment_intent.canceled", expired).unwrap();
    assert!(matches!(facts[0].says, FactSays::Payment { report: PaymentReport::Expired, .. }));
    assert_eq!(read("payment_intent.created", intent), Ok(Vec::new()));
}

#[test]
fn charges_tell_of_fees_and_exchanges_once_they_are_accounted_for() {
    let charge = |entry: serde_json::Value| {
        json!({
            "id": "ch_1", "payment_intent": "pi_1", "currency": "usd", "amount": 10_000,
            "amount_captured": 10_000, "balance_transaction": entry,
        })
    };
    assert_eq!(read("charge.succeeded", charge(json!("txn_1"))), Ok(Vec::new()), "not expanded");
    let entry =
        json!({ "id": "txn_1", "amount": 9_200, "currency": "eur", "fee": 310, "exchange_rate": 0.92 });
    let facts = read("charge.updated", charge(entry)).unwrap();
    let of_payment = || "pi_1".to_owned();
    let exchanged = FactSays::Exchanged {
        of_payment: of_payment(),
        captured: Some(Amount::from_minor(10_000, "USD".parse().unwrap()).unwrap()),
        settled: eur(9_200),
        rate: Some("0.92".into()),
    };
    let fee = FactSays::Fee { of_payment: of_payment(), fee: eur(310) };
    let fact = |object: &str, says| ProviderFact { object: object.into(), says };
    assert_eq!(facts, [fact("txn_1#exchange", exchanged), fact("txn_1", fee)]);
}

#[test]
fn refunds_disputes_and_payouts_are_told_of() {
    let refund = json!({
        "id": "re_1", "payment_intent": "pi_1", "currency": "eur", "amount": 3_000, "status": "succeeded",
        "created": NOW, "metadata": { "refund": "ref_01ARZ3NDEKTSV4RRFFQ69G5FAV" },
    });
    let of_payment = || "pi_1".to_owned();
    let says = FactSays::Refund {
        of_payment: of_payment(),
        refund: "ref_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().ok(),
        amount: eur(3_000),
        report: RefundReport::Succeeded,
        made_at: now(),
    };
    let expected = [ProviderFact { object: "re_1".into(), says }];
    assert_eq!(read("refund.updated", refund.clone()).unwrap(), expected);
    let charge = json!({ "id": "ch_1", "payment_intent": "pi_1", "refunds": { "data": [refund] } });
    assert_eq!(read("charge.refunded", charge).unwrap(), expected);

    let dispute = json!({
        "id": "dp_1", "payment_intent": "pi_1", "currency": "eur", "amount": 7_500, "status": "won",
        "created": NOW, "balance_transactions": [
            { "currency": "eur", "fee": 1_500 }, { "currency": "eur", "fee": -500 },
        ],
    });
    let (amount, state, made_at) = (eur(7_500), DisputeState::Won, now());
    let fact = |says| ProviderFact { object: "dp_1".into(), says };
    let expected = [
        fact(FactSays::Dispute { of_payment: of_payment(), amount, state, made_at }),
        fact(FactSays::DisputeFee { charged: Some(eur(1_500)), returned: Some(eur(500)) }),
    ];
    assert_eq!(read("charge.dispute.closed", dispute).unwrap(), expected);

    let payout = json!({ "id": "po_1", "currency": "eur", "amount": 10_165 });
    for (kind, outcome) in
        [("payout.paid", SettlementOutcome::Paid), ("payout.failed", SettlementOutcome::Returned)]
    {
        let says = FactSays::Settlement { bank: "main".into(), amount: eur(10_165), outcome };
        assert_eq!(read(kind, payout.clone()).unwrap(), [ProviderFact { object: "po_1".into(), says }]);
    }
}

#[test]
fn what_is_not_understood_names_the_field() {
    let not_understood = |field| Err(WebhookRefusal::NotUnderstood { field });
    assert_eq!(read("payment_intent.succeeded", json!({})), not_understood("amount_received"));
    assert_eq!(read("refund.created", json!({ "status": "lost" })), not_understood("status"));
    let half = json!({ "id": "pi_1", "currency": "isk", "amount_received": 501 });
    assert_eq!(read("payment_intent.succeeded", half), not_understood("amount_received"));
    let header = stripe().signature(b"{", now());
    assert_eq!(read_at(&header, b"{", now()).map(|event| event.facts), not_understood("body"));
}

#[test]
fn a_blank_secret_signs_nothing() {
    let (body, now) = (b"{}".as_slice(), Timestamp::from_micros(0));
    for blank in ["", " "] {
        let blank_one = Stripe::new("stripe", "main", blank, StripeMode::Test);
        let forged = blank_one.signature(body, now);
        let verified =
            |stripe: Stripe| stripe.read(&Webhook { headers: &[("stripe-signature", &forged)], body }, now);
        assert_eq!(verified(blank_one), Err(WebhookRefusal::WrongSignature));
        let unset = Stripe::new("stripe", "main", "whsec_1", StripeMode::Test).also_signed_with(blank);
        assert_eq!(verified(unset), Err(WebhookRefusal::WrongSignature));
    }
}
