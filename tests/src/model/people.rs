//! Donors who are erased: what is kept of them, what they may still do, and what a repeat is compared with.

use ledger_core::{Command, Committed, DonorId, DonorProfile, EraseDonor, Event, LineKind, Right};

use super::Model;
use super::seen::Line;

type Guard = Result<(), u16>;

impl Model {
    pub(super) fn guard_erase(&self, command: &EraseDonor) -> Guard {
        if self.donors.iter().all(|donor| donor.id != command.donor) {
            return Err(2001);
        }
        self.guard_not_erased(command.donor)
    }

    /// A donor who is known may be erased by now.
    pub(super) fn guard_not_erased(&self, id: DonorId) -> Guard {
        let is_erased = self.donors.iter().any(|donor| donor.id == id && donor.erased.is_some());
        if is_erased { Err(3014) } else { Ok(()) }
    }

    pub(super) fn erase(&mut self, command: &EraseDonor) {
        for id in self.ids_of(command.donor) {
            let line = Line { donor: Some(id), ..self.line(LineKind::DonorErased) };
            for gift in self.gifts.iter_mut().filter(|gift| gift.command.donor == id) {
                gift.command.memo = None;
            }
            let donor = self.donor_mut(id);
            (donor.profile, donor.erased) = (DonorProfile::default(), Some(command.reason));
            donor.lines.push(line);
        }
    }

    /// Whether a command repeats another. Of a donor who was erased, personal content cannot be compared.
    pub(super) fn is_same(&self, original: &Command, given: &Command, answer: &Committed) -> bool {
        let donor = answer.events.iter().rev().find_map(Event::donor);
        let was_erased = donor.is_some_and(|id| self.guard_not_erased(id).is_err());
        if was_erased { open_part(original) == open_part(given) } else { original == given }
    }
}

/// A command without what is personal about it.
fn open_part(command: &Command) -> Command {
    let mut open = command.clone();
    match &mut open {
        Command::RegisterDonor(command) => command.profile = DonorProfile::default(),
        Command::UpdateDonor(command) => command.profile = DonorProfile::default(),
        Command::Donate(command) => command.memo = None,
        Command::Refund(command) => command.memo = None,
        Command::Adjust(command) => command.memo = None,
        Command::Correct(command) => match &mut command.right {
            Right::Donation(right) => right.memo = None,
            Right::Refund(right) => right.memo = None,
            Right::Adjustment(right) => right.memo = None,
            _ => {}
        },
        Command::TakeOver(row) => {
            (row.memo, row.donor_name) = (None, None);
            row.donor_external_id.clear();
        }
        _ => {}
    }
    open
}
