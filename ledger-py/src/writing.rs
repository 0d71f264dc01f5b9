//! Python's values of core's: whatever core can write, as the record that is declared for it.

use pyo3::BoundObject;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use serde::ser::{self, Impossible, Serialize};

use crate::amount::PyAmount;
use crate::registry::{Class, Registry, registry};
use crate::scalar::{Failed, Scalar, scalar};
use crate::values::{is_named, of_named};

/// A value of core as Python sees it.
pub fn to_python<'py>(py: Python<'py>, value: &(impl Serialize + ?Sized)) -> PyResult<Bound<'py, PyAny>> {
    let writer = Writer { py, registry: registry(py)? };
    value.serialize(writer).map_err(|failed| failed.0)
}

/// What has no class of its own: the fields of a rejection are attributes of its exception.
const UNTYPED: [&str; 4] = ["Rejection", "MoneyError", "IdError", "DateError"];

#[derive(Clone, Copy)]
struct Writer<'py> {
    py: Python<'py>,
    registry: &'py Registry,
}

type Made<'py> = Result<Bound<'py, PyAny>, Failed>;

impl<'py> Writer<'py> {
    fn undeclared(name: &str, variant: &str) -> Failed {
        Failed(PyRuntimeError::new_err(format!("{name}.{variant} is not declared in Python")))
    }

    fn scalar<T: IntoPyObject<'py>>(self, value: T) -> Made<'py> {
        match value.into_pyobject(self.py) {
            Ok(made) => Ok(made.into_bound().into_any()),
            Err(error) => Err(Failed(error.into())),
        }
    }

    fn fields(self, class: Option<&'py Class>, count: usize) -> Fields<'py> {
        let values = match class {
            Some(_) => Values::InOrder(Vec::with_capacity(count)),
            None => Values::ByName(PyDict::new(self.py)),
        };
        Fields { writer: self, class, values, next: 0 }
    }
}

/// The values of a record, in the order of its class, or by name where there is no class.
struct Fields<'py> {
    writer: Writer<'py>,
    class: Option<&'py Class>,
    values: Values<'py>,
    next: usize,
}

enum Values<'py> {
    /// The minor units and the currency of an amount.
    Money(Vec<Scalar>),
    InOrder(Vec<Bound<'py, PyAny>>),
    ByName(Bound<'py, PyDict>),
}

impl<'py> Fields<'py> {
    fn add(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Failed> {
        match &mut self.values {
            Values::Money(parts) => parts.push(scalar(value)?),
            Values::ByName(named) => named.set_item(name, value.serialize(self.writer)?)?,
            Values::InOrder(values) => {
                let value = value.serialize(self.writer)?;
                let declared = self.class.and_then(|class| class.fields.get(self.next));
                if declared.is_none_or(|(declared, _)| declared != name) {
                    let found = declared.map_or("nothing", |(declared, _)| declared);
                    return Err(Failed(PyRuntimeError::new_err(format!("{name} is declared as {found}"))));
                }
                values.push(value);
                self.next = self.next.saturating_add(1);
            }
        }
        Ok(())
    }

    fn make(self) -> Made<'py> {
        match (self.values, self.class) {
            (Values::InOrder(values), Some(class)) => Ok(class.make(self.writer.py, values)?),
            (Values::Money(parts), _) => Ok(PyAmount::of_parts(self.writer.py, &parts)?),
            (Values::InOrder(_), None) => Err(Writer::undeclared("a record", "")),
            (Values::ByName(named), _) => Ok(named.into_any()),
        }
    }
}

impl<'py> ser::SerializeStruct for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        self.add(name, value)
    }

    fn end(self) -> Made<'py> {
        self.make()
    }
}

impl<'py> ser::SerializeStructVariant for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        self.add(name, value)
    }

    fn end(self) -> Made<'py> {
        self.make()
    }
}

/// A list of anything, as a tuple.
struct Items<'py> {
    writer: Writer<'py>,
    items: Vec<Bound<'py, PyAny>>,
}

impl<'py> ser::SerializeSeq for Items<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.items.push(value.serialize(self.writer)?);
        Ok(())
    }

    fn end(self) -> Made<'py> {
        Ok(PyTuple::new(self.writer.py, self.items)?.into_any())
    }
}

impl<'py> ser::SerializeTuple for Items<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made<'py> {
        ser::SerializeSeq::end(self)
    }
}

/// Values by a key that is made as they come.
struct Pairs<'py> {
    writer: Writer<'py>,
    made: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

impl<'py> ser::SerializeMap for Pairs<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.key = Some(key.serialize(self.writer)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.made.set_item(self.key.take(), value.serialize(self.writer)?)?;
        Ok(())
    }

    fn end(self) -> Made<'py> {
        Ok(self.made.into_any())
    }
}

macro_rules! scalars {
    ($($method:ident $of:ty;)*) => {
        $(fn $method(self, value: $of) -> Made<'py> {
            self.scalar(value)
        })*
    };
}

impl<'py> ser::Serializer for Writer<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    type SerializeSeq = Items<'py>;
    type SerializeTuple = Items<'py>;
    type SerializeTupleStruct = Impossible<Self::Ok, Failed>;
    type SerializeTupleVariant = Impossible<Self::Ok, Failed>;
    type SerializeMap = Pairs<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = Fields<'py>;

    fn is_human_readable(&self) -> bool {
        false
    }

    scalars! {
        serialize_bool bool;
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_i128 i128;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_u128 u128;
        serialize_f32 f32;
        serialize_f64 f64;
        serialize_char char;
        serialize_str &str;
        serialize_bytes &[u8];
    }

    fn serialize_none(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, name: &'static str, _index: u32, variant: &'static str) -> Made<'py> {
        if let Some(member) = self.registry.choice(name, variant) {
            return Ok(member.bind(self.py).clone());
        }
        if let Some(class) = self.registry.of_variant(name, variant) {
            return Ok(class.make(self.py, Vec::new())?);
        }
        if UNTYPED.contains(&name) {
            Ok(PyDict::new(self.py).into_any())
        } else {
            Err(Self::undeclared(name, variant))
        }
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Made<'py> {
        if !is_named(name) {
            return value.serialize(self);
        }
        Ok(of_named(self.py, name, scalar(value)?)?)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Made<'py> {
        // An event that is a struct of its own has the fields of it.
        if UNTYPED.contains(&name) || name == "Event" {
            return value.serialize(self);
        }
        let class = self.registry.of_variant(name, variant).ok_or_else(|| Self::undeclared(name, variant))?;
        Ok(class.make(self.py, vec![value.serialize(self)?])?)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'py>, Failed> {
        Ok(Items { writer: self, items: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'py>, Failed> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Failed> {
        Err(Self::undeclared(name, ""))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Failed> {
        Err(Self::undeclared(name, variant))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Pairs<'py>, Failed> {
        Ok(Pairs { writer: self, made: PyDict::new(self.py), key: None })
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Fields<'py>, Failed> {
        if name == "Amount" {
            return Ok(Fields {
                writer: self,
                class: None,
                values: Values::Money(Vec::with_capacity(length)),
                next: 0,
            });
        }
        let class = self.registry.of_struct(name);
        if class.is_none() && !UNTYPED.contains(&name) {
            return Err(Self::undeclared(name, ""));
        }
        Ok(self.fields(class, length))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Fields<'py>, Failed> {
        let class = self.registry.of_variant(name, variant);
        if class.is_none() && !UNTYPED.contains(&name) {
            return Err(Self::undeclared(name, variant));
        }
        Ok(self.fields(class, length))
    }
}
