//! What is done next: a seed and what is known so far in, an action out.

use ledger_core::{BeginEpoch, Command};

use super::corrections::correct;
use super::keys::{key_or_none, repeat, twist};
use super::money::{adjust, close_period, donate, reallocate, refund};
use super::people::{erase, merge, open_cause, register, take_over, undo_merge, update_cause, update_donor};
use crate::dice::Dice;
use crate::model::Model;

/// One step of a rehearsal.
#[derive(Debug, Clone)]
pub enum Action {
    /// Commands in one call.
    Ask(Vec<Command>),
    /// The clock moves by microseconds.
    MoveClock(i64),
    /// Close and open again.
    Close,
    /// Drop the handle as a killed process would, and open again.
    Kill,
}

/// The step that a seed stands for.
pub fn draw(seed: u64, model: &Model) -> Action {
    let mut dice = Dice::new(seed);
    match dice.below(24) {
        0 => Action::Close,
        1 => Action::Kill,
        2 => Action::MoveClock(step_of_clock(&mut dice)),
        3..=5 => {
            let count = 2 + dice.below(5);
            let mut commands: Vec<Command> = (0..count).map(|_| command(&mut dice, model)).collect();
            if dice.once_in(3) {
                commands.push(commands[0].clone());
            }
            Action::Ask(commands)
        }
        _ => Action::Ask(vec![command(&mut dice, model)]),
    }
}

fn step_of_clock(dice: &mut Dice) -> i64 {
    let (second, hour) = (1_000_000, 3_600_000_000);
    dice.pick(&[1, second, 7 * hour, 30 * hour, -second, -20 * hour, -60 * hour])
}

fn command(dice: &mut Dice, model: &Model) -> Command {
    match dice.below(46) {
        0..=2 => Command::RegisterDonor(register(dice, model)),
        3..=4 => Command::UpdateDonor(update_donor(dice, model)),
        5..=6 => Command::OpenCause(open_cause(dice, model)),
        7..=8 => Command::UpdateCause(update_cause(dice, model)),
        9..=15 => Command::Donate(donate(dice, model)),
        16..=21 => Command::Refund(refund(dice, model)),
        22 => Command::Adjust(adjust(dice, model)),
        24..=26 => Command::TakeOver(take_over(dice, model)),
        32..=34 => Command::Reallocate(reallocate(dice, model)),
        36 => Command::EraseDonor(erase(dice, model)),
        35 => Command::ClosePeriod(close_period(dice, model)),
        41..=43 => Command::MergeDonors(merge(dice, model)),
        44..=45 => Command::UndoMerge(undo_merge(dice, model)),
        23 => Command::BeginEpoch(BeginEpoch { key: key_or_none(dice, model) }),
        37..=40 => {
            correct(dice, model).map_or_else(|| Command::Donate(donate(dice, model)), Command::Correct)
        }
        27..=28 => repeat(dice, model).unwrap_or_else(|| Command::Donate(donate(dice, model))),
        _ => twist(dice, model).unwrap_or_else(|| Command::Refund(refund(dice, model))),
    }
}
