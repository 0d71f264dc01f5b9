"""What type checkers say: of the stubs against the module, and of everything that is written against the package."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
EXAMPLES = TESTS.parents[1] / "examples" / "python"


def said(*command: str, at: Path = TESTS.parent) -> tuple[int, str]:
    ended = subprocess.run([sys.executable, "-m", *command], cwd=at, capture_output=True, text=True)
    return ended.returncode, ended.stdout + ended.stderr


def test_the_stubs_are_of_the_module() -> None:
    code, told = said("mypy.stubtest", "donation_ledger", "--allowlist", str(TESTS / "stubtest_allowlist.txt"))
    assert (code, "no issues found" in told) == (0, True), told


@pytest.mark.parametrize("what", [EXAMPLES, TESTS / "typed"], ids=["examples", "uses"])
def test_mypy_finds_nothing(what: Path) -> None:
    code, told = said("mypy", "--strict", ".", at=what)
    assert (code, "Success" in told) == (0, True), told


@pytest.mark.parametrize("what", [EXAMPLES, TESTS / "typed"], ids=["examples", "uses"])
def test_pyright_finds_nothing(what: Path) -> None:
    code, told = said("pyright", "--pythonpath", sys.executable, ".", at=what)
    assert (code, "0 errors" in told) == (0, True), told


@pytest.mark.parametrize("document", ["README.md", "ledger-py/README.md"])
def test_mypy_finds_nothing_in_the_documents(document: str, tmp_path: Path) -> None:
    programs = re.findall(r"^```python\n(.*?)^```", (TESTS.parents[1] / document).read_text(), re.M | re.S)
    (tmp_path / "program.py").write_text("\n".join(programs))
    code, told = said("mypy", "--strict", "program.py", at=tmp_path)
    assert (len(programs), code, "Success" in told) == (1, 0, True), told


def test_wrong_uses_are_found() -> None:
    """One error for each line that says so: were a type lost, nothing would be found there."""
    lines = (TESTS / "wrongly_typed" / "uses.py").read_text().splitlines()
    wanted = [number for number, line in enumerate(lines, 1) if line.endswith("# wrong")]
    _, told = said("mypy", "--strict", "uses.py", at=TESTS / "wrongly_typed")
    found = sorted({int(line.split(":")[1]) for line in told.splitlines() if ": error:" in line})
    assert found == wanted and len(wanted) > 8, told
