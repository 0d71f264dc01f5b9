//! Keys: new ones, bad ones, claimed ones; commands that come again, the same or with one thing changed.

use ledger_core::{
    Amount, Command, DonorKind, ErasureReason, RefundScope, RegisterDonor, TakeOver, Visibility,
};

use crate::dice::Dice;
use crate::model::{Model, civil_day, key_of};

/// A key: mostly new, at times claimed already, seldom no key at all.
pub(super) fn key(dice: &mut Dice, model: &Model) -> String {
    match dice.below(60) {
        0 => dice.pick(&[String::new(), "a\u{7}b".to_owned(), "k".repeat(201)]),
        1 => "k".repeat(200),
        2..=4 => {
            let claimed: Vec<String> = model.keys.keys().cloned().collect();
            dice.any(&claimed).unwrap_or_else(|| "first".to_owned())
        }
        _ => format!("key {:016x}", dice.roll()),
    }
}

/// A key for a command that can do without.
pub(super) fn key_or_none(dice: &mut Dice, model: &Model) -> Option<String> {
    dice.once_in(2).then(|| key(dice, model))
}

/// A command that was asked for before, accepted or not.
pub(super) fn repeat(dice: &mut Dice, model: &Model) -> Option<Command> {
    dice.any(&model.asked)
}

/// A command that was asked for before, with one thing changed.
pub(super) fn twist(dice: &mut Dice, model: &Model) -> Option<Command> {
    let keyed: Vec<&Command> = model.asked.iter().filter(|command| key_of(command).is_some()).collect();
    let mut command = dice.any(&keyed)?.clone();
    match &mut command {
        Command::RegisterDonor(command) => match dice.below(3) {
            0 => command.kind = other_kind(command.kind),
            1 => command.profile.name = other_text(command.profile.name.as_ref()),
            _ => command.profile.email = command.profile.email.as_ref().map(|email| email.to_uppercase()),
        },
        Command::UpdateDonor(command) => {
            command.profile.location = other_text(command.profile.location.as_ref());
        }
        Command::OpenCause(command) => command.details.name.push('!'),
        Command::UpdateCause(command) => {
            command.details.description = other_text(command.details.description.as_ref());
        }
        Command::Donate(command) => match dice.below(4) {
            0 => command.memo = other_text(command.memo.as_ref()),
            1 => command.visibility = Visibility::Anonymous,
            2 => command.designations.reverse(),
            _ => command.tip = command.designations.first().map(|to| to.amount),
        },
        Command::Refund(command) => match dice.below(2) {
            0 => command.memo = other_text(command.memo.as_ref()),
            _ => command.scope = RefundScope::Everything,
        },
        Command::Adjust(command) => match dice.below(2) {
            0 => command.memo = other_text(command.memo.as_ref()),
            _ => command.amount = one_more(command.amount),
        },
        Command::TakeOver(row) => twist_row(dice, row),
        Command::Reallocate(command) => match dice.below(2) {
            0 => (command.from, command.to) = (command.to, command.from),
            _ => command.amount = one_more(command.amount),
        },
        Command::ClosePeriod(command) => command.through = command.through.next().expect("a day after"),
        Command::EraseDonor(command) => {
            let other = ErasureReason::ALL.into_iter().find(|reason| *reason != command.reason);
            command.reason = other.expect("several reasons");
        }
        Command::Correct(command) => {
            let day = command.reversed_on.unwrap_or_else(|| civil_day(0));
            command.reversed_on = day.next();
        }
        Command::MergeDonors(command) => (command.keep, command.gone) = (command.gone, command.keep),
        Command::UndoMerge(command) => {
            let other = model.donors.iter().map(|donor| donor.id).find(|id| *id != command.gone);
            command.gone = other.unwrap_or(command.gone);
        }
        // It says nothing but its key.
        Command::BeginEpoch(begin) => {
            let key = begin.key.take();
            command = Command::RegisterDonor(RegisterDonor { key, ..RegisterDonor::default() });
        }
        other => panic!("no twist for {other:?}"),
    }
    Some(command)
}

fn twist_row(dice: &mut Dice, row: &mut TakeOver) {
    match dice.below(5) {
        0 => row.memo = other_text(row.memo.as_ref()),
        1 => row.amount = row.amount.map(one_more),
        2 => row.donor_name = other_text(row.donor_name.as_ref()),
        3 => row.donor_external_id.push('0'),
        _ => row.donor_kind = other_kind(row.donor_kind),
    }
}

fn other_text(text: Option<&String>) -> Option<String> {
    match text {
        Some(text) if text.len() > 3 => None,
        Some(text) => Some(format!("{text}, too")),
        None => Some("new".to_owned()),
    }
}

fn other_kind(kind: DonorKind) -> DonorKind {
    match kind {
        DonorKind::Person => DonorKind::Organisation,
        DonorKind::Organisation => DonorKind::Person,
    }
}

fn one_more(amount: Amount) -> Amount {
    Amount::from_minor(amount.minor() % 1000 + 1, amount.currency()).expect("positive")
}
