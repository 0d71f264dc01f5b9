"""What is done with folders: options, backups, restoring, examination, a standby that takes over."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Book
from donation_ledger import (
    BookMode,
    ConflictError,
    Durability,
    Follower,
    Ledger,
    StatePolicy,
    StorageError,
    backup,
    backup_keys,
    doctor,
    drill,
    repair,
    restore,
)


def filled(folder: Path) -> None:
    with Ledger.open(folder) as ledger:
        book = Book(ledger)
        book.give("a", memo="for my aunt")
        book.give("b")


def test_options_are_those_of_core(tmp_path: Path) -> None:
    with Ledger.open(
        tmp_path / "book",
        mode=BookMode.PRINCIPAL,
        durability=Durability.OS,
        segment_bytes=1 << 20,
        cache_bytes=8 << 20,
        checkpoint_records=10,
    ) as ledger:
        assert ledger.identity().mode is BookMode.PRINCIPAL
        assert Book(ledger).give("k").durability is Durability.OS
    with Ledger.open(tmp_path / "book", state=StatePolicy.REBUILD) as again:
        assert again.opening_report().records_folded_again == 3
        assert again.audit().difference is None


def test_a_backup_and_its_keys_are_a_ledger_again(tmp_path: Path) -> None:
    filled(tmp_path / "book")
    report = backup(tmp_path / "book", tmp_path / "copy")
    assert (report.seq, report.is_incremental) == (4, False)
    assert backup_keys(tmp_path / "book", tmp_path / "keys").in_use == 1
    assert drill(tmp_path / "copy", tmp_path / "keys", tmp_path / "drill").seq == 4
    assert not (tmp_path / "drill").exists()
    assert restore(tmp_path / "copy", tmp_path / "keys", tmp_path / "again").seq == 4
    with Ledger.open(tmp_path / "again") as ledger:
        assert [gift.memo for gift in ledger.donations()] == ["for my aunt", None]
    with pytest.raises(ConflictError) as told:
        restore(tmp_path / "copy", tmp_path / "keys", tmp_path / "again")
    assert told.value.code == 3010


def test_a_folder_is_examined_and_mended(tmp_path: Path) -> None:
    filled(tmp_path / "book")
    found = doctor(tmp_path / "book")
    assert (found.acknowledged_seq, found.whole_seq, found.findings) == (4, 4, ())
    assert repair(tmp_path / "book") == 4


def test_a_standby_follows_and_takes_over(tmp_path: Path) -> None:
    filled(tmp_path / "book")
    with Follower.open(tmp_path / "book", tmp_path / "standby") as follower:
        step = follower.step()
        assert (step.seq, step.source_seq) == (4, 4)
        epoch = follower.epoch()
    with pytest.raises(StorageError) as told:
        Ledger.open(tmp_path / "standby")
    assert told.value.code == 5008
    for word in ("cache", "opening", "mode"):
        with pytest.raises(TypeError, match=f"there is no option '{word}': the options are durability, "):
            Ledger.promote(tmp_path / "standby", **{word: None})
    with pytest.raises(TypeError, match="there is no option 'durability': the only option here is mode"):
        Ledger.in_memory(durability=None)  # type: ignore[call-arg]
    with Ledger.promote(tmp_path / "standby", cache_bytes=16 << 20) as ledger:
        assert ledger.epoch() == epoch + 1
        assert ledger.stats().donations == 2
