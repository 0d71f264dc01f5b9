//! Accounts: buckets of one currency, named by a path whose first word is their type.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Currency;

/// The left or the right column of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left: assets and expenses grow.
    Debit,
    /// Right: liabilities, net assets and revenue grow.
    Credit,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Debit => Self::Credit,
            Self::Credit => Self::Debit,
        }
    }
}

/// The five types of account of a non-profit's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountType {
    /// What the book owns or is owed.
    Asset,
    /// What the book owes.
    Liability,
    /// What is left: assets less liabilities.
    NetAssets,
    /// What came in to stay.
    Revenue,
    /// What was used up.
    Expense,
}

impl AccountType {
    /// The side on which accounts of this type grow.
    pub fn normal_side(self) -> Side {
        match self {
            Self::Asset | Self::Expense => Side::Debit,
            Self::Liability | Self::NetAssets | Self::Revenue => Side::Credit,
        }
    }
}

/// The name of an account: one of the chart's, some with a part that tells them apart.
///
/// Names are only ever added. The order is the order of rows in storage.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum AccountName {
    /// `assets:bank:<bank>`: money at a bank, or in a till.
    Bank {
        /// 1 to 40 of a-z, 0-9 and hyphens.
        bank: String,
    },
    /// `assets:imported`: the other side of entries that come from another system's records.
    Imported,
    /// `liabilities:cause:<cause>:available`: what is owed to a cause.
    CauseAvailable {
        /// The cause.
        cause: CauseId,
    },
    /// `income:platform:tips`: what donors gave to the platform on top.
    Tips,
    /// `expenses:processor:fees`: processor fees that the platform bears.
    ProcessorFees,
    /// `expenses:processor:tip-share`: the part of a processor fee that falls on a tip.
    TipShareOfFees,
}

impl AccountName {
    /// The type, which the first word of the name says too.
    pub fn account_type(&self) -> AccountType {
        match self {
            Self::Bank { .. } | Self::Imported => AccountType::Asset,
            Self::CauseAvailable { .. } => AccountType::Liability,
            Self::Tips => AccountType::Revenue,
            Self::ProcessorFees | Self::TipShareOfFees => AccountType::Expense,
        }
    }

    /// The cause whose money this is, if it is a cause's.
    pub fn cause(&self) -> Option<CauseId> {
        match self {
            Self::CauseAvailable { cause } => Some(*cause),
            Self::Bank { .. } | Self::Imported | Self::Tips | Self::ProcessorFees | Self::TipShareOfFees => {
                None
            }
        }
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bank { bank } => write!(f, "assets:bank:{bank}"),
            Self::Imported => f.write_str("assets:imported"),
            Self::CauseAvailable { cause } => write!(f, "liabilities:cause:{cause}:available"),
            Self::Tips => f.write_str("income:platform:tips"),
            Self::ProcessorFees => f.write_str("expenses:processor:fees"),
            Self::TipShareOfFees => f.write_str("expenses:processor:tip-share"),
        }
    }
}

impl fmt::Debug for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for AccountName {
    type Err = AccountNameError;

    fn from_str(text: &str) -> Result<Self, AccountNameError> {
        let unknown = || AccountNameError { text: text.chars().take(80).collect() };
        if let Some(bank) = text.strip_prefix("assets:bank:") {
            return is_bank_name(bank).then(|| Self::Bank { bank: bank.to_owned() }).ok_or_else(unknown);
        }
        if let Some(cause) =
            text.strip_prefix("liabilities:cause:").and_then(|rest| rest.strip_suffix(":available"))
        {
            return cause.parse().map(|cause| Self::CauseAvailable { cause }).map_err(|_| unknown());
        }
        [Self::Imported, Self::Tips, Self::ProcessorFees, Self::TipShareOfFees]
            .into_iter()
            .find(|name| name.to_string() == text)
            .ok_or_else(unknown)
    }
}

/// Whether a bank account may be called this: 1 to 40 of a-z, 0-9 and hyphens.
pub fn is_bank_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&name.len()) && name.bytes().all(allowed)
}

/// A text that names no account of the chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not the name of an account: pass a name as balances list it")]
pub struct AccountNameError {
    /// What was given, at most 80 characters of it.
    pub text: String,
}

impl AccountNameError {
    /// The stable code of this error.
    pub fn code(&self) -> ErrorCode {
        ErrorCode::MalformedId
    }
}

/// A bucket of one currency.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Account {
    /// Its name in the chart.
    pub name: AccountName,
    /// Its currency.
    pub currency: Currency,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.currency)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_say_their_type() {
        let names = [
            "assets:bank:main",
            "assets:imported",
            "liabilities:cause:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV:available",
            "income:platform:tips",
            "expenses:processor:fees",
            "expenses:processor:tip-share",
        ];
        for text in names {
            let name: AccountName = text.parse().unwrap();
            assert_eq!(name.to_string(), text);
            let first = match name.account_type() {
                AccountType::Asset => "assets",
                AccountType::Liability => "liabilities",
                AccountType::NetAssets => "equity",
                AccountType::Revenue => "income",
                AccountType::Expense => "expenses",
            };
            assert!(text.starts_with(first), "{text}");
        }
        for bad in [
            "",
            "assets:bank:",
            "assets:bank:Main",
            "assets:bank:a b",
            "liabilities:cause:x:available",
            "income",
        ] {
            assert!(bad.parse::<AccountName>().is_err(), "{bad}");
        }
    }
}
