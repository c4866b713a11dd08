"""A package on its way to becoming another: parts read once, changes collected, all of them made at the end.

Parts that nothing leads to any more go with their content types; what nobody touched stays to the byte.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from ...hosts.files.directory import key
from ...hosts.files.markup import Edit, Element, edited, removed, tree, utf8, with_attribute
from ...hosts.files.package import Package, Packed, packed
from ...hosts.files.relations import CONTENT_TYPES, relations_part
from ...hosts.files.sheet_xml import SheetXml

_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""", re.S)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
# Children without which their parent has nothing to say, whatever else stands in it.
_KEYSTONES = {
    f"{_COMPATIBILITY}AlternateContent": f"{_COMPATIBILITY}Choice",
    f"{_X14}sparklineGroup": f"{_X14}sparklines",
    f"{_X14}conditionalFormatting": f"{_X14}cfRule",
    "conditionalFormatting": "cfRule",
}
# Elements that say something by themselves, whatever is taken out of them.
_STANDS_ALONE = frozenset(("tableColumn",))
# Elements that mean something without the relation they carry.
_LIVES_WITHOUT = {"pageSetup", "worksheetSource", "rangeSet", "blip"}


@dataclass(frozen=True, slots=True)
class Link:
    """A relation with its place: `target` is a part's name, or what the file says where it leads outside."""

    id: str
    type: str
    target: str
    external: bool
    element: Element


class Xml:
    """A part's elements, and what is to become of them."""

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        self.data = utf8(data, part)
        self.root = tree(self.data, part)
        self._edits: list[Edit] = []
        self._doomed: set[int] = set()

    def remove(self, element: Element) -> None:
        """Take an element out; parents that are left with nothing go too."""
        self._doomed.add(id(element))

    def gone(self, element: Element) -> bool:
        """Whether the element was taken out by name (not with a parent)."""
        return id(element) in self._doomed

    def drop(self, element: Element, *names: str) -> bool:
        """Take attributes off; names with ``r:`` before them are those of relations. Tells whether one was there."""
        found = False
        for match in _ATTRIBUTE.finditer(self.data, element.start, element.inner):
            prefix, _, local = match[1].decode().rpartition(":")
            if (f"r:{local}" if prefix else local) in names:
                self._edits.append(Edit(match.start(), match.end(), b""))
                found = True
        return found

    def set(self, element: Element, name: str, value: str) -> None:
        self._edits.append(with_attribute(self.data, element, name, value))

    def replace(self, element: Element, text: bytes) -> None:
        self._edits.append(Edit(element.start, element.end, text))

    def empty(self, element: Element) -> bool:
        """Take what is inside an element out. Tells whether there was anything."""
        if element.inner < element.close:
            self._edits.append(Edit(element.inner, element.close, b""))
        return element.inner < element.close

    def edits(self) -> list[Edit]:
        """All changes, those inside of what goes anyway left out."""
        removals: list[Edit] = []
        counts: list[Edit] = []
        for child in self.root.children:
            self._prune(child, removals, counts)
        ranges = [(edit.start, edit.end) for edit in removals]
        kept = [e for e in (*self._edits, *counts) if not any(a <= e.start and e.end <= b for a, b in ranges)]
        return [*removals, *dict.fromkeys(kept)]

    def _prune(self, element: Element, removals: list[Edit], counts: list[Edit]) -> bool:
        """Whether an element goes; collects what is to be removed below it where it stays."""
        if id(element) in self._doomed:
            removals.append(removed(element))
            return True
        mine: list[Edit] = []
        left = [child for child in element.children if not self._prune(child, mine, counts)]
        if len(left) == len(element.children):
            removals += mine
            return False
        keystone = _KEYSTONES.get(element.tag)
        if element.tag not in _STANDS_ALONE and not [child for child in left if keystone in (None, child.tag)]:
            removals.append(removed(element))
            return True
        if "count" in element.attributes:
            counts.append(with_attribute(self.data, element, "count", str(len(left))))
        removals += mine
        return False

    def result(self) -> bytes | None:
        """The part's new content; None where nothing changes."""
        edits = self.edits()
        return edited(self.data, edits) if edits else None


class SheetDraft(Xml):
    """A worksheet: its frame as elements, its rows as bytes."""

    def __init__(self, data: bytes, part: str) -> None:
        self.cells = SheetXml(data, part)
        super().__init__(self.cells.head + self.cells.tail, part)
        self.row_edits: list[Edit] = []

    def result(self) -> bytes | None:
        edits = self.edits()
        if not edits and not self.row_edits:
            return None
        border = len(self.cells.head)
        head = edited(self.cells.head, [edit for edit in edits if edit.end <= border])
        after = [Edit(e.start - border, e.end - border, e.text) for e in edits if e.end > border]
        return head + self.cells.back_in(edited(self.cells.data, self.row_edits)) + edited(self.cells.tail, after)


class Draft:
    """A package and the changes to be made to it."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.main = main
        self._xml: dict[str, Xml] = {}
        self._sheets: dict[str, SheetDraft] = {}
        self._raw: dict[str, bytes] = {}
        self._links: dict[str, list[Link]] = {}

    def xml(self, part: str) -> Xml:
        """A part's elements; asked for again, the same ones with the changes so far."""
        found = self._xml.get(key(part))
        if found is None:
            found = self._xml[key(part)] = Xml(self.package.read(part), part)
        return found

    def sheet(self, part: str) -> SheetDraft:
        """A worksheet's frame and rows."""
        found = self._sheets.get(key(part))
        if found is None:
            found = self._sheets[key(part)] = SheetDraft(self.package.read(part), part)
        return found

    def raw(self, part: str) -> bytes:
        """A part's bytes as they stand, for what is not XML."""
        return self._raw.get(key(part)) or self.package.read(part)

    def write(self, part: str, data: bytes) -> None:
        """New bytes for a part that no one asks the elements of."""
        self._raw[key(part)] = data

    def all_links(self, part: str) -> list[Link]:
        """A part's relations, those that were cut included."""
        found = self._links.get(key(part))
        if found is None:
            where = relations_part(part)
            listed = self.xml(where).root.all("Relationship") if where in self.package else ()
            found = self._links[key(part)] = [_link(part, element) for element in listed]
        return found

    def links(self, part: str, *types: str) -> Iterator[Link]:
        """A part's relations, of those types or of any; the type is the last word of its name."""
        for link in self.all_links(part):
            alive = not self.xml(relations_part(part)).gone(link.element)
            if alive and (not types or link.type in types) and (link.external or link.target in self.package):
                yield link

    def cut(self, part: str, links: Iterable[Link], carriers: Xml | None = None) -> int:
        """Take relations out, and the elements of `carriers` that carry their ids; tells how many there were."""
        ids = {link.id for link in links}
        for link in self.all_links(part) if ids else ():
            if link.id in ids:
                self.xml(relations_part(part)).remove(link.element)
        for element in carriers.root.within() if carriers is not None and ids else ():
            carried = [name for name, value in element.attributes.items() if name.startswith("{r}") and value in ids]
            if carried and carriers is not None:
                if element.tag.rpartition("}")[2] in _LIVES_WITHOUT:
                    carriers.drop(element, *(name.replace("{r}", "r:") for name in carried))
                else:
                    carriers.remove(element)
        return len(ids)

    def reached(self) -> list[str]:
        """Parts that relations still lead to, from the package downwards."""
        found: dict[str, str] = {}
        waiting = [link.target for link in self.links("") if not link.external]
        while waiting:
            part = waiting.pop()
            if key(part) not in found:
                found[key(part)] = part
                waiting += [link.target for link in self.links(part) if not link.external]
        return list(found.values())

    def finish(self, types: Callable[[Xml, set[str]], None]) -> bytes:
        """The file with all changes made. `types` may change the content types, given the parts that stay."""
        alive = {key(part) for part in self.reached()}
        alive |= {key(relations_part(part)) for part in ("", *self.reached())} | {key(CONTENT_TYPES)}
        parts: dict[str, Packed | None] = {name: None for name in self.package.names() if key(name) not in alive}
        types(self.xml(CONTENT_TYPES), alive)
        for name in self.package.names():
            new = self._new(name) if key(name) in alive else None
            if new is not None:
                parts[name] = packed(new)
        self.package.replace(parts)
        return self.package.to_bytes()

    def _new(self, name: str) -> bytes | None:
        part = key(name)
        if part in self._raw:
            return self._raw[part]
        found = self._sheets.get(part) or self._xml.get(part)
        return found.result() if found is not None else None


def _link(part: str, element: Element) -> Link:
    target = element.attributes.get("Target", "")
    external = element.attributes.get("TargetMode", "").lower() == "external"
    kind = element.attributes.get("Type", "").rpartition("/")[2]
    if not external:
        path = posixpath.join("/", posixpath.dirname(part), unquote(target).replace("\\", "/"))
        target = posixpath.normpath(path).lstrip("/")
    return Link(element.attributes.get("Id", ""), kind, target, external, element)
