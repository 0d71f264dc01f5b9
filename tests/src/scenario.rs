//! Scenarios: what is done and what is answered, as data that every language runs.
//! `tests/scenarios/README.md` describes the format.

pub mod commands;
pub mod copies;
mod corrections;
mod damage;
pub mod disputes;
mod facts;
pub mod imports;
pub mod lines;
pub mod names;
pub mod parse;
mod past;
mod payments;
pub mod played;
pub mod run;
mod settlements;
pub mod show;
mod webhooks;
