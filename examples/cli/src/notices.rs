//! `ledger notices`: messages to deliver, read in order by consumers that each go on where they stopped.

use std::process::ExitCode;

use clap::Subcommand;
use ledger_core::{Amount, Currency, Ledger, Notice, NoticeKind, NoticePage};

use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;
use crate::writing;

/// What can be done with notices.
#[derive(Subcommand)]
pub enum NoticesTask {
    /// Show the next notices for a consumer: those after what it acknowledged last.
    #[command(after_help = "Example:\n  ledger --dir books notices next mailer --limit 20")]
    Next {
        /// Who: any name of 1 to 40 bytes.
        consumer: String,
        /// Most notices, 1 to 10000; some more where one record has several.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Show the notices after a record, whoever has dealt with them.
    #[command(after_help = "Example:\n  ledger --dir books notices after 100 --json")]
    After {
        /// The record.
        seq: u64,
        /// Most notices, 1 to 10000; some more where one record has several.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Say that a consumer has dealt with all notices up to a record.
    #[command(after_help = "Example:\n  ledger --dir books notices acknowledge mailer 117")]
    Acknowledge {
        /// Who.
        consumer: String,
        /// The last record, as the page said.
        seq: u64,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl NoticesTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Next { .. } | Self::After { .. })
    }
}

pub fn run(ledger: &Ledger, task: &NoticesTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        NoticesTask::Next { consumer, limit, output } => {
            show(&ledger.next_notices(consumer, *limit)?, *output, screen)
        }
        NoticesTask::After { seq, limit, output } => {
            show(&ledger.notices_after(*seq, *limit)?, *output, screen)
        }
        NoticesTask::Acknowledge { consumer, seq, output } => {
            let committed = ledger.acknowledge_notices(consumer, *seq)?;
            writing::show(consumer.clone(), &committed, *output, screen)
        }
    }
}

fn show(page: &NoticePage, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |notice: &Notice| {
        let (word, about, amount) = told(&notice.kind);
        vec![notice.id(), notice.day.to_string(), word.to_owned(), about, amount]
    };
    screen.table(&page.notices.iter().map(row).collect::<Vec<_>>())?;
    screen.line(&format!("through record {}", page.through))?;
    Ok(ExitCode::SUCCESS)
}

/// A notice in short: what happened, to what, and how much it is about.
fn told(kind: &NoticeKind) -> (&'static str, String, String) {
    match kind {
        NoticeKind::DonationCaptured { donation, designations, tip, .. } => {
            let given = designations.iter().map(|designation| designation.amount).chain(*tip);
            ("donation_captured", donation.to_string(), sum(given))
        }
        NoticeKind::PaymentFailed { payment, reason, .. } => {
            let reason = reason.map(|reason| reason.word().to_owned()).unwrap_or_default();
            ("payment_failed", payment.to_string(), reason)
        }
        NoticeKind::DonationRefunded { refund, amount, .. } => {
            ("donation_refunded", refund.to_string(), amount.to_string())
        }
        NoticeKind::RefundFailed { refund, amount, .. } => {
            ("refund_failed", refund.to_string(), amount.to_string())
        }
        NoticeKind::DisputeOpened { dispute, amount, .. } => {
            ("dispute_opened", dispute.to_string(), amount.to_string())
        }
        NoticeKind::DisputeDecided { dispute, amount, state, .. } => {
            ("dispute_decided", dispute.to_string(), format!("{} {amount}", state.word()))
        }
        NoticeKind::PayoutPaid { payout, amount, .. } => {
            ("payout_paid", payout.to_string(), amount.to_string())
        }
        NoticeKind::PayoutFailed { payout, amount, .. } => {
            ("payout_failed", payout.to_string(), amount.to_string())
        }
        NoticeKind::GoalReached { cause, goal } => ("goal_reached", cause.to_string(), goal.to_string()),
        NoticeKind::CauseClosed { cause } => ("cause_closed", cause.to_string(), String::new()),
        NoticeKind::MoneyUnidentified { item, amount } => {
            ("money_unidentified", item.to_string(), amount.to_string())
        }
        NoticeKind::FactRefused { object, code } => ("fact_refused", object.clone(), format!("error {code}")),
        _ => ("other", String::new(), String::new()),
    }
}

/// The sum of amounts of one currency.
fn sum(amounts: impl Iterator<Item = Amount>) -> String {
    let mut whole: Option<(Currency, i128)> = None;
    for amount in amounts {
        let (currency, minor) = whole.unwrap_or((amount.currency(), 0));
        whole = Some((currency, minor.saturating_add(amount.minor().into())));
    }
    whole
        .map(|(currency, minor)| format!("{} {currency}", currency.decimal_string(minor)))
        .unwrap_or_default()
}
