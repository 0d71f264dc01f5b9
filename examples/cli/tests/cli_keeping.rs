//! Backups, drills, the doctor and following, as an operator runs them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use books::{Books, LEDGER};
use serde_json::Value;

/// Books with a donor, a cause and three gifts.
fn written() -> Books {
    let books = Books::new();
    books.good(&["init"]);
    books.good(&["donor", "add", "--name", "Ada", "--external-id", "ada"]);
    books.good(&["cause", "open", "--name", "Water", "--currency", "EUR", "--external-id", "water"]);
    for key in ["one", "two", "three"] {
        gift(&books, key);
    }
    books
}

fn gift(books: &Books, key: &str) {
    books.good(&["donate", "--donor", "ada", "--to", "water=20.00", "--key", key]);
}

fn path(books: &Books, name: &str) -> String {
    books.path(name).to_str().unwrap().to_owned()
}

/// A task that needs no `--dir`.
fn without_dir(args: &[&str]) -> (bool, String, String) {
    let output = Command::new(LEDGER).args(args).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

fn balances_in(folder: &str) -> String {
    let (good, out, said) = without_dir(&["--dir", folder, "balances"]);
    assert!(good, "{said}");
    out
}

#[test]
fn a_backup_is_made_continued_drilled_and_restored() {
    let books = written();
    let (copy, keys, to) = (path(&books, "copy"), path(&books, "keys"), path(&books, "restored"));
    let first = books.good(&["backup", &copy]);
    assert!(first.contains("made: up to record 5, 1 segments"), "{first}");
    assert!(first.contains("no keys were copied") && first.contains("keep keys apart"), "{first}");
    assert!(!books.path("copy").join("keys").exists());
    let (good, out, _) = without_dir(&["--dir", &copy, "doctor"]);
    assert!(good && out.contains("as in a backup") && out.contains("nothing is lost"), "{out}");
    let (good, out, said) = without_dir(&["restore", &copy, &to, "--keys", &keys]);
    assert!(
        !good && out.is_empty() && said.starts_with("error 5001: ") && said.contains("there is no file"),
        "{said}"
    );
    gift(&books, "four");
    let second = books.json(&["backup", &copy, "--keys", &keys]);
    assert_eq!((&second["seq"], &second["is_incremental"]), (&6.into(), &true.into()));
    assert_eq!((&second["keys"]["in_use"], &second["keys"]["destroyed"]), (&1.into(), &0.into()));
    let (good, drilled, _) = without_dir(&["restore", &copy, &to, "--keys", &keys, "--drill"]);
    assert!(good && drilled.contains("can be restored: up to record 6"), "{drilled}");
    assert!(!books.path("restored").exists());
    let (good, restored, _) = without_dir(&["restore", &copy, &to, "--keys", &keys]);
    assert!(good && restored.contains("restored led_"), "{restored}");
    assert_eq!(balances_in(&to), balances_in(books.dir().to_str().unwrap()));
    let (good, out, said) = without_dir(&["restore", &copy, &to, "--keys", &keys]);
    assert!(!good && out.is_empty() && said.starts_with("error 3010: "), "{said}");
}

#[test]
fn an_erasure_is_told_where_older_keys_still_have_it() {
    let books = written();
    let (copy, keys, to) = (path(&books, "copy"), path(&books, "keys"), path(&books, "restored"));
    books.good(&["backup", &copy, "--keys", &keys]);
    books.good(&["donor", "erase", "ada", "--reason", "requested", "--yes"]);
    books.good(&["backup", &copy]);
    let (good, out, _) = without_dir(&["restore", &copy, &to, "--keys", &keys]);
    assert!(good && out.contains("1 keys of erased donors are still in"), "{out}");
    let (_, out, _) = without_dir(&["--dir", &to, "doctor"]);
    assert!(out.contains("keys in use 0, destroyed 1") && out.contains("nothing to do"), "{out}");
}

#[test]
fn the_doctor_tells_damage_and_repairs_the_state_alone() {
    let books = written();
    let sound = books.good(&["doctor"]);
    assert!(sound.contains("journal whole up to record 5, acknowledged 5"), "{sound}");
    assert!(sound.ends_with("nothing to do\n"), "{sound}");
    fs::remove_dir_all(books.dir().join("state")).unwrap();
    let gone = books.good(&["doctor"]);
    assert!(gone.contains("the state is made again from the journal"), "{gone}");
    let mended = books.good(&["doctor", "--repair"]);
    assert!(
        mended.contains("repaired: the state was made again from 5 records")
            && mended.ends_with("nothing to do\n"),
        "{mended}"
    );
    assert_eq!(books.json(&["doctor", "--repair"])["findings"], Value::Array(Vec::new()));
    let segment = books.dir().join("journal/0000000001.log");
    let mut bytes = fs::read(&segment).unwrap();
    let at = bytes.len() - 10;
    bytes[at] ^= 1;
    fs::write(&segment, bytes).unwrap();
    let output = books.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("DAMAGE 6005: journal/0000000001.log at byte "), "{told}");
    assert!(
        told.contains("restore this file from a backup") && told.contains("DAMAGED: copy the folder"),
        "{told}"
    );
    assert!(books.bad(&["doctor", "--repair"]).starts_with("error 6005: "));
    // What is whole can be read, and nobody can take it for all.
    assert!(books.bad(&["balances"]).starts_with("error 6005: "));
    let output = books.run(&["balances", "--up-to-damage"]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("!! THE JOURNAL IS DAMAGED: error 6005"), "{said}");
    assert!(said.contains("it ends with record 4; 1 records after it, up to 5, are missing"), "{said}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("as of record 4"));
    let output = books.run(&["--up-to-damage", "verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("DAMAGED: what is before the damage holds"));
    let refused =
        books.run(&["--up-to-damage", "donate", "--donor", "ada", "--to", "water=1.00", "--key", "x"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_copy_follows_until_it_is_promoted() {
    let books = written();
    let (dir, copy) = (books.dir().to_str().unwrap().to_owned(), path(&books, "standby"));
    let (good, out, said) = without_dir(&["follow", &dir, &copy, "--until", "5"]);
    assert!(good && out == "record 5 of 5\n", "{out}{said}");
    let mut following = Command::new(LEDGER)
        .args(["follow", &dir, &copy])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "record 5 of 5");
    gift(&books, "four");
    assert_eq!(lines.next().unwrap().unwrap(), "record 6 of 6");
    // Whoever reads the copy sees it at once; whoever would write to it is refused.
    let (good, out, said) = without_dir(&["--dir", &copy, "history", "--donor", "ada"]);
    assert!(good && out.lines().count() > 4 && said.contains("as of record 6"), "{out}{said}");
    let (good, _, said) = without_dir(&["--dir", &copy, "promote"]);
    assert!(!good && said.starts_with("error 5004: "), "{said}");
    following.kill().unwrap();
    following.wait().unwrap();
    let (good, _, said) =
        without_dir(&["--dir", &copy, "donor", "add", "--name", "Eve", "--external-id", "eve"]);
    assert!(!good && said.starts_with("error 5008: "), "{said}");
    let (good, out, said) = without_dir(&["--dir", &copy, "history", "--donor", "ada"]);
    assert!(good && out.lines().count() > 4 && said.contains("of a copy that follows"), "{out}{said}");
    let (good, out, said) = without_dir(&["--dir", &copy, "promote"]);
    assert!(good && out.contains("epoch 2 begun with record 7"), "{out}{said}");
    gift(&books, "five");
    let (good, _, said) = without_dir(&["follow", &dir, &copy]);
    assert!(!good && said.starts_with("error 6006: ") && said.contains("the copy in epoch 2"), "{said}");
    assert!(books.bad(&["backup", &copy]).starts_with("error 6006: "));
}
