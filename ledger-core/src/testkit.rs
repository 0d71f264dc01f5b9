//! What tests of this project need and no app does: files in memory that outlive the ledger that is open over them,
//! and decoding of bytes that no ledger wrote.

mod mishap;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

pub use self::mishap::Mishap;

use crate::engine::error::LedgerError;
use crate::keeping::{BackupReport, backup_through};
use crate::ledger::Ledger;
use crate::options::Options;
use crate::records::codec;
pub use crate::records::codec::MEMORY_MAX as DECODED_MEMORY_MAX;
use crate::storage::medium::faulty::FaultPlan;
use crate::storage::medium::memory::MemoryMedium;
use crate::storage::medium::power::{PowerDisk, PowerMedium};
use crate::vocabulary::time::Timestamp;

/// The files of a ledger, in memory. Clones are the same files. Nothing locks them: open one writer at a time.
#[derive(Clone, Default)]
pub struct Files(Arc<MemoryMedium>);

impl Files {
    /// Files with these contents, by their names below the folder of the ledger.
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self(Arc::new(MemoryMedium::of(files)))
    }

    /// A copy of what is in them now.
    pub fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.files()
    }

    /// Opens the ledger in the files, or makes one, as `Ledger::open` does in a folder.
    #[allow(clippy::needless_pass_by_value, reason = "as Ledger::open")]
    pub fn open(&self, options: Options) -> Result<Ledger, LedgerError> {
        Ledger::in_medium(self.0.clone(), &options)
    }

    /// Opens the ledger in the files for reading, as `Ledger::open_read_only` does in a folder.
    #[allow(clippy::needless_pass_by_value, reason = "as Ledger::open_read_only")]
    pub fn open_read_only(&self, options: Options) -> Result<Ledger, LedgerError> {
        Ledger::beside_in(self.0.clone(), "memory", &options)
    }
}

/// Sets the one clock of all ledgers that are opened with [`Settings::clock`](crate::Settings::clock), and gives it.
pub fn set_clock(time: Timestamp) -> Arc<AtomicI64> {
    static CLOCK: LazyLock<Arc<AtomicI64>> = LazyLock::new(Arc::default);
    CLOCK.store(time.micros(), Ordering::SeqCst);
    Arc::clone(&CLOCK)
}

/// How the media of all ledgers fail that are opened with [`Settings`](crate::Settings).
pub fn faults() -> Arc<FaultPlan> {
    static FAULTS: LazyLock<Arc<FaultPlan>> = LazyLock::new(FaultPlan::none);
    Arc::clone(&FAULTS)
}

/// Makes a backup as `ledger_core::backup` does, over a copy of which every operation is noted.
pub fn backup_on(disk: &Arc<PowerDisk>, from: &Path, to: &Path) -> Result<BackupReport, LedgerError> {
    backup_through(from, to, |inner| Arc::new(PowerMedium { inner, disk: Arc::clone(disk) }))
}

/// Decodes bytes as the record with a seq: whether what they say, encoded again, is decoded to the same.
pub fn record_comes_back(bytes: &[u8], seq: u64) -> Result<bool, LedgerError> {
    let decode = |bytes: &[u8]| codec::decode_record(bytes, "journal", 0, seq);
    let record = decode(bytes)?;
    Ok(decode(&codec::encode_record(&record)?)? == record)
}

/// The same of a row of the derived state.
pub fn row_comes_back(bytes: &[u8]) -> Result<bool, LedgerError> {
    let row = codec::decode_row(bytes)?;
    Ok(codec::decode_row(&codec::encode_row(&row)?)? == row)
}

/// The same of what was sealed for a donor.
pub fn personal_content_comes_back(bytes: &[u8]) -> Result<bool, LedgerError> {
    let content = codec::decode_personal(bytes, 0)?;
    Ok(codec::decode_personal(&codec::encode_personal(&content)?, 0)? == content)
}
