//! How a ledger is opened: keyword arguments as core's options.

use ledger_core::{BookMode, Durability, Opening, Options, StatePolicy};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::take;

/// All that `Ledger.open` takes.
pub const TO_OPEN: &[&str] =
    &["opening", "mode", "durability", "segment_bytes", "cache_bytes", "checkpoint_records", "state"];
/// What means anything for a copy that is promoted: it is there, and its mode with it.
pub const TO_PROMOTE: &[&str] =
    &["durability", "segment_bytes", "cache_bytes", "checkpoint_records", "state"];
/// What means anything where there is no folder.
pub const IN_MEMORY: &[&str] = &["mode"];
/// What only a build for tests takes, wherever it opens.
const FOR_TESTS: &[&str] =
    if cfg!(feature = "testkit") { &["clock", "entropy_seed", "segment_bytes"] } else { &[] };

/// The options that were given, of those that are taken here; whatever else was given is told.
pub fn options(given: Option<&Bound<'_, PyDict>>, taken: &[&str]) -> PyResult<Options> {
    let mut options = Options::new();
    let Some(given) = given else { return Ok(options) };
    let left = given.copy()?;
    for word in left.keys() {
        let name: String = word.extract()?;
        if !taken.contains(&name.as_str()) && !FOR_TESTS.contains(&name.as_str()) {
            return Err(unknown(&word, taken));
        }
    }
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
    Ok(options)
}

fn unknown(word: &Bound<'_, PyAny>, taken: &[&str]) -> PyErr {
    let word = word.repr().map_or_else(|_| String::new(), |word| word.to_string());
    let options = match taken {
        [] => "there are no options here".to_owned(),
        [only] => format!("the only option here is {only}"),
        [first @ .., last] => format!("the options are {} and {last}", first.join(", ")),
    };
    PyTypeError::new_err(format!("there is no option {word}: {options}"))
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
