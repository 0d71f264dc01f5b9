//! A gift of 105.00 EUR over three causes and a tip, from the button to the write-off. Every line is said twice and done
//! once.

use serde_json::{Value, json};

use super::books::{Books, squeezed};
use super::{books_with, nets};

/// The figures of a cause: gross, refunded, disputed, fees, net, available, held, in transit, owed, paid out, written off.
fn standing(books: &Books, cause: &str) -> Vec<String> {
    let found = books.json(&["standing", cause]);
    let totals = ["gross", "refunded", "disputed", "fees", "net"].map(|name| &found["totals"][name]);
    let now = ["available", "held", "in_transit", "owed"].map(|name| &found[name]);
    let out = ["paid_out", "written_off"].map(|name| &found["totals"][name]);
    let figures = totals.into_iter().chain(now).chain(out);
    figures.map(|figure| figure.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_gift_lives_from_the_button_to_the_write_off() {
    let books = books_with(&["water", "school", "forest"]);
    books.done("policy set --negative allow-as-receivable --closed take-anyway --key policies");
    let gift = books.done(
        "donation begin --donor ada --to water=33.34 --to school=33.33 --to forest=33.33 --tip 5.00 --key gift",
    );
    let mut happened = collect(&books, &gift);
    pay_out(&books, &gift);
    happened.push(refund(&books, &gift));
    happened.push(lose_dispute(&books, &gift));

    let life = squeezed(&books.told(&format!("donation show {gift}")));
    assert!(life[0].ends_with(", on 2026-01-31"), "{life:?}");
    let parts = [
        "given refunded disputed left",
        "water 33.34 9.53 23.81 0.00 EUR",
        "school 33.33 9.52 23.81 0.00 EUR",
        "forest 33.33 9.52 23.81 0.00 EUR",
        "tip 5.00 1.43 3.57 0.00 EUR",
        "all 105.00 30.00 75.00 0.00 EUR",
        "fees 3.35",
    ];
    assert_eq!(life[1..8], parts);
    assert_eq!(life[8..], happened);

    settle(&books, &gift);
    let figures = squeezed(&books.told("standing water"));
    assert!(figures[0].starts_with("cau_") && figures[0].ends_with(" water"), "{figures:?}");
    let expected = [
        "gross 33.34 EUR",
        "refunded 9.53 EUR",
        "disputed 23.81 EUR",
        "fees 0.00 EUR",
        "adjusted 0.00 EUR",
        "net 0.00 EUR",
        "pending 0.00 EUR",
        "available 0.00 EUR",
        "held 0.00 EUR",
        "in transit 0.00 EUR",
        "owed 0.00 EUR",
        "paid out 30.60 EUR",
        "written off 30.60 EUR",
    ];
    assert_eq!(figures[1..], expected);
    let at_the_end = [
        "assets:bank:main 71.05 EUR",
        "assets:processor:stripe:pending -120.00 EUR",
        "expenses:bad-debt:causes 30.60 EUR",
        "expenses:processor:cover 3.19 EUR",
        "expenses:processor:dispute-fees 15.00 EUR",
        "expenses:processor:tip-share 0.16 EUR",
    ];
    assert_eq!(nets(&books), at_the_end);
    assert!(books.told("verify").ends_with("everything holds\n"));
}

/// One attempt fails, the next is captured; what the gift shows of them.
fn collect(books: &Books, gift: &str) -> Vec<String> {
    let first = books.done(&format!("payment start {gift} --processor stripe --key try-1"));
    books.done(&format!("payment report {first} failed --reason declined --key try-1-failed"));
    let life = squeezed(&books.told(&format!("donation show {gift}")));
    assert!(life[0].ends_with(": awaiting payment"), "{life:?}");
    let meant = ["water 33.34 EUR", "school 33.33 EUR", "forest 33.33 EUR", "tip 5.00 EUR"];
    assert_eq!(life[1..5], meant);
    let failed = format!("payment {first} failed stripe");
    assert_eq!((life.len(), &life[5]), (6, &failed));

    let second = books.done(&format!("payment start {gift} --processor stripe --key try-2"));
    books.done(&format!("payment report {second} processing --key try-2-processing"));
    assert_eq!(books.json(&["standing", "water"])["totals"]["pending"], "33.34");
    books.done(&format!("payment report {second} captured --key try-2-captured --on 2026-01-31"));
    assert_eq!(standing(books, "water")[..6], ["33.34", "0.00", "0.00", "0.00", "33.34", "33.34"]);
    vec![failed, format!("payment {second} captured stripe")]
}

/// What the processor and the platform keep; the rest goes to the bank, and some of it to a cause.
fn pay_out(books: &Books, gift: &str) {
    books.done(&format!("fee book {gift} --fee 3.35 --key fee --on 2026-01-31"));
    books.done(&format!("fee platform {gift} --from water=1.67 --key ours --on 2026-01-31"));
    books.done(
        "settlement record --processor stripe --bank main --amount 101.65~EUR --key po --on 2026-02-03",
    );
    let payout = books.done("payout propose water --amount 30.60 --bank main --key out");
    books.done(&format!("payout report {payout} in-transit --key out-sent --on 2026-02-04"));
    assert_eq!(standing(books, "water")[5..8], ["0.00", "0.00", "30.60"]);
    books.done(&format!("payout report {payout} paid --key out-paid --on 2026-02-05"));
    let shown = books.told(&format!("payout show {payout}"));
    assert_eq!(shown, format!("{payout}  30.60 EUR to water from main: paid\n"));
}

/// Some goes back after the cause was paid: it owes its share.
fn refund(books: &Books, gift: &str) -> String {
    let refund = books.done(&format!("refund {gift} --amount 30.00 --key back --on 2026-02-10"));
    books.done(&format!("refund-report {refund} succeeded --key back-done --on 2026-02-11"));
    let water = ["33.34", "9.53", "0.00", "2.74", "21.07", "0.00", "0.00", "0.00", "9.53", "30.60", "0.00"];
    assert_eq!(standing(books, "water"), water);
    format!("refund {refund} succeeded 30.00 EUR")
}

/// The donor's bank takes the rest, and keeps it.
fn lose_dispute(books: &Books, gift: &str) -> String {
    let dispute =
        books.done(&format!("dispute open {gift} --amount 75.00 --fee 15.00 --key bank --on 2026-03-01"));
    let open = squeezed(&books.told("dispute list"));
    assert_eq!(open[1..], [format!("{dispute} {gift} opened 75.00 45.50 15.00 EUR")]);
    let held = squeezed(&books.told(&format!("dispute show {dispute}")));
    assert_eq!(held[0], format!("{dispute} 75.00 EUR of {gift}: opened"));
    assert_eq!(held[1..], ["fee 15.00", "held school 22.75", "held forest 22.75"]);
    let again = format!("refund {gift} --amount 1.00 --key again");
    assert!(books.refused(&again).starts_with("error 3031: "), "while it is disputed it has to be forced");
    books.done(&format!("dispute report {dispute} under-review --key bank-1"));
    books.done(&format!("dispute report {dispute} lost --key bank-2 --on 2026-04-15"));
    assert_eq!(squeezed(&books.told("dispute list")).len(), 1, "no more than the header");
    let lost = squeezed(&books.told(&format!("dispute show {dispute}")));
    assert_eq!(lost[2..], ["lost water 23.81", "lost school 23.81", "lost forest 23.81", "lost tip 3.57"]);
    format!("dispute {dispute} lost 75.00 EUR fee 15.00 EUR")
}

/// The platform gives back what the causes bore of fees, and bears what a cause still owes.
fn settle(books: &Books, gift: &str) {
    let owed = books.json(&["owed", "list"]);
    let line = |of: &Value| (of["available"].clone(), of["totals"]["net"].clone(), of["owed"].clone());
    let expected = |net: &str, owed: &str| (json!("0.00"), json!(net), json!(owed));
    let owed: Vec<_> = owed.as_array().unwrap().iter().map(line).collect();
    assert_eq!(owed, [expected("-2.74", "33.34"), expected("-1.06", "1.06"), expected("-1.06", "1.06")]);

    let cover = "--to school=1.06 --to forest=1.06 --to water=1.07 --key cover --on 2026-04-15";
    books.done(&format!("fee give-back {gift} --of processor {cover}"));
    books.done(&format!("fee give-back {gift} --of platform --to water=1.67 --key ours-back"));
    let listed = squeezed(&books.told("owed list"));
    assert_eq!((listed.len(), listed[1].starts_with("water cau_")), (2, true), "{listed:?}");
    assert!(listed[1].ends_with(" 0.00 30.60 0.00 0.00 0.00 30.60 EUR"), "{listed:?}");
    books.done("owed settle water --amount 30.60 --by write-off --key lost --on 2026-10-31");
    assert_eq!(squeezed(&books.told("owed list")).len(), 1, "nobody owes anything");
}
