//! The mark of a copy that follows: while it is there, nobody but its follower writes to the copy. A record that the
//! source does not have would end the following for good.

use crate::storage::medium::{Medium, write_whole};
use crate::vocabulary::fault::Fault;

/// The mark. That it is there says everything; its words are for people who look into the folder.
pub const FILE: &str = "FOLLOWS";

const WORDS: &[u8] =
    b"This folder is a copy that follows another ledger. Read it, or promote it; nobody else writes here.\n";

/// Whether a folder holds a copy that follows.
pub fn is_marked(medium: &dyn Medium) -> Result<bool, Fault> {
    Ok(medium.length(FILE)?.is_some())
}

/// Marks a folder, durably.
pub fn mark(medium: &dyn Medium) -> Result<(), Fault> {
    if is_marked(medium)? { Ok(()) } else { write_whole(medium, FILE, WORDS) }
}

/// Takes the mark away, durably.
pub fn unmark(medium: &dyn Medium) -> Result<(), Fault> {
    medium.remove(FILE)?;
    medium.sync_folder("")
}
