//! Everything that a ledger answers as text, a line for each thing, so that a person sees what has changed.
//!
//! Fields without a value are left out and fields are sorted, so a field that is added later and says nothing, or
//! one that moves, changes no line. Nor does one that only follows from those beside it: what totals come to.

use std::collections::BTreeSet;
use std::fmt::Write;

use ledger_core::{Command, Cursor, KeyStatus, Ledger, Order, PageRequest, Period, PublicGift};
use serde_json::Value;

use crate::dump::{Dump, dump};

/// Figures of totals that follow from the others.
const DERIVED: [&str; 2] = ["raised", "held"];

fn told(value: serde_json::Result<Value>) -> String {
    without_nothing(value.unwrap()).to_string()
}

fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let follows = |name: &str| DERIVED.contains(&name) && fields.contains_key("gross");
            let said = |(name, value): &(String, Value)| !value.is_null() && !follows(name);
            let fields: std::collections::BTreeMap<String, Value> =
                fields.clone().into_iter().filter(said).collect();
            Value::Object(fields.into_iter().map(|(name, value)| (name, without_nothing(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_nothing).collect()),
        other => other,
    }
}

/// All answers of a ledger; `commands` are those of whose keys it is asked too.
pub fn dump_text(ledger: &Ledger, commands: &[Command]) -> String {
    let keys: BTreeSet<&str> = commands.iter().filter_map(Command::key).collect();
    let all = dump(ledger, &[]);
    let (mut text, identity) = (String::new(), ledger.identity());
    writeln!(text, "ledger {} {:?} {}", identity.ledger, identity.mode, identity.created).unwrap();
    writeln!(text, "root {}", ledger.audit().unwrap().root).unwrap();
    writeln!(text, "seq, donors, causes, donations, entries {:?}", all.counts).unwrap();
    of_records(&mut text, &all);
    of_owners(&mut text, &all);
    of_lookups(&mut text, ledger, &all);
    of_the_public(&mut text, ledger, &all);
    of_money(&mut text, ledger, &all);
    for key in keys.into_iter().chain(["never used"]) {
        match ledger.status(key).unwrap() {
            KeyStatus::Committed { committed } => writeln!(text, "key {key}: record {}", committed.seq),
            _ => writeln!(text, "key {key}: unseen"),
        }
        .unwrap();
    }
    text
}

fn of_records(text: &mut String, all: &Dump) {
    for change in &all.changes {
        writeln!(text, "record {}", told(serde_json::to_value(change))).unwrap();
    }
}

/// Donors with their profiles and causes, each with totals and history, and donations with their words.
fn of_owners(text: &mut String, all: &Dump) {
    let mut histories = all.histories.iter();
    let mut history = |text: &mut String| {
        for line in histories.next().unwrap() {
            writeln!(text, "  {}", told(serde_json::to_value(line))).unwrap();
        }
    };
    for donor in &all.donors {
        writeln!(text, "donor {}", told(serde_json::to_value(donor))).unwrap();
        history(text);
    }
    for cause in &all.causes {
        writeln!(text, "cause {}", told(serde_json::to_value(cause))).unwrap();
        history(text);
    }
    for donation in &all.donations {
        writeln!(text, "donation {}", told(serde_json::to_value(donation))).unwrap();
    }
}

/// Who is found by the e-mail addresses and external ids of donors and causes.
fn of_lookups(text: &mut String, ledger: &Ledger, all: &Dump) {
    for donor in &all.donors {
        if let Some(email) = &donor.profile.email {
            let found = ledger.donor_by_email(&email.to_uppercase()).unwrap().map(|donor| donor.asked_as);
            writeln!(text, "e-mail {email}: {found:?}").unwrap();
        }
        if let Some(id) = &donor.profile.external_id {
            let found = ledger.donor_by_external_id(id).unwrap().map(|donor| donor.asked_as);
            writeln!(text, "donor's external id {id}: {found:?}").unwrap();
        }
    }
    for id in all.causes.iter().filter_map(|cause| cause.details.external_id.as_ref()) {
        let found = ledger.cause_by_external_id(id).unwrap().map(|cause| cause.id);
        writeln!(text, "cause's external id {id}: {found:?}").unwrap();
    }
}

fn of_the_public(text: &mut String, ledger: &Ledger, all: &Dump) {
    for cause in &all.causes {
        let (mut gifts, mut cursor): (Vec<PublicGift>, Option<Cursor>) = (Vec::new(), None);
        loop {
            let request = PageRequest { order: Order::NewestFirst, cursor, lines_max: 50 };
            let page = ledger.public_gifts(cause.id, &request).unwrap();
            gifts.extend(page.gifts);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        writeln!(text, "public {}", cause.id).unwrap();
        for gift in gifts {
            writeln!(text, "  {}", told(serde_json::to_value(gift))).unwrap();
        }
    }
}

/// Balances, what was posted to each account, balance sheets, totals of months and years.
fn of_money(text: &mut String, ledger: &Ledger, all: &Dump) {
    for (balance, lines) in all.trial_balance.balances.iter().zip(&all.lines) {
        writeln!(text, "balance {}", told(serde_json::to_value(balance))).unwrap();
        for line in lines {
            writeln!(text, "  {}", told(serde_json::to_value(line))).unwrap();
        }
    }
    for sum in &all.trial_balance.sums {
        writeln!(text, "sum {}", told(serde_json::to_value(sum))).unwrap();
    }
    let last = all.changes.iter().map(|change| change.day).max();
    for sheet in last.into_iter().flat_map(|day| ledger.balance_sheets(day).unwrap()) {
        writeln!(text, "sheet {}", told(serde_json::to_value(sheet))).unwrap();
    }
    for period in [Period::Month, Period::Year] {
        for totals in ledger.totals_by(period).unwrap() {
            // The period beside its figures, as the first fixtures have it.
            let mut figures = serde_json::to_value(totals.totals).unwrap();
            figures["period"] = totals.period.into();
            writeln!(text, "totals {}", told(Ok(figures))).unwrap();
        }
    }
}
