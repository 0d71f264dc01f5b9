"""Carries on with a ledger that other languages wrote: tests/carry_on says in which order.

python carry_on.py FOLDER GIFTS KEY
"""

import sys

from donation_ledger import Amount, Designation, Ledger, Method

folder, gifts, key = sys.argv[1:]
with Ledger.open(folder) as ledger:
    found = ledger.stats().donations, ledger.audit().difference
    assert found == (int(gifts), None), found
    donor, cause = ledger.donor_by_external_id("ada"), ledger.cause_by_external_id("wells")
    assert donor is not None and cause is not None
    ledger.donate(
        key=key,
        donor=donor.id,
        designations=[Designation(cause.id, Amount("1.00", "EUR"))],
        method=Method.Offline(bank="main"),
        memo=f"from {key}",
    )
