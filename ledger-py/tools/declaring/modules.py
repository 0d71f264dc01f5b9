"""The modules of the package, and their stubs."""

from __future__ import annotations

import re

from declaring.classes import (
    FIGURES,
    NATIVE,
    NOT_WRITTEN,
    Class,
    Writer,
    choice_sources,
    given_types,
    snake,
    told,
    variant_classes,
    with_variants,
)
from declaring.sources import read_core

HEADER = '''"""{what}

Written by tools/declare.py from the sources of ledger-core; a test compares.
"""

from __future__ import annotations

'''


def listed(module: str, names: list[str]) -> str:
    """An import, as long as it has to be."""
    if not names:
        return ""
    short = f"from {module} import {', '.join(names)}\n"
    if len(short) < 110:
        return short
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"


def used(text: str) -> str:
    """What a text uses of Python's own types and of the extension's."""
    own = [
        ("collections.abc", ["Sequence"]),
        ("datetime", ["date", "datetime"]),
        ("decimal", ["Decimal"]),
        ("donation_ledger._ledger", NATIVE),
    ]
    return "".join(listed(module, [n for n in names if re.search(rf"\b{n}\b", text)]) for module, names in own)


def modules() -> dict[str, str]:
    core = read_core()
    writer = Writer(core)
    given = given_types(core)
    payloads = {variant.payload for variant in core["Command"].variants}
    choices, records, events, commands = [], [], [], []
    names: dict[str, list[str]] = {"choices": [], "records": [], "events": [], "commands": []}
    for name, declared in sorted(core.items()):
        if declared.is_plain_enum and name not in NOT_WRITTEN:
            choices.append(choice_sources(name, declared))
            names["choices"].append(name)
    for name, fields in FIGURES.items():
        class_ = Class(name, "Record", core[name].doc, [(field, type_, None, doc) for field, type_, doc in fields])
        records.append((class_.source(), class_.stub()))
        names["records"].append(name)
    for name, declared in sorted(core.items()):
        if name in NOT_WRITTEN or name in FIGURES or declared.is_plain_enum:
            continue
        if name in payloads or name in writer.event_payloads or name in ("Event", "Command"):
            continue
        if declared.is_enum:
            classes = variant_classes(writer, name, declared, given=name in given)
            records.append(with_variants(name, declared.doc, classes))
        else:
            class_ = Class(name, "Record", declared.doc, told(writer, name, declared.fields, given=name in given))
            records.append((class_.source(), class_.stub()))
        names["records"].append(name)
    events.append(
        with_variants("Event", core["Event"].doc, variant_classes(writer, "Event", core["Event"], given=False))
    )
    names["events"].append("Event")
    for variant in core["Command"].variants:
        payload = core[variant.payload or ""]
        doc = payload.doc if variant.payload == variant.name else variant.doc
        class_ = Class(variant.name, "Command", doc, told(writer, payload.name, payload.fields, given=True))
        source = class_.source()
        if not class_.keyword_only:
            source = source.replace("(Command, frozen=True)", "(Command, frozen=True, kw_only=True)")
        commands.append((f'@command("{snake(variant.name)}")\n' + source, class_.stub()))
        names["commands"].append(variant.name)

    def imported(module: str, text: str, *, now: bool | None = None) -> str:
        """What a text uses of a module; `now`: what it needs when it is run, or only the other names."""
        run = re.findall(r"(?: = |default_factory=)(\w+)", text)
        used = [
            name
            for name in sorted(names[module])
            if re.search(rf"\b{name}\b", text) and (now is None or now == (name in run))
        ]
        return listed(f"donation_ledger.{module}", used)

    def stub(module: str, body: list[tuple[str, str]]) -> str:
        text = "\n".join(each for _, each in body)
        others = [other for other in names if other != module]
        return (
            "from typing import final\n\n"
            + used(text)
            + "from donation_ledger._record import Record\n"
            + "".join(imported(other, text) for other in others)
            + "\n"
            + text
        )

    def source(module: str, what: str, words: str, body: list[tuple[str, str]]) -> str:
        text = re.sub(r'""".*?"""', "", "".join(each for each, _ in body), flags=re.S)
        others = [other for other in names if other != module]
        run = "".join(imported(other, text, now=True) for other in others)
        typed = "".join(imported(other, text, now=False) for other in others)
        return (
            HEADER.format(what=what)
            + "from typing import TYPE_CHECKING\n\n"
            + f"from donation_ledger._record import {words}, once\n"
            + run
            + "\nonce(__name__)\n"
            + "\nif TYPE_CHECKING:\n"
            + indented(used(text) + typed)
            + join(body)
        )

    def join(body: list[tuple[str, str]]) -> str:
        return "\n\n" + "\n\n".join(each for each, _ in body)

    command_base_source = 'class Command(Record, frozen=True):\n    """What a ledger can be told to do."""\n'
    command_base_stub = "class Command(Record, frozen=True): ...\n"
    return {
        "choices.py": HEADER.format(what="Choices: one of a few words.")
        + "from enum import Enum\n\nfrom donation_ledger._record import once\n\nonce(__name__)\n"
        + join(choices),
        "choices.pyi": "from enum import Enum\n\n" + "\n".join(each for _, each in choices),
        "records.py": source(
            "records",
            "Records: what a ledger is asked for, and what commands are made of.",
            "Record, field, variant",
            records,
        ),
        "records.pyi": stub("records", records),
        "events.py": source("events", "Events: what happened, as the journal keeps it.", "Record, variant", events),
        "events.pyi": stub("events", events),
        "commands.py": source(
            "commands",
            "Commands: what a ledger can be told to do.",
            "Record, command, field",
            [(command_base_source, ""), *commands],
        ),
        "commands.pyi": stub("commands", [("", command_base_stub), *commands]),
    }


def indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))
