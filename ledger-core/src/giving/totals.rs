//! Totals, defined once: what "raised" means, for a cause and for a donor.

use bincode::{Decode, Encode};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::adjustment::{AdjustmentReason, TotalEntered};
use crate::accounting::account::Side;
use crate::vocabulary::money::Currency;

/// The totals of a cause or a donor in one currency, in minor units. All but `adjusted` and `net` are
/// never negative; in the totals of a month or a year each can be, where a correction takes back what was
/// entered on a day of an earlier one.
///
/// * `gross` = captured designations (for a donor: and tips)
/// * `refunded` = refunds promised and not failed, unlinked ones among them
/// * `disputed` = lost disputes
/// * `fees` = fees borne less fees given back or covered (for a donor always 0: donors bear none)
/// * `adjusted` = signed adjustments
/// * `net` = gross - refunded - disputed - fees + adjusted
/// * `pending` = authorised or being processed, in no other figure
/// * `paid out` = what arrived at the cause and did not come back, repayments of what it owed among that
/// * `written off` = what the cause owed and the platform bears
/// * what is held for a cause = net - paid out + written off; below zero where the cause owes it
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Totals {
    /// The currency of every figure.
    pub currency: Currency,
    /// Captured designations.
    pub gross_minor: i128,
    /// Refunds promised and not failed.
    pub refunded_minor: i128,
    /// Lost disputes.
    pub disputed_minor: i128,
    /// Fees borne less fees given back or covered.
    pub fees_minor: i128,
    /// Signed adjustments.
    pub adjusted_minor: i128,
    /// Authorised or being processed.
    pub pending_minor: i128,
    /// Paid out to the cause, less what came back.
    pub paid_out_minor: i128,
    /// What the cause owed and the platform bears.
    pub written_off_minor: i128,
    /// How many gifts: captured donations, refunded ones among them, less those that a correction took back.
    pub donations: i64,
}

impl Totals {
    /// Nothing yet, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self {
            currency,
            gross_minor: 0,
            refunded_minor: 0,
            disputed_minor: 0,
            fees_minor: 0,
            adjusted_minor: 0,
            pending_minor: 0,
            paid_out_minor: 0,
            written_off_minor: 0,
            donations: 0,
        }
    }

    /// The opposite: what takes this back.
    #[must_use]
    pub fn negated(mut self) -> Self {
        for minor in [
            &mut self.gross_minor,
            &mut self.refunded_minor,
            &mut self.disputed_minor,
            &mut self.fees_minor,
            &mut self.adjusted_minor,
            &mut self.pending_minor,
            &mut self.paid_out_minor,
            &mut self.written_off_minor,
        ] {
            *minor = minor.saturating_neg();
        }
        self.donations = self.donations.saturating_neg();
        self
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Totals {
    /// gross - refunded - disputed - fees + adjusted.
    pub fn net_minor(&self) -> i128 {
        self.gross_minor
            .saturating_sub(self.refunded_minor)
            .saturating_sub(self.disputed_minor)
            .saturating_sub(self.fees_minor)
            .saturating_add(self.adjusted_minor)
    }

    /// What counts towards a goal: gross - refunded - disputed.
    pub fn raised_minor(&self) -> i128 {
        self.gross_minor.saturating_sub(self.refunded_minor).saturating_sub(self.disputed_minor)
    }

    /// What is held for a cause: net - paid out + written off.
    pub fn held_minor(&self) -> i128 {
        self.net_minor().saturating_sub(self.paid_out_minor).saturating_add(self.written_off_minor)
    }
}

impl Totals {
    /// Adds what changed. Both are of one currency.
    pub fn add(&mut self, change: &Self) {
        for (total, more) in [
            (&mut self.gross_minor, change.gross_minor),
            (&mut self.refunded_minor, change.refunded_minor),
            (&mut self.disputed_minor, change.disputed_minor),
            (&mut self.fees_minor, change.fees_minor),
            (&mut self.adjusted_minor, change.adjusted_minor),
            (&mut self.pending_minor, change.pending_minor),
            (&mut self.paid_out_minor, change.paid_out_minor),
            (&mut self.written_off_minor, change.written_off_minor),
        ] {
            *total = total.saturating_add(more);
        }
        self.donations = self.donations.saturating_add(change.donations);
    }

    /// Adds to those of the same currency among totals that stand in order of it. What comes to nothing in every figure
    /// is left out, as if it had never been.
    pub fn add_in_currency(all: &mut Vec<Self>, change: &Self) {
        match all.binary_search_by_key(&change.currency, |totals| totals.currency) {
            Ok(place) => {
                all.iter_mut().skip(place).take(1).for_each(|totals| totals.add(change));
                if all.get(place).is_some_and(|totals| *totals == Self::zero(change.currency)) {
                    all.remove(place);
                }
            }
            Err(place) => all.insert(place, *change),
        }
    }

    /// One more gift.
    pub fn add_gift(&mut self, gross_minor: u64, fee_minor: u64) {
        self.gross_minor = self.gross_minor.saturating_add(gross_minor.into());
        self.fees_minor = self.fees_minor.saturating_add(fee_minor.into());
        self.donations = self.donations.saturating_add(1);
    }

    /// One more refund.
    pub fn add_refund(&mut self, minor: u64) {
        self.refunded_minor = self.refunded_minor.saturating_add(minor.into());
    }

    /// One more adjustment.
    pub fn add_adjustment(&mut self, reason: AdjustmentReason, minor: u64) {
        let minor = i128::from(minor);
        let signed = match reason.side_of_cause() {
            Side::Credit => minor,
            Side::Debit => minor.saturating_neg(),
        };
        match reason.total_entered() {
            TotalEntered::Refunded => self.refunded_minor = self.refunded_minor.saturating_add(minor),
            TotalEntered::Disputed => self.disputed_minor = self.disputed_minor.saturating_add(minor),
            TotalEntered::Adjusted => self.adjusted_minor = self.adjusted_minor.saturating_add(signed),
        }
    }
}

/// Decimal strings, with what comes of them: the net, what was raised, what is held.
impl Serialize for Totals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Totals", 13)?;
        fields.serialize_field("currency", &self.currency)?;
        for (name, minor) in [
            ("gross", self.gross_minor),
            ("refunded", self.refunded_minor),
            ("disputed", self.disputed_minor),
            ("fees", self.fees_minor),
            ("adjusted", self.adjusted_minor),
            ("pending", self.pending_minor),
            ("paid_out", self.paid_out_minor),
            ("written_off", self.written_off_minor),
            ("net", self.net_minor()),
            ("raised", self.raised_minor()),
            ("held", self.held_minor()),
        ] {
            fields.serialize_field(name, &self.currency.figure(minor))?;
        }
        fields.serialize_field("donations", &self.donations)?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_changes_the_net_by_what_the_cause_account_is_posted() {
        for reason in AdjustmentReason::ALL {
            let mut totals = Totals::zero("EUR".parse().unwrap());
            totals.add_adjustment(reason, 7);
            let credited = reason.side_of_cause() == Side::Credit;
            assert_eq!(totals.net_minor(), if credited { 7 } else { -7 }, "{reason:?}");
        }
    }
}
