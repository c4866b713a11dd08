"""A copy speaks to its reader: its guide and notes tell of what is in the copy, and of nothing that was left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..hosts.files import FileBook
from ..language import Text, joined, same
from ..sheets import guide, schema
from ..sheets.book import Results, column_letters
from ..sheets.carrying import typed_columns
from ..sheets.cells import read_text
from ..tasks.recalculate import Outcome, analyses_notes
from .live.adding import with_names

_STAYS = Text(
    "“{sheet}”中您自加的列{columns}是输入的内容：对方改动数据后，名次随公式变化，这些内容仍留在原来的行上。",
    "Your own {n:column|columns} {columns} on “{sheet}” {n:holds|hold} typed values: when the recipient changes data, "
    "units change places by formulas, and what you typed stays in its row.",
)
_NOT_VERIFIED = Text(
    "副本中没有{sheets}，对方无法用 bdindex verify 核对：隐藏的工作表不随副本发出，如需保留请加 --keep-hidden。",
    "The recipient cannot verify the copy, which lacks {sheets}: hidden sheets stay behind; --keep-hidden takes "
    "them along.",
)
_VERIFIED_BY = (schema.SETTINGS.table, schema.FRAMEWORK.table, schema.UNITS.table, schema.LOG.table)
_FUNCTION = "BDINDEX_SCORE"  # where this is a name, LAMBDA names stand for the functions


_TEXT = schema.CELL_GUIDE_TEXT.format(key="")
_LABEL = schema.CELL_GUIDE_LABEL.format(key="")
_CAPTION = _TEXT + guide.key_of(schema.CHART_KEY)
_CHART_ROWS = 27  # of a chart of the most units that one shows, with its caption


def without_guidance(book: FileBook, outcome: Outcome) -> None:
    """Blank what the guide says of sheets, so that no word of one that goes is left anywhere in the file.

    What it says of the method stays where it names none: a row keeps the height that it has for its text.
    """
    sections = guide.sections(guide.facts_of(book, outcome.inputs))
    keys = [line.key for section in sections if section.key in guide.OF_METHOD for line in section.lines]
    of_method = [start + key for key in keys for start in (_TEXT, _LABEL)]
    said = {name: read_text(cell.value) for name, cell in book.cells(of_method).items()}
    named = [f"“{sheet}”" for sheet in book.sheets()]
    stay = _captions(outcome) | {name for name, text in said.items() if not any(sheet in text for sheet in named)}
    book.write(Results((), {name: "" for name in _guide_names(book) if name not in stay}))


def _guide_names(book: FileBook) -> list[str]:
    return [name for name in book.names() if name.startswith((_TEXT, _LABEL))]


def for_reader(data: bytes, outcome: Outcome, *, is_live: bool) -> bytes:
    """The copy with its guide and notes as they are for whoever receives it.

    Raises FileRefused where the file cannot be read.
    """
    book, inputs, lang = FileBook.from_bytes(data), outcome.inputs, outcome.inputs.lang
    trusted = not book.recalculates
    names = {name.casefold() for name in book.names()}
    facts = guide.facts_of(book, inputs)._replace(is_copy=True, is_live=is_live, lambdas=_FUNCTION.casefold() in names)
    facts = facts._replace(profile_follows=facts.profile is not None and bool(book.formula_cells(facts.profile)))
    told = guide.cells(facts, lang) | analyses_notes(book, inputs, is_copy=True)
    captions = [name for name in book.names() if name.startswith(_CAPTION)]
    orphans = [name for name in captions if name not in _captions(outcome, book)]
    gone = [name for name in _guide_names(book) if not name.startswith(_CAPTION) and name not in told]
    book.write(Results((), told | dict.fromkeys([*orphans, *gone], "")))
    _show_rows(book, told, captions, orphans)
    if trusted:
        book.trust_values()
    return _marked(book)


def _captions(outcome: Outcome, book: FileBook | None = None) -> set[str]:
    """Names of the captions of charts, of all rankings or of those whose results are in the book."""
    keys = [ranking.key for ranking in outcome.inputs.rankings]
    if book is not None:
        tables = book.tables()
        keys = [key for key in keys if schema.table_of(schema.RANKING.table, key) in tables]
    return {_TEXT + guide.key_of(schema.CHART_KEY, key) for key in keys}


def _show_rows(
    book: FileBook, told: Mapping[str, str | float], captions: Sequence[str], orphans: Sequence[str]
) -> None:
    """Hide rows of the guide that have nothing to say, and those of charts that are not there; show the others."""
    shown: dict[str, dict[int, bool]] = {}
    for name in _guide_names(book):
        place = book.place_of(name)
        if place is not None and name.startswith(_TEXT) and name not in captions:
            shown.setdefault(place[0], {})[place[1]] = bool(told.get(name))
    starts = sorted(place[:2] for name in captions if (place := book.place_of(name)))
    for name in orphans:
        if (place := book.place_of(name)) is not None:
            after = [row for sheet, row in starts if sheet == place[0] and row > place[1]]
            rows = range(place[1], min([*after, place[1] + _CHART_ROWS]))
            shown.setdefault(place[0], {}).update(dict.fromkeys(rows, False))
    for sheet, by_row in shown.items():
        book.show_rows(sheet, by_row)


def stay_behind(book: FileBook) -> Iterator[Text]:
    """What to tell the sender of columns of his own beside results that follow from formulas."""
    for name, sheet in book.tables().items():
        if schema.sheet_of(name) in (schema.RANKING, schema.GROUPS) and (headers := typed_columns(book, name)):
            columns = joined([same(f"“{header}”") for header in headers])
            yield _STAYS.format(sheet=sheet, n=len(headers), columns=columns)


def not_verified(book: FileBook, copy: FileBook) -> Iterator[Text]:
    """What to tell the sender of sheets that stayed behind and that a verification needs."""
    there, tables = copy.tables(), book.tables()
    gone = dict.fromkeys(tables[name] for name in _VERIFIED_BY if name in tables and name not in there)
    if gone and any(map(schema.is_data, there)):  # without raw data there is a fingerprint alone, as is said
        yield _NOT_VERIFIED.format(sheets=joined([same(f"“{sheet}”") for sheet in gone]))


def _marked(book: FileBook) -> bytes:
    """The file with the name that tells a copy from a workbook."""
    place = book.place_of(schema.CELL_BUTTON)
    if place is None:
        return book.to_bytes()
    sheet, row, column = place
    quoted = sheet.replace("'", "''")
    return with_names(book.to_bytes(), {schema.NAME_COPY: f"'{quoted}'!${column_letters(column)}${row}"})
