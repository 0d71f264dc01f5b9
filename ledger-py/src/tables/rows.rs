//! Rows: what of a ledger a table has, read page by page.

use ledger_core::{
    Beneficiary, Cause, CauseId, CauseStatus, Donation, Ledger, LedgerError, Side, Visibility,
};

use super::Kind;
use super::columns::Columns;
use crate::histories::seq_of;

/// Records that are looked at together.
const PAGE: u32 = 4_096;

/// Fills a batch with what follows a place; the place after which the next batch begins, or none after the last one.
pub fn read(
    ledger: &Ledger,
    kind: Kind,
    after: Option<&str>,
    rows: usize,
    columns: &mut Columns,
) -> Result<Option<String>, LedgerError> {
    let text = |seq: Option<u64>| seq.map(|seq| seq.to_string());
    match kind {
        Kind::Donations => donations(ledger, seq_of(after)?, rows, columns).map(text),
        Kind::Entries => entries(ledger, seq_of(after)?, rows, columns).map(text),
        Kind::Balances => balances(ledger, columns).map(|()| None),
        Kind::Causes => causes(ledger, after, columns).map(|()| None),
    }
}

fn donations(
    ledger: &Ledger,
    mut after: u64,
    rows: usize,
    columns: &mut Columns,
) -> Result<Option<u64>, LedgerError> {
    while columns.rows() < rows {
        let page = ledger.donations_after(after, PAGE)?;
        if page.through == after {
            return Ok(None);
        }
        after = page.through;
        for donation in &page.donations {
            parts(donation, columns);
        }
    }
    Ok(Some(after))
}

/// A row for each cause, and one for the tip, which has none.
fn parts(donation: &Donation, columns: &mut Columns) {
    let Some(currency) = donation.designations.first().map(|to| to.amount.currency()) else { return };
    for part in &donation.parts {
        let cause = match part.beneficiary {
            Beneficiary::Cause { cause } => Some(cause.to_string()),
            Beneficiary::Platform => None,
        };
        columns
            .text(Some(&donation.id.to_string()))
            .number(donation.seq)
            .time(donation.recorded_at)
            .day(donation.day)
            .text(Some(&donation.donor.to_string()))
            .text(cause.as_deref())
            .text(Some(currency.code()))
            .money(Some(part.given_minor.into()), currency)
            .money(Some(part.refunded_minor.into()), currency)
            .money(Some(part.disputed_minor.into()), currency)
            .flag(donation.visibility == Visibility::Public)
            .flag(donation.reversed_by.is_some());
    }
}

fn entries(
    ledger: &Ledger,
    mut after: u64,
    rows: usize,
    columns: &mut Columns,
) -> Result<Option<u64>, LedgerError> {
    while columns.rows() < rows {
        let page = ledger.changes(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(None) };
        after = last.seq;
        for change in &page {
            for (entry, number) in change.entries.iter().zip(0_u64..) {
                for line in &entry.lines {
                    let (currency, amount) = (line.account.currency, i128::from(line.amount_minor));
                    let (debit, credit) = if line.side == Side::Debit { (amount, 0) } else { (0, amount) };
                    columns
                        .number(change.seq)
                        .time(change.recorded_at)
                        .day(entry.day)
                        .number(number)
                        .text(Some(&line.account.name.to_string()))
                        .text(Some(currency.code()))
                        .money(Some(debit), currency)
                        .money(Some(credit), currency);
                }
            }
        }
    }
    Ok(Some(after))
}

fn balances(ledger: &Ledger, columns: &mut Columns) -> Result<(), LedgerError> {
    for of in ledger.trial_balance()?.balances {
        let currency = of.account.currency;
        let wide = |minor: u128| i128::try_from(minor).unwrap_or(i128::MAX);
        columns
            .text(Some(&of.account.name.to_string()))
            .text(Some(currency.code()))
            .money(Some(wide(of.balance.debits_minor)), currency)
            .money(Some(wide(of.balance.credits_minor)), currency)
            .money(Some(of.net_minor()), currency)
            .number(of.lines);
    }
    Ok(())
}

fn causes(ledger: &Ledger, after: Option<&str>, columns: &mut Columns) -> Result<(), LedgerError> {
    let mut after: Option<CauseId> = after.map(str::parse).transpose()?;
    loop {
        let page = ledger.causes(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for each in &page {
            cause(each, columns);
        }
    }
}

fn cause(cause: &Cause, columns: &mut Columns) {
    let (currency, totals) = (cause.currency, &cause.totals);
    let status = match cause.status {
        CauseStatus::Open => "open",
        CauseStatus::Paused => "paused",
        CauseStatus::Closed => "closed",
    };
    columns
        .text(Some(&cause.id.to_string()))
        .text(Some(&cause.details.name))
        .text(cause.details.external_id.as_deref())
        .text(Some(status))
        .text(Some(currency.code()))
        .money(cause.details.goal.map(|goal| goal.minor().into()), currency)
        .money(Some(totals.gross_minor), currency)
        .money(Some(totals.refunded_minor), currency)
        .money(Some(totals.disputed_minor), currency)
        .money(Some(totals.fees_minor), currency)
        .money(Some(totals.adjusted_minor), currency)
        .money(Some(totals.net_minor()), currency)
        .money(Some(totals.pending_minor), currency)
        .money(Some(totals.paid_out_minor), currency)
        .number(u64::try_from(totals.donations).unwrap_or(0));
}
