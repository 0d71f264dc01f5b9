//! Lists of any length, read page by page as they are asked for.

use std::collections::VecDeque;

use ledger_core::{
    AccountLine, Cause, CauseChange, Change, Donation, Donor, HistoryLine, Ledger, LedgerError, Notice,
    PublicGift, ReconciledLine,
};
use parking_lot::Mutex;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};
use serde::Serialize;

use crate::errors::raise;
use crate::tables::{self, Kind};
use crate::writing::to_python;

/// How many are read at once while somebody loops.
const PAGE: u32 = 500;

/// What a list can be of.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Item {
    History(Box<HistoryLine>),
    Account(Box<AccountLine>),
    Public(Box<PublicGift>),
    Donor(Box<Donor>),
    Donation(Box<Donation>),
    Cause(Box<Cause>),
    Change(Box<Change>),
    CauseChange(Box<CauseChange>),
    Notice(Box<Notice>),
    Reconciled(Box<ReconciledLine>),
}

/// What follows a place of a list, and where it goes on; nowhere after the last one.
pub struct Page {
    pub items: Vec<Item>,
    pub next: Option<String>,
}

/// Reads what follows a place, so many at most.
type Fetch = Box<dyn Fn(&Ledger, Option<&str>, u32) -> Result<Page, LedgerError> + Send + Sync>;

/// A list that is read as it is looped over; nothing is read before. What is committed meanwhile may be in it.
///
/// Example:
///     >>> from donation_ledger import CauseDetails, Ledger
///     >>> with Ledger.in_memory() as ledger:
///     ...     for name in ("Wells", "A roof"):
///     ...         _ = ledger.open_cause(currency="EUR", details=CauseDetails(name=name))
///     ...     causes = ledger.causes()
///     ...     first = causes.take(1)
///     ...     first[0].details.name, [cause.details.name for cause in ledger.causes(cursor=causes.cursor)]
///     ('Wells', ['A roof'])
#[pyclass(module = "donation_ledger", frozen, generic)]
pub struct Pages {
    ledger: Ledger,
    fetch: Fetch,
    /// Where it began, and which table it is, where it is one.
    start: Option<String>,
    table: Option<Kind>,
    place: Mutex<Place>,
}

struct Place {
    read: VecDeque<Item>,
    next: Option<String>,
    ended: bool,
}

impl Pages {
    pub fn of(
        ledger: &Ledger,
        after: Option<String>,
        fetch: impl Fn(&Ledger, Option<&str>, u32) -> Result<Page, LedgerError> + Send + Sync + 'static,
    ) -> Self {
        let place = Place { read: VecDeque::new(), next: after.clone(), ended: false };
        Self {
            ledger: ledger.clone(),
            fetch: Box::new(fetch),
            start: after,
            table: None,
            place: Mutex::new(place),
        }
    }

    /// The same, as a list that is a table too.
    pub fn and_table(self, kind: Kind) -> Self {
        Self { table: Some(kind), ..self }
    }

    /// The next so many at most; reads on where none are left.
    fn draw(&self, py: Python<'_>, count: usize, page: u32) -> PyResult<Vec<Item>> {
        py.detach(|| {
            // Nothing of Python is touched while the place is held.
            let mut place = self.place.lock();
            // A page can be empty and not the last: of a public list, where other things happened in between.
            while place.read.is_empty() && !place.ended {
                let found = (self.fetch)(&self.ledger, place.next.as_deref(), page)?;
                place.read.extend(found.items);
                place.ended = found.next.is_none();
                if found.next.is_some() {
                    place.next = found.next;
                }
            }
            let count = count.min(place.read.len());
            Ok(place.read.drain(..count).collect())
        })
        .map_err(|error| raise(py, error))
    }
}

#[pymethods]
impl Pages {
    fn __iter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.draw(py, 1, PAGE)?.first().map(|item| to_python(py, item)).transpose()
    }

    /// The next `count` at most, as a list: 1 to 1,000 of a history, 1 to 10,000 of anything else: a page of a website. An empty list: there are no more.
    fn take<'py>(&self, py: Python<'py>, count: u32) -> PyResult<Bound<'py, PyList>> {
        let wanted = usize::try_from(count).unwrap_or(usize::MAX);
        let items = self.draw(py, wanted, count)?;
        let made = items.iter().map(|item| to_python(py, item)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, made)
    }

    /// Where the list goes on after what `take` gave: a text that is good for the same list in the same order. `None`
    /// after the last one.
    ///
    /// Raises:
    ///     ValueError: A loop stopped in the middle of a page, so that there is no such place: use `take`.
    #[getter]
    fn cursor(&self, py: Python<'_>) -> PyResult<Option<String>> {
        // Another thread may hold the place while it reads.
        let (is_between, next) = py.detach(|| {
            let place = self.place.lock();
            (!place.read.is_empty(), if place.ended { None } else { place.next.clone() })
        });
        if is_between {
            return Err(PyValueError::new_err(
                "the loop stopped between two cursors: read with take(count) instead",
            ));
        }
        Ok(next)
    }

    /// The same as a table, from where the list began: for Arrow's consumers, polars and pandas among them. Of donations
    /// and of causes.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Whoever asks for another schema casts: the interface lets a producer leave that to them.
        let _ = requested_schema;
        let kind = self.table.ok_or_else(|| PyTypeError::new_err("this list is no table: loop over it"))?;
        tables::stream(py, &self.ledger, kind, self.start.as_deref())
    }

    fn __repr__(&self) -> &'static str {
        "Pages(...)"
    }
}
