//! Core's values of Python's: a command, and everything that it is made of, from the records that are declared for it.

mod parts;

use core::fmt;

use ledger_core::{AccountName, Currency, Date};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyInt, PyString, PyType};
use serde::de::{self, Deserialize, Visitor};
use serde::forward_to_deserialize_any;

use self::parts::{Chosen, FieldsOf, Given, Items, Money};
use crate::amount::PyAmount;
use crate::errors::{raise, raise_coded};
use crate::refused::Refused;
use crate::registry::registry;
use crate::scalar::Scalar;
use crate::values::{is_named, text_of, to_named};

/// A value of core, of a value of Python. Errors say at which field.
pub fn from_python<'py, T: Deserialize<'py>>(value: &Bound<'py, PyAny>) -> PyResult<T> {
    T::deserialize(Reader(value)).map_err(Failed::raise)
}

/// The first day that core knows, as it is written.
const FIRST_DAY: u32 = 19_000_101;

/// One value of Python.
struct Reader<'a, 'py>(&'a Bound<'py, PyAny>);

/// Why a value was refused, and at which place within what was given.
#[derive(Debug)]
struct Failed {
    place: String,
    error: PyErr,
}

impl Failed {
    fn type_error(message: String) -> Self {
        Self { place: String::new(), error: PyTypeError::new_err(message) }
    }

    fn expected(what: &str, found: &Bound<'_, PyAny>) -> Self {
        let class =
            found.get_type().name().map_or_else(|_| "something else".to_owned(), |name| name.to_string());
        Self::type_error(format!("expected {what}, got {class}"))
    }

    /// The same, one step further out.
    fn within(mut self, step: &str) -> Self {
        let joined = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        self.place = format!("{step}{joined}{}", self.place);
        self
    }

    fn raise(self) -> PyErr {
        if self.place.is_empty() {
            return self.error;
        }
        // What the ledger itself says has a code and its own words; only our own are told the place.
        Python::attach(|py| {
            if self.error.get_type(py).is(py.get_type::<PyTypeError>()) {
                PyTypeError::new_err(format!("{}: {}", self.place, self.error.value(py)))
            } else if self.error.get_type(py).is(py.get_type::<PyValueError>()) {
                PyValueError::new_err(format!("{}: {}", self.place, self.error.value(py)))
            } else {
                self.error
            }
        })
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl core::error::Error for Failed {}

impl de::Error for Failed {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { place: String::new(), error: PyValueError::new_err(message.to_string()) }
    }
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        PyErr::from(refused).into()
    }
}

impl From<PyErr> for Failed {
    fn from(error: PyErr) -> Self {
        Self { place: String::new(), error }
    }
}

impl<'py> Reader<'_, 'py> {
    fn text(&self) -> Result<String, Failed> {
        let text = self.0.cast::<PyString>().map_err(|_| Failed::expected("a str", self.0))?;
        Ok(text_of(text)?)
    }

    /// What stands for a value that core knows by the name of its kind.
    fn named(&self, name: &'static str) -> Result<Scalar, Failed> {
        match to_named(name, self.0)? {
            Ok(scalar) => {
                // Told by core itself, for the sake of the code.
                let py = self.0.py();
                match (name, &scalar) {
                    ("Currency", Scalar::Text(code)) => {
                        code.parse::<Currency>().map_err(|error| raise(py, error.into()))?;
                    }
                    ("AccountName", Scalar::Text(text)) => {
                        let read = text.parse::<AccountName>();
                        read.map_err(|error| raise_coded(py, error.code(), &error.to_string()))?;
                    }
                    ("Date", Scalar::Unsigned(packed)) if *packed < FIRST_DAY => {
                        let text = self.0.str()?.to_str()?.to_owned();
                        text.parse::<Date>().map_err(|error| raise(py, error.into()))?;
                    }
                    _ => {}
                }
                Ok(scalar)
            }
            Err("") if self.0.is_instance_of::<PyString>() => {
                let expected = format!("{} {name}", article(name));
                Err(Failed::type_error(format!(
                    "expected {expected}, got str: {name}('…') makes one of its text"
                )))
            }
            Err("") => Err(Failed::expected(&format!("{} {name}", article(name)), self.0)),
            Err(expected) => Err(Failed::expected(expected, self.0)),
        }
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

macro_rules! integers {
    ($($method:ident $visit:ident $of:ty;)*) => {
        $(fn $method<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
            if !self.0.is_instance_of::<PyInt>() || self.0.is_instance_of::<PyBool>() {
                return Err(Failed::expected("an int", self.0));
            }
            let number = self.0.extract::<$of>().map_err(|_| {
                let shown = self.0.str().map_or_else(|_| "number".to_owned(), |text| text.to_string());
                Failed { place: String::new(), error: PyValueError::new_err(format!(
                    "{shown} is not between {} and {}", <$of>::MIN, <$of>::MAX
                )) }
            })?;
            visitor.$visit(number)
        })*
    };
}

impl<'py> de::Deserializer<'py> for Reader<'_, 'py> {
    type Error = Failed;

    fn is_human_readable(&self) -> bool {
        false
    }

    integers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    fn deserialize_any<V: Visitor<'py>>(self, _visitor: V) -> Result<V::Value, Failed> {
        Err(Failed::expected("a value that is declared", self.0))
    }

    fn deserialize_bool<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        let flag = self.0.cast::<PyBool>().map_err(|_| Failed::expected("a bool", self.0))?;
        visitor.visit_bool(flag.is_true())
    }

    fn deserialize_str<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_byte_buf<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        let bytes = self.0.cast::<PyBytes>().map_err(|_| Failed::expected("bytes", self.0))?;
        visitor.visit_bytes(bytes.as_bytes())
    }

    fn deserialize_option<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.0.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'py>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if is_named(name) {
            return visitor.visit_newtype_struct(Given(self.named(name)?));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.0.is_instance_of::<PyString>() || self.0.is_instance_of::<PyBytes>() {
            return Err(Failed::expected("a list or a tuple", self.0));
        }
        let items: Vec<Bound<'py, PyAny>> = match self.0.try_iter() {
            Ok(items) => items.collect::<PyResult<_>>()?,
            Err(_) => return Err(Failed::expected("a list or a tuple", self.0)),
        };
        visitor.visit_seq(Items::of(items))
    }

    fn deserialize_tuple<V: Visitor<'py>>(self, _length: usize, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'py>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if name == "Amount" {
            let amount = self
                .0
                .cast::<PyAmount>()
                .map_err(|_| Failed::expected("an Amount, such as Amount('12.30', 'EUR')", self.0))?;
            return visitor.visit_seq(Money::of(amount.get()));
        }
        let class = registry(self.0.py())?.of_struct(name);
        if class.is_some_and(|class| !self.0.is_instance(class.python.bind(self.0.py())).unwrap_or(false)) {
            return Err(Failed::expected(&format!("{} {name}", article(name)), self.0));
        }
        visitor.visit_seq(FieldsOf::of(self.0, class, fields))
    }

    fn deserialize_enum<V: Visitor<'py>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        let py = self.0.py();
        let known = registry(py)?;
        if let Some(members) = known.choices(name) {
            let is_it = |word: &&&str| members.get(**word).is_some_and(|member| self.0.is(member));
            let found = variants.iter().find(is_it);
            if let Some(word) = found {
                return visitor.visit_enum(Chosen { word, value: None });
            }
            let words = variants.iter().map(|word| word.to_uppercase()).collect::<Vec<_>>().join(", ");
            return Err(Failed::expected(&format!("{} {name}, one of {words}", article(name)), self.0));
        }
        if let Ok(class) = self.0.cast::<PyType>() {
            let class = class.qualname()?;
            return Err(Failed::type_error(format!(
                "expected {} {name}, got the class {class}: call it",
                article(name)
            )));
        }
        let found = known.variant_of(&self.0.get_type()).filter(|(of, _)| of == name);
        match found.and_then(|(_, word)| variants.iter().find(|variant| *variant == word)) {
            Some(word) => visitor.visit_enum(Chosen { word, value: Some(self.0) }),
            None => Err(Failed::expected(&format!("{} {name}", article(name)), self.0)),
        }
    }

    forward_to_deserialize_any! { <W: Visitor<'py>> f32 f64 char bytes unit unit_struct tuple_struct map identifier ignored_any }
}
