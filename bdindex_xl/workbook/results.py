"""Result sheets. Each table has one blank row, whose styles a recalculation gives to all rows it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.color import Color
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..errors import Severity
from ..language import Text
from ..sheets import layout, options, schema
from ..sheets.book import column_letters
from ..sheets.layout import Spec
from . import data, fit, styles
from . import sheet_texts as texts
from .build import Build

BAND, HEADER, BODY = 2, 3, 4  # rows, counted from 0
_NARROWEST = 10.0  # width of a column of short texts
_ON_ONE_PAGE = 45  # units that a page of A4 across shows legibly
_FEW_COLUMNS = 9  # of tables whose headers are one line high
_SENTENCES = 130  # width of what a note says beside the note on the data


@dataclass(frozen=True, slots=True)
class Page:
    """A result sheet: its name, its table, the table's columns, and how many columns stay in view."""

    sheet: str
    table: str
    specs: Sequence[Spec]
    frozen: int
    note: Text = texts.TO_CALCULATE
    tab: Color = styles.TAB_RESULT


def ranking(build: Build, key: str) -> None:
    """Ranking of one set of units: the index and its dimensions in view, lower levels folded away beside them."""
    specs = layout.ranking(build.contents.framework, build.lang)
    page = Page(build.names.ranking[key], schema.table_of(schema.TABLE_RANKING, key), specs, frozen=2)
    table = build.contents.units
    own = [column.key for column in schema.UNITS_COLUMNS]
    in_it = (row for row in table.rows if schema.ranking_key(str(row[own.index("ranking")])) == key)
    names = [str(row[own.index("name")]) for row in in_it]
    sheet = _scores(build, page, {"unit": names})
    if len(names) <= _ON_ONE_PAGE and not sheet.vbreaks:
        sheet.fit_to_pages(1, 1)
    _condition(build, sheet, 0, 1, f"=AND(ISNUMBER($A{BODY + 1}),$A{BODY + 1}<=3)", build.looks.strong())


def groups(build: Build) -> None:
    """Ranking of groups, for every group column."""
    specs = layout.groups(build.contents.framework, build.lang)
    page = Page(schema.GROUPS[build.lang], schema.TABLE_GROUPS, specs, frozen=3)
    table, n_own = build.contents.units, len(schema.UNITS_COLUMNS)
    names = {str(row[j]) for row in table.rows for j in range(n_own, len(table.header)) if row[j] is not None}
    rankings = [schema.ranking_label(key)[build.lang] for key in build.contents.data]
    sheet = _scores(build, page, {"grouping": table.header[n_own:], "group": sorted(names), "ranking": rankings})
    another = f"=$A{BODY + 1}&$B{BODY + 1}<>$A{BODY}&$B{BODY}"
    _condition(build, sheet, 0, len(specs) - 1, another, build.looks.begins())


def weights(build: Build) -> None:
    """Weights within each parent, and in the index."""
    page = Page(schema.WEIGHTS[build.lang], schema.TABLE_WEIGHTS, layout.weights(build.lang), frozen=0)
    names = [node.name for node in build.contents.framework.nodes]
    _table(build, page, {"parent_name": names, "child_name": names}, landscape=False)


def normalised(build: Build) -> None:
    """Normalised scores of every indicator."""
    specs = layout.normalised(build.contents.framework, build.lang)
    page = Page(schema.NORMALISED[build.lang], schema.TABLE_NORMALISED, specs, len(schema.NORMALISED_COLUMNS))
    names = [str(row[1]) for row in build.contents.units.rows]
    _table(build, page, {"name": names}, landscape=True)


def treated(build: Build) -> None:
    """Values that were not scored as they stand."""
    specs = layout.fixed(schema.TREATED_COLUMNS, build.lang)
    page = Page(schema.TREATED[build.lang], schema.TABLE_TREATED, specs, 4)
    names = [str(row[1]) for row in build.contents.units.rows]
    indicators = [indicator.name for indicator in build.contents.framework.indicators]
    _table(build, page, {"name": names, "indicator": indicators}, landscape=True)


def robustness(build: Build) -> None:
    """Ranks under other reasonable choices."""
    _analysis(build, schema.ROBUSTNESS, schema.TABLE_ROBUSTNESS, 3, texts.TO_ANALYSE)


def sensitivity(build: Build) -> None:
    """What moves the ranking."""
    _analysis(build, schema.SENSITIVITY, schema.TABLE_SENSITIVITY, 3, texts.TO_ANALYSE)


def audit(build: Build) -> None:
    """What to look at in the indicators."""
    _analysis(build, schema.AUDIT, schema.TABLE_AUDIT, 4, texts.TO_AUDIT)


def statistics(build: Build) -> None:
    """Statistics of indicators and units."""
    _analysis(build, schema.STATISTICS, schema.TABLE_STATISTICS, 5, texts.TO_AUDIT)


def explanation(build: Build) -> None:
    """Why chosen units stand where they do."""
    _analysis(build, schema.EXPLANATION, schema.TABLE_EXPLANATION, 2, texts.TO_EXPLAIN)


def _analysis(build: Build, sheet: Text, table: str, frozen: int, note: Text) -> None:
    """A sheet to be filled by an analysis, which may come to name any node; hidden until then. One page across,
    whatever its width."""
    specs = layout.fixed(schema.ANALYSES[table], build.lang)
    nodes = [node.name for node in build.contents.framework.nodes]
    units = [str(row[1]) for row in build.contents.units.rows]
    of_unit = {"unit": units} if table != schema.TABLE_EXPLANATION else {}
    names = units if table == schema.TABLE_EXPLANATION else nodes
    rankings = [schema.ranking_label(key)[build.lang] for key in build.contents.data]
    known = {"name": names, "what": nodes, "indicator": nodes, "kind": [_LONGEST_KIND[build.lang]]} | of_unit
    known |= {"ranking": rankings, "inputs": [_FINGERPRINT]}
    made = _table(build, Page(sheet[build.lang], table, specs, frozen, note), known, landscape=True)
    made.fit_to_pages(1, 0)
    made.hide()


_FINGERPRINT = "0:0123456789ab"  # as wide as those of inputs
_LONGEST_KIND = Text("不确定来源", "source of uncertainty")


def check(build: Build) -> None:
    """What was found in the data; the look of a row follows its severity."""
    specs = layout.fixed(schema.CHECK_COLUMNS, build.lang)
    page = Page(schema.CHECK[build.lang], schema.TABLE_CHECK, specs, 0, texts.CHECK_NOTE, styles.TAB_CHECK)
    sheet = _table(build, page, {"sheet": list(build.names.data.values())}, landscape=True)
    looks = {Severity.FAULT: build.looks.fault(), Severity.WARNING: build.looks.warning(),
             Severity.NOTE: build.looks.quiet()}  # fmt: skip
    for severity, look in looks.items():
        labels = ",".join(f'$A{BODY + 1}="{label}"' for label in schema.SEVERITIES[severity].both())
        _condition(build, sheet, 0, len(specs) - 1, f"=OR({labels})", look)


def log(build: Build) -> None:
    """One row a recalculation."""
    specs = layout.fixed(schema.LOG_COLUMNS, build.lang)
    page = Page(schema.LOG[build.lang], schema.TABLE_LOG, specs, 0, texts.LOG_NOTE, styles.TAB_CHECK)
    _table(build, page, {}, landscape=True)


def _scores(build: Build, page: Page, known: Mapping[str, Sequence[str]]) -> Worksheet:
    sheet = _table(build, page, known, landscape=True)
    shallow = max(j for j, spec in enumerate(page.specs) if spec.level <= 1)
    if shallow + 1 < len(page.specs):
        sheet.outline_settings(symbols_right=False)
        width = _widths(page.specs, known)
        for j in range(shallow, len(page.specs)):
            folded = {"level": 1, "hidden": True} if j > shallow else {"collapsed": True}
            sheet.set_column(j, j, width[j], None, folded)
    for j, spec in enumerate(page.specs):
        if spec.role == "rank change":
            change_colours(build, sheet, BODY, j)
        elif spec.role == "score" and spec.level <= 1:
            sheet.conditional_format(BODY, j, BODY, j, {
                "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_no_border": True, "min_type": "num",
                "max_type": "num", "min_value": 0, "max_value": 100, "bar_color": styles.BAR,
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
        (f"=OR(ISTEXT({cell}),{cell}=0)", looks.quiet()),
    ):
        sheet.conditional_format(row, column, row, column, {"type": "formula", "criteria": formula, "format": look})


def _condition(build: Build, sheet: Worksheet, first: int, last: int, formula: str, look: Format) -> None:
    sheet.conditional_format(BODY, first, BODY, last, {"type": "formula", "criteria": formula, "format": look})


def _table(build: Build, page: Page, known: Mapping[str, Sequence[str]], *, landscape: bool) -> Worksheet:
    """Heading, table with its blank row, names, frozen panes and print set-up of a result sheet."""
    sheet = build.sheet(page.sheet, page.tab, landscape=landscape)
    build.heading(sheet, page.sheet, page.note[build.lang], page.table)
    header, widths = [spec.header for spec in page.specs], _widths(page.specs, known)
    build.header_height(sheet, HEADER, header, widths)
    build.table(sheet, page.table, HEADER, header, [spec.role for spec in page.specs], 0)
    for j, spec in enumerate(page.specs):
        sheet.set_column(j, j, widths[j])
        starts = bool(spec.band)
        if spec.level:
            build.put(sheet, BAND, j, spec.band, build.looks.band(starts=starts))
        build.put(sheet, BODY, j, None, build.looks.cell(spec.role, entered=False, starts=starts))
    textual = [j for j, spec in enumerate(page.specs) if spec.role in styles.TEXTUAL]
    if textual:
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(max(textual) + 1)}1048576"})
    sheet.freeze_panes(BODY, page.frozen)
    sheet.set_selection(BODY, 0, BODY, 0)
    in_view = [width for spec, width in zip(page.specs, widths, strict=True) if spec.level <= 1]
    build.printed(sheet, (0, HEADER), in_view, page.frozen, _starts(build, page.specs[: len(in_view)]))
    on_first_page = in_view[: sheet.vbreaks[0] if sheet.vbreaks else None]
    if len(on_first_page) > 1:  # an index may have any name: on paper, what is beyond the last column would be cut off
        title = build.looks.title(shrink=True)
        sheet.merge_range(0, 0, 0, len(on_first_page) - 1, None, title)
        build.put(sheet, 0, 0, page.sheet, title)
    _note(build, sheet, page.note[build.lang], on_first_page)
    return sheet


def _starts(build: Build, specs: Sequence[Spec]) -> list[int]:
    """Columns at which those of another node begin, or scores of indicators of another dimension."""
    framework = build.contents.framework
    of = {one.code: data.dimension(framework, one) for one in framework.indicators}
    own = [of.get(spec.node or "", spec.band) for spec in specs]
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


def _widths(specs: Sequence[Spec], known: Mapping[str, Sequence[str]]) -> list[float]:
    """Widths by header, and by the texts that are known to come or else by role."""
    widths, name = [], ""
    for spec in specs:
        name = spec.band or name
        at_least = _NARROWEST if known.get(spec.key) else schema.ROLES[spec.role].width
        lines = 5 if spec.role == "normalised" else 3 if len(specs) > _FEW_COLUMNS else 1
        width = fit.header_width(spec.header, at_least, lines)
        if spec.level and fit.breaks_after(spec.header, name):
            width = fit.width_to_break(name)
        widths.append(fit.column_width(known.get(spec.key, ()), width))
    return widths
