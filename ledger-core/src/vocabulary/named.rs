//! Values that say what they are as they are written. A format that people read sees a text; a binding, whose format is for
//! programs, sees the kind by its name and the value in few bytes, and makes the type of its own language of it.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use super::error_code::ErrorCode;

/// Why a text is no such value, with a stable code.
pub trait Coded: fmt::Display {
    /// The code.
    fn code(&self) -> ErrorCode;
}

/// What a format that is read is told of it. Its errors are texts alone, so the number stands first, as `1003: ...`, where
/// whoever asked finds it again.
pub fn refused<E: Error>(error: &impl Coded) -> E {
    E::custom(format_args!("{}: {error}", error.code().number()))
}

/// Writes a value under the name of its kind: as its text, or as what stands for it.
pub fn serialize<S: Serializer>(
    name: &'static str,
    value: &impl fmt::Display,
    compact: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        serializer.serialize_newtype_struct(name, &Shown(value))
    } else {
        serializer.serialize_newtype_struct(name, compact)
    }
}

/// Reads a value under the name of its kind: from its text, or from what stands for it.
pub fn deserialize<'de, T, C, D>(
    name: &'static str,
    from_compact: fn(C) -> Option<T>,
    deserializer: D,
) -> Result<T, D::Error>
where
    T: FromStr<Err: Coded>,
    C: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(name, Named { name, from_compact, value: PhantomData })
}

struct Shown<'a, T>(&'a T);

impl<T: fmt::Display> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

struct Named<T, C> {
    name: &'static str,
    from_compact: fn(C) -> Option<T>,
    value: PhantomData<T>,
}

impl<'de, T, C> Visitor<'de> for Named<T, C>
where
    T: FromStr<Err: Coded>,
    C: Deserialize<'de>,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text of a {}", self.name)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if deserializer.is_human_readable() {
            self.visit_string(String::deserialize(deserializer)?)
        } else {
            let compact = C::deserialize(deserializer)?;
            (self.from_compact)(compact).ok_or_else(|| D::Error::custom(format!("no such {}", self.name)))
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|error| refused(&error))
    }
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::date::Date;
    use crate::vocabulary::ids::DonorId;
    use crate::vocabulary::money::Amount;
    use crate::vocabulary::time::Timestamp;

    #[test]
    fn people_read_texts() {
        let id: DonorId = "don_01JA0000000000000000000000".parse().unwrap();
        let (day, time): (Date, Timestamp) =
            ("2026-01-31".parse().unwrap(), "2026-01-31T10:00:00Z".parse().unwrap());
        let amount = Amount::parse("12.30", "EUR".parse().unwrap()).unwrap();
        let text = serde_json::to_string(&(id, day, time, amount)).unwrap();
        assert_eq!(
            text,
            r#"["don_01JA0000000000000000000000","2026-01-31","2026-01-31T10:00:00Z",{"amount":"12.30","currency":"EUR"}]"#
        );
        let read: (DonorId, Date, Timestamp, Amount) = serde_json::from_str(&text).unwrap();
        assert_eq!(read, (id, day, time, amount));
    }
}
