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


def ledger_methods() -> set[str]:
    found: set[str] = set()
    for path in CORE.rglob("*.rs"):
        text = re.split(r"^#\[cfg\(test\)\]\nmod \w+ \{", path.read_text(), flags=re.M)[0]
        for body in re.findall(r"^impl Ledger \{\n(.*?)^\}", text, re.M | re.S):
            found |= set(re.findall(r"^    pub fn (\w+)", body, re.M))
    return found


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
            managed = f"`{name}` (" in header or f'"{name}": ' in header or name == "split"
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
                "JSON",
            )
    for name in sorted(ledger_methods()):
        method = camel(name)
        in_c = "ledger_query" if name in questions else "ledger_submit" if name in commands else IN_C.get(name)
        if name in ("next_notices", "acknowledge_notices"):
            in_c = {"next_notices": "ledger_next_notices", "acknowledge_notices": "ledger_acknowledge"}[name]
        if in_c and in_c.startswith("ledger_") and f"{in_c}(" not in header:
            in_c = None
        told(
            f"Ledger.{name}",
            METHODS.get(name) or (method if re.search(rf"fun (?:Ledger\.)?`?{method}`?\(", kotlin) else None),
            METHODS.get(name) or (method if re.search(rf"func `?{method}`?\(", swift) else None),
            in_c,
        )
    for line in missing:
        print(f"parity: {line}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
