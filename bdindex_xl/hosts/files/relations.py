"""Which part belongs to which: content types and relations of the Open Packaging Conventions."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from ...errors import FileRefused
from ...language import Text
from . import refusals
from .directory import key
from .markup import Edit, Element, edited, kept, removed, root_of, utf8
from .package import Package, Packed, packed

CONTENT_TYPES = "[Content_Types].xml"
# Types of a workbook's main part, with the suffix that Excel asks of such a file.
_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": ".xltm",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": ".xlam",
}
_OTHERS = {"wordprocessingml": "Word", "ms-word": "Word", "presentationml": "PowerPoint", "ms-powerpoint": "PowerPoint"}


class Relation(NamedTuple):
    """A relation of a part; `type` is the last word of its type, alike in both spellings of the namespace."""

    id: str
    type: str
    target: str


@lru_cache(maxsize=1024)  # asked for with every look at a part
def relations_part(part: str) -> str:
    """Name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(package: Package, part: str) -> Mapping[str, Relation]:
    """A part's relations to other parts by id; those to the outside world are left out."""
    where = relations_part(part)
    if where not in package:
        return {}
    return _inside(package.read(where), where, part)


@kept
def _inside(data: bytes, where: str, part: str) -> Mapping[str, Relation]:
    found = {}
    for element in root_of(utf8(data, where), where, "Relationships").all("Relationship"):
        if element.attributes.get("TargetMode", "").lower() != "external":
            relation = _relation(part, element)
            found[relation.id] = relation
    return found


def _relation(part: str, element: Element) -> Relation:
    target = unquote(element.attributes.get("Target", "")).replace("\\", "/")
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    return Relation(element.attributes.get("Id", ""), element.attributes.get("Type", "").rpartition("/")[2], path)


def workbook_part(package: Package) -> str:
    """Name of the workbook's main part. Raises FileRefused for anything else that comes in a zip."""
    if CONTENT_TYPES not in package:
        raise _not_excel(package)
    main = next((r.target for r in relations(package, "").values() if r.type == "officeDocument"), "")
    if not main:
        raise refusals.damaged("_rels/.rels", Text("未指明工作簿", "names no workbook"))
    kind = _content_type(package, main)
    if "binary" in kind or main.lower().endswith(".bin"):
        raise refusals.binary_format()
    for word, program in _OTHERS.items():
        if word in kind:
            raise refusals.other_format(program)
    if kind not in _MAIN_TYPES:
        raise refusals.not_a_workbook()
    if main not in package:
        raise refusals.missing_part(main)
    return main


def suffix_of(package: Package, main: str) -> str:
    """The suffix that a workbook's file must have, by the type of its main part."""
    return _MAIN_TYPES[_content_type(package, main)]


def _not_excel(package: Package) -> FileRefused:
    if "mimetype" in package and b"opendocument" in package.read("mimetype"):
        return refusals.other_format("OpenDocument")
    if any(name.startswith("xl/") for name in package.names()):
        return refusals.missing_part(CONTENT_TYPES)
    return refusals.not_a_workbook()


def _content_type(package: Package, part: str) -> str:
    root = root_of(utf8(package.read(CONTENT_TYPES), CONTENT_TYPES), CONTENT_TYPES, "Types")
    for element in root.all("Override"):
        if key(element.attributes.get("PartName", "")) == key(part):
            return element.attributes.get("ContentType", "").lower()
    suffix = part.rpartition(".")[2].lower()
    defaults = {
        e.attributes.get("Extension", "").lower(): e.attributes.get("ContentType", "") for e in root.all("Default")
    }
    return defaults.get(suffix, "").lower()


def without_part(package: Package, part: str, owner: str) -> dict[str, Packed | None]:
    """All that changes when a part goes: itself, its content type and its owner's relation to it."""
    types = utf8(package.read(CONTENT_TYPES), CONTENT_TYPES)
    overrides = root_of(types, CONTENT_TYPES, "Types").all("Override")
    gone: list[Edit] = [removed(e) for e in overrides if key(e.attributes.get("PartName", "")) == key(part)]
    where = relations_part(owner)
    related = utf8(package.read(where), where)
    links = root_of(related, where, "Relationships").all("Relationship")
    cut = [removed(e) for e in links if key(_relation(owner, e).target) == key(part)]
    return {part: None, CONTENT_TYPES: packed(edited(types, gone)), where: packed(edited(related, cut))}
