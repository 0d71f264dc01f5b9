"""Every example in the documentation of a class or a method runs, and comes out as it says."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from datetime import date
from typing import Any

import donation_ledger
import msgspec
import pytest
from donation_ledger import Amount, CauseDetails, Designation, DonorProfile, Ledger, Method, PaymentReport


def documented() -> Iterator[tuple[str, object]]:
    for name in donation_ledger.__all__:
        thing = getattr(donation_ledger, name)
        yield name, thing
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_"):
                    yield f"{name}.{member}", value


EXAMPLES = [
    example
    for name, thing in documented()
    for example in doctest.DocTestFinder(recurse=False).find(thing, name, module=False)
    if example.examples
]


@pytest.fixture
def names() -> Iterator[dict[str, Any]]:
    """What tools/examples.txt says is there."""
    with Ledger.in_memory() as ledger:
        water = ledger.open_cause(currency="EUR", details=CauseDetails(name="Wells", external_id="water")).cause
        roof = ledger.open_cause(currency="EUR", details=CauseDetails(name="A roof", external_id="roof")).cause
        ada = ledger.register_donor(profile=DonorProfile(name="Ada Example", email="ada@example.org")).donor
        gift = ledger.donate(
            key="gift",
            donor=ada,
            designations=[Designation(water, Amount("25.00", "EUR"))],
            method=Method.Offline(bank="main"),
        ).donation
        begun = ledger.begin_donation(
            key="paid", donor=ada, designations=[Designation(water, Amount("20.00", "EUR"))]
        ).donation
        payment = ledger.start_payment(key="paid-1", donation=begun, processor="stripe").payment
        ledger.report_payment(key="paid-2", payment=payment, report=PaymentReport.Captured())
        yield vars(donation_ledger) | {
            "ledger": ledger,
            "water": water,
            "roof": roof,
            "ada": ada,
            "gift": gift,
            "paid": begun,
            "date": date,
            "msgspec": msgspec,
        }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_it_comes_out_as_it_says(example: doctest.DocTest, names: dict[str, Any]) -> None:
    example.globs = dict(names)
    told: list[str] = []
    failed, tried = doctest.DocTestRunner(verbose=False).run(example, out=told.append)
    assert tried > 0
    assert failed == 0, "".join(told)


def test_every_write_has_one() -> None:
    shown = {example.name.removeprefix("Ledger.") for example in EXAMPLES}
    writes = {
        name
        for name, method in vars(Ledger).items()
        if "**fields" in str(getattr(method, "__text_signature__", "")) or name == "donate"
    }
    assert "donate" in writes
    assert writes <= shown
