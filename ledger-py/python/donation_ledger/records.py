"""Records: what a ledger is asked for, and what commands are made of.

Written by tools/declare.py from the sources of ledger-core; a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from donation_ledger._record import Record, field, variant, once
from donation_ledger.choices import NegativeCause

once(__name__)

if TYPE_CHECKING:
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


class Totals(Record, frozen=True):
    """The totals of a cause or a donor in one currency, in minor units. All but `adjusted` and `net` are never
    negative; in the totals of a month or a year each can be, where a correction takes back what was entered on
    a day of an earlier one. * `gross` = captured designations (for a donor: and tips) * `refunded` = refunds
    promised and not failed, unlinked ones among them * `disputed` = lost disputes * `fees` = fees borne less
    fees given back or covered (for a donor always 0: donors bear none) * `adjusted` = signed adjustments *
    `net` = gross - refunded - disputed - fees + adjusted * `pending` = authorised or being processed, in no
    other figure * `paid out` = what arrived at the cause and did not come back, repayments of what it owed
    among that * `written off` = what the cause owed and the platform bears * what is held for a cause = net -
    paid out + written off; below zero where the cause owes it

    Attributes:
        currency: The currency of every figure, by its code.
        gross: Captured designations; for a donor: and tips.
        refunded: Refunds promised and not failed.
        disputed: Lost disputes.
        fees: Fees borne less fees given back or covered.
        adjusted: Signed adjustments.
        pending: Authorised or being processed, in no other figure.
        paid_out: Paid out to the cause, less what came back.
        written_off: What the cause owed and the platform bears.
        net: gross - refunded - disputed - fees + adjusted.
        raised: gross - refunded - disputed: what counts towards a goal.
        held: net - paid_out + written_off: what is held for a cause; below zero where it owes.
        donations: How many gifts.
    """

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


class AccountBalance(Record, frozen=True):
    """The balance of an account after a record.

    Attributes:
        account: The name of the account.
        currency: Its currency.
        debits: Everything debited so far.
        credits: Everything credited so far.
        net: The net on the account's normal side.
        lines: How many lines were posted to it.
    """

    account: str
    currency: str
    debits: Decimal
    credits: Decimal
    net: Decimal
    lines: int


class PostedLine(Record, frozen=True):
    """One posted line and what its account had come to, so that a balance at a seq needs no replay.

    Attributes:
        account: The name of the account.
        currency: Its currency.
        side: Debit or credit.
        amount: How much.
        debits: Everything debited to the account, this line included.
        credits: Everything credited to it, this line included.
        number: This line's number among those of the account, from 1.
    """

    account: str
    currency: str
    side: Side
    amount: Decimal
    debits: Decimal
    credits: Decimal
    number: int


class CurrencySum(Record, frozen=True):
    """Debits and credits of one currency over all accounts.

    Attributes:
        currency: The currency.
        debits: Sum of all debits.
        credits: Sum of all credits; equal to the debits.
    """

    currency: str
    debits: Decimal
    credits: Decimal


class CauseStanding(Record, frozen=True):
    """Where a cause stands. Figures are in minor units of its currency. Always available + held + in transit -
    owed = net - paid out + written off.

    Attributes:
        cause: The cause.
        totals: Its totals.
        available: What can be paid out.
        held: What it cannot have until disputes are decided.
        in_transit: What was sent and did not arrive yet.
        owed: What it owes.
    """

    cause: CauseId
    totals: Totals
    available: Decimal
    held: Decimal
    in_transit: Decimal
    owed: Decimal


class BalanceSheet(Record, frozen=True):
    """What the book owns, owes and has of its own on a day, in one currency.

    Attributes:
        currency: The currency.
        balances: Assets, liabilities and net assets, account by account.
        assets: Sum of the assets.
        liabilities: Sum of the liabilities.
        net_assets: Sum of the net assets that periods left.
        result: Revenue less expenses of days that are not closed yet.
    """

    currency: str
    balances: tuple[AccountBalance, ...]
    assets: Decimal
    liabilities: Decimal
    net_assets: Decimal
    result: Decimal


class StatementLine(Record, frozen=True):
    """A line of a statement.

    Attributes:
        what: What happened.
        change: What the line adds; negative where it takes away.
        balance: The balance after the line.
    """

    what: HistoryLine
    change: Decimal
    balance: Decimal


class Statement(Record, frozen=True):
    """The lines of a period.

    Attributes:
        currency: The currency of every figure.
        from_: The first day.
        to: The last day.
        seq: The last record that is in it.
        opening: The balance before the first line.
        lines: The lines, oldest first.
        closing: The balance after the last line.
    """

    currency: str
    from_: date
    to: date
    seq: int
    opening: Decimal
    lines: tuple[StatementLine, ...]
    closing: Decimal


class Account(Record, frozen=True):
    """A bucket of one currency.

    Attributes:
        name: Its name in the chart.
        currency: Its currency.
    """

    name: str
    currency: str


class AccountLine(Record, frozen=True):
    """A line of an account.

    Attributes:
        seq: The record.
        recorded_at: When it was recorded.
        day: The day on which it happened.
        posted: The posted line, with the account's balance after it.
    """

    seq: int
    recorded_at: datetime
    day: date
    posted: PostedLine


class Attribute(Record, frozen=True):
    """A free attribute of a donor.

    Attributes:
        name: Name, 1 to 64 bytes, once per donor.
        value: Value, at most 500 bytes.
    """

    name: str
    value: str


class AuditReport(Record, frozen=True):
    """What an audit looked at and found.

    Attributes:
        seq: The last record that was audited.
        root: The root of the hash tree over all records, in hexadecimal.
        records: Records whose bytes, order, entries and totals were checked.
        entries: Journal entries that were posted again and compared.
        rows: Rows of the state that were compared.
        keys: Keys that were looked up.
        difference: The first thing that is not as it must be; `None` when all is well.
    """

    seq: int
    root: str
    records: int
    entries: int
    rows: int
    keys: int
    difference: str | None


class BackupReport(Record, frozen=True):
    """What a backup holds, and what was copied for it.

    Attributes:
        ledger: Of which ledger.
        seq: Its last record.
        root: The root of the hash tree up to it, in hexadecimal.
        segments: Segments that it has.
        bytes_copied: Bytes of the journal that this run copied.
        is_incremental: Whether there was a backup before, to which only what was new was added.
    """

    ledger: LedgerId
    seq: int
    root: str
    segments: int
    bytes_copied: int
    is_incremental: bool


class BegunDonation(Record, frozen=True):
    """A donation that was begun before it was paid.

    Attributes:
        id: Its id.
        donor: Who gives.
        gift: What the donor means to give.
        fee_bearer: Who bears the fees of the processor.
        visibility: Whether the donor may be named.
        state: What has become of it.
        captured_in: The record that captured it, if one did.
        payments: The attempts at collecting it, in the order in which they were begun.
    """

    id: DonationId
    donor: DonorId
    gift: MeantGift
    fee_bearer: FeeBearer
    visibility: Visibility
    state: BegunState
    captured_in: int | None
    payments: tuple[Payment, ...]


class Beneficiary(Record, frozen=True):
    """Who receives a part of a donation."""


@variant(Beneficiary, "cause")
class _Beneficiary_Cause(Beneficiary, frozen=True):
    """A cause.

    Attributes:
        cause: The cause.
    """

    cause: CauseId


@variant(Beneficiary, "platform")
class _Beneficiary_Platform(Beneficiary, frozen=True):
    """The platform, by a tip."""


class Cause(Record, frozen=True):
    """A cause.

    Attributes:
        id: Its id.
        currency: Its currency.
        status: Open, paused or closed.
        details: What is said of it.
        totals: Its totals.
        history_lines: How many lines its history has.
    """

    id: CauseId
    currency: str
    status: CauseStatus
    details: CauseDetails
    totals: Totals
    history_lines: int


class CauseChange(Record, frozen=True):
    """What a record changed in the totals of a cause.

    Attributes:
        seq: The record.
        day: The day on which it counts; of what a correction takes back, the day on which that had counted.
        cause: The cause.
        change: What was added to each figure; less than nothing where something was taken off.
    """

    seq: int
    day: date
    cause: CauseId
    change: Totals


class CauseDetails(Record, frozen=True, kw_only=True):
    """What can be said of a cause and changed later. Its currency is fixed when it is opened.

    Attributes:
        name: Name, 1 to 200 bytes.
        description: Description, at most 4,000 bytes.
        external_id: The app's own id of the cause, at most 200 bytes; unique.
        goal: How much is to be raised, in the cause's currency. Gifts beyond it are welcome.
        opens_on: First day on which gifts may be dated.
        closes_on: Last day on which gifts may be dated.
    """

    name: str
    description: str | None = None
    external_id: str | None = None
    goal: Amount | None = None
    opens_on: date | None = None
    closes_on: date | None = None


class CausePolicies(Record, frozen=True, kw_only=True):
    """The policies of a cause.

    Attributes:
        on_negative: When it would have less than nothing.
        on_closed: When money comes after it was closed.
    """

    on_negative: NegativeCause = NegativeCause.RECOVER_FROM_NEXT_GIFTS
    on_closed: ClosedCause


class Change(Record, frozen=True):
    """One record, as far as it may be told: ids and money, nothing personal.

    Attributes:
        seq: Its place in the journal, from 1 without gaps.
        recorded_at: When it was recorded.
        clock: Whether the clock could be believed then.
        day: The day on which it happened.
        key: The caller's key.
        events: What happened.
        entries: How it was posted.
    """

    seq: int
    recorded_at: datetime
    clock: ClockReading
    day: date
    key: str | None
    events: tuple[Event, ...]
    entries: tuple[ChangeEntry, ...]


class ChangeEntry(Record, frozen=True):
    """An entry of a record, with what it was posted for.

    Attributes:
        event: Which of the events, from 0.
        day: The day: that of the record, unless it takes back what happened on another.
        lines: Its lines: balanced in every currency.
    """

    event: int
    day: date
    lines: tuple[PostedLine, ...]


class ClosedAccount(Record, frozen=True):
    """An account of revenue or expenses that a closing brings to zero.

    Attributes:
        account: The account.
        side: The side on which it is posted to come to zero.
        amount_minor: How much, in minor units.
        into: The account of net assets that takes it.
    """

    account: Account
    side: Side
    amount_minor: int
    into: Account


class ClosedCause(Record, frozen=True):
    """Where the money of a payment goes that was begun while a cause was open and is captured after it was closed.
    """


@variant(ClosedCause, "take_anyway")
class _ClosedCause_TakeAnyway(ClosedCause, frozen=True):
    """To the cause, as it was meant."""


@variant(ClosedCause, "set_aside")
class _ClosedCause_SetAside(ClosedCause, frozen=True):
    """Aside, to `liabilities:suspense:unidentified`, until somebody decides."""


@variant(ClosedCause, "pass_to")
class _ClosedCause_PassTo(ClosedCause, frozen=True):
    """To another cause of the same currency.

    Attributes:
        cause: Which.
    """

    cause: CauseId


class CutReport(Record, frozen=True):
    """A group that was cut off the end of the journal.

    Attributes:
        seq: The seq at which it would have begun.
        saved_as: The file below the folder that keeps its bytes.
    """

    seq: int
    saved_as: str


class Designation(Record, frozen=True):
    """The donor's choice: this much for this cause.

    Attributes:
        cause: The cause.
        amount: How much, in the cause's currency.
    """

    cause: CauseId
    amount: Amount


class Diagnosis(Record, frozen=True):
    """What a doctor found of a ledger.

    Attributes:
        ledger: Which ledger, as far as that can be read.
        writer: The process id that a writer wrote who has it open. What that writer may change at any moment
            was then not looked at: the state, and what follows the last acknowledged record.
        acknowledged_seq: The last record that was acknowledged.
        whole_seq: Up to which record the journal is whole from its beginning.
        segments: Files of the journal.
        epoch: The epoch of the last whole record.
        keys_in_use: Keys of donors.
        keys_destroyed: Keys that are destroyed.
        findings: What was found, in the order of the files.
    """

    ledger: LedgerId | None
    writer: str | None
    acknowledged_seq: int
    whole_seq: int
    segments: int
    epoch: int
    keys_in_use: int
    keys_destroyed: int
    findings: tuple[Finding, ...]


class Dispute(Record, frozen=True):
    """A dispute and where it stands.

    Attributes:
        id: Its id.
        donation: The donation.
        amount: How much is disputed.
        state: Where it stands.
        held: What causes cannot have until it is decided.
        shares: What each part lost, once it was lost.
        fee_minor: What the processor charged for it, less what it gave back of that, in minor units.
    """

    id: DisputeId
    donation: DonationId
    amount: Amount
    state: DisputeState
    held: tuple[Designation, ...]
    shares: tuple[PartShare, ...]
    fee_minor: int


class Donation(Record, frozen=True):
    """A donation and what has become of it. The debug form leaves the donor's words out.

    Attributes:
        id: Its id.
        seq: The record that captured it.
        recorded_at: When it was recorded.
        day: The day of the gift.
        donor: Who gave.
        designations: To which causes.
        tip: To the platform on top.
        fee: What the processor kept.
        fee_bearer: Who bears the fee.
        method: How the money came in.
        visibility: Whether the donor may be named.
        memo: The donor's words; none where none were given or the donor was erased.
        parts: What each cause, and the platform, was given and gave back.
        refunds: Its refunds, oldest first, less those that a correction took back.
        reversed_by: The record of the correction that took it back, if one did.
    """

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


class DonationPart(Record, frozen=True):
    """One part of a donation and what has become of it.

    Attributes:
        beneficiary: Who received it.
        given_minor: What was given, in minor units.
        refunded_minor: What was given back so far, in minor units.
        disputed_minor: What the donor's bank took back by disputes that were lost. With what was given back,
            never more than was given.
    """

    beneficiary: Beneficiary
    given_minor: int
    refunded_minor: int
    disputed_minor: int


class Donor(Record, frozen=True):
    """A donor, with all of its ids.

    Attributes:
        id: Its id. Where it was asked for by an id that was merged, the one that was kept.
        asked_as: The id by which it was asked for, or whose e-mail address or external id it was found by: the
            same, or one that was merged. What is recorded for this id stays its own when the merge is undone.
        merged: The ids that were merged into it; what is recorded for one of them is the donor's too.
        kind: Person or organisation.
        standing: Registered, guest or anonymous.
        profile: What is known; empty where nothing is.
        erased: Why the donor was erased, if so.
        totals: Totals, in order of currency; none before the first gift.
        history_lines: How many lines its history has.
    """

    id: DonorId
    asked_as: DonorId
    merged: tuple[DonorId, ...]
    kind: DonorKind
    standing: DonorStanding
    profile: DonorProfile
    erased: ErasureReason | None
    totals: tuple[Totals, ...]
    history_lines: int


class DonorProfile(Record, frozen=True, kw_only=True):
    """What is known of a donor. All of it is encrypted at rest with the donor's own key.

    Attributes:
        name: Name, at most 200 bytes.
        email: E-mail address, at most 254 bytes; unique, compared without regard to case.
        external_id: The app's own id of the donor, at most 200 bytes; unique.
        date_of_birth: Date of birth.
        location: Where the donor lives, in the app's own words, at most 200 bytes.
        attributes: Anything else: at most 32 attributes.
    """

    name: str | None = None
    email: str | None = None
    external_id: str | None = None
    date_of_birth: date | None = None
    location: str | None = None
    attributes: Sequence[Attribute] = ()


class FactSays(Record, frozen=True):
    """What a provider says. Where another object is named, it is by its id at the provider."""


@variant(FactSays, "payment")
class _FactSays_Payment(FactSays, frozen=True, kw_only=True):
    """A payment stands so.

    Attributes:
        payment: Our payment, where the provider was told of it.
        report: How it stands.
        captured: How much was captured, where it was.
    """

    payment: PaymentId | None = None
    report: PaymentReport
    captured: Amount | None = None


@variant(FactSays, "exchanged")
class _FactSays_Exchanged(FactSays, frozen=True, kw_only=True):
    """A payment was captured and exchanged into the currency of the causes.

    Attributes:
        of_payment: The payment.
        captured: How much was captured, in the currency in which it was.
        settled: What it became, before fees.
        rate: The rate, as the provider gave it.
    """

    of_payment: str
    captured: Amount | None = None
    settled: Amount
    rate: str | None = None


@variant(FactSays, "fee")
class _FactSays_Fee(FactSays, frozen=True):
    """A fee of a payment is known.

    Attributes:
        of_payment: The payment.
        fee: How much.
    """

    of_payment: str
    fee: Amount


@variant(FactSays, "refund")
class _FactSays_Refund(FactSays, frozen=True, kw_only=True):
    """A refund stands so.

    Attributes:
        of_payment: The payment.
        refund: Our refund, where the provider was told of it.
        amount: How much.
        report: How it stands.
        made_at: When it was made there.
    """

    of_payment: str
    refund: RefundId | None = None
    amount: Amount
    report: RefundReport
    made_at: datetime


@variant(FactSays, "dispute")
class _FactSays_Dispute(FactSays, frozen=True):
    """A dispute stands so.

    Attributes:
        of_payment: The payment.
        amount: How much is disputed.
        state: How it stands.
        made_at: When it was made there.
    """

    of_payment: str
    amount: Amount
    state: DisputeState
    made_at: datetime


@variant(FactSays, "dispute_fee")
class _FactSays_DisputeFee(FactSays, frozen=True, kw_only=True):
    """What was charged for a dispute so far, and given back of that, is known.

    Attributes:
        charged: What was charged in all.
        returned: What was given back in all.
    """

    charged: Amount | None = None
    returned: Amount | None = None


@variant(FactSays, "settlement")
class _FactSays_Settlement(FactSays, frozen=True):
    """The provider paid out to a bank account of ours, or that came back.

    Attributes:
        bank: The bank account.
        amount: How much.
        outcome: Whether it arrived.
    """

    bank: str
    amount: Amount
    outcome: SettlementOutcome


class Finding(Record, frozen=True):
    """One thing that was found.

    Attributes:
        file: The file, below the folder of the ledger.
        offset: The offset in it; 0 where there is none.
        seq: The record; 0 where there is none.
        what: What it is.
        severity: How bad it is.
        cure: What is done about it.
        code: The code of the error that it causes, where it causes one.
    """

    file: str
    offset: int
    seq: int
    what: str
    severity: Severity
    cure: Cure
    code: int | None


class Followed(Record, frozen=True):
    """How far a follower is.

    Attributes:
        seq: The last record of the copy.
        source_seq: The last record that the source has acknowledged. Those under `Durability::Os` are not
            copied before they are durable: the source may lose them with the power.
        root: The root of the hash tree up to `seq`, in hexadecimal.
        records: Records that this step copied.
        keys_destroyed: Keys of erased donors that this step destroyed in the copy.
    """

    seq: int
    source_seq: int
    root: str
    records: int
    keys_destroyed: int


class GiftLife(Record, frozen=True):
    """The whole life of a gift.

    Attributes:
        id: The donation.
        begun: How it was begun and collected; none where it came in paid.
        donation: The gift, once it was captured.
        refunds: Its refunds that a processor carries out, those that were undone among them.
        disputes: Its disputes, in the order in which they were opened.
        fees_minor: What a processor kept of it, in minor units.
        left_minor: What is left of it: what was given, less what was given back or lost, in minor units.
        currency: The currency of these.
    """

    id: DonationId
    begun: BegunDonation | None
    donation: Donation | None
    refunds: tuple[GiftRefund, ...]
    disputes: tuple[Dispute, ...]
    fees_minor: int
    left_minor: int
    currency: str | None


class GiftRefund(Record, frozen=True):
    """A refund that a processor carries out.

    Attributes:
        id: Its id.
        state: Where it stands.
        shares: What each part gives back with it.
    """

    id: RefundId
    state: RefundState
    shares: tuple[PartShare, ...]


class Giver(Record, frozen=True):
    """Who gave, as far as the public may know. A property of the gift: what becomes of the donor later changes no
    old gift from anonymous to named.
    """


@variant(Giver, "named")
class _Giver_Named(Giver, frozen=True):
    """By name, as the donor is called now.

    Attributes:
        name: The name.
    """

    name: str


@variant(Giver, "anonymous")
class _Giver_Anonymous(Giver, frozen=True):
    """Not named: the gift is anonymous, or there is no name (any more). The number is of this gift in this list;
    it says nothing about the donor, and two gifts of one donor have two.

    Attributes:
        number: A number that no other line of the list has.
    """

    number: int


class HeldAnew(Record, frozen=True):
    """What is held of causes for a dispute, decided anew.

    Attributes:
        dispute: The dispute.
        before: What was held until now.
        after: What is held.
    """

    dispute: DisputeId
    before: tuple[Designation, ...]
    after: tuple[Designation, ...]


class HistoryLine(Record, frozen=True):
    """A line of a donor's or a cause's history. In a cause's history only what concerns the cause is shown: its
    own part of a gift, never the other causes or the whole.

    Attributes:
        seq: The record.
        recorded_at: When it was recorded.
        day: The day on which it happened.
        kind: What it is about.
        donor: The donor, where there is one, by the id that was given.
        merged_into: The donor that was kept, of a merge and its undoing.
        donation: The donation, of a donation or refund.
        refund: The refund.
        adjustment: The adjustment.
        reallocation: The reallocation. Its causes are the one that gave the money up and the one that received
            it.
        reversal: The reversal.
        payment: The payment.
        payout: The payout.
        dispute: The dispute.
        suspense: The money that is not known to be anybody's gift.
        became: Where a payment or a payout stands with this line, in a word.
        reason: Why, of an adjustment.
        correction: Why, of a reversal.
        visibility: Whether the donor may be named, of a donation and its refunds. Without it, do not name the
            donor.
        amount: The money: of a cause its part, of a donor the whole, the tip included.
        causes: Who received or gave back how much, causes only: of a cause itself, of a donor all.
    """

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


class Identity(Record, frozen=True):
    """What a ledger is, from its creation on.

    Attributes:
        ledger: Its id.
        mode: Whose books these are.
        created: When it was created.
    """

    ledger: LedgerId
    mode: BookMode
    created: datetime


class ImportReport(Record, frozen=True):
    """Counts of rows; each row is in exactly one of them, and they add up to `rows`.

    Attributes:
        rows: Rows read, the header aside.
        gifts: Posted as gifts.
        refunds: Posted as refunds.
        adjustments: Posted as adjustments.
        memo: Information only: nothing was posted.
        pass_through: Money of somebody else that passed through: nothing was posted.
        zero: Amount zero: nothing was posted, donor and cause are known from now on.
        duplicates: Posted before, by this or an earlier import.
        conflicts: The key stands for another row; told to the watch.
        rejected: Refused; told to the watch.
        sums: Sums by kind and currency: gifts and refunds positive, adjustments and the rest with their sign.
    """

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
    """What became of a webhook. Answer the provider with success for all but `Rejected`: it need not send it
    again.
    """


@variant(Ingested, "applied")
class _Ingested_Applied(Ingested, frozen=True):
    """It changed something.

    Attributes:
        committed: What.
    """

    committed: Committed


@variant(Ingested, "duplicate")
class _Ingested_Duplicate(Ingested, frozen=True):
    """This event was taken in before.

    Attributes:
        seq: The record.
    """

    seq: int


@variant(Ingested, "parked")
class _Ingested_Parked(Ingested, frozen=True):
    """It came before what it is about, and waits for that.

    Attributes:
        seq: The record.
    """

    seq: int


@variant(Ingested, "ignored")
class _Ingested_Ignored(Ingested, frozen=True):
    """It says nothing new, or nothing that the ledger keeps."""


@variant(Ingested, "rejected")
class _Ingested_Rejected(Ingested, frozen=True):
    """It was not taken in. Nothing was recorded.

    Attributes:
        why: Why.
    """

    why: WebhookRejected


class KeysReport(Record, frozen=True):
    """What was copied of a keyring.

    Attributes:
        ledger: Of which ledger.
        in_use: Keys of donors.
        destroyed: Keys that were destroyed, and so are in the copy.
        made_ahead: Keys made ahead, for donors to come.
    """

    ledger: LedgerId
    in_use: int
    destroyed: int
    made_ahead: int


class MadeThere(Record, frozen=True):
    """Which of the refunds and disputes that were made at a provider comes first, in whatever order they are
    learned of.

    Attributes:
        at: When.
        object: Its id there, which decides where two were made at once.
    """

    at: datetime
    object: str


class MeantGift(Record, frozen=True):
    """What a donor means to give.

    Attributes:
        designations: To which causes.
        tip: To the platform on top.
    """

    designations: tuple[Designation, ...]
    tip: Amount | None


class Method(Record, frozen=True):
    """How the money came in, which says where it is now."""


@variant(Method, "offline")
class _Method_Offline(Method, frozen=True):
    """Cash, cheque or transfer, received at `assets:bank:<bank>`.

    Attributes:
        bank: The bank account or till: 1 to 40 of a-z, 0-9 and hyphens.
    """

    bank: str


@variant(Method, "imported")
class _Method_Imported(Method, frozen=True):
    """Taken from another system's records: `assets:imported`."""


@variant(Method, "captured_elsewhere")
class _Method_CapturedElsewhere(Method, frozen=True):
    """Collected by a provider outside this ledger and already at `assets:bank:<bank>`.

    Attributes:
        bank: The bank account: 1 to 40 of a-z, 0-9 and hyphens.
    """

    bank: str


@variant(Method, "processor")
class _Method_Processor(Method, frozen=True):
    """Captured at a payment processor, which has it still: `assets:processor:<processor>:pending`.

    Attributes:
        processor: The account at the processor: 1 to 40 of a-z, 0-9 and hyphens.
    """

    processor: str


@variant(Method, "exchanged")
class _Method_Exchanged(Method, frozen=True):
    """Captured at a processor in another currency than the causes', and exchanged there.

    Attributes:
        processor: The account at the processor.
        given: What the donor gave, in the donor's currency.
    """

    processor: str
    given: Amount


@variant(Method, "identified")
class _Method_Identified(Method, frozen=True):
    """Money that had come in without being known as a gift: `liabilities:suspense:unidentified`.

    Attributes:
        item: Which.
    """

    item: SuspenseId


class Notice(Record, frozen=True):
    """A message to deliver.

    Attributes:
        seq: The record.
        ordinal: Which event of the record, from 0.
        recorded_at: When it was recorded.
        day: The day on which it happened.
        kind: What it is about.
    """

    seq: int
    ordinal: int
    recorded_at: datetime
    day: date
    kind: NoticeKind


class NoticeKind(Record, frozen=True):
    """What a notice is about."""


@variant(NoticeKind, "donation_captured")
class _NoticeKind_DonationCaptured(NoticeKind, frozen=True):
    """A gift is in the books.

    Attributes:
        donation: The donation.
        donor: Who gave.
        designations: To which causes.
        tip: To the platform on top.
    """

    donation: DonationId
    donor: DonorId
    designations: tuple[Designation, ...]
    tip: Amount | None


@variant(NoticeKind, "payment_failed")
class _NoticeKind_PaymentFailed(NoticeKind, frozen=True):
    """A payment failed; the donation still waits.

    Attributes:
        payment: The payment.
        donation: The donation.
        donor: Who meant to give.
        reason: Why, if that is known.
    """

    payment: PaymentId
    donation: DonationId
    donor: DonorId
    reason: FailureReason | None


@variant(NoticeKind, "donation_refunded")
class _NoticeKind_DonationRefunded(NoticeKind, frozen=True):
    """All or some of a gift was given back.

    Attributes:
        refund: The refund.
        donation: The donation.
        donor: Who has the money.
        amount: How much.
    """

    refund: RefundId
    donation: DonationId
    donor: DonorId
    amount: Amount


@variant(NoticeKind, "refund_failed")
class _NoticeKind_RefundFailed(NoticeKind, frozen=True):
    """A refund did not reach the donor.

    Attributes:
        refund: The refund.
        donation: The donation.
        donor: Who does not have the money.
        amount: How much.
    """

    refund: RefundId
    donation: DonationId
    donor: DonorId
    amount: Amount


@variant(NoticeKind, "dispute_opened")
class _NoticeKind_DisputeOpened(NoticeKind, frozen=True):
    """The donor's bank disputes a gift.

    Attributes:
        dispute: The dispute.
        donation: The donation.
        donor: Who gave.
        amount: How much.
        state: An inquiry, or opened with money withdrawn.
    """

    dispute: DisputeId
    donation: DonationId
    donor: DonorId
    amount: Amount
    state: DisputeState


@variant(NoticeKind, "dispute_decided")
class _NoticeKind_DisputeDecided(NoticeKind, frozen=True):
    """A dispute came to its end.

    Attributes:
        dispute: The dispute.
        donation: The donation.
        donor: Who gave.
        amount: How much.
        state: Won, lost or closed.
    """

    dispute: DisputeId
    donation: DonationId
    donor: DonorId
    amount: Amount
    state: DisputeState


@variant(NoticeKind, "payout_paid")
class _NoticeKind_PayoutPaid(NoticeKind, frozen=True):
    """A cause has been paid.

    Attributes:
        payout: The payout.
        cause: The cause.
        amount: How much.
    """

    payout: PayoutId
    cause: CauseId
    amount: Amount


@variant(NoticeKind, "payout_failed")
class _NoticeKind_PayoutFailed(NoticeKind, frozen=True):
    """A payout did not arrive, or came back.

    Attributes:
        payout: The payout.
        cause: The cause.
        amount: How much.
    """

    payout: PayoutId
    cause: CauseId
    amount: Amount


@variant(NoticeKind, "goal_reached")
class _NoticeKind_GoalReached(NoticeKind, frozen=True):
    """What a cause has raised reached its goal.

    Attributes:
        cause: The cause.
        goal: Its goal.
    """

    cause: CauseId
    goal: Amount


@variant(NoticeKind, "cause_closed")
class _NoticeKind_CauseClosed(NoticeKind, frozen=True):
    """A cause takes no gifts any more.

    Attributes:
        cause: The cause.
    """

    cause: CauseId


@variant(NoticeKind, "money_unidentified")
class _NoticeKind_MoneyUnidentified(NoticeKind, frozen=True):
    """Money came in of which nobody knows whose gift it is.

    Attributes:
        item: The money.
        amount: How much.
    """

    item: SuspenseId
    amount: Amount


@variant(NoticeKind, "fact_refused")
class _NoticeKind_FactRefused(NoticeKind, frozen=True):
    """What a provider says cannot be: somebody has to look at it.

    Attributes:
        object: The object, by its id at the provider.
        code: The number of the error.
    """

    object: str
    code: int


class NoticePage(Record, frozen=True):
    """Notices in order.

    Attributes:
        notices: The notices: all of every record up to `through`, at most some more than asked for where one
            record has several.
        through: The last record that was looked at: what to acknowledge once all of these were dealt with.
    """

    notices: tuple[Notice, ...]
    through: int


class OpeningReport(Record, frozen=True):
    """What was done to open a ledger.

    Attributes:
        records_folded_again: How many records were folded again because the state was not at rest at the
            journal's end; `None` when it was.
        cut: A group that was being written when the process or the power went, and was never acknowledged.
        state: What was found of the derived state, and so why it was made again if it was.
        head_made_again: Whether `HEAD` could not be read: the journal was taken as it stands, and what was
            acknowledged has no other proof than it.
        key_slots_made_again: Key slots that could not be read and belong to nobody: they got new keys.
        damage: The damage of the journal in spite of which the ledger was opened, for reading what is before
            it.
    """

    records_folded_again: int | None
    cut: CutReport | None
    state: StateFound
    head_made_again: bool
    key_slots_made_again: int
    damage: str | None


class ParkedFact(Record, frozen=True):
    """What a provider says of something that nobody knows here yet.

    Attributes:
        processor: The account at the processor.
        waits_for: The object that it waits for, by its id at the provider: see `AttachObject`.
        fact: The fact.
    """

    processor: str
    waits_for: str
    fact: ProviderFact


class PartShare(Record, frozen=True):
    """The share of a part of a donation, in a fee or a refund.

    Attributes:
        beneficiary: Whose part.
        share_minor: How much, in minor units, at least 1.
    """

    beneficiary: Beneficiary
    share_minor: int


class Payment(Record, frozen=True):
    """An attempt at collecting a donation.

    Attributes:
        id: Its id.
        processor: The account at the processor.
        state: Where it stands.
    """

    id: PaymentId
    processor: str
    state: PaymentState


class PaymentReport(Record, frozen=True):
    """What was learned of an attempt."""


@variant(PaymentReport, "requires_action")
class _PaymentReport_RequiresAction(PaymentReport, frozen=True):
    """The donor has to do something."""


@variant(PaymentReport, "processing")
class _PaymentReport_Processing(PaymentReport, frozen=True):
    """The provider is at work."""


@variant(PaymentReport, "authorised")
class _PaymentReport_Authorised(PaymentReport, frozen=True):
    """The money is reserved."""


@variant(PaymentReport, "captured")
class _PaymentReport_Captured(PaymentReport, frozen=True):
    """The money was taken, all of it."""


@variant(PaymentReport, "failed")
class _PaymentReport_Failed(PaymentReport, frozen=True):
    """It was refused.

    Attributes:
        reason: Why.
    """

    reason: FailureReason


@variant(PaymentReport, "voided")
class _PaymentReport_Voided(PaymentReport, frozen=True):
    """It was given up."""


@variant(PaymentReport, "expired")
class _PaymentReport_Expired(PaymentReport, frozen=True):
    """Its time ran out."""


class Payout(Record, frozen=True):
    """A payout to a cause.

    Attributes:
        id: Its id.
        cause: The cause.
        amount: How much.
        bank: From which bank account.
        state: Where it stands.
    """

    id: PayoutId
    cause: CauseId
    amount: Amount
    bank: str
    state: PayoutState


class PeriodTotals(Record, frozen=True):
    """The totals of a month or a year in one currency: what was added in it, by the days on which it happened.

    Attributes:
        period: The period: `2026-03`, or `2026`.
        totals: What all causes together received in it; a gift to several causes counts as one.
    """

    period: str
    totals: Totals


class PostedEntry(Record, frozen=True):
    """A journal entry as it was posted.

    Attributes:
        lines: Its lines: balanced in every currency.
    """

    lines: tuple[PostedLine, ...]


class ProviderFact(Record, frozen=True):
    """Something that a provider says of one of its objects.

    Attributes:
        object: The object, by its id at the provider, 1 to 100 bytes. It is one thing here, for ever.
        says: What is said of it.
    """

    object: str
    says: FactSays


class ProviderTarget(Record, frozen=True):
    """What an object of a provider is here."""


@variant(ProviderTarget, "payment")
class _ProviderTarget_Payment(ProviderTarget, frozen=True):
    """A payment.

    Attributes:
        payment: Which.
    """

    payment: PaymentId


@variant(ProviderTarget, "refund")
class _ProviderTarget_Refund(ProviderTarget, frozen=True):
    """A refund.

    Attributes:
        refund: Which.
    """

    refund: RefundId


@variant(ProviderTarget, "dispute")
class _ProviderTarget_Dispute(ProviderTarget, frozen=True):
    """A dispute.

    Attributes:
        dispute: Which.
    """

    dispute: DisputeId


@variant(ProviderTarget, "fee")
class _ProviderTarget_Fee(ProviderTarget, frozen=True):
    """A fee that was booked.

    Attributes:
        donation: Of which donation.
    """

    donation: DonationId


@variant(ProviderTarget, "settlement")
class _ProviderTarget_Settlement(ProviderTarget, frozen=True):
    """A settlement.

    Attributes:
        settlement: Which.
    """

    settlement: SettlementId


class PublicGift(Record, frozen=True):
    """A gift as the public may see it. It has no id: ids of gifts and donors lead to the donor.

    Attributes:
        day: The day of the gift.
        giver: Who gave.
        amount: The cause's part of the gift.
        refunded: What of it was given back since; none where nothing was.
    """

    day: date
    giver: Giver
    amount: Amount
    refunded: Amount | None


class Reconciled(Record, frozen=True):
    """What an object of a processor comes to in the books, and in all settlements. In minor units, as a processor
    signs them: less than nothing where it was taken from us.

    Attributes:
        object: The object, by its id at the processor, where that is known.
        is_: What it is here; none where nobody knows.
        booked_gross_minor: What was booked of it, before fees.
        booked_fee_minor: What was booked of its fees.
        settled_gross_minor: What lines of settlements say of it, before fees.
        settled_fee_minor: What they say of its fees.
    """

    object: str | None
    is_: ProviderTarget | None
    booked_gross_minor: int
    booked_fee_minor: int
    settled_gross_minor: int
    settled_fee_minor: int


class ReconciledLine(Record, frozen=True):
    """A line of a settlement, and what it is about; none where the line names nothing.

    Attributes:
        line: The line.
        about: What it is about, with all other lines about the same.
    """

    line: SettlementLine
    about: Reconciled | None


class RecordedAs(Record, frozen=True):
    """What a row of another system's records amounts to."""


@variant(RecordedAs, "gift")
class _RecordedAs_Gift(RecordedAs, frozen=True):
    """A gift, posted as `Donate`."""


@variant(RecordedAs, "adjustment")
class _RecordedAs_Adjustment(RecordedAs, frozen=True):
    """Money moved without a known gift, posted as `Adjust`.

    Attributes:
        reason: Why.
    """

    reason: AdjustmentReason


@variant(RecordedAs, "nothing")
class _RecordedAs_Nothing(RecordedAs, frozen=True):
    """Nothing moved: the donor and the cause are made known, no more."""


class Redivided(Record, frozen=True):
    """What something takes, divided anew.

    Attributes:
        taking: What takes it.
        before: What each part gave until now.
        after: What each part gives.
    """

    taking: Taking
    before: tuple[PartShare, ...]
    after: tuple[PartShare, ...]


class RefundScope(Record, frozen=True):
    """What of a donation is given back."""


@variant(RefundScope, "everything")
class _RefundScope_Everything(RefundScope, frozen=True):
    """Everything that is left."""


@variant(RefundScope, "proportional")
class _RefundScope_Proportional(RefundScope, frozen=True):
    """An amount, divided over what is left of each part, the tip included.

    Attributes:
        amount: How much.
    """

    amount: Amount


@variant(RefundScope, "causes")
class _RefundScope_Causes(RefundScope, frozen=True, kw_only=True):
    """Amounts of chosen causes; the tip stays.

    Attributes:
        from_: How much of which cause, each cause once.
    """

    from_: Sequence[Designation] = ()


class RefundUnderWay(Record, frozen=True):
    """A refund that a processor carries out.

    Attributes:
        id: Its id.
        donation: The donation.
        state: Where it stands.
    """

    id: RefundId
    donation: DonationId
    state: RefundState


class RefundedPart(Record, frozen=True):
    """What one part of a donation gives back, and has given back with it.

    Attributes:
        beneficiary: Whose part.
        share_minor: What this refund takes, in minor units; may be 0.
        refunded_minor: What all refunds so far took, this one included.
    """

    beneficiary: Beneficiary
    share_minor: int
    refunded_minor: int


class RestoreReport(Record, frozen=True):
    """What was restored.

    Attributes:
        ledger: Which ledger.
        seq: Its last record, as the backup says.
        root: The root of the hash tree up to it, in hexadecimal, as the backup says.
        is_end_certain: Whether the backup says so without doubt. If one of the two slots of its `HEAD` could
            not be read, all that is whole in its journal was taken; if both could and more follows, a run was
            stopped, or the `HEAD` is an older one. Compare `seq` with what the backup reported when it was made.
        bytes_copied: Bytes of the journal.
        rows_compared: Rows of the state that were made from the journal and compared with it.
        keys_destroyed_again: Keys that the file of keys still had although the journal records the erasure of
            their donors. They are destroyed in what was restored; in that file they are not.
    """

    ledger: LedgerId
    seq: int
    root: str
    is_end_certain: bool
    bytes_copied: int
    rows_compared: int
    keys_destroyed_again: int


class Right(Record, frozen=True):
    """What takes the place of a wrong entry, by the rules of its own command and with its key; it may be of
    another kind. Without a day it has that of the wrong entry. The status of causes does not matter: the money
    came in before.
    """


@variant(Right, "nothing")
class _Right_Nothing(Right, frozen=True):
    """Nothing.

    Attributes:
        key: One per act.
        why: Why; it is recorded.
    """

    key: str
    why: WhyNothing


@variant(Right, "donation")
class _Right_Donation(Right, frozen=True):
    """A gift."""

    value: Donate


@variant(Right, "refund")
class _Right_Refund(Right, frozen=True):
    """A refund."""

    value: Refund


@variant(Right, "adjustment")
class _Right_Adjustment(Right, frozen=True):
    """An adjustment."""

    value: Adjust


@variant(Right, "reallocation")
class _Right_Reallocation(Right, frozen=True):
    """A reallocation."""

    value: Reallocate


class SandboxWebhook(Record, frozen=True):
    """A webhook as the sandbox sends it.

    Attributes:
        signature: The value of the header `SANDBOX_SIGNATURE`.
        body: The body.
    """

    signature: str
    body: bytes


class SettledBy(Record, frozen=True):
    """How what a cause owes is settled."""


@variant(SettledBy, "repayment")
class _SettledBy_Repayment(SettledBy, frozen=True):
    """The cause paid it to a bank account of ours.

    Attributes:
        bank: Which: 1 to 40 of a-z, 0-9 and hyphens.
    """

    bank: str


@variant(SettledBy, "set_off")
class _SettledBy_SetOff(SettledBy, frozen=True):
    """It is set off against what is available to the cause."""


@variant(SettledBy, "write_off")
class _SettledBy_WriteOff(SettledBy, frozen=True):
    """It will not be paid: `expenses:bad-debt:causes`."""


class Settlement(Record, frozen=True):
    """A settlement: what a processor paid out to us.

    Attributes:
        id: Its id.
        processor: The account at the processor.
        bank: The bank account.
        amount: How much was paid out.
        is_returned: Whether it did not arrive, or came back.
        lines: How many lines of it were recorded.
        lines_net_minor: What they add up to, after fees, in minor units.
    """

    id: SettlementId
    processor: str
    bank: str
    amount: Amount
    is_returned: bool
    lines: int
    lines_net_minor: int


class SettlementLine(Record, frozen=True, kw_only=True):
    """A line of a processor's account of a settlement, in the currency of the settlement.

    Attributes:
        id: Its id at the processor, 1 to 100 bytes: a line is in one settlement, once, for ever.
        about: The payment, refund or dispute that it is about, by its id at the processor, 1 to 100 bytes; none
            where it is about none.
        gross_minor: What came to us with it in minor units, before fees; less than nothing where it was taken
            from us.
        fee_minor: What the processor kept with it, in minor units; less than nothing where it gave a fee back.
    """

    id: str
    about: str | None = None
    gross_minor: int
    fee_minor: int


class ShareCard(Record, frozen=True):
    """What an app needs to share a gift or a cause. Title and text are plain texts: escape them where you put
    them. Only with the feature `share`.

    Attributes:
        title: A headline.
        text: A sentence.
        link: The address that was given.
        svg: A picture of 1200 × 630 pixels, as a document of SVG. Its texts are in the font `sans-serif` of
            whoever draws it.
    """

    title: str
    text: str
    link: str
    svg: str


class Stats(Record, frozen=True):
    """What a ledger holds.

    Attributes:
        seq: The last record.
        donors: Donors registered.
        causes: Causes opened.
        donations: Donations captured, those that a correction took back among them.
        records: Records in the journal.
        entries: Journal entries posted.
        journal_bytes: Bytes of the journal.
        state_bytes: Bytes of the derived state on disk.
    """

    seq: int
    donors: int
    causes: int
    donations: int
    records: int
    entries: int
    journal_bytes: int
    state_bytes: int


class Taking(Record, frozen=True):
    """Something that takes from a gift."""


@variant(Taking, "refund")
class _Taking_Refund(Taking, frozen=True):
    """A refund.

    Attributes:
        refund: Which.
    """

    refund: RefundId


@variant(Taking, "dispute")
class _Taking_Dispute(Taking, frozen=True):
    """A dispute.

    Attributes:
        dispute: Which.
    """

    dispute: DisputeId


class TrialBalance(Record, frozen=True):
    """All balances at one moment; debits equal credits in every currency.

    Attributes:
        seq: The moment: the last record that is in it.
        balances: Every account that was ever posted to, in the order of the chart.
        sums: The sums, in order of currency.
    """

    seq: int
    balances: tuple[AccountBalance, ...]
    sums: tuple[CurrencySum, ...]


class Unidentified(Record, frozen=True):
    """Money that is not known to be anybody's gift, or was set aside of one.

    Attributes:
        id: Its id.
        amount: How much it was.
        left_minor: How much is left of it, in minor units.
        method: Where it is; none of what was set aside.
        payment: The payment that brought it, if one did.
        donor: Who made that payment.
        object: What the processor calls what brought it, where it collected that payment twice.
        of_donation: The gift of which it was set aside.
        meant_for: The cause for which it was meant, which was closed.
    """

    id: SuspenseId
    amount: Amount
    left_minor: int
    method: Method | None
    payment: PaymentId | None
    donor: DonorId | None
    object: str | None
    of_donation: DonationId | None
    meant_for: CauseId | None


class Unsettled(Record, frozen=True):
    """What the books have of an object that settlements say something else of, or nothing yet.

    Attributes:
        day: The day on which it was booked first, within the days that were asked for.
        seq: The record of that.
        donation: The gift.
        reconciled: The object; of a gift that was recorded without a payment nothing is known of it but its
            gift.
    """

    day: date
    seq: int
    donation: DonationId
    reconciled: Reconciled


class WebhookRefusal(Record, frozen=True):
    """Why a webhook was not taken in. No message holds anything of its body."""


@variant(WebhookRefusal, "no_signature")
class _WebhookRefusal_NoSignature(WebhookRefusal, frozen=True):
    """There is no signature, or it is not written as this provider writes it."""


@variant(WebhookRefusal, "wrong_signature")
class _WebhookRefusal_WrongSignature(WebhookRefusal, frozen=True):
    """The signature is not that of this body."""


@variant(WebhookRefusal, "outside_tolerance")
class _WebhookRefusal_OutsideTolerance(WebhookRefusal, frozen=True):
    """It was signed too long ago, or in the future.

    Attributes:
        seconds: How many seconds away.
        limit: How many may be.
    """

    seconds: int
    limit: int


@variant(WebhookRefusal, "other_mode")
class _WebhookRefusal_OtherMode(WebhookRefusal, frozen=True):
    """It is of the other mode: a test for the live ledger, or the other way round."""


@variant(WebhookRefusal, "not_understood")
class _WebhookRefusal_NotUnderstood(WebhookRefusal, frozen=True):
    """It cannot be understood: the field that is missing or is not what it should be.

    Attributes:
        field: Which field.
    """

    field: str


class WebhookRejected(Record, frozen=True):
    """Why a webhook was not taken in."""


@variant(WebhookRejected, "by_provider")
class _WebhookRejected_ByProvider(WebhookRejected, frozen=True):
    """The provider's reader refused it.

    Attributes:
        refusal: Why.
    """

    refusal: WebhookRefusal


@variant(WebhookRejected, "other_content")
class _WebhookRejected_OtherContent(WebhookRejected, frozen=True):
    """An event with this id was taken in before, and said something else."""


class Wrong(Record, frozen=True):
    """An entry that is wrong in the books, by the id of what it records."""


@variant(Wrong, "donation")
class _Wrong_Donation(Wrong, frozen=True):
    """A donation of which nothing was given back.

    Attributes:
        donation: Which.
    """

    donation: DonationId


@variant(Wrong, "refund")
class _Wrong_Refund(Wrong, frozen=True):
    """A refund.

    Attributes:
        refund: Which.
    """

    refund: RefundId


@variant(Wrong, "adjustment")
class _Wrong_Adjustment(Wrong, frozen=True):
    """An adjustment.

    Attributes:
        adjustment: Which.
    """

    adjustment: AdjustmentId


@variant(Wrong, "reallocation")
class _Wrong_Reallocation(Wrong, frozen=True):
    """A reallocation.

    Attributes:
        reallocation: Which.
    """

    reallocation: ReallocationId
