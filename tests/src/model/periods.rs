//! Reallocations between causes, and periods that are closed.

use std::collections::BTreeMap;

use ledger_core::{
    ClosePeriod, Command, Date, EntryKind, LineKind, Reallocate, ReallocationId, RecordedAs, Wrong,
};

use super::Model;
use super::seen::{Line, MoveOf, Sums};

type Guard = Result<(), u16>;

/// The day that an ordinary entry of a command would have; none where it posts nothing, or may lie anywhere.
fn ordinary_day(command: &Command, today: Date) -> Option<Date> {
    let on = match command {
        Command::Donate(command) => command.occurred_on,
        Command::Refund(command) => command.occurred_on,
        Command::TakeOver(row) if row.recorded_as != RecordedAs::Nothing => row.occurred_on,
        Command::Adjust(command) if command.entry == EntryKind::Ordinary => command.occurred_on,
        Command::Reallocate(command) if command.entry == EntryKind::Ordinary => command.occurred_on,
        _ => return None,
    };
    Some(on.unwrap_or(today))
}

impl Model {
    /// Nothing is dated into a closed period.
    pub(super) fn guard_day(&self, command: &Command, today: Date) -> Guard {
        if let Command::Correct(command) = command {
            return self.guard_days_of_correction(command);
        }
        let Some(day) = ordinary_day(command, today) else { return Ok(()) };
        if self.closed_through.is_some_and(|through| day <= through) { Err(3012) } else { Ok(()) }
    }

    pub(super) fn guard_reallocate(&self, command: &Reallocate) -> Guard {
        if command.from == command.to {
            return Err(1020);
        }
        for id in [command.from, command.to] {
            let cause = self.causes.iter().find(|cause| cause.id == id).ok_or(2002_u16)?;
            if cause.currency != command.amount.currency() {
                return Err(1006);
            }
        }
        Ok(())
    }

    pub(super) fn guard_close(&self, command: &ClosePeriod, today: Date) -> Guard {
        if command.through >= today {
            return Err(3013);
        }
        if self.closed_through.is_some_and(|through| command.through <= through) { Err(3012) } else { Ok(()) }
    }

    pub(super) fn reallocate(&mut self, id: ReallocationId, command: &Reallocate) {
        let day = self.begin(command.occurred_on);
        let (minor, code) = (command.amount.minor().unsigned_abs(), command.amount.currency().code());
        let (from, to) = (self.account_of(Some(command.from)), self.account_of(Some(command.to)));
        self.post(&from, code, minor, 0);
        self.post(&to, code, 0, minor);
        self.entries += 1;
        for (cause, adjusted) in [(command.from, -i128::from(minor)), (command.to, i128::from(minor))] {
            self.add(MoveOf::Cause(cause), code, &Sums { adjusted, ..Sums::default() });
            let line = self.line(LineKind::Reallocation);
            let (reallocation, causes) = (Some(id), vec![(cause, minor)]);
            let line = Line { day, reallocation, minor: Some(minor), causes, ..line };
            self.cause_mut(cause).lines.push(line);
        }
        self.remember(Wrong::Reallocation { reallocation: id }, LineKind::Reallocation, day, vec![]);
    }

    /// Income and expenses up to the day come to zero; what is left goes to what a cause or the book has.
    pub(super) fn close_period(&mut self, through: Date) {
        self.begin(Some(through));
        let mut left: BTreeMap<(String, String), i128> = BTreeMap::new();
        let accounts: Vec<(String, String)> = self.sheets.keys().cloned().collect();
        for (name, code) in accounts {
            if !name.starts_with("income:") && !name.starts_with("expenses:") {
                continue;
            }
            let lines = &self.sheets[&(name.clone(), code.clone())].lines;
            let until = lines.iter().filter(|line| line.day <= through);
            let signed = until.map(|line| i128::from(line.minor) * if line.is_debit { 1 } else { -1 });
            let debit: i128 = signed.sum();
            if debit == 0 {
                continue;
            }
            let cause = name.split(':').find(|part| part.starts_with("cau_"));
            let target =
                cause.map_or("equity:unrestricted".to_owned(), |id| format!("equity:restricted:{id}"));
            self.post_all(&name, &code, -debit);
            *left.entry((target, code)).or_default() += debit;
        }
        for ((target, code), debit) in left {
            self.entries += 1;
            self.post_all(&target, &code, debit);
        }
        self.closed_through = Some(through);
    }

    /// Posts what may be more than one line holds; a debit is positive.
    fn post_all(&mut self, name: &str, code: &str, debit: i128) {
        let mut left = debit.unsigned_abs();
        while left > 0 {
            let minor = u64::try_from(left).unwrap_or(u64::MAX);
            left -= u128::from(minor);
            let (debit, credit) = if debit > 0 { (minor, 0) } else { (0, minor) };
            self.post(name, code, debit, credit);
        }
    }
}
