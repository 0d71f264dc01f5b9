"""What all records have in common: frozen, comparable, and with a short text that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import field as field

from donation_ledger import _ledger as _native

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType


def once(module: str) -> None:
    """Refuses to load a module a second time in a process: objects of the classes of before would be strangers to those of now,
    in `isinstance` and in every call."""
    if module in _native.declared:
        raise ImportError(
            f"{module} was loaded before in this process, and once is all it can be: start another process"
        )
    _native.declared.add(module)


once(__name__)

_Class = TypeVar("_Class", bound=type)

#: Classes by the names under which the extension writes and reads them: of a type, or of a type and its variant.
registry: dict[str | tuple[str, str], type] = {}

_SHOWN_WORDS = frozenset(
    {"currency", "account", "bank", "processor", "period", "difference", "damage", "file", "what", "root", "waits_for"}
)
_SHOWN_ITEMS = 3
_OF_PYTHON: dict[str, object] = {"Sequence": Sequence, "date": date, "datetime": datetime, "Decimal": Decimal}


class Record(msgspec.Struct, frozen=True, gc=False):  # type: ignore[call-arg, misc, unused-ignore]
    """A frozen, comparable value. Its text leaves out whatever somebody wrote: names, addresses, messages, ids of others."""

    def __init_subclass__(cls, **flags: Any) -> None:
        super().__init_subclass__(**flags)
        # Of this package alone: a class of an app's own never stands for what core writes.
        if cls.__module__.startswith("donation_ledger."):
            registry[cls.__name__] = cls

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={text}' for name, text in self._shown())})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """As `repr`: what rich prints in tracebacks names nobody either."""
        fields = [(name, getattr(self, name)) for name in self.__struct_fields__]
        return [(name, value) for name, value in fields if self._is_shown(name, value)]

    @staticmethod
    def _is_shown(name: str, value: object) -> bool:
        if name == "date_of_birth":
            return False
        is_records = isinstance(value, tuple) and bool(value) and isinstance(value[0], Record)
        native = type(value).__module__ == "donation_ledger"
        return is_records or native or isinstance(value, _SHOWN) or name in _SHOWN_WORDS

    def _shown(self) -> Iterator[tuple[str, str]]:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if not self._is_shown(name, value):
                continue
            if isinstance(value, tuple):
                more = f", ... {len(value)} in all" if len(value) > _SHOWN_ITEMS else ""
                comma = "," if len(value) == 1 else ""
                yield name, f"({', '.join(map(repr, value[:_SHOWN_ITEMS]))}{comma}{more})"
            else:
                yield name, repr(value)


_SHOWN = (int, Enum, date, Decimal, Record)


def make_known(names: dict[str, object], *modules: ModuleType) -> None:
    """Makes the types that annotations name known to whoever looks them up (`help`, `typing.get_type_hints`): modules that
    name each other's classes cannot import each other."""
    for module in modules:
        for name, value in (names | _OF_PYTHON).items():
            if isinstance(value, type):
                vars(module).setdefault(name, value)


def variant(of: type, name: str) -> Callable[[_Class], _Class]:
    """Makes a class a variant of another one: `Method.Offline` is a `Method`."""

    def place(cls: _Class) -> _Class:
        del registry[cls.__name__]
        registry[of.__name__, name] = cls
        cls.__name__ = cls.__name__.rpartition("_")[2]
        if of.__name__ == "Event":
            registry[cls.__name__] = cls
        cls.__qualname__ = f"{of.__name__}.{cls.__name__}"
        setattr(of, cls.__name__, cls)
        return cls

    return place


def command(name: str) -> Callable[[_Class], _Class]:
    """Makes a class a command."""

    def place(cls: _Class) -> _Class:
        registry["Command", name] = cls
        return cls

    return place


def call_error(name: str, cls: type[msgspec.Struct], given: dict[str, object] | None, error: Exception) -> str:
    """What is wrong with the keywords of a call, and what would be right."""
    import difflib

    fields = cls.__struct_fields__
    given = given or {}
    for word in given:
        if word not in fields:
            close = difflib.get_close_matches(word, fields, 1)
            advice = f"did you mean {close[0]!r}?" if close else f"it takes {', '.join(fields)}"
            return f"{name}() has no argument {word!r}: {advice}"
    # Defaults stand for the last fields; one that is none stands for a field that must be given.
    defaults = (msgspec.NODEFAULT,) * len(fields) + cls.__struct_defaults__
    needed = [
        word for word, default in zip(fields, defaults[-len(fields) :], strict=False) if default is msgspec.NODEFAULT
    ]
    missing = [word for word in needed if word not in given]
    if missing:
        return f"{name}() needs {' and '.join(map(repr, missing))} too: it takes {', '.join(fields)}"
    return f"{name}(): {error}"
