"""What a new user does wrong, and the exact words that are the answer: what is wrong, and what to do."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Book, eur
from donation_ledger import (
    Amount,
    CauseDetails,
    CauseId,
    Designation,
    ExportFormat,
    Ledger,
    Mapping,
    Method,
    Opening,
    RefundScope,
    Sandbox,
    Stripe,
    StripeMode,
)

Wrong = Callable[[Book, Path], object]


def gives(**other: Any) -> Wrong:
    """A gift with one thing wrong."""

    def wrong(book: Book, _: Path) -> object:
        fields: dict[str, Any] = {
            "key": "k",
            "donor": book.ada,
            "designations": [Designation(book.water, eur("5.00"))],
            "method": Method.Offline(bank="main"),
        }
        return book.ledger.donate(**(fields | {name: of(book) if callable(of) else of for name, of in other.items()}))

    return wrong


MESSAGES: dict[str, tuple[Wrong, str]] = {
    "a ledger that is made": (
        lambda _, at: Ledger(at),  # type: ignore[arg-type]
        "TypeError: a ledger is opened, not made: Ledger.open(folder), or Ledger.in_memory() to try things out",
    ),
    "a path that is not there": (
        lambda _, at: Ledger.open(at / "nowhere", opening=Opening.OPEN_EXISTING),
        "NotFoundError: AT/nowhere holds no ledger: check the path, or make one there with `open` (on a command line, `ledger init`) (error 2004)",
    ),
    "a path that cannot be made": (
        lambda _, at: ((at / "file").write_text("") and None) or Ledger.open(at / "file" / "book"),
        "StorageError: AT/file/book is not a folder and cannot become one: choose another path, or move away what is there "
        "(error 5010)",
    ),
    "a ledger where there is one already": (
        lambda _, at: (Ledger.open(at / "book").close(), Ledger.open(at / "book", opening=Opening.CREATE_NEW)),
        "ConflictError: AT/book holds a ledger already: open it, or choose another folder (error 3010)",
    ),
    "an option that there is not": (
        lambda _, at: Ledger.open(at, durabilty="os"),  # type: ignore[call-arg]
        "TypeError: there is no option 'durabilty': the options are opening, mode, durability, segment_bytes, "
        "cache_bytes, checkpoint_records and state",
    ),
    "a word for an option": (
        lambda _, at: Ledger.open(at, opening="existing"),  # type: ignore[arg-type]
        "TypeError: argument 'opening': expected an Opening, one of OPEN_OR_CREATE, OPEN_EXISTING, CREATE_NEW, got str",
    ),
    "a float": (
        lambda book, _: Amount(5.0, "EUR"),  # type: ignore[arg-type]
        "TypeError: amount 5.0 is a float, which is not exact: pass a str or a Decimal, such as Amount('12.30', 'EUR')",
    ),
    "an unknown currency": (
        lambda book, _: Amount("5.00", "EURO"),
        'InvalidError: "EURO" is not an ISO 4217 currency with minor units: use three upper-case letters such as EUR '
        "(error 1005)",
    ),
    "an unknown currency of a cause": (
        lambda book, _: book.ledger.open_cause(currency="euro", details=CauseDetails(name="Wells")),
        'InvalidError: "euro" is not an ISO 4217 currency with minor units: use three upper-case letters such as EUR '
        "(error 1005)",
    ),
    "no currency": (
        lambda book, _: Amount("5.00", None),  # type: ignore[arg-type]
        "TypeError: expected the code of a currency, such as 'EUR', got NoneType",
    ),
    "too many digits": (
        lambda book, _: Amount("5.001", "EUR"),
        "InvalidError: amount 5.001 has more digits than the 2 that EUR has: round it before it is given (error 1003)",
    ),
    "two currencies": (
        lambda book, _: eur("1.00") + Amount("1.00", "USD"),
        "InvalidError: currency USD where EUR is needed: amounts of different currencies are never added up (error 1006)",
    ),
    "a typo in a keyword": (
        gives(fee_bearrer="platform"),
        "TypeError: donate() has no argument 'fee_bearrer': did you mean 'fee_bearer'?",
    ),
    "a keyword that is nothing like one": (
        gives(colour="red"),
        "TypeError: donate() has no argument 'colour': it takes key, donor, designations, tip, fee, fee_bearer, method, "
        "occurred_on, visibility, memo",
    ),
    "a keyword that is missing": (
        lambda book, _: book.ledger.refund(key="r"),  # type: ignore[call-arg]
        "TypeError: refund() needs 'donation' and 'scope' too: it takes key, donation, scope, occurred_on, memo",
    ),
    "text where an id belongs": (
        lambda book, _: book.ledger.donor("ada"),  # type: ignore[arg-type]
        "TypeError: expected a DonorId, got str: DonorId('…') makes one of its text",
    ),
    "text where an id belongs, in a command": (
        gives(donor="ada"),
        "TypeError: donor: expected a DonorId, got str: DonorId('…') makes one of its text",
    ),
    "an id of another kind": (
        gives(donor=lambda book: book.water),
        "TypeError: donor: expected a DonorId, got CauseId",
    ),
    "a text that is no id": (
        lambda book, _: CauseId("water"),
        "InvalidError: what was given is not an id that starts with cau_ and has 26 digits after it: pass the id as it was "
        "returned (error 1007)",
    ),
    "a number where an amount belongs": (
        gives(designations=lambda book: [Designation(book.water, 5)]),  # type: ignore[arg-type]
        "TypeError: designations[0].amount: expected an Amount, such as Amount('12.30', 'EUR'), got int",
    ),
    "a pair where a designation belongs": (
        gives(designations=lambda book: [(book.water, "5.00")]),
        "TypeError: designations[0]: expected a Designation, got tuple",
    ),
    "one where a list belongs": (
        gives(designations=lambda book: Designation(book.water, eur("5.00"))),
        "TypeError: designations: expected a list or a tuple, got Designation",
    ),
    "a word where a method belongs": (gives(method="cash"), "TypeError: method: expected a Method, got str"),
    "a word that is none of the choice": (
        gives(visibility="hidden"),
        "TypeError: visibility: expected a Visibility, one of PUBLIC, ANONYMOUS, got str",
    ),
    "a datetime where a day belongs": (
        gives(occurred_on=datetime(2026, 1, 31, 12)),
        "TypeError: occurred_on: expected a date, without a time: call .date() on it, in the time zone that is meant, got "
        "datetime",
    ),
    "a naive datetime": (
        lambda book, _: Sandbox("sandbox").settle("main", eur("1.00"), at=datetime(2026, 1, 31)),
        "TypeError: expected a datetime with a time zone: make it of datetime.now(timezone.utc) or set tzinfo, got "
        "datetime",
    ),
    "days in the wrong order": (
        lambda book, _: book.ledger.statement(book.water, date(2026, 2, 1), date(2026, 1, 1)),
        "InvalidError: period ends on 2026-01-01, before it begins on 2026-02-01: swap the dates (error 1017)",
    ),
    "a statement without a currency": (
        lambda book, _: book.ledger.statement(book.ada, date(2026, 1, 1), date(2026, 2, 1)),
        "TypeError: of a donor or an account a currency is needed: currency='EUR'",
    ),
    "more than is left": (
        lambda book, _: book.ledger.refund(
            key="r", donation=book.give("k").donation, scope=RefundScope.Proportional(eur("26.00"))
        ),
        "ConflictError: refund of 26.00 EUR is more than the 25.00 EUR left of ID: refund at most that (error 3007)",
    ),
    "the same key for another gift": (
        lambda book, _: (book.give("k"), book.give("k", "26.00")),
        'ConflictError: key "k" stands for record 3 with other content (recorded HASH, given HASH): use a new key for a new '
        "act (error 3001)",
    ),
    "a closed ledger": (
        lambda book, _: (book.ledger.close(), book.ledger.stats()),
        "StorageError: ledger is closed (by close): open it again (error 5003)",
    ),
    "a page that is too large": (
        lambda book, _: book.ledger.donor_history(book.ada).take(5000),
        "InvalidError: page size 5000 is not 1 to 1000 (error 1025)",
    ),
    "a file that is not there": (
        lambda book, at: book.ledger.import_rows(at / "gifts.csv", Mapping.shipped("fec-itcont")),
        "FileNotFoundError: AT/gifts.csv: No such file or directory (os error 2)",
    ),
    "something that is no file": (
        lambda book, _: book.ledger.import_rows(5, Mapping.shipped("fec-itcont")),  # type: ignore[arg-type]
        "TypeError: int is neither a path nor a file that can be read from",
    ),
    "a file for text": (
        lambda book, _: (book.give("k"), book.ledger.export(ExportFormat.CSV, io.StringIO())),  # type: ignore[arg-type]
        "TypeError: the file takes text: open it in binary mode, open(path, 'wb')",
    ),
    "a mapping that there is not": (
        lambda book, _: Mapping.shipped("fec"),
        'ValueError: no mapping is shipped under "fec": there are fec-schedule-a, fec-schedule-b, fec-itcont',
    ),
    "no secret": (
        lambda book, _: Stripe(processor="stripe", bank="main", secrets=[], mode=StripeMode.TEST),
        "ValueError: no secret: pass the one of the endpoint, ['whsec_...']",
    ),
    "a provider of one's own": (
        lambda book, _: book.ledger.ingest_webhook("paypal", {}, b""),  # type: ignore[arg-type]
        "TypeError: provider is neither a Stripe nor a Sandbox: read what another one says yourself, and pass it to "
        "ingest_facts",
    ),
}


@pytest.mark.parametrize("what", MESSAGES)
def test_the_answer_says_what_to_do(what: str, book: Book, tmp_path: Path) -> None:
    wrong, wanted = MESSAGES[what]
    with pytest.raises(Exception) as raised:
        wrong(book, tmp_path)
    told = f"{type(raised.value).__name__}: {raised.value}".replace(str(tmp_path), "AT")
    told = re.sub(r"\b(gft|don|cau)_[0-9A-Z]{26}", "ID", re.sub(r"\b[0-9a-f]{16,}\b", "HASH", told))
    assert told == wanted


def test_a_second_process_is_told_who_holds_it(tmp_path: Path) -> None:
    code = f"from donation_ledger import Ledger; Ledger.open({str(tmp_path / 'book')!r})"
    with Ledger.open(tmp_path / "book"):
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.stderr.splitlines()[-1] == (
        f"donation_ledger.exceptions.StorageError: {tmp_path}/book is open for writing already, by process {os.getpid()}: "
        "close it there first (error 5004)"
    )
