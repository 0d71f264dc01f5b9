//! Ids, each a small class of its own: hashable, ordered, picklable, and a text and back.

use core::str::FromStr;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::refused::Refused;

macro_rules! id_classes {
    ($($name:ident $class:literal $prefix:literal $what:literal;)*) => {
        $(
            #[doc = concat!(
                $what, ", as text `", $prefix, "` and 26 letters and digits; ids sort in the order of their making.\n\n",
                "Raises:\n    InvalidError: 1007, where the text is no id of this kind.\n\n",
                "Example:\n    >>> from donation_ledger import ", stringify!($name), "\n    >>> id = ", stringify!($name),
                "('", $prefix, "01JA0000000000000000000000')\n    >>> str(id)\n    '", $prefix,
                "01JA0000000000000000000000'\n    >>> id == ", stringify!($name), "(str(id))\n    True\n",
            )]
            #[pyclass(module = "donation_ledger", frozen, eq, ord, hash)]
            #[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub ledger_core::$name);

            #[pymethods]
            impl $name {
                #[new]
                fn new(text: &Bound<'_, PyAny>) -> Result<Self, Refused> {
                    let text = text.cast::<PyString>().map_err(|_| {
                        pyo3::exceptions::PyTypeError::new_err(concat!($class, " is made of its text: pass a str"))
                    })?;
                    let text = text.to_str().map_err(|_| Refused::HalfCharacter)?;
                    Ok(Self(ledger_core::$name::from_str(text)?))
                }

                fn __str__(&self) -> String {
                    self.0.to_string()
                }

                fn __format__<'py>(&self, py: Python<'py>, spec: &str) -> PyResult<Bound<'py, PyAny>> {
                    PyString::new(py, &self.0.to_string()).call_method1("__format__", (spec,))
                }

                fn __repr__(&self) -> String {
                    format!(concat!($class, "('{}')"), self.0)
                }

                fn __reduce__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyAny>, (String,)) {
                    (py.get_type::<Self>().into_any(), (self.0.to_string(),))
                }
            }
        )*

        pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $(module.add_class::<$name>()?;)*
            Ok(())
        }

        /// The bits of an id, where a value is one of the kind that is named.
        pub fn bits_of(kind: &str, value: &Bound<'_, PyAny>) -> Option<u128> {
            match kind {
                $($class => value.cast::<$name>().ok().map(|id| id.get().0.to_bits()),)*
                _ => None,
            }
        }

        /// The id of its bits, of the kind that is named.
        pub fn of_bits<'py>(py: Python<'py>, kind: &str, bits: u128) -> PyResult<Bound<'py, PyAny>> {
            match kind {
                $($class => Ok(Bound::new(py, $name(ledger_core::$name::from_bits(bits)))?.into_any()),)*
                _ => Err(pyo3::exceptions::PyRuntimeError::new_err(format!("{kind} is no kind of ids"))),
            }
        }

        pub fn is_kind(kind: &str) -> bool {
            matches!(kind, $($class)|*)
        }
    };
}

id_classes! {
    AdjustmentId "AdjustmentId" "adj_" "Names an adjustment: money that came or went without a known gift";
    CauseId "CauseId" "cau_" "Names a cause";
    DisputeId "DisputeId" "dis_" "Names a dispute";
    DonationId "DonationId" "gft_" "Names a donation: one act of giving, to one or more causes";
    DonorId "DonorId" "don_" "Names a donor";
    ExchangeId "ExchangeId" "exc_" "Names an exchange of money";
    LedgerId "LedgerId" "led_" "Names one ledger";
    PaymentId "PaymentId" "pay_" "Names a payment: one attempt to collect a donation";
    PayoutId "PayoutId" "out_" "Names a payout to a cause";
    ReallocationId "ReallocationId" "rea_" "Names a reallocation of money between causes";
    RefundId "RefundId" "ref_" "Names a refund of a donation";
    ReversalId "ReversalId" "rev_" "Names a reversal: what a correction took back";
    SettlementId "SettlementId" "set_" "Names a settlement: what a processor paid out";
    SuspenseId "SuspenseId" "sus_" "Names money that nobody is known to have given";
}
