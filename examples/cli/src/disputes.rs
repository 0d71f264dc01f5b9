//! `ledger dispute`: gifts that the donor's bank takes back, or asks about.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{
    Beneficiary, BookDisputeFee, Dispute, DisputeBegins, DisputeFeeFlow, DisputeId, DisputeReport,
    DonationId, Ledger, OpenDispute, Rejection, ReportDispute,
};

use crate::acts::DatedAct;
use crate::amounts::{amount, amount_if_given, currency_of_gift};
use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;
use crate::standing::label;

/// What can be done with disputes.
#[derive(Subcommand)]
pub enum DisputeTask {
    /// Record that the donor's bank disputes a gift.
    #[command(
        after_help = "Example:\n  ledger --dir books dispute open gft_… --amount 75.00 --fee 15.00 --key dp-1"
    )]
    Open {
        /// The donation.
        donation: String,
        /// How much; it may be less than the gift, or more.
        #[arg(long)]
        amount: String,
        /// The bank only asks, and no money moves.
        #[arg(long)]
        inquiry: bool,
        /// What the processor charges for it.
        #[arg(long)]
        fee: Option<String>,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Record what was learned of a dispute.
    #[command(after_help = "Example:\n  ledger --dir books dispute report dis_… lost --key dp-1-lost")]
    Report {
        /// The dispute.
        dispute: String,
        /// What was learned of it.
        state: Reported,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Book what a processor charges for a dispute, or gives back of it.
    #[command(after_help = "Example:\n  ledger --dir books dispute fee dis_… --fee 15.00 --key dp-1-fee")]
    Fee {
        /// The dispute.
        dispute: String,
        /// How much.
        #[arg(long)]
        fee: String,
        /// It is given back.
        #[arg(long)]
        returned: bool,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Show where a dispute stands, and what it holds or took of whom.
    #[command(after_help = "Example:\n  ledger --dir books dispute show dis_…")]
    Show {
        /// The dispute.
        dispute: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// List the disputes that are not decided.
    #[command(after_help = "Example:\n  ledger --dir books dispute list")]
    List {
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl DisputeTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Show { .. } | Self::List { .. })
    }
}

/// What was learned of a dispute.
#[derive(Clone, Copy, ValueEnum)]
pub enum Reported {
    /// The bank has withdrawn the money.
    Opened,
    /// It was answered, and the bank decides.
    UnderReview,
    /// The money was given back to us.
    Won,
    /// The donor keeps the money.
    Lost,
    /// The inquiry ended without money.
    Closed,
}

impl From<Reported> for DisputeReport {
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::Opened => Self::Opened,
            Reported::UnderReview => Self::UnderReview,
            Reported::Won => Self::Won,
            Reported::Lost => Self::Lost,
            Reported::Closed => Self::Closed,
        }
    }
}

pub fn run(ledger: &Ledger, task: &DisputeTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        DisputeTask::Open { donation, amount: text, inquiry, fee, act } => {
            let donation: DonationId = donation.parse()?;
            let of_gift = || currency_of_gift(ledger, donation);
            let committed = ledger.open_dispute(OpenDispute {
                key: act.key(),
                donation,
                amount: amount(text, of_gift)?,
                begins: if *inquiry { DisputeBegins::AsInquiry } else { DisputeBegins::WithMoney },
                fee: amount_if_given(fee.as_deref(), of_gift)?,
                occurred_on: act.day()?,
            })?;
            act.show(committed.dispute(), &committed, screen)
        }
        DisputeTask::Report { dispute, state, act } => {
            let dispute: DisputeId = dispute.parse()?;
            let (key, report, occurred_on) = (act.key(), (*state).into(), act.day()?);
            let committed = ledger.report_dispute(ReportDispute { key, dispute, report, occurred_on })?;
            act.show(Some(dispute), &committed, screen)
        }
        DisputeTask::Fee { dispute, fee, returned, act } => {
            let dispute: DisputeId = dispute.parse()?;
            let fee = amount(fee, || Ok(find(ledger, dispute)?.amount.currency()))?;
            let flow = if *returned { DisputeFeeFlow::Returned } else { DisputeFeeFlow::Charged };
            let (key, occurred_on) = (act.key(), act.day()?);
            let committed =
                ledger.book_dispute_fee(BookDisputeFee { key, dispute, fee, flow, occurred_on })?;
            act.show(Some(dispute), &committed, screen)
        }
        DisputeTask::Show { dispute, output } => {
            show(ledger, &find(ledger, dispute.parse()?)?, *output, screen)
        }
        DisputeTask::List { output } => list(&ledger.open_disputes()?, *output, screen),
    }
}

fn find(ledger: &Ledger, dispute: DisputeId) -> Result<Dispute, Problem> {
    Ok(ledger.dispute(dispute)?.ok_or(Rejection::UnknownDispute { dispute })?)
}

fn show(
    ledger: &Ledger,
    dispute: &Dispute,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(dispute)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Dispute { id, donation, amount, state, .. } = dispute;
    let figure = |minor: u64| amount.currency().decimal_string(minor.into());
    screen.line(&format!("{id}  {amount} of {donation}: {}", state.word()))?;
    let row = |what: &str, of: String, figure: String| vec![what.to_owned(), of, figure];
    let mut rows = vec![row("fee", String::new(), figure(dispute.fee_minor))];
    for held in &dispute.held {
        rows.push(row("held", label(ledger, held.cause)?, figure(held.amount.minor().unsigned_abs())));
    }
    for share in &dispute.shares {
        let of = match share.beneficiary {
            Beneficiary::Cause { cause } => label(ledger, cause)?,
            Beneficiary::Platform => "tip".to_owned(),
        };
        rows.push(row("lost", of, figure(share.share_minor)));
    }
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}

fn list(disputes: &[Dispute], output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(&disputes)?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |of: &Dispute| {
        let currency = of.amount.currency();
        let held = of.held.iter().map(|held| i128::from(held.amount.minor())).sum();
        let figures = [of.amount.minor().into(), held, of.fee_minor.into()];
        let figures = figures.map(|minor| currency.decimal_string(minor));
        let ids = [of.id.to_string(), of.donation.to_string(), of.state.word().to_owned()];
        ids.into_iter().chain(figures).chain([currency.to_string()]).collect::<Vec<_>>()
    };
    let header = ["dispute", "donation", "state", "amount", "held", "fee", ""].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = [header].into_iter().chain(disputes.iter().map(row)).collect();
    screen.table(&rows)?;
    Ok(ExitCode::SUCCESS)
}
