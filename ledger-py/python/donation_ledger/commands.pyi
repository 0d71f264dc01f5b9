from typing import final

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

class Command(Record, frozen=True): ...

@final
class RegisterDonor(Command, frozen=True, kw_only=True):
    key: str | None = ...
    kind: DonorKind = ...
    standing: DonorStanding = ...
    profile: DonorProfile = ...

@final
class UpdateDonor(Command, frozen=True, kw_only=True):
    key: str | None = ...
    donor: DonorId
    profile: DonorProfile

@final
class OpenCause(Command, frozen=True, kw_only=True):
    key: str | None = ...
    currency: str
    details: CauseDetails

@final
class UpdateCause(Command, frozen=True, kw_only=True):
    key: str | None = ...
    cause: CauseId
    details: CauseDetails
    status: CauseStatus

@final
class Donate(Command, frozen=True, kw_only=True):
    key: str
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = ...
    fee: Amount | None = ...
    fee_bearer: FeeBearer = ...
    method: Method
    occurred_on: date | None = ...
    visibility: Visibility = ...
    memo: str | None = ...

@final
class Refund(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    scope: RefundScope
    occurred_on: date | None = ...
    memo: str | None = ...

@final
class Adjust(Command, frozen=True, kw_only=True):
    key: str
    donor: DonorId
    cause: CauseId
    amount: Amount
    reason: AdjustmentReason
    method: Method
    occurred_on: date | None = ...
    entry: EntryKind = ...
    memo: str | None = ...

@final
class TakeOver(Command, frozen=True, kw_only=True):
    key: str
    recorded_as: RecordedAs
    donor_external_id: str
    donor_kind: DonorKind = ...
    donor_name: str | None = ...
    cause_external_id: str
    cause_name: str | None = ...
    currency: str
    amount: Amount | None = ...
    occurred_on: date | None = ...
    memo: str | None = ...

@final
class Reallocate(Command, frozen=True, kw_only=True):
    key: str
    from_: CauseId
    to: CauseId
    amount: Amount
    occurred_on: date | None = ...
    entry: EntryKind = ...

@final
class ClosePeriod(Command, frozen=True, kw_only=True):
    key: str
    through: date

@final
class EraseDonor(Command, frozen=True, kw_only=True):
    key: str | None = ...
    donor: DonorId
    reason: ErasureReason

@final
class Correct(Command, frozen=True, kw_only=True):
    wrong: Wrong
    right: Right
    reversed_on: date | None = ...
    entry: EntryKind = ...

@final
class MergeDonors(Command, frozen=True, kw_only=True):
    key: str | None = ...
    keep: DonorId
    gone: DonorId

@final
class UndoMerge(Command, frozen=True, kw_only=True):
    key: str | None = ...
    gone: DonorId

@final
class BeginEpoch(Command, frozen=True, kw_only=True):
    key: str | None = ...

@final
class BeginDonation(Command, frozen=True, kw_only=True):
    key: str
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = ...
    fee_bearer: FeeBearer = ...
    visibility: Visibility = ...
    memo: str | None = ...

@final
class StartPayment(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    processor: str

@final
class ReportPayment(Command, frozen=True, kw_only=True):
    key: str
    payment: PaymentId
    report: PaymentReport
    fee: Amount | None = ...
    occurred_on: date | None = ...

@final
class CancelDonation(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId

@final
class BookFee(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    fee: Amount
    occurred_on: date | None = ...

@final
class TakePlatformFee(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    from_: Sequence[Designation]
    occurred_on: date | None = ...

@final
class RecordSettlement(Command, frozen=True, kw_only=True):
    key: str
    processor: str
    bank: str
    amount: Amount
    occurred_on: date | None = ...

@final
class ProposePayout(Command, frozen=True, kw_only=True):
    key: str
    cause: CauseId
    amount: Amount
    bank: str

@final
class ReportPayout(Command, frozen=True, kw_only=True):
    key: str
    payout: PayoutId
    report: PayoutReport
    occurred_on: date | None = ...

@final
class ReportRefund(Command, frozen=True, kw_only=True):
    key: str
    refund: RefundId
    report: RefundReport
    occurred_on: date | None = ...

@final
class OpenDispute(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    amount: Amount
    begins: DisputeBegins
    fee: Amount | None = ...
    occurred_on: date | None = ...

@final
class ReportDispute(Command, frozen=True, kw_only=True):
    key: str
    dispute: DisputeId
    report: DisputeReport
    occurred_on: date | None = ...

@final
class BookDisputeFee(Command, frozen=True, kw_only=True):
    key: str
    dispute: DisputeId
    fee: Amount
    flow: DisputeFeeFlow
    occurred_on: date | None = ...

@final
class ForceRefund(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    scope: RefundScope
    occurred_on: date | None = ...
    memo: str | None = ...

@final
class SetCausePolicies(Command, frozen=True, kw_only=True):
    key: str
    cause: CauseId | None = ...
    policies: CausePolicies

@final
class SettleReceivable(Command, frozen=True, kw_only=True):
    key: str
    cause: CauseId
    amount: Amount
    by: SettledBy
    occurred_on: date | None = ...

@final
class GiveBackFees(Command, frozen=True, kw_only=True):
    key: str
    donation: DonationId
    fee: FeeGivenBack
    to: Sequence[Designation]
    occurred_on: date | None = ...

@final
class ReceiveUnidentified(Command, frozen=True, kw_only=True):
    key: str
    amount: Amount
    method: Method
    occurred_on: date | None = ...

@final
class Identify(Command, frozen=True, kw_only=True):
    key: str
    item: SuspenseId
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = ...
    occurred_on: date | None = ...
    visibility: Visibility = ...
    memo: str | None = ...

@final
class ReturnUnidentified(Command, frozen=True, kw_only=True):
    key: str
    item: SuspenseId
    amount: Amount
    occurred_on: date | None = ...

@final
class ReleaseSetAside(Command, frozen=True, kw_only=True):
    key: str
    item: SuspenseId
    to: CauseId
    amount: Amount
    occurred_on: date | None = ...

@final
class BeginForeignDonation(Command, frozen=True, kw_only=True):
    key: str
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = ...
    fee_bearer: FeeBearer = ...
    visibility: Visibility = ...
    memo: str | None = ...

@final
class CaptureExchanged(Command, frozen=True, kw_only=True):
    key: str
    payment: PaymentId
    settled: Amount
    rate: str | None = ...
    fee: Amount | None = ...
    occurred_on: date | None = ...

@final
class ExchangeMoney(Command, frozen=True, kw_only=True):
    key: str
    processor: str
    from_: Amount
    to: Amount
    rate: str | None = ...
    occurred_on: date | None = ...

@final
class IngestFacts(Command, frozen=True, kw_only=True):
    key: str
    processor: str
    facts: Sequence[ProviderFact]
    occurred_on: date | None = ...

@final
class AttachObject(Command, frozen=True, kw_only=True):
    key: str
    object: str
    to: ProviderTarget

@final
class AcknowledgeNotices(Command, frozen=True, kw_only=True):
    consumer: str
    through: int

@final
class RecordSettlementLines(Command, frozen=True, kw_only=True):
    key: str
    settlement: SettlementId
    lines: Sequence[SettlementLine]
