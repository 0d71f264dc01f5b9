//! Stripe's own library and this ledger judge the same webhooks: what either signs the other takes, what is forged both
//! refuse, and where they differ is said here, one by one. `tests/run judges` installs the library; without it these
//! tests fail.

#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::fmt::Display;
use std::io::Write;

use hmac::{Hmac, KeyInit, Mac};
use ledger_core::{PaymentProvider, ProviderEvent, Stripe, StripeMode, Timestamp, Webhook, WebhookRefusal};
use ledger_tests::judges;
use serde_json::{Value, json};
use sha2::Sha256;

const NOW: i64 = 1_700_000_000;
/// How far the time of a signature may be from now, at most and least.
const SECONDS: [i64; 6] = [-300, -299, -1, 0, 1, 300];
const EVENT: &str =
    r#"{"id":"evt_1","object":"event","type":"customer.created","livemode":false,"data":{"object":{}}}"#;

/// A webhook, the secret that it should be signed with, and when it is looked at.
struct Sent {
    secret: String,
    header: Option<String>,
    body: Vec<u8>,
    now_micros: i64,
}

impl Sent {
    fn new(secret: &str, header: String, body: impl Into<Vec<u8>>) -> Self {
        Self {
            secret: secret.to_owned(),
            header: Some(header),
            body: body.into(),
            now_micros: NOW * 1_000_000,
        }
    }

    /// What the ledger says of it.
    fn ours(&self) -> Result<ProviderEvent, WebhookRefusal> {
        let headers: Vec<(&str, &str)> =
            self.header.iter().map(|header| ("Stripe-Signature", header.as_str())).collect();
        let webhook = Webhook { headers: &headers, body: &self.body };
        stripe(&self.secret).read(&webhook, Timestamp::from_micros(self.now_micros))
    }
}

fn stripe(secret: &str) -> Stripe {
    Stripe::new("stripe", "main", secret, StripeMode::Test)
}

/// What the library answers to a list of cases.
fn ask(word: &str, cases: &[Value]) -> Vec<Value> {
    let mut judge = judges::start(judges::script("stripe_judge.py").arg(word));
    let told = judge.stdin.take().unwrap().write_all(&serde_json::to_vec(cases).unwrap());
    let output = judge.wait_with_output().unwrap();
    let heard = told.is_ok() && output.status.success();
    assert!(heard, "the judge ended, see what it said; `tests/run judges` installs what it needs");
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), cases.len());
    answers
}

/// What the library says of webhooks: whose event each is, that it is not understood, or that it is refused.
fn theirs(all: &[Sent]) -> Vec<Value> {
    let case = |sent: &Sent| {
        json!({
            "secret": sent.secret, "header": sent.header, "body": sent.body, "now_micros": sent.now_micros,
        })
    };
    ask("verify", &all.iter().map(case).collect::<Vec<_>>())
}

/// The signature as the documentation has it, made without the ledger and without the library.
fn sign(secret: &str, seconds: impl Display, body: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn header(secret: &str, seconds: impl Display + Copy, body: &[u8]) -> String {
    format!("t={seconds},v1={}", sign(secret, seconds, body))
}

/// Shorter and longer than a block of SHA-256, and just as long.
fn secrets() -> Vec<String> {
    let mut secrets: Vec<String> =
        ["whsec_test_secret", "x", "whsec_größe_鍵_🔑", " with blanks ", "a=b,c"].map(str::to_owned).into();
    secrets.extend([63, 64, 65, 300].map(|length| "k".repeat(length)));
    secrets
}

/// Events of which the ledger understands all.
fn events() -> Vec<String> {
    let event = |kind: &str, object: Value| json!({ "id": "evt_1", "object": "event", "type": kind, "livemode": false, "data": { "object": object } });
    let intent = |words: &str| {
        let object = json!({
            "id": "pi_1", "currency": "eur", "amount_received": 10_500, "description": words, "metadata": {},
        });
        event("payment_intent.succeeded", object)
    };
    let refund = json!({
        "id": "re_1", "payment_intent": "pi_1", "currency": "jpy", "amount": 3_000, "status": "succeeded",
        "created": NOW,
    });
    let pretty = serde_json::to_string_pretty(&intent("Grüße an alle")).unwrap();
    vec![
        EVENT.to_owned(),
        intent("plain").to_string(),
        intent("Ünïcödé, Ελλάδα, עברית, 日本語, 🎁👩‍👧, e\u{301}, \u{2028}, \u{feff}, \u{7f}").to_string(),
        intent("\u{0}, \n, \" and \\").to_string(),
        intent(&"long ".repeat(4_000)).to_string(),
        event("refund.created", refund).to_string().replace("re_1", "re_\\u00e9"),
        event("payout.paid", json!({ "id": "po_1", "currency": "kwd", "amount": 1_230 })).to_string() + "\n",
        pretty.replace('\n', "\r\n"),
        pretty,
    ]
}

/// What is no event; with the field that the ledger misses.
const NO_EVENTS: [(&str, &str); 7] = [
    ("", "body"),
    (" ", "body"),
    ("\u{feff}{}", "body"),
    ("{\"id\":\"evt_1\"", "body"),
    ("{}", "id"),
    ("[]", "id"),
    ("null", "id"),
];

/// All bodies, with what the ledger says of each: the id of the event, or the field that it misses.
fn bodies() -> Vec<(String, Result<&'static str, &'static str>)> {
    let events = events().into_iter().map(|body| (body, Ok("evt_1")));
    events.chain(NO_EVENTS.map(|(body, field)| (body.to_owned(), Err(field)))).collect()
}

#[test]
fn what_the_library_signs_is_taken() {
    let mut cases = Vec::new();
    for secret in secrets() {
        for (body, says) in bodies() {
            for seconds in SECONDS {
                cases.push((secret.clone(), body.clone(), says, NOW + seconds));
            }
        }
    }
    let asked = |(secret, body, _, seconds): &(String, String, _, i64)| json!({ "secret": secret, "body": body, "seconds": seconds });
    let headers = ask("sign", &cases.iter().map(asked).collect::<Vec<_>>());
    let (mut read, mut not_understood) = (0, 0);
    for ((secret, body, says, seconds), made) in cases.into_iter().zip(headers) {
        let sent = Sent::new(&secret, made.as_str().unwrap().to_owned(), body.as_str());
        let said = sent.ours().map(|event| event.id);
        let expected = says.map(str::to_owned).map_err(|field| WebhookRefusal::NotUnderstood { field });
        assert_eq!(said, expected, "{secret}, {seconds}: {body}");
        if said.is_ok() { read += 1 } else { not_understood += 1 }
    }
    assert_eq!((read, not_understood), (9 * 9 * 6, 9 * 7 * 6));
}

#[test]
fn what_we_sign_is_taken_by_the_library() {
    let mut all = Vec::new();
    for secret in secrets() {
        for (body, _) in bodies() {
            for seconds in SECONDS.map(|seconds| NOW + seconds) {
                let made = header(&secret, seconds, body.as_bytes());
                let at = Timestamp::from_micros(seconds * 1_000_000);
                assert_eq!(stripe(&secret).signature(body.as_bytes(), at), made, "{secret}: {body}");
                all.push(Sent::new(&secret, made, body.as_bytes()));
            }
        }
    }
    let (mut read, mut not_understood) = (0, 0);
    for (sent, said) in all.iter().zip(theirs(&all)) {
        let body = String::from_utf8_lossy(&sent.body);
        assert_eq!(said.get("refused"), None, "{}: {body}", sent.secret);
        let event = said.get("event").and_then(Value::as_str);
        assert_eq!(event, sent.ours().ok().map(|_| "evt_1"), "{said}: {body}");
        if event.is_some() { read += 1 } else { not_understood += 1 }
    }
    assert_eq!((read, not_understood), (9 * 9 * 6, 9 * 7 * 6));
}

/// A header may hold more than a time and a signature.
#[test]
fn any_of_several_signatures_is_enough_for_both() {
    let mut all = Vec::new();
    for secret in secrets() {
        for body in events() {
            let (right, old) = (sign(&secret, NOW, body.as_bytes()), sign("whsec_old", NOW, body.as_bytes()));
            let wrong = "0".repeat(64);
            let many = format!(",v1={wrong}").repeat(100);
            all.extend(
                [
                    format!("t={NOW},v1={old},v1={right}"),
                    format!("t={NOW},v1={right},v1={old}"),
                    format!("t={NOW},v1={wrong},v1={right},v1="),
                    format!("t={NOW}{many},v1={right}"),
                    format!("t={NOW},v0={wrong},v1={right}"),
                    format!("t={NOW},v1={right},v0={right},v2={wrong}"),
                    format!("v1={right},t={NOW}"),
                    format!("t={NOW},t=1,v1={right}"),
                    format!("t={NOW},,nothing,v1={right}"),
                    format!("t=0{NOW},v1={right}"),
                    format!("t=+{NOW},v1={right}"),
                ]
                .map(|header| Sent::new(&secret, header, body.as_str())),
            );
        }
    }
    for (sent, said) in all.iter().zip(theirs(&all)) {
        assert_eq!(sent.ours().map(|event| event.id).as_deref(), Ok("evt_1"), "{:?}", sent.header);
        assert_eq!(said, json!({ "event": "evt_1" }), "{:?}", sent.header);
    }
    assert_eq!(all.len(), 9 * 9 * 11);
}

const SECRET: &str = "whsec_test_secret";

/// Headers that are no signature of a body, and why the ledger refuses them.
fn forged_headers(body: &[u8]) -> Vec<(String, WebhookRefusal)> {
    use WebhookRefusal::{NoSignature, OutsideTolerance, WrongSignature};
    let right = sign(SECRET, NOW, body);
    let upper = right.to_uppercase();
    let signed = |seconds: i64| header(SECRET, seconds, body);
    let old = |seconds: u64| OutsideTolerance { seconds, limit: 300 };
    let mut forged = vec![
        (String::new(), NoSignature),
        (" ".to_owned(), NoSignature),
        (format!("t={NOW}"), NoSignature),
        (format!("v1={right}"), NoSignature),
        (format!("t=,v1={right}"), NoSignature),
        (format!("t=then,v1={right}"), NoSignature),
        (format!("t={NOW}.0,v1={right}"), NoSignature),
        (format!("t={NOW},v0={right}"), NoSignature),
        (format!("t={NOW},v2={right}"), NoSignature),
        (format!("t={NOW}, v1={right}"), NoSignature),
        (format!("t={NOW};v1={right}"), NoSignature),
        (format!("T={NOW},V1={right}"), NoSignature),
        (format!("t={NOW},v1="), WrongSignature),
        (format!("t={NOW},v1={upper}"), WrongSignature),
        (format!("t={NOW},v1={right} "), WrongSignature),
        (format!("t={NOW},v1= {right}"), WrongSignature),
        (format!("t={NOW},v1={right}00"), WrongSignature),
        (format!("t={NOW},v1={right}{right}"), WrongSignature),
        (format!("t={NOW},v1=0x{right}"), WrongSignature),
        (format!("t={NOW},v1=größe"), WrongSignature),
        (format!("t=1,t={NOW},v1={right}"), WrongSignature),
        (format!("t={},v1={right}", NOW - 1), WrongSignature),
        (format!("t={},v1={right}", NOW + 1), WrongSignature),
        (format!("t=-{NOW},v1={right}"), WrongSignature),
        (format!("t={NOW},v1={}", sign("whsec_other", NOW, body)), WrongSignature),
        (format!("t={NOW},v1={}", sign("WHSEC_TEST_SECRET", NOW, body)), WrongSignature),
        (format!("t={NOW},v1={}", sign("test_secret", NOW, body)), WrongSignature),
        (format!("t={NOW},v1={}", sign("", NOW, body)), WrongSignature),
        (signed(NOW - 301), old(301)),
        (signed(NOW - 86_400), old(86_400)),
        (signed(0), old(NOW.unsigned_abs())),
        (signed(-NOW), old(2 * NOW.unsigned_abs())),
    ];
    for cut in 0..64 {
        let digit = if &right[cut..=cut] == "0" { "1" } else { "0" };
        let changed = format!("{}{digit}{}", &right[..cut], &right[cut + 1..]);
        forged.push((format!("t={NOW},v1={changed}"), WrongSignature));
        forged.push((format!("t={NOW},v1={}", &right[..cut]), WrongSignature));
    }
    forged
}

#[test]
fn what_is_forged_is_refused_by_both() {
    let mut all = Vec::new();
    for body in events() {
        let body = body.into_bytes();
        for (header, why) in forged_headers(&body) {
            all.push((Sent::new(SECRET, header, body.clone()), why));
        }
        let without = Sent { header: None, ..Sent::new(SECRET, String::new(), body) };
        all.push((without, WebhookRefusal::NoSignature));
    }
    // Bodies that are another than was signed: each byte of one, what is added, and what is taken away.
    let mut others = vec![b" ".to_vec(), format!("{EVENT} ").into(), EVENT[1..].into(), Vec::new()];
    for at in 0..EVENT.len() {
        let mut other = EVENT.as_bytes().to_vec();
        other[at] ^= 1;
        others.push(other);
    }
    let signed = header(SECRET, NOW, EVENT.as_bytes());
    let forged = |other| (Sent::new(SECRET, signed.clone(), other), WebhookRefusal::WrongSignature);
    all.extend(others.into_iter().map(forged));

    let (all, expected): (Vec<Sent>, Vec<WebhookRefusal>) = all.into_iter().unzip();
    let mut fell_over = 0;
    for ((sent, why), said) in all.iter().zip(expected).zip(theirs(&all)) {
        assert_eq!(sent.ours(), Err(why), "{:?}", sent.header);
        let refused = said["refused"].as_str().unwrap();
        if !refused.starts_with("SignatureVerificationError: ") {
            fell_over += 1;
        }
    }
    // It cannot compare a signature that is not ASCII: there is one for each event.
    assert_eq!((all.len(), fell_over), (9 * (32 + 2 * 64 + 1) + 4 + EVENT.len(), 9));
}

/// Holds webhooks of which the two do not say the same to what each says: the library to the one field of its answer.
fn differ(cases: Vec<(Sent, Result<&str, WebhookRefusal>)>, library: &str) {
    let (all, ours): (Vec<Sent>, Vec<_>) = cases.into_iter().unzip();
    for ((sent, says), said) in all.iter().zip(ours).zip(theirs(&all)) {
        assert_eq!(sent.ours().map(|event| event.id), says.map(str::to_owned), "{:?}", sent.header);
        assert!(said[library].is_string(), "{said}: {:?}", sent.header);
    }
}

/// Whoever has not the secret gains nothing by any of it: each of these was signed with it.
#[test]
fn where_the_two_differ() {
    use WebhookRefusal::{NoSignature, NotUnderstood, OutsideTolerance, WrongSignature};
    let right = sign(SECRET, NOW, EVENT.as_bytes());
    let sent = |header: String| Sent::new(SECRET, header, EVENT);
    let future = |seconds: u64| {
        let at = NOW.unsigned_abs() + seconds;
        (sent(header(SECRET, at, EVENT.as_bytes())), Err(OutsideTolerance { seconds, limit: 300 }))
    };
    let taken_by_the_library = vec![
        // Times in the future, which it takes all.
        future(301),
        future(86_400),
        future(i64::MAX.unsigned_abs() - NOW.unsigned_abs()),
        (sent(header(SECRET, u64::MAX, EVENT.as_bytes())), Err(NoSignature)),
        // Whatever Python reads as a number.
        (sent(format!("t= {NOW} ,v1={right}")), Err(NoSignature)),
        (sent(format!("t=1_700_000_000,v1={right}")), Err(NoSignature)),
        // What follows a second sign of equality.
        (sent(format!("t={NOW}=1,v1={right}")), Err(NoSignature)),
        (sent(format!("t={NOW},v1={right}=00")), Err(WrongSignature)),
    ];
    assert_eq!(taken_by_the_library.len(), 8);
    differ(taken_by_the_library, "event");

    let late = Sent { now_micros: (NOW + 300) * 1_000_000 + 999_999, ..sent(format!("t={NOW},v1={right}")) };
    let no_text = [EVENT.as_bytes(), b"\xff"].concat();
    let no_text = Sent::new(SECRET, header(SECRET, NOW, &no_text), no_text);
    let refused_by_the_library = vec![
        // It falls over names without a value, which we pass over.
        (sent(format!("t={NOW},v1,v1={right}")), Ok("evt_1")),
        (sent(format!("t,t={NOW},v1={right}")), Ok("evt_1")),
        // We count whole seconds, it counts parts of them.
        (late, Ok("evt_1")),
        // A body that is no text it does not verify at all; to us it is signed, and not understood.
        (no_text, Err(NotUnderstood { field: "body" })),
    ];
    assert_eq!(refused_by_the_library.len(), 4);
    differ(refused_by_the_library, "refused");
}
