//! The few bytes that stand for an id, a time, a day or an amount, taken as core writes them and not as objects of Python.

use core::fmt;

use pyo3::PyErr;
use pyo3::exceptions::PyRuntimeError;
use serde::ser::{self, Impossible, Serialize};

/// Why a value could not be made: Python's own error.
#[derive(Debug)]
pub struct Failed(pub PyErr);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl core::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyRuntimeError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failed {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

/// What stands for a value.
pub enum Scalar {
    Bits(u128),
    Signed(i64),
    Unsigned(u32),
    Text(String),
}

/// The scalar that a value is written as.
pub fn scalar(value: &(impl Serialize + ?Sized)) -> Result<Scalar, Failed> {
    value.serialize(Take)
}

struct Take;

fn not_one<T>() -> Result<T, Failed> {
    Err(ser::Error::custom("a value that is no scalar is written as one"))
}

macro_rules! refuse {
    ($($method:ident($($argument:ty),*) -> $made:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$made, Failed> {
            not_one()
        })*
    };
}

type Never = Impossible<Scalar, Failed>;

impl ser::Serializer for Take {
    type Ok = Scalar;
    type Error = Failed;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_u128(self, bits: u128) -> Result<Scalar, Failed> {
        Ok(Scalar::Bits(bits))
    }

    fn serialize_i64(self, number: i64) -> Result<Scalar, Failed> {
        Ok(Scalar::Signed(number))
    }

    fn serialize_u32(self, number: u32) -> Result<Scalar, Failed> {
        Ok(Scalar::Unsigned(number))
    }

    fn serialize_str(self, text: &str) -> Result<Scalar, Failed> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Scalar, Failed> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Scalar, Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Scalar, Failed> {
        not_one()
    }

    refuse! {
        serialize_bool(bool) -> Scalar;
        serialize_i8(i8) -> Scalar;
        serialize_i16(i16) -> Scalar;
        serialize_i32(i32) -> Scalar;
        serialize_u8(u8) -> Scalar;
        serialize_u16(u16) -> Scalar;
        serialize_u64(u64) -> Scalar;
        serialize_f32(f32) -> Scalar;
        serialize_f64(f64) -> Scalar;
        serialize_char(char) -> Scalar;
        serialize_bytes(&[u8]) -> Scalar;
        serialize_none() -> Scalar;
        serialize_unit() -> Scalar;
        serialize_unit_struct(&'static str) -> Scalar;
        serialize_unit_variant(&'static str, u32, &'static str) -> Scalar;
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }
}
