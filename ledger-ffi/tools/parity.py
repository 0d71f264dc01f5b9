"""Where every public item of ledger-core is in Kotlin, Swift and C; it fails where one is nowhere.

    python3 ledger-ffi/tools/parity.py GENERATED [--list]

GENERATED is what ledger-ffi/generate wrote. Python has a test of its own (ledger-py/tests/test_parity.py).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "ledger-py" / "tools"), str(ROOT / "ledger-ffi" / "tools")]

from declaring.classes import snake  # noqa: E402
from declaring.sources import CORE, exported, read_core  # noqa: E402
from idiom import camel  # noqa: E402

#: What is another type, or none, in Kotlin and Swift alike.
ELSEWHERE = {
    "AccountName": "a text, such as assets:bank:main",
    "AccountNameError": "LedgerError 1007",
    "Currency": "a text",
    "Cursor": "a text",
    "Date": "Day: LocalDate in Kotlin, CalendarDay in Swift",
    "DateError": "LedgerError 1008",
    "ErrorCode": "a number",
    "IdError": "LedgerError 1007",
    "ImportError": "Imported.stopped",
    "ImportFlow": "what ImportWatch.progress gives",
    "Importer": "Ledger.importRows",
    "JournalEntry": "ChangeEntry",
    "MappingError": "LedgerError 1024",
    "Mapping": "a name or a text: Ledger.importRows",
    "MoneyError": "LedgerError 1001 to 1006",
    "PaymentProvider": "a provider of one's own: read its webhooks, and submit IngestFacts",
    "Posting": "PostedLine",
    "ProviderEvent": "IngestFacts",
    "RejectedRow": "arguments of ImportWatch.rejected",
    "Rejection": "LedgerError: code and fields",
    "Results": "a list of Submitted",
    "RowFault": "code and reason of ImportWatch.rejected",
    "ShareCard": "a phone draws its own: feature `share` of the crate",
    "TakenBack": "a list of Event",
    "Unbalanced": "cannot happen: no entry is made outside",
    "Webhook": "arguments of Ledger.ingestStripe and ingestSandbox",
    "PAGE_LINES_MAX": "1,000",
    "SANDBOX_SIGNATURE": "SandboxWebhook.signature has it",
    "STATEMENT_LINES_MAX": "10,000",
    "UNSETTLED_MAX": "10,000",
}
#: Methods of `Ledger` that are called otherwise in Kotlin and Swift.
METHODS = {
    "ask": "the methods, by the same names",
    "close": "shutDown in Kotlin, whose close is AutoCloseable's",
    "ingest_webhook": "ingestStripe, ingestSandbox",
    "rehearse": "ImportMode of importRows",
    "share_cause": "feature `share` of the crate",
    "share_gift": "feature `share` of the crate",
}
#: Methods of `Ledger` that are no question and no command, and where they are in C.
IN_C = {
    "ask": "ledger_query",
    "close": "ledger_close",
    "export": "ledger_export",
    "export_donor": "ledger_export",
    "in_memory": "ledger_open",
    "ingest_webhook": "ledger_ingest_webhook",
    "open": "ledger_open",
    "open_damaged": "ledger_open",
    "open_read_only": "ledger_open",
    "rehearse": "ledger_import",
    "submit": "ledger_submit",
    "submit_all": "ledger_submit",
    "share_cause": "feature `share` of the crate",
    "share_gift": "feature `share` of the crate",
}
#: What C does not have, and what it has instead.
NOT_IN_C = dict.fromkeys(
    ("Sandbox", "SandboxCard", "SandboxWebhook"),
    "none: a provider for tests; ledger_ingest_webhook takes what it sends",
)
FOLLOWER_IN_C = {
    "epoch": "ledger_query, of the copy",
    "open": "ledger_manage: follow",
    "promote": "ledger_manage: promote",
    "step": "ledger_manage: follow",
}


def methods_of(name: str) -> set[str]:
    """The public methods that core has of a type."""
    found: set[str] = set()
    for path in CORE.rglob("*.rs"):
        text = re.split(r"^#\[cfg\(test\)\]\nmod \w+ \{", path.read_text(), flags=re.M)[0]
        for body in re.findall(rf"^impl (?:\w+::)*{name} \{{\n(.*?)^\}}", text, re.M | re.S):
            found |= set(re.findall(r"^    pub (?:const )?fn (\w+)", body, re.M))
    return found


def has_method(name: str, method: str, kotlin: str, swift: str) -> tuple[str | None, str | None]:
    """A method by its name in Kotlin and in Swift, where that class has it, and not merely another one."""
    bodies = re.findall(rf"^public interface {name}Interface\b(.*?)^\}}", kotlin, re.M | re.S)
    in_kotlin = any(re.search(rf"fun `?{method}`?\(", body) for body in bodies)
    in_kotlin = in_kotlin or re.search(rf"^fun {name}\.{method}\(|fun `{method}`\([^)]*\): {name} ", kotlin, re.M)
    bodies = re.findall(
        rf"^(?:public protocol {name}Protocol|(?:public )?extension {name})\b(.*?)^\}}", swift, re.M | re.S
    )
    in_swift = any(re.search(rf"func `?{method}`?\(", body) for body in bodies)
    in_swift = in_swift or re.search(rf"static func `?{method}`?\([^)]*\)throws  -> {name} ", swift)
    return (method if in_kotlin else None, method if in_swift else None)


def texts(folder: Path, own: Path, ending: str) -> str:
    return "".join(path.read_text() for at in (folder, own) for path in sorted(at.rglob(f"*.{ending}")))


def main() -> int:
    generated, lists = Path(sys.argv[1]), "--list" in sys.argv
    kotlin = texts(generated / "kotlin", ROOT / "ledger-ffi/kotlin/src/main", "kt")
    swift = texts(generated / "swift", ROOT / "ledger-ffi/swift/Sources", "swift")
    header = (ROOT / "ledger-ffi/c/include/ledger.h").read_text()
    asking = (CORE / "ledger" / "asking.rs").read_text()
    questions = set(re.findall(r"= (\w+)\(", asking[asking.index("\nquestions! {") :]))
    questions = {name.removeprefix("asked_") for name in questions}
    commands = {snake(variant.name) for variant in read_core()["Command"].variants}
    missing: list[str] = []

    def told(item: str, in_kotlin: str | None, in_swift: str | None, in_c: str | None) -> None:
        missing.extend(
            f"{item} is not in {language}"
            for language, at in (("Kotlin", in_kotlin), ("Swift", in_swift), ("C", in_c))
            if not at
        )
        if lists:
            print(f"{item:32} {in_kotlin or '-':40} {in_swift or '-':40} {in_c or '-'}")

    for name in sorted(exported()):
        if name in ELSEWHERE:
            told(name, ELSEWHERE[name], ELSEWHERE[name], "JSON")
        elif name[0].islower():
            function = camel(name)
            managed = f"`{name}` (" in header or f'"{name}": ' in header
            told(
                name,
                function if re.search(rf"fun `?{function}`?\(", kotlin) else None,
                function if re.search(rf"func `?{function}`?\(", swift) else None,
                "ledger_manage" if managed else None,
            )
        else:
            # UniFFI calls an error of Kotlin an exception.
            in_kotlin = name.removesuffix("Error") + "Exception" if name.endswith("Error") else name
            declared = r"(?:class|object|interface|typealias) "
            told(
                name,
                in_kotlin if re.search(rf"{declared}{in_kotlin}\b", kotlin) else None,
                name if re.search(rf"(?:struct|enum|class|protocol|typealias) {name}\b", swift) else None,
                NOT_IN_C.get(name, "JSON"),
            )
    for name in sorted(methods_of("Follower")):
        in_kotlin, in_swift = has_method("Follower", camel(name), kotlin, swift)
        if name == "promote":  # makes a ledger, and is among the ways to open one
            in_kotlin, in_swift = has_method("Ledger", name, kotlin, swift)
        told(f"Follower.{name}", in_kotlin, in_swift, FOLLOWER_IN_C.get(name))
    for name in sorted(methods_of("Ledger")):
        method = camel(name)
        in_c = "ledger_query" if name in questions else "ledger_submit" if name in commands else IN_C.get(name)
        if name in ("next_notices", "acknowledge_notices"):
            in_c = {"next_notices": "ledger_next_notices", "acknowledge_notices": "ledger_acknowledge"}[name]
        if in_c and in_c.startswith("ledger_") and f"{in_c}(" not in header:
            in_c = None
        in_kotlin, in_swift = has_method("Ledger", method, kotlin, swift)
        told(f"Ledger.{name}", METHODS.get(name) or in_kotlin, METHODS.get(name) or in_swift, in_c)
    for line in missing:
        print(f"parity: {line}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
