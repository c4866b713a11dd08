"""A table's own part after writing: where it ends, its columns, no filter."""

from __future__ import annotations

from ...sheets.areas import Area
from ...sheets.plan import Plan
from .markup import Edit, Element, edited, escaped, prefix, removed, root_of, storable, utf8, with_attribute
from .workbook import FileTable

_LOOKS = ("headerRowDxfId", "dataDxfId", "totalsRowDxfId", "headerRowCellStyle", "dataCellStyle", "totalsRowCellStyle")


def patched(data: bytes, plan: Plan[FileTable]) -> tuple[bytes, bool]:
    """The part's new bytes, and whether a filter was cleared."""
    part = plan.table.part
    data = utf8(data, part)
    root = root_of(data, part, "table")
    edits = _ref(data, root, plan.area, plan.table.area)
    if plan.table.header_rows and root.attributes.get("headerRowCount") == "0":
        edits.append(with_attribute(data, root, "headerRowCount", "1"))
    filtered = False
    for child in root.children:
        if child.tag == "autoFilter":
            area, old = plan.area, plan.table.area
            bottom = area.bottom - plan.table.totals_rows
            filtered = child.find("filterColumn") is not None
            without_totals = Area(area.top, area.left, bottom, area.right)
            edits += _ref(data, child, without_totals, Area(old.top, old.left, plan.table.body.bottom, old.right))
            edits += [removed(inner) for inner in child.children if inner.tag in ("filterColumn", "sortState")]
        elif child.tag == "sortState":
            edits.append(removed(child))
        elif child.tag == "tableColumns" and plan.layout.anew:
            edits.append(Edit(child.start, child.end, _columns(data, child, plan)))
    return (edited(data, edits) if edits else data), filtered


def _ref(data: bytes, element: Element, new: Area, old: Area) -> list[Edit]:
    return [] if new == old else [with_attribute(data, element, "ref", _range(new))]


def _range(area: Area) -> str:
    text = str(area)
    return text if ":" in text else f"{text}:{text}"


def _columns(data: bytes, listed: Element, plan: Plan[FileTable]) -> bytes:
    """All columns anew: known ones as they were, others with the look of their donor and an id of their own.

    A column that takes a slot of a changed one keeps that one's id, as if a user had renamed it.
    """
    old = list(listed.all("tableColumn"))
    p = prefix(data, listed)
    place = {header: j for j, header in enumerate(plan.table.header)}
    ids = [int(e.attributes["id"]) for e in old if e.attributes.get("id", "").isdigit()]
    following = max(ids, default=0) + 1
    made: list[bytes] = []
    taken = {place[header] for header in plan.layout.headers if header in place}
    for header, donor in zip(plan.layout.headers, plan.layout.donors, strict=True):
        if header in place:
            made.append(data[old[place[header]].start : old[place[header]].end])
            continue
        attributes = old[donor].attributes
        number = attributes.get("id", "") if donor not in taken else ""
        taken.add(donor)
        if not number:
            number, following = str(following), following + 1
        looks = "".join(f' {name}="{escaped(attributes[name])}"' for name in _LOOKS if name in attributes)
        made.append(f'<{p}tableColumn id="{number}" name="{_name(header)}"{looks}/>'.encode())
    return f'<{p}tableColumns count="{len(made)}">'.encode() + b"".join(made) + f"</{p}tableColumns>".encode()


def _name(header: str) -> str:
    return escaped(storable(header)).replace("\n", "_x000a_").replace("\t", "_x0009_")
