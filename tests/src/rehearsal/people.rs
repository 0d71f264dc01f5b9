//! Donors, causes and rows of other systems, right and wrong ones. Few e-mail addresses and external ids, so
//! that they are wanted twice, given up and taken over.

use ledger_core::{
    Attribute, CauseDetails, CauseStatus, DonorId, DonorKind, DonorProfile, DonorStanding, EraseDonor,
    ErasureReason, MergeDonors, OpenCause, RecordedAs, RegisterDonor, TakeOver, UndoMerge, UpdateCause,
    UpdateDonor,
};

use super::keys::{key, key_or_none};
use super::money::{amount, cause, currency, day, donor, memo, reason};
use crate::dice::Dice;
use crate::model::{Model, civil_day};

/// Addresses that donors have, some of them the same in other letters.
pub(super) const EMAILS: [&str; 7] = [
    "ada@example.org",
    " ADA@Example.org ",
    "bob@example.org",
    "BOB@EXAMPLE.ORG",
    "ümit@example.org",
    "ÜMIT@example.org",
    "\"a@b\"@example.org",
];

/// External ids of donors and causes; the last is a spelling of its own.
pub(super) const EXTERNAL_IDS: [&str; 4] = ["x-1", "x-2", "x-3", "X-1"];

fn text(dice: &mut Dice, good: &str, limit: usize) -> String {
    match dice.below(60) {
        0 => " ".to_owned(),
        1 => "t".repeat(limit + 1),
        2 => format!("{good}\t"),
        3 => "t".repeat(limit),
        _ => good.to_owned(),
    }
}

fn maybe(dice: &mut Dice, good: &str, limit: usize) -> Option<String> {
    dice.once_in(2).then(|| text(dice, good, limit))
}

fn profile(dice: &mut Dice) -> DonorProfile {
    let attribute = |name: &str, value: &str| Attribute { name: name.to_owned(), value: value.to_owned() };
    let attributes = match dice.below(20) {
        0 => vec![attribute("a", "1"), attribute("a", "2")],
        1 => (0..33).map(|number| attribute(&number.to_string(), "v")).collect(),
        2 => vec![attribute(&"n".repeat(65), "1")],
        3..=6 => vec![attribute("size", "L\nor XL"), attribute("tier", "2")],
        _ => vec![],
    };
    let bad_email = dice.pick(&["ada", "@example.org", "ada@", "a da@example.org", "", "a@\n"]);
    let email = dice.pick(&EMAILS);
    let email = if dice.once_in(10) { bad_email } else { email };
    let external_id = dice.pick(&EXTERNAL_IDS);
    DonorProfile {
        name: maybe(dice, "Ada", 200),
        email: dice.once_in(3).then(|| email.to_owned()),
        external_id: if dice.once_in(3) { Some(text(dice, external_id, 200)) } else { None },
        date_of_birth: dice.once_in(4).then(|| civil_day(0)),
        location: maybe(dice, "Kraków", 200),
        attributes,
    }
}

pub(super) fn register(dice: &mut Dice, model: &Model) -> RegisterDonor {
    let standing = dice.pick(&[DonorStanding::Registered, DonorStanding::Guest, DonorStanding::Anonymous]);
    let is_bare = standing == DonorStanding::Anonymous && !dice.once_in(4);
    RegisterDonor {
        key: key_or_none(dice, model),
        kind: dice.pick(&[DonorKind::Person, DonorKind::Organisation]),
        standing,
        profile: if is_bare { DonorProfile::default() } else { profile(dice) },
    }
}

pub(super) fn update_donor(dice: &mut Dice, model: &Model) -> UpdateDonor {
    let donor = donor(dice, model);
    let mut changed = profile(dice);
    // At times most of it stays as it was.
    let known = model.donors.iter().find(|known| known.id == donor);
    if let Some(known) = known.filter(|_| dice.once_in(2)) {
        changed = DonorProfile { location: changed.location, ..known.profile.clone() };
    }
    UpdateDonor { key: key_or_none(dice, model), donor, profile: changed }
}

fn details(dice: &mut Dice, model: &Model, currency: ledger_core::Currency) -> CauseDetails {
    let external_id = dice.pick(&EXTERNAL_IDS);
    let goal_in = if dice.once_in(12) { super::money::currency(dice) } else { currency };
    let has_dates = dice.once_in(4);
    CauseDetails {
        name: text(dice, "Water", 200),
        description: maybe(dice, "Wells\nand pumps", 4000),
        external_id: if dice.once_in(3) { Some(text(dice, external_id, 200)) } else { None },
        goal: if dice.once_in(3) { Some(amount(dice, goal_in)) } else { None },
        opens_on: if has_dates { day(dice, model) } else { None },
        closes_on: if has_dates { day(dice, model) } else { None },
    }
}

pub(super) fn open_cause(dice: &mut Dice, model: &Model) -> OpenCause {
    let currency = currency(dice);
    OpenCause { key: key_or_none(dice, model), currency, details: details(dice, model, currency) }
}

pub(super) fn update_cause(dice: &mut Dice, model: &Model) -> UpdateCause {
    let (cause, currency) = cause(dice, model);
    let status = dice.pick(&[CauseStatus::Open, CauseStatus::Open, CauseStatus::Paused, CauseStatus::Closed]);
    UpdateCause { key: key_or_none(dice, model), cause, details: details(dice, model, currency), status }
}

pub(super) fn take_over(dice: &mut Dice, model: &Model) -> TakeOver {
    let recorded_as = match dice.below(8) {
        0..=1 => RecordedAs::Nothing,
        2..=3 => RecordedAs::Adjustment { reason: reason(dice) },
        _ => RecordedAs::Gift,
    };
    let cause_external_id = dice.pick(&EXTERNAL_IDS);
    let known = model.cause_with_external_id(cause_external_id).map(|cause| cause.currency);
    let of_row = if dice.once_in(10) { None } else { known }.unwrap_or_else(|| currency(dice));
    let of_amount = if dice.once_in(15) { currency(dice) } else { of_row };
    let donor_external_id = dice.pick(&EXTERNAL_IDS);
    TakeOver {
        key: key(dice, model),
        recorded_as,
        donor_external_id: text(dice, donor_external_id, 200),
        donor_kind: dice.pick(&[DonorKind::Person, DonorKind::Organisation]),
        donor_name: maybe(dice, "Grace", 200),
        cause_external_id: text(dice, cause_external_id, 200),
        cause_name: maybe(dice, "Trees", 200),
        currency: of_row,
        amount: if dice.once_in(12) { None } else { Some(amount(dice, of_amount)) },
        occurred_on: day(dice, model),
        memo: memo(dice),
    }
}

pub(super) fn erase(dice: &mut Dice, model: &Model) -> EraseDonor {
    let key = dice.once_in(2).then(|| key(dice, model));
    EraseDonor { key, donor: donor(dice, model), reason: dice.pick(&ErasureReason::ALL) }
}

/// Two donors, mostly of the ledger, at times the same.
pub(super) fn merge(dice: &mut Dice, model: &Model) -> MergeDonors {
    MergeDonors { key: key_or_none(dice, model), keep: donor(dice, model), gone: donor(dice, model) }
}

/// Mostly of a donor that is merged.
pub(super) fn undo_merge(dice: &mut Dice, model: &Model) -> UndoMerge {
    let merged: Vec<DonorId> =
        model.donors.iter().filter(|donor| donor.merged_into.is_some()).map(|donor| donor.id).collect();
    let any = donor(dice, model);
    let gone = if dice.once_in(5) { any } else { dice.any(&merged).unwrap_or(any) };
    UndoMerge { key: key_or_none(dice, model), gone }
}
