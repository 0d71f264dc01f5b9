//! `ledger correct`: takes an entry back and puts the right one in its place.

use std::process::ExitCode;

use clap::ValueEnum;
use ledger_core::{
    Amount, Correct, CorrectionReason, DonationId, EntryKind, Ledger, LedgerError, Method, Rejection, Right,
    Wrong,
};

use crate::args::Output;
use crate::problem::Problem;
use crate::reading::find_donor;
use crate::screen::Screen;
use crate::writing::{day, designations, show};

/// Correcting an entry.
#[derive(clap::Args)]
pub struct CorrectTask {
    /// What is wrong: a donation, a refund, an adjustment or a reallocation, by id.
    pub wrong: String,
    /// Put nothing in its place.
    #[arg(long, conflicts_with_all = ["donor", "to", "tip", "fee", "bank", "on"])]
    pub nothing: bool,
    /// Who gave, where that was wrong.
    #[arg(long)]
    pub donor: Option<String>,
    /// All causes with their amounts, where something of them was wrong. Once for each cause.
    #[arg(long = "to", value_name = "CAUSE=AMOUNT")]
    pub to: Vec<String>,
    /// The tip, where it was wrong.
    #[arg(long)]
    pub tip: Option<String>,
    /// The fee, where it was wrong.
    #[arg(long)]
    pub fee: Option<String>,
    /// The bank account or till, where it was wrong.
    #[arg(long)]
    pub bank: Option<String>,
    /// The day of the gift, where it was wrong, as 2026-01-31.
    #[arg(long)]
    pub on: Option<String>,
    /// One per act.
    #[arg(long)]
    pub key: String,
    /// Why; it is recorded.
    #[arg(long, default_value = "entered-wrongly")]
    pub reason: Why,
    /// The day of the reversing entry; without one, that of the wrong entry.
    #[arg(long, value_name = "DATE")]
    pub reversed_on: Option<String>,
    /// Adjusting entries: their days may lie in a closed period.
    #[arg(long)]
    pub adjusting: bool,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Why an entry is taken back.
#[derive(Clone, Copy, ValueEnum)]
pub enum Why {
    /// It happened otherwise.
    EnteredWrongly,
    /// It is there twice.
    EnteredTwice,
    /// It never happened.
    NeverHappened,
}

pub fn correct(ledger: &Ledger, task: &CorrectTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let wrong = wrong(&task.wrong)?;
    let right = if task.nothing {
        Right::Nothing { key: task.key.clone() }
    } else if let Wrong::Donation { donation } = wrong {
        right_donation(ledger, task, donation)?
    } else {
        let message = "say --nothing to take it back, then enter what is right by its own task";
        return Err(Problem::usage(message));
    };
    let committed = ledger.correct(Correct {
        wrong,
        right,
        reason: match task.reason {
            Why::EnteredWrongly => CorrectionReason::EnteredWrongly,
            Why::EnteredTwice => CorrectionReason::EnteredTwice,
            Why::NeverHappened => CorrectionReason::NeverHappened,
        },
        reversed_on: day(task.reversed_on.as_deref())?,
        entry: if task.adjusting { EntryKind::Adjusting } else { EntryKind::Ordinary },
    })?;
    let reversal = committed.reversal().map(|id| id.to_string());
    let id = committed.donation().map(|id| id.to_string()).or(reversal).unwrap_or_default();
    show(id, &committed, task.output, screen)
}

fn wrong(id: &str) -> Result<Wrong, Problem> {
    let wrong = match id.get(..4) {
        Some("ref_") => id.parse().map(|refund| Wrong::Refund { refund }),
        Some("adj_") => id.parse().map(|adjustment| Wrong::Adjustment { adjustment }),
        Some("rea_") => id.parse().map(|reallocation| Wrong::Reallocation { reallocation }),
        _ => id.parse().map(|donation| Wrong::Donation { donation }),
    };
    Ok(wrong.map_err(LedgerError::from)?)
}

/// The donation as it was entered, with what was wrong replaced.
fn right_donation(ledger: &Ledger, task: &CorrectTask, donation: DonationId) -> Result<Right, Problem> {
    let texts = [&task.donor, &task.tip, &task.fee, &task.bank, &task.on];
    if task.to.is_empty() && texts.iter().all(|text| text.is_none()) {
        return Err(Problem::usage(
            "say what is right, such as --to CAUSE=AMOUNT or --on DATE, or --nothing",
        ));
    }
    let unknown = || LedgerError::from(Rejection::UnknownDonation { donation });
    let found = ledger.donation(donation)?.ok_or_else(unknown)?;
    let to = if task.to.is_empty() { found.designations } else { designations(ledger, &task.to)? };
    let currency = to.first().map(|first| first.amount.currency());
    let amount = |text: &Option<String>, before| match (text, currency) {
        (Some(text), Some(currency)) => Amount::parse(text, currency).map(Some),
        _ => Ok(before),
    };
    let bank = task.bank.clone();
    Ok(Right::Donation(ledger_core::Donate {
        key: task.key.clone(),
        donor: task.donor.as_deref().map_or(Ok(found.donor), |donor| find_donor(ledger, donor))?,
        tip: amount(&task.tip, found.tip)?,
        fee: amount(&task.fee, found.fee)?,
        designations: to,
        fee_bearer: found.fee_bearer,
        method: bank.map_or(found.method, |bank| Method::Offline { bank }),
        occurred_on: day(task.on.as_deref())?.or(Some(found.day)),
        visibility: found.visibility,
        memo: found.memo,
    }))
}
