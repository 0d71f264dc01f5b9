//! Reconciliation: what a processor accounts for in its settlements, against what the books say of the same objects.

mod booked;

use std::collections::BTreeSet;

use serde::Serialize;

use self::booked::{Booked, Thing};
use super::error::LedgerError;
use super::places::PlaceReader;
use super::state_reader::{Readable, StateReader};
use crate::accounting::account::{Account, AccountName};
use crate::giving::provider::ProviderTarget;
use crate::giving::settlement::SettlementLine;
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::{SettlementFacts, StateView};
use crate::records::row::HistoryOf;
use crate::storage::{Keys, View};
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonationId, SettlementId};
use crate::vocabulary::money::{Amount, Currency};

/// Most objects that are looked at in one call.
pub const UNSETTLED_MAX: usize = 20_000;

/// A settlement: what a processor paid out to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Settlement {
    /// Its id.
    pub id: SettlementId,
    /// The account at the processor.
    pub processor: String,
    /// The bank account.
    pub bank: String,
    /// How much was paid out.
    pub amount: Amount,
    /// Whether it did not arrive, or came back.
    pub is_returned: bool,
    /// How many lines of it were recorded.
    pub lines: u64,
    /// What they add up to, after fees, in minor units.
    pub lines_net_minor: i64,
}

impl Settlement {
    /// What was paid out beyond what the lines explain, in minor units: nothing once all of them are recorded.
    pub fn unexplained_minor(&self) -> i64 {
        self.amount.minor().saturating_sub(self.lines_net_minor)
    }
}

/// What an object of a processor comes to in the books, and in all settlements. In minor units, as a processor signs them: less
/// than nothing where it was taken from us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Reconciled {
    /// The object, by its id at the processor, where that is known.
    pub object: Option<String>,
    /// What it is here; none where nobody knows.
    pub is: Option<ProviderTarget>,
    /// What was booked of it, before fees.
    pub booked_gross_minor: i64,
    /// What was booked of its fees.
    pub booked_fee_minor: i64,
    /// What lines of settlements say of it, before fees.
    pub settled_gross_minor: i64,
    /// What they say of its fees.
    pub settled_fee_minor: i64,
}

impl Reconciled {
    /// Whether the books and the processor say the same.
    pub fn agrees(&self) -> bool {
        self.settled_gross_minor == self.booked_gross_minor && self.settled_fee_minor == self.booked_fee_minor
    }

    /// Settled less booked, after fees.
    pub fn difference_minor(&self) -> i64 {
        let settled = self.settled_gross_minor.saturating_sub(self.settled_fee_minor);
        settled.saturating_sub(self.booked_gross_minor.saturating_sub(self.booked_fee_minor))
    }
}

/// A line of a settlement, and what it is about; none where the line names nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct ReconciledLine {
    /// The line.
    pub line: SettlementLine,
    /// What it is about, with all other lines about the same.
    pub about: Option<Reconciled>,
}

impl ReconciledLine {
    /// Whether the books know what it is about, and say the same of it.
    pub fn agrees(&self) -> bool {
        self.about.as_ref().is_some_and(Reconciled::agrees)
    }
}

/// What the books have of an object that settlements say something else of, or nothing yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Unsettled {
    /// The day on which it was booked first, within the days that were asked for.
    pub day: Date,
    /// The record of that.
    pub seq: u64,
    /// The gift.
    pub donation: DonationId,
    /// The object; of a gift that was recorded without a payment nothing is known of it but its gift.
    pub reconciled: Reconciled,
}

/// A settlement by id.
pub fn settlement(
    view: &dyn View,
    keys: &dyn Keys,
    id: SettlementId,
) -> Result<Option<Settlement>, LedgerError> {
    let found = (StateReader { from: view, secret: keys.secret() }).settlement(id)?;
    Ok(found.map(|SettlementFacts { processor, bank, amount, is_returned, lines, net_minor, .. }| {
        Settlement { id, processor, bank, amount, is_returned, lines, lines_net_minor: net_minor }
    }))
}

/// What an object of a processor is here.
pub fn object(
    view: &dyn View,
    keys: &dyn Keys,
    processor: &str,
    object: &str,
) -> Result<Option<ProviderTarget>, LedgerError> {
    Ok((StateReader { from: view, secret: keys.secret() }).object(processor, object)?.is)
}

/// The settlement of which something is a line.
pub fn settlement_of_line(
    view: &dyn View,
    keys: &dyn Keys,
    processor: &str,
    line: &str,
) -> Result<Option<SettlementId>, LedgerError> {
    Ok((StateReader { from: view, secret: keys.secret() }).object(processor, line)?.line_of)
}

/// The lines of a settlement after the first `skip`, at most `limit`, in the order in which they were recorded.
pub fn lines(
    view: &dyn View,
    keys: &dyn Keys,
    id: SettlementId,
    skip: u64,
    limit: usize,
) -> Result<Vec<ReconciledLine>, LedgerError> {
    let state = StateReader { from: view, secret: keys.secret() };
    let facts = state.settlement(id)?.ok_or(Rejection::UnknownSettlement { settlement: id })?;
    let (mut found, mut skip) = (Vec::new(), usize::try_from(skip).unwrap_or(usize::MAX));
    for seq in facts.lines_in {
        let events = state.recorded(seq)?.map(|record| record.events).unwrap_or_default();
        for event in events {
            let Event::SettlementLinesRecorded(recorded) = event else { continue };
            if skip >= recorded.lines.len() {
                skip = skip.saturating_sub(recorded.lines.len());
                continue;
            }
            for line in recorded.lines.into_iter().skip(skip) {
                if found.len() >= limit {
                    return Ok(found);
                }
                let about = line.about.as_ref();
                let about = about.map(|about| of_object(&state, &facts.processor, about)).transpose()?;
                found.push(ReconciledLine { line, about });
            }
            skip = 0;
        }
    }
    Ok(found)
}

/// What was booked at a processor in a currency between two days, both inclusive, and is not in settlements as it was booked.
pub fn unsettled(
    view: &dyn View,
    keys: &dyn Keys,
    (processor, currency): (&str, Currency),
    (from, to): (Date, Date),
) -> Result<Vec<Unsettled>, LedgerError> {
    if to < from {
        return Err(Rejection::PeriodReversed { from, to }.into());
    }
    let state = StateReader { from: view, secret: keys.secret() };
    let account =
        Account { name: AccountName::ProcessorPending { processor: processor.to_owned() }, currency };
    let mut places = PlaceReader::open(view, &HistoryOf::Account(account))?;
    let (mut found, mut records, mut objects) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for index in 0..places.count() {
        let place = places.at(index)?;
        if !(from..=to).contains(&place.day) || !records.insert(place.seq) {
            continue;
        }
        let (day, seq) = (place.day, place.seq);
        let events = state.recorded(seq)?.map(|record| record.events).unwrap_or_default();
        for event in &events {
            let Some(thing) = booked::thing_of(&state, event)? else { continue };
            if !objects.insert(thing) {
                continue;
            }
            if objects.len() > UNSETTLED_MAX {
                let limit = u64::try_from(UNSETTLED_MAX).unwrap_or(u64::MAX);
                return Err(Rejection::StatementTooLong { from, to, limit }.into());
            }
            let booked = booked::booked(&state, thing)?.filter(|booked| booked.currency == currency);
            let Some(booked) = booked else { continue };
            let reconciled = reconciled(&state, processor, thing, &booked)?;
            if !reconciled.agrees() {
                found.push(Unsettled { day, seq, donation: thing.donation(), reconciled });
            }
        }
    }
    Ok(found)
}

/// What a line is about, by the id that the line has for it: the processor's, or ours.
fn of_object<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    processor: &str,
    about: &str,
) -> Result<Reconciled, Fault> {
    let known = state.object(processor, about)?;
    if let Some(thing) = booked::thing_named(state, processor, about)?
        && let Some(booked) = booked::booked(state, thing)?
    {
        return reconciled(state, processor, thing, &booked);
    }
    Ok(Reconciled {
        object: Some(about.to_owned()),
        is: known.is,
        booked_gross_minor: 0,
        booked_fee_minor: 0,
        settled_gross_minor: known.settled_gross_minor,
        settled_fee_minor: known.settled_fee_minor,
    })
}

/// What the books and all settlements say of something, by whichever of its names the lines have.
fn reconciled<R: Readable + ?Sized>(
    state: &StateReader<'_, R>,
    processor: &str,
    thing: Thing,
    booked: &Booked,
) -> Result<Reconciled, Fault> {
    let mut reconciled = Reconciled {
        object: booked.object.clone(),
        is: thing.target(),
        booked_gross_minor: booked.gross_minor,
        booked_fee_minor: booked.fee_minor,
        settled_gross_minor: 0,
        settled_fee_minor: 0,
    };
    for name in booked.object.iter().chain([&thing.id()]) {
        let said = state.object(processor, name)?;
        let gross = reconciled.settled_gross_minor.saturating_add(said.settled_gross_minor);
        let fee = reconciled.settled_fee_minor.saturating_add(said.settled_fee_minor);
        (reconciled.settled_gross_minor, reconciled.settled_fee_minor) = (gross, fee);
    }
    Ok(reconciled)
}
