"""What was given, and given back, as the ledger tells it: in one pass, in minor units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from donation_ledger.exceptions import NotFoundError
from donation_ledger.plots.amounts import minor_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from donation_ledger import Cause, CauseId, Ledger

#: The totals of a cause of which what it raised is made.
Total = Literal["gross", "refunded", "disputed"]
TOTALS: Final[tuple[Total, ...]] = ("gross", "refunded", "disputed")


class Causes(NamedTuple):
    """The causes that a picture is about, all of one currency."""

    title: str
    currency: str
    ids: frozenset[CauseId]
    #: The record before which nothing happened to them.
    opened_after: int
    #: The cause, where it is one.
    only: Cause | None


class Moved(NamedTuple):
    """What an event added to a total, or took off it, on a day."""

    day: date
    total: Total
    minor: int


class Given(NamedTuple):
    """A gift, as much of it as is for the causes."""

    day: date
    minor: int


def known_cause(ledger: Ledger, cause: CauseId) -> Cause:
    """A cause, or the error that the ledger itself has for one that it does not know."""
    found = ledger.cause(cause)
    if found is None:
        message = f"{cause} is not a cause of this ledger"
        raise NotFoundError(message, 2002, "UnknownCause", fields={"cause": cause})
    return found


def causes_of(ledger: Ledger, cause: CauseId | None, currency: str | None) -> Causes:
    """One cause, or all of a currency."""
    if cause is None:
        if currency is None:
            message = "say of which currency: amounts of two are never added"
            raise ValueError(message)
        ids = frozenset(each.id for each in ledger.causes() if each.currency == currency)
        return Causes(f"All causes in {currency}", currency, ids, 0, None)
    known = known_cause(ledger, cause)
    if currency not in {None, known.currency}:
        message = f"the cause takes {known.currency}, not {currency}"
        raise ValueError(message)
    opened = ledger.cause_history(cause).take(1)[0].seq
    return Causes(known.details.name, known.currency, frozenset([cause]), opened - 1, known)


def moved(ledger: Ledger, causes: Causes) -> Iterator[Moved]:
    """What changed what was raised, in the order in which it was recorded."""
    for each in ledger.cause_changes(causes.opened_after):
        if each.cause in causes.ids:
            for total in TOTALS:
                minor = minor_of(getattr(each.change, total), causes.currency)
                if minor:
                    yield Moved(each.day, total, minor)


def given(ledger: Ledger, causes: Causes) -> Iterator[Given]:
    """The gifts, each as much as is for the causes; those that a correction took back are none."""
    for gift in ledger.donations(cursor=str(causes.opened_after)):
        minor = sum(to.amount.minor for to in gift.designations if to.cause in causes.ids)
        if minor and gift.reversed_by is None:
            yield Given(gift.day, minor)
