"""Importing a file: a dry run, the import with its progress and its rejects, and once more, which counts nothing twice.

    python import_csv.py FOLDER [ROWS.csv MAPPING.toml]

The books are kept in FOLDER/books; rows that were not taken are written to FOLDER/rejects.csv, with the reason. Without
a file, the gifts of an invented bake sale are imported: gifts.csv beside this program, as gifts.toml says what its
columns mean. How a mapping is written: docs/importing.md.

The file of rejects holds the rows as they were, names and all: keep it no longer than it is needed.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from donation_ledger import ImportMode, ImportReport, Ledger, Mapping

HERE = Path(__file__).parent


def show_progress(so_far: ImportReport) -> None:
    """Called after every 1,000 rows, and after the last; an answer of `False` would stop the import there."""
    print(f"  {so_far.rows} rows", file=sys.stderr)


def import_with_rejects(ledger: Ledger, rows: Path, mapping: Mapping, rejects: Path) -> ImportReport:
    # A row may be refused because it is no UTF-8: surrogates carry such bytes through unchanged.
    with rejects.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        table = csv.writer(file)
        table.writerow(["line", "code", "reason", "original"])

        def keep(line: int, code: int, reason: str, original: bytes) -> None:
            table.writerow([line, code, reason, original.decode("utf-8", "surrogateescape")])

        return ledger.import_rows(rows, mapping, on_progress=show_progress, on_reject=keep)


def show(title: str, report: ImportReport) -> None:
    print(f"{title}: {report.rows} rows")
    for kind in ("gifts", "refunds", "adjustments", "memo", "pass_through"):
        sums = ", ".join(f"{amount} {currency}" for currency, amount in report.sums.get(kind, {}).items())
        print(f"  {kind:<12} {getattr(report, kind):>5}  {sums}".rstrip())
    for kind in ("zero", "duplicates", "conflicts", "rejected"):
        print(f"  {kind:<12} {getattr(report, kind):>5}")


def main(argv: list[str]) -> None:
    if len(argv) not in {1, 3}:
        sys.exit(__doc__)
    folder = Path(argv[0])
    rows, mapping_file = map(Path, argv[1:]) if len(argv) == 3 else (HERE / "gifts.csv", HERE / "gifts.toml")
    folder.mkdir(parents=True, exist_ok=True)
    mapping = Mapping.parse(mapping_file.read_text(encoding="utf-8"))

    with Ledger.open(folder / "books") as ledger:
        # Decides every row as if it were posted, and posts nothing: mistakes of the mapping show here.
        planned = ledger.import_rows(rows, mapping, mode=ImportMode.DRY_RUN)
        show("dry run", planned)

        imported = import_with_rejects(ledger, rows, mapping, folder / "rejects.csv")
        show("import", imported)
        if imported != planned:
            sys.exit("the import is not what the dry run said: somebody wrote to the books in between")

        # Each row has its key, so what was posted is a duplicate from now on. After a crash, just run it again too.
        before = [cause.totals for cause in ledger.causes()]
        show("again", ledger.import_rows(rows, mapping))
        if [cause.totals for cause in ledger.causes()] != before:
            sys.exit("a row was counted twice")

        for cause in ledger.causes():
            net = f"{cause.totals.net} {cause.currency}"
            print(f"{cause.details.name}: {cause.totals.donations} gifts, net {net}")


if __name__ == "__main__":
    main(sys.argv[1:])
