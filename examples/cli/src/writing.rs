//! Tasks that write.

use std::path::Path;
use std::process::ExitCode;

use ledger_core::{
    Amount, BookMode, CauseDetails, Committed, Currency, Date, Designation, DonationId, Ledger, LedgerError,
    Method, OpenCause, Opening, Options, RefundScope, Visibility,
};
use serde::Serialize;

use crate::args::{CauseTask, Donate, Init, Output, Refund};
use crate::problem::Problem;
use crate::reading::{find_cause, find_donor};
use crate::screen::Screen;

const DONE: Result<ExitCode, Problem> = Ok(ExitCode::SUCCESS);

pub fn init(dir: &Path, task: &Init, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let unknown = || Problem::Plain(format!("mode {:?} is not known: say agency or principal", task.mode));
    let mode = BookMode::from_word(&task.mode).ok_or_else(unknown)?;
    let ledger = Ledger::open(dir, Options::new().opening(Opening::CreateNew).mode(mode))?;
    screen.line(&format!("created {} in {}", ledger.identity().ledger, dir.display()))?;
    ledger.close()?;
    DONE
}

/// What the ledger returned, and the id of what was made.
#[derive(Serialize)]
struct Made<'a> {
    id: String,
    #[serde(flatten)]
    committed: &'a Committed,
}

/// Shows what a write returned, under the id or word of what it made.
pub fn show(
    id: String,
    committed: &Committed,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(&Made { id, committed })?;
        return DONE;
    }
    screen.line(&format!("{id}  (record {}, {:?})", committed.seq, committed.delivery))?;
    for each in &committed.balances {
        screen.line(&format!(
            "    {}  {}",
            each.account,
            each.account.currency.decimal_string(each.net_minor())
        ))?;
    }
    DONE
}

pub fn cause(ledger: &Ledger, task: &CauseTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let CauseTask::Open { name, currency, external_id, goal, output } = task;
    let currency: Currency = currency.parse()?;
    let goal = goal.as_deref().map(|goal| Amount::parse(goal, currency)).transpose()?;
    let details = CauseDetails {
        name: name.clone(),
        external_id: external_id.clone(),
        goal,
        ..CauseDetails::default()
    };
    let committed = ledger.open_cause(OpenCause { key: None, currency, details })?;
    let id = committed.cause().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, *output, screen)
}

pub fn donate(ledger: &Ledger, task: &Donate, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let designations = designations(ledger, &task.to)?;
    let currency = designations.first().map(|first| first.amount.currency());
    let amount = |text: &Option<String>| match (text, currency) {
        (Some(text), Some(currency)) => Amount::parse(text, currency).map(Some),
        _ => Ok(None),
    };
    let committed = ledger.donate(ledger_core::Donate {
        key: task.key.clone(),
        donor: find_donor(ledger, &task.donor)?,
        tip: amount(&task.tip)?,
        fee: amount(&task.fee)?,
        designations,
        fee_bearer: task.fee_bearer.into(),
        method: Method::Offline { bank: task.bank.clone() },
        occurred_on: day(task.on.as_deref())?,
        visibility: if task.anonymous { Visibility::Anonymous } else { Visibility::Public },
        memo: task.memo.clone(),
    })?;
    let id = committed.donation().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, task.output, screen)
}

pub fn refund(ledger: &Ledger, task: &Refund, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let donation: DonationId = task.donation.parse().map_err(LedgerError::from)?;
    let scope = match &task.amount {
        Some(amount) => {
            let unknown = || LedgerError::from(ledger_core::Rejection::UnknownDonation { donation });
            let first = ledger.donation(donation)?.and_then(|found| found.designations.into_iter().next());
            let currency = first.ok_or_else(unknown)?.amount.currency();
            RefundScope::Proportional { amount: Amount::parse(amount, currency)? }
        }
        None if task.cause.is_empty() => RefundScope::Everything,
        None => RefundScope::Causes { from: designations(ledger, &task.cause)? },
    };
    let occurred_on = day(task.on.as_deref())?;
    let committed = ledger.refund(ledger_core::Refund {
        key: task.key.clone(),
        donation,
        scope,
        occurred_on,
        memo: None,
    })?;
    let id = committed.refund().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, task.output, screen)
}

/// A day, where one is given.
pub fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    Ok(text.map(str::parse).transpose().map_err(LedgerError::from)?)
}

/// `CAUSE=AMOUNT`, each in the currency of its cause.
pub fn designations(ledger: &Ledger, texts: &[String]) -> Result<Vec<Designation>, Problem> {
    let mut designations = Vec::new();
    for text in texts {
        let malformed =
            || Problem::Plain(format!("{text:?} is not of the form CAUSE=AMOUNT, such as water=20.00"));
        let (name, amount) = text.rsplit_once('=').ok_or_else(malformed)?;
        let cause = find_cause(ledger, name)?;
        let unknown = || LedgerError::from(ledger_core::Rejection::UnknownCause { cause });
        let currency = ledger.cause(cause)?.ok_or_else(unknown)?.currency;
        designations.push(Designation { cause, amount: Amount::parse(amount, currency)? });
    }
    Ok(designations)
}
