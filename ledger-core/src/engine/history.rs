//! Histories by cursor: what happened to a donor, a cause or an account, oldest or newest first.
//!
//! A cursor names a line, not a page, so the concatenation of pages is the whole history for every page
//! size, also while it grows.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::LedgerError;
use super::history_line::{HistoryLine, line_of};
use super::places::PlaceReader;
use super::state_reader::donation_record;
use crate::accounting::account::Account;
use crate::giving::donation::Visibility;
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::records::history::Place;
use crate::records::record::{PostedLine, Record, RecordLine, Told};
use crate::records::row::HistoryOf;
use crate::storage::View;
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonationId};
use crate::vocabulary::time::Timestamp;

/// Most lines of a page.
pub const PAGE_LINES_MAX: u32 = 1_000;

/// Which end of a history comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As it happened.
    #[default]
    OldestFirst,
    /// Latest first.
    NewestFirst,
}

/// Where a next page begins. Returned by a page, good for the same history in the same order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Cursor {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let well_formed = text.len() <= 40 && text.is_ascii();
        if well_formed { Ok(Self(text.to_owned())) } else { Err(Rejection::InvalidCursor.into()) }
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Cursor {
    fn new(mark: u32, order: Order, next: u64) -> Self {
        let word = match order {
            Order::OldestFirst => "o",
            Order::NewestFirst => "n",
        };
        Self(format!("{word}{next}-{mark:08x}"))
    }

    fn position(&self, mark: u32, order: Order) -> Result<u64, Rejection> {
        let digits = self.0.get(1..).and_then(|rest| rest.split_once('-')).map(|(digits, _)| digits);
        let next = digits.and_then(|digits| digits.parse().ok()).ok_or(Rejection::InvalidCursor)?;
        if Self::new(mark, order, next) == *self { Ok(next) } else { Err(Rejection::InvalidCursor) }
    }
}

/// A page of a donor's or a cause's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct HistoryPage {
    /// The lines, in the order asked for.
    pub lines: Vec<HistoryLine>,
    /// Where the next page begins; `None` after the last line.
    pub next: Option<Cursor>,
}

/// A line of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct AccountLine {
    /// The record.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The day on which it happened.
    pub day: Date,
    /// The posted line, with the account's balance after it.
    pub posted: PostedLine,
}

/// A page of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct AccountPage {
    /// The lines, in the order asked for.
    pub lines: Vec<AccountLine>,
    /// Where the next page begins; `None` after the last line.
    pub next: Option<Cursor>,
}

/// Which lines of which history.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct PageRequest {
    /// Oldest or newest first.
    pub order: Order,
    /// Where to begin; without one, at the first line in this order.
    pub cursor: Option<Cursor>,
    /// Most lines, 1 to 1,000.
    pub lines_max: u32,
}

/// Oldest first, from the beginning, 50 lines.
impl Default for PageRequest {
    fn default() -> Self {
        Self { order: Order::OldestFirst, cursor: None, lines_max: 50 }
    }
}

/// A page of a donor's or a cause's history.
pub fn history(
    view: &dyn View,
    owner: &HistoryOf,
    request: &PageRequest,
) -> Result<HistoryPage, LedgerError> {
    let (places, next) = places(view, owner, request)?;
    let cause = match owner {
        HistoryOf::Cause(cause) => Some(*cause),
        HistoryOf::Donor(_) | HistoryOf::Account(_) => None,
    };
    let lines = places.into_iter().map(|(_, place)| {
        let head = view.record_head(place.seq)?.ok_or_else(|| lost(place))?;
        history_line(view, head.told(), place, cause)
    });
    Ok(HistoryPage { lines: lines.collect::<Result<_, _>>()?, next })
}

/// The line of a record at a place; with `only`, what of it concerns that cause.
pub(super) fn history_line(
    view: &dyn View,
    record: Told<'_>,
    place: Place,
    only: Option<CauseId>,
) -> Result<HistoryLine, LedgerError> {
    let event = record.events.get(usize::from(place.ordinal)).ok_or_else(|| lost(place))?;
    let mut line = line_of(record, event, only);
    if let (None, Some(donation)) = (line.visibility, line.donation) {
        line.visibility = visibility_of(view, donation)?;
    }
    Ok(line)
}

/// The visibility of a gift also holds for its refunds.
fn visibility_of(view: &dyn View, donation: DonationId) -> Result<Option<Visibility>, LedgerError> {
    Ok(donation_record(view, donation)?.and_then(|(_, event)| {
        if let Event::DonationCaptured { visibility, .. } = event { Some(visibility) } else { None }
    }))
}

/// A page of an account.
pub fn account_history(
    view: &dyn View,
    account: &Account,
    request: &PageRequest,
) -> Result<AccountPage, LedgerError> {
    let (places, next) = places(view, &HistoryOf::Account(account.clone()), request)?;
    let mut lines = Vec::with_capacity(places.len());
    for (_, place) in places {
        let record = record_at(view, place)?;
        let RecordLine { day, line, .. } = posted_line(&record, account, place)?;
        let (seq, recorded_at, posted) = (record.seq, record.recorded_at, line.clone());
        lines.push(AccountLine { seq, recorded_at, day, posted });
    }
    Ok(AccountPage { lines, next })
}

/// The line of an account in a record at a place.
pub(super) fn posted_line<'a>(
    record: &'a Record,
    account: &Account,
    place: Place,
) -> Result<RecordLine<'a>, Fault> {
    let found = record.lines().find(|each| each.ordinal == place.ordinal);
    found.filter(|each| each.line.account == *account).ok_or_else(|| lost(place))
}

pub(super) fn record_at(view: &dyn View, place: Place) -> Result<Record, LedgerError> {
    Ok(view.record(place.seq)?.ok_or_else(|| lost(place))?)
}

fn lost(place: Place) -> Fault {
    Fault::state("history that names a line which its record does not have", place.seq)
}

/// A place with its index in the history.
pub(super) type IndexedPlace = (u64, Place);

/// The places of a page with their index in the history, and the cursor after it.
pub(super) fn places(
    view: &dyn View,
    owner: &HistoryOf,
    request: &PageRequest,
) -> Result<(Vec<IndexedPlace>, Option<Cursor>), LedgerError> {
    if !(1..=PAGE_LINES_MAX).contains(&request.lines_max) {
        return Err(Rejection::InvalidPageSize { size: request.lines_max, limit: PAGE_LINES_MAX }.into());
    }
    let mut reader = PlaceReader::open(view, owner)?;
    let count = reader.count();
    let mark = reader.mark();
    let start = request.cursor.as_ref().map(|cursor| cursor.position(mark, request.order)).transpose()?;
    let length = u64::from(request.lines_max);
    let (from, to, next) = match request.order {
        Order::OldestFirst => {
            let from = start.unwrap_or(0).min(count);
            let to = from.saturating_add(length).min(count);
            (from, to, (to < count).then_some(to))
        }
        Order::NewestFirst => {
            let to = start.unwrap_or(count).min(count);
            let from = to.saturating_sub(length);
            (from, to, (from > 0).then_some(from))
        }
    };
    let mut places = Vec::new();
    for index in from..to {
        places.push((index, reader.at(index)?));
    }
    if request.order == Order::NewestFirst {
        places.reverse();
    }
    Ok((places, next.map(|next| Cursor::new(mark, request.order, next))))
}
