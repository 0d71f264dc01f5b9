//! How a ledger is opened.

use ledger_core::{BookMode, Durability, Opening, Options, StatePolicy};
use serde::Deserialize;

use crate::Opened;
use crate::answers::Refused;
use crate::requests::read;

/// What can be said of it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Given {
    opening: Option<Opening>,
    mode: Option<BookMode>,
    durability: Option<Durability>,
    segment_bytes: Option<u64>,
    cache_bytes: Option<u64>,
    checkpoint_records: Option<u64>,
    state: Option<StatePolicy>,
    read_only: bool,
    damaged: bool,
    #[cfg(feature = "testkit")]
    clock: Option<ledger_core::Timestamp>,
    #[cfg(feature = "testkit")]
    entropy_seed: Option<u64>,
}

/// Opens the ledger in a folder, or one in memory.
pub fn open(folder: Option<&str>, options: Option<&str>) -> Result<Opened, Refused> {
    let given: Given = options.map_or_else(|| Ok(Given::default()), read)?;
    let (read_only, damaged) = (given.read_only, given.damaged);
    let options = given.of_core();
    Ok(match (folder, damaged, read_only) {
        (None, _, _) => Opened::in_memory(options)?,
        (Some(folder), true, _) => Opened::open_damaged(folder, options)?,
        (Some(folder), false, true) => Opened::open_read_only(folder, options)?,
        (Some(folder), false, false) => Opened::open(folder, options)?,
    })
}

impl Given {
    fn of_core(self) -> Options {
        let mut options = Options::new();
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
        {
            if let Some(time) = self.clock {
                options = options.clock_set_by(clock_at(time));
            }
            if let Some(seed) = self.entropy_seed {
                options = options.entropy_seed(seed);
            }
        }
        options
    }
}

/// The one clock of all ledgers that a test opens with a time; opening one sets it.
#[cfg(feature = "testkit")]
pub fn clock_at(time: ledger_core::Timestamp) -> std::sync::Arc<std::sync::atomic::AtomicI64> {
    use std::sync::{Arc, LazyLock};

    use std::sync::atomic::{AtomicI64, Ordering};

    static CLOCK: LazyLock<Arc<AtomicI64>> = LazyLock::new(Arc::default);
    CLOCK.store(time.micros(), Ordering::SeqCst);
    Arc::clone(&CLOCK)
}
