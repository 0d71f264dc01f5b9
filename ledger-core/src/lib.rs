//! wip
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        reason = "tests fail by panicking"
    )
)]
#![allow(dead_code, reason = "wip")]
mod accounting;
mod giving;
mod machine;
mod vocabulary;
pub use vocabulary::{date::*, error_code::*, ids::*, money::*, time::*};
