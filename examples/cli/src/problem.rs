//! What can go wrong: one line on standard error, with the stable code where the ledger gave one.

use std::fmt;
use std::io::ErrorKind;

use ledger_core::{DateError, IdError, ImportError, LedgerError, MappingError, MoneyError, Rejection};

/// Why a task was not done.
pub enum Problem {
    /// The ledger said no.
    Coded { code: u16, message: String },
    /// Words of the command line that make no sense.
    Usage(String),
    /// A file that is not the ledger's, or a word that names nothing.
    Plain(String),
    /// A stream failed.
    Stream(std::io::Error),
}

impl Problem {
    /// Words of the command line that make no sense.
    pub fn usage(message: &str) -> Self {
        Self::Usage(message.to_owned())
    }

    /// What the program ends with: 2 for wrong usage, as clap does, otherwise 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Coded { .. } | Self::Plain(_) | Self::Stream(_) => 1,
        }
    }

    /// Whether the reader of our output went away, which is no failure (`ledger changes | head`).
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Stream(error) if error.kind() == ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coded { code, message } => write!(f, "error {code}: {}", on_one_line(message)),
            Self::Usage(message) | Self::Plain(message) => write!(f, "error: {}", on_one_line(message)),
            Self::Stream(error) => write!(f, "error: {error}"),
        }
    }
}

fn on_one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        Self::Coded { code: error.code().number(), message: error.to_string() }
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        LedgerError::from(rejection).into()
    }
}

impl From<IdError> for Problem {
    fn from(error: IdError) -> Self {
        LedgerError::from(error).into()
    }
}

impl From<MoneyError> for Problem {
    fn from(error: MoneyError) -> Self {
        LedgerError::from(error).into()
    }
}

impl From<DateError> for Problem {
    fn from(error: DateError) -> Self {
        LedgerError::from(error).into()
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        Self::Coded { code: error.code().number(), message: error.to_string() }
    }
}

impl From<MappingError> for Problem {
    fn from(error: MappingError) -> Self {
        ImportError::from(error).into()
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Stream(error.into())
    }
}
