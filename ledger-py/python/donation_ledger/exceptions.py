"""What a call of a ledger can fail with: one class for each kind, one stable code for each reason."""

from __future__ import annotations

from typing import Any

from donation_ledger._record import once

once(__name__)


class LedgerError(Exception):
    """The rules say no, or something is in the way. The message says what to do, and never holds personal data.

    Attributes:
        code: The stable number, of the table in docs/error-codes.md; the same in every language.
        name: Its name in that table.
        kind: `"invalid"`, `"not_found"`, `"conflict"`, `"limit"`, `"storage"` or `"corrupt"`.
        retryable: Whether the same call may succeed when it is made again, without anything else being changed.
        fields: The values that the message is about, by name; each is an attribute too.

    Example:
        >>> from donation_ledger import ConflictError, Ledger
        >>> with Ledger.in_memory() as ledger:
        ...     ada = ledger.register_donor().donor
        ...     try:
        ...         ledger.merge_donors(keep=ada, gone=ada)
        ...     except ConflictError as error:
        ...         error.code, error.name, error.keep == ada, error.retryable
        (3019, 'SameDonor', True, False)
    """

    kind = "unknown"

    def __init__(
        self, message: str, code: int = 0, name: str = "", retryable: bool = False, fields: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.name = name
        self.retryable = retryable
        self.fields: dict[str, Any] = dict(fields or {})

    def __getattr__(self, attribute: str) -> Any:
        try:
            return self.__dict__["fields"][attribute]
        except KeyError:
            message = f"{type(self).__name__} {self.__dict__.get('code')} has no attribute {attribute!r}"
            raise AttributeError(message) from None

    def __str__(self) -> str:
        return f"{self.args[0]} (error {self.code})" if self.code else str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.code, self.name, self.retryable, self.fields)


class InvalidError(LedgerError, ValueError):
    """The input is wrong in itself; change it."""

    kind = "invalid"


class NotFoundError(LedgerError, LookupError):
    """The thing named does not exist in this ledger."""

    kind = "not_found"


class ConflictError(LedgerError):
    """The input is fine, the present state of the book forbids it."""

    kind = "conflict"


class LimitError(LedgerError):
    """A limit is reached."""

    kind = "limit"


class StorageError(LedgerError, OSError):
    """The medium, the handle or another process is in the way."""

    kind = "storage"

    def __new__(cls, message: str, *_: Any, **__: Any) -> StorageError:
        # OSError would make another class of two arguments.
        return super().__new__(cls, message)


class CorruptError(LedgerError):
    """Bytes are not what was written."""

    kind = "corrupt"
