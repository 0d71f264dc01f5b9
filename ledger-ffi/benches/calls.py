"""How long a call takes from a program in Python: calls says what is measured."""

import sys
import time

from donation_ledger import Amount, CauseDetails, Designation, Ledger, Method

GIFTS = 20_000


def say(name: str, begun: float, factor: float) -> None:
    print(name, f"{(time.perf_counter() - begun) * factor:.3f}")


for name, folder in zip(("open", "open_killed"), sys.argv[1:], strict=True):
    begun = time.perf_counter()
    ledger = Ledger.open(folder)
    say(name, begun, 1e3)
    ledger.close()

ledger = Ledger.in_memory()
donor = ledger.register_donor().donor
cause = ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells")).cause


def give(word: str) -> None:
    for number in range(GIFTS):
        ledger.donate(
            key=f"{word}-{number}",
            donor=donor,
            designations=[Designation(cause, Amount("25.00", "EUR"))],
            method=Method.Offline(bank="main"),
        )


give("warm")
begun = time.perf_counter()
give("gift")
say("give", begun, 1e6 / GIFTS)
begun = time.perf_counter()
for _ in range(GIFTS):
    assert ledger.cause(cause) is not None
say("read", begun, 1e6 / GIFTS)
