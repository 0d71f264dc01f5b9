//! Answers and errors, as JSON.

use core::cell::RefCell;
use core::ffi::c_char;
use std::ffi::CString;

use ledger_core::{ErrorCode, ErrorKind, LedgerError};
use serde::Serialize;

use crate::LedgerStatus;

/// Why a call did nothing.
pub enum Refused {
    /// The ledger said no.
    ByLedger(LedgerError),
    /// The same, of an error that has a code and a message alone.
    Coded(ErrorCode, String),
    /// A NULL where there must be none.
    Null(&'static str),
    /// Bytes that are not UTF-8.
    NotText(&'static str),
    /// JSON that is none, or not of this form.
    NotUnderstood(String),
    /// A defect of this library.
    Panic,
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        Self::ByLedger(error)
    }
}

impl Refused {
    pub fn status(&self) -> LedgerStatus {
        match self {
            Self::ByLedger(_) | Self::Coded(..) => LedgerStatus::Refused,
            Self::Null(_) | Self::NotText(_) | Self::NotUnderstood(_) => LedgerStatus::Misuse,
            Self::Panic => LedgerStatus::Panic,
        }
    }

    fn told(&self) -> Failure<'_> {
        match self {
            Self::ByLedger(error) => Failure::of(error),
            Self::Coded(code, message) => Failure::coded(*code, message.clone()),
            Self::Null(name) => Failure::misuse(format!("{name} is NULL: pass a pointer")),
            Self::NotText(name) => {
                Failure::misuse(format!("{name} is not UTF-8: pass text in that encoding"))
            }
            Self::NotUnderstood(why) => Failure::misuse(why.clone()),
            Self::Panic => Failure::misuse(
                "a defect of this library: close the ledger, open it again, and report it".to_owned(),
            ),
        }
    }
}

/// An error as it is told.
#[derive(Serialize)]
pub struct Failure<'a> {
    code: u16,
    name: &'a str,
    kind: Kind,
    message: String,
    retryable: bool,
    fields: Fields<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Kind {
    Of(ErrorKind),
    Misuse(&'static str),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Fields<'a> {
    Of(&'a LedgerError),
    None {},
}

impl<'a> Failure<'a> {
    /// An error of the ledger.
    pub fn of(error: &'a LedgerError) -> Self {
        let told = Self::coded(error.code(), error.to_string());
        Self { retryable: error.is_retryable(), fields: Fields::Of(error), ..told }
    }

    /// One that has a code and a message alone.
    pub fn coded(code: ErrorCode, message: String) -> Self {
        let (name, kind) = (code.name(), Kind::Of(code.kind()));
        Self { code: code.number(), name, kind, message, retryable: false, fields: Fields::None {} }
    }

    fn misuse(message: String) -> Self {
        let kind = Kind::Misuse("misuse");
        Self { code: 0, name: "Misuse", kind, message, retryable: false, fields: Fields::None {} }
    }
}

/// An answer as JSON.
pub fn text_of(answer: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_string(answer).map_err(|error| Refused::NotUnderstood(error.to_string()))
}

thread_local! {
    static LAST: RefCell<CString> = RefCell::new(CString::from(c"{}"));
}

/// Keeps an error for the thread that made it.
pub fn keep_error(refused: &Refused) {
    let told = serde_json::to_string(&refused.told()).unwrap_or_default();
    let text = CString::new(told).unwrap_or_default();
    // At the end of a thread it may be gone: then nobody can ask for it either.
    let _ = LAST.try_with(|last| *last.borrow_mut() = text);
}

/// The error that was kept last.
pub fn last_error() -> *const c_char {
    LAST.try_with(|last| last.borrow().as_ptr()).unwrap_or(c"{}".as_ptr())
}
