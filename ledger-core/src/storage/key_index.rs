//! The index of idempotency keys: from a keyed hash to the records that may have claimed it.
//!
//! A multimap of 16 bytes a key: recent ones in a map, older ones in sorted runs whose lengths at least
//! double, searched by halving. Every candidate is verified against its record.

use std::collections::BTreeMap;

use parking_lot::RwLock;

use crate::records::row::ClaimedKey;

/// How many keys the map holds before it becomes a run.
const RECENT_MAX: usize = 1 << 14;

/// From hashes to records.
pub struct KeyIndex {
    layers: RwLock<Layers>,
    /// Which bits of a hash count; tests take few, so that keys collide.
    mask: u64,
}

#[derive(Default)]
struct Layers {
    recent: BTreeMap<u64, Vec<u64>>,
    recent_count: usize,
    /// Sorted by hash, then seq.
    runs: Vec<Vec<(u64, u64)>>,
}

impl KeyIndex {
    /// An empty index that looks at this many bits of a hash, from the top.
    pub fn new(bits: u32) -> Self {
        let mask = u64::MAX.checked_shl(64_u32.saturating_sub(bits)).unwrap_or(0);
        Self { layers: RwLock::default(), mask }
    }

    /// Adds a claimed key.
    pub fn insert(&self, claimed: ClaimedKey) {
        let mut layers = self.layers.write();
        layers.recent.entry(claimed.hash & self.mask).or_default().push(claimed.seq);
        layers.recent_count = layers.recent_count.saturating_add(1);
        if layers.recent_count >= RECENT_MAX {
            layers.settle();
        }
    }

    /// The records that may have claimed the key of this hash, oldest first.
    pub fn candidates(&self, hash: u64) -> Vec<u64> {
        let hash = hash & self.mask;
        let layers = self.layers.read();
        let in_runs = layers.runs.iter().flat_map(|run| find_all(run, hash));
        let mut found: Vec<u64> =
            in_runs.chain(layers.recent.get(&hash).into_iter().flatten().copied()).collect();
        found.sort_unstable();
        found
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.layers.write() = Layers::default();
    }
}

impl Layers {
    /// Turns the map into a run, and merges runs until each is less than half of the one before.
    fn settle(&mut self) {
        let recent = core::mem::take(&mut self.recent);
        self.recent_count = 0;
        let mut run: Vec<(u64, u64)> = recent
            .into_iter()
            .flat_map(|(hash, seqs)| seqs.into_iter().map(move |seq| (hash, seq)))
            .collect();
        while let Some(before) = self.runs.pop_if(|before| before.len() < run.len().saturating_mul(2)) {
            run = merge(&before, &run);
        }
        self.runs.push(run);
    }
}

fn merge(left: &[(u64, u64)], right: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut merged = Vec::with_capacity(left.len().saturating_add(right.len()));
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    while let Some(next) = match (left.peek(), right.peek()) {
        (Some(l), Some(r)) if r < l => right.next(),
        (Some(_), _) => left.next(),
        (None, _) => right.next(),
    } {
        merged.push(*next);
    }
    merged
}

fn find_all(run: &[(u64, u64)], hash: u64) -> impl Iterator<Item = u64> {
    let start = run.partition_point(|(each, _)| *each < hash);
    run.iter().skip(start).take_while(move |(each, _)| *each == hash).map(|(_, seq)| *seq)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_found_also_when_hashes_collide() {
        for bits in [64, 8, 1] {
            let index = KeyIndex::new(bits);
            let hash = |seq: u64| seq.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            for seq in 1..=70_000 {
                index.insert(ClaimedKey { hash: hash(seq), seq });
            }
            for seq in (1..=70_000).step_by(997) {
                let found = index.candidates(hash(seq));
                assert!(found.contains(&seq), "seq {seq}, {bits} bits");
                assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
                if bits == 64 {
                    assert_eq!(found, [seq]);
                }
            }
            assert_eq!(index.candidates(1).is_empty(), bits == 64);
        }
    }
}
