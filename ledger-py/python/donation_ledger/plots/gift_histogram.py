"""How large gifts are."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from donation_ledger.plots import ink
from donation_ledger.plots.amounts import round_words, unit_of, written
from donation_ledger.plots.journal import causes_of, given
from donation_ledger.plots.sheet import BOLD, Place, Sheet, nothing_yet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from donation_ledger import CauseId, Ledger

_HEIGHT: Final = 3.5
#: The fewest classes that are drawn, so that one gift does not fill the picture.
_FEWEST: Final = 5
#: How many classes there are at most when each is told.
_FEW: Final = 14
#: How many letters have room below them, and how many are left empty between two amounts.
_LETTERS_BELOW: Final = 100
_LETTERS_APART: Final = 3


def gift_sizes(ledger: Ledger, cause: CauseId | None = None, *, currency: str | None = None) -> Figure:
    """Draws how many gifts there are of which size, in classes that begin at 1, 2 and 5 of each power of ten.

    A gift counts as it was given, without its tip, whatever was given back of it since: of a cause its part, of all
    causes the whole. What a correction took back is not there. The line is the median: as many gifts are smaller as
    are larger.

    Takes one pass over the journal: half a minute for a million records.

    Args:
        ledger: The open ledger.
        cause: Which cause; without one, all of a currency.
        currency: Which currency, of all causes; a cause has one.

    Raises:
        NotFoundError: 2002 no such cause.
        ValueError: No currency is said, or another one than that of the cause.
    """
    causes = causes_of(ledger, cause, currency)
    sizes: Counter[int] = Counter()
    for gift in given(ledger, causes):
        sizes[gift.minor] += 1
    # A correction may have taken back all gifts of a size.
    counts = {size: count for size, count in sorted(sizes.items()) if count}
    if not counts:
        return nothing_yet(causes.title, "Nothing yet: no gift has been received.")
    unit = unit_of(causes.currency)
    gifts = sum(counts.values())
    total = sum(size * count for size, count in counts.items()) * unit
    many = f"{gifts:,} gifts" if gifts > 1 else "1 gift"
    words = f"How large gifts are: {many}, {written(total)} {causes.currency} as they were given"
    sheet = Sheet(causes.title, [words], _HEIGHT)
    _draw(sheet, {size * unit: count for size, count in counts.items()}, causes.currency)
    return sheet.figure


def _draw(sheet: Sheet, counts: dict[Decimal, int], currency: str) -> None:
    axes = sheet.axes()
    edges = _edges(min(counts), max(counts))
    classes = [sum(count for size, count in counts.items() if low <= size < high) for low, high in pairwise(edges)]
    middles = [place + 0.5 for place in range(len(classes))]
    axes.bar(middles, classes, 0.94, color=ink.MONEY_AREA, edgecolor=ink.MONEY, linewidth=0.9, label="gifts")
    for place, count in enumerate(classes):
        if count:
            sheet.write(axes, f"{count:,}", Place(place + 0.5, count, offset=(0, 3), side="center", above="bottom"))
    _mark_median(sheet, axes, _median(counts), edges, currency)
    axes.set_xlim(0, len(classes))
    axes.set_ylim(0, max(classes) * 1.2)
    axes.set_yticks([])
    # Of many classes only those that begin a power of ten are told, and of many of these every second or third.
    told = [
        place for place, edge in enumerate(edges) if len(edges) <= _FEW or edge.normalize().as_tuple().digits == (1,)
    ]
    amounts = [round_words(edges[place]) for place in told]
    every = -(-sum(_LETTERS_APART + len(amount) for amount in amounts) // _LETTERS_BELOW)
    axes.set_xticks(told[::every], amounts[::every])
    axes.set_xlabel(f"{currency}, from each amount to just below the next")
    axes.spines["bottom"].set(visible=True, color=ink.QUIET, linewidth=0.8)


def _edges(smallest: Decimal, largest: Decimal) -> list[Decimal]:
    """Round amounts: 1, 2 or 5 of a power of ten, from one not above the smallest to one above the largest."""
    power = Decimal(1).scaleb(smallest.adjusted())
    edges = [power * step for step in (1, 2, 5) if power * step <= smallest][-1:]
    while edges[-1] <= largest:
        edges.append(_next(edges[-1]))
    before = True
    while len(edges) <= _FEWEST:
        if before:
            edges.insert(0, _before(edges[0]))
        else:
            edges.append(_next(edges[-1]))
        before = not before
    return edges


def _next(edge: Decimal) -> Decimal:
    return edge * Decimal("2.5") if edge.normalize().as_tuple().digits == (2,) else edge * 2


def _before(edge: Decimal) -> Decimal:
    return edge / Decimal("2.5") if edge.normalize().as_tuple().digits == (5,) else edge / 2


def _median(counts: dict[Decimal, int]) -> Decimal:
    """The size in the middle; of two in the middle, halfway between them, to the unit."""
    gifts = sum(counts.values())
    low, high = _at(counts, (gifts - 1) // 2), _at(counts, gifts // 2)
    return ((low + high) / 2).quantize(low)


def _at(counts: dict[Decimal, int], place: int) -> Decimal:
    seen = 0
    for size, count in counts.items():
        seen += count
        if place < seen:
            return size
    message = "there are fewer gifts than that"
    raise IndexError(message)


def _mark_median(sheet: Sheet, axes: Axes, median: Decimal, edges: Sequence[Decimal], currency: str) -> None:
    """A line where the median is in its class, as far from the ends as its logarithm is."""
    place = next(place for place, edge in enumerate(edges[1:]) if median < edge)
    low, high = edges[place], edges[place + 1]
    part = (median / low).ln() / (high / low).ln()
    at = place + float(part)
    axes.axvline(at, color=ink.LESS_EDGE, linewidth=1.6, dashes=(4, 2), label="median")
    side: Literal["left", "right"] = "left" if place < len(edges) / 2 else "right"
    words = f"median {written(median)} {currency}"
    offset = (5 if side == "left" else -5, -2)
    sheet.write(axes, words, Place(at, 1, y_in="axes fraction", offset=offset, side=side, above="top"), BOLD)
