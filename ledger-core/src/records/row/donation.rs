//! The row of a donation.

use bincode::{Decode, Encode};

use crate::giving::donation::Beneficiary;
use crate::machine::state::{DisputeFacts, PaymentFacts, RefundFacts};
use crate::vocabulary::ids::PaymentId;

/// What became of a donation, and how it is being paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct DonationRow {
    /// The record that last changed it.
    pub seq: u64,
    /// What became of its parts, in the order in which something did; none of one that is as it was given.
    pub parts: Vec<PartRow>,
    /// The records of the refunds that were done at once, less those that were taken back.
    pub refunds: Vec<u64>,
    /// What was booked of fees of the processor after it was captured, in minor units.
    pub fees_minor: u64,
    /// How it is being paid; none where it came in paid.
    pub collecting: Option<Collecting>,
    /// Refunds that a processor carries out, in the order in which they were requested.
    pub returning: Vec<RefundFacts>,
    /// Its disputes, in the order in which they were opened.
    pub disputes: Vec<DisputeFacts>,
}

impl DonationRow {
    /// What became of a part; none of one that is as it was given.
    pub fn part(&self, beneficiary: Beneficiary) -> Option<&PartRow> {
        self.parts.iter().find(|part| part.beneficiary == beneficiary)
    }

    /// Changes what became of a part.
    pub fn change_part(&mut self, beneficiary: Beneficiary, change: impl FnOnce(&mut PartRow)) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.beneficiary == beneficiary) {
            return change(part);
        }
        let mut part = PartRow::untouched(beneficiary);
        change(&mut part);
        self.parts.push(part);
    }
}

/// What became of a part of a donation, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PartRow {
    /// Whose part.
    pub beneficiary: Beneficiary,
    /// What it gave back so far.
    pub refunded_minor: u64,
    /// What it lost to disputes.
    pub disputed_minor: u64,
    /// What it bore of fees of the processor that were booked after the gift was captured.
    pub fees_minor: u64,
    /// What the platform took of it.
    pub platform_fees_minor: u64,
    /// What it was given back of fees of the processor.
    pub fees_back_minor: u64,
    /// What it was given back of fees of the platform.
    pub platform_fees_back_minor: u64,
    /// What the platform bore of what was taken of it.
    pub absorbed_minor: u64,
}

impl PartRow {
    fn untouched(beneficiary: Beneficiary) -> Self {
        Self {
            beneficiary,
            refunded_minor: 0,
            disputed_minor: 0,
            fees_minor: 0,
            platform_fees_minor: 0,
            fees_back_minor: 0,
            platform_fees_back_minor: 0,
            absorbed_minor: 0,
        }
    }
}

/// How a donation is being paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct Collecting {
    /// The record that captured it.
    pub captured_in: Option<u64>,
    /// The payment that is the gift.
    pub captured_by: Option<PaymentId>,
    /// Whether it was given up.
    pub is_cancelled: bool,
    /// The attempts, in the order in which they were begun.
    pub payments: Vec<PaymentFacts>,
}
