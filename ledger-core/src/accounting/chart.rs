//! The chart of accounts: which account plays which part, for each kind of book.

use serde::{Deserialize, Serialize};

use super::account::{Account, AccountName};
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Currency;

/// Whose books these are. Chosen at creation, never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BookMode {
    /// A platform that passes money on: what a cause may have is a liability (ASC 958-605-25-23).
    Agency,
    /// One charity's own books: a gift is income with donor restrictions (ASC 958-605-45-3), its causes are what
    /// the money is restricted to.
    Principal,
}

impl BookMode {
    /// The word used on disk and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Principal => "principal",
        }
    }

    /// The mode of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Agency, Self::Principal].into_iter().find(|mode| mode.word() == word)
    }
}

/// The chart of one book mode and one currency.
#[derive(Debug, Clone, Copy)]
pub struct Chart {
    mode: BookMode,
    currency: Currency,
}

impl Chart {
    /// The chart of a mode in a currency.
    pub fn new(mode: BookMode, currency: Currency) -> Self {
        Self { mode, currency }
    }

    /// The chart of the same books in another currency.
    #[must_use]
    pub fn in_currency(self, currency: Currency) -> Self {
        Self { currency, ..self }
    }

    /// Where gifts to a cause are credited and refunds debited.
    pub fn gifts_to(self, cause: CauseId) -> Account {
        match self.mode {
            BookMode::Agency => self.account(AccountName::CauseAvailable { cause }),
            BookMode::Principal => self.account(AccountName::Contributions { cause }),
        }
    }

    /// What a cause's share of a fee is debited to.
    pub fn fees_of(self, cause: CauseId) -> Account {
        match self.mode {
            BookMode::Agency => self.account(AccountName::CauseAvailable { cause }),
            BookMode::Principal => self.account(AccountName::FeesOfCause { cause }),
        }
    }

    /// Where tips to the platform are credited.
    pub fn tips(self) -> Account {
        self.account(AccountName::Tips)
    }

    /// What a tip's share of a fee is debited to.
    pub fn fee_on_tips(self) -> Account {
        self.account(AccountName::TipShareOfFees)
    }

    /// What a fee is debited to when the platform bears it.
    pub fn fees_of_platform(self) -> Account {
        self.account(AccountName::ProcessorFees)
    }

    /// The net assets into which closing a period moves what is on an account of revenue or expenses: those
    /// that are restricted to its cause, or the unrestricted ones.
    pub fn closed_into(account: &Account) -> Account {
        let name =
            account.name.cause().map_or(AccountName::Unrestricted, |cause| AccountName::Restricted { cause });
        Account { name, currency: account.currency }
    }

    /// An account of this currency by name.
    pub fn account(self, name: AccountName) -> Account {
        Account { name, currency: self.currency }
    }
}
