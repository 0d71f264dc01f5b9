"""Who is logged in: a random token in a cookie, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from pathlib import Path

from host_app.database import connected

COOKIE = "session"
LASTS_SECONDS = 30 * 24 * 60 * 60


class Sessions:
    """The table of sessions.

    A token is `id.secret`. The id finds the row; the secret is compared by its hash and in constant time, since the
    time in which a database finds something says how much of it was right. Whoever reads the table cannot log in with
    it. A fast hash will do: nobody guesses 256 random bits.
    """

    def __init__(self, database: Path) -> None:
        self._database = database

    def begin(self, person: str) -> str:
        """A new token; sessions that have ended are swept away."""
        session, secret, now = secrets.token_hex(16), secrets.token_urlsafe(32), int(time.time())
        row = (session, _hash(secret), person, now + LASTS_SECONDS)
        with connected(self._database) as tables:
            tables.execute("DELETE FROM sessions WHERE ends_at <= ?", (now,))
            tables.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)
        return f"{session}.{secret}"

    def person(self, token: str) -> str | None:
        """Whose token this is."""
        session, _, secret = token.partition(".")
        with connected(self._database) as tables:
            row = tables.execute(
                "SELECT secret_hash, person FROM sessions WHERE id = ? AND ends_at > ?", (session, int(time.time()))
            ).fetchone()
        return str(row[1]) if row and hmac.compare_digest(row[0], _hash(secret)) else None

    def end(self, token: str) -> None:
        """Logs out: the token is worth nothing from now on, wherever a copy of it is."""
        if self.person(token) is not None:
            with connected(self._database) as tables:
                tables.execute("DELETE FROM sessions WHERE id = ?", (token.partition(".")[0],))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
