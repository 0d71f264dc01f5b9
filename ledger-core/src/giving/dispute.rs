//! Disputes: the donor's bank takes a gift back, or asks about it first. (Also called chargebacks.)

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Where a dispute stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DisputeState {
    /// The bank asks; no money moved.
    Inquiry,
    /// The bank has withdrawn the money.
    Opened,
    /// It was answered, and the bank decides.
    UnderReview,
    /// The money was given back to us. Final.
    Won,
    /// The donor keeps the money. Final.
    Lost,
    /// The inquiry ended, and no money ever moved. Final.
    Closed,
}

impl DisputeState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Inquiry, Self::Opened, Self::UnderReview, Self::Won, Self::Lost, Self::Closed];

    /// The word for it, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::Opened => "opened",
            Self::UnderReview => "under_review",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Closed => "closed",
        }
    }

    /// Whether nothing becomes of it any more.
    pub fn is_final(self) -> bool {
        match self {
            Self::Won | Self::Lost | Self::Closed => true,
            Self::Inquiry | Self::Opened | Self::UnderReview => false,
        }
    }

    /// Whether money was withdrawn and nobody has decided whose it is.
    pub fn is_withdrawn(self) -> bool {
        matches!(self, Self::Opened | Self::UnderReview)
    }

    /// What it becomes: the same state where it is so already, none where that cannot be.
    pub fn after(self, report: DisputeReport) -> Option<Self> {
        let to = report.state();
        let may = match self {
            Self::Inquiry => matches!(to, Self::Opened | Self::Closed),
            Self::Opened | Self::UnderReview => {
                matches!(to, Self::UnderReview | Self::Won | Self::Lost) || to == self
            }
            Self::Won | Self::Lost | Self::Closed => to == self,
        };
        may.then_some(to)
    }
}

/// How a dispute begins.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum DisputeBegins {
    /// As a question of the bank; no money moves.
    AsInquiry,
    /// The bank withdraws the money.
    WithMoney,
}

/// What was learned of a dispute.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DisputeReport {
    /// The bank has withdrawn the money.
    Opened,
    /// It was answered, and the bank decides.
    UnderReview,
    /// The money was given back to us.
    Won,
    /// The donor keeps the money.
    Lost,
    /// The inquiry ended without money.
    Closed,
}

impl DisputeReport {
    /// Every report.
    pub const ALL: [Self; 5] = [Self::Opened, Self::UnderReview, Self::Won, Self::Lost, Self::Closed];

    /// The state that it tells of.
    pub fn state(self) -> DisputeState {
        match self {
            Self::Opened => DisputeState::Opened,
            Self::UnderReview => DisputeState::UnderReview,
            Self::Won => DisputeState::Won,
            Self::Lost => DisputeState::Lost,
            Self::Closed => DisputeState::Closed,
        }
    }
}

/// Which way the fee of a dispute goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum DisputeFeeFlow {
    /// The processor charges it.
    Charged,
    /// The processor gives it back.
    Returned,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of `docs/payments.md`: what becomes of each state by each report.
    #[test]
    fn every_state_meets_every_report() {
        let table = [
            ("inquiry", "10001"),
            ("opened", "=1110"),
            ("under_review", "0=110"),
            ("won", "00=00"),
            ("lost", "000=0"),
            ("closed", "0000="),
        ];
        for (state, (word, row)) in DisputeState::ALL.into_iter().zip(table) {
            assert_eq!(state.word(), word);
            let found: String = DisputeReport::ALL
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
            assert_eq!(state.is_final(), !row.contains('1'), "{word}");
        }
    }
}
