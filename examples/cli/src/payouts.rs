//! `ledger payout`: what causes are paid.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{Ledger, Payout, PayoutId, PayoutReport, ProposePayout, Rejection, ReportPayout};

use crate::acts::{Act, DatedAct};
use crate::amounts::{amount, currency_of_cause};
use crate::args::Output;
use crate::problem::Problem;
use crate::reading::find_cause;
use crate::screen::Screen;
use crate::standing::label;

/// What can be done with payouts.
#[derive(Subcommand)]
pub enum PayoutTask {
    /// Propose to pay a cause what is available to it. Nothing is reserved yet.
    #[command(
        after_help = "Example:\n  ledger --dir books payout propose water --amount 30.60 --bank main --key out-1"
    )]
    Propose {
        /// The cause, by id or external id.
        cause: String,
        /// How much.
        #[arg(long)]
        amount: String,
        /// From which bank account.
        #[arg(long)]
        bank: String,
        /// Its key, how to print.
        #[command(flatten)]
        act: Act,
    },
    /// Record what was learned of a payout.
    #[command(after_help = "Example:\n  ledger --dir books payout report out_… paid --key out-1-paid")]
    Report {
        /// The payout.
        payout: String,
        /// What was learned of it.
        state: Reported,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Show where a payout stands.
    #[command(after_help = "Example:\n  ledger --dir books payout show out_…")]
    Show {
        /// The payout.
        payout: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl PayoutTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Show { .. })
    }
}

/// What was learned of a payout.
#[derive(Clone, Copy, ValueEnum)]
pub enum Reported {
    /// It was sent.
    InTransit,
    /// It arrived.
    Paid,
    /// It did not arrive, or was given up.
    Failed,
    /// It came back after it had arrived.
    Reversed,
}

impl From<Reported> for PayoutReport {
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::InTransit => Self::InTransit,
            Reported::Paid => Self::Paid,
            Reported::Failed => Self::Failed,
            Reported::Reversed => Self::Reversed,
        }
    }
}

pub fn run(ledger: &Ledger, task: &PayoutTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        PayoutTask::Propose { cause, amount: text, bank, act } => {
            let cause = find_cause(ledger, cause)?;
            let amount = amount(text, || currency_of_cause(ledger, cause))?;
            let (key, bank) = (act.key.clone(), bank.clone());
            let committed = ledger.propose_payout(ProposePayout { key, cause, amount, bank })?;
            act.show(committed.payout(), &committed, screen)
        }
        PayoutTask::Report { payout, state, act } => {
            let payout: PayoutId = payout.parse()?;
            let (key, report, occurred_on) = (act.key(), (*state).into(), act.day()?);
            let committed = ledger.report_payout(ReportPayout { key, payout, report, occurred_on })?;
            act.show(Some(payout), &committed, screen)
        }
        PayoutTask::Show { payout, output } => {
            let payout: PayoutId = payout.parse()?;
            let found = ledger.payout(payout)?.ok_or(Rejection::UnknownPayout { payout })?;
            show(ledger, &found, *output, screen)
        }
    }
}

fn show(ledger: &Ledger, payout: &Payout, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(payout)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Payout { id, cause, amount, bank, state, .. } = payout;
    let (cause, state) = (label(ledger, *cause)?, state.word());
    screen.line(&format!("{id}  {amount} to {cause} from {bank}: {state}"))?;
    Ok(ExitCode::SUCCESS)
}
