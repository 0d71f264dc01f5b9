//! How an import goes: groups, progress, stopping and going on; who is registered; which keys rows get.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
#![allow(clippy::inconsistent_digit_grouping, reason = "the last group is cents")]

use std::collections::BTreeSet;

use ledger_core::{
    ErrorCode, ImportError, ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, KeyStatus, Ledger,
    Options, RejectedRow,
};
use ledger_tests::importing::{import, import_until, nets, small, small_file, small_gift};

fn in_memory() -> Ledger {
    Ledger::in_memory(Options::new()).unwrap()
}

fn gifts(count: u64) -> String {
    let rows: Vec<String> = (1..=count).map(small_gift).collect();
    small_file(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn progress_is_told_after_every_group_and_at_the_end() {
    let ledger = in_memory();
    let imported = import(&ledger, &small(), gifts(2_500).as_bytes());
    let rows: Vec<u64> = imported.told.progress.iter().map(|report| report.rows).collect();
    assert_eq!(rows, [1_000, 2_000, 2_500]);
    // What was told is committed: every row so far is in a count.
    for report in &imported.told.progress {
        assert_eq!(report.gifts, report.rows);
    }
    assert_eq!(imported.told.progress.last(), Some(&imported.report));
    let empty = import(&ledger, &small(), small_file(&[]).as_bytes());
    assert_eq!(empty.told.progress, [ImportReport::default()]);
}

#[test]
fn stopping_between_groups_keeps_what_was_posted_and_running_again_completes_it() {
    let (file, undisturbed) = (gifts(3_500), in_memory());
    import(&undisturbed, &small(), file.as_bytes());
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let stopped = import_until(&ledger, &small(), ImportMode::Post, file.as_bytes(), Some(2));
    assert_eq!(stopped.end, Ok(ImportFlow::Stop));
    assert_eq!((stopped.report.rows, stopped.report.gifts), (2_000, 2_000));
    ledger.close().unwrap();
    drop(ledger);

    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    assert_eq!(ledger.stats().unwrap().donations, 2_000);
    let resumed = import(&ledger, &small(), file.as_bytes());
    assert_eq!(resumed.end, Ok(ImportFlow::Continue));
    assert_eq!((resumed.report.duplicates, resumed.report.gifts), (2_000, 1_500));
    assert_eq!(nets(&ledger), nets(&undisturbed));
    assert_eq!(ledger.audit().unwrap().difference, None);
}

#[test]
fn counts_go_on_over_several_files_of_one_importer() {
    let ledger = in_memory();
    let mut importer = Importer::new(&ledger, small(), ImportMode::Post).unwrap();
    let mut told = ledger_tests::importing::Remembering::default();
    for file in
        [small_file(&["b1,1,2026-01-31,ada,water,1.00,"]), small_file(&["b2,1,2026-01-31,ada,water,2.00,"])]
    {
        assert_eq!(importer.read(file.as_bytes(), &mut told), Ok(ImportFlow::Continue));
    }
    assert_eq!((importer.report().rows, importer.report().gifts), (2, 2));
    assert_eq!(importer.report().sums["gifts"].values().next().unwrap().minor, 3_00);
}

#[test]
fn a_dry_run_decides_as_posting_would() {
    let (dry, posted) = (in_memory(), in_memory());
    let file = small_file(&[
        "b1,1,2026-01-31,ada,water,10.00,",
        "b1,1,2026-01-31,ada,water,10.00,",
        "b1,1,2026-01-31,ada,water,11.00,",
        "b1,2,2026-01-31,ada,water,-1.00,",
        "b1,3,2026-01-31,ada,water,0.00,",
        "b1,4,2026-01-31,ada,water,2.00,REFUND",
        "b1,5,2026-02-30,ada,water,2.00,",
        "b1,6,2026-01-31,ada,water,2.00,MEMO",
    ]);
    let rehearsed = import_until(&dry, &small(), ImportMode::DryRun, file.as_bytes(), None);
    let real = import(&posted, &small(), file.as_bytes());
    assert_eq!(rehearsed.report, real.report);
    // The reasons differ in the hashes of what was recorded, which each ledger keys with a secret of its own.
    assert_eq!(rehearsed.told.lines_and_codes(), real.told.lines_and_codes());
    let conflict = ErrorCode::KeyConflict.number();
    let fault = ErrorCode::ImpossibleDate.number();
    let told: BTreeSet<_> = real.told.lines_and_codes().into_iter().collect();
    assert_eq!(told, BTreeSet::from([(4, conflict), (8, fault)]));
    let stats = dry.stats().unwrap();
    assert_eq!((stats.records, stats.donors, stats.causes), (0, 0, 0));
    // Known rows are duplicates to a dry run too.
    let again = import_until(&posted, &small(), ImportMode::DryRun, file.as_bytes(), None);
    assert_eq!((again.report.duplicates, again.report.gifts), (4, 0));
}

#[test]
fn a_zero_row_registers_donor_and_cause_and_moves_nothing() {
    let ledger = in_memory();
    let zero = small_file(&["b1,1,2026-01-31,ada,water,0.00,", "b1,2,2026-01-31,ada,water,-0.00,REFUND"]);
    let imported = import(&ledger, &small(), zero.as_bytes());
    assert_eq!((imported.report.zero, imported.report.gifts, imported.report.refunds), (2, 0, 0));
    let stats = ledger.stats().unwrap();
    assert_eq!((stats.donors, stats.causes, stats.entries, stats.donations), (1, 1, 0, 0));
    let ada = ledger.donor_by_external_id("ADA").unwrap().unwrap();
    assert_eq!(ada.totals, []);
    assert_eq!(nets(&ledger).into_iter().collect::<Vec<_>>(), [("WATER".to_owned(), 0)]);
    // Again: still zero rows, and no more donors.
    let again = import(&ledger, &small(), zero.as_bytes());
    assert_eq!(again.report.zero + again.report.duplicates, 2);
    assert_eq!(ledger.stats().unwrap(), stats);
}

#[test]
fn memo_and_pass_through_rows_register_nobody() {
    let ledger = in_memory();
    let file = small_file(&[
        "b1,1,2026-01-31,ada,water,10.00,MEMO",
        "b1,2,2026-01-31,ben,school,-5.00,memo",
        "b1,3,2026-01-31,cem,forest,7.00,THROUGH",
        "b1,4,2026-01-31,dan,desert,0.00,THROUGH",
    ]);
    let imported = import(&ledger, &small(), file.as_bytes());
    assert_eq!((imported.report.memo, imported.report.pass_through, imported.report.zero), (2, 2, 0));
    let sums = |kind: &str| imported.report.sums[kind].values().next().unwrap().minor;
    assert_eq!((sums("memo"), sums("pass_through")), (5_00, 7_00), "counted apart, with their sign");
    let stats = ledger.stats().unwrap();
    assert_eq!((stats.donors, stats.causes, stats.records, stats.entries), (0, 0, 0, 0));
    assert_eq!(ledger.status("small/b1/1").unwrap(), KeyStatus::Unseen);
    // A memo row keeps no key: the row that moves money may have it.
    let money = small_file(&["b1,1,2026-01-31,ada,water,10.00,"]);
    assert_eq!(import(&ledger, &small(), money.as_bytes()).report.gifts, 1);
}

#[test]
fn the_sign_and_the_kind_decide_the_figure() {
    let ledger = in_memory();
    let file = small_file(&[
        "b1,1,2026-01-31,ada,water,100.00,",
        "b1,2,2026-01-31,ada,water,-1.00,",
        "b1,3,2026-01-31,ada,water,20.00,REFUND",
        "b1,4,2026-01-31,ada,water,-3.00,refund",
    ]);
    let imported = import(&ledger, &small(), file.as_bytes());
    let report = imported.report;
    assert_eq!((report.gifts, report.refunds, report.adjustments), (1, 1, 2));
    let cause = ledger.causes(None, 10).unwrap().remove(0);
    let totals = cause.totals;
    assert_eq!((totals.gross_minor, totals.refunded_minor, totals.adjusted_minor), (100_00, 20_00, 2_00));
    assert_eq!((totals.net_minor(), totals.donations), (82_00, 1));
}

#[test]
fn parts_of_a_key_never_run_into_each_other() {
    let ledger = in_memory();
    // Joined without care, each group of these would make one key.
    let keys = [
        ("a/b", "c"),
        ("a", "b/c"),
        ("a%2Fb", "c"),
        ("a", "b%2Fc"),
        ("a%", "2Fb/c"),
        ("a%25", "b"),
        ("a%", "25b"),
        ("a%/", "b"),
        ("a", "%/b"),
        ("a/", "/b"),
        ("a", "//b"),
        ("%2F", "%"),
        ("%", "%2F"),
        ("/", "%2F"),
        ("%2F", "/"),
    ];
    let different: BTreeSet<_> = keys.iter().collect();
    assert_eq!(different.len(), keys.len());
    let rows: Vec<String> =
        keys.iter().map(|(batch, id)| format!("{batch},{id},2026-01-31,ada,water,1.00,")).collect();
    let file = small_file(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let imported = import(&ledger, &small(), file.as_bytes());
    let expected = u64::try_from(keys.len()).unwrap();
    assert_eq!(
        (imported.report.gifts, imported.report.duplicates, imported.report.conflicts),
        (expected, 0, 0)
    );
    for key in ["small/a%2Fb/c", "small/a/b%2Fc", "small/a%252Fb/c"] {
        assert!(matches!(ledger.status(key).unwrap(), KeyStatus::Committed { .. }), "{key}");
    }
}

/// Refuses to write rejects down.
struct FullDisk;

impl ImportWatch for FullDisk {
    fn rejected(&mut self, _row: &RejectedRow) -> std::io::Result<()> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn progress(&mut self, _so_far: &ImportReport) -> ImportFlow {
        ImportFlow::Continue
    }
}

#[test]
fn rejects_that_cannot_be_kept_stop_the_import_and_nothing_is_lost_by_running_again() {
    let ledger = in_memory();
    let mut file = gifts(1_500);
    file.push_str("b1,9,2026-02-30,carla,water,1.00,\n");
    file.push_str("b1,9000,2026-02-28,carla,water,1.00,\n");
    let mut importer = Importer::new(&ledger, small(), ImportMode::Post).unwrap();
    let error = importer.read(file.as_bytes(), &mut FullDisk).unwrap_err();
    assert!(matches!(error, ImportError::Rejects { .. }));
    assert_eq!(error.code(), ErrorCode::ReadFailed);
    let posted = ledger.stats().unwrap().donations;
    assert_eq!(posted, 1_501, "whole groups only: rows are told of when their group is settled");
    let whole = import(&ledger, &small(), file.as_bytes());
    assert_eq!((whole.report.duplicates, whole.report.gifts, whole.report.rejected), (1_501, 0, 1));
}

#[test]
fn an_import_into_a_closed_ledger_is_an_error_of_the_ledger() {
    let ledger = in_memory();
    let mut importer = Importer::new(&ledger, small(), ImportMode::Post).unwrap();
    ledger.close().unwrap();
    let mut told = ledger_tests::importing::Remembering::default();
    let error = importer.read(gifts(3).as_bytes(), &mut told).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Closed);
    assert_eq!(importer.report().gifts, 0);
    assert_eq!(importer.report().rows, 0, "of no row it is known what became of it");
}
