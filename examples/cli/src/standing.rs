//! `ledger standing`: what a cause was given, what became of that, and what it has.

use std::process::ExitCode;

use ledger_core::{CauseId, CauseStanding, Ledger, Rejection};

use crate::args::Output;
use crate::problem::Problem;
use crate::reading::find_cause;
use crate::screen::Screen;

/// Where a cause stands.
#[derive(clap::Args)]
pub struct Standing {
    /// The cause, by id or external id.
    pub cause: String,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

pub fn run(ledger: &Ledger, task: &Standing, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let cause = find_cause(ledger, &task.cause)?;
    let standing = ledger.standing(cause)?.ok_or(Rejection::UnknownCause { cause })?;
    if task.output.json {
        screen.json(&standing)?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = ledger.cause(cause)?.map(|found| found.details.name).unwrap_or_default();
    screen.line(&format!("{cause}  {name}"))?;
    screen.table(&rows(&standing))?;
    Ok(ExitCode::SUCCESS)
}

fn rows(standing: &CauseStanding) -> Vec<Vec<String>> {
    let CauseStanding { totals, currency, .. } = standing;
    let figures = [
        ("gross", totals.gross_minor),
        ("refunded", totals.refunded_minor),
        ("disputed", totals.disputed_minor),
        ("fees", totals.fees_minor),
        ("adjusted", totals.adjusted_minor),
        ("net", totals.net_minor()),
        ("pending", totals.pending_minor),
        ("available", standing.available_minor),
        ("held", standing.held_minor),
        ("in transit", standing.in_transit_minor),
        ("owed", standing.owed_minor),
        ("paid out", totals.paid_out_minor),
        ("written off", totals.written_off_minor),
    ];
    figures
        .map(|(name, minor)| vec![name.to_owned(), currency.decimal_string(minor), currency.to_string()])
        .to_vec()
}

/// What to call a cause: its external id, or else its id.
pub fn label(ledger: &Ledger, cause: CauseId) -> Result<String, Problem> {
    let external_id = ledger.cause(cause)?.and_then(|found| found.details.external_id);
    Ok(external_id.unwrap_or_else(|| cause.to_string()))
}
