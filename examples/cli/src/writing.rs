//! Tasks that write.

use std::path::Path;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{
    Amount, BookMode, CauseDetails, Committed, Currency, Date, Ledger, Method, OpenCause, Opening, Options,
};
use serde::Serialize;

use crate::amounts::designations;
use crate::args::Output;
use crate::gift::Gift;
use crate::problem::Problem;
use crate::reading::find_donor;
use crate::screen::Screen;

const DONE: Result<ExitCode, Problem> = Ok(ExitCode::SUCCESS);

/// Creating a ledger.
#[derive(clap::Args)]
pub struct Init {
    /// Whose books: agency, a platform that passes money on; principal, one charity's own.
    #[arg(long, default_value = "agency")]
    pub mode: String,
}

/// What can be done with causes.
#[derive(Subcommand)]
pub enum CauseTask {
    /// Open a cause.
    #[command(
        after_help = "Example:\n  ledger --dir books cause open --name Water --currency EUR --external-id water --goal 5000"
    )]
    Open {
        /// Its name.
        #[arg(long)]
        name: String,
        /// Its currency, three letters of ISO 4217.
        #[arg(long)]
        currency: String,
        /// Your own id of it.
        #[arg(long)]
        external_id: Option<String>,
        /// How much is to be raised.
        #[arg(long)]
        goal: Option<String>,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

/// Recording a gift.
#[derive(clap::Args)]
pub struct Donate {
    /// The gift.
    #[command(flatten)]
    pub gift: Gift,
    /// What the processor kept.
    #[arg(long)]
    pub fee: Option<String>,
    /// Who bears the fee: the causes and the tip in proportion, or the platform.
    #[arg(long, default_value = "causes")]
    pub fee_bearer: Bearer,
    /// One per act of giving: the same key never takes money twice.
    #[arg(long)]
    pub key: String,
    /// The bank account or till that received the money.
    #[arg(long, default_value = "main")]
    pub bank: String,
    /// The day of the gift, as 2026-01-31.
    #[arg(long)]
    pub on: Option<String>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Who bears a fee.
#[derive(Clone, Copy, ValueEnum)]
pub enum Bearer {
    /// The causes and the tip, in proportion.
    Causes,
    /// The platform.
    Platform,
}

impl From<Bearer> for ledger_core::FeeBearer {
    fn from(bearer: Bearer) -> Self {
        match bearer {
            Bearer::Causes => Self::Causes,
            Bearer::Platform => Self::Platform,
        }
    }
}

pub fn init(dir: &Path, task: &Init, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let unknown = || Problem::Plain(format!("mode {:?} is not known: say agency or principal", task.mode));
    let mode = BookMode::from_word(&task.mode).ok_or_else(unknown)?;
    let ledger = Ledger::open(dir, Options::new().opening(Opening::CreateNew).mode(mode))?;
    screen.line(&format!("created {} in {}", ledger.identity().ledger, dir.display()))?;
    ledger.close()?;
    DONE
}

/// What the ledger returned, and the id of what was made.
#[derive(Serialize)]
struct Made<'a> {
    id: String,
    #[serde(flatten)]
    committed: &'a Committed,
}

/// Shows what a write returned, under the id or word of what it made.
pub fn show(
    id: String,
    committed: &Committed,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(&Made { id, committed })?;
        return DONE;
    }
    let nothing = if committed.events.is_empty() { ", nothing happened: it was known" } else { "" };
    screen.line(&format!("{id}  (record {}, {:?}{nothing})", committed.seq, committed.delivery))?;
    for each in &committed.balances {
        screen.line(&format!(
            "    {}  {}",
            each.account,
            each.account.currency.decimal_string(each.net_minor())
        ))?;
    }
    DONE
}

pub fn cause(ledger: &Ledger, task: &CauseTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let CauseTask::Open { name, currency, external_id, goal, output } = task;
    let currency: Currency = currency.parse()?;
    let goal = goal.as_deref().map(|goal| Amount::parse(goal, currency)).transpose()?;
    let details = CauseDetails {
        name: name.clone(),
        external_id: external_id.clone(),
        goal,
        ..CauseDetails::default()
    };
    let committed = ledger.open_cause(OpenCause { key: None, currency, details })?;
    let id = committed.cause().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, *output, screen)
}

pub fn donate(ledger: &Ledger, task: &Donate, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let designations = designations(ledger, &task.gift.to)?;
    let currency = designations.first().map(|first| first.amount.currency());
    let amount = |text: &Option<String>| match (text, currency) {
        (Some(text), Some(currency)) => Amount::parse(text, currency).map(Some),
        _ => Ok(None),
    };
    let committed = ledger.donate(ledger_core::Donate {
        key: task.key.clone(),
        donor: find_donor(ledger, &task.gift.donor)?,
        tip: amount(&task.gift.tip)?,
        fee: amount(&task.fee)?,
        designations,
        fee_bearer: task.fee_bearer.into(),
        method: Method::Offline { bank: task.bank.clone() },
        occurred_on: day(task.on.as_deref())?,
        visibility: task.gift.visibility(),
        memo: task.gift.memo.clone(),
    })?;
    let id = committed.donation().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, task.output, screen)
}

/// A day, where one is given.
pub fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    Ok(text.map(str::parse).transpose()?)
}
