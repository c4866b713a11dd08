"""Workbooks edited at random, as users edit them: before a recalculation anything, after it what is a reader's right.

Every edit takes the file as a program saved it and gives one such as Excel would leave. Independent of the code under
test, but for the names and choices of the settings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from xml.sax.saxutils import escape, unescape

from bdindex_xl.sheets.options import SETTINGS_ROWS
from tests.support import renamed, user_edits
from tests.support.edit import Raw, Value, edited, packed
from tests.support.placed import Placed, letters, resized, tables, with_column

_BOOK = "xl/workbook.xml"
_NAMES = ("Ünïcode 表", "it's", "a & b", "1月", "A1", "R1C1", "我的 数据", "TRUE", "x.y", "总表（新）", "😀", "a-b")


def sheets(book: bytes) -> dict[str, bool]:
    """Sheets in order, and whether each is visible."""
    text = user_edits.parts_of(book)[_BOOK].decode()
    return {
        unescape(name, {"&quot;": '"'}): "state=" not in rest
        for name, rest in re.findall(r'<sheet name="([^"]*)"([^>]*)/>', text)
    }


# What a reader may do to a finished workbook.


def hide(draw: random.Random, book: bytes) -> bytes:
    """A sheet is hidden; one stays visible."""
    visible = [name for name, shown in sheets(book).items() if shown]
    return user_edits.hidden(book, draw.choice(visible)) if len(visible) > 1 else book


def rename(draw: random.Random, book: bytes) -> bytes:
    """A sheet gets another name."""
    there = {name.casefold() for name in sheets(book)}
    free = [name for name in _NAMES if name.casefold() not in there]
    return renamed.renamed(book, {draw.choice(list(sheets(book))): draw.choice(free)})


def move(draw: random.Random, book: bytes) -> bytes:
    """A sheet is dragged elsewhere; names that belong to sheets follow theirs."""
    parts = user_edits.parts_of(book)
    text = parts[_BOOK].decode()
    entries = re.findall(r"<sheet [^>]*/>", text)
    order = list(range(len(entries)))
    order.insert(draw.randrange(len(order)), order.pop(draw.randrange(len(order))))
    text = text.replace("".join(entries), "".join(entries[k] for k in order))
    text = re.sub(r'localSheetId="(\d+)"', lambda found: f'localSheetId="{order.index(int(found[1]))}"', text)
    text = re.sub(r'activeTab="(\d+)"', lambda found: f'activeTab="{order.index(int(found[1]))}"', text)
    return packed(parts | {_BOOK: text.encode()})


def filter_rows(draw: random.Random, book: bytes) -> bytes:
    """Some rows of a table are filtered out."""
    table = draw.choice([table for table in tables(book) if table.n_rows])
    rows = {table.top + 1 + k for k in range(table.n_rows) if draw.random() < 0.4}

    def change(text: str) -> str:
        return re.sub(
            r'<row r="(\d+)"(?! hidden)',
            lambda found: found[0] + (' hidden="1"' if int(found[1]) in rows and "hidden=" not in found[0] else ""),
            text,
        )

    part = user_edits.parts_of(book)[user_edits.part_of(book, table.sheet)].decode()
    if 'hidden="1"' in "".join(re.findall(r"<row [^>]*>", part)) or change(part) == part:
        return book
    book = user_edits.in_sheet(book, table.sheet, change)
    text = user_edits.parts_of(book)[table.part].decode()
    if "<autoFilter" not in text:
        return book
    column = f'<filterColumn colId="0"><filters><filter val="{draw.randrange(9)}"/></filters></filterColumn>'
    return user_edits.changed(
        book,
        table.part,
        lambda text: (
            re.sub(r'<autoFilter ref="([^"]*)"\s*/>', rf'<autoFilter ref="\1">{column}</autoFilter>', text)
            if "<filterColumn" not in text and re.search(r"<autoFilter [^>]*/>", text)
            else text + "\n"
        ),
    )


def notes_beside(draw: random.Random, book: bytes) -> bytes:
    """A column of a user's own, a column away from a table."""
    table = draw.choice(tables(book))
    cells: dict[tuple[str, str], Value] = {
        table.cell(i, len(table.headers) + 1): draw.choice([f"批注 {i}", float(i)]) for i in range(-1, table.n_rows)
    }
    return edited(book, cells)


def own_column(draw: random.Random, book: bytes) -> bytes:
    """A column of a user's own inside a table of results, at its end; in the units it would be a group column."""
    table = draw.choice([table for table in tables(book) if table.is_result] or tables(book))
    header = draw.choice(["备注", "note", "我的 & 你的", "2023"])
    typed: list[Value] = [draw.choice([None, f"见 {i}", 7.5 * i]) for i in range(table.n_rows)]
    return book if header in table.headers else with_column(book, table.name, header, typed)


def own_formulas(draw: random.Random, book: bytes) -> bytes:
    """Cells with formulas of a user's own that read some table, beside another."""
    read, beside = draw.choice(tables(book)), draw.choice(tables(book))
    j = draw.randrange(len(read.headers))
    sheet, cell = read.cell(0, j)
    column = escape(re.sub(r"(['#\[\]])", r"'\1", read.headers[j]))
    texts = ["'{}'!{}".format(escape(sheet.replace("'", "''")), cell), f"COUNTA({read.name}[{column}])", "1+1"]
    value = draw.choice(["<v>1</v>", ""])
    return edited(
        book,
        {beside.cell(i, len(beside.headers) + 2): Raw("n", f"<f>{text}</f>{value}") for i, text in enumerate(texts)},
    )


# What a user may do before calculating.


def drop(draw: random.Random, book: bytes) -> bytes:
    """A sheet is deleted; a visible one stays."""
    there = sheets(book)
    able = [name for name in there if any(shown for other, shown in there.items() if other != name)]
    return renamed.without(book, draw.choice(able)) if able else book


def setting(draw: random.Random, book: bytes) -> bytes:
    """A setting is changed: to a choice of the list, a number within its limits, or rarely to something odd."""
    table = next((table for table in tables(book) if table.name == "bdx_settings"), None)
    if table is None:
        return book
    i = draw.randrange(len(SETTINGS_ROWS))
    asked = SETTINGS_ROWS[i]
    odd: list[Value] = ["abc", None, -1.0, "0.5", " 中文 ", 1e9]
    if draw.random() < 0.1:
        value = draw.choice(odd)
    elif asked.choices:
        value = draw.choice(list(asked.choices.values()))[draw.choice(["zh", "en"])]
    elif asked.limits:
        value = round(draw.uniform(*asked.limits), 2)
    else:
        value = draw.choice(["我的指数", "区域", "a; b", "", None])
    return edited(book, {table.cell(i, 1): value})


def result_header(draw: random.Random, book: bytes) -> bytes:
    """A header of a result table is typed over; not every program keeps the table's own list in step."""
    some = [table for table in tables(book) if table.is_result]
    return _with_header(draw, book, draw.choice(some)) if some else book


def any_header(draw: random.Random, book: bytes) -> bytes:
    """A header of any table is typed over."""
    return _with_header(draw, book, draw.choice(tables(book)))


def _with_header(draw: random.Random, book: bytes, table: Placed) -> bytes:
    j = draw.randrange(len(table.headers))
    new = draw.choice(["别的", "Score", "得分（%）", table.headers[j] + " ", table.headers[j] + "2"])
    if new.casefold() in {header.casefold() for header in table.headers}:
        return book
    book = edited(book, {table.cell(-1, j): new})
    if draw.random() < 0.25:
        return book
    old = f' name="{escape(table.headers[j], {chr(34): "&quot;"})}"'
    return user_edits.changed(book, table.part, lambda text: text.replace(old, f' name="{escape(new)}"', 1))


def value(draw: random.Random, book: bytes) -> bytes:
    """A raw value is typed over, with what people type."""
    some = [table for table in tables(book) if table.is_data]
    if not some:
        return book
    table = draw.choice(some)
    place = table.cell(draw.randrange(table.n_rows), draw.randrange(3, len(table.headers)))
    typed: list[Value] = [draw.uniform(-5, 200), float(draw.randrange(10)), None, "１２", "—", "1,234.5", "n/a"]
    return edited(book, {place: draw.choice(typed) if draw.random() < 0.97 else draw.choice(["abc", "12*"])})


def blank_row(draw: random.Random, book: bytes) -> bytes:
    """A row of the units or the data is emptied, and stays in its table."""
    table = draw.choice([table for table in tables(book) if table.is_data or table.name == "bdx_units"] or tables(book))
    i = draw.randrange(max(table.n_rows, 1))
    return edited(book, {table.cell(i, j): None for j in range(len(table.headers))})


def unit_added(draw: random.Random, book: bytes) -> bytes:
    """A unit, of a ranking that is there, with data for some of the years."""
    units = next((table for table in tables(book) if table.name == "bdx_units"), None)
    some = [table for table in tables(book) if table.is_data]
    if units is None or not some:
        return book
    data = draw.choice(some)
    label = {"province": "省份", "city": "城市"}.get(data.name.removeprefix("bdx_data_"), data.name[9:])
    code = str(draw.randrange(800000, 899999))
    row: list[Value] = [code, f"新{code}", label, *[draw.choice(["东", "新区", None]) for _ in units.headers[3:]]]
    book = edited(
        resized(book, units, rows=1), {units.cell(units.n_rows, j): row[j] for j in range(len(units.headers))}
    )
    known = _texts(book, [data.cell(i, 0) for i in range(data.n_rows)])
    found = sorted({float(text.removeprefix("<v>").removesuffix("</v>")) for text in known if text})
    years = [year for year in found if draw.random() < 0.8]
    cells: dict[tuple[str, str], Value] = {}
    for k, year in enumerate(years):
        numbers: list[Value] = [round(draw.uniform(1, 99), 2) for _ in data.headers[3:]]
        values: list[Value] = [year, code, f"新{code}", *numbers]
        cells |= {data.cell(data.n_rows + k, j): values[j] for j in range(len(data.headers))}
    return edited(resized(book, data, rows=len(years)), cells) if years else book


def unit_removed(draw: random.Random, book: bytes) -> bytes:
    """A unit's rows are emptied in the list of units and, mostly, in the data."""
    places = {table.name: table for table in tables(book)}
    units = places.get("bdx_units")
    if units is None or not units.n_rows:
        return book
    i = draw.randrange(units.n_rows)
    (code,) = _texts(book, [units.cell(i, 0)])
    cells: dict[tuple[str, str], Value] = {units.cell(i, j): None for j in range(len(units.headers))}
    for data in (table for table in places.values() if table.is_data and draw.random() < 0.9):
        codes = _texts(book, [data.cell(k, 1) for k in range(data.n_rows)])
        rows = [k for k, found in enumerate(codes) if found == code]
        cells |= {data.cell(k, j): None for k in rows for j in range(len(data.headers))}
    return edited(book, cells)


def _texts(book: bytes, places: list[tuple[str, str]]) -> list[str | None]:
    """What cells of one sheet hold, as the file has it: texts in place, or the index of a shared one."""
    text = user_edits.parts_of(book)[user_edits.part_of(book, places[0][0])].decode()
    found = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>/]*>(.*?)</c>', text))
    return [found.get(address) for _, address in places]


def rows_swapped(draw: random.Random, book: bytes) -> bytes:
    """Two rows of the data change places, as when a user sorts them."""
    some = [table for table in tables(book) if table.is_data and table.n_rows > 1]
    if not some:
        return book
    table = draw.choice(some)
    one, other = draw.sample(range(table.n_rows), 2)
    columns = [letters(table.left + j) for j in range(len(table.headers))]
    rows = {table.top + 1 + one: table.top + 1 + other, table.top + 1 + other: table.top + 1 + one}

    def change(text: str) -> str:
        found = re.findall(r'(<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>))', text)
        cells = {address: raw for raw, address in found}
        for row, source in rows.items():
            for column in columns:
                old, new = cells.get(f"{column}{row}"), cells.get(f"{column}{source}")
                if old and new:
                    moved = new.replace(f'r="{column}{source}"', f'r="{column}{row}" ', 1)
                    text = text.replace(old, moved, 1)
        return text

    part = user_edits.part_of(book, table.sheet)
    parts = user_edits.parts_of(book)
    return packed(parts | {part: change(parts[part].decode()).encode()})


Edit = Callable[[random.Random, bytes], bytes]
OF_A_READER: tuple[Edit, ...] = (hide, rename, move, filter_rows, notes_beside, own_column, own_formulas)
OF_A_USER: tuple[Edit, ...] = (
    *OF_A_READER, drop, setting, setting, setting, setting, result_header, any_header, value, value, value, blank_row,
    unit_added, unit_removed, unit_removed, rows_swapped, rows_swapped,
)  # fmt: skip


def edited_at_random(draw: random.Random, book: bytes, kinds: tuple[Edit, ...], n: int) -> tuple[bytes, list[str]]:
    """A book after some edits, and what they were."""
    done = []
    for _ in range(n):
        edit = draw.choice(kinds)
        book = edit(draw, book)
        done.append(edit.__name__)
    return book, done
