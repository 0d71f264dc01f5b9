//! How long a call takes: `ledger-ffi/benches/calls` does the same from other languages, and says what is measured.
//!
//! ```sh
//! cargo run --profile mobile -p ledger-core --example calls -- FOLDER KILLED
//! ```
//! With one folder alone it gives 10,000 gifts there, says so, and waits to be killed.
#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and prints"
)]

use std::time::Instant;

use ledger_core::{
    Amount, CauseDetails, CauseId, Designation, Donate, DonorId, FeeBearer, Ledger, Method, OpenCause,
    Options, RegisterDonor, Visibility,
};

const GIFTS: u32 = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [folder] => prepare(folder),
        [folder, killed] => measure(folder, killed),
        _ => Err("calls FOLDER [KILLED]".into()),
    }
}

fn measure(folder: &str, killed: &str) -> Result<(), Box<dyn std::error::Error>> {
    for (name, folder) in [("open", folder), ("open_killed", killed)] {
        let begun = Instant::now();
        let ledger = Ledger::open(folder, Options::new())?;
        println!("{name} {:.3}", begun.elapsed().as_secs_f64() * 1e3);
        ledger.close()?;
    }
    let ledger = Ledger::in_memory(Options::new())?;
    let (donor, cause) = register(&ledger)?;
    give(&ledger, donor, cause, "warm", GIFTS)?;
    let begun = Instant::now();
    give(&ledger, donor, cause, "gift", GIFTS)?;
    println!("give {:.3}", begun.elapsed().as_secs_f64() * 1e6 / f64::from(GIFTS));
    let begun = Instant::now();
    for _ in 0..GIFTS {
        ledger.cause(cause)?.ok_or("no cause")?;
    }
    println!("read {:.3}", begun.elapsed().as_secs_f64() * 1e6 / f64::from(GIFTS));
    Ok(())
}

fn prepare(folder: &str) -> Result<(), Box<dyn std::error::Error>> {
    let ledger = Ledger::open(folder, Options::new())?;
    let (donor, cause) = register(&ledger)?;
    give(&ledger, donor, cause, "gift", 10_000)?;
    println!("ready");
    loop {
        std::thread::park();
    }
}

fn register(ledger: &Ledger) -> Result<(DonorId, CauseId), Box<dyn std::error::Error>> {
    let donor = ledger.register_donor(RegisterDonor::default())?;
    let details = CauseDetails { name: "Wells".into(), ..CauseDetails::default() };
    let cause = ledger.open_cause(OpenCause { key: None, currency: "EUR".parse()?, details })?;
    Ok((donor.donor().ok_or("no donor")?, cause.cause().ok_or("no cause")?))
}

fn give(
    ledger: &Ledger,
    donor: DonorId,
    cause: CauseId,
    word: &str,
    gifts: u32,
) -> Result<(), Box<dyn std::error::Error>> {
    let euros = "EUR".parse()?;
    for number in 0..gifts {
        ledger.donate(Donate {
            key: format!("{word}-{number}"),
            donor,
            designations: vec![Designation { cause, amount: Amount::parse("25.00", euros)? }],
            tip: None,
            fee: None,
            fee_bearer: FeeBearer::Causes,
            method: Method::Offline { bank: "main".into() },
            occurred_on: None,
            visibility: Visibility::Public,
            memo: None,
        })?;
    }
    Ok(())
}
