//! What every step of an example needs.

use std::error::Error;

use ledger_core::{Amount, CauseDetails, CauseId, Date, Ledger, OpenCause};

/// What comes of a step.
pub type Played<T> = Result<T, Box<dyn Error>>;

/// The id that a call made.
pub(crate) fn made<Id>(id: Option<Id>) -> Played<Id> {
    id.ok_or_else(|| "the call was accepted and made no id".into())
}

pub(crate) fn money(text: &str, code: &str) -> Played<Amount> {
    Ok(Amount::parse(text, code.parse()?)?)
}

pub(crate) fn on(day: &str) -> Played<Option<Date>> {
    Ok(Some(day.parse()?))
}

/// A cause whose name is its external id too, so that exports name it.
pub(crate) fn open_cause(ledger: &Ledger, name: &str, code: &str) -> Played<CauseId> {
    let (name, external_id) = (name.to_owned(), Some(name.to_owned()));
    let details = CauseDetails { name, external_id, ..CauseDetails::default() };
    made(ledger.open_cause(OpenCause { key: None, currency: code.parse()?, details })?.cause())
}
