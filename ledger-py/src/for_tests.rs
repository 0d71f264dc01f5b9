//! For tests and benchmarks alone: what happens to a folder, and a loop of commits without Python.

use std::path::PathBuf;

use ledger_core::Command;
use ledger_core::testkit::{self, Mishap};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arguments::Arg;
use crate::errors::raise;
use crate::ledger::PyLedger;

/// Seconds that these commands take, submitted one by one from Rust.
#[pyfunction]
#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock, the ledger never sees it")]
pub fn time_of_donations(
    py: Python<'_>,
    ledger: &Bound<'_, PyLedger>,
    commands: Arg<Vec<Command>>,
) -> PyResult<f64> {
    let ledger = &ledger.get().0;
    py.detach(|| {
        let begun = std::time::Instant::now();
        for command in commands.0 {
            ledger.submit(command)?;
        }
        Ok(begun.elapsed().as_secs_f64())
    })
    .map_err(|error| raise(py, error))
}

/// Lets something happen to the ledger in a folder: what, as JSON.
#[pyfunction]
pub fn let_happen(folder: PathBuf, what: &str) -> PyResult<()> {
    let mishap: Mishap =
        serde_json::from_str(what).map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(mishap.happen(&folder, &testkit::faults())?)
}
