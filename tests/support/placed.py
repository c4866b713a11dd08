"""Tables as a file has them, found and made longer or wider as Excel does it. Independent of the code under test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from tests.support import user_edits
from tests.support.edit import Value, edited, sheet_parts


@dataclass(frozen=True)
class Placed:
    """A table as the file has it."""

    name: str
    sheet: str
    part: str
    top: int
    left: int
    bottom: int
    right: int
    headers: tuple[str, ...]

    def cell(self, i: int, j: int) -> tuple[str, str]:
        """Sheet and address of a cell of the body; row -1 is the header."""
        return self.sheet, f"{letters(self.left + j)}{self.top + 1 + i}"

    @property
    def n_rows(self) -> int:
        return self.bottom - self.top

    @property
    def is_data(self) -> bool:
        return self.name.startswith("bdx_data")

    @property
    def is_result(self) -> bool:
        return self.name.startswith(("bdx_ranking", "bdx_groups", "bdx_weights", "bdx_normalised", "bdx_history"))


def letters(column: int) -> str:
    """The letters of a column, 1 for A."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def tables(book: bytes) -> list[Placed]:
    """All tables of the file."""
    parts = user_edits.parts_of(book)
    found = []
    for sheet, part in sheet_parts(parts).items():
        related = parts.get(part.replace("worksheets/", "worksheets/_rels/") + ".rels", b"").decode()
        for name in re.findall(r"tables/(table\d+\.xml)", related):
            text = parts[f"xl/tables/{name}"].decode()
            first, top, last, bottom = re.search(r'\sref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', text).groups()
            headers = tuple(
                unescape(h, {"&quot;": '"'}) for h in re.findall(r'<tableColumn [^>]*?name="([^"]*)"', text)
            )
            display = re.search(r'displayName="([^"]*)"', text)[1]
            found.append(
                Placed(
                    display, sheet, f"xl/tables/{name}", int(top), _number(first), int(bottom), _number(last), headers
                )
            )
    return found


def _number(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def resized(book: bytes, table: Placed, *, rows: int = 0, header: str | None = None) -> bytes:
    """The table with more rows or another column at its end; its cells are the caller's to fill."""
    old = f"{letters(table.left)}{table.top}:{letters(table.right)}{table.bottom}"
    wider = 0 if header is None else 1
    new = f"{letters(table.left)}{table.top}:{letters(table.right + wider)}{table.bottom + rows}"

    def change(text: str) -> str:
        text = text.replace(f'ref="{old}"', f'ref="{new}"')
        if header is not None:
            ids = [int(number) for number in re.findall(r'<tableColumn id="(\d+)"', text)]
            text = text.replace(f'<tableColumns count="{len(ids)}"', f'<tableColumns count="{len(ids) + 1}"')
            column = f'<tableColumn id="{max(ids) + 1}" name="{escape(header)}"/></tableColumns>'
            text = text.replace("</tableColumns>", column)
        return text

    return user_edits.changed(book, table.part, change)


def with_column(book: bytes, name: str, header: str, values: Sequence[Value]) -> bytes:
    """A table with one more column, of a user's own, at its end."""
    table = next(table for table in tables(book) if table.name == name)
    j = len(table.headers)
    cells = {table.cell(-1, j): header} | {table.cell(i, j): value for i, value in enumerate(values)}
    return edited(resized(book, table, header=header), cells)
