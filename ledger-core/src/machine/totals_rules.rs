//! What an event changes in totals: the one place that says what a gift, a refund or an adjustment counts as.

use super::event::{Event, RefundedPart};
use crate::giving::donation::{Beneficiary, Designation};
use crate::giving::totals::Totals;
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::{Amount, Currency};

/// Whose totals change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalsOf {
    /// A donor's.
    Donor(DonorId),
    /// A cause's.
    Cause(CauseId),
    /// Those of all causes together, in which a gift to several counts as one.
    AllCauses,
}

/// What is added to totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalsChange {
    /// Whose.
    pub of: TotalsOf,
    /// How much of what.
    pub change: Totals,
}

/// What an event changes, the donor first, all causes together last.
pub fn totals_changes(event: &Event) -> Vec<TotalsChange> {
    match event {
        Event::DonorRegistered { .. }
        | Event::DonorUpdated { .. }
        | Event::CauseOpened { .. }
        | Event::CauseUpdated { .. }
        | Event::DonorErased { .. }
        // Each id keeps its own; whoever reads a donor adds them up.
        | Event::DonorsMerged { .. }
        | Event::MergeUndone { .. }
        | Event::EpochBegun { .. }
        // Moves between accounts of the same cause, or none of a cause's.
        | Event::PeriodClosed { .. } => Vec::new(),
        Event::DonationCaptured { donor, designations, tip, fee_shares_minor, .. } => {
            gift(*donor, designations, *tip, fee_shares_minor)
        }
        Event::DonationRefunded { donor, amount, parts, .. } => refund(*donor, *amount, parts),
        Event::Reallocated { from, to, amount, .. } => reallocation(*from, *to, *amount),
        Event::Reversed { what, .. } => {
            let back = |done: TotalsChange| TotalsChange { change: done.change.negated(), ..done };
            what.iter().flat_map(totals_changes).map(back).collect()
        }
        Event::GivingAdjusted { donor, cause, amount, reason, .. } => {
            let mut change = Totals::zero(amount.currency());
            change.add_adjustment(*reason, amount.minor().unsigned_abs());
            [TotalsOf::Donor(*donor), TotalsOf::Cause(*cause), TotalsOf::AllCauses]
                .map(|of| TotalsChange { of, change })
                .to_vec()
        }
    }
}

/// What one cause gives up the other receives: all together, and donors, are as before.
fn reallocation(from: CauseId, to: CauseId, amount: Amount) -> Vec<TotalsChange> {
    let minor = i128::from(amount.minor());
    let moved = |of, minor| change(of, amount.currency(), |totals| totals.adjusted_minor = minor);
    vec![moved(TotalsOf::Cause(from), minor.saturating_neg()), moved(TotalsOf::Cause(to), minor)]
}

/// A change by one call of a method of `Totals`.
fn change(of: TotalsOf, currency: Currency, make: impl FnOnce(&mut Totals)) -> TotalsChange {
    let mut change = Totals::zero(currency);
    make(&mut change);
    TotalsChange { of, change }
}

fn sum(minor: impl Iterator<Item = u64>) -> u64 {
    minor.fold(0, u64::saturating_add)
}

fn gift(
    donor: DonorId,
    designations: &[Designation],
    tip: Option<Amount>,
    fee_shares_minor: &[u64],
) -> Vec<TotalsChange> {
    let Some(currency) = designations.first().map(|first| first.amount.currency()) else {
        return Vec::new();
    };
    let given = || designations.iter().map(|to| to.amount.minor().unsigned_abs());
    let tip = tip.map(|tip| tip.minor().unsigned_abs());
    // A fee that no cause bears has no shares; the tip's share, the last, is no cause's.
    let fees = || fee_shares_minor.iter().copied().chain(core::iter::repeat(0)).take(designations.len());
    let to_causes = designations.iter().zip(given()).zip(fees()).map(|((to, given), fee)| {
        change(TotalsOf::Cause(to.cause), currency, |totals| totals.add_gift(given, fee))
    });
    let of_donor =
        change(TotalsOf::Donor(donor), currency, |totals| totals.add_gift(sum(given().chain(tip)), 0));
    let of_all = change(TotalsOf::AllCauses, currency, |totals| totals.add_gift(sum(given()), sum(fees())));
    core::iter::once(of_donor).chain(to_causes).chain([of_all]).collect()
}

fn refund(donor: DonorId, amount: Amount, parts: &[RefundedPart]) -> Vec<TotalsChange> {
    let currency = amount.currency();
    let shares = || {
        parts.iter().filter(|part| part.share_minor > 0).filter_map(|part| match part.beneficiary {
            Beneficiary::Cause { cause } => Some((cause, part.share_minor)),
            Beneficiary::Platform => None,
        })
    };
    let back = |of, minor| change(of, currency, |totals| totals.add_refund(minor));
    let of_causes = shares().map(|(cause, minor)| back(TotalsOf::Cause(cause), minor));
    let of_donor = back(TotalsOf::Donor(donor), amount.minor().unsigned_abs());
    let sum_of_causes = sum(shares().map(|(_, minor)| minor));
    let of_all = (sum_of_causes > 0).then(|| back(TotalsOf::AllCauses, sum_of_causes));
    core::iter::once(of_donor).chain(of_causes).chain(of_all).collect()
}
