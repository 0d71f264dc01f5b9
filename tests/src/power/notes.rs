//! What a workload was told, operation by operation: the judge of every power cut.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ledger_core::{DonorId, Identity, TrialBalance};

/// A donor that was erased.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// Who.
    pub donor: DonorId,
    /// The address by which nobody may be found any more.
    pub email: String,
    /// The key that was destroyed: no file may hold it.
    pub key: Vec<u8>,
    /// The record of the erasure.
    pub seq: u64,
}

/// The ends of groups, and what was promised when.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// All balances after each group.
    pub books: BTreeMap<u64, Arc<TrialBalance>>,
    /// The root of the hash tree after each group, in hexadecimal.
    pub roots: BTreeMap<u64, String>,
    /// Every key that was claimed, with its record.
    pub keys: Vec<(String, u64)>,
    /// Who was erased.
    pub erased: Vec<Erasure>,
    /// What ledger it is; after so many operations it is there.
    pub made: Option<(usize, Identity)>,
    /// From behind so many operations on, the group that ends with a record may be there.
    begun: Vec<(usize, u64)>,
    /// A clean close was over after so many operations.
    rests: Vec<usize>,
    /// From so many operations on, `HEAD` on the disk proves that the journal reaches a segment and a record.
    proven: Vec<(usize, u32, u64)>,
    /// From so many operations on, everything up to a record has to be there.
    promised: Vec<(usize, u64)>,
}

impl Notes {
    /// A group was begun behind so many operations.
    pub fn begun(&mut self, operations: usize, seq: u64) {
        self.begun.push((operations, seq));
    }

    /// Everything up to a record was promised after so many operations.
    pub fn promise(&mut self, operations: usize, seq: u64) {
        self.promised.push((operations, seq));
    }

    /// A clean close was over after so many operations.
    pub fn rest(&mut self, operations: usize) {
        self.rests.push(operations);
    }

    /// Whether everything is at rest after so many operations.
    pub fn rests_after(&self, operations: usize) -> bool {
        self.rests.contains(&operations)
    }

    /// `HEAD` was synced: on the disk it tells of a segment and a record.
    pub fn prove(&mut self, operations: usize, segment: u32, seq: u64) {
        self.proven.push((operations, segment, seq));
    }

    /// What `HEAD` has to tell of at least after so many whole operations: a segment and a record.
    pub fn proven_after(&self, operations: usize) -> (u32, u64) {
        let by_then = self.proven.iter().filter(|(from, ..)| *from <= operations);
        by_then.map(|(_, segment, seq)| (*segment, *seq)).max().unwrap_or((0, 0))
    }

    /// The last record that has to be there after so many whole operations.
    pub fn promised_after(&self, operations: usize) -> u64 {
        let by_then = self.promised.iter().filter(|(from, _)| *from <= operations);
        by_then.map(|(_, seq)| *seq).max().unwrap_or(0)
    }

    /// The last record that may be there when so many operations were begun.
    pub fn possible_within(&self, operations: usize) -> u64 {
        let by_then = self.begun.iter().filter(|(behind, _)| *behind < operations);
        by_then.map(|(_, seq)| *seq).max().unwrap_or(0)
    }

    /// Whether the ledger has to be there after so many whole operations.
    pub fn is_made_after(&self, operations: usize) -> bool {
        self.made.is_some_and(|(from, _)| from <= operations)
    }

    /// What is known of a ledger that was found to end with a record: a new beginning, with operations counted from
    /// nothing, at which only `promised` has to be there.
    #[must_use]
    pub fn from_here(&self, promised: u64, found: u64, identity: Option<Identity>) -> Self {
        let mut notes = self.clone();
        notes.books.retain(|seq, _| *seq <= found);
        notes.roots.retain(|seq, _| *seq <= found);
        notes.keys.retain(|(_, seq)| *seq <= found);
        notes.erased.retain(|erasure| erasure.seq <= found);
        notes.made = identity.map(|identity| (0, identity));
        notes.begun = vec![(0, found)];
        notes.promised = vec![(0, promised)];
        notes.rests = Vec::new();
        notes.proven = Vec::new();
        notes
    }
}

/// What a slot of `HEAD` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// The last record.
    pub seq: u64,
    /// Its segment.
    pub segment: u32,
    /// The root of the hash tree after it.
    root: [u8; 32],
}

/// What the slots of `HEAD` tell that are whole.
pub fn told_by_head(head: &[u8]) -> Vec<Told> {
    let is_whole = |slot: &&[u8]| slot.len() == 64 && crc32c::crc32c(&slot[..60]).to_le_bytes() == slot[60..];
    let told = |slot: &[u8]| Told {
        seq: u64::from_le_bytes(slot[..8].try_into().unwrap()),
        segment: u32::from_le_bytes(slot[8..12].try_into().unwrap()),
        root: slot[20..52].try_into().unwrap(),
    };
    head.chunks(64).filter(is_whole).map(told).collect()
}

/// What `HEAD` tells of a record that was committed last: its segment, and the root after it in hexadecimal.
pub fn told_of(folder: &Path, seq: u64) -> (u32, String) {
    let told = told_by_head(&fs::read(folder.join("HEAD")).unwrap());
    // While a segment begins, both slots can tell of the same record.
    let told = told.into_iter().filter(|told| told.seq == seq).max();
    let told = told.expect("HEAD tells of what was committed last");
    let mut text = String::new();
    for byte in told.root {
        write!(text, "{byte:02x}").unwrap();
    }
    (told.segment, text)
}
