//! The state is derived: whatever is lost or damaged of it, the journal makes it again, and every answer is
//! what it was before.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ledger_core::{
    Command, Delivery, ErrorCode, FaultPlan, ImportMode, Importer, KeyStatus, Ledger, Options, RegisterDonor,
    StateFound,
};
use ledger_tests::book::{self, Book};
use ledger_tests::dump::{self, Dump};
use ledger_tests::folder::{copy, edit, files};
use ledger_tests::importing;

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).checkpoint_records(60)
}

/// A ledger at rest and everything that it answers.
struct AtRest {
    home: tempfile::TempDir,
    book: Book,
    dump: Dump,
    records: u64,
}

fn at_rest() -> AtRest {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&ledger, 120);
    let dump = dump::dump(&ledger, &book.keys);
    let records = ledger.stats().unwrap().records;
    ledger.close().unwrap();
    AtRest { home, book, dump, records }
}

impl AtRest {
    /// Opens a damaged copy: how many records were folded again, and whether all answers are the same.
    fn folded_again_after(&self, what: &str, damage: impl FnOnce(&Path)) -> Option<u64> {
        let copied = tempfile::tempdir().unwrap();
        copy(self.home.path(), copied.path());
        damage(copied.path());
        let ledger = Ledger::open(copied.path(), options()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(dump::dump(&ledger, &self.book.keys), self.dump, "{what}");
        dump::assert_clean(&ledger, what);
        let folded = ledger.opening_report().records_folded_again;
        ledger.close().unwrap();
        drop(ledger);
        let again = Ledger::open(copied.path(), options()).unwrap();
        assert_eq!(again.opening_report().records_folded_again, None, "{what}: at rest again");
        assert_eq!(dump::dump(&again, &self.book.keys), self.dump, "{what}, once more");
        folded
    }
}

fn remove_state(folder: &Path) {
    fs::remove_dir_all(folder.join("state")).unwrap();
}

fn remove_seal(folder: &Path) {
    fs::remove_file(folder.join("state.seal")).unwrap();
}

/// What is done to the bytes of a file.
type Change = fn(&mut Vec<u8>);

#[test]
fn an_undamaged_state_is_trusted() {
    let whole = at_rest();
    assert_eq!(whole.folded_again_after("nothing", |_| {}), None);
    let stale = whole.folded_again_after("a snapshot in the making", |folder| {
        fs::write(folder.join("state/snap.0000000000000042.generating"), b"half").unwrap();
    });
    assert_eq!(stale, None, "a stale snapshot does not matter");
}

#[test]
fn a_state_without_its_seal_is_made_again() {
    let whole = at_rest();
    let all = Some(whole.records);
    let garble: [(&str, Change); 6] = [
        ("an empty seal", Vec::clear),
        ("half a seal", |bytes| bytes.truncate(20)),
        ("a seal with a flipped bit", |bytes| bytes[5] ^= 1),
        ("a seal of zeros", |bytes| bytes.fill(0)),
        ("a seal with more behind it", |bytes| bytes.push(0)),
        ("a text for a seal", |bytes| *bytes = b"sealed, truly".to_vec()),
    ];
    for (what, change) in garble {
        let folded = whole.folded_again_after(what, |folder| edit(&folder.join("state.seal"), change));
        assert_eq!(folded, all, "{what}");
    }
    assert_eq!(whole.folded_again_after("no seal", remove_seal), all);
    let neither = |folder: &Path| {
        remove_seal(folder);
        remove_state(folder);
    };
    assert_eq!(whole.folded_again_after("neither seal nor state", neither), all);
    let half_discarded = |folder: &Path| {
        remove_seal(folder);
        fs::rename(folder.join("state"), folder.join("state.discarded")).unwrap();
    };
    assert_eq!(whole.folded_again_after("killed while discarding", half_discarded), all);
}

/// The seal of an earlier close, beside the state of a later one: not this journal's end, so not trusted.
#[test]
fn a_seal_of_an_earlier_moment_is_not_believed() {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&ledger, 3);
    ledger.close().unwrap();
    let seal = fs::read(home.path().join("state.seal")).unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    ledger.donate(book::gift("later", book.donors[0], book.causes[0], 5)).unwrap();
    let expected = dump::dump(&ledger, &book.keys);
    ledger.close().unwrap();
    fs::write(home.path().join("state.seal"), seal).unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(ledger.opening_report().records_folded_again, Some(expected.counts[0]));
    assert_eq!(dump::dump(&ledger, &book.keys), expected);
    dump::assert_clean(&ledger, "an earlier seal");
}

/// Every file of sled, cut to nothing, cut in half, filled with zeros or with noise: without a seal sled
/// never sees a byte of it.
#[test]
fn damaged_files_of_an_unsealed_state_do_not_matter() {
    let whole = at_rest();
    let of_state: Vec<_> =
        files(whole.home.path()).into_iter().filter(|file| file.starts_with("state")).collect();
    assert!(of_state.len() >= 2, "{of_state:?}");
    let damages: [(&str, Change); 4] = [
        ("emptied", Vec::clear),
        ("halved", |bytes| bytes.truncate(bytes.len() / 2)),
        ("zeroed", |bytes| bytes.fill(0)),
        ("flipped", |bytes| bytes.iter_mut().for_each(|byte| *byte ^= 0x5A)),
    ];
    for (what, change) in damages {
        let folded = whole.folded_again_after(what, |folder| {
            remove_seal(folder);
            for file in &of_state {
                edit(&folder.join(file), change);
            }
        });
        assert_eq!(folded, Some(whole.records), "{what}");
    }
}

/// `rebuild` on an open ledger: the same answers, also when rows were still in memory only, and it goes on.
#[test]
fn a_rebuild_of_an_open_ledger_changes_no_answer() {
    let home = tempfile::tempdir().unwrap();
    for records in [1, 30, 1_000_000] {
        let folder = home.path().join(records.to_string());
        let ledger = Ledger::open(&folder, options().checkpoint_records(records)).unwrap();
        let mut book = book::write(&ledger, 70);
        let before = dump::dump(&ledger, &book.keys);
        assert_eq!(ledger.rebuild(), Ok(before.counts[0]));
        assert_eq!(dump::dump(&ledger, &book.keys), before, "checkpoints every {records}");
        dump::assert_clean(&ledger, "after a rebuild");
        book.donate(&ledger, "and on", 7);
        assert_eq!(ledger.rebuild(), Ok(before.counts[0] + 1));
        dump::assert_clean(&ledger, "after another");
        let after = dump::dump(&ledger, &book.keys);
        ledger.close().unwrap();
        let reopened = Ledger::open(&folder, options()).unwrap();
        assert_eq!(reopened.opening_report().records_folded_again, None);
        assert_eq!(dump::dump(&reopened, &book.keys), after);
    }
    let empty = Ledger::open(home.path().join("empty"), options()).unwrap();
    assert_eq!(empty.rebuild(), Ok(0));
    dump::assert_clean(&empty, "an empty ledger");
}

/// Writers and readers beside rebuilds: no key takes money twice, nothing that is there is called unknown, and
/// no report shows a part of the book.
#[test]
fn calls_beside_a_rebuild_wait_for_it() {
    let ledger = Ledger::in_memory(options()).unwrap();
    let (donor, cause) = (book::donor(&ledger, "Ada"), book::cause(&ledger, "water"));
    let first = |key: u32| book::gift(&format!("known-{key}"), donor, cause, 1);
    let known: Vec<Command> = (0..5_000).map(|key| Command::Donate(first(key))).collect();
    assert!(ledger.submit_all(known).unwrap().iter().all(Result::is_ok));
    let (done, again, fresh) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for key in (0..5_000).cycle().take_while(|_| !done.load(Ordering::Relaxed)) {
                assert_eq!(ledger.donate(first(key)).unwrap().delivery, Delivery::Replayed, "known-{key}");
                assert!(matches!(ledger.status(&format!("known-{key}")), Ok(KeyStatus::Committed { .. })));
                again.fetch_add(1, Ordering::Relaxed);
            }
        });
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let number = fresh.fetch_add(1, Ordering::Relaxed);
                ledger.donate(book::gift(&format!("fresh-{number}"), donor, cause, 1)).unwrap();
                let net = ledger.cause(cause).unwrap().unwrap().totals.net_minor();
                assert_eq!(net, i128::from(5_000 + number + 1));
            }
        });
        let had_a_turn = |count: &AtomicU64| count.load(Ordering::Relaxed) >= 10;
        let mut rebuilds = 0;
        // Until both have had their turn beside rebuilds, unless one of them has failed.
        while rebuilds < 20 || (rebuilds < 2_000 && !(had_a_turn(&again) && had_a_turn(&fresh))) {
            assert!(ledger.rebuild().unwrap() >= 5_002);
            rebuilds += 1;
        }
        done.store(true, Ordering::Relaxed);
    });
    let fresh = fresh.into_inner();
    assert_eq!(ledger.stats().unwrap().donations, 5_000 + fresh);
    dump::assert_clean(&ledger, "after rebuilds beside writers");
}

/// A dry run rests on the state: it waits for a rebuild that is going on, and one is refused while it lives.
#[test]
fn dry_runs_and_rebuilds_keep_out_of_each_others_way() {
    let home = tempfile::tempdir().unwrap();
    for ledger in [Ledger::open(home.path(), options()), Ledger::in_memory(options())] {
        let ledger = ledger.unwrap();
        let rows: Vec<String> = (1..=600).map(importing::small_gift).collect();
        let file = importing::small_file(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(importing::import(&ledger, &importing::small(), file.as_bytes()).report.gifts, 600);
        for _ in 0..20 {
            std::thread::scope(|scope| {
                let rebuild = scope.spawn(|| ledger.rebuild().map_err(|error| error.code()));
                let mut dry_run = Importer::new(&ledger, importing::small(), ImportMode::DryRun).unwrap();
                dry_run.read(file.as_bytes(), &mut importing::Remembering::default()).unwrap();
                let report = dry_run.report();
                assert_eq!((report.duplicates, report.gifts, report.rejected), (600, 0, 0));
                assert_eq!(ledger.stats().unwrap().donations, 600, "reads go on beside it");
                let outcome = rebuild.join().unwrap();
                assert!(matches!(outcome, Ok(600) | Err(ErrorCode::NotCommitted)), "{outcome:?}");
            });
        }
        let _dry_run = Importer::new(&ledger, importing::small(), ImportMode::DryRun).unwrap();
        assert_eq!(ledger.rebuild().map_err(|error| error.code()), Err(ErrorCode::NotCommitted));
        dump::assert_clean(&ledger, "after dry runs beside rebuilds");
    }
}

/// Files of sled damaged under a seal: sled alone panics on some of it, refuses some, and forgets some in silence.
/// The seal covers every byte, so all of it is noticed before sled sees it.
#[test]
fn damaged_files_of_a_sealed_state_are_never_believed() {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    // More than one of sled's segments of 512 KiB.
    let book = book::write(&ledger, 3);
    for round in 0..12 {
        let gifts = (0..100).map(|number| {
            let key = format!("more-{round}-{number}");
            Command::Donate(book::gift(&key, book.donors[number % 3], book.causes[number % 3], 5))
        });
        ledger.submit_all(gifts.collect()).unwrap().into_iter().for_each(|result| drop(result.unwrap()));
    }
    let expected = dump::dump(&ledger, &[]);
    ledger.close().unwrap();
    drop(ledger);
    let mut made_again = 0;
    for (file, at, change) in damages(home.path()) {
        let copied = tempfile::tempdir().unwrap();
        copy(home.path(), copied.path());
        edit(&copied.path().join(&file), |bytes| change(bytes, at));
        let when = format!("{}, byte {at}", file.display());
        let ledger = Ledger::open(copied.path(), options()).unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(ledger.opening_report().state, StateFound::Damaged, "{when}");
        made_again += 1;
        assert_eq!(ledger.audit().unwrap().difference, None, "{when}");
        assert!(dump::dump(&ledger, &[]) == expected, "{when}: another answer");
    }
    assert!(made_again > 20, "{made_again} damages");
}

type Damage = (PathBuf, usize, fn(&mut Vec<u8>, usize));

/// Places all over the files of the state where there is something, with a flip and a cut.
fn damages(folder: &Path) -> Vec<Damage> {
    let mut damages: Vec<Damage> = Vec::new();
    for file in files(folder).into_iter().filter(|file| file.starts_with("state")) {
        let bytes = fs::read(folder.join(&file)).unwrap();
        let written: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
        for part in 0..8 {
            let at = written[part * written.len() / 12];
            damages.push((file.clone(), at, |bytes, at| bytes[at] ^= 1));
            if part % 3 == 0 {
                damages.push((file.clone(), at, Vec::truncate));
            }
        }
    }
    damages
}

/// Opening a ledger at rest fails at every write and sync: the next one finds a state that can be believed, because sled
/// is let at its files only when the seal is gone.
#[test]
fn an_opening_that_fails_leaves_a_state_that_is_believed() {
    let whole = at_rest();
    for fail in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after] {
        for successes in 0.. {
            let copied = tempfile::tempdir().unwrap();
            copy(whole.home.path(), copied.path());
            let plan = FaultPlan::none();
            fail(&plan, successes);
            let opened = Ledger::open(copied.path(), options().faults(Arc::clone(&plan)));
            let is_open = opened.is_ok();
            drop(opened);
            let ledger = Ledger::open(copied.path(), options()).unwrap();
            let state = ledger.opening_report().state;
            assert!([StateFound::AtRest, StateFound::Behind].contains(&state), "{successes}: {state:?}");
            assert_eq!(dump::dump(&ledger, &whole.book.keys), whole.dump, "{successes}");
            if is_open {
                assert!(successes > 2, "{successes} writes or syncs in an opening");
                break;
            }
        }
    }
}

/// Memory holds the changed rows until a checkpoint, so it begins after many of them too, and not only after 200,000 records.
#[test]
fn many_changed_rows_begin_a_checkpoint_before_many_records_do() {
    const DONORS: u64 = 70_000;
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), Options::new()).unwrap();
    for _ in 0..DONORS / 1_000 {
        let group = vec![Command::RegisterDonor(RegisterDonor::default()); 1_000];
        assert!(ledger.submit_all(group).unwrap().iter().all(Result::is_ok));
    }
    // As a killed process leaves it.
    drop(ledger);
    let ledger = Ledger::open(home.path(), Options::new()).unwrap();
    let report = ledger.opening_report();
    assert_eq!(report.state, StateFound::Behind);
    let folded = report.records_folded_again.unwrap();
    assert!((1..DONORS / 2).contains(&folded), "{folded} records since the last checkpoint");
    assert_eq!(ledger.stats().unwrap().donors, DONORS);
    ledger.close().unwrap();
}

/// A disk that cannot be read says nothing of the books.
#[test]
fn an_audit_that_cannot_read_is_an_error_and_no_difference() {
    let home = tempfile::tempdir().unwrap();
    let plan = FaultPlan::none();
    let ledger = Ledger::open(home.path(), options().faults(Arc::clone(&plan))).unwrap();
    book::write(&ledger, 40);
    assert_eq!(ledger.audit().unwrap().difference, None);
    let mut failed = 0;
    for successes in 0..200 {
        plan.fail_reads_after(successes);
        let audited = ledger.audit();
        plan.heal();
        match audited {
            Ok(report) => assert_eq!(report.difference, None, "after {successes} reads"),
            Err(error) => {
                assert_eq!(error.code(), ErrorCode::ReadFailed, "after {successes} reads");
                failed += 1;
            }
        }
    }
    assert!(failed > 20, "{failed} audits met a read that failed");
}
