//! How a ledger is opened.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::accounting::chart::BookMode;
use crate::engine::clock::Clock;
use crate::storage::Durability;
use crate::storage::boot::{BootId, this_boot};
use crate::storage::entropy::Entropy;
use crate::storage::journaled::StatePolicy;
#[cfg(feature = "testkit")]
use crate::storage::medium::faulty::FaultPlan;
#[cfg(feature = "testkit")]
use crate::storage::medium::power::PowerDisk;
use crate::vocabulary::time::Timestamp;

mod settings;

pub use settings::Settings;

/// Whether a ledger must be there, must not, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    /// Opens the ledger in the folder; makes one where there is none.
    #[default]
    OpenOrCreate,
    /// Opens the ledger in the folder.
    OpenExisting,
    /// Makes a ledger in a folder that has none.
    CreateNew,
}

/// How a ledger is opened. Everything has a default that suits a server; phones want smaller segments and
/// a smaller cache.
///
/// ```
/// use ledger_core::{Durability, Ledger, Options};
/// let folder = tempfile::tempdir()?;
/// let options = Options::new().segment_bytes(4 << 20).cache_bytes(8 << 20).durability(Durability::Sync);
/// let ledger = Ledger::open(folder.path(), options)?;
/// assert_eq!(ledger.stats()?.records, 0);
/// ledger.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Options {
    pub(crate) opening: Opening,
    pub(crate) mode: Option<BookMode>,
    pub(crate) durability: Durability,
    pub(crate) segment_bytes: u64,
    pub(crate) cache_bytes: u64,
    pub(crate) checkpoint_records: u64,
    pub(crate) state: StatePolicy,
    pub(crate) key_hash_bits: u32,
    pub(crate) boot: BootId,
    pub(crate) clock: Clock,
    pub(crate) entropy: Arc<Entropy>,
    #[cfg(feature = "testkit")]
    pub(crate) faults: Option<Arc<FaultPlan>>,
    #[cfg(feature = "testkit")]
    pub(crate) power: Option<Arc<PowerDisk>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            opening: Opening::default(),
            mode: None,
            durability: Durability::default(),
            segment_bytes: 64 << 20,
            cache_bytes: 64 << 20,
            checkpoint_records: 200_000,
            state: StatePolicy::default(),
            key_hash_bits: 64,
            boot: this_boot(),
            clock: Clock::System,
            entropy: Arc::new(Entropy::System),
            #[cfg(feature = "testkit")]
            faults: None,
            #[cfg(feature = "testkit")]
            power: None,
        }
    }
}

impl Options {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a ledger must be there. Default: it is made if it is not.
    #[must_use]
    pub fn opening(self, opening: Opening) -> Self {
        Self { opening, ..self }
    }

    /// Whose books, for a new ledger. Default: agency. An existing ledger keeps the mode it has.
    #[must_use]
    pub fn mode(self, mode: BookMode) -> Self {
        Self { mode: Some(mode), ..self }
    }

    /// Which loss an acknowledgment survives. Default: power.
    #[must_use]
    pub fn durability(self, durability: Durability) -> Self {
        Self { durability, ..self }
    }

    /// Size of the journal's files. Default 64 MiB, at least 64 KiB, at most 2 GiB.
    #[must_use]
    pub fn segment_bytes(self, bytes: u64) -> Self {
        Self { segment_bytes: bytes.clamp(64 << 10, 2 << 30), ..self }
    }

    /// Memory for the cache of the state on disk. Default 64 MiB, at least 1 MiB.
    #[must_use]
    pub fn cache_bytes(self, bytes: u64) -> Self {
        Self { cache_bytes: bytes.max(1 << 20), ..self }
    }

    /// Records after which changed state moves from memory to disk: at most so many, or twice as many while the disk is
    /// busy, are folded again after a kill. Default 200,000. It moves earlier when 65,536 rows have changed, which
    /// bounds the memory. At twice as many of either, writers wait until it has moved.
    #[must_use]
    pub fn checkpoint_records(self, records: u64) -> Self {
        Self { checkpoint_records: records.max(1), ..self }
    }

    /// Whether the derived state that is found is believed. Default: yes, if it is sound; `opening_report().state` says
    /// what was found. `Rebuild` makes it again from the journal, unless that is damaged.
    #[must_use]
    pub fn state(self, state: StatePolicy) -> Self {
        Self { state, ..self }
    }

    /// A clock that a test sets: microseconds since 1970.
    #[cfg(feature = "testkit")]
    #[must_use]
    pub fn clock_set_by(self, micros: Arc<std::sync::atomic::AtomicI64>) -> Self {
        Self { clock: Clock::Set(micros), ..self }
    }

    /// Reproducible ids, keys and nonces, for tests that compare bytes. Never for real books.
    #[cfg(feature = "testkit")]
    #[must_use]
    pub fn entropy_seed(self, seed: u64) -> Self {
        Self { entropy: Arc::new(Entropy::seeded(seed)), ..self }
    }

    /// How many bits of a key's hash the index looks at, so that tests see collisions.
    #[cfg(feature = "testkit")]
    #[must_use]
    pub fn key_hash_bits(self, bits: u32) -> Self {
        Self { key_hash_bits: bits, ..self }
    }

    /// Which start of the machine this is, so that tests see what is done after another one.
    #[cfg(feature = "testkit")]
    #[must_use]
    pub fn boot(self, boot: Option<[u8; 16]>) -> Self {
        Self { boot, ..self }
    }

    /// A plan by which the medium fails.
    #[cfg(feature = "testkit")]
    #[must_use]
    pub fn faults(self, plan: Arc<FaultPlan>) -> Self {
        Self { faults: Some(plan), ..self }
    }

    /// Notes every operation on the disk below the folder that is opened, for tests of power cuts.
    #[cfg(feature = "testkit")]
    #[must_use]
    pub fn power(self, disk: Arc<PowerDisk>) -> Self {
        Self { power: Some(disk), ..self }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
