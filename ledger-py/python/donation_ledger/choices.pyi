from enum import Enum

class AccountType(Enum):
    ASSET = "asset"
    LIABILITY = "liability"
    NET_ASSETS = "net_assets"
    REVENUE = "revenue"
    EXPENSE = "expense"

class AdjustmentReason(Enum):
    UNLINKED_REFUND = "unlinked_refund"
    VOIDED_REFUND = "voided_refund"
    REDESIGNATED_IN = "redesignated_in"
    REDESIGNATED_OUT = "redesignated_out"
    CHARGEBACK = "chargeback"

class BegunState(Enum):
    AWAITING_PAYMENT = "awaiting_payment"
    CAPTURED = "captured"
    CANCELLED = "cancelled"

class BookMode(Enum):
    AGENCY = "agency"
    PRINCIPAL = "principal"

class CauseStatus(Enum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"

class ClockReading(Enum):
    STEADY = "steady"
    JUMPED_BACK = "jumped_back"

class CorrectionReason(Enum):
    ENTERED_WRONGLY = "entered_wrongly"
    ENTERED_TWICE = "entered_twice"
    NEVER_HAPPENED = "never_happened"

class Cure(Enum):
    NOTHING = "nothing"
    NEXT_OPENING = "next_opening"
    STATE_MADE_AGAIN = "state_made_again"
    RESTORE_FROM_BACKUP = "restore_from_backup"

class Delivery(Enum):
    FIRST = "first"
    REPLAYED = "replayed"

class DisputeBegins(Enum):
    AS_INQUIRY = "as_inquiry"
    WITH_MONEY = "with_money"

class DisputeFeeFlow(Enum):
    CHARGED = "charged"
    RETURNED = "returned"

class DisputeReport(Enum):
    OPENED = "opened"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"

class DisputeState(Enum):
    INQUIRY = "inquiry"
    OPENED = "opened"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"

class DonorKind(Enum):
    PERSON = "person"
    ORGANISATION = "organisation"

class DonorStanding(Enum):
    REGISTERED = "registered"
    GUEST = "guest"
    ANONYMOUS = "anonymous"

class Durability(Enum):
    SYNC = "sync"
    OS = "os"

class EntryKind(Enum):
    ORDINARY = "ordinary"
    ADJUSTING = "adjusting"

class ErasureReason(Enum):
    REQUESTED = "requested"
    RETENTION_ENDED = "retention_ended"
    MISTAKE = "mistake"

class ErrorKind(Enum):
    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"
    STORAGE = "storage"
    CORRUPT = "corrupt"

class ExportFormat(Enum):
    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    CSV = "csv"
    JSON_LINES = "json_lines"

class FailureReason(Enum):
    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    NOT_AUTHENTICATED = "not_authenticated"
    METHOD_EXPIRED = "method_expired"
    TECHNICAL = "technical"

class FeeBearer(Enum):
    CAUSES = "causes"
    PLATFORM = "platform"

class FeeGivenBack(Enum):
    OF_PROCESSOR = "of_processor"
    OF_PLATFORM = "of_platform"

class ImportMode(Enum):
    POST = "post"
    DRY_RUN = "dry_run"

class LineKind(Enum):
    DONOR_REGISTERED = "donor_registered"
    DONOR_UPDATED = "donor_updated"
    DONOR_ERASED = "donor_erased"
    CAUSE_OPENED = "cause_opened"
    CAUSE_UPDATED = "cause_updated"
    DONATION = "donation"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"
    REALLOCATION = "reallocation"
    PERIOD_CLOSED = "period_closed"
    REVERSAL = "reversal"
    DONORS_MERGED = "donors_merged"
    MERGE_UNDONE = "merge_undone"
    DONATION_BEGUN = "donation_begun"
    PAYMENT = "payment"
    DONATION_CANCELLED = "donation_cancelled"
    FEE = "fee"
    PLATFORM_FEE = "platform_fee"
    PAYOUT = "payout"
    SETTLEMENT = "settlement"
    DISPUTE = "dispute"
    DISPUTE_FEE = "dispute_fee"
    POLICIES = "policies"
    OVERDRAFT = "overdraft"
    OVERDRAFT_RETURNED = "overdraft_returned"
    RECEIVABLE_SETTLED = "receivable_settled"
    FEES_GIVEN_BACK = "fees_given_back"
    GOAL_REACHED = "goal_reached"
    UNIDENTIFIED = "unidentified"
    SET_ASIDE = "set_aside"
    SET_ASIDE_RELEASED = "set_aside_released"
    EXCHANGE = "exchange"
    REDIVIDED = "redivided"

class NegativeCause(Enum):
    RECOVER_FROM_NEXT_GIFTS = "recover_from_next_gifts"
    ALLOW_AS_RECEIVABLE = "allow_as_receivable"
    BLOCK = "block"
    ABSORB_BY_PLATFORM = "absorb_by_platform"

class Opening(Enum):
    OPEN_OR_CREATE = "open_or_create"
    OPEN_EXISTING = "open_existing"
    CREATE_NEW = "create_new"

class Order(Enum):
    OLDEST_FIRST = "oldest_first"
    NEWEST_FIRST = "newest_first"

class Outcome(Enum):
    NOT_COMMITTED = "not_committed"
    UNKNOWN = "unknown"
    READ_FAILED = "read_failed"

class OverdraftBorneBy(Enum):
    CAUSE = "cause"
    PLATFORM = "platform"

class PaymentState(Enum):
    CREATED = "created"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    FAILED = "failed"
    VOIDED = "voided"
    EXPIRED = "expired"

class PayoutReport(Enum):
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"

class PayoutState(Enum):
    PROPOSED = "proposed"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"

class Period(Enum):
    MONTH = "month"
    YEAR = "year"

class RefundReport(Enum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

class RefundState(Enum):
    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

class SandboxCard(Enum):
    GOOD = "good"
    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    ASKS_DONOR = "asks_donor"
    DISPUTE_LOST = "dispute_lost"
    DISPUTE_WON = "dispute_won"

class SettlementOutcome(Enum):
    PAID = "paid"
    RETURNED = "returned"

class Severity(Enum):
    NOTE = "note"
    WARNING = "warning"
    DAMAGE = "damage"

class Side(Enum):
    DEBIT = "debit"
    CREDIT = "credit"

class StateFound(Enum):
    AT_REST = "at_rest"
    BEHIND = "behind"
    MISSING = "missing"
    DAMAGED = "damaged"
    DOUBTFUL = "doubtful"
    OF_ANOTHER_HISTORY = "of_another_history"
    NOT_WANTED = "not_wanted"

class StatePolicy(Enum):
    TRUST = "trust"
    REBUILD = "rebuild"

class StripeMode(Enum):
    LIVE = "live"
    TEST = "test"

class Visibility(Enum):
    PUBLIC = "public"
    ANONYMOUS = "anonymous"

class WhyNothing(Enum):
    ENTERED_TWICE = "entered_twice"
    NEVER_HAPPENED = "never_happened"
