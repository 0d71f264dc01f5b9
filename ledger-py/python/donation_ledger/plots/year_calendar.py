"""On which days of a year gifts were given."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Rectangle

from donation_ledger.plots import ink
from donation_ledger.plots.amounts import unit_of
from donation_ledger.plots.journal import causes_of, given
from donation_ledger.plots.sheet import QUIET, Look, Place, Sheet, nothing_yet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from donation_ledger import Ledger

_HEIGHT: Final = 1.7
_WEEK: Final = 7
_SMALL: Final = Look(8.5, ink.QUIET)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def gifts_by_day(ledger: Ledger, *, currency: str, year: int) -> Figure:
    """Draws a calendar of a year, with a square for each day: the darker, the more gifts were given on it.

    A gift to several causes is one, and counts on the day on which it was given, also when it was entered later. What
    a correction took back is not there.

    Takes one pass over the journal: half a minute for a million records.

    Args:
        ledger: The open ledger.
        currency: Gifts in which currency.
        year: Which year.

    Raises:
        InvalidError: 1005 no currency.
    """
    unit_of(currency)
    counts: Counter[date] = Counter()
    for gift in given(ledger, causes_of(ledger, None, currency)):
        if gift.day.year == year:
            counts[gift.day] += 1
    gifts = counts.total()
    title = f"Gifts by day, {year}"
    if not gifts:
        return nothing_yet(title, f"Nothing yet: no gift in {currency} was given in {year}.")
    most = max(counts.values())
    busiest = min(day for day, count in counts.items() if count == most)
    many = f"{gifts:,} gifts" if gifts > 1 else "1 gift"
    first = f"{busiest.day} {_MONTHS[busiest.month - 1]}"
    words = f"{many} in {currency}, at most {most:,} on a day: first on {first}, which has a dot"
    sheet = Sheet(title, [words], _HEIGHT)
    _draw(sheet, counts, year, busiest)
    return sheet.figure


def _draw(sheet: Sheet, counts: Counter[date], year: int, busiest: date) -> None:
    axes = sheet.axes()
    first = date(year, 1, 1)
    days = [first + timedelta(number) for number in range(365 + isleap(year))]
    weeks = _week(days[-1]) + 1
    nothing = float("nan")
    grid = [[nothing] * weeks for _ in range(_WEEK)]
    for day in days:
        grid[day.weekday()][_week(day)] = counts[day]
    bounds = _bounds(max(counts.values()))
    colours = [ink.TRACK, *_shades(len(bounds) - 1)]
    norm = BoundaryNorm([0, *bounds], len(colours))
    axes.pcolormesh(grid, cmap=ListedColormap(colours), norm=norm, edgecolors=ink.PAPER, linewidth=1.3)
    for month in range(1, 13):
        begins = date(year, month, 1)
        week, weekday = _week(begins), begins.weekday()
        if month > 1:
            corners = [(week, _WEEK), (week, weekday), (week + 1, weekday), (week + 1, 0)]
            line = corners if weekday else [(week, _WEEK), (week, 0)]
            axes.plot(*zip(*line, strict=True), color=ink.QUIET, linewidth=0.9)
        middle = _week(begins.replace(day=15)) + 0.5
        sheet.write(axes, _MONTHS[month - 1], Place(middle, -0.25, side="center", above="baseline"), QUIET)
    for weekday in range(0, _WEEK, 2):
        sheet.write(axes, _WEEKDAYS[weekday], Place(-0.4, weekday + 0.5, side="right"), _SMALL)
    axes.plot(_week(busiest) + 0.5, busiest.weekday() + 0.5, marker="o", markersize=4.5, color=ink.PAPER)
    _draw_key(sheet, axes, bounds, colours, weeks)
    axes.set_xlim(-0.1, weeks + 0.1)
    axes.set_ylim(_WEEK + 2.3, -0.1)
    axes.set_aspect("equal")
    axes.set_axis_off()


def _week(day: date) -> int:
    """The week of its year, from 0; weeks begin on Monday."""
    return (day.timetuple().tm_yday - 1 + day.replace(month=1, day=1).weekday()) // _WEEK


def _bounds(most: int) -> list[int]:
    """Where classes of counts begin, in even ratios, and where the last one ends."""
    classes = min(most, len(ink.FEW_TO_MANY))
    if classes == most:
        return list(range(1, most + 2))
    bounds = [1]
    for number in range(1, classes):
        # The root is nearly exact; the first whole number that is not below it is, and each class has one at least.
        bound = max(bounds[-1] + 1, int(most ** (number / classes)))
        while bound**classes < most**number:
            bound += 1
        bounds.append(bound)
    return [*bounds, most + 1]


def _shades(classes: int) -> list[str]:
    """As many of the colours, the darkest among them."""
    return list(ink.FEW_TO_MANY[-classes:])


def _draw_key(sheet: Sheet, axes: Axes, bounds: list[int], colours: list[str], weeks: int) -> None:
    """What the colours mean, below the calendar, from the right."""
    words = ["0"]
    words += [f"{low:,}" if low + 1 == high else f"{low:,}\N{EN DASH}{high - 1:,}" for low, high in pairwise(bounds)]
    place, below = float(weeks), _WEEK + 1.0
    for colour, word in zip(reversed(colours), reversed(words), strict=True):
        place -= 1 + 0.55 * len(word)
        axes.add_patch(Rectangle((place, below), 1, 1, facecolor=colour, edgecolor=ink.PAPER))
        sheet.write(axes, word, Place(place + 1.25, below + 0.5), _SMALL)
        place -= 0.8
    sheet.write(axes, "gifts:", Place(place + 0.4, below + 0.5, side="right"), _SMALL)
