//! What is done with folders of ledgers: backups, restoring, examination, standbys.

use std::path::PathBuf;

use ledger_core::{Currency, Follower, LedgerError};
use parking_lot::Mutex;
use pyo3::prelude::*;
use serde::Serialize;

use crate::arguments::Arg;
use crate::errors::raise;
use crate::home::Home;
use crate::writing::to_python;

fn done<'py, T: Serialize + Send>(
    py: Python<'py>,
    work: impl FnOnce() -> Result<T, LedgerError> + Send,
) -> PyResult<Bound<'py, PyAny>> {
    let report = py.detach(work).map_err(|error| raise(py, error))?;
    to_python(py, &report)
}

/// Copies the ledger in a folder to another one, while it is written to or not; a later call adds what is new. Keys are
/// not copied: see `backup_keys`.
#[pyfunction]
pub fn backup(py: Python<'_>, folder: PathBuf, to: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    done(py, || ledger_core::backup(folder, to))
}

/// Copies the keys of donors to a file, which belongs to another place than the backup.
#[pyfunction]
pub fn backup_keys(py: Python<'_>, folder: PathBuf, to_file: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    done(py, || ledger_core::backup_keys(folder, to_file))
}

/// Makes a ledger of a backup and a copy of the keys, in a folder that is empty or not there, and audits it.
#[pyfunction]
pub fn restore(py: Python<'_>, backup: PathBuf, keys: PathBuf, to: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    done(py, || ledger_core::restore(backup, keys, to))
}

/// Does what `restore` does, and throws the ledger away: whether the backup would do.
#[pyfunction]
pub fn drill(py: Python<'_>, backup: PathBuf, keys: PathBuf, beside: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    done(py, || ledger_core::drill(backup, keys, beside))
}

/// Examines the folder of a ledger and changes nothing.
#[pyfunction]
pub fn doctor(py: Python<'_>, folder: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    done(py, || ledger_core::doctor(folder))
}

/// Makes again what can be made of a sound journal; how many records there are.
#[pyfunction]
pub fn repair(py: Python<'_>, folder: PathBuf) -> PyResult<u64> {
    py.detach(|| ledger_core::repair(folder)).map_err(|error| raise(py, error))
}

/// Divides a whole over weights, exactly: by largest remainder, ties to the earlier. `None` where all weights are zero and
/// the whole is not.
///
/// Example:
///     >>> from donation_ledger import split
///     >>> split(100, [1, 1, 1])
///     [34, 33, 33]
#[pyfunction]
pub fn split(total: u64, weights: Vec<u64>) -> Option<Vec<u64>> {
    ledger_core::split(total, &weights)
}

/// How many decimal digits a currency has: 0 for JPY, 2 for EUR, 3 for KWD.
///
/// Example:
///     >>> from donation_ledger import minor_digits
///     >>> minor_digits("KWD")
///     3
#[pyfunction]
pub fn minor_digits(currency: Arg<Currency>) -> u32 {
    currency.0.minor_digits()
}

/// A copy of a ledger in another folder, that is brought up to date step by step and can take over.
#[pyclass(name = "Follower", module = "donation_ledger", frozen)]
pub struct PyFollower {
    follower: Mutex<Option<Follower>>,
    home: Home,
}

#[pymethods]
impl PyFollower {
    /// Follows the ledger in a folder with a copy in another one, which is made where there is none.
    #[staticmethod]
    fn open(py: Python<'_>, source: PathBuf, copy: PathBuf) -> PyResult<Self> {
        let follower = py.detach(|| Follower::open(source, copy)).map_err(|error| raise(py, error))?;
        Ok(Self { follower: Mutex::new(Some(follower)), home: Home::here() })
    }

    /// Takes up what is new; how far the copy and the source have come.
    fn step<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        done(py, || self.with(Follower::step))
    }

    /// Which writer wrote what the copy has, counted.
    fn epoch(&self, py: Python<'_>) -> PyResult<u64> {
        py.detach(|| self.with(|follower| Ok(follower.epoch()))).map_err(|error| raise(py, error))
    }

    /// Gives the folder of the copy back. In a forked child it does nothing: the folder is its parent's.
    fn close(&self, py: Python<'_>) {
        if !self.home.is_left() {
            py.detach(|| drop(self.follower.lock().take()));
        }
    }

    fn __enter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    #[pyo3(signature = (kind = None, raised = None, trace = None))]
    fn __exit__(
        &self,
        py: Python<'_>,
        kind: Option<&Bound<'_, PyAny>>,
        raised: Option<&Bound<'_, PyAny>>,
        trace: Option<&Bound<'_, PyAny>>,
    ) {
        let _ = (kind, raised, trace);
        self.close(py);
    }
}

impl PyFollower {
    fn with<T>(&self, work: impl FnOnce(&mut Follower) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        self.home.check()?;
        let closed = || LedgerError::Closed { why: "the follower was closed".to_owned() };
        work(self.follower.lock().as_mut().ok_or_else(closed)?)
    }
}

/// Does what the words of a command line say, as the program `ledger` does; what it ends with.
#[pyfunction]
pub fn operate(py: Python<'_>, words: Vec<String>) -> u8 {
    py.detach(|| ledger_cli::operate(words.into_iter().map(Into::into)))
}
