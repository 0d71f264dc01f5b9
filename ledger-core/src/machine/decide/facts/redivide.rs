//! What a processor did by itself to one donation, divided as if it had been learned in the order in which it was done
//! there: so that the order in which it is learned does not matter (ADR 20).

use std::collections::BTreeMap;

use crate::accounting::account::AccountName;
use crate::accounting::chart::{BookMode, Chart};
use crate::giving::donation::{Beneficiary, Designation, DonationPart, amount_of};
use crate::giving::provider::MadeThere;
use crate::machine::decide::{Decision, Moment, Refusal};
use crate::machine::event::{Event, HeldAnew, PartShare, Redivided, Taking, TakingsRedivided};
use crate::machine::state::{DisputeFacts, DonationFacts, RefundFacts, StateView};
use crate::vocabulary::ids::{CauseId, DonationId, IdBits};
use crate::vocabulary::split::split;

/// Something that the processor took by itself.
struct Taken {
    taking: Taking,
    made: MadeThere,
    amount_minor: u64,
    shares: Vec<PartShare>,
}

pub(super) fn redivide(
    view: &dyn StateView,
    moment: &Moment,
    donation: DonationId,
) -> Result<Decision, Refusal> {
    let Some(facts) = view.donation(donation)? else { return Ok(Decision::default()) };
    let taken = taken(&facts, &view.refunds_of(donation)?);
    let (takings, left) = takings_anew(&facts, &taken);
    let held = held_anew(view, moment.mode, &facts, &left, &takings)?;
    if takings.is_empty() && held.is_empty() {
        return Ok(Decision::default());
    }
    let (donor, currency) = (facts.donor, facts.currency);
    let event = TakingsRedivided { donation, donor, currency, takings, held };
    Ok(Decision::of(Event::TakingsRedivided(event)))
}

/// What the processor took by itself and did not give back, in the order in which it did.
fn taken(facts: &DonationFacts, refunds: &[RefundFacts]) -> Vec<Taken> {
    let of_refund = |of: &RefundFacts| {
        let taking = Taking::Refund { refund: of.refund };
        let made = of.made.clone().filter(|_| !of.state.is_undone())?;
        Some(Taken { taking, made, amount_minor: of.amount_minor, shares: of.shares.clone() })
    };
    let of_dispute = |of: &DisputeFacts| {
        let taking = Taking::Dispute { dispute: of.dispute };
        let made = of.is_lost().then(|| made(of))?;
        let amount_minor = of.amount.minor().unsigned_abs();
        Some(Taken { taking, made, amount_minor, shares: of.shares.clone() })
    };
    let disputes = facts.disputes.iter().filter_map(of_dispute);
    let mut taken: Vec<Taken> = refunds.iter().filter_map(of_refund).chain(disputes).collect();
    taken.sort_by(|left, right| left.made.cmp(&right.made));
    taken
}

/// When a dispute was made there: where only we told of it, when we did.
fn made(of: &DisputeFacts) -> MadeThere {
    let by_us = || MadeThere { at: IdBits::from(of.dispute).time(), object: of.dispute.to_string() };
    of.made.clone().unwrap_or_else(by_us)
}

/// What each takes, where that is otherwise than before, and what is left of each part after all.
fn takings_anew(facts: &DonationFacts, taken: &[Taken]) -> (Vec<Redivided>, Vec<u64>) {
    let mut left: Vec<u64> = facts.parts.iter().map(DonationPart::refundable_minor).collect();
    for of in taken {
        for (left, share) in left.iter_mut().zip(in_order(&facts.parts, &of.shares)) {
            *left = left.saturating_add(share);
        }
    }
    let mut anew = Vec::new();
    for of in taken {
        let rest = left.iter().copied().fold(0, u64::saturating_add);
        let shares = split(of.amount_minor.min(rest), &left).unwrap_or_default();
        for (left, share) in left.iter_mut().zip(&shares) {
            *left = left.saturating_sub(*share);
        }
        if shares != in_order(&facts.parts, &of.shares) {
            let (taking, before) = (of.taking, of.shares.clone());
            anew.push(Redivided { taking, before, after: by_part(&facts.parts, &shares) });
        }
    }
    (anew, left)
}

/// Shares in the order of the parts, with those of nothing.
fn in_order(parts: &[DonationPart], shares: &[PartShare]) -> Vec<u64> {
    let of_part = |part: &DonationPart| {
        let share = shares.iter().find(|share| share.beneficiary == part.beneficiary);
        share.map_or(0, |share| share.share_minor)
    };
    parts.iter().map(of_part).collect()
}

fn by_part(parts: &[DonationPart], shares: &[u64]) -> Vec<PartShare> {
    let shares = parts.iter().zip(shares).filter(|(_, share)| **share > 0);
    shares.map(|(part, &share_minor)| PartShare { beneficiary: part.beneficiary, share_minor }).collect()
}

/// What is held for disputes that are not decided, where that is otherwise than before: of each cause no more than it has.
fn held_anew(
    view: &dyn StateView,
    mode: BookMode,
    facts: &DonationFacts,
    left: &[u64],
    takings: &[Redivided],
) -> Result<Vec<HeldAnew>, Refusal> {
    let mut open: Vec<&DisputeFacts> = facts.disputes.iter().filter(|of| of.state.is_withdrawn()).collect();
    if mode == BookMode::Principal || open.is_empty() {
        return Ok(Vec::new());
    }
    open.sort_by_cached_key(|of| made(of));
    let mut free = has(view, facts, &open, takings)?;
    let rest = left.iter().copied().fold(0, u64::saturating_add);
    let mut anew = Vec::new();
    for of in open {
        let shares = split(of.amount.minor().unsigned_abs().min(rest), left).unwrap_or_default();
        let mut after = Vec::new();
        for (part, share) in facts.parts.iter().zip(shares) {
            let Beneficiary::Cause { cause } = part.beneficiary else { continue };
            let Some(has) = free.get_mut(&cause) else { continue };
            let minor = share.min(u64::try_from(*has).unwrap_or(0));
            *has = has.saturating_sub(minor.into());
            after.extend(amount_of(minor, facts.currency).map(|amount| Designation { cause, amount }));
        }
        if after != of.held {
            anew.push(HeldAnew { dispute: of.dispute, before: of.held.clone(), after });
        }
    }
    Ok(anew)
}

/// What each cause of a donation has, with what is held of it for these disputes, and after what is taken anew.
fn has(
    view: &dyn StateView,
    facts: &DonationFacts,
    open: &[&DisputeFacts],
    takings: &[Redivided],
) -> Result<BTreeMap<CauseId, i128>, Refusal> {
    let chart = Chart::new(BookMode::Agency, facts.currency);
    let mut has = BTreeMap::new();
    for part in &facts.parts {
        let Beneficiary::Cause { cause } = part.beneficiary else { continue };
        let available = view.balance(&chart.account(AccountName::CauseAvailable { cause }))?;
        let mut minor = available.net_debit_minor().saturating_neg();
        for held in open.iter().flat_map(|of| &of.held).filter(|held| held.cause == cause) {
            minor = minor.saturating_add(held.amount.minor().into());
        }
        for of in takings {
            let share = |shares: &[PartShare]| {
                let share = shares.iter().find(|share| share.beneficiary == part.beneficiary);
                i128::from(share.map_or(0, |share| share.share_minor))
            };
            minor = minor.saturating_add(share(&of.before)).saturating_sub(share(&of.after));
        }
        has.insert(cause, minor);
    }
    Ok(has)
}
