"""Writes what each command is called in Kotlin and Swift: a function with its fields as arguments, from the sources of core.

python3 ledger-ffi/tools/idiom.py          writes
python3 ledger-ffi/tools/idiom.py --check  says what is not as it would be written
"""

from __future__ import annotations

import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "ledger-py" / "tools"), str(Path(__file__).parent)]

from amend import camel, in_their_words  # noqa: E402
from declaring.classes import snake  # noqa: E402
from declaring.sources import Declared, Field, method_docs, read_core  # noqa: E402

HEAD = "// Written by ledger-ffi/tools/idiom.py from the sources of ledger-core; a test compares.\n\n"
PLAIN = {"u64": ("ULong", "UInt64"), "u32": ("UInt", "UInt32"), "u16": ("UShort", "UInt16"), "i64": ("Long", "Int64")}
PLAIN |= {"bool": ("Boolean", "Bool"), "Date": ("Day", "Day")}


@dataclass
class Language:
    """How a language writes types and values: 0 is Kotlin, 1 is Swift."""

    number: int
    none: str
    core: dict[str, Declared]

    def type(self, rust: str) -> str:
        if match := re.fullmatch(r"Option<(.+)>", rust):
            return self.type(match[1]) + "?"
        if match := re.fullmatch(r"Vec<(.+)>", rust):
            return f"List<{self.type(match[1])}>" if self.number == 0 else f"[{self.type(match[1])}]"
        return PLAIN[rust][self.number] if rust in PLAIN else rust

    def default(self, field: Field, owner: str) -> str | None:
        """What stands for a field that is not given; nothing where it must be."""
        if field.rust.startswith("Option<"):
            return self.none
        declared = self.core.get(field.rust)
        if declared is None or declared.default is None or (owner, field.name) in MUST:
            return None
        if not declared.is_enum:
            return f"{field.rust}()" if field.rust == "DonorProfile" else None
        word = declared.default
        if declared.is_plain_enum:
            return f"{field.rust}.{snake(word).upper()}" if self.number == 0 else f".{word[0].lower()}{word[1:]}"
        return f"{field.rust}.{word}" if self.number == 0 else f".{word[0].lower()}{word[1:]}"


#: Fields that have a default value in Rust, and that nobody should leave out.
MUST = {("UpdateCause", "status"), ("UpdateDonor", "profile"), ("Refund", "scope")}


def name_in(language: Language, name: str) -> str:
    keywords = {"object"} if language.number == 0 else set()
    return f"`{camel(name)}`" if camel(name) in keywords else camel(name)


def told(text: str, width: int, first: str, more: str) -> list[str]:
    return textwrap.wrap(in_their_words(text), width, initial_indent=first, subsequent_indent=more) or [first.rstrip()]


def kotlin(core: dict[str, Declared]) -> str:
    language, docs, text = Language(0, "null", core), method_docs(), HEAD
    text += "package org.donationledger\n"
    for variant in core["Command"].variants:
        payload = core[variant.payload or ""]
        does, errors = docs[snake(variant.name)]
        lines = told(does or payload.doc, 112, "", "")
        for field in payload.fields:
            lines += told(f"@param {camel(field.name)} {field.doc}", 112, "", "    ")
        if errors:
            lines += told(f"@throws LedgerException {errors}", 112, "", "    ")
        parameters = []
        for field in payload.fields:
            default = language.default(field, payload.name)
            parameters.append(
                f"    {name_in(language, field.name)}: {language.type(field.rust)}"
                + (f" = {default}" if default else "")
            )
        given = ", ".join(name_in(language, field.name) for field in payload.fields)
        text += "\n/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"
        text += f"@Throws(LedgerException::class)\nfun Ledger.{camel(snake(variant.name))}(\n" + ",\n".join(parameters)
        text += f",\n): Committed = submit(Command.{variant.name}({payload.name}({given})))\n"
    return text


def swift(core: dict[str, Declared]) -> str:
    language, docs, text = Language(1, "nil", core), method_docs(), HEAD
    text += "import LedgerCore\n\nextension Ledger {\n"
    for variant in core["Command"].variants:
        payload = core[variant.payload or ""]
        does, errors = docs[snake(variant.name)]
        lines = [*told(does or payload.doc, 108, "", ""), "", "- Parameters:"]
        for field in payload.fields:
            lines += told(f"- {camel(field.name)}: {field.doc}", 108, "  ", "    ")
        if errors:
            lines += told(f"- Throws: ``LedgerError``: {errors}", 108, "", "  ")
        parameters = []
        for field in payload.fields:
            default = language.default(field, payload.name)
            parameters.append(
                f"        {camel(field.name)}: {language.type(field.rust)}" + (f" = {default}" if default else "")
            )
        given = ", ".join(f"{camel(field.name)}: {camel(field.name)}" for field in payload.fields)
        case = variant.name[0].lower() + variant.name[1:]
        text += "".join(f"    /// {line}".rstrip() + "\n" for line in lines)
        text += f"    @discardableResult\n    public func {camel(snake(variant.name))}(\n" + ",\n".join(parameters)
        text += (
            f"\n    ) throws -> Committed {{\n        try submit(command: .{case}({payload.name}({given})))\n    }}\n\n"
        )
    return text.rstrip("\n") + "\n}\n"


#: What a commit made, by the events that make it: as the methods of `Committed` in core.
MADE = {
    "donor": ("The donor that was registered.", [("DonorRegistered", "donor")]),
    "cause": ("The cause that was opened.", [("CauseOpened", "cause")]),
    "donation": (
        "The donation that was begun or captured.",
        [("DonationCaptured", "donation"), ("DonationBegun", "donation")],
    ),
    "payment": ("The payment that was started.", [("PaymentStarted", "payment")]),
    "settlement": ("The settlement that was recorded.", [("SettlementRecorded", "settlement")]),
    "payout": ("The payout that was proposed.", [("PayoutProposed", "payout")]),
    "refund": (
        "The refund that was made or requested.",
        [("DonationRefunded", "refund"), ("RefundRequested", "refund"), ("RefundLearned", "refund")],
    ),
    "dispute": ("The dispute that was opened.", [("DisputeOpened", "dispute")]),
    "suspense": (
        "The money that nobody is known to have given, or that was set aside of a gift.",
        [("UnidentifiedReceived", "item"), ("GiftSetAside", "item")],
    ),
    "reallocation": ("The reallocation that was made.", [("Reallocated", "reallocation")]),
    "reversal": ("What a correction took back.", [("Reversed", "reversal")]),
    "adjustment": ("The adjustment that was made.", [("GivingAdjusted", "adjustment")]),
}


def of_event(core: dict[str, Declared], name: str, field: str) -> tuple[list[Field] | None, str]:
    """The fields of an event, or nothing where it has a record of its own; and the type of one of them."""
    variant = next(each for each in core["Event"].variants if each.name == name)
    fields = core[variant.payload].fields if variant.payload else variant.fields or []
    return (None if variant.payload else fields), next(each.rust for each in fields if each.name == field)


def kotlin_answers(core: dict[str, Declared]) -> str:
    text = HEAD + "package org.donationledger\n"
    for name, (what, events) in MADE.items():
        _, kind = of_event(core, *events[0])
        tried = []
        for event, field in events:
            fields, _ = of_event(core, event, field)
            tried.append(f"(it as? Event.{event})?{'' if fields else '.v1'}.{camel(field)}".replace("?.v1.", "?.v1?."))
        text += f"\n/** {what} */\nval Committed.{name}: {kind}?\n"
        text += "    get() = events.firstNotNullOfOrNull {\n        " + " ?:\n            ".join(tried) + "\n    }\n"
    return text


def swift_answers(core: dict[str, Declared]) -> str:
    text = HEAD + "import LedgerCore\n\nextension Committed {\n"
    for name, (what, events) in MADE.items():
        _, kind = of_event(core, *events[0])
        text += f"    /// {what}\n    public var {name}: {kind}? {{\n        for event in events {{\n"
        for event, field in events:
            fields, _ = of_event(core, event, field)
            case = event[0].lower() + event[1:]
            if fields is None:
                text += f"            if case .{case}(let made) = event {{ return made.{camel(field)} }}\n"
            else:
                places = ", ".join("let made" if each.name == field else "_" for each in fields)
                text += f"            if case .{case}({places}) = event {{ return made }}\n"
        text += "        }\n        return nil\n    }\n\n"
    return text.rstrip("\n") + "\n}\n"


def files() -> dict[Path, str]:
    """Everything that this program writes."""
    core = read_core()
    in_kotlin, in_swift = (
        ROOT / "ledger-ffi/kotlin/src/main/kotlin/org/donationledger",
        ROOT / "ledger-ffi/swift/Sources",
    )
    return {
        in_kotlin / "Writes.kt": kotlin(core),
        in_kotlin / "Answers.kt": kotlin_answers(core),
        in_swift / "DonationLedger/Writes.swift": swift(core),
        in_swift / "LedgerCore/Answers.swift": swift_answers(core).replace("import LedgerCore\n\n", ""),
    }


def main() -> int:
    stale = [path for path, text in files().items() if not path.exists() or path.read_text() != text]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} is not what core says: run python3 ledger-ffi/tools/idiom.py")
        else:
            path.write_text(files()[path])
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
