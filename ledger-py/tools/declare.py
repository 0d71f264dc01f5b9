"""Writes the Python declarations of what ledger-core exports, from the Rust sources themselves.

    python tools/declare.py            writes python/donation_ledger/{choices,records,events,commands}.py and .pyi
    python tools/declare.py --check    ends with 1 if a file is not what would be written

So a field, a variant or a sentence of documentation that core gains is in Python, or the check fails. It reads what
rustfmt formats, and stops at whatever it does not understand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from declaring.classes import Writer
from declaring.methods import ID_KINDS, id_stub, writes
from declaring.modules import listed, modules
from declaring.sources import CORE as CORE
from declaring.sources import ROOT, read_core
from declaring.sources import exported as exported

OUT = ROOT / "ledger-py" / "python" / "donation_ledger"


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
