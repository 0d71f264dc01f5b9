//! Files as they come: line ends, byte order marks, quoted cells, gzip whole and broken, empty, ill-fitting.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
#![allow(clippy::inconsistent_digit_grouping, reason = "the last group is cents")]

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ledger_core::{ErrorCode, ImportError, ImportFlow, ImportMode, Importer, Ledger, Mapping, Options};
use ledger_tests::importing::{
    Remembering, SMALL, SMALL_HEADER, import, nets, small, small_file, small_gift,
};

fn in_memory() -> Ledger {
    Ledger::in_memory(Options::new()).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const GOOD: &str = "b1,1,2026-01-31,ada,water,10.00,";
const BAD: &str = "b1,9,2026-02-30,carla,water,1.00,";
const LAST: &str = "b1,2,2026-01-31,ben,water,5.55,";

/// The three rows give 15.55, one reject on a line, with its bytes as they stand in the file.
fn assert_one_reject(file: &[u8], line: u64, original: &[u8]) {
    let ledger = in_memory();
    let imported = import(&ledger, &small(), file);
    assert_eq!(imported.end, Ok(ImportFlow::Continue));
    assert_eq!(nets(&ledger), BTreeMap::from([("WATER".to_owned(), 15_55)]));
    assert_eq!((imported.report.rows, imported.report.gifts), (3, 2));
    let told = imported.told;
    assert_eq!(told.lines_and_codes(), [(line, ErrorCode::ImpossibleDate.number())]);
    assert_eq!(told.original(line).escape_ascii().to_string(), original.escape_ascii().to_string());
}

#[test]
fn windows_line_ends() {
    let file = [SMALL_HEADER, GOOD, BAD, LAST, ""].join("\r\n");
    assert_one_reject(file.as_bytes(), 3, BAD.as_bytes());
    let without_last = file.trim_end();
    assert_one_reject(without_last.as_bytes(), 3, BAD.as_bytes());
}

#[test]
fn a_byte_order_mark() {
    let file = ["\u{feff}", &small_file(&[GOOD, BAD, LAST])].concat();
    assert_one_reject(file.as_bytes(), 3, BAD.as_bytes());
    let windows = file.replace('\n', "\r\n");
    assert_one_reject(windows.as_bytes(), 3, BAD.as_bytes());
    assert_one_reject(&gzip(file.as_bytes()), 3, BAD.as_bytes());
}

#[test]
fn a_byte_order_mark_before_a_row_where_there_is_no_header() {
    let columns = SMALL_HEADER.split(',').map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let headless = SMALL.replace("header = true", &format!("header = false\ncolumns = [{columns}]"));
    let ledger = in_memory();
    let file = format!("\u{feff}{GOOD}\n{BAD}\n{LAST}\n");
    let imported = import(&ledger, &Mapping::parse(&headless).unwrap(), file.as_bytes());
    assert_eq!(imported.told.lines_and_codes(), [(2, ErrorCode::ImpossibleDate.number())]);
    assert_eq!(imported.told.original(2), BAD.as_bytes());
    // The mark is no part of the key.
    let status = ledger.status("small/b1/1").unwrap();
    assert!(matches!(status, ledger_core::KeyStatus::Committed { .. }));
}

#[test]
fn blank_lines_are_no_rows() {
    let file = format!("{SMALL_HEADER}\n\n{GOOD}\n\n\n{BAD}\n\n{LAST}\n\n\n");
    assert_one_reject(file.as_bytes(), 6, BAD.as_bytes());
    let windows = file.replace('\n', "\r\n");
    assert_one_reject(windows.as_bytes(), 6, BAD.as_bytes());
}

#[test]
fn quoted_cells_with_line_ends_and_doubled_quotes() {
    let bad = "b1,9,2026-02-30,\"carla\n\"\"the second\"\"\nof, many\",water,1.00,";
    let good = "b1,1,2026-01-31,\"ada, countess\n of Lovelace\",water,10.00,";
    let file = small_file(&[good, bad, LAST]);
    // The header is line 1, the good row lines 2 and 3.
    assert_one_reject(file.as_bytes(), 4, bad.as_bytes());
    let windows = file.replace('\n', "\r\n");
    assert_one_reject(windows.as_bytes(), 4, bad.replace('\n', "\r\n").as_bytes());

    let ledger = in_memory();
    import(&ledger, &small(), file.as_bytes());
    let ada = ledger.donor_by_external_id("ADA, COUNTESS OF LOVELACE").unwrap();
    assert_eq!(ada.unwrap().totals[0].gross_minor, 10_00, "blanks of any kind are one blank");
    let file = small_file(&[GOOD, LAST, &bad.replace("02-30", "02-28")]);
    import(&ledger, &small(), file.as_bytes());
    assert!(ledger.donor_by_external_id("CARLA \"THE SECOND\" OF, MANY").unwrap().is_some());
}

#[test]
fn a_quote_that_never_ends_takes_its_own_line_only() {
    let ledger = in_memory();
    let open = "b1,9,2026-01-31,\"carla,water,1.00,";
    let file = small_file(&[GOOD, open, LAST]);
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!((imported.report.rows, imported.report.gifts, imported.report.rejected), (3, 2, 1));
    assert_eq!(imported.told.lines_and_codes(), [(3, ErrorCode::OpenQuote.number())]);
    assert_eq!(imported.told.original(3), open.as_bytes());
}

#[test]
fn rows_longer_than_any_buffer_keep_their_bytes() {
    // The reader takes 64 KiB at a time: rows that cross its edge must be told whole.
    let filler = "x".repeat(100_000);
    let bad = format!("b1,9,2026-02-30,{filler},water,1.00,");
    let file = small_file(&[GOOD, &bad, LAST]);
    assert_one_reject(file.as_bytes(), 3, bad.as_bytes());
    let many: Vec<String> =
        (0..5_000).map(|number| format!("b1,{number},2026-02-30,carla {number},w,1.00,")).collect();
    let rows: Vec<&str> = many.iter().map(String::as_str).collect();
    let imported = import(&in_memory(), &small(), small_file(&rows).as_bytes());
    for (row, text) in imported.told.rejected.iter().zip(&many) {
        assert_eq!(row.original, text.as_bytes());
    }
    assert_eq!(imported.report.rejected, 5_000);
}

#[test]
fn gzip_in_one_member_and_in_several() {
    let file = small_file(&[GOOD, BAD, LAST]);
    assert_one_reject(&gzip(file.as_bytes()), 3, BAD.as_bytes());
    // Members may be cut anywhere, also inside a row, and be empty.
    let (head, tail) = file.as_bytes().split_at(SMALL_HEADER.len() + 10);
    let members = [gzip(head), gzip(b""), gzip(tail)].concat();
    assert_one_reject(&members, 3, BAD.as_bytes());
}

#[test]
fn gzip_cut_in_the_middle_is_completed_by_the_whole_file() {
    let rows: Vec<String> = (1..=5_000).map(small_gift).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let file = small_file(&rows);
    let packed = gzip(file.as_bytes());
    let undisturbed = in_memory();
    assert_eq!(import(&undisturbed, &small(), file.as_bytes()).report.gifts, 5_000);
    for part in [4, 2, 1] {
        let ledger = in_memory();
        let cut = if part == 1 { packed.len() - 3 } else { packed.len() / part };
        let broken = import(&ledger, &small(), &packed[..cut]);
        let error = broken.end.unwrap_err();
        assert_eq!(error.code(), ErrorCode::TruncatedFile);
        assert_eq!(error.code().number(), 7007);
        let ImportError::Truncated { rows: read, .. } = error else { unreachable!("by its code") };
        assert_eq!(read, broken.report.rows);
        let posted = broken.report.gifts;
        assert!(posted > 500 && posted <= 5_000, "the rows before are posted: {posted}");
        assert_eq!(posted, ledger.stats().unwrap().donations);
        // Half a row at the break is never posted as if it were whole.
        assert_eq!(posted + broken.report.rejected, read);

        let whole = import(&ledger, &small(), packed.as_slice());
        assert_eq!(whole.end, Ok(ImportFlow::Continue));
        assert_eq!((whole.report.duplicates, whole.report.gifts), (posted, 5_000 - posted));
        assert_eq!((whole.report.conflicts, whole.report.rejected), (0, 0));
        assert_eq!(nets(&ledger), nets(&undisturbed));
    }
}

#[test]
fn gzip_with_a_flipped_bit_is_no_whole_file() {
    let rows: Vec<String> = (1..=2_000).map(small_gift).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let mut packed = gzip(small_file(&rows).as_bytes());
    // The checksum at the end of the member is wrong.
    let at = packed.len() - 6;
    packed[at] ^= 1;
    let ledger = in_memory();
    let broken = import(&ledger, &small(), packed.as_slice());
    assert_eq!(broken.end.unwrap_err().code(), ErrorCode::TruncatedFile);
    assert_eq!(ledger.stats().unwrap().donations, broken.report.gifts);
}

#[test]
fn a_file_without_rows() {
    let ledger = in_memory();
    for file in [format!("{SMALL_HEADER}\n"), SMALL_HEADER.to_owned()] {
        let imported = import(&ledger, &small(), file.as_bytes());
        assert_eq!((imported.end, imported.report.rows), (Ok(ImportFlow::Continue), 0));
    }
    // Without a header nothing is wanting.
    let headless = Mapping::shipped("fec-itcont").unwrap().unwrap();
    let imported = import(&ledger, &headless, [].as_slice());
    assert_eq!((imported.end, imported.report.rows), (Ok(ImportFlow::Continue), 0));
    assert_eq!(ledger.stats().unwrap().records, 0);
}

/// The error of an import that ends before its first row.
fn mapping_error(mapping: &Mapping, file: &[u8]) -> String {
    let ledger = in_memory();
    let mut importer = Importer::new(&ledger, mapping.clone(), ImportMode::Post).unwrap();
    let error = importer.read(file, &mut Remembering::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidMapping);
    assert_eq!(error.code().number(), 1024);
    assert_eq!(importer.report().rows, 0);
    assert_eq!(ledger.stats().unwrap().records, 0);
    error.to_string()
}

#[test]
fn files_that_the_mapping_does_not_fit() {
    let empty = mapping_error(&small(), b"");
    assert!(empty.contains("header"), "{empty}");
    let without = small_file(&[GOOD]).replace("amount", "sum");
    let missing = mapping_error(&small(), without.as_bytes());
    assert!(missing.contains("\"amount\""), "{missing}");
    for part in
        ["id = \"{cause}\"", "column = \"kind\"", "needs = \"donor\"", "columns = [\"batch\", \"id\"]"]
    {
        let other = part.replace("{cause}", "{nowhere}").replace("\"kind\"", "\"nowhere\"");
        let other = other.replace("\"donor\"", "\"nowhere\"").replace("\"batch\"", "\"nowhere\"");
        let mapping = Mapping::parse(&SMALL.replace(part, &other)).unwrap();
        let error = mapping_error(&mapping, small_file(&[GOOD]).as_bytes());
        assert!(error.contains("nowhere"), "{error}");
    }
}

#[test]
fn mappings_that_cannot_be_read() {
    let broken = [
        SMALL.replace("currency = \"EUR\"", "currency = \"EURO\""),
        SMALL.replace("currency = \"EUR\"\n", ""),
        SMALL.replace("delimiter = \",\"", "delimiter = \",;\""),
        SMALL.replace("header = true", "header = false"),
        SMALL.replace("header = true", "header = true\ncolumns = [\"a\"]"),
        SMALL.replace("columns = [\"batch\", \"id\"]", "columns = []"),
        SMALL.replace("\"^[^#]+$\"", "\"^[\""),
        SMALL.replace("\"unlinked_refund\"", "\"refund\""),
        SMALL.replace("negative = \"redesignated_out\"\n", ""),
        SMALL.replace("kind = \"pass_through\"", "kind = \"pass\""),
        SMALL.replace("prefix = \"small\"", "prefix = \"small\"\nsuffix = \"x\""),
        format!("{SMALL}\n[[rule]]\ncolumn = \"kind\"\nis = [\"X\"]\nkind = \"memo\"\n"),
        "not = toml = at all".to_owned(),
    ];
    for text in broken {
        let error = Mapping::parse(&text).unwrap_err();
        assert_eq!(error.code().number(), 1024, "{error}");
        assert!(error.to_string().starts_with("mapping: "), "{error}");
    }
    for name in Mapping::shipped_names() {
        assert!(matches!(Mapping::shipped(name), Some(Ok(_))), "{name}");
    }
    assert!(Mapping::shipped("nowhere").is_none());
}

#[test]
fn columns_may_stand_in_any_order_with_others_between() {
    let ledger = in_memory();
    let file = "kind,amount,extra,cause,donor,day,id,batch\n,10.00,x,water,ada,2026-01-31,1,b1\n";
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!(imported.report.gifts, 1);
    // The same row in another order of columns is the same row.
    let again = import(&ledger, &small(), small_file(&[GOOD]).as_bytes());
    assert_eq!((again.report.duplicates, again.report.gifts), (1, 0));
}
