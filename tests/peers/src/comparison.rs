//! The whole: rounds in which every store has its turn, then the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::arguments::Comparison;
use crate::machine;
use crate::picture;
use crate::rows::{Row, Sizes, rows};
use crate::runs::{Run, Runner};
use crate::steps::raw::sync_ms;
use crate::table;
use crate::verdict::{Rounds, absolute, judge};

/// Compares, and prints what came of it.
pub fn run(comparison: &Comparison) {
    let folder = folder(comparison);
    let sync = sync_ms(&folder);
    machine::print(&folder, sync);
    let sizes = if comparison.quick { Sizes::QUICK } else { Sizes::FULL };
    let part = comparison.only.as_deref().unwrap_or_default();
    let rows: Vec<Row> = rows(sizes).into_iter().filter(|row| row.name.contains(part)).collect();
    assert!(!rows.is_empty(), "no row has {part:?} in its name");
    let count = comparison.rounds.unwrap_or(if comparison.quick { 3 } else { 5 });
    let rounds = measure(&rows, &folder, count);
    let judged = judge(&rows, &rounds, sync);
    let absolute = absolute(&rounds);
    table::print("What every run came to", &absolute);
    table::print("The comparison", &judged);
    if let Some(file) = &comparison.json {
        let all: Vec<_> = judged.iter().chain(&absolute).collect();
        fs::write(file, serde_json::to_string_pretty(&all).unwrap() + "\n").unwrap();
    }
    if let Some(file) = &comparison.svg {
        fs::write(file, picture::draw(&judged, &rounds)).unwrap();
    }
}

/// Where the stores lie: in target/, on the disk that the project is on.
fn folder(comparison: &Comparison) -> PathBuf {
    let folder = comparison.folder.clone().unwrap_or_else(|| {
        let program = std::env::current_exe().unwrap();
        program.parent().unwrap().parent().unwrap().join("peers")
    });
    fs::create_dir_all(&folder).unwrap();
    folder.canonicalize().unwrap()
}

fn measure(rows: &[Row], folder: &std::path::Path, count: u32) -> Rounds {
    let runs: BTreeSet<Run> = rows.iter().flat_map(Row::runs).filter(|run| run.missing().is_none()).collect();
    for missing in rows.iter().flat_map(Row::runs).filter_map(Run::missing).collect::<BTreeSet<_>>() {
        println!("\n!!!! NOT HERE: {missing}. Its rows are not measured, and not met.");
    }
    let mut runner = Runner::new(folder);
    println!("a record of the ledger in bulk    {} B, also for the raw log", runner.record_bytes());
    let mut rounds = Rounds::new();
    for round in 0..count {
        let mut order: Vec<Run> = runs.iter().copied().collect();
        order.sort_by_key(|run| run.order(round));
        for run in order {
            let start = Instant::now();
            eprint!("round {} of {count}: {run} … ", round + 1);
            rounds.entry(run).or_default().push(runner.measure(run));
            eprintln!("{:.1} s", start.elapsed().as_secs_f64());
        }
    }
    rounds
}
