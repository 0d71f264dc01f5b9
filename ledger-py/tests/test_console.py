"""The console script is the operator's tool, and calls core as the program `ledger` does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import Book
from donation_ledger import Ledger, __version__

SCRIPT = Path(sys.executable).with_name("donation-ledger")


def said(*words: str | Path) -> tuple[int, str, str]:
    ended = subprocess.run([SCRIPT, *map(str, words)], capture_output=True, text=True)
    return ended.returncode, ended.stdout, ended.stderr


def test_it_does_what_the_program_does(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    assert said("--dir", folder, "init")[0] == 0
    assert (
        said("--dir", folder, "cause", "open", "--name", "Wells", "--currency", "EUR", "--external-id", "water")[0] == 0
    )
    with Ledger.open(folder) as ledger:
        assert [cause.details.external_id for cause in ledger.causes()] == ["water"]
        Book(ledger) if ledger.stats().donors else ledger.register_donor()
    code, told, _ = said("--dir", folder, "stats", "--json")
    assert (code, json.loads(told)["causes"], json.loads(told)["donors"]) == (0, 1, 1)


def test_it_fails_as_the_program_does(tmp_path: Path) -> None:
    code, told, wrong = said("--dir", tmp_path / "nowhere", "stats")
    assert (code, told) == (1, "") and wrong.startswith("error 2004: ")
    assert said("--dir", tmp_path, "no-such-task")[0] == 2
    assert said("--dir")[0] == 2


def test_it_tells_its_version_and_its_tasks() -> None:
    code, told, _ = said("--help")
    assert code == 0 and "reconcile" in told
    assert said("--version")[1].split()[-1] == __version__


def test_it_runs_as_a_module_too() -> None:
    ended = subprocess.run([sys.executable, "-m", "donation_ledger", "--version"], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout.split()[-1]) == (0, __version__)


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    """At once, as a program: Python alone would take note of it and go on."""
    pipe = tmp_path / "rows.txt"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            [SCRIPT, "--dir", tmp_path / "book", "import", "--map", "fec-itcont", pipe],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as importing,
        pipe.open("w"),
    ):  # It has begun once it reads, and waits for rows.
        importing.send_signal(2)
        assert importing.wait() == -2
