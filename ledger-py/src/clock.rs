//! A clock that a test sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::Timestamp;
use pyo3::prelude::*;

use crate::arguments::Arg;

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
