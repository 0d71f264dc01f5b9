//! What a newer version of the library wrote is refused, with what is newer and where, and nothing in the folder is
//! changed: neither by who would write nor by who would read. What can be made again from the journal is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ledger_core::{ErrorCode, Ledger, LedgerError, Opening, Options, StatePolicy};
use ledger_tests::dump_text::dump_text;
use ledger_tests::fixture::{self, Fixture};
use ledger_tests::folder::{copy, edit, hashes, seal_again};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10)
}

fn closed() -> Fixture {
    fixture::named("v1/agency_closed")
}

fn killed() -> Fixture {
    fixture::named("v1/principal_killed")
}

/// A copy of a fixture with something newer in it.
fn with(fixture: &Fixture, change: impl FnOnce(&Path)) -> TempDir {
    let home = fixture.unpacked();
    change(home.path());
    home
}

/// The files that keep something else, or are gone, or came.
fn changed(before: &BTreeMap<PathBuf, String>, after: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let mut names: Vec<&PathBuf> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let differs = |name: &&PathBuf| before.get(*name) != after.get(*name);
    names.into_iter().filter(differs).map(|name| name.display().to_string()).collect()
}

/// Every way of opening refuses with this code and these words, and changes nothing.
fn assert_refused(home: &TempDir, code: ErrorCode, words: &str) {
    let before = hashes(home.path());
    let ways = [
        ("written to", Ledger::open(home.path(), options())),
        ("existing", Ledger::open(home.path(), options().opening(Opening::OpenExisting))),
        ("rebuilt", Ledger::open(home.path(), options().state(StatePolicy::Rebuild))),
        ("read only", Ledger::open_read_only(home.path(), options())),
    ];
    for (way, opened) in ways {
        let error = opened.map(|_| ()).unwrap_err();
        assert_eq!(error.code(), code, "{way}: {error}");
        assert!(error.to_string().contains(words), "{way}: {error}");
    }
    assert_eq!(changed(&before, &hashes(home.path())), Vec::<String>::new(), "{words}");
}

/// Puts a right CRC32C at the end of bytes.
fn seal_crc(bytes: &mut [u8]) {
    let end = bytes.len() - 4;
    let crc = crc32c::crc32c(&bytes[..end]);
    bytes[end..].copy_from_slice(&crc.to_le_bytes());
}

fn newer_format(folder: &Path, crc_is_right: bool) {
    let text = fs::read_to_string(folder.join("FORMAT")).unwrap();
    let (lines, crc) = text.split_once("crc32c ").unwrap();
    let lines = lines.replacen("donation-ledger format 1\n", "donation-ledger format 2\n", 1);
    let crc =
        if crc_is_right { format!("{:08x}\n", crc32c::crc32c(lines.as_bytes())) } else { crc.to_owned() };
    fs::write(folder.join("FORMAT"), format!("{lines}crc32c {crc}")).unwrap();
}

#[test]
fn a_newer_format_is_refused() {
    for fixture in fixture::all() {
        for crc_is_right in [true, false] {
            let home = with(&fixture, |folder| newer_format(folder, crc_is_right));
            let words = "FORMAT has version 2, this library reads up to 1: upgrade it";
            assert_refused(&home, ErrorCode::NewerFormat, words);
        }
    }
}

/// The second half of the magic is the version of the file.
#[test]
fn a_newer_keyring_is_refused() {
    for fixture in fixture::all() {
        let home = with(&fixture, |folder| {
            edit(&folder.join("keys"), |bytes| {
                assert_eq!(bytes[..8], *b"DLKEYS\x00\x01");
                bytes[7] = 2;
                seal_crc(&mut bytes[..64]);
            });
        });
        assert_refused(&home, ErrorCode::NewerFormat, "keys has version 2");
    }
}

/// A segment header with another version, by the field or by the magic.
#[test]
fn a_newer_segment_is_refused() {
    for (fixture, last) in [(closed(), 3), (killed(), 1)] {
        for version_at in [8, 7] {
            let file = format!("journal/{last:010}.log");
            let home = with(&fixture, |folder| {
                edit(&folder.join(&file), |bytes| {
                    assert_eq!(bytes[version_at], 1);
                    bytes[version_at] = 2;
                    let length = header_length(bytes);
                    seal_crc(&mut bytes[..length]);
                });
            });
            assert_refused(&home, ErrorCode::NewerFormat, &format!("{file} has version 2"));
        }
    }
}

/// The length of a segment's header.
fn header_length(bytes: &[u8]) -> usize {
    56 + 32 * usize::try_from(u32_at(bytes, 48)).unwrap()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// The records in a segment's bytes: where the group of each begins, and where the record is.
fn records_in(bytes: &[u8]) -> Vec<(usize, std::ops::Range<usize>)> {
    let (mut found, mut group) = (Vec::new(), header_length(bytes));
    while bytes.get(group..group + 4) == Some(b"DLGR") {
        let end = group + 68 + usize::try_from(u32_at(bytes, group + 16)).unwrap();
        let mut frame = group + 68;
        while frame < end {
            let start = frame + 8;
            let record = start..start + usize::try_from(u32_at(bytes, frame)).unwrap();
            frame = record.end;
            found.push((group, record));
        }
        group = end;
    }
    found
}

fn hash(first: u8, parts: [&[u8]; 2]) -> Vec<u8> {
    Sha256::digest([&[first], parts[0], parts[1]].concat()).to_vec()
}

/// The root of RFC 6962, section 2.1.
fn root(leaves: &[Vec<u8>]) -> Vec<u8> {
    if let [leaf] = leaves {
        return leaf.clone();
    }
    let half = leaves.len().next_power_of_two() / 2;
    hash(1, [&root(&leaves[..half]), &root(&leaves[half..])])
}

fn root_of(folder: &Path, segments: u32) -> Vec<u8> {
    let mut leaves = Vec::new();
    for number in 1..=segments {
        let bytes = fs::read(folder.join(format!("journal/{number:010}.log"))).unwrap();
        leaves.extend(records_in(&bytes).into_iter().map(|(_, at)| hash(0, [&bytes[at], &[]])));
    }
    root(&leaves)
}

/// Gives the last record another version byte, with every checksum and every root as a writer would have made them.
fn newer_record(folder: &Path, segments: u32) {
    let before = root_of(folder, segments);
    edit(&folder.join(format!("journal/{segments:010}.log")), |bytes| {
        let (group, record) = records_in(bytes).pop().unwrap();
        assert_eq!(bytes[record.start], 1);
        bytes[record.start] = 2;
        let crc = crc32c::crc32c(&bytes[record.clone()]);
        bytes[record.start - 4..record.start].copy_from_slice(&crc.to_le_bytes());
        let end = group + 68 + usize::try_from(u32_at(bytes, group + 16)).unwrap();
        let crc = crc32c::crc32c(&bytes[group + 68..end]);
        bytes[group + 60..group + 64].copy_from_slice(&crc.to_le_bytes());
        seal_crc(&mut bytes[group..group + 68]);
    });
    let after = root_of(folder, segments);
    let replace = |bytes: &mut [u8], at: usize| {
        let is_there = bytes[at..at + 32] == before;
        if is_there {
            bytes[at..at + 32].copy_from_slice(&after);
            seal_crc(bytes);
        }
        usize::from(is_there)
    };
    edit(&folder.join("HEAD"), |bytes| {
        let slots: usize = bytes.chunks_mut(64).map(|slot| replace(slot, 20)).sum();
        assert!(slots > 0, "the root of the test is that of the library");
    });
    if folder.join("state.seal").exists() {
        edit(&folder.join("state.seal"), |bytes| assert_eq!(replace(bytes, 12), 1));
    }
}

fn is_unknown_version(error: &LedgerError) -> bool {
    error.code() == ErrorCode::NewerFormat && error.to_string().contains(".log has version 2, this library")
}

#[test]
fn a_newer_record_is_refused() {
    for (fixture, segments) in [(closed(), 3), (killed(), 1)] {
        let home = with(&fixture, |folder| newer_record(folder, segments));
        let before = hashes(home.path());
        let error = Ledger::open_read_only(home.path(), options()).map(|_| ()).unwrap_err();
        assert!(is_unknown_version(&error), "{error}");
        assert_eq!(changed(&before, &hashes(home.path())), Vec::<String>::new(), "{}", fixture.name);

        let error = Ledger::open(home.path(), options().state(StatePolicy::Rebuild)).map(|_| ()).unwrap_err();
        assert!(is_unknown_version(&error), "{error}");
        // The state was looked at, and HEAD says the same again; what cannot be made again is as it was.
        let derived = |name: &String| name.starts_with("state/") || name == "state.running" || name == "HEAD";
        let lost: Vec<String> =
            changed(&before, &hashes(home.path())).into_iter().filter(|name| !derived(name)).collect();
        assert_eq!(lost, Vec::<String>::new(), "{}", fixture.name);
        let error = Ledger::open_read_only(home.path(), options()).map(|_| ()).unwrap_err();
        assert!(is_unknown_version(&error), "HEAD is readable as before: {error}");
    }
    // Rows that were made without the record are not taken for those of a journal that has it.
    let home = with(&closed(), |folder| newer_record(folder, 3));
    let error = Ledger::open(home.path(), options()).map(|_| ()).unwrap_err();
    assert!(is_unknown_version(&error), "{error}");
}

/// Opens a changed copy of the closed ledger: every record was folded again, and every answer is as before.
fn assert_made_again(change: impl FnOnce(&Path)) {
    let (fixture, home) = (closed(), with(&closed(), change));
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let records = ledger.stats().unwrap().records;
    assert_eq!(ledger.opening_report().records_folded_again, Some(records));
    let expected = fs::read_to_string(fixture.beside(".dump.txt")).unwrap();
    assert!(dump_text(&ledger, &fixture.commands()) == expected, "other answers than before");
    ledger.close().unwrap();
    let again = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(again.opening_report().records_folded_again, None);
}

#[test]
fn under_a_newer_seal_the_state_is_made_again() {
    assert_made_again(|folder| {
        edit(&folder.join("state.seal"), |bytes| {
            bytes[..4].copy_from_slice(&9_u32.to_le_bytes());
            seal_crc(bytes);
        });
    });
}

/// Writes every row again with a version byte. In another folder, because sled holds a lock on its own a while longer.
fn rows_of_version(folder: &Path, version: u8) {
    let (state, elsewhere) = (folder.join("state"), tempfile::tempdir().unwrap());
    copy(&state, elsewhere.path());
    let db = sled::open(elsewhere.path()).unwrap();
    // The last is the mark, which is no row.
    let rows: Vec<_> = db.range(..[0xFF]).map(Result::unwrap).collect();
    assert!(rows.len() > 50, "{} rows", rows.len());
    for (key, value) in rows {
        let mut value = value.to_vec();
        assert_eq!(value[0], 6);
        value[0] = version;
        db.insert(key, value).unwrap();
    }
    db.flush().unwrap();
    drop(db);
    fs::remove_dir_all(&state).unwrap();
    copy(elsewhere.path(), &state);
    seal_again(folder);
}

#[test]
fn rows_of_another_version_are_made_again() {
    // The fixture has rows of its own version; these are of today's.
    let with_rows = |folder: &Path, version| {
        Ledger::open(folder, options()).unwrap().close().unwrap();
        rows_of_version(folder, version);
    };
    for version in [5, 7] {
        assert_made_again(|folder| with_rows(folder, version));
    }
    let home = with(&closed(), |folder| with_rows(folder, 6));
    let ledger = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(ledger.opening_report().records_folded_again, None, "it was the version");
}
