//! Queries about money on its way: donations that are still to be paid, and payouts.

use serde::Serialize;

use super::error::LedgerError;
use super::state_reader::StateReader;
use crate::giving::donation::{FeeBearer, Visibility};
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::machine::event::MeantGift;
use crate::machine::state::{BegunFacts, StateView};
use crate::storage::{Keys, View};
use crate::vocabulary::ids::{CauseId, DonationId, DonorId, PaymentId, PayoutId, RefundId};
use crate::vocabulary::money::Amount;

/// What has become of a donation that was begun before it was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BegunState {
    /// No payment of it was captured yet.
    AwaitingPayment,
    /// It is paid: `Ledger::donation` has the rest.
    Captured,
    /// It was given up.
    Cancelled,
}

/// A donation that was begun before it was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct BegunDonation {
    /// Its id.
    pub id: DonationId,
    /// Who gives.
    pub donor: DonorId,
    /// What the donor means to give.
    pub gift: MeantGift,
    /// Who bears the fees of the processor.
    pub fee_bearer: FeeBearer,
    /// Whether the donor may be named.
    pub visibility: Visibility,
    /// What has become of it.
    pub state: BegunState,
    /// The record that captured it, if one did.
    pub captured_in: Option<u64>,
    /// The attempts at collecting it, in the order in which they were begun.
    pub payments: Vec<Payment>,
}

/// An attempt at collecting a donation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The account at the processor.
    pub processor: String,
    /// Where it stands.
    pub state: PaymentState,
}

/// A payout to a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Payout {
    /// Its id.
    pub id: PayoutId,
    /// The cause.
    pub cause: CauseId,
    /// How much.
    pub amount: Amount,
    /// From which bank account.
    pub bank: String,
    /// Where it stands.
    pub state: PayoutState,
}

/// A refund that a processor carries out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct RefundUnderWay {
    /// Its id.
    pub id: RefundId,
    /// The donation.
    pub donation: DonationId,
    /// Where it stands.
    pub state: RefundState,
}

/// A refund that a processor carries out.
pub fn refund(view: &dyn View, keys: &dyn Keys, id: RefundId) -> Result<Option<RefundUnderWay>, LedgerError> {
    let found = (StateReader { from: view, secret: keys.secret() }).refund(id)?;
    Ok(found.map(|(donation, facts)| RefundUnderWay { id, donation, state: facts.state }))
}

/// A donation that was begun before it was paid.
pub fn begun_donation(
    view: &dyn View,
    keys: &dyn Keys,
    id: DonationId,
) -> Result<Option<BegunDonation>, LedgerError> {
    let Some(facts) = (StateReader { from: view, secret: keys.secret() }).begun(id)? else { return Ok(None) };
    let state = match (facts.captured_in, facts.is_cancelled) {
        (Some(_), _) => BegunState::Captured,
        (None, true) => BegunState::Cancelled,
        (None, false) => BegunState::AwaitingPayment,
    };
    let BegunFacts { donor, gift, fee_bearer, visibility, captured_in, payments, .. } = facts;
    let payments = payments
        .into_iter()
        .map(|payment| Payment { id: payment.payment, processor: payment.processor, state: payment.state })
        .collect();
    Ok(Some(BegunDonation { id, donor, gift, fee_bearer, visibility, state, captured_in, payments }))
}

/// The donation of a payment.
pub fn donation_of(
    view: &dyn View,
    keys: &dyn Keys,
    payment: PaymentId,
) -> Result<Option<DonationId>, LedgerError> {
    Ok((StateReader { from: view, secret: keys.secret() }).donation_of(payment)?)
}

/// A payout.
pub fn payout(view: &dyn View, keys: &dyn Keys, id: PayoutId) -> Result<Option<Payout>, LedgerError> {
    let facts = (StateReader { from: view, secret: keys.secret() }).payout(id)?;
    Ok(facts.map(|facts| Payout {
        id,
        cause: facts.cause,
        amount: facts.amount,
        bank: facts.bank,
        state: facts.state,
    }))
}
