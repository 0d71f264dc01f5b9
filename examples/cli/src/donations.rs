//! `ledger donation`: gifts that are still to be paid.

use std::process::ExitCode;

use clap::Subcommand;
use ledger_core::{BeginDonation, CancelDonation, Currency, DonationId, Ledger, Rejection};

use crate::acts::Act;
use crate::amounts::{amount_if_given, currency_of_cause, designations_in};
use crate::args::Output;
use crate::gift::Gift;
use crate::gift_life;
use crate::problem::Problem;
use crate::reading::find_donor;
use crate::screen::Screen;
use crate::writing::Bearer;

/// What can be done with gifts that are still to be paid.
#[derive(Subcommand)]
pub enum DonationTask {
    /// Begin a gift that is still to be paid.
    #[command(
        after_help = "Example:\n  ledger --dir books donation begin --donor ada --to water=20.00 --to school=5.00 --tip 1.00 --key order-17\n  ledger --dir books donation begin --donor ada --to water=100.00 --currency USD --key order-18"
    )]
    Begin(Begin),
    /// Give up a gift that was not paid.
    #[command(after_help = "Example:\n  ledger --dir books donation cancel gft_… --key order-17-cancelled")]
    Cancel {
        /// The donation.
        donation: String,
        /// Its key, how to print.
        #[command(flatten)]
        act: Act,
    },
    /// Show the whole life of a gift: attempts, refunds, disputes, fees, and what is left.
    #[command(after_help = "Example:\n  ledger --dir books donation show gft_…")]
    Show {
        /// The donation.
        donation: String,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl DonationTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Show { .. })
    }
}

/// Beginning a gift.
#[derive(clap::Args)]
pub struct Begin {
    /// The gift.
    #[command(flatten)]
    pub gift: Gift,
    /// The currency in which the donor gives, where it is not that of the causes.
    #[arg(long)]
    pub currency: Option<String>,
    /// Who bears the fees: the causes and the tip in proportion, or the platform.
    #[arg(long, default_value = "causes")]
    pub fee_bearer: Bearer,
    /// Its key, how to print.
    #[command(flatten)]
    pub act: Act,
}

pub fn run(ledger: &Ledger, task: &DonationTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        DonationTask::Begin(task) => begin(ledger, task, screen),
        DonationTask::Cancel { donation, act } => {
            let (key, donation) = (act.key.clone(), donation.parse()?);
            let committed = ledger.cancel_donation(CancelDonation { key, donation })?;
            act.show(Some(donation), &committed, screen)
        }
        DonationTask::Show { donation, output } => {
            let donation: DonationId = donation.parse()?;
            let life = ledger.gift_life(donation)?.ok_or(Rejection::UnknownDonation { donation })?;
            gift_life::show(ledger, &life, *output, screen)
        }
    }
}

fn begin(ledger: &Ledger, task: &Begin, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let gift = &task.gift;
    let named: Option<Currency> = task.currency.as_deref().map(str::parse).transpose()?;
    let designations = designations_in(ledger, &gift.to, named)?;
    let first = designations.first().ok_or(Rejection::NoDesignation)?;
    let (given, of_causes) = (first.amount.currency(), currency_of_cause(ledger, first.cause)?);
    let command = BeginDonation {
        key: task.act.key.clone(),
        donor: find_donor(ledger, &gift.donor)?,
        tip: amount_if_given(gift.tip.as_deref(), || Ok(given))?,
        designations,
        fee_bearer: task.fee_bearer.into(),
        visibility: gift.visibility(),
        memo: gift.memo.clone(),
    };
    let is_foreign = named.is_some_and(|named| named != of_causes);
    let committed =
        if is_foreign { ledger.begin_foreign_donation(command)? } else { ledger.begin_donation(command)? };
    task.act.show(committed.donation(), &committed, screen)
}
