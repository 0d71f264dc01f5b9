//! The whole life of a gift: its attempts, its refunds, its disputes, its fees, and what is left of it.

use serde::Serialize;

use super::collecting::{self, BegunDonation};
use super::donations::{self, Donation};
use super::error::LedgerError;
use super::standing::{self, Dispute};
use super::state_reader::{donation_facts, donation_row};
use crate::giving::donation::DonationPart;
use crate::giving::refund::RefundState;
use crate::machine::event::PartShare;
use crate::storage::{Keys, View};
use crate::vocabulary::ids::{DonationId, RefundId};
use crate::vocabulary::money::Currency;

/// The whole life of a gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct GiftLife {
    /// The donation.
    pub id: DonationId,
    /// How it was begun and collected; none where it came in paid.
    pub begun: Option<BegunDonation>,
    /// The gift, once it was captured.
    pub donation: Option<Donation>,
    /// Its refunds that a processor carries out, those that were undone among them.
    pub refunds: Vec<GiftRefund>,
    /// Its disputes, in the order in which they were opened.
    pub disputes: Vec<Dispute>,
    /// What a processor kept of it, in minor units.
    pub fees_minor: u64,
    /// What is left of it: what was given, less what was given back or lost, in minor units.
    pub left_minor: u64,
    /// The currency of these.
    pub currency: Option<Currency>,
}

/// A refund that a processor carries out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct GiftRefund {
    /// Its id.
    pub id: RefundId,
    /// Where it stands.
    pub state: RefundState,
    /// What each part gives back with it.
    pub shares: Vec<PartShare>,
}

/// The whole life of a gift.
pub fn gift_life(view: &dyn View, keys: &dyn Keys, id: DonationId) -> Result<Option<GiftLife>, LedgerError> {
    let begun = collecting::begun_donation(view, keys, id)?;
    let donation = donations::donation(view, keys, id)?;
    if begun.is_none() && donation.is_none() {
        return Ok(None);
    }
    let facts = donation_facts(view, id)?;
    let row = donation_row(view, id)?.unwrap_or_default();
    let refunds = row.returning.into_iter();
    let refunds =
        refunds.map(|of| GiftRefund { id: of.refund, state: of.state, shares: of.shares }).collect();
    let mut disputes = Vec::with_capacity(row.disputes.len());
    for of in row.disputes {
        disputes.extend(standing::dispute(view, keys, of.dispute)?);
    }
    let parts = facts.iter().flat_map(|facts| &facts.parts);
    let left_minor = parts.map(DonationPart::refundable_minor).fold(0, u64::saturating_add);
    let fees_minor = facts.as_ref().map_or(0, |facts| facts.fees_minor);
    let currency = facts.as_ref().map(|facts| facts.currency);
    Ok(Some(GiftLife { id, begun, donation, refunds, disputes, fees_minor, left_minor, currency }))
}
