//! Ids: a prefix that names the kind and 128 bits in time order, written as in `don_01JK…` (ULID alphabet).
//!
//! The bits are, from the top: milliseconds (48), sequence number of the record that made the id (48),
//! ordinal within that record (16), tag of the ledger (16). So ids sort by time, replay makes the same ids
//! again, and a read finds the record of an id without an index.

use core::fmt;
use core::str::FromStr;

use bincode::de::Decoder;
use bincode::enc::Encoder;
use bincode::error::{DecodeError, EncodeError};
use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::error_code::ErrorCode;
use super::named::{self, Coded};
use super::time::Timestamp;

/// The 128 bits of an id, before it is known what kind of thing it names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdBits(u128);

impl IdBits {
    /// The bits of the id number `ordinal` made by record `seq` at time `at` of the ledger with this tag.
    pub fn made_by(at: Timestamp, seq: u64, ordinal: u16, tag: u16) -> Self {
        let field = |value: u64, bits: u32, shift: u32| {
            let mask = u64::MAX.wrapping_shr(64_u32.saturating_sub(bits));
            u128::from(value & mask).wrapping_shl(shift)
        };
        Self(
            field(at.millis(), 48, 80)
                | field(seq, 48, 32)
                | field(ordinal.into(), 16, 16)
                | field(tag.into(), 16, 0),
        )
    }

    /// When the id was made, to the millisecond.
    pub fn time(self) -> Timestamp {
        let millis = i64::try_from(self.0.wrapping_shr(80)).unwrap_or(0);
        Timestamp::from_micros(millis.saturating_mul(1_000))
    }

    /// The sequence number of the record that made the id.
    pub fn seq(self) -> u64 {
        u64::try_from(self.0.wrapping_shr(32) & 0xFFFF_FFFF_FFFF).unwrap_or(0)
    }
}

macro_rules! id_kinds {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(IdBits);

        impl $name {
            /// What the text form begins with.
            pub const PREFIX: &'static str = $prefix;

            /// Its 128 bits, which sort as the ids do: for whoever keeps ids in columns of 16 bytes.
            pub fn to_bits(self) -> u128 {
                self.0.0
            }

            /// The id of its bits. They do not say of which kind it is: that is for the caller to know.
            pub fn from_bits(bits: u128) -> Self {
                Self(IdBits(bits))
            }

            pub(crate) fn to_bytes(self) -> [u8; 16] {
                self.0.0.to_be_bytes()
            }

            pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(IdBits(u128::from_be_bytes(bytes)))
            }
        }

        impl From<IdBits> for $name {
            fn from(bits: IdBits) -> Self {
                Self(bits)
            }
        }

        impl From<$name> for IdBits {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!(concat!($prefix, "{}"), ulid::Ulid(self.0.0)))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_bits(text, $prefix).map(Self)
            }
        }

        impl Encode for $name {
            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
                self.to_bytes().encode(encoder)
            }
        }

        bincode::impl_borrow_decode!($name);

        impl<Context> Decode<Context> for $name {
            fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
                <[u8; 16]>::decode(decoder).map(Self::from_bytes)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                named::serialize(stringify!($name), self, &self.to_bits(), serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                named::deserialize(stringify!($name), |bits| Some(Self::from_bits(bits)), deserializer)
            }
        }
    )*};
}

id_kinds! {
    /// Names one ledger; made once, from random bits.
    LedgerId = "led_";
    /// Names a donor.
    DonorId = "don_";
    /// Names a cause.
    CauseId = "cau_";
    /// Names a donation: one act of giving, to one or more causes.
    DonationId = "gft_";
    /// Names a refund of a donation.
    RefundId = "ref_";
    /// Names an adjustment: money that came or went without a known gift.
    AdjustmentId = "adj_";
    /// Names a reallocation: money that moved from one cause to another.
    ReallocationId = "rea_";
    /// Names a reversal: what a correction takes back.
    ReversalId = "rev_";
    /// Names a payment: one attempt to collect a donation.
    PaymentId = "pay_";
    /// Names a settlement: what a processor paid to a bank account.
    SettlementId = "set_";
    /// Names a payout: what is paid to a cause.
    PayoutId = "out_";
    /// Names a dispute: a gift that the donor's bank takes back, or asks about.
    DisputeId = "dis_";
    /// Names money that came in and is not known to be a gift.
    SuspenseId = "sus_";
    /// Names an exchange of one currency into another.
    ExchangeId = "exc_";
}

impl LedgerId {
    /// The 16 bits that every id of this ledger ends with, so that an id of another ledger is noticed.
    pub(crate) fn tag(self) -> u16 {
        let [.., high, low] = self.to_bytes();
        u16::from_be_bytes([high, low])
    }
}

fn parse_bits(text: &str, prefix: &'static str) -> Result<IdBits, IdError> {
    let refuse = || IdError { prefix };
    let digits = text.strip_prefix(prefix).ok_or_else(refuse)?;
    // One spelling per id: lower case and look-alikes are refused, so that texts can be compared.
    let bits = ulid::Ulid::from_string(digits).map_err(|_| refuse())?;
    if bits.to_string() != digits {
        return Err(refuse());
    }
    Ok(IdBits(bits.0))
}

/// A text that is no id of the kind that was asked for. It is not quoted: it may be an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error(
    "what was given is not an id that starts with {prefix} and has 26 digits after it: pass the id as it was returned"
)]
pub struct IdError {
    /// What the id must start with.
    pub prefix: &'static str,
}

impl Coded for IdError {
    fn code(&self) -> ErrorCode {
        self.code()
    }
}

impl IdError {
    /// The stable code of this error.
    pub fn code(&self) -> ErrorCode {
        ErrorCode::MalformedId
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_record_and_its_kind() {
        let at = Timestamp::parse("2026-01-31T10:00:00Z").unwrap();
        let donor = DonorId::from(IdBits::made_by(at, 7, 1, 0xABCD));
        let text = donor.to_string();
        assert!(text.starts_with("don_") && text.len() == 30, "{text}");
        assert_eq!(text.parse::<DonorId>().unwrap(), donor);
        assert_eq!(IdBits::from(donor).seq(), 7);
        assert!(text.parse::<CauseId>().is_err());
        assert!(text.to_lowercase().parse::<DonorId>().is_err());
        assert!("don_80000000000000000000000000".parse::<DonorId>().is_err());
    }

    #[test]
    fn ids_sort_by_time_then_record_then_ordinal() {
        let at = |micros| Timestamp::from_micros(micros);
        let made = [
            IdBits::made_by(at(1000), 9, 9, 9),
            IdBits::made_by(at(2000), 1, 0, 0),
            IdBits::made_by(at(2000), 1, 1, 0),
            IdBits::made_by(at(2000), 2, 0, 0),
        ];
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
