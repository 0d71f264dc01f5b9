//! Whether the handle still takes calls: not after closing, not in a forked child, no writes after a
//! doubtful one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use parking_lot::{Condvar, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::error::{LedgerError, Outcome};

/// The process that first opened a folder; 0 before. The threads of sled, which serve all ledgers of a process,
/// do not come along into a forked child, and whoever waits for them there waits for ever.
static FIRST_OPENED_IN: AtomicU32 = AtomicU32::new(0);

/// Refuses to open a folder in a forked child of a process that has opened one, whichever it was.
pub fn check_may_open() -> Result<(), LedgerError> {
    let process = std::process::id();
    match FIRST_OPENED_IN.compare_exchange(0, process, Ordering::SeqCst, Ordering::SeqCst) {
        Err(first) if first != process => {
            let why =
                "in a process forked from one that has opened a ledger; start a new process, or fork first";
            Err(LedgerError::Closed { why: why.to_owned() })
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The state of the handle.
pub struct Gate {
    process: u32,
    closed: RwLock<Option<Closed>>,
    /// Held by everybody who reads the state or decides on it; alone by who replaces the state.
    state: RwLock<()>,
    standing: Arc<Standing>,
}

/// Dry runs rest on the state for as long as they live, and replacements take it away: never both. A dry run waits
/// for a replacement; a replacement is refused while one lives, because it may live for ever.
#[derive(Default)]
struct Standing {
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Default)]
struct Counts {
    dry_runs: u64,
    replacements: u64,
}

/// A dry run that lives.
pub struct DryRun(Arc<Standing>);

/// A replacement of the state that is going on.
pub struct Replacement(Arc<Standing>);

impl Drop for DryRun {
    fn drop(&mut self) {
        let mut counts = self.0.counts.lock();
        counts.dry_runs = counts.dry_runs.saturating_sub(1);
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        let mut counts = self.0.counts.lock();
        counts.replacements = counts.replacements.saturating_sub(1);
        self.0.changed.notify_all();
    }
}

#[derive(Clone)]
enum Closed {
    /// By the host.
    ByHost,
    /// For writing, after a failure; reads go on.
    Poisoned(String),
    /// For writing, from the beginning.
    ReadOnly,
}

impl Gate {
    /// Open.
    pub fn open() -> Self {
        Self {
            process: std::process::id(),
            closed: RwLock::new(None),
            state: RwLock::new(()),
            standing: Arc::default(),
        }
    }

    /// Open for reading.
    pub fn open_read_only() -> Self {
        Self { closed: RwLock::new(Some(Closed::ReadOnly)), ..Self::open() }
    }

    /// The state stays in its place as long as this is held: for a read, or from a decision to its commit.
    pub fn use_state(&self) -> RwLockReadGuard<'_, ()> {
        self.state.read()
    }

    /// Waits until nobody uses the state, and keeps everybody out of it.
    pub fn replace_state(&self) -> RwLockWriteGuard<'_, ()> {
        self.state.write()
    }

    /// Begins a dry run, after the replacements that are going on.
    pub fn begin_dry_run(&self) -> DryRun {
        let mut counts = self.standing.counts.lock();
        self.standing.changed.wait_while(&mut counts, |counts| counts.replacements > 0);
        counts.dry_runs = counts.dry_runs.saturating_add(1);
        DryRun(Arc::clone(&self.standing))
    }

    /// Begins to replace the state; refused while a dry run lives.
    pub fn begin_replacement(&self) -> Result<Replacement, LedgerError> {
        let mut counts = self.standing.counts.lock();
        if counts.dry_runs > 0 {
            let what = "a dry run rests on the state that is to be replaced: end it first".to_owned();
            return Err(LedgerError::Storage { outcome: Outcome::NotCommitted, what });
        }
        counts.replacements = counts.replacements.saturating_add(1);
        Ok(Replacement(Arc::clone(&self.standing)))
    }

    /// Whether reading is allowed.
    pub fn check_read(&self) -> Result<(), LedgerError> {
        // First, because a lock that another thread held while the process forked is never given back here.
        self.check_process()?;
        match &*self.closed.read() {
            Some(Closed::ByHost) => Err(LedgerError::Closed { why: "by close".to_owned() }),
            Some(Closed::Poisoned(_) | Closed::ReadOnly) | None => Ok(()),
        }
    }

    /// Whether writing is allowed.
    pub fn check_write(&self) -> Result<(), LedgerError> {
        self.check_process()?;
        match &*self.closed.read() {
            Some(Closed::Poisoned(why)) => {
                Err(LedgerError::Closed { why: format!("for writing, after {why}") })
            }
            Some(Closed::ReadOnly) => Err(LedgerError::ReadOnly),
            Some(Closed::ByHost) => Err(LedgerError::Closed { why: "by close".to_owned() }),
            None => Ok(()),
        }
    }

    /// Stops writing after a failure with an unknown outcome.
    pub fn poison(&self, why: String) {
        self.closed.write().get_or_insert(Closed::Poisoned(why));
    }

    /// Whether writing stopped after a failure.
    pub fn is_poisoned(&self) -> bool {
        matches!(&*self.closed.read(), Some(Closed::Poisoned(_)))
    }

    /// Stops everything; false when that was done before.
    pub fn close(&self) -> bool {
        let mut closed = self.closed.write();
        let first = !matches!(&*closed, Some(Closed::ByHost));
        *closed = Some(Closed::ByHost);
        first
    }

    /// Whether this is a forked child of the process that opened the ledger.
    pub fn is_in_forked_child(&self) -> bool {
        std::process::id() != self.process
    }

    /// Locks and file offsets are shared with a forked child, memory is not: the child must not go on.
    pub fn check_process(&self) -> Result<(), LedgerError> {
        if self.is_in_forked_child() { Err(forked()) } else { Ok(()) }
    }
}

/// The refusal of a call in a forked child of the process that made what it is made on.
pub fn forked() -> LedgerError {
    LedgerError::Closed { why: "in a forked process; fork before a ledger is opened".to_owned() }
}
