"""The sheets: order, set-up for screen and print, tables, drop-downs, and what conditions change."""

from __future__ import annotations

import re

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.sheets import folder, layout, options, phrases, schema
from bdindex_xl.workbook import fit, input_tables, make, profile_texts

from . import making

pytestmark = pytest.mark.slow

NAMED = (*schema.INPUTS, schema.DATA, schema.RANKING, *schema.COMPUTED, *schema.ANALYSES)
# In workbooks with something to put there.
OF_CONTENTS = (
    schema.GOALPOSTS, schema.PAIRWISE, schema.UNIT_WEIGHTS, schema.RULES, schema.SOURCES, schema.WORD_LIST, schema.WORDS,
)  # fmt: skip
SHEETS = (
    schema.GUIDE, *(sheet.name for sheet in NAMED if sheet not in OF_CONTENTS), schema.PROFILE, schema.FORMULAS,
    *(sheet.name for sheet in schema.OF_RUN),
)  # fmt: skip
PROVINCES = schema.table_of(schema.RANKING.table, "province")
DATA = schema.table_of(schema.DATA.table, "province")


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> Lang:
    return "zh" if request.param == "zh" else "en"


@pytest.fixture(scope="module")
def made(lang: Lang) -> bytes:
    settings = {
        "title": phrases.SAMPLE_TITLE[lang],
        "source": phrases.SAMPLE_SOURCE[lang],
        "change_colours": "green up",
    }
    return making.made(lang, settings=settings)


@pytest.fixture(scope="module")
def workbook(made: bytes) -> Workbook:
    return making.read(made)


def test_sheets_stand_in_the_order_of_the_schema(workbook: Workbook, lang: Lang) -> None:
    expected = []
    for name in SHEETS:
        rankings = ("province", "city") if "{ranking}" in name.en else ("",)
        expected += [name[lang].format(ranking=schema.ranking_label(ranking)[lang]) for ranking in rankings]
    analyses = [sheet.name[lang] for sheet in schema.ANALYSES]
    assert workbook.sheetnames == [*expected, "xlwings.conf"]
    assert making.visible(workbook) == [name for name in expected if name not in analyses]
    assert workbook.active.title == schema.GUIDE[lang]


def test_every_sheet_is_set_up_for_a4_and_for_the_screen(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.oddFooter.right.text
        assert sheet.sheet_view.showGridLines is False
        assert sheet.sheet_properties.tabColor is not None
        if sheet.title in making.visible(workbook)[1:]:
            assert sheet.print_title_rows
            assert sheet.freeze_panes


def test_nothing_is_protected(workbook: Workbook) -> None:
    assert not any(sheet.protection.sheet for sheet in workbook.worksheets)


def test_input_tables_bear_the_headers_of_the_schema(workbook: Workbook, lang: Lang) -> None:
    for table, columns in (
        (schema.SETTINGS.table, schema.SETTINGS.columns),
        (schema.FRAMEWORK.table, schema.FRAMEWORK.columns),
        (schema.UNITS.table, schema.UNITS.columns),
        (DATA, schema.DATA.columns),
    ):
        assert making.header_of(workbook, table)[: len(columns)] == [column.header[lang] for column in columns]


def test_settings_show_their_values_in_the_language_of_the_workbook(workbook: Workbook, lang: Lang) -> None:
    body = making.body_of(workbook, schema.SETTINGS.table)
    assert [row[0] for row in body] == [setting.label[lang] for setting in options.SETTINGS_ROWS]
    shown = {setting.key: row[1] for setting, row in zip(options.SETTINGS_ROWS, body, strict=True)}
    assert shown["change_colours"] == {"zh": "绿升红降", "en": "green up"}[lang]
    assert shown["min_available"] == 0.65
    assert shown["year"] == {"zh": "最新", "en": "latest"}[lang]


def test_every_setting_explains_itself_where_it_is_entered(workbook: Workbook, lang: Lang) -> None:
    sheet, _ = making.find(workbook, schema.SETTINGS.table)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for row, setting in enumerate(options.SETTINGS_ROWS, 4):
        rule = rules[f"B{row}"]
        assert rule.prompt == setting.meaning[lang]
        if setting.choices:
            offered = rule.formula1.strip('"').split(",")
            assert offered[: len(setting.choices)] == [choice[lang] for choice in setting.choices.values()]
            assert bool(rule.showErrorMessage) is not setting.open_ended
    assert rules["B6"].formula1.strip('"').split(",")[1:] == ["2024", "2023"]


def test_named_cells_are_where_a_recalculation_looks_for_them(workbook: Workbook, lang: Lang) -> None:
    names = {name: defined.attr_text.replace("'", "") for name, defined in workbook.defined_names.items()}
    for table in (PROVINCES, *(sheet.table for sheet in schema.RESULTS)):
        sheet, _ = making.find(workbook, table)
        assert names[schema.CELL_TITLE.format(table=table)] == f"{sheet.title}!$A$1"
        assert names[schema.CELL_NOTE.format(table=table)] == f"{sheet.title}!$A$2"
    assert names[schema.CELL_STATUS].startswith(schema.GUIDE[lang] + "!")
    row = 4 + [setting.key for setting in options.SETTINGS_ROWS].index("change_colours")
    assert names[schema.CELL_COLOURS] == f"{schema.SETTINGS.name[lang]}!$B${row}"
    assert names[schema.NAME_UNITS] == f"{schema.UNITS.table}[{schema.UNITS.columns[0].header[lang]}]"


def test_drop_downs_of_codes_grow_with_the_tables(workbook: Workbook) -> None:
    rules = {}
    for table in (schema.FRAMEWORK.table, DATA):
        sheet, ref = making.find(workbook, table)
        rules[table] = [
            rule for rule in sheet.data_validations.dataValidation if rule.formula1 in {"bdx_codes", "bdx_unit_codes"}
        ]
        assert {str(rule.sqref).split(":")[-1][1:] for rule in rules[table]} == {re.findall(r"\d+", ref)[-1]}
    assert [rule.formula1 for rule in rules[schema.FRAMEWORK.table]] == ["bdx_codes"]
    assert [rule.formula1 for rule in rules[DATA]] == ["bdx_unit_codes"]


def test_indicator_columns_say_what_they_hold_and_block_nobody(workbook: Workbook, lang: Lang) -> None:
    sheet, _ = making.find(workbook, DATA)
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "decimal"]
    framework = making.three_levels(lang)
    assert len(rules) == len(framework.indicators)
    for rule, indicator in zip(rules, framework.indicators, strict=True):
        assert rule.errorStyle == "warning"
        assert indicator.code in rule.prompt and indicator.measure in rule.prompt
        assert rule.promptTitle == indicator.name


def test_above_the_data_stand_dimension_code_and_measure(workbook: Workbook, lang: Lang) -> None:
    sheet, _ = making.find(workbook, DATA)
    framework = making.three_levels(lang)
    first, last = framework.node("A").name, framework.node("B").name
    assert [cell.value for cell in sheet[3]][3:] == [first, None, None, last, None]
    assert [cell.value for cell in sheet[4]][3:7] == ["A11 · 家", "A12 · 家", "A21 · 家", "B11 · 家"]
    assert sheet.freeze_panes == "D6"


def test_codes_stay_text_and_are_not_marked_as_numbers_in_disguise(made: bytes, workbook: Workbook) -> None:
    sheet, ref = making.find(workbook, schema.UNITS.table)
    assert {type(row[0].value) for row in sheet[ref][1:]} == {str}
    assert {row[0].number_format for row in sheet[ref][1:]} == {"@"}
    number = workbook.sheetnames.index(sheet.title) + 1
    assert b'numberStoredAsText="1"' in making.parts(made)[f"xl/worksheets/sheet{number}.xml"]


def test_input_looks_like_input_and_results_do_not(workbook: Workbook) -> None:
    entered, ref = making.find(workbook, DATA)
    cream = {cell.fill.fgColor.theme for row in entered[ref][1:] for cell in row}
    assert cream == {2}
    computed, ref = making.find(workbook, PROVINCES)
    assert {cell.fill.fill_type for cell in computed[ref][1]} == {None}


def test_result_columns_take_their_number_format_from_the_schema(workbook: Workbook, lang: Lang) -> None:
    specs = layout.specs(schema.RANKING, making.three_levels(lang), lang)
    sheet, ref = making.find(workbook, PROVINCES)
    formats = [cell.number_format for cell in sheet[ref][1]]
    assert formats == [schema.ROLES[spec.role].number_format for spec in specs]


def test_levels_below_the_dimensions_are_folded_away_and_not_printed(workbook: Workbook, lang: Lang) -> None:
    specs = layout.specs(schema.RANKING, making.three_levels(lang), lang)
    sheet, _ = making.find(workbook, PROVINCES)
    shallow = sum(spec.level <= 1 for spec in specs)
    folded = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert folded[0] == get_column_letter(shallow + 1)
    assert sheet.column_dimensions[folded[0]].outlineLevel == 1
    assert sheet.print_area == f"'{sheet.title}'!$A$1:${get_column_letter(shallow)}$5"
    assert sheet.freeze_panes == "C5"


def test_the_framework_is_printed_across_its_filled_columns_down_to_wherever_it_is_filled_in(
    workbook: Workbook,
) -> None:
    sheet, _ = making.find(workbook, schema.FRAMEWORK.table)
    last = get_column_letter(schema.FRAMEWORK.keys.index("aggregation") + 1)
    assert sheet.print_area == f"'{sheet.title}'!$A$1:${last}$1048576"


def test_labels_of_settings_are_whole_on_an_upright_page(workbook: Workbook) -> None:
    sheet, ref = making.find(workbook, schema.SETTINGS.table)
    assert sheet.page_setup.orientation == "portrait"
    assert all(label.alignment.wrap_text for label, *_ in sheet[ref][1:])


def test_no_line_goes_on_beside_the_years_of_a_profile(workbook: Workbook, lang: Lang) -> None:
    sheet = workbook[schema.PROFILE[lang]]
    [heading] = [row for row in sheet.iter_rows(max_col=12) if row[0].value == profile_texts.YEARS[lang]]
    head = sheet[heading[0].row + 1][: len(heading)]
    lines, filled = (
        [bool(cell.border.bottom.style) for cell in heading],
        [cell.fill.fill_type == "solid" for cell in head],
    )
    assert lines[2:] == filled[2:]  # the first two columns are one cell of the header


def test_scores_have_bars_of_both_kinds_from_0_to_100(made: bytes, workbook: Workbook) -> None:
    sheet, _ = making.find(workbook, PROVINCES)
    xml = making.parts(made)[f"xl/worksheets/sheet{workbook.sheetnames.index(sheet.title) + 1}.xml"].decode()
    assert xml.count('<cfvo type="num" val="0"/><cfvo type="num" val="100"/>') == 3
    assert xml.count("<x14:dataBar ") == 3
    assert xml.count('gradient="0"') == 3


def test_colours_of_change_follow_the_setting_in_either_language(workbook: Workbook) -> None:
    sheet, _ = making.find(workbook, PROVINCES)
    formulas = [
        rule.formula[0] for cells in sheet.conditional_formatting if "E5" in str(cells.sqref) for rule in cells.rules
    ]
    red_up = 'OR(bdx_change_colours="红升绿降",bdx_change_colours="red up")'
    assert formulas == [
        f"AND(ISNUMBER(E5),E5<>0,(E5>0)={red_up})",
        f"AND(ISNUMBER(E5),E5<>0,(E5>0)<>{red_up})",
        "OR(ISTEXT(E5),E5=0)",
    ]


def test_faults_warnings_and_notes_look_different(workbook: Workbook) -> None:
    sheet, _ = making.find(workbook, schema.CHECK.table)
    formulas = [rule.formula[0] for cells in sheet.conditional_formatting for rule in cells.rules]
    assert formulas == ['OR($A5="错误",$A5="Fault")', 'OR($A5="警告",$A5="Warning")', 'OR($A5="说明",$A5="Note")']


def test_headers_fit_their_columns_and_rows(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            cells = sheet[table.ref][0]
            height = sheet.row_dimensions[cells[0].row].height
            for cell in cells:
                dimension = next(d for d in sheet.column_dimensions.values() if d.min <= cell.column <= d.max)
                lines = fit.header_lines(str(cell.value), dimension.width)
                assert lines * 15 <= height, f"{sheet.title}!{cell.coordinate} {cell.value}"
                assert cell.alignment.wrap_text


def test_short_texts_of_input_tables_fit_their_columns(workbook: Workbook) -> None:
    for table in (schema.FRAMEWORK.table, schema.UNITS.table, DATA):
        sheet, ref = making.find(workbook, table)
        for row in sheet[ref][1:]:
            for cell in row:
                dimension = next(d for d in sheet.column_dimensions.values() if d.min <= cell.column <= d.max)
                if isinstance(cell.value, str):
                    assert fit.text_width(cell.value) <= dimension.width


def of_dimensions(n: int, lang: Lang) -> Workbook:
    """A workbook of an index of so many dimensions, of eight indicators each."""
    records: list[dict[str, object]] = [{"code": "I", "name": "index"}]
    for d in range(n):
        records.append({"code": f"d{d}", "name": f"Dimension {d}", "parent": "I"})
        records += [{"code": f"d{d}i{k}", "name": f"Indicator {d}-{k}", "parent": f"d{d}"} for k in range(8)]
    return making.read(making.made(lang, Framework.from_records(records)))


def pages(sheet: Worksheet) -> list[int]:
    """Columns after which a page ends."""
    return [one.id for one in sheet.col_breaks.brk]


def of_column(sheet: Worksheet, column: int) -> float:
    return next(d.width - 0.71 for d in sheet.column_dimensions.values() if d.min <= column <= d.max)


def test_a_page_of_a_wide_ranking_or_of_wide_data_begins_at_a_dimension() -> None:
    workbook = of_dimensions(9, "en")
    for table, first, of_each in ((PROVINCES, 5, 4), (schema.GROUPS.table, 8, 4), (DATA, 3, 8)):
        sheet, _ = making.find(workbook, table.format(ranking="province"))
        ends = pages(sheet)
        assert ends and all((end - first) % of_each == 0 for end in ends), sheet.title
        if table != DATA:  # title and note are whole on the first page
            merged = {str(cells) for cells in sheet.merged_cells.ranges}
            assert {f"A{row}:{get_column_letter(ends[0])}{row}" for row in (1, 2)} <= merged
        assert sheet.print_title_cols
        width = [of_column(sheet, j) for j in range(1, first + 9 * of_each + 1)]
        for begin, end in zip([0, *ends], [*ends, len(width)], strict=True):
            assert sum(width[begin:end]) + (sum(width[:2]) if begin else 0) <= 216


def test_a_ranking_of_few_units_is_on_one_page(workbook: Workbook) -> None:
    sheet, _ = making.find(workbook, PROVINCES)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 1), (None, None))
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_what_stands_above_headers_says_more_than_they_do(workbook: Workbook, lang: Lang) -> None:
    """Over a dimension, nothing, since its headers name it; over what is below, the dimension."""
    sheet, _ = making.find(workbook, PROVINCES)
    first, last = (making.three_levels(lang).node(code).name for code in "AB")
    above = {cell.value: sheet.cell(4, cell.column).value for cell in sheet[3] if cell.value}
    rank = {"zh": "排名", "en": " rank"}[lang]
    assert above == {first: f"{first} A1{rank}", last: f"{first} B1{rank}"}


def test_few_rows_of_a_long_ranking_go_onto_the_pages_before() -> None:
    def height_in_pages(n: int) -> int:
        contents = making.contents("en", rankings=("city",), names=[f"Unit {i}" for i in range(n)])
        sheet, _ = making.find(making.read(make(contents)), schema.table_of(schema.RANKING.table, "city"))
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth in (1, None)
        return int(sheet.page_setup.fitToHeight)

    assert [height_in_pages(n) for n in (50, 67, 80, 100)] == [0, 2, 0, 3]  # a page holds 33


def test_settings_are_on_one_page(workbook: Workbook) -> None:
    sheet, _ = making.find(workbook, schema.SETTINGS.table)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 1), (None, None))


def test_a_title_of_any_length_is_within_the_columns_that_are_printed(workbook: Workbook) -> None:
    for table, last in ((PROVINCES, "M"), (schema.WEIGHTS.table, "H"), (schema.AUDIT.table, "I")):
        sheet, _ = making.find(workbook, table)
        assert f"A1:{last}1" in {str(cells) for cells in sheet.merged_cells.ranges}
        assert sheet["A1"].alignment.shrink_to_fit and sheet["A1"].value == sheet.title


def test_a_rule_parts_one_grouping_from_the_next(workbook: Workbook) -> None:
    sheet, _ = making.find(workbook, schema.GROUPS.table)
    [rule] = [
        rule for cells in sheet.conditional_formatting for rule in cells.rules if rule.formula == ["$A5&$B5<>$A4&$B4"]
    ]
    assert rule.dxf.border.top.style == "thin"


def test_every_sheet_of_the_sample_but_the_widest_is_one_page_across(lang: Lang) -> None:
    workbook = making.read(make(folder.sample(lang, {})))
    across = {sheet.title for sheet in workbook.worksheets if not sheet.sheet_properties.pageSetUpPr.fitToPage}
    words = workbook[schema.WORD_LIST.name[lang]]  # narrow, and smaller than a fit would have it
    assert (words.page_setup.orientation, words.page_setup.scale) == ("portrait", 55)
    assert across - {"xlwings.conf", words.title} == {"zh": set(), "en": {"Normalised"}}[lang]


def test_a_column_of_names_shows_names_of_fifty_characters_whole() -> None:
    name = "Fixed broadband subscriptions per 100 inhabitants"
    of = making.framework(("I", "Index", None), ("A", "Access", "I"), ("a", name, "A"), ("b", "Speed", "A"))
    book = making.read(making.made("en", of))
    for table, letter in ((schema.WEIGHTS.table, "F"), (schema.WEIGHTS_BY_YEAR.table, "C")):
        sheet, _ = making.find(book, table)
        assert sheet.column_dimensions[letter].width > fit.text_width(name)


def test_dimensions_stand_out_among_the_weights_the_first_of_a_ranking_too(workbook: Workbook) -> None:
    """LibreOffice heeds the first condition alone that holds."""
    sheet, _ = making.find(workbook, schema.WEIGHTS_BY_YEAR.table)
    rules = sorted((rule.priority, *rule.formula, rule.dxf.font.b)
                   for cells in sheet.conditional_formatting for rule in cells.rules)  # fmt: skip
    assert [rule[1:] for rule in rules] == [("AND($D5=1,$A5<>$A4)", True), ("$D5=1", True)]


def test_an_explanation_among_the_formulas_has_each_number_in_its_own_format(workbook: Workbook, lang: Lang) -> None:
    sheet = workbook[schema.FORMULAS[lang]]
    named = {"zh": "指标", "en": "Indicator"}[lang]
    [head] = [cell for row in sheet.iter_rows() for cell in row if cell.value == named]
    below = [sheet.cell(head.row + 1, head.column + k).number_format for k in range(7)]
    assert below == ["#,##0", "0.00", "0", "0.00%", "0.00", "0.00", "0.00"]


def test_columns_of_data_are_as_wide_as_their_numbers() -> None:
    wide = input_tables.Filled("t", ["a", "b", "c"], ["raw"] * 3, [(1, 1234567.25, None), (20, -8.5, None)])
    assert [input_tables.width(wide, j) for j in range(3)] == [9.0, 14.0, 13.0]
