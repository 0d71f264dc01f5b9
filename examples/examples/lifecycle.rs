//! The whole life of a gift, in a ledger of its own: `cargo run --release -p ledger-examples --example lifecycle -- DIR`.
//! Shows what every account came to, and leaves the journal as plain text for hledger in `DIR/lifecycle.journal`.

#![expect(clippy::print_stdout, reason = "it is there to be read")]

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ledger_core::{ExportFormat, Ledger, Options};
use ledger_examples::play_lifecycle;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("name a folder that is empty or not there yet: lifecycle DIR");
        return ExitCode::from(2);
    };
    match show(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn show(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let books = folder.join("books");
    if books.exists() {
        return Err(format!("{} is there already: name another folder", books.display()).into());
    }
    std::fs::create_dir_all(folder)?;
    let ledger = Ledger::open(books, Options::new())?;
    play_lifecycle(&ledger)?;
    for balance in ledger.trial_balance()?.balances {
        println!("{:60} {}", balance.account.to_string(), balance.net_minor());
    }
    let report = ledger.audit()?;
    println!("audit: {} records, {} entries, {:?}", report.records, report.entries, report.difference);
    let text = folder.join("lifecycle.journal");
    ledger.export(ExportFormat::Hledger, &mut File::create(&text)?)?;
    println!("the same for hledger: {}", text.display());
    ledger.close()?;
    Ok(())
}
