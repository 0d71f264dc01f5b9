"""Moving a home-made table of donations into a ledger, in a way that can be stopped anywhere and run again.

    python from_sqlite.py FOLDER

FOLDER/shop.sqlite is the old table (an invented one is made where there is none), FOLDER/books the ledger, which takes
no other gifts until the move is over, and FOLDER/rejects.csv the rows that were not taken, each with the reason.

The key of each command is made of the row's id, so what was taken is known when it comes again. A refunded row becomes
a gift and a refund, both on the day of the row: the table does not say when the money went back. A failed row moved no
money and becomes nothing. What a ledger cannot hold exactly is refused, never rounded. At the end, what each cause was
given and gave back is compared with the sums that SQL makes of the rows that were taken.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

from donation_ledger import (
    Amount,
    Command,
    Committed,
    CorruptError,
    DonorProfile,
    Ledger,
    RecordedAs,
    Refund,
    RefundScope,
    RegisterDonor,
    StorageError,
    TakeOver,
)

BATCH_ROWS = 100  # a batch waits for the disk once or twice: of a large table take 5,000

INVENTED = """
    BEGIN;
    CREATE TABLE donors (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
    CREATE TABLE donations (id INTEGER PRIMARY KEY, donor_id INTEGER, cause TEXT, amount REAL, currency TEXT,
        created_at TEXT, status TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO donors SELECT i, 'Donor ' || i, 'donor' || i || '@example.org' FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
        INSERT INTO donations SELECT i, 1 + i % 200, iif(i % 3, 'Wells for Kitui', 'A school roof'),
            iif(i % 10, (500 + i * 37 % 9500) / 100.0, 1000 + i), iif(i % 10, 'EUR', 'JPY'),
            datetime('2023-01-01', (i * 4) || ' hours'), iif(i % 17, iif(i % 11, 'paid', 'refunded'), 'failed') FROM n;
    UPDATE donors SET email = 'donor1@example.org' WHERE id = 13; -- refused, and the gifts with it
    UPDATE donations SET amount = 10.005 WHERE id = 1001;
    UPDATE donations SET amount = 0.1 + 0.2 WHERE id = 1002;
    UPDATE donations SET amount = 99.5 WHERE id = 1010; -- of JPY
    UPDATE donations SET currency = 'EURO' WHERE id = 1007;
    UPDATE donations SET created_at = '2023-02-30 12:00:00' WHERE id = 1004;
    UPDATE donations SET status = 'charged back' WHERE id = 1005;
    COMMIT;
"""
SUMS = """
    SELECT cause || '/' || currency, COUNT(*), SUM(minor), SUM(iif(status = 'refunded', minor, 0))
    FROM (SELECT *, CAST(ROUND(amount * minor_units(currency)) AS INTEGER) AS minor FROM donations
        WHERE status IS NOT 'failed' AND id NOT IN (SELECT id FROM refused)) GROUP BY cause, currency
"""
Refused = dict[tuple[str, int], str]  # why, by table and row


def submit(ledger: Ledger, of: str, commands: Mapping[int, Command], refused: Refused) -> dict[int, Committed]:
    taken: dict[int, Committed] = {}
    for row, answer in zip(commands, ledger.submit_all(list(commands.values())), strict=True):
        if isinstance(answer, Committed):
            taken[row] = answer
        elif isinstance(answer, (StorageError, CorruptError)):
            raise answer  # no fault of the row: see to the disk, and run this again
        else:
            refused[of, row] = str(answer)
    return taken


def move_donors(table: sqlite3.Connection, ledger: Ledger, refused: Refused) -> set[int]:
    donors: set[int] = set()
    rows = table.execute("SELECT id, name, email FROM donors ORDER BY id")
    while batch := rows.fetchmany(BATCH_ROWS):
        commands = {}
        for row, name, email in batch:
            profile = DonorProfile(name=name, email=email, external_id=str(row))
            commands[row] = RegisterDonor(key=f"shop/donor/{row}", profile=profile)
        donors.update(submit(ledger, "donors", commands, refused))
    return donors


def gift_of(row: sqlite3.Row, donors: set[int]) -> TakeOver:
    if row["status"] not in {"paid", "refunded"}:
        raise ValueError("its status is neither paid, refunded nor failed")
    if row["donor_id"] not in donors:
        raise ValueError("its donor is not in the books")
    if not row["cause"]:
        raise ValueError("it names no cause")
    # A REAL is no exact number. Its shortest text is what was meant, or has more digits than money has.
    amount = Amount(str(row["amount"]).removesuffix(".0"), str(row["currency"]))
    return TakeOver(
        key=f"shop/donation/{row['id']}",
        recorded_as=RecordedAs.Gift(),
        donor_external_id=str(row["donor_id"]),
        cause_external_id=f"{row['cause']}/{amount.currency}",  # a cause takes one currency
        cause_name=row["cause"],
        currency=amount.currency,
        amount=amount,
        occurred_on=date.fromisoformat(str(row["created_at"])[:10]),
    )


def move_donations(table: sqlite3.Connection, ledger: Ledger, donors: set[int], refused: Refused) -> None:
    rows = table.execute("SELECT * FROM donations WHERE status IS NOT 'failed' ORDER BY id")
    rows.row_factory = sqlite3.Row
    while batch := rows.fetchmany(BATCH_ROWS):
        gifts = {}
        for row in batch:
            try:
                gifts[row["id"]] = gift_of(row, donors)
            except ValueError as why:  # of the library too: its InvalidError is one
                refused["donations", row["id"]] = str(why)
        taken = submit(ledger, "donations", gifts, refused)
        refunds = {
            row["id"]: Refund(
                key=f"shop/refund/{row['id']}",
                donation=taken[row["id"]].donation,
                scope=RefundScope.Everything(),
                occurred_on=gifts[row["id"]].occurred_on,
            )
            for row in batch
            if row["status"] == "refunded" and row["id"] in taken
        }
        submit(ledger, "donations", refunds, refused)
        print(f"batch to row {batch[-1]['id']}: {len(taken)} gifts, {len(refunds)} refunds", flush=True)


def compare(table: sqlite3.Connection, ledger: Ledger, refused: Refused) -> None:
    table.create_function("minor_units", 1, lambda currency: Amount(1, currency).minor)
    table.execute("CREATE TEMP TABLE refused (id INTEGER PRIMARY KEY)")
    table.executemany("INSERT INTO refused VALUES (?)", [(row,) for of, row in refused if of == "donations"])
    in_table = {cause: sums for cause, *sums in table.execute(SUMS)}
    in_books = {}
    for cause in ledger.causes():
        name, units, totals = cause.details.external_id, Amount(1, cause.currency).minor, cause.totals
        in_books[name] = [totals.donations, totals.gross * units, totals.refunded * units]
        print(f"{name}: {totals.donations} gifts, {totals.gross} given, {totals.refunded} given back")
    if in_books != in_table:
        sys.exit(f"the books differ from the table (gifts, minor units given, given back):\n{in_books}\n{in_table}")


def main(argv: list[str]) -> None:
    if len(argv) != 1:
        sys.exit(__doc__)
    folder = Path(argv[0])
    folder.mkdir(parents=True, exist_ok=True)
    refused: Refused = {}
    with closing(sqlite3.connect(folder / "shop.sqlite")) as table, Ledger.open(folder / "books") as ledger:
        if not table.execute("SELECT 1 FROM sqlite_master WHERE name = 'donations'").fetchone():
            table.executescript(INVENTED)
        donors = move_donors(table, ledger, refused)
        move_donations(table, ledger, donors, refused)
        with (folder / "rejects.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("table", "row", "reason"), *((*row, why) for row, why in refused.items())])
        print(f"{len(refused)} rows were not taken: {folder / 'rejects.csv'}")
        compare(table, ledger, refused)


if __name__ == "__main__":
    main(sys.argv[1:])
