//! The handle: how it is opened, closed and kept, and how commands come in. The command of each name is in `writes`, what
//! can be asked in `reads` and `histories`, what comes from and goes to other systems in `exchange`.

use std::path::PathBuf;

use ledger_core::{Command, Ledger, LedgerError, MergeDonors, Options};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde::Serialize;

use crate::arguments::Arg;
use crate::committed::PyCommitted;
use crate::errors::raise;
use crate::options::{IN_MEMORY, TO_OPEN, TO_PROMOTE, options};
use crate::reading::from_python;
use crate::registry::registry;
use crate::values::moment;
use crate::writing::to_python;

/// The whole book, and the handle to it. One process writes, any number of its threads may call; every call lets other
/// threads of Python run meanwhile.
///
/// Every write is a keyword call and answers a `Committed`. Every failure is a `LedgerError` with a stable `code`. A
/// handle does not survive `os.fork`: open the ledger in the process that uses it.
///
/// Example:
///     >>> from donation_ledger import Amount, CauseDetails, Designation, Ledger, Method
///     >>> with Ledger.in_memory() as ledger:
///     ...     water = ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells")).cause
///     ...     ada = ledger.register_donor().donor
///     ...     gift = ledger.donate(
///     ...         key="order-1", donor=ada, designations=[Designation(water, Amount("25.00", "EUR"))],
///     ...         method=Method.Offline(bank="main"),
///     ...     )
///     ...     ledger.cause(water).totals.net
///     Decimal('25.00')
#[pyclass(name = "Ledger", module = "donation_ledger", frozen)]
pub struct PyLedger(pub Ledger);

impl PyLedger {
    fn opened(py: Python<'_>, open: impl FnOnce() -> Result<Ledger, LedgerError> + Send) -> PyResult<Self> {
        py.detach(open).map(Self).map_err(|error| raise(py, error))
    }

    /// Asks, while other threads of Python run.
    pub fn ask<T: Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send,
    ) -> PyResult<T> {
        py.detach(|| question(&self.0)).map_err(|error| raise(py, error))
    }

    /// Asks for something that is a record in Python.
    pub fn tell<'py, T: Serialize + Send>(
        &self,
        py: Python<'py>,
        question: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.ask(py, question)?)
    }

    fn commit(&self, py: Python<'_>, command: Command) -> PyResult<PyCommitted> {
        self.ask(py, |ledger| ledger.submit(command)).map(PyCommitted)
    }

    /// Makes the command that has this name in core of keyword arguments, and submits it.
    pub fn write(
        &self,
        py: Python<'_>,
        name: &str,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<PyCommitted> {
        let class = registry(py)?.of_variant("Command", name);
        let class = class.ok_or_else(|| PyTypeError::new_err(format!("{name} is no command")))?;
        let class = class.python.bind(py);
        let command = class.call((), fields).map_err(|error| {
            let advice = py.import("donation_ledger._record").and_then(|module| {
                module
                    .getattr("call_error")?
                    .call1((name, class, fields, error.value(py)))?
                    .extract::<String>()
            });
            advice.map_or_else(|failed| failed, PyTypeError::new_err)
        })?;
        self.commit(py, from_python(&command)?)
    }
}

#[pymethods]
impl PyLedger {
    #[new]
    #[pyo3(signature = (*args, **kwargs))]
    fn new(args: &Bound<'_, PyAny>, kwargs: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let _ = (args, kwargs);
        Err(PyTypeError::new_err(
            "a ledger is opened, not made: Ledger.open(folder), or Ledger.in_memory() to try things out",
        ))
    }

    /// Opens the ledger in a folder, as the one process that writes; makes one where there is none.
    ///
    /// Args:
    ///     folder: The folder of the ledger, of the app's own.
    ///     opening: Whether a ledger must be there, must not, or may (the default).
    ///     mode: Whose books, for a new ledger: an agency's (the default) or a principal's.
    ///     durability: Which loss an acknowledgment survives: power (`SYNC`, the default) or the process alone (`OS`).
    ///     segment_bytes: Size of the journal's files: 64 KiB to 2 GiB, 64 MiB by default.
    ///     cache_bytes: Memory for the cache of the state: at least 1 MiB, 64 MiB by default.
    ///     checkpoint_records: Records after which changed state moves to disk; 200,000 by default.
    ///     state: Whether the derived state that is found is believed; `REBUILD` makes it again from the journal.
    ///
    /// Raises:
    ///     StorageError: 5004, somebody else writes to the folder; 5005, it cannot be read or written.
    ///     NotFoundError: 2004, no ledger is there, where one must be.
    ///     CorruptError: Bytes are not what was written.
    #[staticmethod]
    #[pyo3(
        signature = (folder, **settings),
        text_signature = "(folder, *, opening=None, mode=None, durability=None, segment_bytes=None, cache_bytes=None, checkpoint_records=None, state=None)"
    )]
    fn open(py: Python<'_>, folder: PathBuf, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let options = options(settings, TO_OPEN)?;
        Self::opened(py, || Ledger::open(folder, options))
    }

    /// Opens the ledger in a folder for reading only, beside the process that writes. `refresh` takes up what it wrote.
    /// Its state is made in memory, so no option of `open` would mean anything.
    #[staticmethod]
    fn open_read_only(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        Self::opened(py, || Ledger::open_read_only(folder, Options::new()))
    }

    /// Opens a damaged ledger for reading what is before the damage; `opening_report().damage` says what that is.
    #[staticmethod]
    fn open_damaged(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        Self::opened(py, || Ledger::open_damaged(folder, Options::new()))
    }

    /// A ledger that is gone when it is closed: for tests and for trying things out.
    #[staticmethod]
    #[pyo3(signature = (**settings), text_signature = "(*, mode=None)")]
    fn in_memory(py: Python<'_>, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let options = options(settings, IN_MEMORY)?;
        Self::opened(py, || Ledger::in_memory(options))
    }

    /// Makes a copy that follows another ledger a ledger of its own, and opens it for writing.
    /// The options are those of `open` that say how it is written.
    #[staticmethod]
    #[pyo3(
        signature = (copy, **settings),
        text_signature = "(copy, *, durability=None, segment_bytes=None, cache_bytes=None, checkpoint_records=None, state=None)"
    )]
    fn promote(py: Python<'_>, copy: PathBuf, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let options = options(settings, TO_PROMOTE)?;
        Self::opened(py, || ledger_core::Follower::promote(copy, options))
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
    ) -> PyResult<()> {
        let _ = (kind, raised, trace);
        self.close(py)
    }

    /// Brings everything to rest and gives the folder back. Calls after it raise `StorageError` 5003. Closing twice is
    /// harmless.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.ask(py, Ledger::close)
    }

    fn __repr__(&self) -> String {
        format!("Ledger({})", self.0.identity().ledger)
    }

    /// What ledger this is: its id, whose books it keeps, when it was created.
    fn identity<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.identity())
    }

    /// What was done to open the ledger.
    fn opening_report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, self.0.opening_report())
    }

    /// The time, as the ledger reads it, in UTC.
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        moment(py, self.0.now())
    }

    /// Takes up what was committed meanwhile, where the ledger was opened for reading beside a writer; the last record
    /// that reads see from now on.
    fn refresh(&self, py: Python<'_>) -> PyResult<u64> {
        self.ask(py, Ledger::refresh)
    }

    /// Checks everything: replays the journal from nothing and compares it with every row of the state. Takes time in
    /// proportion to the ledger; `difference` is `None` where all is well.
    fn audit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, Ledger::audit)
    }

    /// Throws the derived state away and makes it again from the journal; how many records there are.
    fn rebuild(&self, py: Python<'_>) -> PyResult<u64> {
        self.ask(py, Ledger::rebuild)
    }

    /// Submits a command.
    fn submit(&self, py: Python<'_>, command: Arg<Command>) -> PyResult<PyCommitted> {
        self.commit(py, command.0)
    }

    /// Submits up to 10,000 commands, each on its own: a rejected one leaves the others as they are. The answer to each,
    /// in order: a `Committed`, or the `LedgerError` with which it was refused, not raised.
    fn submit_all<'py>(&self, py: Python<'py>, commands: Arg<Vec<Command>>) -> PyResult<Bound<'py, PyList>> {
        let answers =
            self.ask(py, |ledger| ledger.submit_all(commands.0))?.into_iter().map(|answer| match answer {
                Ok(committed) => Ok(Bound::new(py, PyCommitted(committed))?.into_any()),
                Err(error) => Ok(raise(py, error).value(py).clone().into_any()),
            });
        PyList::new(py, answers.collect::<PyResult<Vec<_>>>()?)
    }

    /// What a command would answer now. Nothing is written.
    fn dry_run(&self, py: Python<'_>, command: Arg<Command>) -> PyResult<PyCommitted> {
        self.ask(py, |ledger| ledger.dry_run(&command.0)).map(PyCommitted)
    }

    /// The donor that a merge would leave. Nothing is written.
    fn dry_run_of_merge<'py>(
        &self,
        py: Python<'py>,
        command: Arg<MergeDonors>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.dry_run_of_merge(command.0))
    }
}
