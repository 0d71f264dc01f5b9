//! What goes into a ledger from other systems, and out to them.

use ledger_core::{DonorId, ExportFormat, ImportMode};
use pyo3::prelude::*;

use crate::arguments::Arg;
use crate::importing::{self, PyMapping};
use crate::ledger::PyLedger;
use crate::providers;
use crate::streams::{Out, Stream};

#[pymethods]
impl PyLedger {
    /// Takes in a webhook: verifies it, and commits what it says in one record. The same event twice changes nothing.
    ///
    /// Args:
    ///     provider: A `Stripe` or a `Sandbox`.
    ///     headers: The headers as they came: pairs, or a dictionary.
    ///     body: The body, byte for byte.
    ///
    /// Returns:
    ///     A variant of `Ingested`. A webhook that is forged, old or not understood is no error: it is `Rejected`.
    fn ingest_webhook<'py>(
        &self,
        py: Python<'py>,
        provider: &Bound<'py, PyAny>,
        headers: &Bound<'py, PyAny>,
        body: &[u8],
    ) -> PyResult<Bound<'py, PyAny>> {
        let pairs = if headers.hasattr("items")? { headers.call_method0("items")? } else { headers.clone() };
        let headers = pairs.try_iter()?.map(|pair| pair?.extract()).collect::<PyResult<Vec<_>>>()?;
        providers::ingest(py, &self.0, provider, headers, body)
    }

    /// Imports rows of another system; each once, whenever it is read again.
    ///
    /// Args:
    ///     source: A path, or a file that is open in binary mode.
    ///     mapping: How rows become gifts.
    ///     mode: `POST` (the default), or `DRY_RUN`, which decides every row and writes nothing.
    ///     on_progress: Called with the report so far, between two groups of rows; `False` stops the import there.
    ///     on_reject: Called with the line, the code, the reason and the bytes of each row that is not posted.
    ///
    /// Returns:
    ///     An `ImportReport`; an error in the middle has the one so far as `report`. Ctrl-C stops between two groups: what was committed stays, and the same import goes on there.
    #[pyo3(signature = (source, mapping, *, mode = None, on_progress = None, on_reject = None))]
    fn import_rows<'py>(
        &self,
        py: Python<'py>,
        source: Stream,
        mapping: &Bound<'py, PyMapping>,
        mode: Option<Arg<ImportMode>>,
        on_progress: Option<Py<PyAny>>,
        on_reject: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mode = mode.map(|mode| mode.0).unwrap_or_default();
        importing::import(py, &self.0, source, mapping.get().0.clone(), mode, on_progress, on_reject)
    }

    /// Exports the journal, for hledger and ledger, for beancount, as CSV or as lines of JSON; how many records.
    ///
    /// Args:
    ///     format: Which.
    ///     to: A path, or a file that is open in binary mode.
    ///     on_progress: Called with the bytes that were written, each mebibyte.
    #[pyo3(signature = (format, to, *, on_progress = None))]
    fn export(
        &self,
        py: Python<'_>,
        format: Arg<ExportFormat>,
        to: Stream,
        on_progress: Option<Py<PyAny>>,
    ) -> PyResult<u64> {
        let mut out = Out::to(to, on_progress)?;
        let ended = py.detach(|| self.0.export(format.0, &mut out));
        out.finish(py, ended)
    }

    /// Writes everything that is held of a donor, as one document of JSON: for whoever asks what is known of them; the
    /// last record that is in it.
    fn export_donor(&self, py: Python<'_>, donor: Arg<DonorId>, to: Stream) -> PyResult<u64> {
        let mut out = Out::to(to, None)?;
        let ended = py.detach(|| self.0.export_donor(donor.0, &mut out));
        out.finish(py, ended)
    }
}
