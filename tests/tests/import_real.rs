//! Imports of the real data, compared with figures that other programs made of it: `truth.json`, and a reader
//! in `plain_csv` that shares no code with the import.
//!
//! What `truth.json` allows: its totals of donors and causes are signed sums of one file ("posted"), gifts and
//! adjustments in one. So its lists are compared with nets: those of the gifts with the nets after the first
//! file, those of the refunds with the change of net by the second. Gross, refunded and adjusted apart, of
//! every donor and cause, come from `plain_csv`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
#![allow(clippy::inconsistent_digit_grouping, reason = "the last group is cents")]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use ledger_core::{ImportFlow, ImportMode, ImportReport, Importer, Ledger, Mapping, Options, Period, Stats};
use ledger_tests::imported_books::{Books, bytes_below};
use ledger_tests::importing::{Remembering, import};
use ledger_tests::plain_csv::{Direction, Figures, Sums, cents, cleaned, quoted_rows, text_of};
use ledger_tests::shared_data;
use ledger_tests::truth::Truth;

const GIFTS: &str = "fec2016_gifts_SA17A.csv.gz";
const REFUNDS: &str = "fec2016_refunds_SB28A.csv.gz";
const ITCONT: &str = "itcont_2017_20000.txt.gz";

/// A sum of a kind in dollars, in cents.
fn sum(report: &ImportReport, kind: &str) -> i128 {
    let by_currency = report.sums.get(kind);
    by_currency.map_or(0, |sums| sums.values().map(|sum| sum.minor).sum())
}

fn shipped(name: &str) -> Mapping {
    Mapping::shipped(name).expect("a shipped mapping").expect("that can be read")
}

fn open(path: &Path) -> File {
    File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of one schedule that are no memo, by a reader of our own.
fn add_schedule(sums: &mut Sums, path: &Path, side: &str, money: &str, direction: Direction) {
    let text = text_of(path);
    let mut rows = quoted_rows(&text).into_iter();
    let header = rows.next().expect("a header");
    let at = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let (last, first) = (at(&format!("{side}_last_name")), at(&format!("{side}_first_name")));
    let (organisation, zip) = (at(&format!("{side}_organization_name")), at(&format!("{side}_zip")));
    let (cause, amount, memo) = (at("filer_committee_id_number"), at(money), at("memo_code"));
    for row in rows {
        if row[memo].trim().eq_ignore_ascii_case("x") {
            continue;
        }
        let zip: String = cleaned(&row[zip]).chars().take(5).collect();
        let (last, first) = (cleaned(&row[last]), cleaned(&row[first]));
        let donor = if last.is_empty() {
            format!("{}|{zip}", cleaned(&row[organisation]))
        } else {
            format!("{last}, {first}|{zip}")
        };
        sums.add(donor, row[cause].clone(), direction, cents(&row[amount]));
    }
}

/// The counts of one file, as `truth.json` has them for the schedules.
fn check_schedule(report: &ImportReport, truth: &Truth, direction: Direction) {
    let (positive, negative) = (truth.count("positive_rows"), truth.count("negative_rows"));
    let (gifts, refunds) = match direction {
        Direction::In => (positive, 0),
        Direction::Out => (0, positive),
    };
    assert_eq!(report.rows, truth.count("total_rows"));
    assert_eq!((report.gifts, report.refunds, report.adjustments), (gifts, refunds, negative));
    assert_eq!((report.memo, report.zero), (truth.count("memo_rows"), truth.count("zero_rows")));
    assert_eq!((report.rejected, report.conflicts), (truth.count("invalid_rows"), 0));
    assert_eq!((report.duplicates, report.pass_through), (truth.count("dup_key_rows"), 0));
    let (positive, negative) = (truth.cents("positive_sum_cents"), truth.cents("negative_sum_cents"));
    let expected = match direction {
        Direction::In => [positive, 0, negative],
        Direction::Out => [0, positive, -negative],
    };
    assert_eq!(["gifts", "refunds", "adjustments"].map(|kind| sum(report, kind)), expected);
    assert_eq!(sum(report, "memo"), truth.cents("memo_sum_cents"));
}

/// The same files again: nothing is posted, and nothing changes but bytes on disk that are no books.
fn check_again(ledger: &Ledger, files: &[(Mapping, PathBuf)], posted: u64) {
    let (books, stats) = (Books::of(ledger), ledger.stats().unwrap());
    let mut duplicates = 0;
    for (mapping, path) in files {
        let report = import(ledger, mapping, open(path)).report;
        assert_eq!((report.gifts, report.refunds, report.adjustments), (0, 0, 0));
        assert_eq!((report.rejected, report.conflicts), (0, 0));
        assert_eq!((sum(&report, "gifts"), sum(&report, "refunds")), (0, 0));
        duplicates += report.duplicates;
    }
    assert_eq!(duplicates, posted, "every posted row is a duplicate now");
    assert_eq!(Books::of(ledger), books);
    let again = ledger.stats().unwrap();
    // The state's file belongs to sled, which moves what it holds as it sees fit: a tenth either way is its
    // noise (a second import of 370,000 rows was seen to move 2 %). The journal grows by nothing at all.
    let noise = stats.state_bytes / 10;
    assert!(
        again.state_bytes.abs_diff(stats.state_bytes) <= noise,
        "{} then {}",
        stats.state_bytes,
        again.state_bytes
    );
    let figures = |stats: &Stats| {
        let made = [stats.donors, stats.causes, stats.donations];
        (made, [stats.seq, stats.records, stats.entries, stats.journal_bytes])
    };
    assert_eq!(figures(&again), figures(&stats));
}

#[test]
fn the_gifts_and_refunds_of_2016_come_out_to_the_cent() {
    let Some(data) = shared_data::folder("data", "the gifts and refunds of 2016") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let (gifts, refunds) = (Truth::of(&data, GIFTS), Truth::of(&data, REFUNDS));
    let files =
        [(shipped("fec-schedule-a"), data.join(GIFTS)), (shipped("fec-schedule-b"), data.join(REFUNDS))];

    let first = import(&ledger, &files[0].0, open(&files[0].1));
    assert_eq!(first.end, Ok(ImportFlow::Continue));
    check_schedule(&first.report, &gifts, Direction::In);
    let mut sums = Sums::default();
    add_schedule(&mut sums, &data.join(GIFTS), "contributor", "contribution_amount", Direction::In);
    let after_gifts = Books::of(&ledger);
    assert_eq!((&after_gifts.donors, &after_gifts.causes), (&sums.donors, &sums.causes));
    assert_eq!(ledger.stats().unwrap().donors, gifts.count("distinct_donors"));
    assert_eq!(Sums::top(&after_gifts.donors, 20), gifts.top("donors_top20"));
    assert_eq!(Sums::top(&after_gifts.causes, 20), gifts.top("committees_top20"));
    assert_eq!(net_by_month(&ledger), gifts.months());

    let second = import(&ledger, &files[1].0, open(&files[1].1));
    assert_eq!(second.end, Ok(ImportFlow::Continue));
    check_schedule(&second.report, &refunds, Direction::Out);
    add_schedule(&mut sums, &data.join(REFUNDS), "payee", "expenditure_amount", Direction::Out);
    let after_both = Books::of(&ledger);
    assert_eq!((&after_both.donors, &after_both.causes), (&sums.donors, &sums.causes));
    check_figures_of_2016(&ledger, &after_both);
    check_against_both_truths(&after_gifts, &after_both, &gifts, &refunds);
    let mut months = gifts.months();
    for (month, returned) in refunds.months() {
        *months.entry(month).or_default() -= returned;
    }
    assert_eq!(net_by_month(&ledger), months);

    check_again(&ledger, &files, 343_803 + 214 + 23_269 + 53);
    let audit = ledger.audit().unwrap();
    assert_eq!(audit.difference, None);
    ledger.close().unwrap();
}

/// What all causes received in each month; nothing is left out but months in which nothing happened.
fn net_by_month(ledger: &Ledger) -> BTreeMap<String, i128> {
    let months = ledger.totals_by(Period::Month).unwrap();
    months.into_iter().map(|of| (of.period, of.totals.net_minor())).collect()
}

/// The figures of the README of the data, to the cent.
fn check_figures_of_2016(ledger: &Ledger, books: &Books) {
    let total = |pick: fn(&Figures) -> i128| books.causes.values().map(pick).sum::<i128>();
    assert_eq!(total(|figures| figures.gross), 143_401_988_47);
    assert_eq!(total(|figures| figures.refunded), 4_770_005_83);
    assert_eq!(total(|figures| figures.adjusted), -127_951_13);
    assert_eq!(total(Figures::net), 138_504_031_51);
    // What the donors gave is what the causes got.
    assert_eq!(books.donors.values().map(Figures::net).sum::<i128>(), 138_504_031_51);
    let stats = ledger.stats().unwrap();
    assert_eq!((stats.donors, stats.causes, stats.donations), (165_822, 5, 343_803));
    let trial = ledger.trial_balance().unwrap();
    assert_eq!(trial.sums.len(), 1);
    assert_eq!(trial.sums[0].debits_minor, trial.sums[0].credits_minor);
}

/// Nets of causes, and the donors with the largest refunds, from the sums of the two files.
fn check_against_both_truths(before: &Books, after: &Books, gifts: &Truth, refunds: &Truth) {
    let given: BTreeMap<String, i128> = gifts.top("committees_top20").into_iter().collect();
    let returned: BTreeMap<String, i128> = refunds.top("committees_top20").into_iter().collect();
    assert_eq!(given.len(), 5, "all five causes are in the list");
    for (cause, figures) in &after.causes {
        assert_eq!(figures.net(), given[cause] - returned[cause], "{cause}");
    }
    let gains = after.gains(before);
    let mut largest: Vec<(String, i128)> = gains.into_iter().map(|(id, gain)| (id, -gain)).collect();
    largest.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    largest.truncate(20);
    assert_eq!(largest, refunds.top("donors_top20"));
}

#[test]
fn a_dry_run_counts_the_same_and_writes_nothing() {
    let Some(data) = shared_data::folder("data", "a dry run of 2016") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    // A cause is there beforehand, so that "nothing" is not an empty folder's nothing.
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let itcont = shipped("fec-itcont");
    let text = text_of(&data.join(ITCONT));
    let first_row = text.split_inclusive('\n').next().unwrap();
    let before_any = import(&ledger, &itcont, first_row.as_bytes());
    assert_eq!(before_any.report.gifts, 1);
    ledger.close().unwrap();
    drop(ledger);
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let (bytes, books, stats) = (bytes_below(folder.path()), Books::of(&ledger), ledger.stats().unwrap());

    let mut told = Remembering::default();
    let mut dry = |mapping: &str, file: &str| {
        let mut importer = Importer::new(&ledger, shipped(mapping), ImportMode::DryRun).unwrap();
        assert_eq!(importer.read(open(&data.join(file)), &mut told), Ok(ImportFlow::Continue));
        importer.report().clone()
    };
    check_schedule(&dry("fec-schedule-a", GIFTS), &Truth::of(&data, GIFTS), Direction::In);
    check_schedule(&dry("fec-schedule-b", REFUNDS), &Truth::of(&data, REFUNDS), Direction::Out);
    assert_eq!(told.rejected, []);

    assert_eq!(Books::of(&ledger), books);
    assert_eq!(ledger.stats().unwrap(), stats);
    let after = bytes_below(folder.path());
    assert!(after.keys().eq(bytes.keys()), "the same files");
    let changed: Vec<_> = bytes.iter().filter(|(path, content)| after[*path] != **content).collect();
    assert!(changed.is_empty(), "{:?}", changed.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

/// The rows of the bulk format that move money, by a reader of our own.
fn itcont_sums(path: &Path) -> Sums {
    let mut sums = Sums::default();
    for line in text_of(path).lines() {
        let row: Vec<&str> = line.split('|').collect();
        assert_eq!(row.len(), 21);
        if row[18].trim().eq_ignore_ascii_case("x") || ["24I", "24T"].contains(&row[5]) {
            continue;
        }
        let zip: String = row[10].trim().chars().take(5).collect();
        let direction = if row[5].starts_with('2') { Direction::Out } else { Direction::In };
        sums.add(format!("{}|{zip}", cleaned(row[7])), row[0].to_owned(), direction, cents(row[14]));
    }
    sums
}

#[test]
fn the_bulk_rows_of_2017_come_out_to_the_cent() {
    let Some(data) = shared_data::folder("data", "the bulk rows of 2017") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let truth = Truth::of(&data, ITCONT);
    let imported = import(&ledger, &shipped("fec-itcont"), open(&data.join(ITCONT)));
    assert_eq!(imported.end, Ok(ImportFlow::Continue));
    let report = imported.report;

    assert_eq!((report.rows, report.rejected, report.conflicts), (truth.count("total_rows"), 0, 0));
    assert_eq!((report.memo, report.pass_through), (truth.count("memo_rows"), truth.count("earmark_rows")));
    assert_eq!((report.zero, report.duplicates), (truth.count("zero_rows"), truth.count("dup_sub_id")));
    // Types that begin with 2 are refunds, voided refunds and, in this file, all the zero rows.
    let out = truth.count("refund_rows_type2x");
    assert_eq!(report.refunds + report.adjustments + report.zero, out);
    assert_eq!(report.gifts, truth.count("posted_rows") - out);
    assert_eq!(report.refunds, truth.count("negative_rows"));
    assert_eq!(report.gifts + report.adjustments, truth.count("positive_rows"));
    assert_eq!(sum(&report, "refunds") - sum(&report, "adjustments"), truth.cents("refund_sum_cents"));
    assert_eq!(sum(&report, "refunds"), -truth.cents("negative_sum_cents"));
    assert_eq!(sum(&report, "pass_through"), truth.cents("earmark_sum_cents"));
    assert_eq!(sum(&report, "memo"), truth.cents("memo_sum_cents"));

    let (books, sums) = (Books::of(&ledger), itcont_sums(&data.join(ITCONT)));
    assert_eq!((&books.donors, &books.causes), (&sums.donors, &sums.causes));
    assert_eq!(books.causes.values().map(Figures::net).sum::<i128>(), truth.cents("posted_sum_cents"));
    assert_eq!(Sums::top(&books.donors, 20), truth.top("donors_top20"));
    assert_eq!(Sums::top(&books.causes, 20), truth.top("committees_top20"));
    let stats = ledger.stats().unwrap();
    assert_eq!(
        (stats.donors, stats.causes),
        (truth.count("distinct_donors"), truth.count("distinct_committees"))
    );

    let posted = report.gifts + report.refunds + report.adjustments;
    check_again(&ledger, &[(shipped("fec-itcont"), data.join(ITCONT))], posted);
    ledger.close().unwrap();
}
