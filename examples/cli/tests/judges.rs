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

/// Net of each cause by its label, in minor units of its currency; where it is nothing, the cause is left out.
type Nets = BTreeMap<String, (i128, String)>;

/// All accounts of causes, in both charts.
const OF_CAUSES: [&str; 4] =
    ["^liabilities:cause:", "^income:contributions:", "^expenses:fees:", "^equity:restricted:"];

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

/// Minor units of a number that is written with all digits of its currency.
fn minor(number: &str) -> i128 {
    number.replace(['.', ','], "").parse().unwrap_or_else(|_| panic!("{number} is no number"))
}

/// Adds an account, such as `liabilities:cause:water:available` with `-12.30 EUR`, to the net of its cause:
/// causes have what is credited.
fn add(nets: &mut Nets, account: &str, amount: &str) {
    let label = account.split(':').nth(2).unwrap_or_else(|| panic!("{account} is no account of a cause"));
    let amount = amount.trim();
    if amount == "0" || amount.is_empty() {
        return;
    }
    let (number, currency) = amount.split_once(' ').unwrap_or_else(|| panic!("{account}: {amount}"));
    let (net, of) = nets.entry(spelled(label)).or_insert_with(|| (0, currency.to_owned()));
    assert_eq!(of, currency, "{label} has two currencies");
    *net -= minor(number);
}

/// Without the causes that have nothing.
fn that_have_any(mut nets: Nets) -> Nets {
    nets.retain(|_, (net, _)| *net != 0);
    nets
}

/// Our own figures, by the labels that the judges show.
fn our_nets(books: &Books, shown: &Nets) -> Nets {
    let mut nets = Nets::new();
    for cause in books.json(&["causes"]).as_array().unwrap() {
        let net = minor(cause["net"].as_str().unwrap());
        let id = spelled(cause["id"].as_str().unwrap());
        let external = cause["external_id"].as_str().map(spelled).unwrap_or_default();
        // A cause without a usable external id, or with a twin that differs in case, stands by its id.
        let label = if shown.contains_key(&id) { id } else { external };
        nets.insert(label, (net, cause["currency"].as_str().unwrap().to_owned()));
    }
    that_have_any(nets)
}

fn hledger_nets(journal: &Path) -> Nets {
    judged(Command::new("hledger").arg("-f").arg(journal).args(["check", "--strict"]));
    let all = ["balance", "--flat", "-N", "-O", "csv"];
    let balances = judged(Command::new("hledger").arg("-f").arg(journal).args(all).args(OF_CAUSES));
    let mut nets = Nets::new();
    for row in csv::Reader::from_reader(balances.as_bytes()).records() {
        let row = row.unwrap();
        add(&mut nets, &row[0], &row[1]);
    }
    that_have_any(nets)
}

fn ledger_nets(journal: &Path) -> Nets {
    // Pedantic and strict: an account or commodity that is not declared is an error.
    let balances = judged(
        ledger3()
            .arg("-f")
            .arg(journal)
            .args(["--pedantic", "--strict", "--args-only", "balance", "--flat", "--no-total"])
            .args(["--balance-format", "%(account)\\t%(scrub(display_total))\\n"])
            .args(OF_CAUSES),
    );
    let mut nets = Nets::new();
    for line in balances.lines() {
        let (account, amount) = line.split_once('\t').unwrap_or_else(|| panic!("{line}"));
        add(&mut nets, account, amount);
    }
    that_have_any(nets)
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
    if account.startswith(("Liabilities:Cause:", "Income:Contributions:", "Expenses:Fees:", "Equity:Restricted:")):
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
    that_have_any(nets)
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
    let Some(data) = shared_data::folder("data", "the judges of the bulk rows of 2017") else {
        return;
    };
    let books = Books::new();
    books.import("fec-itcont", &data.join("itcont_2017_20000.txt.gz"));
    let agreed = check(&books);
    assert!(agreed > 600 && agreed <= 623, "{agreed}");
}

#[test]
fn currencies_tips_fees_and_refunds_pass_all_three_judges() {
    for mode in ["agency", "principal"] {
        gifts_of_many_kinds(mode);
    }
}

fn gifts_of_many_kinds(mode: &str) {
    let books = Books::new();
    books.good(&["init", "--mode", mode]);
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
    let back = books.json(&["refund", &emptied, "--key", "r5"]);
    books.good(&["correct", back["id"].as_str().unwrap(), "--nothing", "never-happened", "--key", "c1"]);
    books.good(&[
        "correct",
        &emptied,
        "--nothing",
        "entered-twice",
        "--reversed-on",
        "2001-01-01",
        "--key",
        "c2",
    ]);
    books.good(&["refund", &dinar, "--amount", "0.001", "--key", "r6"]);
    assert_eq!(check(&books), 5, "all but the idle and the emptied one");
    let account =
        if mode == "agency" { "liabilities:cause:water:available" } else { "income:contributions:water" };
    let history = books.json(&["history", "--account", account, "--limit", "1"]);
    assert_eq!(history["lines"][0]["posted"]["account"].as_str().unwrap().matches("cau_").count(), 1);
}

/// Takes gifts back on other days than they were entered for, with and without another in their place.
fn correct_some(books: &Books) {
    let feed = books.json(&["changes", "--limit", "12"]);
    let events = feed.as_array().unwrap().iter().flat_map(|change| change["events"].as_array().unwrap());
    let gifts = events.filter_map(|event| event["donation_captured"]["donation"].as_str());
    let mut corrected = 0;
    for (number, gift) in gifts.enumerate() {
        let key = format!("fix-{number}");
        let how: &[&str] = match number % 3 {
            0 => &["--on", "2017-03-15"],
            1 => &["--nothing", "entered-twice", "--reversed-on", "2017-05-05"],
            _ => &["--bank", "main", "--reversed-on", "2017-04-04"],
        };
        books.good(&[&["correct", gift, "--key", &key], how].concat());
        corrected += 1;
    }
    assert!(corrected >= 6, "{corrected} corrections");
}

/// Balances at the end of each month are those that hledger comes to with the entries before the next day.
#[test]
fn the_past_is_what_hledger_says_of_it() {
    let Some(data) = shared_data::folder("data", "the past of the bulk rows of 2017") else {
        return;
    };
    let books = Books::new();
    books.import("fec-itcont", &data.join("itcont_2017_20000.txt.gz"));
    correct_some(&books);
    let journal = books.path("books.journal");
    books.good(&["export", "--format", "hledger", "--out", journal.to_str().unwrap()]);
    let periods = books.json(&["totals", "--by", "month"]);
    let months: Vec<&str> =
        periods.as_array().unwrap().iter().map(|each| each["period"].as_str().unwrap()).collect();
    assert!(months.len() > 3, "{months:?}");
    let mut before = Nets::new();
    for month in months {
        let next_month = judged(Command::new("date").args(["-d", &format!("{month}-01 +1 month"), "+%F"]));
        let last_day =
            judged(Command::new("date").args(["-d", &format!("{} -1 day", next_month.trim()), "+%F"]));
        let all = ["balance", "--flat", "-N", "-O", "csv", "-e", next_month.trim()];
        let said = judged(Command::new("hledger").arg("-f").arg(&journal).args(all).args(OF_CAUSES));
        let mut wanted = Nets::new();
        for row in csv::Reader::from_reader(said.as_bytes()).records() {
            let row = row.unwrap();
            add(&mut wanted, &row[0], &row[1]);
        }
        let wanted = that_have_any(wanted);
        let mut found = Nets::new();
        let labels = labels_of_causes(&books);
        for each in books.json(&["balances", "--at", last_day.trim()])["balances"].as_array().unwrap() {
            let name = each["account"].as_str().unwrap();
            if let Some(id) = name.split(':').nth(2).filter(|id| id.starts_with("cau_")) {
                let currency = each["currency"].as_str().unwrap();
                let net = minor(each["credits"].as_str().unwrap()) - minor(each["debits"].as_str().unwrap());
                found.insert(labels[id].clone(), (net, currency.to_owned()));
            }
        }
        assert_eq!(that_have_any(found), wanted, "{month}");
        assert_ne!(wanted, before, "{month} changed nothing, so it proves nothing");
        before = wanted;
    }
}

/// The labels by which exports call causes, by their ids.
fn labels_of_causes(books: &Books) -> BTreeMap<String, String> {
    let causes = books.json(&["causes"]);
    let label = |cause: &serde_json::Value| {
        let text = |name: &str| cause[name].as_str().unwrap().to_owned();
        (text("id"), spelled(&text("external_id")))
    };
    causes.as_array().unwrap().iter().map(label).collect()
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
