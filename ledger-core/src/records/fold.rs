//! Fold: one function from a record to the rows it changes. Commit, crash recovery, rebuild and audit all
//! use it, so nothing in the state can come from anywhere else.
//!
//! A row's new value depends on its own old value and the record alone. A row that has seen the record
//! already is left as it is, so folding a stretch of the journal again over newer rows changes nothing.

mod causes;
mod changes;
mod disputes;
mod donors;
mod facts;
mod payments;
mod settlements;
mod suspense;

use std::sync::Arc;

use self::changes::Changes;
use super::history::{FullChunk, HistoryTail, Place};
use super::record::{PostedLine, Record, RecordLine};
use super::row::{
    AccountMonthRow, AccountRow, ClaimedKey, DayBalance, DonationRow, HistoryOf, MetaRow, MonthOf,
    ReversalRow, Row, RowKey, TotalsMonthRow,
};
use super::rows::{RowReader, RowTable};
use super::sealing::KeySource;
use crate::accounting::balance::Balance;
use crate::giving::donation::Beneficiary;
use crate::giving::totals::Totals;
use crate::machine::event::{Event, RefundedPart};
use crate::machine::totals_rules::{TotalsChange, TotalsOf, totals_changes};
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId};
use crate::vocabulary::month::Month;

/// The bytes of a key and its row.
pub type StoredRow = (Vec<u8>, Arc<Row>);

/// Where rows are read by ranges of keys.
pub trait RangeReader {
    /// Rows between two keys, both excluded, in key order, at most `limit`, with the bytes of their keys. None
    /// when the keys do not stand in this order.
    fn between(&self, after: &RowKey, to: &RowKey, limit: usize) -> Result<Vec<StoredRow>, Fault>;
}

/// How many records share a row of claimed keys.
pub const KEYS_PER_BLOCK: u64 = 512;

/// What fold needs to know besides the record.
pub struct Folding<'a> {
    /// The rows of the moment before.
    pub base: &'a dyn RowReader,
    /// Opens what is sealed.
    pub keys: &'a dyn KeySource,
    /// The hash of the record's key, where it claimed one.
    pub key_hash: Option<u64>,
}

/// How far a record was folded: how many of its events, and of its posted lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Folded {
    events: usize,
    lines: usize,
}

/// Changes the rows that a record changes. After a fault the rows are worth nothing any more.
pub fn fold(record: &Record, rows: &mut RowTable, with: &Folding<'_>) -> Result<(), Fault> {
    fold_on(record, Folded::default(), rows, with)?;
    fold_whole(record, rows, with)
}

/// Changes the rows that the events and lines of a record change from a place on; gives the place behind them. A record
/// that is still in the making is folded so step by step, and as a whole at the end.
pub fn fold_on(
    record: &Record,
    from: Folded,
    rows: &mut RowTable,
    with: &Folding<'_>,
) -> Result<Folded, Fault> {
    let mut changes = Changes { seq: record.seq, base: with.base, rows };
    for (ordinal, event) in (0..=u16::MAX).zip(&record.events).skip(from.events) {
        let (seq, day) = (record.seq, record.day_of(event));
        apply(&mut changes, record, event, with.keys)?;
        add_to_totals(&mut changes, event, day)?;
        enter_histories(&mut changes, event, Place { seq, ordinal, day })?;
    }
    let lines = post_accounts(&mut changes, record, from.lines)?;
    Ok(Folded { events: record.events.len(), lines })
}

/// Changes the rows that a record changes as a whole.
pub fn fold_whole(record: &Record, rows: &mut RowTable, with: &Folding<'_>) -> Result<(), Fault> {
    let mut changes = Changes { seq: record.seq, base: with.base, rows };
    claim_key(&mut changes, record.seq, with.key_hash)?;
    donors::note_slots(&mut changes, record)?;
    count_up(&mut changes, record)
}

/// The donors whose erasure is among events.
pub fn erased_in(events: &[Event]) -> impl Iterator<Item = DonorId> {
    let erased =
        |event: &Event| if let Event::DonorErased { donor, .. } = event { Some(*donor) } else { None };
    events.iter().filter_map(erased)
}

fn claim_key(changes: &mut Changes<'_>, seq: u64, hash: Option<u64>) -> Result<(), Fault> {
    let Some(hash) = hash else { return Ok(()) };
    let block = RowKey::KeyBlock(seq.checked_div(KEYS_PER_BLOCK).unwrap_or(0));
    if let Some(Row::KeyBlock(claimed)) = changes.row_mut(block, || Some(Row::KeyBlock(Vec::new())))?
        && claimed.last().is_none_or(|last| last.seq < seq)
    {
        claimed.push(ClaimedKey { hash, seq });
    }
    Ok(())
}

fn apply(
    changes: &mut Changes<'_>,
    record: &Record,
    event: &Event,
    keys: &dyn KeySource,
) -> Result<(), Fault> {
    match event {
        Event::DonorRegistered { donor, kind, standing } => {
            donors::register(changes, *donor, *kind, *standing)?;
            donors::take_profile(changes, record, *donor, keys)
        }
        Event::DonorUpdated { donor } => donors::take_profile(changes, record, *donor, keys),
        Event::DonorErased { donor, reason } => donors::erase(changes, *donor, *reason),
        Event::DonorsMerged { keep, gone } => donors::merge(changes, *keep, *gone),
        Event::MergeUndone { keep, gone } => donors::part(changes, *keep, *gone),
        Event::CauseOpened { .. } | Event::CauseUpdated { .. } | Event::CausePoliciesSet(_) => {
            causes::apply(changes, event)
        }
        Event::DonationRefunded { donation, parts, .. } => {
            apply_refund(changes, *donation, parts)?;
            suspense::apply(changes, event)
        }
        Event::Reversed { record, what, .. } => reverse(changes, *record, what),
        Event::PeriodClosed { .. } | Event::EpochBegun { .. } => note_in_meta(changes, event),
        Event::DonationBegun { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentChanged { .. }
        | Event::DonationCancelled { .. }
        | Event::FeeBooked { .. }
        | Event::RefundRequested { .. }
        | Event::RefundChanged { .. }
        | Event::PlatformFeeTaken { .. }
        | Event::PayoutProposed { .. }
        | Event::PayoutChanged { .. } => payments::apply(changes, event),
        Event::DisputeOpened(_)
        | Event::DisputeChanged(_)
        | Event::DisputeFeeBooked(_)
        | Event::FeesGivenBack(_)
        | Event::CauseOverdrawn(_)
        | Event::OverdraftReturned(_) => disputes::apply(changes, event),
        Event::ObjectAttached(_)
        | Event::FactParked(_)
        | Event::FactsTakenUp(_)
        | Event::RefundLearned(_)
        | Event::TakingsRedivided(_)
        | Event::NoticesAcknowledged(_) => facts::apply(changes, event),
        Event::SettlementRecorded { .. }
        | Event::SettlementReturned(_)
        | Event::SettlementLinesRecorded(_) => settlements::apply(changes, event),
        Event::DonationCaptured { donation, .. } => {
            payments::capture(changes, record, *donation)?;
            suspense::apply(changes, event)
        }
        Event::UnidentifiedReceived(_)
        | Event::UnidentifiedReturned(_)
        | Event::GiftSetAside(_)
        | Event::SetAsideAgain(_)
        | Event::SetAsideReleased(_) => suspense::apply(changes, event),
        Event::GivingAdjusted { .. }
        | Event::Reallocated { .. }
        | Event::ReceivableSettled(_)
        | Event::GoalReached(_)
        | Event::CurrencyExchanged(_)
        | Event::FactRefused(_) => Ok(()),
    }
}

fn reverse(changes: &mut Changes<'_>, record: u64, what: &[Event]) -> Result<(), Fault> {
    changes.reversal(RowKey::Reversal(record), || Some(ReversalRow { seq: 0 }))?;
    for undone in what {
        take_back_refund(changes, record, undone)?;
        suspense::take_back(changes, undone)?;
    }
    Ok(())
}

fn note_in_meta(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    let Some(meta) = changes.meta(RowKey::Meta, || Some(MetaRow::default()))? else { return Ok(()) };
    if let Event::PeriodClosed { through, .. } = event {
        meta.closed_through = meta.closed_through.max(Some(*through));
    }
    if let Event::EpochBegun { epoch } = event {
        meta.epoch_begun = meta.epoch_begun.max(Some(*epoch));
    }
    Ok(())
}

fn apply_refund(
    changes: &mut Changes<'_>,
    donation: DonationId,
    parts: &[RefundedPart],
) -> Result<(), Fault> {
    let seq = changes.seq;
    if let Some(row) = changes.donation(RowKey::Donation(donation), || Some(DonationRow::default()))? {
        for part in parts {
            row.change_part(part.beneficiary, |row| row.refunded_minor = part.refunded_minor);
        }
        row.refunds.push(seq);
    }
    Ok(())
}

fn take_back_refund(changes: &mut Changes<'_>, refunded_in: u64, undone: &Event) -> Result<(), Fault> {
    let Event::DonationRefunded { donation, parts, .. } = undone else { return Ok(()) };
    let seq = changes.seq;
    if let Some(row) = changes.donation(RowKey::Donation(*donation), || None)? {
        for part in parts {
            give_again(row, part.beneficiary, part.share_minor, seq)?;
        }
        row.refunds.retain(|seq| *seq != refunded_in);
    }
    Ok(())
}

/// What a part had given back is its own again.
fn give_again(row: &mut DonationRow, of: Beneficiary, share_minor: u64, seq: u64) -> Result<(), Fault> {
    let mut less = None;
    row.change_part(of, |part| {
        less = part.refunded_minor.checked_sub(share_minor);
        part.refunded_minor = less.unwrap_or(0);
    });
    less.map(|_| ()).ok_or_else(|| Fault::state("refund taken back that was not counted", seq))
}

/// What events change in totals, those of the month of the day among them.
fn add_to_totals(changes: &mut Changes<'_>, event: &Event, day: Date) -> Result<(), Fault> {
    for TotalsChange { of, change } in totals_changes(event) {
        match of {
            TotalsOf::Donor(donor) => {
                if let Some(row) = changes.donor(donor_key(donor), || None)? {
                    Totals::add_in_currency(&mut row.totals, &change);
                }
            }
            TotalsOf::Cause(cause) => {
                if let Some(row) = changes.cause(cause_key(cause), || None)? {
                    row.totals.add(&change);
                }
            }
            TotalsOf::AllCauses => {
                let key = RowKey::Month(MonthOf::AllCauses(change.currency), Month::of(day));
                let fresh = || TotalsMonthRow { seq: 0, totals: Totals::zero(change.currency) };
                if let Some(row) = changes.totals_month(key, || Some(fresh()))? {
                    row.totals.add(&change);
                }
            }
        }
    }
    Ok(())
}

fn enter_histories(changes: &mut Changes<'_>, event: &Event, place: Place) -> Result<(), Fault> {
    if let Some(donor) = event.donor() {
        let full = changes.donor(donor_key(donor), || None)?.and_then(|row| row.history.push(place));
        keep_chunk(changes, HistoryOf::Donor(donor), full);
    }
    for cause in event.causes() {
        let full = changes.cause(cause_key(cause), || None)?.and_then(|row| row.history.push(place));
        keep_chunk(changes, HistoryOf::Cause(cause), full);
    }
    Ok(())
}

/// Posts the lines of a record behind the first ones; gives how many there are.
fn post_accounts(changes: &mut Changes<'_>, record: &Record, behind: usize) -> Result<usize, Fault> {
    let mut posted = behind;
    for RecordLine { ordinal, day, line, .. } in record.lines().skip(behind) {
        posted = posted.saturating_add(1);
        let owner = HistoryOf::Account(line.account.clone());
        let fresh = || AccountRow { seq: 0, balance: Balance::default(), history: HistoryTail::default() };
        let full = changes.account(RowKey::Owner(owner.clone()), || Some(fresh()))?.and_then(|row| {
            row.balance = line.balance;
            row.history.push(Place { seq: record.seq, ordinal, day })
        });
        keep_chunk(changes, owner, full);
        let month = RowKey::Month(MonthOf::Account(line.account.clone()), Month::of(day));
        if let Some(row) = changes.account_month(month, || Some(AccountMonthRow::default()))? {
            post_on(row, day, line).ok_or_else(|| Fault::state("totals of a day", record.seq))?;
        }
    }
    Ok(posted)
}

/// Adds a line to its day; `None` beyond 128 bits, which only a damaged row can come near.
fn post_on(row: &mut AccountMonthRow, day: Date, line: &PostedLine) -> Option<()> {
    let day = day.day();
    let place = row.days.binary_search_by_key(&day, |of| of.day).unwrap_or_else(|place| {
        row.days.insert(place, DayBalance { day, posted: Balance::default(), lines: 0 });
        place
    });
    let of = row.days.get_mut(place)?;
    of.posted = of.posted.posted(line.side, line.amount_minor)?;
    of.lines = of.lines.checked_add(1)?;
    Some(())
}

fn keep_chunk(changes: &mut Changes<'_>, owner: HistoryOf, full: Option<FullChunk>) {
    if let Some(full) = full {
        changes.rows.put(changes.seq, RowKey::Chunk(owner, full.number), Row::Chunk(full.places));
    }
}

fn count_up(changes: &mut Changes<'_>, record: &Record) -> Result<(), Fault> {
    let Some(meta) = changes.meta(RowKey::Meta, || Some(MetaRow::default()))? else {
        return Ok(());
    };
    let count = |wanted: fn(&Event) -> bool| {
        u64::try_from(record.events.iter().filter(|event| wanted(event)).count()).unwrap_or(0)
    };
    let entries = u64::try_from(record.entries.len()).unwrap_or(0);
    for (total, more) in [
        (&mut meta.donors, count(|event| matches!(event, Event::DonorRegistered { .. }))),
        (&mut meta.causes, count(|event| matches!(event, Event::CauseOpened { .. }))),
        (&mut meta.donations, count(|event| matches!(event, Event::DonationCaptured { .. }))),
        (&mut meta.entries, entries),
    ] {
        *total = total.saturating_add(more);
    }
    meta.latest = meta.latest.max(record.recorded_at);
    for field in &record.sealed {
        meta.slots = meta.slots.max(field.slot.saturating_add(1));
    }
    Ok(())
}

fn donor_key(donor: DonorId) -> RowKey {
    RowKey::Owner(HistoryOf::Donor(donor))
}

fn cause_key(cause: CauseId) -> RowKey {
    RowKey::Owner(HistoryOf::Cause(cause))
}
