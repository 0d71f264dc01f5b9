//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::store::Engine;

/// Compares donation-ledger with what people would use instead, in one run on one machine.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What a process of its own does for the comparison.
    #[command(subcommand)]
    pub part: Option<Part>,
    /// What to compare, and what to do with the figures.
    #[command(flatten)]
    pub comparison: Comparison,
}

/// What to compare.
#[derive(Args)]
pub struct Comparison {
    /// Small sizes and three rounds; rows that need large sizes say "not measured".
    #[arg(long)]
    pub quick: bool,
    /// Rounds; in each, every store has its turn [default: 5, with --quick 3].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: Option<u32>,
    /// Only rows with this in their name.
    #[arg(long, value_name = "PART")]
    pub only: Option<String>,
    /// Writes the rows as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Draws the ratios.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Where the stores lie while they are measured [default: peers, beside this program in target/].
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// A hidden task: the comparison starts itself once for each.
#[derive(Subcommand)]
pub enum Part {
    /// Measures one step and prints its figures as one line of JSON.
    #[command(hide = true)]
    Measure(Measure),
}

/// One step of one store.
#[derive(Args)]
pub struct Measure {
    /// The store.
    #[arg(long)]
    pub engine: Engine,
    /// What is done.
    #[arg(long)]
    pub step: Step,
    /// How many donations.
    #[arg(long)]
    pub size: u64,
    /// Where: a folder that is there.
    #[arg(long)]
    pub folder: PathBuf,
    /// Bytes of a record, for `raw`.
    #[arg(long, default_value_t = 0)]
    pub record_bytes: usize,
}

/// What one process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// One client, one donation after the other.
    One,
    /// As `one`, into a file whose blocks are there already (`raw` only).
    OnePreallocated,
    /// 64 clients at the same time.
    Many,
    /// 1,000 donations together.
    Bulk,
    /// As `bulk`, then the process ends itself without closing.
    BulkThenDie,
    /// 1,000 donations together in FEC order, with registration of the donors.
    BulkFec,
    /// Reads what an earlier `bulk` wrote.
    Reads,
    /// 64 clients give while two threads read pages.
    ReadersBeside,
    /// Opens what an earlier process left.
    Open,
    /// Makes the state anew, and checks everything.
    Upkeep,
    /// Imports the gifts of 2016.
    Import,
}
