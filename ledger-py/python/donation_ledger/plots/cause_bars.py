"""How far each cause is towards its goal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.patches import Polygon

from donation_ledger.plots import ink
from donation_ledger.plots.amounts import percent, unit_of, written
from donation_ledger.plots.lettering import in_lines
from donation_ledger.plots.sheet import BOLD, PLAIN, QUIET, Look, Place, Sheet, beside, nothing_yet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from donation_ledger import Cause, Ledger

_ROW: Final = 0.44
_HEADING: Final = 0.34
_BAR: Final = 0.58
_NAME_COLUMNS: Final = 30
_WHOLE: Final = Decimal(100)
#: The longest bars, in percent of the goal. What is longer is drawn broken: what stands beside it is exact.
_LONGEST: Final = Decimal(250)
_LONGEST_BELOW: Final = Decimal(-50)
#: A digit beside a bar, in points.
_DIGIT: Final = 6.1
_BOLD_DIGIT: Final = 6.8
#: How many letters of full size have room beside a bar.
_LETTERS: Final = 36


class _Row(NamedTuple):
    name: str
    raised: Decimal
    goal: Decimal | None

    @property
    def how_far(self) -> Decimal:
        """In percent of the goal; without one, how much."""
        return _WHOLE * self.raised / self.goal if self.goal else self.raised


def cause_progress(ledger: Ledger, *, currency: str, top: int = 12) -> Figure:
    """Draws a bar for each cause of a currency: what it raised, of its goal where it has one.

    Raised is what was given less refunds and lost disputes, as it counts towards a goal. A bar that goes beyond its
    goal is hatched from there on. Causes without a goal are below, by their amounts.

    Args:
        ledger: The open ledger.
        currency: Which causes: those that take this currency.
        top: How many causes of each kind are shown, those that raised most; the others are one bar together.

    Raises:
        InvalidError: 1005 no currency.
    """
    nothing = 0 * unit_of(currency)
    rows = [_row_of(cause) for cause in ledger.causes() if cause.currency == currency]
    title = f"What the causes raised, in {currency}"
    if not rows:
        return nothing_yet(title, f"Nothing yet: there is no cause in {currency}.")
    towards = _leading([row for row in rows if row.goal is not None], top, nothing)
    without = _leading([row for row in rows if row.goal is None], top, nothing)
    panels = [panel for panel in (towards, without) if panel]
    heights = [_HEADING + _ROW * len(panel) for panel in panels]
    raised = sum((row.raised for row in rows), nothing)
    sheet = Sheet(
        title,
        [f"{written(raised)} {currency} in all: what was given, less refunds and lost disputes"],
        *heights,
        names=[row.name for panel in panels for row in panel],
    )
    if towards:
        _draw_towards_goals(sheet, sheet.axes(0), towards)
    if without:
        _draw_without_goals(sheet, sheet.axes(len(panels) - 1), without)
    return sheet.figure


def _row_of(cause: Cause) -> _Row:
    goal = cause.details.goal
    name = in_lines(cause.details.name, _NAME_COLUMNS, 2)
    return _Row(name, cause.totals.raised, goal.decimal if goal else None)


def _leading(rows: list[_Row], top: int, nothing: Decimal) -> list[_Row]:
    """Those that raised most, the one that is farthest first, and the others together."""
    by_raised = sorted(rows, key=lambda row: row.raised, reverse=True)
    # The row of the others, if that is one cause, can as well have its name.
    shown = top if len(rows) > top + 1 else len(rows)
    leading = sorted(by_raised[:shown], key=lambda row: row.how_far, reverse=True)
    others = by_raised[shown:]
    if others:
        raised = sum((row.raised for row in others), nothing)
        goals = sum((row.goal for row in others if row.goal), nothing)
        leading.append(_Row(f"{len(others)} others together", raised, goals or None))
    return leading


def _draw_towards_goals(sheet: Sheet, axes: Axes, rows: Sequence[_Row]) -> None:
    drawn = [min(max(row.how_far, _LONGEST_BELOW), _LONGEST) for row in rows]
    axes.barh(range(len(rows)), float(_WHOLE), _BAR, color=ink.TRACK, label="goal")
    _draw_bars(axes, [min(share, _WHOLE) for share in drawn])
    axes.barh(
        range(len(rows)),
        [float(max(share - _WHOLE, Decimal(0))) for share in drawn],
        _BAR,
        left=float(_WHOLE),
        facecolor=ink.MORE,
        edgecolor=ink.MONEY,
        hatch=ink.MORE_HATCH,
        linewidth=0,
        label="beyond the goal",
    )
    axes.plot([float(_WHOLE)] * 2, [-0.5, len(rows) - 0.5], color=ink.TEXT, linewidth=1.2)
    sheet.write(axes, "goal", Place(float(_WHOLE), -0.55, side="center", above="bottom"), QUIET)
    for place, (row, share) in enumerate(zip(rows, drawn, strict=True)):
        if share != row.how_far:
            _break_bar(axes, place, float(share), float(max(*drawn, _WHOLE) - min(*drawn, Decimal(0))))
    _finish(sheet, axes, rows, (min(Decimal(0), *drawn), max(_WHOLE, *drawn)))
    raised, goals = [written(row.raised) for row in rows], [f"of {written(row.goal)}" for row in rows if row.goal]
    # Very large amounts are written smaller, so that room is left for the bars.
    size = PLAIN.size * min(1, _LETTERS / (_longest(raised) + _longest(goals)))
    end = _write_column(sheet, axes, [percent(row.raised, row.goal) for row in rows if row.goal], 10, BOLD)
    end = _write_column(sheet, axes, raised, end + 10, PLAIN._replace(size=size))
    _write_column(sheet, axes, goals, end + 4, QUIET._replace(size=size))


def _draw_without_goals(sheet: Sheet, axes: Axes, rows: Sequence[_Row]) -> None:
    raised = [row.raised for row in rows]
    _draw_bars(axes, raised)
    # An axis has to have some length when nothing was raised.
    _finish(sheet, axes, rows, (min(Decimal(0), *raised), max(Decimal(0), *raised) or Decimal(1)))
    _write_column(sheet, axes, [written(each) for each in raised], 10, BOLD)
    sheet.write(axes, "without a goal", Place(0, -0.55, x_in="axes fraction", above="bottom"), QUIET)


def _draw_bars(axes: Axes, lengths: Sequence[Decimal]) -> None:
    bars = axes.barh(range(len(lengths)), [float(length) for length in lengths], _BAR, color=ink.MONEY, label="raised")
    for bar, length in zip(bars, lengths, strict=True):
        if length < 0:
            bar.set(facecolor=ink.LESS, edgecolor=ink.LESS_EDGE, hatch=ink.LESS_HATCH, linewidth=0)


def _break_bar(axes: Axes, place: int, end: float, length: float) -> None:
    """Cuts through a bar near its end."""
    step = length / 90 if end > 0 else -length / 90
    left, low, high = end - 4 * step, place - 0.36, place + 0.36
    cut = [(left, high), (left + 2 * step, low), (left + 3 * step, low), (left + step, high)]
    axes.add_patch(Polygon(cut, color=ink.PAPER, zorder=3))


def _finish(sheet: Sheet, axes: Axes, rows: Sequence[_Row], ends: tuple[Decimal, Decimal]) -> None:
    axes.set_xlim(float(ends[0]), float(ends[1]))
    axes.set_ylim(len(rows) - 0.5, -0.5 - _HEADING / _ROW)
    axes.set_xticks([])
    axes.set_yticks([])
    for place, row in enumerate(rows):
        sheet.write(axes, row.name, beside(place, -8, "right"), Look(10))


def _write_column(sheet: Sheet, axes: Axes, words: Sequence[str], begin: float, look: Look) -> float:
    """Writes figures below each other beside the bars, and says where the column ends, in points."""
    digit = _BOLD_DIGIT if look.weight == "bold" else _DIGIT
    end = begin + _longest(words) * digit * look.size / PLAIN.size
    for row, word in enumerate(words):
        sheet.write(axes, word, beside(row, end, "right"), look)
    return end


def _longest(words: Sequence[str]) -> int:
    return max(len(word) for word in words)
