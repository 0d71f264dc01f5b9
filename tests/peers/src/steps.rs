//! What one process measures.

mod giving;
pub mod ours;
pub mod raw;
mod reading;

use std::io::Write;

use crate::arguments::{Measure, Step};
use crate::figures::Measured;
use crate::store::Engine;

/// Donations of a group in bulk.
pub const GROUP: u64 = 1_000;
/// Clients at the same time.
pub const CLIENTS: usize = 64;

/// Measures one step and prints its figures. A step whose store does not hold what it acknowledged panics.
pub fn run(measure: &Measure) {
    let measured = match (measure.engine, measure.step) {
        (Engine::Raw, _) => raw::measure(measure),
        (_, Step::One) => giving::one(measure),
        (_, Step::Many) => giving::many(measure),
        (_, Step::Bulk | Step::BulkThenDie) => giving::bulk(measure),
        (_, Step::Reads) => reading::reads(measure),
        (Engine::Ledger, Step::BulkFec) => ours::bulk_fec(measure),
        (Engine::Ledger, Step::ReadersBeside) => reading::readers_beside(measure),
        (Engine::Ledger, Step::Open) => ours::open(measure),
        (Engine::Ledger, Step::Upkeep) => ours::upkeep(measure),
        (Engine::Ledger, Step::Import) => ours::import(measure),
        (engine, step) => panic!("{engine:?} is not asked for {step:?}"),
    };
    print(&measured);
}

/// One line of JSON, at once.
pub fn print(measured: &Measured) {
    println!("{}", serde_json::to_string(measured).unwrap());
    std::io::stdout().flush().unwrap();
}
