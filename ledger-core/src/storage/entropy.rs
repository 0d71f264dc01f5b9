//! The only source of randomness: ids of ledgers, keys, nonces.

#[cfg(any(test, feature = "testkit"))]
use parking_lot::Mutex;
#[cfg(any(test, feature = "testkit"))]
use sha2::{Digest, Sha256};

use crate::vocabulary::fault::Fault;

/// Where random bytes come from.
pub enum Entropy {
    /// The operating system.
    System,
    /// A seed, for tests that compare bytes: SHA-256 of seed and counter. Never for a real ledger.
    #[cfg(any(test, feature = "testkit"))]
    Seeded(Mutex<Seeded>),
}

/// A reproducible stream of bytes.
#[cfg(any(test, feature = "testkit"))]
pub struct Seeded {
    seed: u64,
    blocks: u64,
}

impl Entropy {
    /// The reproducible stream of a seed.
    #[cfg(any(test, feature = "testkit"))]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Mutex::new(Seeded { seed, blocks: 0 }))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        match self {
            #[allow(clippy::disallowed_methods, reason = "this is the one place")]
            Self::System => {
                getrandom::fill(&mut bytes).map_err(|error| Fault::medium("read random bytes", &error))?;
            }
            #[cfg(any(test, feature = "testkit"))]
            Self::Seeded(stream) => {
                let mut stream = stream.lock();
                for chunk in bytes.chunks_mut(32) {
                    let block =
                        Sha256::digest([stream.seed.to_be_bytes(), stream.blocks.to_be_bytes()].concat());
                    stream.blocks = stream.blocks.saturating_add(1);
                    for (to, from) in chunk.iter_mut().zip(block) {
                        *to = from;
                    }
                }
            }
        }
        Ok(bytes)
    }
}
