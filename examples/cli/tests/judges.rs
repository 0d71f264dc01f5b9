//! Three independent accounting programs read our exports, find nothing wrong with them, and come to the same
//! balances as we do: hledger, Ledger 3 and beancount. `tests/run judges` installs them; without one of them
//! these tests fail.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;
#[path = "../../../tests/src/shared_data.rs"]
mod shared_data;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use books::Books;

/// Net of each cause by its label, in the digits of its currency; what a judge owes nothing to is left out.
type Nets = BTreeMap<String, String>;

/// What a program prints that must succeed and say nothing on standard error.
fn judged(command: &mut Command) -> String {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("the judge {name}: {error}; `tests/run judges` installs it"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && said.is_empty(),
        "{name} found: {said}{}",
        String::from_utf8_lossy(&output.stdout)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Ledger 3: our own program has the same name, and would only agree with itself.
fn ledger3() -> Command {
    let version = judged(Command::new("ledger").arg("--version"));
    assert!(
        version.starts_with("Ledger 3"),
        "`ledger` on PATH is not Ledger 3; `tests/run judges` says what to do"
    );
    Command::new("ledger")
}

fn bean_check() -> PathBuf {
    let path = std::env::var_os("LEDGER_BEAN_CHECK");
    let path = path.unwrap_or_else(|| {
        panic!("LEDGER_BEAN_CHECK names no bean-check: `tests/run` installs it (beancount 3.2.3)")
    });
    PathBuf::from(path)
}

/// A label in one spelling for all: beancount has no underscore in names and begins them with a capital.
fn spelled(label: &str) -> String {
    label.to_uppercase().replace('_', "-")
}

/// `liabilities:cause:water:available` and `-12.30 EUR` as a net; causes are owed what is credited.
fn add(nets: &mut Nets, account: &str, amount: &str) {
    let parts: Vec<&str> = account.split(':').collect();
    let is_cause = parts.len() == 4 && parts[1].eq_ignore_ascii_case("cause");
    assert!(is_cause, "{account} is no account of a cause");
    let amount = amount.trim();
    if amount == "0" || amount.is_empty() {
        return;
    }
    let (number, currency) = amount.split_once(' ').unwrap_or_else(|| panic!("{account}: {amount}"));
    let number = number.replace(',', "");
    if number.bytes().all(|byte| b"-0.".contains(&byte)) {
        return;
    }
    let net = number.strip_prefix('-').map_or_else(|| format!("-{number}"), str::to_owned);
    let before = nets.insert(spelled(parts[2]), format!("{net} {currency}"));
    assert_eq!(before, None, "{account} is there twice");
}

/// Our own figures, by the labels that the judges show.
fn our_nets(books: &Books, shown: &Nets) -> Nets {
    let mut nets = Nets::new();
    for cause in books.json(&["causes"]).as_array().unwrap() {
        let net = cause["net"].as_str().unwrap();
        let id = spelled(cause["id"].as_str().unwrap());
        let external = cause["external_id"].as_str().map(spelled).unwrap_or_default();
        // A cause without a usable external id, or with a twin that differs in case, stands by its id.
        let label = if shown.contains_key(&id) { id } else { external };
        if !net.bytes().all(|byte| b"0.".contains(&byte)) {
            nets.insert(label, format!("{net} {}", cause["currency"].as_str().unwrap()));
        }
    }
    nets
}

fn hledger_nets(journal: &Path) -> Nets {
    judged(Command::new("hledger").arg("-f").arg(journal).args(["check", "--strict"]));
    let balances = judged(Command::new("hledger").arg("-f").arg(journal).args([
        "balance",
        "--flat",
        "-N",
        "-O",
        "csv",
        "^liabilities:cause:",
    ]));
    let mut nets = Nets::new();
    for row in csv::Reader::from_reader(balances.as_bytes()).records() {
        let row = row.unwrap();
        add(&mut nets, &row[0], &row[1]);
    }
    nets
}

fn ledger_nets(journal: &Path) -> Nets {
    // Pedantic and strict: an account or commodity that is not declared is an error.
    let balances = judged(
        ledger3()
            .arg("-f")
            .arg(journal)
            .args(["--pedantic", "--strict", "--args-only", "balance", "--flat", "--no-total"])
            .args(["--balance-format", "%(account)\\t%(scrub(display_total))\\n", "^liabilities:cause:"]),
    );
    let mut nets = Nets::new();
    for line in balances.lines() {
        let (account, amount) = line.split_once('\t').unwrap_or_else(|| panic!("{line}"));
        add(&mut nets, account, amount);
    }
    nets
}

/// Sums the postings that beancount read; it has no program of its own that prints them.
const BEANCOUNT_SUMS: &str = r#"
import collections, sys
from beancount import loader
from beancount.core import data
entries, errors, _ = loader.load_file(sys.argv[1])
assert not errors, errors
sums = collections.Counter()
for entry in data.filter_txns(entries):
    for posting in entry.postings:
        sums[posting.account, posting.units.currency] += posting.units.number
for (account, currency), number in sorted(sums.items()):
    if account.startswith("Liabilities:Cause:"):
        print(f"{account}\t{number} {currency}")
"#;

fn beancount_nets(file: &Path) -> Nets {
    let bean_check = bean_check();
    judged(Command::new(&bean_check).arg("--no-cache").arg(file));
    let python = bean_check.with_file_name("python3");
    let balances = judged(Command::new(python).args(["-c", BEANCOUNT_SUMS]).arg(file));
    let mut nets = Nets::new();
    for line in balances.lines() {
        let (account, amount) = line.split_once('\t').unwrap();
        add(&mut nets, account, amount);
    }
    nets
}

/// Exports the books for all three; returns how many causes they agree on.
fn check(books: &Books) -> usize {
    let (journal, bean) = (books.path("books.journal"), books.path("books.beancount"));
    books.good(&["export", "--format", "hledger", "--out", journal.to_str().unwrap()]);
    books.good(&["export", "--format", "beancount", "--out", bean.to_str().unwrap()]);
    let hledger = hledger_nets(&journal);
    let ours = our_nets(books, &hledger);
    assert_eq!(hledger, ours, "hledger");
    assert_eq!(ledger_nets(&journal), ours, "ledger");
    assert_eq!(beancount_nets(&bean), ours, "beancount");
    ours.len()
}

#[test]
fn real_rows_pass_all_three_judges() {
    let Some(data) = shared_data::folder("the judges of the bulk rows of 2017") else {
        return;
    };
    let books = Books::new();
    books.import("fec-itcont", &data.join("itcont_2017_20000.txt.gz"));
    let agreed = check(&books);
    assert!(agreed > 600 && agreed <= 623, "{agreed}");
}

#[test]
fn currencies_tips_fees_and_refunds_pass_all_three_judges() {
    let books = Books::new();
    books.good(&["init"]);
    books.good(&["donor", "add", "--name", "Ada", "--external-id", "u-1"]);
    // Names that stand as they are, twins that differ in case, and one that no account name can hold.
    for (id, currency) in [
        ("water", "EUR"),
        ("Water", "EUR"),
        ("tokyo-1", "JPY"),
        ("9lives", "KWD"),
        ("with: blank", "EUR"),
        ("idle", "EUR"),
        ("emptied", "EUR"),
    ] {
        books.good(&["cause", "open", "--name", id, "--currency", currency, "--external-id", id]);
    }
    let give = |key: &str, args: &[&str]| -> String {
        let given = books.json(&[&["donate", "--donor", "u-1", "--key", key], args].concat());
        given["id"].as_str().unwrap().to_owned()
    };
    let euros = [
        "--to",
        "water=20.00",
        "--to",
        "Water=10.01",
        "--to",
        "with: blank=0.99",
        "--tip",
        "2.50",
        "--fee",
        "1.11",
    ];
    let first = give("g1", &euros);
    let yen = give("g2", &["--to", "tokyo-1=5000", "--tip", "100", "--fee", "180", "--bank", "japan"]);
    let dinar = give("g3", &["--to", "9lives=12.345", "--fee", "0.007", "--on", "2026-02-28"]);
    let emptied = give("g4", &["--to", "emptied=7.00", "--on", "1999-12-31"]);
    give("g5", &["--to", "water=92233720368547758.07"]);
    books.good(&["refund", &first, "--cause", "Water=3.33", "--key", "r1"]);
    books.good(&["refund", &first, "--amount", "5.00", "--key", "r2"]);
    books.good(&["refund", &yen, "--amount", "1", "--key", "r3"]);
    books.good(&["refund", &dinar, "--amount", "0.001", "--key", "r4"]);
    books.good(&["refund", &emptied, "--key", "r5"]);
    assert_eq!(check(&books), 5, "all but the idle and the emptied one");
}

#[test]
fn books_without_a_gift_pass_all_three_judges() {
    let books = Books::new();
    books.good(&["init"]);
    assert_eq!(check(&books), 0);
    books.good(&["cause", "open", "--name", "water", "--currency", "EUR"]);
    assert_eq!(check(&books), 0);
}

#[test]
fn the_judges_do_find_faults() {
    // A judge that would pass anything proves nothing: one cent too many must be found by each.
    let books = Books::new();
    books.good(&["init"]);
    books.good(&["donor", "add", "--name", "Ada", "--external-id", "u-1"]);
    books.good(&["cause", "open", "--name", "water", "--currency", "EUR", "--external-id", "water"]);
    books.good(&["donate", "--donor", "u-1", "--to", "water=20.00", "--key", "g1"]);
    let journal = books.good(&["export", "--format", "hledger"]).replacen(" 20.00 EUR", " 20.01 EUR", 1);
    let journal = books.write("wrong.journal", journal.as_bytes());
    let bean = books.good(&["export", "--format", "beancount"]).replacen(" 20.00 EUR", " 20.01 EUR", 1);
    let bean = books.write("wrong.beancount", bean.as_bytes());
    let mut judges = [Command::new("hledger"), ledger3(), Command::new(bean_check())];
    judges[0].arg("-f").arg(&journal).args(["check", "--strict"]);
    judges[1].arg("-f").arg(&journal).arg("balance");
    judges[2].arg("--no-cache").arg(&bean);
    for judge in &mut judges {
        let output = judge.output().unwrap();
        assert!(!output.status.success(), "{judge:?} found nothing");
    }
}
