//! How a ledger is opened: keyword arguments as core's options.

use ledger_core::{Options, Settings};
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
    let Some(given) = given else { return Ok(Options::new()) };
    let left = given.copy()?;
    for word in left.keys() {
        let name: String = word.extract()?;
        if !taken.contains(&name.as_str()) && !FOR_TESTS.contains(&name.as_str()) {
            return Err(unknown(&word, taken));
        }
    }
    let options = Options::from(Settings {
        opening: take(&left, "opening")?,
        mode: take(&left, "mode")?,
        durability: take(&left, "durability")?,
        segment_bytes: take(&left, "segment_bytes")?,
        cache_bytes: take(&left, "cache_bytes")?,
        checkpoint_records: take(&left, "checkpoint_records")?,
        state: take(&left, "state")?,
        #[cfg(feature = "testkit")]
        clock: None,
        #[cfg(feature = "testkit")]
        entropy_seed: take(&left, "entropy_seed")?,
    });
    #[cfg(feature = "testkit")]
    let options = set_by_a_test(options, &left)?;
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

/// A clock that stands where a test has set it.
#[cfg(feature = "testkit")]
fn set_by_a_test(options: Options, left: &Bound<'_, PyDict>) -> PyResult<Options> {
    let Some(clock) = left.get_item("clock")? else { return Ok(options) };
    let clock = clock.cast::<crate::clock::Clock>()?.get();
    Ok(options.clock_set_by(std::sync::Arc::clone(&clock.0)))
}
