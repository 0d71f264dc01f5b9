//! The time at which a record was made: microseconds UTC, written by the committer and nobody else.

use core::fmt;
use core::str::FromStr;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::error_code::ErrorCode;
use super::named::{self, Coded};

/// Microseconds since 1970-01-01T00:00:00Z, shown as RFC 3339. Order of records is by sequence number,
/// never by this.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Encode, Decode)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A time by its microseconds since the epoch.
    pub fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Reads RFC 3339, such as `2026-01-31T10:00:00Z`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|time| Self(time.as_microsecond()))
    }

    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since the epoch, at least 0: the part that goes into ids.
    pub fn millis(self) -> u64 {
        u64::try_from(self.0.div_euclid(1000)).unwrap_or(0)
    }

    /// The UTC day.
    pub fn date(self) -> Date {
        let utc = self.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date();
        Date::new(utc.year(), utc.month(), utc.day()).unwrap_or(Date::EPOCH)
    }

    fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_jiff().to_string())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The one error here that is a text is that of a time.
impl Coded for &'static str {
    fn code(&self) -> ErrorCode {
        ErrorCode::ImpossibleDate
    }
}

impl FromStr for Timestamp {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        Self::parse(text).ok_or("not an RFC 3339 time")
    }
}

/// An RFC 3339 text.
impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        named::serialize("Timestamp", self, &self.micros(), serializer)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        named::deserialize("Timestamp", |micros| Some(Self::from_micros(micros)), deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_utc_day_and_a_text() {
        let time = Timestamp::parse("2026-01-31T23:59:59.000001Z").unwrap();
        assert_eq!(time.date().to_string(), "2026-01-31");
        assert_eq!(time.to_string(), "2026-01-31T23:59:59.000001Z");
        assert_eq!(Timestamp::from_micros(-1).millis(), 0);
        assert_eq!(Timestamp::from_micros(i64::MAX).date().to_string(), "1970-01-01");
    }
}
