//! The journal as a feed: what happened after a record, in order, for exports, projections and other systems.

use serde::Serialize;

use super::error::LedgerError;
use crate::machine::event::Event;
use crate::records::record::{ClockReading, PostedLine, Record};
use crate::storage::View;
use crate::vocabulary::date::Date;
use crate::vocabulary::time::Timestamp;

/// One record, as far as it may be told: ids and money, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Change {
    /// Its place in the journal, from 1 without gaps.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Whether the clock could be believed then.
    pub clock: ClockReading,
    /// The day on which it happened.
    pub day: Date,
    /// The caller's key.
    pub key: Option<String>,
    /// What happened.
    pub events: Vec<Event>,
    /// How it was posted.
    pub entries: Vec<ChangeEntry>,
}

/// An entry of a record, with what it was posted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct ChangeEntry {
    /// Which of the events, from 0.
    pub event: u16,
    /// The day: that of the record, unless it takes back what happened on another.
    pub day: Date,
    /// Its lines: balanced in every currency.
    pub lines: Vec<PostedLine>,
}

impl Change {
    fn of(record: Record) -> Self {
        let (seq, recorded_at, clock, day) = (record.seq, record.recorded_at, record.clock, record.day());
        let entries = record.dated_entries();
        let entries =
            entries.map(|(event, day, entry)| ChangeEntry { event, day, lines: entry.lines.clone() });
        let entries = entries.collect();
        Self { seq, recorded_at, clock, day, key: record.key, events: record.events, entries }
    }
}

/// At most `limit` changes after a seq, up to the view's head.
pub fn changes(view: &dyn View, after_seq: u64, limit: usize) -> Result<Vec<Change>, LedgerError> {
    let mut changes = Vec::new();
    for seq in (after_seq.saturating_add(1)..=view.head().seq).take(limit) {
        changes.extend(view.record(seq)?.map(Change::of));
    }
    Ok(changes)
}
