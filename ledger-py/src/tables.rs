//! Tables in Arrow's memory format, handed over by its C interface: pandas, polars, pyarrow and DuckDB read them without a
//! copy, and none of them is needed here.

mod columns;
mod rows;

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use ledger_core::{Ledger, LedgerError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use self::columns::Columns;

/// Rows of one batch, more or less: as many as fill it.
const BATCH_ROWS: usize = 32_768;

/// What a table is of.
#[derive(Clone, Copy)]
pub enum Kind {
    Donations,
    Entries,
    Balances,
    Causes,
}

/// A table of a ledger, which any library that speaks Arrow reads: `polars.DataFrame(table)`, `pyarrow.table(table)`,
/// `pandas.DataFrame.from_arrow(table)`. It is read when it is asked for, batch by batch; what is committed meanwhile may
/// be in it.
///
/// Amounts are `decimal128(38, 4)`, times are timestamps in UTC, days are dates, ids are their texts.
#[pyclass(module = "donation_ledger", frozen)]
pub struct Table {
    ledger: Ledger,
    kind: Kind,
}

impl Table {
    pub fn of(ledger: &Ledger, kind: Kind) -> Self {
        Self { ledger: ledger.clone(), kind }
    }
}

/// The stream of the rows of a table that come after a place: of all of them, without one.
pub fn stream<'py>(
    py: Python<'py>,
    ledger: &Ledger,
    kind: Kind,
    after: Option<&str>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let next = after.map_or(Next::AtTheStart, |after| Next::After(after.to_owned()));
    let batches = Batches { ledger: ledger.clone(), kind, next };
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
}

#[pymethods]
impl Table {
    /// The stream of batches, as Arrow's PyCapsule interface names it.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Whoever asks for another schema casts: the interface lets a producer leave that to them.
        let _ = requested_schema;
        stream(py, &self.ledger, self.kind, None)
    }

    /// The names of its columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        columns::schema(self.kind).fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __repr__(&self) -> String {
        format!("Table({})", self.columns().join(", "))
    }
}

/// Reads a table batch by batch.
struct Batches {
    ledger: Ledger,
    kind: Kind,
    next: Next,
}

/// Where the next batch begins.
enum Next {
    AtTheStart,
    After(String),
    Nowhere,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let after = match core::mem::replace(&mut self.next, Next::Nowhere) {
            Next::AtTheStart => None,
            Next::After(place) => Some(place),
            Next::Nowhere => return None,
        };
        let mut columns = Columns::of(self.kind);
        match rows::read(&self.ledger, self.kind, after.as_deref(), BATCH_ROWS, &mut columns) {
            Ok(next) => self.next = next.map_or(Next::Nowhere, Next::After),
            Err(error) => return Some(Err(told(&error))),
        }
        if columns.is_empty() { self.next() } else { Some(columns.finish(columns::schema(self.kind))) }
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&columns::schema(self.kind))
    }
}

/// Arrow's consumers raise an error of their own, with this text.
fn told(error: &LedgerError) -> ArrowError {
    ArrowError::ComputeError(format!("{error} (error {})", error.code().number()))
}
