"""Commands: what a ledger can be told to do.

Written by tools/declare.py from the sources of ledger-core; a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from donation_ledger._record import Record, command, field, once
from donation_ledger.choices import DonorKind, DonorStanding, EntryKind, FeeBearer, Visibility
from donation_ledger.records import DonorProfile

once(__name__)

if TYPE_CHECKING:
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
    from donation_ledger.choices import (
        AdjustmentReason,
        CauseStatus,
        DisputeBegins,
        DisputeFeeFlow,
        DisputeReport,
        ErasureReason,
        FeeGivenBack,
        PayoutReport,
        RefundReport,
    )
    from donation_ledger.records import (
        CauseDetails,
        CausePolicies,
        Designation,
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


class Command(Record, frozen=True):
    """What a ledger can be told to do."""


@command("register_donor")
class RegisterDonor(Command, frozen=True, kw_only=True):
    """Registers a donor.

    Attributes:
        key: Makes a repeat harmless: 1 to 200 bytes, one per act of the user. Never put personal data in it.
        kind: Person or organisation.
        standing: Registered, guest or anonymous.
        profile: What is known; must be empty for an anonymous donor.
    """

    key: str | None = None
    kind: DonorKind = DonorKind.PERSON
    standing: DonorStanding = DonorStanding.REGISTERED
    profile: DonorProfile = field(default_factory=DonorProfile)


@command("update_donor")
class UpdateDonor(Command, frozen=True, kw_only=True):
    """Replaces what is known of a donor.

    Attributes:
        key: Makes a repeat harmless.
        donor: The donor.
        profile: The whole profile from now on.
    """

    key: str | None = None
    donor: DonorId
    profile: DonorProfile


@command("open_cause")
class OpenCause(Command, frozen=True, kw_only=True):
    """Opens a cause.

    Attributes:
        key: Makes a repeat harmless.
        currency: The one currency in which it takes gifts, for ever.
        details: What is said of it.
    """

    key: str | None = None
    currency: str
    details: CauseDetails


@command("update_cause")
class UpdateCause(Command, frozen=True, kw_only=True):
    """Replaces what is said of a cause, and its status.

    Attributes:
        key: Makes a repeat harmless.
        cause: The cause.
        details: All that is said of it from now on.
        status: Open, paused or closed.
    """

    key: str | None = None
    cause: CauseId
    details: CauseDetails
    status: CauseStatus


@command("donate")
class Donate(Command, frozen=True, kw_only=True):
    """Records a gift that has been received: all causes of it, or none.

    Attributes:
        key: One per act of giving, 1 to 200 bytes: the same key never takes money twice.
        donor: Who gives.
        designations: 1 to 100 causes, each once, all in one currency.
        tip: Given to the platform on top.
        fee: What the processor kept of the whole.
        fee_bearer: Who bears the fee.
        method: How the money came in.
        occurred_on: The day of the gift; without one, the UTC day of recording.
        visibility: Whether the public may see who gave.
        memo: The donor's words, at most 1,000 bytes; sealed at rest.
    """

    key: str
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = None
    fee: Amount | None = None
    fee_bearer: FeeBearer = FeeBearer.CAUSES
    method: Method
    occurred_on: date | None = None
    visibility: Visibility = Visibility.PUBLIC
    memo: str | None = None


@command("refund")
class Refund(Command, frozen=True, kw_only=True):
    """Gives back all or some of a donation.

    Attributes:
        key: One per act of refunding.
        donation: The donation.
        scope: Everything, an amount, or chosen causes.
        occurred_on: The day of the refund; without one, the UTC day of recording.
        memo: Why, at most 1,000 bytes; sealed at rest.
    """

    key: str
    donation: DonationId
    scope: RefundScope
    occurred_on: date | None = None
    memo: str | None = None


@command("adjust")
class Adjust(Command, frozen=True, kw_only=True):
    """Records money that came or went without a known gift.

    Attributes:
        key: One per adjustment.
        donor: Whose giving it changes.
        cause: Whose money it changes.
        amount: How much; the reason says which way.
        reason: Why.
        method: Where the money went or came from.
        occurred_on: The day; without one, the UTC day of recording.
        entry: Whether the day may be one of a closed period.
        memo: More words, at most 1,000 bytes; sealed at rest.
    """

    key: str
    donor: DonorId
    cause: CauseId
    amount: Amount
    reason: AdjustmentReason
    method: Method
    occurred_on: date | None = None
    entry: EntryKind = EntryKind.ORDINARY
    memo: str | None = None


@command("take_over")
class TakeOver(Command, frozen=True, kw_only=True):
    """Takes over one row of another system: donor and cause by their external ids, registered if unknown, in the
    same commit as the money. Goes through the rules of `Donate` and `Adjust`.

    Attributes:
        key: One per row, the same whenever the row is read again.
        recorded_as: What the row amounts to.
        donor_external_id: The donor's id in the other system.
        donor_kind: What the donor is, where it has to be registered.
        donor_name: The donor's name, where it has to be registered.
        cause_external_id: The cause's id in the other system.
        cause_name: The cause's name, where it has to be opened; without one, the external id.
        currency: The currency of the row.
        amount: How much; none for `Nothing`.
        occurred_on: The day of the row.
        memo: More words, sealed at rest.
    """

    key: str
    recorded_as: RecordedAs
    donor_external_id: str
    donor_kind: DonorKind = DonorKind.PERSON
    donor_name: str | None = None
    cause_external_id: str
    cause_name: str | None = None
    currency: str
    amount: Amount | None = None
    occurred_on: date | None = None
    memo: str | None = None


@command("reallocate")
class Reallocate(Command, frozen=True, kw_only=True):
    """Moves money from one cause to another: no new gift, no donor's figure changes.

    Attributes:
        key: One per act.
        from_: The cause that gives it up.
        to: The cause that receives it, of the same currency.
        amount: How much.
        occurred_on: The day; without one, the UTC day of recording.
        entry: Whether the day may be one of a closed period.
    """

    key: str
    from_: CauseId
    to: CauseId
    amount: Amount
    occurred_on: date | None = None
    entry: EntryKind = EntryKind.ORDINARY


@command("close_period")
class ClosePeriod(Command, frozen=True, kw_only=True):
    """Closes all days up to one that is over: revenue and expenses go to net assets, and later entries on these
    days are refused, adjusting ones aside.

    Attributes:
        key: One per act.
        through: The last day of the period, before the UTC day of recording. All earlier days are closed with
            it.
    """

    key: str
    through: date


@command("erase_donor")
class EraseDonor(Command, frozen=True, kw_only=True):
    """Destroys the key of a donor's personal data: profile, external id, memos. Money, totals and proofs stay. Of
    a merged donor it destroys those of every id: they are one person.

    Attributes:
        key: Makes a repeat harmless.
        donor: The donor.
        reason: Why; it is recorded.
    """

    key: str | None = None
    donor: DonorId
    reason: ErasureReason


@command("correct")
class Correct(Command, frozen=True, kw_only=True):
    """Takes an entry back and puts the right one in its place, in one record. Nothing is edited: the wrong entry
    stays, and the reversing one names its record. Totals become those of a book that had it right.

    Attributes:
        wrong: What is wrong.
        right: What is right; it has the key.
        reversed_on: The day of the reversing entry; without one, that of the wrong entry. The right one has a
            day of its own.
        entry: Whether either day may be of a closed period.
    """

    wrong: Wrong
    right: Right
    reversed_on: date | None = None
    entry: EntryKind = EntryKind.ORDINARY


@command("merge_donors")
class MergeDonors(Command, frozen=True, kw_only=True):
    """Makes two donors one: from now on both ids mean the one that is kept. Nothing that was recorded changes, and
    what is recorded later for the other id stays that id's own, so the merge can be undone.

    Attributes:
        key: Makes a repeat harmless.
        keep: The donor that both ids mean from now on. Of one that is merged itself, the one that it means.
        gone: The donor whose id becomes another name.
    """

    key: str | None = None
    keep: DonorId
    gone: DonorId


@command("undo_merge")
class UndoMerge(Command, frozen=True, kw_only=True):
    """Undoes a merge: the donor is on its own again, with all that was recorded for its id before and since.

    Attributes:
        key: Makes a repeat harmless.
        gone: The donor that was merged into another.
    """

    key: str | None = None
    gone: DonorId


@command("begin_epoch")
class BeginEpoch(Command, frozen=True, kw_only=True):
    """Begins a new epoch: who writes from now on is another than before. Recorded when a copy takes the place of
    its source, so that nobody who has seen it follows the writer of before.

    Attributes:
        key: Makes a repeat harmless.
    """

    key: str | None = None


@command("begin_donation")
class BeginDonation(Command, frozen=True, kw_only=True):
    """Begins a gift that is still to be paid. Nothing is posted before a payment of it is captured.

    Attributes:
        key: One per act of giving, 1 to 200 bytes.
        donor: Who gives.
        designations: 1 to 100 causes, each once, all in one currency.
        tip: Given to the platform on top.
        fee_bearer: Who bears the fees of the processor.
        visibility: Whether the public may see who gave.
        memo: The donor's words, at most 1,000 bytes; sealed at rest.
    """

    key: str
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = None
    fee_bearer: FeeBearer = FeeBearer.CAUSES
    visibility: Visibility = Visibility.PUBLIC
    memo: str | None = None


@command("start_payment")
class StartPayment(Command, frozen=True, kw_only=True):
    """Begins an attempt to collect a gift. A donation may have several, one after another or side by side; one of
    them is captured.

    Attributes:
        key: One per attempt. Give the provider the same key.
        donation: The donation.
        processor: The account at a payment processor that collects: 1 to 40 of a-z, 0-9 and hyphens.
    """

    key: str
    donation: DonationId
    processor: str


@command("report_payment")
class ReportPayment(Command, frozen=True, kw_only=True):
    """Records what was learned of an attempt. What is known already changes nothing.

    Attributes:
        key: One per report.
        payment: The attempt.
        report: What was learned.
        fee: What the processor keeps, where that is known as the money is captured; otherwise see `BookFee`.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    payment: PaymentId
    report: PaymentReport
    fee: Amount | None = None
    occurred_on: date | None = None


@command("cancel_donation")
class CancelDonation(Command, frozen=True, kw_only=True):
    """Gives up a donation that was not paid.

    Attributes:
        key: One per act.
        donation: The donation.
    """

    key: str
    donation: DonationId


@command("book_fee")
class BookFee(Command, frozen=True, kw_only=True):
    """Books what a processor kept of a donation, once that is learned. Never book an estimate.

    Attributes:
        key: One per fee.
        donation: The donation, captured at a processor.
        fee: How much. With what was booked before it is at most what was given.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    donation: DonationId
    fee: Amount
    occurred_on: date | None = None


@command("take_platform_fee")
class TakePlatformFee(Command, frozen=True, kw_only=True):
    """Books what the platform keeps of a donation for itself. Books of a platform only.

    Attributes:
        key: One per act.
        donation: The donation.
        from_: How much from which cause of it, each cause once. Amounts, never rates.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    donation: DonationId
    from_: Sequence[Designation]
    occurred_on: date | None = None


@command("record_settlement")
class RecordSettlement(Command, frozen=True, kw_only=True):
    """Records that a processor paid money out to a bank account of ours.

    Attributes:
        key: One per settlement.
        processor: The account at the processor.
        bank: The bank account: 1 to 40 of a-z, 0-9 and hyphens.
        amount: How much arrived.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    processor: str
    bank: str
    amount: Amount
    occurred_on: date | None = None


@command("propose_payout")
class ProposePayout(Command, frozen=True, kw_only=True):
    """Proposes to pay a cause what is held for it. Books of a platform only.

    Attributes:
        key: One per payout.
        cause: The cause.
        amount: How much: at most what is available to it.
        bank: From which bank account: 1 to 40 of a-z, 0-9 and hyphens.
    """

    key: str
    cause: CauseId
    amount: Amount
    bank: str


@command("report_payout")
class ReportPayout(Command, frozen=True, kw_only=True):
    """Records what was learned of a payout. What is known already changes nothing.

    Attributes:
        key: One per report.
        payout: The payout.
        report: What was learned.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    payout: PayoutId
    report: PayoutReport
    occurred_on: date | None = None


@command("report_refund")
class ReportRefund(Command, frozen=True, kw_only=True):
    """Records what was learned of a refund that a processor carries out. What is known already changes nothing.

    Attributes:
        key: One per report.
        refund: The refund.
        report: What was learned.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    refund: RefundId
    report: RefundReport
    occurred_on: date | None = None


@command("open_dispute")
class OpenDispute(Command, frozen=True, kw_only=True):
    """Records that the donor's bank disputes a gift.

    Attributes:
        key: One per dispute.
        donation: The donation.
        amount: How much, in the currency of the donation: may be less than the gift, or more.
        begins: With money withdrawn, or as a question first.
        fee: What the processor charges for it, where that is known; otherwise see `BookDisputeFee`.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    donation: DonationId
    amount: Amount
    begins: DisputeBegins
    fee: Amount | None = None
    occurred_on: date | None = None


@command("report_dispute")
class ReportDispute(Command, frozen=True, kw_only=True):
    """Records what was learned of a dispute. What is known already changes nothing.

    Attributes:
        key: One per report.
        dispute: The dispute.
        report: What was learned.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    dispute: DisputeId
    report: DisputeReport
    occurred_on: date | None = None


@command("book_dispute_fee")
class BookDisputeFee(Command, frozen=True, kw_only=True):
    """Books what a processor charges for a dispute, or gives back of it. The platform bears it.

    Attributes:
        key: One per fee.
        dispute: The dispute.
        fee: How much.
        flow: Charged, or given back.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    dispute: DisputeId
    fee: Amount
    flow: DisputeFeeFlow
    occurred_on: date | None = None


@command("force_refund")
class ForceRefund(Command, frozen=True, kw_only=True):
    """As `Refund`, although the donation is disputed and may have to be given back twice.

    Attributes:
        key: One per act of refunding.
        donation: The donation.
        scope: Everything, an amount, or chosen causes.
        occurred_on: The day of the refund; without one, the UTC day of recording.
        memo: Why, at most 1,000 bytes; sealed at rest.
    """

    key: str
    donation: DonationId
    scope: RefundScope
    occurred_on: date | None = None
    memo: str | None = None


@command("set_cause_policies")
class SetCausePolicies(Command, frozen=True, kw_only=True):
    """Sets the policies of a cause, or those of all causes that have none of their own. They hold from then on;
    what was recorded stays as it is.

    Attributes:
        key: One per act.
        cause: The cause; none for all that have no policies of their own.
        policies: The policies.
    """

    key: str
    cause: CauseId | None = None
    policies: CausePolicies


@command("settle_receivable")
class SettleReceivable(Command, frozen=True, kw_only=True):
    """Settles what a cause owes, all of it or some.

    Attributes:
        key: One per act.
        cause: The cause.
        amount: How much: at most what it owes, and to set off, at most what is available to it.
        by: How.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    cause: CauseId
    amount: Amount
    by: SettledBy
    occurred_on: date | None = None


@command("give_back_fees")
class GiveBackFees(Command, frozen=True, kw_only=True):
    """Gives causes back what they bore of the fees of a donation: the platform bears it from now on. What a cause
    owes is settled with it first.

    Attributes:
        key: One per act.
        donation: The donation.
        fee: Which fee.
        to: How much to which cause of it, each cause once: at most what it bore and was not given back before.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    donation: DonationId
    fee: FeeGivenBack
    to: Sequence[Designation]
    occurred_on: date | None = None


@command("receive_unidentified")
class ReceiveUnidentified(Command, frozen=True, kw_only=True):
    """Records money that came in and of which nobody knows whose gift it is.

    Attributes:
        key: One per receipt of money.
        amount: How much.
        method: Where it is.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    amount: Amount
    method: Method
    occurred_on: date | None = None


@command("identify")
class Identify(Command, frozen=True, kw_only=True):
    """Records whose gift such money is, all of it or some: it is a donation from then on.

    Attributes:
        key: One per gift.
        item: The money.
        donor: Who gave it.
        designations: 1 to 100 causes, each once, in the currency of the money.
        tip: Given to the platform on top.
        occurred_on: The day of the gift; without one, the UTC day of recording.
        visibility: Whether the public may see who gave.
        memo: The donor's words, at most 1,000 bytes; sealed at rest.
    """

    key: str
    item: SuspenseId
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = None
    occurred_on: date | None = None
    visibility: Visibility = Visibility.PUBLIC
    memo: str | None = None


@command("return_unidentified")
class ReturnUnidentified(Command, frozen=True, kw_only=True):
    """Records that such money went back to where it came from.

    Attributes:
        key: One per act.
        item: The money.
        amount: How much: at most what is left of it.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    item: SuspenseId
    amount: Amount
    occurred_on: date | None = None


@command("release_set_aside")
class ReleaseSetAside(Command, frozen=True, kw_only=True):
    """Gives a cause what was set aside of a gift, because the cause that it was meant for was closed.

    Attributes:
        key: One per act.
        item: What was set aside.
        to: The cause: another one of the same currency, or the same after all.
        amount: How much: at most what is left of it.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    item: SuspenseId
    to: CauseId
    amount: Amount
    occurred_on: date | None = None


@command("begin_foreign_donation")
class BeginForeignDonation(Command, frozen=True, kw_only=True):
    """As `BeginDonation`, in another currency than the one currency of its causes. A payment of it is captured by
    `CaptureExchanged`.

    Attributes:
        key: One per act of giving, 1 to 200 bytes.
        donor: Who gives.
        designations: 1 to 100 causes, each once, all in one currency.
        tip: Given to the platform on top.
        fee_bearer: Who bears the fees of the processor.
        visibility: Whether the public may see who gave.
        memo: The donor's words, at most 1,000 bytes; sealed at rest.
    """

    key: str
    donor: DonorId
    designations: Sequence[Designation]
    tip: Amount | None = None
    fee_bearer: FeeBearer = FeeBearer.CAUSES
    visibility: Visibility = Visibility.PUBLIC
    memo: str | None = None


@command("capture_exchanged")
class CaptureExchanged(Command, frozen=True, kw_only=True):
    """Records that a payment of a donation in a foreign currency was captured, and what the processor made of it
    in the currency of the causes. They, and the tip, receive that in the proportions in which the donor gave.

    Attributes:
        key: One per report.
        payment: The payment.
        settled: What the whole gift became, before fees.
        rate: The rate as the processor gave it, such as `0.92`: kept as it is, never calculated with.
        fee: What the processor keeps, in the currency of `settled`.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    payment: PaymentId
    settled: Amount
    rate: str | None = None
    fee: Amount | None = None
    occurred_on: date | None = None


@command("exchange_money")
class ExchangeMoney(Command, frozen=True, kw_only=True):
    """Records that a processor exchanged money that it holds for us.

    Attributes:
        key: One per exchange.
        processor: The account at the processor.
        from_: What it gave up.
        to: What it received, in another currency.
        rate: The rate as the processor gave it: kept as it is, never calculated with.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    processor: str
    from_: Amount
    to: Amount
    rate: str | None = None
    occurred_on: date | None = None


@command("ingest_facts")
class IngestFacts(Command, frozen=True, kw_only=True):
    """Takes in what a provider says: all facts of one of its events, in one record. Late, repeated and early ones
    do no harm.

    Attributes:
        key: One per event of the provider.
        processor: The account at the processor.
        facts: 1 to 100 facts.
        occurred_on: The day; without one, the UTC day of recording.
    """

    key: str
    processor: str
    facts: Sequence[ProviderFact]
    occurred_on: date | None = None


@command("attach_object")
class AttachObject(Command, frozen=True, kw_only=True):
    """Says which object of a provider is a payment, a refund, a dispute or a settlement of ours, so that what the
    provider says of it is not taken for another one. Facts that came before are taken up.

    Attributes:
        key: One per object.
        object: The object, by its id at the provider, 1 to 100 bytes.
        to: What it is.
    """

    key: str
    object: str
    to: ProviderTarget


@command("acknowledge_notices")
class AcknowledgeNotices(Command, frozen=True, kw_only=True):
    """Says that a consumer has dealt with all notices up to a record. Nothing is recorded where that is known.

    Attributes:
        consumer: Who: 1 to 40 bytes. A consumer begins with its first acknowledgment.
        through: The last record whose notices it has dealt with.
    """

    consumer: str
    through: int


@command("record_settlement_lines")
class RecordSettlementLines(Command, frozen=True, kw_only=True):
    """Records what a processor says a settlement consists of. It posts nothing: what differs from the books is
    shown by `reconcile_settlement`, and whoever knows why books it.

    Attributes:
        key: One per call.
        settlement: The settlement.
        lines: 1 to 1,000 lines; a settlement of more has them in several calls.
    """

    key: str
    settlement: SettlementId
    lines: Sequence[SettlementLine]
