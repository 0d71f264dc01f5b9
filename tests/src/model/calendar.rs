//! Days of the proleptic Gregorian calendar, counted one year at a time.

use ledger_core::Date;

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// The UTC day of a time in microseconds, from 1970 on.
pub fn civil_day(micros: i64) -> Date {
    let mut days = micros.div_euclid(86_400 * 1_000_000);
    let mut year = 1970;
    while days >= if is_leap(year) { 366 } else { 365 } {
        days -= if is_leap(year) { 366 } else { 365 };
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 0;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        month += 1;
        if days < length {
            break;
        }
        days -= length;
    }
    let day = i8::try_from(days + 1).expect("within a month");
    Date::new(i16::try_from(year).expect("a year of four digits"), month, day).expect("a day that exists")
}

#[cfg(test)]
mod tests {
    use super::civil_day;

    #[test]
    fn known_days() {
        assert_eq!(civil_day(0).to_string(), "1970-01-01");
        assert_eq!(civil_day(1_709_164_800_000_000).to_string(), "2024-02-29");
        assert_eq!(civil_day(1_767_225_599_999_999).to_string(), "2025-12-31");
    }
}
