//! An import that is killed: whatever the moment, the books that are left hold, and running the same import
//! again completes them as if nothing had happened.
//!
//! A moment is a size of the journal, after which the program is watched for a few more looks: both by a seed,
//! so that a failure names how it can be met again. No waiting by time: the loop looks until it is so.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

mod books;
#[path = "../../../tests/src/shared_data.rs"]
mod shared_data;

use std::path::Path;

use serde_json::Value;

use books::{Books, bulk_rows};

/// Numbers by a seed: splitmix64.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }
}

/// How much of the journal is acknowledged, as HEAD says: the last file is longer than what it holds.
fn journal_bytes(dir: &Path) -> u64 {
    let Ok(head) = std::fs::read(dir.join("HEAD")) else { return 0 };
    let number = |slot: &[u8], at: usize| Some(u64::from_le_bytes(slot.get(at..at + 8)?.try_into().ok()?));
    let newest =
        head.chunks(64).filter_map(|slot| Some((number(slot, 0)?, slot))).max_by_key(|(seq, _)| *seq);
    let Some((_, slot)) = newest else { return 0 };
    let last = u32::from_le_bytes(slot[8..12].try_into().unwrap());
    let before = (1..last).filter_map(|number| {
        std::fs::metadata(dir.join(format!("journal/{number:010}.log"))).ok().map(|file| file.len())
    });
    before.sum::<u64>() + number(slot, 12).unwrap_or(0)
}

/// A file and its mapping.
struct Source {
    map: &'static str,
    file: String,
}

impl Source {
    fn args(&self) -> [&str; 4] {
        ["import", "--map", self.map, &self.file]
    }
}

/// Starts the import and kills it (`kill -9`) when the journal has so many bytes, a few looks later. Says
/// whether it was still running.
fn kill_at(books: &Books, source: &Source, bytes: u64, looks: u64) -> bool {
    let mut child = books.command(&source.args()).spawn().unwrap();
    let mut left = looks;
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if journal_bytes(&books.dir()) >= bytes {
            if left == 0 {
                break;
            }
            left -= 1;
        }
        std::thread::yield_now();
    }
    child.kill().unwrap();
    // Without a code it was ended by the signal; with one it had just come to its own end.
    child.wait().unwrap().code().is_none()
}

/// All that must be the same whether or not an import was disturbed: everything but ids, times and bytes.
fn outcome(books: &Books) -> Value {
    let without_ids = |mut list: Value| {
        for line in list.as_array_mut().unwrap() {
            line.as_object_mut().unwrap().remove("id");
        }
        list
    };
    let stats = books.json(&["stats"]);
    let counts =
        ["seq", "donors", "causes", "donations", "records", "entries"].map(|name| stats[name].clone());
    let lists = [["causes"].as_slice(), &["donors"]].map(|args| without_ids(books.json(args)));
    serde_json::json!({ "counts": counts, "lists": lists, "sums": books.json(&["balances"])["sums"] })
}

fn assert_holds(books: &Books, when: &str) {
    let report = books.json(&["verify"]);
    assert_eq!(report["difference"], Value::Null, "{when}");
    assert!(report["records"].as_u64().unwrap() > 0, "{when}");
}

/// Kills one import after the other into the same books, each later than the one before; then lets one run
/// to its end. Returns how many were hit while they ran.
fn kill_and_complete(source: &Source, kills: u64, whole_bytes: u64, seed: u64) -> (u64, Value) {
    let (books, mut numbers, mut hit) = (Books::new(), Seeded(seed), 0);
    for kill in 0..kills {
        // The last part of the journal is left out, so that the import is still running there.
        let slice = whole_bytes * 9 / 10 / kills;
        let (bytes, looks) = (kill * slice + 1 + numbers.below(slice), numbers.below(300));
        let when = format!("seed {seed}, kill {kill}: at {bytes} bytes and {looks} looks");
        hit += u64::from(kill_at(&books, source, bytes, looks));
        assert_holds(&books, &when);
    }
    let report = books.json(&source.args());
    assert_eq!((&report["rejected"], &report["conflicts"]), (&0.into(), &0.into()));
    assert_holds(&books, "after running to the end");
    (hit, outcome(&books))
}

/// Kills that often and expects nearly all to hit; the books must come out as if undisturbed.
fn check(source: &Source, rounds: u64, kills: u64) {
    let undisturbed = Books::new();
    undisturbed.json(&source.args());
    let (expected, whole_bytes) = (outcome(&undisturbed), journal_bytes(&undisturbed.dir()));
    let mut hit = 0;
    for seed in 1..=rounds {
        let (killed, left) = kill_and_complete(source, kills, whole_bytes, seed);
        hit += killed;
        assert!(left == expected, "seed {seed}: the books differ from those of an undisturbed import");
    }
    // An import may come to its end before the loop looks again, on a machine with other work.
    assert!(hit * 10 >= rounds * kills * 8, "only {hit} of {} were killed while running", rounds * kills);
    println!(
        "kills import: {}, hit a running process {hit}, lost 0, partial 0, not opened 0",
        rounds * kills
    );
}

#[test]
fn real_rows_survive_twenty_kills() {
    let Some(data) = shared_data::folder("data", "twenty kills of the bulk rows of 2017") else {
        return;
    };
    let file = data.join("itcont_2017_20000.txt.gz").to_str().unwrap().to_owned();
    check(&Source { map: "fec-itcont", file }, 4, 5);
}

#[test]
fn invented_rows_survive_kills() {
    let folder = Books::new();
    // So many that an import is still running when the loop looks again, also on a machine with other work.
    let file = folder.write("rows.txt", bulk_rows(30_000).as_bytes()).to_str().unwrap().to_owned();
    // The share of imports in all kills that are asked for: four of them in a round.
    let asked = std::env::var("LEDGER_KILLS").map_or(40, |kills| kills.parse().unwrap());
    check(&Source { map: "fec-itcont", file }, u64::div_ceil(asked, 20), 4);
}

#[test]
fn the_gifts_of_2016_survive_three_kills() {
    let Some(data) = shared_data::folder("data", "three kills of the gifts of 2016") else {
        return;
    };
    let file = data.join("fec2016_gifts_SA17A.csv.gz").to_str().unwrap().to_owned();
    let source = Source { map: "fec-schedule-a", file };
    // What an undisturbed import gives is checked to the cent elsewhere; here, that all of it is there.
    let (hit, left) = kill_and_complete(&source, 3, 105 << 20, 7);
    assert!(hit >= 2, "only {hit} of 3 were killed while running");
    let counts: Vec<u64> =
        left["counts"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect();
    assert_eq!(counts[1..4], [158_877, 5, 343_803]);
    assert_eq!(counts[5], 343_803 + 214);
    let nets: Vec<&str> =
        left["lists"][0].as_array().unwrap().iter().map(|line| line["net"].as_str().unwrap()).collect();
    assert_eq!(nets, ["100352830.26", "38135581.59", "3414144.29", "1013640.03", "334651.17"]);
}

#[test]
fn books_that_were_killed_while_they_were_made_can_be_made() {
    let (folder, mut numbers) = (Books::new(), Seeded(11));
    let file = folder.write("rows.txt", bulk_rows(500).as_bytes()).to_str().unwrap().to_owned();
    let source = Source { map: "fec-itcont", file };
    for attempt in 0..10 {
        let books = Books::new();
        let mut child = books.command(&source.args()).spawn().unwrap();
        while !books.dir().exists() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        for _ in 0..numbers.below(200) {
            let _ = journal_bytes(&books.dir());
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let verified = books.run(&["verify"]);
        let said = String::from_utf8(verified.stderr).unwrap();
        // Either there are no books yet, which is said, or they hold.
        assert!(verified.status.success() || said.starts_with("error 2004: "), "attempt {attempt}: {said}");
        let report = books.json(&source.args());
        assert_eq!(report["gifts"].as_u64().unwrap() + report["duplicates"].as_u64().unwrap(), 500);
        assert_holds(&books, "after running to the end");
    }
}
