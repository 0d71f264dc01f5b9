//! Floor 5: storage. The trait that every store keeps, and its contract.

pub mod boot;
#[cfg(test)]
mod conformance;
pub mod entropy;
pub mod format;
pub mod journal;
pub mod journaled;
pub mod keeping;
pub mod key_index;
pub mod keyring;
pub mod medium;
pub mod overlay;
pub mod owners;
pub mod sled;

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::accounting::chart::BookMode;
use crate::records::fold::RangeReader;
use crate::records::record::{Record, RecordReader};
use crate::records::row::{ClaimedKey, Extent, Row};
use crate::records::rows::{RowReader, Rows};
use crate::records::sealing::{KeySource, LedgerSecret};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonorId, LedgerId};
use crate::vocabulary::time::Timestamp;

/// What a ledger is, from its creation on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Identity {
    /// Its id.
    pub ledger: LedgerId,
    /// Whose books these are.
    pub mode: BookMode,
    /// When it was created.
    pub created: Timestamp,
}

/// Where the acknowledged journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Head {
    /// The last record; 0 before the first.
    pub seq: u64,
    /// The root of the Merkle tree (RFC 6962) over all records up to it.
    pub root: [u8; 32],
    /// The time of its group.
    pub time: Timestamp,
}

/// Which loss an acknowledgment survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Durability {
    /// Power: the record is on the disk (`fdatasync` returned).
    #[default]
    Sync,
    /// The process: the record is with the operating system.
    Os,
}

/// The unit of writing: records that are durable together or not at all, and what they change.
#[derive(Debug, Default)]
pub struct Group {
    /// The seq of its first record.
    pub first_seq: u64,
    /// The time that all its records carry.
    pub time: Timestamp,
    /// The bytes of the records, in order of seq, following the head without a gap.
    pub records: Vec<Vec<u8>>,
    /// The rows that they change.
    pub rows: Rows,
    /// The keys that they claim.
    pub keys: Vec<ClaimedKey>,
    /// The donors whose erasure they record: `forget` is to follow for each.
    pub erased: Vec<DonorId>,
}

/// Why a group was not appended, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppendFault {
    /// The store was closed; nothing was written.
    Closed,
    /// Nothing was written; the store goes on.
    NotCommitted(Fault),
    /// Something may have been written; nothing may be appended before the ledger is opened again.
    Unknown(Fault),
}

/// What a store takes on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Sizes {
    /// Bytes of the journal.
    pub journal_bytes: u64,
    /// Bytes of the derived state.
    pub state_bytes: u64,
}

/// Keeps a journal and the rows derived from it.
///
/// Contract, checked for every store by one conformance suite:
///
/// * `append` returns after the group is as durable as asked for; then, and not before, views show it whole.
/// * A failed append changed nothing that a view can show; it says whether it can have reached the medium.
/// * A view shows one moment: the rows and records up to its head, whatever is appended meanwhile.
/// * Groups come from one caller at a time; views from any number of threads.
pub trait Storage: Send + Sync {
    /// What ledger this is.
    fn identity(&self) -> Identity;
    /// Appends a group.
    fn append(&self, group: Group, durability: Durability) -> Result<Head, AppendFault>;
    /// A consistent reader at the published head.
    fn view(&self) -> Box<dyn View>;
    /// The keys of donors.
    fn keys(&self) -> Arc<dyn Keys>;
    /// Throws the derived state away and folds the journal again. Appends wait; no view may be open, nor be
    /// opened until it returns. After a failure nothing may be appended.
    fn rebuild(&self) -> Result<u64, Fault>;
    /// Destroys the keys of donors whose erasure is in the journal, and makes the state anew without a trace of
    /// what they opened. Nothing where that was done before, or nothing was personal. As `rebuild` otherwise.
    fn forget(&self, donors: &[DonorId]) -> Result<(), Fault>;
    /// Reads the journal up to a seq, which must end a group, checking every byte: frames, checksums, gapless
    /// seq, the hash tree. Hands on every record and the place where it lies; gives the head there.
    fn scan(
        &self,
        until_seq: u64,
        each: &mut dyn FnMut(&Record, Extent) -> Result<(), Fault>,
    ) -> Result<Head, Fault>;
    /// Takes up what another process has committed meanwhile, where this store reads beside it; gives the head
    /// that views see from now on. It never goes back.
    fn catch_up(&self) -> Result<Head, Fault>;
    /// Whether a key that opened something of the state is destroyed by now, by whoever writes: then the state is not
    /// what the journal and the keys say any more, until `catch_up` has met the erasure.
    fn is_overtaken(&self) -> Result<bool, Fault>;
    /// What it takes on disk.
    fn sizes(&self) -> Result<Sizes, Fault>;
    /// Brings everything to rest, so that the next opening need not fold again.
    fn close(&self) -> Result<(), Fault>;
    /// Gives everything back as it is; the next opening folds again.
    fn abandon(&self);
}

/// One moment of a store.
pub trait View: RowReader + RangeReader + RecordReader + Send {
    /// The moment.
    fn head(&self) -> Head;
    /// All rows of the derived state at that moment, each once, in no order that may be relied on: for the audit.
    fn rows(&self, each: &mut dyn FnMut(Vec<u8>, Row) -> Result<(), Fault>) -> Result<(), Fault>;
    /// Where the state finds a record; `None` beyond the moment.
    fn place(&self, seq: u64) -> Result<Option<Extent>, Fault>;
    /// The records that may have claimed a key with this hash, oldest first. Every one is to be verified.
    fn key_candidates(&self, hash: u64) -> Vec<u64>;
}

/// Keys of donors, handed out and destroyed.
pub trait Keys: KeySource + Send + Sync {
    /// The ledger's secret.
    fn secret(&self) -> &LedgerSecret;
    /// A slot that was never handed out before, and its key.
    fn hand_out(&self) -> Result<(u32, [u8; 32]), Fault>;
    /// A fresh nonce.
    fn nonce(&self) -> Result<[u8; 24], Fault>;
}
