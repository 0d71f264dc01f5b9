//! Refunds: giving back all or some of a donation, never more than is left of each part.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::donation::{Beneficiary, Designation, DonationPart};
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Amount;
use crate::vocabulary::split::split;

/// What of a donation is given back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum RefundScope {
    /// Everything that is left.
    #[default]
    Everything,
    /// An amount, divided over what is left of each part, the tip included.
    Proportional {
        /// How much.
        amount: Amount,
    },
    /// Amounts of chosen causes; the tip stays.
    Causes {
        /// How much of which cause, each cause once.
        from: Vec<Designation>,
    },
}

/// Where a refund that a processor carries out stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefundState {
    /// It was promised: the causes have the money no more.
    Requested,
    /// The processor is at work.
    Pending,
    /// The donor has it.
    Succeeded,
    /// It did not reach the donor, also where it was said before that it had; the causes have the money again. Final.
    Failed,
    /// It was given up before the donor had it; the causes have the money again. Final.
    Cancelled,
}

impl RefundState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Requested, Self::Pending, Self::Succeeded, Self::Failed, Self::Cancelled];

    /// The word for it, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the causes have the money again.
    pub fn is_undone(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled)
    }

    /// What it becomes: the same state where it is so already, none where that cannot be.
    pub fn after(self, report: RefundReport) -> Option<Self> {
        let to = report.state();
        let may = match self {
            Self::Requested | Self::Pending => true,
            // Banks return money days after they took it.
            Self::Succeeded => matches!(to, Self::Succeeded | Self::Failed),
            Self::Failed | Self::Cancelled => to == self,
        };
        may.then_some(to)
    }
}

/// What was learned of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefundReport {
    /// The processor is at work.
    Pending,
    /// The donor has it.
    Succeeded,
    /// It did not reach the donor.
    Failed,
    /// It was given up.
    Cancelled,
}

impl RefundReport {
    /// The state that it tells of.
    pub fn state(self) -> RefundState {
        match self {
            Self::Pending => RefundState::Pending,
            Self::Succeeded => RefundState::Succeeded,
            Self::Failed => RefundState::Failed,
            Self::Cancelled => RefundState::Cancelled,
        }
    }
}

/// Why a refund of chosen causes or of an amount does not fit what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundMisfit {
    /// Nothing is left at all.
    NothingLeft,
    /// More than is left of the donation.
    ExceedsRest {
        /// What is left, in minor units.
        rest_minor: u64,
    },
    /// More than is left of the part of one cause.
    ExceedsPart {
        /// The cause.
        cause: CauseId,
        /// What is left of its part, in minor units.
        rest_minor: u64,
    },
    /// The donation has no part for the cause.
    NoSuchPart {
        /// The cause.
        cause: CauseId,
    },
}

/// What is given back of each part, in the order of the parts.
///
/// A proportional refund is divided over **what is still refundable** of each part, so no share is
/// negative or larger than its part, and any mix of refunds can end at exactly zero. (Differences of
/// cumulative divisions do not have this property: largest remainder is not monotone.)
pub fn refund_shares(parts: &[DonationPart], scope: &RefundScope) -> Result<Vec<u64>, RefundMisfit> {
    let left: Vec<u64> = parts.iter().map(DonationPart::refundable_minor).collect();
    let rest_minor = left.iter().copied().fold(0, u64::saturating_add);
    if rest_minor == 0 {
        return Err(RefundMisfit::NothingLeft);
    }
    match scope {
        RefundScope::Everything => Ok(left),
        RefundScope::Proportional { amount } => {
            let wanted = amount.minor().unsigned_abs();
            let misfit = RefundMisfit::ExceedsRest { rest_minor };
            if wanted > rest_minor { Err(misfit) } else { split(wanted, &left).ok_or(misfit) }
        }
        RefundScope::Causes { from } => {
            let mut shares = vec![0; parts.len()];
            for chosen in from {
                let cause = chosen.cause;
                let place = parts.iter().position(|part| part.beneficiary == Beneficiary::Cause { cause });
                let missing = RefundMisfit::NoSuchPart { cause };
                let (Some(share), Some(&rest_minor)) =
                    (place.and_then(|at| shares.get_mut(at)), place.and_then(|at| left.get(at)))
                else {
                    return Err(missing);
                };
                *share = chosen.amount.minor().unsigned_abs();
                if *share > rest_minor {
                    return Err(RefundMisfit::ExceedsPart { cause, rest_minor });
                }
            }
            Ok(shares)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(given_minor: u64, refunded_minor: u64) -> DonationPart {
        DonationPart { beneficiary: Beneficiary::Platform, given_minor, refunded_minor, disputed_minor: 0 }
    }

    fn euros(minor: i64) -> RefundScope {
        RefundScope::Proportional { amount: Amount::from_minor(minor, "EUR".parse().unwrap()).unwrap() }
    }

    /// The table of `docs/payments.md`: what becomes of each state by each report.
    #[test]
    fn every_state_meets_every_report() {
        let reports =
            [RefundReport::Pending, RefundReport::Succeeded, RefundReport::Failed, RefundReport::Cancelled];
        let table = [
            ("requested", "1111"),
            ("pending", "=111"),
            ("succeeded", "0=10"),
            ("failed", "00=0"),
            ("cancelled", "000="),
        ];
        for (state, (word, row)) in RefundState::ALL.into_iter().zip(table) {
            assert_eq!(state.word(), word);
            let found: String = reports
                .map(|report| match state.after(report) {
                    Some(after) if after == state => '=',
                    Some(after) => {
                        assert_eq!(after, report.state());
                        '1'
                    }
                    None => '0',
                })
                .iter()
                .collect();
            assert_eq!(found, row, "{word}");
        }
    }

    #[test]
    fn more_than_is_left_is_refused() {
        assert_eq!(refund_shares(&[part(5, 5)], &euros(1)), Err(RefundMisfit::NothingLeft));
        assert_eq!(refund_shares(&[part(5, 2)], &euros(4)), Err(RefundMisfit::ExceedsRest { rest_minor: 3 }));
        assert_eq!(refund_shares(&[part(5, 2), part(7, 0)], &RefundScope::Everything), Ok(vec![3, 7]));
    }

    proptest! {
        #[test]
        fn random_refunds_end_at_exactly_zero(
            given in prop::collection::vec(1_u64..5000, 1..8),
            steps in prop::collection::vec(1_u64..3000, 1..60),
        ) {
            let mut parts: Vec<DonationPart> = given.iter().map(|&minor| part(minor, 0)).collect();
            for step in steps.into_iter().chain([u64::MAX]) {
                let rest: u64 = parts.iter().map(DonationPart::refundable_minor).sum();
                if rest == 0 { break; }
                let wanted = step.min(rest);
                let shares = refund_shares(&parts, &euros(i64::try_from(wanted).unwrap())).unwrap();
                prop_assert_eq!(shares.iter().sum::<u64>(), wanted);
                for (part, share) in parts.iter_mut().zip(shares) {
                    prop_assert!(share <= part.refundable_minor());
                    part.refunded_minor += share;
                }
            }
            prop_assert!(parts.iter().all(|part| part.refundable_minor() == 0));
        }
    }
}
