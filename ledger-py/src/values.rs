//! Values that are more than plain data: decimals, days, times, and what a commit answered.

use ledger_core::{Committed, ErrorCode, Timestamp};
use pyo3::exceptions::{PyAttributeError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateAccess, PyDateTime, PyDelta, PyString, PyTzInfo, PyTzInfoAccess};

use crate::errors::raise_coded;
use crate::ids;
use crate::writing::scalar::Scalar;
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

/// A day, of the number that stands for it: 20260131.
fn day(py: Python<'_>, packed: u32) -> PyResult<Bound<'_, PyAny>> {
    let part = |place: u32, size: u32| {
        packed.checked_div(place).and_then(|rest| rest.checked_rem(size)).unwrap_or(1)
    };
    let narrow = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = i32::try_from(part(10_000, 10_000)).unwrap_or(1);
    Ok(PyDate::new(py, year, narrow(part(100, 100)), narrow(part(1, 100)))?.into_any())
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

/// Whether a name is that of a kind of values, each of which is written as a scalar.
pub fn is_named(name: &str) -> bool {
    matches!(name, "Decimal" | "Date" | "Timestamp" | "Currency" | "AccountName") || ids::is_kind(name)
}

/// A value of what core wrote under the name of its kind.
pub fn of_named<'py>(py: Python<'py>, name: &str, scalar: Scalar) -> PyResult<Bound<'py, PyAny>> {
    match (name, scalar) {
        ("Decimal", Scalar::Text(text)) => decimal(py, &text),
        ("Date", Scalar::Unsigned(packed)) => day(py, packed),
        ("Timestamp", Scalar::Signed(micros)) => moment(py, Timestamp::from_micros(micros)),
        // Few and often the same.
        (_, Scalar::Text(text)) => Ok(PyString::intern(py, &text).into_any()),
        (_, Scalar::Bits(bits)) => ids::of_bits(py, name, bits),
        _ => Err(PyRuntimeError::new_err(format!("core wrote something else as a {name}"))),
    }
}

/// What stands for a value of Python under the name of its kind, as core reads it; or what is expected there instead.
pub fn to_named(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Result<Scalar, &'static str>> {
    let expected = match name {
        "Date" => match value.cast::<PyDate>() {
            // A datetime is a date to Python, but which day it is depends on the time zone.
            Ok(day) if !value.is_instance_of::<PyDateTime>() => return Ok(Ok(Scalar::Unsigned(packed(day)))),
            Ok(_) => "a date, without a time: call .date() on it, in the time zone that is meant",
            Err(_) => "a datetime.date",
        },
        "Timestamp" => match value.cast::<PyDateTime>() {
            Ok(time) if time.get_tzinfo().is_some() => return Ok(Ok(Scalar::Signed(micros(time)?))),
            Ok(_) => "a datetime with a time zone: make it of datetime.now(timezone.utc) or set tzinfo",
            Err(_) => "a datetime.datetime with a time zone",
        },
        "Currency" => match value.cast::<PyString>() {
            Ok(code) => return Ok(Ok(Scalar::Text(text_of(code)?))),
            Err(_) => "the code of a currency, such as 'EUR'",
        },
        "AccountName" => match value.cast::<PyString>() {
            Ok(name) => return Ok(Ok(Scalar::Text(text_of(name)?))),
            Err(_) => "the name of an account, as balances list it",
        },
        _ => match ids::bits_of(name, value) {
            Some(bits) => return Ok(Ok(Scalar::Bits(bits))),
            None => "",
        },
    };
    Ok(Err(expected))
}

fn packed(day: &Bound<'_, PyDate>) -> u32 {
    let year = u32::try_from(day.get_year()).unwrap_or(0);
    let months = year.saturating_mul(100).saturating_add(day.get_month().into());
    months.saturating_mul(100).saturating_add(day.get_day().into())
}

/// Microseconds since 1970 of an aware datetime.
fn micros(time: &Bound<'_, PyDateTime>) -> PyResult<i64> {
    let utc = PyTzInfo::utc(time.py())?.to_owned();
    let text = time.call_method1("astimezone", (utc,))?.call_method0("isoformat")?;
    let text = text.cast::<PyString>()?.to_str()?.replace("+00:00", "Z");
    let read =
        Timestamp::parse(&text).ok_or_else(|| PyValueError::new_err(format!("{text} is out of range")))?;
    Ok(read.micros())
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
