//! Nothing personal lies in the clear in any file of a ledger: no name, e-mail address, external id, memo,
//! attribute, place or date of birth, and no plain hash of one by which it could be guessed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use ledger_core::{DonorProfile, Ledger, Options, UpdateDonor};
use ledger_tests::book::{self, Book};
use ledger_tests::folder::files;
use sha2::{Digest, Sha256};

/// Everything personal that the book says, as it was typed.
fn personal_texts() -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for name in ["ada", "bob", "eve", "zoe"] {
        texts.extend(texts_of(&book::profile(name)));
    }
    let others = [
        "Moved.Elsewhere@example.net",
        "passport-of-the-count",
        "Count Orlok",
        "from the castle",
        "by word of bob",
        "in memory of number",
        "regrets number",
        "Lovelace",
        "Quartermain",
    ];
    texts.extend(others.map(str::to_owned));
    texts.extend(
        (0..150).flat_map(|each| [format!("in memory of number {each}"), format!("regrets number {each}")]),
    );
    texts
}

fn texts_of(profile: &DonorProfile) -> Vec<String> {
    let DonorProfile { name, email, external_id, date_of_birth, location, attributes } = profile.clone();
    let born = date_of_birth.unwrap();
    let attributes = attributes.into_iter().flat_map(|each| [each.name, each.value]);
    [name, email, external_id, location, Some(born.to_string()), Some(born.to_string().replace('-', ""))]
        .into_iter()
        .flatten()
        .chain(attributes)
        .collect()
}

/// A text as it could lie in a file: itself, in lower and upper case, in UTF-16 and hexadecimal, and its
/// SHA-256, raw and in hexadecimal.
fn traces(text: &str) -> Vec<Vec<u8>> {
    let mut traces = Vec::new();
    for spelled in [text.to_owned(), text.to_lowercase(), text.to_uppercase()] {
        let hash = Sha256::digest(&spelled);
        traces.extend([hash.to_vec(), hex(&hash).into_bytes(), hex(&hash).to_uppercase().into_bytes()]);
        traces.push(hex(spelled.as_bytes()).into_bytes());
        traces.push(spelled.encode_utf16().flat_map(u16::to_le_bytes).collect());
        traces.push(spelled.into_bytes());
    }
    traces.sort();
    traces.dedup();
    traces
}

/// A date of birth as the journal writes days: a varint of 19151210, which only a decoder would notice.
fn packed_birthday() -> Vec<u8> {
    [&[252][..], &19_151_210_u32.to_le_bytes()].concat()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Which of the traces are in which files, by a search that looks for the first two bytes of each first.
fn found_in(folder: &Path, wanted: &[Vec<u8>]) -> Vec<String> {
    let mut by_start: Vec<Vec<&[u8]>> = vec![Vec::new(); 1 << 16];
    for trace in wanted {
        by_start[start_of(trace)].push(trace);
    }
    let mut found = Vec::new();
    for file in files(folder) {
        let bytes = fs::read(folder.join(&file)).unwrap();
        // sled's file is zeros for the most part.
        let starts = bytes.windows(2).enumerate().filter(|(_, pair)| *pair != [0, 0]);
        for (at, pair) in starts {
            for trace in &by_start[start_of(pair)] {
                if bytes[at..].starts_with(trace) {
                    found.push(format!("{} at {at}: {}", file.display(), shown(trace)));
                }
            }
        }
    }
    found
}

fn shown(trace: &[u8]) -> String {
    trace.escape_ascii().to_string()
}

fn start_of(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn everything_personal() -> Vec<Vec<u8>> {
    let mut wanted: Vec<Vec<u8>> = personal_texts().iter().flat_map(|text| traces(text)).collect();
    wanted.push(packed_birthday());
    wanted
}

fn options() -> Options {
    // Small segments and checkpoints, so that every kind of file comes about.
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(20)
}

fn write_everything(folder: &Path) -> Book {
    let ledger = Ledger::open(folder, options()).unwrap();
    let mut book = book::write(&ledger, 100);
    let zoe = UpdateDonor { key: None, donor: book.donors[1], profile: book::profile("zoe") };
    ledger.update_donor(zoe).unwrap();
    for number in 100..150 {
        book.donate(&ledger, &format!("later-{number}"), number);
    }
    // Not closed: the journal and whatever checkpoints wrote are looked at as a crash leaves them.
    book
}

#[test]
fn no_file_holds_anything_personal() {
    let home = tempfile::tempdir().unwrap();
    write_everything(home.path());
    let wanted = everything_personal();
    assert_eq!(found_in(home.path(), &wanted), Vec::<String>::new(), "without a close");

    let ledger = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(ledger.audit().unwrap().difference, None);
    assert_eq!(found_in(home.path(), &wanted), Vec::<String>::new(), "after opening");
    let bob = ledger.donor_by_email(" ZOE.quartermain@mail.example.org ").unwrap().unwrap();
    assert_eq!(bob.profile, book::profile("zoe"), "and yet it can be read");
    ledger.rebuild().unwrap();
    ledger.close().unwrap();
    assert_eq!(found_in(home.path(), &wanted), Vec::<String>::new(), "after a rebuild and a close");
    let names: Vec<String> = files(home.path()).iter().map(|file| file.display().to_string()).collect();
    for expected in [
        "FORMAT",
        "HEAD",
        "keys",
        "state.seal",
        "journal/0000000001.log",
        "journal/0000000002.log",
        "state/db",
    ] {
        assert!(names.iter().any(|name| name == expected), "{expected} was not looked at: {names:?}");
    }
}

/// A torn group is kept in a file of its own: sealed as well.
#[test]
fn a_torn_group_that_was_saved_holds_nothing_personal() {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&ledger, 5);
    ledger.close().unwrap();
    let end = fs::metadata(home.path().join("journal/0000000001.log")).unwrap().len();
    let head = fs::read(home.path().join("HEAD")).unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let mut gift = book::gift("torn", book.donors[0], book.causes[0], 100);
    gift.memo = Some("in memory of number 3".into());
    ledger.donate(gift).unwrap();
    drop(ledger);
    let after = ledger_tests::folder::journal_end(home.path());
    fs::write(home.path().join("HEAD"), head).unwrap();
    ledger_tests::folder::edit(&home.path().join("journal/0000000001.log"), |bytes| {
        bytes.truncate(after - 1);
        assert!(u64::try_from(bytes.len()).unwrap() > end, "something of the group is left");
    });
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let cut = ledger.opening_report().cut.clone().unwrap();
    assert!(home.path().join(&cut.saved_as).exists());
    assert_eq!(found_in(home.path(), &everything_personal()), Vec::<String>::new());
}

/// The search works: it finds each text in a file that has it, and what a ledger writes in the clear (a
/// cause's name, a key) in the files of that very ledger.
#[test]
fn the_search_would_find_it() {
    let home = tempfile::tempdir().unwrap();
    let (wanted, planted) = (everything_personal(), home.path().join("planted"));
    let between = [0xA5; 3];
    fs::create_dir_all(&planted).unwrap();
    fs::write(planted.join("plain"), wanted.join(between.as_slice())).unwrap();
    let found = found_in(&planted, &wanted);
    for trace in &wanted {
        let said = format!(": {}", shown(trace));
        assert!(found.iter().any(|place| place.ends_with(&said)), "{said}");
    }
    let folder = home.path().join("ledger");
    write_everything(&folder);
    Ledger::open(&folder, options()).unwrap().close().unwrap();
    for in_the_clear in ["cause water", "Slates", "gift-99", "main"] {
        let found = found_in(&folder, &[in_the_clear.as_bytes().to_vec()]);
        let in_journal = found.iter().any(|place| place.starts_with("journal/"));
        assert!(in_journal, "{in_the_clear}: {found:?}");
        let in_state = found.iter().any(|place| place.starts_with("state/"));
        assert_eq!(in_state, in_the_clear != "gift-99", "{in_the_clear}: keys are hashed in the state");
    }
}
