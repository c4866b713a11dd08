"""The file as a whole: bytes, content types, parts, and what Microsoft's SDK says of it."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from bdindex_xl.errors import BdIndexError
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.book import Value
from bdindex_xl.sheets.contents import Contents, InputTable
from bdindex_xl.workbook import Macros, Part, make
from tests.support import office
from tests.support.lint import lint

from . import making
from .test_odd import LONG, ODD, odd_book

pytestmark = pytest.mark.slow

MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
RIBBON = Part(
    "customUI/customUI14.xml",
    b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>',
    "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_contents_give_the_same_bytes_at_any_time(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make(making.contents(lang))
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert make(making.contents(lang)) == first


def test_no_part_tells_when_where_or_by_whom_it_was_made() -> None:
    made = making.made()
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in package.infolist()} == {0}
    core = making.parts(made)["docProps/core.xml"].decode()
    assert "<dc:creator></dc:creator>" in core and "2024-01-01T00:00:00Z" in core


def test_a_workbook_without_macros_is_a_macro_workbook_all_the_same() -> None:
    made = making.parts(make(making.contents(), Macros()))
    assert MACRO_TYPE in made["[Content_Types].xml"]
    assert "xl/vbaProject.bin" not in made


def test_a_vba_project_and_further_parts_are_taken_in() -> None:
    made = making.parts(make(making.contents(), Macros(lambda _: b"project", (RIBBON,))))
    assert made["xl/vbaProject.bin"] == b"project"
    assert made["[Content_Types].xml"].count(MACRO_TYPE) == 1
    assert made["customUI/customUI14.xml"] == RIBBON.data
    relations = made["_rels/.rels"].decode()
    assert f'Type="{RIBBON.relation}" Target="{RIBBON.path}"' in relations
    ids = [piece.split('"')[0] for piece in relations.split('Id="')[1:]]
    assert len(set(ids)) == len(ids) == 4


@pytest.mark.parametrize(("lang", "face"), [("zh", "Microsoft YaHei"), ("en", "Calibri")])
def test_cells_take_their_face_from_the_theme(lang: Lang, face: str) -> None:
    made = making.parts(making.made(lang))
    theme, styles = made["xl/theme/theme1.xml"].decode(), made["xl/styles.xml"].decode()
    assert theme.count(f'<a:latin typeface="{face}"/>') == 2
    assert theme.count('<a:ea typeface="Microsoft YaHei"/>') == 2
    fonts = styles[styles.index("<fonts") : styles.index("</fonts>")]
    assert fonts.count("<font>") == fonts.count("<scheme val=")
    assert 'rgb="' not in fonts  # colours are the theme's too


def all_that_is_odd() -> bytes:
    """Names that are nasty, long, the same, or with control characters, in three rankings of five levels."""
    names = (LONG, "a\x01b", "c\td\ne\x02", "甲", "乙")
    parents = ("Output", LONG + "甲", "output", making.NASTY + "1", making.NASTY + "2")
    rows: list[tuple[str, str, str | None]] = [("I", making.NASTY, None)]
    for level, (name, parent) in enumerate(zip(names, parents, strict=True), 1):
        above = "I" if level == 1 else f"n{level - 1}"
        rows += [(f"x{level}", name, above), (f"n{level}", parent, above)]
    of = making.framework(*rows, ("=1+1", "@x", "n5"), ("y", "+" + making.NASTY, "n5"))
    settings = {"title": making.NASTY, "source": making.NASTY + "\nsecond line"}
    units = (making.NASTY, "-" + making.NASTY, "=1+1", LONG)
    return make(making.contents("zh", of, (making.NASTY, LONG, "县（市、区）"), (making.NASTY,), settings, units))


@pytest.mark.parametrize("case", [*LANGUAGES, *ODD])
def test_neither_the_lint_nor_the_open_xml_sdk_finds_a_fault(case: str, pytestconfig: pytest.Config) -> None:
    """The SDK takes a second for each: of what is odd it is asked about two below, and about each in the long run."""
    made = odd_book(case) if case in ODD else making.made("zh" if case == "zh" else "en")
    assert lint(made) == []
    if case in (*LANGUAGES, "no rows") or pytestconfig.getoption("--long"):
        assert office.validation_errors(made, ".xlsm") == []


def test_the_open_xml_sdk_finds_no_fault_where_all_that_is_odd_comes_together() -> None:
    made = all_that_is_odd()
    assert lint(made) == []
    assert office.validation_errors(made, ".xlsm") == []


def test_rankings_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(BdIndexError) as refused:
        make(making.contents(rankings=("County", "county")))
    assert refused.value.text("zh") == "两个榜单的名称只有大小写不同，表名 bdx_data_county 重复"
    assert refused.value.text("en") == "expected rankings that differ in more than case, found bdx_data_county twice"


def test_a_text_too_long_for_a_cell_is_refused_with_its_place() -> None:
    with pytest.raises(BdIndexError) as refused:
        make(making.contents("en", names=["x" * 32_768]))
    assert refused.value.text("en") == "Units!B4: expected a text of at most 32767 characters, found 32768"


def test_headers_that_a_table_cannot_hold_are_refused() -> None:
    with pytest.raises(BdIndexError) as refused:
        make(making.contents("en", groups=("Region", "region")))
    assert refused.value.text("en") == (
        "Units: expected headers that differ, are not blank and hold at most 255 characters, found “Region”"
    )


def test_a_hundred_thousand_cells_take_a_second_not_a_minute() -> None:
    framework = making.framework(("I", "Index", None), *((f"x{j}", f"x{j}", "I") for j in range(18)))
    header = (*(column.header["en"] for column in schema.DATA.columns), *(i.name for i in framework.indicators))
    rows: list[list[Value]] = [[2024, str(i), f"unit {i}", *(i * j / 7 for j in range(18))] for i in range(5000)]
    units = InputTable(
        tuple(column.header["en"] for column in schema.UNITS.columns), [[str(i), "u", "x"] for i in range(5000)]
    )
    started = time.perf_counter()
    make(Contents("en", {}, framework, units, {"x": InputTable(header, rows)}))
    assert time.perf_counter() - started < 15
