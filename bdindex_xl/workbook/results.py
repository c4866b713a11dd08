"""Result sheets. Each table has one blank row, whose styles a recalculation gives to all rows it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..errors import Severity
from ..language import Text
from ..sheets import layout, options, schema
from ..sheets.areas import MAX_ROW
from ..sheets.book import column_letters
from ..sheets.layout import Spec
from ..sheets.roles import TEXTUAL
from . import data, fit, paging, scenario_sheets, styles
from .build import PAGE_WIDTH, Build

BAND, HEADER, BODY = 2, 3, 4  # rows, counted from 0
_NARROWEST = 10.0  # width of a column of short texts
_WIDEST_NAMES = 56.0  # width of a column of names, which a cell beside them would cut off
_ON_ONE_PAGE = 45  # units that a page of A4 across shows legibly
_WIDEST_GROUPS = 285.0  # width of the group ranking on one page: a dimension alone on the next says nothing
_FEW_COLUMNS = 9  # of tables whose headers are one line high
_SENTENCES = 130  # width of what a note says beside the note on the data


@dataclass(frozen=True, slots=True)
class Page:
    """A result sheet to be made: its record, its name and table's name, and the table's columns."""

    record: schema.ResultSheet
    sheet: str
    table: str
    specs: Sequence[Spec]


def ranking(build: Build, key: str) -> None:
    """Ranking of one set of units: the index and its dimensions in view, lower levels folded away beside them."""
    record = schema.RANKING
    specs = layout.specs(record, build.contents.framework, build.lang)
    page = Page(record, build.names.ranking[key], schema.table_of(record.table, key), specs)
    table = build.contents.units
    own = schema.UNITS.keys
    in_it = (row for row in table.rows if schema.ranking_key(str(row[own.index("ranking")])) == key)
    names = [str(row[own.index("name")]) for row in in_it]
    sheet = _scores(build, page, {"unit": names})
    if len(names) <= _ON_ONE_PAGE and not sheet.vbreaks:
        sheet.fit_to_pages(1, 1)
    else:
        _without_lone_rows(build, sheet, len(names), _in_view(build, specs, {"unit": names}))
    _condition(build, sheet, 0, 1, f"=AND(ISNUMBER($A{BODY + 1}),$A{BODY + 1}<=3)", build.looks.strong())


def one_each(build: Build, record: schema.ResultSheet) -> None:
    """A result sheet of which there is one, by its record; a few have a look of their own besides."""
    years = build.contents.years if record.further is schema.Further.YEARS else ()
    named = scenario_sheets.names(build) if record.further is schema.Further.SCENARIOS else ()
    specs = layout.specs(record, build.contents.framework, build.lang, years, named)
    page = Page(record, record.name[build.lang], record.table, specs)
    known = _known(build, specs)
    made = _scores(build, page, known) if record.scored else _table(build, page, known)
    if record.filled_by.en:  # one page across, whatever its width
        made.fit_to_pages(1, 0)
        made.hide()
    if record is schema.GROUPS:
        _without_lone_rows(build, made, _n_groups(build), _in_view(build, specs, known))
    if record.table in _LOOKS:
        _LOOKS[record.table](build, made, len(specs) - 1)


def _known(build: Build, specs: Sequence[Spec]) -> dict[str, Sequence[str]]:
    """Texts that are known to come in each column."""
    units, framework, n_own = build.contents.units, build.contents.framework, len(schema.UNITS.columns)
    groups = {str(row[j]) for row in units.rows for j in range(n_own, len(units.header)) if row[j] is not None}
    texts: dict[schema.Holds, Sequence[str]] = {
        "": (),
        "units": [str(row[1]) for row in units.rows],
        "nodes": [node.name for node in framework.nodes],
        "indicators": [indicator.name for indicator in framework.indicators],
        "rankings": [schema.ranking_label(key)[build.lang] for key in build.contents.data],
        "groupings": units.header[n_own:],
        "groups": sorted(groups),
        "kinds": [_LONGEST_KIND[build.lang]],
        "fingerprints": [_FINGERPRINT],
        "data sheets": list(build.names.data.values()),
        "words": [_LONGEST_WORD],
    }
    return {spec.key: texts[spec.holds] for spec in specs if spec.holds}


_FINGERPRINT = "0:0123456789ab"  # as wide as those of inputs
_LONGEST_WORD = "城市全域数字化转型"  # of most texts
_LONGEST_KIND = Text("不确定来源", "source of uncertainty")


def _n_groups(build: Build) -> int:
    """Rows of the group ranking: a group has one in each ranking."""
    units, n_own, ranking = build.contents.units, len(schema.UNITS.columns), schema.UNITS.keys.index("ranking")
    cells = ((j, row[j], row[ranking]) for row in units.rows for j in range(n_own, len(units.header)))
    return len({cell for cell in cells if cell[1] is not None})


def _without_lone_rows(build: Build, sheet: Worksheet, n_rows: int, in_view: list[float]) -> None:
    """Have a row or two that would stand alone on the last page go onto those before."""
    above = (
        sum(sheet.row_info[row].height if row in sheet.row_info else build.line / 0.75 for row in range(BODY)) * 0.75
    )
    if sheet.vbreaks:
        sheet.set_print_scale(paging.scale_of(n_rows, sheet.print_scale, above, build.line))
    else:
        sheet.fit_to_pages(1, paging.pages_down(n_rows, paging.width_of(in_view), above, build.line))


def _groups(build: Build, sheet: Worksheet, last: int) -> None:
    another = f"=$A{BODY + 1}&$B{BODY + 1}<>$A{BODY}&$B{BODY}"
    _condition(build, sheet, 0, last, another, build.looks.begins())


def _history(build: Build, sheet: Worksheet, last: int) -> None:
    another = f"=OR($A{BODY + 1}<>$A{BODY},$B{BODY + 1}<>$B{BODY})"
    _condition(build, sheet, 0, last, another, build.looks.begins())


def _growth(build: Build, sheet: Worksheet, last: int) -> None:
    """A line above each ranking."""
    _condition(build, sheet, 0, last, f"=$A{BODY + 1}<>$A{BODY}", build.looks.begins())
    change_colours(build, sheet, BODY, schema.GROWTH.keys.index("rank_change"))


def _weights_by_year(build: Build, sheet: Worksheet, last: int) -> None:
    """A line above each ranking; dimensions stand out. LibreOffice heeds the first condition alone that holds."""
    of_dimension, begins = f"$D{BODY + 1}=1", f"$A{BODY + 1}<>$A{BODY}"
    _condition(build, sheet, 0, last, f"=AND({of_dimension},{begins})", build.looks.begins(bold=True))
    _condition(build, sheet, 0, last, f"={of_dimension}", build.looks.strong())
    width = schema.ROLES["weight"].width
    sheet.set_column(last + 1, last + _YEARS_TO_COME, width)


_YEARS_TO_COME = 10  # columns beside the table, as wide as those of years


def _correlations(build: Build, sheet: Worksheet, last: int) -> None:
    """A heat map of correlations, and what tells how firm they are in grey beside it.

    By bands, for a scale of colours would take p for a correlation where a program knows no order of conditions.
    """
    record = schema.CORRELATIONS
    measure, first = column_letters(record.keys.index("measure") + 1), record.frozen
    cell = f"{column_letters(first + 1)}{BODY + 1}"
    of_p = f'RIGHT(${measure}{BODY + 1},1)="p"'
    _condition(build, sheet, first, last - 1, f"={of_p}", build.looks.muted(num_format="0.000"))
    for bound, colour in styles.HEAT.items():
        beyond = f"{cell}>={bound}" if bound > 0 else f"{cell}<={bound}"
        _condition(build, sheet, first, last - 1, f"=AND(ISNUMBER({cell}),{beyond})", build.looks.heat(colour))
    another = f"=OR($A{BODY + 1}<>$A{BODY},$B{BODY + 1}<>$B{BODY})"
    _condition(build, sheet, 0, first - 1, another, build.looks.begins())


def _check(build: Build, sheet: Worksheet, last: int) -> None:
    """The look of a row follows its severity."""
    looks = {Severity.FAULT: build.looks.fault(), Severity.WARNING: build.looks.warning(),
             Severity.NOTE: build.looks.muted()}  # fmt: skip
    for severity, look in looks.items():
        labels = ",".join(f'$A{BODY + 1}="{label}"' for label in schema.SEVERITIES[severity].both())
        _condition(build, sheet, 0, last, f"=OR({labels})", look)


# What sheets have beside what all have, by table: of the sheet, and the place of its last column.
_LOOKS: dict[str, Callable[[Build, Worksheet, int], None]] = {
    schema.GROUPS.table: _groups,
    schema.HISTORY.table: _history,
    schema.GROWTH.table: _growth,
    schema.WEIGHTS_BY_YEAR.table: _weights_by_year,
    schema.CORRELATIONS.table: _correlations,
    schema.CHECK.table: _check,
}


def _scores(build: Build, page: Page, known: Mapping[str, Sequence[str]]) -> Worksheet:
    sheet = _table(build, page, known)
    shallow = max(j for j, spec in enumerate(page.specs) if spec.level <= 1)
    if shallow + 1 < len(page.specs):
        sheet.outline_settings(symbols_right=False)
        width = _widths(build, page.specs, known)
        for j in range(shallow, len(page.specs)):
            folded = {"level": 1, "hidden": True} if j > shallow else {"collapsed": True}
            sheet.set_column(j, j, width[j], None, folded)
    full = float(build.contents.settings.get("scale", options.DEFAULTS.method["scale"]))
    for j, spec in enumerate(page.specs):
        if spec.role == "rank change":
            change_colours(build, sheet, BODY, j)
        elif spec.role == "score" and spec.level <= 1:
            sheet.conditional_format(BODY, j, BODY, j, {
                "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_no_border": True, "min_type": "num",
                "max_type": "num", "min_value": 0, "max_value": f"{full:.15g}", "bar_color": styles.BAR,
            })  # fmt: skip
    sheet.print_area(0, 0, BODY, shallow)
    return sheet


def change_colours(build: Build, sheet: Worksheet, row: int, column: int) -> None:
    """Colours of a cell that holds a rank change. They ask the setting's own cell, so a change there shows at once."""
    cell = f"{column_letters(column + 1)}{row + 1}"
    convention = next(setting for setting in options.SETTINGS_ROWS if setting.key == "change_colours")
    assert convention.choices
    red_up = ",".join(f'{schema.CELL_COLOURS}="{label}"' for label in convention.choices["red up"].both())
    moved = f"ISNUMBER({cell}),{cell}<>0"
    looks = build.looks
    for formula, look in (
        (f"=AND({moved},({cell}>0)=OR({red_up}))", looks.red()),
        (f"=AND({moved},({cell}>0)<>OR({red_up}))", looks.green()),
        (f"=OR(ISTEXT({cell}),{cell}=0)", looks.muted()),
    ):
        sheet.conditional_format(row, column, row, column, {"type": "formula", "criteria": formula, "format": look})


def _condition(build: Build, sheet: Worksheet, first: int, last: int, formula: str, look: Format) -> None:
    sheet.conditional_format(BODY, first, BODY, last, {"type": "formula", "criteria": formula, "format": look})


def _table(build: Build, page: Page, known: Mapping[str, Sequence[str]]) -> Worksheet:
    """Heading, table with its blank row, names, frozen panes and print set-up of a result sheet."""
    tab = styles.TAB_CHECK if page.record in schema.OF_RUN else styles.TAB_RESULT
    frozen, note = page.record.frozen, page.record.waiting[build.lang]
    sheet = build.sheet(page.sheet, tab, landscape=page.record.landscape)
    build.heading(sheet, page.sheet, note, page.table)
    header, widths = [spec.header for spec in page.specs], _widths(build, page.specs, known)
    build.header_height(sheet, HEADER, header, widths)
    build.table(sheet, page.table, HEADER, header, [spec.role for spec in page.specs], 0)
    for j, spec in enumerate(page.specs):
        sheet.set_column(j, j, widths[j])
        if spec.level > 1:
            build.put(sheet, BAND, j, spec.band, build.looks.band(starts=bool(spec.band)))
        build.put(sheet, BODY, j, None, build.looks.cell(spec.role, entered=False, starts=spec.begins))
    textual = [j for j, spec in enumerate(page.specs) if spec.role in TEXTUAL]
    if textual:
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(max(textual) + 1)}{MAX_ROW}"})
    sheet.freeze_panes(BODY, frozen)
    sheet.set_selection(BODY, 0, BODY, 0)
    in_view = _in_view(build, page.specs, known)
    widest = _WIDEST_GROUPS if page.record is schema.GROUPS else PAGE_WIDTH
    build.printed(sheet, (0, HEADER), in_view, frozen, _starts(build, page.specs[: len(in_view)]), widest)
    on_first_page = in_view[: sheet.vbreaks[0] if sheet.vbreaks else None]
    if len(on_first_page) > 1:  # an index may have any name: on paper, what is beyond the last column would be cut off
        title = build.looks.title(shrink=True)
        sheet.merge_range(0, 0, 0, len(on_first_page) - 1, None, title)
        build.put(sheet, 0, 0, page.sheet, title)
    _note(build, sheet, note, on_first_page)
    return sheet


def _in_view(build: Build, specs: Sequence[Spec], known: Mapping[str, Sequence[str]]) -> list[float]:
    """Widths of the columns that are not folded away."""
    return [width for spec, width in zip(specs, _widths(build, specs, known), strict=True) if spec.level <= 1]


def _starts(build: Build, specs: Sequence[Spec]) -> list[int]:
    """Columns at which those of another node begin, or scores of indicators of another dimension."""
    framework = build.contents.framework
    of = {one.code: data.dimension(framework, one) for one in framework.indicators}
    of |= {spec.node: spec.node for spec in specs if spec.level and spec.node}
    own = [of.get(spec.node or "") for spec in specs]
    return [j for j, name in enumerate(own) if name and own[j - 1] != name]


def _note(build: Build, sheet: Worksheet, note: str, in_view: Sequence[float]) -> None:
    # A recalculation writes a sentence or two and the note on the data here; on paper none of it may be cut off.
    look = build.looks.note(wrap=True)
    if len(in_view) > 1:
        sheet.merge_range(1, 0, 1, len(in_view) - 1, None, look)
    build.put(sheet, 1, 0, note, look)
    room = sum(in_view)
    text = "x" * _SENTENCES + str(build.contents.settings.get("source") or "")
    sheet.set_row(1, min(fit.n_lines(text, room), 6) * build.line + 4)


def _widths(build: Build, specs: Sequence[Spec], known: Mapping[str, Sequence[str]]) -> list[float]:
    """Widths by header, and by the texts that are known to come or else by role."""
    widths = []
    for spec in specs:
        name = build.contents.framework.node(spec.node).name if spec.level and spec.node else ""
        at_least = _NARROWEST if known.get(spec.key) else schema.ROLES[spec.role].width
        lines = 5 if spec.role == "normalised" else 3 if len(specs) > _FEW_COLUMNS else 1
        width = fit.header_width(spec.header, at_least, lines, name)
        widths.append(fit.column_width(known.get(spec.key, ()), width, _WIDEST_NAMES))
    return widths
