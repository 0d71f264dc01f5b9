//! Gifts, refunds and adjustments, right and wrong ones.

use ledger_core::{
    Adjust, AdjustmentReason, Amount, CauseId, ClosePeriod, Currency, Date, Designation, Donate, DonationId,
    DonorId, EntryKind, FeeBearer, Method, Reallocate, Refund, RefundScope, Visibility,
};

use super::keys::key;
use crate::dice::Dice;
use crate::model::{GiftSeen, Model, civil_day};

pub(super) fn currency(dice: &mut Dice) -> Currency {
    dice.pick(&["EUR", "EUR", "EUR", "JPY", "KWD"]).parse().expect("a currency")
}

fn small(dice: &mut Dice, largest: u64) -> i64 {
    i64::try_from(1 + dice.below(largest)).expect("small")
}

/// Mostly small, so that divisions leave remainders and refunds reach the end.
pub(super) fn amount(dice: &mut Dice, currency: Currency) -> Amount {
    let minor = match dice.below(40) {
        0 => i64::MAX,
        1 => i64::MAX / 2,
        2..=12 => small(dice, 50_000),
        _ => small(dice, 12),
    };
    Amount::from_minor(minor, currency).expect("positive")
}

/// A day near the last record's, or none.
pub(super) fn day(dice: &mut Dice, model: &Model) -> Option<Date> {
    let days = dice.pick(&[0, 0, -40, -1, 1, 40]);
    dice.once_in(2).then(|| civil_day((model.time + days * 86_400_000_000).max(0)))
}

pub(super) fn memo(dice: &mut Dice) -> Option<String> {
    match dice.below(24) {
        0 => dice.pick(&[Some(" \n".to_owned()), Some("m".repeat(1001)), Some("a\u{0}".to_owned())]),
        1 => Some("m".repeat(1000)),
        2..=7 => dice.pick(&[Some("for Ada\nwith love".to_owned()), Some("x".to_owned())]),
        _ => None,
    }
}

fn method(dice: &mut Dice) -> Method {
    let bank = |name: &str| name.to_owned();
    match dice.below(24) {
        0 => Method::Offline { bank: bank("Main Bank") },
        1 => Method::CapturedElsewhere { bank: "b".repeat(41) },
        2..=13 => Method::Offline { bank: bank("main") },
        14..=19 => Method::CapturedElsewhere { bank: bank("till-2") },
        _ => Method::Imported,
    }
}

/// A donor of the ledger, seldom somebody else.
pub(super) fn donor(dice: &mut Dice, model: &Model) -> DonorId {
    let known: Vec<DonorId> = model.donors.iter().map(|donor| donor.id).collect();
    let unknown = "don_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id");
    if dice.once_in(30) { unknown } else { dice.any(&known).unwrap_or(unknown) }
}

/// A cause of the ledger, seldom another, and its currency.
pub(super) fn cause(dice: &mut Dice, model: &Model) -> (CauseId, Currency) {
    let known: Vec<(CauseId, Currency)> =
        model.causes.iter().map(|cause| (cause.id, cause.currency)).collect();
    let unknown = ("cau_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id"), currency(dice));
    if dice.once_in(40) { unknown } else { dice.any(&known).unwrap_or(unknown) }
}

/// A donation of the ledger, seldom a made-up id: one that names a record, and one that names none.
fn gift(dice: &mut Dice, model: &Model) -> Result<GiftSeen, DonationId> {
    match dice.below(30) {
        0 => Err("gft_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id")),
        1 => {
            let (cause, _) = cause(dice, model);
            Err(cause.to_string().replace("cau_", "gft_").parse().expect("an id"))
        }
        _ => dice.any(&model.gifts).ok_or("gft_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id")),
    }
}

pub(super) fn donate(dice: &mut Dice, model: &Model) -> Donate {
    let (first, currency) = cause(dice, model);
    let mut causes = vec![first];
    let mut others: Vec<CauseId> = model
        .causes
        .iter()
        .filter(|other| other.currency == currency && other.id != first)
        .map(|c| c.id)
        .collect();
    for _ in 0..dice.below(4) {
        if !others.is_empty() {
            causes.push(others.swap_remove(dice.place(others.len())));
        }
    }
    match dice.below(60) {
        0 => causes.clear(),
        1 => causes = vec![first; 101],
        2 => causes.push(first),
        3 => causes.push(cause(dice, model).0),
        _ => {}
    }
    let mut designations: Vec<Designation> =
        causes.into_iter().map(|cause| Designation { cause, amount: amount(dice, currency) }).collect();
    if let Some(last) = designations.last_mut().filter(|_| dice.once_in(30)) {
        let other = self::currency(dice);
        last.amount = amount(dice, other);
    }
    let or_other = |dice: &mut Dice| {
        if dice.once_in(30) { self::currency(dice) } else { currency }
    };
    let tip =
        if dice.once_in(3) { Some(or_other(dice)) } else { None }.map(|currency| amount(dice, currency));
    let fee =
        if dice.once_in(3) { Some(or_other(dice)) } else { None }.map(|currency| amount(dice, currency));
    Donate {
        key: key(dice, model),
        donor: donor(dice, model),
        designations,
        tip,
        fee,
        fee_bearer: dice.pick(&[FeeBearer::Causes, FeeBearer::Causes, FeeBearer::Platform]),
        method: method(dice),
        occurred_on: day(dice, model),
        visibility: dice.pick(&[Visibility::Public, Visibility::Anonymous]),
        memo: memo(dice),
    }
}

pub(super) fn refund(dice: &mut Dice, model: &Model) -> Refund {
    let found = gift(dice, model);
    let (donation, scope) = match found {
        Ok(gift) => (gift.id, scope(dice, model, &gift)),
        Err(unknown) => (unknown, RefundScope::Everything),
    };
    Refund { key: key(dice, model), donation, scope, occurred_on: day(dice, model), memo: memo(dice) }
}

fn scope(dice: &mut Dice, model: &Model, gift: &GiftSeen) -> RefundScope {
    let money = |dice: &mut Dice, rest: u64| {
        let wanted = match dice.below(8) {
            0 => rest.saturating_add(1),
            1 => rest,
            _ => 1 + dice.below(rest.clamp(1, 40)),
        };
        let other = if dice.once_in(30) { currency(dice) } else { gift.currency };
        Amount::from_minor(i64::try_from(wanted).unwrap_or(i64::MAX).max(1), other).expect("positive")
    };
    match dice.below(8) {
        0 => RefundScope::Everything,
        1..=4 => RefundScope::Proportional { amount: money(dice, gift.rest()) },
        _ => {
            let mut from = Vec::new();
            for part in &gift.parts {
                if let Some(cause) = part.cause.filter(|_| dice.once_in(2)) {
                    from.push(Designation { cause, amount: money(dice, part.rest()) });
                }
            }
            if dice.once_in(8) {
                from.push(Designation { cause: cause(dice, model).0, amount: money(dice, 5) });
            }
            if let Some(first) = from.first().cloned().filter(|_| dice.once_in(20)) {
                from.push(first);
            }
            RefundScope::Causes { from }
        }
    }
}

pub(super) fn reason(dice: &mut Dice) -> AdjustmentReason {
    dice.pick(&[
        AdjustmentReason::UnlinkedRefund,
        AdjustmentReason::VoidedRefund,
        AdjustmentReason::RedesignatedIn,
        AdjustmentReason::RedesignatedOut,
        AdjustmentReason::Chargeback,
    ])
}

pub(super) fn adjust(dice: &mut Dice, model: &Model) -> Adjust {
    let (cause, of_cause) = cause(dice, model);
    let other = if dice.once_in(15) { currency(dice) } else { of_cause };
    Adjust {
        key: key(dice, model),
        donor: donor(dice, model),
        cause,
        amount: amount(dice, other),
        reason: reason(dice),
        method: method(dice),
        occurred_on: day(dice, model),
        entry: entry(dice),
        memo: memo(dice),
    }
}

fn entry(dice: &mut Dice) -> EntryKind {
    if dice.once_in(3) { EntryKind::Adjusting } else { EntryKind::Ordinary }
}

pub(super) fn reallocate(dice: &mut Dice, model: &Model) -> Reallocate {
    let (from, currency) = cause(dice, model);
    let (to, _) = cause(dice, model);
    Reallocate {
        key: key(dice, model),
        from,
        to,
        amount: amount(dice, currency),
        occurred_on: day(dice, model),
        entry: entry(dice),
    }
}

/// Mostly a day that is over, seldom one that is not.
pub(super) fn close_period(dice: &mut Dice, model: &Model) -> ClosePeriod {
    let days = dice.pick(&[0, -1, -2, -39, -41, -60]);
    let through = civil_day((model.time + days * 86_400_000_000).max(0));
    ClosePeriod { key: key(dice, model), through }
}
