"""Lists are read page by page, and their pages together are all there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Book, eur
from donation_ledger import (
    Cause,
    CauseDetails,
    Designation,
    HistoryLine,
    InvalidError,
    Ledger,
    LineKind,
    Method,
    Order,
    Pages,
    StorageError,
)


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_the_pages_are_the_whole(book: Book, size: int) -> None:
    for number in range(7):
        book.give(f"k{number}")
    whole = list(book.ledger.donor_history(book.ada))
    assert [line.kind for line in whole] == [LineKind.DONOR_REGISTERED] + 7 * [LineKind.DONATION]
    paged: list[HistoryLine] = []
    cursor: str | None = None
    while True:
        pages = book.ledger.donor_history(book.ada, cursor=cursor)
        paged += pages.take(size)
        cursor = pages.cursor
        if cursor is None:
            break
    assert paged == whole
    assert list(book.ledger.donor_history(book.ada, order=Order.NEWEST_FIRST)) == whole[::-1]


def test_a_list_is_read_as_it_is_looped_over(book: Book) -> None:
    history = book.ledger.cause_history(book.water)
    book.give("later")
    assert [line.kind for line in history] == [LineKind.CAUSE_OPENED, LineKind.DONATION]
    assert list(history) == []


def test_more_than_a_page_is_read_on(book: Book) -> None:
    for number in range(1203):
        book.give(f"k{number}", "0.01")
    assert sum(1 for _ in book.ledger.cause_history(book.water)) == 1204
    assert sum(1 for _ in book.ledger.changes()) == 1205
    assert sum(1 for _ in book.ledger.donations()) == 1203
    assert [gift.seq for gift in book.ledger.donations(cursor="1200")] == [1201, 1202, 1203, 1204, 1205]


def split_gift(book: Book, key: str) -> None:
    """Two changes of causes, and more than one notice, of one record."""
    roof = book.ledger.open_cause(currency="EUR", details=CauseDetails(name="A roof", goal=eur("1.00"))).cause
    book.ledger.donate(
        key=key,
        donor=book.ada,
        designations=[Designation(book.water, eur("1.00")), Designation(roof, eur("2.00"))],
        method=Method.Offline(bank="main"),
    )


LISTS: dict[str, Callable[[Ledger, str | None], Pages[Any]]] = {
    "donations": lambda ledger, cursor: ledger.donations(cursor=cursor),
    "donors": lambda ledger, cursor: ledger.donors(cursor=cursor),
    "causes": lambda ledger, cursor: ledger.causes(cursor=cursor),
    "changes": lambda ledger, cursor: ledger.changes(cursor=cursor),
    "cause_changes": lambda ledger, cursor: ledger.cause_changes(cursor=cursor),
    "notices": lambda ledger, cursor: ledger.notices_after(cursor=cursor),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", range(1, 9))
def test_every_list_goes_on_at_its_cursor_and_ends_with_none(book: Book, name: str, size: int) -> None:
    for number in range(3):
        book.give(f"k{number}")
        split_gift(book, f"s{number}")
    of = LISTS[name]
    whole = list(of(book.ledger, None))
    assert len(whole) > 0
    paged: list[Any] = []
    cursor: str | None = None
    while True:
        pages = of(book.ledger, cursor)
        page = pages.take(size)
        paged += page
        cursor = pages.cursor
        if cursor is None:
            break
        assert len(page) >= size
    assert paged == whole


def test_after_the_last_one_there_is_no_cursor(book: Book) -> None:
    for number in range(3):
        book.give(f"k{number}")
    for pages in (
        book.ledger.donations(),
        book.ledger.changes(),
        book.ledger.cause_changes(),
        book.ledger.notices_after(),
    ):
        assert len(pages.take(2)) == 2
        assert pages.cursor is not None
        assert len(pages.take(1000)) > 0
        assert pages.cursor is None


def test_what_a_list_is_of_can_be_said_when_run(book: Book) -> None:
    listed: Pages[Cause] = book.ledger.causes()
    assert str(Pages[Cause]).startswith("donation_ledger.Pages[")
    assert [cause.id for cause in listed] == [book.water]


def test_causes_and_donors_go_on_after_one(book: Book) -> None:
    roof = book.ledger.open_cause(currency="EUR", details=CauseDetails(name="A roof")).cause
    assert [cause.id for cause in book.ledger.causes()] == [book.water, roof]
    assert [cause.id for cause in book.ledger.causes(cursor=str(book.water))] == [roof]
    assert [donor.id for donor in book.ledger.donors()] == [book.ada]
    assert list(book.ledger.donors(cursor=str(book.ada))) == []


def test_a_loop_that_stops_has_no_cursor(book: Book) -> None:
    book.give("k")
    pages = book.ledger.donor_history(book.ada)
    next(pages)
    with pytest.raises(ValueError, match="take"):
        _ = pages.cursor


def test_a_cursor_of_another_list_is_refused(book: Book) -> None:
    book.give("k")
    pages = book.ledger.donor_history(book.ada)
    pages.take(1)
    with pytest.raises(InvalidError) as told:
        book.ledger.cause_history(book.water, cursor=pages.cursor).take(1)
    assert told.value.code == 1023
    with pytest.raises(InvalidError) as told:
        book.ledger.donor_history(book.ada).take(1001)
    assert told.value.code == 1025


def test_a_list_of_a_closed_ledger_says_so(book: Book) -> None:
    pages = book.ledger.donors()
    book.ledger.close()
    with pytest.raises(StorageError) as told:
        next(pages)
    assert told.value.code == 5003
