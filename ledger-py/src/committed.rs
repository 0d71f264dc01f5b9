//! What a commit answered.

use ledger_core::Committed;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;

use crate::ids;
use crate::values::moment;
use crate::writing::to_python;

/// What a write answered: where it stands in the journal, what happened, and what the accounts came to. A replayed call
/// answers what the first one did.
///
/// The ids are those of what the command made; asked of a command that made none, they raise `AttributeError`.
///
/// Example:
///     >>> from donation_ledger import CauseDetails, Ledger
///     >>> with Ledger.in_memory() as ledger:
///     ...     opened = ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells"))
///     ...     opened.seq, opened.delivery.value, opened.cause is not None
///     (1, 'first', True)
#[pyclass(name = "Committed", module = "donation_ledger", frozen, eq)]
#[derive(PartialEq)]
pub struct PyCommitted(pub Committed);

/// What a command makes is asked of what it answered; of another one it is an error and not `None`, which would only be
/// found where it is used.
fn made<T>(id: Option<T>, what: &str) -> PyResult<T> {
    id.ok_or_else(|| PyAttributeError::new_err(format!("this command made no {what}: see its events")))
}

#[pymethods]
impl PyCommitted {
    /// The record; where nothing had to be recorded, the last one before.
    #[getter]
    fn seq(&self) -> u64 {
        self.0.seq
    }

    /// When it was recorded, in UTC.
    #[getter]
    fn recorded_at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        moment(py, self.0.recorded_at)
    }

    /// First or replayed.
    #[getter]
    fn delivery<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.delivery)
    }

    /// Which loss it survives.
    #[getter]
    fn durability<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.durability)
    }

    /// What happened; empty where nothing had to. Made when it is asked for.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.events)
    }

    /// The accounts that it touched, each once, after it. Made when they are asked for.
    #[getter]
    fn balances<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.balances)
    }

    /// The donor that was registered.
    #[getter]
    fn donor(&self) -> PyResult<ids::DonorId> {
        made(self.0.donor(), "donor").map(ids::DonorId)
    }

    /// The cause that was opened.
    #[getter]
    fn cause(&self) -> PyResult<ids::CauseId> {
        made(self.0.cause(), "cause").map(ids::CauseId)
    }

    /// The donation that was begun or captured.
    #[getter]
    fn donation(&self) -> PyResult<ids::DonationId> {
        made(self.0.donation(), "donation").map(ids::DonationId)
    }

    /// The payment that was started.
    #[getter]
    fn payment(&self) -> PyResult<ids::PaymentId> {
        made(self.0.payment(), "payment").map(ids::PaymentId)
    }

    /// The settlement that was recorded.
    #[getter]
    fn settlement(&self) -> PyResult<ids::SettlementId> {
        made(self.0.settlement(), "settlement").map(ids::SettlementId)
    }

    /// The payout that was proposed.
    #[getter]
    fn payout(&self) -> PyResult<ids::PayoutId> {
        made(self.0.payout(), "payout").map(ids::PayoutId)
    }

    /// The refund that was made or requested.
    #[getter]
    fn refund(&self) -> PyResult<ids::RefundId> {
        made(self.0.refund(), "refund").map(ids::RefundId)
    }

    /// The dispute that was opened.
    #[getter]
    fn dispute(&self) -> PyResult<ids::DisputeId> {
        made(self.0.dispute(), "dispute").map(ids::DisputeId)
    }

    /// The money that nobody is known to have given, or that was set aside of a gift.
    #[getter]
    fn suspense(&self) -> PyResult<ids::SuspenseId> {
        made(self.0.suspense(), "suspense").map(ids::SuspenseId)
    }

    /// The reallocation that was made.
    #[getter]
    fn reallocation(&self) -> PyResult<ids::ReallocationId> {
        made(self.0.reallocation(), "reallocation").map(ids::ReallocationId)
    }

    /// What a correction took back.
    #[getter]
    fn reversal(&self) -> PyResult<ids::ReversalId> {
        made(self.0.reversal(), "reversal").map(ids::ReversalId)
    }

    /// The adjustment that was made.
    #[getter]
    fn adjustment(&self) -> PyResult<ids::AdjustmentId> {
        made(self.0.adjustment(), "adjustment").map(ids::AdjustmentId)
    }

    fn __repr__(&self) -> String {
        let delivery = if self.0.delivery == ledger_core::Delivery::First { "FIRST" } else { "REPLAYED" };
        format!("Committed(seq={}, delivery=Delivery.{delivery})", self.0.seq)
    }
}
