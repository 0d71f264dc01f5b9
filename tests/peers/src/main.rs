//! Compares the ledger with what people would use instead, in one run on one machine. See README.md beside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    clippy::doc_markdown,
    reason = "a benchmark reads the clock, starts threads, counts in floats, prints, fails by panicking, and names other stores as they name themselves"
)]

mod arguments;
mod comparison;
mod figures;
mod gifts;
mod machine;
mod picture;
mod process;
mod rows;
mod runs;
mod steps;
mod store;
mod stores;
mod sums;
mod table;
mod verdict;

use clap::Parser;

use arguments::{Arguments, Part};

fn main() {
    let arguments = Arguments::parse();
    match arguments.part {
        Some(Part::Measure(measure)) => steps::run(&measure),
        None => comparison::run(&arguments.comparison),
    }
}
