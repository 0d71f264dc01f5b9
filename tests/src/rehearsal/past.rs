//! The past: balances as of days and records, statements, totals by period, against lists that are searched
//! from end to end.

use std::collections::{BTreeMap, BTreeSet};

use ledger_core::{
    Account, AsOf, CauseId, Date, DonorId, Ledger, Period, Side, Statement, StatementOf, TrialBalance,
};

use super::agreement::sums_agree;
use crate::model::{AccountLineSeen, Model, Move, MoveOf, Sheet, Sums};

/// Compares the past with the model, at a few days and records.
pub(super) fn the_past_agrees(ledger: &Ledger, model: &Model) {
    let days = days_of(model);
    for &day in &days {
        as_of_agrees(ledger, model, AsOf::Day(day), |line| line.day <= day);
        sheets_agree(ledger, day);
    }
    for seq in [0, model.seq / 2, model.seq] {
        as_of_agrees(ledger, model, AsOf::Record(seq), |line| line.seq <= seq);
    }
    let beyond =
        ledger.trial_balance_as_of(AsOf::Record(model.seq + 1)).map_err(|error| error.code().number());
    assert_eq!(beyond.err(), Some(1026), "a record that is not there yet");
    periods_agree(ledger, model);
    if let [first, .., last] = days[..] {
        let middle = days[days.len() / 2];
        statements_agree(ledger, model, [first, middle, last]);
    }
}

/// Days on which something happened, the ones beside them, and the ends of the calendar: at most seven.
fn days_of(model: &Model) -> Vec<Date> {
    let happened: BTreeSet<Date> = model.moves.iter().map(|each| each.day).collect();
    let some = happened.iter().step_by(1 + happened.len() / 3).flat_map(|day| [Some(*day), day.next()]);
    let ends = ["1900-01-01", "9999-12-31"].map(|day| Some(day.parse().expect("a day")));
    let days: BTreeSet<Date> = some.chain(ends).flatten().collect();
    days.into_iter().collect()
}

fn as_of_agrees(ledger: &Ledger, model: &Model, as_of: AsOf, counts: impl Fn(&AccountLineSeen) -> bool) {
    let trial: TrialBalance = ledger.trial_balance_as_of(as_of).expect("a read");
    let found: BTreeMap<(String, String), (u128, u128, u64)> = trial
        .balances
        .iter()
        .map(|each| {
            let name = (each.account.name.to_string(), each.account.currency.code().to_owned());
            (name, (each.balance.debits_minor, each.balance.credits_minor, each.lines))
        })
        .collect();
    let mut wanted = BTreeMap::new();
    for (name, sheet) in &model.sheets {
        let (mut debits, mut credits, mut lines) = (0_u128, 0_u128, 0_u64);
        for line in sheet.lines.iter().filter(|line| counts(line)) {
            *(if line.is_debit { &mut debits } else { &mut credits }) += u128::from(line.minor);
            lines += 1;
        }
        if lines > 0 {
            wanted.insert(name.clone(), (debits, credits, lines));
        }
    }
    assert_eq!(found, wanted, "trial balance as of {as_of:?}");
    assert!(
        trial.sums.iter().all(|sum| sum.debits_minor == sum.credits_minor),
        "{as_of:?}: {:?}",
        trial.sums
    );
}

fn sheets_agree(ledger: &Ledger, day: Date) {
    for sheet in ledger.balance_sheets(day).expect("a read") {
        let claims = sheet.liabilities_minor + sheet.net_assets_minor + sheet.result_minor;
        assert_eq!(sheet.assets_minor, claims, "balance sheet of {day} in {}", sheet.currency);
    }
}

fn periods_agree(ledger: &Ledger, model: &Model) {
    for (period, letters) in [(Period::Month, 7), (Period::Year, 4)] {
        let mut wanted: BTreeMap<(String, String), Sums> = BTreeMap::new();
        for each in model.moves.iter().filter(|each| each.of == MoveOf::AllCauses) {
            let name = each.day.to_string()[..letters].to_owned();
            wanted.entry((name, each.code.clone())).or_default().add(&each.sums);
        }
        let found = ledger.totals_by(period).expect("a read");
        let names: Vec<(String, String)> =
            found.iter().map(|of| (of.period.clone(), of.totals.currency.code().to_owned())).collect();
        assert_eq!(names, wanted.keys().cloned().collect::<Vec<_>>(), "periods by {period:?}");
        for (of, sums) in found.iter().zip(wanted.values()) {
            sums_agree(&of.period, &of.totals, sums);
        }
    }
}

/// Two periods that follow each other: each statement says what the model says, and the second goes on where
/// the first ends.
fn statements_agree(ledger: &Ledger, model: &Model, [first, middle, last]: [Date; 3]) {
    let check = |of: &StatementOf, nets: &[(Date, i128)]| {
        let opening: i128 = nets.iter().filter(|(day, _)| *day < first).map(|(_, net)| net).sum();
        let one = ledger.statement(of, first, middle).expect("a statement");
        let opening = agrees(&one, of, nets, opening);
        if let Some(from) = middle.next().filter(|from| *from <= last) {
            let other = ledger.statement(of, from, last).expect("a statement");
            assert_eq!(other.opening_minor, one.closing_minor, "{of:?} does not go on");
            agrees(&other, of, nets, opening);
        }
        let reversed = ledger.statement(of, middle, first).map_err(|error| error.code().number());
        if first < middle {
            assert_eq!(reversed.err(), Some(1017), "a period that ends before it begins");
        }
    };
    for ((name, code), sheet) in &model.sheets {
        let account =
            Account { name: name.parse().expect("a name"), currency: code.parse().expect("a currency") };
        check(&StatementOf::Account(account.clone()), &nets_of_sheet(&account, sheet));
    }
    for cause in &model.causes {
        check(&StatementOf::Cause(cause.id), &nets_of_moves(model, |each| is_of_cause(each, cause.id)));
    }
    for donor in &model.donors {
        for code in ["EUR", "JPY"] {
            let currency = code.parse().expect("a currency");
            let nets = nets_of_moves(model, |each| is_of_donor(model, each, donor.id) && each.code == code);
            check(&StatementOf::Donor { donor: donor.id, currency }, &nets);
        }
    }
}

fn is_of_cause(each: &Move, cause: CauseId) -> bool {
    each.of == MoveOf::Cause(cause)
}

fn is_of_donor(model: &Model, each: &Move, donor: DonorId) -> bool {
    if let MoveOf::Donor(of) = each.of { model.kept(of) == model.kept(donor) } else { false }
}

/// Days and what was added, in order of days, and within a day as it was recorded.
fn nets_of_moves(model: &Model, wanted: impl Fn(&Move) -> bool) -> Vec<(Date, i128)> {
    let of = model.moves.iter().filter(|each| wanted(each));
    let mut nets: Vec<(Date, i128)> = of.map(|each| (each.day, each.sums.net())).collect();
    nets.sort_by_key(|(day, _)| *day);
    nets.retain(|(_, net)| *net != 0);
    nets
}

fn nets_of_sheet(account: &Account, sheet: &Sheet) -> Vec<(Date, i128)> {
    let grows_on_debit = account.name.account_type().normal_side() == Side::Debit;
    let signed = |line: &AccountLineSeen| {
        let minor = i128::from(line.minor);
        (line.day, if line.is_debit == grows_on_debit { minor } else { -minor })
    };
    let mut nets: Vec<(Date, i128)> = sheet.lines.iter().map(signed).collect();
    nets.sort_by_key(|(day, _)| *day);
    nets
}

/// Compares a statement; gives what it must close with.
fn agrees(found: &Statement, of: &StatementOf, nets: &[(Date, i128)], opening: i128) -> i128 {
    assert_eq!(found.opening_minor, opening, "opening of {of:?} from {} to {}", found.from, found.to);
    let mut balance = opening;
    let of_period = nets.iter().filter(|(day, _)| (found.from..=found.to).contains(day));
    let wanted: Vec<(Date, i128, i128)> = of_period
        .map(|(day, net)| {
            balance += net;
            (*day, *net, balance)
        })
        .collect();
    let lines: Vec<(Date, i128, i128)> =
        found.lines.iter().map(|line| (line.what.day, line.change_minor, line.balance_minor)).collect();
    assert_eq!(lines, wanted, "lines of {of:?} from {} to {}", found.from, found.to);
    assert_eq!(found.closing_minor, balance, "closing of {of:?}");
    balance
}
