//! Floor 3: the rules. Commands in, events and postings out; no clock, no randomness, no I/O.

pub mod command;
pub mod decide;
pub mod event;
pub mod notices;
pub mod personal;
pub mod posting_rules;
pub mod rejection;
pub mod state;
pub mod totals_rules;
