//! What a group of gifts changes, added up, so that a store with SQL writes each balance once a group.

use std::collections::BTreeMap;

use crate::gifts::Gift;

/// What is added to a cause.
#[derive(Debug, Clone, Copy, Default)]
pub struct CauseSum {
    /// Cents given.
    pub cents: i64,
    /// Cents of fees.
    pub fees: i64,
    /// Gifts.
    pub gifts: i64,
}

/// What a group adds to donors, causes and the bank.
#[derive(Debug, Default)]
pub struct GroupSums {
    /// Cents and gifts of each donor.
    pub donors: BTreeMap<u32, (i64, i64)>,
    /// Of each cause.
    pub causes: BTreeMap<u32, CauseSum>,
    /// Cents that came to the bank: given less fees.
    pub bank: i64,
}

impl GroupSums {
    /// Adds a gift.
    pub fn add(&mut self, gift: &Gift) {
        let (cents, gifts) = self.donors.entry(gift.donor).or_default();
        *cents += gift.cents();
        *gifts += 1;
        for part in &gift.parts {
            let cause = self.causes.entry(part.cause).or_default();
            cause.cents += part.cents;
            cause.fees += part.fee;
            cause.gifts += 1;
        }
        self.bank += gift.cents() - gift.fee();
    }
}
