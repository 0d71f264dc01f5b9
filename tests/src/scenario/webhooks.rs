//! The step about what a provider sends: `webhook NAME provider=stripe mode=test|live secret=… body="…" signed=…`.
//! The body is signed here as the provider would sign it, at the time of the ledger.

use ledger_core::{Ingested, Stripe, StripeMode, Timestamp, Webhook, WebhookRejected};
use serde_json::json;

use super::commands::Fields;
use super::parse::Step;
use super::run::{Answer, Run};

/// Hands in a webhook; answers what became of it.
pub fn act(run: &mut Run, step: &Step) -> Answer {
    let fields = Fields::new(step, &run.names);
    let text = |name: &str| fields.text(name).unwrap_or_default();
    let (provider, secret, signed) = (text("provider"), text("secret"), text("signed"));
    assert_eq!(provider, "stripe", "line {}: which provider?", step.line);
    let mode = match text("mode").as_str() {
        "test" => StripeMode::Test,
        "live" => StripeMode::Live,
        other => panic!("mode={other}?"),
    };
    let body = run.names.with_ids(&text("body"));
    fields.finish();
    let body = body.as_bytes();
    let endpoint = |secret: &str| Stripe::new(provider.as_str(), "main", secret, mode);
    let now = run.ledger().now();
    let signature = match signed.as_str() {
        "now" => endpoint(&secret).signature(body, now),
        "forged" => endpoint("the secret of somebody else").signature(body, now),
        ago => {
            let seconds: i64 = ago.parse().expect("signed=now, forged, or seconds ago");
            endpoint(&secret).signature(body, Timestamp::from_micros(now.micros() - seconds * 1_000_000))
        }
    };
    let headers = [("Stripe-Signature", signature.as_str())];
    let webhook = Webhook { headers: &headers, body };
    let told = json!({ "processor": provider, "bank": "main", "secret": secret, "mode": mode });
    let line = match run.ledger().ingest_webhook(&endpoint(&secret), &told, &webhook)? {
        Ingested::Applied { committed } => {
            let mut lines = run.noted(step, &committed);
            lines.insert(0, "applied".to_owned());
            return Ok(lines);
        }
        Ingested::Duplicate { seq } => format!("duplicate of record {seq}"),
        Ingested::Parked { seq } => format!("parked in record {seq}"),
        Ingested::Ignored => "ignored".to_owned(),
        Ingested::Rejected { why: WebhookRejected::ByProvider { refusal } } => format!("rejected: {refusal}"),
        Ingested::Rejected { why: WebhookRejected::OtherContent } => {
            "rejected: this event said something else before".to_owned()
        }
        other => panic!("an outcome that scenarios do not know: {other:?}"),
    };
    Ok(vec![line])
}
