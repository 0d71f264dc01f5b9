//! Calendar months: what days are summed up by.

use core::fmt;

use super::date::Date;

/// A month of the calendar of [`Date`], written `2026-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Before every month that the calendar has.
    pub const BEFORE: Self = Self { year: 1899, month: 12 };
    /// After every month.
    pub const AFTER: Self = Self { year: 10_000, month: 1 };

    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The year, 1900 to 9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month after.
    pub fn next(self) -> Self {
        if self.month == 12 {
            return Self { year: self.year.saturating_add(1), month: 1 };
        }
        Self { month: self.month.saturating_add(1), ..self }
    }

    /// Three bytes that sort as months do.
    pub fn to_bytes(self) -> [u8; 3] {
        let [high, low] = self.year.to_be_bytes();
        [high, low, self.month.unsigned_abs()]
    }

    /// The month of these bytes.
    pub fn from_bytes([high, low, month]: [u8; 3]) -> Option<Self> {
        let (year, month) = (i16::from_be_bytes([high, low]), i8::try_from(month).ok()?);
        Date::new(year, month, 1).ok().map(Self::of)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other_and_sort_as_their_bytes() {
        let texts = ["1900-01", "1999-12", "2027-02", "2028-02", "9999-12"];
        let months = texts.map(|text| Month::of(format!("{text}-01").parse().unwrap()));
        assert_eq!(months.map(|month| month.to_string()), texts);
        for pair in months.windows(2) {
            assert!(pair[0] < pair[1] && pair[0].to_bytes() < pair[1].to_bytes());
        }
        for month in months {
            assert_eq!(Month::from_bytes(month.to_bytes()), Some(month));
            assert!(Month::BEFORE < month && month < month.next() && month.next() <= Month::AFTER);
        }
        let next = months.map(|month| month.next().to_string());
        assert_eq!(next, ["1900-02", "2000-01", "2027-03", "2028-03", "10000-01"]);
    }
}
