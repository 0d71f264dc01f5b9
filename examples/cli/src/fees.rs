//! `ledger fee`: what the processor and the platform keep of a gift, and what of that is given back.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{BookFee, DonationId, FeeGivenBack, GiveBackFees, Ledger, TakePlatformFee};

use crate::acts::DatedAct;
use crate::amounts::{amount, currency_of_gift, designations};
use crate::problem::Problem;
use crate::screen::Screen;

/// What can be done with fees.
#[derive(Subcommand)]
pub enum FeeTask {
    /// Book what the processor kept of a gift, once it is learned.
    #[command(after_help = "Example:\n  ledger --dir books fee book gft_… --fee 3.35 --key fee-1")]
    Book {
        /// The donation.
        donation: String,
        /// How much.
        #[arg(long)]
        fee: String,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Book what the platform keeps of a gift for itself.
    #[command(
        after_help = "Example:\n  ledger --dir books fee platform gft_… --from water=1.67 --key platform-1"
    )]
    Platform {
        /// The donation.
        donation: String,
        /// A cause of it and an amount. Once for each cause.
        #[arg(long, value_name = "CAUSE=AMOUNT", required = true)]
        from: Vec<String>,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
    /// Give causes back what they bore of fees: the platform bears it.
    #[command(
        after_help = "Example:\n  ledger --dir books fee give-back gft_… --of processor --to water=1.07 --key cover-1"
    )]
    GiveBack {
        /// The donation.
        donation: String,
        /// Whose fee.
        #[arg(long)]
        of: Whose,
        /// A cause of it and an amount. Once for each cause.
        #[arg(long, value_name = "CAUSE=AMOUNT", required = true)]
        to: Vec<String>,
        /// Its key, its day, how to print.
        #[command(flatten)]
        act: DatedAct,
    },
}

/// Whose fee.
#[derive(Clone, Copy, ValueEnum)]
pub enum Whose {
    /// The processor's, which it keeps.
    Processor,
    /// The platform's own.
    Platform,
}

pub fn run(ledger: &Ledger, task: &FeeTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let (FeeTask::Book { donation, act, .. }
    | FeeTask::Platform { donation, act, .. }
    | FeeTask::GiveBack { donation, act, .. }) = task;
    let donation: DonationId = donation.parse()?;
    let (key, occurred_on) = (act.key(), act.day()?);
    let committed = match task {
        FeeTask::Book { fee, .. } => {
            let fee = amount(fee, || currency_of_gift(ledger, donation))?;
            ledger.book_fee(BookFee { key, donation, fee, occurred_on })?
        }
        FeeTask::Platform { from, .. } => {
            let from = designations(ledger, from)?;
            ledger.take_platform_fee(TakePlatformFee { key, donation, from, occurred_on })?
        }
        FeeTask::GiveBack { of, to, .. } => {
            let fee = match of {
                Whose::Processor => FeeGivenBack::OfProcessor,
                Whose::Platform => FeeGivenBack::OfPlatform,
            };
            let to = designations(ledger, to)?;
            ledger.give_back_fees(GiveBackFees { key, donation, fee, to, occurred_on })?
        }
    };
    act.show(Some(donation), &committed, screen)
}
