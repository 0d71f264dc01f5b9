//! `ledger refund` and `refund-report`: giving back all or some of a gift.

use std::process::ExitCode;

use clap::ValueEnum;
use ledger_core::{DonationId, Ledger, RefundId, RefundReport, RefundScope, ReportRefund};

use crate::acts::DatedAct;
use crate::amounts::{amount, currency_of_gift, designations};
use crate::problem::Problem;
use crate::screen::Screen;

/// Giving back.
#[derive(clap::Args)]
pub struct Refund {
    /// The donation.
    pub donation: String,
    /// An amount, over all parts in proportion. Without it and without --cause: everything that is left.
    #[arg(long, conflicts_with = "cause")]
    pub amount: Option<String>,
    /// A cause and an amount. Once for each cause.
    #[arg(long, value_name = "CAUSE=AMOUNT")]
    pub cause: Vec<String>,
    /// Although the donor's bank disputes the gift, and the donor may get the money twice.
    #[arg(long)]
    pub force: bool,
    /// Its key, its day, how to print.
    #[command(flatten)]
    pub act: DatedAct,
}

/// Reporting a refund that a processor carries out.
#[derive(clap::Args)]
pub struct ReportTask {
    /// The refund.
    pub refund: String,
    /// What was learned of it.
    pub state: Reported,
    /// Its key, its day, how to print.
    #[command(flatten)]
    pub act: DatedAct,
}

/// What was learned of a refund.
#[derive(Clone, Copy, ValueEnum)]
pub enum Reported {
    /// The processor is at work.
    Pending,
    /// The donor has it.
    Succeeded,
    /// It did not reach the donor.
    Failed,
    /// It was given up.
    Cancelled,
}

pub fn refund(ledger: &Ledger, task: &Refund, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let donation: DonationId = task.donation.parse()?;
    let scope = match &task.amount {
        Some(text) => {
            let amount = amount(text, || currency_of_gift(ledger, donation))?;
            RefundScope::Proportional { amount }
        }
        None if task.cause.is_empty() => RefundScope::Everything,
        None => RefundScope::Causes { from: designations(ledger, &task.cause)? },
    };
    let (key, occurred_on) = (task.act.key(), task.act.day()?);
    let command = ledger_core::Refund { key, donation, scope, occurred_on, memo: None };
    let committed = if task.force { ledger.force_refund(command)? } else { ledger.refund(command)? };
    task.act.show(committed.refund(), &committed, screen)
}

pub fn report(ledger: &Ledger, task: &ReportTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let refund: RefundId = task.refund.parse()?;
    let report = match task.state {
        Reported::Pending => RefundReport::Pending,
        Reported::Succeeded => RefundReport::Succeeded,
        Reported::Failed => RefundReport::Failed,
        Reported::Cancelled => RefundReport::Cancelled,
    };
    let (key, occurred_on) = (task.act.key(), task.act.day()?);
    let committed = ledger.report_refund(ReportRefund { key, refund, report, occurred_on })?;
    task.act.show(Some(refund), &committed, screen)
}
