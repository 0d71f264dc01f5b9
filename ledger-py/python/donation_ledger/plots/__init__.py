"""Pictures of a ledger, for a report or a page: each is one call, and comes as a figure of matplotlib.

They are drawn from the ledger's own totals and from its journal, and name no donor. Nothing is shown on a screen and
no setting of matplotlib is changed: save a figure with `figure.savefig("raised.png")`, or let a notebook show it.
Amounts are drawn as floats; what is written beside them is exact. While the app goes on writing, a reader of
`Ledger.open_read_only` makes all pictures of one moment.

Names are written in the font that is set in matplotlib. Letters that it does not have come from another font of the
machine, where one has them; to say from which, add it to `matplotlib.rcParams["font.family"]`. Names that are read from
right to left need matplotlib 3.11.

Needs the extra: `pip install 'donation-ledger[plots]'`.

Example:
    >>> from donation_ledger import CauseDetails, Ledger
    >>> from donation_ledger.plots import cause_progress
    >>> with Ledger.in_memory() as ledger:
    ...     _ = ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells"))
    ...     figure = cause_progress(ledger, currency="EUR")
"""

try:
    from donation_ledger.plots.cause_bars import cause_progress
    from donation_ledger.plots.gift_histogram import gift_sizes
    from donation_ledger.plots.raised_steps import raised_over_time
    from donation_ledger.plots.waterfall_steps import waterfall
    from donation_ledger.plots.year_calendar import gifts_by_day
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "matplotlib":
        raise
    message = "pictures are drawn with matplotlib, which is not installed: pip install 'donation-ledger[plots]'"
    raise ImportError(message, name="matplotlib") from error

__all__ = ["cause_progress", "gift_sizes", "gifts_by_day", "raised_over_time", "waterfall"]
