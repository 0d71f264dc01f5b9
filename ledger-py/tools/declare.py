"""Writes the Python declarations of what ledger-core exports, from the Rust sources themselves.

    python tools/declare.py            writes python/donation_ledger/{choices,records,events,commands}.py and .pyi
    python tools/declare.py --check    ends with 1 if a file is not what would be written

So a field, a variant or a sentence of documentation that core gains is in Python, or the check fails. It reads what
rustfmt formats, and stops at whatever it does not understand.
"""

from __future__ import annotations

import keyword
import re
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "ledger-core" / "src"
OUT = ROOT / "ledger-py" / "python" / "donation_ledger"

# What has a class of its own in the extension module or is said in another way in Python: see tests/test_parity.py.
NOT_WRITTEN = {
    "AccountName",
    "AccountNameError",
    "AccountPage",
    "Amount",
    "AsOf",
    "Balance",
    "Command",
    "Committed",
    "Currency",
    "Cursor",
    "Date",
    "DateError",
    "CauseChangePage",
    "DonationPage",
    "ErrorCode",
    "Follower",
    "HistoryPage",
    "IdError",
    "ImportError",
    "ImportFlow",
    "Importer",
    "JournalEntry",
    "KeyStatus",
    "Ledger",
    "LedgerError",
    "Mapping",
    "MappingError",
    "MoneyError",
    "Options",
    "PageRequest",
    "Posting",
    "ProviderEvent",
    "PublicPage",
    "RejectedRow",
    "Rejection",
    "RowFault",
    "Sandbox",
    "StatementOf",
    "Stripe",
    "Sum",
    "TakenBack",
    "Timestamp",
    "Unbalanced",
    "Webhook",
}
# Commands that are submitted under another name, or that are no method of their own.
NO_METHOD: set[str] = set()
# Where core writes figures as decimals: the fields as they are written.
FIGURES: dict[str, list[tuple[str, str, str]]] = {
    "Totals": [
        ("currency", "str", "The currency of every figure, by its code."),
        *(
            (name, "Decimal", what)
            for name, what in [
                ("gross", "Captured designations; for a donor: and tips."),
                ("refunded", "Refunds promised and not failed."),
                ("disputed", "Lost disputes."),
                ("fees", "Fees borne less fees given back or covered."),
                ("adjusted", "Signed adjustments."),
                ("pending", "Authorised or being processed, in no other figure."),
                ("paid_out", "Paid out to the cause, less what came back."),
                ("written_off", "What the cause owed and the platform bears."),
                ("net", "gross - refunded - disputed - fees + adjusted."),
                ("raised", "gross - refunded - disputed: what counts towards a goal."),
                ("held", "net - paid_out + written_off: what is held for a cause; below zero where it owes."),
            ]
        ),
        ("donations", "int", "How many gifts."),
    ],
    "AccountBalance": [
        ("account", "str", "The name of the account."),
        ("currency", "str", "Its currency."),
        ("debits", "Decimal", "Everything debited so far."),
        ("credits", "Decimal", "Everything credited so far."),
        ("net", "Decimal", "The net on the account's normal side."),
        ("lines", "int", "How many lines were posted to it."),
    ],
    "PostedLine": [
        ("account", "str", "The name of the account."),
        ("currency", "str", "Its currency."),
        ("side", "Side", "Debit or credit."),
        ("amount", "Decimal", "How much."),
        ("debits", "Decimal", "Everything debited to the account, this line included."),
        ("credits", "Decimal", "Everything credited to it, this line included."),
        ("number", "int", "This line's number among those of the account, from 1."),
    ],
    "CurrencySum": [
        ("currency", "str", "The currency."),
        ("debits", "Decimal", "Sum of all debits."),
        ("credits", "Decimal", "Sum of all credits; equal to the debits."),
    ],
    "CauseStanding": [
        ("cause", "CauseId", "The cause."),
        ("totals", "Totals", "Its totals."),
        ("available", "Decimal", "What can be paid out."),
        ("held", "Decimal", "What it cannot have until disputes are decided."),
        ("in_transit", "Decimal", "What was sent and did not arrive yet."),
        ("owed", "Decimal", "What it owes."),
    ],
    "BalanceSheet": [
        ("currency", "str", "The currency."),
        ("balances", "tuple[AccountBalance, ...]", "Assets, liabilities and net assets, account by account."),
        ("assets", "Decimal", "Sum of the assets."),
        ("liabilities", "Decimal", "Sum of the liabilities."),
        ("net_assets", "Decimal", "Sum of the net assets that periods left."),
        ("result", "Decimal", "Revenue less expenses of days that are not closed yet."),
    ],
    "StatementLine": [
        ("what", "HistoryLine", "What happened."),
        ("change", "Decimal", "What the line adds; negative where it takes away."),
        ("balance", "Decimal", "The balance after the line."),
    ],
    "Statement": [
        ("currency", "str", "The currency of every figure."),
        ("from_", "date", "The first day."),
        ("to", "date", "The last day."),
        ("seq", "int", "The last record that is in it."),
        ("opening", "Decimal", "The balance before the first line."),
        ("lines", "tuple[StatementLine, ...]", "The lines, oldest first."),
        ("closing", "Decimal", "The balance after the last line."),
    ],
}
PLAIN = {
    "String": "str",
    "str": "str",
    "bool": "bool",
    "Date": "date",
    "Timestamp": "datetime",
    "Currency": "str",
    "AccountName": "str",
    "Cursor": "str",
    "Decimal": "Decimal",
    "Sum": "Decimal",
    "LedgerError": "str",
    "ErrorCode": "int",
    "f64": "float",
    **dict.fromkeys(["u8", "u16", "u32", "u64", "u128", "i16", "i16", "i32", "i64", "i128", "usize"], "int"),
}


@dataclass
class Field:
    name: str
    rust: str
    doc: str


@dataclass
class Variant:
    name: str
    doc: str
    fields: list[Field] | None = None  # None: a unit
    payload: str | None = None


@dataclass
class Declared:
    name: str
    doc: str
    fields: list[Field] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    default: str | None = None
    is_enum: bool = False

    @property
    def is_plain_enum(self) -> bool:
        return self.is_enum and all(each.fields is None and each.payload is None for each in self.variants)


def exported() -> set[str]:
    """Every name that `lib.rs` exports, those of the test kit aside."""
    text = (CORE / "lib.rs").read_text()
    names: set[str] = set()
    for cfg, _, listed in re.findall(
        r'^(#\[cfg\(feature = "testkit"\)\]\n)?pub use ([\w:]+)::(\{[^}]*\}|\w+);', text, re.M
    ):
        if not cfg:
            names |= set(re.findall(r"\w+", listed))
    return names


def plain_doc(lines: list[str]) -> str:
    text = "\n".join(lines)
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    text = re.sub(r"\[`([^`\]]+)`\](\([^)]*\))?", r"`\1`", text)
    text = text.replace("[`", "`").replace("`]", "`").replace("\\", "")
    return re.sub(r"\s+", " ", text).strip()


def split_items(body: str) -> list[tuple[list[str], list[str], str]]:
    """(doc lines, attributes, item) for everything between commas of the outermost level."""
    items, doc, attributes, current, depth, open_attribute = [], [], [], "", 0, ""
    for line in body.split("\n"):
        bare = line.strip()
        if depth == 0 and not current.strip():
            if bare.startswith("///"):
                doc.append(bare[3:].strip())
                continue
            if bare.startswith("#[") or open_attribute:
                open_attribute += bare
                if open_attribute.count("[") == open_attribute.count("]"):
                    attributes.append(open_attribute)
                    open_attribute = ""
                continue
            if bare.startswith("//") or not bare:
                continue
        current += line + "\n"
        depth += sum(line.count(c) for c in "{([") - sum(line.count(c) for c in "})]")
        if depth == 0 and bare.endswith(","):
            items.append((doc, attributes, current.strip().rstrip(",")))
            doc, attributes, current = [], [], ""
    if current.strip():
        items.append((doc, attributes, current.strip()))
    return items


def fields_of(body: str) -> list[Field]:
    found = []
    for doc, _, item in split_items(body):
        match = re.fullmatch(r"(?:pub(?:\([^)]*\))? )?(\w+): (.+)", re.sub(r"\s+", " ", item))
        if not match:
            raise SystemExit(f"declare.py does not understand the field {item!r}")
        found.append(Field(match[1], match[2], plain_doc(doc)))
    return found


def variants_of(body: str) -> tuple[list[Variant], str | None]:
    found, default = [], None
    for doc, attributes, item in split_items(body):
        head = re.match(r"(\w+)", item)
        if not head:
            raise SystemExit(f"declare.py does not understand the variant {item!r}")
        rest = item[head.end() :].strip()
        variant = Variant(head[1], plain_doc(doc))
        if rest.startswith("{"):
            inner = rest[1 : rest.rindex("}")]
            variant.fields = fields_of(inner if "\n" in inner else inner.replace(", ", ",\n"))
        elif rest.startswith("("):
            variant.payload = re.sub(r"#\[[^\]]*\]", "", rest[1 : rest.rindex(")")]).strip()
        if "#[default]" in attributes:
            default = head[1]
        found.append(variant)
    return found, default


def read_core() -> dict[str, Declared]:
    names = exported()
    found: dict[str, Declared] = {}
    for path in sorted(CORE.rglob("*.rs")):
        text = path.read_text()
        pattern = (
            r"((?:^(?:///[^\n]*|#\[(?:[^\[\]]|\[[^\]]*\])*\])\n)*)^pub (struct|enum) (\w+)(?:<[^>]*>)? \{\n(.*?)^\}"
        )
        for match in re.finditer(pattern, text, re.M | re.S):
            head, kind, name, body = match.groups()
            if name not in names or name in found:
                continue
            doc = plain_doc([line[3:].strip() for line in head.split("\n") if line.startswith("///")])
            declared = Declared(name, doc, is_enum=kind == "enum")
            if kind == "struct":
                declared.fields = fields_of(body)
                if re.search(r"derive\([^)]*\bDefault\b", head, re.S) or f"impl Default for {name}" in text:
                    declared.default = name
            elif name not in ("ErrorCode",):
                declared.variants, declared.default = variants_of(body)
            found[name] = declared
    return found


class Writer:
    def __init__(self, core: dict[str, Declared]) -> None:
        self.core = core
        self.figures = set(FIGURES)
        command = core["Command"].variants
        self.command_names = {variant.name for variant in command}
        # Structs that are the payload of exactly the event of their name.
        self.event_payloads = {v.payload for v in core["Event"].variants if v.payload == v.name}

    def type_of(self, rust: str, *, given: bool) -> str:
        """The Python type; `given` where the user makes it: any sequence will do."""
        rust = rust.strip()
        if match := re.fullmatch(r"(?:Option|Box)<(.+)>", rust):
            inner = self.type_of(match[1], given=given)
            return f"{inner} | None" if rust.startswith("Option") else inner
        if match := re.fullmatch(r"Vec<(.+)>", rust):
            inner = self.type_of(match[1], given=given)
            return "bytes" if match[1] == "u8" else f"Sequence[{inner}]" if given else f"tuple[{inner}, ...]"
        if match := re.fullmatch(r"BTreeMap<([^,]+), (.+)>", rust):
            return f"dict[{self.type_of(match[1], given=given)}, {self.type_of(match[2], given=given)}]"
        if rust.startswith("&'static "):
            return self.type_of(rust[9:], given=given)
        if rust in PLAIN:
            return PLAIN[rust]
        if rust.endswith("Id") or rust in ("Amount", "Committed"):
            return rust
        if rust == "Event" or rust in self.event_payloads:
            return "Event" if rust == "Event" else f"Event.{rust}"
        if rust == "TakenBack":
            return "tuple[Event, ...]"
        if rust in self.core or rust in self.figures:
            return rust
        raise SystemExit(f"declare.py does not know the type {rust!r}")

    def default_of(self, rust: str, owner: str) -> str | None:
        """What a field may be left out for. Whoever replaces something says all of it, so there an empty value is none."""
        if rust.startswith("Option<"):
            return "None"
        declared = self.core.get(rust)
        if owner.startswith("Update") or owner not in self.core:
            return None
        if rust.startswith("Vec<") and self.core[owner].default:
            return "()"
        if declared and declared.default and declared.is_plain_enum:
            return f"{rust}.{screaming(declared.default)}"
        return f"{rust}()" if owner.startswith("Register") and declared and declared.default else None


def screaming(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()


def snake(name: str) -> str:
    return screaming(name).lower()


def python_name(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def docstring(text: str, fields: list[tuple[str, str]], indent: str) -> str:
    width = 112
    body = fill(text or "No more than its name says.", width, indent)
    described = [(name, doc) for name, doc in fields if doc]
    if not described and len(body) == 1 and len(body[0]) < width - 6:
        return f'{indent}"""{body[0]}"""\n'
    lines = [f'{indent}"""{body[0]}', *(indent + line for line in body[1:])]
    if described:
        lines += ["", f"{indent}Attributes:"]
        for name, doc in described:
            first, *more = fill(f"{name}: {doc}", width - 4, indent)
            lines += [f"{indent}    {first}", *(f"{indent}        {line}" for line in more)]
    lines.append(f'{indent}"""')
    return "\n".join(lines) + "\n"


def fill(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text.replace('"', "'"), width - len(indent), break_long_words=False) or [""]


@dataclass
class Class:
    """A class of records: with its documentation in the module, with its types in the stub."""

    name: str
    base: str
    doc: str
    fields: list[tuple[str, str, str | None, str]]  # name, type, default, documentation
    of: str | None = None  # the choice that it is a variant of
    variant: str = ""

    @property
    def keyword_only(self) -> bool:
        return any(default for _, _, default, _ in self.fields)

    def source(self) -> str:
        flags = ", kw_only=True" if self.keyword_only else ""
        head = f'@variant({self.of}, "{self.variant}")\n' if self.of else ""
        name = f"_{self.of}_{self.name}" if self.of else self.name
        text = f"{head}class {name}({self.base}, frozen=True{flags}):\n"
        text += docstring(self.doc, [(name, doc) for name, _, _, doc in self.fields], "    ")
        lines = []
        for name, type_, default, _ in self.fields:
            value = ""
            if default:
                value = (
                    f" = field(default_factory={default[:-2]})"
                    if default.endswith("()") and default != "()"
                    else f" = {default}"
                )
            lines.append(f"    {name}: {type_}{value}\n")
        return text + ("\n" + "".join(lines) if lines else "")

    def stub(self, indent: str = "") -> str:
        flags = "frozen=True, kw_only=True" if self.keyword_only or self.base == "Command" else "frozen=True"
        text = f"{indent}@final\n{indent}class {self.name}({self.base}, {flags}):\n"
        if not self.fields:
            return text + f"{indent}    pass\n"
        return text + "".join(
            f"{indent}    {name}: {type_}" + (" = ...\n" if default else "\n")
            for name, type_, default, _ in self.fields
        )


def told(writer: Writer, owner: str, fields: list[Field], *, given: bool) -> list[tuple[str, str, str | None, str]]:
    return [
        (
            python_name(each.name),
            writer.type_of(each.rust, given=given),
            writer.default_of(each.rust, owner) if given else None,
            each.doc,
        )
        for each in fields
    ]


def given_types(core: dict[str, Declared]) -> set[str]:
    """Everything that a command is made of."""
    found: set[str] = set()
    left = [variant.payload or "" for variant in core["Command"].variants]
    while left:
        name = left.pop()
        if name in found or name not in core:
            continue
        found.add(name)
        declared = core[name]
        fields = declared.fields + [each for variant in declared.variants for each in variant.fields or []]
        left += [word for each in fields for word in re.findall(r"\w+", each.rust)]
        left += [variant.payload for variant in declared.variants if variant.payload]
    return found


HEADER = '''"""{what}

Written by tools/declare.py from the sources of ledger-core; a test compares.
"""

from __future__ import annotations

'''
NATIVE = [
    "AdjustmentId",
    "Amount",
    "CauseId",
    "Committed",
    "DisputeId",
    "DonationId",
    "DonorId",
    "ExchangeId",
    "LedgerId",
    "PaymentId",
    "PayoutId",
    "ReallocationId",
    "RefundId",
    "ReversalId",
    "SettlementId",
    "SuspenseId",
]


ID_KINDS = [name for name in NATIVE if name.endswith("Id")]


def id_stub(name: str) -> str:
    compared = "".join(f"    def __{how}__(self, other: {name}, /) -> bool: ...\n" for how in ("lt", "le", "gt", "ge"))
    return (
        f"@final\nclass {name}:\n    def __new__(cls, text: str) -> {name}: ...\n"
        "    def __eq__(self, other: object, /) -> bool: ...\n    def __ne__(self, other: object, /) -> bool: ...\n"
        + compared
        + "    def __hash__(self) -> int: ...\n    def __reduce__(self) -> tuple[Any, ...]: ...\n"
    )


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


def choice_sources(name: str, declared: Declared) -> tuple[str, str]:
    members = "".join(f'    {screaming(v.name)} = "{snake(v.name)}"\n' for v in declared.variants)
    documented = docstring(declared.doc, [(screaming(v.name), v.doc) for v in declared.variants], "    ")
    source = f"class {name}(Enum):\n{documented}\n{members}"
    stub = f"class {name}(Enum):\n" + members
    return source, stub


def variant_classes(writer: Writer, name: str, declared: Declared, *, given: bool) -> list[Class]:
    classes = []
    for each in declared.variants:
        if each.fields is not None:
            fields = told(writer, name, each.fields, given=given)
        elif each.payload and each.payload == each.name and each.payload in writer.core and name == "Event":
            fields = told(writer, name, writer.core[each.payload].fields, given=given)
        elif each.payload:
            fields = [("value", writer.type_of(each.payload, given=given), None, "")]
        else:
            fields = []
        classes.append(Class(each.name, name, each.doc, fields, of=name, variant=snake(each.name)))
    return classes


def with_variants(name: str, doc: str, classes: list[Class]) -> tuple[str, str]:
    source = f"class {name}(Record, frozen=True):\n" + docstring(doc, [], "    ")
    source += "".join("\n\n" + each.source() for each in classes)
    stub = f"class {name}(Record, frozen=True):\n" + "".join(each.stub("    ") for each in classes)
    return source, stub


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
            + f"from donation_ledger._record import {words}\n"
            + run
            + "\nif TYPE_CHECKING:\n"
            + indented(used(text) + typed)
            + join(body)
        )

    def join(body: list[tuple[str, str]]) -> str:
        return "\n\n" + "\n\n".join(each for each, _ in body)

    command_base_source = 'class Command(Record, frozen=True):\n    """What a ledger can be told to do."""\n'
    command_base_stub = "class Command(Record, frozen=True): ...\n"
    return {
        "choices.py": HEADER.format(what="Choices: one of a few words.") + "from enum import Enum\n" + join(choices),
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


def method_docs() -> dict[str, tuple[str, str]]:
    """What core says of each method of its handle: what it does, and which errors it meets."""
    found = {}
    for path in (CORE / "ledger").glob("*.rs"):
        for doc, name in re.findall(r"((?:^    ///[^\n]*\n)+)    pub fn (\w+)\(", path.read_text(), re.M):
            text = "\n".join(line.strip()[3:].strip() for line in doc.strip().split("\n"))
            does, _, errors = re.sub(r"```.*?```", "", text, flags=re.S).partition("# Errors")
            does = "\n".join(line for line in does.split("\n") if not line.startswith("|"))
            found[name] = plain_doc([does]), plain_doc([errors])
    return found


def examples() -> dict[str, str]:
    """An example of each write, by its name: tools/examples.txt."""
    text = (ROOT / "ledger-py" / "tools" / "examples.txt").read_text()
    return {name: body.rstrip("\n") for name, body in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.M | re.S)}


def writes(writer: Writer) -> tuple[str, str]:
    """The methods that commit, in Rust and in the stub: one for each command, with its fields as keywords."""
    docs, shown = method_docs(), examples()
    rust, stub = "", ""
    for variant in writer.core["Command"].variants:
        name = snake(variant.name)
        if variant.name in NO_METHOD:
            continue
        payload = writer.core[variant.payload or ""]
        fields = told(writer, payload.name, payload.fields, given=True)
        does, errors = docs[name]
        ordered = sorted(fields, key=lambda each: each[2] is not None)
        signature = ", ".join(["$self", "*", *(n + (f"={d}" if d else "") for n, _, d, _ in ordered)])
        signature = re.sub(r"=(\w+\.\w+|\w+\(\))", "=...", signature).replace("=()", "=...")
        lines = [*textwrap.wrap(re.sub(r": see `\w+`\.", ".", does) or payload.doc, 108), "", "Args:"]
        for field_name, _, _, doc in fields:
            first, *more = textwrap.wrap(f"{field_name}: {doc}", 104)
            lines += [f"    {first}", *(f"        {line}" for line in more)]
        if errors:
            lines += ["", "Raises:", *(f"    {line}" for line in hanging(f"LedgerError: {errors}", 104))]
        if name not in shown:
            raise SystemExit(f"tools/examples.txt has no example of {name}")
        lines += ["", "Example:", *(f"    {line}" for line in shown[name].split("\n"))]
        rust += "".join(f"    /// {line}".rstrip() + "\n" for line in lines)
        rust += f'    #[pyo3(signature = (**fields), text_signature = "({signature})")]\n'
        rust += (
            f"    fn {name}(&self, py: Python<'_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<PyCommitted> {{\n"
        )
        rust += f'        self.write(py, "{name}", fields)\n    }}\n\n'
        arguments = "".join(
            f"        {field_name}: {type_}" + (" = ...,\n" if default else ",\n")
            for field_name, type_, default, _ in ordered
        )
        stub += f"    def {name}(\n        self,\n        *,\n{arguments}    ) -> Committed: ...\n"
    head = """//! The methods that commit: one for each command of core, with its fields as keywords.
//!
//! Written by tools/declare.py from the sources of ledger-core and tools/examples.txt; a test compares.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::ledger::PyLedger;
use crate::values::PyCommitted;

#[pymethods]
impl PyLedger {
"""
    return head + rust.rstrip("\n") + "\n}\n", stub


def hanging(text: str, width: int) -> list[str]:
    first, *more = textwrap.wrap(text, width)
    return [first, *(f"    {line}" for line in more)]


def files() -> dict[Path, str]:
    """Everything that this program writes."""
    written = {OUT / name: text for name, text in modules().items()}
    core = read_core()
    rust, stub = writes(Writer(core))
    written[ROOT / "ledger-py" / "src" / "writes.rs"] = rust
    frame = (ROOT / "ledger-py" / "tools" / "_ledger.pyi").read_text()
    declared = {
        name
        for module in ("choices", "records", "events", "commands")
        for name in re.findall(r"^class (\w+)", written[OUT / f"{module}.pyi"], re.M)
    }
    text = frame.replace("    # The methods that commit.\n", stub).replace(
        "# The ids.\n", "\n".join(map(id_stub, ID_KINDS))
    )
    imports = ""
    for module in ("choices", "commands", "events", "records"):
        names = sorted(set(re.findall(r"^class (\w+)", written[OUT / f"{module}.pyi"], re.M)) & declared)
        names = [name for name in names if re.search(rf"\b{name}\b", text)]
        imports += listed(f"donation_ledger.{module}", names)
    written[OUT / "__init__.py"] = package(written, text)
    written[OUT / "_ledger.pyi"] = text.replace("# The records.\n", imports)
    return written


def package(written: dict[Path, str], native: str) -> str:
    """What users import: everything, under one name."""
    own = sorted(
        re.findall(r"^(?:class|def) ([A-Z]\w+|[a-z]\w+)", native, re.M) + re.findall(r"^([A-Z_]+): Final", native, re.M)
    )
    own = [name for name in own if not name.startswith("_") and name != "operate"]
    parts = [("_ledger", own)]
    for module in ("choices", "commands", "events", "records"):
        parts.append((module, sorted(re.findall(r"^class (\w+)", written[OUT / f"{module}.pyi"], re.M))))
    text = (OUT / "exceptions.py").read_text()
    parts.append(("exceptions", sorted(re.findall(r"^class (\w+)", text, re.M))))
    every = sorted(name for _, names in parts for name in names)
    lines = "".join(f'    "{name}",\n' for name in every)
    return (
        '"""An embedded donation ledger: donors, causes, and an append-only double-entry journal of every gift, fee and '
        "refund,\nin a folder of the host app. It never loses or invents a cent. Start at `Ledger`.\n\n"
        'Written by tools/declare.py; a test compares.\n"""\n\n'
        + "from donation_ledger import _record, commands, events, records\n"
        + "".join(listed(f"donation_ledger.{module}", names) for module, names in parts)
        + "from donation_ledger._ledger import __version__ as __version__\n"
        + f"\n__all__ = [\n{lines}]\n\n"
        + "_record.make_known(globals(), records, events, commands)\n"
    )


def indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))


def main() -> int:
    differ = []
    for path, text in files().items():
        if "--check" not in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            differ.append(path.name)
    if differ:
        print(f"not what tools/declare.py writes now: {', '.join(differ)}", file=sys.stderr)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
