//! What the rules may read: the few facts about donors, causes and donations on which a decision depends.

use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::giving::cause::{CauseDates, CauseStatus};
use crate::giving::donation::{DonationPart, Method};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::machine::event::Event;
use crate::machine::personal::Lookups;
use crate::machine::rejection::Rejection;
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId};
use crate::vocabulary::money::Currency;

/// What the rules know of a donor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DonorFacts {
    /// The donor.
    pub donor: DonorId,
    /// Person or organisation.
    pub kind: DonorKind,
    /// How the donor stands to the app.
    pub standing: DonorStanding,
    /// By what the donor is found.
    pub lookups: Lookups,
    /// Why the donor was erased, if so.
    pub erased: Option<ErasureReason>,
    /// The donor that its id means, if it was merged.
    pub merged_into: Option<DonorId>,
}

impl DonorFacts {
    /// The donor, unless erased: nobody gives any more, and nothing personal can be kept.
    pub fn not_erased(self) -> Result<Self, Rejection> {
        if self.erased.is_some() { Err(Rejection::DonorErased { donor: self.donor }) } else { Ok(self) }
    }
}

/// What the rules know of a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseFacts {
    /// The cause.
    pub cause: CauseId,
    /// Its currency.
    pub currency: Currency,
    /// Whether it takes gifts.
    pub status: CauseStatus,
    /// When gifts may be dated.
    pub dates: CauseDates,
}

/// What the rules know of a donation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonationFacts {
    /// The donation.
    pub donation: DonationId,
    /// Who gave.
    pub donor: DonorId,
    /// Its currency.
    pub currency: Currency,
    /// Its parts, and what was given back of each.
    pub parts: Vec<DonationPart>,
    /// How the money came in.
    pub method: Method,
    /// How often something was given back of it.
    pub refunds: u64,
    /// The record that took it back, if one did.
    pub reversed_by: Option<u64>,
}

/// What the rules know of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFacts {
    /// The day of what happened.
    pub day: Date,
    /// What happened.
    pub events: Vec<Event>,
    /// The record that took its entries back, if one did.
    pub reversed_by: Option<u64>,
}

/// The state as the rules see it: one moment of it, for the whole of a decision.
pub trait StateView {
    /// A donor by id.
    fn donor(&self, donor: DonorId) -> Result<Option<DonorFacts>, Fault>;
    /// All ids of the donor that an id means: the one that is kept first. None of a donor that is not there.
    fn ids_of(&self, donor: DonorId) -> Result<Vec<DonorId>, Fault>;
    /// The donor with this external id or e-mail address; `lookups_of` makes the lookups of both.
    fn donor_by(&self, lookup: DonorLookup) -> Result<Option<DonorId>, Fault>;
    /// The keyed hashes by which a donor with this e-mail address and external id is found.
    fn lookups_of(&self, email: Option<&str>, external_id: Option<&str>) -> Lookups;
    /// A cause by id.
    fn cause(&self, cause: CauseId) -> Result<Option<CauseFacts>, Fault>;
    /// The external id of a cause.
    fn external_id_of(&self, cause: CauseId) -> Result<Option<String>, Fault>;
    /// A cause by external id.
    fn cause_by_external_id(&self, external_id: &str) -> Result<Option<CauseId>, Fault>;
    /// The last day that is closed, if a period was ever closed.
    fn closed_through(&self) -> Result<Option<Date>, Fault>;
    /// The epoch: the first where none was ever begun.
    fn epoch(&self) -> Result<u64, Fault>;
    /// The accounts of revenue and expenses with what was posted to them up to a day, inclusive.
    fn results_through(&self, day: Date) -> Result<Vec<(Account, Balance)>, Fault>;
    /// A donation by id.
    fn donation(&self, donation: DonationId) -> Result<Option<DonationFacts>, Fault>;
    /// A record by seq.
    fn recorded(&self, seq: u64) -> Result<Option<RecordFacts>, Fault>;
}

/// By what a donor is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DonorLookup {
    /// By e-mail address.
    Email(super::personal::LookupHash),
    /// By external id.
    ExternalId(super::personal::LookupHash),
}
