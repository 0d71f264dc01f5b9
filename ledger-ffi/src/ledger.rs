//! The ledger: opening and closing it, and every write.

#[cfg(feature = "testkit")]
use std::sync::atomic::{AtomicBool, Ordering};

use ledger_core::foreign::{LedgerError, Problem};
use ledger_core::{
    AuditReport, Command, Committed, Identity, MergeDonors, OpeningReport, Settings, Timestamp,
};

/// A ledger in a folder of the app: donors, causes, and an append-only double-entry journal of every gift, fee, refund,
/// dispute and payout. Use it from any number of threads. One process writes; others open it for reading only.
///
/// It is closed when it is let go, too; `close` says whether that went well.
#[derive(uniffi::Object)]
pub struct Ledger(pub(crate) ledger_core::Ledger, #[cfg(feature = "testkit")] AtomicBool);

/// What came of one of several commands.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Submitted {
    /// It was committed.
    Committed {
        /// What the commit wrote.
        committed: Committed,
    },
    /// It was refused, and the others were not.
    Refused {
        /// Why.
        problem: Problem,
    },
}

impl Ledger {
    fn of(opened: Result<ledger_core::Ledger, ledger_core::LedgerError>) -> Result<Self, LedgerError> {
        Ok(Self(
            opened?,
            #[cfg(feature = "testkit")]
            AtomicBool::new(false),
        ))
    }
}

#[cfg(feature = "testkit")]
#[uniffi::export]
impl Ledger {
    /// Lets it go without closing it, as the end of a process does.
    pub fn abandon(&self) {
        self.1.store(true, Ordering::SeqCst);
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        #[cfg(feature = "testkit")]
        if self.1.load(Ordering::SeqCst) {
            return;
        }
        // Nobody is there to be told. What was acknowledged is durable either way; the next opening reads a little more.
        let _ = self.0.close();
    }
}

#[uniffi::export]
impl Ledger {
    /// Opens the ledger in a folder, as the one writer; by default makes one where there is none.
    #[uniffi::constructor]
    pub fn open(folder: String, options: Settings) -> Result<Self, LedgerError> {
        Self::of(ledger_core::Ledger::open(folder, options.into()))
    }

    /// Opens the ledger in a folder for reading only, beside the process that writes. `refresh` takes up what it wrote.
    #[uniffi::constructor]
    pub fn open_read_only(folder: String) -> Result<Self, LedgerError> {
        Self::of(ledger_core::Ledger::open_read_only(folder, ledger_core::Options::new()))
    }

    /// Opens a damaged ledger for reading what is before the damage; `opening_report` says what that is.
    #[uniffi::constructor]
    pub fn open_damaged(folder: String) -> Result<Self, LedgerError> {
        Self::of(ledger_core::Ledger::open_damaged(folder, ledger_core::Options::new()))
    }

    /// A ledger that is gone when it is closed: for tests, previews and trying things out.
    #[uniffi::constructor]
    pub fn in_memory(options: Settings) -> Result<Self, LedgerError> {
        Self::of(ledger_core::Ledger::in_memory(options.into()))
    }

    /// Makes a copy that follows another ledger a ledger of its own, and opens it for writing.
    #[uniffi::constructor]
    pub fn promote(copy: String, options: Settings) -> Result<Self, LedgerError> {
        Self::of(ledger_core::Follower::promote(copy, options.into()))
    }

    /// Brings everything to rest and gives the folder back. Calls that come later are refused (5003); a second `close`
    /// does nothing.
    pub fn close(&self) -> Result<(), LedgerError> {
        Ok(self.0.close()?)
    }

    /// Commits a command: it happened, durably, when this returns; when it throws, nothing did, but for 5002.
    pub fn submit(&self, command: Command) -> Result<Committed, LedgerError> {
        Ok(self.0.submit(command)?)
    }

    /// Commits commands in one group, each by itself: one that is refused keeps none of the others from being committed.
    pub fn submit_all(&self, commands: Vec<Command>) -> Result<Vec<Submitted>, LedgerError> {
        let submitted = |result: Result<Committed, ledger_core::LedgerError>| match result {
            Ok(committed) => Submitted::Committed { committed },
            Err(error) => Submitted::Refused { problem: Problem::from(&error) },
        };
        Ok(self.0.submit_all(commands)?.into_iter().map(submitted).collect())
    }

    /// Says what a command would come to, and changes nothing.
    pub fn dry_run(&self, command: Command) -> Result<Committed, LedgerError> {
        Ok(self.0.dry_run(&command)?)
    }

    /// Says what a merge of two donors would come to, and changes nothing.
    pub fn dry_run_of_merge(&self, command: MergeDonors) -> Result<ledger_core::Donor, LedgerError> {
        Ok(self.0.dry_run_of_merge(command)?)
    }

    /// Which ledger this is.
    pub fn identity(&self) -> Identity {
        self.0.identity()
    }

    /// What was found as it was opened.
    pub fn opening_report(&self) -> OpeningReport {
        self.0.opening_report().clone()
    }

    /// The time of its clock.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// Takes up what the writer has written since, where it was opened for reading only; the last record that is seen.
    pub fn refresh(&self) -> Result<u64, LedgerError> {
        Ok(self.0.refresh()?)
    }

    /// Checks everything that the journal holds and the state says, record by record.
    pub fn audit(&self) -> Result<AuditReport, LedgerError> {
        Ok(self.0.audit()?)
    }

    /// Makes the state again from the journal; how many records there are.
    pub fn rebuild(&self) -> Result<u64, LedgerError> {
        Ok(self.0.rebuild()?)
    }
}
