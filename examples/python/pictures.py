"""Draws what is in a ledger: an invented appeal, how far its causes are, what it raised, and what became of the money.

    python pictures.py FOLDER [BOOKS]

FOLDER gets three pictures as PNG. BOOKS is where the ledger is kept; without it, in a folder that is gone afterwards. A
second run with the same BOOKS gives nothing twice, because every command has a key.

The lines `# %%` begin the cells of a notebook, for editors that know them.
"""

# %% Where to
from __future__ import annotations

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from donation_ledger import (
    Amount,
    CauseDetails,
    CauseId,
    Designation,
    Donate,
    DonorStanding,
    Ledger,
    LedgerError,
    Method,
    PayoutReport,
    RefundScope,
)
from donation_ledger.plots import cause_progress, raised_over_time, waterfall

if len(sys.argv) not in {2, 3}:
    sys.exit(__doc__)
pictures = Path(sys.argv[1])
pictures.mkdir(parents=True, exist_ok=True)
scratch = tempfile.TemporaryDirectory()
ledger = Ledger.open(sys.argv[2] if len(sys.argv) == 3 else Path(scratch.name) / "books")


# %% Four causes, one of them without a goal
def cause(name: str, goal: int | None) -> CauseId:
    details = CauseDetails(name=name, goal=Amount(goal, "EUR") if goal else None)
    return ledger.open_cause(key=f"cause/{name}", currency="EUR", details=details).cause


wells = cause("Wells for Kitui", 8_000)
roof = cause("A school roof", 3_000)
winter = cause("Warm rooms in winter, for whoever needs one", 6_000)
forest = cause("A forest", None)

# %% A year of gifts, more towards its end, each with what the processor kept of it
NEW_YEAR = date(2026, 1, 1)
boxes = ledger.register_donor(key="boxes", standing=DonorStanding.ANONYMOUS).donor
gifts = []
for number in range(1, 401):
    euros = (5, 10, 20, 25, 50, 100, 250)[number * number % 31 % 7]
    gift = Donate(
        key=f"gift/{number}",
        donor=boxes,
        designations=[Designation((wells, roof, winter, wells, forest)[number % 5], Amount(euros, "EUR"))],
        fee=Amount.from_minor(25 + euros * 14 // 10, "EUR"),
        method=Method.Processor(processor="stripe"),
        occurred_on=NEW_YEAR - timedelta(days=1 + number * number * 364 // 400**2),
    )
    gifts.append(gift)

# %% Some of them are given back two weeks later, and most of the money for the wells is paid out
for number, given in enumerate(ledger.submit_all(gifts), start=1):
    if isinstance(given, LedgerError):
        raise given
    if number % 20 == 3:
        ledger.refund(
            key=f"gift/{number}/back",
            donation=given.donation,
            scope=RefundScope.Everything(),
            occurred_on=NEW_YEAR + timedelta(days=13 - number * number * 364 // 400**2),
        )
payout = ledger.propose_payout(key="wells/1", cause=wells, amount=Amount(5_000, "EUR"), bank="main").payout
ledger.report_payout(key="wells/1/paid", payout=payout, report=PayoutReport.PAID, occurred_on=date(2025, 12, 1))

# %% How far each cause is
progress = cause_progress(ledger, currency="EUR")
progress.savefig(pictures / "progress.png", dpi=200)

# %% What was raised for the wells, and what of it was given back
raised = raised_over_time(ledger, wells)
raised.savefig(pictures / "raised.png", dpi=200)

# %% What became of it
became = waterfall(ledger, wells)
became.savefig(pictures / "waterfall.png", dpi=200)

# %% The end
ledger.close()
scratch.cleanup()
for picture in ("progress.png", "raised.png", "waterfall.png"):
    print(pictures / picture)
