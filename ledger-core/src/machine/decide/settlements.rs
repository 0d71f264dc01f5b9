//! Rules of what a processor pays out to us.

use std::collections::{BTreeMap, BTreeSet};

use super::donations::check_method;
use super::texts::{self, count};
use super::{Decision, Moment, Refusal};
use crate::giving::donation::Method;
use crate::giving::settlement::SettlementLine;
use crate::machine::command::{RecordSettlement, RecordSettlementLines};
use crate::machine::event::{Event, SettlementLinesRecorded};
use crate::machine::rejection::Rejection;
use crate::machine::state::{SettlementFacts, StateView};
use crate::vocabulary::ids::SettlementId;
use crate::vocabulary::money::MoneyError;

/// Most lines of one call.
const LINES_OF_CALL_MAX: usize = 1_000;
/// Most calls with lines of one settlement.
const CALLS_MAX: usize = 1_000;
/// Longest id of a line, and of what it is about, in bytes.
const ID_BYTES_MAX: usize = 100;

pub(super) fn record(moment: &Moment, command: &RecordSettlement) -> Result<Decision, Refusal> {
    let RecordSettlement { processor, bank, amount, .. } = command.clone();
    check_method(&Method::Processor { processor: processor.clone() })?;
    check_method(&Method::Offline { bank: bank.clone() })?;
    let settlement = SettlementId::from(moment.id(0));
    Ok(Decision::of(Event::SettlementRecorded { settlement, processor, bank, amount }))
}

pub(super) fn record_lines(
    view: &dyn StateView,
    command: &RecordSettlementLines,
) -> Result<Decision, Refusal> {
    let (settlement, lines) = (command.settlement, command.lines.clone());
    if !(1..=LINES_OF_CALL_MAX).contains(&lines.len()) {
        let (count, limit) = (count(lines.len()), count(LINES_OF_CALL_MAX));
        return Err(Rejection::SettlementLineCount { count, limit }.into());
    }
    let mut ids = BTreeSet::new();
    for (line, number) in lines.iter().zip(1_u64..) {
        texts::check_line("line", &line.id, ID_BYTES_MAX)?;
        line.about.as_deref().map_or(Ok(()), |about| texts::check_line("about", about, ID_BYTES_MAX))?;
        if !ids.insert(&line.id) {
            return Err(Rejection::LineSettled { line: number, settlement }.into());
        }
    }
    let facts = view.settlement(settlement)?.ok_or(Rejection::UnknownSettlement { settlement })?;
    if facts.lines_in.len() >= CALLS_MAX {
        let (count, limit) = (count(facts.lines_in.len()), count(CALLS_MAX));
        return Err(Rejection::SettlementLineCount { count, limit }.into());
    }
    check_sums(view, &facts, &lines)?;
    for (line, number) in lines.iter().zip(1_u64..) {
        if let Some(settlement) = view.object(&facts.processor, &line.id)?.line_of {
            return Err(Rejection::LineSettled { line: number, settlement }.into());
        }
    }
    let processor = facts.processor;
    Ok(Decision::of(Event::SettlementLinesRecorded(SettlementLinesRecorded { settlement, processor, lines })))
}

/// No sum of lines is too large to be told.
fn check_sums(
    view: &dyn StateView,
    facts: &SettlementFacts,
    lines: &[SettlementLine],
) -> Result<(), Refusal> {
    let too_large = || Rejection::from(MoneyError::TooLarge { currency: facts.amount.currency() });
    let mut net_minor = facts.net_minor;
    let mut about = BTreeMap::<&str, (i64, i64)>::new();
    for line in lines {
        let net = line.net_minor().and_then(|net| net_minor.checked_add(net));
        net_minor = net.ok_or_else(too_large)?;
        let Some(object) = line.about.as_deref() else { continue };
        let known = if let Some(known) = about.get(object) {
            *known
        } else {
            let known = view.object(&facts.processor, object)?;
            (known.settled_gross_minor, known.settled_fee_minor)
        };
        let gross = known.0.checked_add(line.gross_minor);
        let sums = gross.zip(known.1.checked_add(line.fee_minor));
        about.insert(object, sums.ok_or_else(too_large)?);
    }
    Ok(())
}
