//! What disputes, debts of causes, fees given back and money set aside change in totals.

use super::{TotalsChange, TotalsOf, change, fees, minor_of, sum};
use crate::giving::donation::Beneficiary;
use crate::giving::policy::SettledBy;
use crate::giving::totals::Totals;
use crate::machine::event::{DisputeChanged, Event, FeesGivenBack, OverdraftBorneBy, ReceivableSettled};
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Amount;

/// What such an event changes.
pub(super) fn changes(event: &Event) -> Vec<TotalsChange> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::DisputeChanged(changed) => lost(changed),
        Event::CauseOverdrawn(overdrawn) => match overdrawn.borne_by {
            OverdraftBorneBy::Cause => Vec::new(),
            OverdraftBorneBy::Platform => {
                of_cause(overdrawn.cause, overdrawn.amount, |totals, minor| totals.written_off_minor = minor)
            }
        },
        Event::ReceivableSettled(settled) => of_settled(settled),
        Event::FeesGivenBack(given) => of_given_back(given),
        Event::GiftSetAside(aside) => of_cause(aside.cause, aside.amount, |totals, minor| {
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
    let borne = fees(first.amount.currency(), of_causes).into_iter();
    borne.map(|borne| TotalsChange { change: borne.change.negated(), ..borne }).collect()
}

/// What changes for a cause, and for all together.
fn of_cause(cause: CauseId, amount: Amount, make: impl Fn(&mut Totals, i128)) -> Vec<TotalsChange> {
    let minor = i128::from(amount.minor());
    let of = |of| change(of, amount.currency(), |totals| make(totals, minor));
    vec![of(TotalsOf::Cause(cause)), of(TotalsOf::AllCauses)]
}

/// A dispute that is lost takes the gift back, as far as there was still one.
fn lost(changed: &DisputeChanged) -> Vec<TotalsChange> {
    let currency = changed.amount.currency();
    let shares = || changed.shares.iter();
    let of_causes: Vec<(CauseId, u64)> = shares()
        .filter_map(|share| match share.beneficiary {
            Beneficiary::Cause { cause } => Some((cause, share.share_minor)),
            Beneficiary::Platform => None,
        })
        .collect();
    let lost = |of, minor: u64| change(of, currency, |totals| totals.disputed_minor = minor.into());
    let of_donor = sum(shares().map(|share| share.share_minor));
    let of_all = sum(of_causes.iter().map(|(_, minor)| *minor));
    let mut all = Vec::new();
    all.extend((of_donor > 0).then(|| lost(TotalsOf::Donor(changed.donor), of_donor)));
    all.extend(of_causes.into_iter().map(|(cause, minor)| lost(TotalsOf::Cause(cause), minor)));
    all.extend((of_all > 0).then(|| lost(TotalsOf::AllCauses, of_all)));
    all
}
