//! Corrections of every kind of entry by every kind of entry.

use ledger_core::{Correct, EntryKind, Right, WhyNothing, Wrong};

use super::keys::key;
use super::money::{adjust, day, donate, reallocate, refund};
use crate::dice::Dice;
use crate::model::Model;

/// A correction, once there is something to correct; seldom of what is not there.
pub(super) fn correct(dice: &mut Dice, model: &Model) -> Option<Correct> {
    let wrong = match dice.below(20) {
        0 => Wrong::Refund { refund: "ref_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id") },
        1 => Wrong::Donation { donation: "gft_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().expect("an id") },
        _ => dice.any(&model.entered())?,
    };
    let right = match (wrong, dice.below(6)) {
        (_, 0) => {
            let why = dice.pick(&[WhyNothing::EnteredTwice, WhyNothing::NeverHappened]);
            Right::Nothing { key: key(dice, model), why }
        }
        (_, 1) => Right::Adjustment(adjust(dice, model)),
        (_, 2) | (Wrong::Reallocation { .. }, _) => Right::Reallocation(reallocate(dice, model)),
        (_, 3) | (Wrong::Refund { .. }, _) => Right::Refund(refund(dice, model)),
        _ => Right::Donation(donate(dice, model)),
    };
    let entry = if dice.once_in(3) { EntryKind::Adjusting } else { EntryKind::Ordinary };
    Some(Correct { wrong, right, reversed_on: day(dice, model), entry })
}
