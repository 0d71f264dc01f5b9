//! Imports: rows of other systems, with progress, rejects and Ctrl-C between two groups of rows.

use std::io::Error;

use ledger_core::{
    ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, Ledger, Mapping, RejectedRow,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::{raise, raise_import, raise_mapping};
use crate::streams::Stream;
use crate::writing::to_python;

/// How rows of a file become gifts: a file of TOML, or one of those that are shipped.
///
/// Example:
///     >>> from donation_ledger import Mapping
///     >>> Mapping.shipped_names()
///     ['fec-schedule-a', 'fec-schedule-b', 'fec-itcont']
///     >>> Mapping.shipped("fec-itcont")
///     Mapping(...)
#[pyclass(name = "Mapping", module = "donation_ledger", frozen)]
pub struct PyMapping(pub Mapping);

#[pymethods]
impl PyMapping {
    /// Reads a mapping: TOML as docs/importing.md describes it.
    ///
    /// Raises:
    ///     InvalidError: 1024, with the line that cannot be read.
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str) -> PyResult<Self> {
        Mapping::parse(text).map(Self).map_err(|error| raise_mapping(py, &error))
    }

    /// One that is shipped.
    ///
    /// Raises:
    ///     ValueError: There is none of this name.
    #[staticmethod]
    fn shipped(py: Python<'_>, name: &str) -> PyResult<Self> {
        match Mapping::shipped(name) {
            Some(mapping) => mapping.map(Self).map_err(|error| raise_mapping(py, &error)),
            None => Err(pyo3::exceptions::PyValueError::new_err(format!(
                "no mapping is shipped under {name:?}: there are {}",
                Mapping::shipped_names().join(", ")
            ))),
        }
    }

    /// The names of those that are shipped.
    #[staticmethod]
    fn shipped_names() -> Vec<&'static str> {
        Mapping::shipped_names()
    }

    fn __repr__(&self) -> &'static str {
        "Mapping(...)"
    }
}

struct Watch {
    progress: Option<Py<PyAny>>,
    reject: Option<Py<PyAny>>,
    raised: Option<PyErr>,
}

impl ImportWatch for Watch {
    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()> {
        let Some(reject) = &self.reject else { return Ok(()) };
        let told = Python::attach(|py| {
            let original = PyBytes::new(py, &row.original);
            reject.call1(py, (row.line, row.code.number(), row.reason.as_str(), original)).map(drop)
        });
        told.map_err(|raised| {
            self.raised = Some(raised);
            Error::other("stopped from Python")
        })
    }

    fn progress(&mut self, so_far: &ImportReport) -> ImportFlow {
        let goes_on = Python::attach(|py| {
            py.check_signals()?;
            let Some(progress) = &self.progress else { return Ok(true) };
            let answer = progress.bind(py).call1((to_python(py, so_far)?,))?;
            Ok(answer.is_none() || answer.is_truthy()?)
        });
        match goes_on {
            Ok(true) => ImportFlow::Continue,
            Ok(false) => ImportFlow::Stop,
            Err(raised) => {
                self.raised = Some(raised);
                ImportFlow::Stop
            }
        }
    }
}

/// Imports a source; what Python raised meanwhile is raised after the group that was going on is committed.
pub fn import<'py>(
    py: Python<'py>,
    ledger: &Ledger,
    source: Stream,
    mapping: Mapping,
    mode: ImportMode,
    progress: Option<Py<PyAny>>,
    reject: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (source, raised) = source.reader(py)?;
    let mut watch = Watch { progress, reject, raised: None };
    let ended = py.detach(|| {
        let mut importer = Importer::new(ledger, mapping, mode)?;
        let ended = importer.read(source, &mut watch);
        Ok((ended, importer.report().clone()))
    });
    if let Some(raised) = watch.raised.or_else(|| raised.take()) {
        return Err(raised);
    }
    let (ended, report) = ended.map_err(|error| raise(py, error))?;
    ended.map_err(|error| raise_import(py, error, &report))?;
    to_python(py, &report)
}
