//! What processors paid out to us, in the rows of settlements and of the objects that their lines are about.

use super::changes::Changes;
use super::facts::with_object;
use crate::machine::event::{Event, SettlementLinesRecorded, SettlementReturned};
use crate::machine::state::SettlementFacts;
use crate::records::row::{RowKey, SettlementRow};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::SettlementId;

/// What such an event changes.
pub(super) fn apply(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::SettlementRecorded { settlement, processor, bank, amount } => {
            let facts = SettlementFacts {
                processor: processor.clone(),
                bank: bank.clone(),
                amount: *amount,
                is_returned: false,
                lines_in: Vec::new(),
                lines: 0,
                net_minor: 0,
            };
            let fresh = || Some(SettlementRow { seq: 0, facts });
            changes.settlement(RowKey::Settlement(*settlement), fresh).map(|_| ())
        }
        Event::SettlementReturned(returned) => come_back(changes, returned),
        Event::SettlementLinesRecorded(recorded) => add_lines(changes, recorded),
        _ => Ok(()),
    }
}

fn come_back(changes: &mut Changes<'_>, returned: &SettlementReturned) -> Result<(), Fault> {
    with_settlement(changes, returned.settlement, |facts, _| facts.is_returned = true)?;
    with_object(changes, &returned.processor, &returned.object, |facts| facts.is_returned = true)
}

fn add_lines(changes: &mut Changes<'_>, recorded: &SettlementLinesRecorded) -> Result<(), Fault> {
    let SettlementLinesRecorded { settlement, processor, lines } = recorded;
    with_settlement(changes, *settlement, |facts, seq| {
        facts.lines_in.push(seq);
        for line in lines {
            facts.lines = facts.lines.saturating_add(1);
            facts.net_minor = facts.net_minor.saturating_add(line.net_minor().unwrap_or(0));
        }
    })?;
    for line in lines {
        with_object(changes, processor, &line.id, |facts| facts.line_of = Some(*settlement))?;
        let Some(about) = &line.about else { continue };
        with_object(changes, processor, about, |facts| {
            facts.settled_gross_minor = facts.settled_gross_minor.saturating_add(line.gross_minor);
            facts.settled_fee_minor = facts.settled_fee_minor.saturating_add(line.fee_minor);
        })?;
    }
    Ok(())
}

fn with_settlement(
    changes: &mut Changes<'_>,
    settlement: SettlementId,
    change: impl FnOnce(&mut SettlementFacts, u64),
) -> Result<(), Fault> {
    let seq = changes.seq;
    if let Some(row) = changes.settlement(RowKey::Settlement(settlement), || None)? {
        change(&mut row.facts, seq);
    }
    Ok(())
}
