//! `ledger policy` and `owed`: what happens when more is taken from a cause than it has, and what it owes then.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{
    CausePolicies, CauseStanding, ClosedCause, Ledger, NegativeCause, Rejection, SetCausePolicies,
    SettleReceivable, SettledBy,
};

use crate::acts::{Act, DatedAct};
use crate::amounts::{amount, currency_of_cause};
use crate::args::Output;
use crate::problem::Problem;
use crate::reading::find_cause;
use crate::screen::Screen;
use crate::standing::label;

/// What can be done with policies.
#[derive(Subcommand)]
pub enum PolicyTask {
    /// Set the policies of a cause, or of all that have none of their own. They hold from then on.
    #[command(
        after_help = "Example:\n  ledger --dir books policy set --negative allow-as-receivable --closed set-aside --key policies-1\n  ledger --dir books policy set --cause water --negative block --closed pass --to school --key policies-2"
    )]
    Set {
        /// The cause, by id or external id; without it, all that have no policies of their own.
        #[arg(long)]
        cause: Option<String>,
        /// When more is taken from it than it has.
        #[arg(long)]
        negative: Negative,
        /// When money comes after it was closed.
        #[arg(long)]
        closed: Closed,
        /// The cause to which money is passed on.
        #[arg(long, required_if_eq("closed", "pass"))]
        to: Option<String>,
        /// Its key, how to print.
        #[command(flatten)]
        act: Act,
    },
    /// Show the policies that hold for a cause.
    #[command(after_help = "Example:\n  ledger --dir books policy show water")]
    Show {
        /// The cause, by id or external id.
        cause: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl PolicyTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Show { .. })
    }
}

/// When more is taken from a cause than it has.
#[derive(Clone, Copy, ValueEnum)]
pub enum Negative {
    /// Its next gifts fill that up.
    RecoverFromNextGifts,
    /// It owes that, and its next gifts are its own in full.
    AllowAsReceivable,
    /// What can be refused is refused.
    Block,
    /// The platform bears it.
    AbsorbByPlatform,
}

impl From<Negative> for NegativeCause {
    fn from(negative: Negative) -> Self {
        match negative {
            Negative::RecoverFromNextGifts => Self::RecoverFromNextGifts,
            Negative::AllowAsReceivable => Self::AllowAsReceivable,
            Negative::Block => Self::Block,
            Negative::AbsorbByPlatform => Self::AbsorbByPlatform,
        }
    }
}

/// When money comes for a cause after it was closed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Closed {
    /// It is that cause's, as it was meant.
    TakeAnyway,
    /// It is set aside until somebody decides.
    SetAside,
    /// It goes to another cause.
    Pass,
}

/// What can be done with what causes owe.
#[derive(Subcommand)]
pub enum OwedTask {
    /// List the causes that owe money, or have less than nothing.
    #[command(after_help = "Example:\n  ledger --dir books owed list")]
    List {
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Settle what a cause owes, all of it or some.
    #[command(
        after_help = "Example:\n  ledger --dir books owed settle water --amount 30.60 --by write-off --key lost-1\n  ledger --dir books owed settle water --amount 9.53 --by repayment --bank main --key repaid-1"
    )]
    Settle {
        /// The cause, by id or external id.
        cause: String,
        /// How much.
        #[arg(long)]
        amount: String,
        /// How.
        #[arg(long)]
        by: By,
        /// The bank account to which it was repaid.
        #[arg(long, required_if_eq("by", "repayment"))]
        bank: Option<String>,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
}

impl OwedTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::List { .. })
    }
}

/// How what a cause owes is settled.
#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    /// The cause paid it to a bank account of ours.
    Repayment,
    /// It is set off against what is available to the cause.
    SetOff,
    /// It will not be paid, and the platform bears it.
    WriteOff,
}

pub fn policy(ledger: &Ledger, task: &PolicyTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let (cause, negative, closed, to, act) = match task {
        PolicyTask::Set { cause, negative, closed, to, act } => (cause, negative, closed, to, act),
        PolicyTask::Show { cause, output } => return show_policies(ledger, cause, *output, screen),
    };
    let on_closed = match (closed, to) {
        (Closed::Pass, Some(to)) => ClosedCause::PassTo { cause: find_cause(ledger, to)? },
        (Closed::Pass, None) => return Err(Problem::usage("say with --to which cause it is passed on to")),
        (_, Some(_)) => return Err(Problem::usage("--to is for --closed pass")),
        (Closed::TakeAnyway, None) => ClosedCause::TakeAnyway,
        (Closed::SetAside, None) => ClosedCause::SetAside,
    };
    let cause = cause.as_deref().map(|cause| find_cause(ledger, cause)).transpose()?;
    let policies = CausePolicies { on_negative: (*negative).into(), on_closed };
    let committed = ledger.set_cause_policies(SetCausePolicies { key: act.key.clone(), cause, policies })?;
    let whose = cause.map_or_else(|| "all causes".to_owned(), |cause| cause.to_string());
    act.show(Some(whose), &committed, screen)
}

fn show_policies(
    ledger: &Ledger,
    cause: &str,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    let cause = find_cause(ledger, cause)?;
    let policies = ledger.policies_of(cause)?.ok_or(Rejection::UnknownCause { cause })?;
    if output.json {
        screen.json(&policies)?;
        return Ok(ExitCode::SUCCESS);
    }
    let on_closed = match policies.on_closed {
        ClosedCause::TakeAnyway => "take-anyway".to_owned(),
        ClosedCause::SetAside => "set-aside".to_owned(),
        ClosedCause::PassTo { cause: to } => format!("pass to {}", label(ledger, to)?),
        other => format!("{other:?}"),
    };
    screen.line(&format!("negative  {}", policies.on_negative.word().replace('_', "-")))?;
    screen.line(&format!("closed    {on_closed}"))?;
    Ok(ExitCode::SUCCESS)
}

pub fn run(ledger: &Ledger, task: &OwedTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        OwedTask::List { output } => list(ledger, *output, screen),
        OwedTask::Settle { cause, amount: text, by, bank, act } => {
            let cause = find_cause(ledger, cause)?;
            let by = match (by, bank) {
                (By::Repayment, Some(bank)) => SettledBy::Repayment { bank: bank.clone() },
                (By::Repayment, None) => {
                    return Err(Problem::usage("say with --bank where it was repaid to"));
                }
                (_, Some(_)) => return Err(Problem::usage("--bank is for --by repayment")),
                (By::SetOff, None) => SettledBy::SetOff,
                (By::WriteOff, None) => SettledBy::WriteOff,
            };
            let amount = amount(text, || currency_of_cause(ledger, cause))?;
            let (key, occurred_on) = (act.key(), act.day()?);
            let committed =
                ledger.settle_receivable(SettleReceivable { key, cause, amount, by, occurred_on })?;
            act.show(Some(cause), &committed, screen)
        }
    }
}

fn list(ledger: &Ledger, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let negative = ledger.negative_causes()?;
    if output.json {
        screen.json(&negative)?;
        return Ok(ExitCode::SUCCESS);
    }
    let header = ["", "id", "net", "paid out", "available", "held", "in transit", "owed", ""];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for standing in negative {
        let CauseStanding { cause, currency, totals, .. } = &standing;
        let figures = [
            totals.net_minor(),
            totals.paid_out_minor,
            standing.available_minor,
            standing.held_minor,
            standing.in_transit_minor,
            standing.owed_minor,
        ];
        let figures = figures.map(|minor| currency.decimal_string(minor));
        let names = [label(ledger, *cause)?, cause.to_string()];
        rows.push(names.into_iter().chain(figures).chain([currency.to_string()]).collect());
    }
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}
