//! Balances: two running totals that only grow, so that a sign is never stored and never misread.

use bincode::{Decode, Encode};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize};

use super::account::{AccountType, Side};
use crate::vocabulary::money::Currency;

/// What was debited and credited to an account so far, in minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Balance {
    /// Sum of all debits.
    pub debits_minor: u128,
    /// Sum of all credits.
    pub credits_minor: u128,
}

impl Balance {
    /// The balance after one more posting; `None` beyond 128 bits.
    pub fn posted(self, side: Side, amount_minor: u64) -> Option<Self> {
        let amount = u128::from(amount_minor);
        Some(match side {
            Side::Debit => Self { debits_minor: self.debits_minor.checked_add(amount)?, ..self },
            Side::Credit => Self { credits_minor: self.credits_minor.checked_add(amount)?, ..self },
        })
    }

    /// Writes both columns as decimal strings of a currency.
    pub(crate) fn serialize_into<F: SerializeStruct>(
        self,
        currency: Currency,
        fields: &mut F,
    ) -> Result<(), F::Error> {
        let text = |minor: u128| currency.figure(i128::try_from(minor).unwrap_or(i128::MAX));
        fields.serialize_field("debits", &text(self.debits_minor))?;
        fields.serialize_field("credits", &text(self.credits_minor))
    }

    /// The side and amounts that would bring the balance to zero: none where nothing is on it, more than one where
    /// it is more than one posting can hold.
    pub fn to_zero(self) -> (Side, impl Iterator<Item = u64>) {
        let (side, mut left) = match self.debits_minor.checked_sub(self.credits_minor) {
            Some(debit) => (Side::Credit, debit),
            None => (Side::Debit, self.credits_minor.saturating_sub(self.debits_minor)),
        };
        let amounts = core::iter::from_fn(move || {
            let amount = u64::try_from(left).unwrap_or(u64::MAX);
            left = left.saturating_sub(amount.into());
            (amount > 0).then_some(amount)
        });
        (side, amounts)
    }

    /// Debits less credits, saturating.
    pub fn net_debit_minor(self) -> i128 {
        let clamp = |value: u128| i128::try_from(value).unwrap_or(i128::MAX);
        clamp(self.debits_minor).saturating_sub(clamp(self.credits_minor))
    }

    /// The net on the side where accounts of this type grow: positive means "as usual".
    pub fn net_minor(self, account_type: AccountType) -> i128 {
        match account_type.normal_side() {
            Side::Debit => self.net_debit_minor(),
            Side::Credit => self.net_debit_minor().saturating_neg(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_only_grow_and_the_net_follows_the_type() {
        let balance = Balance::default().posted(Side::Credit, 100).unwrap().posted(Side::Debit, 30).unwrap();
        assert_eq!((balance.debits_minor, balance.credits_minor), (30, 100));
        assert_eq!(balance.net_minor(AccountType::Liability), 70);
        assert_eq!(balance.net_minor(AccountType::Asset), -70);
        let three = Balance { debits_minor: 3 * u128::from(u64::MAX) + 7, credits_minor: 5 };
        let (side, amounts) = three.to_zero();
        assert_eq!(
            (side, amounts.collect::<Vec<_>>()),
            (Side::Credit, vec![u64::MAX, u64::MAX, u64::MAX, 2])
        );
        assert_eq!(Balance::default().to_zero().1.count(), 0);
        let full = Balance { debits_minor: u128::MAX, credits_minor: 0 };
        assert_eq!(full.posted(Side::Debit, 1), None);
    }
}
