"""Names as they can be drawn: made short, without what turns a text around, in a font that has their letters."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, findfont, fontManager, get_font

_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
#: These join letters in many scripts, unlike the rest of their category, which can turn a text around.
_JOINERS: Final = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_WIDE: Final = frozenset("MW%@\N{EM DASH}")


def in_lines(name: str, width: int, most: int = 1) -> str:
    """A name in a few lines, each as wide as so many letters of the Latin script. What does not fit is cut off."""
    lines: list[str] = []
    rest = _plain(name)
    while rest and len(lines) < most:
        is_last = len(lines) + 1 == most
        line = _head(rest, width)
        rest = rest[len(line) :].lstrip()
        if is_last and rest:
            line = _head(line, width - 1).rstrip(" ,;:-") + _CUT
            rest = ""
        lines.append(line.rstrip())
    return "\n".join(lines)


def families(texts: Iterable[str]) -> tuple[str, ...]:
    """The font that is set in matplotlib, and others of this machine for letters that it does not have."""
    usual = tuple(mpl.rcParams["font.family"])
    letters = {letter for text in texts for letter in _plain(text) if not letter.isspace()}
    known = get_font(findfont(FontProperties(family=list(usual))))
    missing = frozenset(letter for letter in letters - _JOINERS if not known.get_char_index(ord(letter)))
    return usual + (_families_with(missing) if missing else ())


def _plain(name: str) -> str:
    letters = (letter if letter in _JOINERS or unicodedata.category(letter)[0] != "C" else " " for letter in name)
    return " ".join("".join(letters).split())


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" or letter in _WIDE else 1


def _head(text: str, width: int) -> str:
    """As much of a text as fits in a width, up to the end of a word unless that leaves much of it empty."""
    used = 0
    for place, letter in enumerate(text):
        used += _width(letter)
        if used > width:
            head = text[:place]
            end_of_word = place if letter == " " else head.rfind(" ")
            return head[:end_of_word] if 2 * end_of_word > place else head
    return text


@lru_cache(maxsize=256)
def _families_with(letters: frozenset[str]) -> tuple[str, ...]:
    """The fewest fonts, or nearly, that have these letters together, as far as there are any."""
    had: dict[str, set[str]] = {}
    for entry in sorted(fontManager.ttflist, key=_preference):
        # The font of last resort has a box for every letter, which is what is to be avoided.
        if not entry.name.startswith("Last Resort") and Path(entry.fname).is_file():
            font = get_font(entry.fname)
            had.setdefault(entry.name, {letter for letter in letters if font.get_char_index(ord(letter))})
    found: list[str] = []
    missing = set(letters)
    while missing and had:
        best = max(had, key=lambda name: len(had[name] & missing))
        if not had[best] & missing:
            break
        found.append(best)
        missing -= had[best]
    return tuple(found)


def _preference(entry: FontEntry) -> tuple[bool, bool, bool, str]:
    return ("Sans" not in entry.name, entry.style != "normal", str(entry.weight) not in {"400", "normal"}, entry.name)
