//! Corrections: what was entered is remembered posting by posting, and taken back posting by posting.

use ledger_core::{
    CauseStatus, Command, Committed, Correct, CorrectionReason, Date, DonationId, DonorId, EntryKind,
    LineKind, Right, WhyNothing, Wrong,
};

use super::Model;
use super::seen::{Line, MoveOf, Sums};

type Guard = Result<(), u16>;

/// Account, currency, debit, credit.
pub(super) type Posting = (String, String, u64, u64);

/// A movement of totals.
pub(super) type Moved = (MoveOf, String, Sums);

/// An entry that can be taken back.
#[derive(Debug, Clone)]
pub(super) struct Entered {
    id: Wrong,
    kind: LineKind,
    seq: u64,
    day: Date,
    posted: Vec<Posting>,
    moved: Vec<Moved>,
    entries: u64,
    /// What each part of the donation gave back, of a refund.
    shares: Vec<u64>,
    reversed: bool,
}

impl Model {
    /// Remembers what was posted and moved since the day began.
    pub(super) fn remember(&mut self, id: Wrong, kind: LineKind, day: Date, shares: Vec<u64>) {
        let (seq, posted, moved) = (self.seq, self.posted.clone(), self.moved.clone());
        let (entries, reversed) = (self.entries - self.entries_before, false);
        self.entered.push(Entered { id, kind, seq, day, posted, moved, entries, shares, reversed });
    }

    /// What can be named as wrong, oldest first.
    pub fn entered(&self) -> Vec<Wrong> {
        self.entered.iter().map(|each| each.id).collect()
    }

    pub(super) fn guard_correct(&self, command: &Correct, today: Date) -> Guard {
        let unknown = if matches!(command.wrong, Wrong::Donation { .. }) { 2003_u16 } else { 2005 };
        let wrong = self.entered.iter().find(|each| each.id == command.wrong).ok_or(unknown)?;
        if wrong.reversed {
            return Err(3015);
        }
        let of_gift = |id: DonationId| self.gifts.iter().find(|gift| gift.id == id);
        if let Wrong::Donation { donation } = command.wrong
            && of_gift(donation).is_some_and(|gift| !gift.refunds.is_empty())
        {
            return Err(3016);
        }
        // The right entry is judged on a book in which the wrong one is gone, and whatever causes take now.
        let mut then = self.clone();
        let day = then.mark_as_reversed(command.wrong).day;
        for cause in &mut then.causes {
            cause.status = CauseStatus::Open;
        }
        // A gift without words is put right although its donor was erased.
        let of_wrong = self.donor_of(command.wrong);
        if let Right::Donation(right) = &command.right
            && right.memo.is_none()
        {
            for donor in then.donors.iter_mut().filter(|donor| Some(donor.id) == of_wrong) {
                donor.erased = None;
            }
        }
        right_of(command, day).map_or(Ok(()), |right| then.guard_content(&right, today))
    }

    fn donor_of(&self, wrong: Wrong) -> Option<DonorId> {
        let entered = self.entered.iter().find(|each| each.id == wrong)?;
        entered
            .moved
            .iter()
            .find_map(|(of, ..)| if let MoveOf::Donor(donor) = of { Some(*donor) } else { None })
    }

    pub(super) fn guard_days_of_correction(&self, command: &Correct) -> Guard {
        let wrong = self.entered.iter().find(|each| each.id == command.wrong).expect("guarded before");
        let right = right_of(command, wrong.day);
        let entry = match &right {
            Some(Command::Adjust(right)) => right.entry,
            Some(Command::Reallocate(right)) => right.entry,
            _ => EntryKind::Ordinary,
        };
        let days = [
            (command.reversed_on.or(Some(wrong.day)), command.entry),
            (right.as_ref().and_then(day_of), command.entry.max(entry)),
        ];
        let is_closed = |day: Date| self.closed_through.is_some_and(|through| day <= through);
        let refused = |(day, entry): &(Option<Date>, EntryKind)| {
            *entry == EntryKind::Ordinary && day.is_some_and(is_closed)
        };
        if days.iter().any(refused) { Err(3012) } else { Ok(()) }
    }

    pub(super) fn correct(&mut self, command: &Correct, answer: &Committed) {
        let wrong = self.mark_as_reversed(command.wrong);
        let day = self.begin(Some(command.reversed_on.unwrap_or(wrong.day)));
        for (name, code, debit, credit) in &wrong.posted {
            self.post(name, code, *credit, *debit);
        }
        for (of, code, sums) in &wrong.moved {
            self.add(*of, code, &sums.opposite());
        }
        self.entries += wrong.entries;
        let (reversal, seq, time) = (answer.reversal(), self.seq, self.time);
        assert!(reversal.is_some(), "a reversal's id");
        let again = |lines: &mut Vec<Line>| {
            let found = lines.iter().find(|line| line.seq == wrong.seq && line.kind == wrong.kind).cloned();
            let kind = LineKind::Reversal;
            lines.extend(found.map(|line| Line { seq, time, day, kind, reversal, ..line }));
        };
        self.donors.iter_mut().for_each(|donor| again(&mut donor.lines));
        self.causes.iter_mut().for_each(|cause| again(&mut cause.lines));
        let line_reason = match &command.right {
            Right::Nothing { why: WhyNothing::EnteredTwice, .. } => CorrectionReason::EnteredTwice,
            Right::Nothing { why: WhyNothing::NeverHappened, .. } => CorrectionReason::NeverHappened,
            _ => CorrectionReason::EnteredWrongly,
        };
        let lines = self.donors.iter_mut().flat_map(|donor| &mut donor.lines);
        let lines = lines.chain(self.causes.iter_mut().flat_map(|cause| &mut cause.lines));
        for line in lines.filter(|line| line.reversal == reversal) {
            line.correction = Some(line_reason);
        }
        match right_of(command, wrong.day) {
            Some(Command::Donate(right)) => {
                self.give(answer.donation().expect("a donation's id"), &right);
            }
            Some(Command::Refund(right)) => self.give_back(answer.refund().expect("a refund's id"), &right),
            Some(Command::Adjust(right)) => {
                self.adjust(answer.adjustment().expect("an adjustment's id"), &right);
            }
            Some(Command::Reallocate(right)) => {
                self.reallocate(answer.reallocation().expect("a reallocation's id"), &right);
            }
            _ => {}
        }
    }

    /// The entry is gone, and what a refund gave back is there again.
    fn mark_as_reversed(&mut self, id: Wrong) -> Entered {
        let wrong = self.entered.iter_mut().find(|each| each.id == id).expect("guarded before");
        wrong.reversed = true;
        let wrong = wrong.clone();
        for gift in &mut self.gifts {
            if (Wrong::Donation { donation: gift.id }) == id {
                gift.reversed_by = Some(self.seq);
            }
            let place = gift.refunds.iter().position(|refund| (Wrong::Refund { refund: *refund }) == id);
            if let Some(place) = place {
                gift.refunds.remove(place);
                for (part, share) in gift.parts.iter_mut().zip(&wrong.shares) {
                    part.back -= share;
                }
            }
        }
        wrong
    }
}

/// What is right as a command of its own. Without a day it has that of what was wrong.
fn right_of(command: &Correct, day: Date) -> Option<Command> {
    let mut right = match command.right.clone() {
        Right::Nothing { .. } => return None,
        Right::Donation(right) => Command::Donate(right),
        Right::Refund(right) => Command::Refund(right),
        Right::Adjustment(right) => Command::Adjust(right),
        Right::Reallocation(right) => Command::Reallocate(right),
        other => panic!("the model does not know {other:?}"),
    };
    let on = match &mut right {
        Command::Donate(right) => &mut right.occurred_on,
        Command::Refund(right) => &mut right.occurred_on,
        Command::Adjust(right) => &mut right.occurred_on,
        Command::Reallocate(right) => &mut right.occurred_on,
        other => panic!("{other:?} is no right entry"),
    };
    on.get_or_insert(day);
    Some(right)
}

fn day_of(right: &Command) -> Option<Date> {
    match right {
        Command::Donate(right) => right.occurred_on,
        Command::Refund(right) => right.occurred_on,
        Command::Adjust(right) => right.occurred_on,
        Command::Reallocate(right) => right.occurred_on,
        _ => None,
    }
}
