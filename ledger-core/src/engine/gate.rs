//! Whether the handle still takes calls: not after closing, not in a forked child, no writes after a
//! doubtful one.

use parking_lot::RwLock;

use super::error::LedgerError;

/// The state of the handle.
pub struct Gate {
    process: u32,
    closed: RwLock<Option<Closed>>,
}

#[derive(Clone)]
enum Closed {
    /// By the host.
    ByHost,
    /// For writing, after a failure; reads go on.
    Poisoned(String),
}

impl Gate {
    /// Open.
    pub fn open() -> Self {
        Self { process: std::process::id(), closed: RwLock::new(None) }
    }

    /// Whether reading is allowed.
    pub fn check_read(&self) -> Result<(), LedgerError> {
        match &*self.closed.read() {
            Some(Closed::ByHost) => Err(LedgerError::Closed { why: "by close".to_owned() }),
            Some(Closed::Poisoned(_)) | None => self.check_process(),
        }
    }

    /// Whether writing is allowed.
    pub fn check_write(&self) -> Result<(), LedgerError> {
        if let Some(Closed::Poisoned(why)) = &*self.closed.read() {
            return Err(LedgerError::Closed { why: format!("for writing, after {why}") });
        }
        self.check_read()
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

    /// Locks and file offsets are shared with a forked child, memory is not: the child must not go on.
    fn check_process(&self) -> Result<(), LedgerError> {
        if std::process::id() == self.process {
            return Ok(());
        }
        Err(LedgerError::Closed { why: "in a forked process; open the ledger after forking".to_owned() })
    }
}
