//! The form that beancount reads: parts of account names begin with a capital, accounts are opened before
//! they are used, balances are asserted on the day after the last entry.

use std::io::{Result, Write};

use super::labels::Labels;
use super::plain_text::signed;
use super::{Form, narration};
use crate::engine::changes::Change;
use crate::vocabulary::date::Date;

/// Accounts are open from the first day that an entry may have.
const OPENED: &str = "1900-01-01";

#[derive(Default)]
pub(super) struct Beancount {
    last_day: Option<Date>,
}

impl Form for Beancount {
    fn begin(&mut self, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        writeln!(out, "; {} as of record {}: debits positive, credits negative", labels.ledger, labels.seq)?;
        let mut opened: Vec<String> =
            labels.balances.iter().map(|each| account(&labels.name(&each.account.name))).collect();
        opened.dedup();
        opened.sort();
        opened.dedup();
        for name in opened {
            writeln!(out, "{OPENED} open {name}")?;
        }
        Ok(())
    }

    fn change(&mut self, change: &Change, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        for entry in &change.entries {
            self.last_day = self.last_day.max(Some(entry.day));
            let told = narration(change, entry);
            writeln!(out, "\n{} * \"{told}\"\n  seq: {}", entry.day, change.seq)?;
            for line in &entry.lines {
                let currency = line.account.currency;
                let amount = currency.decimal_string(signed(line.side, line.amount_minor.into()));
                writeln!(out, "  {}  {amount} {currency}", account(&labels.name(&line.account.name)))?;
            }
        }
        Ok(())
    }

    fn end(&mut self, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        // Beancount checks a balance at the start of its day.
        let Some(day) = self.last_day.and_then(Date::next) else {
            return Ok(());
        };
        writeln!(out)?;
        for each in &labels.balances {
            let currency = each.account.currency;
            let net = currency.decimal_string(each.balance.net_debit_minor());
            writeln!(out, "{day} balance {}  {net} {currency}", account(&labels.name(&each.account.name)))?;
        }
        Ok(())
    }
}

/// `liabilities:cause:water:available` as `Liabilities:Cause:Water:Available`; ids lose their underscore.
fn account(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars().map(|each| if each == '_' { '-' } else { each });
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split(':').map(part).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::account;

    #[test]
    fn every_part_begins_with_a_capital_or_digit() {
        assert_eq!(account("liabilities:cause:cau_01J:available"), "Liabilities:Cause:Cau-01J:Available");
        assert_eq!(account("expenses:processor:tip-share"), "Expenses:Processor:Tip-share");
    }
}
