//! What the rules may read: the few facts about donors, causes and donations on which a decision depends.

use bincode::{Decode, Encode};

use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::giving::cause::{CauseDates, CauseStatus};
use crate::giving::dispute::DisputeState;
use crate::giving::donation::{Designation, DonationPart, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::giving::policy::CausePolicies;
use crate::giving::provider::{MadeThere, ProviderFact, ProviderTarget};
use crate::giving::refund::RefundState;
use crate::machine::event::{Event, MeantGift, PartShare};
use crate::machine::personal::Lookups;
use crate::machine::rejection::Rejection;
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{
    CauseId, DisputeId, DonationId, DonorId, PaymentId, PayoutId, RefundId, SettlementId, SuspenseId,
};
use crate::vocabulary::money::{Amount, Currency};

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
    /// Whether money that was recorded for this id is pending.
    pub has_pending: bool,
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
    /// How much is to be raised.
    pub goal: Option<Amount>,
    /// What was raised: gifts less what was given or taken back, in minor units.
    pub raised_minor: i128,
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
    /// What the parts bore of fees, in the order of the parts.
    pub borne: Vec<FeesBorne>,
    /// What the platform bore of what was taken of them, in minor units, in that order.
    pub absorbed_minor: Vec<u64>,
    /// How the money came in.
    pub method: Method,
    /// Who bears the fees of the processor.
    pub fee_bearer: FeeBearer,
    /// What a processor kept of it so far, in minor units.
    pub fees_minor: u64,
    /// How often something was given back of it, and was not undone.
    pub refunds: u64,
    /// How many refunds that were undone its row still lists.
    pub refunds_undone: u64,
    /// Its disputes, in the order in which they were opened.
    pub disputes: Vec<DisputeFacts>,
    /// The record that took it back, if one did.
    pub reversed_by: Option<u64>,
}

/// What a part of a donation bore of fees, in minor units, and was not given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeesBorne {
    /// Of the processor.
    pub of_processor_minor: u64,
    /// Of the platform.
    pub of_platform_minor: u64,
}

/// What the rules know of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DisputeFacts {
    /// The dispute.
    pub dispute: DisputeId,
    /// How much is disputed.
    pub amount: Amount,
    /// Where it stands.
    pub state: DisputeState,
    /// What causes cannot have until it is decided.
    pub held: Vec<Designation>,
    /// What each part lost, once it was lost.
    pub shares: Vec<PartShare>,
    /// What was charged for it, in minor units.
    pub charged_minor: u64,
    /// What was given back of that.
    pub returned_minor: u64,
    /// When it was made at the processor, where that told of it.
    pub made: Option<MadeThere>,
}

impl DisputeFacts {
    /// Whether the gift is lost by it.
    pub fn is_lost(&self) -> bool {
        self.state == DisputeState::Lost
    }
}

/// What the rules know of an object of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct ObjectFacts {
    /// What it is here, once that is known.
    pub is: Option<ProviderTarget>,
    /// Whether it is a settlement that came back.
    pub is_returned: bool,
    /// What was said of it, or of others, before it was known.
    pub parked: Vec<ProviderFact>,
    /// The record in which it brought money that is nobody's, although its payment had been collected by another object.
    pub brought_in: Option<u64>,
    /// The settlement of which it is a line.
    pub line_of: Option<SettlementId>,
    /// What came to us with the lines of settlements that are about it, in minor units.
    pub settled_gross_minor: i64,
    /// What the processor kept with them.
    pub settled_fee_minor: i64,
}

/// What the rules know of a settlement.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SettlementFacts {
    /// The account at the processor.
    pub processor: String,
    /// The bank account.
    pub bank: String,
    /// How much was paid out.
    pub amount: Amount,
    /// Whether it did not arrive, or came back.
    pub is_returned: bool,
    /// The records with its lines, in order.
    pub lines_in: Vec<u64>,
    /// How many lines they have.
    pub lines: u64,
    /// What its lines add up to, after fees, in minor units.
    pub net_minor: i64,
}

/// What the rules know of money that is not known to be anybody's gift.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SuspenseFacts {
    /// The money.
    pub item: SuspenseId,
    /// How much it was.
    pub amount: Amount,
    /// How much is left of it, in minor units.
    pub left_minor: u64,
    /// How much of what was set aside its own cause was given since, in minor units.
    pub taken_minor: u64,
    /// Where it is.
    pub held: SuspenseHeld,
}

/// Where money is that is not known to be anybody's gift.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum SuspenseHeld {
    /// Where it came in.
    Received {
        /// How.
        method: Method,
    },
    /// It is part of a gift, set aside because its cause was closed.
    SetAside {
        /// The donation.
        donation: DonationId,
        /// The cause.
        cause: CauseId,
    },
}

/// What the rules know of an attempt to collect a donation.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PaymentFacts {
    /// The payment.
    pub payment: PaymentId,
    /// The account at the processor.
    pub processor: String,
    /// Where it stands.
    pub state: PaymentState,
    /// What the processor calls it, once that is known.
    pub object: Option<String>,
    /// The record in which it was captured.
    pub captured_in: Option<u64>,
}

/// What the rules know of a donation that was begun before it was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunFacts {
    /// The donation.
    pub donation: DonationId,
    /// Who gives.
    pub donor: DonorId,
    /// What.
    pub gift: MeantGift,
    /// Who bears the fees of the processor.
    pub fee_bearer: FeeBearer,
    /// Whether the donor may be named.
    pub visibility: Visibility,
    /// The record that captured it, if one did.
    pub captured_in: Option<u64>,
    /// The payment that is the gift.
    pub captured_by: Option<PaymentId>,
    /// Whether it was given up.
    pub is_cancelled: bool,
    /// The attempts, in the order in which they were begun.
    pub payments: Vec<PaymentFacts>,
}

impl BegunFacts {
    /// Whether it is neither paid nor given up.
    pub fn awaits(&self) -> bool {
        self.captured_in.is_none() && !self.is_cancelled
    }
}

/// What the rules know of a refund that a processor carries out.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct RefundFacts {
    /// The refund.
    pub refund: RefundId,
    /// How much is given back, in minor units.
    pub amount_minor: u64,
    /// What each part of the donation gives back, those that give nothing left out.
    pub shares: Vec<PartShare>,
    /// Where it stands.
    pub state: RefundState,
    /// What the processor calls it, once that is known.
    pub object: Option<String>,
    /// When it was made at the processor, if we did not ask for it.
    pub made: Option<MadeThere>,
}

/// What the rules know of a payout.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PayoutFacts {
    /// The payout.
    pub payout: PayoutId,
    /// The cause.
    pub cause: CauseId,
    /// How much.
    pub amount: Amount,
    /// From which bank account.
    pub bank: String,
    /// Where it stands.
    pub state: PayoutState,
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
    /// The policies that hold for a cause: its own, or those of all that have none.
    fn policies_of(&self, cause: CauseId) -> Result<CausePolicies, Fault>;
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
    /// A donation that was captured, by id.
    fn donation(&self, donation: DonationId) -> Result<Option<DonationFacts>, Fault>;
    /// A donation that was begun before it was paid, by id.
    fn begun(&self, donation: DonationId) -> Result<Option<BegunFacts>, Fault>;
    /// The donation of a payment.
    fn donation_of(&self, payment: PaymentId) -> Result<Option<DonationId>, Fault>;
    /// A refund that a processor carries out, with its donation.
    fn refund(&self, refund: RefundId) -> Result<Option<(DonationId, RefundFacts)>, Fault>;
    /// The refunds of a donation that a processor carries out, in the order in which they were requested or learned of.
    fn refunds_of(&self, donation: DonationId) -> Result<Vec<RefundFacts>, Fault>;
    /// An object of a provider, by the account at the processor and its id there.
    fn object(&self, processor: &str, object: &str) -> Result<ObjectFacts, Fault>;
    /// Up to which record a consumer of notices has dealt with all.
    fn acknowledged(&self, consumer: &str) -> Result<Option<u64>, Fault>;
    /// A dispute, with its donation.
    fn dispute(&self, dispute: DisputeId) -> Result<Option<(DonationId, DisputeFacts)>, Fault>;
    /// Money that is not known to be anybody's gift, by id.
    fn suspense(&self, item: SuspenseId) -> Result<Option<SuspenseFacts>, Fault>;
    /// A settlement by id.
    fn settlement(&self, settlement: SettlementId) -> Result<Option<SettlementFacts>, Fault>;
    /// A payout by id.
    fn payout(&self, payout: PayoutId) -> Result<Option<PayoutFacts>, Fault>;
    /// The balance of an account: nothing where nothing was posted.
    fn balance(&self, account: &Account) -> Result<Balance, Fault>;
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
