//! Floor 1: double entry. Knows accounts, sides and balances; knows nothing of the rules of giving.

pub mod account;
pub mod balance;
pub mod chart;
pub mod journal_entry;
