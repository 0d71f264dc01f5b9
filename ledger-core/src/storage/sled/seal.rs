//! `state.seal`: written at a clean close, removed at opening. It says up to which record the state at rest goes,
//! and the checksum of every file of sled's; without it, or when it disagrees, the state is not taken as it is.
//!
//! Version (4), seq (8), tree root (32), count of files (4), then for each file, in order of their names: length of
//! the name (4), name, length of the file (8), crc32c of the file (4). At the end the crc32c of all that (4).

use super::FOLDER;
use crate::storage::Head;
use crate::storage::journal::{Fields, with_crc, without_crc};
use crate::storage::medium::{Medium, read_whole, write_whole};
use crate::vocabulary::fault::Fault;

/// The name of the file.
pub const FILE: &str = "state.seal";
const VERSION: u32 = 2;
/// Bytes of a file that are read at once.
const CHUNK: usize = 1 << 20;

/// What the state at rest is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The last record folded in.
    pub seq: u64,
    /// The root of the tree up to it.
    pub root: [u8; 32],
    /// Every file.
    files: Vec<SealedFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct SealedFile {
    name: String,
    length: u64,
    crc: u32,
}

impl Seal {
    /// Seals the state at a head.
    pub fn write(medium: &dyn Medium, head: Head) -> Result<(), Fault> {
        let files = files_of(medium)?;
        let mut bytes = [VERSION.to_le_bytes().as_slice(), &head.seq.to_le_bytes(), &head.root].concat();
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
        bytes.extend(count(files.len()));
        for SealedFile { name, length, crc } in files {
            bytes.extend(count(name.len()));
            bytes.extend(name.as_bytes());
            bytes.extend(length.to_le_bytes());
            bytes.extend(crc.to_le_bytes());
        }
        write_whole(medium, FILE, &with_crc(bytes))
    }

    /// The seal, if there is one that is whole and right.
    pub fn read(medium: &dyn Medium) -> Result<Option<Self>, Fault> {
        Ok(read_whole(medium, FILE)?.and_then(|bytes| Self::decode(&bytes)))
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(without_crc(bytes)?);
        (fields.u32()? == VERSION).then_some(())?;
        let (seq, root, count) = (fields.u64()?, fields.take()?, fields.u32()?);
        let mut files = Vec::new();
        for _ in 0..count {
            let length = usize::try_from(fields.u32()?).ok()?;
            let name = String::from_utf8(fields.bytes(length)?.to_vec()).ok()?;
            files.push(SealedFile { name, length: fields.u64()?, crc: fields.u32()? });
        }
        fields.0.is_empty().then_some(Self { seq, root, files })
    }

    /// Whether sled's files are those that were sealed, byte by byte.
    pub fn holds(&self, medium: &dyn Medium) -> Result<bool, Fault> {
        Ok(files_of(medium)? == self.files)
    }
}

fn files_of(medium: &dyn Medium) -> Result<Vec<SealedFile>, Fault> {
    let names = medium.files_below(FOLDER)?;
    // What blocks sled is removed before it opens: no part of the state.
    let of_state = names.into_iter().filter(|name| !super::is_unfinished_snapshot(name));
    of_state.map(|name| sealed_file(medium, name)).collect()
}

fn sealed_file(medium: &dyn Medium, name: String) -> Result<SealedFile, Fault> {
    let (mut length, mut crc) = (0_u64, 0);
    loop {
        let chunk = medium.read_at(&name, length, CHUNK)?;
        if chunk.is_empty() {
            return Ok(SealedFile { name, length, crc });
        }
        crc = crc32c::crc32c_append(crc, &chunk);
        length = length.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
    }
}

/// Breaks the seal, durably, before anything may change.
pub fn remove(medium: &dyn Medium) -> Result<(), Fault> {
    medium.remove(FILE)?;
    medium.sync_folder("")
}
