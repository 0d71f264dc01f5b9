//! How a ledger is opened: keyword arguments as core's options.

use ledger_core::{BookMode, Durability, Opening, Options, StatePolicy};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::take;

/// The options that were given; whatever else was given is told.
pub fn options(given: Option<&Bound<'_, PyDict>>) -> PyResult<Options> {
    let mut options = Options::new();
    let Some(given) = given else { return Ok(options) };
    let left = given.copy()?;
    if let Some(opening) = take::<Opening>(&left, "opening")? {
        options = options.opening(opening);
    }
    if let Some(mode) = take::<BookMode>(&left, "mode")? {
        options = options.mode(mode);
    }
    if let Some(durability) = take::<Durability>(&left, "durability")? {
        options = options.durability(durability);
    }
    if let Some(bytes) = take::<u64>(&left, "segment_bytes")? {
        options = options.segment_bytes(bytes);
    }
    if let Some(bytes) = take::<u64>(&left, "cache_bytes")? {
        options = options.cache_bytes(bytes);
    }
    if let Some(records) = take::<u64>(&left, "checkpoint_records")? {
        options = options.checkpoint_records(records);
    }
    if let Some(state) = take::<StatePolicy>(&left, "state")? {
        options = options.state(state);
    }
    #[cfg(feature = "testkit")]
    let options = set_for_tests(options, &left)?;
    match left.keys().iter().next() {
        None => Ok(options),
        Some(unknown) => Err(PyTypeError::new_err(format!(
            "there is no option {}: the options are opening, mode, durability, segment_bytes, cache_bytes, \
             checkpoint_records and state",
            unknown.repr()?
        ))),
    }
}

/// A clock that stands still and ids that come out alike, so that what is written down can be compared.
#[cfg(feature = "testkit")]
fn set_for_tests(options: Options, left: &Bound<'_, PyDict>) -> PyResult<Options> {
    use std::sync::Arc;

    use crate::clock::Clock;

    let mut options = options;
    if let Some(clock) = left.get_item("clock")? {
        left.del_item("clock")?;
        options = options.clock_set_by(Arc::clone(&clock.cast::<Clock>()?.get().0));
    }
    if let Some(seed) = take::<u64>(left, "entropy_seed")? {
        options = options.entropy_seed(seed);
    }
    Ok(options)
}
