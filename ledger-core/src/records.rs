//! Floor 4: how facts become bytes and rows.

pub mod codec;
pub mod fold;
#[cfg(test)]
mod golden_tests;
pub mod history;
pub mod record;
pub mod row;
pub mod rows;
pub mod sealed;
pub mod sealing;
