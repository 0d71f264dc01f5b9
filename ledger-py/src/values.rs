//! Values that are more than plain data: decimals, days, times, and what a commit answered.

use ledger_core::{Committed, Date, ErrorCode, Timestamp};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateAccess, PyDateTime, PyDelta, PyString, PyTzInfo, PyTzInfoAccess};

use crate::errors::raise_coded;
use crate::ids;
use crate::writing::to_python;

/// A decimal number of its text.
pub fn decimal<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    decimal_class(py)?.call1((text,))
}

/// The text of a str. Half a character, which JSON from a browser can hold, is none.
pub fn text_of(text: &Bound<'_, PyString>) -> PyResult<String> {
    let half = |_| {
        let told = "text holds half a character (a surrogate): remove it";
        raise_coded(text.py(), ErrorCode::TextNotPrintable, told)
    };
    text.to_str().map(ToOwned::to_owned).map_err(half)
}

/// Whether a value is a `Decimal`.
pub fn is_decimal(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    value.is_instance(decimal_class(value.py())?)
}

fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class =
        CLASS.get_or_try_init(py, || Ok::<_, PyErr>(py.import("decimal")?.getattr("Decimal")?.unbind()))?;
    Ok(class.bind(py))
}

/// A day, of its text.
pub fn day<'py>(py: Python<'py>, date: Date) -> PyResult<Bound<'py, PyAny>> {
    let narrow = |number: i8| u8::try_from(number).unwrap_or(1);
    Ok(PyDate::new(py, date.year().into(), narrow(date.month()), narrow(date.day()))?.into_any())
}

/// A moment, in UTC.
pub fn moment<'py>(py: Python<'py>, time: Timestamp) -> PyResult<Bound<'py, PyAny>> {
    static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let epoch = EPOCH.get_or_try_init(py, || {
        let utc = PyTzInfo::utc(py)?.to_owned();
        Ok::<_, PyErr>(PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&utc))?.into_any().unbind())
    })?;
    let micros = time.micros();
    let days = i32::try_from(micros.div_euclid(86_400_000_000)).unwrap_or(i32::MAX);
    let of_day = micros.rem_euclid(86_400_000_000);
    let seconds = i32::try_from(of_day.div_euclid(1_000_000)).unwrap_or(0);
    let rest = i32::try_from(of_day.rem_euclid(1_000_000)).unwrap_or(0);
    epoch.bind(py).add(PyDelta::new(py, days, seconds, rest, false)?)
}

/// A value of the text that core wrote under a name. `None` where the name says nothing to Python.
pub fn of_named_text<'py>(py: Python<'py>, name: &str, text: &str) -> Option<PyResult<Bound<'py, PyAny>>> {
    let broken = || pyo3::exceptions::PyRuntimeError::new_err(format!("core wrote {text} as a {name}"));
    match name {
        "Decimal" => Some(decimal(py, text)),
        "Date" => Some(text.parse().map_err(|_| broken()).and_then(|date| day(py, date))),
        "Timestamp" => Some(Timestamp::parse(text).ok_or_else(broken).and_then(|time| moment(py, time))),
        "Currency" | "AccountName" => Some(Ok(PyString::intern(py, text).into_any())),
        _ => ids::of_text(py, name, text),
    }
}

/// The text that core reads under a name, of a value of Python; or what is expected there instead.
pub fn named_text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Result<String, &'static str>> {
    let expected = match name {
        "Date" => {
            // A datetime is a date to Python, but which day it is depends on the time zone.
            return Ok(match value.cast::<PyDate>() {
                Ok(day) if !value.is_instance_of::<PyDateTime>() => {
                    Ok(format!("{:04}-{:02}-{:02}", day.get_year(), day.get_month(), day.get_day()))
                }
                Ok(_) => Err("a date, without a time: call .date() on it, in the time zone that is meant"),
                Err(_) => Err("a datetime.date"),
            });
        }
        "Timestamp" => match value.cast::<PyDateTime>() {
            Ok(time) if time.get_tzinfo().is_some() => return Ok(Ok(rfc3339(time)?)),
            Ok(_) => "a datetime with a time zone: make it of datetime.now(timezone.utc) or set tzinfo",
            Err(_) => "a datetime.datetime with a time zone",
        },
        "Currency" => match value.cast::<PyString>() {
            Ok(code) => return Ok(Ok(text_of(code)?)),
            Err(_) => "the code of a currency, such as 'EUR'",
        },
        "AccountName" => match value.cast::<PyString>() {
            Ok(name) => return Ok(Ok(text_of(name)?)),
            Err(_) => "the name of an account, as balances list it",
        },
        _ => match ids::id_text(name, value) {
            Some(text) => return Ok(Ok(text)),
            None => "",
        },
    };
    Ok(Err(expected))
}

fn rfc3339(time: &Bound<'_, PyDateTime>) -> PyResult<String> {
    let utc = PyTzInfo::utc(time.py())?.to_owned();
    let time = time.call_method1("astimezone", (utc,))?;
    let text = time.call_method0("isoformat")?;
    Ok(text.cast::<PyString>()?.to_str()?.replace("+00:00", "Z"))
}

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
