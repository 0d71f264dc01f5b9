//! `ledger reallocate` and `ledger period close`: what an accountant does with the books.

use std::process::ExitCode;

use clap::Subcommand;
use ledger_core::{Amount, ClosePeriod, EntryKind, Ledger};

use crate::args::Output;
use crate::problem::Problem;
use crate::reading::find_cause;
use crate::screen::Screen;
use crate::writing::{day, show};

/// Moving money between causes.
#[derive(clap::Args)]
pub struct Reallocate {
    /// The cause that gives it up, by id or external id.
    #[arg(long)]
    pub from: String,
    /// The cause that receives it.
    #[arg(long)]
    pub to: String,
    /// How much.
    #[arg(long)]
    pub amount: String,
    /// One per act.
    #[arg(long)]
    pub key: String,
    /// The day, as 2026-01-31.
    #[arg(long)]
    pub on: Option<String>,
    /// An adjusting entry: its day may lie in a closed period.
    #[arg(long)]
    pub adjusting: bool,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// What can be done with periods.
#[derive(Subcommand)]
pub enum PeriodTask {
    /// Close all days up to one that is over.
    #[command(
        after_help = "Example:\n  ledger --dir books period close --through 2025-12-31 --key close-2025"
    )]
    Close {
        /// The last day of the period.
        #[arg(long, value_name = "DATE")]
        through: String,
        /// One per act.
        #[arg(long)]
        key: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

pub fn reallocate(ledger: &Ledger, task: &Reallocate, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let (from, to) = (find_cause(ledger, &task.from)?, find_cause(ledger, &task.to)?);
    let unknown = || ledger_core::LedgerError::from(ledger_core::Rejection::UnknownCause { cause: from });
    let currency = ledger.cause(from)?.ok_or_else(unknown)?.currency;
    let committed = ledger.reallocate(ledger_core::Reallocate {
        key: task.key.clone(),
        from,
        to,
        amount: Amount::parse(&task.amount, currency)?,
        occurred_on: day(task.on.as_deref())?,
        entry: if task.adjusting { EntryKind::Adjusting } else { EntryKind::Ordinary },
    })?;
    let id = committed.reallocation().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, task.output, screen)
}

pub fn period(ledger: &Ledger, task: &PeriodTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let PeriodTask::Close { through, key, output } = task;
    let through = through.parse()?;
    let committed = ledger.close_period(ClosePeriod { key: key.clone(), through })?;
    show(format!("closed through {through}"), &committed, *output, screen)
}
