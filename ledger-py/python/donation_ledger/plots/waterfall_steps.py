"""From what was given to a cause to what is held for it, step by step."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from donation_ledger.plots import ink
from donation_ledger.plots.amounts import written
from donation_ledger.plots.journal import known_cause
from donation_ledger.plots.sheet import BOLD, PLAIN, QUIET, Sheet, beside, nothing_yet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from donation_ledger import CauseId, Ledger
    from donation_ledger.records import CauseStanding

_ROW: Final = 0.42
_BAR: Final = 0.6
_DIGIT: Final = 6.6


class _Step(NamedTuple):
    words: str
    change: Decimal


def waterfall(ledger: Ledger, cause: CauseId) -> Figure:
    """Draws what became of everything that was given to a cause: given back, fees, adjusted, paid out, still held.

    The steps add up to what is held for the cause, to the smallest unit: below zero where the cause owes it. Where
    not all of that is available, the last rows say what it consists of.

    Args:
        ledger: The open ledger.
        cause: The cause.

    Raises:
        NotFoundError: 2002 no such cause.
    """
    known = known_cause(ledger, cause)
    standing = ledger.standing(cause)
    if standing is None or not _has_moved(standing):
        return nothing_yet(known.details.name, "Nothing yet: no gift has been received.")
    steps, parts = _steps(standing), _parts(standing)
    rows = 1 + len(steps) + len(parts)
    words = [f"From what was given to what is held for the cause, in {known.currency}"]
    sheet = Sheet(known.details.name, words, _ROW * rows)
    axes = sheet.axes()
    _draw(sheet, axes, steps, parts)
    return sheet.figure


def _has_moved(standing: CauseStanding) -> bool:
    totals = standing.totals
    return any((totals.gross, totals.refunded, totals.disputed, totals.fees, totals.adjusted, totals.paid_out))


def _steps(standing: CauseStanding) -> list[_Step]:
    totals = standing.totals
    steps = [
        _Step("Given", totals.gross),
        _Step("Refunded", -totals.refunded),
        _Step("Lost to disputes", -totals.disputed),
        _Step("Fees", -totals.fees),
        _Step("Adjusted", totals.adjusted),
        _Step("Paid out", -totals.paid_out),
    ]
    if totals.written_off:
        steps.append(_Step("Written off: the platform bears it", totals.written_off))
    return steps


def _parts(standing: CauseStanding) -> list[_Step]:
    """What that which is held consists of, where it is not all available."""
    parts = [
        _Step("held until disputes are decided", standing.held),
        _Step("on its way to the cause", standing.in_transit),
        _Step("owed by the cause", -standing.owed),
    ]
    moved = [part for part in parts if part.change]
    return [_Step("available", standing.available), *moved] if moved else []


def _draw(sheet: Sheet, axes: Axes, steps: Sequence[_Step], parts: Sequence[_Step]) -> None:
    # Where each step ends, and with it where the next begins.
    ends = list(accumulate(step.change for step in steps))
    held = ends[-1]
    _bar(axes, 0, Decimal(0), ends[0], "total")
    for row, ((before, after), step) in enumerate(zip(pairwise(ends), steps[1:], strict=True), start=1):
        _bar(axes, row, before, after, "less" if step.change < 0 else "more")
    _bar(axes, len(steps), Decimal(0), held, "total" if held >= 0 else "less")
    for row, end in enumerate(ends):
        axes.plot([float(end)] * 2, [row + _BAR / 2, row + 1 - _BAR / 2], color=ink.QUIET, linewidth=0.9, clip_on=False)
    below = len(steps) + 1
    ends_of_parts = list(accumulate((part.change for part in parts), initial=Decimal(0)))
    for row, (before, after) in enumerate(pairwise(ends_of_parts), start=below):
        _bar(axes, row, before, after, "part" if after >= before else "less")
    everything = [Decimal(0), *ends, *ends_of_parts]
    # An axis has to have some length when nothing is left of anything.
    axes.set_xlim(float(min(everything)), float(max(everything)) or 1)
    axes.set_ylim(below + len(parts) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=ink.TEXT, linewidth=1)
    rows = [(steps[0].words, written(steps[0].change), True)]
    rows += [(step.words, _signed(step.change), False) for step in steps[1:]]
    rows.append(("Still held", written(held), True))
    _write_rows(sheet, axes, rows, [(part.words, written(part.change)) for part in parts])


def _bar(axes: Axes, row: int, before: Decimal, after: Decimal, kind: str) -> None:
    """A bar from one amount to another, made so that it is told apart without colours too."""
    bar = axes.barh(
        row, float(after) - float(before), _BAR, left=float(before), label=kind, linewidth=0.8, clip_on=False
    )[0]
    if kind == "total":
        bar.set(facecolor=ink.MONEY, edgecolor=ink.MONEY)
    elif kind == "less":
        bar.set(facecolor=ink.LESS, edgecolor=ink.LESS_EDGE, hatch=ink.LESS_HATCH)
    elif kind == "more":
        bar.set(facecolor=ink.MORE, edgecolor=ink.MONEY, hatch=ink.MORE_HATCH)
    else:
        bar.set(facecolor=ink.MONEY_AREA, edgecolor=ink.MONEY)


def _signed(change: Decimal) -> str:
    # Nothing has no sign, whichever way it would have gone.
    return f"+{written(change)}" if change > 0 else written(change or abs(change))


def _write_rows(
    sheet: Sheet, axes: Axes, rows: Sequence[tuple[str, str, bool]], parts: Sequence[tuple[str, str]]
) -> None:
    looks = [BOLD if is_total else PLAIN for _, _, is_total in rows] + [QUIET] * len(parts)
    lines = [(words, amount) for words, amount, _ in rows] + list(parts)
    width = 12 + _DIGIT * max(len(amount) for _, amount in lines)
    for row, ((words, amount), look) in enumerate(zip(lines, looks, strict=True)):
        sheet.write(axes, words, beside(row, -8, "right"), look)
        sheet.write(axes, amount, beside(row, width, "right"), look)
