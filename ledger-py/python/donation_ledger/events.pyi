from typing import Final, final

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

class Event(Record):
    @final
    class DonorRegistered(Event):
        donor: Final[DonorId]
        kind: Final[DonorKind]
        standing: Final[DonorStanding]
        def __init__(
            self,
            donor: DonorId,
            kind: DonorKind,
            standing: DonorStanding,
        ) -> None: ...
    @final
    class DonorUpdated(Event):
        donor: Final[DonorId]
        def __init__(
            self,
            donor: DonorId,
        ) -> None: ...
    @final
    class CauseOpened(Event):
        cause: Final[CauseId]
        currency: Final[str]
        details: Final[CauseDetails]
        def __init__(
            self,
            cause: CauseId,
            currency: str,
            details: CauseDetails,
        ) -> None: ...
    @final
    class CauseUpdated(Event):
        cause: Final[CauseId]
        details: Final[CauseDetails]
        status: Final[CauseStatus]
        released_external_id: Final[str | None]
        def __init__(
            self,
            cause: CauseId,
            details: CauseDetails,
            status: CauseStatus,
            released_external_id: str | None,
        ) -> None: ...
    @final
    class DonationCaptured(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        designations: Final[tuple[Designation, ...]]
        tip: Final[Amount | None]
        fee: Final[Amount | None]
        fee_bearer: Final[FeeBearer]
        fee_shares_minor: Final[tuple[int, ...]]
        method: Final[Method]
        visibility: Final[Visibility]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            designations: tuple[Designation, ...],
            tip: Amount | None,
            fee: Amount | None,
            fee_bearer: FeeBearer,
            fee_shares_minor: tuple[int, ...],
            method: Method,
            visibility: Visibility,
        ) -> None: ...
    @final
    class DonationRefunded(Event):
        refund: Final[RefundId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        parts: Final[tuple[RefundedPart, ...]]
        method: Final[Method]
        def __init__(
            self,
            refund: RefundId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            parts: tuple[RefundedPart, ...],
            method: Method,
        ) -> None: ...
    @final
    class GivingAdjusted(Event):
        adjustment: Final[AdjustmentId]
        donor: Final[DonorId]
        cause: Final[CauseId]
        amount: Final[Amount]
        reason: Final[AdjustmentReason]
        method: Final[Method]
        def __init__(
            self,
            adjustment: AdjustmentId,
            donor: DonorId,
            cause: CauseId,
            amount: Amount,
            reason: AdjustmentReason,
            method: Method,
        ) -> None: ...
    @final
    class Reallocated(Event):
        reallocation: Final[ReallocationId]
        from_: Final[CauseId]
        to: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            reallocation: ReallocationId,
            from_: CauseId,
            to: CauseId,
            amount: Amount,
        ) -> None: ...
    @final
    class PeriodClosed(Event):
        through: Final[date]
        closed: Final[tuple[ClosedAccount, ...]]
        def __init__(
            self,
            through: date,
            closed: tuple[ClosedAccount, ...],
        ) -> None: ...
    @final
    class DonorErased(Event):
        donor: Final[DonorId]
        reason: Final[ErasureReason]
        def __init__(
            self,
            donor: DonorId,
            reason: ErasureReason,
        ) -> None: ...
    @final
    class Reversed(Event):
        reversal: Final[ReversalId]
        reason: Final[CorrectionReason]
        record: Final[int]
        day: Final[date]
        what: Final[tuple[Event, ...]]
        def __init__(
            self,
            reversal: ReversalId,
            reason: CorrectionReason,
            record: int,
            day: date,
            what: tuple[Event, ...],
        ) -> None: ...
    @final
    class DonorsMerged(Event):
        keep: Final[DonorId]
        gone: Final[DonorId]
        def __init__(
            self,
            keep: DonorId,
            gone: DonorId,
        ) -> None: ...
    @final
    class MergeUndone(Event):
        keep: Final[DonorId]
        gone: Final[DonorId]
        def __init__(
            self,
            keep: DonorId,
            gone: DonorId,
        ) -> None: ...
    @final
    class EpochBegun(Event):
        epoch: Final[int]
        def __init__(
            self,
            epoch: int,
        ) -> None: ...
    @final
    class DonationBegun(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        gift: Final[MeantGift]
        fee_bearer: Final[FeeBearer]
        visibility: Final[Visibility]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            gift: MeantGift,
            fee_bearer: FeeBearer,
            visibility: Visibility,
        ) -> None: ...
    @final
    class PaymentStarted(Event):
        payment: Final[PaymentId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        processor: Final[str]
        def __init__(
            self,
            payment: PaymentId,
            donation: DonationId,
            donor: DonorId,
            processor: str,
        ) -> None: ...
    @final
    class PaymentChanged(Event):
        payment: Final[PaymentId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        from_: Final[PaymentState]
        to: Final[PaymentState]
        failure: Final[FailureReason | None]
        pending: Final[MeantGift | None]
        def __init__(
            self,
            payment: PaymentId,
            donation: DonationId,
            donor: DonorId,
            from_: PaymentState,
            to: PaymentState,
            failure: FailureReason | None,
            pending: MeantGift | None,
        ) -> None: ...
    @final
    class DonationCancelled(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
        ) -> None: ...
    @final
    class FeeBooked(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        fee: Final[Amount]
        shares: Final[tuple[PartShare, ...]]
        processor: Final[str]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            fee: Amount,
            shares: tuple[PartShare, ...],
            processor: str,
        ) -> None: ...
    @final
    class PlatformFeeTaken(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        from_: Final[tuple[Designation, ...]]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            from_: tuple[Designation, ...],
        ) -> None: ...
    @final
    class SettlementRecorded(Event):
        settlement: Final[SettlementId]
        processor: Final[str]
        bank: Final[str]
        amount: Final[Amount]
        def __init__(
            self,
            settlement: SettlementId,
            processor: str,
            bank: str,
            amount: Amount,
        ) -> None: ...
    @final
    class PayoutProposed(Event):
        payout: Final[PayoutId]
        cause: Final[CauseId]
        amount: Final[Amount]
        bank: Final[str]
        def __init__(
            self,
            payout: PayoutId,
            cause: CauseId,
            amount: Amount,
            bank: str,
        ) -> None: ...
    @final
    class PayoutChanged(Event):
        payout: Final[PayoutId]
        cause: Final[CauseId]
        amount: Final[Amount]
        bank: Final[str]
        from_: Final[PayoutState]
        to: Final[PayoutState]
        def __init__(
            self,
            payout: PayoutId,
            cause: CauseId,
            amount: Amount,
            bank: str,
            from_: PayoutState,
            to: PayoutState,
        ) -> None: ...
    @final
    class RefundRequested(Event):
        refund: Final[RefundId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        parts: Final[tuple[RefundedPart, ...]]
        def __init__(
            self,
            refund: RefundId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            parts: tuple[RefundedPart, ...],
        ) -> None: ...
    @final
    class RefundChanged(Event):
        refund: Final[RefundId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        shares: Final[tuple[PartShare, ...]]
        processor: Final[str]
        from_: Final[RefundState]
        to: Final[RefundState]
        def __init__(
            self,
            refund: RefundId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            shares: tuple[PartShare, ...],
            processor: str,
            from_: RefundState,
            to: RefundState,
        ) -> None: ...
    @final
    class DisputeOpened(Event):
        dispute: Final[DisputeId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        method: Final[Method]
        state: Final[DisputeState]
        held: Final[tuple[Designation, ...]]
        made: Final[MadeThere | None]
        def __init__(
            self,
            dispute: DisputeId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            method: Method,
            state: DisputeState,
            held: tuple[Designation, ...],
            made: MadeThere | None,
        ) -> None: ...
    @final
    class DisputeChanged(Event):
        dispute: Final[DisputeId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        method: Final[Method]
        from_: Final[DisputeState]
        to: Final[DisputeState]
        held: Final[tuple[Designation, ...]]
        shares: Final[tuple[PartShare, ...]]
        def __init__(
            self,
            dispute: DisputeId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            method: Method,
            from_: DisputeState,
            to: DisputeState,
            held: tuple[Designation, ...],
            shares: tuple[PartShare, ...],
        ) -> None: ...
    @final
    class DisputeFeeBooked(Event):
        dispute: Final[DisputeId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        fee: Final[Amount]
        flow: Final[DisputeFeeFlow]
        method: Final[Method]
        def __init__(
            self,
            dispute: DisputeId,
            donation: DonationId,
            donor: DonorId,
            fee: Amount,
            flow: DisputeFeeFlow,
            method: Method,
        ) -> None: ...
    @final
    class CausePoliciesSet(Event):
        cause: Final[CauseId | None]
        policies: Final[CausePolicies]
        def __init__(
            self,
            cause: CauseId | None,
            policies: CausePolicies,
        ) -> None: ...
    @final
    class CauseOverdrawn(Event):
        cause: Final[CauseId]
        amount: Final[Amount]
        borne_by: Final[OverdraftBorneBy]
        donation: Final[DonationId | None]
        def __init__(
            self,
            cause: CauseId,
            amount: Amount,
            borne_by: OverdraftBorneBy,
            donation: DonationId | None,
        ) -> None: ...
    @final
    class ReceivableSettled(Event):
        cause: Final[CauseId]
        amount: Final[Amount]
        by: Final[SettledBy]
        def __init__(
            self,
            cause: CauseId,
            amount: Amount,
            by: SettledBy,
        ) -> None: ...
    @final
    class FeesGivenBack(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        fee: Final[FeeGivenBack]
        to: Final[tuple[Designation, ...]]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            fee: FeeGivenBack,
            to: tuple[Designation, ...],
        ) -> None: ...
    @final
    class GoalReached(Event):
        cause: Final[CauseId]
        goal: Final[Amount]
        def __init__(
            self,
            cause: CauseId,
            goal: Amount,
        ) -> None: ...
    @final
    class UnidentifiedReceived(Event):
        item: Final[SuspenseId]
        amount: Final[Amount]
        method: Final[Method]
        payment: Final[PaymentId | None]
        donor: Final[DonorId | None]
        object: Final[str | None]
        def __init__(
            self,
            item: SuspenseId,
            amount: Amount,
            method: Method,
            payment: PaymentId | None,
            donor: DonorId | None,
            object: str | None,
        ) -> None: ...
    @final
    class UnidentifiedReturned(Event):
        item: Final[SuspenseId]
        amount: Final[Amount]
        method: Final[Method]
        def __init__(
            self,
            item: SuspenseId,
            amount: Amount,
            method: Method,
        ) -> None: ...
    @final
    class GiftSetAside(Event):
        item: Final[SuspenseId]
        donation: Final[DonationId]
        cause: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            item: SuspenseId,
            donation: DonationId,
            cause: CauseId,
            amount: Amount,
        ) -> None: ...
    @final
    class SetAsideReleased(Event):
        item: Final[SuspenseId]
        to: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            item: SuspenseId,
            to: CauseId,
            amount: Amount,
        ) -> None: ...
    @final
    class CurrencyExchanged(Event):
        exchange: Final[ExchangeId]
        processor: Final[str]
        from_: Final[Amount]
        to: Final[Amount]
        rate: Final[str | None]
        donation: Final[DonationId | None]
        def __init__(
            self,
            exchange: ExchangeId,
            processor: str,
            from_: Amount,
            to: Amount,
            rate: str | None,
            donation: DonationId | None,
        ) -> None: ...
    @final
    class ObjectAttached(Event):
        processor: Final[str]
        object: Final[str]
        to: Final[ProviderTarget]
        donation: Final[DonationId | None]
        def __init__(
            self,
            processor: str,
            object: str,
            to: ProviderTarget,
            donation: DonationId | None,
        ) -> None: ...
    @final
    class FactParked(Event):
        processor: Final[str]
        waits_for: Final[str]
        fact: Final[ProviderFact]
        def __init__(
            self,
            processor: str,
            waits_for: str,
            fact: ProviderFact,
        ) -> None: ...
    @final
    class FactsTakenUp(Event):
        processor: Final[str]
        object: Final[str]
        count: Final[int]
        def __init__(
            self,
            processor: str,
            object: str,
            count: int,
        ) -> None: ...
    @final
    class FactRefused(Event):
        processor: Final[str]
        code: Final[int]
        fact: Final[ProviderFact]
        def __init__(
            self,
            processor: str,
            code: int,
            fact: ProviderFact,
        ) -> None: ...
    @final
    class RefundLearned(Event):
        refund: Final[RefundId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        shares: Final[tuple[PartShare, ...]]
        made: Final[MadeThere]
        def __init__(
            self,
            refund: RefundId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            shares: tuple[PartShare, ...],
            made: MadeThere,
        ) -> None: ...
    @final
    class TakingsRedivided(Event):
        donation: Final[DonationId]
        donor: Final[DonorId]
        currency: Final[str]
        takings: Final[tuple[Redivided, ...]]
        held: Final[tuple[HeldAnew, ...]]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            currency: str,
            takings: tuple[Redivided, ...],
            held: tuple[HeldAnew, ...],
        ) -> None: ...
    @final
    class SettlementReturned(Event):
        settlement: Final[SettlementId]
        processor: Final[str]
        object: Final[str]
        bank: Final[str]
        amount: Final[Amount]
        def __init__(
            self,
            settlement: SettlementId,
            processor: str,
            object: str,
            bank: str,
            amount: Amount,
        ) -> None: ...
    @final
    class NoticesAcknowledged(Event):
        consumer: Final[str]
        through: Final[int]
        def __init__(
            self,
            consumer: str,
            through: int,
        ) -> None: ...
    @final
    class SettlementLinesRecorded(Event):
        settlement: Final[SettlementId]
        processor: Final[str]
        lines: Final[tuple[SettlementLine, ...]]
        def __init__(
            self,
            settlement: SettlementId,
            processor: str,
            lines: tuple[SettlementLine, ...],
        ) -> None: ...
    @final
    class OverdraftReturned(Event):
        donation: Final[DonationId]
        cause: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            donation: DonationId,
            cause: CauseId,
            amount: Amount,
        ) -> None: ...
    @final
    class SetAsideAgain(Event):
        item: Final[SuspenseId]
        cause: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            item: SuspenseId,
            cause: CauseId,
            amount: Amount,
        ) -> None: ...
