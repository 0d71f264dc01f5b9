"""Mends what UniFFI writes, where it is not what somebody who reads or runs it expects; ledger-ffi/generate runs it.

    python3 ledger-ffi/tools/amend.py FOLDER

FOLDER has `kotlin` and `swift`. What is not found any more is an error: another UniFFI writes otherwise, and may need none of it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

#: Methods that have another name.
OTHERWISE = {"ingest_webhook": "ingestStripe"}


def camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def in_their_words(text: str) -> str:
    """What documentation of Rust names, as it is called in Kotlin and in Swift: `Ledger::gift_life` is `Ledger.giftLife`."""
    text = re.sub(r"\[(`[^`\]]+`)\]", r"\1", text)

    def called(match: re.Match[str]) -> str:
        *owners, name = match[1].split("::")
        name = OTHERWISE.get(name) or (camel(name) if name[0].islower() or not owners else name[0].lower() + name[1:])
        return "`" + ".".join([*owners, name]) + "`"

    return re.sub(r"`(\w+(?:::\w+)+|[a-z]+(?:_[a-z]+)+)`", called, text)


def replaced(path: Path, pattern: str, by: str) -> None:
    text, count = re.subn(pattern, by, path.read_text(), flags=re.S)
    if not count:
        raise SystemExit(f"amend.py: {path.name} has nothing like {pattern}")
    path.write_text(text)


def main() -> None:
    folder = Path(sys.argv[1])
    core, own = folder / "kotlin/org/donationledger/ledger_core.kt", folder / "kotlin/org/donationledger/ffi/ledger_ffi.kt"
    # The message of an exception tells every field, names and all; ours has one that was written to be read.
    replaced(core, re.escape('get() = "problem=${ `problem` }"'), "get() = `problem`.message")
    # What a callback throws that is an Error and no Exception (no memory left, say) passes for success.
    calls = r"(fun<T[^\n]*uniffiTraitInterfaceCall\w*\((?:(?!\n\}).)*?)catch\(e: kotlin\.Exception\)"
    for path in (core, own):
        replaced(path, calls, r"\1catch(e: Throwable)")
    for path in [*folder.glob("kotlin/**/*.kt"), *folder.glob("swift/*.swift")]:
        lines = path.read_text().split("\n")
        lines = [in_their_words(line) if re.match(r"\s*(?:\*|/\*\*|///)", line) else line for line in lines]
        path.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
