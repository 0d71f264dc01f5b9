//! Thanks for the gifts of a ledger that are not thanked for yet, and says how many they were:
//! `cargo run --release -p ledger-examples --bin thanks -- DIR HOST:PORT`. Run it as often as you like.

#![expect(clippy::print_stdout, reason = "it is there to be read")]

use std::path::Path;
use std::process::ExitCode;

use ledger_core::{Ledger, Opening, Options};
use ledger_examples::{Played, Thanked, send_thanks};
use lettre::SmtpTransport;

/// Who thanks: an app has an address of its own, at which answers are read.
const FROM: &str = "thanks@donation-ledger.invalid";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, server] = arguments.as_slice() else {
        eprintln!("name the folder of a ledger and a mail server: thanks DIR HOST:PORT");
        return ExitCode::from(2);
    };
    match thank(Path::new(folder), server) {
        Ok(Thanked { sent, without_address, refused, taken_back }) => {
            println!(
                "{sent} sent, {without_address} without address, {refused} refused, {taken_back} taken back"
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn thank(folder: &Path, server: &str) -> Played<Thanked> {
    let (host, port) = server.rsplit_once(':').ok_or("name the mail server as HOST:PORT")?;
    // In the clear, which is for a server of this machine alone: it queues what it takes, and sends it on encrypted.
    let mail = SmtpTransport::builder_dangerous(host).port(port.parse()?).build();
    let ledger = Ledger::open(folder, Options::new().opening(Opening::OpenExisting))?;
    let thanked = send_thanks(&ledger, &mail, &FROM.parse()?);
    ledger.close()?;
    Ok(thanked?)
}
