//! Floor 6: the engine. Reads the clock, runs the commit pipeline, answers queries, audits.

pub mod audit;
pub mod balances;
pub mod changes;
pub mod clock;
pub mod collecting;
pub mod committed;
pub mod committer;
pub mod donations;
pub mod error;
pub mod gate;
pub mod gift_life;
pub mod held;
pub mod history;
pub mod history_line;
mod in_the_making;
pub mod months;
pub mod notices;
pub mod past;
pub mod pipeline;
pub mod places;
pub mod public_gifts;
pub mod queries;
pub mod reconciliation;
pub mod rehearsal;
pub mod standing;
pub mod state_reader;
pub mod statement;
