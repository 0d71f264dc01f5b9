//! Commands: what a caller asks for. Plain structs, spelled out, so that every language can have them.

mod correction;
mod epoch;
mod money;
mod payments;
mod people;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

pub use self::correction::{Correct, Right, Wrong};
pub use self::epoch::BeginEpoch;
pub use self::money::{Adjust, ClosePeriod, Donate, EntryKind, Reallocate, RecordedAs, Refund, TakeOver};
pub use self::payments::{
    BeginDonation, BookFee, CancelDonation, ProposePayout, RecordSettlement, ReportPayment, ReportPayout,
    ReportRefund, StartPayment, TakePlatformFee,
};
pub use self::people::{
    EraseDonor, MergeDonors, OpenCause, RegisterDonor, UndoMerge, UpdateCause, UpdateDonor,
};
use super::event::Event;
use crate::vocabulary::date::Date;

/// Anything that can be asked of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Command {
    /// See [`RegisterDonor`].
    RegisterDonor(RegisterDonor),
    /// See [`UpdateDonor`].
    UpdateDonor(UpdateDonor),
    /// See [`OpenCause`].
    OpenCause(OpenCause),
    /// See [`UpdateCause`].
    UpdateCause(UpdateCause),
    /// See [`Donate`].
    Donate(Donate),
    /// See [`Refund`].
    Refund(Refund),
    /// See [`Adjust`].
    Adjust(Adjust),
    /// See [`TakeOver`].
    TakeOver(TakeOver),
    /// See [`Reallocate`].
    Reallocate(Reallocate),
    /// See [`ClosePeriod`].
    ClosePeriod(ClosePeriod),
    /// See [`EraseDonor`].
    EraseDonor(EraseDonor),
    /// See [`Correct`].
    Correct(Correct),
    /// See [`MergeDonors`].
    MergeDonors(MergeDonors),
    /// See [`UndoMerge`].
    UndoMerge(UndoMerge),
    /// See [`BeginEpoch`].
    BeginEpoch(BeginEpoch),
    /// See [`BeginDonation`].
    BeginDonation(BeginDonation),
    /// See [`StartPayment`].
    StartPayment(StartPayment),
    /// See [`ReportPayment`].
    ReportPayment(ReportPayment),
    /// See [`CancelDonation`].
    CancelDonation(CancelDonation),
    /// See [`BookFee`].
    BookFee(BookFee),
    /// See [`TakePlatformFee`].
    TakePlatformFee(TakePlatformFee),
    /// See [`RecordSettlement`].
    RecordSettlement(RecordSettlement),
    /// See [`ProposePayout`].
    ProposePayout(ProposePayout),
    /// See [`ReportPayout`].
    ReportPayout(ReportPayout),
    /// See [`ReportRefund`].
    ReportRefund(ReportRefund),
}

impl Command {
    /// The idempotency key, where the command has one.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::RegisterDonor(command) => command.key.as_deref(),
            Self::UpdateDonor(command) => command.key.as_deref(),
            Self::OpenCause(command) => command.key.as_deref(),
            Self::UpdateCause(command) => command.key.as_deref(),
            Self::Donate(command) => Some(&command.key),
            Self::Refund(command) => Some(&command.key),
            Self::Adjust(command) => Some(&command.key),
            Self::TakeOver(command) => Some(&command.key),
            Self::Reallocate(command) => Some(&command.key),
            Self::ClosePeriod(command) => Some(&command.key),
            Self::EraseDonor(command) => command.key.as_deref(),
            Self::Correct(command) => Some(command.right.key()),
            Self::MergeDonors(command) => command.key.as_deref(),
            Self::UndoMerge(command) => command.key.as_deref(),
            Self::BeginEpoch(command) => command.key.as_deref(),
            Self::BeginDonation(command) => Some(&command.key),
            Self::StartPayment(command) => Some(&command.key),
            Self::ReportPayment(command) => Some(&command.key),
            Self::CancelDonation(command) => Some(&command.key),
            Self::BookFee(command) => Some(&command.key),
            Self::TakePlatformFee(command) => Some(&command.key),
            Self::RecordSettlement(command) => Some(&command.key),
            Self::ProposePayout(command) => Some(&command.key),
            Self::ReportPayout(command) => Some(&command.key),
            Self::ReportRefund(command) => Some(&command.key),
        }
    }

    /// Whether the key stands for this command from now on. A row that moves nothing claims none: it may
    /// be followed by a corrected row.
    pub fn claims_key(&self) -> bool {
        match self {
            Self::TakeOver(command) => command.recorded_as != RecordedAs::Nothing,
            Self::RegisterDonor(_)
            | Self::UpdateDonor(_)
            | Self::OpenCause(_)
            | Self::UpdateCause(_)
            | Self::Donate(_)
            | Self::Refund(_)
            | Self::Adjust(_)
            | Self::Reallocate(_)
            | Self::ClosePeriod(_)
            | Self::EraseDonor(_)
            | Self::Correct(_)
            | Self::MergeDonors(_)
            | Self::UndoMerge(_)
            | Self::BeginEpoch(_)
            | Self::BeginDonation(_)
            | Self::StartPayment(_)
            | Self::ReportPayment(_)
            | Self::CancelDonation(_)
            | Self::BookFee(_)
            | Self::TakePlatformFee(_)
            | Self::RecordSettlement(_)
            | Self::ProposePayout(_)
            | Self::ReportPayout(_)
            | Self::ReportRefund(_) => self.key().is_some(),
        }
    }

    /// Whether what it posts for one of its events may be dated into a closed period.
    pub fn entry_kind_of(&self, event: &Event) -> EntryKind {
        match self {
            Self::Adjust(command) => command.entry,
            Self::Reallocate(command) => command.entry,
            // What is right may be an adjusting entry by itself; what is taken back is not by that.
            Self::Correct(command) => match (event, &command.right) {
                (Event::Reversed { .. }, _)
                | (_, Right::Nothing { .. } | Right::Donation(_) | Right::Refund(_)) => command.entry,
                (_, Right::Adjustment(right)) => command.entry.max(right.entry),
                (_, Right::Reallocation(right)) => command.entry.max(right.entry),
            },
            // It closes a period that is still open, which its own rules see to.
            Self::ClosePeriod(_) => EntryKind::Adjusting,
            Self::RegisterDonor(_)
            | Self::UpdateDonor(_)
            | Self::OpenCause(_)
            | Self::UpdateCause(_)
            | Self::Donate(_)
            | Self::Refund(_)
            | Self::TakeOver(_)
            | Self::EraseDonor(_)
            | Self::MergeDonors(_)
            | Self::UndoMerge(_)
            | Self::BeginEpoch(_)
            | Self::BeginDonation(_)
            | Self::StartPayment(_)
            | Self::ReportPayment(_)
            | Self::CancelDonation(_)
            | Self::BookFee(_)
            | Self::TakePlatformFee(_)
            | Self::RecordSettlement(_)
            | Self::ProposePayout(_)
            | Self::ReportPayout(_)
            | Self::ReportRefund(_) => EntryKind::Ordinary,
        }
    }

    /// The day on which it happened, where the caller said one.
    pub fn occurred_on(&self) -> Option<Date> {
        match self {
            Self::Donate(command) => command.occurred_on,
            Self::Refund(command) => command.occurred_on,
            Self::Adjust(command) => command.occurred_on,
            Self::TakeOver(command) => command.occurred_on,
            Self::Reallocate(command) => command.occurred_on,
            Self::ClosePeriod(command) => Some(command.through),
            Self::Correct(command) => command.right.occurred_on(),
            Self::ReportPayment(command) => command.occurred_on,
            Self::BookFee(command) => command.occurred_on,
            Self::TakePlatformFee(command) => command.occurred_on,
            Self::RecordSettlement(command) => command.occurred_on,
            Self::ReportPayout(command) => command.occurred_on,
            Self::ReportRefund(command) => command.occurred_on,
            Self::BeginDonation(_)
            | Self::StartPayment(_)
            | Self::CancelDonation(_)
            | Self::ProposePayout(_)
            | Self::RegisterDonor(_)
            | Self::UpdateDonor(_)
            | Self::OpenCause(_)
            | Self::UpdateCause(_)
            | Self::EraseDonor(_)
            | Self::MergeDonors(_)
            | Self::UndoMerge(_)
            | Self::BeginEpoch(_) => None,
        }
    }
}
