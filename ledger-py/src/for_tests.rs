//! For tests and benchmarks alone: a clock that is set, and a loop of commits without Python.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::Command;
use pyo3::prelude::*;

use ledger_core::Timestamp;

use crate::arguments::Arg;
use crate::errors::raise;
use crate::ledger::PyLedger;

/// A clock that stands where a test has set it.
#[pyclass(frozen)]
pub struct Clock(pub Arc<AtomicI64>);

#[pymethods]
impl Clock {
    #[new]
    fn new(at: Arg<Timestamp>) -> Self {
        Self(Arc::new(AtomicI64::new(at.0.micros())))
    }

    /// Sets it.
    fn set(&self, at: Arg<Timestamp>) {
        self.0.store(at.0.micros(), Ordering::SeqCst);
    }
}

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
