//! `ledger payment` and `exchange`: from the donor to the processor, and what that makes of it.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{
    CaptureExchanged, Event, ExchangeMoney, FailureReason, Ledger, PaymentId, PaymentReport, ReportPayment,
    StartPayment,
};

use crate::acts::{Act, DatedAct};
use crate::amounts::{amount_if_given, amount_with_currency, currency_of_payment};
use crate::problem::Problem;
use crate::screen::Screen;

/// What can be done with attempts to collect a gift.
#[derive(Subcommand)]
pub enum PaymentTask {
    /// Begin an attempt to collect a gift.
    #[command(
        after_help = "Example:\n  ledger --dir books payment start gft_… --processor stripe --key order-17-try-1"
    )]
    Start {
        /// The donation.
        donation: String,
        /// The account at the processor.
        #[arg(long)]
        processor: String,
        /// Its key, how to print.
        #[command(flatten)]
        act: Act,
    },
    /// Record what was learned of an attempt.
    #[command(
        after_help = "Example:\n  ledger --dir books payment report pay_… failed --reason declined --key try-1-failed\n  ledger --dir books payment report pay_… captured --fee 0.55 --key try-2-captured"
    )]
    Report(ReportTask),
    /// Record that an attempt at a gift in another currency than its causes' was captured, and exchanged.
    #[command(
        after_help = "Example:\n  ledger --dir books payment captured-exchanged pay_… --settled \"92.00 EUR\" --rate 0.92 --key try-1-captured"
    )]
    CapturedExchanged {
        /// The payment.
        payment: String,
        /// What the whole gift became before fees, with its currency.
        #[arg(long)]
        settled: String,
        /// The rate as the processor gave it; it is kept, and nothing is calculated with it.
        #[arg(long)]
        rate: Option<String>,
        /// What the processor keeps.
        #[arg(long)]
        fee: Option<String>,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
}

/// Reporting an attempt.
#[derive(clap::Args)]
pub struct ReportTask {
    /// The payment.
    pub payment: String,
    /// What was learned of it.
    pub state: Reported,
    /// Why it failed.
    #[arg(long, required_if_eq("state", "failed"))]
    pub reason: Option<Reason>,
    /// What the processor keeps, where that is known as the money is captured.
    #[arg(long)]
    pub fee: Option<String>,
    /// Its key, its day, how to print.
    #[command(flatten)]
    pub act: DatedAct,
}

/// What was learned of an attempt.
#[derive(Clone, Copy, ValueEnum)]
pub enum Reported {
    /// The donor has to do something.
    RequiresAction,
    /// The provider is at work.
    Processing,
    /// The money is reserved.
    Authorised,
    /// The money was taken, all of it.
    Captured,
    /// It was refused.
    Failed,
    /// It was given up.
    Voided,
    /// Its time ran out.
    Expired,
}

/// Why an attempt failed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Reason {
    /// The bank said no.
    Declined,
    /// There is not enough money.
    InsufficientFunds,
    /// The donor could not be verified.
    NotAuthenticated,
    /// The card, or the mandate, is not valid any more.
    MethodExpired,
    /// A technical failure; another attempt may do.
    Technical,
}

impl From<Reason> for FailureReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Declined => Self::Declined,
            Reason::InsufficientFunds => Self::InsufficientFunds,
            Reason::NotAuthenticated => Self::NotAuthenticated,
            Reason::MethodExpired => Self::MethodExpired,
            Reason::Technical => Self::Technical,
        }
    }
}

/// Exchanging money that a processor holds.
#[derive(clap::Args)]
pub struct Exchange {
    /// The account at the processor.
    #[arg(long)]
    pub processor: String,
    /// What it gave up, with its currency.
    #[arg(long)]
    pub from: String,
    /// What it received, with its currency.
    #[arg(long)]
    pub to: String,
    /// The rate as the processor gave it; it is kept, and nothing is calculated with it.
    #[arg(long)]
    pub rate: Option<String>,
    /// Its key, its day, how to print.
    #[command(flatten)]
    pub act: DatedAct,
}

pub fn payment(ledger: &Ledger, task: &PaymentTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        PaymentTask::Start { donation, processor, act } => {
            let (key, donation, processor) = (act.key.clone(), donation.parse()?, processor.clone());
            let committed = ledger.start_payment(StartPayment { key, donation, processor })?;
            act.show(committed.payment(), &committed, screen)
        }
        PaymentTask::Report(task) => report(ledger, task, screen),
        PaymentTask::CapturedExchanged { payment, settled, rate, fee, act } => {
            let (payment, settled): (PaymentId, _) = (payment.parse()?, amount_with_currency(settled)?);
            let committed = ledger.capture_exchanged(CaptureExchanged {
                key: act.key(),
                payment,
                settled,
                rate: rate.clone(),
                fee: amount_if_given(fee.as_deref(), || Ok(settled.currency()))?,
                occurred_on: act.day()?,
            })?;
            act.show(Some(payment), &committed, screen)
        }
    }
}

fn report(ledger: &Ledger, task: &ReportTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let payment: PaymentId = task.payment.parse()?;
    let report = match (task.state, task.reason) {
        (Reported::Failed, Some(reason)) => PaymentReport::Failed { reason: reason.into() },
        (Reported::Failed, None) => return Err(Problem::usage("say why it failed with --reason")),
        (_, Some(_)) => return Err(Problem::usage("only a payment that failed has a --reason")),
        (Reported::RequiresAction, None) => PaymentReport::RequiresAction,
        (Reported::Processing, None) => PaymentReport::Processing,
        (Reported::Authorised, None) => PaymentReport::Authorised,
        (Reported::Captured, None) => PaymentReport::Captured,
        (Reported::Voided, None) => PaymentReport::Voided,
        (Reported::Expired, None) => PaymentReport::Expired,
    };
    let committed = ledger.report_payment(ReportPayment {
        key: task.act.key(),
        payment,
        report,
        fee: amount_if_given(task.fee.as_deref(), || currency_of_payment(ledger, payment))?,
        occurred_on: task.act.day()?,
    })?;
    task.act.show(Some(payment), &committed, screen)
}

pub fn exchange(ledger: &Ledger, task: &Exchange, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let committed = ledger.exchange_money(ExchangeMoney {
        key: task.act.key(),
        processor: task.processor.clone(),
        from: amount_with_currency(&task.from)?,
        to: amount_with_currency(&task.to)?,
        rate: task.rate.clone(),
        occurred_on: task.act.day()?,
    })?;
    task.act.show(committed.events.first().and_then(Event::made), &committed, screen)
}
