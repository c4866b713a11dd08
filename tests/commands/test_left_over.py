"""Every kind of file that commands write holds nothing that no cell asks for, and nothing that readers stumble over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.workbook.addin import make_addin
from tests.support.books import FRAMEWORK, UNITS, small_book
from tests.support.left_over import left_over, of_formula
from tests.support.lint import lint

from .test_collect import RULES, SOURCES, records
from .test_words import LIST, POLICIES

pytestmark = pytest.mark.slow

# Commands in the order in which somebody would give them, each on what the one before has written.
STEPS = (
    "collect --from {home}", "words --from {texts}", "recalculate", "audit", "robustness --draws 20",
    "explain --unit 甲省", "scenarios", "merge", "new-year",
)  # fmt: skip
COPIES = ("", "--values", "--no-raw", "--only province --keep-hidden")


def faults(file: Path) -> list[str]:
    data = file.read_bytes()
    return [*lint(data), *left_over(data)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that has just been made, the records of its rules, and texts."""
    home = tmp_path_factory.mktemp("left over")
    records(home)
    (home / "policies.csv").write_text(POLICIES, encoding="utf-8")
    framework = FRAMEWORK.replace("b1,政策,B,1,1,0,100,项", "b1,融资,B,1,1,0,100,亿元")
    made = small_book(home, rules=RULES, sources=SOURCES, framework=framework, units=UNITS, words=LIST)
    (home / "made.xlsm").write_bytes(made)
    return home


def test_what_commands_write_one_after_the_other(folder: Path) -> None:
    made, before = folder / "made.xlsm", folder / "made.xlsm"
    for k, step in enumerate(STEPS):
        file, copy = folder / f"{k}.xlsm", folder / f"copy {k}.xlsm"
        others = [copy] if step == "merge" else []
        for other in others:
            other.write_bytes(before.read_bytes())
        command, *options = step.format(home=folder / "records", texts=folder / "policies.csv").split(" --", 1)
        given = [f"--{options[0].split(' ')[0]}", options[0].partition(" ")[2]] if options else []
        assert cli.main([command, str(before), *map(str, others), *given, "-o", str(file)]) == 0, step
        assert faults(file) == [], step
        before = file
    assert faults(made) == []
    for option in COPIES:
        copy = folder / f"copy{option}.xlsx"
        assert cli.main(["share", str(before), *option.split(), "-o", str(copy)]) == 0, option
        assert faults(copy) == [], option


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_add_in(lang: Lang) -> None:
    made = make_addin(lang)
    assert [*lint(made), *left_over(made)] == []


def test_the_look_itself_sees_what_it_is_there_for() -> None:
    assert of_formula("IFERROR(BDINDEX_SCORE(A1:B2),{1,2;3,4})", "A1") == ["A1: IFERROR of 4 arguments"]
    assert of_formula("INDEX(a,1,2):INDEX(a,3,2)", "name") == ["name: function :INDEX"]
    assert of_formula("IFERROR(BDINDEX_SCORE(A1:B2),({1,2;3,4}))", "A1") == []
