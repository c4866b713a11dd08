"""Units of one name in a ranking: whatever is told of one tells its code, too."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path

import pytest

from bdindex_xl import cli
from tests.support import edit
from tests.support.books import DATA, UNITS, small_book

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]
ALONE = re.compile(r"甲市(?! ?1[12]0100)")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two cities named 甲市; in a copy, one of their values is another, and one is blank."""
    monkeypatch.setenv("BDINDEX_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    data = DATA.replace("2024,120100,2,3,9,5", "2024,120100,2,,9,5")
    Path("a.xlsm").write_bytes(
        small_book(tmp_path, settings={"min_available": 0.4}, units=UNITS.replace("乙市", "甲市"), data=data)
    )
    assert cli.main(["recalculate", "a.xlsm"]) == 0
    Path("b.xlsm").write_bytes(
        edit.edited(Path("a.xlsm").read_bytes(), {("城市数据", "D9"): 99.0, ("城市数据", "F10"): None})
    )
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ["explain", "a.xlsm", "--unit", "甲市"],
        ["recalculate", "a.xlsm"],
        ["robustness", "a.xlsm", "--draws", "32"],
        ["diff", "a.xlsm", "b.xlsm", "--all"],
        ["verify", "b.xlsm"],
        ["share", "a.xlsm", "-o", "s.xlsx", "--draft"],
    ],
    ids=lambda command: command[0],
)
def test_units_of_one_name_are_told_apart(command: list[str], files: Path, capsys: CASE) -> None:
    cli.main(command)
    said = [line for line in capsys.readouterr().out.splitlines() if "不重复的名称" not in line]
    for draft in files.glob("*.eml"):
        body = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default).get_body()
        assert body is not None
        said += body.get_content().splitlines()
    assert any("甲市" in line for line in said)
    assert [line for line in said if ALONE.search(line)] == []
