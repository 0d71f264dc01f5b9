//! Payouts: what a platform pays to a cause. (What a processor pays to the platform is a settlement.)

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Where a payout stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PayoutState {
    /// Somebody means to pay it; no money moved, none is reserved.
    Proposed,
    /// It was sent: the cause cannot have the money twice.
    InTransit,
    /// It arrived.
    Paid,
    /// It did not arrive, or was given up; the cause has the money again. Final.
    Failed,
    /// It came back after it had arrived; the cause has the money again. Final.
    Reversed,
}

impl PayoutState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::InTransit, Self::Paid, Self::Failed, Self::Reversed];

    /// The word for it, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::InTransit => "in_transit",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Reversed => "reversed",
        }
    }

    /// Whether money that was available to the cause is so no more.
    pub fn reserves_with(self, to: Self) -> bool {
        self == Self::Proposed && matches!(to, Self::InTransit | Self::Paid)
    }

    /// What it becomes: the same state where it is so already, none where that cannot be.
    pub fn after(self, report: PayoutReport) -> Option<Self> {
        let to = report.state();
        let may = match self {
            Self::Proposed => matches!(to, Self::InTransit | Self::Paid | Self::Failed),
            Self::InTransit => matches!(to, Self::InTransit | Self::Paid | Self::Failed),
            Self::Paid => matches!(to, Self::Paid | Self::Reversed),
            Self::Failed | Self::Reversed => to == self,
        };
        may.then_some(to)
    }
}

/// What was learned of a payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PayoutReport {
    /// It was sent.
    InTransit,
    /// It arrived.
    Paid,
    /// It did not arrive, or was given up.
    Failed,
    /// It came back after it had arrived.
    Reversed,
}

impl PayoutReport {
    /// The state that it tells of.
    pub fn state(self) -> PayoutState {
        match self {
            Self::InTransit => PayoutState::InTransit,
            Self::Paid => PayoutState::Paid,
            Self::Failed => PayoutState::Failed,
            Self::Reversed => PayoutState::Reversed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of `docs/payments.md`: what becomes of each state by each report.
    #[test]
    fn every_state_meets_every_report() {
        let reports =
            [PayoutReport::InTransit, PayoutReport::Paid, PayoutReport::Failed, PayoutReport::Reversed];
        let table = [
            ("proposed", "1110"),
            ("in_transit", "=110"),
            ("paid", "0=01"),
            ("failed", "00=0"),
            ("reversed", "000="),
        ];
        for (state, (word, row)) in PayoutState::ALL.into_iter().zip(table) {
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
}
