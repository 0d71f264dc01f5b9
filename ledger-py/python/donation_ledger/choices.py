"""Choices: one of a few words.

Written by tools/declare.py from the sources of ledger-core; a test compares.
"""

from __future__ import annotations

from enum import Enum

from donation_ledger._record import once

once(__name__)


class AccountType(Enum):
    """The five types of account of a non-profit's books.

    Attributes:
        ASSET: What the book owns or is owed.
        LIABILITY: What the book owes.
        NET_ASSETS: What is left: assets less liabilities.
        REVENUE: What came in to stay.
        EXPENSE: What was used up.
    """

    ASSET = "asset"
    LIABILITY = "liability"
    NET_ASSETS = "net_assets"
    REVENUE = "revenue"
    EXPENSE = "expense"


class AdjustmentReason(Enum):
    """Why money moved without a known gift. The reason says which way it moves and which total it enters.

    Attributes:
        UNLINKED_REFUND: Money went back to the donor, for a gift that this ledger does not know.
        VOIDED_REFUND: A refund was cancelled or never cashed: the money is the cause's again.
        REDESIGNATED_IN: A gift was redesignated or reattributed to this donor or cause: money comes in.
        REDESIGNATED_OUT: A gift was redesignated or reattributed away, or taken back in another system: money
            goes out.
        CHARGEBACK: The donor's bank took a gift back, in the records of another system.
    """

    UNLINKED_REFUND = "unlinked_refund"
    VOIDED_REFUND = "voided_refund"
    REDESIGNATED_IN = "redesignated_in"
    REDESIGNATED_OUT = "redesignated_out"
    CHARGEBACK = "chargeback"


class BegunState(Enum):
    """What has become of a donation that was begun before it was paid.

    Attributes:
        AWAITING_PAYMENT: No payment of it was captured yet.
        CAPTURED: It is paid: `Ledger::donation` has the rest.
        CANCELLED: It was given up.
    """

    AWAITING_PAYMENT = "awaiting_payment"
    CAPTURED = "captured"
    CANCELLED = "cancelled"


class BookMode(Enum):
    """Whose books these are. Chosen at creation, never changed.

    Attributes:
        AGENCY: A platform that passes money on: what a cause may have is a liability (ASC 958-605-25-23).
        PRINCIPAL: One charity's own books: a gift is income with donor restrictions (ASC 958-605-45-3), its
            causes are what the money is restricted to.
    """

    AGENCY = "agency"
    PRINCIPAL = "principal"


class CauseStatus(Enum):
    """Whether a cause takes gifts.

    Attributes:
        OPEN: Takes gifts.
        PAUSED: Takes none for now.
        CLOSED: Takes none any more.
    """

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class ClockReading(Enum):
    """Whether the clock could be believed.

    Attributes:
        STEADY: Not earlier than the group before.
        JUMPED_BACK: More than a day earlier than the group before; written as it was read.
    """

    STEADY = "steady"
    JUMPED_BACK = "jumped_back"


class CorrectionReason(Enum):
    """Why an entry was taken back.

    Attributes:
        ENTERED_WRONGLY: It happened otherwise: another amount, cause, donor, day or account. The right entry is
            in its place.
        ENTERED_TWICE: It was in the book twice.
        NEVER_HAPPENED: It never happened.
    """

    ENTERED_WRONGLY = "entered_wrongly"
    ENTERED_TWICE = "entered_twice"
    NEVER_HAPPENED = "never_happened"


class Cure(Enum):
    """What is done about something that was found.

    Attributes:
        NOTHING: Nothing is needed.
        NEXT_OPENING: The next opening mends it by itself.
        STATE_MADE_AGAIN: The state is made again from the journal, by the next opening or by `repair`.
        RESTORE_FROM_BACKUP: The file is to be restored from a backup.
    """

    NOTHING = "nothing"
    NEXT_OPENING = "next_opening"
    STATE_MADE_AGAIN = "state_made_again"
    RESTORE_FROM_BACKUP = "restore_from_backup"


class Delivery(Enum):
    """Whether a call did something or repeats what an earlier one did.

    Attributes:
        FIRST: This call did it.
        REPLAYED: An earlier call with the same key and content did it; this is what it returned.
    """

    FIRST = "first"
    REPLAYED = "replayed"


class DisputeBegins(Enum):
    """How a dispute begins.

    Attributes:
        AS_INQUIRY: As a question of the bank; no money moves.
        WITH_MONEY: The bank withdraws the money.
    """

    AS_INQUIRY = "as_inquiry"
    WITH_MONEY = "with_money"


class DisputeFeeFlow(Enum):
    """Which way the fee of a dispute goes.

    Attributes:
        CHARGED: The processor charges it.
        RETURNED: The processor gives it back.
    """

    CHARGED = "charged"
    RETURNED = "returned"


class DisputeReport(Enum):
    """What was learned of a dispute.

    Attributes:
        OPENED: The bank has withdrawn the money.
        UNDER_REVIEW: It was answered, and the bank decides.
        WON: The money was given back to us.
        LOST: The donor keeps the money.
        CLOSED: The inquiry ended without money.
    """

    OPENED = "opened"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


class DisputeState(Enum):
    """Where a dispute stands.

    Attributes:
        INQUIRY: The bank asks; no money moved.
        OPENED: The bank has withdrawn the money.
        UNDER_REVIEW: It was answered, and the bank decides.
        WON: The money was given back to us. Final.
        LOST: The donor keeps the money. Final.
        CLOSED: The inquiry ended, and no money ever moved. Final.
    """

    INQUIRY = "inquiry"
    OPENED = "opened"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


class DonorKind(Enum):
    """What a donor is.

    Attributes:
        PERSON: A natural person.
        ORGANISATION: A company, a foundation, a public body.
    """

    PERSON = "person"
    ORGANISATION = "organisation"


class DonorStanding(Enum):
    """How a donor stands to the app.

    Attributes:
        REGISTERED: Has signed up.
        GUEST: Gave without signing up; may have a name and an e-mail for the receipt.
        ANONYMOUS: Nobody knows who: has no profile at all.
    """

    REGISTERED = "registered"
    GUEST = "guest"
    ANONYMOUS = "anonymous"


class Durability(Enum):
    """Which loss an acknowledgment survives.

    Attributes:
        SYNC: Power: the record is on the disk (`fdatasync` returned).
        OS: The process: the record is with the operating system.
    """

    SYNC = "sync"
    OS = "os"


class EntryKind(Enum):
    """Whether an entry may be dated into a period that is closed.

    Attributes:
        ORDINARY: It may not.
        ADJUSTING: It may: an accountant's adjusting entry. The next closing takes it along.
    """

    ORDINARY = "ordinary"
    ADJUSTING = "adjusting"


class ErasureReason(Enum):
    """Why a donor was erased.

    Attributes:
        REQUESTED: The donor asked for it (GDPR, article 17).
        RETENTION_ENDED: The time for which the data had to be kept is over.
        MISTAKE: The donor should never have been registered.
    """

    REQUESTED = "requested"
    RETENTION_ENDED = "retention_ended"
    MISTAKE = "mistake"


class ErrorKind(Enum):
    """What kind of error a code is: the exception classes of every language.

    Attributes:
        INVALID: The input is wrong in itself; change it.
        NOT_FOUND: The thing named does not exist in this ledger.
        CONFLICT: The input is fine, the present state of the book forbids it.
        LIMIT: A limit is reached.
        STORAGE: The medium, the handle or another process is in the way.
        CORRUPT: Bytes are not what was written.
    """

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"
    STORAGE = "storage"
    CORRUPT = "corrupt"


class ExportFormat(Enum):
    """In which form the journal is written.

    Attributes:
        HLEDGER: Plain-text accounting that both hledger and ledger read.
        BEANCOUNT: beancount, version 3.
        CSV: One line a posting, guarded against formula injection.
        JSON_LINES: One JSON document a record.
    """

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    CSV = "csv"
    JSON_LINES = "json_lines"


class FailureReason(Enum):
    """Why an attempt failed, as far as a donor can be told.

    Attributes:
        DECLINED: The bank said no.
        INSUFFICIENT_FUNDS: There is not enough money.
        NOT_AUTHENTICATED: The donor could not be verified.
        METHOD_EXPIRED: The card, or the mandate, is not valid any more.
        TECHNICAL: A technical failure; another attempt may do.
    """

    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    NOT_AUTHENTICATED = "not_authenticated"
    METHOD_EXPIRED = "method_expired"
    TECHNICAL = "technical"


class FeeBearer(Enum):
    """Who bears the processor's fee.

    Attributes:
        CAUSES: The parts of the gift in proportion, the tip included.
        PLATFORM: The platform.
    """

    CAUSES = "causes"
    PLATFORM = "platform"


class FeeGivenBack(Enum):
    """Which fee is given back to causes.

    Attributes:
        OF_PROCESSOR: That of the processor, which keeps it; the platform bears it from now on:
            `expenses:processor:cover`.
        OF_PLATFORM: The platform's own: `income:platform:fees`.
    """

    OF_PROCESSOR = "of_processor"
    OF_PLATFORM = "of_platform"


class ImportMode(Enum):
    """Whether an import posts or only says what it would post.

    Attributes:
        POST: Posts.
        DRY_RUN: Decides every row as if it were posted, and writes nothing.
    """

    POST = "post"
    DRY_RUN = "dry_run"


class LineKind(Enum):
    """What a line of a donor's or a cause's history is about.

    Attributes:
        DONOR_REGISTERED: The donor was registered.
        DONOR_UPDATED: The donor's profile was replaced.
        DONOR_ERASED: The donor was erased.
        CAUSE_OPENED: The cause was opened.
        CAUSE_UPDATED: What is said of the cause was replaced.
        DONATION: A gift.
        REFUND: A refund.
        ADJUSTMENT: Money without a known gift.
        REALLOCATION: Money moved from one cause to another.
        PERIOD_CLOSED: A period was closed; on accounts only.
        REVERSAL: An entry was taken back; the other fields say which.
        DONORS_MERGED: The donor was merged into another.
        MERGE_UNDONE: The donor is on its own again.
        DONATION_BEGUN: A gift was begun that is still to be paid.
        PAYMENT: A payment was started, or came further; `became` says where it stands.
        DONATION_CANCELLED: A gift that was not paid was given up.
        FEE: What a processor kept of a gift was learned.
        PLATFORM_FEE: What the platform kept of a gift.
        PAYOUT: A payout was proposed, or came further; `became` says where it stands.
        SETTLEMENT: A processor paid out; on accounts only.
        DISPUTE: The donor's bank disputes a gift, or that came further; `became` says where it stands.
        DISPUTE_FEE: What a processor charged for a dispute, or gave back of it.
        POLICIES: Policies of the cause were set.
        OVERDRAFT: More was taken from the cause than it had.
        OVERDRAFT_RETURNED: The platform bears less of it: the cause was given that again.
        RECEIVABLE_SETTLED: What the cause owed was settled, all of it or some.
        FEES_GIVEN_BACK: Causes were given back what they bore of a fee.
        GOAL_REACHED: What the cause has raised reached its goal.
        UNIDENTIFIED: Money came in, or went back, of which nobody knows whose gift it is.
        SET_ASIDE: What a gift brought was set aside, because the cause was closed.
        SET_ASIDE_RELEASED: The cause was given what had been set aside.
        EXCHANGE: A processor exchanged money; on accounts only.
        REDIVIDED: What a processor took by itself was divided anew: see `TakingsRedivided`.
    """

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
    """What happens when more is taken from a cause than it has: a gift is given back, or lost to a dispute, after
    the cause was paid out.

    Attributes:
        RECOVER_FROM_NEXT_GIFTS: What is available to it goes below zero, and its next gifts fill that up first.
            Nothing else is posted.
        ALLOW_AS_RECEIVABLE: The cause owes it: it is moved to `assets:receivable:cause:<cause>`, and the next
            gifts are the cause's in full.
        BLOCK: A refund, a fee of the platform or a reallocation that would do it is refused (3032). What a bank
            or a processor did cannot be refused, and becomes a receivable.
        ABSORB_BY_PLATFORM: The platform bears it: it is moved to `expenses:bad-debt:causes`.
    """

    RECOVER_FROM_NEXT_GIFTS = "recover_from_next_gifts"
    ALLOW_AS_RECEIVABLE = "allow_as_receivable"
    BLOCK = "block"
    ABSORB_BY_PLATFORM = "absorb_by_platform"


class Opening(Enum):
    """Whether a ledger must be there, must not, or may.

    Attributes:
        OPEN_OR_CREATE: Opens the ledger in the folder; makes one where there is none.
        OPEN_EXISTING: Opens the ledger in the folder.
        CREATE_NEW: Makes a ledger in a folder that has none.
    """

    OPEN_OR_CREATE = "open_or_create"
    OPEN_EXISTING = "open_existing"
    CREATE_NEW = "create_new"


class Order(Enum):
    """Which end of a history comes first.

    Attributes:
        OLDEST_FIRST: As it happened.
        NEWEST_FIRST: Latest first.
    """

    OLDEST_FIRST = "oldest_first"
    NEWEST_FIRST = "newest_first"


class Outcome(Enum):
    """What is known of a call that the medium failed.

    Attributes:
        NOT_COMMITTED: Nothing happened; the call can be made again.
        UNKNOWN: It may have happened: reopen, then repeat with the same key, or ask for the key's status.
        READ_FAILED: It was a read; nothing was to change.
    """

    NOT_COMMITTED = "not_committed"
    UNKNOWN = "unknown"
    READ_FAILED = "read_failed"


class OverdraftBorneBy(Enum):
    """Who bears what was taken from a cause beyond what it had.

    Attributes:
        CAUSE: The cause owes it.
        PLATFORM: The platform does.
    """

    CAUSE = "cause"
    PLATFORM = "platform"


class PaymentState(Enum):
    """Where an attempt stands. Amounts are never in it.

    Attributes:
        CREATED: It was begun.
        REQUIRES_ACTION: The donor has to do something first: confirm it, pay a voucher.
        PROCESSING: The provider is at work; with bank debits for days.
        AUTHORISED: The money is reserved, and not taken yet.
        CAPTURED: The money was taken. Final.
        FAILED: It was refused. Final, unless money was taken after all.
        VOIDED: It was given up before money was taken. Final, unless money was taken after all.
        EXPIRED: The reservation, or the time to pay, ran out. Final, unless money was taken after all.
    """

    CREATED = "created"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    FAILED = "failed"
    VOIDED = "voided"
    EXPIRED = "expired"


class PayoutReport(Enum):
    """What was learned of a payout.

    Attributes:
        IN_TRANSIT: It was sent.
        PAID: It arrived.
        FAILED: It did not arrive, or was given up.
        REVERSED: It came back after it had arrived.
    """

    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"


class PayoutState(Enum):
    """Where a payout stands.

    Attributes:
        PROPOSED: Somebody means to pay it; no money moved, none is reserved.
        IN_TRANSIT: It was sent: the cause cannot have the money twice.
        PAID: It arrived.
        FAILED: It did not arrive, or was given up; the cause has the money again. Final.
        REVERSED: It came back after it had arrived; the cause has the money again. Final.
    """

    PROPOSED = "proposed"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"


class Period(Enum):
    """By what totals are summed up.

    Attributes:
        MONTH: By calendar month.
        YEAR: By calendar year.
    """

    MONTH = "month"
    YEAR = "year"


class RefundReport(Enum):
    """What was learned of a refund.

    Attributes:
        PENDING: The processor is at work.
        SUCCEEDED: The donor has it.
        FAILED: It did not reach the donor.
        CANCELLED: It was given up.
    """

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RefundState(Enum):
    """Where a refund that a processor carries out stands.

    Attributes:
        REQUESTED: It was promised: the causes have the money no more.
        PENDING: The processor is at work.
        SUCCEEDED: The donor has it.
        FAILED: It did not reach the donor, also where it was said before that it had; the causes have the money
            again. Final.
        CANCELLED: It was given up before the donor had it; the causes have the money again. Final.
    """

    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class SandboxCard(Enum):
    """What comes of a payment.

    Attributes:
        GOOD: It is captured, and its fee is known.
        DECLINED: It is refused.
        INSUFFICIENT_FUNDS: There is not enough money.
        ASKS_DONOR: The donor has to confirm it, and then it is captured.
        DISPUTE_LOST: It is captured, disputed, and the dispute is lost.
        DISPUTE_WON: It is captured, disputed, and the dispute is won.
    """

    GOOD = "good"
    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    ASKS_DONOR = "asks_donor"
    DISPUTE_LOST = "dispute_lost"
    DISPUTE_WON = "dispute_won"


class SettlementOutcome(Enum):
    """What became of a settlement.

    Attributes:
        PAID: It arrived.
        RETURNED: It did not arrive, or came back.
    """

    PAID = "paid"
    RETURNED = "returned"


class Severity(Enum):
    """How bad something is that was found.

    Attributes:
        NOTE: Good to know; nothing is wrong.
        WARNING: Something is not as it was left, and nothing is lost by it.
        DAMAGE: Something that only a copy can give back.
    """

    NOTE = "note"
    WARNING = "warning"
    DAMAGE = "damage"


class Side(Enum):
    """The left or the right column of an account.

    Attributes:
        DEBIT: Left: assets and expenses grow.
        CREDIT: Right: liabilities, net assets and revenue grow.
    """

    DEBIT = "debit"
    CREDIT = "credit"


class StateFound(Enum):
    """What an opening found of the derived state.

    Attributes:
        AT_REST: It was at rest, complete and unharmed.
        BEHIND: It was whole, but did not go up to the end of the journal: its process was killed, or it is
            older than the journal. What was missing was folded.
        MISSING: There was none; it was made from the journal.
        DAMAGED: It was not as it was left, or is of another ledger; it was made again.
        DOUBTFUL: Its process ended without closing it, and nobody knows whether it reached the disk: a power
            cut, or a system that does not say. It was made again.
        OF_ANOTHER_HISTORY: It goes back to records that the journal does not have; it was made again.
        NOT_WANTED: It was to be made again, whatever it was.
    """

    AT_REST = "at_rest"
    BEHIND = "behind"
    MISSING = "missing"
    DAMAGED = "damaged"
    DOUBTFUL = "doubtful"
    OF_ANOTHER_HISTORY = "of_another_history"
    NOT_WANTED = "not_wanted"


class StatePolicy(Enum):
    """Whether a state that is found is believed.

    Attributes:
        TRUST: If it is sound: closed and unharmed, or of a killed process and complete in itself. `StateFound`
            says what was found.
        REBUILD: Never: it is made again from the journal.
    """

    TRUST = "trust"
    REBUILD = "rebuild"


class StripeMode(Enum):
    """Which of an account's two worlds events are of.

    Attributes:
        LIVE: Real money.
        TEST: None.
    """

    LIVE = "live"
    TEST = "test"


class Visibility(Enum):
    """Whether the public may see who gave. A property of the gift, not of the donor.

    Attributes:
        PUBLIC: The donor may be named.
        ANONYMOUS: The donor must not be named.
    """

    PUBLIC = "public"
    ANONYMOUS = "anonymous"


class WhyNothing(Enum):
    """Why an entry is taken back and nothing put in its place.

    Attributes:
        ENTERED_TWICE: It is in the book twice.
        NEVER_HAPPENED: It never happened.
    """

    ENTERED_TWICE = "entered_twice"
    NEVER_HAPPENED = "never_happened"
