//! Currencies of ISO 4217 and positive amounts of one currency, in integer minor units.

use core::fmt;
use core::str::FromStr;
use std::sync::LazyLock;

use bincode::de::Decoder;
use bincode::enc::Encoder;
use bincode::error::{DecodeError, EncodeError};
use bincode::{Decode, Encode};
use iso_currency::IntoEnumIterator;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::error_code::ErrorCode;
use super::named::{self, Coded};
use super::quote::figures_only;

mod written;

/// A currency of ISO 4217 that has minor units, retired ones included (old books keep their entries).
///
/// The number of digits comes from the `iso_currency` crate. Codes without minor units (gold, `XXX`)
/// are not money that can be given and are refused.
///
/// ```
/// use ledger_core::Currency;
/// let dinar: Currency = "KWD".parse()?;
/// assert_eq!((dinar.code(), dinar.minor_digits()), ("KWD", 3));
/// # Ok::<(), ledger_core::MoneyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The three upper-case letters of ISO 4217, such as `EUR`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimal digits the currency has: 0 for JPY, 2 for EUR, 3 for KWD, 4 for CLF.
    pub fn minor_digits(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(0))
    }

    /// A signed count of minor units as a decimal string with all the digits of the currency: `-0.05`.
    pub fn decimal_string(self, minor: i128) -> String {
        let digits = usize::try_from(self.minor_digits()).unwrap_or(0);
        let sign = if minor < 0 { "-" } else { "" };
        let whole = format!("{:0>width$}", minor.unsigned_abs(), width = digits.saturating_add(1));
        let (units, fraction) = whole.split_at(whole.len().saturating_sub(digits));
        if digits == 0 { format!("{sign}{units}") } else { format!("{sign}{units}.{fraction}") }
    }

    /// The same, as what is written where a figure is shown.
    pub(crate) fn figure(self, minor: i128) -> Figure {
        Figure(self.decimal_string(minor))
    }

    /// Reads a signed decimal number (`-12.30`, `7`) as minor units.
    ///
    /// Digits that the currency does not have are refused, zeros among them too, so that a reader
    /// never has to guess the scale that a writer meant.
    pub fn parse_minor(self, text: &str) -> Result<i64, MoneyError> {
        let malformed = || MoneyError::Malformed { text: figures_only(text) };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (units, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let ends_in_point = digits.ends_with('.');
        if units.is_empty() || ends_in_point || !all_digits(units) || !all_digits(fraction) {
            return Err(malformed());
        }
        let missing = self
            .minor_digits()
            .checked_sub(u32::try_from(fraction.len()).unwrap_or(u32::MAX))
            .ok_or_else(|| self.too_precise(text))?;
        let too_large = MoneyError::TooLarge { currency: self };
        let scale = 10_i64.checked_pow(missing).ok_or_else(|| too_large.clone())?;
        let joined = format!("{units}{fraction}");
        let significant = joined.trim_start_matches('0');
        let magnitude: i64 =
            if significant.is_empty() { 0 } else { significant.parse().map_err(|_| too_large.clone())? };
        let minor = magnitude.checked_mul(scale).ok_or(too_large)?;
        Ok(if negative { minor.wrapping_neg() } else { minor })
    }

    fn too_precise(self, text: &str) -> MoneyError {
        MoneyError::TooPrecise {
            text: text.chars().take(40).collect(),
            currency: self,
            digits: self.minor_digits(),
        }
    }
}

/// A signed decimal number with all the digits of its currency.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Decimal")]
pub(crate) struct Figure(String);

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| MoneyError::UnknownCurrency { code: short_word(code) })
    }
}

/// A currency's code as it was given; a longer text may be anything and is not quoted.
fn short_word(code: &str) -> String {
    if code.chars().count() <= 4 { code.to_owned() } else { "(a longer text)".to_owned() }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// In the journal and in rows: the letters, as a text.
impl Encode for Currency {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
        self.code().encode(encoder)
    }
}

bincode::impl_borrow_decode!(Currency);

/// Every currency by its letters: a record names one a dozen times, and comparing texts would take longer than the rest.
static BY_LETTERS: LazyLock<FxHashMap<[u8; 3], Currency>> = LazyLock::new(|| {
    let with_letters = |currency: Currency| Some((currency.code().as_bytes().try_into().ok()?, currency));
    let all = iso_currency::Currency::iter().filter(|currency| currency.exponent().is_some());
    all.filter_map(|currency| with_letters(Currency(currency))).collect()
});

impl<Context> Decode<Context> for Currency {
    fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let letters = match u64::decode(decoder)? {
            3 => <[u8; 3]>::decode(decoder)?,
            _ => return Err(DecodeError::Other("a currency of not three letters")),
        };
        BY_LETTERS.get(&letters).copied().ok_or(DecodeError::Other("no such currency"))
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        named::serialize("Currency", &self.code(), &self.code(), serializer)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        named::deserialize("Currency", |code: String| code.parse().ok(), deserializer)
    }
}

/// A positive amount of one currency: 1 to 2^63 - 1 minor units. There is no zero and no negative amount;
/// which way money moves is said by the side of a posting or the name of a command.
///
/// ```
/// use ledger_core::{Amount, MoneyError};
/// let gift = Amount::parse("12.30", "EUR".parse()?)?;
/// assert_eq!((gift.minor(), gift.to_string()), (1230, "12.30 EUR".to_owned()));
/// assert!(matches!(Amount::parse("0.5", "JPY".parse()?), Err(MoneyError::TooPrecise { .. })));
/// # Ok::<(), MoneyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    minor: i64,
    currency: Currency,
}

impl Amount {
    /// An amount of `minor` minor units (cents of EUR, yen of JPY).
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor > 0 {
            Ok(Self { minor, currency })
        } else {
            Err(MoneyError::NotPositive { minor, currency })
        }
    }

    /// Reads a decimal number in units of the currency: `12.30`, `7`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::from_minor(currency.parse_minor(text)?, currency)
    }

    /// An amount from a decimal in units of the currency. Digits that the currency does not have are
    /// refused unless they are zero.
    pub fn from_decimal(value: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let value = value.normalize();
        if value.scale() > currency.minor_digits() {
            return Err(currency.too_precise(&value.to_string()));
        }
        Self::parse(&value.to_string(), currency)
    }

    /// The amount in units of the currency, with all its digits: 1230 cents are `12.30`.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.minor_digits())
    }

    /// The count of minor units, at least 1.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, unless the currencies differ or the result passes the limit.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let too_large = MoneyError::TooLarge { currency: self.currency };
        Self::from_minor(self.minor.checked_add(other.minor).ok_or(too_large)?, self.currency)
    }

    /// The difference, unless the currencies differ or nothing positive is left.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::from_minor(self.minor.saturating_sub(other.minor), self.currency)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch { expected: self.currency, found: other.currency })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.currency.decimal_string(i128::from(self.minor)), self.currency))
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// In the journal and in rows: minor units, then the currency. Reading goes through the same checks as any other
/// construction.
impl Encode for Amount {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
        (self.minor, self.currency).encode(encoder)
    }
}

bincode::impl_borrow_decode!(Amount);

impl<Context> Decode<Context> for Amount {
    fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let (minor, currency) = <(i64, Currency)>::decode(decoder)?;
        Self::from_minor(minor, currency).map_err(|_| DecodeError::Other("an amount below one minor unit"))
    }
}

/// Why a text or a number is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MoneyError {
    /// Zero or less.
    #[error("amount must be positive, got {} {currency}: give the amount without a sign", currency.decimal_string(i128::from(*minor)))]
    NotPositive {
        /// The count of minor units that was given.
        minor: i64,
        /// Its currency.
        currency: Currency,
    },
    /// More than 2^63 - 1 minor units.
    #[error("amount is above the limit of 9223372036854775807 minor units of {currency}: split it")]
    TooLarge {
        /// The currency of the amount.
        currency: Currency,
    },
    /// Digits that the currency does not have.
    #[error(
        "amount {text} has more digits than the {digits} that {currency} has: round it before it is given"
    )]
    TooPrecise {
        /// What was given.
        text: String,
        /// The currency.
        currency: Currency,
        /// The digits it has.
        digits: u32,
    },
    /// Not a decimal number.
    #[error("amount {text} is not a decimal number such as 12.30 (no spaces, no thousands separators)")]
    Malformed {
        /// What was given, quoted if it has figures and signs only.
        text: String,
    },
    /// Two currencies where there must be one.
    #[error(
        "currency {found} where {expected} is needed: amounts of different currencies are never added up"
    )]
    CurrencyMismatch {
        /// The currency that was needed.
        expected: Currency,
        /// The currency that was given.
        found: Currency,
    },
    /// Not a currency of ISO 4217 with minor units.
    #[error(
        "{code:?} is not an ISO 4217 currency with minor units: use three upper-case letters such as EUR"
    )]
    UnknownCurrency {
        /// What was given, if it has at most 4 characters.
        code: String,
    },
}

impl Coded for MoneyError {
    fn code(&self) -> ErrorCode {
        self.code()
    }
}

impl MoneyError {
    /// The stable code of this error.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotPositive { .. } => ErrorCode::AmountNotPositive,
            Self::TooLarge { .. } => ErrorCode::AmountTooLarge,
            Self::TooPrecise { .. } => ErrorCode::AmountTooPrecise,
            Self::Malformed { .. } => ErrorCode::AmountMalformed,
            Self::CurrencyMismatch { .. } => ErrorCode::CurrencyMismatch,
            Self::UnknownCurrency { .. } => ErrorCode::UnknownCurrency,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur() -> Currency {
        "EUR".parse().unwrap()
    }

    #[test]
    fn decimal_strings_carry_every_digit_of_the_currency() {
        let jpy: Currency = "JPY".parse().unwrap();
        let kwd: Currency = "KWD".parse().unwrap();
        assert_eq!(eur().decimal_string(-5), "-0.05");
        assert_eq!(eur().decimal_string(123_456), "1234.56");
        assert_eq!(jpy.decimal_string(7), "7");
        assert_eq!(kwd.decimal_string(1), "0.001");
    }

    #[test]
    fn parsing_is_exact_or_refused() {
        assert_eq!(eur().parse_minor("12.3"), Ok(1230));
        assert_eq!(eur().parse_minor("-0.01"), Ok(-1));
        assert_eq!(eur().parse_minor("92233720368547758.07"), Ok(i64::MAX));
        assert_eq!(eur().parse_minor("92233720368547758.08"), Err(MoneyError::TooLarge { currency: eur() }));
        for bad in ["", "-", ".", "1.", ".5", "1,5", "+1", " 1", "1e3", "0x1", "--1", "1.2.3", "NaN"] {
            assert!(matches!(eur().parse_minor(bad), Err(MoneyError::Malformed { .. })), "{bad}");
        }
        assert!(matches!(eur().parse_minor("1.000"), Err(MoneyError::TooPrecise { digits: 2, .. })));
    }

    #[test]
    fn decimals_go_both_ways() {
        let amount = Amount::from_decimal(Decimal::new(1_230_000, 5), eur()).unwrap();
        assert_eq!(amount.minor(), 1230);
        assert_eq!(amount.to_decimal().to_string(), "12.30");
        assert!(matches!(
            Amount::from_decimal(Decimal::new(12_305, 3), eur()),
            Err(MoneyError::TooPrecise { .. })
        ));
        assert!(matches!(
            Amount::from_decimal(Decimal::new(-1, 0), eur()),
            Err(MoneyError::NotPositive { .. })
        ));
    }

    #[test]
    fn sums_refuse_to_mix_or_overflow() {
        let one = Amount::from_minor(1, eur()).unwrap();
        let most = Amount::from_minor(i64::MAX, eur()).unwrap();
        let yen = Amount::from_minor(1, "JPY".parse().unwrap()).unwrap();
        assert_eq!(one.checked_add(one).unwrap().minor(), 2);
        assert!(matches!(most.checked_add(one), Err(MoneyError::TooLarge { .. })));
        assert!(matches!(one.checked_add(yen), Err(MoneyError::CurrencyMismatch { .. })));
        assert!(matches!(one.checked_sub(one), Err(MoneyError::NotPositive { minor: 0, .. })));
    }
}
