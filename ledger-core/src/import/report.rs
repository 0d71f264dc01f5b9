//! What an import counted, and who is told of it.

use core::fmt;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::machine::command::RecordedAs;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::money::{Amount, Currency};

/// Counts of rows; each row is in exactly one of them, and they add up to `rows`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct ImportReport {
    /// Rows read, the header aside.
    pub rows: u64,
    /// Posted as gifts.
    pub gifts: u64,
    /// Posted as refunds.
    pub refunds: u64,
    /// Posted as adjustments.
    pub adjustments: u64,
    /// Information only: nothing was posted.
    pub memo: u64,
    /// Money of somebody else that passed through: nothing was posted.
    pub pass_through: u64,
    /// Amount zero: nothing was posted, donor and cause are known from now on.
    pub zero: u64,
    /// Posted before, by this or an earlier import.
    pub duplicates: u64,
    /// The key stands for another row; told to the watch.
    pub conflicts: u64,
    /// Refused; told to the watch.
    pub rejected: u64,
    /// Sums by kind and currency: gifts and refunds positive, adjustments and the rest with their sign.
    pub sums: BTreeMap<&'static str, BTreeMap<Currency, Sum>>,
}

/// A signed sum of one currency, written as a decimal string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Sum {
    /// The currency.
    pub currency: Currency,
    /// Minor units.
    pub minor: i128,
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.currency.figure(self.minor).serialize(serializer)
    }
}

/// What a row turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Posted(RecordedAs),
    Memo(SignOf),
    PassThrough(SignOf),
    Duplicate,
    Conflict,
    Rejected,
}

/// The sign of an amount that is only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignOf {
    Positive,
    Negative,
}

impl ImportReport {
    pub(super) fn count(&mut self, kind: RowKind, amount: Option<Amount>) {
        use crate::accounting::account::Side;
        use crate::giving::adjustment::AdjustmentReason;
        let (counter, word, sign) = match kind {
            RowKind::Posted(RecordedAs::Gift) => (&mut self.gifts, "gifts", SignOf::Positive),
            RowKind::Posted(RecordedAs::Adjustment { reason: AdjustmentReason::UnlinkedRefund }) => {
                (&mut self.refunds, "refunds", SignOf::Positive)
            }
            RowKind::Posted(RecordedAs::Adjustment { reason }) => {
                let sign = match reason.side_of_cause() {
                    Side::Credit => SignOf::Positive,
                    Side::Debit => SignOf::Negative,
                };
                (&mut self.adjustments, "adjustments", sign)
            }
            RowKind::Posted(RecordedAs::Nothing) => (&mut self.zero, "zero", SignOf::Positive),
            RowKind::Memo(sign) => (&mut self.memo, "memo", sign),
            RowKind::PassThrough(sign) => (&mut self.pass_through, "pass_through", sign),
            RowKind::Duplicate => (&mut self.duplicates, "duplicates", SignOf::Positive),
            RowKind::Conflict => (&mut self.conflicts, "conflicts", SignOf::Positive),
            RowKind::Rejected => (&mut self.rejected, "rejected", SignOf::Positive),
        };
        *counter = counter.saturating_add(1);
        // A repeat of a row says nothing new: it is counted, not added up.
        if let Some(amount) = amount.filter(|_| kind != RowKind::Duplicate) {
            let currency = amount.currency();
            let sums = self.sums.entry(word).or_default();
            let sum = sums.entry(currency).or_insert(Sum { currency, minor: 0 });
            let minor = i128::from(amount.minor());
            sum.minor = match sign {
                SignOf::Positive => sum.minor.saturating_add(minor),
                SignOf::Negative => sum.minor.saturating_sub(minor),
            };
        }
    }

    /// All the counts, with their names.
    pub fn counts(&self) -> [(&'static str, u64); 9] {
        [
            ("gifts", self.gifts),
            ("refunds", self.refunds),
            ("adjustments", self.adjustments),
            ("memo", self.memo),
            ("pass_through", self.pass_through),
            ("zero", self.zero),
            ("duplicates", self.duplicates),
            ("conflicts", self.conflicts),
            ("rejected", self.rejected),
        ]
    }
}

/// A row that was not posted, or whose key stands for another. The debug form leaves the row itself out.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RejectedRow {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// The stable code.
    pub code: ErrorCode,
    /// Why, and what to do. Quotes figures of the file, never words.
    pub reason: String,
    /// The bytes of the row as they stand in the file. They do hold personal data.
    pub original: Vec<u8>,
}

impl fmt::Debug for RejectedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, code, reason, .. } = self;
        f.debug_struct("RejectedRow")
            .field("line", line)
            .field("code", code)
            .field("reason", reason)
            .finish_non_exhaustive()
    }
}

/// Whether an import goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ImportFlow {
    /// To the end.
    Continue,
    /// No further: what was posted stays, running it again completes it.
    Stop,
}

/// Is told how an import goes, between groups.
pub trait ImportWatch {
    /// A row was refused or conflicts with another.
    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()>;
    /// So many rows are done. Asked whether to go on.
    fn progress(&mut self, so_far: &ImportReport) -> ImportFlow;
}
