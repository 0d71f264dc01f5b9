//! The index of idempotency keys: from a keyed hash to the records that may have claimed it.
//!
//! A multimap of 16 bytes a key: recent ones in a table, older ones in sorted runs whose lengths at least double. Hashes
//! are spread evenly, so where one stands in a run is calculated, and looked for around there. Every candidate is
//! verified against its record.

use parking_lot::RwLock;
use rustc_hash::FxHashMap;

use crate::records::row::ClaimedKey;

/// How many hashes the table holds before it becomes a run.
const RECENT_MAX: usize = 1 << 14;

/// From hashes to records.
pub struct KeyIndex {
    layers: RwLock<Layers>,
    /// Which bits of a hash count; tests take few, so that keys collide.
    mask: u64,
}

#[derive(Default)]
struct Layers {
    recent: FxHashMap<u64, Claims>,
    /// Sorted by hash, then seq.
    runs: Vec<Vec<(u64, u64)>>,
}

/// The seqs of a hash, oldest first.
enum Claims {
    One(u64),
    Many(Vec<u64>),
}

impl Claims {
    fn seqs(&self) -> &[u64] {
        match self {
            Self::One(seq) => core::slice::from_ref(seq),
            Self::Many(seqs) => seqs,
        }
    }

    fn add(&mut self, seq: u64) {
        match self {
            Self::One(first) => *self = Self::Many(vec![*first, seq]),
            Self::Many(seqs) => seqs.push(seq),
        }
    }
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
        let claims = layers.recent.entry(claimed.hash & self.mask);
        claims.and_modify(|claims| claims.add(claimed.seq)).or_insert(Claims::One(claimed.seq));
        if layers.recent.len() >= RECENT_MAX {
            layers.settle();
        }
    }

    /// The records that may have claimed the key of this hash, oldest first.
    pub fn candidates(&self, hash: u64) -> Vec<u64> {
        let hash = hash & self.mask;
        let layers = self.layers.read();
        let mut found = Vec::new();
        for run in &layers.runs {
            let claims = run.iter().skip(start_of(run, hash)).take_while(|(each, _)| *each == hash);
            found.extend(claims.map(|(_, seq)| *seq));
        }
        found.extend(layers.recent.get(&hash).into_iter().flat_map(Claims::seqs));
        found.sort_unstable();
        found
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.layers.write() = Layers::default();
    }
}

impl Layers {
    /// Turns the table into a run, and merges runs until each is less than half of the one before.
    fn settle(&mut self) {
        let mut run: Vec<(u64, u64)> = Vec::with_capacity(self.recent.len());
        for (hash, claims) in self.recent.drain() {
            run.extend(claims.seqs().iter().map(|seq| (hash, *seq)));
        }
        run.sort_unstable();
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

/// Where the claims of a hash begin in a run, or would.
fn start_of(run: &[(u64, u64)], hash: u64) -> usize {
    let is_before = |at: usize| run.get(at).is_some_and(|(each, _)| *each < hash);
    let spread = u128::from(hash).saturating_mul(u128::try_from(run.len()).unwrap_or(0)) >> 64;
    let guess = usize::try_from(spread).unwrap_or(0);
    // Steps that double enclose the place, from whichever side it is.
    let (mut low, mut high, mut step) = (guess, guess, 1_usize);
    while low > 0 && !is_before(low.saturating_sub(1)) {
        low = low.saturating_sub(step);
        step = step.saturating_mul(2);
    }
    step = 1;
    while is_before(high) {
        low = low.max(high);
        high = high.saturating_add(step).min(run.len());
        step = step.saturating_mul(2);
    }
    let high = high.max(low).min(run.len());
    low.saturating_add(run.get(low..high).unwrap_or(&[]).partition_point(|(each, _)| *each < hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_found_also_when_hashes_collide() {
        for bits in [64, 20, 8, 1] {
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
            assert_eq!(index.candidates(1).is_empty(), bits >= 20, "{bits} bits");
        }
    }
    #[test]
    fn the_beginning_is_found_wherever_it_stands() {
        let runs: [&[u64]; 6] =
            [&[], &[7], &[u64::MAX], &[0, 0, 0], &[1, 2, 3, u64::MAX], &[u64::MAX / 2; 5]];
        for hashes in runs {
            let run: Vec<(u64, u64)> = hashes.iter().map(|hash| (*hash, 1)).collect();
            for hash in [0, 1, 3, 6, 7, 8, u64::MAX / 2, u64::MAX / 2 + 1, u64::MAX - 1, u64::MAX] {
                let expected = hashes.iter().filter(|each| **each < hash).count();
                assert_eq!(start_of(&run, hash), expected, "{hash} in {hashes:?}");
            }
        }
    }
}
