//! Payments by the command line: the whole life of a gift, what nobody claims, what is exchanged, what providers send,
//! and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;
#[path = "cli_payments/life.rs"]
mod life;
#[path = "cli_payments/providers.rs"]
mod providers;
#[path = "cli_payments/reconciled.rs"]
mod reconciled;
#[path = "cli_payments/refused.rs"]
mod refused;

use ledger_core::{CauseDetails, CauseStatus, Ledger, Options, UpdateCause};
use serde_json::{Value, json};

use books::{Books, squeezed};

/// Books with a donor and causes in EUR, each by its external id.
fn books_with(causes: &[&str]) -> Books {
    let books = Books::new();
    books.told("init");
    for cause in causes {
        books.told(&format!("cause open --name {cause} --currency EUR --external-id {cause}"));
    }
    books.told("donor add --name Ada --external-id ada");
    books
}

/// A gift, begun and captured at the processor `stripe`.
fn captured(books: &Books, gift: &str, key: &str) -> String {
    let donation = books.done(&format!("donation begin --donor ada {gift} --key {key}"));
    let payment = books.done(&format!("payment start {donation} --processor stripe --key {key}-try"));
    books.done(&format!("payment report {payment} captured --key {key}-captured"));
    donation
}

/// What accounts came to, causes by their external ids and other ids by three dots, in order of name;
/// those that came to nothing are left out.
fn nets(books: &Books) -> Vec<String> {
    let causes = books.json(&["causes"]);
    let named = |account: &str| {
        let part = |part: &str| {
            let cause = causes.as_array().unwrap().iter().find(|cause| cause["id"] == part);
            let name = cause.map_or(part, |cause| cause["external_id"].as_str().unwrap());
            if name.len() == 30 { "...".to_owned() } else { name.to_owned() }
        };
        account.split(':').map(part).collect::<Vec<_>>().join(":")
    };
    let balances = books.json(&["balances"]);
    let lines = balances["balances"].as_array().unwrap().iter().map(|each| {
        let [account, net, currency] =
            ["account", "net", "currency"].map(|name| each[name].as_str().unwrap());
        format!("{} {net} {currency}", named(account))
    });
    let mut lines: Vec<String> = lines.filter(|line| !line.contains(" 0.00 ")).collect();
    lines.sort();
    lines
}

#[test]
fn money_that_nobody_claims_is_identified_or_goes_back() {
    let books = books_with(&["water"]);
    let found = books.done("suspense receive --amount 10.00~EUR --bank main --key found --on 2026-02-01");
    let held = books.done("suspense receive --amount 3.00~EUR --processor stripe --key held");
    let listed = squeezed(&books.told("suspense list"));
    let lines = [
        "amount left where".to_owned(),
        format!("{found} 10.00 10.00 EUR assets:bank:main"),
        format!("{held} 3.00 3.00 EUR assets:processor:stripe:pending"),
    ];
    assert_eq!(listed, lines);

    let gift = books
        .done(&format!("suspense identify {found} --donor ada --to water=6.00 --tip 1.00 --key order-1"));
    books.done(&format!("suspense return {found} --amount 2.00 --key returned"));
    let shown = squeezed(&books.told(&format!("suspense show {found}")));
    assert_eq!(shown[1..], [format!("{found} 10.00 1.00 EUR assets:bank:main")]);
    assert_eq!(books.document(&format!("suspense show {found}"))["left_minor"], 100);
    let more = books.refused(&format!("suspense return {found} --amount 1.01 --key more"));
    assert!(more.starts_with("error 3035: "), "{more}");
    books.done(&format!("suspense return {held} --amount 3.00~EUR --key held-returned"));

    let life = books.document(&format!("donation show {gift}"));
    assert_eq!(life["donation"]["method"], json!({ "identified": { "item": found } }));
    // What came in paid is given back at once.
    let refund = books.done(&format!("refund {gift} --cause water=6.00 --key refund-1"));
    let told = squeezed(&books.told(&format!("donation show {gift}")));
    assert_eq!(
        told[2..5],
        ["water 6.00 6.00 0.00 0.00 EUR", "tip 1.00 0.00 0.00 1.00 EUR", "all 7.00 6.00 0.00 1.00 EUR"]
    );
    assert_eq!(told[6..], [format!("refund {refund} done")]);
    let expected = [
        "assets:bank:main 8.00 EUR",
        "income:platform:tips 1.00 EUR",
        "liabilities:suspense:unidentified 7.00 EUR",
    ];
    assert_eq!(nets(&books), expected);
}

/// Closes a cause, as an app does.
fn close_cause(books: &Books, external_id: &str) {
    let ledger = Ledger::open(books.dir(), Options::new()).unwrap();
    let cause = ledger.cause_by_external_id(external_id).unwrap().unwrap();
    let details = CauseDetails { name: external_id.to_owned(), ..cause.details };
    let closed = UpdateCause { key: None, cause: cause.id, details, status: CauseStatus::Closed };
    ledger.update_cause(closed).unwrap();
    ledger.close().unwrap();
}

#[test]
fn policies_say_where_money_of_closed_causes_goes() {
    let books = books_with(&["aside", "passes", "heir"]);
    let set = "policy set --negative recover-from-next-gifts";
    books.done(&format!("{set} --cause aside --closed set-aside --key p1"));
    books.done(&format!("{set} --cause passes --closed pass --to heir --key p2"));
    let gift = books.done("donation begin --donor ada --to aside=10.00 --to passes=10.00 --key gift");
    let payment = books.done(&format!("payment start {gift} --processor stripe --key try"));
    close_cause(&books, "aside");
    close_cause(&books, "passes");
    books.done(&format!("payment report {payment} captured --fee 0.20 --key captured"));
    assert_eq!(books.json(&["standing", "heir"])["available"], "9.90");

    let items = books.document("suspense list");
    let item = items[0]["id"].as_str().unwrap().to_owned();
    let listed = squeezed(&books.told("suspense list"));
    assert_eq!(listed[1..], [format!("{item} 9.90 9.90 EUR of {gift} for aside")]);
    books.done(&format!("suspense release {item} --to heir --amount 9.00 --key released"));
    assert_eq!(books.document(&format!("suspense show {item}"))["left_minor"], 90);
    assert_eq!(books.json(&["standing", "heir"])["available"], "18.90");
}

#[test]
fn policies_say_what_happens_when_a_cause_has_less_than_nothing() {
    let books = books_with(&["blocks", "owes", "absorbs", "recovers"]);
    for (cause, negative) in
        [("blocks", "block"), ("owes", "allow-as-receivable"), ("absorbs", "absorb-by-platform")]
    {
        let set =
            format!("policy set --cause {cause} --negative {negative} --closed take-anyway --key {cause}");
        books.done(&set);
    }
    let paid_out = |cause: &str| {
        let gift = captured(&books, &format!("--to {cause}=10.00"), &format!("gift-{cause}"));
        let payout =
            books.done(&format!("payout propose {cause} --amount 10.00 --bank main --key out-{cause}"));
        books.done(&format!("payout report {payout} paid --key paid-{cause}"));
        format!("refund {gift} --amount 4.00 --key back-{cause}")
    };
    let refused = books.refused(&paid_out("blocks"));
    assert!(refused.starts_with("error 3032: "), "{refused}");
    for cause in ["owes", "absorbs", "recovers"] {
        books.done(&paid_out(cause));
    }
    let owed = books.document("owed list");
    let figures = owed.as_array().unwrap().iter().map(|of| [of["available"].clone(), of["owed"].clone()]);
    assert_eq!(
        figures.collect::<Vec<_>>(),
        [[json!("0.00"), json!("4.00")], [json!("-4.00"), json!("0.00")]]
    );
    books.done("owed settle owes --amount 3.00 --by repayment --bank main --key repaid");
    captured(&books, "--to owes=1.00", "next");
    books.done("owed settle owes --amount 1.00 --by set-off --key set-off");
    let left = squeezed(&books.told("owed list"));
    assert_eq!((left.len(), left[1].starts_with("recovers cau_")), (2, true), "{left:?}");
    assert_eq!(books.json(&["standing", "absorbs"])["totals"]["written_off"], "4.00");
}

#[test]
fn a_gift_in_another_currency_is_exchanged() {
    let books = books_with(&["water", "school"]);
    let begin = "donation begin --donor ada --to water=75.00 --to school=25.00";
    let gift = books.done(&format!("{begin} --currency USD --key gift"));
    let awaiting = squeezed(&books.told(&format!("donation show {gift}")));
    assert_eq!(awaiting[1..], ["water 75.00 USD", "school 25.00 USD"]);
    let payment = books.done(&format!("payment start {gift} --processor stripe --key try"));
    let unexchanged = books.refused(&format!("payment report {payment} captured --fee 1.00 --key captured"));
    assert!(unexchanged.starts_with("error 3037: "), "{unexchanged}");
    books.done(&format!(
        "payment captured-exchanged {payment} --settled 92.00~EUR --rate 0.92 --fee 3.00 --key captured"
    ));
    let life = books.document(&format!("donation show {gift}"));
    let given = json!({ "amount": "100.00", "currency": "USD" });
    assert_eq!(life["donation"]["method"]["exchanged"]["given"], given);
    assert_eq!(
        (&life["fees_minor"], &life["left_minor"], &life["currency"]),
        (&json!(300), &json!(9200), &json!("EUR"))
    );
    books.done("exchange --processor stripe --from 4.60~EUR --to 5~USD --rate 1.087 --key fx");
    // What was exchanged with the gift is even; 4.60 EUR became 5.00 USD.
    let expected = [
        "assets:processor:stripe:pending 5.00 USD",
        "assets:processor:stripe:pending 84.40 EUR",
        "equity:fx:trading -4.60 EUR",
        "equity:fx:trading 5.00 USD",
        "liabilities:cause:school:available 22.25 EUR",
        "liabilities:cause:water:available 66.75 EUR",
    ];
    assert_eq!(nets(&books), expected);
    // Named, but that of the causes: a gift as any other.
    let plain = captured(&books, "--to water=1.00 --currency EUR", "plain");
    assert_eq!(books.document(&format!("donation show {plain}"))["currency"], "EUR");
}

/// Each task that reads, where its document says what, and what; alone and beside a writer.
#[test]
fn what_is_read_is_one_document_and_needs_no_writer_to_stop() {
    let books = books_with(&["water"]);
    books.done("policy set --negative allow-as-receivable --closed take-anyway --key policies");
    let gift = captured(&books, "--to water=20.00 --tip 1.00", "order-1");
    let payout = books.done("payout propose water --amount 15.00 --bank main --key out");
    books.done(&format!("payout report {payout} in-transit --key out-sent"));
    let dispute = books.done(&format!("dispute open {gift} --amount 9.00 --inquiry --fee 2.00 --key dp"));
    books.done(&format!("refund {gift} --cause water=6.00 --key back"));
    let item = books.done("suspense receive --amount 3.00~KWD --bank main --key found");
    let cases: [(String, &str, Value); 14] = [
        (format!("donation show {gift}"), "/left_minor", json!(1500)),
        (format!("donation show {gift}"), "/begun/payments/0/state", json!("captured")),
        (format!("donation show {gift}"), "/disputes/0/fee_minor", json!(200)),
        (format!("payout show {payout}"), "/state", json!("in_transit")),
        (format!("payout show {payout}"), "/amount/amount", json!("15.00")),
        (format!("dispute show {dispute}"), "/state", json!("inquiry")),
        ("dispute list".to_owned(), "/0/amount/amount", json!("9.00")),
        ("owed list".to_owned(), "/0/owed", json!("1.00")),
        ("suspense list".to_owned(), "/0/amount/currency", json!("KWD")),
        (format!("suspense show {item}"), "/left_minor", json!(3000)),
        ("standing water".to_owned(), "/in_transit", json!("15.00")),
        ("standing water".to_owned(), "/totals/refunded", json!("6.00")),
        ("notices next mailer".to_owned(), "/notices/0/kind/donation_captured/tip/amount", json!("1.00")),
        ("notices after 0 --limit 1".to_owned(), "/notices/0/kind/donation_captured/donation", json!(gift)),
    ];
    let alone: Vec<Value> = cases.iter().map(|(line, ..)| books.document(line)).collect();
    for ((line, at, expected), document) in cases.iter().zip(&alone) {
        assert_eq!(document.pointer(at), Some(expected), "{line} {at}");
    }
    let writer = Ledger::open(books.dir(), Options::new()).unwrap();
    let said = format!("read only, beside process {}: as of record ", std::process::id());
    for ((line, ..), document) in cases.iter().zip(&alone) {
        let args: Vec<&str> = line.split(' ').chain(["--json"]).collect();
        let output = books.run(&args);
        assert!(String::from_utf8(output.stderr).unwrap().starts_with(&said), "{line}");
        let beside: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(beside, *document, "{line}");
    }
    assert!(books.refused(&format!("donation cancel {gift} --key k")).starts_with("error 5004: "));
    writer.close().unwrap();
}
