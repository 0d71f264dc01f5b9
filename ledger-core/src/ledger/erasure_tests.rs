//! After an erasure no file holds anything that finds or opens the donor: not the key, not the hashes of lookups,
//! not a text. Whatever fails on the way, the next opening completes what is in the journal.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::records::sealing::SlotKey;
use crate::*;

const EMAIL: &str = "ada.lovelace@example.org";
const OTHER_EMAIL: &str = "countess@court.example";

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Names of the traces that are in a file of the folder.
fn found(folder: &Path, traces: &[(&'static str, Vec<u8>)]) -> Vec<&'static str> {
    let all: Vec<Vec<u8>> = files(folder).iter().map(|file| fs::read(file).unwrap()).collect();
    let is_in = |trace: &[u8]| all.iter().any(|bytes| bytes.windows(trace.len()).any(|part| part == trace));
    traces.iter().filter(|(_, trace)| is_in(trace)).map(|(name, _)| *name).collect()
}

fn profile() -> DonorProfile {
    DonorProfile {
        name: Some("Ada Lovelace".into()),
        email: Some(EMAIL.into()),
        external_id: Some("member-1815".into()),
        ..DonorProfile::default()
    }
}

fn gift(key: &str, donor: DonorId, cause: CauseId) -> Donate {
    Donate {
        key: key.into(),
        donor,
        designations: vec![Designation {
            cause,
            amount: Amount::parse("5.00", "EUR".parse().unwrap()).unwrap(),
        }],
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Offline { bank: "main".into() },
        occurred_on: None,
        visibility: Visibility::Public,
        memo: Some("for the engine of analysis".into()),
    }
}

/// A closed ledger with Ada, who has two ids, somebody else, and gifts of both; and what could betray Ada.
struct Books {
    ada: DonorId,
    /// Ada once more, merged.
    countess: DonorId,
    ben: DonorId,
    traces: Vec<(&'static str, Vec<u8>)>,
    report: AuditReport,
    totals: Vec<Totals>,
}

fn write(folder: &Path) -> Books {
    let ledger = Ledger::open(folder, Options::new().checkpoint_records(3)).unwrap();
    let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
    let cause = OpenCause { key: None, currency: "EUR".parse().unwrap(), details };
    let water = ledger.open_cause(cause).unwrap().cause().unwrap();
    let register = |profile| {
        let command = RegisterDonor { profile, ..RegisterDonor::default() };
        ledger.register_donor(command).unwrap().donor().unwrap()
    };
    let ben = register(DonorProfile { name: Some("Ben Trovato".into()), ..DonorProfile::default() });
    let ada = register(profile());
    let countess = register(DonorProfile {
        name: Some("Countess of Lovelace".into()),
        email: Some(OTHER_EMAIL.into()),
        ..DonorProfile::default()
    });
    ledger.donate(gift("countess", countess, water)).unwrap();
    ledger.merge_donors(MergeDonors { key: None, keep: ada, gone: countess }).unwrap();
    for number in 0..10 {
        ledger.donate(gift(&format!("ada-{number}"), ada, water)).unwrap();
        ledger.donate(gift(&format!("ben-{number}"), ben, water)).unwrap();
    }
    let keys = ledger.inner.storage.keys();
    let lookups = keys.secret().lookups_of(Some(EMAIL), Some("member-1815"));
    let other_lookups = keys.secret().lookups_of(Some(OTHER_EMAIL), None);
    let key_of = |donor| {
        let row =
            crate::engine::state_reader::donor_row(ledger.inner.storage.view().as_ref(), donor).unwrap();
        let SlotKey::Present(key) = keys.slot_key(row.unwrap().slot.unwrap()).unwrap() else {
            panic!("no key")
        };
        key.to_vec()
    };
    let traces = vec![
        ("the key", key_of(ada)),
        ("the key of the other id", key_of(countess)),
        ("the lookup of the e-mail address", lookups.email.unwrap().0.to_vec()),
        ("the lookup of the other e-mail address", other_lookups.email.unwrap().0.to_vec()),
        ("the lookup of the external id", lookups.external_id.unwrap().0.to_vec()),
        ("the other name", b"Countess of Lovelace".to_vec()),
        ("the other e-mail address", OTHER_EMAIL.as_bytes().to_vec()),
        ("the name", b"Ada Lovelace".to_vec()),
        ("the e-mail address", EMAIL.as_bytes().to_vec()),
        ("the external id", b"member-1815".to_vec()),
        ("the memo", b"engine of analysis".to_vec()),
        ("a plain hash of the e-mail address", Sha256::digest(EMAIL).to_vec()),
    ];
    let (report, totals) = (ledger.audit().unwrap(), ledger.donor(ada).unwrap().unwrap().totals);
    ledger.close().unwrap();
    Books { ada, countess, ben, traces, report, totals }
}

fn erase(donor: DonorId) -> EraseDonor {
    EraseDonor { key: Some("erasure".into()), donor, reason: ErasureReason::Requested }
}

/// Opens, and checks that Ada is gone and everything else is there; closes, and looks into every file.
fn is_gone(folder: &Path, books: &Books, when: &str) {
    let ledger = Ledger::open(folder, Options::new()).unwrap();
    let ada = ledger.donor(books.ada).unwrap().unwrap();
    assert_eq!(
        (ada.erased, &ada.profile),
        (Some(ErasureReason::Requested), &DonorProfile::default()),
        "{when}"
    );
    assert_eq!(ada.totals, books.totals, "{when}");
    assert_eq!(ledger.donor_by_email(EMAIL).unwrap(), None, "{when}");
    assert_eq!(ledger.donor_by_email(OTHER_EMAIL).unwrap(), None, "{when}");
    let countess = ledger.donor(books.countess).unwrap().unwrap();
    assert_eq!((countess.id, countess.erased), (ada.id, ada.erased), "{when}: both ids are one donor");
    let ben = ledger.donor(books.ben).unwrap().unwrap().profile.name;
    assert_eq!(ben.as_deref(), Some("Ben Trovato"), "{when}: others are untouched");
    let report = ledger.audit().unwrap();
    assert_eq!((report.difference, report.records), (None, books.report.records + 1), "{when}");
    ledger.close().unwrap();
    assert_eq!(found(folder, &books.traces), Vec::<&str>::new(), "{when}");
}

#[test]
fn no_file_knows_an_erased_donor() {
    let home = tempfile::tempdir().unwrap();
    let books = write(home.path());
    // What is looked for can be found: the key and the hashes lie in the files, texts never do.
    let before = found(home.path(), &books.traces);
    let keys_and_hashes: Vec<&str> = books.traces.iter().take(5).map(|(name, _)| *name).collect();
    assert_eq!(before, keys_and_hashes);
    let ledger = Ledger::open(home.path(), Options::new()).unwrap();
    // By whichever id it is asked.
    ledger.erase_donor(erase(books.countess)).unwrap();
    assert_eq!(ledger.erase_donor(erase(books.countess)).unwrap().delivery, Delivery::Replayed);
    // Already now, before any close: the call returned.
    assert_eq!(found(home.path(), &books.traces), Vec::<&str>::new());
    // The history up to the erasure has the root that it had.
    let storage = &ledger.inner.storage;
    let then = storage.scan(books.report.seq, &mut |_, _| Ok(())).unwrap();
    assert_eq!(crate::vocabulary::hex::hex(&then.root), books.report.root);
    let again = ledger.register_donor(RegisterDonor { profile: profile(), ..RegisterDonor::default() });
    assert_ne!(again.unwrap().donor(), Some(books.ada), "who comes back is somebody else");
    ledger.close().unwrap();
}

#[test]
fn an_erasure_that_fails_anywhere_is_completed_by_the_next_opening() {
    let mut completed = 0;
    for fails in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after, FaultPlan::fail_reads_after] {
        for successes in 0..40 {
            let home = tempfile::tempdir().unwrap();
            let books = write(home.path());
            let plan = FaultPlan::none();
            let options = Options::new().faults(Arc::clone(&plan));
            let ledger = Ledger::open(home.path(), options).unwrap();
            fails(&plan, successes);
            let told = ledger.erase_donor(erase(books.ada));
            plan.heal();
            drop(ledger);
            let when = format!("after {successes}: {told:?}");
            let ledger = Ledger::open(home.path(), Options::new()).unwrap();
            let is_recorded = ledger.donor(books.ada).unwrap().unwrap().erased.is_some();
            assert!(is_recorded || told.is_err(), "{when}: what was told is there");
            if !is_recorded {
                ledger.erase_donor(erase(books.ada)).unwrap();
            }
            drop(ledger);
            is_gone(home.path(), &books, &when);
            completed += usize::from(is_recorded && told.is_err());
            if told.is_ok() {
                break;
            }
        }
    }
    assert!(completed > 3, "{completed} erasures were recorded, not completed, and completed by opening");
}

/// The power goes while the slot is overwritten: its state says erased, and of the key some bytes are left. That
/// is no damage; the next opening that folds the journal overwrites the rest.
#[test]
fn a_torn_overwriting_of_the_key_is_completed() {
    let home = tempfile::tempdir().unwrap();
    let books = write(home.path());
    let path = home.path().join("keys");
    let before = fs::read(&path).unwrap();
    let key = &books.traces[0].1;
    let at = before.windows(32).position(|bytes| bytes == key.as_slice()).unwrap();
    let ledger = Ledger::open(home.path(), Options::new()).unwrap();
    ledger.erase_donor(erase(books.ada)).unwrap();
    drop(ledger);
    for left in [1, 16, 31, 32] {
        let mut torn = fs::read(&path).unwrap();
        torn[at + 32 - left..at + 32].copy_from_slice(&key[32 - left..]);
        fs::write(&path, &torn).unwrap();
        drop(Ledger::open(home.path(), Options::new()).unwrap());
        assert_eq!(fs::read(&path).unwrap()[at..at + 32], [0; 32], "{left} bytes were left");
    }
    is_gone(home.path(), &books, "after torn writes");
}

#[test]
fn a_dry_run_keeps_an_erasure_from_beginning() {
    let home = tempfile::tempdir().unwrap();
    let books = write(home.path());
    let ledger = Ledger::open(home.path(), Options::new()).unwrap();
    let mapping = Mapping::shipped("fec-itcont").unwrap().unwrap();
    let dry_run = Importer::new(&ledger, mapping, ImportMode::DryRun).unwrap();
    let refused = ledger.erase_donor(erase(books.ada)).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NotCommitted);
    drop(dry_run);
    ledger.erase_donor(erase(books.ada)).unwrap();
    ledger.close().unwrap();
    is_gone(home.path(), &books, "after a dry run");
}

/// Closing while the erasure is on its way: it never began, or the next opening completes it.
#[test]
fn an_erasure_that_a_close_overtakes_is_completed_by_the_next_opening() {
    let (mut completed, mut overtaken) = (0, 0);
    for round in 0..60_u32 {
        let home = tempfile::tempdir().unwrap();
        let books = write(home.path());
        let ledger = Ledger::open(home.path(), Options::new()).unwrap();
        let other = ledger.clone();
        #[allow(clippy::disallowed_methods, reason = "closing meanwhile is what is tested")]
        let told = std::thread::scope(|scope| {
            let erasing = scope.spawn(|| ledger.erase_donor(erase(books.ada)).map(|done| done.seq));
            for _ in 0..round * 400 {
                std::hint::spin_loop();
            }
            other.close().unwrap();
            erasing.join().unwrap()
        });
        drop((ledger, other));
        let ledger = Ledger::open(home.path(), Options::new()).unwrap();
        let is_recorded = ledger.donor(books.ada).unwrap().unwrap().erased.is_some();
        assert!(is_recorded || told.is_err(), "round {round}: {told:?}");
        drop(ledger);
        if is_recorded {
            is_gone(home.path(), &books, &format!("round {round}: {told:?}"));
        }
        completed += usize::from(told.is_ok());
        overtaken += usize::from(told.is_err());
    }
    assert_eq!(completed + overtaken, 60);
}
