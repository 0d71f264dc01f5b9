//! A gift that is paid, settled and given back at a server that behaves like Stripe's: its webhooks, as they come in,
//! are booked once, in any order. `tests/run judges` installs the server; without it these tests fail.
//!
//! It sends no webhooks of charges and refunds. So these are made here of the objects as its API shows them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use ledger_core::{
    Amount, BeginDonation, BegunState, CauseDetails, Currency, Designation, DonationId, FeeBearer, Ingested,
    Ledger, OpenCause, Options, PaymentId, Refund, RefundScope, RefundState, RegisterDonor, StartPayment,
    Stripe, StripeMode, Timestamp, Visibility, Webhook, WebhookRefusal, WebhookRejected,
};
use ledger_tests::localstripe::{Localstripe, SentWebhook};
use serde_json::{Value, json};

const SECRET: &str = "whsec_of_localstripe";

fn stripe() -> Stripe {
    Stripe::new("stripe", "main", SECRET, StripeMode::Test)
}

fn amount(minor: i64) -> Amount {
    let eur: Currency = "EUR".parse().unwrap();
    Amount::from_minor(minor, eur).unwrap()
}

/// A gift of 105.00 to two causes, with a tip, that is to be paid. Its ids are the same in every ledger of one time.
struct Gift {
    ledger: Ledger,
    donation: DonationId,
    payments: Vec<PaymentId>,
}

impl Gift {
    fn begin(now: Timestamp) -> Self {
        let clock = Arc::new(AtomicI64::new(now.micros()));
        let ledger = Ledger::in_memory(Options::new().clock_set_by(clock).entropy_seed(1)).unwrap();
        let donor = ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
        let to = |name: &str, minor| {
            let details = CauseDetails { name: name.to_owned(), ..CauseDetails::default() };
            let open = OpenCause { key: None, currency: amount(minor).currency(), details };
            Designation { cause: ledger.open_cause(open).unwrap().cause().unwrap(), amount: amount(minor) }
        };
        let begin = BeginDonation {
            key: "gift".to_owned(),
            donor,
            designations: vec![to("water", 7_000), to("school", 3_000)],
            tip: Some(amount(500)),
            fee_bearer: FeeBearer::Causes,
            visibility: Visibility::Public,
            memo: None,
        };
        let donation = ledger.begin_donation(begin).unwrap().donation().unwrap();
        let pay = |number: u32| {
            let start =
                StartPayment { key: format!("try-{number}"), donation, processor: "stripe".to_owned() };
            ledger.start_payment(start).unwrap().payment().unwrap()
        };
        let payments = (1..=2).map(pay).collect();
        Self { ledger, donation, payments }
    }

    fn ingest(&self, sent: &SentWebhook) -> Ingested {
        let headers: Vec<(&str, &str)> =
            sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.ledger.ingest_webhook(&stripe(), &Webhook { headers: &headers, body: &sent.body }).unwrap()
    }

    /// How often each thing became of webhooks.
    fn ingest_all<'a>(&self, all: impl Iterator<Item = &'a SentWebhook>) -> BTreeMap<&'static str, u32> {
        let mut became = BTreeMap::new();
        for sent in all {
            *became.entry(word(&self.ingest(sent))).or_default() += 1;
        }
        became
    }

    /// Where the donation and each of its payments stand.
    fn stands(&self) -> (BegunState, Vec<&'static str>) {
        let begun = self.ledger.begun_donation(self.donation).unwrap().unwrap();
        (begun.state, begun.payments.iter().map(|payment| payment.state.word()).collect())
    }

    /// Every account with its debits and credits, in words instead of ids; and how many entries there are.
    fn books(&self) -> (Vec<String>, u64) {
        let refunds = self.ledger.gift_life(self.donation).unwrap().unwrap().refunds;
        let mut words: Vec<(String, &str)> =
            refunds.iter().map(|refund| (refund.id.to_string(), "refund")).collect();
        let causes = self.ledger.causes(None, 10).unwrap();
        words.extend(causes.iter().map(|cause| (cause.id.to_string(), cause.details.name.as_str())));
        let line = |of: &ledger_core::AccountBalance| {
            let line = format!("{} {} {}", of.account, of.balance.debits_minor, of.balance.credits_minor);
            words.iter().fold(line, |line, (id, word)| line.replace(id, word))
        };
        let mut lines: Vec<String> = self.ledger.trial_balance().unwrap().balances.iter().map(line).collect();
        lines.sort();
        assert_eq!(self.ledger.audit().unwrap().difference, None);
        (lines, self.ledger.stats().unwrap().entries)
    }
}

fn books(entries: u64, lines: &[&str]) -> (Vec<String>, u64) {
    (lines.iter().map(|line| (*line).to_owned()).collect(), entries)
}

fn word(became: &Ingested) -> &'static str {
    match became {
        Ingested::Applied { .. } => "applied",
        Ingested::Duplicate { .. } => "duplicate",
        Ingested::Parked { .. } => "parked",
        Ingested::Ignored => "ignored",
        Ingested::Rejected { .. } => "rejected",
        other => panic!("{other:?}"),
    }
}

/// A gift, the server, and all webhooks so far.
struct Story {
    server: Localstripe,
    now: Timestamp,
    gift: Gift,
    all: Vec<SentWebhook>,
}

impl Story {
    fn begin() -> Self {
        let server = Localstripe::start(SECRET);
        let now = Ledger::in_memory(Options::new()).unwrap().now();
        Self { server, now, gift: Gift::begin(now), all: Vec::new() }
    }

    fn call(&mut self, resource: &str, method: &str, argument: &Value) -> Value {
        self.server.call(&json!([resource, method, argument]))
    }

    /// Pays by a card whose number says what becomes of it. Answers with the intent, or with an error.
    fn pay(&mut self, payment: usize, card: &str) -> Value {
        let card = json!({ "number": card, "exp_month": 12, "exp_year": 2099, "cvc": "123" });
        let method = self.call("payment_methods", "create", &json!({ "type": "card", "card": card }));
        let intent = json!({
            "amount": 10_500, "currency": "eur", "payment_method": method["id"],
            "metadata": { "payment": self.gift.payments[payment] },
        });
        let intent = self.call("payment_intents", "create", &intent);
        self.call("payment_intents", "confirm", &intent["id"])
    }

    fn refund(&mut self, intent: &Value, minor: i64, metadata: &Value) -> Value {
        let refund = json!({ "payment_intent": intent["id"], "amount": minor, "metadata": metadata });
        self.call("refunds", "create", &refund)
    }

    /// The charge of an intent, with its refunds and its entry in the balance.
    fn charge(&mut self, intent: &Value) -> Value {
        let expand = json!({ "expand": ["balance_transaction"] });
        self.server.call(&json!(["charges", "retrieve", intent["latest_charge"]["id"], expand]))
    }

    /// Takes in the next webhook as it comes. Answers with its type, and what became of it.
    fn hear(&mut self) -> (String, &'static str) {
        let sent = self.server.next_webhook();
        let event: Value = serde_json::from_slice(&sent.body).unwrap();
        (event["type"].as_str().unwrap().to_owned(), self.take(sent))
    }

    fn take(&mut self, sent: SentWebhook) -> &'static str {
        let became = self.gift.ingest(&sent);
        self.all.push(sent);
        word(&became)
    }

    /// Takes in an event that localstripe did not send, or not whole, signed with the same secret.
    fn take_event(&mut self, event: &Value) -> &'static str {
        let body = event.to_string().into_bytes();
        let headers = vec![("Stripe-Signature".to_owned(), stripe().signature(&body, self.now))];
        self.take(SentWebhook { headers, body })
    }

    /// Takes in what Stripe would send of an object.
    fn tell(&mut self, kind: &str, object: &Value) -> &'static str {
        let id = format!("evt_{}", self.all.len());
        let data = json!({ "object": object });
        self.take_event(&json!({ "id": id, "type": kind, "livemode": false, "data": data }))
    }

    /// Takes in a capture. As localstripe sends it, it lacks what was received, which Stripe always says, and the ledger
    /// books no amount that it was not told: so it is added, and signed again.
    fn hear_of_capture(&mut self) {
        assert_eq!(self.hear(), ("payment_intent.succeeded".to_owned(), "rejected"));
        let sent = self.all.last().unwrap();
        let refusal = WebhookRefusal::NotUnderstood { field: "amount_received" };
        let why = WebhookRejected::ByProvider { refusal };
        assert_eq!(self.gift.ingest(sent), Ingested::Rejected { why });
        let mut event: Value = serde_json::from_slice(&sent.body).unwrap();
        let intent = &mut event["data"]["object"];
        intent["amount_received"] = intent["amount"].clone();
        assert_eq!(self.take_event(&event), "applied");
    }
}

#[test]
fn a_gift_is_booked_once_in_any_order() {
    let mut story = Story::begin();
    assert_eq!(story.pay(0, "4000000000000341"), json!({ "error": "card_declined" }));
    assert_eq!(story.hear(), ("payment_intent.payment_failed".to_owned(), "applied"));
    assert_eq!(story.gift.stands(), (BegunState::AwaitingPayment, vec!["failed", "created"]));
    let intent = story.pay(1, "4242424242424242");
    story.hear_of_capture();
    assert_eq!(story.gift.stands(), (BegunState::Captured, vec!["failed", "captured"]));

    let payout = json!({ "amount": 5_000, "currency": "eur", "status": "paid" });
    assert_eq!(story.call("payouts", "create", &payout)["status"], "paid");
    let mut heard = [story.hear(), story.hear()];
    heard.sort();
    assert_eq!(heard, [("payout.created".to_owned(), "ignored"), ("payout.paid".to_owned(), "applied")]);

    let part = story.refund(&intent, 3_150, &json!({}));
    assert_eq!(story.tell("refund.created", &part), "applied");
    let charge = story.charge(&intent);
    assert_eq!((&charge["amount_refunded"], &charge["refunded"]), (&json!(3_150), &json!(false)));
    assert_eq!(story.tell("charge.refunded", &charge), "ignored");
    let rest = story.refund(&intent, 7_350, &json!({}));
    assert_eq!(story.tell("refund.created", &rest), "applied");
    // It takes no fee, so the charge has nothing more to tell.
    let charge = story.charge(&intent);
    assert_eq!((&charge["balance_transaction"]["fee"], &charge["refunded"]), (&json!(0), &json!(true)));
    assert_eq!(story.tell("charge.updated", &charge), "ignored");

    let expected = books(
        6,
        &[
            "assets:bank:main EUR 5000 0",
            // More was given back than the payout had left.
            "assets:processor:stripe:pending EUR 10500 15500",
            "income:platform:tips EUR 500 500",
            "liabilities:cause:school:available EUR 3000 3000",
            "liabilities:cause:water:available EUR 7000 7000",
            "liabilities:refunds:pending:refund EUR 3150 3150",
            "liabilities:refunds:pending:refund EUR 7350 7350",
        ],
    );
    let (gift, all) = (&story.gift, &story.all);
    assert_eq!(gift.books(), expected);
    let seq = gift.ledger.stats().unwrap().seq;
    let again = gift.ingest_all(all.iter());
    assert_eq!(again, BTreeMap::from([("duplicate", 5), ("ignored", 3), ("rejected", 1)]));
    assert_eq!((gift.books(), gift.ledger.stats().unwrap().seq), (expected.clone(), seq));

    let other = Gift::begin(story.now);
    let backwards = other.ingest_all(all.iter().rev());
    let counts = [("applied", 3), ("ignored", 3), ("parked", 2), ("rejected", 1)];
    assert_eq!(backwards, BTreeMap::from(counts));
    assert_eq!((other.stands(), other.books()), (gift.stands(), expected));
}

/// A refund that the ledger was asked for first is known by the id that Stripe was told; one that somebody made at Stripe
/// is learned of, here from the list of its charge.
#[test]
fn a_refund_of_ours_is_no_second_one() {
    let mut story = Story::begin();
    let intent = story.pay(0, "4242424242424242");
    story.hear_of_capture();
    let scope = RefundScope::Proportional { amount: amount(3_150) };
    let donation = story.gift.donation;
    let asked = Refund { key: "back".to_owned(), donation, scope, occurred_on: None, memo: None };
    let ours = story.gift.ledger.refund(asked).unwrap().refund().unwrap();

    let refund = story.refund(&intent, 3_150, &json!({ "refund": ours }));
    assert_eq!(story.tell("refund.created", &refund), "applied");
    let state = story.gift.ledger.refund_under_way(ours).unwrap().unwrap().state;
    assert_eq!(state, RefundState::Succeeded);
    assert_eq!(story.refund(&intent, 1_000, &json!({}))["status"], "succeeded");
    let charge = story.charge(&intent);
    assert_eq!(story.tell("charge.refunded", &charge), "applied");

    let expected = books(
        5,
        &[
            "assets:processor:stripe:pending EUR 10500 4150",
            // 1.50 of 31.50, then 0.47 of 10.00.
            "income:platform:tips EUR 197 500",
            "liabilities:cause:school:available EUR 1186 3000",
            "liabilities:cause:water:available EUR 2767 7000",
            "liabilities:refunds:pending:refund EUR 1000 1000",
            "liabilities:refunds:pending:refund EUR 3150 3150",
        ],
    );
    assert_eq!(story.gift.books(), expected);
    let again = story.gift.ingest_all(story.all.iter());
    assert_eq!(again, BTreeMap::from([("duplicate", 3), ("rejected", 1)]));
    assert_eq!(story.gift.books(), expected);
}
