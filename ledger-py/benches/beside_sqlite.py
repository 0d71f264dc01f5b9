"""The same gifts, given from Python to this ledger and to sqlite3 of the standard library, in one run.

    python ledger-py/benches/beside_sqlite.py [--gifts N] [--rounds N] [--json FILE]

Schema and settings of SQLite are those of tests/peers, where they are explained: what is recorded is durable, totals and
balances are current, a repeat takes no money. Before the clock starts 10,000 donors and 100 causes are registered. What is
measured is what an app writes: from the values of a gift to the answer. Stores take turns, and a ratio is taken within its
round; the table has medians. The gifts that are to be given are frozen, as far as Python's collector goes: an app has no
50,000 requests at hand that it looks through while it answers one. Build the package in release (`maturin develop --release --features testkit`) before.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import random
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow
from donation_ledger import (
    Amount,
    CauseDetails,
    CauseId,
    Committed,
    Designation,
    Donate,
    DonorId,
    Ledger,
    Method,
    RegisterDonor,
    split,
)

SCHEMA = Path(__file__).parents[2] / "tests" / "peers" / "src" / "stores" / "schema_sqlite.sql"
SETTINGS = """PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
PRAGMA wal_autocheckpoint = 16384; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824;"""
DONORS, CAUSES, GROUP, DAY, BANK = 10_000, 100, 1_000, 20_619, 0


@dataclass(frozen=True)
class Gift:
    """One to three causes, 1.00 to 200.99 each, a fee of 0.25 and 1.4 % that the causes bear."""

    key: str
    donor: int
    parts: list[tuple[int, int]]
    fee: int


def gifts(count: int, seed: int) -> list[Gift]:
    dice = random.Random(seed)
    made = []
    for _ in range(count):
        causes = sorted(dice.sample(range(CAUSES), dice.randint(1, 3)))
        parts = [(cause, dice.randint(100, 20_099)) for cause in causes]
        whole = sum(cents for _, cents in parts)
        key = str(uuid.UUID(int=dice.getrandbits(128), version=4))
        made.append(Gift(key, dice.randrange(DONORS), parts, 25 + whole * 14 // 1000))
    return made


class Sqlite:
    """A database file with the schema of tests/peers."""

    def __init__(self, folder: Path, *, sums_once: bool = True) -> None:
        self.sums_once = sums_once
        self.database = sqlite3.connect(folder / "books.sqlite", isolation_level=None)
        self.database.executescript(SETTINGS)
        assert self.database.execute("PRAGMA synchronous").fetchone() == (2,)
        assert self.database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        self.database.executescript(SCHEMA.read_text())
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO donors VALUES (?, 0, 0)", ((donor,) for donor in range(DONORS)))
        self.database.execute("INSERT INTO accounts VALUES (0, 'assets:bank:main', 0)")
        for cause in range(CAUSES):
            self.database.execute("INSERT INTO accounts VALUES (?, ?, 0)", (cause + 1, f"liabilities:cause:{cause}"))
            self.database.execute("INSERT INTO causes VALUES (?, ?, 0, 0, 0)", (cause, f"Cause {cause}"))
        self.database.execute("COMMIT")

    def give(self, group: list[Gift]) -> None:
        """One transaction for all of them. The sums of donors, causes and accounts are written once for the group, or with
        each gift: then each could be answered with the balances after it, as the ledger does.
        """
        self.database.execute("BEGIN IMMEDIATE")
        for part in [group] if self.sums_once else [[gift] for gift in group]:
            self.add(part)
        self.database.execute("COMMIT")

    def add(self, group: list[Gift]) -> None:
        run, now = self.database.execute, time.time_ns() // 1000
        donors: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        causes: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        bank = 0
        for gift in group:
            cents = [part for _, part in gift.parts]
            whole, fees = sum(cents), split(gift.fee, cents)
            assert fees is not None
            added = run(
                "INSERT INTO donations (key, donor, cents, fee, day, recorded_at) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (key) DO NOTHING",
                (gift.key, gift.donor, whole, gift.fee, DAY, now),
            )
            if added.rowcount == 0:
                continue
            donation = added.lastrowid
            lines = [(donation, 0, BANK, whole), (donation, 1, BANK, -gift.fee)]
            for (cause, given), fee in zip(gift.parts, fees, strict=True):
                run("INSERT INTO designations VALUES (?, ?, ?, ?)", (donation, cause, given, fee))
                lines += [(donation, 0, cause + 1, -given), (donation, 1, cause + 1, fee)]
                sums = causes[cause]
                sums[0], sums[1], sums[2] = sums[0] + given, sums[1] + fee, sums[2] + 1
            self.database.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", lines)
            mine = donors[gift.donor]
            mine[0], mine[1] = mine[0] + whole, mine[1] + 1
            bank += whole - gift.fee
        for donor, (given, count) in donors.items():
            run("UPDATE donors SET given = given + ?2, gifts = gifts + ?3 WHERE id = ?1", (donor, given, count))
        for cause, (given, fee, count) in causes.items():
            run(
                "UPDATE causes SET given = given + ?2, fees = fees + ?3, gifts = gifts + ?4 WHERE id = ?1",
                (cause, given, fee, count),
            )
            run("UPDATE accounts SET balance = balance + ?2 WHERE id = ?1", (cause + 1, fee - given))
        run("UPDATE accounts SET balance = balance + ?2 WHERE id = ?1", (BANK, bank))

    def given_cents(self) -> int:
        [(cents,)] = self.database.execute("SELECT sum(given) FROM causes")
        return int(cents)

    def close(self) -> None:
        self.database.close()


class Ours:
    """A ledger in a folder."""

    def __init__(self, folder: Path | None) -> None:
        self.ledger = Ledger.in_memory() if folder is None else Ledger.open(folder / "books")
        self.causes: list[CauseId] = [
            self.ledger.open_cause(currency="EUR", details=CauseDetails(name=f"Cause {number}")).cause
            for number in range(CAUSES)
        ]
        answers = self.ledger.submit_all([RegisterDonor() for _ in range(DONORS)])
        self.donors: list[DonorId] = [answer.donor for answer in answers if isinstance(answer, Committed)]
        self.method = Method.CapturedElsewhere(bank="main")

    def fields(self, gift: Gift) -> dict[str, Any]:
        return {
            "key": gift.key,
            "donor": self.donors[gift.donor],
            "method": self.method,
            "designations": [
                Designation(self.causes[cause], Amount.from_minor(cents, "EUR")) for cause, cents in gift.parts
            ],
            "fee": Amount.from_minor(gift.fee, "EUR"),
        }

    def give(self, group: list[Gift]) -> None:
        if len(group) == 1:
            self.ledger.donate(**self.fields(group[0]))
        else:
            answers = self.ledger.submit_all([Donate(**self.fields(gift)) for gift in group])
            assert all(isinstance(answer, Committed) for answer in answers)

    def given_cents(self) -> int:
        return sum(int(cause.totals.gross * 100) for cause in self.ledger.causes())

    def close(self) -> None:
        self.ledger.close()


def a_second(store: Ours | Sqlite, made: list[Gift], size: int) -> float:
    """Gifts a second, given so many at once."""
    begun = time.perf_counter()
    for start in range(0, len(made), size):
        store.give(made[start : start + size])
    took = time.perf_counter() - begun
    assert store.given_cents() == sum(cents for gift in made for _, cents in gift.parts)
    return len(made) / took


def beside(made: list[Gift], size: int, rounds: int, *, sums_once: bool = True) -> dict[str, float]:
    """Medians of both, and of the ratio within each round."""

    def sqlite_in(folder: Path) -> Sqlite:
        return Sqlite(folder, sums_once=sums_once)

    stores: list[tuple[str, Callable[[Path], Ours | Sqlite]]] = [("ledger", Ours), ("sqlite3", sqlite_in)]
    figures: dict[str, list[float]] = {"ledger": [], "sqlite3": []}
    for number in range(rounds):
        for name, store_in in stores if number % 2 else stores[::-1]:
            with tempfile.TemporaryDirectory(dir=".") as folder:
                store = store_in(Path(folder))
                figures[name].append(a_second(store, made, size))
                store.close()
    ratios = [ours / theirs for ours, theirs in zip(figures["ledger"], figures["sqlite3"], strict=True)]
    return {name: round(statistics.median(of)) for name, of in figures.items()} | {
        "ratio": round(statistics.median(ratios), 2),
        "least": round(min(ratios), 2),
        "most": round(max(ratios), 2),
    }


def overhead_us(count: int, rounds: int) -> dict[str, float]:
    """A call from Python, against the same commit from a loop in Rust: in memory, so that no disk hides it."""
    from donation_ledger._ledger import time_of_donations  # type: ignore[attr-defined]

    python, rust = [], []
    for number in range(rounds):
        ours = Ours(None)
        made = gifts(count, number)
        commands = [Donate(**ours.fields(gift)) for gift in made]
        rust.append(time_of_donations(ours.ledger, commands) / count * 1e6)
        ours.close()
        ours = Ours(None)
        calls = [ours.fields(gift) for gift in made]
        donate = ours.ledger.donate
        begun = time.perf_counter()
        for fields in calls:
            donate(**fields)
        python.append((time.perf_counter() - begun) / count * 1e6)
        ours.close()
    over = [mine - its for mine, its in zip(python, rust, strict=True)]
    return {
        "python": round(statistics.median(python), 2),
        "rust": round(statistics.median(rust), 2),
        "over": round(statistics.median(over), 2),
    }


def arrow_seconds(rows: int, rounds: int) -> dict[str, float]:
    """From a ledger in a folder to two tables of pyarrow: of entries, of at least so many rows, and of donations."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        ours = Ours(Path(folder))
        seed = 0
        while (table := pyarrow.table(ours.ledger.entries())).num_rows < rows:
            made = gifts(max(1_000, (rows - table.num_rows) // 6), seed := seed + 1)
            a_second_of = range(0, len(made), GROUP)
            for start in a_second_of:
                ours.give(made[start : start + GROUP])
        figures: dict[str, float] = {}
        for name, of in (("entries", ours.ledger.entries), ("donations", ours.ledger.donations)):
            times = []
            for _ in range(rounds):
                begun = time.perf_counter()
                table = pyarrow.table(of())
                times.append((time.perf_counter() - begun) / table.num_rows * 1e6)
            figures |= {
                f"rows of {name}": table.num_rows,
                f"seconds a million {name}": round(statistics.median(times), 2),
            }
        ours.close()
    return figures


def measured(arguments: argparse.Namespace) -> Iterator[tuple[str, dict[str, float]]]:
    made = gifts(arguments.gifts, 1)
    gc.freeze()
    yield "one by one", beside(made[: arguments.gifts // 10], 1, arguments.rounds)
    yield "lists of 1,000, balances after each", beside(made, GROUP, arguments.rounds, sums_once=False)
    yield "lists of 1,000, balances after all", beside(made, GROUP, arguments.rounds)
    yield "microseconds a call", overhead_us(arguments.gifts // 2, arguments.rounds)
    yield "a table in Arrow", arrow_seconds(1_000_000, arguments.rounds)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--gifts", type=int, default=50_000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--json", type=Path)
    arguments = words.parse_args()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.machine()}, {arguments.gifts} gifts, {arguments.rounds} rounds"
    )
    found = {}
    for name, figures in measured(arguments):
        found[name] = figures
        print(f"{name:>36}: " + ", ".join(f"{what} {figure:,}" for what, figure in figures.items()), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
