//! `ledger-core` for Swift and Kotlin, by `UniFFI`: one object whose methods are one call of core each, and what is done with
//! folders. No rule is here, and no type of core is written a second time: they cross by the derives of core's feature
//! `uniffi`.
//!
//! Every method that can fail returns a `Result`: a panic in one that does not would end a Swift app.

#![allow(
    unsafe_code,
    clippy::needless_pass_by_value,
    reason = "UniFFI writes the scaffolding and hands arguments over by value"
)]
#![allow(clippy::unnecessary_wraps, reason = "an argument that cannot be read is an error of the call")]

mod exchange;
mod folders;
mod ledger;
mod providers;
mod reads;
#[cfg(feature = "testkit")]
mod script;
mod streams;

uniffi::setup_scaffolding!();
