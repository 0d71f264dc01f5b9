//! Commands: what a caller asks for. Plain structs, spelled out, so that every language can have them.

mod correction;
mod disputes;
mod epoch;
mod exchange;
mod facts;
mod money;
mod notices;
mod owed;
mod payments;
mod people;
mod settlements;
mod suspense;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

pub use self::correction::{Correct, Right, Wrong};
pub use self::disputes::{BookDisputeFee, OpenDispute, ReportDispute};
pub use self::epoch::BeginEpoch;
pub use self::exchange::{CaptureExchanged, ExchangeMoney};
pub use self::facts::{AttachObject, IngestFacts};
pub use self::money::{Adjust, ClosePeriod, Donate, EntryKind, Reallocate, RecordedAs, Refund, TakeOver};
pub use self::notices::AcknowledgeNotices;
pub use self::owed::{GiveBackFees, SetCausePolicies, SettleReceivable};
pub use self::payments::{
    BeginDonation, BookFee, CancelDonation, ProposePayout, ReportPayment, ReportPayout, ReportRefund,
    StartPayment, TakePlatformFee,
};
pub use self::people::{
    EraseDonor, MergeDonors, OpenCause, RegisterDonor, UndoMerge, UpdateCause, UpdateDonor,
};
pub use self::settlements::{RecordSettlement, RecordSettlementLines};
pub use self::suspense::{Identify, ReceiveUnidentified, ReleaseSetAside, ReturnUnidentified};
use super::event::Event;
use crate::vocabulary::date::Date;

/// Anything that can be asked of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
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
    /// See [`OpenDispute`].
    OpenDispute(OpenDispute),
    /// See [`ReportDispute`].
    ReportDispute(ReportDispute),
    /// See [`BookDisputeFee`].
    BookDisputeFee(BookDisputeFee),
    /// As `Refund`, although the donation is disputed and may have to be given back twice.
    ForceRefund(Refund),
    /// See [`SetCausePolicies`].
    SetCausePolicies(SetCausePolicies),
    /// See [`SettleReceivable`].
    SettleReceivable(SettleReceivable),
    /// See [`GiveBackFees`].
    GiveBackFees(GiveBackFees),
    /// See [`ReceiveUnidentified`].
    ReceiveUnidentified(ReceiveUnidentified),
    /// See [`Identify`].
    Identify(Identify),
    /// See [`ReturnUnidentified`].
    ReturnUnidentified(ReturnUnidentified),
    /// See [`ReleaseSetAside`].
    ReleaseSetAside(ReleaseSetAside),
    /// As `BeginDonation`, in another currency than the one currency of its causes. A payment of it is captured by
    /// `CaptureExchanged`.
    BeginForeignDonation(BeginDonation),
    /// See [`CaptureExchanged`].
    CaptureExchanged(CaptureExchanged),
    /// See [`ExchangeMoney`].
    ExchangeMoney(ExchangeMoney),
    /// See [`IngestFacts`].
    IngestFacts(IngestFacts),
    /// See [`AttachObject`].
    AttachObject(AttachObject),
    /// See [`AcknowledgeNotices`].
    AcknowledgeNotices(AcknowledgeNotices),
    /// See [`RecordSettlementLines`].
    RecordSettlementLines(RecordSettlementLines),
}

/// The key and the day of every command: its key is `given`, `optional`, or it is `without` one; its day is `said`, or there is `none`.
macro_rules! keys_and_days {
    ($($command:ident $key:ident $day:ident;)*) => {
        impl Command {
            /// The idempotency key, where the command has one.
            pub fn key(&self) -> Option<&str> {
                match self {
                    $(Self::$command(command) => keys_and_days!(key $key command),)*
                    Self::Correct(command) => Some(command.right.key()),
                }
            }

            /// The day on which it happened, where the caller said one.
            pub fn occurred_on(&self) -> Option<Date> {
                match self {
                    $(Self::$command(command) => keys_and_days!(day $day command),)*
                    Self::Correct(command) => command.right.occurred_on(),
                }
            }
        }
    };
    (key given $command:ident) => { Some(&$command.key) };
    (key optional $command:ident) => { $command.key.as_deref() };
    (key without $command:ident) => {{
        let _ = $command;
        None
    }};
    (day said $command:ident) => { $command.occurred_on };
    (day none $command:ident) => {{
        let _ = $command;
        None
    }};
    (day through $command:ident) => { Some($command.through) };
}

keys_and_days! {
    RegisterDonor optional none;
    UpdateDonor optional none;
    OpenCause optional none;
    UpdateCause optional none;
    EraseDonor optional none;
    MergeDonors optional none;
    UndoMerge optional none;
    BeginEpoch optional none;
    Donate given said;
    Refund given said;
    Adjust given said;
    TakeOver given said;
    Reallocate given said;
    ClosePeriod given through;
    BeginDonation given none;
    StartPayment given none;
    ReportPayment given said;
    CancelDonation given none;
    BookFee given said;
    TakePlatformFee given said;
    RecordSettlement given said;
    ProposePayout given none;
    ReportPayout given said;
    ReportRefund given said;
    OpenDispute given said;
    ReportDispute given said;
    BookDisputeFee given said;
    ForceRefund given said;
    SetCausePolicies given none;
    SettleReceivable given said;
    GiveBackFees given said;
    ReceiveUnidentified given said;
    Identify given said;
    ReturnUnidentified given said;
    ReleaseSetAside given said;
    BeginForeignDonation given none;
    CaptureExchanged given said;
    ExchangeMoney given said;
    IngestFacts given said;
    AttachObject given none;
    AcknowledgeNotices without none;
    RecordSettlementLines given none;
}

impl Command {
    /// Whether the key stands for this command from now on. A row that moves nothing claims none: it may
    /// be followed by a corrected row.
    pub fn claims_key(&self) -> bool {
        if let Self::TakeOver(command) = self
            && command.recorded_as == RecordedAs::Nothing
        {
            return false;
        }
        self.key().is_some()
    }

    /// Whether it is recorded although it changes nothing, so that its key is claimed. What a provider says again and again
    /// is not: it never does more for being said later.
    pub fn is_kept(&self) -> bool {
        self.claims_key() && !matches!(self, Self::IngestFacts(_))
    }

    /// Whether what it posts for one of its events may be dated into a closed period.
    pub fn entry_kind_of(&self, event: &Event) -> EntryKind {
        #[allow(clippy::wildcard_enum_match_arm, reason = "only an accountant reaches into a closed period")]
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
            _ => EntryKind::Ordinary,
        }
    }
}
