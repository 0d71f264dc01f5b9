//! What can happen to a ledger's folder or to the medium below it, as data, so that it can happen in every language.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::records::codec::encode_key;
use crate::records::row::RowKey;
use crate::storage::Head;
use crate::storage::journal::read::segments;
use crate::storage::journal::segment;
use crate::storage::medium::faulty::FaultPlan;
use crate::storage::medium::folder::FolderMedium;
use crate::storage::sled::FOLDER;
use crate::storage::sled::seal::Seal;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::time::Timestamp;

/// What happens. A file is named as below the folder; `journal` is its last segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Mishap {
    /// After so many writes that succeed, every one fails.
    WritesFail(u32),
    /// The same of syncs.
    SyncsFail(u32),
    /// The same of reads.
    ReadsFail(u32),
    /// Nothing fails any more.
    Healed,
    /// A bit is another one, so many bytes from the beginning of a file.
    Flipped(String, usize),
    /// The same, from the end of what is written in it.
    FlippedFromEnd(String, usize),
    /// So many bytes are missing at the end of what was written to a file.
    Cut(String, usize),
    /// A file is gone.
    Removed(String),
    /// A newer version of the library wrote `FORMAT`.
    NewerFormat,
    /// The rows of the state that say where records are got lost, before the state was sealed. The ledger is closed.
    PlacesLost,
}

impl Mishap {
    /// Lets it happen, to a ledger in a folder that was opened with these faults.
    pub fn happen(&self, folder: &Path, faults: &FaultPlan) -> io::Result<()> {
        match self {
            Self::WritesFail(after) => faults.fail_writes_after(*after),
            Self::SyncsFail(after) => faults.fail_syncs_after(*after),
            Self::ReadsFail(after) => faults.fail_reads_after(*after),
            Self::Healed => faults.heal(),
            Self::Flipped(file, offset) => flip(&path_of(folder, file)?, Some(*offset))?,
            Self::FlippedFromEnd(file, count) => {
                flip(&path_of(folder, file)?, end_of(folder, file)?.checked_sub(*count))?;
            }
            Self::Cut(file, count) => {
                let path = path_of(folder, file)?;
                let end = end_of(folder, file)?.checked_sub(*count).ok_or_else(nothing_there)?;
                let mut held = fs::read(&path)?;
                held.truncate(end);
                fs::write(path, held)?;
            }
            Self::Removed(file) => fs::remove_file(path_of(folder, file)?)?,
            Self::NewerFormat => {
                let file = folder.join("FORMAT");
                fs::write(&file, fs::read_to_string(&file)?.replacen("format 1", "format 2", 1))?;
            }
            Self::PlacesLost => lose_places(folder)?,
        }
        Ok(())
    }
}

fn nothing_there() -> io::Error {
    ErrorKind::UnexpectedEof.into()
}

fn failed(fault: &Fault) -> io::Error {
    io::Error::other(fault.to_string())
}

fn path_of(folder: &Path, file: &str) -> io::Result<PathBuf> {
    if file != "journal" {
        return Ok(folder.join(file));
    }
    let segments = segments(&FolderMedium::read_only(folder)).map_err(|fault| failed(&fault))?;
    segments.into_iter().max().map(|last| folder.join(segment::name(last))).ok_or_else(nothing_there)
}

/// Where what a file holds ends. The last segment grows ahead of the journal, in zeros.
fn end_of(folder: &Path, file: &str) -> io::Result<usize> {
    let held = fs::read(path_of(folder, file)?)?;
    let is_written = |byte: &u8| file != "journal" || *byte != 0;
    Ok(held.iter().rposition(is_written).map_or(0, |last| last.saturating_add(1)))
}

fn flip(file: &Path, at: Option<usize>) -> io::Result<()> {
    let mut held = fs::read(file)?;
    let byte = at.and_then(|at| held.get_mut(at)).ok_or_else(nothing_there)?;
    *byte ^= 0x10;
    fs::write(file, held)
}

/// The seal is written anew: only the audit can find what is missing.
fn lose_places(folder: &Path) -> io::Result<()> {
    let db = sled::open(folder.join(FOLDER))?;
    let mut block = 0_u64;
    while db.remove(encode_key(&RowKey::Placement(block)))?.is_some() {
        block = block.saturating_add(1);
    }
    db.flush()?;
    drop(db);
    let medium = FolderMedium::new(folder);
    let seal = Seal::read(&medium).map_err(|fault| failed(&fault))?.ok_or_else(nothing_there)?;
    Seal::write(&medium, Head { seq: seal.seq, root: seal.root, time: Timestamp::from_micros(0) })
        .map_err(|fault| failed(&fault))
}
