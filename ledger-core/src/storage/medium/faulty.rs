//! A medium that fails on purpose: after a number of writes, or from a word of the test on.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use super::Medium;
use crate::vocabulary::fault::Fault;

/// How many operations of each kind still succeed, counted down, `i64::MIN` for all of them; and the room that is left.
#[derive(Debug, Default)]
pub struct FaultPlan {
    writes: AtomicI64,
    syncs: AtomicI64,
    reads: AtomicI64,
    room: AtomicU64,
}

impl FaultPlan {
    /// Nothing fails.
    pub fn none() -> Arc<Self> {
        let plan = Self::default();
        plan.heal();
        Arc::new(plan)
    }

    /// Nothing fails any more.
    pub fn heal(&self) {
        for counter in [&self.writes, &self.syncs, &self.reads] {
            counter.store(i64::MIN, Ordering::SeqCst);
        }
        self.room.store(u64::MAX, Ordering::SeqCst);
    }

    /// So many bytes are said to be left. Writes do not count against them.
    pub fn leave_room(&self, bytes: u64) {
        self.room.store(bytes, Ordering::SeqCst);
    }

    /// After `successes` more writes every write fails.
    pub fn fail_writes_after(&self, successes: u32) {
        self.writes.store(successes.into(), Ordering::SeqCst);
    }

    /// After `successes` more syncs every sync fails.
    pub fn fail_syncs_after(&self, successes: u32) {
        self.syncs.store(successes.into(), Ordering::SeqCst);
    }

    /// After `successes` more reads every read fails.
    pub fn fail_reads_after(&self, successes: u32) {
        self.reads.store(successes.into(), Ordering::SeqCst);
    }

    /// How many more reads succeed, after `fail_reads_after`.
    pub fn reads_left(&self) -> i64 {
        self.reads.load(Ordering::SeqCst)
    }

    fn step(counter: &AtomicI64, doing: &str, file: &str) -> Result<(), Fault> {
        if counter.load(Ordering::SeqCst) == i64::MIN {
            return Ok(());
        }
        if counter.fetch_sub(1, Ordering::SeqCst) <= 0 {
            counter.store(0, Ordering::SeqCst);
            return Err(Fault::medium(format!("{doing} {file}"), &"injected failure"));
        }
        Ok(())
    }
}

/// A medium under a plan of failures.
pub struct FaultyMedium {
    /// The medium below.
    pub inner: Arc<dyn Medium>,
    /// The plan.
    pub plan: Arc<FaultPlan>,
}

impl Medium for FaultyMedium {
    fn read_at(&self, file: &str, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
        FaultPlan::step(&self.plan.reads, "read", file)?;
        self.inner.read_at(file, offset, length)
    }

    fn write_at(&self, file: &str, offset: u64, bytes: &[u8]) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.writes, "write", file)?;
        self.inner.write_at(file, offset, bytes)
    }

    fn sync(&self, file: &str) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.syncs, "sync", file)?;
        self.inner.sync(file)
    }

    fn sync_folder(&self, folder: &str) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.syncs, "sync folder", folder)?;
        self.inner.sync_folder(folder)
    }

    fn length(&self, file: &str) -> Result<Option<u64>, Fault> {
        self.inner.length(file)
    }

    fn cut(&self, file: &str, length: u64) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.writes, "cut", file)?;
        self.inner.cut(file, length)
    }

    fn remove(&self, file: &str) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.writes, "remove", file)?;
        self.inner.remove(file)
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.writes, "rename", from)?;
        self.inner.rename(from, to)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Fault> {
        self.inner.list(folder)
    }

    fn files_below(&self, folder: &str) -> Result<Vec<String>, Fault> {
        self.inner.files_below(folder)
    }

    fn sync_below(&self, folder: &str) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.syncs, "sync folder", folder)?;
        self.inner.sync_below(folder)
    }

    fn close_files(&self) {
        self.inner.close_files();
    }

    fn remove_below(&self, folder: &str) -> Result<(), Fault> {
        FaultPlan::step(&self.plan.writes, "remove", folder)?;
        self.inner.remove_below(folder)
    }

    fn hide(&self, file: &str) {
        self.inner.hide(file);
    }

    fn room(&self) -> Result<u64, Fault> {
        Ok(self.inner.room()?.min(self.plan.room.load(Ordering::SeqCst)))
    }
}
