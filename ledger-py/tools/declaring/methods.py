"""The methods that commit: one for each command, in Rust and in the stub."""

from __future__ import annotations

import re
import textwrap

from declaring.classes import NATIVE, Writer, snake, told
from declaring.sources import ROOT, method_docs

# Commands that are submitted under another name, or that are no method of their own.
NO_METHOD: set[str] = set()


ID_KINDS = [name for name in NATIVE if name.endswith("Id")]


def id_stub(name: str) -> str:
    compared = "".join(f"    def __{how}__(self, other: {name}, /) -> bool: ...\n" for how in ("lt", "le", "gt", "ge"))
    return (
        f"@final\nclass {name}:\n    def __new__(cls, text: str) -> {name}: ...\n"
        "    def __eq__(self, other: object, /) -> bool: ...\n    def __ne__(self, other: object, /) -> bool: ...\n"
        + compared
        + "    def __hash__(self) -> int: ...\n    def __reduce__(self) -> tuple[Any, ...]: ...\n"
    )


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
        for field_name, _, default, doc in fields:
            doc += f" {default} where nothing is said." if default and default != "None" else ""
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
        told_there = "".join(f"        {line}".rstrip() + "\n" for line in lines).replace("\\", "\\\\")
        stub += f"    def {name}(\n        self,\n        *,\n{arguments}    ) -> Committed:\n"
        stub += f'        """{told_there.lstrip().rstrip()}\n        """\n'
    head = """//! The methods that commit: one for each command of core, with its fields as keywords.
//!
//! Written by tools/declare.py from the sources of ledger-core and tools/examples.txt; a test compares.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::ledger::PyLedger;
use crate::committed::PyCommitted;

#[pymethods]
impl PyLedger {
"""
    return head + rust.rstrip("\n") + "\n}\n", stub


def hanging(text: str, width: int) -> list[str]:
    first, *more = textwrap.wrap(text, width)
    return [first, *(f"    {line}" for line in more)]
