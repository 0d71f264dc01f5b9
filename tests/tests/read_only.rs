//! Reading beside a writer: a committed prefix that never goes back, and nothing is written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use ledger_core::{
    Command, DonorProfile, EraseDonor, ErasureReason, ErrorCode, FaultPlan, ImportMode, Importer, KeyStatus,
    Ledger, LedgerError, Mapping, Options, RegisterDonor,
};
use ledger_tests::book;
use ledger_tests::dump::{Dump, dump};
use ledger_tests::folder::{edit, files, journal_end};
use ledger_tests::importing::Remembering;

fn options() -> Options {
    // Small segments and checkpoints: the reader meets rolls, and nothing of the state below.
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(20)
}

fn reader(folder: &Path) -> Ledger {
    Ledger::open_read_only(folder, options()).unwrap()
}

fn everything(ledger: &Ledger) -> Dump {
    dump(ledger, &[])
}

fn code<T>(result: Result<T, LedgerError>) -> Option<ErrorCode> {
    result.err().map(|error| error.code())
}

/// Names, lengths, contents and times of all files.
fn snapshot(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let of = |file: &Path| {
        let path = folder.join(file);
        (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap())
    };
    files(folder).iter().map(|file| (file.display().to_string(), of(file))).collect()
}

#[test]
fn a_reader_says_what_the_writer_says_and_changes_no_file() {
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), options()).unwrap();
    book::write(&writer, 300);
    assert!(files(&home.path().join("journal")).len() > 1, "several segments");
    let (said, audited) = (everything(&writer), writer.audit().unwrap());
    let beside = reader(home.path());
    assert_eq!(everything(&beside), said);
    assert_eq!(beside.audit().unwrap(), audited);
    writer.close().unwrap();
    let before = snapshot(home.path());
    let alone = reader(home.path());
    assert_eq!(everything(&alone), said, "the writer need not be there");
    alone.close().unwrap();
    assert_eq!(code(alone.stats()), Some(ErrorCode::Closed));
    drop((alone, beside));
    assert!(snapshot(home.path()) == before, "a file was touched");
    assert_eq!(
        Ledger::open(home.path(), options()).unwrap().opening_report().records_folded_again,
        None,
        "the state is as it was sealed"
    );
}

#[test]
fn every_write_is_refused_and_a_dry_run_is_not() {
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&writer, 5);
    let beside = reader(home.path());
    let gift = book::gift("new", book.donors[0], book.causes[0], 100);
    let erase = EraseDonor { key: None, donor: book.donors[0], reason: ErasureReason::Mistake };
    for command in [
        Command::RegisterDonor(RegisterDonor::default()),
        Command::Donate(gift.clone()),
        Command::EraseDonor(erase),
    ] {
        let refused = beside.submit(command).unwrap_err();
        assert_eq!(refused, LedgerError::ReadOnly);
    }
    assert_eq!(code(beside.rebuild()), Some(ErrorCode::ReadOnly));
    let mapping = Mapping::shipped("fec-itcont").unwrap().unwrap();
    let mut posting = Importer::new(&beside, mapping.clone(), ImportMode::Post).unwrap();
    let row = b"C00000001|N|YE|P|1|15|IND|DONOR|CITY|ST|12345|||01312017|25||T|F|||1\n";
    assert!(posting.read(row.as_slice(), &mut Remembering::default()).is_err());
    let mut rehearsed = Importer::new(&beside, mapping, ImportMode::DryRun).unwrap();
    rehearsed.read(row.as_slice(), &mut Remembering::default()).unwrap();
    assert_eq!(rehearsed.report().gifts, 1);
    assert_eq!(beside.dry_run(&Command::Donate(gift)).unwrap().seq, writer.stats().unwrap().seq + 1);
    assert_eq!(beside.status("new").unwrap(), KeyStatus::Unseen);
    writer.close().unwrap();
}

#[test]
fn what_is_no_ledger_is_not_read() {
    let home = tempfile::tempdir().unwrap();
    let missing = home.path().join("nothing");
    assert_eq!(code(Ledger::open_read_only(&missing, options())), Some(ErrorCode::NoLedger));
    assert!(!missing.exists());
    assert_eq!(code(Ledger::open_read_only(home.path(), options())), Some(ErrorCode::NoLedger));
    assert_eq!(files(home.path()).len(), 0);
    let letter = home.path().join("letter");
    fs::write(&letter, "dear donor").unwrap();
    assert_eq!(code(Ledger::open_read_only(&letter, options())), Some(ErrorCode::NoLedger));
}

/// Each call of the writer brings five gifts to two causes; the reader never sees four.
#[test]
fn a_reader_sees_whole_commits_only_and_never_goes_back() {
    const GIFTS: usize = 5;
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), options()).unwrap();
    let [water, school] = ["water", "school"].map(|name| book::cause(&writer, name));
    let ada = book::donor(&writer, "ada");
    let before = writer.stats().unwrap().seq;
    let done = AtomicBool::new(false);
    let write = || {
        for call in 0..120 {
            let gift = |number: usize| {
                let mut gift = book::gift(&format!("{call}-{number}"), ada, water, 100);
                gift.designations.push(ledger_core::Designation { cause: school, amount: book::cents(7) });
                Command::Donate(gift)
            };
            let results = writer.submit_all((0..GIFTS).map(gift).collect()).unwrap();
            assert!(results.iter().all(Result::is_ok));
        }
        done.store(true, Ordering::SeqCst);
    };
    let read = || {
        let beside = reader(home.path());
        let (mut last, mut moments) = (0, 0);
        loop {
            let is_last = done.load(Ordering::SeqCst);
            let seq = beside.refresh().unwrap();
            assert!(seq >= last, "{seq} after {last}");
            moments += u64::from(seq > last);
            last = seq;
            let gifts = beside.stats().unwrap().donations;
            assert_eq!((gifts % 5, gifts), (0, seq - before), "at record {seq}");
            for (cause, minor) in [(water, 100), (school, 7)] {
                let totals = beside.cause(cause).unwrap().unwrap().totals;
                assert_eq!(totals.gross_minor, i128::from(gifts) * minor, "at record {seq}");
            }
            let trial = beside.trial_balance().unwrap();
            assert_eq!(trial.seq, seq);
            assert!(trial.sums.iter().all(|sum| sum.debits_minor == sum.credits_minor));
            if is_last {
                return (seq, moments);
            }
        }
    };
    let (seq, moments) = std::thread::scope(|scope| {
        let reading = scope.spawn(read);
        scope.spawn(write);
        reading.join().unwrap()
    });
    assert_eq!(seq, writer.stats().unwrap().seq, "the end is seen");
    assert!(moments > 3, "{moments} moments were seen on the way");
    writer.close().unwrap();
}

/// The reader is another process, and sees a writer that brings 500 gifts at a time, or none of them.
#[test]
fn a_process_that_reads_sees_whole_commits_only_and_never_goes_back() {
    const CALLS: u64 = 60;
    const GIFTS: u64 = 500;
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), Options::new()).unwrap();
    let (water, ada) = (book::cause(&writer, "water"), book::donor(&writer, "ada"));
    let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_reader"))
        .arg(home.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut next = || -> Vec<u128> {
        let line = lines.next().unwrap().unwrap();
        line.split(' ').map(|number| number.parse().unwrap()).collect()
    };
    let first = next();
    assert_eq!(first[1], 0, "it is there before the first gift");
    let write = || {
        for call in 0..CALLS {
            let gift = |number| Command::Donate(book::gift(&format!("{call}-{number}"), ada, water, 7));
            writer.submit_all((0..GIFTS).map(gift).collect()).unwrap();
        }
    };
    let moments = std::thread::scope(|scope| {
        scope.spawn(write);
        let (mut last, mut moments) = (first[0], 0);
        loop {
            let seen = next();
            let [seq, gifts, debits, credits] = seen[..] else { panic!("{seen:?}") };
            assert!(seq >= last, "{seq} after {last}");
            assert_eq!((gifts % u128::from(GIFTS), gifts), (0, seq - first[0]));
            assert_eq!((debits, credits), (gifts * 7, gifts * 7));
            moments += u64::from(seq > last);
            last = seq;
            if gifts == u128::from(CALLS * GIFTS) {
                return moments;
            }
        }
    });
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(moments > 3, "{moments} moments were seen on the way");
    writer.close().unwrap();
}

/// What a reader shows stays as it is until it is asked to go on; an open page too.
#[test]
fn a_reader_stays_where_it_is_until_it_is_refreshed() {
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), options()).unwrap();
    book::write(&writer, 30);
    let beside = reader(home.path());
    let (first, at) = (everything(&beside), beside.stats().unwrap().seq);
    let donor = writer.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    writer.close().unwrap();
    let again = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(everything(&beside), first);
    assert_eq!(beside.donor(donor).unwrap(), None);
    assert_eq!(beside.refresh().unwrap(), at + 1, "another writer by now");
    assert!(beside.donor(donor).unwrap().is_some());
    assert_eq!(again.refresh().unwrap(), at + 1, "a writer has nothing to take up");
}

#[test]
fn who_is_erased_meanwhile_is_forgotten_by_readers_too() {
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&writer, 30);
    let ada = book.donors[0];
    let beside = reader(home.path());
    let email = beside.donor(ada).unwrap().unwrap().profile.email.unwrap();
    writer.erase_donor(EraseDonor { key: None, donor: ada, reason: ErasureReason::Requested }).unwrap();
    // The key is gone, so nothing opens any more, and nobody was told yet that there was an erasure.
    let known = beside.donor(ada).unwrap().unwrap();
    assert_eq!((known.profile, known.erased), (DonorProfile::default(), None));
    let other = reader(home.path());
    assert_eq!(other.audit().unwrap().difference, None);
    // An audit does not take the missing key for damage: it takes the erasure up.
    assert_eq!(beside.audit().unwrap(), other.audit().unwrap());
    assert_eq!(beside.donor(ada).unwrap().unwrap().erased, Some(ErasureReason::Requested));
    assert_eq!(beside.donor_by_email(&email).unwrap(), None);
    assert_eq!(everything(&beside), everything(&writer));
    writer.close().unwrap();
}

/// The reader meets an erasure whose key is still there, because the writer failed on the way. Once the key is gone,
/// so is what the reader made with it.
#[test]
fn an_erasure_that_was_half_done_is_followed_to_its_end() {
    let mut halves = 0;
    for successes in 0..6 {
        let home = tempfile::tempdir().unwrap();
        let plan = FaultPlan::none();
        let writer = Ledger::open(home.path(), options().faults(plan.clone())).unwrap();
        let book = book::write(&writer, 10);
        let ada = book.donors[0];
        let beside = reader(home.path());
        let email = beside.donor(ada).unwrap().unwrap().profile.email.unwrap();
        plan.fail_writes_after(successes);
        let erase = EraseDonor { key: None, donor: ada, reason: ErasureReason::Requested };
        let told = writer.erase_donor(erase);
        plan.heal();
        beside.refresh().unwrap();
        let late = reader(home.path());
        let is_recorded = beside.donor(ada).unwrap().unwrap().erased.is_some();
        drop(writer);
        let again = Ledger::open(home.path(), options()).unwrap();
        again.donate(book::gift("later", book.donors[1], book.causes[0], 100)).unwrap();
        for reader in [&beside, &late] {
            reader.refresh().unwrap();
            assert_eq!(reader.audit().unwrap().difference, None, "after {successes}: {told:?}");
            let found = reader.donor_by_email(&email).unwrap().is_some();
            assert_eq!(found, again.donor_by_email(&email).unwrap().is_some(), "after {successes}");
        }
        halves += u32::from(is_recorded && told.is_err());
        again.close().unwrap();
    }
    assert!(halves > 0, "no erasure was recorded and left undone");
}

#[test]
fn damage_is_told_and_the_moment_before_is_still_there() {
    let home = tempfile::tempdir().unwrap();
    let writer = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&writer, 5);
    let beside = reader(home.path());
    let (said, head) = (everything(&beside), fs::read(home.path().join("HEAD")).unwrap());
    let journal = home.path().join("journal/0000000001.log");
    let end = journal_end(home.path());
    writer.donate(book::gift("next", book.donors[0], book.causes[0], 100)).unwrap();
    writer.close().unwrap();
    let (whole, after) = (fs::read(&journal).unwrap(), fs::read(home.path().join("HEAD")).unwrap());

    // A bit of the new group, and the group cut off.
    let mut flipped = whole.clone();
    flipped[end + 80] ^= 1;
    for damaged in [flipped.as_slice(), &whole[..end]] {
        fs::write(&journal, damaged).unwrap();
        assert_eq!(code(beside.refresh()), Some(ErrorCode::JournalCut));
        assert_eq!(everything(&beside), said);
        assert_eq!(code(Ledger::open_read_only(home.path(), options())), Some(ErrorCode::JournalCut));
    }
    fs::write(&journal, &whole).unwrap();
    // One slot of HEAD is as good as two; none is damage; one of before is where the reader is anyway.
    for (slots, expected) in [(&[0_usize, 64][..], Some(ErrorCode::FormatDamaged)), (&[], None)] {
        fs::write(home.path().join("HEAD"), &after).unwrap();
        edit(&home.path().join("HEAD"), |bytes| slots.iter().for_each(|at| bytes[at + 3] ^= 1));
        assert_eq!(code(beside.refresh()), expected);
    }
    let at = beside.refresh().unwrap();
    assert_eq!((at, at), (said.counts[0] + 1, beside.stats().unwrap().seq), "the gift is seen");
    edit(&home.path().join("HEAD"), |bytes| bytes[..64].copy_from_slice(&head[..64]));
    assert_eq!(beside.refresh().unwrap(), at, "the writer is at the newer slot: it never goes back");
    // A backup from before, in the place of the ledger: another book than the reader has.
    fs::write(home.path().join("HEAD"), head).unwrap();
    assert_eq!(code(beside.refresh()), Some(ErrorCode::JournalCut));
    assert_eq!(beside.stats().unwrap().seq, at, "what was read is still there");
    // And another ledger.
    for file in files(home.path()) {
        fs::remove_file(home.path().join(file)).unwrap();
    }
    let other = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(code(beside.refresh()), Some(ErrorCode::FormatDamaged));
    book::write(&other, 60);
    assert!(beside.refresh().is_err(), "also when it is longer");
    assert_eq!(beside.stats().unwrap().seq, at);
}
