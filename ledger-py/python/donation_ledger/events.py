"""Events: what happened, as the journal keeps it.

Written by tools/declare.py from the sources of ledger-core; a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from donation_ledger._record import Record, variant, once

once(__name__)

if TYPE_CHECKING:
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


class Event(Record, frozen=True):
    """A fact. New kinds are only ever added, at the end."""


@variant(Event, "donor_registered")
class _Event_DonorRegistered(Event, frozen=True):
    """A donor is known from now on.

    Attributes:
        donor: The new donor.
        kind: Person or organisation.
        standing: Registered, guest or anonymous.
    """

    donor: DonorId
    kind: DonorKind
    standing: DonorStanding


@variant(Event, "donor_updated")
class _Event_DonorUpdated(Event, frozen=True):
    """The profile of a donor was replaced.

    Attributes:
        donor: The donor.
    """

    donor: DonorId


@variant(Event, "cause_opened")
class _Event_CauseOpened(Event, frozen=True):
    """A cause takes gifts from now on.

    Attributes:
        cause: The new cause.
        currency: Its currency.
        details: What is said of it.
    """

    cause: CauseId
    currency: str
    details: CauseDetails


@variant(Event, "cause_updated")
class _Event_CauseUpdated(Event, frozen=True):
    """What is said of a cause was replaced.

    Attributes:
        cause: The cause.
        details: All that is said of it.
        status: Its status.
        released_external_id: The external id by which it is not found any more.
    """

    cause: CauseId
    details: CauseDetails
    status: CauseStatus
    released_external_id: str | None


@variant(Event, "donation_captured")
class _Event_DonationCaptured(Event, frozen=True):
    """A gift was received.

    Attributes:
        donation: The new donation.
        donor: Who gave.
        designations: To which causes.
        tip: To the platform on top.
        fee: What the processor kept.
        fee_bearer: Who bears it.
        fee_shares_minor: What each part bears of it, in the order of designations and tip; empty when none
            does.
        method: How the money came in.
        visibility: Whether the donor may be named.
    """

    donation: DonationId
    donor: DonorId
    designations: tuple[Designation, ...]
    tip: Amount | None
    fee: Amount | None
    fee_bearer: FeeBearer
    fee_shares_minor: tuple[int, ...]
    method: Method
    visibility: Visibility


@variant(Event, "donation_refunded")
class _Event_DonationRefunded(Event, frozen=True):
    """All or some of a gift was given back.

    Attributes:
        refund: The new refund.
        donation: The donation.
        donor: Who gets the money.
        amount: The sum of the shares.
        parts: What each part gives back, in the order of the donation's parts.
        method: How the money of the donation had come in, and goes back.
    """

    refund: RefundId
    donation: DonationId
    donor: DonorId
    amount: Amount
    parts: tuple[RefundedPart, ...]
    method: Method


@variant(Event, "giving_adjusted")
class _Event_GivingAdjusted(Event, frozen=True):
    """Money came or went without a known gift.

    Attributes:
        adjustment: The new adjustment.
        donor: Whose giving.
        cause: Whose money.
        amount: How much; the reason says which way.
        reason: Why.
        method: Where the money went or came from.
    """

    adjustment: AdjustmentId
    donor: DonorId
    cause: CauseId
    amount: Amount
    reason: AdjustmentReason
    method: Method


@variant(Event, "reallocated")
class _Event_Reallocated(Event, frozen=True):
    """Money moved from one cause to another.

    Attributes:
        reallocation: The new reallocation.
        from_: The cause that gave it up.
        to: The cause that received it.
        amount: How much.
    """

    reallocation: ReallocationId
    from_: CauseId
    to: CauseId
    amount: Amount


@variant(Event, "period_closed")
class _Event_PeriodClosed(Event, frozen=True):
    """All days up to one were closed.

    Attributes:
        through: The last of them.
        closed: What was on the accounts of revenue and expenses then, and went to net assets.
    """

    through: date
    closed: tuple[ClosedAccount, ...]


@variant(Event, "donor_erased")
class _Event_DonorErased(Event, frozen=True):
    """The key of what is personal about a donor is destroyed.

    Attributes:
        donor: The donor.
        reason: Why.
    """

    donor: DonorId
    reason: ErasureReason


@variant(Event, "reversed")
class _Event_Reversed(Event, frozen=True):
    """An entry was taken back: every posting of it with its sides exchanged, and what it did to totals undone.

    Attributes:
        reversal: The new reversal.
        reason: Why.
        record: The record of the entry.
        day: The day of the reversing entry.
        what: What is taken back, as it stands in that record.
    """

    reversal: ReversalId
    reason: CorrectionReason
    record: int
    day: date
    what: tuple[Event, ...]


@variant(Event, "donors_merged")
class _Event_DonorsMerged(Event, frozen=True):
    """Two donors are one.

    Attributes:
        keep: The donor that both ids mean.
        gone: The donor whose id became another name.
    """

    keep: DonorId
    gone: DonorId


@variant(Event, "merge_undone")
class _Event_MergeUndone(Event, frozen=True):
    """Two donors are two again.

    Attributes:
        keep: The donor that both ids meant.
        gone: The donor that is on its own again.
    """

    keep: DonorId
    gone: DonorId


@variant(Event, "epoch_begun")
class _Event_EpochBegun(Event, frozen=True):
    """Another writer took over.

    Attributes:
        epoch: Which epoch it is; a ledger begins in the first, without a record of it.
    """

    epoch: int


@variant(Event, "donation_begun")
class _Event_DonationBegun(Event, frozen=True):
    """A gift is to be paid.

    Attributes:
        donation: The new donation.
        donor: Who gives.
        gift: What.
        fee_bearer: Who bears the fees of the processor.
        visibility: Whether the donor may be named.
    """

    donation: DonationId
    donor: DonorId
    gift: MeantGift
    fee_bearer: FeeBearer
    visibility: Visibility


@variant(Event, "payment_started")
class _Event_PaymentStarted(Event, frozen=True):
    """An attempt to collect it was begun.

    Attributes:
        payment: The new payment.
        donation: The donation.
        donor: Who gives.
        processor: The account at the processor.
    """

    payment: PaymentId
    donation: DonationId
    donor: DonorId
    processor: str


@variant(Event, "payment_changed")
class _Event_PaymentChanged(Event, frozen=True):
    """An attempt came further, or to its end.

    Attributes:
        payment: The payment.
        donation: The donation.
        donor: Who gives.
        from_: Where it stood.
        to: Where it stands.
        failure: Why it failed, if it did.
        pending: What is pending with it from now on, or was and is no more. None where another attempt at the
            same donation is pending too. A gift that is still to be exchanged is no cause's yet: its whole stands
            as the tip.
    """

    payment: PaymentId
    donation: DonationId
    donor: DonorId
    from_: PaymentState
    to: PaymentState
    failure: FailureReason | None
    pending: MeantGift | None


@variant(Event, "donation_cancelled")
class _Event_DonationCancelled(Event, frozen=True):
    """A donation that was not paid was given up.

    Attributes:
        donation: The donation.
        donor: Who meant to give.
    """

    donation: DonationId
    donor: DonorId


@variant(Event, "fee_booked")
class _Event_FeeBooked(Event, frozen=True):
    """What a processor kept of a donation was learned after it was captured.

    Attributes:
        donation: The donation.
        donor: Who gave.
        fee: How much.
        shares: What each part bears; empty when the platform does.
        processor: The account at the processor.
    """

    donation: DonationId
    donor: DonorId
    fee: Amount
    shares: tuple[PartShare, ...]
    processor: str


@variant(Event, "platform_fee_taken")
class _Event_PlatformFeeTaken(Event, frozen=True):
    """The platform kept some of a donation for itself.

    Attributes:
        donation: The donation.
        donor: Who gave.
        from_: How much from which cause.
    """

    donation: DonationId
    donor: DonorId
    from_: tuple[Designation, ...]


@variant(Event, "settlement_recorded")
class _Event_SettlementRecorded(Event, frozen=True):
    """A processor paid out to a bank account.

    Attributes:
        settlement: The new settlement.
        processor: The account at the processor.
        bank: The bank account.
        amount: How much.
    """

    settlement: SettlementId
    processor: str
    bank: str
    amount: Amount


@variant(Event, "payout_proposed")
class _Event_PayoutProposed(Event, frozen=True):
    """A cause is to be paid.

    Attributes:
        payout: The new payout.
        cause: The cause.
        amount: How much.
        bank: From which bank account.
    """

    payout: PayoutId
    cause: CauseId
    amount: Amount
    bank: str


@variant(Event, "payout_changed")
class _Event_PayoutChanged(Event, frozen=True):
    """A payout came further, or to its end.

    Attributes:
        payout: The payout.
        cause: The cause.
        amount: How much.
        bank: From which bank account.
        from_: Where it stood.
        to: Where it stands.
    """

    payout: PayoutId
    cause: CauseId
    amount: Amount
    bank: str
    from_: PayoutState
    to: PayoutState


@variant(Event, "refund_requested")
class _Event_RefundRequested(Event, frozen=True):
    """All or some of a gift is to be given back by the processor that captured it.

    Attributes:
        refund: The new refund.
        donation: The donation.
        donor: Who gets the money.
        amount: The sum of the shares.
        parts: What each part gives back, in the order of the donation's parts.
    """

    refund: RefundId
    donation: DonationId
    donor: DonorId
    amount: Amount
    parts: tuple[RefundedPart, ...]


@variant(Event, "refund_changed")
class _Event_RefundChanged(Event, frozen=True):
    """A refund came further, or to its end.

    Attributes:
        refund: The refund.
        donation: The donation.
        donor: Who gets the money, or does not.
        amount: The sum of the shares.
        shares: What each part gave back with it, those that gave nothing left out.
        processor: The account at the processor.
        from_: Where it stood.
        to: Where it stands.
    """

    refund: RefundId
    donation: DonationId
    donor: DonorId
    amount: Amount
    shares: tuple[PartShare, ...]
    processor: str
    from_: RefundState
    to: RefundState


@variant(Event, "dispute_opened")
class _Event_DisputeOpened(Event, frozen=True):
    """The donor's bank disputes a gift.

    Attributes:
        dispute: The new dispute.
        donation: The donation.
        donor: Who gave.
        amount: How much is disputed.
        method: How the money of the donation had come in, and is withdrawn.
        state: An inquiry, or opened with money withdrawn.
        held: What causes cannot have until it is decided.
        made: When it was made at the processor, where that told of it.
    """

    dispute: DisputeId
    donation: DonationId
    donor: DonorId
    amount: Amount
    method: Method
    state: DisputeState
    held: tuple[Designation, ...]
    made: MadeThere | None


@variant(Event, "dispute_changed")
class _Event_DisputeChanged(Event, frozen=True):
    """A dispute came further, or to its end.

    Attributes:
        dispute: The dispute.
        donation: The donation.
        donor: Who gave.
        amount: How much is disputed.
        method: How the money of the donation had come in.
        from_: Where it stood.
        to: Where it stands.
        held: What causes cannot have from now on, if money was withdrawn with it; what they could not have
            until now, if it is decided.
        shares: What each part loses, if it was lost. What is disputed beyond their sum was no more of the gift:
            the platform bears it.
    """

    dispute: DisputeId
    donation: DonationId
    donor: DonorId
    amount: Amount
    method: Method
    from_: DisputeState
    to: DisputeState
    held: tuple[Designation, ...]
    shares: tuple[PartShare, ...]


@variant(Event, "dispute_fee_booked")
class _Event_DisputeFeeBooked(Event, frozen=True):
    """A processor charged for a dispute, or gave that back.

    Attributes:
        dispute: The dispute.
        donation: The donation.
        donor: Who gave.
        fee: How much.
        flow: Charged, or given back.
        method: How the money of the donation had come in.
    """

    dispute: DisputeId
    donation: DonationId
    donor: DonorId
    fee: Amount
    flow: DisputeFeeFlow
    method: Method


@variant(Event, "cause_policies_set")
class _Event_CausePoliciesSet(Event, frozen=True):
    """Policies hold from now on.

    Attributes:
        cause: Of which cause; none for all that have none of their own.
        policies: The policies.
    """

    cause: CauseId | None
    policies: CausePolicies


@variant(Event, "cause_overdrawn")
class _Event_CauseOverdrawn(Event, frozen=True):
    """More was taken from a cause than it had.

    Attributes:
        cause: The cause.
        amount: By how much.
        borne_by: Who bears it.
        donation: The donation of which it was taken, where it was of one.
    """

    cause: CauseId
    amount: Amount
    borne_by: OverdraftBorneBy
    donation: DonationId | None


@variant(Event, "receivable_settled")
class _Event_ReceivableSettled(Event, frozen=True):
    """What a cause owes was settled, all of it or some.

    Attributes:
        cause: The cause.
        amount: How much.
        by: How.
    """

    cause: CauseId
    amount: Amount
    by: SettledBy


@variant(Event, "fees_given_back")
class _Event_FeesGivenBack(Event, frozen=True):
    """Causes were given back what they bore of a fee.

    Attributes:
        donation: The donation.
        donor: Who gave.
        fee: Which fee.
        to: How much to which cause.
    """

    donation: DonationId
    donor: DonorId
    fee: FeeGivenBack
    to: tuple[Designation, ...]


@variant(Event, "goal_reached")
class _Event_GoalReached(Event, frozen=True):
    """What a cause has raised reached its goal.

    Attributes:
        cause: The cause.
        goal: Its goal.
    """

    cause: CauseId
    goal: Amount


@variant(Event, "unidentified_received")
class _Event_UnidentifiedReceived(Event, frozen=True):
    """Money came in of which nobody knows whose gift it is.

    Attributes:
        item: The money.
        amount: How much.
        method: Where it is.
        payment: The payment that brought it, if one did: its donation was paid or given up before, or another
            amount was meant.
        donor: Who made that payment.
        object: What the processor calls what brought it, where that is another object than the payment's own:
            it collected twice.
    """

    item: SuspenseId
    amount: Amount
    method: Method
    payment: PaymentId | None
    donor: DonorId | None
    object: str | None


@variant(Event, "unidentified_returned")
class _Event_UnidentifiedReturned(Event, frozen=True):
    """Such money went back to where it came from.

    Attributes:
        item: The money.
        amount: How much.
        method: Where it was.
    """

    item: SuspenseId
    amount: Amount
    method: Method


@variant(Event, "gift_set_aside")
class _Event_GiftSetAside(Event, frozen=True):
    """What a gift brought for a cause that was closed was set aside.

    Attributes:
        item: The money.
        donation: The donation.
        cause: The cause.
        amount: How much.
    """

    item: SuspenseId
    donation: DonationId
    cause: CauseId
    amount: Amount


@variant(Event, "set_aside_released")
class _Event_SetAsideReleased(Event, frozen=True):
    """A cause was given what had been set aside.

    Attributes:
        item: The money.
        to: The cause.
        amount: How much.
    """

    item: SuspenseId
    to: CauseId
    amount: Amount


@variant(Event, "currency_exchanged")
class _Event_CurrencyExchanged(Event, frozen=True):
    """A processor exchanged money that it holds for us.

    Attributes:
        exchange: The new exchange.
        processor: The account at the processor.
        from_: What it gave up.
        to: What it received.
        rate: The rate as the processor gave it.
        donation: The donation that was exchanged, if it was one.
    """

    exchange: ExchangeId
    processor: str
    from_: Amount
    to: Amount
    rate: str | None
    donation: DonationId | None


@variant(Event, "object_attached")
class _Event_ObjectAttached(Event, frozen=True):
    """It is known what an object of a provider is here.

    Attributes:
        processor: The account at the processor.
        object: The object, by its id there.
        to: What it is.
        donation: The donation that it is about, if it is about one.
    """

    processor: str
    object: str
    to: ProviderTarget
    donation: DonationId | None


@variant(Event, "fact_parked")
class _Event_FactParked(Event, frozen=True):
    """A fact came before what it is about.

    Attributes:
        processor: The account at the processor.
        waits_for: The object that it waits for.
        fact: What was said.
    """

    processor: str
    waits_for: str
    fact: ProviderFact


@variant(Event, "facts_taken_up")
class _Event_FactsTakenUp(Event, frozen=True):
    """Facts that waited for an object are looked at again.

    Attributes:
        processor: The account at the processor.
        object: The object.
        count: How many.
    """

    processor: str
    object: str
    count: int


@variant(Event, "fact_refused")
class _Event_FactRefused(Event, frozen=True):
    """A fact that cannot be: somebody has to look at it.

    Attributes:
        processor: The account at the processor.
        code: The number of the error.
        fact: What was said.
    """

    processor: str
    code: int
    fact: ProviderFact


@variant(Event, "refund_learned")
class _Event_RefundLearned(Event, frozen=True):
    """A processor gave back all or some of a gift, and was not asked by us.

    Attributes:
        refund: The new refund.
        donation: The donation.
        donor: Who gets the money.
        amount: How much.
        shares: What each part gives back. What is given back beyond their sum was no more of the gift: the
            platform bears it.
        made: When it was made there.
    """

    refund: RefundId
    donation: DonationId
    donor: DonorId
    amount: Amount
    shares: tuple[PartShare, ...]
    made: MadeThere


@variant(Event, "takings_redivided")
class _Event_TakingsRedivided(Event, frozen=True):
    """What a processor did by itself is divided anew.

    Attributes:
        donation: The donation.
        donor: Who gave.
        currency: The currency of it.
        takings: What is taken otherwise than before.
        held: What is held otherwise than before.
    """

    donation: DonationId
    donor: DonorId
    currency: str
    takings: tuple[Redivided, ...]
    held: tuple[HeldAnew, ...]


@variant(Event, "settlement_returned")
class _Event_SettlementReturned(Event, frozen=True):
    """A settlement did not arrive, or came back.

    Attributes:
        settlement: The settlement.
        processor: The account at the processor, which has the money again.
        object: What the processor calls it.
        bank: The bank account.
        amount: How much.
    """

    settlement: SettlementId
    processor: str
    object: str
    bank: str
    amount: Amount


@variant(Event, "notices_acknowledged")
class _Event_NoticesAcknowledged(Event, frozen=True):
    """A consumer of notices has dealt with all up to a record.

    Attributes:
        consumer: Who.
        through: The last record.
    """

    consumer: str
    through: int


@variant(Event, "settlement_lines_recorded")
class _Event_SettlementLinesRecorded(Event, frozen=True):
    """A processor said what a settlement consists of, all of it or some.

    Attributes:
        settlement: The settlement.
        processor: The account at the processor.
        lines: The lines.
    """

    settlement: SettlementId
    processor: str
    lines: tuple[SettlementLine, ...]


@variant(Event, "overdraft_returned")
class _Event_OverdraftReturned(Event, frozen=True):
    """The platform bears less of what was taken of a donation.

    Attributes:
        donation: The donation.
        cause: The cause, in whose place the platform had borne it.
        amount: How much.
    """

    donation: DonationId
    cause: CauseId
    amount: Amount


@variant(Event, "set_aside_again")
class _Event_SetAsideAgain(Event, frozen=True):
    """What was taken of a part that was set aside is set aside again.

    Attributes:
        item: The money.
        cause: The cause.
        amount: How much.
    """

    item: SuspenseId
    cause: CauseId
    amount: Amount
