"""The sheet of paper that all pictures are drawn on: a title, some words below it, and the rest for the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure

from donation_ledger.plots import ink
from donation_ledger.plots.lettering import families, in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

WIDTH: Final = 9.0
_MARGIN: Final = 0.25
_TITLE: Final = 0.34
_LINE: Final = 0.205
_TITLE_COLUMNS: Final = 58


class Sheet:
    """A figure with a title, in words that can be drawn whatever script they are in."""

    def __init__(self, title: str, words: Iterable[str], *, height: float, names: Iterable[str] = ()) -> None:
        """A sheet with a place for a picture of some height, in inches."""
        lines = list(words)
        head = _MARGIN + _TITLE + _LINE * len(lines)
        whole = head + height + _MARGIN / 2
        self.families = families([title, *names])
        self.figure = Figure(figsize=(WIDTH, round(whole, 2)), dpi=150, facecolor=ink.PAPER, layout="constrained")
        engine = self.figure.get_layout_engine()
        if engine is not None:
            side = _MARGIN / WIDTH
            engine.set(rect=(side, _MARGIN / 2 / whole, 1 - 2 * side, height / whole))  # type: ignore[call-arg]
        self._say(in_lines(title, _TITLE_COLUMNS), whole, _MARGIN, size=15, color=ink.TEXT, weight="bold")
        for number, line in enumerate(lines):
            self._say(line, whole, _MARGIN + _TITLE + number * _LINE, size=10, color=ink.QUIET)

    def axes(self, place: tuple[int, int] = (0, 0), heights: tuple[float, ...] = (1,)) -> Axes:
        """A place to draw in, with nothing around it."""
        row, column = place
        axes = self.figure.add_subplot(self._grid(heights)[row, column], facecolor=ink.PAPER)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, colors=ink.QUIET, labelsize=9.5)
        axes.set_axisbelow(True)
        return axes
