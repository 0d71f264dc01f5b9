"""A process that is killed in mid-donation loses nothing that it was told is committed."""

from __future__ import annotations

import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import eur
from donation_ledger import CauseDetails, DonorProfile, Ledger

GIVES = """
import sys, threading
from donation_ledger import Amount, Designation, Ledger, Method
ledger = Ledger.open(sys.argv[1])
water = ledger.cause_by_external_id("water").id
ada = ledger.donor_by_external_id("ada").id
begin, one_at_a_time = int(sys.argv[2]), threading.Lock()

def give(thread):
    number = 0
    while True:
        key = f"{begin}-{thread}-{number}"
        ledger.donate(key=key, donor=ada, designations=[Designation(water, Amount("0.01", "EUR"))],
                      method=Method.Offline(bank="main"))
        with one_at_a_time:
            print(key, flush=True)
        number += 1

for thread in range(4):
    threading.Thread(target=give, args=(thread,), daemon=True).start()
threading.Event().wait()
"""


@pytest.mark.parametrize("rounds", [8])
def test_nothing_acknowledged_is_lost(tmp_path: Path, rounds: int) -> None:
    folder = tmp_path / "book"
    with Ledger.open(folder) as ledger:
        ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells", external_id="water"))
        ledger.register_donor(profile=DonorProfile(external_id="ada"))
    acknowledged: list[str] = []
    for begin in range(rounds):
        giving = subprocess.Popen(
            [sys.executable, "-c", GIVES, str(folder), str(begin)], stdout=subprocess.PIPE, text=True
        )
        assert giving.stdout is not None
        for line in giving.stdout:
            acknowledged.append(line.strip())
            if len(acknowledged) % 37 == 0:
                giving.send_signal(signal.SIGKILL)
                break
        # What it had said before it died, and nobody had read.
        acknowledged += [line.strip() for line in giving.stdout if line.endswith("\n")]
        assert giving.wait() == -signal.SIGKILL
        giving.stdout.close()
        with Ledger.open(folder) as ledger:
            assert all(ledger.status(key) is not None for key in acknowledged)
            cause = ledger.cause_by_external_id("water")
            assert cause is not None
            # Four calls at most were committed and died before they could say so.
            unsaid = cause.totals.donations - len(acknowledged)
            assert 0 <= unsaid <= 4 * (begin + 1)
            assert cause.totals.gross == Decimal(cause.totals.donations) * eur("0.01").decimal
            assert ledger.audit().difference is None
    assert len(acknowledged) >= 37 * rounds - 37
