//! Rows that cannot be posted: each with its code, its line and its bytes, and every good row posted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
#![allow(clippy::inconsistent_digit_grouping, reason = "the last group is cents")]

use std::collections::BTreeMap;

use ledger_core::{ErrorCode, ImportFlow, Ledger, Mapping, Options};
use ledger_tests::importing::{Imported, SMALL, import, nets, small, small_file, small_gift};

fn in_memory() -> Ledger {
    Ledger::in_memory(Options::new()).unwrap()
}

/// A good row before and after the one that is asked about; both must be posted whatever it is.
fn between_good_rows(bad: &[u8]) -> (Ledger, Imported) {
    let ledger = in_memory();
    let mut file = small_file(&["b1,1,2026-01-31,ada,water,10.00,"]).into_bytes();
    file.extend_from_slice(bad);
    file.extend_from_slice(b"\nb1,2,2026-02-28,ben,water,5.55,\n");
    let imported = import(&ledger, &small(), file.as_slice());
    assert_eq!(imported.end, Ok(ImportFlow::Continue));
    assert_eq!((imported.report.rows, imported.report.gifts), (3, 2), "{:?}", bad.escape_ascii().to_string());
    assert_eq!(nets(&ledger), BTreeMap::from([("WATER".to_owned(), 15_55)]));
    (ledger, imported)
}

/// The row between two good ones is refused with a code, told with its line and bytes.
fn assert_refused(bad: &[u8], code: ErrorCode) {
    let (ledger, imported) = between_good_rows(bad);
    let name = bad.escape_ascii().to_string();
    assert_eq!((imported.report.rejected, imported.report.conflicts), (1, 0), "{name}");
    assert_eq!(imported.told.lines_and_codes(), [(3, code.number())], "{name}");
    assert_eq!(imported.told.original(3), bad, "{name}");
    assert_eq!(ledger.stats().unwrap().donors, 2, "{name}: nobody is registered for it");
    // Names of donors are personal: a reason never quotes them.
    let reason = imported.told.rejected[0].reason.to_lowercase();
    assert!(!reason.is_empty() && !reason.contains("carla"), "{name}: {reason}");
}

#[test]
fn wrong_numbers_of_fields() {
    for bad in [
        "b1,9,2026-01-31,Carla,water,1.00",
        "b1,9,2026-01-31,Carla,water,1.00,,",
        "b1,9,2026-01-31,Carla, Jr,water,1.00,",
        "b1",
        " ",
    ] {
        assert_refused(bad.as_bytes(), ErrorCode::FieldCount);
    }
}

/// A quote that does not close would take the rows after it along. Only its own line is left out, whatever
/// comes after it.
#[test]
fn a_quote_that_does_not_close_takes_no_other_row_along() {
    for bad in [
        "b1,9,2026-01-31,Carla,water,1.00,\"6 inch",
        "b1,9,2026-01-31,\"Carla,water,1.00,",
        "\"b1,9,2026-01-31,Carla,water,1.00,x",
        "b1,9,2026-01-31,\"Carla\" B,water,1.00,",
        "\"",
    ] {
        assert_refused(bad.as_bytes(), ErrorCode::OpenQuote);
    }
    // A quote within a field that does not begin with one is a sign like others.
    let (_, imported) = between_good_rows(b"b1,9,2026-01-31,Carla,water,0.00,6\" pipe");
    assert_eq!(imported.report.zero, 1);
}

#[test]
fn open_quotes_among_many_rows_cost_their_own_lines_only() {
    let ledger = in_memory();
    let mut rows: Vec<String> = (1..=4_000).map(small_gift).collect();
    // Far from any other quote, near one that closes it, two in a row, and on the last line.
    for broken in [10, 2_000, 2_100, 3_000, 3_001, 3_999] {
        rows[broken].push_str("\"open");
    }
    rows[2_050] = rows[2_050].trim_end_matches(',').to_owned() + ",\"a, b\"";
    let file = small_file(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!(imported.end, Ok(ImportFlow::Continue));
    let report = &imported.report;
    assert_eq!((report.rows, report.gifts, report.rejected), (4_000, 3_994, 6));
    let lines = [12, 2_002, 2_102, 3_002, 3_003, 4_001].map(|line| (line, ErrorCode::OpenQuote.number()));
    assert_eq!(imported.told.lines_and_codes(), lines);
    assert_eq!(imported.told.original(12), rows[10].as_bytes());
    let again = import(&ledger, &small(), file.as_bytes());
    assert_eq!((again.report.duplicates, again.report.gifts, again.report.rejected), (3_994, 0, 6));
}

/// A line that is longer than any row may be is one row, rejected whole, wherever it is cut into blocks.
#[test]
fn lines_without_an_end_are_one_row_each() {
    for length in [131_000, 131_072, 136_000, 140_000, 204_800, 300_000] {
        let long = format!("b1,9,2026-02-30,Carla,water,1.00,{}", "x".repeat(length));
        let (_, imported) = between_good_rows(long.as_bytes());
        assert_eq!(imported.told.original(3), long.as_bytes(), "{length}");
        // Its tail looks like a row of its own.
        let tricky = format!("{}\",b1,9,2026-01-31,Carla,water,1.00,", "y".repeat(length));
        let (_, imported) = between_good_rows(tricky.as_bytes());
        assert_eq!(imported.told.original(3), tricky.as_bytes(), "{length}");
    }
    let ledger = in_memory();
    let endless = format!("\"{}", "z".repeat(3 << 20));
    let file = small_file(&[&small_gift(1), &endless, &small_gift(2)]);
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!((imported.report.rows, imported.report.gifts, imported.report.rejected), (3, 2, 1));
    let told = imported.told.original(3);
    assert!(told.len() < (1 << 20) + 100 && told.ends_with(b" bytes more"), "{}", told.len());
}

#[test]
fn a_byte_order_mark_hides_no_open_quote() {
    let columns = small_file(&[]).trim().replace(',', "\", \"");
    let text = SMALL.replace("header = true", &format!("header = false\ncolumns = [\"{columns}\"]"));
    let (ledger, mapping) = (in_memory(), Mapping::parse(&text).unwrap());
    let file = format!("\u{feff}\"{}\n{}\n{}\n", small_gift(1), small_gift(2), small_gift(3));
    let imported = import(&ledger, &mapping, file.as_bytes());
    assert_eq!((imported.report.rows, imported.report.gifts), (3, 2));
    assert_eq!(imported.told.lines_and_codes(), [(1, ErrorCode::OpenQuote.number())]);
}

/// A row of several lines is one, when its quotes close.
#[test]
fn quoted_line_ends_belong_to_the_field() {
    let ledger = in_memory();
    let file =
        small_file(&["b1,1,2026-01-31,ada,water,1.00,\"two\nlines, \"\"quoted\"\"\"", "b1,2,2026-01-31,x"]);
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!((imported.report.rows, imported.report.gifts), (2, 1));
    assert_eq!(imported.told.lines_and_codes(), [(4, ErrorCode::FieldCount.number())]);
}

#[test]
fn impossible_dates() {
    for day in [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "26-01-31",
        "2026-1-31",
        "31.01.2026",
        "2026-01-31T00:00",
        "",
        "1899-12-31",
        "0000-00-00",
        "10000-01-01",
        "yesterday",
        "２０２６-01-31",
    ] {
        let bad = format!("b1,9,{day},Carla,water,1.00,");
        assert_refused(bad.as_bytes(), ErrorCode::ImpossibleDate);
    }
}

#[test]
fn amounts_that_are_none() {
    for (amount, code) in [
        ("1.005", ErrorCode::AmountTooPrecise),
        ("1.000", ErrorCode::AmountTooPrecise),
        ("92233720368547758.08", ErrorCode::AmountTooLarge),
        ("-92233720368547758.08", ErrorCode::AmountTooLarge),
        ("99999999999999999999999999999999", ErrorCode::AmountTooLarge),
        ("", ErrorCode::AmountMalformed),
        ("1.", ErrorCode::AmountMalformed),
        (".5", ErrorCode::AmountMalformed),
        ("+1.00", ErrorCode::AmountMalformed),
        ("1 000.00", ErrorCode::AmountMalformed),
        ("\"1,000.00\"", ErrorCode::AmountMalformed),
        ("1e3", ErrorCode::AmountMalformed),
        ("--1", ErrorCode::AmountMalformed),
        ("0x10", ErrorCode::AmountMalformed),
        ("€5", ErrorCode::AmountMalformed),
        ("NaN", ErrorCode::AmountMalformed),
        ("١", ErrorCode::AmountMalformed),
    ] {
        let bad = format!("b1,9,2026-01-31,Carla,water,{amount},");
        assert_refused(bad.as_bytes(), code);
    }
}

#[test]
fn the_largest_amount_is_taken_once_and_its_repeat_in_another_row_too() {
    let ledger = in_memory();
    // Totals are wider than amounts: two of the largest gifts add up without a fault.
    let file = small_file(&[
        "b1,1,2026-01-31,ada,water,92233720368547758.07,",
        "b1,2,2026-01-31,ada,water,92233720368547758.07,",
        "b1,3,2026-01-31,ada,water,-92233720368547758.07,",
    ]);
    let imported = import(&ledger, &small(), file.as_bytes());
    let report = imported.report;
    assert_eq!((report.gifts, report.adjustments, report.rejected), (2, 1, 0));
    assert_eq!(nets(&ledger)["WATER"], i128::from(i64::MAX));
    assert_eq!(report.sums["gifts"].values().next().unwrap().minor, 2 * i128::from(i64::MAX));
    assert_eq!(ledger.audit().unwrap().difference, None);
}

#[test]
fn keys_without_a_part_and_keys_that_are_too_long() {
    assert_refused(b",9,2026-01-31,Carla,water,1.00,", ErrorCode::EmptyKey);
    assert_refused(b"b1,,2026-01-31,Carla,water,1.00,", ErrorCode::EmptyKey);
    assert_refused(b"b1,  ,2026-01-31,Carla,water,1.00,", ErrorCode::EmptyKey);
    let long = format!("b1,{},2026-01-31,Carla,water,1.00,", "9".repeat(200));
    assert_refused(long.as_bytes(), ErrorCode::InvalidKey);
    assert_refused(b"b1,9\x079,2026-01-31,Carla,water,1.00,", ErrorCode::InvalidKey);
}

#[test]
fn rows_without_donor_or_cause() {
    assert_refused(b"b1,9,2026-01-31,,water,1.00,", ErrorCode::EmptyField);
    assert_refused(b"b1,9,2026-01-31,  ,water,1.00,", ErrorCode::EmptyField);
    assert_refused(b"b1,9,2026-01-31,Carla,,1.00,", ErrorCode::EmptyField);
    assert_refused(b"b1,9,2026-01-31,Carla,  ,1.00,", ErrorCode::EmptyField);
    // A pair of quotes around nothing is nothing.
    assert_refused(br#"b1,9,2026-01-31,"""""",water,1.00,"#, ErrorCode::EmptyField);
}

#[test]
fn names_and_ids_that_the_rules_refuse() {
    let long = format!("b1,9,2026-01-31,{},water,1.00,", "c".repeat(1_001));
    assert_refused(long.as_bytes(), ErrorCode::TextTooLong);
    assert_refused(b"b1,9,2026-01-31,Car\x01la,water,1.00,", ErrorCode::TextNotPrintable);
    assert_refused(b"b1,9,2026-01-31,Carla,wa\x7fter,1.00,", ErrorCode::TextNotPrintable);
}

#[test]
fn values_that_do_not_match_the_pattern() {
    assert_refused(b"b1,#9,2026-01-31,Carla,water,1.00,", ErrorCode::PatternMismatch);
    // A memo row is checked as every other: what is wrong is said before what it is.
    assert_refused(b"b1,#9,2026-01-31,Carla,water,1.00,MEMO", ErrorCode::PatternMismatch);
}

#[test]
fn memo_rows_are_read_as_strictly_as_the_rest() {
    assert_refused(b"b1,9,2026-02-30,Carla,water,1.00,MEMO", ErrorCode::ImpossibleDate);
    assert_refused(b"b1,9,2026-01-31,Carla,water,one,THROUGH", ErrorCode::AmountMalformed);
}

#[test]
fn broken_utf8_anywhere_in_the_row() {
    assert_refused(b"b1,9,2026-01-31,Carl\xffa,water,1.00,", ErrorCode::BrokenUtf8);
    // A column that the mapping does not need would be lost to the rejects if it were not looked at.
    assert_refused(b"b1,9,2026-01-31,Carla,water,1.00,\xc3", ErrorCode::BrokenUtf8);
    assert_refused(b"b1,9,2026-01-31,Carla\xed\xa0\x80,water,1.00,", ErrorCode::BrokenUtf8);
}

#[test]
fn a_last_line_that_is_cut_off() {
    let ledger = in_memory();
    let mut file = small_file(&["b1,1,2026-01-31,ada,water,10.00,"]);
    let cut = "b1,2,2026-01-31,be";
    file.push_str(cut);
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!(imported.end, Ok(ImportFlow::Continue));
    assert_eq!(imported.told.lines_and_codes(), [(3, ErrorCode::TruncatedRow.number())]);
    assert_eq!(imported.told.original(3), cut.as_bytes());
    assert_eq!((imported.report.rows, imported.report.gifts, imported.report.rejected), (2, 1, 1));

    // With a line end the same bytes are a row with too few fields; with too many they are not cut off.
    file.push('\n');
    let again = import(&in_memory(), &small(), file.as_bytes());
    assert_eq!(again.told.lines_and_codes(), [(3, ErrorCode::FieldCount.number())]);
    file.push_str("b1,3,2026-01-31,ada,water,10.00,,");
    let again = import(&in_memory(), &small(), file.as_bytes());
    let expected = [3, 4].map(|line| (line, ErrorCode::FieldCount.number()));
    assert_eq!(again.told.lines_and_codes(), expected);
}

#[test]
fn a_whole_last_line_needs_no_line_end() {
    let ledger = in_memory();
    let file = small_file(&["b1,1,2026-01-31,ada,water,10.00,"]);
    let imported = import(&ledger, &small(), file.trim_end().as_bytes());
    assert_eq!((imported.report.rows, imported.report.gifts), (1, 1));
}

#[test]
fn the_same_key_with_other_content_is_a_conflict() {
    let ledger = in_memory();
    let first = "b1,1,2026-01-31,ada,water,10.00,";
    import(&ledger, &small(), small_file(&[first]).as_bytes());
    let others = [
        "b1,1,2026-01-31,ada,water,10.01,",
        "b1,1,2026-01-31,ada,water,-10.00,",
        "b1,1,2026-01-31,ada,school,10.00,",
        "b1,1,2026-01-31,ben,water,10.00,",
        "b1,1,2026-02-01,ada,water,10.00,",
        "b1,1,2026-01-31,ada,water,10.00,REFUND",
    ];
    let file = small_file(&[&[first], others.as_slice(), &[first]].concat());
    let imported = import(&ledger, &small(), file.as_bytes());
    let report = &imported.report;
    assert_eq!((report.rows, report.duplicates, report.conflicts, report.rejected), (8, 2, 6, 0));
    let expected: Vec<(u64, u16)> = (3..=8).map(|line| (line, ErrorCode::KeyConflict.number())).collect();
    assert_eq!(imported.told.lines_and_codes(), expected);
    for (line, row) in (3..).zip(others) {
        assert_eq!(imported.told.original(line), row.as_bytes());
    }
    assert_eq!(nets(&ledger), BTreeMap::from([("WATER".to_owned(), 10_00)]));
    assert_eq!(ledger.stats().unwrap().donors, 1, "a conflicting row registers nobody");
}

#[test]
fn a_repeat_inside_one_group_is_a_duplicate_too() {
    let ledger = in_memory();
    let row = "b1,1,2026-01-31,ada,water,10.00,";
    let imported = import(&ledger, &small(), small_file(&[row, row, row]).as_bytes());
    assert_eq!((imported.report.gifts, imported.report.duplicates), (1, 2));
    assert_eq!(imported.told.rejected, []);
    assert_eq!(nets(&ledger)["WATER"], 10_00);
}

#[test]
fn a_cause_of_another_currency_takes_nothing() {
    let ledger = in_memory();
    let euros = small_file(&["b1,1,2026-01-31,ada,water,10.00,"]);
    import(&ledger, &small(), euros.as_bytes());
    let yen = Mapping::parse(&SMALL.replace("EUR", "JPY")).unwrap();
    let row = "b2,1,2026-01-31,ada,water,10,";
    let imported = import(&ledger, &yen, small_file(&[row]).as_bytes());
    assert_eq!(imported.told.lines_and_codes(), [(2, ErrorCode::CurrencyMismatch.number())]);
    assert_eq!(imported.told.original(2), row.as_bytes());
    assert_eq!(nets(&ledger)["WATER"], 10_00);
}

#[test]
fn a_file_full_of_faults_posts_what_is_good_across_groups() {
    let ledger = in_memory();
    // Every fourth row is bad; 3,000 good ones are three groups.
    let rows: Vec<String> = (0..4_000_u64)
        .map(|number| match number % 4 {
            3 => format!("b1,{number},2026-02-30,donor,water,1.00,"),
            _ => format!("b1,{number},2026-01-31,donor,water,1.00,"),
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let imported = import(&ledger, &small(), small_file(&rows).as_bytes());
    assert_eq!((imported.report.gifts, imported.report.rejected), (3_000, 1_000));
    let lines: Vec<u64> = imported.told.rejected.iter().map(|row| row.line).collect();
    let expected: Vec<u64> = (0..1_000).map(|bad| bad * 4 + 5).collect();
    assert_eq!(lines, expected, "in the order of the file, each on its line");
    for (row, line) in imported.told.rejected.iter().zip(lines) {
        let at = usize::try_from(line).unwrap() - 2;
        assert_eq!(row.original, rows[at].as_bytes());
    }
    assert_eq!(nets(&ledger)["WATER"], 3_000_00);
}

#[test]
fn rows_without_quoting_are_refused_with_their_quotes() {
    let mapping = Mapping::shipped("fec-itcont").unwrap().unwrap();
    let row = |name: &str, amount: &str, sub_id: &str| {
        format!("C00000001|N|YE|P|1|15|IND|{name}|CITY|ST|12345|||01312017|{amount}||T|F|||{sub_id}")
    };
    let quoted = row("\"DOE, JANE\"", "250", "1");
    let (fraction, no_id) = (row("DOE", "2.50", "2"), row("DOE", "250", ""));
    let (bad_cause, letters) = (row("DOE", "250", "4").replace("C00000001", "C1"), row("DOE", "250", "4a"));
    let file = [&quoted, &fraction, &no_id, &bad_cause, &letters].map(|row| format!("{row}\n")).concat();
    let ledger = in_memory();
    let imported = import(&ledger, &mapping, file.as_bytes());
    assert_eq!((imported.report.gifts, imported.report.rejected), (1, 4));
    let (pattern, key) = (ErrorCode::PatternMismatch.number(), ErrorCode::EmptyKey.number());
    assert_eq!(imported.told.lines_and_codes(), [(2, pattern), (3, key), (4, pattern), (5, pattern)]);
    assert_eq!(imported.told.original(2), fraction.as_bytes());
    assert!(ledger.donor_by_external_id("DOE, JANE|12345").unwrap().is_some());
}

#[test]
fn a_last_bulk_row_without_a_line_end_may_have_lost_digits_of_its_key() {
    let mapping = Mapping::shipped("fec-itcont").unwrap().unwrap();
    let whole = "C00000001|N|YE|P|1|15|IND|DOE|CITY|ST|12345|||01312017|250||T|F|||123\n";
    let ledger = in_memory();
    // Every cut leaves all 21 fields, and a key that would be taken for another gift's.
    for cut in ["123", "12", "1"] {
        let row = whole.replace("123\n", cut);
        let imported = import(&ledger, &mapping, row.as_bytes());
        assert_eq!(imported.told.lines_and_codes(), [(1, ErrorCode::TruncatedRow.number())]);
        assert_eq!(imported.told.original(1), row.as_bytes());
    }
    let imported = import(&ledger, &mapping, whole.as_bytes());
    assert_eq!((imported.report.gifts, imported.report.duplicates), (1, 0));
    assert_eq!(ledger.stats().unwrap().donations, 1);
}
