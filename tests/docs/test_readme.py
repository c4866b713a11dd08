"""What the README shows is what happens."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bdindex_xl as bdx
from bdindex_xl import cli
from bdindex_xl.language import LANGUAGES, Lang

from .markdown import README, blocks

pytestmark = pytest.mark.slow

TEXT = {lang: path.read_text("utf-8") for lang, path in README.items()}


def test_each_language_leads_to_the_other_in_its_first_line() -> None:
    assert TEXT["en"].startswith("# bdindex_xl · [中文](README.zh-CN.md)\n")
    assert TEXT["zh"].startswith("# bdindex_xl · [English](README.md)\n")


def test_the_first_commands_install_and_recalculate_and_then_run_all_tests() -> None:
    install, tests = (block.text for block in blocks(TEXT["en"], "sh")[:2])
    assert install == (
        "python3 -m venv .venv && .venv/bin/pip install -q . && "
        ".venv/bin/bdindex recalculate workbook/BigDataIndex.en.xlsm -o index.xlsm\n"  # what is shipped stays as it is
    )
    assert tests == (
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && "
        ".venv/bin/python -m pytest -n auto --dist loadgroup\n"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_index_of_three_small_files_is_made_as_shown(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my-index").mkdir()
    for name, block in zip(("framework", "units", "data"), blocks(TEXT[lang], "csv"), strict=True):
        Path("my-index", f"{name}.csv").write_text(block.text, "utf-8")
    [made] = [block for block in blocks(TEXT[lang], "sh") if "--from" in block.text]
    for line in made.text.splitlines():
        assert cli.main(shlex.split(line)[1:]) == 0
    [shown] = blocks(TEXT[lang], "text")
    assert shown.text in capsys.readouterr().out
    _run_all_commands_without_excel(lang, "wellbeing.xlsm", "A")


def _run_all_commands_without_excel(lang: Lang, book: str, unit: str) -> None:
    """The README's commands, on a book of few units."""
    [shown] = [block for block in blocks(TEXT[lang], "sh") if "check" in block.text]
    for line in shown.text.splitlines()[1:]:  # the first makes the sample
        words = shlex.split(line.replace("my.xlsm", book).replace("110000", unit))
        assert cli.main(words[1:]) == 0, line


def test_results_in_python_are_as_told() -> None:
    [block] = blocks(TEXT["en"], "python")
    names: dict[str, Any] = {}
    exec(compile(block.text, "README.md", "exec"), names)
    result = names["result"]
    for frame in (result.scores, result.ranks, result.rank_changes, result.normalised):
        assert frame.index.names == ["year", "unit"] and frame.dtypes.eq("float64").all()
    assert result.scores.max().max() <= 1.0 and isinstance(result.weights, pd.DataFrame)
    found = bdx.explain(names["framework"], names["panel"], unit="y")
    assert isinstance(found.frame, pd.DataFrame) and isinstance(found.contributions, pd.Series)
