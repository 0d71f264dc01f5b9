//! Calendar dates: the day on which something happened, which is not the time at which it was recorded.

use core::fmt;
use core::str::FromStr;

use bincode::de::Decoder;
use bincode::enc::Encoder;
use bincode::error::{DecodeError, EncodeError};
use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::error_code::ErrorCode;
use super::named::{self, Coded};
use super::quote::figures_only;

/// A day of the Gregorian calendar from 1900-01-01 to 9999-12-31, written `2026-01-31`.
///
/// ```
/// use ledger_core::Date;
/// let day: Date = "2028-02-29".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2028, 2, 29));
/// assert!("2027-02-29".parse::<Date>().is_err());
/// # Ok::<(), ledger_core::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: i8,
    day: i8,
}

impl Date {
    /// 1970-01-01: the day of records whose clock lay outside the calendar.
    pub(crate) const EPOCH: Self = Self { year: 1970, month: 1, day: 1 };

    /// The day, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        let exists = jiff::civil::Date::new(year, month, day).is_ok() && (1900..=9999).contains(&year);
        if exists {
            Ok(Self { year, month, day })
        } else {
            Err(DateError { text: format!("{year:04}-{month:02}-{day:02}") })
        }
    }

    /// Reads a date by a pattern of `%Y` (four digits), `%m` and `%d` (two digits each), such as `%m%d%Y`.
    /// The text must be exactly what the pattern would print.
    pub fn parse_with(pattern: &str, text: &str) -> Result<Self, DateError> {
        let refuse = || DateError { text: figures_only(text) };
        let parsed = jiff::civil::Date::strptime(pattern, text).map_err(|_| refuse())?;
        if parsed.strftime(pattern).to_string() != text {
            return Err(refuse());
        }
        Self::new(parsed.year(), parsed.month(), parsed.day()).map_err(|_| refuse())
    }

    /// The year, 1900 to 9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.day
    }

    /// The day after; `None` after the last.
    pub fn next(self) -> Option<Self> {
        let next = jiff::civil::Date::new(self.year, self.month, self.day).ok()?.tomorrow().ok()?;
        Self::new(next.year(), next.month(), next.day()).ok()
    }

    /// The number 20260131 of 2026-01-31.
    pub(crate) fn packed(self) -> u32 {
        let part = |value: i16| u32::try_from(value).unwrap_or(0);
        let year = part(self.year).saturating_mul(10_000);
        year.saturating_add(part(self.month.into()).saturating_mul(100)).saturating_add(part(self.day.into()))
    }

    /// The day of such a number.
    pub(crate) fn unpacked(packed: u32) -> Option<Self> {
        let year = i16::try_from(packed.checked_div(10_000)?).ok()?;
        let month = i8::try_from(packed.checked_div(100)?.checked_rem(100)?).ok()?;
        Self::new(year, month, i8::try_from(packed.checked_rem(100)?).ok()?).ok()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}-{:02}", self.year, self.month, self.day))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse_with("%Y-%m-%d", text)
    }
}

/// In the journal and in rows: the number 20260131.
impl Encode for Date {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
        self.packed().encode(encoder)
    }
}

bincode::impl_borrow_decode!(Date);

impl<Context> Decode<Context> for Date {
    fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
        Self::unpacked(u32::decode(decoder)?).ok_or(DecodeError::Other("no such day"))
    }
}

/// `"2026-01-31"`.
impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        named::serialize("Date", self, &self.packed(), serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        named::deserialize("Date", Self::unpacked, deserializer)
    }
}

/// A text that names no day from 1900 to 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("date {text} is not a day from 1900-01-01 to 9999-12-31: write it as 2026-01-31")]
pub struct DateError {
    /// What was given, quoted if it has figures and signs only.
    pub text: String,
}

impl Coded for DateError {
    fn code(&self) -> ErrorCode {
        self.code()
    }
}

impl DateError {
    /// The stable code of this error.
    pub fn code(&self) -> ErrorCode {
        ErrorCode::ImpossibleDate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_exact_spelling() {
        assert_eq!(Date::parse_with("%m%d%Y", "01312017").unwrap().to_string(), "2017-01-31");
        for bad in ["13012017", "02302017", "1312017", "013120170", " 1312017", "00002017", "01311899", ""] {
            assert!(Date::parse_with("%m%d%Y", bad).is_err(), "{bad}");
        }
        assert!("2026-1-31".parse::<Date>().is_err());
    }

    #[test]
    fn the_packed_form_keeps_order_and_value() {
        let days = ["1900-01-01", "2016-02-29", "2026-12-31", "9999-12-31"]
            .map(|text| text.parse::<Date>().unwrap());
        for day in days {
            assert_eq!(Date::unpacked(day.packed()), Some(day));
        }
        assert!(days.windows(2).all(|pair| pair[0] < pair[1] && pair[0].packed() < pair[1].packed()));
        assert_eq!(Date::unpacked(20_170_230), None);
        assert_eq!(days[1].next(), "2016-03-01".parse().ok());
        assert_eq!(days[3].next(), None);
    }
}
