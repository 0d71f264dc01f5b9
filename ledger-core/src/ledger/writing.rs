//! Writes: each a named method over `submit`.

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::committer::Results;
use crate::engine::error::LedgerError;
use crate::machine::command::{
    Adjust, ClosePeriod, Command, Donate, OpenCause, Reallocate, Refund, RegisterDonor, TakeOver,
    UpdateCause, UpdateDonor,
};
use crate::machine::rejection::Rejection;

/// Most commands of one call.
pub const COMMANDS_MAX: usize = 10_000;

impl Ledger {
    /// Commits any command. Returns after it is durable; a failed call says whether it can have happened.
    pub fn submit(&self, command: Command) -> Result<Committed, LedgerError> {
        let lost = || LedgerError::Closed { why: "call was lost by the committer".to_owned() };
        self.inner.committer.submit(vec![command], self.inner.durability).pop().unwrap_or_else(|| Err(lost()))
    }

    /// Commits up to 10,000 commands together, in their order: one wait for the disk. Each has its own
    /// result; one that is refused does not keep the others from being committed.
    pub fn submit_all(&self, commands: Vec<Command>) -> Result<Results, LedgerError> {
        if commands.len() > COMMANDS_MAX {
            let count = |of: usize| u64::try_from(of).unwrap_or(u64::MAX);
            return Err(Rejection::TooManyCommands {
                count: count(commands.len()),
                limit: count(COMMANDS_MAX),
            }
            .into());
        }
        Ok(self.inner.committer.submit(commands, self.inner.durability))
    }

    /// Registers a donor.
    pub fn register_donor(&self, command: RegisterDonor) -> Result<Committed, LedgerError> {
        self.submit(Command::RegisterDonor(command))
    }

    /// Replaces what is known of a donor.
    pub fn update_donor(&self, command: UpdateDonor) -> Result<Committed, LedgerError> {
        self.submit(Command::UpdateDonor(command))
    }

    /// Opens a cause.
    pub fn open_cause(&self, command: OpenCause) -> Result<Committed, LedgerError> {
        self.submit(Command::OpenCause(command))
    }

    /// Replaces what is said of a cause, and its status.
    pub fn update_cause(&self, command: UpdateCause) -> Result<Committed, LedgerError> {
        self.submit(Command::UpdateCause(command))
    }

    /// Records a gift: all causes of it, or none.
    pub fn donate(&self, command: Donate) -> Result<Committed, LedgerError> {
        self.submit(Command::Donate(command))
    }

    /// Gives back all or some of a donation.
    pub fn refund(&self, command: Refund) -> Result<Committed, LedgerError> {
        self.submit(Command::Refund(command))
    }

    /// Moves money from one cause to another.
    pub fn reallocate(&self, command: Reallocate) -> Result<Committed, LedgerError> {
        self.submit(Command::Reallocate(command))
    }

    /// Closes all days up to one that is over.
    pub fn close_period(&self, command: ClosePeriod) -> Result<Committed, LedgerError> {
        self.submit(Command::ClosePeriod(command))
    }

    /// Records money that came or went without a known gift.
    pub fn adjust(&self, command: Adjust) -> Result<Committed, LedgerError> {
        self.submit(Command::Adjust(command))
    }

    /// Takes over one row of another system.
    pub fn take_over(&self, command: TakeOver) -> Result<Committed, LedgerError> {
        self.submit(Command::TakeOver(command))
    }
}
