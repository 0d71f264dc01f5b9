"""Who may log in. The ledger knows who gives; this knows by which password they show that it is them."""

from __future__ import annotations

import secrets
from pathlib import Path
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from donation_ledger import ConflictError, DonorId, DonorProfile, InvalidError, Ledger

from host_app.database import connected

# Argon2id as RFC 9106 advises. A hash takes 64 MiB for a moment, so a crowd at the door makes four at once, not forty.
HASHER = PasswordHasher()
HASHES_AT_ONCE = BoundedSemaphore(4)
EMAIL_TAKEN = 3003


class AlreadyRegisteredError(Exception):
    """Somebody has this e-mail address already."""


class People:
    """The table of people."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._signing_up = Lock()
        # Verified where nobody has the address, so that the answer takes as long as for a wrong password.
        self._hash_of_nobody = _hash(secrets.token_urlsafe())

    def sign_up(self, ledger: Ledger, *, email: str, password: str, name: str) -> str:
        """Registers somebody as a donor who can log in; their id here.

        Two stores cannot commit as one. So the row comes first, without its donor, and its random id makes the key of
        the donor. If the app dies in between, the next attempt finds the row and asks the ledger what became of that
        key: no donor is registered twice, and no address stays locked.
        """
        email, password_hash = email.strip(), _hash(password)
        profile = DonorProfile(name=name, email=email)
        # One process writes, so under its lock a row without a donor was left behind, and is not one in the making.
        with self._signing_up:
            person = self._row_without_donor(email.lower(), password_hash)
            key = f"person/{person}"
            try:
                made = ledger.status(key) or ledger.register_donor(key=key, profile=profile)
            except (InvalidError, ConflictError) as refused:
                self._write("DELETE FROM people WHERE id = ?", person)
                if refused.code == EMAIL_TAKEN:
                    # The message names the donor who has it, which is nobody else's business.
                    raise AlreadyRegisteredError from None
                raise
            self._write("UPDATE people SET donor = ? WHERE id = ?", str(made.donor), person)
        return person

    def _row_without_donor(self, email: str, password_hash: str) -> str:
        row = self._read("SELECT id, donor FROM people WHERE email = ?", email)
        if row is None:
            person = secrets.token_hex(16)
            self._write("INSERT INTO people VALUES (?, ?, ?, '')", person, email, password_hash)
            return person
        person, donor = row
        if donor:
            raise AlreadyRegisteredError
        self._write("UPDATE people SET password_hash = ? WHERE id = ?", password_hash, person)
        return person

    def log_in(self, *, email: str, password: str) -> str | None:
        """Whose address and password these are; `None` for a wrong password and for an unknown address alike."""
        row = self._read("SELECT id, password_hash FROM people WHERE email = ? AND donor != ''", email.strip().lower())
        try:
            with HASHES_AT_ONCE:
                HASHER.verify(self._hash_of_nobody if row is None else row[1], password)
        except VerificationError:
            return None
        if row is None:
            return None
        if HASHER.check_needs_rehash(row[1]):
            self._write("UPDATE people SET password_hash = ? WHERE id = ?", _hash(password), row[0])
        return row[0]

    def donor(self, person: str) -> DonorId | None:
        """Who this person is in the ledger."""
        row = self._read("SELECT donor FROM people WHERE id = ?", person)
        return None if row is None else DonorId(row[0])

    def _read(self, question: str, *values: str) -> tuple[str, ...] | None:
        with connected(self._database) as tables:
            row: tuple[str, ...] | None = tables.execute(question, values).fetchone()
        return row

    def _write(self, change: str, *values: str) -> None:
        with connected(self._database) as tables:
            tables.execute(change, values)


def _hash(password: str) -> str:
    with HASHES_AT_ONCE:
        return HASHER.hash(password)
