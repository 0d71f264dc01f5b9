//! The Merkle tree of RFC 6962 (section 2.1) over record bytes, kept as a compact range: the roots of the
//! perfect subtrees that cover the leaves, largest first. Appending costs one leaf hash and, on average, one
//! node hash.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The tree over the records so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompactRange {
    leaves: u64,
    subtrees: Vec<Hash>,
}

impl CompactRange {
    /// A range from its parts, if there are as many subtrees as the count of leaves needs.
    pub fn from_parts(leaves: u64, subtrees: Vec<Hash>) -> Option<Self> {
        let needed = usize::try_from(leaves.count_ones()).ok()?;
        (subtrees.len() == needed).then_some(Self { leaves, subtrees })
    }

    /// How many leaves.
    pub fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The roots of the perfect subtrees, largest first.
    pub fn subtrees(&self) -> &[Hash] {
        &self.subtrees
    }

    /// Appends a leaf.
    pub fn append(&mut self, leaf: &[u8]) {
        let mut hash: Hash = Sha256::new().chain_update([0]).chain_update(leaf).finalize().into();
        for _ in 0..self.leaves.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                hash = node(&left, &hash);
            }
        }
        self.subtrees.push(hash);
        self.leaves = self.leaves.saturating_add(1);
    }

    /// The root; of no leaves, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut from_right = self.subtrees.iter().rev();
        match from_right.next() {
            Some(&smallest) => from_right.fold(smallest, |right, left| node(left, &right)),
            None => Sha256::digest([]).into(),
        }
    }
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::hex::hex;

    /// The definition in RFC 6962, section 2.1, word for word.
    fn by_definition(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => Sha256::new().chain_update([0]).chain_update(leaf).finalize().into(),
            _ => {
                let left = leaves.len().next_power_of_two() / 2;
                node(&by_definition(&leaves[..left]), &by_definition(&leaves[left..]))
            }
        }
    }

    #[test]
    fn the_compact_range_has_the_root_of_the_definition() {
        let leaves: Vec<Vec<u8>> = (0_u8..70).map(|each| vec![each; usize::from(each)]).collect();
        let mut range = CompactRange::default();
        for count in 0..leaves.len() {
            assert_eq!(range.root(), by_definition(&leaves[..count]), "{count} leaves");
            let copy = CompactRange::from_parts(range.leaves(), range.subtrees().to_vec());
            assert_eq!(copy.as_ref(), Some(&range));
            range.append(&leaves[count]);
        }
        assert_eq!(CompactRange::from_parts(3, vec![[0; 32]]), None);
    }

    #[test]
    fn known_roots() {
        // Test vectors of Certificate Transparency for 0 and 1 leaves, the leaf being empty.
        let mut range = CompactRange::default();
        assert_eq!(hex(&range.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        range.append(b"");
        assert_eq!(hex(&range.root()), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }
}
