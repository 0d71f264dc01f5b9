"""Memory does not grow over a million calls of every kind."""

from __future__ import annotations

import subprocess
import sys

#: Calls in all, and what they may leave behind: less than 8 bytes for each.
CALLS, LEFT_MAX = 1_000_000, 8_000_000

PROGRAM = """
import gc, sys
from donation_ledger import (Amount, CauseDetails, CauseId, Designation, DonorProfile, InvalidError, Ledger, Method,
                             NotFoundError)

def held():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

with Ledger.in_memory() as ledger:
    water = ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells")).cause
    ada = ledger.register_donor(profile=DonorProfile(name="Ada")).donor
    nobody = CauseId("cau_01JA0000000000000000000000")
    gift = dict(key="k", donor=ada, designations=[Designation(water, Amount("25.00", "EUR"))],
                method=Method.Offline(bank="main"), tip=Amount("1.00", "EUR"), memo="words")
    calls = 0

    def ten_kinds():
        global calls
        given = ledger.donate(**gift)
        given.events, given.balances, given.donation
        ledger.cause(water).totals
        ledger.donor(ada)
        ledger.donation(given.donation)
        assert len(list(ledger.donor_history(ada))) == 2
        for wrong, error in ((lambda: Amount("x", "EUR"), InvalidError), (lambda: ledger.donate(**(gift | {"key": ""})), InvalidError),
                             (lambda: ledger.statement(nobody, given.recorded_at.date(), given.recorded_at.date()), NotFoundError),
                             (lambda: ledger.donor("ada"), TypeError), (lambda: ledger.donate(keey="k"), TypeError)):
            try:
                wrong()
            except error:
                calls += 1
        calls += 5

    while calls < 100_000:
        ten_kinds()
    before = held()
    calls = 0
    while calls < int(sys.argv[1]):
        ten_kinds()
    streams = [ledger.entries().__arrow_c_stream__() for _ in range(10_000)]
    del streams
    print(held() - before)
"""


def test_a_million_calls_leave_nothing_behind() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM, str(CALLS)], capture_output=True, text=True, check=True)
    assert int(ended.stdout) < LEFT_MAX
