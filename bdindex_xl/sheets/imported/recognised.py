"""Which program a workbook comes from, and its contents as those of a new workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...errors import FileRefused, SheetErrors
from ...language import Lang, Text, joined, same
from .. import options, schema
from ..cells import heading
from ..contents import Contents
from ..faults import Report
from ..folder import contents_of
from ..options import SettingValue
from .coin_tool import from_coin_tool
from .coinr import from_coinr
from .foreign_book import ForeignSheets, Imported


def from_workbook(book: ForeignSheets, lang: Lang, settings: Mapping[str, SettingValue], *, year: int) -> Contents:
    """Contents from a workbook of COINr or of the COIN Tool.

    Parameters
    ----------
    book
        The workbook.
    lang
        Language of the new workbook.
    settings
        Values as the code calls them, by key; for all others, those of the other program.
    year
        Year of data that have none, unless the settings name one.

    Raises
    ------
    FileRefused
        Where it is a workbook of neither; says what was looked for, and which sheets there are.
    SheetErrors
        Every fault, each with sheet and cell.
    """
    report = Report(book.sheets())
    chosen = settings.get("year")
    year = int(chosen) if isinstance(chosen, int | float) else year
    found, read = _found(book, lang, year, report)
    if found is None:
        raise SheetErrors(report.findings)
    made = {key: value for key, value in found.settings.items() if key not in settings}
    report.add("import methods", read[0], taken=joined([_told(key, value) for key, value in made.items()], "；", "; "))
    _tell_others(book, read, report)
    return contents_of(found.book, lang, {**made, **settings}, year, report)


def _found(book: ForeignSheets, lang: Lang, year: int, report: Report) -> tuple[Imported | None, list[str]]:
    """The tables, or None with the faults reported; and the sheets they are on, the framework's first."""
    there = {heading(name): name for name in book.sheets()}
    for names in schema.COINR_SHEETS:
        wanted = [name for name in (names.framework, names.data, names.units) if name]
        if all(heading(name) in there for name in wanted):
            own = [there[heading(name)] for name in wanted]
            return from_coinr(book, schema.CoinrSheets(*own), lang, year, report), own
    wanted = [schema.COIN_TOOL_DATA, schema.COIN_TOOL_FRAMEWORK]
    if all(heading(name) in there for name in wanted):
        own = [there[heading(name)] for name in wanted]
        return from_coin_tool(book, own, lang, year, report), own
    raise FileRefused(_unknown(book.sheets()), rule="not a known workbook")


def _unknown(sheets: Sequence[str]) -> Text:
    looked = [[name for name in (s.framework, s.data, s.units) if name] for s in schema.COINR_SHEETS]
    looked.append([schema.COIN_TOOL_DATA, schema.COIN_TOOL_FRAMEWORK])
    first, second, third = (joined([same(f"“{name}”") for name in one], "、", ", ") for one in looked)
    found = joined([same(f"“{name}”") for name in sheets[:_SHOWN]])
    more = Text(" 等", " …") if len(sheets) > _SHOWN else Text("", "")
    return _UNKNOWN.format(first=first, second=second, third=third, found=found, more=more)


_SHOWN = 12  # sheets named where none is known
_UNKNOWN = Text(
    "应有 COINr 导出的工作表 {first}，或 COINr 的输入表 {second}，或 COIN Tool 的工作表 {third}，"
    "实有工作表 {found}{more}",
    "expected the sheets {first} of an export of COINr, or {second} that COINr takes, or {third} of the COIN Tool, "
    "found the sheets {found}{more}",
)


def _told(key: str, value: str | float) -> Text:
    setting = next(one for one in options.SETTINGS_ROWS if one.key == key)
    return _SETTING.format(
        label=setting.label,
        value=(setting.choices or {}).get(str(value), same(f"{value:g}" if isinstance(value, float) else value)),
    )


_SETTING = Text("{label}={value}", "{label} = {value}")


def _tell_others(book: ForeignSheets, read: Sequence[str], report: Report) -> None:
    """Sheets that nothing is made of."""
    known = {heading(name) for name in (*read, *schema.COINR_REPEATED)}
    results = {heading(name) for name in schema.COINR_RESULTS}
    is_export = heading(schema.COINR_SHEETS[0].framework) in known
    others = []
    for name in book.sheets():
        form = heading(name)
        if form in known:
            continue
        if not is_export:
            others.append(name)
        elif form in results:
            report.add("import sheet of results", name)
        elif form.startswith(heading(schema.COINR_DATA)):
            report.add("import sheet of a step", name, raw=read[1])
        elif form.startswith(heading(schema.COINR_WEIGHTS)):
            report.add("import sheet of weights", name, framework=read[0])
        elif form.startswith(tuple(map(heading, schema.COINR_METHODS))):
            report.add("import sheet of methods", name)
        else:
            others.append(name)
    if others:
        listed = joined([same(f"“{name}”") for name in read])
        report.add("import sheets unread", known=listed, found=joined([same(f"“{name}”") for name in others]))
