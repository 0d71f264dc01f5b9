//! An embedded donation ledger: donors, causes, and an append-only double-entry journal of every gift, fee
//! and refund, in a folder of the host app. It never loses or invents a cent.
//!
//! Start at [`Ledger`]; commands are plain structs ([`Donate`], [`Refund`], …), every failure is a
//! [`LedgerError`] with a stable [`ErrorCode`].

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::float_arithmetic,
        clippy::wildcard_imports,
        reason = "a test fails by panicking"
    )
)]

mod accounting;
mod engine;
mod export;
#[cfg(feature = "uniffi")]
pub mod foreign;
mod giving;
mod import;
mod keeping;
mod ledger;
mod machine;
mod options;
mod providers;
mod records;
mod share;
mod storage;
#[cfg(feature = "testkit")]
pub mod testkit;
mod vocabulary;

pub use accounting::account::{Account, AccountName, AccountNameError, AccountType, Side};
pub use accounting::balance::Balance;
pub use accounting::chart::BookMode;
pub use accounting::journal_entry::{JournalEntry, Posting, Unbalanced};
pub use engine::audit::AuditReport;
pub use engine::balances::{CurrencySum, TrialBalance};
pub use engine::cause_changes::{CauseChange, CauseChangePage};
pub use engine::changes::{Change, ChangeEntry};
pub use engine::collecting::{BegunDonation, BegunState, Payment, Payout, RefundUnderWay};
pub use engine::committed::{AccountBalance, Committed, Delivery};
pub use engine::committer::Results;
pub use engine::donations::{Donation, DonationPage};
pub use engine::error::{LedgerError, Outcome};
pub use engine::gift_life::{GiftLife, GiftRefund};
pub use engine::history::{
    AccountLine, AccountPage, Cursor, HistoryPage, Order, PAGE_LINES_MAX, PageRequest,
};
pub use engine::history_line::{HistoryLine, LineKind};
pub use engine::notices::{Notice, NoticePage};
pub use engine::past::{AsOf, BalanceSheet, Period, PeriodTotals};
pub use engine::public_gifts::{Giver, PublicGift, PublicPage};
pub use engine::queries::{Cause, Donor, KeyStatus, Stats};
pub use engine::reconciliation::{Reconciled, ReconciledLine, Settlement, UNSETTLED_MAX, Unsettled};
pub use engine::standing::{CauseStanding, Dispute, ParkedFact, Unidentified};
pub use engine::statement::{STATEMENT_LINES_MAX, Statement, StatementLine, StatementOf};
pub use export::ExportFormat;
pub use giving::adjustment::AdjustmentReason;
pub use giving::cause::{CauseDetails, CauseStatus};
pub use giving::correction::{CorrectionReason, WhyNothing};
pub use giving::dispute::{DisputeBegins, DisputeFeeFlow, DisputeReport, DisputeState};
pub use giving::donation::{Beneficiary, Designation, DonationPart, FeeBearer, Method, Visibility};
pub use giving::donor::{Attribute, DonorKind, DonorProfile, DonorStanding, ErasureReason};
pub use giving::payment::{FailureReason, PaymentReport, PaymentState};
pub use giving::payout::{PayoutReport, PayoutState};
pub use giving::policy::{CausePolicies, ClosedCause, FeeGivenBack, NegativeCause, SettledBy};
pub use giving::provider::{FactSays, MadeThere, ProviderFact, ProviderTarget, SettlementOutcome};
pub use giving::refund::{RefundReport, RefundScope, RefundState};
pub use giving::settlement::SettlementLine;
pub use giving::totals::Totals;
pub use import::{
    ImportError, ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, Mapping, MappingError,
    RejectedRow, RowFault, Sum,
};
pub use keeping::{
    BackupReport, Diagnosis, Followed, Follower, KeysReport, RestoreReport, backup, backup_keys, doctor,
    drill, repair, restore,
};
pub use ledger::{Answer, CutReport, Ledger, OpeningReport, Query};
pub use machine::command::{
    AcknowledgeNotices, Adjust, AttachObject, BeginDonation, BeginEpoch, BookDisputeFee, BookFee,
    CancelDonation, CaptureExchanged, ClosePeriod, Command, Correct, Donate, EntryKind, EraseDonor,
    ExchangeMoney, GiveBackFees, Identify, IngestFacts, MergeDonors, OpenCause, OpenDispute, ProposePayout,
    Reallocate, ReceiveUnidentified, RecordSettlement, RecordSettlementLines, RecordedAs, Refund,
    RegisterDonor, ReleaseSetAside, ReportDispute, ReportPayment, ReportPayout, ReportRefund,
    ReturnUnidentified, Right, SetCausePolicies, SettleReceivable, StartPayment, TakeOver, TakePlatformFee,
    UndoMerge, UpdateCause, UpdateDonor, Wrong,
};
pub use machine::event::{
    CauseOverdrawn, CausePoliciesSet, ClosedAccount, CurrencyExchanged, DisputeChanged, DisputeFeeBooked,
    DisputeOpened, Event, FactParked, FactRefused, FactsTakenUp, FeesGivenBack, GiftSetAside, GoalReached,
    HeldAnew, MeantGift, NoticesAcknowledged, ObjectAttached, OverdraftBorneBy, OverdraftReturned, PartShare,
    ReceivableSettled, Redivided, RefundLearned, RefundedPart, SetAsideAgain, SetAsideReleased,
    SettlementLinesRecorded, SettlementReturned, TakenBack, Taking, TakingsRedivided, UnidentifiedReceived,
    UnidentifiedReturned,
};
pub use machine::notices::NoticeKind;
pub use machine::rejection::Rejection;
pub use options::{Opening, Options, Settings};
pub use providers::sandbox::{SANDBOX_SIGNATURE, Sandbox, SandboxCard, SandboxWebhook};
pub use providers::stripe::{Stripe, StripeMode};
pub use providers::{Ingested, PaymentProvider, ProviderEvent, Webhook, WebhookRefusal, WebhookRejected};
pub use records::record::{ClockReading, PostedEntry, PostedLine};
#[cfg(feature = "share")]
pub use share::ShareCard;
pub use storage::journaled::{StateFound, StatePolicy};
pub use storage::keeping::examine::{Cure, Finding, Severity};
#[cfg(feature = "testkit")]
pub use storage::medium::faulty::FaultPlan;
#[cfg(feature = "testkit")]
pub use storage::medium::power::{DiskOperation, DiskStep, PowerDisk, SeenFiles};
pub use storage::{Durability, Identity};
pub use vocabulary::date::{Date, DateError};
pub use vocabulary::error_code::{ErrorCode, ErrorKind};
pub use vocabulary::ids::{
    AdjustmentId, CauseId, DisputeId, DonationId, DonorId, ExchangeId, IdError, LedgerId, PaymentId,
    PayoutId, ReallocationId, RefundId, ReversalId, SettlementId, SuspenseId,
};
pub use vocabulary::money::{Amount, Currency, MoneyError};
pub use vocabulary::split::split;
pub use vocabulary::time::Timestamp;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

/// The programs in documents, compiled and run as tests.
macro_rules! documents {
    ($($name:ident $file:literal;)*) => {$(
        #[cfg(doctest)]
        #[doc = include_str!($file)]
        struct $name;
    )*};
}

documents! {
    Readme "../../README.md";
    FirstGift "../../docs/first-gift.md";
    Embedding "../../docs/embedding.md";
    Payments "../../docs/payments.md";
    BackupAndFollow "../../docs/backup-and-follow.md";
}
