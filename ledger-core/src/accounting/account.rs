//! Accounts: buckets of one currency, named by a path whose first word is their type.

use core::fmt;
use core::str::FromStr;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::ids::{CauseId, DisputeId, RefundId};
use crate::vocabulary::money::Currency;
use crate::vocabulary::named::{self, Coded};
use crate::vocabulary::quote::figures_only;

/// The left or the right column of an account.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
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
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
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
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
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
    /// `income:contributions:<cause>`: what was given to a charity's own cause; donor-restricted.
    Contributions {
        /// The cause.
        cause: CauseId,
    },
    /// `expenses:fees:<cause>`: processor fees that a charity's own cause bears.
    FeesOfCause {
        /// The cause.
        cause: CauseId,
    },
    /// `equity:restricted:<cause>`: what closed periods left for a charity's own cause.
    Restricted {
        /// The cause.
        cause: CauseId,
    },
    /// `equity:unrestricted`: what closed periods left for the book's owner.
    Unrestricted,
    /// `assets:processor:<processor>:pending`: what a payment processor collected and did not pay out yet. Below zero
    /// where it took back more.
    ProcessorPending {
        /// The account at the processor: 1 to 40 of a-z, 0-9 and hyphens.
        processor: String,
    },
    /// `liabilities:cause:<cause>:in_transit`: what was sent to a cause and did not arrive yet.
    CauseInTransit {
        /// The cause.
        cause: CauseId,
    },
    /// `income:platform:fees`: what a platform keeps of gifts for itself.
    PlatformFees,
    /// `liabilities:refunds:pending:<refund>`: what was promised to a donor and is not known to have reached them.
    RefundPending {
        /// The refund.
        refund: RefundId,
    },
    /// `assets:disputes:held:<dispute>`: what was withdrawn by the donor's bank and is not decided.
    DisputeHeld {
        /// The dispute.
        dispute: DisputeId,
    },
    /// `liabilities:cause:<cause>:held`: what a cause cannot have until a dispute is decided.
    CauseHeld {
        /// The cause.
        cause: CauseId,
    },
    /// `assets:receivable:cause:<cause>`: what a cause owes, because it was paid too much.
    CauseReceivable {
        /// The cause.
        cause: CauseId,
    },
    /// `expenses:processor:dispute-fees`: what processors charge for disputes.
    DisputeFees,
    /// `expenses:processor:cover`: processor fees that causes bore and the platform gave back to them.
    FeeCover,
    /// `expenses:bad-debt:causes`: what causes owed and did not pay back.
    BadDebt,
    /// `expenses:disputes:beyond-gift`: what the donor's bank took beyond what was left of the gift.
    BeyondGift,
    /// `liabilities:suspense:unidentified`: money that is not known to be anybody's gift.
    Unidentified,
    /// `equity:fx:trading`: what was exchanged, so that each currency balances for itself.
    FxTrading,
}

impl AccountName {
    /// The type, which the first word of the name says too.
    pub fn account_type(&self) -> AccountType {
        match self {
            Self::Bank { .. }
            | Self::Imported
            | Self::ProcessorPending { .. }
            | Self::DisputeHeld { .. }
            | Self::CauseReceivable { .. } => AccountType::Asset,
            Self::CauseAvailable { .. }
            | Self::CauseInTransit { .. }
            | Self::CauseHeld { .. }
            | Self::RefundPending { .. }
            | Self::Unidentified => AccountType::Liability,
            Self::Tips | Self::Contributions { .. } | Self::PlatformFees => AccountType::Revenue,
            Self::ProcessorFees
            | Self::TipShareOfFees
            | Self::FeesOfCause { .. }
            | Self::DisputeFees
            | Self::FeeCover
            | Self::BadDebt
            | Self::BeyondGift => AccountType::Expense,
            Self::Restricted { .. } | Self::Unrestricted | Self::FxTrading => AccountType::NetAssets,
        }
    }

    /// The name with another word for its cause, such as the cause's label in an export.
    pub fn shown_with(&self, word_for: impl FnOnce(CauseId) -> String) -> String {
        match self {
            Self::Bank { bank } => format!("assets:bank:{bank}"),
            Self::Imported => "assets:imported".to_owned(),
            Self::CauseAvailable { cause } => format!("liabilities:cause:{}:available", word_for(*cause)),
            Self::Tips => "income:platform:tips".to_owned(),
            Self::ProcessorFees => "expenses:processor:fees".to_owned(),
            Self::TipShareOfFees => "expenses:processor:tip-share".to_owned(),
            Self::Contributions { cause } => format!("income:contributions:{}", word_for(*cause)),
            Self::FeesOfCause { cause } => format!("expenses:fees:{}", word_for(*cause)),
            Self::Restricted { cause } => format!("equity:restricted:{}", word_for(*cause)),
            Self::Unrestricted => "equity:unrestricted".to_owned(),
            Self::ProcessorPending { processor } => format!("assets:processor:{processor}:pending"),
            Self::CauseInTransit { cause } => format!("liabilities:cause:{}:in_transit", word_for(*cause)),
            Self::PlatformFees => "income:platform:fees".to_owned(),
            Self::RefundPending { refund } => format!("liabilities:refunds:pending:{refund}"),
            Self::DisputeHeld { dispute } => format!("assets:disputes:held:{dispute}"),
            Self::CauseHeld { cause } => format!("liabilities:cause:{}:held", word_for(*cause)),
            Self::CauseReceivable { cause } => format!("assets:receivable:cause:{}", word_for(*cause)),
            Self::DisputeFees => "expenses:processor:dispute-fees".to_owned(),
            Self::FeeCover => "expenses:processor:cover".to_owned(),
            Self::BadDebt => "expenses:bad-debt:causes".to_owned(),
            Self::BeyondGift => "expenses:disputes:beyond-gift".to_owned(),
            Self::Unidentified => "liabilities:suspense:unidentified".to_owned(),
            Self::FxTrading => "equity:fx:trading".to_owned(),
        }
    }

    /// Every account that a cause can have, in either chart.
    pub fn of_cause(cause: CauseId) -> [Self; 7] {
        [
            Self::CauseAvailable { cause },
            Self::Contributions { cause },
            Self::FeesOfCause { cause },
            Self::Restricted { cause },
            Self::CauseInTransit { cause },
            Self::CauseHeld { cause },
            Self::CauseReceivable { cause },
        ]
    }

    /// The cause whose money this is, if it is a cause's. Over all accounts of a cause, credits less debits are
    /// what its totals say is held for it.
    pub fn cause(&self) -> Option<CauseId> {
        match self {
            Self::CauseAvailable { cause }
            | Self::Contributions { cause }
            | Self::FeesOfCause { cause }
            | Self::Restricted { cause }
            | Self::CauseInTransit { cause }
            | Self::CauseHeld { cause }
            | Self::CauseReceivable { cause } => Some(*cause),
            Self::Bank { .. }
            | Self::Imported
            | Self::Tips
            | Self::ProcessorFees
            | Self::TipShareOfFees
            | Self::Unrestricted
            | Self::ProcessorPending { .. }
            | Self::PlatformFees
            | Self::RefundPending { .. }
            | Self::DisputeHeld { .. }
            | Self::DisputeFees
            | Self::FeeCover
            | Self::BadDebt
            | Self::BeyondGift
            | Self::Unidentified
            | Self::FxTrading => None,
        }
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown_with(|cause| cause.to_string()))
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
        let unknown = || AccountNameError { shown: figures_only(text) };
        if let Some(bank) = text.strip_prefix("assets:bank:") {
            return is_bank_name(bank).then(|| Self::Bank { bank: bank.to_owned() }).ok_or_else(unknown);
        }
        if let Some(rest) = text.strip_prefix("assets:processor:") {
            let processor = rest.strip_suffix(":pending").filter(|name| is_bank_name(name));
            let named = processor.map(|name| Self::ProcessorPending { processor: name.to_owned() });
            return named.ok_or_else(unknown);
        }
        if let Some(refund) = text.strip_prefix("liabilities:refunds:pending:") {
            return refund.parse().map(|refund| Self::RefundPending { refund }).map_err(|_| unknown());
        }
        if let Some(dispute) = text.strip_prefix("assets:disputes:held:") {
            return dispute.parse().map(|dispute| Self::DisputeHeld { dispute }).map_err(|_| unknown());
        }
        // A name that has a cause has one.
        if let Some(cause) = text.split(':').find_map(|part| part.parse().ok()) {
            return Self::of_cause(cause)
                .into_iter()
                .find(|name| name.to_string() == text)
                .ok_or_else(unknown);
        }
        let plain = [
            Self::Imported,
            Self::Tips,
            Self::ProcessorFees,
            Self::TipShareOfFees,
            Self::Unrestricted,
            Self::PlatformFees,
            Self::DisputeFees,
            Self::FeeCover,
            Self::BadDebt,
            Self::BeyondGift,
            Self::Unidentified,
            Self::FxTrading,
        ];
        plain.into_iter().find(|name| name.to_string() == text).ok_or_else(unknown)
    }
}

/// The name as text.
impl Serialize for AccountName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        named::serialize("AccountName", self, &self.to_string(), serializer)
    }
}

impl<'de> Deserialize<'de> for AccountName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        named::deserialize("AccountName", |name: String| name.parse().ok(), deserializer)
    }
}

/// Whether a bank account, or one at a processor, may be called this: 1 to 40 of a-z, 0-9 and hyphens, no hyphen first. (A part of a name
/// begins with a letter or a digit in every accounting language.)
pub fn is_bank_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&name.len()) && name.bytes().all(allowed) && !name.starts_with('-')
}

/// A text that names no account of the chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{shown} is not the name of an account: pass a name as balances list it")]
pub struct AccountNameError {
    /// What was given, if it has figures and signs only; otherwise word that it is not shown.
    pub shown: String,
}

impl Coded for AccountNameError {
    fn code(&self) -> ErrorCode {
        self.code()
    }
}

impl AccountNameError {
    /// The stable code of this error.
    pub fn code(&self) -> ErrorCode {
        ErrorCode::MalformedId
    }
}

/// A bucket of one currency.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
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
            "income:contributions:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "expenses:fees:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "equity:restricted:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "equity:unrestricted",
            "assets:processor:stripe:pending",
            "liabilities:cause:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV:in_transit",
            "income:platform:fees",
            "liabilities:refunds:pending:ref_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "assets:disputes:held:dis_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "liabilities:cause:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV:held",
            "assets:receivable:cause:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "expenses:processor:dispute-fees",
            "expenses:processor:cover",
            "expenses:bad-debt:causes",
            "expenses:disputes:beyond-gift",
            "liabilities:suspense:unidentified",
            "equity:fx:trading",
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
            "assets:bank:-x",
            "assets:bank:a b",
            "liabilities:cause:x:available",
            "income",
            "assets:processor:stripe",
            "assets:processor:Stripe:pending",
            "liabilities:refunds:pending:cau_01ARZ3NDEKTSV4RRFFQ69G5FAV",
        ] {
            assert!(bad.parse::<AccountName>().is_err(), "{bad}");
        }
    }
}
