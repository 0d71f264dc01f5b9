//! Amounts: a decimal number of one currency, exactly.

use ledger_core::{Amount, MoneyError};
use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::refused::Refused;
use crate::scalar::Scalar;
use crate::values::{currency_of, decimal, is_decimal, text_of};

/// A positive amount of one currency, of 1 to 2**63 - 1 minor units.
///
/// Args:
///     value: A `str`, a `Decimal` or an `int`, in units of the currency (not in minor units). A `float` is refused: it
///         is not exact. Digits that the currency does not have are refused, zeros too: `"500.0"` is no amount in JPY.
///     currency: The code of ISO 4217, such as `"EUR"`.
///
/// Raises:
///     TypeError: The value is a float, or something else that is no exact number.
///     InvalidError: 1001 not positive, 1002 too large, 1003 more digits than the currency has, 1004 no plain number,
///         1005 no currency.
///
/// Example:
///     >>> from donation_ledger import Amount
///     >>> gift = Amount("12.30", "EUR")
///     >>> gift.decimal, gift.currency, gift.minor
///     (Decimal('12.30'), 'EUR', 1230)
///     >>> gift + Amount("0.70", "EUR")
///     Amount('13.00', 'EUR')
#[pyclass(name = "Amount", module = "donation_ledger", frozen)]
pub struct PyAmount(pub Amount);

#[pymethods]
impl PyAmount {
    #[new]
    fn new(value: &Bound<'_, PyAny>, currency: &Bound<'_, PyAny>) -> Result<Self, Refused> {
        Ok(Self(Amount::parse(&exact_text(value)?, currency_of(currency)?)?))
    }

    /// The amount of a count of minor units: `Amount.from_minor(1230, "EUR")` is 12.30 EUR.
    #[staticmethod]
    fn from_minor(minor: &Bound<'_, PyAny>, currency: &Bound<'_, PyAny>) -> Result<Self, Refused> {
        if !minor.is_instance_of::<PyInt>() || minor.is_instance_of::<PyBool>() {
            let class = minor.get_type().name()?;
            let told = format!("a count of minor units is an int, not a {class}: 1230 is 12.30 EUR");
            return Err(PyTypeError::new_err(told).into());
        }
        let currency = currency_of(currency)?;
        let minor = minor.extract().map_err(|_| MoneyError::TooLarge { currency })?;
        Ok(Self(Amount::from_minor(minor, currency)?))
    }

    /// The number, with all the digits of its currency.
    #[getter]
    fn decimal<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        decimal(py, &self.number())
    }

    /// The code of the currency.
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    /// The number of minor units.
    #[getter]
    fn minor(&self) -> i64 {
        self.0.minor()
    }

    fn __add__(&self, other: &Self) -> Result<Self, Refused> {
        Ok(Self(self.0.checked_add(other.0)?))
    }

    /// So that `sum` can begin with its 0.
    fn __radd__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let py = other.py();
        if other.is_instance_of::<PyInt>() && !other.is_truthy()? {
            return Ok(Bound::new(py, Self(self.0))?.into_any().unbind());
        }
        Ok(py.NotImplemented())
    }

    fn __sub__(&self, other: &Self) -> Result<Self, Refused> {
        Ok(Self(self.0.checked_sub(other.0)?))
    }

    fn __richcmp__(&self, other: &Bound<'_, PyAny>, how: CompareOp) -> PyResult<Py<PyAny>> {
        let py = other.py();
        let Ok(other) = other.cast::<Self>() else { return Ok(py.NotImplemented()) };
        let (mine, others) = (self.0, other.get().0);
        let answer = match how {
            CompareOp::Eq => mine == others,
            CompareOp::Ne => mine != others,
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                if mine.currency() != others.currency() {
                    return Err(PyTypeError::new_err(format!(
                        "{mine} and {others} are of two currencies and have no order: compare within one"
                    )));
                }
                how.matches(mine.minor().cmp(&others.minor()))
            }
        };
        Ok(PyBool::new(py, answer).to_owned().into_any().unbind())
    }

    fn __hash__(&self) -> i64 {
        self.0.minor()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __format__<'py>(&self, py: Python<'py>, spec: &str) -> PyResult<Bound<'py, PyAny>> {
        PyString::new(py, &self.0.to_string()).call_method1("__format__", (spec,))
    }

    fn __repr__(&self) -> String {
        format!("Amount('{}', '{}')", self.number(), self.0.currency())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyAny>, (String, &'static str)) {
        (py.get_type::<Self>().into_any(), (self.number(), self.0.currency().code()))
    }
}

impl PyAmount {
    /// An amount that core wrote as its parts.
    pub fn of_parts<'py>(py: Python<'py>, parts: &[Scalar]) -> PyResult<Bound<'py, PyAny>> {
        let [Scalar::Signed(minor), Scalar::Text(code)] = parts else {
            return Err(PyTypeError::new_err("an amount is a number and a currency"));
        };
        let amount = code.parse().and_then(|currency| Amount::from_minor(*minor, currency));
        let amount = amount.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        Ok(Bound::new(py, Self(amount))?.into_any())
    }

    fn number(&self) -> String {
        self.0.currency().decimal_string(self.0.minor().into())
    }
}

/// The text of an exact number. Floats look like numbers and are none that money can be counted in.
fn exact_text(value: &Bound<'_, PyAny>) -> Result<String, Refused> {
    if let Ok(text) = value.cast::<PyString>() {
        return text_of(text);
    }
    if value.is_instance_of::<PyFloat>() {
        let told = format!(
            "amount {} is a float, which is not exact: pass a str or a Decimal, such as Amount('12.30', 'EUR')",
            value.repr()?
        );
        return Err(PyTypeError::new_err(told).into());
    }
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        // By its value, whatever a subclass shows; and what is beyond 128 bits is too large in any currency.
        return Ok(value.extract::<i128>().unwrap_or(i128::MAX).to_string());
    }
    if is_decimal(value)? {
        return plain_decimal(value);
    }
    let class = value.get_type().name()?;
    let told = format!("amount is a {class}: pass a str or a Decimal, such as Amount('12.30', 'EUR')");
    Err(PyTypeError::new_err(told).into())
}

/// A decimal without an exponent. One with an exponent that no currency has would be written out in full, which takes all
/// memory: it stays as it is, and core refuses it.
fn plain_decimal(value: &Bound<'_, PyAny>) -> Result<String, Refused> {
    let class = value.py().import("decimal")?.getattr("Decimal")?;
    let is_near =
        class.call_method1("adjusted", (value,))?.extract::<i64>().is_ok_and(|place| place.abs() < 40);
    let tuple = class.call_method1("as_tuple", (value,))?;
    let is_short = tuple.getattr("exponent")?.extract::<i64>().is_ok_and(|exponent| exponent.abs() < 40);
    let shown = if is_near && is_short {
        class.call_method1("__format__", (value, "f"))?
    } else {
        class.call_method1("__str__", (value,))?
    };
    text_of(shown.cast::<PyString>().map_err(PyErr::from)?)
}
