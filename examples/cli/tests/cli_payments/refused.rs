//! What is refused says why and writes nothing; and every task shows an example.

use std::process::Command;

use super::books::{Books, LEDGER};
use super::{books_with, captured};

const NO_ID: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/// Each line is refused with its code, and nothing is written.
fn assert_refused(books: &Books, cases: &[(&str, String)]) {
    let before = books.json(&["stats"]);
    for (code, line) in cases {
        let line = if needs_no_key(line) { line.clone() } else { format!("{line} --key k") };
        let said = books.refused(&line);
        assert!(said.starts_with(&format!("error {code}: ")), "{line}: {said}");
    }
    let after = books.json(&["stats"]);
    assert_eq!((&after["records"], &after["journal_bytes"]), (&before["records"], &before["journal_bytes"]));
}

fn needs_no_key(line: &str) -> bool {
    [" show ", "standing ", "notices ", " --key "].iter().any(|part| line.contains(part))
}

#[test]
fn wrong_gifts_payments_and_fees_have_their_codes() {
    let books = books_with(&["water", "school"]);
    let paid = captured(&books, "--to water=20.00", "order-1");
    let waiting = books.done("donation begin --donor ada --to water=20.00 --key order-2");
    let payment = books.done(&format!("payment start {waiting} --processor stripe --key try-2"));
    books.done(&format!("payment report {payment} failed --reason technical --key try-2-failed"));
    let begin = "donation begin --donor ada";
    let cases = [
        ("2001", "donation begin --donor nobody --to water=1.00".to_owned()),
        ("2002", format!("{begin} --to nowhere=1.00")),
        ("1001", format!("{begin} --to water=0")),
        ("1003", format!("{begin} --to water=1.005")),
        ("1005", format!("{begin} --to water=1.00 --currency EURO")),
        ("1006", format!("{begin} --to water=1.00~USD")),
        ("1006", format!("{begin} --to water=1.00 --tip 1.00~USD")),
        ("1020", format!("{begin} --to water=1.00 --to water=2.00")),
        ("3001", format!("{begin} --to water=1.00 --key order-1")),
        ("1007", "donation show don_1".to_owned()),
        ("2003", format!("donation show gft_{NO_ID}")),
        ("3023", format!("donation cancel {paid}")),
        ("3023", format!("payment start {paid} --processor stripe")),
        ("1022", format!("payment start {waiting} --processor Stripe")),
        ("2006", format!("payment report pay_{NO_ID} captured")),
        ("2006", format!("payment report pay_{NO_ID} captured --fee 1.00")),
        ("3022", format!("payment report {payment} voided")),
        ("1027", format!("payment report {payment} expired --fee 1.00")),
        ("1021", format!("payment report {payment} captured --fee 20.01")),
        ("1008", format!("payment report {payment} captured --on 2026-02-30")),
        ("1028", format!("payment captured-exchanged {payment} --settled 19.00~EUR")),
        ("1029", format!("payment captured-exchanged {payment} --settled 19.00~USD --rate many")),
        ("3024", format!("fee book {waiting} --fee 1.00")),
        ("2003", format!("fee book gft_{NO_ID} --fee 1.00")),
        ("1021", format!("fee book {paid} --fee 20.01")),
        ("3009", format!("fee platform {paid} --from school=1.00")),
        ("3034", format!("fee give-back {paid} --of processor --to water=0.01")),
        ("1022", "settlement record --processor stripe --bank Main --amount 1.00~EUR".to_owned()),
        ("1028", "exchange --processor stripe --from 1.00~EUR --to 1.00~EUR".to_owned()),
        ("1004", "exchange --processor stripe --from one~EUR --to 1.00~USD".to_owned()),
        ("2006", format!("attach pay_{NO_ID} pi_1")),
        ("2008", format!("attach dis_{NO_ID} dp_1")),
        ("2010", format!("attach set_{NO_ID} po_1")),
        ("1007", format!("attach cau_{NO_ID} ch_1")),
        ("1025", "notices next mailer --limit 0".to_owned()),
        ("1011", format!("notices acknowledge {} 1", "m".repeat(41))),
    ];
    assert_refused(&books, &cases);
}

#[test]
fn wrong_refunds_disputes_and_debts_have_their_codes() {
    let books = books_with(&["water", "school"]);
    let gift = captured(&books, "--to water=20.00", "order-1");
    let dispute = books.done(&format!("dispute open {gift} --amount 5.00 --fee 1.00 --key dp"));
    let payout = books.done("payout propose water --amount 1.00 --bank main --key out");
    let item = books.done("suspense receive --amount 3.00~EUR --bank main --key found");
    let policy = "policy set --negative block --closed pass --to water";
    let cases = [
        ("2003", format!("refund gft_{NO_ID} --amount 1.00")),
        ("3031", format!("refund {gift} --amount 1.00")),
        ("3007", format!("refund {gift} --amount 20.01 --force")),
        ("2005", format!("refund-report ref_{NO_ID} succeeded")),
        ("2003", format!("dispute open gft_{NO_ID} --amount 1.00")),
        ("1006", format!("dispute open {gift} --amount 1.00~USD")),
        ("2008", format!("dispute show dis_{NO_ID}")),
        ("2008", format!("dispute fee dis_{NO_ID} --fee 1.00")),
        ("3034", format!("dispute fee {dispute} --fee 1.01 --returned")),
        ("3022", format!("dispute report {dispute} closed")),
        ("2007", format!("payout show out_{NO_ID}")),
        ("3022", format!("payout report {payout} reversed")),
        ("3028", "payout propose water --amount 15.01 --bank main".to_owned()),
        ("1030", policy.to_owned()),
        ("1020", format!("{policy} --cause water")),
        ("2002", format!("{policy} --cause nowhere")),
        ("3033", "owed settle water --amount 0.01 --by write-off".to_owned()),
        ("1006", "owed settle water --amount 0.01~USD --by set-off".to_owned()),
        ("2009", format!("suspense show sus_{NO_ID}")),
        ("2009", format!("suspense return sus_{NO_ID} --amount 1.00")),
        ("3035", format!("suspense identify {item} --donor ada --to water=3.00 --tip 0.01")),
        ("3036", format!("suspense release {item} --to water --amount 1.00")),
        ("1022", "suspense receive --amount 1.00~EUR --bank Main".to_owned()),
        ("2002", "standing nowhere".to_owned()),
    ];
    assert_refused(&books, &cases);
    // Although it is disputed: what is left of it in the end is the donor's twice.
    books.done(&format!("refund {gift} --amount 1.00 --force --key forced"));
    books.done(&format!("dispute fee {dispute} --fee 1.00 --returned --key dp-fee-back"));
    assert_eq!(books.document(&format!("dispute show {dispute}"))["fee_minor"], 0);
}

#[test]
fn the_books_of_one_charity_pay_no_cause_out() {
    let books = Books::new();
    books.told("init --mode principal");
    books.told("cause open --name water --currency EUR --external-id water");
    books.told("donor add --name Ada --external-id ada");
    let gift = captured(&books, "--to water=20.00", "order-1");
    assert_eq!(books.json(&["standing", "water"])["available"], "20.00");
    let cases = [
        ("3029", "payout propose water --amount 1.00 --bank main".to_owned()),
        ("3029", format!("fee platform {gift} --from water=1.00")),
        ("3029", "policy set --negative block --closed take-anyway".to_owned()),
        ("3029", "owed settle water --amount 1.00 --by set-off".to_owned()),
    ];
    assert_refused(&books, &cases);
}

#[test]
fn words_that_make_no_sense_end_with_2_and_write_nothing() {
    let books = books_with(&["water"]);
    let waiting = books.done("donation begin --donor ada --to water=20.00 --key order-1");
    let payment = books.done(&format!("payment start {waiting} --processor stripe --key try-1"));
    let records = books.json(&["stats"])["records"].clone();
    let wrong = [
        "donation".to_owned(),
        format!("donation cancel {waiting}"),
        format!("payment report {payment} failed --key k"),
        format!("payment report {payment} captured --reason declined --key k"),
        format!("payment report {payment} done --key k"),
        "settlement record --processor stripe --bank main --amount 1.00 --key k".to_owned(),
        "exchange --processor stripe --from 1.00 --to 1.00~USD --key k".to_owned(),
        "policy set --negative block --key k".to_owned(),
        "policy set --cause water --negative block --closed pass --key k".to_owned(),
        "policy set --negative block --closed set-aside --to water --key k".to_owned(),
        "owed settle water --amount 1.00 --by repayment --key k".to_owned(),
        "owed settle water --amount 1.00 --by write-off --bank main --key k".to_owned(),
        "suspense receive --amount 1.00~EUR --key k".to_owned(),
        "suspense receive --amount 1.00~EUR --bank main --processor stripe --key k".to_owned(),
        "suspense receive --amount 1.00 --bank main --key k".to_owned(),
        "webhook --provider stripe --secret-file s body.json".to_owned(),
        "webhook --provider stripe --secret-file s --signature t=1 --headers h body.json".to_owned(),
        "--read-only notices acknowledge mailer 1".to_owned(),
    ];
    for line in wrong {
        let args: Vec<String> = line.split(' ').map(|word| word.replace('~', " ")).collect();
        let output = books.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{line}");
    }
    let missing = books.refused("webhook --provider stripe --secret-file nowhere --signature t=1 body.json");
    assert!(missing.starts_with("error: nowhere: "), "{missing}");
    assert_eq!(books.json(&["stats"])["records"], records);
}

#[test]
fn what_was_known_says_that_nothing_happened() {
    let books = books_with(&["water"]);
    let gift = captured(&books, "--to water=20.00", "order-1");
    let repeated = format!("fee book {gift} --fee 1.00 --key fee-1");
    assert!(books.told(&repeated).starts_with(&format!("{gift}  (record 6, First)\n")));
    assert!(books.told(&repeated).starts_with(&format!("{gift}  (record 6, Replayed)\n")));
    let life = books.document(&format!("donation show {gift}"));
    let payment = life["begun"]["payments"][0]["id"].as_str().unwrap();
    let told = books.told(&format!("payment report {payment} captured --key another"));
    // It is the act of its key all the same.
    assert_eq!(told, format!("{payment}  (record 7, First, nothing happened: it was known)\n"));
    let again = books.told(&format!("payment report {payment} captured --key another"));
    assert_eq!(again, format!("{payment}  (record 7, Replayed, nothing happened: it was known)\n"));
}

#[test]
fn every_task_along_the_way_of_money_shows_an_example() {
    let tasks = [
        ("donation", "begin cancel show"),
        ("payment", "start report captured-exchanged"),
        ("fee", "book platform give-back"),
        ("settlement", "record show"),
        ("reconcile", ""),
        ("unsettled", ""),
        ("exchange", ""),
        ("payout", "propose report show"),
        ("refund-report", ""),
        ("dispute", "open report fee show list"),
        ("policy", "set show"),
        ("owed", "list settle"),
        ("suspense", "receive list show identify return release"),
        ("standing", ""),
        ("webhook", ""),
        ("attach", ""),
        ("parked", ""),
        ("notices", "next after acknowledge"),
    ];
    let lines = tasks.iter().flat_map(|(task, of_it)| {
        let nested = of_it.split_whitespace().map(move |nested| format!("{task} {nested}"));
        [(*task).to_owned()].into_iter().chain(nested)
    });
    for line in lines {
        let output = Command::new(LEDGER).args(line.split(' ')).arg("--help").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let example = help.split("Example:\n").nth(1).unwrap_or_else(|| panic!("{line} has no example"));
        assert!(output.status.success() && example.contains(&format!("books {line}")), "{line}: {example}");
    }
}
