"""Runs the example as its reader would, and looks at the pictures that it leaves."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from donation_ledger import Ledger
from matplotlib.image import imread

PROGRAM = Path(__file__).parent / "pictures.py"
SIZES = {"progress.png": (1800, 672), "raised.png": (1800, 966), "waterfall.png": (1800, 772)}


def run(*arguments: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height, as the head of every PNG has them."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def test_it_leaves_three_pictures_of_their_size_and_none_is_blank(tmp_path: Path) -> None:
    folder = tmp_path / "report" / "pictures"
    assert run(folder).stdout.splitlines() == [str(folder / name) for name in SIZES]
    assert {picture.name: size_of(picture) for picture in folder.iterdir()} == SIZES
    for name in SIZES:
        pixels = imread(folder / name)[:, :, :3]
        lightness = pixels.mean(axis=2)
        # Ink on paper: words in the head, a picture below it, and white around both.
        assert lightness.min() < 0.2
        assert 0.5 < (lightness > 0.99).mean() < 0.97
        assert lightness[: pixels.shape[0] // 6].min() < 0.2
        assert lightness[pixels.shape[0] // 3 :].min() < 0.4
        assert lightness[:, :20].min() == lightness[:, -20:].min() == 1.0


def test_a_second_run_draws_the_same_from_the_same_books(tmp_path: Path) -> None:
    books = tmp_path / "books"
    first, second = tmp_path / "first", tmp_path / "second"
    run(first, books)
    with Ledger.open_read_only(books) as ledger:
        records = ledger.stats().records
        assert ledger.stats().donations == 400
        wells = next(ledger.causes())
        assert (wells.totals.gross, wells.totals.refunded) == (Decimal("7310.00"), Decimal("1025.00"))
        assert wells.totals.net - wells.totals.paid_out == Decimal("1142.66")
        assert ledger.audit().difference is None
    run(second, books)
    with Ledger.open_read_only(books) as ledger:
        assert ledger.stats().records == records
    for name in SIZES:
        assert (imread(first / name) == imread(second / name)).all()


@pytest.mark.parametrize("count", [0, 3])
def test_without_a_folder_it_says_how_to_run_it(tmp_path: Path, count: int) -> None:
    assert "\n    python pictures.py FOLDER [BOOKS]\n" in run(*[tmp_path] * count, code=1).stderr
    assert list(tmp_path.iterdir()) == []
