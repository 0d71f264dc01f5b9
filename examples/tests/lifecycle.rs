//! The example `lifecycle` ends at the balances of a journal that hledger, ledger and beancount accept.

#![allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on has to stop"
)]

use std::collections::BTreeMap;

use ledger_core::{ExportFormat, Ledger, Options};
use ledger_examples::play_lifecycle;
use ledger_tests::shared_data;

/// Account and currency, and what it came to in digits without a point: debits less credits.
type Nets = BTreeMap<(String, String), i64>;

/// Adds up the lines of a plain-text journal that have an account, an amount and a currency.
fn nets(journal: &str) -> Nets {
    let mut nets = Nets::new();
    for line in journal.lines().filter(|line| line.starts_with(' ')) {
        let words: Vec<&str> = line.split(';').next().unwrap_or("").split_whitespace().collect();
        if let [account, amount, currency, ..] = words[..]
            && account.contains(':')
            && let Ok(minor) = amount.replace('.', "").parse::<i64>()
        {
            *nets.entry((account.to_owned(), currency.to_owned())).or_default() += minor;
        }
    }
    nets.retain(|_, minor| *minor != 0);
    nets
}

fn played() -> String {
    let ledger = Ledger::in_memory(Options::new()).expect("a ledger");
    play_lifecycle(&ledger).expect("played");
    assert_eq!(ledger.audit().expect("an audit").difference, None);
    let mut text = Vec::new();
    ledger.export(ExportFormat::Hledger, &mut text).expect("an export");
    String::from_utf8(text).expect("a text")
}

#[test]
fn it_ends_at_the_figures_of_the_worked_example() {
    let found = nets(&played());
    let of = |account: &str, code: &str| found.get(&(account.to_owned(), code.to_owned())).copied();
    assert_eq!(of("liabilities:cause:water:available", "EUR"), Some(-92_00));
    assert_eq!(of("liabilities:cause:school:available", "EUR"), None);
    assert_eq!(of("assets:receivable:cause:water", "EUR"), None);
    assert_eq!(of("expenses:bad-debt:causes", "EUR"), Some(30_60));
    assert_eq!(of("assets:processor:stripe:pending", "EUR"), Some(-28_00));
    assert_eq!(found.len(), 15);
}

#[test]
fn it_ends_at_the_balances_of_a_journal_that_others_made() {
    let Some(folder) = shared_data::folder("reference", "the reference life") else { return };
    let theirs = std::fs::read_to_string(folder.join("lifecycle.journal")).expect("the journal");
    // Pledges and matching gifts, from T12 on, are not recorded yet.
    let (theirs, _) = theirs.split_once("; --- T12").expect("T12");
    // They name the currency in accounts that hold several; our causes have one currency each.
    let plain = |name: String, code: &str| {
        let name = name.strip_suffix(&format!(":{code}")).unwrap_or(&name).to_owned();
        name.replace(&format!("-{}:", code.to_lowercase()), ":")
    };
    let named_alike = |nets: Nets| -> Nets {
        nets.into_iter().map(|((name, code), minor)| ((plain(name, &code), code), minor)).collect()
    };
    let theirs = named_alike(nets(theirs));
    assert_eq!(named_alike(nets(&played())), theirs);
    assert_eq!(theirs.len(), 15);
}
