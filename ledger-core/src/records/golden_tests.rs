//! Golden vectors: the bytes of every kind of record, row, personal content and command, of every word in them, and
//! of what the keys make of them, as they are written.
//!
//! A change here is a change of the format and needs a new version. `UPDATE_EXPECT=1` adds vectors of new kinds and
//! of new versions to `tests/golden.txt`; it changes none that is there.

mod commands;
mod events;
mod facts;
mod held;
mod kinds;
mod largest;
mod owed;
mod payments;
mod rows;
mod samples;

use std::collections::BTreeSet;
use std::path::Path;

use self::commands::commands;
use self::events::{events, record};
use self::held::{Vector, compared};
use self::kinds::{Kind, words};
use self::rows::{personal, rows};
use self::samples::{donor, eur};
use super::codec;
use super::row::*;
use super::sealing::{self, KeySource, LedgerSecret, SlotKey, personal_mark};
use crate::accounting::account::{Account, AccountName};
use crate::giving::donation::{Beneficiary, Method};
use crate::giving::refund::RefundScope;
use crate::machine::command::{Command, RecordedAs};
use crate::machine::event::Event;
use crate::machine::personal::PersonalField;
use crate::machine::state::DonorLookup;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::hex::hex;

/// The key of every slot.
const SLOT_KEY: [u8; 32] = [0x5A; 32];

struct OneKey;

impl KeySource for OneKey {
    fn slot_key(&self, _slot: u32) -> Result<SlotKey, Fault> {
        Ok(SlotKey::Present(SLOT_KEY))
    }
}

fn vector(what: &'static str, version: u8, name: impl Into<String>, bytes: &[u8]) -> Vector {
    Vector { what, version, name: name.into(), bytes: hex(bytes) }
}

fn record_vectors() -> Vec<Vector> {
    let vector_of = |(name, event): (&str, Event)| {
        let bytes = codec::encode_record(&record(event.clone())).unwrap();
        assert_eq!(codec::decode_record(&bytes, "test", 0, 7).unwrap(), record(event));
        vector("record", bytes[0], name, &bytes)
    };
    events().into_iter().map(vector_of).collect()
}

/// Keys have no version byte: they go with the rows.
fn row_vectors() -> Vec<Vector> {
    let mut vectors = Vec::new();
    for (name, key, row) in rows() {
        let bytes = codec::encode_row(&row).unwrap();
        assert_eq!(codec::decode_row(&bytes).unwrap(), row);
        let both = format!("{} {}", hex(&codec::encode_key(&key)), hex(&bytes));
        vectors.push(Vector { what: "row", version: bytes[0], name: name.to_owned(), bytes: both });
    }
    let version = vectors[0].version;
    for account in accounts() {
        let name = format!("account {}", account.name.kind());
        let key = codec::encode_key(&RowKey::Owner(HistoryOf::Account(account)));
        vectors.push(vector("key", version, name, &key));
    }
    vectors
}

/// What is sealed, before and after it is.
fn personal_vectors() -> Vec<Vector> {
    let mut vectors = Vec::new();
    for (name, content) in personal() {
        let bytes = codec::encode_personal(&content).unwrap();
        assert_eq!(codec::decode_personal(&bytes, 7).unwrap(), content);
        vectors.push(vector("personal", bytes[0], name, &bytes));
        let field = PersonalField { donor: donor(), content: content.clone() };
        let sealed = sealing::seal(&field, 7, 3, &SLOT_KEY, [9; 24]).unwrap();
        assert_eq!(sealing::open(&sealed, &OneKey).unwrap(), Some(content));
        let closed = [&[sealed.kind], sealed.ciphertext.as_slice()].concat();
        vectors.push(vector("sealed", bytes[0], name, &closed));
    }
    vectors
}

/// What a repeated command is recognised by, in records and in the index of keys.
fn command_vectors() -> Vec<Vector> {
    let version = codec::CONTENT_VERSION;
    let secret = LedgerSecret::new(&[0x5E; 32]);
    let mut vectors = Vec::new();
    for (name, command) in commands() {
        let content = codec::command_content(&command).unwrap();
        vectors.push(vector("content", version, name, &content));
        vectors.push(vector("fingerprint", version, name, &secret.fingerprint(&content)));
        if let Some(content) = codec::command_personal(&command).unwrap() {
            vectors.push(vector("personal_content", version, name, &content));
            vectors.push(vector("mark", version, name, &personal_mark(&SLOT_KEY, &content)));
        }
    }
    let lookups = secret.lookups_of(Some(" Ada@Example.org"), Some("u-17"));
    vectors.push(vector("hash", version, "email", &lookups.email.unwrap().0));
    vectors.push(vector("hash", version, "external_id", &lookups.external_id.unwrap().0));
    vectors.push(vector("hash", version, "key", &secret.key_hash("order-1").to_be_bytes()));
    vectors
}

fn word_vectors() -> Vec<Vector> {
    let version = record_vectors()[0].version;
    words().into_iter().map(|(name, bytes)| vector("word", version, name, &bytes)).collect()
}

/// Every account that the records of the vectors post to.
fn accounts() -> Vec<Account> {
    let last = events().pop().map(|(_, event)| record(event));
    last.iter().flat_map(crate::records::record::Record::lines).map(|of| of.line.account.clone()).collect()
}

#[test]
fn bytes_stand_still() {
    let all =
        [record_vectors(), row_vectors(), personal_vectors(), command_vectors(), word_vectors()].concat();
    let labels: BTreeSet<_> = all.iter().map(|of| (of.what, of.version, &of.name)).collect();
    assert_eq!(labels.len(), all.len(), "two vectors of one name");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt");
    let held = std::fs::read_to_string(&file).unwrap();
    let may_add = std::env::var_os("UPDATE_EXPECT").is_some();
    let expected = compared(&held, &all, may_add).unwrap_or_else(|difference| panic!("{difference}"));
    if expected != held {
        std::fs::write(&file, &expected).unwrap();
    }
    assert!(expected.lines().count() >= all.len());
}

/// Asserts that every variant is among the values.
fn assert_all<'a, K: Kind + 'a>(values: impl IntoIterator<Item = &'a K>) {
    let found: BTreeSet<&str> = values.into_iter().map(Kind::kind).collect();
    let all: BTreeSet<&str> = K::ALL.iter().copied().collect();
    assert_eq!(found, all, "{}: a variant has no vector", K::TYPE);
}

fn owner_in(key: &RowKey) -> Option<&HistoryOf> {
    if let RowKey::Owner(owner) | RowKey::Chunk(owner, _) = key { Some(owner) } else { None }
}

fn method_in(event: &Event) -> Option<&Method> {
    if let Event::DonationCaptured { method, .. }
    | Event::DonationRefunded { method, .. }
    | Event::GivingAdjusted { method, .. } = event
    {
        Some(method)
    } else {
        None
    }
}

#[test]
fn every_kind_has_a_vector() {
    let (events, rows, personal) = (events(), rows(), personal());
    assert_all(events.iter().map(|(_, event)| event));
    assert_all(rows.iter().map(|(_, _, row)| row));
    assert_all(rows.iter().map(|(_, key, _)| key));
    assert_all(personal.iter().map(|(_, content)| content));
    assert_all(accounts().iter().map(|account| &account.name));
    assert_all(rows.iter().filter_map(|(_, key, _)| owner_in(key)));
    assert_all::<MonthOf>(
        rows.iter().filter_map(|(_, key, _)| if let RowKey::Month(of, _) = key { Some(of) } else { None }),
    );
    assert_all::<DonorLookup>(
        rows.iter().filter_map(
            |(_, key, _)| {
                if let RowKey::DonorLookup(lookup) = key { Some(lookup) } else { None }
            },
        ),
    );
    assert_all(events.iter().filter_map(|(_, event)| method_in(event)));
    let parts = events.iter().filter_map(|(_, event)| {
        if let Event::DonationRefunded { parts, .. } = event { Some(parts) } else { None }
    });
    assert_all::<Beneficiary>(parts.flatten().map(|part| &part.beneficiary));
}

#[test]
fn every_fact_has_a_vector() {
    let facts = facts::facts();
    assert_all(facts.iter().map(|fact| &fact.says));
    assert_all(&facts::targets());
}

#[test]
fn every_command_has_a_vector() {
    let commands = commands();
    assert_all(commands.iter().map(|(_, command)| command));
    let corrections = || {
        commands.iter().filter_map(
            |(_, command)| if let Command::Correct(correct) = command { Some(correct) } else { None },
        )
    };
    assert_all(corrections().map(|correct| &correct.right));
    assert_all(corrections().map(|correct| &correct.wrong));
    assert_all::<RefundScope>(commands.iter().filter_map(|(_, command)| {
        if let Command::Refund(refund) = command { Some(&refund.scope) } else { None }
    }));
    assert_all::<RecordedAs>(commands.iter().filter_map(|(_, command)| {
        if let Command::TakeOver(row) = command { Some(&row.recorded_as) } else { None }
    }));
}

/// Owners' keys are read back, and bytes sort as keys do, so that paging over both is one order.
#[test]
fn keys_sort_as_their_bytes() {
    let mut keys: Vec<RowKey> = rows().into_iter().map(|(_, key, _)| key).collect();
    for bank in ["a", "ab", "b"] {
        let account = Account { name: AccountName::Bank { bank: bank.into() }, currency: eur() };
        keys.push(RowKey::Owner(HistoryOf::Account(account)));
    }
    keys.sort();
    let bytes: Vec<Vec<u8>> = keys.iter().map(codec::encode_key).collect();
    assert!(bytes.windows(2).all(|pair| pair[0] < pair[1]));
    for (key, bytes) in keys.iter().zip(&bytes) {
        if let RowKey::Owner(owner) = key {
            assert_eq!(codec::decode_owner_key(bytes).unwrap(), *owner);
        }
    }
}
