//! The gifts that are given to every store: the same for the same number.

use ledger_core::split;

/// Donors of the uniform work, registered before the clock starts.
pub const DONORS: u32 = 10_000;
/// Causes of the uniform work.
pub const CAUSES: u32 = 100;
/// Causes of the work in FEC order.
pub const FEC_CAUSES: u32 = 5;

/// What one cause gets of a gift, and what of the fee it bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Number of the cause, from 0.
    pub cause: u32,
    /// Cents given.
    pub cents: i64,
    /// Cents of the fee.
    pub fee: i64,
}

/// A line of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// 0 for the gift, 1 for the fee.
    pub entry: i64,
    /// The cause whose account it is; the bank's without one.
    pub cause: Option<u32>,
    /// Debits positive, credits negative: the lines of an entry come to zero.
    pub cents: i64,
}

/// One gift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// Its number, which its key is made of.
    pub number: u64,
    /// Number of the donor, from 0.
    pub donor: u32,
    /// One to three, rising by cause.
    pub parts: Vec<Part>,
}

impl Gift {
    /// The idempotency key.
    pub fn key(&self) -> String {
        key(self.number)
    }

    /// The lines of the two entries that every store keeps of it: the gift, and the fee that the causes bear.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let bank = |entry, cents| Line { entry, cause: None, cents };
        let cause = |entry, part: &Part, cents| Line { entry, cause: Some(part.cause), cents };
        let gift = self.parts.iter().map(move |part| cause(0, part, -part.cents));
        let fee = self.parts.iter().map(move |part| cause(1, part, part.fee));
        let all = [bank(0, self.cents()), bank(1, -self.fee())].into_iter().chain(gift).chain(fee);
        all.filter(|line| line.cents != 0)
    }

    /// The whole, in cents.
    pub fn cents(&self) -> i64 {
        self.parts.iter().map(|part| part.cents).sum()
    }

    /// The whole fee, in cents.
    pub fn fee(&self) -> i64 {
        self.parts.iter().map(|part| part.fee).sum()
    }
}

/// The idempotency key of a number, as apps make them: a random UUID (version 4), the same for the same number.
pub fn key(number: u64) -> String {
    let mut dice = Dice(number.wrapping_mul(0xA076_1D64_78BD_642F));
    let (high, low) = (dice.next(), dice.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFF,
        0x8000 | (low >> 50),
        low & 0xFFFF_FFFF_FFFF
    )
}

/// Numbers that look random and are the same for the same seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u32) -> u32 {
        let mixed = self.next();
        (((mixed >> 32) * u64::from(limit)) >> 32) as u32
    }
}

/// The gift of a number in the uniform work: any donor, one to three causes, a fee of 0.25 and 1.4 %.
pub fn uniform(number: u64) -> Gift {
    let mut dice = Dice(number.wrapping_mul(0xD129_0429_5A2C_6BD5));
    let donor = dice.below(DONORS);
    let mut parts: Vec<Part> = Vec::with_capacity(3);
    for _ in 0..=dice.below(3) {
        let part = Part { cause: dice.below(CAUSES), cents: i64::from(100 + dice.below(20_000)), fee: 0 };
        if parts.iter().all(|other| other.cause != part.cause) {
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| part.cause);
    let weights: Vec<u64> = parts.iter().map(|part| part.cents as u64).collect();
    let fee = 25 + weights.iter().sum::<u64>() * 14 / 1_000;
    for (part, share) in parts.iter_mut().zip(split(fee, &weights).unwrap()) {
        part.fee = share as i64;
    }
    Gift { number, donor, parts }
}

/// Gifts as the FEC's file has them: a donor that was not there before every 2.2 gifts, one of few causes, no fee.
pub struct FecOrder {
    dice: Dice,
    next: u64,
    donors: u32,
}

impl FecOrder {
    /// From the first gift on.
    pub fn new() -> Self {
        Self { dice: Dice(2016), next: 0, donors: 0 }
    }

    /// So many donors gave so far.
    pub fn donors(&self) -> u32 {
        self.donors
    }

    /// The next gift. Its donor is new if its number is the count of those before.
    pub fn gift(&mut self) -> Gift {
        let is_new = self.donors == 0 || self.dice.below(11) < 5;
        let donor = if is_new { self.donors } else { self.dice.below(self.donors) };
        self.donors += u32::from(is_new);
        let cents = i64::from(100 + self.dice.below(20_000));
        let parts = vec![Part { cause: self.dice.below(FEC_CAUSES), cents, fee: 0 }];
        let number = self.next;
        self.next += 1;
        Gift { number, donor, parts }
    }
}
