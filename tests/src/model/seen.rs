//! What the model keeps: plain lists and numbers.

use std::collections::BTreeMap;

use ledger_core::{
    AdjustmentId, AdjustmentReason, CauseDetails, CauseId, CauseStatus, CorrectionReason, Currency, Date,
    Donate, DonationId, DonorId, DonorKind, DonorProfile, DonorStanding, ErasureReason, LineKind,
    ReallocationId, RefundId, ReversalId, Visibility,
};

/// Totals in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Captured.
    pub gross: i128,
    /// Given back.
    pub refunded: i128,
    /// Lost to the bank.
    pub disputed: i128,
    /// Fees borne.
    pub fees: i128,
    /// Signed adjustments.
    pub adjusted: i128,
    /// How many gifts.
    pub donations: i64,
}

impl Sums {
    /// More of everything.
    pub fn add(&mut self, more: &Self) {
        self.gross += more.gross;
        self.refunded += more.refunded;
        self.disputed += more.disputed;
        self.fees += more.fees;
        self.adjusted += more.adjusted;
        self.donations += more.donations;
    }

    /// What takes all of it back.
    #[must_use]
    pub fn opposite(&self) -> Self {
        Self {
            gross: -self.gross,
            refunded: -self.refunded,
            disputed: -self.disputed,
            fees: -self.fees,
            adjusted: -self.adjusted,
            donations: -self.donations,
        }
    }

    /// What counts towards a goal.
    pub fn raised(&self) -> i128 {
        self.gross - self.refunded - self.disputed
    }

    /// What is left of it all.
    pub fn net(&self) -> i128 {
        self.gross - self.refunded - self.disputed - self.fees + self.adjusted
    }
}

/// A line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The record.
    pub seq: u64,
    /// Its time.
    pub time: i64,
    /// The day.
    pub day: Date,
    /// What it is about.
    pub kind: LineKind,
    /// The donor.
    pub donor: Option<DonorId>,
    /// The donor that was kept, of a merge.
    pub merged_into: Option<DonorId>,
    /// The donation.
    pub donation: Option<DonationId>,
    /// The refund.
    pub refund: Option<RefundId>,
    /// The adjustment.
    pub adjustment: Option<AdjustmentId>,
    /// The reallocation.
    pub reallocation: Option<ReallocationId>,
    /// The reversal.
    pub reversal: Option<ReversalId>,
    /// Why.
    pub reason: Option<AdjustmentReason>,
    /// Why, of a reversal.
    pub correction: Option<CorrectionReason>,
    /// Whether the donor may be named.
    pub visibility: Option<Visibility>,
    /// The money.
    pub minor: Option<u64>,
    /// Whose money.
    pub causes: Vec<(CauseId, u64)>,
}

/// A donor.
#[derive(Debug, Clone)]
pub struct DonorSeen {
    /// Its id.
    pub id: DonorId,
    /// Person or organisation.
    pub kind: DonorKind,
    /// Registered, guest or anonymous.
    pub standing: DonorStanding,
    /// What is known.
    pub profile: DonorProfile,
    /// Why the donor was erased.
    pub erased: Option<ErasureReason>,
    /// The donor into which it was merged.
    pub merged_into: Option<DonorId>,
    /// Totals by currency.
    pub sums: BTreeMap<String, Sums>,
    /// Its history.
    pub lines: Vec<Line>,
}

/// A cause.
#[derive(Debug, Clone)]
pub struct CauseSeen {
    /// Its id.
    pub id: CauseId,
    /// Its currency.
    pub currency: Currency,
    /// Whether it takes gifts.
    pub status: CauseStatus,
    /// What is said of it.
    pub details: CauseDetails,
    /// Its totals.
    pub sums: Sums,
    /// Its history.
    pub lines: Vec<Line>,
}

/// A part of a gift: of a cause, or of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The cause; none for the tip.
    pub cause: Option<CauseId>,
    /// What was given.
    pub given: u64,
    /// What was given back.
    pub back: u64,
}

impl Part {
    /// What can still be given back.
    pub fn rest(&self) -> u64 {
        self.given - self.back
    }
}

/// A donation.
#[derive(Debug, Clone)]
pub struct GiftSeen {
    /// Its id.
    pub id: DonationId,
    /// The record.
    pub seq: u64,
    /// Its time.
    pub time: i64,
    /// Its day.
    pub day: Date,
    /// The command, as it was given or as a row amounts to.
    pub command: Donate,
    /// Its currency.
    pub currency: Currency,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Its refunds, less those that were taken back.
    pub refunds: Vec<RefundId>,
    /// The record that took it back.
    pub reversed_by: Option<u64>,
}

impl GiftSeen {
    /// What can still be given back.
    pub fn rest(&self) -> u64 {
        self.parts.iter().map(Part::rest).sum()
    }
}

/// A line of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountLineSeen {
    /// The record.
    pub seq: u64,
    /// The day on which it happened.
    pub day: Date,
    /// Whether it is a debit.
    pub is_debit: bool,
    /// How much.
    pub minor: u64,
    /// All debits after it.
    pub debits: u128,
    /// All credits after it.
    pub credits: u128,
    /// Its number, from 1.
    pub number: u64,
}

/// Whose totals moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveOf {
    /// A donor's.
    Donor(DonorId),
    /// A cause's.
    Cause(CauseId),
    /// Those of all causes together.
    AllCauses,
}

/// One movement of totals.
#[derive(Debug, Clone)]
pub struct Move {
    /// Whose.
    pub of: MoveOf,
    /// The record.
    pub seq: u64,
    /// The day on which it happened.
    pub day: Date,
    /// The currency.
    pub code: String,
    /// What came to the totals.
    pub sums: Sums,
}

/// An account.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// All debits.
    pub debits: u128,
    /// All credits.
    pub credits: u128,
    /// Its lines.
    pub lines: Vec<AccountLineSeen>,
}
