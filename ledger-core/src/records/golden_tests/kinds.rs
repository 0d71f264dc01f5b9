//! The names of all variants of what is written, so that none is left without a vector.

use bincode::Encode;

use crate::accounting::account::{AccountName, Side};
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::cause::CauseStatus;
use crate::giving::correction::{CorrectionReason, WhyNothing};
use crate::giving::dispute::{DisputeBegins, DisputeFeeFlow, DisputeReport, DisputeState};
use crate::giving::donation::{Beneficiary, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::giving::payment::{FailureReason, PaymentState};
use crate::giving::payout::{PayoutReport, PayoutState};
use crate::giving::policy::{FeeGivenBack, NegativeCause};
use crate::giving::provider::{FactSays, ProviderTarget, SettlementOutcome};
use crate::giving::refund::{RefundReport, RefundScope, RefundState};
use crate::machine::command::{Command, EntryKind, RecordedAs, Right, Wrong};
use crate::machine::event::{Event, OverdraftBorneBy};
use crate::machine::personal::Personal;
use crate::machine::state::DonorLookup;
use crate::records::record::ClockReading;
use crate::records::row::{HistoryOf, MonthOf, Row, RowKey};

/// A type with variants.
pub(super) trait Kind {
    /// The name of the type.
    const TYPE: &'static str;
    /// The names of all variants.
    const ALL: &'static [&'static str];

    /// The name of this variant.
    fn kind(&self) -> &'static str;
}

/// The match is exhaustive: a new variant does not compile before it is in this list, and once it is there, a test
/// fails until it has a vector.
macro_rules! kinds {
    ($($type:ident: $($variant:ident)+;)+) => {$(
        impl Kind for $type {
            const TYPE: &'static str = stringify!($type);
            const ALL: &'static [&'static str] = &[$(stringify!($variant)),+];

            fn kind(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => stringify!($variant)),+
                }
            }
        }
    )+};
}

kinds! {
    Event: DonorRegistered DonorUpdated CauseOpened CauseUpdated DonationCaptured DonationRefunded GivingAdjusted
        Reallocated PeriodClosed DonorErased Reversed DonorsMerged MergeUndone EpochBegun DonationBegun
        PaymentStarted PaymentChanged DonationCancelled FeeBooked PlatformFeeTaken SettlementRecorded PayoutProposed
        PayoutChanged RefundRequested RefundChanged DisputeOpened DisputeChanged DisputeFeeBooked CausePoliciesSet
        CauseOverdrawn ReceivableSettled FeesGivenBack GoalReached UnidentifiedReceived UnidentifiedReturned
        GiftSetAside SetAsideReleased CurrencyExchanged ObjectAttached FactParked FactsTakenUp FactRefused
        RefundLearned TakingsRedivided SettlementReturned NoticesAcknowledged
        SettlementLinesRecorded OverdraftReturned SetAsideAgain;
    Command: RegisterDonor UpdateDonor OpenCause UpdateCause Donate Refund Adjust TakeOver Reallocate ClosePeriod
        EraseDonor Correct MergeDonors UndoMerge BeginEpoch BeginDonation StartPayment ReportPayment CancelDonation
        BookFee TakePlatformFee RecordSettlement ProposePayout ReportPayout ReportRefund OpenDispute ReportDispute
        BookDisputeFee ForceRefund SetCausePolicies SettleReceivable GiveBackFees ReceiveUnidentified Identify
        ReturnUnidentified ReleaseSetAside BeginForeignDonation CaptureExchanged ExchangeMoney IngestFacts
        AttachObject AcknowledgeNotices RecordSettlementLines;
    Wrong: Donation Refund Adjustment Reallocation;
    Right: Nothing Donation Refund Adjustment Reallocation;
    RecordedAs: Gift Adjustment Nothing;
    RefundScope: Everything Proportional Causes;
    Method: Offline Imported CapturedElsewhere Processor Exchanged Identified;
    Beneficiary: Cause Platform;
    AccountName: Bank Imported CauseAvailable Tips ProcessorFees TipShareOfFees Contributions FeesOfCause Restricted
        Unrestricted ProcessorPending CauseInTransit PlatformFees RefundPending DisputeHeld CauseHeld CauseReceivable
        DisputeFees FeeCover BadDebt BeyondGift Unidentified FxTrading;
    Personal: Profile Memo;
    Row: Chunk Placement KeyBlock DonorLookup CauseLookup Donation Donor Cause Account Meta AccountMonth TotalsMonth
        Reversal Payout Suspense Dispute Object Consumer Settlement;
    RowKey: Chunk Placement KeyBlock DonorLookup CauseLookup Donation Reversal Payout Suspense Dispute Month Object
        Consumer Settlement Owner Meta;
    HistoryOf: Donor Cause Account;
    MonthOf: Account AllCauses;
    DonorLookup: Email ExternalId;
    FactSays: Payment Exchanged Fee Refund Dispute DisputeFee Settlement;
    ProviderTarget: Payment Refund Dispute Fee Settlement;
}

/// Variants without content: each is a vector by itself.
macro_rules! words {
    ($($type:ident: $($variant:ident)+;)+) => {
        kinds! { $($type: $($variant)+;)+ }

        /// The bytes of each, by type and variant.
        pub(super) fn words() -> Vec<(String, Vec<u8>)> {
            vec![$($(word(&$type::$variant)),+),+]
        }
    };
}

words! {
    Side: Debit Credit;
    ClockReading: Steady JumpedBack;
    DonorKind: Person Organisation;
    DonorStanding: Registered Guest Anonymous;
    ErasureReason: Requested RetentionEnded Mistake;
    CauseStatus: Open Paused Closed;
    FeeBearer: Causes Platform;
    Visibility: Public Anonymous;
    AdjustmentReason: UnlinkedRefund VoidedRefund RedesignatedIn RedesignatedOut Chargeback;
    CorrectionReason: EnteredWrongly EnteredTwice NeverHappened;
    WhyNothing: EnteredTwice NeverHappened;
    EntryKind: Ordinary Adjusting;
    PaymentState: Created RequiresAction Processing Authorised Captured Failed Voided Expired;
    FailureReason: Declined InsufficientFunds NotAuthenticated MethodExpired Technical;
    PayoutState: Proposed InTransit Paid Failed Reversed;
    PayoutReport: InTransit Paid Failed Reversed;
    RefundState: Requested Pending Succeeded Failed Cancelled;
    RefundReport: Pending Succeeded Failed Cancelled;
    DisputeState: Inquiry Opened UnderReview Won Lost Closed;
    DisputeBegins: AsInquiry WithMoney;
    DisputeReport: Opened UnderReview Won Lost Closed;
    DisputeFeeFlow: Charged Returned;
    NegativeCause: RecoverFromNextGifts AllowAsReceivable Block AbsorbByPlatform;
    FeeGivenBack: OfProcessor OfPlatform;
    OverdraftBorneBy: Cause Platform;
    SettlementOutcome: Paid Returned;
}

fn word<T: Kind + Encode>(value: &T) -> (String, Vec<u8>) {
    let bytes = bincode::encode_to_vec(value, bincode::config::standard()).unwrap();
    (format!("{}::{}", T::TYPE, value.kind()), bytes)
}
