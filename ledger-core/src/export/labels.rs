//! Names of accounts in exports: a cause by its external id, where that can stand in an account name and no
//! other cause has one that differs in case only; otherwise by its id.

use std::collections::BTreeMap;

use crate::accounting::account::AccountName;
use crate::engine::committed::AccountBalance;
use crate::engine::error::LedgerError;
use crate::ledger::Ledger;
use crate::vocabulary::ids::{CauseId, LedgerId};
use crate::vocabulary::money::Currency;

/// What an export needs to know beforehand, of one moment.
pub struct Labels {
    /// The ledger.
    pub ledger: LedgerId,
    /// The moment: the last record that is exported.
    pub seq: u64,
    /// All accounts with what they came to.
    pub balances: Vec<AccountBalance>,
    causes: BTreeMap<CauseId, String>,
}

impl Labels {
    /// The labels of a ledger now.
    pub fn of(ledger: &Ledger) -> Result<Self, LedgerError> {
        let trial = ledger.trial_balance()?;
        let mut labels: BTreeMap<String, (CauseId, String)> = BTreeMap::new();
        let mut after = None;
        loop {
            let page = ledger.causes(after, super::PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            for cause in page {
                if let Some(label) = cause.details.external_id.filter(|label| is_account_part(label)) {
                    // Of two that differ in case only, the first keeps its label.
                    labels.entry(label.to_uppercase()).or_insert((cause.id, label));
                }
            }
        }
        let causes = labels.into_values().collect();
        Ok(Self { ledger: ledger.identity().ledger, seq: trial.seq, balances: trial.balances, causes })
    }

    /// The name of an account.
    pub fn name(&self, account: &AccountName) -> String {
        account.shown_with(|cause| self.cause(cause))
    }

    fn cause(&self, cause: CauseId) -> String {
        self.causes.get(&cause).cloned().unwrap_or_else(|| cause.to_string())
    }

    /// The currencies that occur, in order.
    pub fn currencies(&self) -> Vec<Currency> {
        let mut currencies: Vec<Currency> = self.balances.iter().map(|each| each.account.currency).collect();
        currencies.sort();
        currencies.dedup();
        currencies
    }
}

fn is_account_part(label: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    // Some forms write the underscore of an id as a hyphen, so neither may begin a label.
    let begins_as_id = label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("cau-"));
    label.starts_with(|first: char| first.is_ascii_alphanumeric())
        && label.bytes().all(allowed)
        && !begins_as_id
}
