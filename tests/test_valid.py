"""A workbook that is kept as valid is known by every byte of it but when it was made; one that is not is validated."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from bdindex_xl.sheets import schema
from tests.support import office, valid
from tests.support.rich import Zip

CORE, DATA, LOG = "docProps/core.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of its own, empty at first."""
    monkeypatch.setattr(valid, "FILE", tmp_path / "valid.json")
    valid.held.cache_clear()
    yield valid.FILE
    valid.held.cache_clear()


@cache
def _book() -> bytes:
    """A sheet of data, and one of a run log."""
    book = xlsxwriter.Workbook(file := io.BytesIO(), {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2024, 5, 6, 7, 8, 9)})
    data, log = book.add_worksheet(), book.add_worksheet()
    data.write_number("A2", 45413.5)
    log.add_table("A1:I3", {"name": schema.LOG.table, "columns": [{"header": header} for header in "ABCDEFGHI"]})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    log.write_row("A2", [45413.5, "0.2.0", "", "", 7, 2, 4, 3], time)
    log.write_number("I2", 0.02)
    log.write_string("A3", "2026-12-01 04:22 recalculated")
    book.close()
    # A cell's text in the cell itself, as this project writes it.
    package = Zip(file.getvalue())
    index = package["xl/sharedStrings.xml"].split(b"<si>").index(b"<t>2026-12-01 04:22 recalculated</t></si></sst>") - 1
    text = '<c r="A3" t="inlineStr"><is><t>2026-12-01 04:22 recalculated</t></is></c>'
    return package.change(LOG, f'<c r="A3" t="s"><v>{index}</v></c>', text).to_bytes()


def book() -> Zip:
    return Zip(_book())


def key(package: Zip) -> str:
    return valid.key("1.0", ".xlsx", package.to_bytes())


def changed(part: str, old: str, new: str) -> Zip:
    return book().change(part, old, new, 1)


def test_any_other_byte_makes_it_another_workbook() -> None:
    keys = {key(book())}
    for part, data in book().parts.items():
        for at in (0, len(data) // 2, len(data) - 1):
            other = book()
            other[part] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            keys.add(key(other))
    assert len(keys) == 1 + 3 * len(book().parts)


def test_source_is_known_by_its_names_and_every_byte_but_the_ends_of_lines(tmp_path: Path) -> None:
    def found(checker: str = "mypy 1", **files: str) -> str:
        for name, text in files.items():
            (tmp_path / name).write_bytes(text.encode())
        return valid.key_of_files(checker, tmp_path, [tmp_path / name for name in files])

    first = found(a="x = 1\n", b="y = 2\n")
    assert found(b="y = 2\r\n", a="x = 1\n") == first
    others = [found(a="x = 1\n"), found(a="x = 1\n", b="y = 3\n"), found(a="x = 1\n", c="y = 2\n")]
    assert len({first, found("mypy 2", a="x = 1\n", b="y = 2\n"), *others}) == 5


def test_so_do_its_parts_their_order_its_kind_and_the_validator() -> None:
    named, fewer, turned = book(), book(), book()
    named.parts = {("x" + name if name == CORE else name): data for name, data in named.parts.items()}
    del fewer.parts[CORE]
    turned.parts = dict(reversed(turned.parts.items()))
    others = {valid.key("1.1", ".xlsx", _book()), valid.key("1.0", ".xlsm", _book())}
    assert len({key(book()), key(named), key(fewer), key(turned), *others}) == 6


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (CORE, ">2024-05-06T07:08:09Z<", ">2031-01-02T03:04:05Z<"),
        (LOG, "<v>45413.5</v>", "<v>46357.18236111111</v>"),
        (LOG, "<v>0.02</v>", "<v>1</v>"),
        (LOG, ">2026-12-01 04:22 r", ">2027-01-31 23:59 r"),
    ],
)
def test_when_it_was_made_and_calculated_does_not(part: str, old: str, new: str) -> None:
    assert key(changed(part, old, new)) == key(book())


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (CORE, ">2024-05-06T07:08:09Z<", ">2024-05-06 07:08:09Z<"),
        (LOG, "<v>45413.5</v>", "<v>45413,5</v>"),
        (LOG, '<c r="I2"><v>0.02</v>', '<c r="I2" t="s"><v>0.02</v>'),
        (LOG, "<v>3</v>", "<v>4</v>"),
        (LOG, ">2026-12-01 04:22 r", ">2026-12-01 4:22 r"),
        (DATA, "<v>45413.5</v>", "<v>45413.6</v>"),
    ],
)
def test_all_else_does(part: str, old: str, new: str) -> None:
    assert key(changed(part, old, new)) != key(book())


def test_what_is_kept_is_not_validated_and_what_is_not_kept_is(kept: Path, pytestconfig: pytest.Config) -> None:
    wrong = changed("xl/styles.xml", "<fonts ", "<fontz ").change("xl/styles.xml", "</fonts>", "</fontz>").to_bytes()
    errors = office.validation_errors(wrong)
    assert len(errors) == 1 and "fontz" in errors[0]
    valid.keep("tests/test_valid.py::test_what_is_kept_", {valid.key(office.version_of_validator(), ".xlsx", wrong)})
    assert office.validation_errors(wrong) == (errors if pytestconfig.getoption("--long") else [])


def test_a_test_that_is_no_more_keeps_nothing(kept: Path) -> None:
    here = "tests/test_valid.py::test_a_test_that_is_no_more_keeps_nothing"
    valid.keep(f"{here}[of old]", {"b", "a"})
    valid.keep("tests/test_valid.py::test_that_there_never_was", {"c"})
    assert valid.held() == {"a", "b", "c"}
    valid.keep(here, {"d"})
    assert kept.read_text("utf-8") == f'{{\n"{here}": ["d"],\n"{here}[of old]": ["a", "b"]\n}}\n'
