//! Steps that read the past.

use ledger_core::{
    Account, AccountBalance, AsOf, BalanceSheet, Currency, Date, LedgerError, Period, StatementOf,
    TrialBalance,
};

use super::commands::Fields;
use super::lines::account;
use super::names::Names;
use super::played::Played;
use super::run::Answer;
use super::show;

fn day(fields: &Fields<'_>, name: &str) -> Result<Option<Date>, LedgerError> {
    Ok(fields.text(name).map(|text| text.parse()).transpose()?)
}

/// `at=DAY` or `record=N`; without one, now.
fn as_of(fields: &Fields<'_>) -> Result<Option<AsOf>, LedgerError> {
    let (day, record) = (day(fields, "at")?, fields.number("record"));
    Ok(day.map(AsOf::Day).or(record.map(AsOf::Record)))
}

pub(super) fn trial(ledger: &Played, fields: &Fields<'_>) -> Result<TrialBalance, LedgerError> {
    let as_of = as_of(fields)?;
    fields.finish();
    as_of.map_or_else(|| ledger.trial_balance(), |as_of| ledger.trial_balance_as_of(as_of))
}

pub(super) fn balance(
    ledger: &Played,
    account: &Account,
    fields: &Fields<'_>,
) -> Result<AccountBalance, LedgerError> {
    let as_of = as_of(fields)?;
    fields.finish();
    as_of.map_or_else(|| ledger.balance(account), |as_of| ledger.balance_as_of(account, as_of))
}

pub(super) fn sheet(ledger: &Played, fields: &Fields<'_>) -> Answer {
    let day = day(fields, "at")?.expect("at=DAY");
    fields.finish();
    let shown = |sheet: &BalanceSheet| {
        let text = |minor| sheet.currency.decimal_string(minor);
        format!(
            "{} assets {} = liabilities {} + net assets {} + result {}, {} accounts",
            sheet.currency,
            text(sheet.assets_minor),
            text(sheet.liabilities_minor),
            text(sheet.net_assets_minor),
            text(sheet.result_minor),
            sheet.balances.len()
        )
    };
    Ok(ledger.balance_sheets(day)?.iter().map(shown).collect())
}

pub(super) fn periods(ledger: &Played, fields: &Fields<'_>) -> Answer {
    let by = match fields.text("by").as_deref() {
        Some("month") => Period::Month,
        Some("year") => Period::Year,
        other => panic!("by={other:?}?"),
    };
    fields.finish();
    let shown = ledger.totals_by(by)?.into_iter();
    Ok(shown.map(|of| format!("{} {}", of.period, show::totals(&of.totals))).collect())
}

/// Opening, lines and closing of an account, a cause or a donor.
pub(super) fn statement(
    ledger: &Played,
    names: &Names,
    kind: &str,
    who: &str,
    fields: &Fields<'_>,
) -> Answer {
    let from = day(fields, "from")?.expect("from=DAY");
    let to = day(fields, "to")?.expect("to=DAY");
    let currency: Currency = fields.currency()?;
    fields.finish();
    let of = match kind {
        "account" => StatementOf::Account(account(names, who, fields)?),
        "cause" => StatementOf::Cause(names.id(who).parse()?),
        "donor" => StatementOf::Donor { donor: names.id(who).parse()?, currency },
        other => panic!("no statement of {other:?}"),
    };
    let statement = ledger.statement(&of, from, to)?;
    let text = |minor| statement.currency.decimal_string(minor);
    let mut shown = vec![format!("{from} opening {} {}", text(statement.opening_minor), statement.currency)];
    for line in &statement.lines {
        let (change, balance) = (text(line.change_minor), text(line.balance_minor));
        shown.push(format!("{change} to {balance}: {}", show::history_line(&line.what)));
    }
    shown.push(format!("{to} closing {}", text(statement.closing_minor)));
    Ok(shown)
}
