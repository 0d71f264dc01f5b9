//! What can go wrong below the rules: a medium that fails, and bytes that are not what was written.

/// A failure of storage, met while reading or writing. The door turns it into `LedgerError`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The medium failed: a disk that is full, a file that may not be read.
    #[error("{doing} failed: {cause}")]
    Medium {
        /// What was being done, such as `sync journal/0000000001.log`.
        doing: String,
        /// What the operating system said.
        cause: String,
    },
    /// Bytes that are not what was written.
    #[error("{what} in {file} at byte {offset}, record {seq}")]
    Damaged {
        /// What is wrong.
        what: String,
        /// The file, below the folder of the ledger.
        file: String,
        /// The offset in the file at which it was noticed; 0 where there is none.
        offset: u64,
        /// The record at which it was noticed; 0 where there is none.
        seq: u64,
    },
    /// Bytes that are whole and of a version that this library does not know.
    #[error("{file} has version {found}, which is newer than this library")]
    Newer {
        /// The file, below the folder of the ledger.
        file: String,
        /// The version that was found.
        found: u32,
    },
    /// Acknowledged records that are missing at the end of the journal.
    #[error(
        "{file} ends at record {found_seq}, byte {offset}, but records up to {promised_seq} were acknowledged"
    )]
    Cut {
        /// The last segment.
        file: String,
        /// Where it ends, or ceases to be whole.
        offset: u64,
        /// The last record that is there.
        found_seq: u64,
        /// The last record that was acknowledged.
        promised_seq: u64,
    },
    /// A copy and its source that are two histories: nothing is damaged, and none may take the other's place.
    #[error("{what} in {file} at byte {offset}, record {seq}")]
    Diverged {
        /// How they differ.
        what: String,
        /// The file, below the folder of the ledger.
        file: String,
        /// The offset in the file up to which the copy goes.
        offset: u64,
        /// The record at which it was noticed.
        seq: u64,
    },
}

impl Fault {
    /// A medium failure while doing something.
    pub fn medium(doing: impl Into<String>, cause: &dyn std::fmt::Display) -> Self {
        Self::Medium { doing: doing.into(), cause: cause.to_string() }
    }

    /// Damage in a file, at a place.
    pub fn damaged(what: impl Into<String>, file: impl Into<String>, offset: u64, seq: u64) -> Self {
        Self::Damaged { what: what.into(), file: file.into(), offset, seq }
    }

    /// Damage in the derived state: rows that contradict the journal or each other.
    pub fn state(what: impl Into<String>, seq: u64) -> Self {
        Self::damaged(what, "state", 0, seq)
    }
}
