//! Copies of a ledger beside its writer, and examining one as it lies there. No lock of the ledger that is read is
//! taken, nothing of it is changed, and nothing beyond its `HEAD` is read.

pub mod copy;
#[cfg(all(test, feature = "testkit"))]
mod copy_tests;
pub mod examine;
pub mod follow;
#[cfg(all(test, feature = "testkit"))]
mod follow_tests;
pub mod keys;
pub mod source;
pub mod standby;
