//! Payments: attempts to collect what a donor means to give. One that fails does not end the donation: the next
//! attempt is another payment.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Where an attempt stands. Amounts are never in it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PaymentState {
    /// It was begun.
    Created,
    /// The donor has to do something first: confirm it, pay a voucher.
    RequiresAction,
    /// The provider is at work; with bank debits for days.
    Processing,
    /// The money is reserved, and not taken yet.
    Authorised,
    /// The money was taken. Final.
    Captured,
    /// It was refused. Final, unless money was taken after all.
    Failed,
    /// It was given up before money was taken. Final, unless money was taken after all.
    Voided,
    /// The reservation, or the time to pay, ran out. Final, unless money was taken after all.
    Expired,
}

impl PaymentState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::RequiresAction,
        Self::Processing,
        Self::Authorised,
        Self::Captured,
        Self::Failed,
        Self::Voided,
        Self::Expired,
    ];

    /// The word for it, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::Authorised => "authorised",
            Self::Captured => "captured",
            Self::Failed => "failed",
            Self::Voided => "voided",
            Self::Expired => "expired",
        }
    }

    /// Whether nothing is expected of it any more.
    pub fn is_final(self) -> bool {
        match self {
            Self::Captured | Self::Failed | Self::Voided | Self::Expired => true,
            Self::Created | Self::RequiresAction | Self::Processing | Self::Authorised => false,
        }
    }

    /// Whether the money is on its way, and counted as pending.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Processing | Self::Authorised)
    }

    /// What it becomes: the same state where it is so already, none where that cannot be.
    pub fn after(self, report: PaymentReport) -> Option<Self> {
        let to = report.state();
        let may = match self {
            Self::Created | Self::RequiresAction | Self::Processing => true,
            // Once money is reserved nobody asks the donor again.
            Self::Authorised => to != Self::RequiresAction,
            Self::Captured => to == self,
            // Whatever was said before: money that was taken is there.
            Self::Failed | Self::Voided | Self::Expired => to == self || to == Self::Captured,
        };
        may.then_some(to)
    }
}

/// Why an attempt failed, as far as a donor can be told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FailureReason {
    /// The bank said no.
    Declined,
    /// There is not enough money.
    InsufficientFunds,
    /// The donor could not be verified.
    NotAuthenticated,
    /// The card, or the mandate, is not valid any more.
    MethodExpired,
    /// A technical failure; another attempt may do.
    Technical,
}

impl FailureReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Declined,
        Self::InsufficientFunds,
        Self::NotAuthenticated,
        Self::MethodExpired,
        Self::Technical,
    ];

    /// The word for it, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::NotAuthenticated => "not_authenticated",
            Self::MethodExpired => "method_expired",
            Self::Technical => "technical",
        }
    }
}

/// What was learned of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum PaymentReport {
    /// The donor has to do something.
    RequiresAction,
    /// The provider is at work.
    Processing,
    /// The money is reserved.
    Authorised,
    /// The money was taken, all of it.
    Captured,
    /// It was refused.
    Failed {
        /// Why.
        reason: FailureReason,
    },
    /// It was given up.
    Voided,
    /// Its time ran out.
    Expired,
}

impl PaymentReport {
    /// The state that it tells of.
    pub fn state(self) -> PaymentState {
        match self {
            Self::RequiresAction => PaymentState::RequiresAction,
            Self::Processing => PaymentState::Processing,
            Self::Authorised => PaymentState::Authorised,
            Self::Captured => PaymentState::Captured,
            Self::Failed { .. } => PaymentState::Failed,
            Self::Voided => PaymentState::Voided,
            Self::Expired => PaymentState::Expired,
        }
    }

    /// Why it failed, if it did.
    pub fn failure(self) -> Option<FailureReason> {
        if let Self::Failed { reason } = self { Some(reason) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of `docs/payments.md`: what becomes of each state by each report.
    #[test]
    fn every_state_meets_every_report() {
        let reason = FailureReason::Declined;
        let reports = [
            PaymentReport::RequiresAction,
            PaymentReport::Processing,
            PaymentReport::Authorised,
            PaymentReport::Captured,
            PaymentReport::Failed { reason },
            PaymentReport::Voided,
            PaymentReport::Expired,
        ];
        let table = [
            ("created", "1111111"),
            ("requires_action", "=111111"),
            ("processing", "1=11111"),
            ("authorised", "01=1111"),
            ("captured", "000=000"),
            ("failed", "0001=00"),
            ("voided", "00010=0"),
            ("expired", "000100="),
        ];
        for (state, (word, row)) in PaymentState::ALL.into_iter().zip(table) {
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
            let others = row.chars().enumerate().filter(|(report, _)| *report != 3);
            assert_eq!(state.is_final(), others.into_iter().all(|(_, each)| each != '1'), "{word}");
        }
    }
}
