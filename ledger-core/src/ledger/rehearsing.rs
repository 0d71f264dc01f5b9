//! Dry runs: what would come of commands, and nothing is written.

use std::sync::Arc;

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::error::LedgerError;
use crate::engine::pipeline::Pipeline;
use crate::engine::queries::Donor;
use crate::engine::rehearsal::{Rehearsal, RehearsalKeys};
use crate::machine::command::{Command, MergeDonors};
use crate::machine::rejection::Rejection;

impl Ledger {
    /// The donor that a merge would make. Nothing is written.
    pub fn dry_run_of_merge(&self, command: MergeDonors) -> Result<Donor, LedgerError> {
        let keep = command.keep;
        let mut rehearsal = self.rehearse()?;
        rehearsal.submit(&Command::MergeDonors(command))?;
        rehearsal.donor(keep)?.ok_or(LedgerError::from(Rejection::UnknownDonor { donor: keep }))
    }

    /// Decides a command as if it were committed now: what it would return, or why it would be refused. Nothing is
    /// written, and the ids in the answer are not those that it will make.
    pub fn dry_run(&self, command: &Command) -> Result<Committed, LedgerError> {
        self.rehearse()?.submit(command)
    }

    /// Decides commands as if they were committed, and writes nothing.
    pub(crate) fn rehearse(&self) -> Result<Rehearsal, LedgerError> {
        self.inner.gate.check_read()?;
        let (dry_run, storage) = (self.inner.gate.begin_dry_run(), &self.inner.storage);
        let view = storage.view();
        // Again, as in `view`.
        self.inner.gate.check_read()?;
        let keys = Arc::new(RehearsalKeys::over(storage.keys()));
        let (now, durability) = (self.inner.clock.now(), self.inner.durability);
        Ok(Rehearsal::new(Pipeline::new(storage.identity(), view, keys, now, durability), dry_run))
    }
}
