"""What follows a result table around the rows: dimension, column widths, conditional formats, validations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...sheets import areas
from ...sheets.areas import MAX_COLUMN, Area
from ...sheets.book import column_letters
from ...sheets.plan import PlacedTable, Plan
from .markup import X14, XM, Edit, Element, edited, escaped, prefix, removed, tree, with_attribute

_RELATIVE = re.compile(r"""("[^"]*"|'[^']*'!?)|(?<![\w.$!])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(])""")


class Frame:
    """A sheet's XML without its rows, and the edits that follow from the plans for its tables."""

    def __init__(self, head: bytes, tail: bytes, part: str) -> None:
        self._data = head + tail
        self._cut = len(head)
        self.root = tree(self._data, part)

    def merged(self) -> list[Area]:
        """Merged cells."""
        return [area for _, area in self._merges()]

    def _merges(self) -> Iterator[tuple[Element, Area]]:
        listed = self.root.find("mergeCells")
        for element in listed.all("mergeCell") if listed else ():
            area = areas.parse(element.attributes.get("ref", ""))
            if area is not None:
                yield element, area

    def patched(self, plans: Sequence[Plan[PlacedTable]], bottom: int, right: int) -> tuple[bytes, bytes]:
        """Head and tail after writing; `bottom` and `right` are the last row and column with cells."""
        edits = list(self._dimension(bottom, right))
        for element, text, where in _ranges(self.root):
            changed, shift = follow(text, plans)
            if changed == text:
                continue
            edits.append(_in_place(self._data, element, changed, where))
            edits += self._shifted(element, where, shift)
        changing = [plan for plan in plans if plan.layout.anew]
        if changing:
            edits += self._columns(changing)
            edits += self._unmerged(changing)
        head = [edit for edit in edits if edit.end <= self._cut]
        tail = [Edit(e.start - self._cut, e.end - self._cut, e.text) for e in edits if e.end > self._cut]
        return edited(self._data[: self._cut], head), edited(self._data[self._cut :], tail)

    def _dimension(self, bottom: int, right: int) -> Iterator[Edit]:
        element = self.root.find("dimension")
        area = areas.parse(element.attributes.get("ref", "")) if element is not None else None
        if element is not None and area is not None:
            new = Area(area.top, area.left, max(bottom, area.top), max(area.right, right))
            if new != area:
                yield with_attribute(self._data, element, "ref", str(new))

    def _shifted(self, element: Element, where: Element | None, shift: int) -> Iterator[Edit]:
        """Formulas of a rule are seen from its first cell: they move along when that changes its column."""
        if shift:
            for inner in (where or element).within():
                if inner.tag in ("formula", "formula1", "formula2", f"{{{XM}}}f") and not inner.children:
                    text = shifted(inner.text, shift)
                    if text != inner.text:
                        yield Edit(inner.inner, inner.close, escaped(text).encode())

    def _columns(self, plans: Sequence[Plan[PlacedTable]]) -> Iterator[Edit]:
        """Widths and outline levels go with the columns they were made for."""
        element = self.root.find("cols")
        if element is None:
            return
        looks: dict[int, dict[str, str]] = {}
        for child in element.all("col"):
            bounds = [child.attributes.get(name, "") for name in ("min", "max")]
            if all(text.isdigit() and len(text) < 6 for text in bounds):
                rest = {name: text for name, text in child.attributes.items() if name not in ("min", "max")}
                looks |= dict.fromkeys(range(int(bounds[0]), min(int(bounds[1]), MAX_COLUMN) + 1), rest)
        new = dict(looks)
        for plan in plans:
            left = plan.table.area.left
            for column in range(left, max(plan.table.area.right, plan.area.right) + 1):
                new.pop(column, None)
            for k, donor in enumerate(plan.layout.donors):
                if left + donor in looks:
                    new[left + k] = looks[left + donor]
        p = prefix(self._data, element)
        cols = "".join(_col(p, first, last, look) for first, last, look in _grouped(new))
        yield Edit(element.start, element.end, f"<{p}cols>{cols}</{p}cols>".encode() if cols else b"")

    def _unmerged(self, plans: Sequence[Plan[PlacedTable]]) -> Iterator[Edit]:
        """Cells merged in the band above a table's header go by columns that are no more."""
        listed = self.root.find("mergeCells")
        gone = [
            element
            for element, area in self._merges()
            if any(
                plan.band_row == area.top == area.bottom and _within_columns(area, plan.table.area) for plan in plans
            )
        ]
        if listed is None or not gone:
            return
        left = len(listed.children) - len(gone)
        if left == 0:
            yield removed(listed)
            return
        yield from map(removed, gone)
        yield with_attribute(self._data, listed, "count", str(left))


def _within_columns(area: Area, table: Area) -> bool:
    return table.left <= area.left and area.right <= table.right


def _grouped(looks: dict[int, dict[str, str]]) -> Iterator[tuple[int, int, dict[str, str]]]:
    columns = sorted(looks)
    start = 0
    for i in range(1, len(columns) + 1):
        if i == len(columns) or columns[i] != columns[i - 1] + 1 or looks[columns[i]] != looks[columns[start]]:
            yield columns[start], columns[i - 1], looks[columns[start]]
            start = i


def _col(p: str, first: int, last: int, look: dict[str, str]) -> str:
    attributes = "".join(f' {name}="{escaped(text)}"' for name, text in look.items() if not name.startswith("{"))
    return f'<{p}col min="{first}" max="{last}"{attributes}/>'


def _ranges(root: Element) -> Iterator[tuple[Element, str, Element | None]]:
    """Elements that hold ranges, with their text: as an attribute, or (with the rule it belongs to) as content."""
    for child in root.children:
        if child.tag == "conditionalFormatting":
            yield child, child.attributes.get("sqref", ""), None
        elif child.tag in ("dataValidations", "ignoredErrors"):
            for inner in child.children:
                yield inner, inner.attributes.get("sqref", ""), None
    extensions = root.find("extLst")
    for rule in extensions.within() if extensions is not None else ():
        if rule.tag in (f"{{{X14}}}conditionalFormatting", f"{{{X14}}}dataValidation"):
            for inner in rule.all(f"{{{XM}}}sqref"):
                yield inner, inner.text, rule


def _in_place(data: bytes, element: Element, text: str, rule: Element | None) -> Edit:
    if rule is None:
        return with_attribute(data, element, "sqref", text)
    return Edit(element.inner, element.close, text.encode())


def follow(text: str, plans: Iterable[Plan[PlacedTable]]) -> tuple[str, int]:
    """Ranges after the tables have changed, and by how many columns their first cell has moved."""
    found = [areas.parse(item) for item in text.split()]
    old = [area for area in found if area is not None]
    if not old or len(old) != len(found):
        return text, 0
    new = old
    for plan in plans:
        new = [moved for area in new for moved in _followed(area, plan)]
    if new == old:
        return text, 0
    shift = min(area.left for area in new) - min(area.left for area in old) if new else 0
    # A rule must keep a place: one whose columns are all gone stays where it was.
    return (" ".join(map(str, new)), shift) if new else (text, 0)


def _followed(area: Area, plan: Plan[PlacedTable]) -> list[Area]:
    old, new = plan.table.area, plan.area
    if not old.contains(area):  # whole columns, cells beside it: not the table's alone
        return [area]
    top, bottom = area.top, area.bottom
    for end_old, end_new in ((plan.table.body.bottom, plan.body.bottom), (old.bottom, new.bottom)):
        if area.bottom == end_old and area.top <= end_new:
            bottom = end_new
            break
    if not plan.layout.anew:
        return [Area(top, area.left, bottom, area.right)]
    taken = range(area.left - old.left, area.right - old.left + 1)
    columns = [k for k, donor in enumerate(plan.layout.donors) if donor in taken]
    return [Area(top, new.left + first, bottom, new.left + last) for first, last in _spans(columns)]


def _spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield numbers[start], numbers[i - 1]
            start = i


def shifted(formula: str, columns: int) -> str:
    """A formula whose relative references are seen from `columns` further right.

    >>> shifted('AND(E7>0,$A$1="E7")', 4)
    'AND(I7>0,$A$1="E7")'
    """

    def moved(found: re.Match[str]) -> str:
        if found[1] is not None or found[2]:
            return found[0]
        column = areas.column_number(found[3]) + columns
        return f"{column_letters(column)}{found[4]}{found[5]}" if 1 <= column <= MAX_COLUMN else found[0]

    return _RELATIVE.sub(moved, formula)
