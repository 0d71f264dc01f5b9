//! Floor 0: the words everything else is said in. No rules about donations, no storage, no clock.

pub mod date;
pub mod error_code;
pub mod fault;
pub mod hex;
pub mod ids;
pub mod money;
pub mod month;
pub mod named;
pub mod quote;
pub mod split;
pub mod time;
