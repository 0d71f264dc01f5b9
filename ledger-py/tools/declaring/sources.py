"""What the sources of ledger-core declare. It reads what rustfmt formats, and stops at what it does not understand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


CORE = ROOT / "ledger-core" / "src"


@dataclass
class Field:
    name: str
    rust: str
    doc: str
    has_default: bool = False  # for serde: it may be missing


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
    """Every name that `lib.rs` exports, those of the test kit and of UniFFI aside."""
    text = (CORE / "lib.rs").read_text()
    names: set[str] = set()
    for cfg, _, listed in re.findall(
        r'^(#\[cfg\(feature = "(?:testkit|uniffi)"\)\]\n)?pub use ([\w:]+)::(\{[^}]*\}|\w+);', text, re.M
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
    for doc, attributes, item in split_items(body):
        match = re.fullmatch(r"(?:pub(?:\([^)]*\))? )?(\w+): (.+)", re.sub(r"\s+", " ", item))
        if not match:
            raise SystemExit(f"declare.py does not understand the field {item!r}")
        has_default = any("serde(default" in attribute for attribute in attributes)
        found.append(Field(match[1], match[2], plain_doc(doc), has_default))
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
