//! How values cross to Swift and Kotlin, for the feature `uniffi`. What both have a type of their own for (ids, days,
//! amounts, wide figures) crosses as its text; a text that cannot be read is refused with the code it has everywhere.

#![allow(
    clippy::disallowed_types,
    reason = "UniFFI knows no ordered map; nobody goes through this one in order"
)]

use core::fmt;
use core::str::FromStr;
use std::collections::HashMap;

use serde::Serialize;

use crate::accounting::account::{AccountName, AccountNameError};
use crate::engine::error::LedgerError as CoreError;
use crate::engine::history::Cursor;
use crate::machine::event::{Event, TakenBack};
use crate::vocabulary::date::Date;
use crate::vocabulary::error_code::{ErrorCode, ErrorKind};
use crate::vocabulary::ids::{
    AdjustmentId, CauseId, DisputeId, DonationId, DonorId, ExchangeId, LedgerId, PaymentId, PayoutId,
    ReallocationId, RefundId, ReversalId, SettlementId, SuspenseId,
};
use crate::vocabulary::money::{Amount, Currency};
use crate::vocabulary::time::Timestamp;

/// What is wrong, in words and in fields.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Problem {
    /// The stable number of the error: `docs/error-codes.md` lists them.
    pub code: u16,
    /// Its name in that list.
    pub name: String,
    /// Which kind of error it is.
    pub kind: ErrorKind,
    /// What is wrong and what to do, for a developer; nothing personal is in it.
    pub message: String,
    /// Whether the same call may succeed when it is made again, without anything else being changed.
    pub retryable: bool,
    /// The values that the message tells, each by its name.
    pub fields: HashMap<String, String>,
}

/// What a call failed with, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum LedgerError {
    /// The input is wrong in itself; change it.
    #[error("{}", problem.message)]
    Invalid {
        /// What is wrong.
        problem: Problem,
    },
    /// The thing named does not exist in this ledger.
    #[error("{}", problem.message)]
    NotFound {
        /// What is wrong.
        problem: Problem,
    },
    /// The input is fine, the present state of the book forbids it.
    #[error("{}", problem.message)]
    Conflict {
        /// What is wrong.
        problem: Problem,
    },
    /// A limit is reached.
    #[error("{}", problem.message)]
    Limit {
        /// What is wrong.
        problem: Problem,
    },
    /// The medium, the handle or another process is in the way.
    #[error("{}", problem.message)]
    Storage {
        /// What is wrong.
        problem: Problem,
    },
    /// Bytes are not what was written.
    #[error("{}", problem.message)]
    Corrupt {
        /// What is wrong.
        problem: Problem,
    },
}

impl LedgerError {
    /// A failure that has a code and a message, and no fields.
    pub fn of(code: ErrorCode, message: String) -> Self {
        Problem::of(code, message).into()
    }
}

impl Problem {
    /// A problem that has a code and a message, and no fields.
    pub fn of(code: ErrorCode, message: String) -> Self {
        Self {
            code: code.number(),
            name: code.name().to_owned(),
            kind: code.kind(),
            message,
            retryable: false,
            fields: HashMap::new(),
        }
    }
}

impl From<Problem> for LedgerError {
    fn from(problem: Problem) -> Self {
        match problem.kind {
            ErrorKind::Invalid => Self::Invalid { problem },
            ErrorKind::NotFound => Self::NotFound { problem },
            ErrorKind::Conflict => Self::Conflict { problem },
            ErrorKind::Limit => Self::Limit { problem },
            ErrorKind::Storage => Self::Storage { problem },
            ErrorKind::Corrupt => Self::Corrupt { problem },
        }
    }
}

impl From<&CoreError> for Problem {
    fn from(error: &CoreError) -> Self {
        let fields = fields_of(error);
        Self { retryable: error.is_retryable(), fields, ..Self::of(error.code(), error.to_string()) }
    }
}

impl From<CoreError> for LedgerError {
    fn from(error: CoreError) -> Self {
        Problem::from(&error).into()
    }
}

/// The fields of a value, each as its text.
fn fields_of(value: &impl Serialize) -> HashMap<String, String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(fields)) => {
            fields.into_iter().map(|(name, value)| (name, plain(value))).collect()
        }
        Ok(_) | Err(_) => HashMap::new(),
    }
}

fn plain(value: serde_json::Value) -> String {
    if let serde_json::Value::String(text) = value { text } else { value.to_string() }
}

/// Reads a text; what cannot be read is the failure of the call that it was given to.
fn read<T: FromStr<Err: Into<CoreError>>>(text: &str) -> uniffi::Result<T> {
    text.parse().map_err(|error: T::Err| LedgerError::from(error.into()).into())
}

fn figure<T: FromStr<Err: fmt::Display>>(text: &str) -> uniffi::Result<T> {
    text.parse().map_err(|error: T::Err| uniffi::deps::anyhow::anyhow!("no figure: {error}"))
}

fn not_a_name(error: &AccountNameError) -> uniffi::deps::anyhow::Error {
    LedgerError::of(error.code(), error.to_string()).into()
}

/// An amount of its figure and its currency, such as `12.30 EUR`.
fn amount(text: &str) -> Result<Amount, CoreError> {
    let (figure, currency) = text.split_once(' ').unwrap_or((text, ""));
    Ok(Amount::parse(figure, currency.parse()?)?)
}

fn known(number: u16) -> uniffi::Result<ErrorCode> {
    let code = ErrorCode::ALL.iter().copied().find(|code| code.number() == number);
    code.ok_or_else(|| uniffi::deps::anyhow::anyhow!("no error code: {number}"))
}

/// No command has such a word; a test that hands an answer back may as well keep it for ever.
fn answered(word: String) -> uniffi::Result<Word> {
    if cfg!(feature = "testkit") {
        return Ok(word.leak());
    }
    Err(uniffi::deps::anyhow::anyhow!("{word} is what only an answer says"))
}

macro_rules! texts {
    ($($type:ident)*) => {$(
        uniffi::custom_type!($type, String, { lower: |value| value.to_string(), try_lift: |text| read(&text) });
    )*};
}

/// A word that only answers have.
type Word = &'static str;

/// Called otherwise than in core: a date is a moment in Swift.
type Day = Date;

texts! {
    AdjustmentId CauseId DisputeId DonationId DonorId ExchangeId LedgerId PaymentId PayoutId ReallocationId RefundId
    ReversalId SettlementId SuspenseId Currency Cursor Day
}

uniffi::custom_type!(AccountName, String, {
    lower: |name| name.to_string(),
    try_lift: |text| text.parse().map_err(|error| not_a_name(&error)),
});

uniffi::custom_type!(Amount, String, {
    lower: |amount| amount.to_string(),
    try_lift: |text| amount(&text).map_err(|error| LedgerError::from(error).into()),
});

uniffi::custom_type!(i128, String, {
    remote,
    lower: |figure| figure.to_string(),
    try_lift: |text| figure(&text),
});

uniffi::custom_type!(u128, String, {
    remote,
    lower: |figure| figure.to_string(),
    try_lift: |text| figure(&text),
});

// In microseconds: the times of both languages reach further, and a `Date` out of that reach would end a Swift app.
uniffi::custom_type!(Timestamp, i64, {
    lower: |time| time.micros(),
    try_lift: |micros| Ok(Timestamp::from_micros(micros)),
});

uniffi::custom_type!(ErrorCode, u16, {
    lower: |code| code.number(),
    try_lift: |number| known(number),
});

uniffi::custom_type!(Word, String, {
    remote,
    lower: |word| word.to_owned(),
    try_lift: |word| answered(word),
});

uniffi::custom_type!(TakenBack, Vec<Event>, {
    lower: |taken| taken.to_vec(),
    try_lift: |events| Ok(TakenBack::of(events)),
});

/// Told where nothing failed: damage that was met when a ledger was opened.
type ToldError = CoreError;

uniffi::custom_type!(ToldError, Problem, {
    lower: |error| Problem::from(&error),
    try_lift: |problem| Err(LedgerError::from(problem).into()),
});
