"""Amounts of money in words and on axes."""

from decimal import ROUND_DOWN, Decimal
from typing import Final

from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from donation_ledger import Amount

#: From which height on an axis counts in which words; below it the plain figures are short enough.
_IN_WORDS: Final = (
    (Decimal(10**13), Decimal(10**12), "trillion"),
    (Decimal(10**10), Decimal(10**9), "billion"),
    (Decimal(10**7), Decimal(10**6), "million"),
)
#: More than that says no more, and would have no room.
_MOST_PERCENT: Final = Decimal(9999)


def unit_of(currency: str) -> Decimal:
    """The smallest unit of a currency, with all its digits."""
    return Amount.from_minor(1, currency).decimal


def minor_of(amount: Decimal, currency: str) -> int:
    """An amount in the smallest units of its currency."""
    return int(amount / unit_of(currency))


def written(amount: Decimal) -> str:
    """An amount with all its digits, in groups of three."""
    return f"{amount:,f}".replace("-", "\N{MINUS SIGN}")


def round_words(amount: Decimal) -> str:
    """A round amount as short as it can be said."""
    for _, size, word in _IN_WORDS:
        if amount >= size:
            return f"{_short(amount / size)} {word}"
    return _short(amount)


def percent(raised: Decimal, goal: Decimal) -> str:
    """A share of a goal, rounded down: what is 100% has reached it."""
    share = raised / goal * 100
    if 0 < share < 1:
        return "under 1%"
    if share >= _MOST_PERCENT + 1:
        return f"over {written(_MOST_PERCENT)}%"
    whole = share.quantize(Decimal(1), ROUND_DOWN)
    return f"{written(whole + 0)}%"


def show_amounts_on(axis: Axis, largest: Decimal) -> str:
    """Puts few round amounts on an axis, and says what they have to be multiplied by, in a word."""
    size, word = next(((size, word) for least, size, word in _IN_WORDS if largest >= least), (Decimal(1), ""))

    def tick(value: float, _: object = None) -> str:
        # A place on an axis is a float, and 12 digits of it are what was meant.
        return _short(Decimal(f"{value:.12g}") / size)

    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(tick))
    return word


def _short(amount: Decimal) -> str:
    """An amount without zeros behind the point that say nothing."""
    return written(amount.normalize() + 0)
