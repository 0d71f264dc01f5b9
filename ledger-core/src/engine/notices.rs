//! The outbox: notices read from the journal, in order, by consumers that each go on where they stopped. A consumer that
//! lags costs nothing to others: nothing is kept for it but where it is.

use serde::Serialize;

use super::error::LedgerError;
use super::state_reader::StateReader;
use crate::machine::notices::{NoticeKind, notice_of};
use crate::machine::state::StateView;
use crate::storage::{Keys, View};
use crate::vocabulary::date::Date;
use crate::vocabulary::time::Timestamp;

/// A message to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Notice {
    /// The record.
    pub seq: u64,
    /// Which event of the record, from 0.
    pub ordinal: u16,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The day on which it happened.
    pub day: Date,
    /// What it is about.
    pub kind: NoticeKind,
}

impl Notice {
    /// What tells it from all other notices of its ledger, and is the same whenever it is read: a message made of it can
    /// carry it, so that a repeat is known as one.
    pub fn id(&self) -> String {
        format!("{}-{}", self.seq, self.ordinal)
    }
}

/// Notices in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct NoticePage {
    /// The notices: all of every record up to `through`, at most some more than asked for where one record has several.
    pub notices: Vec<Notice>,
    /// The last record that was looked at: what to acknowledge once all of these were dealt with.
    pub through: u64,
}

/// The next for a consumer.
pub fn next(
    view: &dyn View,
    keys: &dyn Keys,
    consumer: &str,
    limit: usize,
) -> Result<NoticePage, LedgerError> {
    let known = (StateReader { from: view, secret: keys.secret() }).acknowledged(consumer)?;
    after(view, known.unwrap_or(0), limit)
}

/// Those after a record.
pub fn after(view: &dyn View, seq: u64, limit: usize) -> Result<NoticePage, LedgerError> {
    let mut page = NoticePage { notices: Vec::new(), through: seq };
    let last = view.head().seq;
    while page.through < last && page.notices.len() < limit {
        let seq = page.through.saturating_add(1);
        page.through = seq;
        let Some(head) = view.record_head(seq)? else { break };
        let told = head.told();
        for (ordinal, event) in (0..=u16::MAX).zip(told.events) {
            let notice = notice_of(event).map(|kind| Notice {
                seq,
                ordinal,
                recorded_at: told.recorded_at,
                day: told.day_of(event),
                kind,
            });
            page.notices.extend(notice);
        }
    }
    Ok(page)
}
