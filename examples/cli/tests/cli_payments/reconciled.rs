//! A processor's account of its settlements, against the books.

use super::books::{Books, squeezed};
use super::{books_with, captured};

/// Two captured gifts, of 100.00 with a fee of 3.35 and of 40.00 whose fee is not known, and their payments.
fn two_gifts(books: &Books) -> [String; 2] {
    let first = captured(books, "--to water=100.00", "first");
    books.done(&format!("fee book {first} --fee 3.35 --key fee-1"));
    let second = captured(books, "--to water=40.00", "second");
    [first, second].map(|gift| {
        let life = books.json(&["donation", "show", &gift]);
        life["begun"]["payments"][0]["id"].as_str().unwrap().to_owned()
    })
}

fn settle(books: &Books, amount: &str) -> String {
    books.done(&format!(
        "settlement record --processor stripe --bank main --amount {amount}~EUR --key {amount}"
    ))
}

/// Runs `reconcile` on what is written into a file; gives the code it ends with and what it prints.
fn reconcile(books: &Books, settlement: &str, csv: &str) -> (i32, Vec<String>) {
    let file = books.write("payouts.csv", csv.as_bytes());
    let file = file.to_str().unwrap();
    let output = books.run(&["reconcile", file, "--processor", "stripe", "--settlement", settlement]);
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), squeezed(&printed.concat()))
}

#[test]
fn a_file_is_loaded_once_and_differences_are_shown() {
    let books = books_with(&["water"]);
    let [first, second] = two_gifts(&books);
    let settlement = settle(&books, "135.15");
    let csv = format!(
        "line,about,gross,fee,currency\ntxn_1,{first},100.00,3.35,eur\ntxn_2,{second},40.00,1.40,eur\ntxn_3,,0.00,0.10,eur\n"
    );
    let expected = [
        format!("{settlement} 135.15 EUR from stripe to main, paid"),
        "3 lines come to 135.15, 0.00 is not explained".to_owned(),
        "line gross fee about difference".to_owned(),
        format!("txn_2 40.00 1.40 {second} -1.40"),
        "txn_3 0.00 0.10 nothing -0.10".to_owned(),
    ];
    assert_eq!(reconcile(&books, &settlement, &csv), (1, expected.to_vec()));
    let records = books.json(&["stats"])["records"].clone();
    // The same file again adds nothing.
    assert_eq!(reconcile(&books, &settlement, &csv), (1, expected.to_vec()));
    assert_eq!(books.json(&["stats"])["records"], records);
    let shown = books.json(&["settlement", "show", &settlement]);
    assert_eq!((&shown["lines"], &shown["unexplained_minor"]), (&3.into(), &0.into()));

    let listed = squeezed(
        &books.told("unsettled --processor stripe --currency EUR --from 2020-01-01 --to 2999-12-31"),
    );
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed[1].ends_with(&format!("{second} 40.00 38.60 -1.40")), "{listed:?}");

    // The fee that the file tells of is booked: only the line about nothing is left.
    let life = books.json(&["history", "--account", "assets:processor:stripe:pending", "--limit", "1"]);
    assert!(life["lines"].is_array(), "{life}");
    let gift = listed[1].split(' ').nth(1).unwrap().to_owned();
    books.done(&format!("fee book {gift} --fee 1.40 --key fee-2"));
    let (code, lines) = reconcile(&books, &settlement, &csv);
    assert_eq!((code, &lines[3..]), (1, &expected[4..]));
}

#[test]
fn stripes_report_is_read_by_its_own_columns() {
    let books = books_with(&["water"]);
    let [first, second] = two_gifts(&books);
    let [pi_1, pi_2] = ["pi_1", "pi_2"];
    books.done(&format!("attach {first} {pi_1} --key attach-1"));
    books.done(&format!("attach {second} {pi_2} --key attach-2"));
    let settlement = settle(&books, "136.65");
    let csv = "automatic_payout_id,balance_transaction_id,created,reporting_category,currency,gross,fee,net,payment_intent_id,source_id\n\
        po_1,txn_1,2026-01-31,charge,eur,100.00,3.35,96.65,pi_1,ch_1\n\
        po_1,txn_2,2026-01-31,charge,eur,40.00,0.00,40.00,pi_2,ch_2\n\
        po_1,txn_3,2026-02-01,payout,eur,-136.65,0.00,-136.65,,po_1\n";
    let expected = [
        format!("{settlement} 136.65 EUR from stripe to main, paid"),
        "2 lines come to 136.65, 0.00 is not explained".to_owned(),
        "every line agrees with the books".to_owned(),
    ];
    assert_eq!(reconcile(&books, &settlement, csv), (0, expected.to_vec()));

    // Without --settlement the file has to name one that is known here.
    let file = books.path("payouts.csv");
    let said = books.refused(&format!("reconcile {} --processor stripe", file.display()));
    assert!(said.contains("line 2: po_1 is no settlement of stripe here"), "{said}");
}

#[test]
fn a_file_that_is_wrong_records_nothing() {
    let books = books_with(&["water"]);
    let settlement = settle(&books, "1.00");
    let records = || books.json(&["stats"])["records"].clone();
    let before = records();
    let head = "line,about,gross,fee,currency\n";
    for (csv, wanted) in [
        ("line,gross,currency\n".to_owned(), "the file has no column fee"),
        (format!("{head}txn_1,,1.00,0,eur\ntxn_2,,1.005,0,eur\n"), "line 3: error 1003"),
        (
            format!("{head}txn_1,,1.00,0,eur\ntxn_2,,1.00,0,usd\n"),
            "line 3: error: USD in a settlement of EUR",
        ),
        (format!("{head}txn_1,,1.00,0,eur\n,,1.00,0,eur\n"), "error 1010"),
        (format!("{head}txn_1,,1.00,0,eur\ntxn_1,,1.00,0,eur\n"), "error 3039"),
    ] {
        let (code, said) = reconcile(&books, &settlement, &csv);
        assert_eq!(code, 1, "{csv}");
        assert!(said.concat().contains(wanted), "{said:?} does not say {wanted}");
        assert_eq!(records(), before, "{csv}");
    }
    let other = settle(&books, "2.00");
    let csv = format!("{head}txn_1,,1.00,0,eur\n");
    reconcile(&books, &settlement, &csv);
    let (_, said) = reconcile(&books, &other, &csv);
    assert!(said.concat().contains(&format!("txn_1 is in {settlement} already")), "{said:?}");
}

#[test]
fn policies_are_shown() {
    let books = books_with(&["water", "school"]);
    let shown = |cause: &str| squeezed(&books.told(&format!("policy show {cause}")));
    assert_eq!(shown("water"), ["negative recover-from-next-gifts", "closed take-anyway"]);
    books.done("policy set --cause water --negative block --closed pass --to school --key policies");
    assert_eq!(shown("water"), ["negative block", "closed pass to school"]);
    assert_eq!(shown("school"), ["negative recover-from-next-gifts", "closed take-anyway"]);
    assert_eq!(books.json(&["policy", "show", "water"])["on_negative"], "block");
}
