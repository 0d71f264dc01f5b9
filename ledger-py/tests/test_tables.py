"""Tables are read by whoever speaks Arrow, exactly, and say what the ledger says."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import Book, eur
from donation_ledger import (
    Amount,
    CauseDetails,
    Designation,
    Ledger,
    Method,
    RefundScope,
    Right,
    StorageError,
    Visibility,
    WhyNothing,
    Wrong,
)


def fill(book: Book) -> None:
    ledger = book.ledger
    roof = ledger.open_cause(currency="EUR", details=CauseDetails(name="A roof", goal=eur("100.00"))).cause
    yen = ledger.open_cause(currency="JPY", details=CauseDetails(name="学校")).cause
    for number in range(300):
        ledger.donate(
            key=f"k{number}",
            donor=book.ada,
            tip=eur("0.50") if number % 3 else None,
            designations=[
                Designation(book.water, Amount.from_minor(100 + number, "EUR")),
                Designation(roof, eur("0.01")),
            ],
            method=Method.Offline(bank="main"),
            occurred_on=date(2026, 1, 1 + number % 28),
            visibility=Visibility.PUBLIC if number % 2 else Visibility.ANONYMOUS,
        )
    ledger.donate(
        key="yen",
        donor=book.ada,
        designations=[Designation(yen, Amount("500", "JPY"))],
        method=Method.Offline(bank="main"),
    )
    gift = ledger.donate(
        key="big", donor=book.ada, designations=[Designation(roof, eur("1000.00"))], method=Method.Offline(bank="main")
    ).donation
    ledger.refund(key="back", donation=gift, scope=RefundScope.Proportional(eur("333.33")))
    wrong = book.give("wrong", "77.00").donation
    ledger.correct(wrong=Wrong.Donation(wrong), right=Right.Nothing(key="fix", why=WhyNothing.ENTERED_TWICE))


def test_every_reader_reads_the_same(book: Book) -> None:
    fill(book)
    ledger = book.ledger
    of_arrow = pyarrow.table(ledger.donations())
    of_polars = polars.DataFrame(ledger.donations())
    of_pandas = pandas.DataFrame.from_arrow(ledger.donations())
    assert of_polars.height == of_arrow.num_rows == len(of_pandas) == 300 * 2 + 200 + 1 + 1 + 1
    assert of_arrow.to_pylist() == of_polars.to_dicts()
    assert list(of_pandas["given"]) == of_polars["given"].to_list()
    entries = ledger.entries()
    counted = duckdb.sql("select count(*), sum(debit) - sum(credit) from entries").fetchall()
    assert counted == [(pyarrow.table(entries).num_rows, Decimal("0.0000"))]


def test_types_are_exact(book: Book) -> None:
    fill(book)
    schema = pyarrow.table(book.ledger.donations()).schema
    assert schema.field("given").type == pyarrow.decimal128(38, 4)
    assert schema.field("recorded_at").type == pyarrow.timestamp("us", tz="UTC")
    assert schema.field("day").type == pyarrow.date32()
    rows = pyarrow.table(book.ledger.donations()).to_pylist()
    gifts = list(book.ledger.donations())
    assert [row["recorded_at"] for row in rows if row["cause"] == str(book.water)] == [
        gift.recorded_at for gift in gifts if gift.designations[0].cause == book.water
    ]
    [yen] = [row for row in rows if row["currency"] == "JPY"]
    assert (yen["given"], yen["day"]) == (Decimal("500.0000"), book.ledger.now().date())


def test_sums_are_the_totals(book: Book) -> None:
    fill(book)
    frame = polars.DataFrame(book.ledger.donations()).filter(~polars.col("taken_back"))
    sums = frame.group_by("cause").agg(polars.col("given").sum(), polars.col("refunded").sum())
    by_cause = {row["cause"]: (row["given"], row["refunded"]) for row in sums.to_dicts()}
    for cause in book.ledger.causes():
        assert by_cause[str(cause.id)] == (cause.totals.gross, cause.totals.refunded)
    assert by_cause[None] == (Decimal("100.00"), 0)
    table = polars.DataFrame(book.ledger.causes())
    assert table["name"].to_list() == ["Wells", "A roof", "学校"]
    assert table["net"].to_list() == [cause.totals.net for cause in book.ledger.causes()]
    assert table["goal"].to_list() == [None, Decimal("100.00"), None]
    balances = polars.DataFrame(book.ledger.balances())
    assert balances["net"].to_list() == [each.net for each in book.ledger.trial_balance().balances]


def test_a_table_begins_where_its_list_begins(book: Book) -> None:
    book.give("a", "1.00")
    after = book.give("b", "2.00").seq
    book.give("c", "3.00")
    assert polars.DataFrame(book.ledger.donations(cursor=str(after)))["given"].to_list() == [Decimal("3.0000")]
    assert pyarrow.table(book.ledger.causes(cursor=str(book.water))).num_rows == 0


def test_an_empty_ledger_has_empty_tables() -> None:
    with Ledger.in_memory() as ledger:
        for table in (ledger.donations(), ledger.entries(), ledger.balances(), ledger.causes()):
            read = pyarrow.table(table)
            assert read.num_rows == 0 and read.num_columns > 5
        assert ledger.entries().columns == pyarrow.table(ledger.entries()).column_names


def test_a_list_that_is_no_table_says_so(book: Book) -> None:
    with pytest.raises(TypeError, match="loop over it"):
        pyarrow.table(book.ledger.donors())


def test_a_table_of_a_closed_ledger_is_an_error(book: Book) -> None:
    table = book.ledger.entries()
    book.ledger.close()
    with pytest.raises((pyarrow.ArrowInvalid, pyarrow.ArrowException, StorageError), match="5003"):
        pyarrow.table(table)


def test_no_library_is_needed_to_make_one() -> None:
    """Neither importing the package nor making a stream brings one of them in."""
    code = """
import sys
from donation_ledger import Ledger
with Ledger.in_memory() as ledger:
    stream = ledger.entries().__arrow_c_stream__()
    del stream
print([name for name in ("pyarrow", "polars", "pandas", "duckdb", "numpy", "matplotlib") if name in sys.modules])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_real_gifts_add_up_in_polars_and_duckdb(
    real_data: Path, truth: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    from donation_ledger import Mapping

    gifts, refunds = "fec2016_gifts_SA17A.csv.gz", "fec2016_refunds_SB28A.csv.gz"
    with Ledger.open(tmp_path / "book") as ledger:
        seen: list[int] = []
        first = ledger.import_rows(
            real_data / gifts, Mapping.shipped("fec-schedule-a"), on_progress=lambda report: seen.append(report.rows)
        )
        with (real_data / refunds).open("rb") as file:
            second = ledger.import_rows(file, Mapping.shipped("fec-schedule-b"))
        of_gifts, of_refunds = truth[gifts], truth[refunds]
        assert (first.rows, first.gifts, first.adjustments) == tuple(
            of_gifts[name] for name in ("total_rows", "positive_rows", "negative_rows")
        )
        assert first.sums["gifts"]["USD"] == cents(of_gifts["positive_sum_cents"])
        assert first.sums["adjustments"]["USD"] == cents(of_gifts["negative_sum_cents"])
        assert (second.rows, second.refunds) == (of_refunds["total_rows"], of_refunds["positive_rows"])
        assert second.sums["refunds"]["USD"] == cents(of_refunds["positive_sum_cents"])
        assert seen == sorted(seen) and len(seen) > 100
        assert ledger.stats().donors == 165_822

        given, returned = (
            {name: cents(sum) for name, sum, _ in of["committees_top20"]}  # type: ignore[attr-defined]
            for of in (of_gifts, of_refunds)
        )
        ids = {str(cause.id): cause.details.external_id for cause in ledger.causes()}
        entries = ledger.entries()  # noqa: F841
        nets = duckdb.sql(
            "select split_part(account, ':', 3), sum(credit) - sum(debit) from entries "
            "where account like 'liabilities:cause:%' group by 1"
        ).fetchall()
        assert {ids[cause]: net for cause, net in nets} == {name: given[name] - returned[name] for name in given}
        gross = polars.DataFrame(ledger.donations()).group_by("cause").agg(polars.col("given").sum()).rows()
        assert {ids[cause]: sum for cause, sum in gross} == {
            cause.details.external_id: cause.totals.gross for cause in ledger.causes()
        }
        assert sum(sum for _, sum in gross) == cents(of_gifts["positive_sum_cents"])
        assert ledger.audit().difference is None


def cents(count: object) -> Decimal:
    assert isinstance(count, int)
    return Decimal(count).scaleb(-2)


def test_a_table_of_a_cursor_that_is_none_is_refused(book: Book) -> None:
    book.give("k")
    for cursor in ("garbage", "", "-1"):
        with pytest.raises(Exception, match="1023"):
            pyarrow.table(book.ledger.donations(cursor=cursor))
    with pytest.raises(Exception, match="1007"):
        pyarrow.table(book.ledger.causes(cursor=""))
