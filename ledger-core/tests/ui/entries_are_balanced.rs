//! An entry cannot be made around its check.
use ledger_core::{JournalEntry, Posting};

fn uneven(postings: Vec<Posting>) -> JournalEntry {
    JournalEntry { postings }
}

fn main() {}
