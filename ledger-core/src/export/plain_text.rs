//! The form that hledger and ledger read. At its end it asserts the balance of every account, so a reader
//! that adds up differently says so.

use std::io::{Result, Write};

use super::labels::Labels;
use super::{Form, narration};
use crate::accounting::account::Side;
use crate::engine::changes::Change;
use crate::vocabulary::date::Date;
use crate::vocabulary::money::Currency;

#[derive(Default)]
pub(super) struct PlainText {
    last_day: Option<Date>,
}

impl Form for PlainText {
    fn begin(&mut self, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        writeln!(out, "; {} as of record {}: debits positive, credits negative", labels.ledger, labels.seq)?;
        for currency in labels.currencies() {
            writeln!(out, "commodity {currency}")?;
            // An amount to show the digits by. Without digits there is no spelling that both tools read (hledger
            // wants `1000.`, ledger refuses it), and none is needed: both then show amounts as they are written.
            if currency.minor_digits() > 0 {
                let digits = currency.decimal_string(1000_i128.saturating_mul(scale(currency)));
                writeln!(out, "    format {digits} {currency}")?;
            }
        }
        let mut names: Vec<String> =
            labels.balances.iter().map(|each| labels.name(&each.account.name)).collect();
        // An account of several currencies is declared once; those of one name follow each other.
        names.dedup();
        for name in names {
            writeln!(out, "account {name}")?;
        }
        Ok(())
    }

    fn change(&mut self, change: &Change, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        for entry in &change.entries {
            self.last_day = self.last_day.max(Some(entry.day));
            writeln!(out, "\n{} * ({}) {}", entry.day, change.seq, narration(change, entry))?;
            for line in &entry.lines {
                let amount = signed(line.side, line.amount_minor.into());
                write_line(out, &labels.name(&line.account.name), line.account.currency, amount)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        // On the day of the last entry and behind it, because assertions hold in order of date and place.
        let Some(day) = self.last_day else { return Ok(()) };
        writeln!(out, "\n{day} * balances as of record {}", labels.seq)?;
        for each in &labels.balances {
            let currency = each.account.currency;
            write_line(out, &labels.name(&each.account.name), currency, 0)?;
            writeln!(out, " = {} {currency}", currency.decimal_string(each.balance.net_debit_minor()))?;
        }
        Ok(())
    }
}

fn write_line(out: &mut dyn Write, name: &str, currency: Currency, minor: i128) -> Result<()> {
    write!(out, "    {name}  {} {currency}", currency.decimal_string(minor))
}

/// Ten to the number of digits: one unit in minor units.
fn scale(currency: Currency) -> i128 {
    10_i128.checked_pow(currency.minor_digits()).unwrap_or(1)
}

/// Debits positive, credits negative.
pub(super) fn signed(side: Side, minor: i128) -> i128 {
    match side {
        Side::Debit => minor,
        Side::Credit => minor.saturating_neg(),
    }
}
