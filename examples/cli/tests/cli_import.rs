//! `ledger import`: what it makes, what it leaves alone, and what it writes down.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;

use serde_json::{Value, json};

use books::{Books, bulk_rows};

/// A good row, four bad ones and a repeat with another amount.
fn mixed_rows() -> Vec<Vec<u8>> {
    let row = |name: &str, date: &str, amount: &str, id: &str| {
        format!("C00000001|N|YE|P|1|15|IND|{name}|CITY|ST|12345|||{date}|{amount}||T|F|||{id}").into_bytes()
    };
    let mut broken = row("BEN", "01312017", "5", "2");
    broken[24] = 0xFF;
    vec![
        row("ADA", "01312017", "10", "1"),
        broken,
        row("CEM, \"THE SECOND\"", "02302017", "5", "3"),
        b"C00000001|N|YE".to_vec(),
        row("", "01312017", "5", "5"),
        row("ADA", "01312017", "11", "1"),
    ]
}

#[test]
fn rejects_are_written_down_with_line_code_reason_and_bytes() {
    let books = Books::new();
    let rows = mixed_rows();
    let file = books.write("rows.txt", &[rows.join(&b'\n').as_slice(), b"\n"].concat());
    let rejects = books.path("bad.csv");
    let (file, rejects) = (file.to_str().unwrap(), rejects.to_str().unwrap());
    let report = books.json(&["import", "--map", "fec-itcont", "--rejects", rejects, file]);
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((count("rows"), count("gifts"), count("rejected"), count("conflicts")), (6, 1, 4, 1));

    let mut reader = csv::Reader::from_path(rejects).unwrap();
    assert_eq!(reader.byte_headers().unwrap(), vec!["line", "code", "reason", "original"]);
    let mut told: Vec<csv::ByteRecord> = reader.byte_records().map(Result::unwrap).collect();
    let number = |record: &csv::ByteRecord, at: usize| -> usize {
        std::str::from_utf8(&record[at]).unwrap().parse().unwrap()
    };
    told.sort_by_key(|record| number(record, 0));
    let lines_and_codes: Vec<_> = told.iter().map(|record| (number(record, 0), number(record, 1))).collect();
    assert_eq!(lines_and_codes, [(2, 7002), (3, 1008), (4, 7001), (5, 7004), (6, 3001)]);
    for record in &told {
        assert_eq!(record[3], rows[number(record, 0) - 1], "the bytes as they stand in the file");
        assert!(!record[2].is_empty());
    }
}

#[test]
fn rejects_without_a_file_for_them_are_said_to_be_there() {
    let books = Books::new();
    let file = books.write("rows.txt", &mixed_rows().join(&b'\n'));
    let output = books.run(&["import", "--map", "fec-itcont", file.to_str().unwrap()]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "5 rows were not posted; run again with --rejects FILE to see why\n");
}

#[test]
fn no_bar_is_drawn_in_a_pipe() {
    let books = Books::new();
    let file = books.write("rows.txt", bulk_rows(5_000).as_bytes());
    let output = books.run(&["import", "--map", "fec-itcont", file.to_str().unwrap()]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with("5000 rows read from 1 file(s) in "), "{printed}");
    assert!(!printed.contains(['\r', '\u{1b}']), "{printed:?}");
}

#[test]
fn an_import_makes_the_folder_and_a_dry_run_does_not() {
    let books = Books::new();
    let file = books.write("rows.txt", bulk_rows(100).as_bytes());
    let import = ["import", "--map", "fec-itcont", file.to_str().unwrap()];
    let without_time = |mut report: Value| {
        assert!(report["seconds"].is_f64());
        report["seconds"] = Value::Null;
        report
    };
    let dry = without_time(books.json(&[&import[..], &["--dry-run"]].concat()));
    assert!(!books.dir().exists());
    let real = without_time(books.json(&import));
    assert!(books.dir().join("FORMAT").exists());
    assert_eq!(dry, real);
    assert_eq!(real["gifts"], json!(100));
    let stats = books.json(&["stats"]);
    let again = books.json(&[&import[..], &["--dry-run"]].concat());
    assert_eq!((&again["duplicates"], &again["gifts"]), (&json!(100), &json!(0)));
    assert_eq!(books.json(&["stats"])["journal_bytes"], stats["journal_bytes"]);
    let text = books.good(&[&import[..], &["--dry-run"]].concat());
    assert!(
        text.starts_with("100 rows read from 1 file(s)") && text.contains("nothing posted (dry run)"),
        "{text}"
    );
}

#[test]
fn several_files_are_one_import_and_all_must_be_there() {
    let books = Books::new();
    let rows = bulk_rows(20);
    let (head, tail) = rows.split_at(rows.find("C00000004|").unwrap());
    let first = books.write("first.txt", head.as_bytes());
    let second = books.write("second.txt", tail.as_bytes());
    let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
    let missing = books.bad(&["import", "--map", "fec-itcont", first, "nowhere.txt"]);
    assert!(missing.contains("nowhere.txt"), "{missing}");
    assert!(!books.dir().exists(), "nothing is posted of the first, no books are made");
    let report = books.json(&["import", "--map", "fec-itcont", first, second]);
    assert_eq!((&report["rows"], &report["gifts"]), (&json!(20), &json!(20)));
}

#[test]
fn sums_are_decimal_strings_by_kind_and_currency() {
    let books = Books::new();
    let row = |kind: &str, amount: &str, memo: &str, id: u64| {
        format!("C00000001|N|YE|P|1|{kind}|IND|ADA|CITY|ST|12345|||01312017|{amount}||T|F|{memo}||{id}\n")
    };
    let rows = [
        row("15", "100", "", 1),
        row("22Y", "20", "", 2),
        row("22Y", "-3", "", 3),
        row("15", "-1", "", 4),
        row("24T", "7", "", 5),
        row("15", "9", "X", 6),
        row("15", "0", "", 7),
    ];
    let file = books.write("rows.txt", rows.concat().as_bytes());
    let report = books.import("fec-itcont", &file);
    let expected = json!({
        "gifts": {"USD": "100.00"}, "refunds": {"USD": "20.00"}, "adjustments": {"USD": "2.00"},
        "pass_through": {"USD": "7.00"}, "memo": {"USD": "9.00"},
    });
    assert_eq!(report["sums"], expected);
    let cause = &books.json(&["causes"])[0];
    assert_eq!(cause["net"], "82.00");
}

#[test]
fn mappings_come_by_name_or_by_file() {
    let books = Books::new();
    let file = books.write("rows.csv", b"id;day;who;to;sum\n1;2026-01-31;Ada;water;5.00\n");
    let map = r#"
name = "own"
currency = "EUR"
format = { delimiter = ";", quotes = true, header = true, case = "upper" }
key = { prefix = "own", columns = ["id"] }
date = { column = "day", pattern = "%Y-%m-%d" }
amount = { column = "sum" }
cause = { id = "{to}" }
donor = [{ needs = "who", id = "{who}", name = "{who}", kind = "person" }]
rule = [{ positive = "gift", negative = "redesignated_out" }]
"#;
    let good = books.write("own.toml", map.as_bytes());
    let report = books.import(good.to_str().unwrap(), &file);
    assert_eq!(report["sums"]["gifts"], json!({"EUR": "5.00"}));

    let rows = file.to_str().unwrap();
    let unknown = books.bad(&["import", "--map", "nowhere", rows]);
    assert!(unknown.contains("fec-schedule-a") && unknown.contains("fec-itcont"), "{unknown}");
    let broken = books.write("broken.toml", map.replace("EUR", "EURO").as_bytes());
    let said = books.bad(&["import", "--map", broken.to_str().unwrap(), rows]);
    assert!(said.starts_with("error 1024: "), "{said}");
}

#[test]
fn what_was_read_before_a_failure_is_told() {
    let books = Books::new();
    let wrong = books.write("rows.csv", b"a,b\n1,2\n");
    let output = books.run(&["import", "--map", "fec-schedule-a", wrong.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error 1024: ") && said.lines().count() == 1, "{said}");
    // A cut gzip file: the counts of what was posted are printed, then the error.
    let cut = books.write("cut.gz", &[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]);
    let output = books.run(&["import", "--map", "fec-itcont", cut.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error 7007: ") && said.lines().count() == 1, "{said}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("0 rows read"));
}
