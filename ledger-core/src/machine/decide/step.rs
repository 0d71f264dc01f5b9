//! What is decided next in the same record.

use crate::giving::provider::ProviderFact;
use crate::vocabulary::ids::DonationId;

/// What is done next in the same record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A fact is looked at.
    Fact {
        /// The account at the processor.
        processor: String,
        /// The fact.
        fact: ProviderFact,
    },
    /// Facts that wait for an object are taken up.
    TakeUp {
        /// The account at the processor.
        processor: String,
        /// The object.
        object: String,
    },
    /// What the processor did by itself is divided as if it had been learned in the order in which it was done.
    Redivide {
        /// The donation.
        donation: DonationId,
    },
}
