//! Which start of the machine this is. What a killed process left in the system's memory is still there as long as
//! the machine has not started again; after a power cut it may not be.

use sha2::{Digest, Sha256};

/// One start of the machine; `None` where the system does not say.
pub type BootId = Option<[u8; 16]>;

/// Where Linux and Android tell it.
const FILE: &str = "/proc/sys/kernel/random/boot_id";

/// This start of the machine.
pub fn this_boot() -> BootId {
    let told = std::fs::read(FILE).ok().filter(|told| !told.is_empty())?;
    Sha256::digest(told).first_chunk().copied()
}
