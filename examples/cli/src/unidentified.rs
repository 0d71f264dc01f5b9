//! `ledger suspense`: money that is not known to be anybody's gift, or was set aside of one.

use std::process::ExitCode;
use std::slice;

use clap::Subcommand;
use ledger_core::{
    Identify, Ledger, Method, ReceiveUnidentified, Rejection, ReleaseSetAside, ReturnUnidentified,
    SuspenseId, Unidentified,
};
use serde::Serialize;

use crate::acts::DatedAct;
use crate::amounts::{amount, amount_if_given, amount_with_currency, designations};
use crate::args::Output;
use crate::gift::Gift;
use crate::problem::Problem;
use crate::reading::{find_cause, find_donor};
use crate::screen::Screen;
use crate::standing::label;

/// What can be done with money that nobody claims.
#[derive(Subcommand)]
pub enum SuspenseTask {
    /// Record money of which nobody knows whose gift it is.
    #[command(
        after_help = "Example:\n  ledger --dir books suspense receive --amount \"10.00 EUR\" --bank main --key found-1"
    )]
    Receive {
        /// How much, with its currency.
        #[arg(long)]
        amount: String,
        /// Where it is.
        #[command(flatten)]
        place: Place,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// List what is left of such money.
    #[command(after_help = "Example:\n  ledger --dir books suspense list")]
    List {
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Show such money, and what is left of it.
    #[command(after_help = "Example:\n  ledger --dir books suspense show sus_…")]
    Show {
        /// The money.
        item: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Record whose gift such money is, all of it or some.
    #[command(
        after_help = "Example:\n  ledger --dir books suspense identify sus_… --donor ada --to water=9.00 --tip 1.00 --key order-17"
    )]
    Identify {
        /// The money.
        item: String,
        /// The gift.
        #[command(flatten)]
        gift: Gift,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Record that such money went back to where it came from.
    #[command(
        after_help = "Example:\n  ledger --dir books suspense return sus_… --amount 10.00 --key returned-1"
    )]
    Return {
        /// The money.
        item: String,
        /// How much.
        #[arg(long)]
        amount: String,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Give a cause what was set aside of a gift for a cause that was closed.
    #[command(
        after_help = "Example:\n  ledger --dir books suspense release sus_… --to school --amount 9.90 --key released-1"
    )]
    Release {
        /// The money.
        item: String,
        /// The cause, by id or external id.
        #[arg(long)]
        to: String,
        /// How much.
        #[arg(long)]
        amount: String,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
}

impl SuspenseTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Show { .. })
    }
}

/// Where money is.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct Place {
    /// The bank account or till that received it.
    #[arg(long)]
    pub bank: Option<String>,
    /// The account at the processor that received it.
    #[arg(long)]
    pub processor: Option<String>,
}

impl Place {
    fn method(&self) -> Result<Method, Problem> {
        match (&self.bank, &self.processor) {
            (Some(bank), _) => Ok(Method::Offline { bank: bank.clone() }),
            (None, Some(processor)) => Ok(Method::Processor { processor: processor.clone() }),
            (None, None) => Err(Problem::usage("say where it is, with --bank or --processor")),
        }
    }
}

pub fn run(ledger: &Ledger, task: &SuspenseTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        SuspenseTask::Receive { amount, place, act } => {
            let (key, amount, method) = (act.key(), amount_with_currency(amount)?, place.method()?);
            let occurred_on = act.day()?;
            let received = ReceiveUnidentified { key, amount, method, occurred_on };
            let committed = ledger.receive_unidentified(received)?;
            act.show(committed.suspense(), &committed, screen)
        }
        SuspenseTask::List { output } => {
            let left = ledger.unidentified()?;
            show(ledger, &left, &left, *output, screen)
        }
        SuspenseTask::Show { item, output } => {
            let found = find(ledger, item.parse()?)?;
            show(ledger, &found, slice::from_ref(&found), *output, screen)
        }
        SuspenseTask::Identify { item, gift, act } => identify(ledger, item.parse()?, gift, act, screen),
        SuspenseTask::Return { item, amount: text, act } => {
            let item: SuspenseId = item.parse()?;
            let amount = amount(text, || Ok(find(ledger, item)?.amount.currency()))?;
            let (key, occurred_on) = (act.key(), act.day()?);
            let committed =
                ledger.return_unidentified(ReturnUnidentified { key, item, amount, occurred_on })?;
            act.show(Some(item), &committed, screen)
        }
        SuspenseTask::Release { item, to, amount: text, act } => {
            let (item, to) = (item.parse::<SuspenseId>()?, find_cause(ledger, to)?);
            let amount = amount(text, || Ok(find(ledger, item)?.amount.currency()))?;
            let (key, occurred_on) = (act.key(), act.day()?);
            let committed =
                ledger.release_set_aside(ReleaseSetAside { key, item, to, amount, occurred_on })?;
            act.show(Some(item), &committed, screen)
        }
    }
}

fn find(ledger: &Ledger, item: SuspenseId) -> Result<Unidentified, Problem> {
    Ok(ledger.suspense(item)?.ok_or(Rejection::UnknownSuspense { item })?)
}

fn identify(
    ledger: &Ledger,
    item: SuspenseId,
    gift: &Gift,
    act: &DatedAct,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    let designations = designations(ledger, &gift.to)?;
    let tip = amount_if_given(gift.tip.as_deref(), || Ok(find(ledger, item)?.amount.currency()))?;
    let committed = ledger.identify(Identify {
        key: act.key(),
        item,
        donor: find_donor(ledger, &gift.donor)?,
        designations,
        tip,
        occurred_on: act.day()?,
        visibility: gift.visibility(),
        memo: gift.memo.clone(),
    })?;
    act.show(committed.donation(), &committed, screen)
}

/// Shows a document, or its items as a table.
fn show(
    ledger: &Ledger,
    document: &impl Serialize,
    items: &[Unidentified],
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(document)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = vec![["", "amount", "left", "", "where"].map(str::to_owned).to_vec()];
    for item in items {
        let currency = item.amount.currency();
        let (amount, left) = (item.amount.minor().into(), item.left_minor.into());
        let [amount, left] = [amount, left].map(|minor| currency.decimal_string(minor));
        rows.push(vec![item.id.to_string(), amount, left, currency.to_string(), place_of(ledger, item)?]);
    }
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}

/// Where it is, or of which gift it was set aside and for whom it was meant.
fn place_of(ledger: &Ledger, item: &Unidentified) -> Result<String, Problem> {
    if let (Some(donation), Some(cause)) = (item.of_donation, item.meant_for) {
        return Ok(format!("of {donation} for {}", label(ledger, cause)?));
    }
    Ok(item.method.as_ref().map(|method| method.money_account().to_string()).unwrap_or_default())
}
