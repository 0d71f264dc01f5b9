//! Options as data.

use serde::{Deserialize, Serialize};

use super::{Opening, Options};
use crate::accounting::chart::BookMode;
use crate::storage::Durability;
use crate::storage::journaled::StatePolicy;
#[cfg(feature = "testkit")]
use crate::vocabulary::time::Timestamp;

/// How a ledger is opened, as data: what an app reads from its settings, or says in another language. What is not said is as
/// [`Options::new`] has it.
///
/// ```
/// use ledger_core::{Ledger, Options, Settings};
/// let folder = tempfile::tempdir()?;
/// let settings: Settings = serde_json::from_str(r#"{"segment_bytes": 4194304, "cache_bytes": 8388608}"#)?;
/// let ledger = Ledger::open(folder.path(), settings.into())?;
/// ledger.close()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether there must be one already; without it one is made where there is none.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub opening: Option<Opening>,
    /// Whose money is kept, for a ledger that is made now: of others (the default) or one's own. It never changes.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub mode: Option<BookMode>,
    /// What an acknowledged write survives: loss of power (the default), or only the end of the process.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub durability: Option<Durability>,
    /// Bytes of a file of the journal, at which the next one is begun: [`Options::segment_bytes`].
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub segment_bytes: Option<u64>,
    /// Bytes of memory for what was read of the state, the cap on a phone: [`Options::cache_bytes`].
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub cache_bytes: Option<u64>,
    /// Records after which the state is written to the disk: [`Options::checkpoint_records`].
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub checkpoint_records: Option<u64>,
    /// Whether the derived state that is found is believed: [`Options::state`].
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub state: Option<StatePolicy>,
    /// Where the clock of tests stands, which `testkit::set_clock` sets.
    #[cfg(feature = "testkit")]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub clock: Option<Timestamp>,
    /// What ids are made of, so that they can be compared.
    #[cfg(feature = "testkit")]
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub entropy_seed: Option<u64>,
}

/// Each that was said goes through the method that keeps it in its range.
impl From<Settings> for Options {
    fn from(settings: Settings) -> Self {
        let told = Options::new();
        let told = settings.opening.into_iter().fold(told, Options::opening);
        let told = settings.mode.into_iter().fold(told, Options::mode);
        let told = settings.durability.into_iter().fold(told, Options::durability);
        let told = settings.segment_bytes.into_iter().fold(told, Options::segment_bytes);
        let told = settings.cache_bytes.into_iter().fold(told, Options::cache_bytes);
        let told = settings.checkpoint_records.into_iter().fold(told, Options::checkpoint_records);
        let told = settings.state.into_iter().fold(told, Options::state);
        #[cfg(feature = "testkit")]
        let told = settings.entropy_seed.into_iter().fold(told, Options::entropy_seed);
        #[cfg(feature = "testkit")]
        let told =
            settings.clock.map(crate::testkit::set_clock).into_iter().fold(told, Options::clock_set_by);
        #[cfg(feature = "testkit")]
        let told = told.faults(crate::testkit::faults());
        told
    }
}
