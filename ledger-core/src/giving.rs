//! Floor 2: who gives, what it is for, one act of giving, and what can still be given back of it.

pub mod adjustment;
pub mod cause;
pub mod correction;
pub mod dispute;
pub mod donation;
pub mod donor;
pub mod payment;
pub mod payout;
pub mod policy;
pub mod provider;
pub mod refund;
pub mod settlement;
pub mod totals;
