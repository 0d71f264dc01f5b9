"""What was raised over time, step by step."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.markers import CARETDOWN

from donation_ledger.plots import ink
from donation_ledger.plots.amounts import show_amounts_on, unit_of, written
from donation_ledger.plots.journal import causes_of
from donation_ledger.plots.periods import steps_of
from donation_ledger.plots.sheet import QUIET, Look, Place, Sheet, beside, nothing_yet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from donation_ledger import CauseId, Ledger
    from donation_ledger.plots.journal import Causes
    from donation_ledger.plots.periods import Length, Step

_HEIGHT: Final = 3.7
_MARK: Final = "\N{BLACK DOWN-POINTING TRIANGLE}"
#: The shortest time that an axis shows, in days, so that one step does not fill it.
_SHORTEST: Final = {"day": 10, "month": 186}
#: What is left to say where years, months or days stand below an axis; hours never do.
_BESIDE_DATES: Final = ["", "%Y", "%b %Y", "", "", ""]


def raised_over_time(
    ledger: Ledger, cause: CauseId | None = None, *, currency: str | None = None, by: Length = "month"
) -> Figure:
    """Draws what was raised up to each day or month: what was given, less refunds and lost disputes.

    What was given back is hatched, and marked, on the day or month in which it was. Everything counts on the day on
    which it happened, also what was entered later.

    All causes by month are read from the totals of the months. Anything else takes one pass over the journal: half a
    minute for a million records.

    Args:
        ledger: The open ledger.
        cause: Which cause; without one, all of a currency.
        currency: Which currency, of all causes; a cause has one.
        by: The length of a step.

    Raises:
        NotFoundError: 2002 no such cause.
        ValueError: No currency is said, or another one than that of the cause.
    """
    causes = causes_of(ledger, cause, currency)
    if by not in _SHORTEST:
        message = f"by is {' or '.join(map(repr, _SHORTEST))}, not {by!r}"
        raise ValueError(message)
    steps = steps_of(ledger, causes, by)
    if not steps:
        return nothing_yet(causes.title, "Nothing yet: no gift has been received.")
    return _draw(causes, steps, by)


def _draw(causes: Causes, steps: Sequence[Step], by: Length) -> Figure:
    nothing = 0 * unit_of(causes.currency)
    raised = list(accumulate((step.gross - step.given_back for step in steps), initial=nothing))[1:]
    tops = [end + max(step.given_back, nothing) for end, step in zip(raised, steps, strict=True)]
    goal = causes.only.details.goal.decimal if causes.only and causes.only.details.goal else None
    # An axis has to have some length when everything was given back.
    highest = max(*tops, nothing if goal is None else goal, unit_of(causes.currency))
    words = [f"Raised over time, in {causes.currency}: what was given, less refunds and lost disputes"]
    sheet = Sheet(causes.title, words + _words_of_given_back(steps, by, nothing), _HEIGHT)
    axes = sheet.axes()
    edges = [*(_number(step.first) for step in steps), _number(steps[-1].last) + 1]
    heights = [float(each) for each in raised]
    axes.stairs(heights, edges, fill=True, color=ink.MONEY_AREA, label="raised")
    axes.stairs(heights, edges, baseline=None, color=ink.MONEY, linewidth=1.8)
    if any(step.given_back > 0 for step in steps):
        _draw_given_back(axes, steps, raised)
    end = f"{written(raised[-1])} {causes.currency}"
    sheet.write(axes, end, beside(heights[-1], 6, "left"), Look(10.5, weight="bold"))
    if goal is not None:
        _draw_goal(sheet, axes, goal, raised[-1], highest)
    lowest = min(nothing, *raised)
    axes.set_ylim(float(lowest) * 1.08, float(highest) * 1.08)
    axes.axhline(0, color=ink.QUIET, linewidth=0.8)
    _finish_time(axes, edges[0], edges[-1], _SHORTEST[by])
    scale = show_amounts_on(axes.yaxis, highest)
    corner = Place(0, 1, x_in="axes fraction", y_in="axes fraction", offset=(-4, 0), side="right")
    sheet.write(axes, scale, corner, QUIET)
    return sheet.figure


def _words_of_given_back(steps: Sequence[Step], by: Length, nothing: Decimal) -> list[str]:
    sums = {
        "refunded": sum((step.refunded for step in steps), nothing),
        "lost to disputes": sum((step.disputed for step in steps), nothing),
    }
    told = [f"{words} {written(amount)}" for words, amount in sums.items() if amount]
    when = "in that month" if by == "month" else "on that day"
    return [f"{_MARK} given back {when}; in all {' and '.join(told)}"] if told else []


def _draw_goal(sheet: Sheet, axes: Axes, goal: Decimal, raised: Decimal, highest: Decimal) -> None:
    axes.axhline(float(goal), color=ink.TEXT, linewidth=1, dashes=(5, 3), label="goal")
    place = beside(float(goal), 6, "left")
    # Not on what was raised, which is written there too.
    if abs(goal - raised) < highest / 14:
        place = place._replace(offset=(6, 13 if goal >= raised else -13))
    sheet.write(axes, f"goal {written(goal)}", place)


def _draw_given_back(axes: Axes, steps: Sequence[Step], raised: Sequence[Decimal]) -> None:
    back = [(step, end) for step, end in zip(steps, raised, strict=True) if step.given_back > 0]
    starts = [_number(step.first) for step, _ in back]
    widths = [_number(step.last) + 1 - start for (step, _), start in zip(back, starts, strict=True)]
    axes.bar(
        starts,
        [float(step.given_back) for step, _ in back],
        widths,
        bottom=[float(end) for _, end in back],
        align="edge",
        facecolor=ink.LESS,
        edgecolor=ink.LESS_EDGE,
        hatch=ink.LESS_HATCH,
        linewidth=0.6,
        label="given back",
    )
    axes.plot(
        [start + width / 2 for start, width in zip(starts, widths, strict=True)],
        [float(end + step.given_back) for step, end in back],
        linestyle="none",
        marker=CARETDOWN,
        markersize=7,
        color=ink.LESS_EDGE,
        clip_on=False,
        label="marks of what was given back",
    )


def _finish_time(axes: Axes, first: float, end: float, shortest: int) -> None:
    missing = max(0.0, shortest - (end - first))
    axes.set_xlim(max(first - missing / 2, _number(date.min)), min(end + missing / 2, _number(date.max)))
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator, offset_formats=_BESIDE_DATES)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(formatter)
    axes.tick_params(axis="x", pad=5)
    axes.grid(axis="y", color=ink.RULE, linewidth=0.8)


def _number(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]
