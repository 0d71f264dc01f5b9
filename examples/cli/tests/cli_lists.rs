//! What the lists of the tool say: figures as decimal strings, in their order, page by page.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;

use serde_json::{Value, json};

use books::{Books, bulk_rows, small_books};

#[test]
fn gifts_and_refunds_come_out_in_every_list() {
    let (books, donation, refund) = small_books();
    let causes = books.json(&["causes"]);
    let figures = |line: &Value| {
        ["external_id", "gross", "refunded", "fees", "adjusted", "net"]
            .map(|name| line[name].as_str().unwrap().to_owned())
    };
    // The fee is shared by what each was given: 0.40, 0.08 after rounding by largest remainder on water,
    // school and the tip; what matters here is that the strings are decimal and add up.
    let water = figures(&causes[0]);
    assert_eq!((&*water[0], &*water[1], &*water[2]), ("water", "20.00", "4.00"));
    let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    for line in causes.as_array().unwrap() {
        let line = figures(line);
        let [gross, refunded, fees, adjusted, net] = [1, 2, 3, 4, 5].map(|at| cents(&line[at]));
        assert_eq!(gross - refunded - fees + adjusted, net);
    }
    let donor = &books.json(&["donors"])[0];
    assert_eq!((donor["gross"].as_str(), donor["net"].as_str()), (Some("26.00"), Some("22.00")));
    assert_eq!((&donor["donations"], donor["external_id"].as_str()), (&json!(1), Some("u-1")));

    let history = books.json(&["history", "--donor", "u-1"]);
    let kinds: Vec<&str> =
        history["lines"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["refund", "donation", "donor_registered"], "latest first");
    assert_eq!(history["lines"][0]["refund"], json!(refund));
    assert_eq!(history["lines"][1]["donation"], json!(donation));
    assert_eq!(history["lines"][1]["amount"], json!({"amount": "26.00", "currency": "EUR"}));
    assert_eq!(history["next"], Value::Null);

    let status = books.json(&["status", "order-1"]);
    assert_eq!(status["status"], "committed");
    assert_eq!(books.json(&["status", "order-2"]), json!({"status": "unseen"}));
    assert_eq!(books.good(&["status", "order-2"]), "not seen: no command with this key was committed\n");
}

/// Every figure of money in a document: strings that are decimal numbers with the digits of the currency.
fn assert_decimal(document: &Value, path: &str) {
    match document {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_money = [
                    "debits", "credits", "net", "gross", "refunded", "fees", "adjusted", "disputed",
                    "pending",
                ];
                let is_amount = name == "amount" && !value.is_object();
                if is_money.contains(&name.as_str()) || (is_amount && !value.is_null()) {
                    let text =
                        value.as_str().unwrap_or_else(|| panic!("{path}.{name} is {value}, no string"));
                    let (units, cents) =
                        text.split_once('.').unwrap_or_else(|| panic!("{path}.{name} is {text}"));
                    let units = units.strip_prefix('-').unwrap_or(units);
                    assert!(
                        cents.len() == 2
                            && (units.to_owned() + cents).bytes().all(|byte| byte.is_ascii_digit())
                    );
                }
                // Shares inside an event are minor units, as their names say, and integers; every other figure
                // is for people.
                let is_share = name.ends_with("_minor") && path.contains(".events.");
                let is_whole = |share: &Value| share.as_u64().is_some();
                let shares = value.as_array().map_or_else(|| is_whole(value), |all| all.iter().all(is_whole));
                assert!(!name.ends_with("_minor") || (is_share && shares), "{path}.{name} is {value}");
                assert_decimal(value, &format!("{path}.{name}"));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_decimal(item, path)),
        Value::Number(number) => assert!(!number.is_f64(), "{path} is a float: {number}"),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[test]
fn money_is_written_as_decimal_strings() {
    let (books, ..) = small_books();
    let documents: [&[&str]; 7] = [
        &["causes"],
        &["donors"],
        &["balances"],
        &["changes"],
        &["history", "--cause", "water"],
        &["history", "--account", "assets:bank:main"],
        &["status", "order-1"],
    ];
    for args in documents {
        assert_decimal(&books.json(args), args[0]);
    }
    let balances = books.json(&["balances"]);
    let accounts = balances["balances"].as_array().unwrap();
    let bank = accounts.iter().find(|each| each["account"] == "assets:bank:main").unwrap();
    let figures = ["currency", "debits", "credits", "net"].map(|name| bank[name].as_str().unwrap());
    // All of the gift comes in; the fee and the refund go out.
    assert_eq!(figures, ["EUR", "26.00", "4.50", "21.50"]);
    assert_eq!(balances["sums"][0]["debits"], balances["sums"][0]["credits"]);
    let lines = books.good(&["export", "--format", "jsonl"]);
    for line in lines.lines() {
        assert_decimal(&serde_json::from_str(line).unwrap(), "export");
    }
    let records = books.json(&["stats"])["records"].as_u64().unwrap();
    assert_eq!(u64::try_from(lines.lines().count()).unwrap(), records);
}

#[test]
fn lists_are_ordered_by_net_and_then_by_name() {
    let books = Books::new();
    books.good(&["init"]);
    books.good(&["donor", "add", "--name", "Ada", "--external-id", "u-1"]);
    for (name, amount) in [("b", "5.00"), ("a", "5.00"), ("c", "90.00"), ("d", "0.01"), ("e", "")] {
        books.good(&["cause", "open", "--name", name, "--currency", "EUR", "--external-id", name]);
        if !amount.is_empty() {
            let to = format!("{name}={amount}");
            books.good(&["donate", "--donor", "u-1", "--to", &to, "--key", name]);
        }
    }
    let names = |args: &[&str]| -> Vec<String> {
        let list = books.json(args);
        list.as_array().unwrap().iter().map(|line| line["external_id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&["causes"]), ["c", "a", "b", "d", "e"]);
    assert_eq!(names(&["causes", "--top", "2"]), ["c", "a"]);
    assert_eq!(names(&["causes", "--top", "0"]), [""; 0]);
    assert_eq!(names(&["donors", "--top", "9"]), ["u-1"]);
    let table = books.good(&["causes", "--top", "1"]);
    assert_eq!(table.lines().count(), 2, "a header and a line: {table}");
}

#[test]
fn a_history_is_read_page_by_page() {
    let books = Books::new();
    let rows = books.write("rows.txt", bulk_rows(50).as_bytes());
    books.import("fec-itcont", &rows);
    for of in [["--cause", "C00000001"], ["--account", "assets:imported"]] {
        let seqs = |page: &Value| -> Vec<u64> {
            page["lines"].as_array().unwrap().iter().map(|line| line["seq"].as_u64().unwrap()).collect()
        };
        let whole = seqs(&books.json(&["history", of[0], of[1], "--limit", "1000"]));
        let mut pages: Vec<u64> = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut args = vec!["history", of[0], of[1], "--limit", "3"];
            args.extend(cursor.iter().flat_map(|cursor| ["--cursor", cursor]));
            let page = books.json(&args);
            pages.extend(seqs(&page));
            cursor = page["next"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(pages, whole);
        assert!(whole.is_sorted_by(|newer, older| newer >= older) && whole.len() >= 8);
    }
    let first = books.good(&["history", "--cause", "C00000001", "--limit", "2"]);
    assert!(first.lines().last().unwrap().starts_with("more: --cursor n"), "{first}");
    assert!(books.bad(&["history", "--cause", "C00000001", "--limit", "0"]).starts_with("error 1025: "));
    let changes = books.json(&["changes", "--after", "10", "--limit", "5"]);
    let seqs: Vec<u64> =
        changes.as_array().unwrap().iter().map(|change| change["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, [11, 12, 13, 14, 15]);
}
