//! What a reader costs the writer: the gifts of 2016 imported alone, and while another process reads beside it as fast
//! as it can, in turn. `cargo bench -p ledger-tests --bench beside`; it needs the shared data.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, prints, and fails by panicking"
)]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use ledger_core::{ImportMode, Importer, Ledger, Mapping, Options};
use ledger_tests::importing::Remembering;
use ledger_tests::shared_data;

const PAIRS: usize = 5;
const READER: &str = "--reader";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, READER, folder] = arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        read_without_end(Path::new(folder));
        return;
    }
    let Some(data) = shared_data::folder("data", "the benchmark of reading beside a writer") else { return };
    let file = data.join("fec2016_gifts_SA17A.csv.gz");
    println!("alone      beside     beside/alone  moments seen");
    for _ in 0..PAIRS {
        let (alone, _) = import(&file, Beside::Nobody);
        let (beside, moments) = import(&file, Beside::Reader);
        let ratio = beside.as_secs_f64() / alone.as_secs_f64();
        println!(
            "{:>7.2} s  {:>7.2} s  {ratio:>12.3}  {moments:>12}",
            alone.as_secs_f64(),
            beside.as_secs_f64()
        );
    }
}

/// Who reads meanwhile.
#[derive(Clone, Copy)]
enum Beside {
    Nobody,
    Reader,
}

/// How long the import took, and how many records the reader stopped at on the way.
fn import(file: &Path, beside: Beside) -> (Duration, usize) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let reader = match beside {
        Beside::Nobody => None,
        Beside::Reader => {
            let mut command = Command::new(std::env::current_exe().unwrap());
            Some(command.arg(READER).arg(folder.path()).stdout(Stdio::piped()).spawn().unwrap())
        }
    };
    let start = Instant::now();
    let mapping = Mapping::shipped("fec-schedule-a").unwrap().unwrap();
    let mut importer = Importer::new(&ledger, mapping, ImportMode::Post).unwrap();
    importer.read(MultiGzDecoder::new(File::open(file).unwrap()), &mut Remembering::default()).unwrap();
    let took = start.elapsed();
    drop(importer);
    let moments = reader.map_or(0, |mut reader| {
        reader.kill().unwrap();
        BufReader::new(reader.stdout.take().unwrap()).lines().count()
    });
    ledger.close().unwrap();
    (took, moments)
}

/// Refreshes and asks for all balances; tells each record that it had not stopped at before.
fn read_without_end(folder: &Path) {
    let ledger = Ledger::open_read_only(folder, Options::new()).unwrap();
    let mut last = 0;
    loop {
        let seq = ledger.refresh().unwrap();
        let sums = ledger.trial_balance().unwrap().sums;
        assert!(sums.iter().all(|sum| sum.debits_minor == sum.credits_minor));
        if seq > last {
            println!("{seq}");
            last = seq;
        }
    }
}
