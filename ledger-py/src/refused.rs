//! Why a value was refused, before it is an exception: so that values know nothing of how errors are told.

use ledger_core::{IdError, LedgerError, MoneyError};
use pyo3::PyErr;

/// Why a value was refused. `errors` makes an exception of it.
pub enum Refused {
    /// Core's rules say no.
    ByCore(LedgerError),
    /// A text holds half a character, which JSON from a browser can.
    HalfCharacter,
    /// Python's own error.
    ByPython(PyErr),
}

impl From<PyErr> for Refused {
    fn from(error: PyErr) -> Self {
        Self::ByPython(error)
    }
}

impl From<MoneyError> for Refused {
    fn from(error: MoneyError) -> Self {
        Self::ByCore(error.into())
    }
}

impl From<IdError> for Refused {
    fn from(error: IdError) -> Self {
        Self::ByCore(error.into())
    }
}
