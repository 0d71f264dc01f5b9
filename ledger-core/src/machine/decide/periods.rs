//! Rules of periods: a day that is over closes once, with all days before it; then only adjusting entries are
//! dated on them.

use super::texts::count;
use super::{Decision, Moment, Refusal};
use crate::accounting::chart::Chart;
use crate::machine::command::{ClosePeriod, Command, EntryKind};
use crate::machine::event::{ClosedAccount, Event};
use crate::machine::posting_rules::entry_count;
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;
use crate::vocabulary::date::Date;

/// Most accounts that one closing can bring to zero: its record lists them all.
const CLOSED_ACCOUNTS_MAX: usize = 2_000;

pub(super) fn close(
    view: &dyn StateView,
    moment: &Moment,
    command: &ClosePeriod,
) -> Result<Decision, Refusal> {
    let (through, today) = (command.through, moment.now.date());
    if through >= today {
        return Err(Rejection::PeriodNotOver { through, today }.into());
    }
    if let Some(closed) = view.closed_through()?.filter(|closed| through <= *closed) {
        return Err(Rejection::PeriodClosedBefore { through, closed }.into());
    }
    let mut closed = Vec::new();
    for (account, balance) in view.results_through(through)? {
        let (side, amounts) = balance.to_zero();
        let into = Chart::closed_into(&account);
        // An account that holds more than one posting can is in several of them.
        closed.extend(amounts.take(CLOSED_ACCOUNTS_MAX.saturating_add(1)).map(|amount_minor| {
            ClosedAccount { account: account.clone(), side, amount_minor, into: into.clone() }
        }));
    }
    if closed.len() > CLOSED_ACCOUNTS_MAX {
        let (count, limit) = (count(closed.len()), count(CLOSED_ACCOUNTS_MAX));
        return Err(Rejection::TooManyAccounts { count, limit }.into());
    }
    Ok(Decision::of(Event::PeriodClosed { through, closed }))
}

/// Entries on days of a closed period are refused, adjusting ones aside. One rule for all commands: whatever a
/// command is called and wherever its days come from, what it would post decides.
pub(super) fn check_days(
    view: &dyn StateView,
    moment: &Moment,
    command: &Command,
    decision: &Decision,
) -> Result<(), Refusal> {
    let of_record = moment.day(decision.occurred_on);
    for event in decision.events.iter().filter(|event| entry_count(event) > 0) {
        if command.entry_kind_of(event) == EntryKind::Ordinary {
            check_open(view, event.day().unwrap_or(of_record))?;
        }
    }
    Ok(())
}

fn check_open(view: &dyn StateView, day: Date) -> Result<(), Refusal> {
    match view.closed_through()? {
        Some(through) if day <= through => Err(Rejection::PeriodClosed { day, through }.into()),
        Some(_) | None => Ok(()),
    }
}
