//! Another process: opens the folder that is its only argument, and says the number of the error, or 0.

use std::io::Write;

use ledger_core::{Ledger, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("no folder given")?;
    let said = match Ledger::open(folder, Options::new()) {
        Ok(ledger) => {
            ledger.close()?;
            "0".to_owned()
        }
        Err(error) => error.code().number().to_string(),
    };
    std::io::stdout().write_all(said.as_bytes())?;
    Ok(())
}
