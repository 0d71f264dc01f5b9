from typing import final

from datetime import date
from donation_ledger._ledger import (
    AdjustmentId,
    Amount,
    CauseId,
    DisputeId,
    DonationId,
    DonorId,
    ExchangeId,
    PaymentId,
    PayoutId,
    ReallocationId,
    RefundId,
    ReversalId,
    SettlementId,
    SuspenseId,
)
from donation_ledger._record import Record
from donation_ledger.choices import (
    AdjustmentReason,
    CauseStatus,
    CorrectionReason,
    DisputeFeeFlow,
    DisputeState,
    DonorKind,
    DonorStanding,
    ErasureReason,
    FailureReason,
    FeeBearer,
    FeeGivenBack,
    OverdraftBorneBy,
    PaymentState,
    PayoutState,
    RefundState,
    Visibility,
)
from donation_ledger.records import (
    CauseDetails,
    CausePolicies,
    ClosedAccount,
    Designation,
    HeldAnew,
    MadeThere,
    MeantGift,
    Method,
    PartShare,
    ProviderFact,
    ProviderTarget,
    Redivided,
    RefundedPart,
    SettledBy,
    SettlementLine,
)

class Event(Record, frozen=True):
    @final
    class DonorRegistered(Event, frozen=True):
        donor: DonorId
        kind: DonorKind
        standing: DonorStanding
    @final
    class DonorUpdated(Event, frozen=True):
        donor: DonorId
    @final
    class CauseOpened(Event, frozen=True):
        cause: CauseId
        currency: str
        details: CauseDetails
    @final
    class CauseUpdated(Event, frozen=True):
        cause: CauseId
        details: CauseDetails
        status: CauseStatus
        released_external_id: str | None
    @final
    class DonationCaptured(Event, frozen=True):
        donation: DonationId
        donor: DonorId
        designations: tuple[Designation, ...]
        tip: Amount | None
        fee: Amount | None
        fee_bearer: FeeBearer
        fee_shares_minor: tuple[int, ...]
        method: Method
        visibility: Visibility
    @final
    class DonationRefunded(Event, frozen=True):
        refund: RefundId
        donation: DonationId
        donor: DonorId
        amount: Amount
        parts: tuple[RefundedPart, ...]
        method: Method
    @final
    class GivingAdjusted(Event, frozen=True):
        adjustment: AdjustmentId
        donor: DonorId
        cause: CauseId
        amount: Amount
        reason: AdjustmentReason
        method: Method
    @final
    class Reallocated(Event, frozen=True):
        reallocation: ReallocationId
        from_: CauseId
        to: CauseId
        amount: Amount
    @final
    class PeriodClosed(Event, frozen=True):
        through: date
        closed: tuple[ClosedAccount, ...]
    @final
    class DonorErased(Event, frozen=True):
        donor: DonorId
        reason: ErasureReason
    @final
    class Reversed(Event, frozen=True):
        reversal: ReversalId
        reason: CorrectionReason
        record: int
        day: date
        what: tuple[Event, ...]
    @final
    class DonorsMerged(Event, frozen=True):
        keep: DonorId
        gone: DonorId
    @final
    class MergeUndone(Event, frozen=True):
        keep: DonorId
        gone: DonorId
    @final
    class EpochBegun(Event, frozen=True):
        epoch: int
    @final
    class DonationBegun(Event, frozen=True):
        donation: DonationId
        donor: DonorId
        gift: MeantGift
        fee_bearer: FeeBearer
        visibility: Visibility
    @final
    class PaymentStarted(Event, frozen=True):
        payment: PaymentId
        donation: DonationId
        donor: DonorId
        processor: str
    @final
    class PaymentChanged(Event, frozen=True):
        payment: PaymentId
        donation: DonationId
        donor: DonorId
        from_: PaymentState
        to: PaymentState
        failure: FailureReason | None
        pending: MeantGift | None
    @final
    class DonationCancelled(Event, frozen=True):
        donation: DonationId
        donor: DonorId
    @final
    class FeeBooked(Event, frozen=True):
        donation: DonationId
        donor: DonorId
        fee: Amount
        shares: tuple[PartShare, ...]
        processor: str
    @final
    class PlatformFeeTaken(Event, frozen=True):
        donation: DonationId
        donor: DonorId
        from_: tuple[Designation, ...]
    @final
    class SettlementRecorded(Event, frozen=True):
        settlement: SettlementId
        processor: str
        bank: str
        amount: Amount
    @final
    class PayoutProposed(Event, frozen=True):
        payout: PayoutId
        cause: CauseId
        amount: Amount
        bank: str
    @final
    class PayoutChanged(Event, frozen=True):
        payout: PayoutId
        cause: CauseId
        amount: Amount
        bank: str
        from_: PayoutState
        to: PayoutState
    @final
    class RefundRequested(Event, frozen=True):
        refund: RefundId
        donation: DonationId
        donor: DonorId
        amount: Amount
        parts: tuple[RefundedPart, ...]
    @final
    class RefundChanged(Event, frozen=True):
        refund: RefundId
        donation: DonationId
        donor: DonorId
        amount: Amount
        shares: tuple[PartShare, ...]
        processor: str
        from_: RefundState
        to: RefundState
    @final
    class DisputeOpened(Event, frozen=True):
        dispute: DisputeId
        donation: DonationId
        donor: DonorId
        amount: Amount
        method: Method
        state: DisputeState
        held: tuple[Designation, ...]
        made: MadeThere | None
    @final
    class DisputeChanged(Event, frozen=True):
        dispute: DisputeId
        donation: DonationId
        donor: DonorId
        amount: Amount
        method: Method
        from_: DisputeState
        to: DisputeState
        held: tuple[Designation, ...]
        shares: tuple[PartShare, ...]
    @final
    class DisputeFeeBooked(Event, frozen=True):
        dispute: DisputeId
        donation: DonationId
        donor: DonorId
        fee: Amount
        flow: DisputeFeeFlow
        method: Method
    @final
    class CausePoliciesSet(Event, frozen=True):
        cause: CauseId | None
        policies: CausePolicies
    @final
    class CauseOverdrawn(Event, frozen=True):
        cause: CauseId
        amount: Amount
        borne_by: OverdraftBorneBy
        donation: DonationId | None
    @final
    class ReceivableSettled(Event, frozen=True):
        cause: CauseId
        amount: Amount
        by: SettledBy
    @final
    class FeesGivenBack(Event, frozen=True):
        donation: DonationId
        donor: DonorId
        fee: FeeGivenBack
        to: tuple[Designation, ...]
    @final
    class GoalReached(Event, frozen=True):
        cause: CauseId
        goal: Amount
    @final
    class UnidentifiedReceived(Event, frozen=True):
        item: SuspenseId
        amount: Amount
        method: Method
        payment: PaymentId | None
        donor: DonorId | None
        object: str | None
    @final
    class UnidentifiedReturned(Event, frozen=True):
        item: SuspenseId
        amount: Amount
        method: Method
    @final
    class GiftSetAside(Event, frozen=True):
        item: SuspenseId
        donation: DonationId
        cause: CauseId
        amount: Amount
    @final
    class SetAsideReleased(Event, frozen=True):
        item: SuspenseId
        to: CauseId
        amount: Amount
    @final
    class CurrencyExchanged(Event, frozen=True):
        exchange: ExchangeId
        processor: str
        from_: Amount
        to: Amount
        rate: str | None
        donation: DonationId | None
    @final
    class ObjectAttached(Event, frozen=True):
        processor: str
        object: str
        to: ProviderTarget
        donation: DonationId | None
    @final
    class FactParked(Event, frozen=True):
        processor: str
        waits_for: str
        fact: ProviderFact
    @final
    class FactsTakenUp(Event, frozen=True):
        processor: str
        object: str
        count: int
    @final
    class FactRefused(Event, frozen=True):
        processor: str
        code: int
        fact: ProviderFact
    @final
    class RefundLearned(Event, frozen=True):
        refund: RefundId
        donation: DonationId
        donor: DonorId
        amount: Amount
        shares: tuple[PartShare, ...]
        made: MadeThere
    @final
    class TakingsRedivided(Event, frozen=True):
        donation: DonationId
        donor: DonorId
        currency: str
        takings: tuple[Redivided, ...]
        held: tuple[HeldAnew, ...]
    @final
    class SettlementReturned(Event, frozen=True):
        settlement: SettlementId
        processor: str
        object: str
        bank: str
        amount: Amount
    @final
    class NoticesAcknowledged(Event, frozen=True):
        consumer: str
        through: int
    @final
    class SettlementLinesRecorded(Event, frozen=True):
        settlement: SettlementId
        processor: str
        lines: tuple[SettlementLine, ...]
    @final
    class OverdraftReturned(Event, frozen=True):
        donation: DonationId
        cause: CauseId
        amount: Amount
    @final
    class SetAsideAgain(Event, frozen=True):
        item: SuspenseId
        cause: CauseId
        amount: Amount
