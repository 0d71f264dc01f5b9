//! Rejections: the rules say no, and nothing was written. Each has a stable code, the values, and what to do.
//!
//! No message holds a name, an e-mail address, an external id of a donor or any other personal text.

use crate::giving::cause::CauseStatus;
use crate::vocabulary::date::{Date, DateError};
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::ids::{
    CauseId, DisputeId, DonationId, DonorId, IdError, PaymentId, PayoutId, RefundId, SettlementId, SuspenseId,
};
use crate::vocabulary::money::{Amount, Currency, MoneyError};
use serde::Serialize;

/// Why a command was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "the message of each variant says what its fields are")]
pub enum Rejection {
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Id(#[from] IdError),
    #[error(transparent)]
    Date(#[from] DateError),
    #[error(
        "idempotency key of {length} bytes is not 1 to 200 printable bytes: make one key per act of the user"
    )]
    InvalidKey { length: u64 },
    #[error("{field} is empty: fill it or leave it out")]
    EmptyText { field: &'static str },
    #[error("{field} has {length} bytes and may have {limit}: shorten it")]
    TextTooLong { field: &'static str, length: u64, limit: u64 },
    #[error("{field} has control characters: remove them")]
    TextNotPrintable { field: &'static str },
    #[error(
        "link is not an http:// or https:// address without blanks, quotes and angle brackets: encode those"
    )]
    InvalidLink,
    #[error("email is not of the form name@domain without spaces: ask the donor again")]
    InvalidEmail,
    #[error("profile has {count} attributes and may have {limit}: keep the rest in the app")]
    TooManyAttributes { count: u64, limit: u64 },
    #[error("an attribute name stands twice in the profile: give each name once")]
    AttributeTwice,
    #[error("an anonymous donor has no profile: register a guest to keep a name or an e-mail")]
    AnonymousWithProfile,
    #[error("cause opens on {opens_on} and closes on {closes_on}, before it opens: swap the dates")]
    DatesReversed { opens_on: Date, closes_on: Date },
    #[error("period ends on {to}, before it begins on {from}: swap the dates")]
    PeriodReversed { from: Date, to: Date },
    #[error("{through} is not over, today is {today} (UTC): close a day that is over")]
    PeriodNotOver { through: Date, today: Date },
    #[error(
        "{day} lies in a closed period, which ends on {through}: date it later, or make it an adjusting entry"
    )]
    PeriodClosed { day: Date, through: Date },
    #[error("{through} is closed already, as are all days up to {closed}: close a later day")]
    PeriodClosedBefore { through: Date, closed: Date },
    #[error("{count} accounts are to be closed and {limit} can be at once: close an earlier day first")]
    TooManyAccounts { count: u64, limit: u64 },
    #[error("record {seq} is not there yet, the last one is {last}: ask for that or an earlier one")]
    RecordNotReached { seq: u64, last: u64 },
    #[error("statement from {from} to {to} has more than {limit} lines: ask for a shorter period")]
    StatementTooLong { from: Date, to: Date, limit: u64 },
    #[error("command names no cause: give at least one")]
    NoDesignation,
    #[error("command names {count} causes and may name {limit}: make two of it")]
    TooManyDesignations { count: u64, limit: u64 },
    #[error("command names {cause} twice: add the two amounts up")]
    CauseTwice { cause: CauseId },
    #[error("{cause} would give money to itself: name two causes")]
    SameCause { cause: CauseId },
    #[error("fee of {fee} is larger than the gift of {gift}: let the platform bear it")]
    FeeExceedsGift { fee: Amount, gift: Amount },
    #[error(
        "name of a bank account or a processor is not 1 to 40 of a-z, 0-9 and hyphens, or begins with a hyphen: rename it"
    )]
    InvalidBankName,
    #[error("{donor} is not a donor of this ledger: register the donor first")]
    UnknownDonor { donor: DonorId },
    #[error("{donor} was erased: nothing personal can be kept of them, and they give no more")]
    DonorErased { donor: DonorId },
    #[error("{cause} is not a cause of this ledger: open the cause first")]
    UnknownCause { cause: CauseId },
    #[error("{donation} is not a donation of this ledger: pass the id that donate returned")]
    UnknownDonation { donation: DonationId },
    #[error("{donor} is merged into {into}: merge that one, or undo the merge first")]
    DonorMerged { donor: DonorId, into: DonorId },
    #[error("{donor} is not merged into another donor: there is nothing to undo")]
    DonorNotMerged { donor: DonorId },
    #[error("{keep} and {gone} are one donor already: there is nothing to merge")]
    SameDonor { keep: DonorId, gone: DonorId },
    #[error("{keep} and {gone} are a person and an organisation: they cannot be one donor")]
    DonorKindsDiffer { keep: DonorId, gone: DonorId },
    #[error("{keep} is anonymous and {gone} is not: keep {gone}")]
    AnonymousKept { keep: DonorId, gone: DonorId },
    #[error("{keep} would have {count} ids and may have {limit}: find out why there are so many")]
    TooManyMerged { keep: DonorId, count: u64, limit: u64 },
    #[error("{entry} is not an entry of this ledger: pass the id that was returned when it was made")]
    UnknownEntry { entry: String },
    #[error("{entry} was taken back by record {by}: go on with the entry that stands in its place")]
    EntryReversed { entry: String, by: u64 },
    #[error("{donation} was refunded ({refunds} times): take the refunds back first, then the donation")]
    DonationHasRefunds { donation: DonationId, refunds: u64 },
    #[error(
        "key {key:?} stands for record {seq} with other content (recorded {recorded}, given {given}): use a new key for a new act"
    )]
    KeyConflict { key: String, seq: u64, recorded: String, given: String },
    #[error("{holder} has this external id already: use that one, or change it first")]
    DonorExternalIdTaken { holder: DonorId },
    #[error("{holder} has this external id already: use that one, or change it first")]
    CauseExternalIdTaken { holder: CauseId },
    #[error("{holder} has this e-mail address already: use that donor, or change it first")]
    EmailTaken { holder: DonorId },
    #[error("{cause} is {} and takes no gifts: reopen it or choose another cause", status_word(*status))]
    CauseNotOpen { cause: CauseId, status: CauseStatus },
    #[error(
        "gift dated {day} lies outside the dates of {cause}: change the dates of the cause, or the cause"
    )]
    OutsideCampaign { cause: CauseId, day: Date },
    #[error("{cause} takes {expected} and was given {found}: convert the gift first")]
    CauseCurrency { cause: CauseId, expected: Currency, found: Currency },
    #[error("{donation} has {limit} refunds, and more are not taken: give the rest back by an adjustment")]
    TooManyRefunds { donation: DonationId, limit: u64 },
    #[error("nothing is left of {donation} to refund")]
    NothingToRefund { donation: DonationId },
    #[error("nothing is left of {donation} for its causes, so there is nothing to share: share a cause")]
    NothingToShare { donation: DonationId },
    #[error("refund of {amount} is more than the {rest} left of {donation}: refund at most that")]
    RefundExceedsRest { donation: DonationId, amount: Amount, rest: Amount },
    #[error(
        "refund of {amount} from {cause} is more than the {rest} left of its part of {donation}: refund at most that"
    )]
    RefundExceedsPart { donation: DonationId, cause: CauseId, amount: Amount, rest: String },
    #[error("{donation} has no part for {cause}: name causes of the donation only")]
    CauseNotInDonation { donation: DonationId, cause: CauseId },
    #[error("{payment} is not a payment of this ledger: pass the id that was returned when it was started")]
    UnknownPayment { payment: PaymentId },
    #[error("{payout} is not a payout of this ledger: pass the id that was returned when it was proposed")]
    UnknownPayout { payout: PayoutId },
    #[error("{what} is {from} and cannot become {to}: look at it again before you report more")]
    IllegalTransition { what: String, from: &'static str, to: &'static str },
    #[error("{donation} is paid or given up and takes no further payment: begin a new one")]
    DonationNotOpen { donation: DonationId },
    #[error("{donation} is not paid yet: wait until a payment of it is captured")]
    DonationNotCaptured { donation: DonationId },
    #[error("{donation} was not captured at a processor: its fee belongs into the command that recorded it")]
    NotAtProcessor { donation: DonationId },
    #[error("{payment} of {donation} is still under way: report what became of it first")]
    PaymentOpen { donation: DonationId, payment: PaymentId },
    #[error("{donation} has {limit} payments, and more are not taken: begin a new donation")]
    TooManyPayments { donation: DonationId, limit: u64 },
    #[error(
        "{donation} was collected by payments, which stay what they are: refund it, or reallocate its money"
    )]
    CollectedHere { donation: DonationId },
    #[error(
        "a fee is reported of {payment} without its capture, or after it: book it by itself, once the money is captured"
    )]
    FeeWithoutCapture { payment: PaymentId },
    #[error("money of {donor} is on its way: wait until it has arrived or was given up")]
    MoneyPending { donor: DonorId },
    #[error("{amount} is more than the {available} available to {cause}: pay at most that")]
    NotAvailable { cause: CauseId, amount: Amount, available: String },
    #[error("{dispute} is not a dispute of this ledger: pass the id that was returned when it was opened")]
    UnknownDispute { dispute: DisputeId },
    #[error("{item} is no unidentified money of this ledger: pass the id that was returned when it came in")]
    UnknownSuspense { item: SuspenseId },
    #[error(
        "{donation} is disputed ({dispute}), and the bank may give the money back too: wait, or force the refund"
    )]
    DonationDisputed { donation: DonationId, dispute: DisputeId },
    #[error("{donation} has {limit} disputes, and more are not taken: book the rest by adjustments")]
    TooManyDisputes { donation: DonationId, limit: u64 },
    #[error("{cause} would owe {amount}, and its policy blocks that: wait for gifts, or change the policy")]
    CauseWouldOwe { cause: CauseId, amount: Amount },
    #[error("{cause} owes {owed}, less than {amount}: settle at most that")]
    NotOwed { cause: CauseId, amount: Amount, owed: String },
    #[error("{fee} is more than the {borne} that was borne of {what}: give back at most that")]
    MoreThanWasBorne { what: String, fee: Amount, borne: String },
    #[error("{amount} is more than the {left} left of {item}: take at most that")]
    ExceedsSuspense { item: SuspenseId, amount: Amount, left: String },
    #[error("{item} was set aside of {donation}, which is a gift already: release it to a cause")]
    IsSetAside { item: SuspenseId, donation: DonationId },
    #[error("{item} was not set aside of a gift: identify it, or return it")]
    NotSetAside { item: SuspenseId },
    #[error("passing money on to another cause is a policy of one cause: name the cause")]
    PolicyOfOneCause,
    #[error("money in {currency} is already in that currency: nothing is exchanged")]
    SameCurrency { currency: Currency },
    #[error(
        "rate is not a positive decimal number such as 0.92: give it as the processor does, or leave it out"
    )]
    InvalidRate,
    #[error(
        "{donation} is in another currency than its causes: report its capture with what it was exchanged into"
    )]
    AwaitsExchange { donation: DonationId },
    #[error("call has {count} facts and may have {limit}, at least one: submit them in several calls")]
    FactCount { count: u64, limit: u64 },
    #[error("fees are not attached: what a provider charges comes with what it says")]
    NotAttached,
    #[error("object of the provider is something else here already: look up what it was attached to")]
    ObjectTaken,
    #[error(
        "there are {count} lines, or calls with lines, and may be {limit}, at least one: give them in several calls"
    )]
    SettlementLineCount { count: u64, limit: u64 },
    #[error(
        "{settlement} is not a settlement of this ledger: record it first, or pass the id that was returned then"
    )]
    UnknownSettlement { settlement: SettlementId },
    #[error("line number {line} is in {settlement} already: leave it out")]
    LineSettled { line: u64, settlement: SettlementId },
    #[error(
        "{refund} was asked for with another amount than the {told} that were given back: find out which is right, then adjust"
    )]
    RefundOfOtherAmount { refund: RefundId, told: Amount },
    #[error("{limit} facts wait for one object already: find out why nobody attached it")]
    TooManyParked { limit: u64 },
    #[error(
        "method comes about by capturing an exchanged gift or by identifying money: give where the money is"
    )]
    MethodNotGiven,
    #[error(
        "these are one charity's own books: its causes are not paid out to, and it takes no fee from itself"
    )]
    AgencyOnly,
    #[error("call has {count} commands and may have {limit}: submit them in several calls")]
    TooManyCommands { count: u64, limit: u64 },
    #[error("cursor was not returned by this history in this order: start without one")]
    InvalidCursor,
    #[error("page size {size} is not 1 to {limit}")]
    InvalidPageSize { size: u32, limit: u32 },
}

fn status_word(status: CauseStatus) -> &'static str {
    match status {
        CauseStatus::Open => "open",
        CauseStatus::Paused => "paused",
        CauseStatus::Closed => "closed",
    }
}

/// The code of each: of most, the one of the same name.
macro_rules! codes {
    ($($same:ident)* ; $($of:pat => $code:expr;)*) => {
        impl Rejection {
            /// The stable code.
            pub fn code(&self) -> ErrorCode {
                match self {
                    $(Self::$same { .. } => ErrorCode::$same,)*
                    $($of => $code,)*
                }
            }
        }
    };
}

codes! {
    InvalidKey EmptyText TextTooLong TextNotPrintable InvalidEmail TooManyAttributes AttributeTwice
    AnonymousWithProfile PeriodNotOver TooManyAccounts RecordNotReached StatementTooLong NoDesignation
    TooManyDesignations FeeExceedsGift InvalidBankName UnknownDonor DonorErased UnknownCause UnknownDonation
    DonorMerged DonorNotMerged SameDonor DonorKindsDiffer AnonymousKept TooManyMerged UnknownEntry
    EntryReversed DonationHasRefunds KeyConflict EmailTaken CauseNotOpen OutsideCampaign TooManyRefunds
    NothingToRefund RefundExceedsRest RefundExceedsPart CauseNotInDonation UnknownPayment UnknownPayout
    IllegalTransition DonationNotOpen DonationNotCaptured NotAtProcessor PaymentOpen TooManyPayments
    CollectedHere FeeWithoutCapture MoneyPending NotAvailable AgencyOnly UnknownDispute UnknownSuspense
    DonationDisputed TooManyDisputes CauseWouldOwe NotOwed MoreThanWasBorne ExceedsSuspense PolicyOfOneCause
    SameCurrency InvalidRate AwaitsExchange MethodNotGiven FactCount NotAttached ObjectTaken TooManyParked
    SettlementLineCount UnknownSettlement LineSettled RefundOfOtherAmount TooManyCommands InvalidCursor InvalidPageSize
    ;
    Self::Money(error) => error.code();
    Self::Id(error) => error.code();
    Self::Date(error) => error.code();
    Self::DatesReversed { .. } | Self::PeriodReversed { .. } => ErrorCode::DatesReversed;
    Self::PeriodClosed { .. } | Self::PeriodClosedBefore { .. } => ErrorCode::PeriodClosed;
    Self::CauseTwice { .. } | Self::SameCause { .. } => ErrorCode::CauseTwice;
    Self::DonorExternalIdTaken { .. } | Self::CauseExternalIdTaken { .. } => ErrorCode::ExternalIdTaken;
    Self::InvalidLink => ErrorCode::TextNotPrintable;
    Self::NothingToShare { .. } => ErrorCode::NothingToRefund;
    Self::CauseCurrency { .. } => ErrorCode::CurrencyMismatch;
    Self::IsSetAside { .. } | Self::NotSetAside { .. } => ErrorCode::WrongSuspense;
}
