//! The past: balances as of a day or a record, the balance sheet of a day, totals by month and year.
//!
//! As of a **day** means everything that happened up to that day, inclusive, as it is known now: a gift that is
//! recorded late with an old day changes it. As of a **record** means the book as it stood after that record:
//! nothing that comes later changes it.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::balances::{TrialBalance, account_rows, trial_balance_of};
use super::committed::AccountBalance;
use super::error::LedgerError;
use super::history::{posted_line, record_at};
use super::months::posted_before;
use super::places::PlaceReader;
use crate::accounting::account::{Account, AccountType};
use crate::accounting::balance::Balance;
use crate::giving::totals::Totals;
use crate::machine::rejection::Rejection;
use crate::records::codec;
use crate::records::row::{HistoryOf, MonthOf, Row, RowKey};
use crate::storage::View;
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::money::Currency;
use crate::vocabulary::month::Month;

/// A moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum AsOf {
    /// Everything that happened up to this day, inclusive, as it is known now.
    Day(Date),
    /// The book as it stood after this record; 0 is before the first.
    Record(u64),
}

/// The balance of an account at a moment.
pub fn balance_as_of(view: &dyn View, account: &Account, as_of: AsOf) -> Result<AccountBalance, LedgerError> {
    check_reached(view, as_of)?;
    posted(view, account, as_of)
}

fn posted(view: &dyn View, account: &Account, as_of: AsOf) -> Result<AccountBalance, LedgerError> {
    let (balance, lines) = match as_of {
        AsOf::Day(day) => posted_before(view, account, day.next())?,
        AsOf::Record(seq) => posted_until(view, account, seq)?,
    };
    Ok(AccountBalance { account: account.clone(), balance, lines })
}

/// All balances at a moment, of accounts that had been posted to by then.
pub fn trial_balance_as_of(view: &dyn View, as_of: AsOf) -> Result<TrialBalance, LedgerError> {
    check_reached(view, as_of)?;
    let mut balances = Vec::new();
    for now in account_rows(view)? {
        let then = posted(view, &now.account, as_of)?;
        balances.extend((then.lines > 0).then_some(then));
    }
    let seq = match as_of {
        AsOf::Day(_) => view.head().seq,
        AsOf::Record(seq) => seq,
    };
    Ok(trial_balance_of(seq, balances))
}

fn check_reached(view: &dyn View, as_of: AsOf) -> Result<(), Rejection> {
    let last = view.head().seq;
    match as_of {
        AsOf::Record(seq) if seq > last => Err(Rejection::RecordNotReached { seq, last }),
        AsOf::Record(_) | AsOf::Day(_) => Ok(()),
    }
}

/// What an account had come to after a record: its last line up to there says so.
fn posted_until(view: &dyn View, account: &Account, seq: u64) -> Result<(Balance, u64), LedgerError> {
    let mut places = PlaceReader::open(view, &HistoryOf::Account(account.clone()))?;
    let (mut low, mut high) = (0, places.count());
    while low < high {
        let middle = low.midpoint(high);
        if places.at(middle)?.seq <= seq {
            low = middle.saturating_add(1);
        } else {
            high = middle;
        }
    }
    let Some(last) = low.checked_sub(1) else { return Ok((Balance::default(), 0)) };
    let place = places.at(last)?;
    let record = record_at(view, place)?;
    let line = posted_line(&record, account, place)?.line;
    Ok((line.balance, line.number))
}

/// What the book owns, owes and has of its own on a day, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct BalanceSheet {
    /// The currency.
    pub currency: Currency,
    /// Accounts of assets, liabilities and net assets, in the order of the chart.
    pub balances: Vec<AccountBalance>,
    /// Sum of the assets, in minor units.
    pub assets_minor: i128,
    /// Sum of the liabilities.
    pub liabilities_minor: i128,
    /// Sum of the net assets that closed periods left.
    pub net_assets_minor: i128,
    /// Revenue less expenses that no period has closed yet. Assets = liabilities + net assets + result.
    pub result_minor: i128,
}

impl BalanceSheet {
    fn empty(currency: Currency) -> Self {
        let (assets_minor, liabilities_minor, net_assets_minor, result_minor) = (0, 0, 0, 0);
        Self {
            currency,
            balances: Vec::new(),
            assets_minor,
            liabilities_minor,
            net_assets_minor,
            result_minor,
        }
    }

    fn add(&mut self, balance: AccountBalance) {
        let (account_type, net) = (balance.account.name.account_type(), balance.net_minor());
        let (sum, more) = match account_type {
            AccountType::Asset => (&mut self.assets_minor, net),
            AccountType::Liability => (&mut self.liabilities_minor, net),
            AccountType::NetAssets => (&mut self.net_assets_minor, net),
            AccountType::Revenue => (&mut self.result_minor, net),
            AccountType::Expense => (&mut self.result_minor, net.saturating_neg()),
        };
        *sum = sum.saturating_add(more);
        if !matches!(account_type, AccountType::Revenue | AccountType::Expense) {
            self.balances.push(balance);
        }
    }
}

/// Sums as decimal strings.
impl Serialize for BalanceSheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |minor| self.currency.figure(minor);
        let mut fields = serializer.serialize_struct("BalanceSheet", 6)?;
        fields.serialize_field("currency", &self.currency)?;
        fields.serialize_field("balances", &self.balances)?;
        fields.serialize_field("assets", &text(self.assets_minor))?;
        fields.serialize_field("liabilities", &text(self.liabilities_minor))?;
        fields.serialize_field("net_assets", &text(self.net_assets_minor))?;
        fields.serialize_field("result", &text(self.result_minor))?;
        fields.end()
    }
}

/// The balance sheet of a day, one for each currency, in order of currency.
pub fn balance_sheets(view: &dyn View, day: Date) -> Result<Vec<BalanceSheet>, LedgerError> {
    let mut sheets: Vec<BalanceSheet> = Vec::new();
    for balance in trial_balance_as_of(view, AsOf::Day(day))?.balances {
        let currency = balance.account.currency;
        let place = sheets.binary_search_by_key(&currency, |sheet| sheet.currency).unwrap_or_else(|place| {
            sheets.insert(place, BalanceSheet::empty(currency));
            place
        });
        if let Some(sheet) = sheets.get_mut(place) {
            sheet.add(balance);
        }
    }
    Ok(sheets)
}

/// By what totals are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// By calendar month.
    Month,
    /// By calendar year.
    Year,
}

impl Period {
    fn of(self, month: Month) -> String {
        match self {
            Self::Month => month.to_string(),
            Self::Year => format!("{:04}", month.year()),
        }
    }
}

/// The totals of a month or a year in one currency: what was added in it, by the days on which it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct PeriodTotals {
    /// The period: `2026-03`, or `2026`.
    pub period: String,
    /// What all causes together received in it; a gift to several causes counts as one.
    pub totals: Totals,
}

/// Totals of all causes by period, oldest first, currencies in order within a period. Periods in which nothing
/// happened are left out.
pub fn totals_by(view: &dyn View, period: Period) -> Result<Vec<PeriodTotals>, LedgerError> {
    // Whatever is in a total is on accounts too.
    let currencies: BTreeSet<Currency> =
        account_rows(view)?.iter().map(|each| each.account.currency).collect();
    let mut all: BTreeMap<(String, Currency), Totals> = BTreeMap::new();
    for currency in currencies {
        let bound = |month| RowKey::Month(MonthOf::AllCauses(currency), month);
        for (key, row) in view.between(&bound(Month::BEFORE), &bound(Month::AFTER), usize::MAX)? {
            let Row::TotalsMonth(row) = row.as_ref() else {
                return Err(Fault::state("row that should be TotalsMonth", 0).into());
            };
            let of = (period.of(codec::decode_month(&key)?), currency);
            all.entry(of).or_insert_with(|| Totals::zero(currency)).add(&row.totals);
        }
    }
    Ok(all.into_iter().map(|((period, _), totals)| PeriodTotals { period, totals }).collect())
}
