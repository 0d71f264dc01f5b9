//! Journal entries: balanced sets of postings. An unbalanced one cannot be made.

use serde::{Deserialize, Serialize};

use super::account::{Account, Side};
use crate::vocabulary::money::{Amount, Currency};

/// One line of an entry: an account, a side and a positive amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// The side.
    pub side: Side,
    /// Minor units of the account's currency, at least 1.
    pub amount_minor: u64,
}

impl Posting {
    /// A debit of an account.
    pub fn debit(account: Account, amount_minor: u64) -> Self {
        Self { account, side: Side::Debit, amount_minor }
    }

    /// A credit of an account.
    pub fn credit(account: Account, amount_minor: u64) -> Self {
        Self { account, side: Side::Credit, amount_minor }
    }

    /// The amount with its currency.
    pub fn amount(&self) -> Option<Amount> {
        Amount::from_minor(i64::try_from(self.amount_minor).ok()?, self.account.currency).ok()
    }
}

/// A balanced, immutable set of postings: debits equal credits in every currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    postings: Vec<Posting>,
}

/// Postings that do not balance, or of which there are none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "postings do not balance: {debits_minor} debited, {credits_minor} credited, in the first currency that differs"
)]
pub struct Unbalanced {
    /// Sum of the debits.
    pub debits_minor: u128,
    /// Sum of the credits.
    pub credits_minor: u128,
}

impl JournalEntry {
    /// An entry of these postings, unless they are none, are empty or do not balance.
    pub fn balanced(postings: Vec<Posting>) -> Result<Self, Unbalanced> {
        // In the order of the currencies, so that the same postings are always refused in the same words.
        let mut currencies: Vec<Currency> = postings.iter().map(|posting| posting.account.currency).collect();
        currencies.sort_unstable();
        currencies.dedup();
        let uneven = currencies
            .into_iter()
            .map(|currency| sums_in(&postings, currency))
            .find(|(debits, credits)| debits != credits || *debits == 0);
        let empty_line = postings.iter().any(|posting| posting.amount_minor == 0);
        match uneven {
            None if !postings.is_empty() && !empty_line => Ok(Self { postings }),
            _ => {
                let (debits_minor, credits_minor) = uneven.unwrap_or_default();
                Err(Unbalanced { debits_minor, credits_minor })
            }
        }
    }

    /// The postings, in the order in which they were given.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// Takes the entry apart.
    pub fn into_postings(self) -> Vec<Posting> {
        self.postings
    }
}

/// What is debited and credited in a currency.
fn sums_in(postings: &[Posting], currency: Currency) -> (u128, u128) {
    let (mut debits, mut credits) = (0_u128, 0_u128);
    for posting in postings.iter().filter(|posting| posting.account.currency == currency) {
        let column = match posting.side {
            Side::Debit => &mut debits,
            Side::Credit => &mut credits,
        };
        *column = column.saturating_add(posting.amount_minor.into());
    }
    (debits, credits)
}

#[cfg(test)]
mod tests {
    use super::super::account::AccountName;
    use super::*;

    fn account(name: AccountName, currency: &str) -> Account {
        Account { name, currency: currency.parse().unwrap() }
    }

    #[test]
    fn only_balanced_postings_make_an_entry() {
        let bank = account(AccountName::Imported, "EUR");
        let tips = account(AccountName::Tips, "EUR");
        let yen = account(AccountName::Tips, "JPY");
        let balanced =
            JournalEntry::balanced(vec![Posting::debit(bank.clone(), 5), Posting::credit(tips.clone(), 5)]);
        assert_eq!(balanced.unwrap().postings().len(), 2);
        let uneven =
            JournalEntry::balanced(vec![Posting::debit(bank.clone(), 5), Posting::credit(tips.clone(), 4)]);
        assert_eq!(uneven, Err(Unbalanced { debits_minor: 5, credits_minor: 4 }));
        assert!(
            JournalEntry::balanced(vec![Posting::debit(bank.clone(), 5), Posting::credit(yen, 5)]).is_err()
        );
        assert!(JournalEntry::balanced(vec![]).is_err());
        assert!(JournalEntry::balanced(vec![Posting::debit(bank, 0), Posting::credit(tips, 0)]).is_err());
    }
}
