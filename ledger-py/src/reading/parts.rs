//! What a value is made of, as core asks for it: elements, fields, variants.

use pyo3::prelude::*;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Failed, Reader};
use crate::amount::PyAmount;
use crate::registry::{Class, registry};
use crate::scalar::Scalar;

/// The elements of a list.
pub(super) struct Items<'py> {
    items: std::vec::IntoIter<Bound<'py, PyAny>>,
    index: usize,
}

impl<'py> Items<'py> {
    pub(super) fn of(items: Vec<Bound<'py, PyAny>>) -> Self {
        Self { items: items.into_iter(), index: 0 }
    }
}

impl<'py> de::SeqAccess<'py> for Items<'py> {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'py>>(&mut self, seed: T) -> Result<Option<T::Value>, Failed> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let place = self.index;
        self.index = self.index.saturating_add(1);
        seed.deserialize(Reader(&item)).map(Some).map_err(|failed| failed.within(&format!("[{place}]")))
    }
}

/// The fields of a record, in the order in which core asks for them.
pub(super) struct FieldsOf<'a, 'py> {
    record: &'a Bound<'py, PyAny>,
    class: Option<&'a Class>,
    names: core::iter::Enumerate<core::slice::Iter<'static, &'static str>>,
}

impl<'a, 'py> FieldsOf<'a, 'py> {
    pub(super) fn of(
        record: &'a Bound<'py, PyAny>,
        class: Option<&'a Class>,
        names: &'static [&'static str],
    ) -> Self {
        Self { record, class, names: names.iter().enumerate() }
    }

    fn value(&self, place: usize, name: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.class.and_then(|class| class.fields.get(place)) {
            Some((declared, python)) if declared == name => {
                self.record.getattr(python.bind(self.record.py()))
            }
            _ => self.record.getattr(name),
        }
    }
}

impl<'py> de::SeqAccess<'py> for FieldsOf<'_, 'py> {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'py>>(&mut self, seed: T) -> Result<Option<T::Value>, Failed> {
        let Some((place, name)) = self.names.next() else { return Ok(None) };
        let value = self.value(place, name)?;
        seed.deserialize(Reader(&value)).map(Some).map_err(|failed| failed.within(name))
    }
}

/// An amount, as core reads one: minor units, and the currency.
pub(super) struct Money {
    parts: [Option<Scalar>; 2],
    next: usize,
}

impl Money {
    pub(super) fn of(amount: &PyAmount) -> Self {
        let code = Scalar::Text(amount.0.currency().code().to_owned());
        Self { parts: [Some(Scalar::Signed(amount.0.minor())), Some(code)], next: 0 }
    }
}

impl<'py> de::SeqAccess<'py> for Money {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'py>>(&mut self, seed: T) -> Result<Option<T::Value>, Failed> {
        let Some(part) = self.parts.get_mut(self.next).and_then(Option::take) else { return Ok(None) };
        self.next = self.next.saturating_add(1);
        seed.deserialize(Given(part)).map(Some)
    }
}

/// What stands for a value, under whatever name.
pub(super) struct Given(pub(super) Scalar);

impl<'py> de::Deserializer<'py> for Given {
    type Error = Failed;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        match self.0 {
            Scalar::Bits(bits) => visitor.visit_u128(bits),
            Scalar::Signed(number) => visitor.visit_i64(number),
            Scalar::Unsigned(number) => visitor.visit_u32(number),
            Scalar::Text(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'py>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        <W: Visitor<'py>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The class of a record that is a variant.
fn class_of<'py>(record: &Bound<'py, PyAny>) -> PyResult<Option<&'py Class>> {
    let known = registry(record.py())?;
    Ok(known.variant_of(&record.get_type()).and_then(|(of, word)| known.of_variant(of, word)))
}

/// A variant that was found, and the record that has its fields.
pub(super) struct Chosen<'a, 'py> {
    pub(super) word: &'static str,
    pub(super) value: Option<&'a Bound<'py, PyAny>>,
}

impl<'a, 'py> de::EnumAccess<'py> for Chosen<'a, 'py> {
    type Error = Failed;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'py>>(self, seed: V) -> Result<(V::Value, Self), Failed> {
        let reader: StrDeserializer<'_, Failed> = self.word.into_deserializer();
        Ok((seed.deserialize(reader)?, self))
    }
}

impl<'py> de::VariantAccess<'py> for Chosen<'_, 'py> {
    type Error = Failed;

    fn unit_variant(self) -> Result<(), Failed> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'py>>(self, seed: T) -> Result<T::Value, Failed> {
        let record = self.value.ok_or_else(|| Failed::type_error("expected a record".to_owned()))?;
        // The class of a command has the fields of its struct; everything else holds its value.
        let class = class_of(record)?;
        if class.is_some_and(|class| matches!(class.fields.as_slice(), [(name, _)] if name == "value")) {
            let value = record.getattr("value")?;
            return seed.deserialize(Reader(&value)).map_err(|failed| failed.within("value"));
        }
        seed.deserialize(Payload(record))
    }

    fn tuple_variant<V: Visitor<'py>>(self, _length: usize, _visitor: V) -> Result<V::Value, Failed> {
        Err(Failed::type_error("expected a record".to_owned()))
    }

    fn struct_variant<V: Visitor<'py>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        let record = self.value.ok_or_else(|| Failed::type_error("expected a record".to_owned()))?;
        visitor.visit_seq(FieldsOf::of(record, class_of(record)?, fields))
    }
}

/// A record that is read as a struct, whatever the struct is called.
struct Payload<'a, 'py>(&'a Bound<'py, PyAny>);

impl<'py> de::Deserializer<'py> for Payload<'_, 'py> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'py>>(self, visitor: V) -> Result<V::Value, Failed> {
        Reader(self.0).deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'py>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        visitor.visit_seq(FieldsOf::of(self.0, class_of(self.0)?, fields))
    }

    forward_to_deserialize_any! {
        <W: Visitor<'py>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
