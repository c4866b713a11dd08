"""Every kind of file that commands write holds nothing that no cell asks for, and nothing that readers stumble over.

Nor do they leave anything to be calculated by the program that opens them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.workbook.addin import make_addin
from tests.support.books import DATA, FRAMEWORK, UNITS
from tests.support.edit import edited
from tests.support.left_over import left_over, of_formula
from tests.support.lint import lint

from .test_collect import RULES, SOURCES, records
from .test_words import LIST, POLICIES

pytestmark = pytest.mark.slow

# Commands in the order in which somebody would give them, each on what the one before has written.
STEPS = (
    "collect --from {home}", "words --from {texts}", "recalculate", "audit", "robustness --draws 20",
    "explain --unit 甲省", "scenarios", "merge --prefer returned", "new-year",
)  # fmt: skip
COPIES = ("", "--values", "--no-raw", "--only province --keep-hidden")


def faults(file: Path) -> list[str]:
    data = file.read_bytes()
    return [*lint(data), *left_over(data)]


def index(folder: Path, *, data: str = DATA) -> Path:
    """A folder to make a workbook from, with the records of its rules, and texts."""
    home = folder / "index"
    home.mkdir()
    records(home)
    framework = FRAMEWORK.replace("b1,政策,B,1,1,0,100,项", "b1,融资,B,1,1,0,100,亿元")
    texts = {"framework": framework, "units": UNITS, "data": data, "rules": RULES, "sources": SOURCES, "words": LIST}
    for name, text in texts.items():
        (home / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "policies.csv").write_text(POLICIES, encoding="utf-8")
    return home


def test_what_commands_write_one_after_the_other(tmp_path: Path) -> None:
    home, before = index(tmp_path), tmp_path / "made.xlsm"
    assert cli.main(["new", "--from", str(home), "--lang", "zh", str(before)]) == 0
    assert faults(before) == []
    returned = tmp_path / "returned.xlsm"
    for k, step in enumerate(STEPS):
        file = tmp_path / f"{k}.xlsm"
        command, *options = step.format(home=home / "records", texts=tmp_path / "policies.csv").split(" --", 1)
        given = [f"--{options[0].split(' ')[0]}", options[0].partition(" ")[2]] if options else []
        others = [returned] if command == "merge" else []
        for one in others:  # with a value of its own
            one.write_bytes(edited(before.read_bytes(), {("省份数据", "D6"): 12.0}))
        assert cli.main([command, str(before), *map(str, others), *given, "-o", str(file)]) == 0, step
        assert faults(file) == [], step
        before = file
    for option in COPIES:
        copy = tmp_path / f"copy{option}.xlsx"
        assert cli.main(["share", str(before), *option.split(), "-o", str(copy)]) == 0, option
        assert faults(copy) == [], option
    assert cli.main(["report", str(before), "-o", str(tmp_path / "report.xlsx")]) == 0
    assert faults(tmp_path / "report.xlsx") == []


def test_a_new_workbook_with_faults_in_its_data(tmp_path: Path) -> None:
    home, made = index(tmp_path, data=DATA.replace("2024,110000,40", "2024,110000,?")), tmp_path / "made.xlsm"
    assert cli.main(["new", "--from", str(home), "--lang", "en", str(made)]) == 0
    assert faults(made) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_add_in(lang: Lang) -> None:
    made = make_addin(lang)
    assert [*lint(made), *left_over(made)] == []


def test_the_look_itself_sees_what_it_is_there_for() -> None:
    assert of_formula("IFERROR(BDINDEX_SCORE(A1:B2),{1,2;3,4})", "A1") == ["A1: IFERROR of 4 arguments"]
    assert of_formula("INDEX(a,1,2):INDEX(a,3,2)", "name") == ["name: function :INDEX"]
    assert of_formula("IFERROR(BDINDEX_SCORE(A1:B2),({1,2;3,4}))", "A1") == []
