from typing import Final, final

from collections.abc import Sequence
from datetime import date
from donation_ledger._ledger import (
    Amount,
    CauseId,
    DisputeId,
    DonationId,
    DonorId,
    PaymentId,
    PayoutId,
    RefundId,
    SettlementId,
    SuspenseId,
)
from donation_ledger._record import Record
from donation_ledger.choices import (
    AdjustmentReason,
    CauseStatus,
    DisputeBegins,
    DisputeFeeFlow,
    DisputeReport,
    DonorKind,
    DonorStanding,
    EntryKind,
    ErasureReason,
    FeeBearer,
    FeeGivenBack,
    PayoutReport,
    RefundReport,
    Visibility,
)
from donation_ledger.records import (
    CauseDetails,
    CausePolicies,
    Designation,
    DonorProfile,
    Method,
    PaymentReport,
    ProviderFact,
    ProviderTarget,
    RecordedAs,
    RefundScope,
    Right,
    SettledBy,
    SettlementLine,
    Wrong,
)

class Command(Record): ...

@final
class RegisterDonor(Command):
    key: Final[str | None]
    kind: Final[DonorKind]
    standing: Final[DonorStanding]
    profile: Final[DonorProfile]
    def __init__(
        self,
        *,
        key: str | None = ...,
        kind: DonorKind = ...,
        standing: DonorStanding = ...,
        profile: DonorProfile = ...,
    ) -> None: ...

@final
class UpdateDonor(Command):
    key: Final[str | None]
    donor: Final[DonorId]
    profile: Final[DonorProfile]
    def __init__(
        self,
        *,
        key: str | None = ...,
        donor: DonorId,
        profile: DonorProfile,
    ) -> None: ...

@final
class OpenCause(Command):
    key: Final[str | None]
    currency: Final[str]
    details: Final[CauseDetails]
    def __init__(
        self,
        *,
        key: str | None = ...,
        currency: str,
        details: CauseDetails,
    ) -> None: ...

@final
class UpdateCause(Command):
    key: Final[str | None]
    cause: Final[CauseId]
    details: Final[CauseDetails]
    status: Final[CauseStatus]
    def __init__(
        self,
        *,
        key: str | None = ...,
        cause: CauseId,
        details: CauseDetails,
        status: CauseStatus,
    ) -> None: ...

@final
class Donate(Command):
    key: Final[str]
    donor: Final[DonorId]
    designations: Final[Sequence[Designation]]
    tip: Final[Amount | None]
    fee: Final[Amount | None]
    fee_bearer: Final[FeeBearer]
    method: Final[Method]
    occurred_on: Final[date | None]
    visibility: Final[Visibility]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        donor: DonorId,
        designations: Sequence[Designation],
        tip: Amount | None = ...,
        fee: Amount | None = ...,
        fee_bearer: FeeBearer = ...,
        method: Method,
        occurred_on: date | None = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class Refund(Command):
    key: Final[str]
    donation: Final[DonationId]
    scope: Final[RefundScope]
    occurred_on: Final[date | None]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        donation: DonationId,
        scope: RefundScope,
        occurred_on: date | None = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class Adjust(Command):
    key: Final[str]
    donor: Final[DonorId]
    cause: Final[CauseId]
    amount: Final[Amount]
    reason: Final[AdjustmentReason]
    method: Final[Method]
    occurred_on: Final[date | None]
    entry: Final[EntryKind]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        donor: DonorId,
        cause: CauseId,
        amount: Amount,
        reason: AdjustmentReason,
        method: Method,
        occurred_on: date | None = ...,
        entry: EntryKind = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class TakeOver(Command):
    key: Final[str]
    recorded_as: Final[RecordedAs]
    donor_external_id: Final[str]
    donor_kind: Final[DonorKind]
    donor_name: Final[str | None]
    cause_external_id: Final[str]
    cause_name: Final[str | None]
    currency: Final[str]
    amount: Final[Amount | None]
    occurred_on: Final[date | None]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        recorded_as: RecordedAs,
        donor_external_id: str,
        donor_kind: DonorKind = ...,
        donor_name: str | None = ...,
        cause_external_id: str,
        cause_name: str | None = ...,
        currency: str,
        amount: Amount | None = ...,
        occurred_on: date | None = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class Reallocate(Command):
    key: Final[str]
    from_: Final[CauseId]
    to: Final[CauseId]
    amount: Final[Amount]
    occurred_on: Final[date | None]
    entry: Final[EntryKind]
    def __init__(
        self,
        *,
        key: str,
        from_: CauseId,
        to: CauseId,
        amount: Amount,
        occurred_on: date | None = ...,
        entry: EntryKind = ...,
    ) -> None: ...

@final
class ClosePeriod(Command):
    key: Final[str]
    through: Final[date]
    def __init__(
        self,
        key: str,
        through: date,
    ) -> None: ...

@final
class EraseDonor(Command):
    key: Final[str | None]
    donor: Final[DonorId]
    reason: Final[ErasureReason]
    def __init__(
        self,
        *,
        key: str | None = ...,
        donor: DonorId,
        reason: ErasureReason,
    ) -> None: ...

@final
class Correct(Command):
    wrong: Final[Wrong]
    right: Final[Right]
    reversed_on: Final[date | None]
    entry: Final[EntryKind]
    def __init__(
        self,
        *,
        wrong: Wrong,
        right: Right,
        reversed_on: date | None = ...,
        entry: EntryKind = ...,
    ) -> None: ...

@final
class MergeDonors(Command):
    key: Final[str | None]
    keep: Final[DonorId]
    gone: Final[DonorId]
    def __init__(
        self,
        *,
        key: str | None = ...,
        keep: DonorId,
        gone: DonorId,
    ) -> None: ...

@final
class UndoMerge(Command):
    key: Final[str | None]
    gone: Final[DonorId]
    def __init__(
        self,
        *,
        key: str | None = ...,
        gone: DonorId,
    ) -> None: ...

@final
class BeginEpoch(Command):
    key: Final[str | None]
    def __init__(
        self,
        *,
        key: str | None = ...,
    ) -> None: ...

@final
class BeginDonation(Command):
    key: Final[str]
    donor: Final[DonorId]
    designations: Final[Sequence[Designation]]
    tip: Final[Amount | None]
    fee_bearer: Final[FeeBearer]
    visibility: Final[Visibility]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        donor: DonorId,
        designations: Sequence[Designation],
        tip: Amount | None = ...,
        fee_bearer: FeeBearer = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class StartPayment(Command):
    key: Final[str]
    donation: Final[DonationId]
    processor: Final[str]
    def __init__(
        self,
        key: str,
        donation: DonationId,
        processor: str,
    ) -> None: ...

@final
class ReportPayment(Command):
    key: Final[str]
    payment: Final[PaymentId]
    report: Final[PaymentReport]
    fee: Final[Amount | None]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        payment: PaymentId,
        report: PaymentReport,
        fee: Amount | None = ...,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class CancelDonation(Command):
    key: Final[str]
    donation: Final[DonationId]
    def __init__(
        self,
        key: str,
        donation: DonationId,
    ) -> None: ...

@final
class BookFee(Command):
    key: Final[str]
    donation: Final[DonationId]
    fee: Final[Amount]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        donation: DonationId,
        fee: Amount,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class TakePlatformFee(Command):
    key: Final[str]
    donation: Final[DonationId]
    from_: Final[Sequence[Designation]]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        donation: DonationId,
        from_: Sequence[Designation],
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class RecordSettlement(Command):
    key: Final[str]
    processor: Final[str]
    bank: Final[str]
    amount: Final[Amount]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        processor: str,
        bank: str,
        amount: Amount,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ProposePayout(Command):
    key: Final[str]
    cause: Final[CauseId]
    amount: Final[Amount]
    bank: Final[str]
    def __init__(
        self,
        key: str,
        cause: CauseId,
        amount: Amount,
        bank: str,
    ) -> None: ...

@final
class ReportPayout(Command):
    key: Final[str]
    payout: Final[PayoutId]
    report: Final[PayoutReport]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        payout: PayoutId,
        report: PayoutReport,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ReportRefund(Command):
    key: Final[str]
    refund: Final[RefundId]
    report: Final[RefundReport]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        refund: RefundId,
        report: RefundReport,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class OpenDispute(Command):
    key: Final[str]
    donation: Final[DonationId]
    amount: Final[Amount]
    begins: Final[DisputeBegins]
    fee: Final[Amount | None]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        donation: DonationId,
        amount: Amount,
        begins: DisputeBegins,
        fee: Amount | None = ...,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ReportDispute(Command):
    key: Final[str]
    dispute: Final[DisputeId]
    report: Final[DisputeReport]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        dispute: DisputeId,
        report: DisputeReport,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class BookDisputeFee(Command):
    key: Final[str]
    dispute: Final[DisputeId]
    fee: Final[Amount]
    flow: Final[DisputeFeeFlow]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        dispute: DisputeId,
        fee: Amount,
        flow: DisputeFeeFlow,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ForceRefund(Command):
    key: Final[str]
    donation: Final[DonationId]
    scope: Final[RefundScope]
    occurred_on: Final[date | None]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        donation: DonationId,
        scope: RefundScope,
        occurred_on: date | None = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class SetCausePolicies(Command):
    key: Final[str]
    cause: Final[CauseId | None]
    policies: Final[CausePolicies]
    def __init__(
        self,
        *,
        key: str,
        cause: CauseId | None = ...,
        policies: CausePolicies,
    ) -> None: ...

@final
class SettleReceivable(Command):
    key: Final[str]
    cause: Final[CauseId]
    amount: Final[Amount]
    by: Final[SettledBy]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        cause: CauseId,
        amount: Amount,
        by: SettledBy,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class GiveBackFees(Command):
    key: Final[str]
    donation: Final[DonationId]
    fee: Final[FeeGivenBack]
    to: Final[Sequence[Designation]]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        donation: DonationId,
        fee: FeeGivenBack,
        to: Sequence[Designation],
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ReceiveUnidentified(Command):
    key: Final[str]
    amount: Final[Amount]
    method: Final[Method]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        amount: Amount,
        method: Method,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class Identify(Command):
    key: Final[str]
    item: Final[SuspenseId]
    donor: Final[DonorId]
    designations: Final[Sequence[Designation]]
    tip: Final[Amount | None]
    occurred_on: Final[date | None]
    visibility: Final[Visibility]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        item: SuspenseId,
        donor: DonorId,
        designations: Sequence[Designation],
        tip: Amount | None = ...,
        occurred_on: date | None = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class ReturnUnidentified(Command):
    key: Final[str]
    item: Final[SuspenseId]
    amount: Final[Amount]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        item: SuspenseId,
        amount: Amount,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ReleaseSetAside(Command):
    key: Final[str]
    item: Final[SuspenseId]
    to: Final[CauseId]
    amount: Final[Amount]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        item: SuspenseId,
        to: CauseId,
        amount: Amount,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class BeginForeignDonation(Command):
    key: Final[str]
    donor: Final[DonorId]
    designations: Final[Sequence[Designation]]
    tip: Final[Amount | None]
    fee_bearer: Final[FeeBearer]
    visibility: Final[Visibility]
    memo: Final[str | None]
    def __init__(
        self,
        *,
        key: str,
        donor: DonorId,
        designations: Sequence[Designation],
        tip: Amount | None = ...,
        fee_bearer: FeeBearer = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> None: ...

@final
class CaptureExchanged(Command):
    key: Final[str]
    payment: Final[PaymentId]
    settled: Final[Amount]
    rate: Final[str | None]
    fee: Final[Amount | None]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        payment: PaymentId,
        settled: Amount,
        rate: str | None = ...,
        fee: Amount | None = ...,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class ExchangeMoney(Command):
    key: Final[str]
    processor: Final[str]
    from_: Final[Amount]
    to: Final[Amount]
    rate: Final[str | None]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        processor: str,
        from_: Amount,
        to: Amount,
        rate: str | None = ...,
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class IngestFacts(Command):
    key: Final[str]
    processor: Final[str]
    facts: Final[Sequence[ProviderFact]]
    occurred_on: Final[date | None]
    def __init__(
        self,
        *,
        key: str,
        processor: str,
        facts: Sequence[ProviderFact],
        occurred_on: date | None = ...,
    ) -> None: ...

@final
class AttachObject(Command):
    key: Final[str]
    object: Final[str]
    to: Final[ProviderTarget]
    def __init__(
        self,
        key: str,
        object: str,
        to: ProviderTarget,
    ) -> None: ...

@final
class AcknowledgeNotices(Command):
    consumer: Final[str]
    through: Final[int]
    def __init__(
        self,
        consumer: str,
        through: int,
    ) -> None: ...

@final
class RecordSettlementLines(Command):
    key: Final[str]
    settlement: Final[SettlementId]
    lines: Final[Sequence[SettlementLine]]
    def __init__(
        self,
        key: str,
        settlement: SettlementId,
        lines: Sequence[SettlementLine],
    ) -> None: ...
