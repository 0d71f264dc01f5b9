//! Files of a ledger's folder, for tests that copy and damage them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Every file below a folder, sorted, with its path relative to the folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), target).unwrap();
    }
}

/// Where the acknowledged journal ends in its last segment. The file is longer while a writer has it: it grows ahead.
pub fn journal_end(folder: &Path) -> usize {
    let head = fs::read(folder.join("HEAD")).unwrap();
    let number = |slot: &[u8], at: usize| u64::from_le_bytes(slot[at..at + 8].try_into().unwrap());
    let newest = head.chunks(64).max_by_key(|slot| number(slot, 0)).unwrap();
    usize::try_from(number(newest, 12)).unwrap()
}

/// Seals the state again as it is now, as if it had been so when the ledger was closed: what only the audit finds.
pub fn seal_again(folder: &Path) {
    let seal = folder.join("state.seal");
    // Version, seq and root stay.
    let mut bytes = fs::read(&seal).unwrap()[..44].to_vec();
    let state: Vec<PathBuf> = files(folder).into_iter().filter(|file| file.starts_with("state")).collect();
    let count = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    bytes.extend(count(state.len()));
    for file in state {
        let (name, held) = (file.to_str().unwrap(), fs::read(folder.join(&file)).unwrap());
        bytes.extend(count(name.len()));
        bytes.extend(name.as_bytes());
        bytes.extend(u64::try_from(held.len()).unwrap().to_le_bytes());
        bytes.extend(crc32c::crc32c(&held).to_le_bytes());
    }
    bytes.extend(crc32c::crc32c(&bytes).to_le_bytes());
    fs::write(seal, bytes).unwrap();
}

/// Cuts the room that a writer left at the end of the last segment, as closing does.
pub fn trim(folder: &Path, segment: &str) {
    let end = journal_end(folder);
    edit(&folder.join(segment), |bytes| bytes.truncate(end));
}

/// Changes the bytes of a file.
pub fn edit(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    change(&mut bytes);
    fs::write(file, bytes).unwrap();
}

/// The SHA-256 of every file below a folder, less `LOCK`, which whoever opens a ledger writes.
pub fn hashes(folder: &Path) -> BTreeMap<PathBuf, String> {
    let files = files(folder).into_iter().filter(|file| file != Path::new("LOCK"));
    files.map(|file| (file.clone(), sha256(&fs::read(folder.join(file)).unwrap()))).collect()
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}
