//! The id of a cause is not the id of a donor.
use ledger_core::{CauseId, DonorId};

fn donor(cause: CauseId) -> DonorId {
    cause
}

fn main() {}
