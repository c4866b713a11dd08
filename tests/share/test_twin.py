"""Twins of whole workbooks: what stays right, what is gone, what the sender is told."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlwings as xw

from bdindex_xl.errors import FileRefused, SheetErrors
from bdindex_xl.functions import answer
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.framework import Framework
from bdindex_xl.share.live import capacity
from bdindex_xl.share.strip.residue import residue
from bdindex_xl.share.twin import Twin, Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.areas import Area
from bdindex_xl.sheets.contents import Contents, InputTable
from bdindex_xl.tasks import recalculate
from bdindex_xl.workbook import Macros, fit
from bdindex_xl.workbook import make as made_of
from tests.copies.appearance import manipulations
from tests.copies.workbooks import calculated
from tests.hosts.files.lading import sheet as with_sheet
from tests.share import engines
from tests.support import edit, lint, office
from tests.support.books import small_book
from tests.support.pocket import N_CITIES, pocket_book
from tests.support.rich import Zip
from tests.support.slim import slim
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401
from tests.workbook import making

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 1, 2, 3, 4)


@cache
def twin(book: bytes, **wanted: object) -> Twin:
    return make(book, Wanted(**wanted), now=NOW)  # type: ignore[arg-type]


@cache
def shipped(**wanted: object) -> Twin:
    """Of the shipped workbook with fewer cities; the twin of all of it is tested in `test_live`."""
    return twin(pocket_book(), **wanted)


@cache
def small() -> bytes:
    """A small index, calculated; what is changed in one year changes the scores of all."""
    with TemporaryDirectory() as folder:
        book = engines.expected(small_book(Path(folder), "zh", {"scope": "panel"}), {})
    book.trust_values()
    return book.to_bytes()


def with_cells(book: bytes, cells: dict[str, str], state: str = "", name: str = "我的") -> bytes:
    """One more sheet, of a user's, with these cells' inner XML."""
    package = Zip(book)
    rows = "".join(
        f'<row r="{address[1:]}"><c r="{address}"{inner}</c></row>' for address, inner in sorted(cells.items())
    )
    with_sheet(package, name, f"<sheetData>{rows}</sheetData>", state)
    return package.to_bytes()


def parts(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def n_formulas(book: bytes) -> int:
    sheets = (text for name, text in parts(book).items() if name.startswith("xl/worksheets/"))
    return sum(len(re.findall(r"<f[ >]", text)) for text in sheets)


MODES: dict[str, dict[str, object]] = {
    "live": {},
    "values": {"values": True},
    "one ranking": {"only": "province"},
    "one ranking, values": {"only": "city", "values": True},
    "no raw data": {"no_raw": True},
    "least": {"only": "city", "no_raw": True, "keep_comments": False},
}


@pytest.mark.parametrize("mode", MODES)
def test_every_twin_is_well_formed_and_has_no_macros(mode: str, pytestconfig: pytest.Config) -> None:
    """By the lint for all; by the SDK for those between which everything is done, and for all in the long run."""
    made = twin(calculated(), **MODES[mode])
    assert lint.lint(made.data) == []
    if mode in ("live", "one ranking, values", "least") or pytestconfig.getoption("--long"):
        assert office.validation_errors(made.data) == []
    assert not any("vba" in name.casefold() or "customui" in name.casefold() for name in parts(made.data))
    assert residue(made.data, ["xlwings", "BdxRun", "macroEnabled"]) == []
    assert made.found_again == ()


@pytest.mark.parametrize("mode", ["live", "values", "one ranking"])
def test_the_results_are_those_of_the_engine(mode: str) -> None:
    made = twin(calculated(), **MODES[mode])
    read, reference = FileBook.from_bytes(made.data), FileBook.from_bytes(calculated())
    shown = read.read("bdx_ranking_province").columns
    found = [[None if value == "" else value for value in column] for column in shown]  # as formulas show nothing
    assert found == [list(column) for column in reference.read("bdx_ranking_province").columns]
    assert made.live is (mode != "values")


def test_the_live_twin_follows_its_data(excel: xw.App, tmp_path: Path) -> None:
    made = twin(small())
    block = FileBook.from_bytes(small()).read("bdx_data_province")
    changes: dict[tuple[str, str], float | None] = {(block.sheet, block.cell(0, 3)): 77.0}
    (tmp_path / "a.xlsx").write_bytes(office.quick_to_open(made.data))
    cell = engines.in_libreoffice(xw.Book(tmp_path / "a.xlsx"), changes)
    assert engines.differences(made.data, cell, engines.expected(small(), changes))[1] == []


def test_numbers_typed_as_text_are_numbers_in_the_live_twin(excel: xw.App, tmp_path: Path) -> None:
    block = FileBook.from_bytes(small()).read("bdx_data_province")
    places = [block.cell(i, 3) for i in range(3)]
    typed = edit.edited(small(), {(block.sheet, places[0]): "１，２３４．５", (block.sheet, places[1]): "—"})
    made = twin(typed)
    there = FileBook.from_bytes(made.data).read("bdx_data_province").columns[3]
    assert list(there[:2]) == [1234.5, "—"]
    (tmp_path / "a.xlsx").write_bytes(office.quick_to_open(made.data))
    cell = engines.in_libreoffice(xw.Book(tmp_path / "a.xlsx"), {})
    assert engines.differences(made.data, cell, engines.expected(typed, {}))[1] == []


def test_values_leave_no_formula_anywhere() -> None:
    own = with_cells(small(), {"A1": "><f>1+1</f><v>2</v>", "A2": ' t="str"><f>"甲"&amp;"乙"</f><v>甲乙</v>'})
    made = twin(own, values=True)
    assert n_formulas(own) > 2
    assert n_formulas(made.data) == 0
    assert "甲乙" in "".join(parts(made.data).values())
    assert not any("BDINDEX_" in text for text in parts(made.data).values() if "definedName" in text)


def notes(made: Twin) -> list[str]:
    return [note.en for note in made.notes]


def test_formulas_that_nobody_has_calculated_are_blank_and_named() -> None:
    own = with_cells(small(), {"A1": "><f>1+1</f>", "A2": "><f>2+2</f><v>4</v>"})
    made = twin(own, values=True)
    assert n_formulas(made.data) == 0
    assert FileBook.from_bytes(made.data).values("我的", Area(1, 1, 2, 1)) == [[None], [4.0]]
    assert notes(made) == [
        "1 cell is blank in the copy, since the value of its formula may be out of date and cannot be computed here: "
        "我的!A1. Recalculate and save in Excel first, then share."
    ]
    assert FileBook.from_bytes(twin(own).data).recalculates


def test_values_that_follow_from_nothing_that_changed_are_kept_and_the_others_are_blank() -> None:
    block = FileBook.from_bytes(small()).read("bdx_data_province")
    changed = edit.edited(small(), {(block.sheet, block.cell(0, 3)): 99.0})
    ranking = FileBook.from_bytes(small()).read("bdx_ranking_province")
    score = f"{ranking.sheet}!{ranking.cell(0, 2)}"
    cells = {"A1": "><f>1+1</f><v>2</v>", "A2": f"><f>{score}*2</f><v>7</v>", "A3": "><f>A2+1</f><v>8</v>"}
    made = twin(with_cells(changed, cells | {"A4": f"><f>{score}</f><v>5</v>"}), values=True)
    assert n_formulas(made.data) == 0
    shown = FileBook.from_bytes(made.data).values("我的", Area(1, 1, 4, 1))
    now = FileBook.from_bytes(made.data).read("bdx_ranking_province").columns[2][0]
    assert shown == [[2.0], [None], [None], [now]]
    assert "here: 我的!A2, 我的!A3." in notes(made)[0]


def test_functions_that_cannot_work_in_the_copy_are_computed_where_their_values_are_out_of_date() -> None:
    """As after `bdindex recalculate` of data that changed: no program but Excel with Python computes them."""
    data = FileBook.from_bytes(small()).read("bdx_data_province")
    area = f"{data.sheet}!{data.cell(0, 3)}:{data.cell(2, 3)}"
    formula = f'<c r="A1" cm="1"><f t="array" ref="A1:A3">BDINDEX_TIER({area},2)</f><v>9</v></c>'
    formula += '<c r="B1"><f>SUM(A1:A3)</f><v>27</v></c>'
    others = "".join(f'<row r="{i}"><c r="A{i}"><v>9</v></c></row>' for i in (2, 3))
    rows = f'<sheetData><row r="1">{formula}</row>{others}</sheetData>'
    package = Zip(small())
    with_sheet(package, "我的", rows)
    package.change("xl/workbook.xml", 'fullCalcOnLoad="0"', 'fullCalcOnLoad="1"')
    expected = answer("BDINDEX_TIER", "zh", [[value] for value in data.columns[3][:3]], 2)
    for wanted in ({}, {"values": True}):
        made = twin(package.to_bytes(), **wanted)
        book = FileBook.from_bytes(made.data)
        assert book.values("我的", Area(1, 1, 3, 1)) == expected
        assert not any("BDINDEX_TIER" in cell.text for cell in book.formula_cells())
        assert book.recalculates is (wanted == {})  # a formula of the user's is left, with a value from before
    assert n_formulas(made.data) == 0
    assert book.values("我的", Area(1, 2, 1, 2)) == [[None]]


def test_links_of_the_data_check_leave_their_texts() -> None:
    book = FileBook.from_bytes(calculated())
    assert any(cell.text.startswith("HYPERLINK(") for cell in book.formula_cells())
    made = twin(calculated(), values=True)
    assert (n_formulas(made.data), notes(made)) == (0, [])
    assert FileBook.from_bytes(made.data).read("bdx_check").columns[2] == book.read("bdx_check").columns[2]


def test_values_are_values_after_a_recalculation_too() -> None:
    book = FileBook.from_bytes(small())
    recalculate.recalculate(book, now=NOW)
    assert not book.recalculates
    made = twin(twin(book.to_bytes()).data, values=True)
    assert (n_formulas(made.data), notes(made)) == (0, [])
    assert "LAMBDA" not in parts(made.data)["xl/workbook.xml"]
    assert not FileBook.from_bytes(made.data).recalculates


def test_values_that_are_right_are_shown_as_they_are() -> None:
    """Where nothing has changed, no program need calculate, nor show an error in place of a function it lacks."""
    book = FileBook.from_bytes(calculated())
    book.trust_values()
    whole = twin(book.to_bytes())
    for made in (twin(small()), twin(small(), values=True), whole):
        assert not FileBook.from_bytes(made.data).recalculates
    formulas = re.findall(r"<f[ >][^<]*", "".join(parts(whole.data).values()))
    assert not any("BDINDEX_SCORE(" in formula for formula in formulas)  # LibreOffice would show errors
    assert not any("BDINDEX_TIER(" in formula for formula in formulas)


def test_one_ranking_alone_leaves_nothing_of_the_others() -> None:
    units = FileBook.from_bytes(pocket_book()).read("bdx_units")
    columns = {header: list(column) for header, column in zip(units.header, units.columns, strict=True)}
    rows = list(zip(columns["榜单"], columns["地区代码"], columns["地区名称"], strict=True))
    provinces = {text for label, *texts in rows if label == "省份" for text in texts}
    cities = {name for label, _, name in rows if label == "城市"} - provinces
    made = shipped(only="province")
    assert len(cities) == N_CITIES - len(provinces & {name for label, _, name in rows if label == "城市"})
    assert residue(made.data, cities) == []
    assert FileBook.from_bytes(made.data).read("bdx_units").n_rows == 31


def test_formulas_elsewhere_show_nothing_of_other_rankings() -> None:
    """A user's cell that shows a row of the weights, where rows of all rankings stand."""
    weights = FileBook.from_bytes(slim(pocket_book())).read("bdx_weights")
    last = weights.cell(weights.n_rows - 1, 4)
    shown = f"><f>{weights.sheet}!{last}</f><v>0.123456789</v>"
    own = with_cells(slim(pocket_book()), {"A1": shown})
    made = twin(own, only="province")
    assert residue(own, ["0.123456789"]) != []
    assert residue(made.data, ["0.123456789"]) == []
    assert f"<f>{weights.sheet}!{last}</f>" in "".join(parts(made.data).values())


def test_no_raw_number_remains() -> None:
    book = FileBook.from_bytes(pocket_book())
    raw = [column for key in ("province", "city") for column in book.read(f"bdx_data_{key}").columns[3:]]
    numbers = {f"{x:.15g}" for column in raw for x in column if isinstance(x, float) and x % 1}
    telling = {number for number in numbers if len(number.replace(".", "").strip("0")) > 4}
    made = shipped(no_raw=True)
    text = "".join(parts(made.data).values())
    tokens = set(re.findall(r"\d+\.\d+(?:E-?\d+)?", text))
    assert len(telling) > 80
    assert not telling & tokens
    assert not telling & {f"{float(token):.15g}" for token in tokens}


def test_findings_that_quote_raw_data_go_with_it() -> None:
    block = FileBook.from_bytes(small()).read("bdx_data_province")
    typed = edit.edited(small(), {(block.sheet, block.cell(0, 3)): "１，２３４．５"})
    assert residue(twin(typed, values=True).data, ["１，２３４．５"]) != []
    assert residue(twin(typed, no_raw=True).data, ["１，２３４．５", "1234.5"]) == []


def test_what_a_user_wrote_elsewhere_is_pointed_at() -> None:
    words = ' t="inlineStr"><is><t>石家庄市表现突出</t></is>'
    made = twin(with_cells(slim(pocket_book()), {"A1": words}), only="province")
    assert [line.zh for line in made.found_again] == ["“我的”：石家庄市"]


def test_a_copied_raw_number_is_pointed_at() -> None:
    raw = FileBook.from_bytes(slim(pocket_book())).read("bdx_data_city")
    number = next(
        x for column in raw.columns[3:] for x in column if isinstance(x, float) and x % 1 and len(f"{x:.15g}") > 6
    )
    made = twin(with_cells(slim(pocket_book()), {"A1": f"><v>{number:.15g}</v>"}), no_raw=True)
    assert [line.zh for line in made.found_again] == ["“我的”：1 个原始数值"]


def test_hidden_sheets_go_and_with_them_the_formulas_that_need_them() -> None:
    settings = FileBook.from_bytes(small()).tables()[schema.SETTINGS.table]
    package = Zip(small())
    hidden = package.change("xl/workbook.xml", f'name="{settings}"', f'name="{settings}" state="hidden"', 1).to_bytes()
    made = twin(hidden)
    assert not made.live
    assert [note.zh for note in made.notes] == [
        "结果以数值给出，而不是公式：公式所需的隐藏工作表（设置）已按要求移除，如需保留请加 --keep-hidden。",
        "副本中没有“设置”，对方无法用 bdindex verify 核对：隐藏的工作表不随副本发出，如需保留请加 --keep-hidden。",
    ]
    assert settings not in FileBook.from_bytes(made.data).sheets()
    assert twin(hidden, keep_hidden=True).live


def test_a_twin_of_a_twin_has_one_sheet_of_steps() -> None:
    once = twin(small())
    twice = twin(once.data)
    sheets = FileBook.from_bytes(twice.data).sheets()
    assert [name for name in sheets if name.startswith("计算过程")] == ["计算过程"]
    assert office.validation_errors(twice.data) == []
    assert n_formulas(twice.data) == n_formulas(once.data)


def test_the_sheet_of_steps_is_set_up_for_print() -> None:
    sheet = making.read(twin(small()).data)["计算过程"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
    notes = {str(one) for one in sheet.merged_cells.ranges}
    assert all(sheet[one][0][0].value for one in notes) and any(one.startswith("A3:") for one in notes)
    assert sheet.row_dimensions[3].height == 48
    headers = [str(cell.value) for cell in sheet[4] if cell.value]
    assert sheet.row_dimensions[4].height >= 16.5 * max(fit.header_lines(text, 14) for text in headers)
    ends = [one.id for one in sheet.col_breaks.brk]
    assert ends and all(sheet.cell(4, end).value is None and sheet.cell(3, end + 1).value for end in ends)


def test_a_sheet_of_the_users_that_is_called_alike_stays() -> None:
    own = with_cells(small(), {"A1": ' t="inlineStr"><is><t>我的推导</t></is>'}, name="计算过程")
    made = twin(own)
    assert [name for name in FileBook.from_bytes(made.data).sheets() if name.startswith("计算过程")] == [
        "计算过程",
        "计算过程 (2)",
    ]
    assert "我的推导" in "".join(parts(made.data).values())
    assert office.validation_errors(made.data) == []


def test_what_formulas_cannot_hold_is_values(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond 8192 characters in the long run; short of it the limit is brought down, since a wide index takes seconds."""
    assert capacity.FORMULA == 8192
    n = 600
    if not pytestconfig.getoption("--long"):
        n = 30
        monkeypatch.setattr(capacity, "FORMULA", 409)
    many = Framework.from_records([{"code": "I"}, *({"code": f"i{k}", "parent": "I"} for k in range(n))])
    header = (*(column.header["zh"] for column in schema.DATA.columns), *(i.name or i.code for i in many.indicators))
    units = InputTable(
        tuple(column.header["zh"] for column in schema.UNITS.columns), [(f"u{k}", f"地区{k}", "省份") for k in range(3)]
    )
    rows = [(2024, f"u{k}", f"地区{k}", *(float((k + 1) * (j % 7) % 5) for j in range(n))) for k in range(3)]
    data = {"province": InputTable(header, rows)}  # type: ignore[arg-type]
    made = twin(slim(made_of(Contents("zh", {}, many, units, data), Macros())))
    assert not made.live
    told = rf"结果以数值给出，而不是公式：有公式长达 \d+ 个字符，电子表格最多允许 {capacity.FORMULA} 个。"
    assert re.fullmatch(told, made.notes[0].zh)


def test_too_many_units_for_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "UNITS", 2)
    made = make(small(), Wanted(), now=NOW)
    assert not made.live
    assert "超过 2 个时，公式重算过慢" in made.notes[0].zh


def test_faults_are_not_shared() -> None:
    block = FileBook.from_bytes(small()).read("bdx_data_province")
    with pytest.raises(SheetErrors):
        twin(edit.edited(small(), {(block.sheet, block.cell(0, 3)): "暂无"}))


def test_a_ranking_that_is_not_there_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        twin(pocket_book(), only="县区")
    assert refused.value.message.zh == "工作簿中没有榜单“县区”，现有：省份、城市。"


def test_scores_shown_as_dates_are_numbers_in_the_formulas_all_the_same() -> None:
    changed = manipulations.opened(small())
    for sheet in changed.worksheets:
        for name in [name for name in sheet.tables if name.startswith("bdx_ranking") or name == "bdx_weights"]:
            for row in sheet[sheet.tables[name].ref][1:]:
                row[0].number_format = row[2].number_format = "yyyy-mm-dd"
    made = twin(manipulations.saved(changed))
    assert made.live and made.outcome.fingerprint == twin(small()).outcome.fingerprint
