//! Damage to files, as bytes say: flipped, overwritten, cut, put elsewhere, lost.

use std::collections::BTreeMap;

use arbitrary::Unstructured;

use crate::base_book::BaseBook;
use crate::forging::Journal;

/// Files by their names.
pub type FileMap = BTreeMap<String, Vec<u8>>;

/// Names that a ledger's files may have.
pub const NAMES: [&str; 7] = [
    "FORMAT",
    "HEAD",
    "keys",
    "journal/0000000001.log",
    "journal/0000000002.log",
    "journal/0000000003.log",
    "journal/torn-1",
];

/// Files with any content.
pub fn any_files(bytes: &mut Unstructured<'_>) -> arbitrary::Result<FileMap> {
    let mut files = FileMap::new();
    while !bytes.is_empty() {
        let name = *bytes.choose(&NAMES)?;
        let length = usize::from(bytes.arbitrary::<u16>()?).min(bytes.len());
        files.insert(name.to_owned(), bytes.bytes(length)?.to_vec());
    }
    Ok(files)
}

/// The files of a sound book, damaged in one to four places.
pub fn damaged(bytes: &mut Unstructured<'_>, book: &BaseBook) -> arbitrary::Result<FileMap> {
    let mut files = book.files.clone();
    for _ in 0..bytes.int_in_range(1..=4)? {
        damage(bytes, &mut files)?;
    }
    Ok(files)
}

/// The files of a sound book with a journal that was changed before it got its checksums.
pub fn forged(bytes: &mut Unstructured<'_>, book: &BaseBook) -> arbitrary::Result<FileMap> {
    let mut journal = Journal::of(&book.files);
    for _ in 0..bytes.int_in_range(1..=4)? {
        let (from, to) =
            (bytes.choose_index(journal.groups.len())?, bytes.choose_index(journal.groups.len())?);
        match bytes.int_in_range(0..=9)? {
            0 => journal.groups.swap(from, to),
            1 => journal.groups.truncate(from + 1),
            2 => journal.groups[from].time = bytes.arbitrary()?,
            3 => {
                let records = journal.groups[from].records.clone();
                journal.groups[to].records.extend(records);
            }
            _ => {
                let records = &mut journal.groups[from].records;
                let place = bytes.choose_index(records.len())?;
                damage_bytes(bytes, &mut records[place])?;
            }
        }
    }
    let mut files = book.files.clone();
    journal.write(&mut files);
    Ok(files)
}

/// Does one kind of damage to one of the files.
fn damage(bytes: &mut Unstructured<'_>, files: &mut FileMap) -> arbitrary::Result<()> {
    let names: Vec<String> = files.keys().cloned().collect();
    let Some(name) = (!names.is_empty()).then(|| bytes.choose(&names)).transpose()? else { return Ok(()) };
    match bytes.int_in_range(0..=11)? {
        0 => {
            files.remove(name);
        }
        1 => {
            let content = files.remove(name).unwrap_or_default();
            files.insert((*bytes.choose(&NAMES)?).to_owned(), content);
        }
        2 => {
            let content = files[name].clone();
            files.insert((*bytes.choose(&NAMES)?).to_owned(), content);
        }
        3 => {
            let piece = piece(bytes, &files[name])?;
            let into = files.get_mut(bytes.choose(&names)?).expect("is there");
            overwrite(bytes, into, &piece)?;
        }
        _ => damage_bytes(bytes, files.get_mut(name).expect("is there"))?,
    }
    Ok(())
}

/// Does one kind of damage to bytes.
fn damage_bytes(bytes: &mut Unstructured<'_>, content: &mut Vec<u8>) -> arbitrary::Result<()> {
    let at = place(bytes, content.len())?;
    match bytes.int_in_range(0..=7)? {
        0 | 1 => {
            let bit = 1 << bytes.int_in_range(0..=7)?;
            content.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= bit);
        }
        2 => {
            let value = bytes.arbitrary()?;
            content.iter_mut().skip(at).take(1).for_each(|byte| *byte = value);
        }
        3 => content.truncate(at),
        4 => {
            let length = bytes.int_in_range(0..=255)?;
            content.iter_mut().skip(at).take(length).for_each(|byte| *byte = 0);
        }
        5 => {
            let piece = piece(bytes, content)?;
            content.splice(at..at, piece);
        }
        6 => {
            let length = usize::from(bytes.arbitrary::<u8>()?);
            content.drain(at..(at + length).min(content.len()));
        }
        _ => {
            let length = bytes.int_in_range(0..=32)?.min(bytes.len());
            let new = bytes.bytes(length)?.to_vec();
            overwrite(bytes, content, &new)?;
        }
    }
    Ok(())
}

/// An offset in a file, as often near its end as anywhere.
fn place(bytes: &mut Unstructured<'_>, length: usize) -> arbitrary::Result<usize> {
    let from_end = bytes.ratio(1, 2)?;
    let offset = if from_end { bytes.int_in_range(0..=255)? } else { bytes.int_in_range(0..=length)? };
    Ok(if from_end { length.saturating_sub(offset) } else { offset })
}

fn piece(bytes: &mut Unstructured<'_>, of: &[u8]) -> arbitrary::Result<Vec<u8>> {
    let (from, length) = (place(bytes, of.len())?, usize::from(bytes.arbitrary::<u16>()?));
    Ok(of.iter().skip(from).take(length).copied().collect())
}

fn overwrite(bytes: &mut Unstructured<'_>, content: &mut Vec<u8>, new: &[u8]) -> arbitrary::Result<()> {
    let at = place(bytes, content.len())?;
    let end = (at + new.len()).min(content.len());
    content.splice(at..end, new.iter().copied());
    Ok(())
}
