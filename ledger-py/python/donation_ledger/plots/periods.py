"""What each day or month brought."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from donation_ledger.choices import Period
from donation_ledger.plots.amounts import unit_of
from donation_ledger.plots.journal import moved

if TYPE_CHECKING:
    from decimal import Decimal

    from donation_ledger import Ledger
    from donation_ledger.plots.journal import Causes, Total

Length = Literal["day", "month"]


class Step(NamedTuple):
    """A day or a month, from its first to its last day, and what was given and given back in it."""

    first: date
    last: date
    gross: Decimal
    refunded: Decimal
    disputed: Decimal

    @property
    def given_back(self) -> Decimal:
        """What was taken off what was raised; below zero where a refund failed."""
        return self.refunded + self.disputed


def steps_of(ledger: Ledger, causes: Causes, by: Length) -> list[Step]:
    """The days or months in which anything was given or given back, in their order."""
    # The ledger keeps the totals of the months of all causes; the rest only the journal tells.
    steps = _months_of_all(ledger, causes.currency) if by == "month" and not causes.only else _told(ledger, causes, by)
    return [step for step in steps if step.gross or step.refunded or step.disputed]


def _months_of_all(ledger: Ledger, currency: str) -> list[Step]:
    return [
        Step(*_month_of(date.fromisoformat(f"{month.period}-01")), totals.gross, totals.refunded, totals.disputed)
        for month in ledger.totals_by(Period.MONTH)
        if (totals := month.totals).currency == currency
    ]


def _told(ledger: Ledger, causes: Causes, by: Length) -> list[Step]:
    sums: defaultdict[date, dict[Total, int]] = defaultdict(lambda: {"gross": 0, "refunded": 0, "disputed": 0})
    for each in moved(ledger, causes):
        sums[each.day.replace(day=1) if by == "month" else each.day][each.total] += each.minor
    unit = unit_of(causes.currency)
    return [
        Step(
            *(_month_of(day) if by == "month" else (day, day)),
            of["gross"] * unit,
            of["refunded"] * unit,
            of["disputed"] * unit,
        )
        for day, of in sorted(sums.items())
    ]


def _month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
