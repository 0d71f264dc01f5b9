//! Values that are more than plain data: decimals, days, times, texts; as Python has them, and as core reads and writes them.

use ledger_core::{Currency, Timestamp};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDateAccess, PyDateTime, PyDelta, PyString, PyTzInfo};

use crate::ids;
use crate::refused::Refused;
use crate::scalar::Scalar;

/// A decimal number of its text.
pub fn decimal<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    decimal_class(py)?.call1((text,))
}

/// The text of a str.
pub fn text_of(text: &Bound<'_, PyString>) -> Result<String, Refused> {
    text.to_str().map(ToOwned::to_owned).map_err(|_| Refused::HalfCharacter)
}

/// A currency of its code.
pub fn currency_of(code: &Bound<'_, PyAny>) -> Result<Currency, Refused> {
    match to_named("Currency", code)? {
        Ok(Scalar::Text(code)) => Ok(code.parse()?),
        Ok(_) => Err(PyRuntimeError::new_err("a currency that is no text").into()),
        Err(expected) => {
            Err(PyTypeError::new_err(format!("expected {expected}, got {}", code.get_type().name()?)).into())
        }
    }
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
pub fn to_named(name: &str, value: &Bound<'_, PyAny>) -> Result<Result<Scalar, &'static str>, Refused> {
    let expected = match name {
        "Date" => match value.cast::<PyDate>() {
            // A datetime is a date to Python, but which day it is depends on the time zone.
            Ok(day) if !value.is_instance_of::<PyDateTime>() => return Ok(Ok(Scalar::Unsigned(packed(day)))),
            Ok(_) => "a date, without a time: call .date() on it, in the time zone that is meant",
            Err(_) => "a datetime.date",
        },
        "Timestamp" => match value.cast::<PyDateTime>() {
            // By Python's own definition: a tzinfo that knows no offset makes nothing aware.
            Ok(time) if !time.call_method0("utcoffset")?.is_none() => {
                return Ok(Ok(Scalar::Signed(micros(time)?)));
            }
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
