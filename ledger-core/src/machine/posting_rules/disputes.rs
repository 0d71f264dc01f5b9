//! Posting rules of disputes. `docs/payments.md` shows them as a table.

use super::from_parts;
use crate::accounting::account::{Account, AccountName};
use crate::accounting::chart::{BookMode, Chart};
use crate::accounting::journal_entry::Posting;
use crate::giving::dispute::{DisputeFeeFlow, DisputeState};
use crate::giving::donation::{Beneficiary, Designation, Method};
use crate::machine::event::{DisputeChanged, DisputeFeeBooked, DisputeOpened, PartShare};
use crate::vocabulary::ids::DisputeId;
use crate::vocabulary::money::Amount;

pub(super) fn opened(mode: BookMode, opened: &DisputeOpened) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, opened.amount.currency());
    if opened.state.is_withdrawn() {
        withdrawn(chart, opened.dispute, opened.amount, &opened.method, &opened.held)
    } else {
        Vec::new()
    }
}

pub(super) fn changed(mode: BookMode, changed: &DisputeChanged) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, changed.amount.currency());
    match changed.to {
        DisputeState::Opened => {
            withdrawn(chart, changed.dispute, changed.amount, &changed.method, &changed.held)
        }
        DisputeState::Won => {
            let minor = changed.amount.minor().unsigned_abs();
            let (money, taken) = places(chart, changed.dispute, &changed.method);
            let mut entries = vec![vec![Posting::debit(money, minor), Posting::credit(taken, minor)]];
            entries.extend(moved(chart, &changed.held, Freeze::Ends));
            entries
        }
        DisputeState::Lost => lost(chart, changed),
        DisputeState::Inquiry | DisputeState::UnderReview | DisputeState::Closed => Vec::new(),
    }
}

pub(super) fn fee(mode: BookMode, booked: &DisputeFeeBooked) -> Vec<Vec<Posting>> {
    let (chart, minor) = (Chart::new(mode, booked.fee.currency()), booked.fee.minor().unsigned_abs());
    let borne = chart.account(AccountName::DisputeFees);
    let money = chart.account(booked.method.money_account());
    vec![match booked.flow {
        DisputeFeeFlow::Charged => vec![Posting::debit(borne, minor), Posting::credit(money, minor)],
        DisputeFeeFlow::Returned => vec![Posting::debit(money, minor), Posting::credit(borne, minor)],
    }]
}

/// Where the money of the gift is, and where it is while nobody has decided.
fn places(chart: Chart, dispute: DisputeId, method: &Method) -> (Account, Account) {
    (chart.account(method.money_account()), chart.account(AccountName::DisputeHeld { dispute }))
}

/// The bank takes its money; what causes still have of it they cannot have.
fn withdrawn(
    chart: Chart,
    dispute: DisputeId,
    amount: Amount,
    method: &Method,
    held: &[Designation],
) -> Vec<Vec<Posting>> {
    let minor = amount.minor().unsigned_abs();
    let (money, taken) = places(chart, dispute, method);
    let mut entries = vec![vec![Posting::debit(taken, minor), Posting::credit(money, minor)]];
    entries.extend(moved(chart, held, Freeze::Begins));
    entries
}

#[derive(Clone, Copy)]
enum Freeze {
    Begins,
    Ends,
}

/// An entry that freezes money of causes, or gives it back to them; none where there is none.
fn moved(chart: Chart, held: &[Designation], freeze: Freeze) -> Option<Vec<Posting>> {
    let postings = held.iter().flat_map(|Designation { cause, amount }| {
        let minor = amount.minor().unsigned_abs();
        let available = chart.account(AccountName::CauseAvailable { cause: *cause });
        let frozen = chart.account(AccountName::CauseHeld { cause: *cause });
        match freeze {
            Freeze::Begins => [Posting::debit(available, minor), Posting::credit(frozen, minor)],
            Freeze::Ends => [Posting::debit(frozen, minor), Posting::credit(available, minor)],
        }
    });
    let postings: Vec<Posting> = postings.collect();
    (!postings.is_empty()).then_some(postings)
}

/// What was frozen is free again, and each part loses its share; what was taken beyond the gift is the platform's.
fn lost(chart: Chart, changed: &DisputeChanged) -> Vec<Vec<Posting>> {
    let minor = changed.amount.minor().unsigned_abs();
    let (_, taken) = places(chart, changed.dispute, &changed.method);
    let lost_minor = changed.shares.iter().map(|share| share.share_minor).fold(0, u64::saturating_add);
    let mut postings = losses(chart, &changed.shares, &changed.held);
    let beyond = minor.saturating_sub(lost_minor);
    if beyond > 0 {
        postings.push(Posting::debit(chart.account(AccountName::BeyondGift), beyond));
    }
    postings.push(Posting::credit(taken, minor));
    let mut entries = vec![postings];
    entries.extend(moved(chart, &left_over(&changed.shares, &changed.held), Freeze::Ends));
    entries
}

/// From each part its share: of a cause what is frozen first.
fn losses(chart: Chart, shares: &[PartShare], held: &[Designation]) -> Vec<Posting> {
    let mut postings = Vec::with_capacity(shares.len().saturating_add(2));
    for share in shares {
        let frozen_minor = frozen_of(share, held).min(share.share_minor);
        if let (Beneficiary::Cause { cause }, 1..) = (share.beneficiary, frozen_minor) {
            postings.push(Posting::debit(chart.account(AccountName::CauseHeld { cause }), frozen_minor));
        }
        let rest = share.share_minor.saturating_sub(frozen_minor);
        postings.extend(from_parts(chart, core::iter::once((share.beneficiary, rest))));
    }
    postings
}

/// What was frozen of a part.
fn frozen_of(share: &PartShare, held: &[Designation]) -> u64 {
    let of_part = held.iter().find(|held| share.beneficiary == Beneficiary::Cause { cause: held.cause });
    of_part.map_or(0, |held| held.amount.minor().unsigned_abs())
}

/// What was frozen and is not lost.
fn left_over(shares: &[PartShare], held: &[Designation]) -> Vec<Designation> {
    let left = held.iter().filter_map(|held| {
        let lost = shares.iter().find(|share| share.beneficiary == Beneficiary::Cause { cause: held.cause });
        let lost_minor = lost.map_or(0, |share| share.share_minor);
        let minor = held.amount.minor().unsigned_abs().saturating_sub(lost_minor);
        let amount = crate::giving::donation::amount_of(minor, held.amount.currency())?;
        Some(Designation { cause: held.cause, amount })
    });
    left.collect()
}
