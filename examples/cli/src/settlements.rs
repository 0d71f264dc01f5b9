//! `ledger settlement` and `unsettled`: what processors pay out to us, and how that agrees with the books.

use std::process::ExitCode;

use clap::Subcommand;
use ledger_core::{
    Currency, Date, Ledger, ProviderTarget, Reconciled, ReconciledLine, RecordSettlement, Rejection,
    Settlement, SettlementId,
};

use crate::acts::DatedAct;
use crate::amounts::amount_with_currency;
use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;

/// How many lines are read at once.
const PAGE: u32 = 1_000;

/// What can be done with settlements.
#[derive(Subcommand)]
pub enum SettlementTask {
    /// Record that a processor paid out to a bank account of ours.
    #[command(
        after_help = "Example:\n  ledger --dir books settlement record --processor stripe --bank main --amount \"101.65 EUR\" --key po-1"
    )]
    Record {
        /// The account at the processor.
        #[arg(long)]
        processor: String,
        /// The bank account.
        #[arg(long)]
        bank: String,
        /// How much arrived, with its currency.
        #[arg(long)]
        amount: String,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Show a settlement with its lines, and where they differ from the books.
    #[command(after_help = "Example:\n  ledger --dir books settlement show set_…")]
    Show {
        /// The settlement.
        settlement: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl SettlementTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Show { .. })
    }
}

/// Listing what is not settled as it was booked.
#[derive(clap::Args)]
pub struct UnsettledTask {
    /// The account at the processor.
    #[arg(long)]
    pub processor: String,
    /// The currency.
    #[arg(long)]
    pub currency: String,
    /// The first day on which it was booked, as 2026-01-31.
    #[arg(long)]
    pub from: String,
    /// The last day.
    #[arg(long)]
    pub to: String,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

pub fn run(ledger: &Ledger, task: &SettlementTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        SettlementTask::Record { processor, bank, amount, act } => {
            let committed = ledger.record_settlement(RecordSettlement {
                key: act.key(),
                processor: processor.clone(),
                bank: bank.clone(),
                amount: amount_with_currency(amount)?,
                occurred_on: act.day()?,
            })?;
            act.show(committed.settlement(), &committed, screen)
        }
        SettlementTask::Show { settlement, output } => {
            show(ledger, settlement.parse()?, *output, screen)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A settlement, and its lines.
#[derive(serde::Serialize)]
struct Shown {
    #[serde(flatten)]
    settlement: Settlement,
    unexplained_minor: i64,
    reconciled: Vec<ReconciledLine>,
}

/// Shows a settlement and its lines; gives whether all agree with the books and explain all of it.
pub fn show(ledger: &Ledger, id: SettlementId, output: Output, screen: &mut Screen) -> Result<bool, Problem> {
    let settlement = ledger.settlement(id)?.ok_or(Rejection::UnknownSettlement { settlement: id })?;
    let mut reconciled = Vec::new();
    let mut skip = 0_u64;
    while skip < settlement.lines {
        reconciled.extend(ledger.reconcile_settlement(id, skip, PAGE)?);
        skip = skip.saturating_add(PAGE.into());
    }
    let unexplained_minor = settlement.unexplained_minor();
    let agrees = unexplained_minor == 0 && reconciled.iter().all(ReconciledLine::agrees);
    if output.json {
        screen.json(&Shown { settlement, unexplained_minor, reconciled })?;
        return Ok(agrees);
    }
    let currency = settlement.amount.currency();
    let figure = |minor: i64| currency.decimal_string(minor.into());
    let arrived = if settlement.is_returned { "came back" } else { "paid" };
    screen.line(&format!(
        "{id}  {} from {} to {}, {arrived}",
        settlement.amount, settlement.processor, settlement.bank
    ))?;
    let (lines, net) = (settlement.lines, figure(settlement.lines_net_minor));
    screen.line(&format!("{lines} lines come to {net}, {} is not explained", figure(unexplained_minor)))?;
    let mut rows = vec![head(&["line", "gross", "fee", "about", "difference"])];
    for each in reconciled.iter().filter(|each| !each.agrees()) {
        let line = &each.line;
        let (about, difference) = match &each.about {
            Some(about) => (what(about), figure(about.difference_minor())),
            None => ("nothing".to_owned(), figure(line.net_minor().unwrap_or(0))),
        };
        rows.push(vec![line.id.clone(), figure(line.gross_minor), figure(line.fee_minor), about, difference]);
    }
    match rows.len() {
        1 => screen.line("every line agrees with the books")?,
        _ => screen.table(&rows)?,
    }
    Ok(agrees)
}

pub fn unsettled(ledger: &Ledger, task: &UnsettledTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let (currency, from, to): (Currency, Date, Date) =
        (task.currency.parse()?, task.from.parse()?, task.to.parse()?);
    let found = ledger.unsettled(&task.processor, currency, from, to)?;
    if task.output.json {
        screen.json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let figure = |minor: i64| currency.decimal_string(minor.into());
    let mut rows = vec![head(&["day", "gift", "what", "booked", "settled", "difference"])];
    for each in &found {
        let of = &each.reconciled;
        let booked = of.booked_gross_minor.saturating_sub(of.booked_fee_minor);
        let settled = of.settled_gross_minor.saturating_sub(of.settled_fee_minor);
        let figures = [booked, settled, of.difference_minor()].map(figure);
        let told = [each.day.to_string(), each.donation.to_string(), what(of)];
        rows.push(told.into_iter().chain(figures).collect());
    }
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What a line is about: our id of it, or the processor's where it is not known here.
fn what(of: &Reconciled) -> String {
    match of.is {
        Some(ProviderTarget::Payment { payment }) => payment.to_string(),
        Some(ProviderTarget::Refund { refund }) => refund.to_string(),
        Some(ProviderTarget::Dispute { dispute }) => dispute.to_string(),
        Some(_) | None => of.object.clone().unwrap_or_else(|| "the gift".to_owned()),
    }
}
