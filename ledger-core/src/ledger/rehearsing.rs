//! Dry runs: what would come of commands, and nothing is written.

use std::sync::Arc;

use parking_lot::RwLockReadGuard;

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::error::LedgerError;
use crate::engine::pipeline::Pipeline;
use crate::engine::queries::{self, Donor};
use crate::engine::rehearsal::{Rehearsal, RehearsalKeys};
use crate::machine::command::{Command, MergeDonors};
use crate::machine::rejection::Rejection;

impl Ledger {
    /// The donor that a merge would make, or why it would be refused: the errors are those of `merge_donors`. Nothing
    /// is written.
    pub fn dry_run_of_merge(&self, command: MergeDonors) -> Result<Donor, LedgerError> {
        let keep = command.keep;
        let (_in_use, mut pipeline) = self.brief_pipeline()?;
        pipeline.plan(&Command::MergeDonors(command)).result?;
        let donor = queries::donor(&pipeline, pipeline.keys(), keep)?;
        donor.ok_or(LedgerError::from(Rejection::UnknownDonor { donor: keep }))
    }

    /// Decides a command as if it were committed now: what it would return, or why it would be refused. Nothing is
    /// written, and the ids in the answer are not those that it will make. It works on a reader too.
    pub fn dry_run(&self, command: &Command) -> Result<Committed, LedgerError> {
        let (_in_use, mut pipeline) = self.brief_pipeline()?;
        pipeline.plan(command).result
    }

    /// A pipeline whose group is never written, for one call: the state stays in its place meanwhile, as for a read.
    /// The pipeline is dropped first.
    fn brief_pipeline(&self) -> Result<(RwLockReadGuard<'_, ()>, Pipeline), LedgerError> {
        self.inner.gate.check_read()?;
        let in_use = self.inner.gate.use_state();
        let pipeline = self.rehearsed_pipeline();
        // Again, as in `view`.
        self.inner.gate.check_read()?;
        Ok((in_use, pipeline))
    }

    fn rehearsed_pipeline(&self) -> Pipeline {
        let storage = &self.inner.storage;
        let keys = Arc::new(RehearsalKeys::over(storage.keys()));
        let (now, durability) = (self.inner.clock.now(), self.inner.durability);
        Pipeline::new(storage.identity(), storage.view(), keys, now, durability)
    }

    /// Decides commands as if they were committed, and writes nothing.
    pub(crate) fn rehearse(&self) -> Result<Rehearsal, LedgerError> {
        self.inner.gate.check_read()?;
        let dry_run = self.inner.gate.begin_dry_run();
        let pipeline = self.rehearsed_pipeline();
        // Again, as in `view`.
        self.inner.gate.check_read()?;
        Ok(Rehearsal::new(pipeline, dry_run))
    }
}
