//! How a ledger is opened.

#[cfg(feature = "testkit")]
use std::sync::Arc;

use ledger_core::{BookMode, Durability, Opening, StatePolicy};

/// How a ledger is opened; what is not given is as core has it by default.
#[derive(Debug, Clone, Default, uniffi::Record)]
pub struct Options {
    /// Whether there must be one already; without it one is made where there is none.
    #[uniffi(default = None)]
    pub opening: Option<Opening>,
    /// Whose money is kept, for a ledger that is made now: of others (the default) or one's own. It never changes.
    #[uniffi(default = None)]
    pub mode: Option<BookMode>,
    /// What an acknowledged write survives: loss of power (the default), or only the end of the process.
    #[uniffi(default = None)]
    pub durability: Option<Durability>,
    /// Bytes of a file of the journal, at which the next one is begun.
    #[uniffi(default = None)]
    pub segment_bytes: Option<u64>,
    /// Bytes of memory for what was read of the state: the cap on a phone.
    #[uniffi(default = None)]
    pub cache_bytes: Option<u64>,
    /// Records after which the state is written to the disk.
    #[uniffi(default = None)]
    pub checkpoint_records: Option<u64>,
    /// What to do about a state that contradicts the journal.
    #[uniffi(default = None)]
    pub state: Option<StatePolicy>,
    /// A clock that a test sets.
    #[cfg(feature = "testkit")]
    #[uniffi(default = None)]
    pub clock: Option<Arc<Clock>>,
    /// What ids are made of, so that they can be compared.
    #[cfg(feature = "testkit")]
    #[uniffi(default = None)]
    pub entropy_seed: Option<u64>,
}

impl Options {
    /// As core takes them.
    pub fn of_core(self) -> ledger_core::Options {
        let mut options = ledger_core::Options::new();
        if let Some(opening) = self.opening {
            options = options.opening(opening);
        }
        if let Some(mode) = self.mode {
            options = options.mode(mode);
        }
        if let Some(durability) = self.durability {
            options = options.durability(durability);
        }
        if let Some(bytes) = self.segment_bytes {
            options = options.segment_bytes(bytes);
        }
        if let Some(bytes) = self.cache_bytes {
            options = options.cache_bytes(bytes);
        }
        if let Some(records) = self.checkpoint_records {
            options = options.checkpoint_records(records);
        }
        if let Some(state) = self.state {
            options = options.state(state);
        }
        #[cfg(feature = "testkit")]
        let options = {
            let mut options = options;
            if let Some(clock) = self.clock {
                options = options.clock_set_by(Arc::clone(&clock.0));
            }
            if let Some(seed) = self.entropy_seed {
                options = options.entropy_seed(seed);
            }
            options
        };
        options
    }
}

/// A clock that stands where a test has set it.
#[cfg(feature = "testkit")]
#[derive(Debug, uniffi::Object)]
pub struct Clock(Arc<std::sync::atomic::AtomicI64>);

#[cfg(feature = "testkit")]
#[uniffi::export]
impl Clock {
    /// A clock, in microseconds since 1970.
    #[uniffi::constructor]
    pub fn new(micros: i64) -> Self {
        Self(Arc::new(micros.into()))
    }

    /// Sets it.
    pub fn set(&self, micros: i64) {
        self.0.store(micros, std::sync::atomic::Ordering::SeqCst);
    }
}
