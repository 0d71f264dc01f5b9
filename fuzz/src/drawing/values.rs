//! What commands are made of: texts, amounts, days, ids, keys; within the limits, at them and beyond.

use std::str::FromStr;

use ledger_core::{Amount, CauseId, Currency, Date, DonorId, Timestamp};

use super::Draw;

/// The digits in which ids are written.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Draw<'_, '_> {
    /// A text: mostly an ordinary one.
    pub(super) fn text(&mut self, ordinary: &str) -> String {
        match self.below(16) {
            10 => String::new(),
            11 => self
                .pick(&[" \t ", "\u{0}", "a\nb", "\u{feff}x", "\u{202e}x", "=1+1", "\"\"", ";  x", "a:b"])
                .to_owned(),
            12 => {
                "x".repeat(self.pick(&[40, 41, 64, 65, 200, 201, 254, 255, 500, 501, 1000, 1001, 4000, 4001]))
            }
            13 => "é€😀".repeat(self.below(120)),
            14 => self.bytes.arbitrary::<String>().unwrap_or_default(),
            15 => ordinary.to_uppercase(),
            _ => ordinary.to_owned(),
        }
    }

    /// A text or none.
    pub(super) fn some_text(&mut self, ordinary: &str) -> Option<String> {
        self.once_in(3).then(|| self.text(ordinary))
    }

    /// A key: few enough that they come again.
    pub(super) fn key(&mut self) -> String {
        if self.once_in(20) { self.text("key") } else { format!("key {}", self.below(256)) }
    }

    /// A key for a command that can do without.
    pub(super) fn some_key(&mut self) -> Option<String> {
        self.once_in(2).then(|| self.key())
    }

    pub(super) fn currency(&mut self) -> Currency {
        self.pick(&["EUR", "EUR", "EUR", "EUR", "JPY", "KWD", "CLF", "MRU"]).parse().expect("a currency")
    }

    /// Mostly small, so that divisions leave remainders and refunds reach the end.
    pub(super) fn amount(&mut self, currency: Currency) -> Amount {
        let minor = match self.below(16) {
            13 => 1 + i64::try_from(self.below(1 << 24)).expect("small"),
            14 => self.pick(&[i64::MAX, i64::MAX - 1, i64::MAX / 2, i64::MAX / 2 + 1, 1 << 53]),
            15 => self.bytes.int_in_range(1..=i64::MAX).unwrap_or(1),
            small => i64::try_from(small).expect("small") + 1,
        };
        Amount::from_minor(minor, currency).expect("positive")
    }

    /// A day: none, one near the clock's, or one at an end of the calendar.
    pub(super) fn day(&mut self) -> Option<Date> {
        const DAY: i64 = 86_400_000_000;
        match self.below(12) {
            0..=5 => None,
            10 => Some(
                self.pick(&["1900-01-01", "9999-12-31", "2024-02-29", "1969-12-31"]).parse().expect("a day"),
            ),
            11 => {
                let (year, month, day) = (self.below(8100), self.below(12), self.below(31));
                Date::new(
                    1900 + i16::try_from(year).ok()?,
                    1 + i8::try_from(month).ok()?,
                    1 + i8::try_from(day).ok()?,
                )
                .ok()
            }
            _ => {
                let days = self.pick(&[0, -1, -2, -31, -366, 1, 31]);
                Some(Timestamp::from_micros(self.known.clock.saturating_add(days * DAY)).date())
            }
        }
    }

    /// An id that nobody gave out: any bits, or those of something else.
    pub(super) fn strange_id<Id: FromStr<Err: core::fmt::Debug>>(&mut self, prefix: &str) -> Id {
        let bits: u128 = match self.below(4) {
            0 => u128::MAX,
            1 => 0,
            2 => self.bytes.arbitrary().unwrap_or(0),
            _ => {
                let donors = self.known.donors.iter().map(ToString::to_string);
                let all =
                    donors.chain(self.known.causes.iter().map(|(id, _)| id.to_string())).collect::<Vec<_>>();
                if let Some(other) = self.any(&all) {
                    return format!("{prefix}{}", &other[4..]).parse().expect("an id");
                }
                1 << 32
            }
        };
        let digits = (0..26)
            .rev()
            .map(|place| char::from(DIGITS[usize::try_from(bits >> (5 * place) & 31).expect("5 bits")]));
        format!("{prefix}{}", digits.collect::<String>()).parse().expect("an id")
    }

    /// A donor of the book, seldom nobody.
    pub(super) fn donor(&mut self) -> DonorId {
        let known = if self.once_in(24) { None } else { self.any(&self.known.donors) };
        known.unwrap_or_else(|| self.strange_id("don_"))
    }

    /// A cause of the book and its currency, seldom none.
    pub(super) fn cause(&mut self) -> (CauseId, Currency) {
        let known = if self.once_in(24) { None } else { self.any(&self.known.causes) };
        known.unwrap_or_else(|| (self.strange_id("cau_"), self.currency()))
    }
}
