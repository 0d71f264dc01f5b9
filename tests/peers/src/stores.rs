//! Each store behind the same trait.

pub mod doubleentry;
pub mod ledger;
pub mod postgres;
pub mod postgres_server;
pub mod raw;
pub mod sqlite;
