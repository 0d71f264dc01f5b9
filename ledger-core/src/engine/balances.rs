//! Balances of accounts as they are at one moment, and their sums.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::committed::AccountBalance;
use super::error::LedgerError;
use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::records::row::{HistoryOf, Row, RowKey};
use crate::storage::View;
use crate::storage::owners::{OwnerKind, owners};
use crate::vocabulary::money::Currency;

/// Rows that a whole-ledger question reads at once.
const PAGE: usize = 1_000;

/// Debits and credits of one currency over all accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CurrencySum {
    /// The currency.
    pub currency: Currency,
    /// Sum of all debits, in minor units.
    pub debits_minor: u128,
    /// Sum of all credits, in minor units; equal to the debits.
    pub credits_minor: u128,
}

/// As `{"currency": "EUR", "debits": "12.30", "credits": "12.30"}`.
impl Serialize for CurrencySum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sums = Balance { debits_minor: self.debits_minor, credits_minor: self.credits_minor };
        let mut fields = serializer.serialize_struct("CurrencySum", 3)?;
        fields.serialize_field("currency", &self.currency)?;
        sums.serialize_into(self.currency, &mut fields)?;
        fields.end()
    }
}

/// All balances at one moment; debits equal credits in every currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct TrialBalance {
    /// The moment: the last record that is in it.
    pub seq: u64,
    /// Every account that was ever posted to, in the order of the chart.
    pub balances: Vec<AccountBalance>,
    /// The sums, in order of currency.
    pub sums: Vec<CurrencySum>,
}

/// The balance of an account; zero for one that was never posted to.
pub fn balance(view: &dyn View, account: &Account) -> Result<AccountBalance, LedgerError> {
    let row = view.row(&RowKey::Owner(HistoryOf::Account(account.clone())))?;
    let (balance, lines) = match row.as_deref() {
        Some(Row::Account(row)) => (row.balance, row.history.count),
        Some(_) | None => (Balance::default(), 0),
    };
    Ok(AccountBalance { account: account.clone(), balance, lines })
}

/// All balances and their sums.
pub fn trial_balance(view: &dyn View) -> Result<TrialBalance, LedgerError> {
    Ok(trial_balance_of(view.head().seq, account_rows(view)?))
}

/// Balances with their sums.
pub fn trial_balance_of(seq: u64, balances: Vec<AccountBalance>) -> TrialBalance {
    let sums = sums_of(&balances);
    TrialBalance { seq, balances, sums }
}

/// Every account that was ever posted to, in the order of the chart.
pub fn account_rows(view: &dyn View) -> Result<Vec<AccountBalance>, LedgerError> {
    let mut balances: Vec<AccountBalance> = Vec::new();
    let mut after: Option<HistoryOf> = None;
    loop {
        let page = owners(view, after.as_ref(), OwnerKind::Accounts, PAGE)?;
        let is_last = page.len() < PAGE;
        after = page.last().map(|(owner, _)| owner.clone());
        balances.extend(page.into_iter().filter_map(|(owner, row)| match (owner, row.as_ref()) {
            (HistoryOf::Account(account), Row::Account(row)) => {
                Some(AccountBalance { account, balance: row.balance, lines: row.history.count })
            }
            _ => None,
        }));
        if is_last {
            return Ok(balances);
        }
    }
}

fn sums_of(balances: &[AccountBalance]) -> Vec<CurrencySum> {
    let mut sums: Vec<CurrencySum> = Vec::new();
    for AccountBalance { account, balance, .. } in balances {
        let currency = account.currency;
        let place = sums.binary_search_by_key(&currency, |sum| sum.currency).unwrap_or_else(|place| {
            sums.insert(place, CurrencySum { currency, debits_minor: 0, credits_minor: 0 });
            place
        });
        if let Some(sum) = sums.get_mut(place) {
            sum.debits_minor = sum.debits_minor.saturating_add(balance.debits_minor);
            sum.credits_minor = sum.credits_minor.saturating_add(balance.credits_minor);
        }
    }
    sums
}
