"""The app's own tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

# Why so little: what the ledger knows of a person is sealed with a key of that donor alone. Once `erase_donor` has
# destroyed the key, and copies of the keys are replaced, nothing reads it any more, no old copy of the journal either.
# What an app keeps elsewhere it has to find and erase by itself. So the name is in the ledger only, and here is what a
# log-in needs: an address, a hash, and whose they are. To forget somebody, delete the row here, with which its sessions
# go, and call `erase_donor`.
SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    donor TEXT NOT NULL  -- empty for a moment: see People.sign_up
);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    secret_hash BLOB NOT NULL,
    person TEXT NOT NULL REFERENCES people ON DELETE CASCADE,
    ends_at INTEGER NOT NULL
);
"""


def make_tables(database: Path) -> None:
    """Makes what is not there yet."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(SCHEMA)


@contextmanager
def connected(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work, committed as a whole. Requests run in threads, which share none."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
