"""Values of the package as plain data and back, in the form in which core writes JSON: for the replay of scenarios."""

from __future__ import annotations

import collections.abc
import types
import typing
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

import donation_ledger
from donation_ledger import Amount, Committed
from donation_ledger._record import Record, registry

_VARIANTS = {cls: key for key, cls in registry.items() if isinstance(key, tuple)}
_NAMES = vars(donation_ledger) | {
    "Sequence": collections.abc.Sequence,
    "date": date,
    "datetime": datetime,
    "Decimal": Decimal,
}
_COMMITTED = ("seq", "recorded_at", "delivery", "durability", "events", "balances")


def to_plain(value: Any) -> Any:
    """As core writes it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        text = value.astimezone(timezone.utc).isoformat().removesuffix("+00:00")
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Amount):
        return {"amount": f"{value.decimal:f}", "currency": value.currency}
    if isinstance(value, Committed):
        return {name: to_plain(getattr(value, name)) for name in _COMMITTED}
    if isinstance(value, Record):
        fields = {name.rstrip("_"): to_plain(getattr(value, name)) for name in value.__struct_fields__}
        if type(value) not in _VARIANTS or _VARIANTS[type(value)][0] == "Command":
            return fields
        word = _VARIANTS[type(value)][1]
        return word if not fields else {word: fields["value"] if list(fields) == ["value"] else fields}
    if isinstance(value, dict):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(each) for each in value]
    return str(value)


def command(plain: dict[str, Any]) -> Any:
    """A command of what core wrote."""
    [(word, fields)] = plain.items()
    return record(registry["Command", word], fields)


def record(cls: type, plain: dict[str, Any]) -> Any:
    """A record of a class."""
    hints = typing.get_type_hints(cls, _NAMES)
    fields = {name: of_type(hint, plain[name.rstrip("_")]) for name, hint in hints.items() if not name.startswith("__")}
    return cls(**fields)


def of_type(hint: Any, plain: Any) -> Any:
    """A value of a type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if plain is None else of_type(arguments[0], plain)
    if origin in (collections.abc.Sequence, tuple):
        return tuple(of_type(arguments[0], each) for each in plain)
    if hint in (str, int, bool):
        return plain
    if hint is date:
        return date.fromisoformat(plain)
    if hint is datetime:
        return datetime.fromisoformat(plain.replace("Z", "+00:00"))
    if hint is Amount:
        return Amount(plain["amount"], plain["currency"])
    if issubclass(hint, Enum) or not issubclass(hint, Record):
        return hint(plain)
    if any(key[0] == hint.__name__ for key in _VARIANTS.values()):
        word, fields = (plain, {}) if isinstance(plain, str) else next(iter(plain.items()))
        cls = registry[hint.__name__, word]
        return cls(of_type(_value_of(cls), fields)) if cls.__struct_fields__ == ("value",) else record(cls, fields)
    return record(hint, plain)


def _value_of(cls: type) -> Any:
    return typing.get_type_hints(cls, _NAMES)["value"]
