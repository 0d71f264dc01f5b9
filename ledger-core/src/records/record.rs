//! The record: one element of the journal, all that a commit says.

use std::sync::Arc;

use bincode::{Decode, Encode};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::accounting::account::{Account, Side};
use crate::accounting::balance::Balance;
use crate::machine::event::Event;
use crate::machine::posting_rules::entry_count;
use crate::records::sealed::SealedField;
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::time::Timestamp;

/// One element of the journal. Immutable, hashed, in order of `seq` without gaps.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Record {
    /// Its place in the journal, from 1.
    pub seq: u64,
    /// When the committer wrote its group.
    pub recorded_at: Timestamp,
    /// Whether the clock had jumped more than a day backwards since the group before.
    pub clock: ClockReading,
    /// The caller's key, where the command claimed one.
    pub key: Option<String>,
    /// How the content of a command was written for its fingerprint.
    pub content_version: u8,
    /// Keyed hash of the command's content, personal content aside.
    pub fingerprint: [u8; 16],
    /// Keyed hash of the command's personal content, made with the donor's own key.
    pub personal_mark: Option<[u8; 16]>,
    /// The day on which it happened, where the caller said one.
    pub occurred_on: Option<Date>,
    /// What happened.
    pub events: Vec<Event>,
    /// What is personal about it, encrypted.
    pub sealed: Vec<SealedField>,
    /// How it was posted, with the running totals of every account after it.
    pub entries: Vec<PostedEntry>,
}

/// The beginning of a record: when it was, and what happened. Pages of histories need no more, and decode no more.
#[derive(Debug, Clone, PartialEq, Eq, Decode)]
pub struct RecordHead {
    /// As in the record, and so are the others.
    pub seq: u64,
    recorded_at: Timestamp,
    _clock: ClockReading,
    _key: Option<String>,
    _content_version: u8,
    _fingerprint: [u8; 16],
    _personal_mark: Option<[u8; 16]>,
    occurred_on: Option<Date>,
    events: Vec<Event>,
}

/// What a record tells of what happened.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The record.
    pub seq: u64,
    /// When its group was written.
    pub recorded_at: Timestamp,
    /// The day that the caller said.
    pub occurred_on: Option<Date>,
    /// What happened.
    pub events: &'a [Event],
}

impl Told<'_> {
    /// The day of one of its events.
    pub fn day_of(&self, event: &Event) -> Date {
        let of_record = || self.occurred_on.unwrap_or_else(|| self.recorded_at.date());
        event.day().unwrap_or_else(of_record)
    }
}

impl RecordHead {
    /// The beginning of a record.
    pub fn of(record: &Record) -> Self {
        let Record { seq, recorded_at, clock, key, content_version, fingerprint, .. } = record.clone();
        Self {
            seq,
            recorded_at,
            _clock: clock,
            _key: key,
            _content_version: content_version,
            _fingerprint: fingerprint,
            _personal_mark: record.personal_mark,
            occurred_on: record.occurred_on,
            events: record.events.clone(),
        }
    }

    /// What it tells.
    pub fn told(&self) -> Told<'_> {
        let Self { seq, recorded_at, occurred_on, events, .. } = self;
        Told { seq: *seq, recorded_at: *recorded_at, occurred_on: *occurred_on, events }
    }
}

impl Record {
    /// What it tells.
    pub fn told(&self) -> Told<'_> {
        let Self { seq, recorded_at, occurred_on, events, .. } = self;
        Told { seq: *seq, recorded_at: *recorded_at, occurred_on: *occurred_on, events }
    }

    /// The day of the act: as the caller said, or the UTC day of recording.
    pub fn day(&self) -> Date {
        self.occurred_on.unwrap_or_else(|| self.recorded_at.date())
    }

    /// The day of one of its events.
    pub fn day_of(&self, event: &Event) -> Date {
        self.told().day_of(event)
    }

    /// All entries, each with the position and the day of the event that made it.
    pub fn dated_entries(&self) -> impl Iterator<Item = (u16, Date, &PostedEntry)> {
        let is_single = self.events.len() == 1;
        let makers = (0..=u16::MAX).zip(&self.events).flat_map(move |(at, event)| {
            let count = if is_single { self.entries.len() } else { entry_count(event) };
            core::iter::repeat_n((at, self.day_of(event)), count)
        });
        makers.zip(&self.entries).map(|((at, day), entry)| (at, day, entry))
    }

    /// All posted lines, in order.
    pub fn lines(&self) -> impl Iterator<Item = RecordLine<'_>> {
        let entries = self.dated_entries();
        let lines =
            entries.flat_map(|(event, day, entry)| entry.lines.iter().map(move |line| (event, day, line)));
        (0..=u16::MAX).zip(lines).map(|(ordinal, (event, day, line))| RecordLine {
            ordinal,
            event,
            day,
            line,
        })
    }
}

/// A posted line and where it stands in its record.
#[derive(Debug, Clone, Copy)]
pub struct RecordLine<'a> {
    /// Its position among the lines of the record.
    pub ordinal: u16,
    /// The position of the event that made it.
    pub event: u16,
    /// The day on which it happened.
    pub day: Date,
    /// The line.
    pub line: &'a PostedLine,
}

/// Where records are read.
pub trait RecordReader {
    /// The record with a seq; `None` beyond the end.
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault>;
    /// The beginning of the record with a seq; `None` beyond the end.
    fn record_head(&self, seq: u64) -> Result<Option<Arc<RecordHead>>, Fault>;
}

/// Whether the clock could be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ClockReading {
    /// Not earlier than the group before.
    Steady,
    /// More than a day earlier than the group before; written as it was read.
    JumpedBack,
}

/// A journal entry as it was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PostedEntry {
    /// Its lines: balanced in every currency.
    pub lines: Vec<PostedLine>,
}

/// One posted line and what its account had come to, so that a balance at a seq needs no replay.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PostedLine {
    /// The account.
    pub account: Account,
    /// The side.
    pub side: Side,
    /// Minor units of the account's currency, at least 1.
    pub amount_minor: u64,
    /// The account's balance after this line.
    pub balance: Balance,
    /// This line's number among the lines of the account, from 1.
    pub number: u64,
}

/// Names and decimal strings.
impl Serialize for PostedLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let currency = self.account.currency;
        let mut fields = serializer.serialize_struct("PostedLine", 7)?;
        fields.serialize_field("account", &self.account.name.to_string())?;
        fields.serialize_field("currency", &currency)?;
        fields.serialize_field("side", &self.side)?;
        fields.serialize_field("amount", &currency.figure(self.amount_minor.into()))?;
        self.balance.serialize_into(currency, &mut fields)?;
        fields.serialize_field("number", &self.number)?;
        fields.end()
    }
}
