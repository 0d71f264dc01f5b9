"""Runs each example as its reader would, in a folder of its own, and compares what it says and leaves with figures."""

from __future__ import annotations

import csv
import runpy
import signal
import socket
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from donation_ledger import (
    AdjustmentReason,
    Amount,
    CauseDetails,
    Designation,
    DisputeBegins,
    DisputeReport,
    Donate,
    DonorProfile,
    DonorStanding,
    Durability,
    ErasureReason,
    Ledger,
    Method,
    Period,
    RefundReport,
    RefundScope,
    Right,
    Wrong,
)

HERE = Path(__file__).parent


def run(program: str, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / program), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended


def table_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def eur(amount: str) -> Amount:
    return Amount(amount, "EUR")


@pytest.mark.parametrize("program", ["first_gift.py", "import_csv.py", "year_end.py", "from_sqlite.py"])
def test_without_a_folder_a_program_says_how_to_run_it(program: str) -> None:
    assert f"\n    python {program} FOLDER" in run(program, code=1).stderr


# first_gift.py

FIRST_GIFT = """\
the repeat was replayed: record 4 as before
                    gross refunded     fees      net
Wells for Kitui     20.00    10.00     0.75     9.25
A school roof       10.00     5.00     0.38     4.62
audit: 5 records agree
"""


def test_the_first_gift_comes_to_the_same_however_often_it_is_given(tmp_path: Path) -> None:
    assert [run("first_gift.py", tmp_path).stdout for _ in range(2)] == [FIRST_GIFT] * 2


# import_csv.py

IMPORTED = """\
import: 13 rows
  gifts            4  345.00 EUR
  refunds          1  5.00 EUR
  adjustments      1  -2.50 EUR
  memo             1  0.01 EUR
  pass_through     0
  zero             1
  duplicates       0
  conflicts        1
  rejected         4
"""
NOTHING_NEW = """\
again: 13 rows
  gifts            0
  refunds          0
  adjustments      0
  memo             1  0.01 EUR
  pass_through     0
  zero             1
  duplicates       6
  conflicts        1
  rejected         4
"""
NETS = """\
Wells for Kitui: 2 gifts, net 27.50 EUR
A school roof: 2 gifts, net 310.00 EUR
A forest: 0 gifts, net 0.00 EUR
"""


def test_an_import_says_before_what_it_does_and_counts_nothing_twice(tmp_path: Path) -> None:
    first = run("import_csv.py", tmp_path)
    assert first.stdout == IMPORTED.replace("import:", "dry run:") + IMPORTED + NOTHING_NEW + NETS
    assert first.stderr == "  13 rows\n"
    second = run("import_csv.py", tmp_path)
    assert second.stdout.endswith(NOTHING_NEW.replace("again:", "import:") + NOTHING_NEW + NETS)


def test_rows_that_are_not_taken_are_written_down_with_the_reason(tmp_path: Path) -> None:
    run("import_csv.py", tmp_path)
    rows = (HERE / "gifts.csv").read_text(encoding="utf-8").splitlines()
    heading, *rejects = table_of(tmp_path / "rejects.csv")
    assert heading == ["line", "code", "reason", "original"]
    assert [(line, code) for line, code, *_ in rejects] == [
        ("10", "1008"),
        ("11", "1003"),
        ("12", "7004"),
        ("13", "3001"),
        ("14", "7005"),
    ]
    assert [original for *_, original in rejects] == rows[9:14]
    assert rejects[1][2].startswith("amount 10.005 has more digits than the 2 that EUR has")


def test_a_row_that_is_no_utf_8_is_kept_byte_for_byte(tmp_path: Path) -> None:
    heading = (HERE / "gifts.csv").read_bytes().splitlines()[0]
    row = b"B-1;07.06.2025;25.00;water;Wells;Bj\xf6rn;bjorn@example.org;;;PAID"
    (tmp_path / "latin.csv").write_bytes(heading + b"\n" + row + b"\n")
    said = run("import_csv.py", tmp_path, tmp_path / "latin.csv", HERE / "gifts.toml").stdout
    assert "\n  rejected         1\n" in said
    assert (tmp_path / "rejects.csv").read_bytes().splitlines()[1].startswith(b"2,7002,")
    assert row in (tmp_path / "rejects.csv").read_bytes()


# year_end.py


def books_of_a_year(folder: Path) -> None:
    """Gifts of 2025 and around it, with what can become of a gift."""
    with Ledger.open(folder) as ledger:
        water = ledger.open_cause(currency="EUR", details=CauseDetails(name="Water")).cause
        school = ledger.open_cause(currency="EUR", details=CauseDetails(name="School")).cause
        tokyo = ledger.open_cause(currency="JPY", details=CauseDetails(name="Tokyo")).cause
        ada, ben, dan, eve, guest = (
            ledger.register_donor(profile=DonorProfile(external_id=name)).donor
            for name in ("ada", "ben", "dan", "eve", "ben-as-guest")
        )
        nobody = ledger.register_donor(standing=DonorStanding.ANONYMOUS).donor
        at_bank, at_processor = Method.Offline(bank="main"), Method.Processor(processor="stripe")

        # A tip, a fee, and half of it back; a gift of the year before that goes back in this one; one of the next.
        both = [Designation(water, eur("20.00")), Designation(school, eur("10.00"))]
        first = ledger.donate(
            key="1",
            donor=ada,
            designations=both,
            tip=eur("2"),
            fee=eur("1.2"),
            method=at_bank,
            occurred_on=date(2025, 3, 1),
        )
        half = RefundScope.Proportional(eur("16.00"))
        ledger.refund(key="1-half", donation=first.donation, scope=half, occurred_on=date(2025, 4, 1))
        to_water = [Designation(water, eur("5.00"))]
        old = ledger.donate(key="2", donor=ada, designations=to_water, method=at_bank, occurred_on=date(2024, 12, 31))
        everything = RefundScope.Everything()
        ledger.refund(key="2-back", donation=old.donation, scope=everything, occurred_on=date(2025, 1, 1))
        ledger.donate(key="3", donor=ada, designations=to_water, method=at_bank, occurred_on=date(2026, 1, 1))
        yen = [Designation(tokyo, Amount(500, "JPY"))]
        ledger.donate(key="4", donor=ada, designations=yen, method=at_bank, occurred_on=date(2025, 12, 31))

        # 50.00 that were 5.00; a gift to another id of the same person; money without a known gift.
        fifty = Donate(
            key="5",
            donor=ben,
            designations=[Designation(water, eur("50"))],
            method=at_bank,
            occurred_on=date(2025, 5, 5),
        )
        five = Donate(key="5-right", donor=ben, designations=to_water, method=at_bank)
        ledger.correct(wrong=Wrong.Donation(ledger.submit(fifty).donation), right=Right.Donation(five))
        to_school = [Designation(school, eur("3.00"))]
        ledger.donate(key="6", donor=guest, designations=to_school, method=at_bank, occurred_on=date(2025, 6, 1))
        ledger.merge_donors(keep=ben, gone=guest)
        for reason, amount in (
            (AdjustmentReason.UNLINKED_REFUND, "2.00"),
            (AdjustmentReason.REDESIGNATED_IN, "4.00"),
            (AdjustmentReason.CHARGEBACK, "0.50"),
        ):
            ledger.adjust(
                key=reason.value,
                donor=ben,
                cause=water,
                amount=eur(amount),
                reason=reason,
                method=at_bank,
                occurred_on=date(2025, 7, 1),
            )

        # A refund that did not arrive, and a dispute that is lost: 10.00 of the cause, 1.00 of the tip.
        disputed = ledger.donate(
            key="7",
            donor=dan,
            designations=[Designation(water, eur("30"))],
            tip=eur("3"),
            method=at_processor,
            occurred_on=date(2025, 8, 1),
        ).donation
        some = RefundScope.Proportional(eur("5.50"))
        sent = ledger.refund(key="7-some", donation=disputed, scope=some, occurred_on=date(2025, 8, 2)).refund
        ledger.report_refund(key="7-failed", refund=sent, report=RefundReport.FAILED, occurred_on=date(2025, 8, 5))
        dispute = ledger.open_dispute(
            key="7-bank",
            donation=disputed,
            amount=eur("11.00"),
            begins=DisputeBegins.WITH_MONEY,
            occurred_on=date(2025, 9, 1),
        ).dispute
        ledger.report_dispute(key="7-lost", dispute=dispute, report=DisputeReport.LOST, occurred_on=date(2025, 10, 1))

        # Nobody knows who, or nobody may know any more. And the year is closed, so its tips have moved on.
        for donor, amount, tip in ((nobody, "1.00", "0.50"), (eve, "9.00", "1.00")):
            ledger.donate(
                key=f"of {amount}",
                donor=donor,
                designations=[Designation(water, eur(amount))],
                tip=eur(tip),
                method=at_bank,
                occurred_on=date(2025, 11, 11),
            )
        ledger.erase_donor(donor=eve, reason=ErasureReason.REQUESTED)
        ledger.close_period(key="2025", through=date(2025, 12, 31))


def test_a_year_is_told_by_its_days_donor_by_donor_and_adds_up(tmp_path: Path) -> None:
    books_of_a_year(tmp_path / "books")
    said = run("year_end.py", tmp_path / "books", "2025", tmp_path / "2025.csv").stdout
    heading, *rows = table_of(tmp_path / "2025.csv")
    assert heading == [
        "donor",
        "external_id",
        "note",
        "currency",
        "given",
        "refunded",
        "disputed",
        "adjusted",
        "net",
        "gifts",
    ]
    assert [row[1:] for row in rows] == [
        ["ada", "", "EUR", "32.00", "21.00", "0.00", "0.00", "11.00", "1"],
        ["ada", "", "JPY", "500", "0", "0", "0", "500", "1"],
        ["ben", "", "EUR", "8.00", "2.00", "0.50", "4.00", "9.50", "2"],
        ["dan", "", "EUR", "33.00", "0.00", "11.00", "0.00", "22.00", "1"],
        ["", "erased", "EUR", "10.00", "0.00", "0.00", "0.00", "10.00", "1"],
        ["", "anonymous", "EUR", "1.50", "0.00", "0.00", "0.00", "1.50", "1"],
    ]
    assert len({row[0] for row in rows}) == 5
    assert all(row[0].startswith("don_") for row in rows)
    assert said.splitlines() == [
        "2025 EUR: given 84.50, refunded 23.00, disputed 11.50, adjusted 4.00, net 54.00, gifts 6; tips given 6.50",
        "2025 JPY: given 500, refunded 0, disputed 0, adjusted 0, net 500, gifts 1; tips given 0",
    ]
    assert not (tmp_path / "2025.csv.unchecked").exists()


def test_other_years_have_what_happened_in_them(tmp_path: Path) -> None:
    books_of_a_year(tmp_path / "books")
    figures = {}
    for year in ("2023", "2024", "2026"):
        run("year_end.py", tmp_path / "books", year, tmp_path / "year.csv")
        figures[year] = [row[1:] for row in table_of(tmp_path / "year.csv")[1:]]
    given = ["ada", "", "EUR", "5.00", "0.00", "0.00", "0.00", "5.00", "1"]
    assert figures == {"2023": [], "2024": [given], "2026": [given]}


def test_rows_that_do_not_come_to_what_the_books_say_are_an_error(tmp_path: Path) -> None:
    books_of_a_year(tmp_path)
    program = runpy.run_path(str(HERE / "year_end.py"))
    with Ledger.open_read_only(tmp_path) as ledger:
        of_donors = {"given": "84.49", "refunded": "23.00", "disputed": "11.50", "gifts": "6"}  # a cent less was given
        sums = program["nothing"]() | {figure: Decimal(text) for figure, text in of_donors.items()}
        with pytest.raises(SystemExit, match="2025 EUR: the donors' rows come to"):
            program["check"](ledger, defaultdict(program["nothing"], EUR=sums), 2025)


def test_a_donor_may_have_more_gifts_in_a_year_than_a_statement_has_lines(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "books", durability=Durability.OS) as ledger:
        water = ledger.open_cause(currency="EUR", details=CauseDetails(name="Water")).cause
        nobody = ledger.register_donor(standing=DonorStanding.ANONYMOUS).donor
        gifts = [
            Donate(
                key=f"box/{number}",
                donor=nobody,
                designations=[Designation(water, eur("0.01"))],
                method=Method.Offline(bank="till"),
                occurred_on=date(2025, 1, 1) + timedelta(days=number % 365),
            )
            for number in range(20_010)
        ]
        for start in range(0, len(gifts), 10_000):
            ledger.submit_all(gifts[start : start + 10_000])
    run("year_end.py", tmp_path / "books", "2025", tmp_path / "2025.csv")
    assert table_of(tmp_path / "2025.csv")[1][2:] == [
        "anonymous",
        "EUR",
        "200.10",
        "0.00",
        "0.00",
        "0.00",
        "200.10",
        "20010",
    ]


# from_sqlite.py

MOVED = """\
35 rows were not taken: {rejects}
Wells for Kitui/EUR: 3367 gifts, 174828.49 given, 15680.12 given back
A school roof/EUR: 1683 gifts, 87784.04 given, 7963.72 given back
Wells for Kitui/JPY: 375 gifts, 1500550 given, 135310 given back
A school roof/JPY: 189 gifts, 758340 given, 67820 given back
"""


def moved(folder: Path) -> str:
    return MOVED.format(rejects=folder / "rejects.csv")


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "shop.sqlite")) as table, table:
        table.execute(statement)


def test_a_table_is_moved_with_its_days_and_donors_and_again_without_effect(tmp_path: Path) -> None:
    assert run("from_sqlite.py", tmp_path).stdout.endswith(moved(tmp_path))
    with Ledger.open_read_only(tmp_path / "books") as ledger:
        years = {(each.period, each.totals.currency): each.totals for each in ledger.totals_by(Period.YEAR)}
        donor = ledger.donor_by_external_id("7")
        records = ledger.stats().records
        assert ledger.audit().difference is None
    assert donor is not None
    assert (donor.profile.name, donor.profile.email) == ("Donor 7", "donor7@example.org")
    refused = {row for of, row, _ in table_of(tmp_path / "rejects.csv") if of == "donations"}
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as table:
        in_table: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for row, year, currency, amount, status in table.execute(
            "SELECT id, substr(created_at, 1, 4), currency, amount, status FROM donations WHERE status IS NOT 'failed'"
        ):
            if str(row) not in refused:
                minor = Amount(str(amount).removesuffix(".0"), currency).minor
                for index, more in enumerate((1, minor, minor if status == "refunded" else 0)):
                    in_table[year, currency][index] += more
    assert {period for period, _ in years} == {"2023", "2024", "2025"}
    assert in_table == {
        of: [totals.donations, totals.gross * units, totals.refunded * units]
        for of, totals in years.items()
        for units in [Amount(1, totals.currency).minor]
    }

    assert run("from_sqlite.py", tmp_path).stdout.endswith(moved(tmp_path))
    with Ledger.open_read_only(tmp_path / "books") as ledger:
        assert ledger.stats().records == records


def test_rows_that_a_ledger_cannot_hold_are_refused_with_the_reason(tmp_path: Path) -> None:
    run("from_sqlite.py", tmp_path)
    heading, of_donor, *of_donations = table_of(tmp_path / "rejects.csv")
    assert heading == ["table", "row", "reason"]
    assert of_donor[:2] == ["donors", "13"]
    assert of_donor[2].endswith("has this e-mail address already: use that donor, or change it first (error 3003)")
    reasons = {int(row): reason for _, row, reason in of_donations}
    without_donor = [row for row in range(12, 6000, 200) if row % 17]
    assert [row for row, reason in reasons.items() if reason == "its donor is not in the books"] == without_donor
    assert reasons.pop(1004).startswith("day ")  # the rest is Python's own words
    of_money = "has more digits than the {} has: round it before it is given (error 1003)"
    no_code = "is not an ISO 4217 currency with minor units: use three upper-case letters such as EUR (error 1005)"
    assert {row: reason for row, reason in reasons.items() if row not in without_donor} == {
        1001: "amount 10.005 " + of_money.format("2 that EUR"),
        1002: "amount 0.30000000000000004 " + of_money.format("2 that EUR"),
        1005: "its status is neither paid, refunded nor failed",
        1007: f'"EURO" {no_code}',
        1010: "amount 99.5 " + of_money.format("0 that JPY"),
    }


def test_what_was_refused_is_taken_once_it_is_mended(tmp_path: Path) -> None:
    run("from_sqlite.py", tmp_path)
    change(tmp_path, "UPDATE donors SET email = NULL WHERE id = 13")
    change(tmp_path, "UPDATE donations SET amount = 10.01 WHERE id = 1001")
    said = run("from_sqlite.py", tmp_path).stdout.splitlines()
    assert said[-5] == f"5 rows were not taken: {tmp_path / 'rejects.csv'}"
    rejects = table_of(tmp_path / "rejects.csv")[1:]
    assert [row for _, row, _ in rejects] == ["1002", "1004", "1005", "1007", "1010"]


def test_a_move_that_is_killed_half_way_is_completed_by_the_next_run(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    # The program waits as soon as some lines are unread, so that it cannot be through before it is killed.
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
    command = [sys.executable, str(HERE / "from_sqlite.py"), str(tmp_path)]
    program = subprocess.Popen(command, stdout=theirs.fileno())
    with program, ours, ours.makefile("rb", buffering=0) as lines:
        theirs.close()
        assert lines.readline().startswith(b"batch to row 106: ")
        program.send_signal(signal.SIGKILL)
        assert program.wait() == -signal.SIGKILL

    with Ledger.open(tmp_path / "books") as ledger:
        taken = ledger.stats().donations
    assert 90 <= taken < 1000  # of 5614
    assert not (tmp_path / "rejects.csv").exists()

    assert run("from_sqlite.py", tmp_path).stdout.endswith(moved(tmp_path))
    with Ledger.open(tmp_path / "books") as ledger:
        assert ledger.stats().donations == 3367 + 1683 + 375 + 189
        assert ledger.audit().difference is None


def test_books_that_are_not_what_the_table_says_are_an_error(tmp_path: Path) -> None:
    run("from_sqlite.py", tmp_path)
    change(tmp_path, "UPDATE donations SET amount = amount + 1 WHERE id = 1")  # 5.37 was moved
    ended = run("from_sqlite.py", tmp_path, code=1)
    assert "the books differ from the table" in ended.stderr
    ((of, row, reason),) = (each for each in table_of(tmp_path / "rejects.csv")[1:] if each[1] == "1")
    assert (of, row) == ("donations", "1")
    assert reason.startswith('key "shop/donation/1" stands for record ')
