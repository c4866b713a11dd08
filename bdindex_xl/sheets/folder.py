"""A new workbook's contents from a folder of CSV files: framework.csv, units.csv and, if there is one, data.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..errors import FileRefused, FrameworkError
from ..language import Lang, Text, joined, same
from ..method import settled
from ..model import Framework
from . import choices, layout, options, phrases, schema
from .book import Value
from .cells import LARGEST, choice_of, heading, plain_number, read_number, read_text, read_year
from .contents import Contents, Table
from .read_data import denominators
from .schema import Column

Settings = Mapping[str, str | float]


def from_folder(folder: Traversable, lang: Lang, settings: Settings, *, year: int) -> Contents:
    """Contents from a folder.

    Parameters
    ----------
    folder
        With framework.csv, units.csv and data.csv, headed as the sheets are, in either language or by the keys
        of `schema`; UTF-8 or GB18030. Without data.csv every unit gets an empty row. comparisons.csv, for weighting
        by AHP, may be there too.
    lang
        Language of the workbook.
    settings
        Values as the code calls them, by key.
    year
        Year of the empty rows.

    Raises
    ------
    FileRefused
        Where a file is missing, cannot be read, or does not fit the others; names the file and what to do.
    FrameworkError
        Where framework.csv is not a framework.
    """
    csvs = {name: _rows(folder / name) for name in ("framework.csv", "units.csv")}
    data = folder / "data.csv"
    rows = _rows(data) if data.is_file() else None
    compared = folder / "comparisons.csv"
    pairs = _rows(compared) if compared.is_file() else None
    return _contents(csvs["framework.csv"], csvs["units.csv"], rows, lang, settings, year, pairs)


def sample(lang: Lang, settings: Settings) -> Contents:
    """Contents of the shipped sample: a reconstruction, and its settings say so."""
    home = files("bdindex_xl") / "sample"
    own = {"title": phrases.SAMPLE_TITLE[lang], "source": phrases.SAMPLE_SOURCE[lang]} | dict(settings)
    tables = [_rows(home / lang / name) for name in ("framework.csv", "units.csv")]
    return _contents(tables[0], tables[1], _rows(home / "data.csv"), lang, own, year=0)


def parse_setting(text: str) -> tuple[str, str | float]:
    """``KEY=VALUE`` as a setting, in either language.

    >>> parse_setting("赋权方法=等权"), parse_setting("min_available=0.5")
    (('weighting', 'equal'), ('min_available', 0.5))
    """
    name, _, value = text.partition("=")
    for setting in options.SETTINGS_ROWS:
        if heading(name) in {heading(setting.key), *(heading(label) for label in setting.label.both())}:
            return setting.key, _setting(setting, value.strip())
    known = joined([same(setting.key) for setting in options.SETTINGS_ROWS])
    text_ = Text("设置项应为 {known} 之一，实为 {name}", "expected a setting, one of {known}, found {name}")
    raise FileRefused(text_.format(known=known, name=name or text))


def _setting(setting: options.Setting, value: str) -> str | float:
    chosen = choice_of(setting.readable, value)
    if chosen is not None:
        return chosen
    number = read_number(value).number
    if setting.limits and setting.limits[0] <= number <= setting.limits[1]:
        return number
    year, _ = read_year(value)
    if setting.key == "year" and year is not None:
        return year
    if setting.choices is None and setting.limits is None:
        return value
    least, most = setting.limits or (0.0, 0.0)
    expected = (
        joined([same(code) for code in setting.choices])
        if setting.choices
        else Text(f"{least:g} 到 {most:g} 的数", f"a number from {least:g} to {most:g}")
    )
    text = Text("{key} 应为 {expected}，实为 {value}", "{key}: expected {expected}, found {value}")
    raise FileRefused(text.format(key=setting.key, expected=expected, value=value or "∅"))


def _rows(file: Traversable) -> list[list[str]]:
    """Rows of a CSV file, without blank ones."""
    try:
        raw = file.read_bytes()
    except OSError:
        text = Text(
            "应有文件 {file}，实无；请把它放入该文件夹", "expected the file {file}, found none; put it into the folder"
        )
        raise FileRefused(text.format(file=file)) from None
    for encoding in ("utf-8-sig", "gb18030"):  # Excel in China saves CSV in the latter
        try:
            rows = list(csv.reader(io.StringIO(raw.decode(encoding), newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        if rows:
            return [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows]
    text = Text(
        "{file} 应为 UTF-8 或 GB18030 编码的 CSV 文件，实非",
        "{file}: expected a CSV file in UTF-8 or GB18030, found something else",
    )
    raise FileRefused(text.format(file=file))


def _contents(
    framework_rows: Sequence[Sequence[str]],
    unit_rows: Sequence[Sequence[str]],
    data_rows: Sequence[Sequence[str]] | None,
    lang: Lang,
    settings: Settings,
    year: int,
    comparison_rows: Sequence[Sequence[str]] | None = None,
) -> Contents:
    framework = _framework(framework_rows, comparison_rows)
    units = _units(unit_rows, lang)
    data = _data(data_rows, units, framework, lang) if data_rows else _empty_data(units, framework, lang, year)
    settings = {"title": framework.root.name, "language": lang, "change_colours": _COLOURS[lang]} | settled(settings)
    return Contents(lang, settings, framework, units, data)


_COLOURS = {"zh": "red up", "en": "green up"}  # what readers of each language expect of a rise


def _places(header: Sequence[str], columns: Iterable[Column], file: str, optional: Sequence[str]) -> dict[str, int]:
    """Place of each column in a CSV file's header."""
    headings = [heading(text) for text in header]
    places = {}
    for column in columns:
        names = {heading(column.key), *(heading(text) for text in column.header.both())}
        found = [j for j, text in enumerate(headings) if text in names]
        if found:
            places[column.key] = found[0]
        elif column.key not in optional:
            text = Text(
                "{file} 应有“{key}”列（{header}），实无", "{file}: expected a column “{key}” ({header}), found none"
            )
            raise FileRefused(text.format(file=file, key=column.key, header=column.header))
    return places


def _framework(rows: Sequence[Sequence[str]], compared: Sequence[Sequence[str]] | None) -> Framework:
    optional = tuple(column.key for column in schema.FRAMEWORK_COLUMNS if column.key not in ("code", "parent"))
    places = _places(rows[0], schema.FRAMEWORK_COLUMNS, "framework.csv", optional)
    records = [{key: _plain(key, row[j]) for key, j in places.items()} for row in rows[1:]]
    at = _places(compared[0], schema.PAIRWISE_COLUMNS, "comparisons.csv", ()) if compared else {}
    pairs = [tuple(row[at[key]].strip() for key in ("first", "second", "ratio")) for row in (compared or ())[1:]]
    try:
        return Framework.from_records(records, [(a, b, plain_number(ratio) or 0.0) for a, b, ratio in pairs])
    except FrameworkError as error:
        raise FrameworkError(Text("framework.csv：{why}", "framework.csv: {why}").format(why=error.message)) from None


def _plain(key: str, text: str) -> str | float | None:
    if key in ("weight", "lower", "upper", "target"):
        return _value(text)  # type: ignore[return-value]
    if key in choices.OF_FRAMEWORK:
        return choice_of(choices.OF_FRAMEWORK[key], text) or text
    if key == "direction":
        for direction, label in schema.DIRECTIONS.items():
            if heading(text) in {str(direction), f"{direction:+d}", *(heading(name) for name in label.both())}:
                return direction
    return text


def _value(text: str) -> Value:
    """A number where the text is one, else the text, for the data check to judge."""
    number = plain_number(text)
    if number is not None and abs(number) < LARGEST:
        return number
    reading = read_number(text)
    if reading.kind in ("", "value number text"):
        return None if not text.strip() else reading.number
    return text


def _units(rows: Sequence[Sequence[str]], lang: Lang) -> Table:
    places = _places(rows[0], schema.UNITS_COLUMNS, "units.csv", ())
    rest = [j for j in range(len(rows[0])) if j not in places.values() and rows[0][j].strip()]
    header = (*(column.header[lang] for column in schema.UNITS_COLUMNS), *(rows[0][j].strip() for j in rest))
    own = [places[column.key] for column in schema.UNITS_COLUMNS]

    def cells(row: Sequence[str]) -> tuple[str, ...]:
        code, name, ranking = (row[j].strip() for j in own)
        label = schema.ranking_label(schema.ranking_key(ranking))[lang]
        return code, name, label, *(row[j].strip() for j in rest)

    return Table(header, [cells(row) for row in rows[1:]])


def _header(framework: Framework, lang: Lang) -> tuple[str, ...]:
    indicators = (spec.header for spec in layout.normalised(framework, lang) if spec.node)
    own = (column.header[lang] for column in schema.DATA_COLUMNS)
    return (*own, *indicators, *denominators(framework.indicators))


def _members(units: Table) -> dict[str, dict[str, str]]:
    """Names of units by code, by ranking."""
    rankings: dict[str, dict[str, str]] = {}
    for code, name, label, *_ in units.rows:
        rankings.setdefault(schema.ranking_key(str(label)), {})[str(code)] = str(name)
    return rankings


def _empty_data(units: Table, framework: Framework, lang: Lang, year: int) -> dict[str, Table]:
    blanks = [None] * (len(framework.indicators) + len(denominators(framework.indicators)))
    return {
        ranking: Table(_header(framework, lang), [(year, code, name, *blanks) for code, name in members.items()])
        for ranking, members in _members(units).items()
    }


def _data(rows: Sequence[Sequence[str]], units: Table, framework: Framework, lang: Lang) -> dict[str, Table]:
    places = _places(rows[0], schema.DATA_COLUMNS, "data.csv", ("name",))
    by_heading = {heading(text): j for j, text in enumerate(rows[0]) if j not in places.values()}
    at = []
    divisors = [(header, header) for header in denominators(framework.indicators)]
    for code, name in (*((i.code, i.name) for i in framework.indicators), *divisors):
        j = by_heading.get(heading(code), by_heading.get(heading(name)))
        if j is None:
            text = Text(
                "data.csv 应有指标列“{code}”（{name}），实无",
                "data.csv: expected a column “{code}” ({name}), found none",
            )
            raise FileRefused(text.format(code=code, name=name))
        at.append(j)
    rankings = _members(units)
    ranking_of = {code: ranking for ranking, members in rankings.items() for code in members}
    tables: dict[str, list[tuple[Value, ...]]] = {ranking: [] for ranking in rankings}
    for n, row in enumerate(rows[1:], start=2):
        code = read_text(row[places["unit"]])
        if code not in ranking_of:
            text = Text(
                "data.csv 第 {n} 行：地区代码应为 units.csv 中的代码，实为“{code}”",
                "data.csv, row {n}: expected a code of units.csv, found “{code}”",
            )
            raise FileRefused(text.format(n=n, code=code))
        ranking = ranking_of[code]
        year = _value(row[places["year"]])
        tables[ranking].append((year, code, rankings[ranking][code], *(_value(row[j]) for j in at)))
    header = _header(framework, lang)
    return {ranking: Table(header, rows) for ranking, rows in tables.items()}
