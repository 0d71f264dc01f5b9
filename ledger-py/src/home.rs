//! The process in which an object was made.

use ledger_core::LedgerError;

/// The process in which an object was made. Whoever locks something of Rust asks first: a lock that another thread held
/// while the process forked is never given back in the child.
pub struct Home(u32);

impl Home {
    /// This process.
    pub fn here() -> Self {
        Self(std::process::id())
    }

    /// Whether this is a forked child of it.
    pub fn is_left(&self) -> bool {
        self.0 != std::process::id()
    }

    /// Refuses a call in a forked child, as core does.
    pub fn check(&self) -> Result<(), LedgerError> {
        if self.is_left() {
            let why = "in a forked process; fork before a ledger is opened".to_owned();
            return Err(LedgerError::Closed { why });
        }
        Ok(())
    }
}
