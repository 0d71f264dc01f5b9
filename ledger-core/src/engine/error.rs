//! The one error type of the ledger.

use crate::machine::rejection::Rejection;
use crate::storage::format::VERSION;
use crate::vocabulary::date::DateError;
use crate::vocabulary::error_code::{ErrorCode, ErrorKind};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::IdError;
use crate::vocabulary::money::MoneyError;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is known of a call that the medium failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing happened; the call can be made again.
    NotCommitted,
    /// It may have happened: reopen, then repeat with the same key, or ask for the key's status.
    Unknown,
    /// It was a read; nothing was to change.
    ReadFailed,
}

/// Everything that a call of the ledger can fail with. Messages carry ids and amounts, never a name, an
/// e-mail address or any other personal text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The rules say no; nothing was written.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The medium failed.
    #[error("{what}: {}", outcome_advice(*outcome))]
    Storage {
        /// What is known of the call.
        outcome: Outcome,
        /// What failed.
        what: String,
    },
    /// Bytes are not what was written.
    #[error("{what} (in {file} at byte {offset}, record {seq}): {}", code.remedy())]
    Corrupt {
        /// Which kind of damage.
        code: ErrorCode,
        /// What is wrong.
        what: String,
        /// The file, below the folder of the ledger.
        file: String,
        /// The offset at which it was noticed; 0 where there is none.
        offset: u64,
        /// The record at which it was noticed; 0 where there is none.
        seq: u64,
    },
    /// The handle takes no more calls.
    #[error("ledger is closed ({why}): open it again")]
    Closed {
        /// Why.
        why: String,
    },
    /// The handle was opened beside a writer and takes no writes; nothing happened.
    #[error("ledger was opened for reading only: write where it is open for writing")]
    ReadOnly,
    /// The folder is a copy that follows another ledger.
    #[error(
        "{folder} follows another ledger: open it for reading only, or promote it when that ledger is gone"
    )]
    Standby {
        /// The folder.
        folder: String,
    },
    /// The folder is no copy that follows another ledger.
    #[error("{folder} follows no other ledger, so there is nothing to promote: open it as it is")]
    NotStandby {
        /// The folder.
        folder: String,
    },
    /// No folder can be made at the path: it, or something above it, is a file.
    #[error(
        "{folder} is not a folder and cannot become one: choose another path, or move away what is there"
    )]
    NotAFolder {
        /// The path.
        folder: String,
    },
    /// Somebody else writes to the folder.
    #[error("{folder} is open for writing already, by process {holder}: close it there first")]
    AlreadyOpen {
        /// The folder.
        folder: String,
        /// The process id that the holder wrote, for information only.
        holder: String,
    },
    /// There is no ledger in the folder.
    #[error(
        "{folder} holds no ledger: check the path, or make one there with `open` (on a command line, `ledger init`)"
    )]
    NoLedger {
        /// The folder.
        folder: String,
    },
    /// There is a ledger in the folder already.
    #[error("{folder} holds a ledger already: open it, or choose another folder")]
    LedgerExists {
        /// The folder.
        folder: String,
    },
    /// The ledger was written by a newer version of this library.
    #[error("{file} has version {found}, this library reads up to {supported}: upgrade it")]
    NewerFormat {
        /// The file, below the folder of the ledger.
        file: String,
        /// The format that was found.
        found: u32,
        /// The newest that this library reads.
        supported: u32,
    },
}

fn outcome_advice(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotCommitted => "nothing happened, try again",
        Outcome::Unknown => {
            "it may have happened; reopen, then repeat with the same key or ask for its status"
        }
        Outcome::ReadFailed => "nothing was changed, try again",
    }
}

impl LedgerError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Rejected(rejection) => rejection.code(),
            Self::Storage { outcome: Outcome::NotCommitted, .. } => ErrorCode::NotCommitted,
            Self::Storage { outcome: Outcome::Unknown, .. } => ErrorCode::OutcomeUnknown,
            Self::Storage { outcome: Outcome::ReadFailed, .. } => ErrorCode::ReadFailed,
            Self::Corrupt { code, .. } => *code,
            Self::Closed { .. } => ErrorCode::Closed,
            Self::ReadOnly => ErrorCode::ReadOnly,
            Self::Standby { .. } => ErrorCode::Standby,
            Self::NotStandby { .. } => ErrorCode::NotStandby,
            Self::NotAFolder { .. } => ErrorCode::NotAFolder,
            Self::AlreadyOpen { .. } => ErrorCode::AlreadyOpen,
            Self::NoLedger { .. } => ErrorCode::NoLedger,
            Self::LedgerExists { .. } => ErrorCode::LedgerExists,
            Self::NewerFormat { .. } => ErrorCode::NewerFormat,
        }
    }

    /// The kind: the exception class of every language.
    pub fn kind(&self) -> ErrorKind {
        self.code().kind()
    }

    /// Whether the same call may succeed when it is made again, without anything else being changed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Storage { outcome, .. } => *outcome != Outcome::Unknown,
            Self::AlreadyOpen { .. } => true,
            Self::Rejected(_)
            | Self::Corrupt { .. }
            | Self::Closed { .. }
            | Self::ReadOnly
            | Self::Standby { .. }
            | Self::NotStandby { .. }
            | Self::NotAFolder { .. }
            | Self::NoLedger { .. }
            | Self::LedgerExists { .. }
            | Self::NewerFormat { .. } => false,
        }
    }

    /// A failure of storage, met in a call with this outcome.
    pub(crate) fn from_fault(fault: Fault, outcome: Outcome) -> Self {
        match fault {
            Fault::Medium { .. } => Self::Storage { outcome, what: fault.to_string() },
            Fault::Damaged { what, file, offset, seq } => {
                let code = match file.as_str() {
                    "keys" => ErrorCode::KeyringDamaged,
                    "FORMAT" | "HEAD" => ErrorCode::FormatDamaged,
                    "state" => ErrorCode::StateDamaged,
                    _ => ErrorCode::JournalDamaged,
                };
                Self::Corrupt { code, what, file, offset, seq }
            }
            Fault::Newer { file, found } => Self::NewerFormat { file, found, supported: VERSION },
            Fault::Cut { file, offset, found_seq, promised_seq } => Self::Corrupt {
                code: ErrorCode::JournalCut,
                what: format!("journal ends at record {found_seq}, acknowledged were {promised_seq}"),
                file,
                offset,
                seq: promised_seq,
            },
            Fault::Diverged { what, file, offset, seq } => {
                Self::Corrupt { code: ErrorCode::Diverged, what, file, offset, seq }
            }
        }
    }
}

/// The values that the message tells, each by its name; none where it tells none.
impl Serialize for LedgerError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = match self {
            Self::Rejected(rejection) => fields_of(rejection),
            Self::Storage { outcome, .. } => json!({ "outcome": outcome }),
            Self::Corrupt { file, offset, seq, .. } => json!({ "file": file, "offset": offset, "seq": seq }),
            Self::AlreadyOpen { folder, holder } => json!({ "folder": folder, "holder": holder }),
            Self::Standby { folder }
            | Self::NotStandby { folder }
            | Self::NotAFolder { folder }
            | Self::NoLedger { folder }
            | Self::LedgerExists { folder } => json!({ "folder": folder }),
            Self::NewerFormat { file, found, supported } => {
                json!({ "file": file, "found": found, "supported": supported })
            }
            Self::Closed { .. } | Self::ReadOnly => json!({}),
        };
        fields.serialize(serializer)
    }
}

/// The fields of a rejection, without the name of its variant, nor that of the smaller error that some are made of.
fn fields_of(rejection: &Rejection) -> Value {
    let depth =
        if matches!(rejection, Rejection::Money(_) | Rejection::Id(_) | Rejection::Date(_)) { 2 } else { 1 };
    let mut told = serde_json::to_value(rejection).unwrap_or_default();
    for _ in 0..depth {
        told = match told {
            Value::Object(inner) => inner.into_iter().next().map(|(_, fields)| fields).unwrap_or_default(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Value::Null
            }
        };
    }
    if told.is_object() { told } else { json!({}) }
}

/// Reading failed; where something was to be written, `from_fault` says so.
impl From<Fault> for LedgerError {
    fn from(fault: Fault) -> Self {
        Self::from_fault(fault, Outcome::ReadFailed)
    }
}

impl From<MoneyError> for LedgerError {
    fn from(error: MoneyError) -> Self {
        Self::Rejected(error.into())
    }
}

impl From<IdError> for LedgerError {
    fn from(error: IdError) -> Self {
        Self::Rejected(error.into())
    }
}

impl From<DateError> for LedgerError {
    fn from(error: DateError) -> Self {
        Self::Rejected(error.into())
    }
}
