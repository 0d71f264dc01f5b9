from typing import final

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from donation_ledger._ledger import (
    AdjustmentId,
    Amount,
    CauseId,
    Committed,
    DisputeId,
    DonationId,
    DonorId,
    LedgerId,
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
    BegunState,
    BookMode,
    CauseStatus,
    ClockReading,
    CorrectionReason,
    Cure,
    DisputeState,
    DonorKind,
    DonorStanding,
    ErasureReason,
    FailureReason,
    FeeBearer,
    LineKind,
    NegativeCause,
    PaymentState,
    PayoutState,
    RefundReport,
    RefundState,
    SettlementOutcome,
    Severity,
    Side,
    StateFound,
    Visibility,
    WhyNothing,
)
from donation_ledger.events import Event
from donation_ledger.commands import Adjust, Donate, Reallocate, Refund

@final
class Totals(Record, frozen=True):
    currency: str
    gross: Decimal
    refunded: Decimal
    disputed: Decimal
    fees: Decimal
    adjusted: Decimal
    pending: Decimal
    paid_out: Decimal
    written_off: Decimal
    net: Decimal
    raised: Decimal
    held: Decimal
    donations: int

@final
class AccountBalance(Record, frozen=True):
    account: str
    currency: str
    debits: Decimal
    credits: Decimal
    net: Decimal
    lines: int

@final
class PostedLine(Record, frozen=True):
    account: str
    currency: str
    side: Side
    amount: Decimal
    debits: Decimal
    credits: Decimal
    number: int

@final
class CurrencySum(Record, frozen=True):
    currency: str
    debits: Decimal
    credits: Decimal

@final
class CauseStanding(Record, frozen=True):
    cause: CauseId
    totals: Totals
    available: Decimal
    held: Decimal
    in_transit: Decimal
    owed: Decimal

@final
class BalanceSheet(Record, frozen=True):
    currency: str
    balances: tuple[AccountBalance, ...]
    assets: Decimal
    liabilities: Decimal
    net_assets: Decimal
    result: Decimal

@final
class StatementLine(Record, frozen=True):
    what: HistoryLine
    change: Decimal
    balance: Decimal

@final
class Statement(Record, frozen=True):
    currency: str
    from_: date
    to: date
    seq: int
    opening: Decimal
    lines: tuple[StatementLine, ...]
    closing: Decimal

@final
class Account(Record, frozen=True):
    name: str
    currency: str

@final
class AccountLine(Record, frozen=True):
    seq: int
    recorded_at: datetime
    day: date
    posted: PostedLine

@final
class Attribute(Record, frozen=True):
    name: str
    value: str

@final
class AuditReport(Record, frozen=True):
    seq: int
    root: str
    records: int
    entries: int
    rows: int
    keys: int
    difference: str | None

@final
class BackupReport(Record, frozen=True):
    ledger: LedgerId
    seq: int
    root: str
    segments: int
    bytes_copied: int
    is_incremental: bool

@final
class BegunDonation(Record, frozen=True):
    id: DonationId
    donor: DonorId
    gift: MeantGift
    fee_bearer: FeeBearer
    visibility: Visibility
    state: BegunState
    captured_in: int | None
    payments: tuple[Payment, ...]

class Beneficiary(Record, frozen=True):
    @final
    class Cause(Beneficiary, frozen=True):
        cause: CauseId
    @final
    class Platform(Beneficiary, frozen=True):
        pass

@final
class Cause(Record, frozen=True):
    id: CauseId
    currency: str
    status: CauseStatus
    details: CauseDetails
    totals: Totals
    history_lines: int

@final
class CauseChange(Record, frozen=True):
    seq: int
    day: date
    cause: CauseId
    change: Totals

@final
class CauseDetails(Record, frozen=True, kw_only=True):
    name: str
    description: str | None = ...
    external_id: str | None = ...
    goal: Amount | None = ...
    opens_on: date | None = ...
    closes_on: date | None = ...

@final
class CausePolicies(Record, frozen=True, kw_only=True):
    on_negative: NegativeCause = ...
    on_closed: ClosedCause

@final
class Change(Record, frozen=True):
    seq: int
    recorded_at: datetime
    clock: ClockReading
    day: date
    key: str | None
    events: tuple[Event, ...]
    entries: tuple[ChangeEntry, ...]

@final
class ChangeEntry(Record, frozen=True):
    event: int
    day: date
    lines: tuple[PostedLine, ...]

@final
class ClosedAccount(Record, frozen=True):
    account: Account
    side: Side
    amount_minor: int
    into: Account

class ClosedCause(Record, frozen=True):
    @final
    class TakeAnyway(ClosedCause, frozen=True):
        pass
    @final
    class SetAside(ClosedCause, frozen=True):
        pass
    @final
    class PassTo(ClosedCause, frozen=True):
        cause: CauseId

@final
class CutReport(Record, frozen=True):
    seq: int
    saved_as: str

@final
class Designation(Record, frozen=True):
    cause: CauseId
    amount: Amount

@final
class Diagnosis(Record, frozen=True):
    ledger: LedgerId | None
    writer: str | None
    acknowledged_seq: int
    whole_seq: int
    segments: int
    epoch: int
    keys_in_use: int
    keys_destroyed: int
    findings: tuple[Finding, ...]

@final
class Dispute(Record, frozen=True):
    id: DisputeId
    donation: DonationId
    amount: Amount
    state: DisputeState
    held: tuple[Designation, ...]
    shares: tuple[PartShare, ...]
    fee_minor: int

@final
class Donation(Record, frozen=True):
    id: DonationId
    seq: int
    recorded_at: datetime
    day: date
    donor: DonorId
    designations: tuple[Designation, ...]
    tip: Amount | None
    fee: Amount | None
    fee_bearer: FeeBearer
    method: Method
    visibility: Visibility
    memo: str | None
    parts: tuple[DonationPart, ...]
    refunds: tuple[RefundId, ...]
    reversed_by: int | None

@final
class DonationPart(Record, frozen=True):
    beneficiary: Beneficiary
    given_minor: int
    refunded_minor: int
    disputed_minor: int

@final
class Donor(Record, frozen=True):
    id: DonorId
    asked_as: DonorId
    merged: tuple[DonorId, ...]
    kind: DonorKind
    standing: DonorStanding
    profile: DonorProfile
    erased: ErasureReason | None
    totals: tuple[Totals, ...]
    history_lines: int

@final
class DonorProfile(Record, frozen=True, kw_only=True):
    name: str | None = ...
    email: str | None = ...
    external_id: str | None = ...
    date_of_birth: date | None = ...
    location: str | None = ...
    attributes: Sequence[Attribute] = ...

class FactSays(Record, frozen=True):
    @final
    class Payment(FactSays, frozen=True, kw_only=True):
        payment: PaymentId | None = ...
        report: PaymentReport
        captured: Amount | None = ...
    @final
    class Exchanged(FactSays, frozen=True, kw_only=True):
        of_payment: str
        captured: Amount | None = ...
        settled: Amount
        rate: str | None = ...
    @final
    class Fee(FactSays, frozen=True):
        of_payment: str
        fee: Amount
    @final
    class Refund(FactSays, frozen=True, kw_only=True):
        of_payment: str
        refund: RefundId | None = ...
        amount: Amount
        report: RefundReport
        made_at: datetime
    @final
    class Dispute(FactSays, frozen=True):
        of_payment: str
        amount: Amount
        state: DisputeState
        made_at: datetime
    @final
    class DisputeFee(FactSays, frozen=True, kw_only=True):
        charged: Amount | None = ...
        returned: Amount | None = ...
    @final
    class Settlement(FactSays, frozen=True):
        bank: str
        amount: Amount
        outcome: SettlementOutcome

@final
class Finding(Record, frozen=True):
    file: str
    offset: int
    seq: int
    what: str
    severity: Severity
    cure: Cure
    code: int | None

@final
class Followed(Record, frozen=True):
    seq: int
    source_seq: int
    root: str
    records: int
    keys_destroyed: int

@final
class GiftLife(Record, frozen=True):
    id: DonationId
    begun: BegunDonation | None
    donation: Donation | None
    refunds: tuple[GiftRefund, ...]
    disputes: tuple[Dispute, ...]
    fees_minor: int
    left_minor: int
    currency: str | None

@final
class GiftRefund(Record, frozen=True):
    id: RefundId
    state: RefundState
    shares: tuple[PartShare, ...]

class Giver(Record, frozen=True):
    @final
    class Named(Giver, frozen=True):
        name: str
    @final
    class Anonymous(Giver, frozen=True):
        number: int

@final
class HeldAnew(Record, frozen=True):
    dispute: DisputeId
    before: tuple[Designation, ...]
    after: tuple[Designation, ...]

@final
class HistoryLine(Record, frozen=True):
    seq: int
    recorded_at: datetime
    day: date
    kind: LineKind
    donor: DonorId | None
    merged_into: DonorId | None
    donation: DonationId | None
    refund: RefundId | None
    adjustment: AdjustmentId | None
    reallocation: ReallocationId | None
    reversal: ReversalId | None
    payment: PaymentId | None
    payout: PayoutId | None
    dispute: DisputeId | None
    suspense: SuspenseId | None
    became: str | None
    reason: AdjustmentReason | None
    correction: CorrectionReason | None
    visibility: Visibility | None
    amount: Amount | None
    causes: tuple[Designation, ...]

@final
class Identity(Record, frozen=True):
    ledger: LedgerId
    mode: BookMode
    created: datetime

@final
class ImportReport(Record, frozen=True):
    rows: int
    gifts: int
    refunds: int
    adjustments: int
    memo: int
    pass_through: int
    zero: int
    duplicates: int
    conflicts: int
    rejected: int
    sums: dict[str, dict[str, Decimal]]

class Ingested(Record, frozen=True):
    @final
    class Applied(Ingested, frozen=True):
        committed: Committed
    @final
    class Duplicate(Ingested, frozen=True):
        seq: int
    @final
    class Parked(Ingested, frozen=True):
        seq: int
    @final
    class Ignored(Ingested, frozen=True):
        pass
    @final
    class Rejected(Ingested, frozen=True):
        why: WebhookRejected

@final
class KeysReport(Record, frozen=True):
    ledger: LedgerId
    in_use: int
    destroyed: int
    made_ahead: int

@final
class MadeThere(Record, frozen=True):
    at: datetime
    object: str

@final
class MeantGift(Record, frozen=True):
    designations: tuple[Designation, ...]
    tip: Amount | None

class Method(Record, frozen=True):
    @final
    class Offline(Method, frozen=True):
        bank: str
    @final
    class Imported(Method, frozen=True):
        pass
    @final
    class CapturedElsewhere(Method, frozen=True):
        bank: str
    @final
    class Processor(Method, frozen=True):
        processor: str
    @final
    class Exchanged(Method, frozen=True):
        processor: str
        given: Amount
    @final
    class Identified(Method, frozen=True):
        item: SuspenseId

@final
class Notice(Record, frozen=True):
    seq: int
    ordinal: int
    recorded_at: datetime
    day: date
    kind: NoticeKind

class NoticeKind(Record, frozen=True):
    @final
    class DonationCaptured(NoticeKind, frozen=True):
        donation: DonationId
        donor: DonorId
        designations: tuple[Designation, ...]
        tip: Amount | None
    @final
    class PaymentFailed(NoticeKind, frozen=True):
        payment: PaymentId
        donation: DonationId
        donor: DonorId
        reason: FailureReason | None
    @final
    class DonationRefunded(NoticeKind, frozen=True):
        refund: RefundId
        donation: DonationId
        donor: DonorId
        amount: Amount
    @final
    class RefundFailed(NoticeKind, frozen=True):
        refund: RefundId
        donation: DonationId
        donor: DonorId
        amount: Amount
    @final
    class DisputeOpened(NoticeKind, frozen=True):
        dispute: DisputeId
        donation: DonationId
        donor: DonorId
        amount: Amount
        state: DisputeState
    @final
    class DisputeDecided(NoticeKind, frozen=True):
        dispute: DisputeId
        donation: DonationId
        donor: DonorId
        amount: Amount
        state: DisputeState
    @final
    class PayoutPaid(NoticeKind, frozen=True):
        payout: PayoutId
        cause: CauseId
        amount: Amount
    @final
    class PayoutFailed(NoticeKind, frozen=True):
        payout: PayoutId
        cause: CauseId
        amount: Amount
    @final
    class GoalReached(NoticeKind, frozen=True):
        cause: CauseId
        goal: Amount
    @final
    class CauseClosed(NoticeKind, frozen=True):
        cause: CauseId
    @final
    class MoneyUnidentified(NoticeKind, frozen=True):
        item: SuspenseId
        amount: Amount
    @final
    class FactRefused(NoticeKind, frozen=True):
        object: str
        code: int

@final
class NoticePage(Record, frozen=True):
    notices: tuple[Notice, ...]
    through: int

@final
class OpeningReport(Record, frozen=True):
    records_folded_again: int | None
    cut: CutReport | None
    state: StateFound
    head_made_again: bool
    key_slots_made_again: int
    damage: str | None

@final
class ParkedFact(Record, frozen=True):
    processor: str
    waits_for: str
    fact: ProviderFact

@final
class PartShare(Record, frozen=True):
    beneficiary: Beneficiary
    share_minor: int

@final
class Payment(Record, frozen=True):
    id: PaymentId
    processor: str
    state: PaymentState

class PaymentReport(Record, frozen=True):
    @final
    class RequiresAction(PaymentReport, frozen=True):
        pass
    @final
    class Processing(PaymentReport, frozen=True):
        pass
    @final
    class Authorised(PaymentReport, frozen=True):
        pass
    @final
    class Captured(PaymentReport, frozen=True):
        pass
    @final
    class Failed(PaymentReport, frozen=True):
        reason: FailureReason
    @final
    class Voided(PaymentReport, frozen=True):
        pass
    @final
    class Expired(PaymentReport, frozen=True):
        pass

@final
class Payout(Record, frozen=True):
    id: PayoutId
    cause: CauseId
    amount: Amount
    bank: str
    state: PayoutState

@final
class PeriodTotals(Record, frozen=True):
    period: str
    totals: Totals

@final
class PostedEntry(Record, frozen=True):
    lines: tuple[PostedLine, ...]

@final
class ProviderFact(Record, frozen=True):
    object: str
    says: FactSays

class ProviderTarget(Record, frozen=True):
    @final
    class Payment(ProviderTarget, frozen=True):
        payment: PaymentId
    @final
    class Refund(ProviderTarget, frozen=True):
        refund: RefundId
    @final
    class Dispute(ProviderTarget, frozen=True):
        dispute: DisputeId
    @final
    class Fee(ProviderTarget, frozen=True):
        donation: DonationId
    @final
    class Settlement(ProviderTarget, frozen=True):
        settlement: SettlementId

@final
class PublicGift(Record, frozen=True):
    day: date
    giver: Giver
    amount: Amount
    refunded: Amount | None

@final
class Reconciled(Record, frozen=True):
    object: str | None
    is_: ProviderTarget | None
    booked_gross_minor: int
    booked_fee_minor: int
    settled_gross_minor: int
    settled_fee_minor: int

@final
class ReconciledLine(Record, frozen=True):
    line: SettlementLine
    about: Reconciled | None

class RecordedAs(Record, frozen=True):
    @final
    class Gift(RecordedAs, frozen=True):
        pass
    @final
    class Adjustment(RecordedAs, frozen=True):
        reason: AdjustmentReason
    @final
    class Nothing(RecordedAs, frozen=True):
        pass

@final
class Redivided(Record, frozen=True):
    taking: Taking
    before: tuple[PartShare, ...]
    after: tuple[PartShare, ...]

class RefundScope(Record, frozen=True):
    @final
    class Everything(RefundScope, frozen=True):
        pass
    @final
    class Proportional(RefundScope, frozen=True):
        amount: Amount
    @final
    class Causes(RefundScope, frozen=True, kw_only=True):
        from_: Sequence[Designation] = ...

@final
class RefundUnderWay(Record, frozen=True):
    id: RefundId
    donation: DonationId
    state: RefundState

@final
class RefundedPart(Record, frozen=True):
    beneficiary: Beneficiary
    share_minor: int
    refunded_minor: int

@final
class RestoreReport(Record, frozen=True):
    ledger: LedgerId
    seq: int
    root: str
    is_end_certain: bool
    bytes_copied: int
    rows_compared: int
    keys_destroyed_again: int

class Right(Record, frozen=True):
    @final
    class Nothing(Right, frozen=True):
        key: str
        why: WhyNothing
    @final
    class Donation(Right, frozen=True):
        value: Donate
    @final
    class Refund(Right, frozen=True):
        value: Refund
    @final
    class Adjustment(Right, frozen=True):
        value: Adjust
    @final
    class Reallocation(Right, frozen=True):
        value: Reallocate

@final
class SandboxWebhook(Record, frozen=True):
    signature: str
    body: bytes

class SettledBy(Record, frozen=True):
    @final
    class Repayment(SettledBy, frozen=True):
        bank: str
    @final
    class SetOff(SettledBy, frozen=True):
        pass
    @final
    class WriteOff(SettledBy, frozen=True):
        pass

@final
class Settlement(Record, frozen=True):
    id: SettlementId
    processor: str
    bank: str
    amount: Amount
    is_returned: bool
    lines: int
    lines_net_minor: int

@final
class SettlementLine(Record, frozen=True, kw_only=True):
    id: str
    about: str | None = ...
    gross_minor: int
    fee_minor: int

@final
class ShareCard(Record, frozen=True):
    title: str
    text: str
    link: str
    svg: str

@final
class Stats(Record, frozen=True):
    seq: int
    donors: int
    causes: int
    donations: int
    records: int
    entries: int
    journal_bytes: int
    state_bytes: int

class Taking(Record, frozen=True):
    @final
    class Refund(Taking, frozen=True):
        refund: RefundId
    @final
    class Dispute(Taking, frozen=True):
        dispute: DisputeId

@final
class TrialBalance(Record, frozen=True):
    seq: int
    balances: tuple[AccountBalance, ...]
    sums: tuple[CurrencySum, ...]

@final
class Unidentified(Record, frozen=True):
    id: SuspenseId
    amount: Amount
    left_minor: int
    method: Method | None
    payment: PaymentId | None
    donor: DonorId | None
    object: str | None
    of_donation: DonationId | None
    meant_for: CauseId | None

@final
class Unsettled(Record, frozen=True):
    day: date
    seq: int
    donation: DonationId
    reconciled: Reconciled

class WebhookRefusal(Record, frozen=True):
    @final
    class NoSignature(WebhookRefusal, frozen=True):
        pass
    @final
    class WrongSignature(WebhookRefusal, frozen=True):
        pass
    @final
    class OutsideTolerance(WebhookRefusal, frozen=True):
        seconds: int
        limit: int
    @final
    class OtherMode(WebhookRefusal, frozen=True):
        pass
    @final
    class NotUnderstood(WebhookRefusal, frozen=True):
        field: str

class WebhookRejected(Record, frozen=True):
    @final
    class ByProvider(WebhookRejected, frozen=True):
        refusal: WebhookRefusal
    @final
    class OtherContent(WebhookRejected, frozen=True):
        pass

class Wrong(Record, frozen=True):
    @final
    class Donation(Wrong, frozen=True):
        donation: DonationId
    @final
    class Refund(Wrong, frozen=True):
        refund: RefundId
    @final
    class Adjustment(Wrong, frozen=True):
        adjustment: AdjustmentId
    @final
    class Reallocation(Wrong, frozen=True):
        reallocation: ReallocationId
