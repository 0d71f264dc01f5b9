//! Rules of fees: what a processor kept is booked when it is learned, never before. Parts bear it by what they were given,
//! whatever became of them since, so that it does not matter when it is learned.

use super::amounts::{check_sum, in_currency};
use super::attempts::captured_facts;
use super::{Decision, Refusal};
use crate::giving::donation::{FeeBearer, amount_of};
use crate::machine::command::BookFee;
use crate::machine::event::{Event, PartShare};
use crate::machine::rejection::Rejection;
use crate::machine::state::{DonationFacts, StateView};
use crate::vocabulary::money::Amount;
use crate::vocabulary::split::split;

pub(super) fn book(view: &dyn StateView, command: &BookFee) -> Result<Decision, Refusal> {
    let facts = captured_facts(view, command.donation)?;
    let donation = command.donation;
    let processor = facts.method.processor().ok_or(Rejection::NotAtProcessor { donation })?.to_owned();
    let fee = in_currency(command.fee, facts.currency)?;
    check_sum(facts.fees_minor, fee)?;
    let shares = match facts.fee_bearer {
        FeeBearer::Platform => Vec::new(),
        FeeBearer::Causes => {
            check_all_fees(&facts, fee)?;
            shares(&facts, fee)
        }
    };
    Ok(Decision::of(Event::FeeBooked { donation, donor: facts.donor, fee, shares, processor }))
}

/// A fee that a processor took already, in what parts bear and what is beyond the gift, which is the platform's.
pub(super) fn taken(facts: &DonationFacts, fee: Amount) -> Result<Vec<(Amount, Vec<PartShare>)>, Rejection> {
    let fee = in_currency(fee, facts.currency)?;
    check_sum(facts.fees_minor, fee)?;
    if facts.fee_bearer == FeeBearer::Platform {
        return Ok(vec![(fee, Vec::new())]);
    }
    let given = facts.parts.iter().map(|part| part.given_minor).fold(0, u64::saturating_add);
    let fee_minor = fee.minor().unsigned_abs();
    let within_minor = fee_minor.min(given.saturating_sub(facts.fees_minor));
    let within = amount_of(within_minor, facts.currency).map(|within| (within, shares(facts, within)));
    let beyond = amount_of(fee_minor.saturating_sub(within_minor), facts.currency);
    Ok(within.into_iter().chain(beyond.map(|beyond| (beyond, Vec::new()))).collect())
}

/// What each part bears, those that bear nothing left out.
fn shares(facts: &DonationFacts, fee: Amount) -> Vec<PartShare> {
    let weights: Vec<u64> = facts.parts.iter().map(|part| part.given_minor).collect();
    let shares = split(fee.minor().unsigned_abs(), &weights).unwrap_or_default();
    let parts = facts.parts.iter().zip(shares).filter(|(_, share_minor)| *share_minor > 0);
    parts.map(|(part, share_minor)| PartShare { beneficiary: part.beneficiary, share_minor }).collect()
}

/// All fees together are at most what was given.
fn check_all_fees(facts: &DonationFacts, fee: Amount) -> Result<(), Rejection> {
    let given = facts.parts.iter().map(|part| part.given_minor).fold(0, u64::saturating_add);
    let fees = facts.fees_minor.saturating_add(fee.minor().unsigned_abs());
    match (fees > given, amount_of(given, facts.currency)) {
        (true, Some(gift)) => Err(Rejection::FeeExceedsGift { fee, gift }),
        (true, None) | (false, _) => Ok(()),
    }
}
