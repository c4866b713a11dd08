"""A new workbook's contents from a folder of CSV files: framework.csv, units.csv and, if there is one, data.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..errors import FileRefused, SheetErrors
from ..language import Lang, Text, joined, same
from ..model import typed
from ..model.framework import Framework
from ..model.method import PARAMETERS, settled
from ..model.records import suggested
from . import choices, layout, options, phrases, schema
from .book import Readable, Value
from .cells import LARGEST, choice_of, heading, plain_number, read_number, read_year
from .contents import Contents, InputTable
from .faults import Report
from .figures import OPTIONAL, as_typed
from .folder_files import found_in
from .keyed_table import KeyedTable, filled_rows, read_table
from .options import SettingValue
from .read_comparisons import comparisons_of
from .read_data import divided_or_multiplied, factors_of, further_columns, indicator_columns, unit_of, year_of
from .read_framework import checked, read_records
from .read_goalposts import read_goalposts
from .read_rules import input_tables, read_collecting
from .read_scenarios import input_table, read_scenarios
from .read_unit_weights import read_unit_weights
from .read_units import Units, read_units
from .text_file import TextBlock, read_block
from .word_list import input_table as words_table
from .words_table import of_sample

_DATA = schema.DATA.file
_HOT_WORDS = "hot_words.csv"  # of the sample alone
# By table: the record of what a file holds.
_FILES = {sheet.table: sheet for sheet in schema.INPUTS if sheet.file} | {_DATA: schema.DATA}
_NEEDED = tuple(sheet.table for sheet in schema.INPUTS if sheet.file and not sheet.optional)


def from_folder(folder: Traversable, lang: Lang, settings: Mapping[str, SettingValue], *, year: int) -> Contents:
    """Contents from a folder.

    Parameters
    ----------
    folder
        With framework.csv, units.csv and data.csv, headed as the sheets are, in either language or by the keys
        of `schema`; UTF-8, GB18030 or UTF-16, separated by commas, semicolons or tabs. Without data.csv every unit
        gets an empty row. comparisons.csv, for weighting by AHP, may be there too.
    lang
        Language of the workbook.
    settings
        Values as the code calls them, by key.
    year
        Year of the empty rows.

    Raises
    ------
    FileRefused
        Where the folder or a file is missing, empty or in no known encoding; names the file and what to do.
    SheetErrors
        Every fault, each with file and line.
    """
    report = _report()
    names = {name: sheet.file for name, sheet in _FILES.items()}
    return contents_of(_Folder(found_in(folder, names, _NEEDED, report), report), lang, settings, year, report)


def _report() -> Report:
    return Report(sheet.file for sheet in _FILES.values())


def sample(lang: Lang, settings: Mapping[str, SettingValue]) -> Contents:
    """Contents of the shipped sample: a reconstruction, and its settings say so."""
    home = files("bdindex_xl.sheets") / "sample"
    told = {"title": phrases.SAMPLE_TITLE, "source": phrases.SAMPLE_SOURCE, "tiers": phrases.SAMPLE_TIERS}
    own = {key: text[lang] for key, text in told.items()} | dict(settings)
    tables = {name: home / lang / sheet.file for name, sheet in _FILES.items()} | {_DATA: home / _DATA}
    there = {name: file for name, file in tables.items() if file.is_file()}
    report = _report()
    found = contents_of(_Folder(there, report), lang, own, 0, report)
    return found._replace(hot_words=of_sample((home / _HOT_WORDS).read_text("utf-8"), lang))


class _Folder(Readable):
    """The files of a folder."""

    def __init__(self, files: Mapping[str, Traversable], report: Report) -> None:
        self._blocks: dict[str, TextBlock] = {}
        for name, file in files.items():
            self._blocks[name] = read_block(file, name, _FILES[name].columns, report, closed=not _FILES[name].further)

    def tables(self) -> Mapping[str, str]:
        return {name: block.sheet for name, block in self._blocks.items()}

    def read(self, table: str) -> TextBlock:
        return self._blocks[table]

    def header(self, table: str) -> tuple[str, ...]:
        return tuple(self._blocks[table].header)

    def formulas(self, table: str) -> tuple[tuple[int, int], ...]:
        return ()


def contents_of(
    book: Readable, lang: Lang, settings: Mapping[str, SettingValue], year: int, report: Report
) -> Contents:
    """Contents from tables under the names of `schema`, whatever holds them; `year` is that of empty rows.

    Raises SheetErrors with every fault.
    """
    framework = _framework(book, report)
    units = read_units(book, report)
    data: dict[str, InputTable] = {}
    if framework is not None and units is not None:
        there = _DATA in book.tables()
        data = _data(book, units, framework, lang, report) if there else _empty_data(units, framework, lang, year)
    figures = _figures(book, lang, report)
    collecting = None if framework is None else read_collecting(book, framework.nodes, report)
    words = words_table(book, figures, lang, report)
    weights = _unit_weights(book, framework, units, lang, report)
    scenarios = _scenarios(book, lang, settings, report)
    if report.has_faults or framework is None or units is None:
        raise SheetErrors(report.findings)
    settings = {"title": framework.root.name, "language": lang, "change_colours": _COLOURS[lang]} | settled(settings)
    tables = figures, *input_tables(collecting, lang), words, weights, scenarios
    return Contents(lang, settings, framework, _units(units, lang), data, report.findings, *tables)


def _scenarios(book: Readable, lang: Lang, settings: Mapping[str, SettingValue], report: Report) -> InputTable | None:
    own = options.Settings.of(options.DEFAULTS.by_key() | settled(settings))
    found = read_scenarios(book, own, report)
    return input_table(found, lang) if found else None


_COLOURS = {"zh": "red up", "en": "green up"}  # what readers of each language expect of a rise


def _framework(book: Readable, report: Report) -> Framework | None:
    framework = checked(*read_records(book, report), report)
    if framework is not None:
        framework = replace(framework, goalposts_by_year=read_goalposts(book, framework, report))
    if schema.PAIRWISE.table not in book.tables():
        return framework
    table = read_table(book, schema.PAIRWISE.table, schema.PAIRWISE.columns, report)
    if framework is None or table is None or len(table.places) < len(schema.PAIRWISE.columns):
        return framework
    return replace(framework, comparisons=comparisons_of(table, framework, report))


def _figures(book: Readable, lang: Lang, report: Report) -> InputTable | None:
    if schema.FIGURES.table not in book.tables():
        return None
    table = read_table(book, schema.FIGURES.table, schema.FIGURES.columns, report, OPTIONAL)
    return as_typed(table, lang, report) if table is not None else None


def _unit_weights(
    book: Readable, framework: Framework | None, units: Units | None, lang: Lang, report: Report
) -> InputTable | None:
    found = read_unit_weights(book, framework, units, report)
    if not found:
        return None
    header = tuple(column.header[lang] for column in schema.UNIT_WEIGHTS.columns)
    return InputTable(header, [(one.unit, one.code, one.weight) for one in found])


def _value(table: KeyedTable, i: int, j: int, report: Report) -> Value:
    """A number where the text is one, else the text, for the data check to judge."""
    value: Value = table.block.columns[j][i]
    if not isinstance(value, str):
        return value
    text = str(value)
    number = plain_number(text)
    if number is not None and abs(number) < LARGEST:
        return number
    reading = read_number(text)
    if reading.kind == "value number text":
        report.add(reading.kind, table.block.sheet, table.block.cell(i, j), **reading.parts)
        return reading.number
    return text if reading.kind else None


def _units(units: Units, lang: Lang) -> InputTable:
    header = (*(column.header[lang] for column in schema.UNITS.columns), *units.group_names)
    ranking_of = {code: ranking for ranking, members in units.rankings.items() for code in members}
    rows = [
        (code, units.rankings[ranking_of[code]][code], schema.ranking_label(ranking_of[code])[lang], *groups)
        for code, groups in units.groups.items()
    ]
    if units.tiles:
        header = (*header, schema.TILE.header[lang])
        rows = [(*row, ",".join(map(str, units.tiles.get(row[0], ())))) for row in rows]
    if units.screening:
        header = (*header, schema.SCREENING.header[lang])
        shown = {key: text[lang] for key, text in choices.SCREENING.items()}
        rows = [(*row, shown.get(units.screening.get(row[0], ""), "")) for row in rows]
    return InputTable(header, rows)


def _further(framework: Framework) -> tuple[str, ...]:
    """Headers of the data's columns beside the indicators."""
    return divided_or_multiplied(framework.indicators, factors_of(framework))


def _header(framework: Framework, lang: Lang) -> tuple[str, ...]:
    indicators = (spec.header for spec in layout.specs(schema.NORMALISED, framework, lang) if spec.node)
    own = (column.header[lang] for column in schema.DATA.columns)
    return (*own, *indicators, *_further(framework))


def _empty_data(units: Units, framework: Framework, lang: Lang, year: int) -> dict[str, InputTable]:
    blanks = [None] * (len(framework.indicators) + len(_further(framework)))
    return {
        ranking: InputTable(_header(framework, lang), [(year, code, name, *blanks) for code, name in members.items()])
        for ranking, members in units.rankings.items()
    }


def _data(book: Readable, units: Units, framework: Framework, lang: Lang, report: Report) -> dict[str, InputTable]:
    """Rows of each ranking, values as they are to stand on its sheet."""
    table = read_table(book, _DATA, schema.DATA.columns, report, ("name",), further=True)
    if table is None or not {"year", "unit"} <= set(table.places):
        return {}
    further = _further(framework)
    found = [
        *indicator_columns(table, framework.indicators, report, further),
        *further_columns(table, further, report),
    ]
    places = [j for j in found if j is not None]
    tables: dict[str, list[tuple[Value, ...]]] = {ranking: [] for ranking in units.rankings}
    for i in filled_rows(table):
        year_of(table, i, report)
        code, ranking = unit_of(table, i, None, units, report)
        if code and ranking:
            values = (_value(table, i, j, report) for j in places)
            name = units.rankings[ranking][code]
            tables[ranking].append((table.column("year")[i], code, name, *values))
    header = _header(framework, lang)
    return {ranking: InputTable(header, rows) for ranking, rows in tables.items()}


def parse_setting(text: str) -> tuple[str, str | float]:
    """``KEY=VALUE`` as a setting, in either language.

    >>> parse_setting("赋权方法=等权"), parse_setting("min_available=0.5")
    (('weighting', 'equal'), ('min_available', 0.5))
    """
    name, sign, value = text.partition("=")
    if not sign:
        raise FileRefused(_NO_VALUE.format(text=text))
    for setting in options.SETTINGS_ROWS:
        if heading(name) in {heading(setting.key), *(heading(label) for label in setting.label.both())}:
            return setting.key, _setting(setting, value.strip())
    known = joined([same(setting.key) for setting in options.SETTINGS_ROWS])
    labels = [label for setting in options.SETTINGS_ROWS for label in (setting.key, *setting.label.both())]
    raise FileRefused(_NO_SETTING.format(known=known, name=name or text, meant=suggested(name, labels)))


_NO_VALUE = Text("设置应写作“设置项=取值”，实为“{text}”", "expected KEY=VALUE, found “{text}”")
_NO_SETTING = Text(
    "设置项应为 {known} 之一，实为 {name}{meant}", "expected a setting, one of {known}, found {name}{meant}"
)
_UNSEEN = Text(
    "{key} 应为可以显示的文字，实有控制字符 {found}",
    "{key}: expected a text that can be shown, found the control character {found}",
)


def _setting(setting: options.Setting, value: str) -> str | float:
    if unseen := typed.control(value):
        raise FileRefused(_UNSEEN.format(key=setting.key, found=unseen))
    chosen = choice_of(setting.readable, value)
    if chosen is not None:
        return chosen
    number = read_number(value).number
    if setting.limits and setting.allows(number):
        return number
    if not value and setting.limits and setting.default == "":
        return ""
    year, _ = read_year(value)
    if setting.key == "year" and year is not None:
        return year
    if setting.choices is None and setting.limits is None:
        return value
    expected = joined([same(code) for code in setting.choices]) if setting.choices else PARAMETERS[setting.key].expected
    meant = suggested(value, [name for code, text in (setting.choices or {}).items() for name in (code, *text.both())])
    text = Text("{key} 应为 {expected}，实为 {value}{meant}", "{key}: expected {expected}, found {value}{meant}")
    raise FileRefused(text.format(key=setting.key, expected=expected, value=value or "∅", meant=meant))
