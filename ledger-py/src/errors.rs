//! Core's errors as Python's exceptions, which are declared in Python.

use ledger_core::{ErrorCode, ErrorKind, ImportError, ImportReport, LedgerError, MappingError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::refused::Refused;
use crate::writing::to_python;

impl From<Refused> for PyErr {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::ByCore(error) => Python::attach(|py| raise(py, error)),
            Refused::HalfCharacter => Python::attach(|py| {
                let told = "text holds half a character (a surrogate): remove it";
                raise_coded(py, ErrorCode::TextNotPrintable, told)
            }),
            Refused::ByPython(error) => error,
        }
    }
}

/// The exception of an error of the ledger: its class is the kind, its attributes are the fields.
pub fn raise(py: Python<'_>, error: LedgerError) -> PyErr {
    match fields_of(py, &error) {
        Ok(fields) => made(
            py,
            error.code().number(),
            error.code().name(),
            error.kind(),
            &error.to_string(),
            error.is_retryable(),
            fields,
        ),
        Err(failed) => failed,
    }
}

/// The exception of an import that ended before its source, with the report so far.
pub fn raise_import(py: Python<'_>, error: ImportError, report: &ImportReport) -> PyErr {
    let raised = match error {
        ImportError::Ledger(error) => raise(py, error),
        ImportError::Mapping(_) | ImportError::Truncated { .. } | ImportError::Rejects { .. } | _ => {
            raise_coded(py, error.code(), &error.to_string())
        }
    };
    // What was imported before is committed, and counted.
    let fields = raised.value(py).getattr("fields");
    let told = fields.and_then(|fields| fields.set_item("report", to_python(py, report)?));
    told.map_or_else(|failed| failed, |()| raised)
}

/// The exception of a mapping that cannot be used.
pub fn raise_mapping(py: Python<'_>, error: &MappingError) -> PyErr {
    raise_coded(py, error.code(), &error.to_string())
}

/// The exception of an error that has a code and a message, and no fields.
pub fn raise_coded(py: Python<'_>, code: ErrorCode, message: &str) -> PyErr {
    made(py, code.number(), code.name(), code.kind(), message, false, PyDict::new(py))
}

fn made(
    py: Python<'_>,
    code: u16,
    name: &str,
    kind: ErrorKind,
    message: &str,
    retryable: bool,
    fields: Bound<'_, PyDict>,
) -> PyErr {
    let class = match kind {
        ErrorKind::Invalid => "InvalidError",
        ErrorKind::NotFound => "NotFoundError",
        ErrorKind::Conflict => "ConflictError",
        ErrorKind::Limit => "LimitError",
        ErrorKind::Storage => "StorageError",
        ErrorKind::Corrupt => "CorruptError",
        _ => "LedgerError",
    };
    let raised = py
        .import("donation_ledger.exceptions")
        .and_then(|module| module.getattr(class)?.call1((message, code, name, retryable, fields)));
    match raised {
        Ok(exception) => PyErr::from_value(exception),
        Err(failed) => failed,
    }
}

fn fields_of<'py>(py: Python<'py>, error: &LedgerError) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    match error {
        LedgerError::Rejected(rejection) => return Ok(to_python(py, rejection)?.cast_into::<PyDict>()?),
        LedgerError::Storage { outcome, .. } => fields.set_item("outcome", to_python(py, outcome)?)?,
        LedgerError::Corrupt { file, offset, seq, .. } => {
            fields.set_item("file", file)?;
            fields.set_item("offset", offset)?;
            fields.set_item("seq", seq)?;
        }
        LedgerError::AlreadyOpen { folder, holder } => {
            fields.set_item("folder", folder)?;
            fields.set_item("holder", holder)?;
        }
        LedgerError::Standby { folder }
        | LedgerError::NotStandby { folder }
        | LedgerError::NotAFolder { folder }
        | LedgerError::NoLedger { folder }
        | LedgerError::LedgerExists { folder } => fields.set_item("folder", folder)?,
        LedgerError::NewerFormat { file, found, supported } => {
            fields.set_item("file", file)?;
            fields.set_item("found", found)?;
            fields.set_item("supported", supported)?;
        }
        LedgerError::Closed { .. } | LedgerError::ReadOnly | _ => {}
    }
    Ok(fields)
}
