"""Classes of Python for the types of core: their fields, their types, what they may be left out for."""

from __future__ import annotations

import keyword
import re
import textwrap
from dataclasses import dataclass

from declaring.sources import Declared, Field

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
    "Settings",
    "StatementOf",
    "Stripe",
    "Sum",
    "TakenBack",
    "Timestamp",
    "Unbalanced",
    "Webhook",
}


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
