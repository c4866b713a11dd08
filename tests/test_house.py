"""The house keeps its rules: style, types, import directions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from bdindex_xl.commands.catalogue import COMMANDS
from tests.support import valid
from tests.support.short_lived import python

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(name: str) -> str:
    """A program installed beside this Python."""
    return str(Path(sys.executable).with_name(name))


def test_the_style_is_kept() -> None:
    run(sys.executable, "-m", "ruff", "check", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


def _typed() -> str:
    """Of all that the types hang on: mypy and what else is installed for it, its settings, and the source."""
    needed = {re.split(r"[^\w.-]", one.lower(), maxsplit=1)[0] for one in metadata.requires("bdindex_xl") or ()}
    there = {one.name.lower().replace("_", "-"): one.version for one in metadata.distributions()}
    versions = sorted(f"{name} {version}" for name, version in there.items() if name in needed)
    source = [file for room in ("bdindex_xl", "tests", "docs") for file in (ROOT / room).rglob("*.py")]
    checker = f"{sys.platform} {sys.version_info[:2]} {versions}"
    return valid.key_of_files(checker, ROOT, [ROOT / "setup.cfg", *source])


@pytest.mark.slow
def test_the_types_hold() -> None:
    if valid.is_known(place := _typed()):
        return
    # To keep what it found, and to see what could be kept, takes long: of use where it is run again, as it was before.
    kept = [] if (ROOT / ".mypy_cache").exists() else ["--no-incremental", f"--cache-dir={os.devnull}"]
    run(*python("-m", "mypy", *kept))
    valid.note(place)


def test_imports_go_down_only() -> None:
    run(tool("lint-imports"))


@cache
def counted() -> str:
    """What `docs/house.py` counts and finds."""
    return run(*python(str(ROOT / "docs" / "house.py")))


def test_the_house_has_few_rooms_and_floors() -> None:
    found = re.search(r"^(\d+) rooms, (\d+) floors, \d+ modules", counted(), re.M)
    assert found and int(found[1]) <= 22 and int(found[2]) <= 14


# File names that stand for more than one module, and why. Those of commands do, too: a command's arguments, what it
# prints, and the work that it starts.
PARALLEL = {
    "a step of the method: its arithmetic, and its way through a framework": "aggregate normalise",
    "a form of figure: what it shows, how it is drawn, how it is a chart of a workbook": (
        "bars distribution forms lines radar scatter"
    ),
    "what both hosts do": "book tables values writing",
}


def test_a_file_name_stands_for_one_module_or_for_parallel_ones() -> None:
    times = Counter(path.stem for path in (ROOT / "bdindex_xl").rglob("*.py") if path.stem != "__init__")
    repeated = {name for name, n in times.items() if n > 1} - {name.replace("-", "_") for name in COMMANDS}
    assert repeated == set(" ".join(PARALLEL.values()).split())


def test_a_class_name_stands_for_one_class() -> None:
    assert re.findall("^.* is a class in .*$", counted(), re.M) == []


def test_no_module_grows_beyond_what_can_be_read_at_once() -> None:
    paths = [path for folder in ("bdindex_xl", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert len(paths) > 400
    assert not {path: n for path in paths if (n := len(path.read_text("utf-8").splitlines())) > 400}


def test_every_pattern_works_on_the_oldest_python() -> None:
    """Before 3.11.5 a possessive group, ``(...)*+``, matches nothing; an atomic one, ``(?>...)``, does."""
    for path in (ROOT / "bdindex_xl").rglob("*.py"):
        assert not re.search(r"\)(?:[*+?]|\{[0-9,]+\})\+", path.read_text("utf-8")), path


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    run(sys.executable, "-c", "import sys, bdindex_xl.cli; assert not {'numpy', 'pandas', 'lxml'} & set(sys.modules)")
    run(
        sys.executable,
        "-c",
        "import sys, bdindex_xl.buttons.of_calc; assert not {'numpy', 'xlwings'} & set(sys.modules)",
    )
    run(
        sys.executable,
        "-c",
        "import sys, bdindex_xl.commands.output.summary; assert not {'pandas', 'xlsxwriter', 'openpyxl'} & set(sys.modules)",
    )


def test_to_verify_takes_neither_what_writes_copies_nor_what_makes_analyses() -> None:
    script = (
        "import sys, bdindex_xl.commands.output.verify, bdindex_xl.share.live.anew; "
        "print({'tasks.robustness', 'tasks.audit', 'copies.diff', 'share.live.live_copy', 'share.strip'} "
        "& {name.removeprefix('bdindex_xl.') for name in sys.modules})"
    )
    assert run(sys.executable, "-c", script) == "set()\n"


def test_a_run_imports_the_one_command_that_it_is_asked_for() -> None:
    """So a mistyped name is told at once: neither other commands, nor what they know of methods, nor JSON or logs."""
    script = (
        "import sys; from bdindex_xl import cli; code = cli.main(['recalculate', 'nothing.xlsx']); "
        "commands = {name for name in sys.modules if name.startswith('bdindex_xl.commands.')}; "
        "print(code, sorted(commands), {'json', 'hashlib', 'tempfile', 'bdindex_xl.model'} & set(sys.modules))"
    )
    needed = ["argparse_texts", "catalogue", "parser", "recalculate"]
    assert run(sys.executable, "-c", script).split("\n")[0] == (
        f"1 {[f'bdindex_xl.commands.{name}' for name in needed]} set()"
    )
