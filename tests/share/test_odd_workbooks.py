"""Workbooks as users leave them are shared, and the copies are not called faulty."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.formula import ArrayFormula

from bdindex_xl.copies.verify import verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.live.adding import NewSheet, with_sheet
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.share.twin import Twin, Wanted, make
from bdindex_xl.tasks import recalculate
from tests.copies.appearance.manipulations import opened
from tests.copies.workbooks import calculated, lean
from tests.support import renamed, user_edits
from tests.support.books import DATA, UNITS, small_book
from tests.support.edit import edited
from tests.support.placed import with_column
from tests.support.slim import slim
from tests.workbook import making

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 1, 2, 3, 4)


def shared(book: bytes, **wanted: object) -> Twin:
    made = make(book, Wanted(**wanted), now=NOW)  # type: ignore[arg-type]
    verdict = verify(FileBook.from_bytes(made.data))
    assert (verdict.differences, verdict.inputs_changed, verdict.settings) == ((), False, ())
    return made


@cache
def small(**files: str) -> bytes:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(slim(small_book(Path(folder), "zh", None, **files)))
    recalculate.recalculate(book, now=NOW)
    return book.to_bytes()


def names(twin: Twin) -> list[str]:
    return list(FileBook.from_bytes(twin.data).read("bdx_ranking_province").columns[1])


@pytest.mark.parametrize("sheet", ["权重"])
def test_a_hidden_result_sheet_that_formulas_need_is_named_and_values_are_given(sheet: str) -> None:
    made = shared(user_edits.hidden(lean(), sheet))
    assert not made.live
    assert [note["en"] for note in made.notes] == [
        f"Results are values, not formulas: they would need hidden sheets that were taken out ({sheet}); "
        "--keep-hidden keeps those."
    ]
    assert shared(user_edits.hidden(lean(), sheet), keep_hidden=True).live


@pytest.mark.parametrize(("sheet", "table"), [("权重", "bdx_weights"), ("标准化", "bdx_normalised")])
def test_a_deleted_result_sheet_that_formulas_need_is_named_and_values_are_given(sheet: str, table: str) -> None:
    made = shared(renamed.without(lean(), sheet))
    assert [note["en"] for note in made.notes] == [
        f"Results are values, not formulas: they would need tables that the workbook lacks ({table})."
    ]


@pytest.mark.parametrize("sheet", ["省份排名", "分组排名"])
def test_without_any_other_result_sheet_there_are_formulas(sheet: str) -> None:
    made = make(renamed.without(lean(), sheet), Wanted(), now=NOW)
    assert made.live
    assert not verify(FileBook.from_bytes(made.data)).differences


def test_what_openpyxl_saved_is_shared() -> None:
    assert shared(user_edits.by_openpyxl(lean())).live


@pytest.mark.parametrize("number", ["abc", "9" * 5000, "65534"])
def test_an_odd_number_of_a_sheet_is_passed_over(number: str) -> None:
    book = user_edits.changed(
        lean(), "xl/workbook.xml", lambda text: text.replace('sheetId="3"', f'sheetId="{number}"')
    )
    data = with_sheet(book, NewSheet("步骤", [], 1), {})
    ids = re.findall(r'<sheet name="步骤" sheetId="([0-9]+)"', user_edits.parts_of(data)["xl/workbook.xml"].decode())
    assert len(ids) == 1 and 3 < int(ids[0]) < 65534


def _in_units(old: str, new: str) -> bytes:
    """The part of the units table changed."""
    book = lean()
    part = next(name for name, data in user_edits.parts_of(book).items() if b'displayName="bdx_units"' in data)
    return user_edits.changed(
        book, part, lambda text: text.replace(f'name="{old}"/>', f'name="{old}">{new}</tableColumn>')
    )


def test_a_table_mapped_to_xml_keeps_its_columns() -> None:
    made = shared(_in_units("地区代码", '<xmlColumnPr mapId="1" xpath="/a/b" xmlDataType="string"/>'), values=True)
    assert FileBook.from_bytes(made.data).read("bdx_units").header[0] == "地区代码"


def test_a_calculated_column_of_a_user_stays_where_formulas_become_values() -> None:
    made = shared(_in_units("区域", "<calculatedColumnFormula>1+1</calculatedColumnFormula>"), values=True)
    assert FileBook.from_bytes(made.data).read("bdx_units").header[3] == "区域"


def test_a_unit_without_data_stands_last_in_the_copy_too() -> None:
    units = UNITS + "140000,丁省,province,东\n"
    assert names(shared(small(units=units))) == ["甲省", "乙省", "丙省", "丁省"]


def test_a_row_that_waits_for_its_data_is_no_false_alarm() -> None:
    units = UNITS + "140000,丁省,province,北\n"
    assert shared(small(units=units, data=DATA + "2023,140000,,,,\n2024,140000,,,,\n")).live


def test_groups_without_a_score_are_no_false_alarm() -> None:
    data = "\n".join(line.rsplit(",", 2)[0] + ",1,1" for line in DATA.strip().splitlines()[1:])
    book = small(data="year,unit,a1,a2,b1,b2\n" + data + "\n")
    verdict = verify(FileBook.from_bytes(book))
    assert (verdict.ok, verdict.differences) == (True, ())
    shared(book)


def test_the_sender_is_told_of_typed_columns_beside_formulas() -> None:
    n = FileBook.from_bytes(lean()).read("bdx_ranking_city").n_rows
    book = with_column(lean(), "bdx_ranking_city", "备注", ["说一", *[None] * (n - 1)])
    assert [note["en"] for note in shared(book).notes] == [
        "Your own column “备注” on “城市排名” holds typed values: when the recipient changes data, units change places by "
        "formulas, and what you typed stays in its row."
    ]
    assert shared(book, values=True).notes == ()


def test_a_header_cell_that_strayed_from_its_table_is_put_right() -> None:
    book = edited(lean(), {("权重", "G4"): "别的"})
    assert FileBook.from_bytes(book).read("bdx_weights").header[6] == "别的"
    made = shared(book)
    assert made.live
    assert FileBook.from_bytes(made.data).read("bdx_weights").header[6] == "上级内权重"


def test_the_sender_is_told_what_a_verification_will_lack() -> None:
    made = make(user_edits.hidden(renamed.without(lean(), "城市排名"), "运行记录"), Wanted(), now=NOW)
    assert [note["en"] for note in made.notes] == [
        "The recipient cannot verify the copy, which lacks “运行记录”: hidden sheets stay behind; "
        "--keep-hidden takes them along."
    ]
    verdict = verify(FileBook.from_bytes(made.data))
    assert (verdict.ok, verdict.differences, verdict.deleted) == (False, (), ())
    assert not make(lean(), Wanted(no_raw=True), now=NOW).notes[1:]


def test_a_space_behind_a_header_cell_is_put_right_too() -> None:
    made = shared(edited(lean(), {("省份排名", "C4"): "得分 "}))
    assert made.live
    assert FileBook.from_bytes(made.data).read("bdx_ranking_province").header[2] == "得分"


def _with_extension(book: bytes, sheet: str, inner: str) -> bytes:
    """A cell far to the right, in a row that a recalculation writes, with something foreign in it."""
    found = '<row r="6"'

    def change(text: str) -> str:
        at = text.index("</row>", text.index(found))
        return text[:at] + f'<c r="XA6"><v>1</v>{inner}</c>' + text[at:]

    return user_edits.in_sheet(book, sheet, change)


FOREIGN = [
    '<extLst><ext uri="{A}"><c xmlns="urn:o">5</c></ext></extLst>',
    '<extLst><ext uri="{A}"><x:c xmlns:x="urn:o"><x:v>6</x:v></x:c><v>7</v></ext></extLst>',
    '<x:c xmlns:x="urn:o"><c r="A1"><v>7</v></c></x:c>',
    '<v xmlns="urn:o">8</v>',
]


@pytest.mark.parametrize("inner", FOREIGN)
def test_what_is_foreign_in_a_cell_stays_and_harms_nothing(inner: str) -> None:
    odd = FileBook.from_bytes(_with_extension(lean(), "省份排名", inner))
    recalculate.recalculate(odd, now=NOW)
    copy = strip(odd.to_bytes(), StripChoices(values=True)).data
    for data in (odd.to_bytes(), copy):
        text = user_edits.parts_of(data)[user_edits.part_of(data, "省份排名")].decode()
        assert f'<c r="XA6"><v>1</v>{inner}</c>' in text
        assert FileBook.from_bytes(data).read("bdx_ranking_province").n_rows == 12


def test_a_cell_in_a_cell_is_refused_by_its_address() -> None:
    odd = FileBook.from_bytes(_with_extension(lean(), "省份排名", '<c r="A1"><v>7</v></c>'))
    with pytest.raises(Exception, match="XA6"):
        recalculate.recalculate(odd, now=NOW)


@pytest.mark.parametrize("group", ["a; weighting=equal", 'b"; "c', "a;b", "&amp;", '"', "scope=panel; x=y"])
def test_settings_with_a_semicolon_are_no_false_alarm(group: str) -> None:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(slim(small_book(Path(folder), settings={"imputation_group": group})))
    recalculate.recalculate(book, now=NOW)
    verdict = verify(book)
    assert (verdict.settings, verdict.inputs_changed) == ((), False)


def test_a_name_of_ours_that_leads_to_an_input_is_not_written_through() -> None:
    def astray(text: str) -> str:
        return text.replace('name="bdx_status">', 'name="bdx_status">设置!$B$19</definedName><definedName name="_old">')

    book = FileBook.from_bytes(user_edits.changed(calculated(), "xl/workbook.xml", astray))
    before = book.read("bdx_settings").columns
    recalculate.recalculate(book, now=NOW)
    assert book.read("bdx_settings").columns == before


def test_functions_of_the_add_in_are_computed_for_the_copy_which_needs_none() -> None:
    """Excel writes a call of the add-in's function as one of another workbook; here no value is stored with it."""
    book = opened(small())
    sheet = book.create_sheet("我的")
    for row, score in enumerate((3.0, 1.0, 2.0), 1):
        sheet.cell(row, 1, score)
    sheet["B2"] = sheet["B3"] = 0  # of an older calculation
    sheet["B1"] = ArrayFormula("B1:B3", "=[1]!BDINDEX_RANK(A1:A3)")
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="BDIndex.xlam", TargetMode="External", Id="rId1")
    book._external_links.append(link)
    book.save(file := io.BytesIO())
    made = shared(file.getvalue())
    found = making.read(made.data)
    assert [cell.value for (cell,) in found["我的"]["B1:B3"]] == [1, 3, 2]
    assert found._external_links == []
