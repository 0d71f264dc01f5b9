"""Year-end statements: what each donor gave in a year and got back, in one CSV, checked against the books.

    python year_end.py FOLDER YEAR OUT.csv

FOLDER is that of a ledger, such as first_gift.py leaves; its app may go on writing meanwhile. What counts is the day on
which a thing happened, whenever it was recorded. One row for each donor and currency with something in the year:

    given       gifts, their tips included        refunded    given back, the tip's share included
    disputed    lost to the donor's bank          adjusted    money without a known gift, with its sign
    net         given - refunded - disputed + adjusted
    gifts       how many, refunded ones among them

A tip is a gift too, so it is in all of these, as in the totals of a donor. It is no cause's, so it is in no total of a
cause and of no year: the check takes what the account of tips says off the donors' figures, and compares the rest.

Anonymous and erased donors have rows too, or nothing would add up; these hold the ledger's id, and a note instead of a
person. A merged donor is one row, under the id that was kept. The file says who gave what: keep it as such.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from donation_ledger import (
    AdjustmentReason,
    Amount,
    Donor,
    DonorId,
    DonorStanding,
    HistoryLine,
    Ledger,
    LimitError,
    LineKind,
    Period,
    StatementLine,
)

MONEY = ("given", "refunded", "disputed", "adjusted", "net")
COLUMNS = (*MONEY, "gifts")
Giving = dict[str, Decimal]


def nothing() -> Giving:
    return dict.fromkeys(COLUMNS, Decimal(0))


def lines_of(ledger: Ledger, of: DonorId | str, currency: str, first: date, last: date) -> Iterator[StatementLine]:
    """All lines of a period. A statement has at most 20,000; the donor for whom all boxes are booked may have more."""
    try:
        yield from ledger.statement(of, first, last, currency=currency).lines
    except LimitError:
        if first == last:
            raise
        middle = first + (last - first) // 2
        yield from lines_of(ledger, of, currency, first, middle)
        yield from lines_of(ledger, of, currency, middle + timedelta(days=1), last)


def figure_of(what: HistoryLine) -> str:
    """What a line changes. A refund that failed and a correction change the same figure, the other way."""
    if what.refund is not None or what.reason is AdjustmentReason.UNLINKED_REFUND or what.kind is LineKind.REDIVIDED:
        return "refunded"
    if what.dispute is not None or what.reason is AdjustmentReason.CHARGEBACK:
        return "disputed"
    return "given" if what.adjustment is None else "adjusted"


def giving(ledger: Ledger, of: DonorId | str, currency: str, year: int) -> Giving:
    """The year of a donor, or of an account. Lines of a statement have a sign; those of a history would need one."""
    sums = nothing()
    for line in lines_of(ledger, of, currency, date(year, 1, 1), date(year, 12, 31)):
        if line.what.kind is LineKind.PERIOD_CLOSED:
            continue  # of an account: its balance moves on, nobody gave it
        figure = figure_of(line.what)
        sums[figure] += -line.change if figure in {"refunded", "disputed"} else line.change
        sums["net"] += line.change
        if figure == "given":
            sums["gifts"] += 1 if line.change > 0 else -1
    return sums


def person(donor: Donor) -> list[str]:
    note = "anonymous" if donor.standing is DonorStanding.ANONYMOUS else ""
    return [str(donor.id), donor.profile.external_id or "", note if donor.erased is None else "erased"]


def texts(sums: Giving, currency: str) -> list[str]:
    digits = Amount(1, currency).decimal  # 1.00 EUR, 1 JPY: so that nothing is 0.00 of the one and 0 of the other
    return [*(str(sums[name].quantize(digits)) for name in MONEY), str(sums["gifts"])]


def check(ledger: Ledger, sums: defaultdict[str, Giving], year: int) -> None:
    """Not `adjusted`: what was set aside for a closed cause is in that of causes alone."""
    books = {each.totals.currency: each.totals for each in ledger.totals_by(Period.YEAR) if each.period == str(year)}
    for currency in sorted(sums.keys() | books.keys()):
        donors, tips, book = sums[currency], giving(ledger, "income:platform:tips", currency, year), books.get(currency)
        causes = {name: donors[name] - tips[name] for name in MONEY}
        # Refunds and disputes as one: the news of a dispute can move a refund from a cause's part to the tip.
        found = [causes["given"], causes["refunded"] + causes["disputed"], donors["gifts"]]
        if found != ([book.gross, book.refunded + book.disputed, Decimal(book.donations)] if book else [0, 0, 0]):
            sys.exit(f"{year} {currency}: the donors' rows come to {found}, the books say {book}")
        totals = ", ".join(f"{name} {text}" for name, text in zip(COLUMNS, texts(donors, currency), strict=True))
        print(f"{year} {currency}: {totals}; tips given {texts(tips, currency)[0]}")


def main(argv: list[str]) -> None:
    if len(argv) != 3:
        sys.exit(__doc__)
    folder, year, out = argv[0], int(argv[1]), Path(argv[2])
    unchecked = out.with_name(out.name + ".unchecked")
    sums: defaultdict[str, Giving] = defaultdict(nothing)
    # A reader stays at the record at which it was opened, so all figures are of one moment.
    with Ledger.open_read_only(folder) as ledger, unchecked.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["donor", "external_id", "note", "currency", *COLUMNS])
        for donor in ledger.donors():
            for currency in (totals.currency for totals in donor.totals):
                year_of_donor = giving(ledger, donor.id, currency, year)
                if any(year_of_donor.values()):
                    table.writerow([*person(donor), currency, *texts(year_of_donor, currency)])
                    sums[currency] = {name: sums[currency][name] + year_of_donor[name] for name in COLUMNS}
        check(ledger, sums, year)
    unchecked.replace(out)


if __name__ == "__main__":
    main(sys.argv[1:])
