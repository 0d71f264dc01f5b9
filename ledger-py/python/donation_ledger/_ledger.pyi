from collections.abc import Callable, Iterable, Iterator, Mapping as Pairs, Sequence
from datetime import date, datetime
from decimal import Decimal
from os import PathLike
from types import GenericAlias, TracebackType
from typing import Any, Final, Generic, NoReturn, Protocol, TypeVar, final

from donation_ledger.exceptions import LedgerError
from donation_ledger.choices import (
    AdjustmentReason,
    BegunState,
    BookMode,
    CauseStatus,
    Delivery,
    DisputeBegins,
    DisputeFeeFlow,
    DisputeReport,
    DisputeState,
    DonorKind,
    DonorStanding,
    Durability,
    EntryKind,
    ErasureReason,
    ExportFormat,
    FeeBearer,
    FeeGivenBack,
    ImportMode,
    NegativeCause,
    Opening,
    Order,
    PayoutReport,
    PayoutState,
    Period,
    RefundReport,
    RefundState,
    SandboxCard,
    StatePolicy,
    StripeMode,
    Visibility,
)
from donation_ledger.commands import BookDisputeFee, BookFee, Command, Donate, MergeDonors
from donation_ledger.events import Event
from donation_ledger.records import (
    AccountBalance,
    AccountLine,
    AuditReport,
    BackupReport,
    BalanceSheet,
    BegunDonation,
    Cause,
    CauseChange,
    CauseDetails,
    CausePolicies,
    CauseStanding,
    Change,
    ClosedCause,
    Designation,
    Diagnosis,
    Dispute,
    Donation,
    Donor,
    DonorProfile,
    FactSays,
    Followed,
    GiftLife,
    HistoryLine,
    Identity,
    ImportReport,
    Ingested,
    KeysReport,
    Method,
    Notice,
    NoticePage,
    OpeningReport,
    ParkedFact,
    Payment,
    PaymentReport,
    Payout,
    PeriodTotals,
    ProviderFact,
    ProviderTarget,
    PublicGift,
    ReconciledLine,
    RecordedAs,
    RefundScope,
    RefundUnderWay,
    RestoreReport,
    Right,
    SandboxWebhook,
    SettledBy,
    Settlement,
    SettlementLine,
    ShareCard,
    Statement,
    Stats,
    TrialBalance,
    Unidentified,
    Unsettled,
    Wrong,
)

_Path = str | PathLike[str]
_T = TypeVar("_T", covariant=True)

class _Readable(Protocol):
    def read(self, count: int, /) -> bytes: ...

class _Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...

PAGE_LINES_MAX: Final[int]
STATEMENT_LINES_MAX: Final[int]
UNSETTLED_MAX: Final[int]
SANDBOX_SIGNATURE: Final[str]
__version__: Final[str]
declared: Final[set[str]]

@final
class AdjustmentId:
    def __new__(cls, text: str) -> AdjustmentId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: AdjustmentId, /) -> bool: ...
    def __le__(self, other: AdjustmentId, /) -> bool: ...
    def __gt__(self, other: AdjustmentId, /) -> bool: ...
    def __ge__(self, other: AdjustmentId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class CauseId:
    def __new__(cls, text: str) -> CauseId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: CauseId, /) -> bool: ...
    def __le__(self, other: CauseId, /) -> bool: ...
    def __gt__(self, other: CauseId, /) -> bool: ...
    def __ge__(self, other: CauseId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class DisputeId:
    def __new__(cls, text: str) -> DisputeId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: DisputeId, /) -> bool: ...
    def __le__(self, other: DisputeId, /) -> bool: ...
    def __gt__(self, other: DisputeId, /) -> bool: ...
    def __ge__(self, other: DisputeId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class DonationId:
    def __new__(cls, text: str) -> DonationId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: DonationId, /) -> bool: ...
    def __le__(self, other: DonationId, /) -> bool: ...
    def __gt__(self, other: DonationId, /) -> bool: ...
    def __ge__(self, other: DonationId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class DonorId:
    def __new__(cls, text: str) -> DonorId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: DonorId, /) -> bool: ...
    def __le__(self, other: DonorId, /) -> bool: ...
    def __gt__(self, other: DonorId, /) -> bool: ...
    def __ge__(self, other: DonorId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class ExchangeId:
    def __new__(cls, text: str) -> ExchangeId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: ExchangeId, /) -> bool: ...
    def __le__(self, other: ExchangeId, /) -> bool: ...
    def __gt__(self, other: ExchangeId, /) -> bool: ...
    def __ge__(self, other: ExchangeId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class LedgerId:
    def __new__(cls, text: str) -> LedgerId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: LedgerId, /) -> bool: ...
    def __le__(self, other: LedgerId, /) -> bool: ...
    def __gt__(self, other: LedgerId, /) -> bool: ...
    def __ge__(self, other: LedgerId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class PaymentId:
    def __new__(cls, text: str) -> PaymentId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: PaymentId, /) -> bool: ...
    def __le__(self, other: PaymentId, /) -> bool: ...
    def __gt__(self, other: PaymentId, /) -> bool: ...
    def __ge__(self, other: PaymentId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class PayoutId:
    def __new__(cls, text: str) -> PayoutId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: PayoutId, /) -> bool: ...
    def __le__(self, other: PayoutId, /) -> bool: ...
    def __gt__(self, other: PayoutId, /) -> bool: ...
    def __ge__(self, other: PayoutId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class ReallocationId:
    def __new__(cls, text: str) -> ReallocationId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: ReallocationId, /) -> bool: ...
    def __le__(self, other: ReallocationId, /) -> bool: ...
    def __gt__(self, other: ReallocationId, /) -> bool: ...
    def __ge__(self, other: ReallocationId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class RefundId:
    def __new__(cls, text: str) -> RefundId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: RefundId, /) -> bool: ...
    def __le__(self, other: RefundId, /) -> bool: ...
    def __gt__(self, other: RefundId, /) -> bool: ...
    def __ge__(self, other: RefundId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class ReversalId:
    def __new__(cls, text: str) -> ReversalId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: ReversalId, /) -> bool: ...
    def __le__(self, other: ReversalId, /) -> bool: ...
    def __gt__(self, other: ReversalId, /) -> bool: ...
    def __ge__(self, other: ReversalId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class SettlementId:
    def __new__(cls, text: str) -> SettlementId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: SettlementId, /) -> bool: ...
    def __le__(self, other: SettlementId, /) -> bool: ...
    def __gt__(self, other: SettlementId, /) -> bool: ...
    def __ge__(self, other: SettlementId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class SuspenseId:
    def __new__(cls, text: str) -> SuspenseId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: SuspenseId, /) -> bool: ...
    def __le__(self, other: SuspenseId, /) -> bool: ...
    def __gt__(self, other: SuspenseId, /) -> bool: ...
    def __ge__(self, other: SuspenseId, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Amount:
    def __new__(cls, value: str | Decimal | int, currency: str) -> Amount: ...
    @staticmethod
    def from_minor(minor: int, currency: str) -> Amount: ...
    @property
    def decimal(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def minor(self) -> int: ...
    def __add__(self, other: Amount, /) -> Amount: ...
    def __radd__(self, other: int, /) -> Amount: ...
    def __sub__(self, other: Amount, /) -> Amount: ...
    def __rsub__(self, other: Amount, /) -> Amount: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: Amount, /) -> bool: ...
    def __le__(self, other: Amount, /) -> bool: ...
    def __gt__(self, other: Amount, /) -> bool: ...
    def __ge__(self, other: Amount, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Committed:
    @property
    def seq(self) -> int: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def delivery(self) -> Delivery: ...
    @property
    def durability(self) -> Durability: ...
    @property
    def events(self) -> tuple[Event, ...]: ...
    @property
    def balances(self) -> tuple[AccountBalance, ...]: ...
    # Asked of the command that makes one; raised where it made none, as after `submit` of another.
    @property
    def donor(self) -> DonorId: ...
    @property
    def cause(self) -> CauseId: ...
    @property
    def donation(self) -> DonationId: ...
    @property
    def payment(self) -> PaymentId: ...
    @property
    def settlement(self) -> SettlementId: ...
    @property
    def payout(self) -> PayoutId: ...
    @property
    def refund(self) -> RefundId: ...
    @property
    def dispute(self) -> DisputeId: ...
    @property
    def suspense(self) -> SuspenseId: ...
    @property
    def reallocation(self) -> ReallocationId: ...
    @property
    def reversal(self) -> ReversalId: ...
    @property
    def adjustment(self) -> AdjustmentId: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Pages(Generic[_T]):
    def __class_getitem__(cls, key: object) -> GenericAlias: ...
    def __iter__(self) -> Iterator[_T]: ...
    def __next__(self) -> _T: ...
    def take(self, count: int) -> list[_T]: ...
    @property
    def cursor(self) -> str | None: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Table:
    @property
    def columns(self) -> list[str]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Mapping:
    @staticmethod
    def parse(text: str) -> Mapping: ...
    @staticmethod
    def shipped(name: str) -> Mapping: ...
    @staticmethod
    def shipped_names() -> list[str]: ...

@final
class Stripe:
    def __new__(cls, *, processor: str, bank: str, secrets: Sequence[str], mode: StripeMode) -> Stripe: ...
    @property
    def processor(self) -> str: ...

@final
class Sandbox:
    def __new__(cls, processor: str) -> Sandbox: ...
    @property
    def processor(self) -> str: ...
    def pay(
        self, payment: PaymentId, amount: Amount, *, card: SandboxCard | None = None, at: datetime
    ) -> tuple[SandboxWebhook, ...]: ...
    def refund(
        self, payment: PaymentId, amount: Amount, *, refund: RefundId | None = None, number: int = 1, at: datetime
    ) -> tuple[SandboxWebhook, ...]: ...
    def settle(self, bank: str, amount: Amount, *, number: int = 1, at: datetime) -> tuple[SandboxWebhook, ...]: ...

@final
class Follower:
    @staticmethod
    def open(source: _Path, copy: _Path) -> Follower: ...
    def step(self) -> Followed: ...
    def epoch(self) -> int: ...
    def close(self) -> None: ...
    def __enter__(self) -> Follower: ...
    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        raised: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None: ...

def backup(folder: _Path, to: _Path) -> BackupReport: ...
def backup_keys(folder: _Path, to_file: _Path) -> KeysReport: ...
def restore(backup: _Path, keys: _Path, to: _Path) -> RestoreReport: ...
def drill(backup: _Path, keys: _Path, beside: _Path) -> RestoreReport: ...
def doctor(folder: _Path) -> Diagnosis: ...
def repair(folder: _Path) -> int: ...
def split(total: int, weights: Sequence[int]) -> list[int] | None: ...
def minor_digits(currency: str) -> int: ...
def operate(words: Sequence[str]) -> int: ...

@final
class Ledger:
    def __new__(cls, *args: NoReturn, **kwargs: NoReturn) -> Ledger: ...
    @staticmethod
    def open(
        folder: _Path,
        *,
        opening: Opening | None = None,
        mode: BookMode | None = None,
        durability: Durability | None = None,
        segment_bytes: int | None = None,
        cache_bytes: int | None = None,
        checkpoint_records: int | None = None,
        state: StatePolicy | None = None,
    ) -> Ledger: ...
    @staticmethod
    def open_read_only(folder: _Path) -> Ledger: ...
    @staticmethod
    def open_damaged(folder: _Path) -> Ledger: ...
    @staticmethod
    def in_memory(*, mode: BookMode | None = None) -> Ledger: ...
    @staticmethod
    def promote(
        copy: _Path,
        *,
        durability: Durability | None = None,
        segment_bytes: int | None = None,
        cache_bytes: int | None = None,
        checkpoint_records: int | None = None,
        state: StatePolicy | None = None,
    ) -> Ledger: ...
    def __enter__(self) -> Ledger: ...
    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        raised: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None: ...
    def close(self) -> None: ...
    def identity(self) -> Identity: ...
    def opening_report(self) -> OpeningReport: ...
    def now(self) -> datetime: ...
    def refresh(self) -> int: ...
    def audit(self) -> AuditReport: ...
    def rebuild(self) -> int: ...
    def submit(self, command: Command) -> Committed: ...
    def submit_all(self, commands: Sequence[Command]) -> list[Committed | LedgerError]: ...
    def dry_run(self, command: Command) -> Committed: ...
    def dry_run_of_merge(self, command: MergeDonors) -> Donor: ...
    def status(self, key: str) -> Committed | None: ...
    def donor(self, donor: DonorId) -> Donor | None: ...
    def donor_by_email(self, email: str) -> Donor | None: ...
    def donor_by_external_id(self, external_id: str) -> Donor | None: ...
    def donors(self, *, cursor: str | None = None) -> Pages[Donor]: ...
    def cause(self, cause: CauseId) -> Cause | None: ...
    def cause_by_external_id(self, external_id: str) -> Cause | None: ...
    def causes(self, *, cursor: str | None = None) -> Pages[Cause]: ...
    def donations(self, *, cursor: str | None = None) -> Pages[Donation]: ...
    def entries(self) -> Table: ...
    def balances(self) -> Table: ...
    def donation(self, donation: DonationId) -> Donation | None: ...
    def as_entered(self, donation: DonationId, *, key: str) -> Donate: ...
    def begun_donation(self, donation: DonationId) -> BegunDonation | None: ...
    def gift_life(self, donation: DonationId) -> GiftLife | None: ...
    def donation_of_payment(self, payment: PaymentId) -> DonationId | None: ...
    def refund_under_way(self, refund: RefundId) -> RefundUnderWay | None: ...
    def payout(self, payout: PayoutId) -> Payout | None: ...
    def donor_history(
        self, donor: DonorId, *, order: Order | None = None, cursor: str | None = None
    ) -> Pages[HistoryLine]: ...
    def cause_history(
        self, cause: CauseId, *, order: Order | None = None, cursor: str | None = None
    ) -> Pages[HistoryLine]: ...
    def public_gifts(
        self, cause: CauseId, *, order: Order | None = None, cursor: str | None = None
    ) -> Pages[PublicGift]: ...
    def account_history(
        self, account: str, currency: str, *, order: Order | None = None, cursor: str | None = None
    ) -> Pages[AccountLine]: ...
    def balance(self, account: str, currency: str, *, at: date | int | None = None) -> AccountBalance: ...
    def trial_balance(self, *, at: date | int | None = None) -> TrialBalance: ...
    def balance_sheets(self, day: date) -> tuple[BalanceSheet, ...]: ...
    def totals_by(self, period: Period) -> tuple[PeriodTotals, ...]: ...
    def statement(
        self, of: CauseId | DonorId | str, from_day: date, to_day: date, *, currency: str | None = None
    ) -> Statement: ...
    def standing(self, cause: CauseId) -> CauseStanding | None: ...
    def policies_of(self, cause: CauseId) -> CausePolicies | None: ...
    def negative_causes(self) -> tuple[CauseStanding, ...]: ...
    def dispute(self, dispute: DisputeId) -> Dispute | None: ...
    def open_disputes(self) -> tuple[Dispute, ...]: ...
    def parked(self) -> tuple[ParkedFact, ...]: ...
    def suspense(self, item: SuspenseId) -> Unidentified | None: ...
    def unidentified(self) -> tuple[Unidentified, ...]: ...
    def settlement(self, settlement: SettlementId) -> Settlement | None: ...
    def provider_object(self, processor: str, object: str) -> ProviderTarget | None: ...
    def settlement_of_line(self, processor: str, line: str) -> SettlementId | None: ...
    def reconcile_settlement(self, settlement: SettlementId, *, cursor: str | None = None) -> Pages[ReconciledLine]: ...
    def unsettled(self, processor: str, currency: str, from_day: date, to_day: date) -> tuple[Unsettled, ...]: ...
    def next_notices(self, consumer: str, limit: int) -> NoticePage: ...
    def notices_after(self, seq: int = 0, *, cursor: str | None = None) -> Pages[Notice]: ...
    def changes(self, seq: int = 0, *, cursor: str | None = None) -> Pages[Change]: ...
    def cause_changes(self, seq: int = 0, *, cursor: str | None = None) -> Pages[CauseChange]: ...
    def epoch(self) -> int: ...
    def stats(self) -> Stats: ...
    def share_cause(self, cause: CauseId, link: str) -> ShareCard: ...
    def share_gift(self, donation: DonationId, link: str) -> ShareCard: ...
    def ingest_webhook(
        self,
        provider: Stripe | Sandbox,
        headers: Pairs[str, str] | Iterable[tuple[str, str]],
        body: bytes,
    ) -> Ingested: ...
    def import_rows(
        self,
        source: _Path | _Readable,
        mapping: Mapping,
        *,
        mode: ImportMode | None = None,
        on_progress: Callable[[ImportReport], bool | None] | None = None,
        on_reject: Callable[[int, int, str, bytes], object] | None = None,
    ) -> ImportReport: ...
    def export(
        self, format: ExportFormat, to: _Path | _Writable, *, on_progress: Callable[[int], object] | None = None
    ) -> int: ...
    def export_donor(self, donor: DonorId, to: _Path | _Writable) -> int: ...
    def register_donor(
        self,
        *,
        key: str | None = ...,
        kind: DonorKind = ...,
        standing: DonorStanding = ...,
        profile: DonorProfile = ...,
    ) -> Committed:
        """Registers a donor.

        Args:
            key: Makes a repeat harmless: 1 to 200 bytes, one per act of the user. Never put personal data in it.
            kind: Person or organisation. DonorKind.PERSON where nothing is said.
            standing: Registered, guest or anonymous. DonorStanding.REGISTERED where nothing is said.
            profile: What is known; must be empty for an anonymous donor. DonorProfile() where nothing is said.

        Example:
            >>> made = ledger.register_donor(profile=DonorProfile(name="Grace Example", external_id="u-2"))
            >>> ledger.donor(made.donor).profile.name
            'Grace Example'
        """
    def update_donor(
        self,
        *,
        donor: DonorId,
        profile: DonorProfile,
        key: str | None = ...,
    ) -> Committed:
        """Replaces what is known of a donor.

        Args:
            key: Makes a repeat harmless.
            donor: The donor.
            profile: The whole profile from now on.

        Example:
            >>> _ = ledger.update_donor(donor=ada, profile=DonorProfile(name="Ada Lovelace"))
            >>> ledger.donor(ada).profile.name
            'Ada Lovelace'
        """
    def open_cause(
        self,
        *,
        currency: str,
        details: CauseDetails,
        key: str | None = ...,
    ) -> Committed:
        """Opens a cause.

        Args:
            key: Makes a repeat harmless.
            currency: The one currency in which it takes gifts, for ever.
            details: What is said of it.

        Example:
            >>> made = ledger.open_cause(currency="EUR", details=CauseDetails(name="A school", external_id="school"))
            >>> ledger.cause(made.cause).details.name
            'A school'
        """
    def update_cause(
        self,
        *,
        cause: CauseId,
        details: CauseDetails,
        status: CauseStatus,
        key: str | None = ...,
    ) -> Committed:
        """Replaces what is said of a cause, and its status.

        Args:
            key: Makes a repeat harmless.
            cause: The cause.
            details: All that is said of it from now on.
            status: Open, paused or closed.

        Example:
            >>> _ = ledger.update_cause(cause=water, details=CauseDetails(name="Wells"), status=CauseStatus.PAUSED)
            >>> ledger.cause(water).status
            <CauseStatus.PAUSED: 'paused'>
        """
    def donate(
        self,
        *,
        key: str,
        donor: DonorId,
        designations: Sequence[Designation],
        method: Method,
        tip: Amount | None = ...,
        fee: Amount | None = ...,
        fee_bearer: FeeBearer = ...,
        occurred_on: date | None = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> Committed:
        """Records a gift: all causes of it, or none.

        Args:
            key: One per act of giving, 1 to 200 bytes: the same key never takes money twice.
            donor: Who gives.
            designations: 1 to 100 causes, each once, all in one currency.
            tip: Given to the platform on top.
            fee: What the processor kept of the whole.
            fee_bearer: Who bears the fee. FeeBearer.CAUSES where nothing is said.
            method: How the money came in.
            occurred_on: The day of the gift; without one, the UTC day of recording.
            visibility: Whether the public may see who gave. Visibility.PUBLIC where nothing is said.
            memo: The donor's words, at most 1,000 bytes; sealed at rest.

        Raises:
            LedgerError: No cause (1018), more than 100 (1019), one twice (1020); amounts of several currencies
                (1006), or a sum beyond 64 bits (1002); a fee beyond the gift that the causes would bear (1021); a bank
                or a processor whose name does not fit (1022); a method that comes about otherwise (1031); a memo that
                does not fit (1010, 1011, 1012); an unknown donor (2001) or cause (2002), or an erased donor (3014); a
                cause that takes no gifts (3004), not on that day (3005), or not in that currency (1006); a day in a
                closed period (3012); a key that does not fit (1009) or stands for something else (3001). Nothing
                happened then.

        Example:
            >>> given = ledger.donate(
            ...     key="order-7", donor=ada, method=Method.Offline(bank="main"), tip=Amount("1.00", "EUR"),
            ...     designations=[Designation(water, Amount("12.50", "EUR")), Designation(roof, Amount("7.50", "EUR"))],
            ... )
            >>> ledger.donation(given.donation).designations[1].amount
            Amount('7.50', 'EUR')
        """
    def refund(
        self,
        *,
        key: str,
        donation: DonationId,
        scope: RefundScope,
        occurred_on: date | None = ...,
        memo: str | None = ...,
    ) -> Committed:
        """Gives back all or some of a donation.

        Args:
            key: One per act of refunding.
            donation: The donation.
            scope: Everything, an amount, or chosen causes.
            occurred_on: The day of the refund; without one, the UTC day of recording.
            memo: Why, at most 1,000 bytes; sealed at rest.

        Raises:
            LedgerError: Chosen causes, but none (1018), or one twice (1020); another currency (1006); a memo that
                does not fit (1010, 1011, 1012); an unknown donation (2003), one that is not paid yet (3024), was taken
                back (3015), is disputed (3031) or has 1,000 refunds (4004); more than is left of it (3006, 3007), of a
                cause's part (3008), or of a cause that has none (3009); words about an erased donor (3014); a cause
                that would owe money and whose policy blocks that (3032); a day in a closed period (3012); a key that
                does not fit (1009) or stands for something else (3001). Nothing happened then.

        Example:
            >>> _ = ledger.refund(key="back-1", donation=gift, scope=RefundScope.Proportional(Amount("10.00", "EUR")))
            >>> ledger.cause(water).totals.refunded
            Decimal('10.00')
        """
    def adjust(
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
    ) -> Committed:
        """Records money that came or went without a known gift.

        Args:
            key: One per adjustment.
            donor: Whose giving it changes.
            cause: Whose money it changes.
            amount: How much; the reason says which way.
            reason: Why.
            method: Where the money went or came from.
            occurred_on: The day; without one, the UTC day of recording.
            entry: Whether the day may be one of a closed period. EntryKind.ORDINARY where nothing is said.
            memo: More words, at most 1,000 bytes; sealed at rest.

        Example:
            >>> _ = ledger.adjust(
            ...     key="fix-1", donor=ada, cause=water, amount=Amount("5.00", "EUR"), method=Method.Offline(bank="main"),
            ...     reason=AdjustmentReason.UNLINKED_REFUND,
            ... )
            >>> ledger.cause(water).totals.refunded
            Decimal('5.00')
        """
    def take_over(
        self,
        *,
        key: str,
        recorded_as: RecordedAs,
        donor_external_id: str,
        cause_external_id: str,
        currency: str,
        donor_kind: DonorKind = ...,
        donor_name: str | None = ...,
        cause_name: str | None = ...,
        amount: Amount | None = ...,
        occurred_on: date | None = ...,
        memo: str | None = ...,
    ) -> Committed:
        """Takes over one row of another system.

        Args:
            key: One per row, the same whenever the row is read again.
            recorded_as: What the row amounts to.
            donor_external_id: The donor's id in the other system.
            donor_kind: What the donor is, where it has to be registered. DonorKind.PERSON where nothing is said.
            donor_name: The donor's name, where it has to be registered.
            cause_external_id: The cause's id in the other system.
            cause_name: The cause's name, where it has to be opened; without one, the external id.
            currency: The currency of the row.
            amount: How much; none for `Nothing`.
            occurred_on: The day of the row.
            memo: More words, sealed at rest.

        Example:
            >>> _ = ledger.take_over(
            ...     key="old:17", recorded_as=RecordedAs.Gift(), donor_external_id="u-9", cause_external_id="well-3",
            ...     currency="EUR", amount=Amount("3.00", "EUR"), occurred_on=date(2025, 5, 1), donor_kind=DonorKind.PERSON,
            ... )
            >>> ledger.cause_by_external_id("well-3").totals.gross
            Decimal('3.00')
        """
    def reallocate(
        self,
        *,
        key: str,
        from_: CauseId,
        to: CauseId,
        amount: Amount,
        occurred_on: date | None = ...,
        entry: EntryKind = ...,
    ) -> Committed:
        """Moves money from one cause to another.

        Args:
            key: One per act.
            from_: The cause that gives it up.
            to: The cause that receives it, of the same currency.
            amount: How much.
            occurred_on: The day; without one, the UTC day of recording.
            entry: Whether the day may be one of a closed period. EntryKind.ORDINARY where nothing is said.

        Example:
            >>> _ = ledger.reallocate(key="move-1", from_=water, to=roof, amount=Amount("4.00", "EUR"))
            >>> ledger.cause(roof).totals.adjusted
            Decimal('4.00')
        """
    def close_period(
        self,
        *,
        key: str,
        through: date,
    ) -> Committed:
        """Closes all days up to one that is over.

        Args:
            key: One per act.
            through: The last day of the period, before the UTC day of recording. All earlier days are closed with
                it.

        Example:
            >>> closed = ledger.close_period(key="close-2025", through=date(2025, 12, 31))
            >>> type(closed.events[0]).__name__
            'PeriodClosed'
        """
    def erase_donor(
        self,
        *,
        donor: DonorId,
        reason: ErasureReason,
        key: str | None = ...,
    ) -> Committed:
        """Destroys the key of what is personal about a donor. Returns after no file of the ledger can tell it any
        more. Makes the whole state anew, so it takes time in proportion to the ledger.

        Args:
            key: Makes a repeat harmless.
            donor: The donor.
            reason: Why; it is recorded.

        Example:
            >>> _ = ledger.erase_donor(donor=ada, reason=ErasureReason.REQUESTED)
            >>> ledger.donor(ada).profile.name is None
            True
        """
    def correct(
        self,
        *,
        wrong: Wrong,
        right: Right,
        reversed_on: date | None = ...,
        entry: EntryKind = ...,
    ) -> Committed:
        """Takes an entry back and puts the right one in its place, in one record. Entries are never changed: what was
        recorded has to stay legible (HGB § 239 (3), AO § 146 (4)).

        Args:
            wrong: What is wrong.
            right: What is right; it has the key.
            reversed_on: The day of the reversing entry; without one, that of the wrong entry. The right one has a
                day of its own.
            entry: Whether either day may be of a closed period. EntryKind.ORDINARY where nothing is said.

        Raises:
            LedgerError: An entry that is not there (2003, 2005) or was taken back before (3015); a donation with
                refunds (3016); a day in a closed period (3012); a key that stands for something else (3001); and
                whatever the command of the right entry is refused for, the status of its causes aside. Nothing happened
                then.

        Example:
            >>> right = ledger.as_entered(gift, key="fix-2")  # all of it, so that only what is wrong changes
            >>> right = msgspec.structs.replace(right, designations=[Designation(water, Amount("52.00", "EUR"))])
            >>> _ = ledger.correct(wrong=Wrong.Donation(gift), right=Right.Donation(right))
            >>> ledger.cause(water).totals.gross
            Decimal('72.00')
        """
    def merge_donors(
        self,
        *,
        keep: DonorId,
        gone: DonorId,
        key: str | None = ...,
    ) -> Committed:
        """Makes two donors one. `dry_run_of_merge` shows what would come of it, and `undo_merge` undoes it.

        Args:
            key: Makes a repeat harmless.
            keep: The donor that both ids mean from now on. Of one that is merged itself, the one that it means.
            gone: The donor whose id becomes another name.

        Raises:
            LedgerError: A donor that is not there (2001) or was erased (3014); the same donor twice (3019); one
                that is merged already (3017); a person and an organisation (3020); an anonymous donor to be kept before
                a known one (3021); more than 100 ids (4006); a key that stands for something else (3001). Nothing
                happened then.

        Example:
            >>> twin = ledger.register_donor().donor
            >>> _ = ledger.merge_donors(keep=ada, gone=twin)
            >>> ledger.donor(twin).id == ada
            True
        """
    def undo_merge(
        self,
        *,
        gone: DonorId,
        key: str | None = ...,
    ) -> Committed:
        """Undoes a merge.

        Args:
            key: Makes a repeat harmless.
            gone: The donor that was merged into another.

        Raises:
            LedgerError: A donor that is not there (2001) or not merged (3018); a key that stands for something else
                (3001). Nothing happened then.

        Example:
            >>> twin = ledger.register_donor().donor
            >>> _ = ledger.merge_donors(keep=ada, gone=twin)
            >>> _ = ledger.undo_merge(gone=twin)
            >>> ledger.donor(twin).id == twin
            True
        """
    def begin_epoch(
        self,
        *,
        key: str | None = ...,
    ) -> Committed:
        """Begins a new epoch: who writes from now on is another than before. `Follower::promote` does it by itself.

        Args:
            key: Makes a repeat harmless.

        Example:
            >>> before = ledger.epoch()
            >>> _ = ledger.begin_epoch()
            >>> ledger.epoch() - before
            1
        """
    def begin_donation(
        self,
        *,
        key: str,
        donor: DonorId,
        designations: Sequence[Designation],
        tip: Amount | None = ...,
        fee_bearer: FeeBearer = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> Committed:
        """Begins a gift that is still to be paid.

        Args:
            key: One per act of giving, 1 to 200 bytes.
            donor: Who gives.
            designations: 1 to 100 causes, each once, all in one currency.
            tip: Given to the platform on top.
            fee_bearer: Who bears the fees of the processor. FeeBearer.CAUSES where nothing is said.
            visibility: Whether the public may see who gave. Visibility.PUBLIC where nothing is said.
            memo: The donor's words, at most 1,000 bytes; sealed at rest.

        Raises:
            LedgerError: As `donate`, but for what it says of method and fee.

        Example:
            >>> begun = ledger.begin_donation(key="order-8", donor=ada, designations=[Designation(water, Amount("9.00", "EUR"))])
            >>> ledger.begun_donation(begun.donation).state
            <BegunState.AWAITING_PAYMENT: 'awaiting_payment'>
        """
    def start_payment(
        self,
        *,
        key: str,
        donation: DonationId,
        processor: str,
    ) -> Committed:
        """Begins an attempt to collect a gift.

        Args:
            key: One per attempt. Give the provider the same key.
            donation: The donation.
            processor: The account at a payment processor that collects: 1 to 40 of a-z, 0-9 and hyphens.

        Raises:
            LedgerError: An unknown donation (2003); one that is paid or given up (3023); a processor whose name
                does not fit (1022); more than 100 attempts (4007).

        Example:
            >>> begun = ledger.begin_donation(key="order-8", donor=ada, designations=[Designation(water, Amount("9.00", "EUR"))])
            >>> started = ledger.start_payment(key="try-1", donation=begun.donation, processor="stripe")
            >>> ledger.donation_of_payment(started.payment) == begun.donation
            True
        """
    def report_payment(
        self,
        *,
        key: str,
        payment: PaymentId,
        report: PaymentReport,
        fee: Amount | None = ...,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records what was learned of an attempt. With `Captured` the gift is in the books.

        Args:
            key: One per report.
            payment: The attempt.
            report: What was learned.
            fee: What the processor keeps, where that is known as the money is captured; otherwise see `BookFee`.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: An unknown payment (2006); one that cannot come to what is reported (3022); a second
                payment of a donation that is paid (3023); a fee without a capture (1027), in another currency (1006),
                or above the gift (1021).

        Example:
            >>> begun = ledger.begin_donation(key="order-8", donor=ada, designations=[Designation(water, Amount("9.00", "EUR"))])
            >>> payment = ledger.start_payment(key="try-1", donation=begun.donation, processor="stripe").payment
            >>> _ = ledger.report_payment(
            ...     key="try-1-captured", payment=payment, report=PaymentReport.Captured(), fee=Amount("0.40", "EUR"),
            ... )
            >>> ledger.cause(water).totals.fees
            Decimal('0.40')
        """
    def cancel_donation(
        self,
        *,
        key: str,
        donation: DonationId,
    ) -> Committed:
        """Gives up a donation that was not paid.

        Args:
            key: One per act.
            donation: The donation.

        Raises:
            LedgerError: An unknown donation (2003); one that is paid (3023); one with a payment under way (3026).

        Example:
            >>> begun = ledger.begin_donation(key="order-8", donor=ada, designations=[Designation(water, Amount("9.00", "EUR"))])
            >>> _ = ledger.cancel_donation(key="order-8-given-up", donation=begun.donation)
            >>> ledger.begun_donation(begun.donation).state
            <BegunState.CANCELLED: 'cancelled'>
        """
    def book_fee(
        self,
        *,
        key: str,
        donation: DonationId,
        fee: Amount,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Books what a processor kept of a donation, once it is learned.

        Args:
            key: One per fee.
            donation: The donation, captured at a processor.
            fee: How much. With what was booked before it is at most what was given.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: An unknown donation (2003), one that is not paid (3024) or was not captured at a processor
                (3025); another currency (1006); fees above the gift that causes bear (1021).

        Example:
            >>> _ = ledger.book_fee(key="fee-1", donation=paid, fee=Amount("0.55", "EUR"))
            >>> ledger.cause(water).totals.fees
            Decimal('0.55')
        """
    def take_platform_fee(
        self,
        *,
        key: str,
        donation: DonationId,
        from_: Sequence[Designation],
        occurred_on: date | None = ...,
    ) -> Committed:
        """Books what the platform keeps of a donation for itself.

        Args:
            key: One per act.
            donation: The donation.
            from_: How much from which cause of it, each cause once. Amounts, never rates.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: Books of a charity (3029); an unknown donation (2003), or one that is not paid (3024); no
                cause (1018), a cause twice (1020), or one that is not in the donation (3009); more than its part
                (1021).

        Example:
            >>> _ = ledger.take_platform_fee(key="ours-1", donation=gift, from_=[Designation(water, Amount("1.25", "EUR"))])
            >>> ledger.cause(water).totals.fees
            Decimal('1.25')
        """
    def record_settlement(
        self,
        *,
        key: str,
        processor: str,
        bank: str,
        amount: Amount,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records that a processor paid out to a bank account of ours.

        Args:
            key: One per settlement.
            processor: The account at the processor.
            bank: The bank account: 1 to 40 of a-z, 0-9 and hyphens.
            amount: How much arrived.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: A name of a processor or a bank account that does not fit (1022).

        Example:
            >>> made = ledger.record_settlement(key="po-1", processor="stripe", bank="main", amount=Amount("20.00", "EUR"))
            >>> ledger.balance("assets:processor:stripe:pending", "EUR").net
            Decimal('0.00')
        """
    def propose_payout(
        self,
        *,
        key: str,
        cause: CauseId,
        amount: Amount,
        bank: str,
    ) -> Committed:
        """Proposes to pay a cause what is held for it.

        Args:
            key: One per payout.
            cause: The cause.
            amount: How much: at most what is available to it.
            bank: From which bank account: 1 to 40 of a-z, 0-9 and hyphens.

        Raises:
            LedgerError: Books of a charity (3029); an unknown cause (2002), or another currency than its own
                (1006); more than is available to it (3028); a bank account whose name does not fit (1022).

        Example:
            >>> made = ledger.propose_payout(key="out-1", cause=water, amount=Amount("25.00", "EUR"), bank="main")
            >>> ledger.payout(made.payout).state
            <PayoutState.PROPOSED: 'proposed'>
        """
    def report_payout(
        self,
        *,
        key: str,
        payout: PayoutId,
        report: PayoutReport,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records what was learned of a payout.

        Args:
            key: One per report.
            payout: The payout.
            report: What was learned.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: An unknown payout (2007); one that cannot come to what is reported (3022); more than is
                available to the cause by now (3028).

        Example:
            >>> payout = ledger.propose_payout(key="out-1", cause=water, amount=Amount("25.00", "EUR"), bank="main").payout
            >>> _ = ledger.report_payout(key="out-1-paid", payout=payout, report=PayoutReport.PAID)
            >>> ledger.cause(water).totals.paid_out
            Decimal('25.00')
        """
    def report_refund(
        self,
        *,
        key: str,
        refund: RefundId,
        report: RefundReport,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records what was learned of a refund that a processor carries out. `refund` of a donation that was captured
        at a processor is a promise; the causes have the money no more, and it is done when this says so.

        Args:
            key: One per report.
            refund: The refund.
            report: What was learned.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: A refund that is not there, or was done at once (2005); one that cannot come to what is
                reported (3022).

        Example:
            >>> refund = ledger.refund(key="back-2", donation=paid, scope=RefundScope.Everything()).refund
            >>> _ = ledger.report_refund(key="back-2-done", refund=refund, report=RefundReport.SUCCEEDED)
            >>> ledger.refund_under_way(refund).state
            <RefundState.SUCCEEDED: 'succeeded'>
        """
    def open_dispute(
        self,
        *,
        key: str,
        donation: DonationId,
        amount: Amount,
        begins: DisputeBegins,
        fee: Amount | None = ...,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records that the donor's bank disputes a gift.

        Args:
            key: One per dispute.
            donation: The donation.
            amount: How much, in the currency of the donation: may be less than the gift, or more.
            begins: With money withdrawn, or as a question first.
            fee: What the processor charges for it, where that is known; otherwise see `BookDisputeFee`.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: An unknown donation (2003), or one that is not paid (3024) or was taken back (3015);
                another currency (1006); more than 100 disputes (4008).

        Example:
            >>> made = ledger.open_dispute(
            ...     key="bank-1", donation=paid, amount=Amount("20.00", "EUR"), begins=DisputeBegins.WITH_MONEY,
            ... )
            >>> ledger.dispute(made.dispute).state
            <DisputeState.OPENED: 'opened'>
        """
    def report_dispute(
        self,
        *,
        key: str,
        dispute: DisputeId,
        report: DisputeReport,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records what was learned of a dispute.

        Args:
            key: One per report.
            dispute: The dispute.
            report: What was learned.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: An unknown dispute (2008); one that cannot come to what is reported (3022).

        Example:
            >>> dispute = ledger.open_dispute(
            ...     key="bank-1", donation=paid, amount=Amount("20.00", "EUR"), begins=DisputeBegins.WITH_MONEY,
            ... ).dispute
            >>> _ = ledger.report_dispute(key="bank-1-lost", dispute=dispute, report=DisputeReport.LOST)
            >>> ledger.cause(water).totals.disputed
            Decimal('20.00')
        """
    def book_dispute_fee(
        self,
        *,
        key: str,
        dispute: DisputeId,
        fee: Amount,
        flow: DisputeFeeFlow,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Books what a processor charges for a dispute, or gives back of it.

        Args:
            key: One per fee.
            dispute: The dispute.
            fee: How much.
            flow: Charged, or given back.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: An unknown dispute (2008); another currency (1006); more given back than was charged
                (3034).

        Example:
            >>> dispute = ledger.open_dispute(
            ...     key="bank-1", donation=paid, amount=Amount("20.00", "EUR"), begins=DisputeBegins.WITH_MONEY,
            ... ).dispute
            >>> _ = ledger.book_dispute_fee(
            ...     key="bank-1-fee", dispute=dispute, fee=Amount("15.00", "EUR"), flow=DisputeFeeFlow.CHARGED,
            ... )
            >>> ledger.balance("expenses:processor:dispute-fees", "EUR").net
            Decimal('15.00')
        """
    def force_refund(
        self,
        *,
        key: str,
        donation: DonationId,
        scope: RefundScope,
        occurred_on: date | None = ...,
        memo: str | None = ...,
    ) -> Committed:
        """As `refund`, although the donation is disputed. The donor may get the money twice: what the bank then keeps
        beyond the gift, the platform bears.

        Args:
            key: One per act of refunding.
            donation: The donation.
            scope: Everything, an amount, or chosen causes.
            occurred_on: The day of the refund; without one, the UTC day of recording.
            memo: Why, at most 1,000 bytes; sealed at rest.

        Raises:
            LedgerError: As `refund`, but for the dispute (3031).

        Example:
            >>> _ = ledger.open_dispute(
            ...     key="bank-1", donation=paid, amount=Amount("5.00", "EUR"), begins=DisputeBegins.WITH_MONEY,
            ... )
            >>> _ = ledger.force_refund(key="back-3", donation=paid, scope=RefundScope.Proportional(Amount("1.00", "EUR")))
            >>> ledger.cause(water).totals.refunded
            Decimal('1.00')
        """
    def set_cause_policies(
        self,
        *,
        key: str,
        policies: CausePolicies,
        cause: CauseId | None = ...,
    ) -> Committed:
        """Sets the policies of a cause, or of all that have none of their own.

        Args:
            key: One per act.
            cause: The cause; none for all that have no policies of their own.
            policies: The policies.

        Raises:
            LedgerError: Books of a charity (3029); an unknown cause (2002); passing on by a policy of all (1030),
                to the same cause (1020), or to one of another currency (1006).

        Example:
            >>> policies = CausePolicies(on_negative=NegativeCause.BLOCK, on_closed=ClosedCause.SetAside())
            >>> _ = ledger.set_cause_policies(key="policies-1", cause=water, policies=policies)
            >>> ledger.policies_of(water).on_negative
            <NegativeCause.BLOCK: 'block'>
        """
    def settle_receivable(
        self,
        *,
        key: str,
        cause: CauseId,
        amount: Amount,
        by: SettledBy,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Settles what a cause owes.

        Args:
            key: One per act.
            cause: The cause.
            amount: How much: at most what it owes, and to set off, at most what is available to it.
            by: How.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: Books of a charity (3029); an unknown cause (2002), or another currency (1006); more than
                it owes (3033), or, to set off, than is available to it (3028); a bank account whose name does not fit
                (1022).

        Example:
            >>> policies = CausePolicies(on_negative=NegativeCause.ALLOW_AS_RECEIVABLE, on_closed=ClosedCause.SetAside())
            >>> _ = ledger.set_cause_policies(key="policies-1", cause=water, policies=policies)
            >>> payout = ledger.propose_payout(key="out-1", cause=water, amount=Amount("45.00", "EUR"), bank="main").payout
            >>> _ = ledger.report_payout(key="out-1-paid", payout=payout, report=PayoutReport.PAID)
            >>> _ = ledger.refund(key="back-1", donation=gift, scope=RefundScope.Everything())
            >>> ledger.standing(water).owed
            Decimal('25.00')
            >>> _ = ledger.settle_receivable(
            ...     key="repaid-1", cause=water, amount=Amount("25.00", "EUR"), by=SettledBy.Repayment(bank="main"),
            ... )
            >>> ledger.standing(water).owed
            Decimal('0.00')
        """
    def give_back_fees(
        self,
        *,
        key: str,
        donation: DonationId,
        fee: FeeGivenBack,
        to: Sequence[Designation],
        occurred_on: date | None = ...,
    ) -> Committed:
        """Gives causes back what they bore of fees.

        Args:
            key: One per act.
            donation: The donation.
            fee: Which fee.
            to: How much to which cause of it, each cause once: at most what it bore and was not given back before.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: Books of a charity (3029); an unknown donation (2003), or one that is not paid (3024); no
                cause (1018), a cause twice (1020), or one that is not in the donation (3009); another currency (1006);
                more than a cause bore (3034).

        Example:
            >>> _ = ledger.book_fee(key="fee-1", donation=paid, fee=Amount("0.55", "EUR"))
            >>> _ = ledger.give_back_fees(
            ...     key="waived-1", donation=paid, fee=FeeGivenBack.OF_PROCESSOR, to=[Designation(water, Amount("0.55", "EUR"))],
            ... )
            >>> ledger.cause(water).totals.fees
            Decimal('0.00')
        """
    def receive_unidentified(
        self,
        *,
        key: str,
        amount: Amount,
        method: Method,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records money of which nobody knows whose gift it is.

        Args:
            key: One per receipt of money.
            amount: How much.
            method: Where it is.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: A bank account or a processor whose name does not fit (1022); a method that is not where
                money is (1031).

        Example:
            >>> made = ledger.receive_unidentified(
            ...     key="transfer-1", amount=Amount("50.00", "EUR"), method=Method.Offline(bank="main"),
            ... )
            >>> ledger.unidentified()[0].id == made.suspense
            True
        """
    def identify(
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
    ) -> Committed:
        """Records whose gift such money is.

        Args:
            key: One per gift.
            item: The money.
            donor: Who gave it.
            designations: 1 to 100 causes, each once, in the currency of the money.
            tip: Given to the platform on top.
            occurred_on: The day of the gift; without one, the UTC day of recording.
            visibility: Whether the public may see who gave. Visibility.PUBLIC where nothing is said.
            memo: The donor's words, at most 1,000 bytes; sealed at rest.

        Raises:
            LedgerError: As `donate`, but for what it says of method and fee; unknown money (2009); more than is
                left of it (3035); money that was set aside of a gift (3036).

        Example:
            >>> item = ledger.receive_unidentified(
            ...     key="transfer-1", amount=Amount("50.00", "EUR"), method=Method.Offline(bank="main"),
            ... ).suspense
            >>> _ = ledger.identify(
            ...     key="transfer-1-ada", item=item, donor=ada, designations=[Designation(roof, Amount("50.00", "EUR"))],
            ... )
            >>> ledger.cause(roof).totals.gross
            Decimal('50.00')
        """
    def return_unidentified(
        self,
        *,
        key: str,
        item: SuspenseId,
        amount: Amount,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records that such money went back.

        Args:
            key: One per act.
            item: The money.
            amount: How much: at most what is left of it.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: Unknown money (2009); another currency (1006); more than is left of it (3035); money that
                was set aside of a gift (3036).

        Example:
            >>> item = ledger.receive_unidentified(
            ...     key="transfer-1", amount=Amount("50.00", "EUR"), method=Method.Offline(bank="main"),
            ... ).suspense
            >>> _ = ledger.return_unidentified(key="transfer-1-back", item=item, amount=Amount("50.00", "EUR"))
            >>> ledger.unidentified()
            ()
        """
    def release_set_aside(
        self,
        *,
        key: str,
        item: SuspenseId,
        to: CauseId,
        amount: Amount,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Gives a cause what was set aside of a gift.

        Args:
            key: One per act.
            item: What was set aside.
            to: The cause: another one of the same currency, or the same after all.
            amount: How much: at most what is left of it.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: Unknown money (2009), or money that was not set aside of a gift (3036); an unknown cause
                (2002), or one of another currency (1006); more than is left of it (3035); a gift that is disputed
                (3031).

        Example:
            >>> policies = CausePolicies(on_closed=ClosedCause.SetAside())
            >>> _ = ledger.set_cause_policies(key="policies-1", cause=roof, policies=policies)
            >>> begun = ledger.begin_donation(key="order-8", donor=ada, designations=[Designation(roof, Amount("9.00", "EUR"))])
            >>> payment = ledger.start_payment(key="try-1", donation=begun.donation, processor="stripe").payment
            >>> _ = ledger.update_cause(cause=roof, details=CauseDetails(name="A roof"), status=CauseStatus.CLOSED)
            >>> item = ledger.report_payment(key="try-1-captured", payment=payment, report=PaymentReport.Captured()).suspense
            >>> _ = ledger.release_set_aside(key="to-water", item=item, to=water, amount=Amount("9.00", "EUR"))
            >>> ledger.standing(water).available
            Decimal('54.00')
        """
    def begin_foreign_donation(
        self,
        *,
        key: str,
        donor: DonorId,
        designations: Sequence[Designation],
        tip: Amount | None = ...,
        fee_bearer: FeeBearer = ...,
        visibility: Visibility = ...,
        memo: str | None = ...,
    ) -> Committed:
        """Begins a gift in another currency than the one currency of its causes. A payment of it is captured by
        `capture_exchanged`.

        Args:
            key: One per act of giving, 1 to 200 bytes.
            donor: Who gives.
            designations: 1 to 100 causes, each once, all in one currency.
            tip: Given to the platform on top.
            fee_bearer: Who bears the fees of the processor. FeeBearer.CAUSES where nothing is said.
            visibility: Whether the public may see who gave. Visibility.PUBLIC where nothing is said.
            memo: The donor's words, at most 1,000 bytes; sealed at rest.

        Raises:
            LedgerError: As `begin_donation`; a gift in the currency of its causes (1028).

        Example:
            >>> begun = ledger.begin_foreign_donation(
            ...     key="order-8", donor=ada, designations=[Designation(water, Amount("10.00", "USD"))],
            ... )
            >>> ledger.begun_donation(begun.donation).gift.designations[0].amount
            Amount('10.00', 'USD')
        """
    def capture_exchanged(
        self,
        *,
        key: str,
        payment: PaymentId,
        settled: Amount,
        rate: str | None = ...,
        fee: Amount | None = ...,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records that a payment of such a gift was captured, and what it was exchanged into.

        Args:
            key: One per report.
            payment: The payment.
            settled: What the whole gift became, before fees.
            rate: The rate as the processor gave it, such as `0.92`: kept as it is, never calculated with.
            fee: What the processor keeps, in the currency of `settled`.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: As `report_payment`; the currency of the gift itself (1028), or another than the causes'
                (1006); a part that would become nothing (1001); a rate that is none (1029).

        Example:
            >>> begun = ledger.begin_foreign_donation(
            ...     key="order-8", donor=ada, designations=[Designation(water, Amount("10.00", "USD"))],
            ... )
            >>> payment = ledger.start_payment(key="try-1", donation=begun.donation, processor="stripe").payment
            >>> _ = ledger.capture_exchanged(key="try-1-captured", payment=payment, settled=Amount("9.20", "EUR"), rate="0.92")
            >>> ledger.cause(water).totals.gross
            Decimal('54.20')
        """
    def exchange_money(
        self,
        *,
        key: str,
        processor: str,
        from_: Amount,
        to: Amount,
        rate: str | None = ...,
        occurred_on: date | None = ...,
    ) -> Committed:
        """Records that a processor exchanged money that it holds.

        Args:
            key: One per exchange.
            processor: The account at the processor.
            from_: What it gave up.
            to: What it received, in another currency.
            rate: The rate as the processor gave it: kept as it is, never calculated with.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: One currency twice (1028); a rate that is none (1029); a processor whose name does not fit
                (1022).

        Example:
            >>> _ = ledger.exchange_money(
            ...     key="fx-1", processor="stripe", from_=Amount("20.00", "EUR"), to=Amount("21.60", "USD"), rate="1.08",
            ... )
            >>> ledger.balance("assets:processor:stripe:pending", "USD").net
            Decimal('21.60')
        """
    def ingest_facts(
        self,
        *,
        key: str,
        processor: str,
        facts: Sequence[ProviderFact],
        occurred_on: date | None = ...,
    ) -> Committed:
        """Takes in what a provider says, in words that are no provider's own. `ingest_webhook` makes them of what a
        provider sends.

        Args:
            key: One per event of the provider.
            processor: The account at the processor.
            facts: 1 to 100 facts.
            occurred_on: The day; without one, the UTC day of recording.

        Raises:
            LedgerError: No facts, or more than 100 (1032); a processor, a bank or an object whose name does not fit
                (1022, 1010, 1011, 1012); a key that stands for something else (3001). A fact that cannot be is no
                error: it is recorded as refused.

        Example:
            >>> fact = ProviderFact("pi_1", FactSays.Payment(report=PaymentReport.Processing()))
            >>> _ = ledger.ingest_facts(key="event-1", processor="stripe", facts=[fact])
            >>> ledger.parked()[0].fact.object
            'pi_1'
        """
    def attach_object(
        self,
        *,
        key: str,
        object: str,
        to: ProviderTarget,
    ) -> Committed:
        """Says which object of a provider is a payment, a refund, a dispute or a settlement of ours. Not needed where
        the provider was told our id as it made the object.

        Args:
            key: One per object.
            object: The object, by its id at the provider, 1 to 100 bytes.
            to: What it is.

        Raises:
            LedgerError: An unknown payment (2006), refund (2005), dispute (2008) or settlement (2010), or another
                target (1033); an object that is something else (3038).

        Example:
            >>> begun = ledger.begin_donation(key="order-8", donor=ada, designations=[Designation(water, Amount("9.00", "EUR"))])
            >>> payment = ledger.start_payment(key="try-1", donation=begun.donation, processor="stripe").payment
            >>> _ = ledger.attach_object(key="pi-1", object="pi_1", to=ProviderTarget.Payment(payment))
            >>> ledger.provider_object("stripe", "pi_1").payment == payment
            True
        """
    def acknowledge_notices(
        self,
        *,
        consumer: str,
        through: int,
    ) -> Committed:
        """Says that a consumer has dealt with all notices up to a record.

        Args:
            consumer: Who: 1 to 40 bytes. A consumer begins with its first acknowledgment.
            through: The last record whose notices it has dealt with.

        Raises:
            LedgerError: A name that is empty or longer than 40 bytes (1010, 1011, 1012); a record that is not there
                yet (1026).

        Example:
            >>> page = ledger.next_notices("mailer", 10)
            >>> _ = ledger.acknowledge_notices(consumer="mailer", through=page.through)
            >>> ledger.next_notices("mailer", 10).notices
            ()
        """
    def record_settlement_lines(
        self,
        *,
        key: str,
        settlement: SettlementId,
        lines: Sequence[SettlementLine],
    ) -> Committed:
        """Records what a processor says a settlement consists of.

        Args:
            key: One per call.
            settlement: The settlement.
            lines: 1 to 1,000 lines; a settlement of more has them in several calls.

        Raises:
            LedgerError: No lines, or more than 1,000 (1034); an id that is empty or longer than 100 bytes (1010,
                1011, 1012); an unknown settlement (2010); a line that is in a settlement already (3039); sums beyond 64
                bits (1002).

        Example:
            >>> settlement = ledger.record_settlement(
            ...     key="po-1", processor="stripe", bank="main", amount=Amount("20.00", "EUR"),
            ... ).settlement
            >>> line = SettlementLine(id="txn_1", about="pi_1", gross_minor=2055, fee_minor=55)
            >>> _ = ledger.record_settlement_lines(key="po-1-lines", settlement=settlement, lines=[line])
            >>> ledger.settlement(settlement).lines
            1
        """
