//! Ledgers that released versions wrote are read, and go on, with every answer that they gave. The dumps are written
//! by `UPDATE_EXPECT=1`; the ledgers never change (`tests/fixtures/README.md`).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use ledger_core::{
    Amount, CauseStatus, Command, Delivery, Designation, Donate, ErrorCode, Event, FeeBearer, KeyStatus,
    Ledger, Method, Options, Refund, RefundScope, StateFound, StatePolicy, Timestamp, Visibility,
};
use ledger_tests::dump::assert_clean;
use ledger_tests::dump_text::dump_text;
use ledger_tests::fixture::{self, Fixture};
use ledger_tests::folder::{hashes, sha256};

/// What there is, so that nothing vanishes unnoticed.
const FIXTURES: [&str; 3] = ["v1/agency_closed", "v1/principal_killed", "v1/torn_without_state"];

/// Every kind of account, and two banks.
const ACCOUNTS: [&str; 11] = [
    "assets:bank:main",
    "assets:bank:wallet",
    "assets:imported",
    "equity:restricted:*",
    "equity:unrestricted",
    "expenses:fees:*",
    "expenses:processor:fees",
    "expenses:processor:tip-share",
    "income:contributions:*",
    "income:platform:tips",
    "liabilities:cause:*:available",
];

/// By a clock that is later than all books.
fn options() -> Options {
    let later = Timestamp::parse("2027-01-15T08:00:00Z").unwrap().micros();
    let options = Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10);
    options.clock_set_by(Arc::new(AtomicI64::new(later)))
}

fn open(folder: &Path) -> Ledger {
    Ledger::open(folder, options()).unwrap()
}

/// What the ledger answers is what it answered when the fixture was made.
fn assert_answers(fixture: &Fixture, ledger: &Ledger, when: &str) {
    let (file, found) = (fixture.beside(".dump.txt"), dump_text(ledger, &fixture.commands()));
    let expected = fs::read_to_string(&file).unwrap_or_default();
    for (at, (expected, found)) in expected.lines().zip(found.lines()).enumerate() {
        assert_eq!(expected, found, "{when}, line {} of {}", at + 1, file.display());
    }
    assert_eq!(expected.lines().count(), found.lines().count(), "{when}: lines of {}", file.display());
    assert!(expected == found, "{when}: the ends of lines of {}", file.display());
}

/// Writes a file so that a test beside this one reads the one before or this one, whole.
fn write_whole(file: &Path, text: &str) {
    let draft = file.with_extension("new");
    fs::write(&draft, text).unwrap();
    fs::rename(draft, file).unwrap();
}

#[test]
fn every_fixture_is_there() {
    let found: Vec<String> = fixture::all().into_iter().map(|fixture| fixture.name).collect();
    assert_eq!(found, FIXTURES);
}

/// Neither the ledgers nor their commands are what somebody made of them later.
#[test]
fn no_fixture_was_changed() {
    let mut summed = 0;
    for version in fixture::versions() {
        let folder = fixture::folder().join(version);
        for line in fs::read_to_string(folder.join("SHA256SUMS")).unwrap().lines() {
            let (sum, name) = line.split_once("  ").unwrap();
            assert_eq!(sha256(&fs::read(folder.join(name)).unwrap()), sum, "{name}");
            summed += 1;
        }
    }
    assert_eq!(summed, FIXTURES.len() * 2, "a ledger and its commands each");
}

#[test]
fn every_fixture_answers_as_it_did() {
    for fixture in fixture::all() {
        let (name, home) = (&fixture.name, fixture.unpacked());
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let reader = Ledger::open_read_only(home.path(), options()).unwrap();
            write_whole(&fixture.beside(".dump.txt"), &dump_text(&reader, &fixture.commands()));
        }
        let before = hashes(home.path());
        let reader = Ledger::open_read_only(home.path(), options()).unwrap();
        assert_answers(&fixture, &reader, &format!("{name}, read only"));
        assert_clean(&reader, name);
        assert_eq!(hashes(home.path()), before, "{name}: a reader writes nothing");

        let ledger = open(home.path());
        assert_answers(&fixture, &ledger, &format!("{name}, opened"));
        assert_clean(&ledger, name);

        let home = fixture.unpacked();
        let ledger = Ledger::open(home.path(), options().state(StatePolicy::Rebuild)).unwrap();
        assert_eq!(ledger.opening_report().records_folded_again, Some(ledger.stats().unwrap().seq), "{name}");
        assert_answers(&fixture, &ledger, &format!("{name}, rebuilt"));
        assert_clean(&ledger, name);
    }
}

/// What opening does to each. Rows had version 3 then and have another now, so every state is made again.
#[test]
fn a_fixture_is_opened_as_it_was_left() {
    let report = |name: &str| {
        let home = fixture::named(name).unpacked();
        let ledger = open(home.path());
        (ledger.opening_report().clone(), ledger.stats().unwrap().seq)
    };
    let (closed, seq) = report("v1/agency_closed");
    assert_eq!(closed.records_folded_again, Some(seq));
    assert_eq!(closed.cut, None);
    let (killed, seq) = report("v1/principal_killed");
    assert_eq!((killed.state, killed.records_folded_again), (StateFound::Doubtful, Some(seq)));
    assert_eq!(killed.cut, None);
    let home = fixture::named("v1/principal_killed").unpacked();
    let ledger = Ledger::open(home.path(), options().boot(fixture::BOOT)).unwrap();
    let in_the_same_boot = ledger.opening_report();
    assert_eq!(in_the_same_boot.records_folded_again, Some(seq));
    drop(ledger);
    let (torn, seq) = report("v1/torn_without_state");
    assert_eq!(torn.records_folded_again, Some(seq));
    let cut = torn.cut.unwrap();
    assert_eq!((cut.seq, cut.saved_as), (seq + 1, format!("journal/torn-{}", seq + 1)));
}

/// A repeat of each command is known by the fingerprint that the old version wrote, also of what is personal.
#[test]
fn a_command_of_a_fixture_is_never_done_twice() {
    let (mut replayed, mut gifts) = (0, 0);
    for fixture in fixture::all() {
        let home = fixture.unpacked();
        let ledger = open(home.path());
        for command in fixture.commands().into_iter().filter(Command::claims_key) {
            let key = command.key().unwrap().to_owned();
            let KeyStatus::Committed { committed: first } = ledger.status(&key).unwrap() else {
                panic!("{}: {key} is unseen", fixture.name)
            };
            let again = ledger.submit(command.clone()).unwrap();
            assert_eq!((again.delivery, again.seq), (Delivery::Replayed, first.seq), "{key}");
            assert_eq!(again.events, first.events, "{key}");
            replayed += 1;
            if let Command::Donate(gift) = command {
                let other = Donate { memo: Some("other words".into()), ..gift };
                let erased = ledger.donor(other.donor).unwrap().unwrap().erased.is_some();
                match ledger.donate(other) {
                    // The key that would tell other words from those of then is destroyed.
                    Ok(again) => assert!(erased && again.seq == first.seq, "{key}: {again:?}"),
                    Err(error) => assert_eq!(error.code(), ErrorCode::KeyConflict, "{key}: {error}"),
                }
                gifts += 1;
            }
        }
        assert_answers(&fixture, &ledger, &format!("{}, after all repeats", fixture.name));
    }
    assert!(replayed > 180 && gifts > 100, "{replayed} repeats, {gifts} of gifts");
}

/// A gift, a refund, a close; and all of it is there after the next opening, and audits clean.
#[test]
fn every_fixture_goes_on() {
    for fixture in fixture::all() {
        let (name, home) = (&fixture.name, fixture.unpacked());
        let ledger = open(home.path());
        let before = ledger.stats().unwrap();
        let donor =
            ledger.donors(None, 100).unwrap().into_iter().find(|donor| donor.erased.is_none()).unwrap();
        let open_cause = |cause: &ledger_core::Cause| {
            cause.status == CauseStatus::Open && cause.details.closes_on.is_none()
        };
        let cause = ledger.causes(None, 100).unwrap().into_iter().find(open_cause).unwrap();
        let amount = |minor| Amount::from_minor(minor, cause.currency).unwrap();
        let gift = Donate {
            key: "years later".into(),
            donor: donor.id,
            designations: vec![Designation { cause: cause.id, amount: amount(5_000) }],
            tip: Some(amount(100)),
            fee: Some(amount(70)),
            fee_bearer: FeeBearer::Causes,
            method: Method::Offline { bank: "main".into() },
            occurred_on: None,
            visibility: Visibility::Public,
            memo: Some("still here".into()),
        };
        let given = ledger.donate(gift).unwrap();
        assert_eq!(given.seq, before.seq + 1, "{name}");
        let refund = Refund {
            key: "years later, back".into(),
            donation: given.donation().unwrap(),
            scope: RefundScope::Proportional { amount: amount(1_000) },
            occurred_on: None,
            memo: None,
        };
        ledger.refund(refund).unwrap();
        ledger.close().unwrap();
        let again = open(home.path());
        assert_eq!(again.opening_report().records_folded_again, None, "{name}: it was closed");
        assert_eq!(again.stats().unwrap().seq, before.seq + 2, "{name}");
        let totals = again.cause(cause.id).unwrap().unwrap().totals;
        assert!(totals.gross_minor == cause.totals.gross_minor + 5_000, "{name}: {totals:?}");
        let donation = again.donation(given.donation().unwrap()).unwrap().unwrap();
        assert_eq!(donation.memo.as_deref(), Some("still here"), "{name}");
        assert_eq!(donation.parts.iter().map(|part| part.refunded_minor).sum::<u64>(), 1_000, "{name}");
        assert_clean(&again, name);
    }
}

/// Together the fixtures of a version hold everything that one can.
#[test]
fn the_fixtures_hold_every_kind() {
    let (mut events, mut accounts, mut commands) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut jumped_back, mut segments, mut longest) = (0, 0, 0);
    for fixture in fixture::all().iter().filter(|fixture| fixture.name.starts_with("v1/")) {
        let home = fixture.unpacked();
        let journal = fs::read_dir(home.path().join("journal")).unwrap().count();
        segments = segments.max(journal);
        let ledger = Ledger::open_read_only(home.path(), options()).unwrap();
        for change in ledger.changes(0, 10_000).unwrap() {
            jumped_back += usize::from(change.clock == ledger_core::ClockReading::JumpedBack);
            events.extend(change.events.iter().map(Event::word));
            let lines = change.entries.iter().flat_map(|entry| &entry.lines);
            accounts.extend(lines.map(|line| line.account.name.shown_with(|_| "*".into())));
        }
        for donor in ledger.donors(None, 100).unwrap() {
            longest = longest.max(donor.history_lines);
        }
        let kinds = |command: &Command| format!("{command:?}").split(['(', ' ']).next().unwrap().to_owned();
        commands.extend(fixture.commands().iter().map(kinds));
    }
    assert_eq!(events.len(), 13, "{events:?}");
    assert_eq!(commands.len(), 14, "{commands:?}");
    assert_eq!(accounts, BTreeSet::from(ACCOUNTS.map(str::to_owned)));
    assert!(jumped_back > 0 && segments >= 3 && longest > 72, "{jumped_back}, {segments}, {longest}");
}
