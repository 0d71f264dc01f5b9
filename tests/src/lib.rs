//! What the tests of donation-ledger share. Nothing here is part of the library.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::missing_panics_doc,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

pub mod book;
pub mod cases;
pub mod damage;
pub mod dice;
pub mod dump;
pub mod dump_text;
pub mod fixture;
pub mod folder;
pub mod imported_books;
pub mod importing;
pub mod judges;
pub mod kill;
pub mod lives;
pub mod localstripe;
pub mod model;
pub mod plain_csv;
pub mod power;
pub mod rehearsal;
pub mod scenario;
pub mod shared_data;
pub mod truth;
pub mod whole_life;
