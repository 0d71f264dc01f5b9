"""What tests begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from donation_ledger import Amount, CauseDetails, CauseId, Designation, DonorId, DonorProfile, Ledger, Method
from donation_ledger import Committed as Committed


def eur(value: str) -> Amount:
    return Amount(value, "EUR")


class Book:
    """A ledger in memory with a donor and a cause."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.water: CauseId = ledger.open_cause(
            currency="EUR", details=CauseDetails(name="Wells", external_id="water")
        ).cause
        self.ada: DonorId = ledger.register_donor(
            profile=DonorProfile(name="Ada Example", email="ada@example.org", external_id="u-1")
        ).donor

    def give(self, key: str, value: str = "25.00", memo: str | None = None) -> Committed:
        return self.ledger.donate(
            key=key,
            donor=self.ada,
            designations=[Designation(self.water, eur(value))],
            method=Method.Offline(bank="main"),
            memo=memo,
        )


@pytest.fixture
def book() -> Iterator[Book]:
    with Ledger.in_memory() as ledger:
        yield Book(ledger)
