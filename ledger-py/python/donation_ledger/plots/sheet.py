"""The sheet of paper that all pictures are drawn on: a title, some words below it, and the rest for the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from donation_ledger.plots import ink
from donation_ledger.plots.lettering import families, in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text

#: All measures are in inches.
WIDTH: Final = 9.0
_MARGIN: Final = 0.25
_TITLE: Final = 0.34
_LINE: Final = 0.205
_TITLE_COLUMNS: Final = 58
_TITLE_COLUMNS_WIDE: Final = 38

#: What a number of a place is: data, or a part of the axes.
Coordinates = Literal["data", "axes fraction"]


class Place(NamedTuple):
    """Where words are, and how they are put there: an offset in points, and which side of them is at that place."""

    x: float
    y: float
    x_in: Coordinates = "data"
    y_in: Coordinates = "data"
    offset: tuple[float, float] = (0, 0)
    side: Literal["left", "center", "right"] = "left"
    above: Literal["baseline", "bottom", "center_baseline", "top"] = "center_baseline"


class Look(NamedTuple):
    """What words look like."""

    size: float = 9.5
    color: str = ink.TEXT
    weight: Literal["normal", "bold"] = "normal"


PLAIN: Final = Look()
BOLD: Final = Look(weight="bold")
QUIET: Final = Look(color=ink.QUIET)


def beside(row: float, offset: float, side: Literal["left", "right"]) -> Place:
    """A place in the line of a row: to the left of the axes for an offset below zero, to the right for one above."""
    return Place(0 if offset < 0 else 1, row, x_in="axes fraction", offset=(offset, 0), side=side)


class Sheet:
    """A figure with a title, in letters of whatever script."""

    def __init__(self, title: str, words: Sequence[str], *heights: float, names: Iterable[str] = ()) -> None:
        """Makes room for pictures of some heights above each other; `names` are what will be written in them."""
        height = sum(heights)
        head = _MARGIN + _TITLE + _LINE * len(words)
        self._whole = round(head + height + _MARGIN / 2, 2)
        self._families = families([title, *names])
        margin = _MARGIN / WIDTH
        rect = (margin, _MARGIN / 2 / self._whole, 1 - 2 * margin, height / self._whole)
        engine = ConstrainedLayoutEngine(rect=rect, h_pad=0.02, w_pad=0.02)
        self.figure = Figure(figsize=(WIDTH, self._whole), dpi=150, facecolor=ink.PAPER, layout=engine)
        self._grid = self.figure.add_gridspec(len(heights), 1, height_ratios=heights)
        written = self._say(in_lines(title, _TITLE_COLUMNS), _MARGIN, Look(15, weight="bold"))
        # Some letters are wider than most.
        if written.get_window_extent().width > (WIDTH - 2 * _MARGIN) * self.figure.dpi:
            written.set_text(in_lines(title, _TITLE_COLUMNS_WIDE))
        for number, line in enumerate(words):
            self._say(line, _MARGIN + _TITLE + number * _LINE, Look(10, ink.QUIET))

    def axes(self, place: int = 0) -> Axes:
        """Where a picture is drawn, with nothing around it."""
        axes = self.figure.add_subplot(self._grid[place, 0], facecolor=ink.PAPER)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, colors=ink.QUIET, labelsize=9.5)
        axes.xaxis.label.set(color=ink.QUIET, size=9.5)
        axes.set_axisbelow(True)
        return axes

    def write(self, axes: Axes, words: str, place: Place, look: Look = PLAIN) -> Annotation:
        """Writes words at a place, and makes room for them where they are beside the axes."""
        return axes.annotate(
            words,
            (place.x, place.y),
            xycoords=(place.x_in, place.y_in),
            xytext=place.offset,
            textcoords="offset points",
            ha=place.side,
            va=place.above,
            fontsize=look.size,
            color=look.color,
            fontweight=look.weight,
            fontfamily=self._families,
            # A name may have dollar signs in it, and is no formula.
            parse_math=False,
            annotation_clip=False,
            linespacing=1.1,
        )

    def _say(self, words: str, from_top: float, look: Look) -> Text:
        return self.figure.text(
            _MARGIN / WIDTH,
            1 - from_top / self._whole,
            words,
            va="top",
            fontsize=look.size,
            color=look.color,
            fontweight=look.weight,
            fontfamily=self._families,
            parse_math=False,
        )


def nothing_yet(title: str, words: str) -> Figure:
    """What is shown as long as there is nothing to draw."""
    sheet = Sheet(title, (), 2.4)
    axes = sheet.axes()
    axes.set_axis_off()
    middle = Place(0.5, 0.55, x_in="axes fraction", y_in="axes fraction", side="center")
    sheet.write(axes, words, middle, Look(12, ink.QUIET))
    return sheet.figure
