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
use crate::home::Home;
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
    home: Home,
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
            home: Home::here(),
        }
    }

    /// The same, as a list that is a table too.
    pub fn and_table(self, kind: Kind) -> Self {
        Self { table: Some(kind), ..self }
    }

    /// The place, for a while; nothing of Python is touched meanwhile.
    fn at_place<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Place) -> Result<T, LedgerError> + Send,
    ) -> PyResult<T> {
        let done = py.detach(|| {
            // Before anything that waits: a thread that held the place as the process forked gives it back only there.
            self.home.check()?;
            work(&mut self.place.lock())
        });
        done.map_err(|error| raise(py, error))
    }

    /// Reads a page on, of so many at most.
    fn read_on(&self, place: &mut Place, limit: u32) -> Result<(), LedgerError> {
        let found = (self.fetch)(&self.ledger, place.next.as_deref(), limit)?;
        place.read.extend(found.items);
        place.ended = found.next.is_none();
        if found.next.is_some() {
            place.next = found.next;
        }
        Ok(())
    }

    /// Whether nothing follows a place where all before it was given: a full page may have been the last one.
    fn is_last(&self, next: Option<&str>) -> Result<bool, LedgerError> {
        let mut next = next.map(str::to_owned);
        loop {
            let found = (self.fetch)(&self.ledger, next.as_deref(), 1)?;
            if !found.items.is_empty() {
                return Ok(false);
            }
            if found.next.is_none() {
                return Ok(true);
            }
            next = found.next;
        }
    }
}

#[pymethods]
impl Pages {
    fn __iter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let item = self.at_place(py, |place| {
            // A page can be empty and not the last: of a public list, where other things happened in between.
            while place.read.is_empty() && !place.ended {
                self.read_on(place, PAGE)?;
            }
            Ok(place.read.pop_front())
        })?;
        item.map(|item| to_python(py, &item)).transpose()
    }

    /// The next `count`, as a list: 1 to 1,000 of a history, 1 to 10,000 of anything else: a page of a website. Fewer: there are
    /// no more. What one record has several of stays together, so there can be some more than asked for.
    fn take<'py>(&self, py: Python<'py>, count: u32) -> PyResult<Bound<'py, PyList>> {
        let wanted = usize::try_from(count).unwrap_or(usize::MAX);
        let items = self.at_place(py, |place| {
            // What a loop left over comes first; it may be more than was asked for.
            if place.read.len() > wanted {
                return Ok(place.read.drain(..wanted).collect());
            }
            let mut first = true;
            while !place.ended && (place.read.len() < wanted || core::mem::take(&mut first) && wanted == 0) {
                let left = wanted.saturating_sub(place.read.len());
                self.read_on(place, u32::try_from(left).unwrap_or(count))?;
            }
            Ok(core::mem::take(&mut place.read).into_iter().collect::<Vec<_>>())
        })?;
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
        let next = self.at_place(py, |place| {
            if !place.read.is_empty() {
                return Ok(None);
            }
            let is_last = place.ended || self.is_last(place.next.as_deref())?;
            Ok(Some(if is_last { None } else { place.next.clone() }))
        })?;
        next.ok_or_else(|| {
            PyValueError::new_err("the loop stopped between two cursors: read with take(count) instead")
        })
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
