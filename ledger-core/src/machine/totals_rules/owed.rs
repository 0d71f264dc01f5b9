//! What disputes, debts of causes, fees given back and money set aside change in totals.

use super::{TotalsChange, TotalsOf, change, fees, minor_of, sum, undone};
use crate::giving::donation::Beneficiary;
use crate::giving::policy::SettledBy;
use crate::giving::totals::Totals;
use crate::machine::event::{
    Event, FeesGivenBack, OverdraftBorneBy, PartShare, ReceivableSettled, Taking, TakingsRedivided,
};
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::{Amount, Currency};

/// What such an event changes.
pub(super) fn changes(event: &Event) -> Vec<TotalsChange> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::DisputeChanged(changed) => {
            taken(changed.donor, changed.amount.currency(), &changed.shares, Enters::Disputed)
        }
        Event::RefundLearned(learned) => refunded(learned.donor, learned.amount.currency(), &learned.shares),
        Event::TakingsRedivided(anew) => redivided(anew),
        Event::CauseOverdrawn(overdrawn) => match overdrawn.borne_by {
            OverdraftBorneBy::Cause => Vec::new(),
            OverdraftBorneBy::Platform => {
                of_cause(overdrawn.cause, overdrawn.amount, |totals, minor| totals.written_off_minor = minor)
            }
        },
        Event::OverdraftReturned(returned) => of_cause(returned.cause, returned.amount, |totals, minor| {
            totals.written_off_minor = minor.saturating_neg();
        }),
        Event::ReceivableSettled(settled) => of_settled(settled),
        Event::FeesGivenBack(given) => of_given_back(given),
        Event::GiftSetAside(aside) => of_cause(aside.cause, aside.amount, |totals, minor| {
            totals.adjusted_minor = minor.saturating_neg();
        }),
        Event::SetAsideAgain(again) => of_cause(again.cause, again.amount, |totals, minor| {
            totals.adjusted_minor = minor.saturating_neg();
        }),
        Event::SetAsideReleased(released) => {
            of_cause(released.to, released.amount, |totals, minor| totals.adjusted_minor = minor)
        }
        _ => Vec::new(),
    }
}

fn of_settled(settled: &ReceivableSettled) -> Vec<TotalsChange> {
    let (cause, amount) = (settled.cause, settled.amount);
    match settled.by {
        SettledBy::Repayment { .. } => {
            of_cause(cause, amount, |totals, minor| totals.paid_out_minor = minor.saturating_neg())
        }
        SettledBy::WriteOff => of_cause(cause, amount, |totals, minor| totals.written_off_minor = minor),
        // From one account of the cause to another.
        SettledBy::SetOff => Vec::new(),
    }
}

fn of_given_back(given: &FeesGivenBack) -> Vec<TotalsChange> {
    let Some(first) = given.to.first() else { return Vec::new() };
    let of_causes = given.to.iter().map(|each| (each.cause, minor_of(each.amount)));
    undone(fees(first.amount.currency(), of_causes))
}

/// What changes for a cause, and for all together.
fn of_cause(cause: CauseId, amount: Amount, make: impl Fn(&mut Totals, i128)) -> Vec<TotalsChange> {
    let minor = i128::from(amount.minor());
    let of = |of| change(of, amount.currency(), |totals| make(totals, minor));
    vec![of(TotalsOf::Cause(cause)), of(TotalsOf::AllCauses)]
}

/// What a refund takes from parts.
pub(super) fn refunded(donor: DonorId, currency: Currency, shares: &[PartShare]) -> Vec<TotalsChange> {
    taken(donor, currency, shares, Enters::Refunded)
}

/// The total that is changed.
#[derive(Clone, Copy)]
enum Enters {
    Refunded,
    Disputed,
}

/// What is taken from parts: of the donor the sum, of each cause its share.
fn taken(donor: DonorId, currency: Currency, shares: &[PartShare], enters: Enters) -> Vec<TotalsChange> {
    let of_causes: Vec<(CauseId, u64)> = shares
        .iter()
        .filter_map(|share| match share.beneficiary {
            Beneficiary::Cause { cause } => Some((cause, share.share_minor)),
            Beneficiary::Platform => None,
        })
        .collect();
    let taken = |of, minor: u64| {
        change(of, currency, |totals| match enters {
            Enters::Refunded => totals.refunded_minor = minor.into(),
            Enters::Disputed => totals.disputed_minor = minor.into(),
        })
    };
    let of_donor = sum(shares.iter().map(|share| share.share_minor));
    let of_all = sum(of_causes.iter().map(|(_, minor)| *minor));
    let mut all = Vec::new();
    all.extend((of_donor > 0).then(|| taken(TotalsOf::Donor(donor), of_donor)));
    all.extend(of_causes.into_iter().map(|(cause, minor)| taken(TotalsOf::Cause(cause), minor)));
    all.extend((of_all > 0).then(|| taken(TotalsOf::AllCauses, of_all)));
    all
}

/// What was taken before is given again, and what is taken now is taken.
fn redivided(anew: &TakingsRedivided) -> Vec<TotalsChange> {
    let mut all = Vec::new();
    for of in &anew.takings {
        let enters = match of.taking {
            Taking::Refund { .. } => Enters::Refunded,
            Taking::Dispute { .. } => Enters::Disputed,
        };
        all.extend(undone(taken(anew.donor, anew.currency, &of.before, enters)));
        all.extend(taken(anew.donor, anew.currency, &of.after, enters));
    }
    all
}
