//! `state.seal`: written at a clean close, removed at opening. It says up to which record the state at rest
//! goes; without it, or when it disagrees, the state is rebuilt.
//!
//! Version (4), seq (8), tree root (32), crc32c (4). The checksums of sled's files will follow the root in
//! version 2.

use crate::storage::Head;
use crate::storage::journal::{Fields, with_crc, without_crc};
use crate::storage::medium::{Medium, read_whole, write_whole};
use crate::vocabulary::fault::Fault;

const FILE: &str = "state.seal";
const VERSION: u32 = 1;

/// What the state at rest goes up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// The last record folded in.
    pub seq: u64,
    /// The root of the tree up to it.
    pub root: [u8; 32],
}

impl Seal {
    /// Seals the state at a head.
    pub fn write(medium: &dyn Medium, head: Head) -> Result<(), Fault> {
        let bytes = [VERSION.to_le_bytes().as_slice(), &head.seq.to_le_bytes(), &head.root].concat();
        write_whole(medium, FILE, &with_crc(bytes))
    }

    /// The seal, if there is one that is whole and right.
    pub fn read(medium: &dyn Medium) -> Result<Option<Self>, Fault> {
        let Some(bytes) = read_whole(medium, FILE)? else {
            return Ok(None);
        };
        let decode = || {
            let mut fields = Fields(without_crc(&bytes)?);
            let (version, seq, root) = (fields.u32()?, fields.u64()?, fields.take()?);
            (version == VERSION).then_some(Self { seq, root })
        };
        Ok(decode())
    }
}

/// Breaks the seal, durably, before anything may change.
pub fn remove(medium: &dyn Medium) -> Result<(), Fault> {
    medium.remove(FILE)?;
    medium.sync_folder("")
}
