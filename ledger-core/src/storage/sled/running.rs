//! `state.running`: there while sled's files may be changed. It names the start of the machine in which they are, so
//! that a state whose process was killed is told from one that saw a power cut. It is gone while an erasure or a
//! rebuild is under way: a state of that time is not worth looking at.
//!
//! Version (4), boot id (16), crc32c (4). Not synced: after a power cut it says another start, or nothing.

use crate::storage::boot::BootId;
use crate::storage::journal::{Fields, with_crc, without_crc};
use crate::storage::medium::{Medium, read_whole};
use crate::vocabulary::fault::Fault;

const FILE: &str = "state.running";
const VERSION: u32 = 1;

/// Notes the start of the machine, where it is known.
pub fn write(medium: &dyn Medium, boot: BootId) -> Result<(), Fault> {
    let Some(boot) = boot else { return Ok(()) };
    medium.write_at(FILE, 0, &with_crc([VERSION.to_le_bytes().as_slice(), &boot].concat()))
}

/// The start of the machine in which the files were changed last.
pub fn read(medium: &dyn Medium) -> Result<BootId, Fault> {
    let Some(bytes) = read_whole(medium, FILE)? else { return Ok(None) };
    let decode = || {
        let mut fields = Fields(without_crc(&bytes)?);
        let (version, boot) = (fields.u32()?, fields.take()?);
        (version == VERSION && fields.0.is_empty()).then_some(boot)
    };
    Ok(decode())
}

/// Whether there is one, whatever it says.
pub fn is_there(medium: &dyn Medium) -> Result<bool, Fault> {
    Ok(medium.length(FILE)?.is_some())
}

/// Sees to it that what is there now is not looked at after a crash.
pub fn remove(medium: &dyn Medium) -> Result<(), Fault> {
    medium.remove(FILE)
}
