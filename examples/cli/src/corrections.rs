//! `ledger correct`: takes an entry back and puts the right one in its place.

use std::process::ExitCode;

use clap::ValueEnum;
use ledger_core::{
    Amount, Correct, DonationId, EntryKind, Ledger, LedgerError, Method, Rejection, Right, Visibility,
    WhyNothing, Wrong,
};

use crate::amounts::designations;
use crate::args::Output;
use crate::problem::Problem;
use crate::reading::find_donor;
use crate::screen::Screen;
use crate::writing::{Bearer, day, show};

/// Correcting an entry. What is not said is as it was entered, the day among it.
#[derive(clap::Args)]
pub struct CorrectTask {
    /// What is wrong: a donation, a refund, an adjustment or a reallocation, by id. A donation is replaced as the
    /// options say; of the others say --nothing, and enter what is right by its own task.
    pub wrong: String,
    /// Put nothing in its place.
    #[arg(
        long,
        value_name = "WHY",
        conflicts_with_all = ["donor", "to", "tip", "fee", "fee_bearer", "bank", "on", "memo", "visibility"]
    )]
    pub nothing: Option<Why>,
    /// Who gave.
    #[arg(long)]
    pub donor: Option<String>,
    /// All causes with their amounts. Once for each cause.
    #[arg(long = "to", value_name = "CAUSE=AMOUNT")]
    pub to: Vec<String>,
    /// The tip; 0 for none.
    #[arg(long)]
    pub tip: Option<String>,
    /// The fee; 0 for none.
    #[arg(long)]
    pub fee: Option<String>,
    /// Who bears the fee.
    #[arg(long)]
    pub fee_bearer: Option<Bearer>,
    /// The bank account or till.
    #[arg(long)]
    pub bank: Option<String>,
    /// The day of the gift, as 2026-01-31.
    #[arg(long)]
    pub on: Option<String>,
    /// The donor's words. Those that were entered stay, unless another donor gave.
    #[arg(long)]
    pub memo: Option<String>,
    /// Whether the donor may be named.
    #[arg(long)]
    pub visibility: Option<Shown>,
    /// One per act.
    #[arg(long)]
    pub key: String,
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

/// Why an entry is taken back and nothing put in its place.
#[derive(Clone, Copy, ValueEnum)]
pub enum Why {
    /// It is there twice.
    EnteredTwice,
    /// It never happened.
    NeverHappened,
}

/// Whether a donor may be named.
#[derive(Clone, Copy, ValueEnum)]
pub enum Shown {
    /// The donor may be named.
    Public,
    /// The donor must not be named.
    Anonymous,
}

pub fn correct(ledger: &Ledger, task: &CorrectTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let wrong = wrong(&task.wrong)?;
    let right = match (task.nothing, wrong) {
        (Some(why), _) => {
            let why = match why {
                Why::EnteredTwice => WhyNothing::EnteredTwice,
                Why::NeverHappened => WhyNothing::NeverHappened,
            };
            Right::Nothing { key: task.key.clone(), why }
        }
        (None, Wrong::Donation { donation }) => right_donation(ledger, task, donation)?,
        (None, _) => {
            let message = "say --nothing WHY to take it back, then enter what is right by its own task";
            return Err(Problem::usage(message));
        }
    };
    let committed = ledger.correct(Correct {
        wrong,
        right,
        reversed_on: day(task.reversed_on.as_deref())?,
        entry: if task.adjusting { EntryKind::Adjusting } else { EntryKind::Ordinary },
    })?;
    let reversal = committed.reversal().map(|id| id.to_string());
    let id = committed.donation().map(|id| id.to_string()).or(reversal).unwrap_or_default();
    show(id, &committed, task.output, screen)
}

fn wrong(id: &str) -> Result<Wrong, Problem> {
    let wrong = match id.get(..4) {
        Some("gft_") => id.parse().map(|donation| Wrong::Donation { donation }),
        Some("ref_") => id.parse().map(|refund| Wrong::Refund { refund }),
        Some("adj_") => id.parse().map(|adjustment| Wrong::Adjustment { adjustment }),
        Some("rea_") => id.parse().map(|reallocation| Wrong::Reallocation { reallocation }),
        Some("rev_") => {
            return Err(Problem::usage("a reversal is not corrected: enter anew what it took back wrongly"));
        }
        _ => {
            let message =
                "what is wrong is named by an id: gft_…, ref_…, adj_… or rea_…, as `history` shows it";
            return Err(Problem::usage(message));
        }
    };
    Ok(wrong.map_err(LedgerError::from)?)
}

/// The donation as it was entered, with what was wrong replaced.
fn right_donation(ledger: &Ledger, task: &CorrectTask, donation: DonationId) -> Result<Right, Problem> {
    let unknown = || LedgerError::from(Rejection::UnknownDonation { donation });
    let found = ledger.donation(donation)?.ok_or_else(unknown)?;
    if let (Some(fee), false, None) = (found.fee, task.to.is_empty(), &task.fee) {
        let message = format!("the wrong gift has a fee of {fee}: say --fee too, the same, another or 0");
        return Err(Problem::usage(&message));
    }
    let as_entered = found.as_entered(task.key.clone());
    let mut right = as_entered.clone();
    if !task.to.is_empty() {
        right.designations = designations(ledger, &task.to)?;
    }
    if let Some(donor) = &task.donor {
        right.donor = find_donor(ledger, donor)?;
        if right.donor != as_entered.donor {
            // Words of one person are not another's.
            right.memo = None;
        }
    }
    let currency = right.designations.first().map(|first| first.amount.currency());
    for (text, amount) in [(&task.tip, &mut right.tip), (&task.fee, &mut right.fee)] {
        match (text.as_deref(), currency) {
            (Some("0"), _) => *amount = None,
            (Some(text), Some(currency)) => *amount = Some(Amount::parse(text, currency)?),
            (Some(_) | None, _) => {}
        }
    }
    if let Some(bearer) = task.fee_bearer {
        right.fee_bearer = bearer.into();
    }
    if let Some(bank) = task.bank.clone() {
        right.method = Method::Offline { bank };
    }
    if let Some(on) = day(task.on.as_deref())? {
        right.occurred_on = Some(on);
    }
    if let Some(visibility) = task.visibility {
        right.visibility = match visibility {
            Shown::Public => Visibility::Public,
            Shown::Anonymous => Visibility::Anonymous,
        };
    }
    right.memo = task.memo.clone().or(right.memo);
    if right == as_entered {
        return Err(Problem::usage(
            "say what is right, such as --to CAUSE=AMOUNT or --on DATE, or --nothing WHY",
        ));
    }
    Ok(Right::Donation(right))
}
