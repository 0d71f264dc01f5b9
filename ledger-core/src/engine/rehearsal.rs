//! Rehearsal: commands decided one after the other as if they were committed, and nothing written.

use std::sync::Arc;

use super::committer::Results;
use super::gate::DryRun;
use super::pipeline::Pipeline;
use crate::machine::command::Command;
use crate::records::sealing::{KeySource, LedgerSecret, SlotKey};
use crate::storage::Keys;
use crate::vocabulary::fault::Fault;

/// Decides commands over a moment of the ledger and all that it decided before. Keeps what it decided in
/// memory, and keeps checkpoints waiting as long as it lives.
pub struct Rehearsal {
    pipeline: Pipeline,
    /// Given up last: until then nobody replaces the state.
    _dry_run: DryRun,
}

impl Rehearsal {
    /// Begins with a pipeline whose group is never written.
    pub fn new(pipeline: Pipeline, dry_run: DryRun) -> Self {
        Self { pipeline, _dry_run: dry_run }
    }

    /// What committing these commands would return.
    pub fn submit_all(&mut self, commands: &[Command]) -> Results {
        commands.iter().map(|command| self.pipeline.plan(command).result).collect()
    }
}

/// The keys of donors, with slots that are not really handed out.
pub struct RehearsalKeys {
    keys: Arc<dyn Keys>,
}

/// No keyring has so many slots; what is sealed with this one is never written.
const STAND_IN: u32 = u32::MAX;

impl RehearsalKeys {
    /// Over the real keys.
    pub fn over(keys: Arc<dyn Keys>) -> Self {
        Self { keys }
    }
}

impl KeySource for RehearsalKeys {
    fn slot_key(&self, slot: u32) -> Result<SlotKey, Fault> {
        if slot == STAND_IN { Ok(SlotKey::Present([0; 32])) } else { self.keys.slot_key(slot) }
    }
}

impl Keys for RehearsalKeys {
    fn secret(&self) -> &LedgerSecret {
        self.keys.secret()
    }

    fn hand_out(&self) -> Result<(u32, [u8; 32]), Fault> {
        Ok((STAND_IN, [0; 32]))
    }

    fn nonce(&self) -> Result<[u8; 24], Fault> {
        Ok([0; 24])
    }
}
