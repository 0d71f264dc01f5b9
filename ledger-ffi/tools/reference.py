"""Writes docs/c-reference.md: each command and question as JSON, with the shortest example of it that a scenario has.

    python3 ledger-ffi/tools/reference.py TRANSCRIPTS          writes
    python3 ledger-ffi/tools/reference.py TRANSCRIPTS --check  ends with 1 where it would write something else

TRANSCRIPTS is what `cargo run -p ledger-tests --example transcribe` wrote: requests and answers as they are in JSON.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "ledger-py" / "tools"))

from declaring.classes import snake  # noqa: E402
from declaring.sources import CORE, Field, read_core  # noqa: E402

PAGE = ROOT / "docs" / "c-reference.md"
HEAD = """# Commands and questions as JSON

Written by `ledger-ffi/tools/reference.py` from the sources and the scenarios; a test compares. [c.md](c.md) says how it is called.

A field that may be missing is in *italics*. An example is the shortest that a scenario has: what is asked, and what is answered.
"""
#: What values are in JSON.
PLAIN = {
    "String": "text", "bool": "true or false", "Date": "day, `2026-01-31`", "Timestamp": "time, `2026-01-31T10:00:00Z`",
    "Currency": "text, `EUR`", "AccountName": "text, `assets:bank:main`", "Cursor": "text, of a page", "Account": "`{\"name\": text, \"currency\": text}`",
    "Amount": "`{\"amount\": \"25.00\", \"currency\": \"EUR\"}`",
}  # fmt: skip


class Reference:
    def __init__(self, transcripts: Path) -> None:
        self.core = read_core()
        self.examples = examples(transcripts)
        self.named: list[str] = []

    def type(self, rust: str) -> str:
        """A type of Rust in words of JSON; those that have fields or variants are told later."""
        if match := re.fullmatch(r"(?:Option|Box)<(.+)>", rust):
            return self.type(match[1])
        if match := re.fullmatch(r"Vec<(.+)>", rust):
            return f"list of {self.type(match[1])}"
        if rust in PLAIN:
            return PLAIN[rust]
        if re.fullmatch(r"[iu](8|16|32|64|128)|usize", rust):
            return "integer"
        if rust.endswith("Id"):
            return f"id of a {snake(rust.removesuffix('Id')).replace('_', ' ')}"
        if rust in {variant.payload for variant in self.core["Command"].variants}:
            return f"[{snake(rust)}](#{snake(rust)})"
        if rust not in self.core:
            raise SystemExit(f"reference.py does not know the type {rust}")
        if rust not in self.named:
            self.named.append(rust)
        return f"[{rust}](#{rust.lower()})"

    def fields(self, fields: list[Field]) -> list[str]:
        rows = ["| field | | |", "|---|---|---|"]
        for field in fields:
            may_miss = field.rust.startswith("Option<") or field.has_default
            name = f"*{field.name}*" if may_miss else field.name
            rows.append(f"| {name} | {self.type(field.rust)} | {field.doc} |")
        return [*rows, ""] if fields else []

    def example(self, kind: str, name: str) -> list[str]:
        if (kind, name) not in self.examples:
            return []
        asked, answered = self.examples[kind, name]
        return ["```json", compact(asked), compact(answered), "```", ""]

    def commands(self) -> list[str]:
        lines = ["## Commands", ""]
        for variant in self.core["Command"].variants:
            declared = self.core[variant.payload or variant.name]
            name = snake(variant.name)
            lines += [
                f"### {name}",
                "",
                declared.doc,
                "",
                *self.fields(declared.fields),
                *self.example("command", name),
            ]
        return lines

    def questions(self) -> list[str]:
        lines = ["## Questions", ""]
        asking = (CORE / "ledger" / "asking.rs").read_text()
        asking = asking[asking.index("\nquestions! {") :]
        for doc, name, given in re.findall(r"    /// ([^\n]*)\n    (\w+) \{([^}]*)\} ->", asking):
            pairs = [pair.strip().split(": ") for pair in given.split(",") if pair.strip()]
            name = snake(name)
            lines += [f"### {name}", "", doc, ""]
            lines += self.fields([Field(field, rust, "") for field, rust in pairs])
            lines += self.example("question", name)
        return lines

    def types(self) -> list[str]:
        lines = ["## Types", "", "Enums are the name of a variant, or an object of that name with its fields.", ""]
        for name in self.named:  # grows while it is gone through
            declared = self.core[name]
            lines += [f"### {name}", "", declared.doc, ""]
            if not declared.is_enum:
                lines += self.fields(declared.fields)
                continue
            lines += ["| variant | fields | |", "|---|---|---|"]
            for variant in declared.variants:
                has = ", ".join(f"{field.name}: {self.type(field.rust)}" for field in variant.fields or [])
                has = has or (self.type(variant.payload) if variant.payload else "")
                lines.append(f"| `{snake(variant.name)}` | {has} | {variant.doc} |")
            lines.append("")
        return lines

    def page(self) -> str:
        lines = [HEAD, *self.commands(), *self.questions()]
        return "\n".join([*lines, *self.types()]).rstrip() + "\n"


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def said(value: Any) -> Any:
    """Without what is null, and so may be missing."""
    if isinstance(value, dict):
        return {name: said(each) for name, each in value.items() if each is not None}
    return [said(each) for each in value] if isinstance(value, list) else value


def examples(transcripts: Path) -> dict[tuple[str, str], tuple[object, object]]:
    """The shortest of each command and question that did not fail, in the order of the scenarios."""
    found: dict[tuple[str, str], tuple[object, object]] = {}
    for path in sorted(transcripts.glob("*.jsonl")):
        for line in map(json.loads, path.read_text().splitlines()):
            call, given, answer = line["call"], line["with"], line["answer"]
            if not isinstance(answer, dict) or "ok" not in answer:
                continue
            if call == "submit":
                key, asked = ("command", next(iter(given[0]))), given[0]
            elif isinstance(given, dict):
                key, asked = ("question", call), {call: given}
            else:
                continue
            made = (said(asked), answer["ok"])
            if key not in found or len(compact(made)) < len(compact(found[key])):
                found[key] = made
    return found


def main() -> int:
    transcripts, check = Path(sys.argv[1]), "--check" in sys.argv
    page = Reference(transcripts).page()
    if not check:
        PAGE.write_text(page)
        return 0
    if PAGE.read_text() != page:
        print(f"{PAGE.name} is not of the sources and scenarios: run ledger-ffi/tools/reference.py {transcripts}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
