//! Where causes stand: what they were given, what became of it, and what they have; and who owes, or is owed, what.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::balances::balance;
use super::error::LedgerError;
use super::queries::{self, Cause};
use super::state_reader::StateReader;
use crate::accounting::account::AccountName;
use crate::accounting::chart::{BookMode, Chart};
use crate::giving::dispute::DisputeState;
use crate::giving::donation::{Designation, Method};
use crate::giving::policy::CausePolicies;
use crate::giving::provider::ProviderFact;
use crate::giving::totals::Totals;
use crate::machine::event::{Event, PartShare};
use crate::machine::state::{StateView, SuspenseFacts, SuspenseHeld};
use crate::records::codec;
use crate::records::row::{Row, RowKey};
use crate::storage::{Keys, View};
use crate::vocabulary::ids::{CauseId, DisputeId, DonationId, DonorId, IdBits, PaymentId, SuspenseId};
use crate::vocabulary::money::{Amount, Currency};

/// Rows that a whole-ledger question reads at once.
const PAGE: usize = 1_000;

/// Where a cause stands. Figures are in minor units of its currency.
///
/// Always available + held + in transit - owed = net - paid out + written off.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CauseStanding {
    /// The cause.
    pub cause: CauseId,
    /// Its currency.
    pub currency: Currency,
    /// What it was given, and what became of that.
    pub totals: Totals,
    /// What it can be paid. Below zero where more was taken from it than it had, and its next gifts fill that up.
    pub available_minor: i128,
    /// What it cannot have until a dispute is decided.
    pub held_minor: i128,
    /// What was sent to it and did not arrive yet.
    pub in_transit_minor: i128,
    /// What it owes.
    pub owed_minor: i128,
}

impl CauseStanding {
    /// Whether it has less than nothing.
    pub fn is_negative(&self) -> bool {
        self.available_minor < 0 || self.owed_minor > 0
    }
}

/// Decimal strings.
impl Serialize for CauseStanding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("CauseStanding", 6)?;
        fields.serialize_field("cause", &self.cause)?;
        fields.serialize_field("totals", &self.totals)?;
        for (name, minor) in [
            ("available", self.available_minor),
            ("held", self.held_minor),
            ("in_transit", self.in_transit_minor),
            ("owed", self.owed_minor),
        ] {
            fields.serialize_field(name, &self.currency.figure(minor))?;
        }
        fields.end()
    }
}

/// A dispute and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// The donation.
    pub donation: DonationId,
    /// How much is disputed.
    pub amount: Amount,
    /// Where it stands.
    pub state: DisputeState,
    /// What causes cannot have until it is decided.
    pub held: Vec<Designation>,
    /// What each part lost, once it was lost.
    pub shares: Vec<PartShare>,
    /// What the processor charged for it, less what it gave back of that, in minor units.
    pub fee_minor: u64,
}

/// Money that is not known to be anybody's gift, or was set aside of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Unidentified {
    /// Its id.
    pub id: SuspenseId,
    /// How much it was.
    pub amount: Amount,
    /// How much is left of it, in minor units.
    pub left_minor: u64,
    /// Where it is; none of what was set aside.
    pub method: Option<Method>,
    /// The payment that brought it, if one did.
    pub payment: Option<PaymentId>,
    /// Who made that payment.
    pub donor: Option<DonorId>,
    /// What the processor calls what brought it, where it collected that payment twice.
    pub object: Option<String>,
    /// The gift of which it was set aside.
    pub of_donation: Option<DonationId>,
    /// The cause for which it was meant, which was closed.
    pub meant_for: Option<CauseId>,
}

/// What a provider says of something that nobody knows here yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct ParkedFact {
    /// The account at the processor.
    pub processor: String,
    /// The object that it waits for, by its id at the provider: see `AttachObject`.
    pub waits_for: String,
    /// The fact.
    pub fact: ProviderFact,
}

/// Where a cause stands.
pub fn cause(view: &dyn View, mode: BookMode, id: CauseId) -> Result<Option<CauseStanding>, LedgerError> {
    queries::cause(view, id)?.map(|cause| standing(view, mode, &cause)).transpose()
}

fn standing(view: &dyn View, mode: BookMode, of: &Cause) -> Result<CauseStanding, LedgerError> {
    let (cause, chart) = (of.id, Chart::new(mode, of.currency));
    let net = |name| Ok::<_, LedgerError>(balance(view, &chart.account(name))?.net_minor());
    let available_minor = match mode {
        BookMode::Agency => net(AccountName::CauseAvailable { cause })?,
        // A charity's own causes have what was given and not used up.
        BookMode::Principal => of.totals.held_minor(),
    };
    Ok(CauseStanding {
        cause,
        currency: of.currency,
        totals: of.totals,
        available_minor,
        held_minor: net(AccountName::CauseHeld { cause })?,
        in_transit_minor: net(AccountName::CauseInTransit { cause })?,
        owed_minor: net(AccountName::CauseReceivable { cause })?,
    })
}

/// The policies that hold for a cause.
pub fn policies_of(
    view: &dyn View,
    keys: &dyn Keys,
    cause: CauseId,
) -> Result<Option<CausePolicies>, LedgerError> {
    let state = StateReader { from: view, secret: keys.secret() };
    let is_known = state.cause(cause)?.is_some();
    Ok(is_known.then(|| state.policies_of(cause)).transpose()?)
}

/// The causes that have less than nothing, in order of opening.
pub fn negative_causes(view: &dyn View, mode: BookMode) -> Result<Vec<CauseStanding>, LedgerError> {
    let (mut negative, mut after) = (Vec::new(), None);
    loop {
        let page = queries::causes(view, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(negative) };
        after = Some(last.id);
        for cause in &page {
            negative.extend(Some(standing(view, mode, cause)?).filter(CauseStanding::is_negative));
        }
    }
}

/// A dispute by id.
pub fn dispute(view: &dyn View, keys: &dyn Keys, id: DisputeId) -> Result<Option<Dispute>, LedgerError> {
    let found = (StateReader { from: view, secret: keys.secret() }).dispute(id)?;
    Ok(found.map(|(donation, facts)| Dispute {
        id,
        donation,
        amount: facts.amount,
        state: facts.state,
        held: facts.held,
        shares: facts.shares,
        fee_minor: facts.charged_minor.saturating_sub(facts.returned_minor),
    }))
}

/// The disputes that are not decided, in the order in which they were opened.
pub fn open_disputes(view: &dyn View, keys: &dyn Keys) -> Result<Vec<Dispute>, LedgerError> {
    let mut open = Vec::new();
    let last = RowKey::Dispute(DisputeId::from_bytes([0xFF; 16]));
    let mut after = RowKey::Dispute(DisputeId::from_bytes([0x00; 16]));
    loop {
        let page = view.between(&after, &last, PAGE)?;
        let is_last = page.len() < PAGE;
        for (key, _) in page {
            let Some(id) = key.last_chunk().copied().map(DisputeId::from_bytes) else { continue };
            open.extend(dispute(view, keys, id)?.filter(|dispute| !dispute.state.is_final()));
            after = RowKey::Dispute(id);
        }
        if is_last {
            return Ok(open);
        }
    }
}

/// Such money by id.
pub fn suspense(
    view: &dyn View,
    keys: &dyn Keys,
    id: SuspenseId,
) -> Result<Option<Unidentified>, LedgerError> {
    let found = (StateReader { from: view, secret: keys.secret() }).suspense(id)?;
    found.map(|facts| unidentified_of(view, facts)).transpose()
}

/// The facts that wait for an object that nobody knows yet, in order of processor and object.
pub fn parked(view: &dyn View) -> Result<Vec<ParkedFact>, LedgerError> {
    let mut parked = Vec::new();
    let last = RowKey::Consumer(String::new());
    let mut after = RowKey::Object(String::new(), String::new());
    loop {
        let page = view.between(&after, &last, PAGE)?;
        let is_last = page.len() < PAGE;
        for (key, row) in page {
            let Some((processor, waits_for)) = codec::decode_object_key(&key) else { continue };
            if let Row::Object(row) = row.as_ref() {
                let of = |fact: &ProviderFact| ParkedFact {
                    processor: processor.clone(),
                    waits_for: waits_for.clone(),
                    fact: fact.clone(),
                };
                parked.extend(row.facts.parked.iter().map(of));
            }
            after = RowKey::Object(processor, waits_for);
        }
        if is_last {
            return Ok(parked);
        }
    }
}

/// What is left of such money, in the order in which it came in.
pub fn unidentified(view: &dyn View) -> Result<Vec<Unidentified>, LedgerError> {
    let mut left = Vec::new();
    let last = RowKey::Suspense(SuspenseId::from_bytes([0xFF; 16]));
    let mut after = RowKey::Suspense(SuspenseId::from_bytes([0x00; 16]));
    loop {
        let page = view.between(&after, &last, PAGE)?;
        let is_last = page.len() < PAGE;
        for (_, row) in page {
            let Row::Suspense(row) = row.as_ref() else { continue };
            after = RowKey::Suspense(row.facts.item);
            if row.facts.left_minor > 0 {
                left.push(unidentified_of(view, row.facts.clone())?);
            }
        }
        if is_last {
            return Ok(left);
        }
    }
}

fn unidentified_of(view: &dyn View, facts: SuspenseFacts) -> Result<Unidentified, LedgerError> {
    let SuspenseFacts { item: id, amount, left_minor, held, .. } = facts;
    let (method, of_donation, meant_for) = match held {
        SuspenseHeld::Received { method } => (Some(method), None, None),
        SuspenseHeld::SetAside { donation, cause } => (None, Some(donation), Some(cause)),
    };
    let record = view.record(IdBits::from(id).seq())?;
    let received = record.iter().flat_map(|record| &record.events).find_map(|event| {
        if let Event::UnidentifiedReceived(of) = event { (of.item == id).then_some(of) } else { None }
    });
    let (payment, donor) = (received.and_then(|of| of.payment), received.and_then(|of| of.donor));
    let object = received.and_then(|of| of.object.clone());
    Ok(Unidentified { id, amount, left_minor, method, payment, donor, object, of_donation, meant_for })
}
