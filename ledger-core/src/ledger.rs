//! Floor 7: the handle. Each method is one expression over the engine.

mod asking;
mod disputing;
#[cfg(all(test, feature = "testkit"))]
mod erasure_tests;
mod facts;
#[cfg(test)]
mod mutations;
mod opening;
mod reading;
mod reconciling;
mod rehearsing;
#[cfg(feature = "share")]
mod sharing;
mod standing;
mod writing;

use core::ops::Deref;
use std::sync::Arc;

use parking_lot::RwLockReadGuard;

pub use self::asking::{Answer, Query};
pub use self::opening::{CutReport, OpeningReport};
pub(crate) use self::opening::{Standing, sole_writer};

use crate::engine::audit::{self, AuditReport};
use crate::engine::clock::Clock;
use crate::engine::committer::Committer;
use crate::engine::error::{LedgerError, Outcome};
use crate::engine::gate::Gate;
use crate::storage::medium::lock::WriterLock;
use crate::storage::{Durability, Head, Identity, Storage, View};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::time::Timestamp;

/// The whole book, and the handle to it. Cheap to clone, used from any number of threads.
///
/// ```
/// use ledger_core::*;
///
/// let ledger = Ledger::in_memory(Options::new())?;
/// let eur: Currency = "EUR".parse()?;
/// let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
/// let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("opened");
/// let ada = ledger.register_donor(RegisterDonor::default())?.donor().expect("registered");
///
/// let gift = ledger.donate(Donate {
///     key: "order-1".into(),
///     donor: ada,
///     designations: vec![Designation { cause: water, amount: Amount::parse("25.00", eur)? }],
///     tip: None,
///     fee: None,
///     fee_bearer: FeeBearer::Causes,
///     method: Method::Offline { bank: "main".into() },
///     occurred_on: None,
///     visibility: Visibility::Public,
///     memo: None,
/// })?;
/// assert_eq!(ledger.cause(water)?.expect("is there").totals.net_minor(), 25_00);
/// assert!(matches!(ledger.status("order-1")?, KeyStatus::Committed { committed } if committed.seq == gift.seq));
/// # Ok::<(), LedgerError>(())
/// ```
#[derive(Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

struct Inner {
    storage: Arc<dyn Storage>,
    committer: Committer,
    gate: Arc<Gate>,
    durability: Durability,
    clock: Clock,
    opening: OpeningReport,
    /// Given back last, after everything that writes.
    lock: parking_lot::Mutex<Option<WriterLock>>,
}

impl Ledger {
    /// What was done to open the ledger.
    pub fn opening_report(&self) -> &OpeningReport {
        &self.inner.opening
    }

    /// The time, as the ledger reads it.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// What ledger this is: its id, its book mode, when it was created.
    pub fn identity(&self) -> Identity {
        self.inner.storage.identity()
    }

    /// Where the journal ends that reads see.
    pub(crate) fn head(&self) -> Head {
        self.inner.storage.view().head()
    }

    /// Takes up what was committed meanwhile, where the ledger was opened for reading beside a writer; gives the last
    /// record that reads see from now on. It never goes back. Elsewhere reads see everything anyway.
    ///
    /// # Errors
    /// A medium that cannot be read (5005), or damage (6001, 6003, 6004, 6005): reads then go on with what they had.
    /// After `close`, 5003.
    pub fn refresh(&self) -> Result<u64, LedgerError> {
        self.inner.gate.check_read()?;
        Ok(self.inner.storage.catch_up()?.seq)
    }

    /// Checks everything: replays the journal from nothing and compares it with every row of the state.
    /// Of the moment at which it was called (of a later one where a reader beside the writer meets an erasure, which it
    /// then takes up); writes go on, until so many come together that they wait for it.
    /// Takes time and memory in proportion to the ledger.
    pub fn audit(&self) -> Result<AuditReport, LedgerError> {
        self.inner.gate.check_read()?;
        let _in_use = self.inner.gate.use_state();
        let storage = self.inner.storage.as_ref();
        let mut report = audit::audit(storage);
        while report.as_ref().is_ok_and(|report| report.difference.is_some()) && storage.is_overtaken()? {
            storage.catch_up()?;
            report = audit::audit(storage);
        }
        // Closed under the audit: what it could not find any more says nothing about the book.
        self.inner.gate.check_read()?;
        report
    }

    /// Throws the derived state away and makes it again from the journal. Returns how many records there are.
    /// It waits for the calls that are going on; reads and writes wait for it. Refused while a dry run lives, which
    /// rests on the state, and where the journal is damaged: nothing could be made of it, so the state is left as it
    /// is. After any other failure the ledger must be opened again, which rebuilds too.
    pub fn rebuild(&self) -> Result<u64, LedgerError> {
        self.inner.gate.check_write()?;
        let _replacement = self.inner.gate.begin_replacement()?;
        let _alone = self.inner.gate.replace_state();
        self.inner.gate.check_write()?;
        let head = self.inner.storage.view().head();
        let found = self.inner.storage.scan(head.seq, &mut |_, _| Ok(()))?;
        if found.root != head.root {
            return Err(Fault::damaged(
                "records that differ from those of the open ledger",
                "journal",
                0,
                head.seq,
            )
            .into());
        }
        self.inner.storage.rebuild().map_err(|fault| {
            // A state that was made by half must not be written on.
            self.inner.gate.poison(format!("a failed rebuild: {fault}"));
            LedgerError::from_fault(fault, Outcome::Unknown)
        })
    }

    /// Brings everything to rest and gives the folder back, so that the next opening is quick. Later calls on
    /// any clone are refused. Without it the next opening folds the journal again; nothing is lost.
    pub fn close(&self) -> Result<(), LedgerError> {
        self.inner.gate.check_process()?;
        // Held to the end: who closes at the same time returns when the folder has been given back.
        let mut lock = self.inner.lock.lock();
        let poisoned = self.inner.gate.is_poisoned();
        if !self.inner.gate.close() {
            return Ok(());
        }
        let result = if poisoned {
            self.inner.storage.abandon();
            Ok(())
        } else {
            let unknown = |fault| LedgerError::from_fault(fault, Outcome::Unknown);
            self.inner.storage.close().map_err(unknown)
        };
        lock.take();
        result
    }

    /// Visits every row of the state.
    #[cfg(test)]
    pub(crate) fn for_each_row(&self, each: &mut dyn FnMut()) -> Result<(), LedgerError> {
        let mut visit = |_, _| {
            each();
            Ok(())
        };
        Ok(self.inner.storage.view().rows(&mut visit)?)
    }

    fn view(&self) -> Result<Reading<'_>, LedgerError> {
        self.inner.gate.check_read()?;
        let in_use = self.inner.gate.use_state();
        let reading = Reading { view: self.inner.storage.view(), _in_use: in_use };
        // Again: a close that came between has not waited for this view, one that comes now will.
        self.inner.gate.check_read()?;
        Ok(reading)
    }
}

/// A view for one call. The state stays in its place as long as it lives.
struct Reading<'a> {
    view: Box<dyn View>,
    _in_use: RwLockReadGuard<'a, ()>,
}

impl Deref for Reading<'_> {
    type Target = Box<dyn View>;

    fn deref(&self) -> &Self::Target {
        &self.view
    }
}

/// A handle that is dropped without `close` leaves the ledger as a killed process would: safe, opened a
/// little more slowly.
impl Drop for Inner {
    fn drop(&mut self) {
        if self.gate.is_in_forked_child() {
            // The files and the threads behind them are the parent's: the child ends none of them.
            std::mem::forget(Arc::clone(&self.storage));
        } else if self.gate.close() {
            self.storage.abandon();
        }
    }
}

impl core::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Ledger").field("id", &self.identity().ledger).finish_non_exhaustive()
    }
}
