//! What a provider sends, signed as Stripe signs it, and the notices that come of it.

use hmac::{Hmac, KeyInit, Mac};
use ledger_core::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

use super::books::{Books, squeezed};
use super::{books_with, captured};

/// Books with a gift of 20.00 EUR that waits for its payment, the secret of an endpoint in a file, and the payment.
fn waiting() -> (Books, String, String) {
    let books = books_with(&["water"]);
    let gift = books.done("donation begin --donor ada --to water=20.00 --key order-1");
    let payment = books.done(&format!("payment start {gift} --processor stripe --key order-1-try-1"));
    books.write("secret.txt", b"whsec_old\nwhsec_test\n");
    (books, gift, payment)
}

/// An event, as Stripe writes it.
fn event(id: &str, kind: &str, object: &Value) -> String {
    json!({ "id": id, "type": kind, "livemode": false, "data": { "object": object } }).to_string()
}

fn succeeded(payment: &str) -> String {
    let object = json!({
        "id": "pi_1", "currency": "eur", "amount_received": 2_000, "metadata": { "payment": payment },
    });
    event("evt_1", "payment_intent.succeeded", &object)
}

/// The value of `Stripe-Signature`: HMAC-SHA-256 over the time, a dot and the body. The time is that of the last record.
fn signature(books: &Books, secret: &str, body: &str) -> String {
    let last = books.json(&["status", "order-1-try-1"])["committed"]["recorded_at"].clone();
    let seconds = Timestamp::parse(last.as_str().unwrap()).unwrap().micros() / 1_000_000;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.{body}").as_bytes());
    let digits: Vec<String> = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={}", digits.concat())
}

/// The command line that takes in a body with a signature.
fn webhook(books: &Books, body: &str, signature: &str) -> String {
    let body = books.write("body.json", body.as_bytes());
    let secret = books.path("secret.txt");
    let (body, secret) = (body.display(), secret.display());
    format!("webhook --provider stripe --secret-file {secret} --signature {signature} {body}")
}

fn records(books: &Books) -> u64 {
    books.json(&["stats"])["records"].as_u64().unwrap()
}

#[test]
fn a_webhook_is_applied_once_and_a_forged_one_never() {
    let (books, gift, payment) = waiting();
    let body = succeeded(&payment);
    let signed = signature(&books, "whsec_test", &body);

    let before = records(&books);
    let forged = signature(&books, "whsec_other", &body);
    let said = books.refused(&webhook(&books, &body, &forged));
    assert!(
        said.starts_with("error: webhook was not taken in: signature is not that of this body"),
        "{said}"
    );
    let longer = format!("{body} ");
    assert_eq!(books.refused(&webhook(&books, &longer, &signed)), said, "the body counts byte for byte");
    let live = format!("{} --live", webhook(&books, &body, &signed));
    assert!(books.refused(&live).contains("it is of the other mode"));
    assert_eq!(records(&books), before, "nothing was written");

    // The headers as they came, with the line of the request.
    let headers = format!("POST /hook HTTP/1.1\nHost: example.org\nstripe-signature: {signed}\n");
    let headers = books.write("headers.txt", headers.as_bytes());
    let first = webhook(&books, &body, &signed)
        .replace(&format!("--signature {signed}"), &format!("--headers {}", headers.display()));
    let applied = squeezed(&books.told(&first));
    assert_eq!(applied[0], format!("applied as record {}", before + 1));
    assert!(applied.contains(&format!("donation_captured {gift}")), "{applied:?}");
    assert!(applied.contains(&"assets:processor:stripe:pending EUR 20.00".to_owned()), "{applied:?}");

    let duplicate = books.told(&webhook(&books, &body, &signed));
    assert_eq!(duplicate, format!("duplicate: it was taken in as record {}\n", before + 1));
    let document = books.document(&webhook(&books, &body, &signed));
    assert_eq!(document, json!({ "duplicate": { "seq": before + 1 } }));
    let other = body.replace("2000", "1999");
    let said = books.refused(&webhook(&books, &other, &signature(&books, "whsec_old", &other)));
    assert!(said.ends_with("was taken in before, and said something else"), "{said}");
    assert_eq!(records(&books), before + 1);
    assert_eq!(books.json(&["standing", "water"])["available"], "20.00");
}

#[test]
fn what_comes_early_waits_until_its_object_is_attached() {
    let (books, gift, payment) = waiting();
    let refund = json!({
        "id": "re_1", "payment_intent": "pi_1", "currency": "eur", "amount": 500, "status": "succeeded",
        "created": 1_700_000_000,
    });
    let early = event("evt_2", "refund.updated", &refund);
    let take_in = |body: &str| books.told(&webhook(&books, body, &signature(&books, "whsec_test", body)));
    let parked = take_in(&early);
    assert_eq!(parked, format!("parked as record {}: it waits for what it is about\n", records(&books)));
    let unknown = event("evt_3", "customer.created", &json!({ "id": "cus_1" }));
    assert_eq!(take_in(&unknown), "ignored: it says nothing new, or nothing that is kept\n");

    let listed = || squeezed(&books.told("parked"));
    assert_eq!(listed(), ["processor waits for told of", "stripe pi_1 re_1"]);
    assert_eq!(books.json(&["parked"])[0]["waits_for"], "pi_1");

    assert_eq!(books.done(&format!("attach {payment} pi_1 --key attach-1")), payment);
    books.done(&format!("payment report {payment} captured --key order-1-captured"));
    assert_eq!(listed().len(), 1, "all were taken up");
    let life = squeezed(&books.told(&format!("donation show {gift}")));
    assert_eq!(life[2..4], ["water 20.00 5.00 0.00 15.00 EUR", "all 20.00 5.00 0.00 15.00 EUR"]);
    assert!(life.last().unwrap().ends_with(" succeeded 5.00 EUR"), "{life:?}");

    let asked = books.done(&format!("refund {gift} --amount 4.00 --key refund-1"));
    assert_eq!(books.done(&format!("attach {asked} re_2 --key attach-2")), asked);
    let taken = format!("attach {asked} pi_1 --key attach-3");
    assert!(books.refused(&taken).starts_with("error 3038: "));
}

#[test]
fn notices_come_until_they_are_acknowledged() {
    let books = books_with(&["water"]);
    let gift = captured(&books, "--to water=20.00 --tip 1.00", "order-1");
    let refund = books.done(&format!("refund {gift} --amount 4.20 --key refund-1"));
    books.done(&format!("refund-report {refund} failed --key refund-1-failed"));
    let [_, second] = [1, 2].map(|limit| {
        let page = books.document(&format!("notices next mailer --limit {limit}"));
        assert_eq!(page["notices"].as_array().unwrap().len(), limit);
        page
    });
    let told = squeezed(&books.told("notices next mailer"));
    let through = records(&books);
    assert!(told[0].ends_with(&format!(" donation_captured {gift} 21.00 EUR")), "{told:?}");
    assert!(told[1].ends_with(&format!(" refund_failed {refund} 4.20 EUR")), "{told:?}");
    assert_eq!(told[2..], [format!("through record {through}")]);
    assert_eq!(second["notices"][1]["kind"]["refund_failed"]["refund"], json!(refund));

    let captured_in = second["notices"][0]["seq"].as_u64().unwrap();
    books.told(&format!("notices acknowledge mailer {captured_in}"));
    let next = books.document("notices next mailer");
    assert_eq!(next["notices"].as_array().unwrap().len(), 1, "the first was dealt with");
    books.told(&format!("notices acknowledge mailer {through}"));
    assert_eq!(books.document("notices next mailer")["notices"], json!([]));
    assert_eq!(books.document("notices next sms")["notices"], second["notices"], "another reads for itself");
    let after = books.document(&format!("notices after {captured_in}"));
    assert_eq!(after["notices"], next["notices"]);
    let again = books.document(&format!("notices acknowledge mailer {through}"));
    assert_eq!(again["events"], json!([]), "what is known is not recorded again");
    assert!(books.refused("notices acknowledge mailer 999").starts_with("error 1026: "));
}
