"""Ids, amounts, records and answers behave as values of Python."""

from __future__ import annotations

import copy
import inspect
import io
import pickle
import pydoc
import typing
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import donation_ledger
import msgspec
import pytest
from conftest import Book, eur
from donation_ledger import (
    AdjustmentId,
    Amount,
    Attribute,
    CauseDetails,
    CauseId,
    Delivery,
    Designation,
    DonorId,
    DonorProfile,
    Event,
    ExportFormat,
    InvalidError,
    LedgerError,
    LedgerId,
    Mapping,
    Method,
    NotFoundError,
    RefundScope,
    Right,
    Visibility,
    Wrong,
)
from donation_ledger._record import Record

IDS = [getattr(donation_ledger, name) for name in donation_ledger.__all__ if name.endswith("Id")]
PREFIXES = {
    "AdjustmentId": "adj",
    "CauseId": "cau",
    "DisputeId": "dis",
    "DonationId": "gft",
    "DonorId": "don",
    "ExchangeId": "exc",
    "LedgerId": "led",
    "PaymentId": "pay",
    "PayoutId": "out",
    "ReallocationId": "rea",
    "RefundId": "ref",
    "ReversalId": "rev",
    "SettlementId": "set",
    "SuspenseId": "sus",
}


@pytest.mark.parametrize("kind", IDS)
def test_ids_are_small_values(kind: type[CauseId]) -> None:
    text = f"{PREFIXES[kind.__name__]}_01JA0000000000000000000000"
    later = kind(text[:-1] + "1")
    id_ = kind(text)
    assert (str(id_), repr(id_)) == (text, f"{kind.__name__}('{text}')")
    assert id_ == kind(text) and hash(id_) == hash(kind(text)) and {id_: 1}[kind(text)] == 1
    assert id_ < later and sorted([later, id_]) == [id_, later]
    assert pickle.loads(pickle.dumps(id_)) == id_ == copy.deepcopy(id_)
    assert id_ != text
    with pytest.raises(InvalidError) as told:
        kind("xxx" + text[3:])
    assert told.value.code == 1007


def test_ids_of_two_kinds_are_never_equal_and_have_no_order() -> None:
    bits = "01JA0000000000000000000000"
    assert DonorId(f"don_{bits}") != CauseId(f"cau_{bits}")  # type: ignore[comparison-overlap]
    with pytest.raises(TypeError):
        _ = LedgerId(f"led_{bits}") < AdjustmentId(f"adj_{bits}")  # type: ignore[operator]


def test_amounts_are_exact() -> None:
    assert Amount("0.10", "EUR") + Amount("0.20", "EUR") == Amount("0.30", "EUR")
    assert Amount(Decimal("12.3"), "EUR").decimal == Decimal("12.30")
    assert str(Amount(Decimal("2E+1"), "EUR")) == "20.00 EUR"
    assert (Amount(500, "JPY").minor, Amount("1.005", "KWD").minor) == (500, 1005)
    assert Amount.from_minor(1230, "EUR") == Amount("12.30", "EUR")
    assert Amount("5.00", "EUR") - Amount("1.50", "EUR") == Amount("3.50", "EUR")
    assert sum([eur("1.00"), eur("2.50")]) == eur("3.50")
    assert max(eur("1.00"), eur("3.00"), eur("2.00")) == eur("3.00")
    assert Amount("92233720368547758.07", "EUR").minor == 2**63 - 1


def test_amounts_and_ids_stand_in_tables() -> None:
    id_ = DonorId("don_01JA0000000000000000000000")
    assert f"{Amount('1.50', 'EUR'):>10}|{id_:<31}|" == "  1.50 EUR|don_01JA0000000000000000000000 |"


def test_amounts_are_values() -> None:
    amount = Amount("12.30", "EUR")
    assert (repr(amount), str(amount)) == ("Amount('12.30', 'EUR')", "12.30 EUR")
    assert pickle.loads(pickle.dumps(amount)) == amount and hash(amount) == hash(Amount("12.30", "EUR"))
    assert amount != Amount("12.30", "USD") and amount != Decimal("12.30")
    with pytest.raises(TypeError, match="two currencies"):
        _ = amount < Amount("12.30", "USD")


@pytest.mark.parametrize(
    ("value", "currency", "code"),
    [
        ("0", "EUR", 1001),
        ("-1", "EUR", 1001),
        ("92233720368547758.08", "EUR", 1002),
        ("1.001", "EUR", 1003),
        ("0.5", "JPY", 1003),
        ("1,50", "EUR", 1004),
        ("", "EUR", 1004),
        ("NaN", "EUR", 1004),
        ("1e3", "EUR", 1004),
        ("1.00", "EURO", 1005),
        ("1.00", "XXX", 1005),
        ("1.00", "eur", 1005),
    ],
)
def test_what_is_no_amount_is_told_by_its_code(value: str, currency: str, code: int) -> None:
    with pytest.raises(InvalidError) as told:
        Amount(value, currency)
    assert told.value.code == code


@pytest.mark.parametrize("value", [1.5, float("nan"), True, None, b"1", 1j, [1]])
def test_what_is_not_exact_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match="amount"):
        Amount(value, "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [Decimal("Infinity"), Decimal("NaN"), Decimal("sNaN")])
def test_decimals_that_are_no_numbers_are_refused(value: Decimal) -> None:
    with pytest.raises(InvalidError) as told:
        Amount(value, "EUR")
    assert told.value.code == 1004


def test_records_are_frozen_and_comparable(book: Book) -> None:
    one = Designation(book.water, eur("1.00"))
    assert one == Designation(cause=book.water, amount=eur("1.00")) and hash(one) == hash(copy.copy(one))
    assert one != Designation(book.water, eur("2.00"))
    with pytest.raises(AttributeError):
        one.amount = eur("2.00")  # type: ignore[misc]
    assert msgspec.structs.replace(one, amount=eur("2.00")).amount == eur("2.00")
    assert pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(Method.Offline(bank="main"))) == Method.Offline(bank="main")


def test_variants_are_of_their_choice() -> None:
    method = Method.Offline(bank="main")
    assert isinstance(method, Method) and type(method).__qualname__ == "Method.Offline"
    assert repr(method) == "Method.Offline(bank='main')"
    match method:
        case Method.Offline(bank=bank):
            assert bank == "main"
        case _:
            pytest.fail("another variant matched")


def test_what_is_meant_has_to_be_said(book: Book) -> None:
    """A class is not what calling it makes, and a word is not a member: neither moves money."""
    gift = book.give("k").donation
    with pytest.raises(TypeError) as told:
        book.ledger.refund(key="r", donation=gift, scope=RefundScope.Everything)  # type: ignore[arg-type]
    assert str(told.value) == "scope: expected a RefundScope, got the class RefundScope.Everything: call it"
    with pytest.raises(TypeError):
        book.ledger.update_cause(cause=book.water, details=CauseDetails(name="W"), status="paused")  # type: ignore[arg-type]
    assert book.ledger.stats().seq == 3


def test_a_correction_begins_with_all_that_was_entered(book: Book) -> None:
    gift = book.ledger.donate(
        key="k",
        donor=book.ada,
        designations=[Designation(book.water, eur("10.00"))],
        tip=eur("1.00"),
        method=Method.Offline(bank="main"),
        visibility=Visibility.ANONYMOUS,
        memo="for my aunt",
        occurred_on=date(2026, 2, 3),
    ).donation
    right = book.ledger.as_entered(gift, key="fix")
    assert (right.tip, right.visibility, right.memo, right.occurred_on) == (
        eur("1.00"),
        Visibility.ANONYMOUS,
        "for my aunt",
        date(2026, 2, 3),
    )
    right = msgspec.structs.replace(right, designations=[Designation(book.water, eur("12.00"))])
    book.ledger.correct(wrong=Wrong.Donation(gift), right=Right.Donation(right))
    [shown] = book.ledger.public_gifts(book.water)
    assert (shown.amount, type(shown.giver).__qualname__) == (eur("12.00"), "Giver.Anonymous")


@pytest.mark.parametrize("day", [date(1899, 12, 31), date.min])
def test_days_before_1900_have_their_code(book: Book, day: date) -> None:
    with pytest.raises(InvalidError) as told:
        book.ledger.trial_balance(at=day)
    assert told.value.code == 1008


def test_times_are_aware_and_days_are_days(book: Book) -> None:
    given = book.ledger.donate(
        key="k",
        donor=book.ada,
        designations=[Designation(book.water, eur("1.00"))],
        method=Method.Offline(bank="main"),
        occurred_on=date(2026, 2, 3),
    )
    assert given.recorded_at.tzinfo is timezone.utc
    assert abs(datetime.now(timezone.utc) - given.recorded_at) < timedelta(minutes=1)
    found = book.ledger.donation(given.donation)
    assert found is not None and found.day == date(2026, 2, 3) and not isinstance(found.day, datetime)


def test_what_a_command_did_not_make_is_an_error(book: Book) -> None:
    given = book.give("k")
    with pytest.raises(AttributeError, match="made no refund"):
        _ = given.refund
    assert not hasattr(given, "payout")


def test_a_repeat_answers_the_same(book: Book) -> None:
    first, again = book.give("k"), book.give("k")
    assert (first.delivery, again.delivery) == (Delivery.FIRST, Delivery.REPLAYED)
    assert (first.seq, first.donation, first.balances, first.events) == (
        again.seq,
        again.donation,
        again.balances,
        again.events,
    )
    assert isinstance(first.events[0], Event.DonationCaptured)
    status = book.ledger.status("k")
    assert status == again and book.ledger.status("other") is None


def test_errors_are_exceptions_of_a_kind(book: Book) -> None:
    unknown = DonorId("don_01JA0000000000000000000000")
    with pytest.raises(NotFoundError) as told:
        book.ledger.donate(
            key="k",
            donor=unknown,
            designations=[Designation(book.water, eur("1.00"))],
            method=Method.Offline(bank="main"),
        )
    error = told.value
    assert isinstance(error, LedgerError) and isinstance(error, LookupError)
    assert (error.code, error.name, error.kind, error.retryable) == (2001, "UnknownDonor", "not_found", False)
    assert error.donor == unknown and error.fields == {"donor": unknown}
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, again.donor) == (str(error), 2001, unknown)
    with pytest.raises(AttributeError):
        _ = error.cause


def test_no_text_names_anybody(book: Book) -> None:
    gift = book.give("secret-key", memo="for my aunt Grace").donation
    profile = DonorProfile(
        name="Ada Example",
        email="ada@example.org",
        external_id="u-1",
        location="Porto",
        date_of_birth=date(1915, 12, 10),
        attributes=[Attribute("shoe", "forty-four")],
    )
    shown = [
        repr(profile),
        repr(book.ledger.donor(book.ada)),
        repr(book.ledger.donation(gift)),
        repr(list(book.ledger.donor_history(book.ada))),
        repr(list(book.ledger.public_gifts(book.water))),
        repr(list(book.ledger.changes())),
        repr(list(book.ledger.donors())),
        repr(book.ledger),
    ]
    for text in shown:
        for private in ("Ada", "ada@", "aunt", "Grace", "Porto", "u-1", "forty", "1915"):
            assert private not in text


@pytest.mark.parametrize("name", donation_ledger.__all__)
def test_everything_can_be_looked_up(name: str) -> None:
    thing = getattr(donation_ledger, name)
    if not isinstance(thing, str):
        assert pydoc.render_doc(thing)
    if isinstance(thing, type) and issubclass(thing, Record):
        assert set(typing.get_type_hints(thing)) >= set(thing.__struct_fields__)
        assert list(inspect.signature(thing).parameters) == list(thing.__struct_fields__)


class Takes:
    """A raw file that takes some of what it is given, and says so."""

    def __init__(self, says: bool = True) -> None:
        self.taken, self.says = b"", says

    def write(self, data: bytes) -> int | None:
        self.taken += data[:1000]
        return len(data[:1000]) if self.says else None


def test_an_export_loses_nothing_to_a_file_that_takes_little(book: Book) -> None:
    for number in range(50):
        book.give(f"k{number}", "0.01")
    whole, little = io.BytesIO(), Takes()
    assert book.ledger.export(ExportFormat.CSV, whole) == book.ledger.export(ExportFormat.CSV, little)
    assert little.taken == whole.getvalue() and len(little.taken) > 2000
    with pytest.raises(ValueError, match="how many bytes"):
        book.ledger.export(ExportFormat.CSV, Takes(says=False))  # type: ignore[arg-type]


def test_an_export_that_is_refused_leaves_the_file(book: Book, tmp_path: Path) -> None:
    last = tmp_path / "last.json"
    last.write_text("what was there")
    with pytest.raises(NotFoundError):
        book.ledger.export_donor(DonorId("don_01JA0000000000000000000000"), last)
    assert last.read_text() == "what was there"


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_what_a_file_raises_is_raised(book: Book, raised: type[BaseException]) -> None:
    class Fails:
        def read(self, count: int) -> bytes:
            raise raised

    with pytest.raises(raised):
        book.ledger.import_rows(Fails(), Mapping.shipped("fec-itcont"))


def test_no_number_gets_in_by_another_door() -> None:
    class Seven(int):
        def __str__(self) -> str:
            return "7"

    assert Amount(Seven(5), "EUR") == eur("5.00")
    for count in (True, 5.0, "5"):
        with pytest.raises(TypeError, match="minor units"):
            Amount.from_minor(count, "EUR")  # type: ignore[arg-type]
    for large in (10**5000, Decimal("1E+999999999"), Decimal("1E-1000000000")):
        with pytest.raises(InvalidError):
            Amount(large, "EUR")
    with pytest.raises(InvalidError) as told:
        Amount.from_minor(2**63, "EUR")
    assert told.value.code == 1002


def test_classes_of_an_app_stand_for_nothing(book: Book) -> None:
    class Designation(donation_ledger.Designation, frozen=True):  # type: ignore[misc]
        """Named as ours."""

    assert book.give("k").seq == 3
    assert type(book.ledger.donation(book.give("k").donation).designations[0]) is donation_ledger.Designation  # type: ignore[union-attr]


def test_a_cursor_that_is_none_is_refused(book: Book) -> None:
    for cursor in ("garbage", "-1", ""):
        with pytest.raises(InvalidError) as told:
            book.ledger.donations(cursor=cursor).take(1)
        assert told.value.code == 1023
