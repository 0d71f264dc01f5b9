"""What tests begin with."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture
def real_data(request: pytest.FixtureRequest) -> Path:
    """The folder of real donation records: in $LEDGER_SHARED, else beside the project. Loudly skipped where it is not."""
    named = os.environ.get("LEDGER_SHARED")
    folder = Path(named) / "data" if named else Path(__file__).resolve().parents[3] / "shared" / "data"
    if named and not folder.is_dir():
        pytest.fail(f"LEDGER_SHARED is set, but {folder} is no folder")
    if not folder.is_dir():
        sys.stderr.write(f"SKIPPED: {request.node.name}: the real data is not here, set LEDGER_SHARED\n")
        pytest.skip("the real data is not here: set LEDGER_SHARED to the folder that holds data/")
    return folder


@pytest.fixture
def truth(real_data: Path) -> dict[str, dict[str, Any]]:
    """What another program, in another language, made of the real data."""
    figures: dict[str, dict[str, Any]] = json.loads((real_data / "truth.json").read_text())
    return figures
