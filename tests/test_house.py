"""The house keeps its rules: style, types, import directions, and documents that say what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bdindex_xl as bdx
from bdindex_xl import usage
from bdindex_xl.language import LANGUAGES, Lang

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def tool(name: str) -> str:
    """A program installed beside this Python."""
    return str(Path(sys.executable).with_name(name))


def test_the_style_is_kept() -> None:
    run(sys.executable, "-m", "ruff", "check", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_the_types_hold() -> None:
    run(sys.executable, "-m", "mypy")


def test_imports_go_down_only() -> None:
    run(tool("lint-imports"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_and_option_is_in_the_readme(lang: Lang) -> None:
    for name, parser in usage.subparsers(usage.parser(lang)).items():
        row = next(line for line in README.splitlines() if line.startswith(f"| `bdindex {name}"))
        options = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
        for option in options - {"--help", "--output"}:
            assert option in row, f"{name} {option}"


def test_the_readme_runs_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})
    assert "2024" in capsys.readouterr().out


def test_results_in_python_are_as_the_readme_says() -> None:
    [block] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(block, "README.md", "exec"), names)
    result = names["result"]
    for frame in (result.scores, result.ranks, result.rank_changes, result.normalised):
        assert frame.index.names == ["year", "unit"] and frame.dtypes.eq("float64").all()
    assert result.scores.max().max() <= 1.0 and isinstance(result.weights, pd.DataFrame)
    found = bdx.explain(names["framework"], names["panel"], unit="y")
    assert isinstance(found.frame, pd.DataFrame) and isinstance(found.contributions, pd.Series)


def test_every_file_the_readme_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_no_module_grows_beyond_what_can_be_read_at_once() -> None:
    package = ROOT / "bdindex_xl"
    modules = {p.relative_to(package).as_posix(): p.read_text("utf-8") for p in package.rglob("*.py")}
    assert len(modules) > 200  # every module, by its path: many share a name
    assert not {name: n for name, text in modules.items() if (n := len(text.splitlines())) > 400}


def test_every_pattern_works_on_the_oldest_python() -> None:
    """Before 3.11.5 a possessive group, ``(...)*+``, matches nothing; an atomic one, ``(?>...)``, does."""
    for path in (ROOT / "bdindex_xl").rglob("*.py"):
        assert not re.search(r"\)(?:[*+?]|\{[0-9,]+\})\+", path.read_text("utf-8")), path


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    run(sys.executable, "-c", "import sys, bdindex_xl.cli; assert not {'numpy', 'pandas', 'lxml'} & set(sys.modules)")
    run(
        sys.executable,
        "-c",
        "import sys, bdindex_xl.commands; assert not {'pandas', 'xlsxwriter', 'openpyxl'} & set(sys.modules)",
    )
