//! What is on a disk after a power cut: files whose unsynced sectors are there or not, each for itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ledger_core::SeenFiles;

use crate::dice::Dice;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Files by name.
pub type Image = BTreeMap<String, Vec<u8>>;

/// Writes an image into an empty folder.
pub fn write(image: &Image, folder: &Path) {
    for (name, bytes) in image {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// How much of what was not synced a power cut leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Nothing of it.
    Nothing,
    /// All of it: a process was killed, and the system wrote everything.
    Everything,
    /// Each part of it with so many chances in eight.
    Some(u64),
}

impl Mood {
    /// One of them; mostly a mixture.
    pub fn draw(dice: &mut Dice) -> Self {
        dice.pick(&[
            Self::Nothing,
            Self::Everything,
            Self::Some(1),
            Self::Some(4),
            Self::Some(4),
            Self::Some(7),
        ])
    }

    /// Whether one part is kept.
    pub fn keeps(self, dice: &mut Dice) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Some(chances) => dice.below(8) < chances,
        }
    }

    /// How many of so many changes in a row are kept.
    pub fn kept_of(self, dice: &mut Dice, count: usize) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Everything => count,
            // Of few changes the ends are what matters, of many any number.
            Self::Some(_) if dice.once_in(3) => dice.place(count + 1),
            Self::Some(_) => {
                if self.keeps(dice) {
                    count
                } else {
                    0
                }
            }
        }
    }
}

/// A change of a file that was not synced.
#[derive(Debug, Clone)]
pub enum Change {
    /// Bytes at an offset.
    Write(usize, Arc<Vec<u8>>),
    /// Another length.
    Cut(usize),
}

/// A file: what it was when it was synced, and what was done since.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    synced: Arc<Vec<u8>>,
    pending: Vec<Change>,
}

impl Kept {
    /// A file that is wholly on the disk.
    pub fn durable(bytes: Vec<u8>) -> Self {
        Self { synced: Arc::new(bytes), pending: Vec::new() }
    }

    /// Does something to it.
    pub fn change(&mut self, change: Change) {
        self.pending.push(change);
    }

    /// Makes all of it durable.
    pub fn sync(&mut self) {
        let synced = Arc::make_mut(&mut self.synced);
        for change in self.pending.drain(..) {
            match change {
                Change::Write(offset, bytes) => put(synced, offset, &bytes),
                Change::Cut(length) => synced.resize(length, 0),
            }
        }
    }

    /// The file after a power cut: its length as after some of the changes, and each sector as after some of them.
    pub fn draw(&self, dice: &mut Dice, mood: Mood) -> Vec<u8> {
        let count = self.pending.len();
        let changes_of_length = mood.kept_of(dice, count);
        let mut kept_in: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut bytes, mut length) = ((*self.synced).clone(), self.synced.len());
        for (number, change) in self.pending.iter().enumerate() {
            let counts = number < changes_of_length;
            match change {
                Change::Cut(to) if counts => {
                    bytes.truncate(*to);
                    length = *to;
                }
                Change::Cut(_) => {}
                Change::Write(offset, written) => {
                    for (sector, from, to) in sectors(*offset, written.len()) {
                        let kept = *kept_in.entry(sector).or_insert_with(|| mood.kept_of(dice, count));
                        if number < kept {
                            put(&mut bytes, from, &written[from - offset..to - offset]);
                        }
                    }
                    if counts {
                        length = length.max(offset + written.len());
                    }
                }
            }
        }
        bytes.resize(length, 0);
        bytes
    }
}

/// The sectors that bytes touch, each with the bytes in it.
fn sectors(offset: usize, length: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    let end = offset + length;
    (offset / SECTOR..end.div_ceil(SECTOR))
        .map(move |sector| (sector, offset.max(sector * SECTOR), end.min((sector + 1) * SECTOR)))
}

fn put(bytes: &mut Vec<u8>, offset: usize, written: &[u8]) {
    let end = offset + written.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[offset..end].copy_from_slice(written);
}

/// A folder that others write to: what it was when all below it was synced, and what it is.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// What is durable.
    pub synced: Arc<SeenFiles>,
    /// What it was when it was looked at last.
    pub seen: Arc<SeenFiles>,
}

impl Tree {
    /// The files after a power cut, each with its name below the folder's own.
    pub fn draw(&self, dice: &mut Dice, mood: Mood) -> Image {
        let mut names: Vec<&String> = self.synced.keys().chain(self.seen.keys()).collect();
        names.sort();
        names.dedup();
        let mut files = Image::new();
        for name in names {
            let drawn = match (self.synced.get(name), self.seen.get(name)) {
                (Some(old), Some(new)) if old == new => Some(old.to_vec()),
                (Some(old), Some(new)) => Some(mixed(old, new, dice, mood)),
                (None, Some(new)) => mood.keeps(dice).then(|| mixed(&[], new, dice, mood)),
                // Removed since: the removal may not have reached the disk.
                (Some(old), None) => (!mood.keeps(dice)).then(|| old.to_vec()),
                (None, None) => None,
            };
            if let Some(bytes) = drawn {
                files.insert(name.clone(), bytes);
            }
        }
        files
    }
}

/// Each sector old or new, and so the length.
fn mixed(old: &[u8], new: &[u8], dice: &mut Dice, mood: Mood) -> Vec<u8> {
    let length = if mood.keeps(dice) { new.len() } else { old.len() };
    let mut drawn = old.to_vec();
    drawn.resize(length, 0);
    for start in (0..length).step_by(SECTOR) {
        let end = length.min(start + SECTOR);
        let written = &new[start.min(new.len())..end.min(new.len())];
        let differs = drawn[start..start + written.len()] != *written;
        if differs && mood.keeps(dice) {
            drawn[start..start + written.len()].copy_from_slice(written);
        }
    }
    drawn
}
