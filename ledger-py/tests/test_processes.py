"""Threads, forks, other processes: one writer, any number of its threads, and readers beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Book, eur
from donation_ledger import CauseDetails, Delivery, Follower, Ledger, StorageError


def test_threads_give_at_once(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "book") as ledger:
        book = Book(ledger)
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda number: book.give(f"k{number % 200}", "0.01"), range(600)))
        assert sum(answer.delivery is Delivery.FIRST for answer in answers) == 200
        cause = ledger.cause(book.water)
        assert cause is not None and cause.totals.gross == eur("2.00").decimal
        assert ledger.audit().difference is None


def test_other_threads_run_while_one_commits(tmp_path: Path) -> None:
    """Nobody is made to let go of Python's lock here: another thread runs only where a commit lets go by itself."""
    with Ledger.open(tmp_path / "book") as ledger:
        book = Book(ledger)
        go, ran = threading.Event(), []
        other = threading.Thread(target=lambda: (go.wait(), ran.append("ran")))
        other.start()
        interval = sys.getswitchinterval()
        sys.setswitchinterval(3600)
        try:
            go.set()
            for number in range(200):
                book.give(f"k{number}")
                if ran:
                    break
            # Before anything else of this thread lets go.
            seen = list(ran)
        finally:
            sys.setswitchinterval(interval)
            other.join()
        assert seen == ["ran"]


def test_a_forked_child_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "book")
    book = Book(ledger)
    book.give("before")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            book.give("child")
            told = "it was taken"
        except StorageError as error:
            told = f"{error.code} {error}"
        os.write(writer, told.encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reader, 1000).decode()
    assert told.startswith("5003") and "forked" in told
    assert book.give("after").delivery is Delivery.FIRST
    ledger.close()
    with Ledger.open(tmp_path / "book") as again:
        assert again.stats().donations == 2


def test_a_forked_child_follows_nothing(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "book").close()
    with Follower.open(tmp_path / "book", tmp_path / "copy") as follower:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                told = f"it followed to {follower.step().seq}"
            except StorageError as error:
                told = f"{error.code} {error}"
            os.write(writer, told.encode())
            os._exit(0)
        os.waitpid(child, 0)
        told = os.read(reader, 1000).decode()
        assert told.startswith("5003") and "forked" in told
        assert follower.step().seq == 0


def test_a_forked_child_waits_for_nothing(tmp_path: Path) -> None:
    """Another thread of the parent holds the list while the process forks."""
    with Ledger.in_memory() as ledger:
        book = Book(ledger)
        for number in range(2000):
            book.give(f"k{number}", "0.01")
        pages = ledger.donations()
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                pages.take(1) or done.wait(0.001)

        other = threading.Thread(target=read)
        other.start()
        told = []
        for _ in range(20):
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                signal.alarm(20)
                try:
                    os.write(writer, f"{len(pages.take(1))} of the parent".encode())
                except StorageError as error:
                    os.write(writer, str(error.code).encode())
                os._exit(0)
            os.waitpid(child, 0)
            told.append(os.read(reader, 100).decode())
        done.set()
        other.join()
        assert told == 20 * ["5003"]


AGAIN = """
import sys
import donation_ledger
amount = donation_ledger.Amount("1.00", "EUR")
for name in [name for name in sys.modules if name.startswith("donation_ledger")]:
    del sys.modules[name]
try:
    import donation_ledger
except ImportError as error:
    print(error)
assert amount.decimal == 1
"""
RELOADED = """
import importlib
import donation_ledger
importlib.reload(donation_ledger)
for module in ("_record", "choices", "commands", "events", "exceptions", "records"):
    try:
        importlib.reload(importlib.import_module(f"donation_ledger.{module}"))
    except ImportError as error:
        assert "in this process" in str(error), error
    else:
        raise SystemExit(f"{module} was loaded twice")
with donation_ledger.Ledger.in_memory() as ledger:
    ledger.open_cause(currency="EUR", details=donation_ledger.CauseDetails(name="Wells"))
print("in this process")
"""
BESIDE = """
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
import donation_ledger
with donation_ledger.Ledger.in_memory() as ledger:
    other = interpreters.create()
    program = "try: import donation_ledger\\nexcept ImportError as error: print(error, flush=True)"
    assert interpreters.run_string(other, program) is None
    interpreters.destroy(other)
    cause = ledger.open_cause(currency="EUR", details=donation_ledger.CauseDetails(name="Wells")).cause
    assert ledger.cause(cause).details.name == "Wells"
"""


@pytest.mark.parametrize("program", [AGAIN, RELOADED, BESIDE], ids=["again", "reloaded", "in a sub-interpreter"])
def test_it_is_loaded_once_in_a_process(program: str) -> None:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert "in this process" in ended.stdout or "subinterpreters" in ended.stdout


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "book"):
        code = f"""
from donation_ledger import Ledger, StorageError
try:
    Ledger.open({str(tmp_path / "book")!r})
except StorageError as error:
    print(error.code, error.retryable, error.holder)
"""
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["5004", "True", str(os.getpid())]


def test_a_reader_beside_the_writer_takes_up_what_is_new(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "book") as ledger:
        book = Book(ledger)
        with Ledger.open_read_only(tmp_path / "book") as reader:
            book.give("k")
            assert reader.stats().donations == 0
            assert reader.refresh() == 3
            assert reader.stats().donations == 1
            with pytest.raises(StorageError) as told:
                reader.open_cause(currency="EUR", details=CauseDetails(name="X"))
            assert told.value.code == 5007


def test_closing_is_harmless_twice_and_final(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "book")
    ledger.close()
    ledger.close()
    with pytest.raises(StorageError) as told:
        ledger.stats()
    assert told.value.code == 5003


def test_ctrl_c_reaches_an_import(tmp_path: Path) -> None:
    """A signal stops it between two groups: what was committed stays, and the same import goes on."""
    rows = tmp_path / "rows.txt"
    line = "C00000001|N|Q1|P|202601|15|IND|DONOR {0}|TOWN|ST|00000|SELF|NONE|01152026|{1}||{0}|1||| {0}\n"
    with rows.open("w") as file:
        for number in range(60_000):
            file.write(line.format(number, 1 + number % 90))
    code = f"""
import sys
from donation_ledger import Ledger, Mapping
ledger = Ledger.open({str(tmp_path / "book")!r})
def on_progress(report):
    print(report.rows, flush=True)
try:
    ledger.import_rows({str(rows)!r}, Mapping.shipped("fec-itcont"), on_progress=on_progress)
    print("whole")
except KeyboardInterrupt:
    print("stopped", ledger.stats().records)
ledger.close()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as importing:
        assert importing.stdout is not None
        assert int(importing.stdout.readline()) > 0
        importing.send_signal(2)
        told = importing.stdout.read().split()
    assert "stopped" in told and "whole" not in told
    assert importing.returncode == 0
    with Ledger.open(tmp_path / "book") as ledger:
        before = ledger.stats().records
        assert 0 < before < 60_000
