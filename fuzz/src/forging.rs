//! Journals with any records and right checksums: written from `docs/storage-format.md`, not by the library, so that
//! hostile records get past every checksum.

use crc32c::crc32c;
use sha2::{Digest, Sha256};

use crate::damage::FileMap;

const SEGMENT: &str = "journal/0000000001.log";
/// The header of a first segment.
const SEGMENT_HEADER: usize = 56;
/// What a group begins with.
const MAGIC: &[u8] = b"DLGR";
/// The header of a group.
const GROUP_HEADER: usize = 68;

/// A group of records.
#[derive(Clone)]
pub struct Group {
    /// Its time, as it stands in the header.
    pub time: [u8; 8],
    /// The bytes of its records.
    pub records: Vec<Vec<u8>>,
}

/// A journal of one segment, taken apart.
#[derive(Clone)]
pub struct Journal {
    header: Vec<u8>,
    /// Its groups.
    pub groups: Vec<Group>,
}

impl Journal {
    /// Takes the journal of a sound book apart.
    pub fn of(files: &FileMap) -> Self {
        let (header, mut rest) = files[SEGMENT].split_at(SEGMENT_HEADER);
        let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("4 bytes")) as usize;
        let mut groups = Vec::new();
        // Zeros after the last group are room that was made ahead.
        while rest.starts_with(MAGIC) {
            let (head, after) = rest.split_at(GROUP_HEADER);
            let (mut body, next) = after.split_at(number(&head[16..20]));
            let mut records = Vec::new();
            while !body.is_empty() {
                let (record, left) = body[8..].split_at(number(&body[..4]));
                records.push(record.to_vec());
                body = left;
            }
            groups.push(Group { time: head[20..28].try_into().expect("8 bytes"), records });
            rest = next;
        }
        Self { header: header.to_vec(), groups }
    }

    /// Writes the segment, and a `HEAD` that acknowledges all of it.
    pub fn write(&self, files: &mut FileMap) {
        let mut segment = self.header.clone();
        let mut tree = Tree::default();
        for group in &self.groups {
            let mut body = Vec::new();
            for record in &group.records {
                body.extend((record.len() as u32).to_le_bytes());
                body.extend(crc32c(record).to_le_bytes());
                body.extend(record);
            }
            let mut head = MAGIC.to_vec();
            head.extend((tree.leaves + 1).to_le_bytes());
            head.extend((group.records.len() as u32).to_le_bytes());
            head.extend((body.len() as u32).to_le_bytes());
            head.extend(group.time);
            head.extend(tree.root());
            head.extend(crc32c(&body).to_le_bytes());
            segment.extend(with_crc(head));
            segment.extend(body);
            group.records.iter().for_each(|record| tree.append(record));
        }
        let mut slot = tree.leaves.to_le_bytes().to_vec();
        slot.extend(1_u32.to_le_bytes());
        slot.extend((segment.len() as u64).to_le_bytes());
        slot.extend(tree.root());
        slot.extend([0; 8]);
        files.insert("HEAD".to_owned(), with_crc(slot));
        files.insert(SEGMENT.to_owned(), segment);
    }
}

fn with_crc(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend(crc32c(&bytes).to_le_bytes());
    bytes
}

/// The hash tree of RFC 6962: the roots of its perfect subtrees, each with its count of leaves.
#[derive(Default)]
struct Tree {
    leaves: u64,
    subtrees: Vec<(u64, [u8; 32])>,
}

impl Tree {
    fn append(&mut self, record: &[u8]) {
        self.leaves += 1;
        self.subtrees.push((1, Sha256::digest([&[0], record].concat()).into()));
        while let [.., (left, a), (right, b)] = self.subtrees[..]
            && left == right
        {
            self.subtrees.truncate(self.subtrees.len() - 2);
            self.subtrees.push((left + right, node(a, b)));
        }
    }

    fn root(&self) -> [u8; 32] {
        let roots = self.subtrees.iter().rev().map(|(_, root)| *root);
        roots.reduce(|right, left| node(left, right)).unwrap_or_else(|| Sha256::digest([]).into())
    }
}

fn node(left: [u8; 32], right: [u8; 32]) -> [u8; 32] {
    Sha256::digest([&[1], left.as_slice(), &right].concat()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base_book::{BaseBook, options};
    use crate::sound::assert_sound;
    use ledger_core::testkit::Files;

    /// A journal that was taken apart and not changed is the same again.
    #[test]
    fn an_unchanged_journal_opens() {
        let book = BaseBook::narrow();
        let mut files = book.files.clone();
        Journal::of(&files).write(&mut files);
        assert!(book.files[SEGMENT].starts_with(&files[SEGMENT]));
        assert_sound(&Files::of(files).open(options()).expect("a sound ledger"));
    }
}
