"""The first gift: two causes, a donor, one gift to both with a tip and a fee, a repeat, a refund, totals, an audit.

    python first_gift.py FOLDER

The books are kept in FOLDER, and made where there are none. Every command has a key, so the program can be run again:
it gets the first answers once more, and no money moves twice.
"""

from __future__ import annotations

import sys

from donation_ledger import (
    Amount,
    CauseDetails,
    Delivery,
    Designation,
    Donate,
    DonorProfile,
    Ledger,
    Method,
    RefundScope,
)


def main(argv: list[str]) -> None:
    if len(argv) != 1:
        sys.exit(__doc__)
    with Ledger.open(argv[0]) as ledger:
        water = ledger.open_cause(
            key="cause/water", currency="EUR", details=CauseDetails(name="Wells for Kitui", external_id="water")
        ).cause
        school = ledger.open_cause(
            key="cause/school", currency="EUR", details=CauseDetails(name="A school roof", external_id="school")
        ).cause
        ada = ledger.register_donor(
            key="donor/ada",
            profile=DonorProfile(name="Ada Example", email="ada@example.org", external_id="ada"),
        ).donor

        # One gift to two causes, with a tip; the processor kept 1.20. All of it is committed, or nothing.
        gift = Donate(
            key="order-1",  # one per act of giving: a retry is harmless
            donor=ada,
            designations=[Designation(water, Amount("20.00", "EUR")), Designation(school, Amount("10.00", "EUR"))],
            tip=Amount("2.00", "EUR"),
            fee=Amount("1.20", "EUR"),
            method=Method.CapturedElsewhere(bank="main"),
            memo="Good luck!",
        )
        given = ledger.submit(gift)  # the same as ledger.donate(key="order-1", donor=ada, ...)

        # The answer got lost, and the app asks again: the same key, the same answer.
        again = ledger.submit(gift)
        if (again.donation, again.delivery) != (given.donation, Delivery.REPLAYED):
            sys.exit("a repeat took money twice")
        print(f"the repeat was {again.delivery.value}: record {again.seq} as before")

        # Half of it goes back, divided over what is left of each part: 10.00, 5.00 and 1.00 of the tip.
        half = RefundScope.Proportional(Amount("16.00", "EUR"))
        ledger.refund(key="refund-1", donation=given.donation, scope=half)

        print(f"{'':<16}{'gross':>9}{'refunded':>9}{'fees':>9}{'net':>9}")
        for cause in ledger.causes():
            totals = cause.totals
            print(f"{cause.details.name:<16}{totals.gross:>9}{totals.refunded:>9}{totals.fees:>9}{totals.net:>9}")

        # Replays the whole journal and compares every row and every total with it.
        audit = ledger.audit()
        if audit.difference is not None:
            sys.exit(audit.difference)
        print(f"audit: {audit.records} records agree")


if __name__ == "__main__":
    main(sys.argv[1:])
