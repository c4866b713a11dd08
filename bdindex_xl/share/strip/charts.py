"""Charts of what goes: series that must not be seen go too; others keep the numbers they show, without the link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from ...hosts.files.markup import Element, escaped, prefix
from ...language import Text
from .draft import Draft, Link, Xml
from .references import Fate, Gone, fate
from .reports import Removals

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_STRICT = "{http://purl.oclc.org/ooxml/drawingml/chart}"
_REFERENCES = ("numRef", "strRef", "multiLvlStrRef")
_CACHES = ("numCache", "strCache", "multiLvlStrCache")
_FORMULA_TAGS = ("f", "sqref")
_QUOTED_SHEET = re.compile(r"'((?:[^']|'')+)'!|([^\s'!(),=]+)!")

_SERIES = Text("图表中 {n} 个取自已移除数据的系列", "{n} chart series of removed data")
_WHOLE = Text("只显示已移除数据的图表 {n} 个", "{n} {n:chart|charts} of removed data alone")
_LITERAL = Text("图表中 {n} 处引用改为数值", "{n} {n:reference|references} in charts replaced by values")


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def of_drawing(draft: Draft, part: str, gone: Gone, stale: frozenset[str], report: Removals) -> None:
    """All charts of a drawing; caches of what stands on `stale` sheets, whose cells will change, are left out."""
    drawing = draft.xml(part)
    for link in draft.links(part, "chart", "chartEx"):
        if empties(draft, link, gone):
            report.count(_WHOLE, 1)
            remove_frame(drawing, partial(_carries, link.id))
            draft.cut(part, [link])
        elif link.type == "chart":
            _of_chart(draft, link.target, gone, stale, report)
    for element in drawing.root.within():
        linked = element.attributes.get("textlink", "")
        if linked and fate(linked, gone):
            drawing.drop(element, "textlink")


def _carries(relation: str, element: Element) -> bool:
    return element.attributes.get("{r}id") == relation


def shows_nothing_else(draft: Draft, page: str, gone: Gone) -> bool:
    """Whether all charts of a chart sheet go."""
    links = [
        (link, inner) for link in draft.links(page, "drawing") for inner in draft.links(link.target, "chart", "chartEx")
    ]
    return bool(links) and all(empties(draft, inner, gone) for _, inner in links)


def empties(draft: Draft, link: Link, gone: Gone) -> bool:
    """Whether nothing is left of a chart that can be drawn."""
    root = draft.xml(link.target).root
    if link.type == "chartEx":  # has no form for numbers of its own
        return any(fate(element.text, gone) for element in root.within() if local(element) == "f")
    series = [element for element in root.within() if local(element) == "ser" and _is_chart(element)]
    lost = [element for element in series if _fate(element, gone) > Fate.VALUE]
    stock = any(local(element) == "stockChart" for element in root.within())  # has three series or four
    return bool(lost) and (stock or len(lost) == len(series))


def _is_chart(element: Element) -> bool:
    return element.tag.startswith((_CHART, _STRICT))


def _fate(element: Element, gone: Gone) -> Fate:
    formulas = (inner.text for inner in element.within() if local(inner) in _FORMULA_TAGS and _is_chart(inner))
    return max((fate(formula, gone) for formula in formulas), default=Fate.STAYS)


def _of_chart(draft: Draft, part: str, gone: Gone, stale: frozenset[str], report: Removals) -> None:
    chart = draft.xml(part)
    waiting: list[tuple[Element, Element]] = [(chart.root, chart.root)]
    while waiting:
        element, parent = waiting.pop()
        name = local(element)
        if name == "ser" and _is_chart(element) and _fate(element, gone) > Fate.VALUE:
            chart.remove(element)
            report.count(_SERIES, 1)
        elif name == "ext" and any(fate(e.text, gone) for e in element.within() if local(e) in _FORMULA_TAGS):
            chart.remove(element)
        elif name in _REFERENCES:
            _of_reference(chart, element, parent, gone, stale, report)
        elif name == "externalData":
            draft.cut(part, [link for link in draft.links(part) if link.id == element.attributes.get("{r}id")])
            chart.remove(element)
        else:
            waiting += [(child, element) for child in reversed(element.children)]


def _of_reference(
    chart: Xml, element: Element, parent: Element, gone: Gone, stale: frozenset[str], report: Removals
) -> None:
    formula = next((child.text for child in element.children if local(child) == "f"), "")
    what = fate(formula, gone)
    if what is Fate.STAYS:
        for child in element.children if sheets_in(formula) & stale else ():
            if local(child) in _CACHES:
                chart.remove(child)
        return
    literal = _literal(chart, element, parent) if what is Fate.VALUE else None
    if literal is None:
        chart.remove(parent)
    else:
        chart.replace(element, literal)
    report.count(_LITERAL, 1)


def sheets_in(formula: str) -> set[str]:
    """Sheets that a series names, in lower case."""
    found = _QUOTED_SHEET.findall(formula)
    return {(quoted.replace("''", "'") if quoted else plain).casefold() for quoted, plain in found}


def _literal(chart: Xml, element: Element, parent: Element) -> bytes | None:
    """The values of a reference in its place; None where the chart has not stored them."""
    cache = next((child for child in element.children if local(child) in _CACHES), None)
    if cache is None:
        return None
    p = prefix(chart.data, element)
    if local(parent) == "tx":
        text = "".join(e.text for e in cache.within() if local(e) == "v")
        return _title(chart, parent, p, text)
    content = b"".join(chart.data[child.start : child.end] for child in _points(cache))
    name = "numLit" if local(element) == "numRef" else "strLit"
    return f"<{p}{name}>".encode() + content + f"</{p}{name}>".encode()


def _points(cache: Element) -> Iterator[Element]:
    """Count and points; of several levels, the first."""
    level = next((child for child in cache.children if local(child) == "lvl"), None)
    yield from (child for child in cache.children if local(child) in ("formatCode", "ptCount"))
    yield from (child for child in (level or cache).children if local(child) == "pt")


def _title(chart: Xml, parent: Element, p: str, text: str) -> bytes:
    """A series' name is plain; any other title is a text of its own."""
    if any(local(e) == "ser" and parent in e.children for e in chart.root.within()):
        return f"<{p}v>{escaped(text)}</{p}v>".encode()
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    run = f"<a:p><a:r><a:t>{escaped(text)}</a:t></a:r></a:p>"
    return f'<{p}rich xmlns:a="{main}"><a:bodyPr/>{run}</{p}rich>'.encode()


def remove_frame(drawing: Xml, is_it: Callable[[Element], bool]) -> None:
    """Take out the object of a drawing that holds an element; its anchor, or its place in a group."""
    for anchor in drawing.root.children:
        path = _path(anchor, is_it)
        if path is None:
            continue
        groups = [i for i, element in enumerate(path) if local(element) == "grpSp"]
        drawing.remove(path[groups[-1] + 1] if groups else anchor)


def _path(element: Element, is_it: Callable[[Element], bool]) -> list[Element] | None:
    if is_it(element):
        return [element]
    for child in element.children:
        below = _path(child, is_it)
        if below is not None:
            return [element, *below]
    return None
