//! Calendar months: what days are summed up by.

use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};

use super::date::{Date, DateError};

/// A month of the calendar of [`Date`], written `2026-01`.
///
/// ```
/// use ledger_core::{Date, Month};
/// let day: Date = "2028-02-29".parse()?;
/// assert_eq!(Month::of(day).to_string(), "2028-02");
/// assert_eq!("2028-02".parse::<Month>()?.last_day(), day);
/// # Ok::<(), ledger_core::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Before every month that the calendar has.
    pub(crate) const BEFORE: Self = Self { year: 1899, month: 12 };
    /// After every month.
    pub(crate) const AFTER: Self = Self { year: 10_000, month: 1 };

    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The year, 1900 to 9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.month
    }

    /// The month after.
    pub(crate) fn next(self) -> Self {
        if self.month == 12 {
            return Self { year: self.year.saturating_add(1), month: 1 };
        }
        Self { month: self.month.saturating_add(1), ..self }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::EPOCH)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        let days = [31, 30, 29, 28].into_iter().filter_map(|day| Date::new(self.year, self.month, day).ok());
        days.max().unwrap_or(Date::EPOCH)
    }

    /// Three bytes that sort as months do.
    pub(crate) fn to_bytes(self) -> [u8; 3] {
        let [high, low] = self.year.to_be_bytes();
        [high, low, self.month.unsigned_abs()]
    }

    /// The month of these bytes.
    pub(crate) fn from_bytes([high, low, month]: [u8; 3]) -> Option<Self> {
        let (year, month) = (i16::from_be_bytes([high, low]), i8::try_from(month).ok()?);
        Date::new(year, month, 1).ok().map(Self::of)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year, self.month))
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Month {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        format!("{text}-01").parse().map(Self::of)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_their_days_and_sort_as_their_bytes() {
        let months: Vec<Month> = ["1900-01", "1999-12", "2027-02", "2028-02", "9999-12"]
            .map(|text| text.parse().unwrap())
            .to_vec();
        let last: Vec<String> = months.iter().map(|month| month.last_day().to_string()).collect();
        assert_eq!(last, ["1900-01-31", "1999-12-31", "2027-02-28", "2028-02-29", "9999-12-31"]);
        for pair in months.windows(2) {
            assert!(pair[0] < pair[1] && pair[0].to_bytes() < pair[1].to_bytes());
        }
        for month in months {
            assert_eq!(Month::from_bytes(month.to_bytes()), Some(month));
            assert_eq!(Month::of(month.first_day()), month);
            assert!(Month::BEFORE < month && month < month.next() && month.next() <= Month::AFTER);
        }
        for bad in ["2026-13", "2026", "2026-1", "2026-01-01", ""] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}
