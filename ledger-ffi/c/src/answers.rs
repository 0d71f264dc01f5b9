//! Answers and errors, as JSON.

use core::cell::RefCell;
use core::ffi::c_char;
use std::ffi::CString;

use ledger_core::{ErrorCode, LedgerError};
use serde::Serialize;
use serde_json::{Value, json};

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

    fn told(&self) -> Value {
        match self {
            Self::ByLedger(error) => failure(error),
            Self::Coded(code, message) => coded(*code, message),
            Self::Null(name) => misuse(&format!("{name} is NULL: pass a pointer")),
            Self::NotText(name) => misuse(&format!("{name} is not UTF-8: pass text in that encoding")),
            Self::NotUnderstood(why) => misuse(why),
            Self::Panic => misuse("a defect of this library: close the ledger, open it again, and report it"),
        }
    }
}

fn misuse(message: &str) -> Value {
    json!({ "code": 0, "name": "Misuse", "kind": "misuse", "message": message, "retryable": false, "fields": {} })
}

fn coded(code: ErrorCode, message: &str) -> Value {
    json!({
        "code": code.number(), "name": code.name(), "kind": code.kind(), "message": message, "retryable": false,
        "fields": {},
    })
}

/// An error of the ledger, as JSON.
pub fn failure(error: &LedgerError) -> Value {
    let fields = serde_json::to_value(error).unwrap_or_default();
    let mut told = coded(error.code(), &error.to_string());
    if let Some(told) = told.as_object_mut() {
        told.insert("retryable".to_owned(), error.is_retryable().into());
        told.insert("fields".to_owned(), fields);
    }
    told
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
    let text = CString::new(refused.told().to_string()).unwrap_or_default();
    LAST.with(|last| *last.borrow_mut() = text);
}

/// The error that was kept last.
pub fn last_error() -> *const c_char {
    LAST.with(|last| last.borrow().as_ptr())
}
