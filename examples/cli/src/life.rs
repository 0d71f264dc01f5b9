//! Tasks of the whole life of a payment, from the button to the write-off: each is in the file of its own duty.

use std::process::ExitCode;

use clap::Subcommand;
use ledger_core::Ledger;

use crate::args::Output;
use crate::collecting::{self, Exchange, PaymentTask};
use crate::disputes::{self, DisputeTask};
use crate::donations::{self, DonationTask};
use crate::facts::{self, Attach, WebhookTask};
use crate::fees::{self, FeeTask};
use crate::notices::{self, NoticesTask};
use crate::owed::{self, OwedTask, PolicyTask};
use crate::payouts::{self, PayoutTask};
use crate::problem::Problem;
use crate::reconcile::{self, Reconcile};
use crate::refunds::{self, Refund, ReportTask};
use crate::screen::Screen;
use crate::settlements::{self, SettlementTask, UnsettledTask};
use crate::standing::{self, Standing};
use crate::unidentified::{self, SuspenseTask};

/// What can be done along the way of money.
#[derive(Subcommand)]
pub enum LifeTask {
    /// Begin gifts that are still to be paid, give them up, and show their whole life.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books donation begin --donor ada --to water=20.00 --key order-17"
    )]
    Donation(DonationTask),
    /// Begin attempts to collect a gift, and record what was learned of them.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books payment report pay_… captured --key try-1-captured"
    )]
    Payment(PaymentTask),
    /// Book what the processor and the platform keep, and what of that is given back.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books fee book gft_… --fee 3.35 --key fee-1"
    )]
    Fee(FeeTask),
    /// Record what processors pay out to our bank accounts, and show what that consists of.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books settlement record --processor stripe --bank main --amount \"101.65 EUR\" --key po-1"
    )]
    Settlement(SettlementTask),
    /// Load a processor's account of its settlements, and compare it with the books, line by line.
    #[command(
        after_help = "Example:\n  ledger --dir books reconcile payouts.csv --processor stripe\n\nThe file has a head line. Columns, under these names or those of Stripe's itemised report: line\n(balance_transaction_id), about (payment_intent_id of a charge, otherwise source_id), gross, fee, currency,\nsettlement (automatic_payout_id). Lines of payouts themselves are left out."
    )]
    Reconcile(Reconcile),
    /// List what was booked at a processor and is not settled as it was booked.
    #[command(
        after_help = "Example:\n  ledger --dir books unsettled --processor stripe --currency EUR --from 2026-01-01 --to 2026-01-31"
    )]
    Unsettled(UnsettledTask),
    /// Record that a processor exchanged money that it holds.
    #[command(
        after_help = "Example:\n  ledger --dir books exchange --processor stripe --from \"100 USD\" --to \"92 EUR\" --rate 0.92 --key fx-1"
    )]
    Exchange(Exchange),
    /// Pay causes.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books payout propose water --amount 30.60 --bank main --key out-1"
    )]
    Payout(PayoutTask),
    /// Give back all or some of a gift.
    #[command(
        after_help = "Example:\n  ledger --dir books refund gft_… --amount 5.00 --key refund-1\n  ledger --dir books refund gft_… --force --key refund-2"
    )]
    Refund(Refund),
    /// Record what was learned of a refund that a processor carries out.
    #[command(
        after_help = "Example:\n  ledger --dir books refund-report ref_… succeeded --key refund-1-done"
    )]
    RefundReport(ReportTask),
    /// Record that gifts are disputed, and what becomes of that.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books dispute open gft_… --amount 75.00 --fee 15.00 --key dp-1"
    )]
    Dispute(DisputeTask),
    /// Decide once what happens when causes have less than nothing, or are closed.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books policy set --negative allow-as-receivable --closed take-anyway --key policies-1"
    )]
    Policy(PolicyTask),
    /// List what causes owe, and settle it.
    #[command(subcommand, after_help = "Example:\n  ledger --dir books owed list")]
    Owed(OwedTask),
    /// Keep money that nobody claims, until it is known whose gift it is.
    #[command(subcommand, after_help = "Example:\n  ledger --dir books suspense list")]
    Suspense(SuspenseTask),
    /// Show where a cause stands: its totals, and what it has and owes.
    #[command(after_help = "Example:\n  ledger --dir books standing water")]
    Standing(Standing),
    /// Take in what a payment provider sent.
    #[command(
        after_help = "Example:\n  ledger --dir books webhook --provider stripe --secret-file whsec.txt --headers headers.txt body.json\n  ledger --dir books webhook --provider stripe --secret-file whsec.txt --signature t=…,v1=… body.json"
    )]
    Webhook(WebhookTask),
    /// Say which object of a provider is a payment, a refund, a dispute or a settlement of ours.
    #[command(after_help = "Example:\n  ledger --dir books attach pay_… pi_3Nx… --key attach-1")]
    Attach(Attach),
    /// List what providers said of objects that nobody knows here yet.
    #[command(after_help = "Example:\n  ledger --dir books parked")]
    Parked(Output),
    /// Read messages to deliver, and acknowledge them.
    #[command(subcommand, after_help = "Example:\n  ledger --dir books notices next mailer")]
    Notices(NoticesTask),
}

impl LifeTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        match self {
            Self::Donation(task) => task.only_reads(),
            Self::Settlement(task) => task.only_reads(),
            Self::Policy(task) => task.only_reads(),
            Self::Payout(task) => task.only_reads(),
            Self::Dispute(task) => task.only_reads(),
            Self::Owed(task) => task.only_reads(),
            Self::Suspense(task) => task.only_reads(),
            Self::Notices(task) => task.only_reads(),
            Self::Standing(_) | Self::Unsettled(_) | Self::Parked(_) => true,
            Self::Payment(_)
            | Self::Fee(_)
            | Self::Reconcile(_)
            | Self::Exchange(_)
            | Self::Refund(_)
            | Self::RefundReport(_)
            | Self::Webhook(_)
            | Self::Attach(_) => false,
        }
    }
}

pub fn run(ledger: &Ledger, task: &LifeTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        LifeTask::Donation(task) => donations::run(ledger, task, screen),
        LifeTask::Payment(task) => collecting::payment(ledger, task, screen),
        LifeTask::Fee(task) => fees::run(ledger, task, screen),
        LifeTask::Settlement(task) => settlements::run(ledger, task, screen),
        LifeTask::Reconcile(task) => reconcile::run(ledger, task, screen),
        LifeTask::Unsettled(task) => settlements::unsettled(ledger, task, screen),
        LifeTask::Exchange(task) => collecting::exchange(ledger, task, screen),
        LifeTask::Payout(task) => payouts::run(ledger, task, screen),
        LifeTask::Refund(task) => refunds::refund(ledger, task, screen),
        LifeTask::RefundReport(task) => refunds::report(ledger, task, screen),
        LifeTask::Dispute(task) => disputes::run(ledger, task, screen),
        LifeTask::Policy(task) => owed::policy(ledger, task, screen),
        LifeTask::Owed(task) => owed::run(ledger, task, screen),
        LifeTask::Suspense(task) => unidentified::run(ledger, task, screen),
        LifeTask::Standing(task) => standing::run(ledger, task, screen),
        LifeTask::Webhook(task) => facts::webhook(ledger, task, screen),
        LifeTask::Parked(output) => facts::parked(ledger, *output, screen),
        LifeTask::Attach(task) => facts::attach(ledger, task, screen),
        LifeTask::Notices(task) => notices::run(ledger, task, screen),
    }
}
