//! Signatures that Stripe's own client library made: what it takes is taken, what it refuses is refused.

use ledger_core::{PaymentProvider, Stripe, StripeMode, Timestamp, Webhook, WebhookRefusal};
use ledger_tests::shared_data;
use serde_json::Value;

#[test]
fn signatures_made_by_others_are_judged_alike() {
    let Some(folder) = shared_data::folder("reference", "signatures of webhooks") else { return };
    let vectors = std::fs::read(folder.join("judges/stripe_webhook_vectors.json")).expect("the vectors");
    let vectors: Vec<Value> = serde_json::from_slice(&vectors).expect("a list");
    let (mut taken, mut refused) = (0, 0);
    for vector in &vectors {
        let text = |field: &str| vector[field].as_str().expect("a text");
        let number = |field: &str| vector[field].as_i64().expect("a number");
        let name = text("name");
        let stripe = Stripe::new("stripe", "main", text("secret"), StripeMode::Test);
        let late = if vector["now_minus_ts"].is_null() { 0 } else { number("now_minus_ts") };
        let at = Timestamp::from_micros((number("timestamp") + late) * 1_000_000);
        let (header, body) = (text("header"), text("payload").as_bytes());
        let said = stripe.read(&Webhook { headers: &[("stripe-signature", header)], body }, at);
        // None of the bodies is a whole event: what passes the signature is not understood.
        let why = said.expect_err("no whole event");
        if vector["valid"].as_bool().expect("yes or no") {
            assert!(matches!(why, WebhookRefusal::NotUnderstood { .. }), "{name}: {why}");
            taken += 1;
        } else if late > 0 {
            assert_eq!(why, WebhookRefusal::OutsideTolerance { seconds: 301, limit: 300 }, "{name}");
            refused += 1;
        } else {
            let of_signature = matches!(why, WebhookRefusal::WrongSignature | WebhookRefusal::NoSignature);
            assert!(of_signature, "{name}: {why}");
            refused += 1;
        }
    }
    assert_eq!((taken, refused), (6, 7));
}
