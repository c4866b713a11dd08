"""The run log keeps its history whatever a user adds to it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import run_log
from bdindex_xl.tasks import recalculate
from tests.copies.workbooks import calculated
from tests.support import user_edits


def test_a_column_of_a_users_own_does_not_shift_the_history() -> None:
    book = calculated()
    part = next(name for name, data in user_edits.parts_of(book).items() if b'displayName="bdx_log"' in data)
    wider = user_edits.changed(book, part, lambda text: _with_column(text))
    wider = user_edits.in_sheet(wider, "运行记录", _moved_right)
    opened = FileBook.from_bytes(wider)
    before = {header: column[0] for header, column in _log(opened).items()}
    recalculate.recalculate(opened, now=dt.datetime(2026, 1, 2, 3, 4))
    after = _log(opened)
    assert {header: column[0] for header, column in after.items()} == before
    assert after["备注"] == ["第一次", None]
    assert after["时间"][1] == dt.datetime(2026, 1, 2, 3, 4)
    assert after["版本"][1] == after["版本"][0]


def _log(book: FileBook) -> dict[str, list[object]]:
    block = book.read("bdx_log")
    return {header: list(column) for header, column in zip(block.header, block.columns, strict=True)}


def _with_column(text: str) -> str:
    text = text.replace("A4:I5", "A4:J5").replace('count="9"', 'count="10"')
    return text.replace('<tableColumn id="2"', '<tableColumn id="10" name="备注"/><tableColumn id="2"')


def _moved_right(text: str) -> str:
    """A column between the time and the version, with a note in its one row."""
    for letters in "IHGFEDCB":
        for row in (4, 5):
            text = text.replace(f'r="{letters}{row}"', f'r="{chr(ord(letters) + 1)}{row}"')
    for row, words in ((4, "备注"), (5, "第一次")):
        at = text.index(f'<c r="C{row}"')
        text = text[:at] + f'<c r="B{row}" t="inlineStr"><is><t>{words}</t></is></c>' + text[at:]
    return text


@given(st.text(st.sampled_from('a;="\\ x，中'), max_size=12).map(str.strip))
def test_any_text_of_a_setting_is_read_as_it_was_written(text: str) -> None:
    settings: dict[str, str | float | int] = {"scope": "year", "imputation_group": text, "min_available": 0.65}
    assert run_log.settings_of(run_log.spelt(settings)) == settings


def test_logs_of_earlier_versions_are_read() -> None:
    text = "language=zh; year=latest; imputation_group=a;b; min_available=0.65; x_new=1; change_colours=red up"
    assert run_log.settings_of(text) == {
        "language": "zh",
        "year": "latest",
        "imputation_group": "a;b",
        "min_available": 0.65,
        "change_colours": "red up",
    }
