//! `ledger`: the operator's tool, as a program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ledger_cli::operate(std::env::args_os()).into()
}
