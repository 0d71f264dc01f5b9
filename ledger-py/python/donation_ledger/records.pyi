from typing import Final, final

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from donation_ledger._ledger import (
    AdjustmentId,
    Amount,
    CauseId,
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
class Totals(Record):
    currency: Final[str]
    gross: Final[Decimal]
    refunded: Final[Decimal]
    disputed: Final[Decimal]
    fees: Final[Decimal]
    adjusted: Final[Decimal]
    pending: Final[Decimal]
    paid_out: Final[Decimal]
    written_off: Final[Decimal]
    net: Final[Decimal]
    donations: Final[int]
    def __init__(
        self,
        currency: str,
        gross: Decimal,
        refunded: Decimal,
        disputed: Decimal,
        fees: Decimal,
        adjusted: Decimal,
        pending: Decimal,
        paid_out: Decimal,
        written_off: Decimal,
        net: Decimal,
        donations: int,
    ) -> None: ...

@final
class AccountBalance(Record):
    account: Final[str]
    currency: Final[str]
    debits: Final[Decimal]
    credits: Final[Decimal]
    net: Final[Decimal]
    lines: Final[int]
    def __init__(
        self,
        account: str,
        currency: str,
        debits: Decimal,
        credits: Decimal,
        net: Decimal,
        lines: int,
    ) -> None: ...

@final
class PostedLine(Record):
    account: Final[str]
    currency: Final[str]
    side: Final[Side]
    amount: Final[Decimal]
    debits: Final[Decimal]
    credits: Final[Decimal]
    number: Final[int]
    def __init__(
        self,
        account: str,
        currency: str,
        side: Side,
        amount: Decimal,
        debits: Decimal,
        credits: Decimal,
        number: int,
    ) -> None: ...

@final
class CurrencySum(Record):
    currency: Final[str]
    debits: Final[Decimal]
    credits: Final[Decimal]
    def __init__(
        self,
        currency: str,
        debits: Decimal,
        credits: Decimal,
    ) -> None: ...

@final
class CauseStanding(Record):
    cause: Final[CauseId]
    totals: Final[Totals]
    available: Final[Decimal]
    held: Final[Decimal]
    in_transit: Final[Decimal]
    owed: Final[Decimal]
    def __init__(
        self,
        cause: CauseId,
        totals: Totals,
        available: Decimal,
        held: Decimal,
        in_transit: Decimal,
        owed: Decimal,
    ) -> None: ...

@final
class BalanceSheet(Record):
    currency: Final[str]
    balances: Final[tuple[AccountBalance, ...]]
    assets: Final[Decimal]
    liabilities: Final[Decimal]
    net_assets: Final[Decimal]
    result: Final[Decimal]
    def __init__(
        self,
        currency: str,
        balances: tuple[AccountBalance, ...],
        assets: Decimal,
        liabilities: Decimal,
        net_assets: Decimal,
        result: Decimal,
    ) -> None: ...

@final
class StatementLine(Record):
    what: Final[HistoryLine]
    change: Final[Decimal]
    balance: Final[Decimal]
    def __init__(
        self,
        what: HistoryLine,
        change: Decimal,
        balance: Decimal,
    ) -> None: ...

@final
class Statement(Record):
    currency: Final[str]
    from_: Final[date]
    to: Final[date]
    seq: Final[int]
    opening: Final[Decimal]
    lines: Final[tuple[StatementLine, ...]]
    closing: Final[Decimal]
    def __init__(
        self,
        currency: str,
        from_: date,
        to: date,
        seq: int,
        opening: Decimal,
        lines: tuple[StatementLine, ...],
        closing: Decimal,
    ) -> None: ...

@final
class AccountLine(Record):
    seq: Final[int]
    recorded_at: Final[datetime]
    day: Final[date]
    posted: Final[PostedLine]
    def __init__(
        self,
        seq: int,
        recorded_at: datetime,
        day: date,
        posted: PostedLine,
    ) -> None: ...

@final
class Attribute(Record):
    name: Final[str]
    value: Final[str]
    def __init__(
        self,
        name: str,
        value: str,
    ) -> None: ...

@final
class AuditReport(Record):
    seq: Final[int]
    root: Final[str]
    records: Final[int]
    entries: Final[int]
    rows: Final[int]
    keys: Final[int]
    difference: Final[str | None]
    def __init__(
        self,
        seq: int,
        root: str,
        records: int,
        entries: int,
        rows: int,
        keys: int,
        difference: str | None,
    ) -> None: ...

@final
class BackupReport(Record):
    ledger: Final[LedgerId]
    seq: Final[int]
    root: Final[str]
    segments: Final[int]
    bytes_copied: Final[int]
    is_incremental: Final[bool]
    def __init__(
        self,
        ledger: LedgerId,
        seq: int,
        root: str,
        segments: int,
        bytes_copied: int,
        is_incremental: bool,
    ) -> None: ...

@final
class BegunDonation(Record):
    id: Final[DonationId]
    donor: Final[DonorId]
    gift: Final[MeantGift]
    fee_bearer: Final[FeeBearer]
    visibility: Final[Visibility]
    state: Final[BegunState]
    captured_in: Final[int | None]
    payments: Final[tuple[Payment, ...]]
    def __init__(
        self,
        id: DonationId,
        donor: DonorId,
        gift: MeantGift,
        fee_bearer: FeeBearer,
        visibility: Visibility,
        state: BegunState,
        captured_in: int | None,
        payments: tuple[Payment, ...],
    ) -> None: ...

class Beneficiary(Record):
    @final
    class Cause(Beneficiary):
        cause: Final[CauseId]
        def __init__(
            self,
            cause: CauseId,
        ) -> None: ...
    @final
    class Platform(Beneficiary):
        def __init__(self) -> None: ...

@final
class Cause(Record):
    id: Final[CauseId]
    currency: Final[str]
    status: Final[CauseStatus]
    details: Final[CauseDetails]
    totals: Final[Totals]
    history_lines: Final[int]
    def __init__(
        self,
        id: CauseId,
        currency: str,
        status: CauseStatus,
        details: CauseDetails,
        totals: Totals,
        history_lines: int,
    ) -> None: ...

@final
class CauseDetails(Record):
    name: Final[str]
    description: Final[str | None]
    external_id: Final[str | None]
    goal: Final[Amount | None]
    opens_on: Final[date | None]
    closes_on: Final[date | None]
    def __init__(
        self,
        *,
        name: str,
        description: str | None = ...,
        external_id: str | None = ...,
        goal: Amount | None = ...,
        opens_on: date | None = ...,
        closes_on: date | None = ...,
    ) -> None: ...

@final
class CausePolicies(Record):
    on_negative: Final[NegativeCause]
    on_closed: Final[ClosedCause]
    def __init__(
        self,
        *,
        on_negative: NegativeCause = ...,
        on_closed: ClosedCause,
    ) -> None: ...

@final
class Change(Record):
    seq: Final[int]
    recorded_at: Final[datetime]
    clock: Final[ClockReading]
    day: Final[date]
    key: Final[str | None]
    events: Final[tuple[Event, ...]]
    entries: Final[tuple[ChangeEntry, ...]]
    def __init__(
        self,
        seq: int,
        recorded_at: datetime,
        clock: ClockReading,
        day: date,
        key: str | None,
        events: tuple[Event, ...],
        entries: tuple[ChangeEntry, ...],
    ) -> None: ...

@final
class ChangeEntry(Record):
    event: Final[int]
    day: Final[date]
    lines: Final[tuple[PostedLine, ...]]
    def __init__(
        self,
        event: int,
        day: date,
        lines: tuple[PostedLine, ...],
    ) -> None: ...

@final
class ClosedAccount(Record):
    account: Final[Account]
    side: Final[Side]
    amount_minor: Final[int]
    into: Final[Account]
    def __init__(
        self,
        account: Account,
        side: Side,
        amount_minor: int,
        into: Account,
    ) -> None: ...

class ClosedCause(Record):
    @final
    class TakeAnyway(ClosedCause):
        def __init__(self) -> None: ...
    @final
    class SetAside(ClosedCause):
        def __init__(self) -> None: ...
    @final
    class PassTo(ClosedCause):
        cause: Final[CauseId]
        def __init__(
            self,
            cause: CauseId,
        ) -> None: ...

@final
class CutReport(Record):
    seq: Final[int]
    saved_as: Final[str]
    def __init__(
        self,
        seq: int,
        saved_as: str,
    ) -> None: ...

@final
class Designation(Record):
    cause: Final[CauseId]
    amount: Final[Amount]
    def __init__(
        self,
        cause: CauseId,
        amount: Amount,
    ) -> None: ...

@final
class Diagnosis(Record):
    ledger: Final[LedgerId | None]
    writer: Final[str | None]
    acknowledged_seq: Final[int]
    whole_seq: Final[int]
    segments: Final[int]
    epoch: Final[int]
    keys_in_use: Final[int]
    keys_destroyed: Final[int]
    findings: Final[tuple[Finding, ...]]
    def __init__(
        self,
        ledger: LedgerId | None,
        writer: str | None,
        acknowledged_seq: int,
        whole_seq: int,
        segments: int,
        epoch: int,
        keys_in_use: int,
        keys_destroyed: int,
        findings: tuple[Finding, ...],
    ) -> None: ...

@final
class Dispute(Record):
    id: Final[DisputeId]
    donation: Final[DonationId]
    amount: Final[Amount]
    state: Final[DisputeState]
    held: Final[tuple[Designation, ...]]
    shares: Final[tuple[PartShare, ...]]
    fee_minor: Final[int]
    def __init__(
        self,
        id: DisputeId,
        donation: DonationId,
        amount: Amount,
        state: DisputeState,
        held: tuple[Designation, ...],
        shares: tuple[PartShare, ...],
        fee_minor: int,
    ) -> None: ...

@final
class Donation(Record):
    id: Final[DonationId]
    seq: Final[int]
    recorded_at: Final[datetime]
    day: Final[date]
    donor: Final[DonorId]
    designations: Final[tuple[Designation, ...]]
    tip: Final[Amount | None]
    fee: Final[Amount | None]
    fee_bearer: Final[FeeBearer]
    method: Final[Method]
    visibility: Final[Visibility]
    memo: Final[str | None]
    parts: Final[tuple[DonationPart, ...]]
    refunds: Final[tuple[RefundId, ...]]
    reversed_by: Final[int | None]
    def __init__(
        self,
        id: DonationId,
        seq: int,
        recorded_at: datetime,
        day: date,
        donor: DonorId,
        designations: tuple[Designation, ...],
        tip: Amount | None,
        fee: Amount | None,
        fee_bearer: FeeBearer,
        method: Method,
        visibility: Visibility,
        memo: str | None,
        parts: tuple[DonationPart, ...],
        refunds: tuple[RefundId, ...],
        reversed_by: int | None,
    ) -> None: ...

@final
class DonationPart(Record):
    beneficiary: Final[Beneficiary]
    given_minor: Final[int]
    refunded_minor: Final[int]
    disputed_minor: Final[int]
    def __init__(
        self,
        beneficiary: Beneficiary,
        given_minor: int,
        refunded_minor: int,
        disputed_minor: int,
    ) -> None: ...

@final
class Donor(Record):
    id: Final[DonorId]
    asked_as: Final[DonorId]
    merged: Final[tuple[DonorId, ...]]
    kind: Final[DonorKind]
    standing: Final[DonorStanding]
    profile: Final[DonorProfile]
    erased: Final[ErasureReason | None]
    totals: Final[tuple[Totals, ...]]
    history_lines: Final[int]
    def __init__(
        self,
        id: DonorId,
        asked_as: DonorId,
        merged: tuple[DonorId, ...],
        kind: DonorKind,
        standing: DonorStanding,
        profile: DonorProfile,
        erased: ErasureReason | None,
        totals: tuple[Totals, ...],
        history_lines: int,
    ) -> None: ...

@final
class DonorProfile(Record):
    name: Final[str | None]
    email: Final[str | None]
    external_id: Final[str | None]
    date_of_birth: Final[date | None]
    location: Final[str | None]
    attributes: Final[Sequence[Attribute]]
    def __init__(
        self,
        *,
        name: str | None = ...,
        email: str | None = ...,
        external_id: str | None = ...,
        date_of_birth: date | None = ...,
        location: str | None = ...,
        attributes: Sequence[Attribute] = ...,
    ) -> None: ...

class FactSays(Record):
    @final
    class Payment(FactSays):
        payment: Final[PaymentId | None]
        report: Final[PaymentReport]
        captured: Final[Amount | None]
        def __init__(
            self,
            *,
            payment: PaymentId | None = ...,
            report: PaymentReport,
            captured: Amount | None = ...,
        ) -> None: ...
    @final
    class Exchanged(FactSays):
        of_payment: Final[str]
        captured: Final[Amount | None]
        settled: Final[Amount]
        rate: Final[str | None]
        def __init__(
            self,
            *,
            of_payment: str,
            captured: Amount | None = ...,
            settled: Amount,
            rate: str | None = ...,
        ) -> None: ...
    @final
    class Fee(FactSays):
        of_payment: Final[str]
        fee: Final[Amount]
        def __init__(
            self,
            of_payment: str,
            fee: Amount,
        ) -> None: ...
    @final
    class Refund(FactSays):
        of_payment: Final[str]
        refund: Final[RefundId | None]
        amount: Final[Amount]
        report: Final[RefundReport]
        made_at: Final[datetime]
        def __init__(
            self,
            *,
            of_payment: str,
            refund: RefundId | None = ...,
            amount: Amount,
            report: RefundReport,
            made_at: datetime,
        ) -> None: ...
    @final
    class Dispute(FactSays):
        of_payment: Final[str]
        amount: Final[Amount]
        state: Final[DisputeState]
        made_at: Final[datetime]
        def __init__(
            self,
            of_payment: str,
            amount: Amount,
            state: DisputeState,
            made_at: datetime,
        ) -> None: ...
    @final
    class DisputeFee(FactSays):
        charged: Final[Amount | None]
        returned: Final[Amount | None]
        def __init__(
            self,
            *,
            charged: Amount | None = ...,
            returned: Amount | None = ...,
        ) -> None: ...
    @final
    class Settlement(FactSays):
        bank: Final[str]
        amount: Final[Amount]
        outcome: Final[SettlementOutcome]
        def __init__(
            self,
            bank: str,
            amount: Amount,
            outcome: SettlementOutcome,
        ) -> None: ...

@final
class Finding(Record):
    file: Final[str]
    offset: Final[int]
    seq: Final[int]
    what: Final[str]
    severity: Final[Severity]
    cure: Final[Cure]
    code: Final[int | None]
    def __init__(
        self,
        file: str,
        offset: int,
        seq: int,
        what: str,
        severity: Severity,
        cure: Cure,
        code: int | None,
    ) -> None: ...

@final
class Followed(Record):
    seq: Final[int]
    source_seq: Final[int]
    root: Final[str]
    records: Final[int]
    keys_destroyed: Final[int]
    def __init__(
        self,
        seq: int,
        source_seq: int,
        root: str,
        records: int,
        keys_destroyed: int,
    ) -> None: ...

@final
class GiftLife(Record):
    id: Final[DonationId]
    begun: Final[BegunDonation | None]
    donation: Final[Donation | None]
    refunds: Final[tuple[GiftRefund, ...]]
    disputes: Final[tuple[Dispute, ...]]
    fees_minor: Final[int]
    left_minor: Final[int]
    currency: Final[str | None]
    def __init__(
        self,
        id: DonationId,
        begun: BegunDonation | None,
        donation: Donation | None,
        refunds: tuple[GiftRefund, ...],
        disputes: tuple[Dispute, ...],
        fees_minor: int,
        left_minor: int,
        currency: str | None,
    ) -> None: ...

@final
class GiftRefund(Record):
    id: Final[RefundId]
    state: Final[RefundState]
    shares: Final[tuple[PartShare, ...]]
    def __init__(
        self,
        id: RefundId,
        state: RefundState,
        shares: tuple[PartShare, ...],
    ) -> None: ...

class Giver(Record):
    @final
    class Named(Giver):
        name: Final[str]
        def __init__(
            self,
            name: str,
        ) -> None: ...
    @final
    class Anonymous(Giver):
        number: Final[int]
        def __init__(
            self,
            number: int,
        ) -> None: ...

@final
class HeldAnew(Record):
    dispute: Final[DisputeId]
    before: Final[tuple[Designation, ...]]
    after: Final[tuple[Designation, ...]]
    def __init__(
        self,
        dispute: DisputeId,
        before: tuple[Designation, ...],
        after: tuple[Designation, ...],
    ) -> None: ...

@final
class HistoryLine(Record):
    seq: Final[int]
    recorded_at: Final[datetime]
    day: Final[date]
    kind: Final[LineKind]
    donor: Final[DonorId | None]
    merged_into: Final[DonorId | None]
    donation: Final[DonationId | None]
    refund: Final[RefundId | None]
    adjustment: Final[AdjustmentId | None]
    reallocation: Final[ReallocationId | None]
    reversal: Final[ReversalId | None]
    payment: Final[PaymentId | None]
    payout: Final[PayoutId | None]
    dispute: Final[DisputeId | None]
    suspense: Final[SuspenseId | None]
    became: Final[str | None]
    reason: Final[AdjustmentReason | None]
    correction: Final[CorrectionReason | None]
    visibility: Final[Visibility | None]
    amount: Final[Amount | None]
    causes: Final[tuple[Designation, ...]]
    def __init__(
        self,
        seq: int,
        recorded_at: datetime,
        day: date,
        kind: LineKind,
        donor: DonorId | None,
        merged_into: DonorId | None,
        donation: DonationId | None,
        refund: RefundId | None,
        adjustment: AdjustmentId | None,
        reallocation: ReallocationId | None,
        reversal: ReversalId | None,
        payment: PaymentId | None,
        payout: PayoutId | None,
        dispute: DisputeId | None,
        suspense: SuspenseId | None,
        became: str | None,
        reason: AdjustmentReason | None,
        correction: CorrectionReason | None,
        visibility: Visibility | None,
        amount: Amount | None,
        causes: tuple[Designation, ...],
    ) -> None: ...

@final
class Identity(Record):
    ledger: Final[LedgerId]
    mode: Final[BookMode]
    created: Final[datetime]
    def __init__(
        self,
        ledger: LedgerId,
        mode: BookMode,
        created: datetime,
    ) -> None: ...

@final
class ImportReport(Record):
    rows: Final[int]
    gifts: Final[int]
    refunds: Final[int]
    adjustments: Final[int]
    memo: Final[int]
    pass_through: Final[int]
    zero: Final[int]
    duplicates: Final[int]
    conflicts: Final[int]
    rejected: Final[int]
    sums: Final[dict[str, dict[str, Decimal]]]
    def __init__(
        self,
        rows: int,
        gifts: int,
        refunds: int,
        adjustments: int,
        memo: int,
        pass_through: int,
        zero: int,
        duplicates: int,
        conflicts: int,
        rejected: int,
        sums: dict[str, dict[str, Decimal]],
    ) -> None: ...

class Ingested(Record):
    @final
    class Applied(Ingested):
        committed: Final[Committed]
        def __init__(
            self,
            committed: Committed,
        ) -> None: ...
    @final
    class Duplicate(Ingested):
        seq: Final[int]
        def __init__(
            self,
            seq: int,
        ) -> None: ...
    @final
    class Parked(Ingested):
        seq: Final[int]
        def __init__(
            self,
            seq: int,
        ) -> None: ...
    @final
    class Ignored(Ingested):
        def __init__(self) -> None: ...
    @final
    class Rejected(Ingested):
        why: Final[WebhookRejected]
        def __init__(
            self,
            why: WebhookRejected,
        ) -> None: ...

@final
class KeysReport(Record):
    ledger: Final[LedgerId]
    in_use: Final[int]
    destroyed: Final[int]
    made_ahead: Final[int]
    def __init__(
        self,
        ledger: LedgerId,
        in_use: int,
        destroyed: int,
        made_ahead: int,
    ) -> None: ...

@final
class MadeThere(Record):
    at: Final[datetime]
    object: Final[str]
    def __init__(
        self,
        at: datetime,
        object: str,
    ) -> None: ...

@final
class MeantGift(Record):
    designations: Final[tuple[Designation, ...]]
    tip: Final[Amount | None]
    def __init__(
        self,
        designations: tuple[Designation, ...],
        tip: Amount | None,
    ) -> None: ...

class Method(Record):
    @final
    class Offline(Method):
        bank: Final[str]
        def __init__(
            self,
            bank: str,
        ) -> None: ...
    @final
    class Imported(Method):
        def __init__(self) -> None: ...
    @final
    class CapturedElsewhere(Method):
        bank: Final[str]
        def __init__(
            self,
            bank: str,
        ) -> None: ...
    @final
    class Processor(Method):
        processor: Final[str]
        def __init__(
            self,
            processor: str,
        ) -> None: ...
    @final
    class Exchanged(Method):
        processor: Final[str]
        given: Final[Amount]
        def __init__(
            self,
            processor: str,
            given: Amount,
        ) -> None: ...
    @final
    class Identified(Method):
        item: Final[SuspenseId]
        def __init__(
            self,
            item: SuspenseId,
        ) -> None: ...

@final
class Notice(Record):
    seq: Final[int]
    ordinal: Final[int]
    recorded_at: Final[datetime]
    day: Final[date]
    kind: Final[NoticeKind]
    def __init__(
        self,
        seq: int,
        ordinal: int,
        recorded_at: datetime,
        day: date,
        kind: NoticeKind,
    ) -> None: ...

class NoticeKind(Record):
    @final
    class DonationCaptured(NoticeKind):
        donation: Final[DonationId]
        donor: Final[DonorId]
        designations: Final[tuple[Designation, ...]]
        tip: Final[Amount | None]
        def __init__(
            self,
            donation: DonationId,
            donor: DonorId,
            designations: tuple[Designation, ...],
            tip: Amount | None,
        ) -> None: ...
    @final
    class PaymentFailed(NoticeKind):
        payment: Final[PaymentId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        reason: Final[FailureReason | None]
        def __init__(
            self,
            payment: PaymentId,
            donation: DonationId,
            donor: DonorId,
            reason: FailureReason | None,
        ) -> None: ...
    @final
    class DonationRefunded(NoticeKind):
        refund: Final[RefundId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        def __init__(
            self,
            refund: RefundId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
        ) -> None: ...
    @final
    class RefundFailed(NoticeKind):
        refund: Final[RefundId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        def __init__(
            self,
            refund: RefundId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
        ) -> None: ...
    @final
    class DisputeOpened(NoticeKind):
        dispute: Final[DisputeId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        state: Final[DisputeState]
        def __init__(
            self,
            dispute: DisputeId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            state: DisputeState,
        ) -> None: ...
    @final
    class DisputeDecided(NoticeKind):
        dispute: Final[DisputeId]
        donation: Final[DonationId]
        donor: Final[DonorId]
        amount: Final[Amount]
        state: Final[DisputeState]
        def __init__(
            self,
            dispute: DisputeId,
            donation: DonationId,
            donor: DonorId,
            amount: Amount,
            state: DisputeState,
        ) -> None: ...
    @final
    class PayoutPaid(NoticeKind):
        payout: Final[PayoutId]
        cause: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            payout: PayoutId,
            cause: CauseId,
            amount: Amount,
        ) -> None: ...
    @final
    class PayoutFailed(NoticeKind):
        payout: Final[PayoutId]
        cause: Final[CauseId]
        amount: Final[Amount]
        def __init__(
            self,
            payout: PayoutId,
            cause: CauseId,
            amount: Amount,
        ) -> None: ...
    @final
    class GoalReached(NoticeKind):
        cause: Final[CauseId]
        goal: Final[Amount]
        def __init__(
            self,
            cause: CauseId,
            goal: Amount,
        ) -> None: ...
    @final
    class CauseClosed(NoticeKind):
        cause: Final[CauseId]
        def __init__(
            self,
            cause: CauseId,
        ) -> None: ...
    @final
    class MoneyUnidentified(NoticeKind):
        item: Final[SuspenseId]
        amount: Final[Amount]
        def __init__(
            self,
            item: SuspenseId,
            amount: Amount,
        ) -> None: ...
    @final
    class FactRefused(NoticeKind):
        object: Final[str]
        code: Final[int]
        def __init__(
            self,
            object: str,
            code: int,
        ) -> None: ...

@final
class NoticePage(Record):
    notices: Final[tuple[Notice, ...]]
    through: Final[int]
    def __init__(
        self,
        notices: tuple[Notice, ...],
        through: int,
    ) -> None: ...

@final
class OpeningReport(Record):
    records_folded_again: Final[int | None]
    cut: Final[CutReport | None]
    state: Final[StateFound]
    head_made_again: Final[bool]
    key_slots_made_again: Final[int]
    damage: Final[LedgerError | None]
    def __init__(
        self,
        records_folded_again: int | None,
        cut: CutReport | None,
        state: StateFound,
        head_made_again: bool,
        key_slots_made_again: int,
        damage: LedgerError | None,
    ) -> None: ...

@final
class ParkedFact(Record):
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
class PartShare(Record):
    beneficiary: Final[Beneficiary]
    share_minor: Final[int]
    def __init__(
        self,
        beneficiary: Beneficiary,
        share_minor: int,
    ) -> None: ...

@final
class Payment(Record):
    id: Final[PaymentId]
    processor: Final[str]
    state: Final[PaymentState]
    def __init__(
        self,
        id: PaymentId,
        processor: str,
        state: PaymentState,
    ) -> None: ...

class PaymentReport(Record):
    @final
    class RequiresAction(PaymentReport):
        def __init__(self) -> None: ...
    @final
    class Processing(PaymentReport):
        def __init__(self) -> None: ...
    @final
    class Authorised(PaymentReport):
        def __init__(self) -> None: ...
    @final
    class Captured(PaymentReport):
        def __init__(self) -> None: ...
    @final
    class Failed(PaymentReport):
        reason: Final[FailureReason]
        def __init__(
            self,
            reason: FailureReason,
        ) -> None: ...
    @final
    class Voided(PaymentReport):
        def __init__(self) -> None: ...
    @final
    class Expired(PaymentReport):
        def __init__(self) -> None: ...

@final
class Payout(Record):
    id: Final[PayoutId]
    cause: Final[CauseId]
    amount: Final[Amount]
    bank: Final[str]
    state: Final[PayoutState]
    def __init__(
        self,
        id: PayoutId,
        cause: CauseId,
        amount: Amount,
        bank: str,
        state: PayoutState,
    ) -> None: ...

@final
class PeriodTotals(Record):
    period: Final[str]
    totals: Final[Totals]
    def __init__(
        self,
        period: str,
        totals: Totals,
    ) -> None: ...

@final
class PostedEntry(Record):
    lines: Final[tuple[PostedLine, ...]]
    def __init__(
        self,
        lines: tuple[PostedLine, ...],
    ) -> None: ...

@final
class ProviderFact(Record):
    object: Final[str]
    says: Final[FactSays]
    def __init__(
        self,
        object: str,
        says: FactSays,
    ) -> None: ...

class ProviderTarget(Record):
    @final
    class Payment(ProviderTarget):
        payment: Final[PaymentId]
        def __init__(
            self,
            payment: PaymentId,
        ) -> None: ...
    @final
    class Refund(ProviderTarget):
        refund: Final[RefundId]
        def __init__(
            self,
            refund: RefundId,
        ) -> None: ...
    @final
    class Dispute(ProviderTarget):
        dispute: Final[DisputeId]
        def __init__(
            self,
            dispute: DisputeId,
        ) -> None: ...
    @final
    class Fee(ProviderTarget):
        donation: Final[DonationId]
        def __init__(
            self,
            donation: DonationId,
        ) -> None: ...
    @final
    class Settlement(ProviderTarget):
        settlement: Final[SettlementId]
        def __init__(
            self,
            settlement: SettlementId,
        ) -> None: ...

@final
class PublicGift(Record):
    day: Final[date]
    giver: Final[Giver]
    amount: Final[Amount]
    refunded: Final[Amount | None]
    def __init__(
        self,
        day: date,
        giver: Giver,
        amount: Amount,
        refunded: Amount | None,
    ) -> None: ...

@final
class Reconciled(Record):
    object: Final[str | None]
    is_: Final[ProviderTarget | None]
    booked_gross_minor: Final[int]
    booked_fee_minor: Final[int]
    settled_gross_minor: Final[int]
    settled_fee_minor: Final[int]
    def __init__(
        self,
        object: str | None,
        is_: ProviderTarget | None,
        booked_gross_minor: int,
        booked_fee_minor: int,
        settled_gross_minor: int,
        settled_fee_minor: int,
    ) -> None: ...

@final
class ReconciledLine(Record):
    line: Final[SettlementLine]
    about: Final[Reconciled | None]
    def __init__(
        self,
        line: SettlementLine,
        about: Reconciled | None,
    ) -> None: ...

class RecordedAs(Record):
    @final
    class Gift(RecordedAs):
        def __init__(self) -> None: ...
    @final
    class Adjustment(RecordedAs):
        reason: Final[AdjustmentReason]
        def __init__(
            self,
            reason: AdjustmentReason,
        ) -> None: ...
    @final
    class Nothing(RecordedAs):
        def __init__(self) -> None: ...

@final
class Redivided(Record):
    taking: Final[Taking]
    before: Final[tuple[PartShare, ...]]
    after: Final[tuple[PartShare, ...]]
    def __init__(
        self,
        taking: Taking,
        before: tuple[PartShare, ...],
        after: tuple[PartShare, ...],
    ) -> None: ...

class RefundScope(Record):
    @final
    class Everything(RefundScope):
        def __init__(self) -> None: ...
    @final
    class Proportional(RefundScope):
        amount: Final[Amount]
        def __init__(
            self,
            amount: Amount,
        ) -> None: ...
    @final
    class Causes(RefundScope):
        from_: Final[Sequence[Designation]]
        def __init__(
            self,
            *,
            from_: Sequence[Designation] = ...,
        ) -> None: ...

@final
class RefundUnderWay(Record):
    id: Final[RefundId]
    donation: Final[DonationId]
    state: Final[RefundState]
    def __init__(
        self,
        id: RefundId,
        donation: DonationId,
        state: RefundState,
    ) -> None: ...

@final
class RefundedPart(Record):
    beneficiary: Final[Beneficiary]
    share_minor: Final[int]
    refunded_minor: Final[int]
    def __init__(
        self,
        beneficiary: Beneficiary,
        share_minor: int,
        refunded_minor: int,
    ) -> None: ...

@final
class RestoreReport(Record):
    ledger: Final[LedgerId]
    seq: Final[int]
    root: Final[str]
    is_end_certain: Final[bool]
    bytes_copied: Final[int]
    rows_compared: Final[int]
    keys_destroyed_again: Final[int]
    def __init__(
        self,
        ledger: LedgerId,
        seq: int,
        root: str,
        is_end_certain: bool,
        bytes_copied: int,
        rows_compared: int,
        keys_destroyed_again: int,
    ) -> None: ...

class Right(Record):
    @final
    class Nothing(Right):
        key: Final[str]
        why: Final[WhyNothing]
        def __init__(
            self,
            key: str,
            why: WhyNothing,
        ) -> None: ...
    @final
    class Donation(Right):
        value: Final[Donate]
        def __init__(
            self,
            value: Donate,
        ) -> None: ...
    @final
    class Refund(Right):
        value: Final[Refund]
        def __init__(
            self,
            value: Refund,
        ) -> None: ...
    @final
    class Adjustment(Right):
        value: Final[Adjust]
        def __init__(
            self,
            value: Adjust,
        ) -> None: ...
    @final
    class Reallocation(Right):
        value: Final[Reallocate]
        def __init__(
            self,
            value: Reallocate,
        ) -> None: ...

@final
class SandboxWebhook(Record):
    signature: Final[str]
    body: Final[bytes]
    def __init__(
        self,
        signature: str,
        body: bytes,
    ) -> None: ...

class SettledBy(Record):
    @final
    class Repayment(SettledBy):
        bank: Final[str]
        def __init__(
            self,
            bank: str,
        ) -> None: ...
    @final
    class SetOff(SettledBy):
        def __init__(self) -> None: ...
    @final
    class WriteOff(SettledBy):
        def __init__(self) -> None: ...

@final
class Settlement(Record):
    id: Final[SettlementId]
    processor: Final[str]
    bank: Final[str]
    amount: Final[Amount]
    is_returned: Final[bool]
    lines: Final[int]
    lines_net_minor: Final[int]
    def __init__(
        self,
        id: SettlementId,
        processor: str,
        bank: str,
        amount: Amount,
        is_returned: bool,
        lines: int,
        lines_net_minor: int,
    ) -> None: ...

@final
class SettlementLine(Record):
    id: Final[str]
    about: Final[str | None]
    gross_minor: Final[int]
    fee_minor: Final[int]
    def __init__(
        self,
        *,
        id: str,
        about: str | None = ...,
        gross_minor: int,
        fee_minor: int,
    ) -> None: ...

@final
class ShareCard(Record):
    title: Final[str]
    text: Final[str]
    link: Final[str]
    svg: Final[str]
    def __init__(
        self,
        title: str,
        text: str,
        link: str,
        svg: str,
    ) -> None: ...

@final
class Stats(Record):
    seq: Final[int]
    donors: Final[int]
    causes: Final[int]
    donations: Final[int]
    records: Final[int]
    entries: Final[int]
    journal_bytes: Final[int]
    state_bytes: Final[int]
    def __init__(
        self,
        seq: int,
        donors: int,
        causes: int,
        donations: int,
        records: int,
        entries: int,
        journal_bytes: int,
        state_bytes: int,
    ) -> None: ...

class Taking(Record):
    @final
    class Refund(Taking):
        refund: Final[RefundId]
        def __init__(
            self,
            refund: RefundId,
        ) -> None: ...
    @final
    class Dispute(Taking):
        dispute: Final[DisputeId]
        def __init__(
            self,
            dispute: DisputeId,
        ) -> None: ...

@final
class TrialBalance(Record):
    seq: Final[int]
    balances: Final[tuple[AccountBalance, ...]]
    sums: Final[tuple[CurrencySum, ...]]
    def __init__(
        self,
        seq: int,
        balances: tuple[AccountBalance, ...],
        sums: tuple[CurrencySum, ...],
    ) -> None: ...

@final
class Unidentified(Record):
    id: Final[SuspenseId]
    amount: Final[Amount]
    left_minor: Final[int]
    method: Final[Method | None]
    payment: Final[PaymentId | None]
    donor: Final[DonorId | None]
    object: Final[str | None]
    of_donation: Final[DonationId | None]
    meant_for: Final[CauseId | None]
    def __init__(
        self,
        id: SuspenseId,
        amount: Amount,
        left_minor: int,
        method: Method | None,
        payment: PaymentId | None,
        donor: DonorId | None,
        object: str | None,
        of_donation: DonationId | None,
        meant_for: CauseId | None,
    ) -> None: ...

@final
class Unsettled(Record):
    day: Final[date]
    seq: Final[int]
    donation: Final[DonationId]
    reconciled: Final[Reconciled]
    def __init__(
        self,
        day: date,
        seq: int,
        donation: DonationId,
        reconciled: Reconciled,
    ) -> None: ...

class WebhookRefusal(Record):
    @final
    class NoSignature(WebhookRefusal):
        def __init__(self) -> None: ...
    @final
    class WrongSignature(WebhookRefusal):
        def __init__(self) -> None: ...
    @final
    class OutsideTolerance(WebhookRefusal):
        seconds: Final[int]
        limit: Final[int]
        def __init__(
            self,
            seconds: int,
            limit: int,
        ) -> None: ...
    @final
    class OtherMode(WebhookRefusal):
        def __init__(self) -> None: ...
    @final
    class NotUnderstood(WebhookRefusal):
        field: Final[str]
        def __init__(
            self,
            field: str,
        ) -> None: ...

class WebhookRejected(Record):
    @final
    class ByProvider(WebhookRejected):
        refusal: Final[WebhookRefusal]
        def __init__(
            self,
            refusal: WebhookRefusal,
        ) -> None: ...
    @final
    class OtherContent(WebhookRejected):
        def __init__(self) -> None: ...

class Wrong(Record):
    @final
    class Donation(Wrong):
        donation: Final[DonationId]
        def __init__(
            self,
            donation: DonationId,
        ) -> None: ...
    @final
    class Refund(Wrong):
        refund: Final[RefundId]
        def __init__(
            self,
            refund: RefundId,
        ) -> None: ...
    @final
    class Adjustment(Wrong):
        adjustment: Final[AdjustmentId]
        def __init__(
            self,
            adjustment: AdjustmentId,
        ) -> None: ...
    @final
    class Reallocation(Wrong):
        reallocation: Final[ReallocationId]
        def __init__(
            self,
            reallocation: ReallocationId,
        ) -> None: ...
