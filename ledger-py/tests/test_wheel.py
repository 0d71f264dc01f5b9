"""The wheel, as users get it: built from the sources, in an environment that has nothing else, and under another Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "ledger-py"
#: The tests that need the package, pytest and hypothesis alone.
OF_THE_PACKAGE = [
    "test_console.py",
    "test_examples_of_methods.py",
    "test_kill.py",
    "test_lists.py",
    "test_messages.py",
    "test_model.py",
    "test_processes.py",
    "test_values.py",
]
IMPORT_MS_MAX = 50


def run(*command: str | Path, **options: object) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    ended = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=environment, **options)  # type: ignore[call-overload]
    assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
    return str(ended.stdout)


def environment(python: str | Path, at: Path) -> Path:
    """A virtual environment with nothing in it; its Python."""
    run(python, "-m", "venv", at)
    return at / "bin" / "python"


def pip(python: Path, *words: str | Path) -> None:
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words)


def examples_of(document: Path) -> str:
    return "\n".join(re.findall(r"^```python\n(.*?)^```", document.read_text(), re.M | re.S))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, PACKAGE)
    [built] = out.glob("*.whl")
    return built


def candidates() -> Iterator[Path]:
    """Pythons of this machine; one that uv installs first, where it can."""
    installed = subprocess.run(
        [sys.executable, "-m", "uv", "python", "install", "--no-bin", "3.13"], capture_output=True, text=True
    )
    if installed.returncode == 0:
        yield Path(run(sys.executable, "-m", "uv", "python", "find", "--managed-python", "3.13").strip())
    for minor in (13, 14, 12, 10, 11):
        yield from sorted((Path.home() / ".pyenv" / "versions").glob(f"3.{minor}.*/bin/python3"))
        if found := shutil.which(f"python3.{minor}"):
            yield Path(found)


@pytest.fixture(scope="module")
def other_python() -> Path:
    for candidate in candidates():
        told = subprocess.run(
            [candidate, "-c", "import sys, ensurepip; print(*sys.version_info[:2])"], capture_output=True, text=True
        )
        if told.returncode == 0:
            version = tuple(map(int, told.stdout.split()))
            if version >= (3, 10) and version != sys.version_info[:2]:
                return candidate
    pytest.fail("no second Python of 3.10 or later could be installed or found: install one (uv python install 3.13)")


def test_the_readme_runs_in_an_empty_environment(tmp_path: Path) -> None:
    python = environment(sys.executable, tmp_path / "empty")
    pip(python, PACKAGE)
    for number, document in enumerate((REPOSITORY / "README.md", PACKAGE / "README.md")):
        program = examples_of(document)
        assert "Ledger.open" in program, document
        at = tmp_path / str(number)
        at.mkdir()
        run(python, "-c", program, cwd=at)
    version = run(python, "-c", "import donation_ledger; print(donation_ledger.__version__)")
    assert run(tmp_path / "empty" / "bin" / "donation-ledger", "--version").split()[-1:] == version.split()


def test_the_wheel_is_for_all_versions(wheel: Path) -> None:
    assert re.fullmatch(r"donation_ledger-[\d.]+-cp310-abi3-\w+\.whl", wheel.name)
    names = set(run(sys.executable, "-m", "zipfile", "-l", wheel).split())
    assert {
        f"donation_ledger/{name}" for name in ("py.typed", "_ledger.pyi", "records.pyi", "plots/__init__.py")
    } <= names
    assert not [name for name in names if "test" in name or name.endswith(".so.so")]


def test_it_passes_its_tests_under_another_python(wheel: Path, other_python: Path, tmp_path: Path) -> None:
    python = environment(other_python, tmp_path / "other")
    pinned = (PACKAGE / "tests" / "requirements.txt").read_text()
    pip(python, wheel, *re.findall(r"^(?:pytest|hypothesis|msgspec)==.*$", pinned, re.M))
    # Of a copy: beside them the sources would be found before the wheel.
    shutil.copytree(PACKAGE / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    told = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *OF_THE_PACKAGE, cwd=tmp_path / "tests")
    passed = re.search(r"(\d+) passed", told)
    assert passed and int(passed[1]) > 150, told
    # The least of ten: what else a machine does only adds to it.
    timed = "import time; t = time.perf_counter(); import donation_ledger; print((time.perf_counter() - t) * 1000)"
    assert min(float(run(python, "-c", timed)) for _ in range(10)) < IMPORT_MS_MAX
