//! What the process that is killed and the test that kills it agree on.

use ledger_core::Options;

/// Small segments and checkpoints, so that kills fall into rolls and checkpoints too.
pub fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(150)
}
