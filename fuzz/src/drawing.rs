//! Commands out of bytes: mostly such that fit the book, seldom such that nothing fits.

mod money;
mod payments;
mod people;
mod trouble;
mod values;

use arbitrary::Unstructured;
use ledger_core::Command;

use crate::known::Known;

/// Draws from bytes, with an eye on what is known. Where the bytes end, the first of all choices is drawn.
pub struct Draw<'a, 'b> {
    bytes: &'a mut Unstructured<'b>,
    known: &'a Known,
}

impl<'a, 'b> Draw<'a, 'b> {
    /// Begins to draw.
    pub fn new(bytes: &'a mut Unstructured<'b>, known: &'a Known) -> Self {
        Self { bytes, known }
    }

    /// A number below a limit, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        self.bytes.int_in_range(0..=limit - 1).unwrap_or(0)
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn any<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| self.pick(from))
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// Commands for one call: mostly one.
    pub fn call(&mut self) -> Vec<Command> {
        let count = if self.once_in(8) { 2 + self.below(4) } else { 1 };
        (0..count).map(|_| self.command()).collect()
    }

    /// By how much the clock moves, in microseconds: at times far back, at times to where no calendar reaches.
    pub fn clock(&mut self) -> i64 {
        const DAY: i64 = 86_400_000_000;
        let by =
            self.pick(&[1, 1_000_000, 7 * DAY / 24, 40 * DAY, 400 * DAY, -1_000_000, -DAY / 2, -40 * DAY]);
        let moved = self.known.clock.saturating_add(by);
        if self.once_in(40) {
            self.pick(&[i64::MIN, -1, 0, 253_402_300_800_000_000, i64::MAX])
        } else {
            moved
        }
    }

    fn command(&mut self) -> Command {
        match self.below(52) {
            0..=1 => Command::RegisterDonor(self.register()),
            2..=3 => Command::OpenCause(self.open_cause()),
            4..=8 => Command::Donate(self.donate()),
            9..=12 => Command::Refund(self.refund()),
            13..=14 => Command::Adjust(self.adjust()),
            15..=16 => Command::Reallocate(self.reallocate()),
            17..=18 => Command::TakeOver(self.take_over()),
            19..=21 => Command::Correct(self.correct()),
            22 => Command::UpdateDonor(self.update_donor()),
            23 => Command::UpdateCause(self.update_cause()),
            24..=25 => Command::MergeDonors(self.merge()),
            26 => Command::UndoMerge(self.undo_merge()),
            27 => Command::EraseDonor(self.erase()),
            28 => Command::ClosePeriod(self.close_period()),
            29 => Command::ForceRefund(self.refund()),
            30..=42 => self.on_its_way(),
            43..=50 => self.trouble(),
            _ => self.any(&self.known.asked).unwrap_or_else(|| Command::Donate(self.donate())),
        }
    }
}
