"""The finished file: XlsxWriter's parts, a macro workbook's content type, further parts, and fixed times."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..language import Lang
from ..sheets import schema
from ..sheets.contents import Contents
from ..sheets.layout import one_line
from . import pages, shared_texts, theme
from . import sheet_texts as texts
from .build import Build
from .function_prefixes import PreparingSheet
from .macro_parts import Macros, Part, ours
from .sheet_names import SheetNames
from .styles import Looks

_TIME = (2024, 1, 1, 0, 0, 0)  # of every part, so that the same contents give the same bytes
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_GUIDE = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_RELATIONS = "_rels/.rels"


# Excel 2019 and later: a file of an earlier one would be calculated anew when opened, and where macros are blocked
# the worksheet functions in it would show errors in place of their values.
_CALCULATED_BY = 191029


def make(contents: Contents, macros: Macros | None = None) -> bytes:
    """A complete .xlsm: inputs filled, result tables with one blank row each, for a recalculation to fill.

    Parameters
    ----------
    contents
        Everything a user would have typed.
    macros
        VBA project and ribbon; ours where none are given.

    Raises
    ------
    BdIndexError
        Where contents do not fit into a workbook: more rows than a sheet has, a text too long for a cell.
    """
    macros = macros or ours(contents.lang)
    return _packed(_written(contents, macros), macros.parts, _MACRO_TYPE)


class _Sheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter looks through a formula for each of some hundred functions whenever it meets it: once is enough."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return _prepared(formula, expand_future_functions)


@lru_cache(maxsize=4096)
def _prepared(formula: str, expand: bool) -> str:
    found: str = Worksheet()._prepare_formula(formula, expand)
    return found


def begun(file: io.BytesIO, title: str, lang: Lang) -> Workbook:
    """A workbook without sheets, with our theme and faces, that tells neither when nor where it was made."""
    faces = theme.FACES[lang]
    # Without its theme's face named, XlsxWriter takes the default font for one that is not of the theme.
    face = {"font_name": faces.latin, "theme_font_name": faces.latin, "font_size": faces.size}
    workbook = Workbook(file, {"default_format_properties": face, "strings_to_numbers": False, "in_memory": True})
    workbook.worksheet_class = _Sheet
    workbook.worksheet_class = PreparingSheet
    workbook.set_calc_mode("auto", _CALCULATED_BY)
    workbook.use_custom_theme(io.StringIO(theme.theme_xml(lang)))
    workbook.set_size(1600, 1000)  # pixels
    workbook.set_properties({"title": title, "comments": schema.MADE_BY, "created": dt.datetime(*_TIME)})
    return workbook


def finished(file: io.BytesIO) -> bytes:
    """What XlsxWriter has written, with fixed times: the same contents give the same bytes. Formulas have the values
    that they were written with: no program need calculate them to show the file."""
    made = _parts_of(file)
    made |= shared_texts.exact(made, ())
    book = made[_BOOK].replace(b' fullCalcOnLoad="1"', b"")
    return _zipped(made | {_BOOK: book}, level=6)


def finished_addin(file: io.BytesIO, parts: Sequence[Part]) -> bytes:
    """The same as an add-in, with its ribbon."""
    return _packed(_parts_of(file), parts, _ADDIN_TYPE)


def _written(contents: Contents, macros: Macros) -> dict[str, bytes]:
    file = io.BytesIO()
    title = one_line(str(contents.settings.get("title") or "")) or texts.INDEX[contents.lang]
    workbook = begun(file, title, contents.lang)
    build = Build(workbook, contents, Looks(workbook, contents.lang), SheetNames(contents.data, contents.lang))
    pages.write(build)
    if macros.project is not None:
        # A VBA project has a module for every sheet.
        project = macros.project(len(workbook.worksheets()))
        workbook.add_vba_project(io.BytesIO(project), is_stream=True)
    workbook.get_worksheet_by_name(schema.GUIDE[contents.lang]).activate()
    workbook.close()
    made = _parts_of(file)
    made |= shared_texts.exact(made, [part for part, sheet in _sheets(workbook) if not _holds_inputs(sheet)])
    return made | {_GUIDE: _with_blank_texts(_with_fitted_rows(made[_GUIDE], build.fitted))}


def _sheets(workbook: Workbook) -> Iterator[tuple[str, Worksheet]]:
    """Sheets with their parts."""
    return ((f"xl/worksheets/sheet{i}.xml", sheet) for i, sheet in enumerate(workbook.worksheets(), 1))


def _holds_inputs(sheet: Worksheet) -> bool:
    return any(not isinstance(schema.sheet_of(table["name"]), schema.ResultSheet) for table in sheet.tables)


def _parts_of(file: io.BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with_fitted_rows(sheet: bytes, fitted: set[int]) -> bytes:
    """The guide with rows, counted from 0, whose heights are those of their texts. XlsxWriter knows heights that a user
    has set alone; LibreOffice sees where charts under a row stand by its height, before it fits the row."""

    def without(found: re.Match[bytes]) -> bytes:
        return found[0].replace(b' customHeight="1"', b"") if int(found[1]) - 1 in fitted else found[0]

    return re.sub(rb'<row r="(\d+)"[^>]*>', without, sheet)


def _with_blank_texts(sheet: bytes) -> bytes:
    """Formulas whose value is a blank text, which XlsxWriter writes as if they were still to be calculated."""
    return re.sub(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(?=><f>[^<]*</f><v></v>)', rb'\1 t="str"', sheet)


def _packed(made: dict[str, bytes], parts: Sequence[Part], kind: str) -> bytes:
    types = made["[Content_Types].xml"].decode()
    made["[Content_Types].xml"] = types.replace(_WORKBOOK_TYPE, kind).replace(_MACRO_TYPE, kind).encode()
    made[_RELATIONS] = _related(made[_RELATIONS].decode(), parts).encode()
    made |= {part.path: part.data for part in parts}
    return _zipped(made, level=6)


def smallest(data: bytes) -> bytes:
    """The same file, packed as small as it gets: for one that is made once and loaded often."""
    return _zipped(_parts_of(io.BytesIO(data)), level=9)


def _zipped(parts: Mapping[str, bytes], *, level: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the file tells on which system it was made
            package.writestr(entry, content, compresslevel=level)
    return file.getvalue()


def _related(relations: str, parts: Sequence[Part]) -> str:
    used = len(re.findall("<Relationship ", relations))
    added = "".join(
        f'<Relationship Id="rId{used + i}" Type="{part.relation}" Target="{part.path}"/>'
        for i, part in enumerate(parts, 1)
    )
    return relations.replace("</Relationships>", added + "</Relationships>")
