"""What a formula's text points at, and whether that is still there. Knows nothing of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum


class Fate(IntEnum):
    """What becomes of a formula by what it points at; of several, the gravest counts."""

    STAYS = 0
    VALUE = 1  # the value it shows stays in its place
    DERIVED = 2  # so too, unless the formula only looks up one of the values that were to go
    NOTHING = 3  # nothing stays


@dataclass
class Gone:
    """Sheets, tables and names that go; names in lower case. A name is known with the place of the sheet it is of."""

    order: tuple[str, ...] = ()  # all sheets, in the order of the workbook
    sheets: dict[str, Fate] = field(default_factory=dict)
    tables: dict[str, Fate] = field(default_factory=dict)
    names: dict[tuple[str, int | None], Fate] = field(default_factory=dict)
    cubes: bool = False  # the functions of a data model have nothing to ask any more

    def of_sheet(self, name: str) -> Fate:
        return self.sheets.get(name.casefold(), Fate.STAYS)

    def of_table(self, name: str) -> Fate:
        return self.tables.get(name.casefold(), Fate.STAYS)


_SPEC = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"  # what follows a table's name: [col], [[#All],[col]]
_TOKEN = re.compile(
    r'"(?P<string>(?:[^"]|"")*)"'
    r"|'(?P<quoted>(?:[^']|'')*)'!"
    r"|(?P<book>\[[^\[\]]*\])[^\s'\"()\[\]+*/^&=<>,;{}-]*!"
    r"|(?<![#\w.])(?P<plain>[\w.?\\]+(?::[\w.?\\]+)?)!"
    r"|(?P<word>(?:[^\W\d]|\\)[\w.?\\]*)(?P<spec>" + _SPEC + r")?(?P<call>\s*\()?"
    r"|" + _SPEC,
    re.S,
)
_LOCAL_PATH = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]|\\\\|/(?:home|Users|Volumes|mnt|media|tmp)/)", re.I)
_MACRO_FUNCTION = re.compile(
    r"(?:GET\.[A-Z]+|EVALUATE|CALL|REGISTER(?:\.ID)?|EXEC|EXECUTE|INITIATE|POKE|REQUEST|FILES|DIRECTORY|DOCUMENTS"
    r"|FOPEN|FREAD|FREADLN|FWRITE|FWRITELN|LINKS|NAMES|WINDOWS|CALLER)",
    re.I,
)

# Functions that may hand on a single value as it is.
_SELECTING = re.compile(
    r"(?:_XLFN\.)?(?:_XLWS\.)?(?:AGGREGATE|AVERAGE|AVERAGEIFS?|CHOOSE|CHOOSECOLS|CHOOSEROWS|COLUMNS?|DGET|DROP|EXPAND"
    r"|FILTER|FIXED|HLOOKUP|HSTACK|HYPERLINK|IF|IFERROR|IFNA|IFS|INDEX|INDIRECT|LARGE|LET|LOOKUP|MATCH|MAX|MAXIFS|MEDIAN"
    r"|MIN|MINIFS|N|OFFSET|ROUND|ROWS?|SINGLE|SMALL|SORT|SORTBY|SUBTOTAL|SUM|SUMIFS?|SUMPRODUCT|SWITCH|T|TAKE|TEXT|TOCOL"
    r"|TOROW|TRANSPOSE|TRIMRANGE|UNIQUE|VALUE|VLOOKUP|VSTACK|XLOOKUP|XMATCH)",
    re.I,
)


def only_selects(formula: str) -> bool:
    """Whether a formula may show a value of its source as it is there, rather than something worked out from many.

    >>> only_selects("Data!A1"), only_selects("_xlfn.XLOOKUP(1,t[a],t[b])"), only_selects("BDINDEX_SCORE(t[a])")
    (True, True, False)
    """
    return all(_SELECTING.fullmatch(token["word"]) for token in _tokens(formula) if token["call"])


def is_local_path(target: str) -> bool:
    r"""Whether a link leads into somebody's own computer or network.

    >>> is_local_path(r"C:\a.docx"), is_local_path("file:///a"), is_local_path("https://example.org/")
    (True, True, False)
    """
    return _LOCAL_PATH.match(target) is not None


def calls_macro_function(formula: str) -> bool:
    """Whether a name calls the old macro language, which a workbook without macros may not hold.

    >>> calls_macro_function("GET.WORKBOOK(1)"), calls_macro_function("INDEX(A:A,1)")
    (True, False)
    """
    return any(m["call"] and _MACRO_FUNCTION.fullmatch(m["word"]) is not None for m in _tokens(formula))


def fate(formula: str, gone: Gone, sheet: int | None = None) -> Fate:
    """What becomes of a formula that stands on the sheet of that place.

    >>> gone = Gone(("a", "b", "c"), {"b": Fate.VALUE}, {"t": Fate.NOTHING})
    >>> [fate(text, gone).name for text in ("a!A1+1", "SUM('B'!A1)", "SUM(a:c!A1)", "t[x]", "[1]S!A1", '"b!"')]
    ['STAYS', 'VALUE', 'VALUE', 'NOTHING', 'VALUE', 'VALUE']
    """
    return max((_of_token(token, gone, sheet) for token in _tokens(formula)), default=Fate.STAYS)


def _tokens(formula: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(formula)


def _of_token(token: re.Match[str], gone: Gone, sheet: int | None) -> Fate:
    if token["string"] is not None:
        return _of_string(token["string"].replace('""', '"'), gone)
    if token["quoted"] is not None:
        return _of_place(token["quoted"].replace("''", "'"), gone)
    if token["book"] is not None:
        return Fate.STAYS if token["book"] == "[0]" else Fate.VALUE
    if token["plain"] is not None:
        return _of_place(token["plain"], gone)
    word = (token["word"] or "").casefold()
    if not word:
        return Fate.STAYS
    if token["call"] and gone.cubes and word.startswith("cube"):
        return Fate.VALUE
    named = max(gone.names.get((word, None), Fate.STAYS), gone.names.get((word, sheet), Fate.STAYS))
    return max(named, gone.tables.get(word, Fate.STAYS))


def _of_string(text: str, gone: Gone) -> Fate:
    """A text may be an address for INDIRECT or HYPERLINK."""
    if is_local_path(text):
        return Fate.VALUE
    found = Fate.STAYS
    for token in _tokens(text) if "!" in text or "[" in text else ():
        if token["quoted"] is not None:
            found = max(found, gone.of_sheet(token["quoted"].replace("''", "'")))
        elif token["plain"] is not None:
            found = max(found, gone.of_sheet(token["plain"]))
        elif token["word"] is not None and token["spec"] is not None:
            found = max(found, gone.of_table(token["word"]))
    return found


def _of_place(place: str, gone: Gone) -> Fate:
    """A sheet, a range of sheets, or a place in another workbook."""
    if "[" in place:
        return Fate.STAYS if place.startswith("[0]") else Fate.VALUE
    first, colon, last = place.partition(":")
    if not colon:
        return gone.of_sheet(first)
    order = [name.casefold() for name in gone.order]
    if first.casefold() not in order or last.casefold() not in order:
        return max(gone.of_sheet(first), gone.of_sheet(last))
    ends = sorted((order.index(first.casefold()), order.index(last.casefold())))
    return max(gone.of_sheet(name) for name in order[ends[0] : ends[1] + 1])
