"""What runs: VBA, the ribbon, our buttons, ActiveX, embedded objects. Shapes that call a macro stay and call none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...hosts.files.markup import Element
from ...language import Text
from . import vml
from .draft import Draft, Xml
from .reports import Removals

_OURS = re.compile(r"(?:^|[!.])Bdx", re.I)
_SHAPE_NUMBER = re.compile(r"_s([0-9]+)$")
_RIBBON = ("extensibility", "userCustomization", "webextensiontaskpanes")

_PROJECT = Text("VBA 工程", "the VBA project")
_RIBBON_TEXT = Text("自定义功能区和加载项窗格", "custom ribbon tabs and add-in panes")
_BUTTONS = Text("“重新计算”等按钮 {n} 个", "{n} {n:button|buttons} of the add-in")
_CALLS = Text(
    "{n} 个图形或控件所指定的宏（图形保留）",
    "the macros of {n} {n:shape or control|shapes or controls}, the rest of which stays",
)
_OBJECTS = Text(
    "ActiveX 控件和嵌入对象 {n} 个", "{n} ActiveX {n:control or embedded object|controls and embedded objects}"
)


def of_package(draft: Draft, report: Removals) -> None:
    """The VBA project with its signatures, toolbars, and whatever the ribbon shows."""
    book = draft.xml(draft.main)
    if draft.cut(draft.main, draft.links(draft.main, "vbaProject", "attachedToolbars"), book):
        report.add(_PROJECT)
    if draft.cut("", draft.links("", *_RIBBON)):
        report.add(_RIBBON_TEXT)
    groups = book.root.find("functionGroups")
    if groups is not None:
        book.remove(groups)


def of_sheet(draft: Draft, part: str, page: Xml, report: Removals) -> None:
    """Buttons of ours, controls that carry code, and every macro that a shape or control calls."""
    doomed = _controls(draft, part, page)
    report.count(_OBJECTS, len(doomed))
    buttons = {f"_x0000_s{number}" for number in _our_controls(page)}
    for link in draft.links(part, "vmlDrawing"):
        data = draft.raw(link.target)
        buttons |= {shape.id for shape in vml.shapes(data) if shape.kind == "Button" and _OURS.search(shape.macro)}
        gone = buttons | {f"_x0000_s{number}" for number in doomed}
        new, called = vml.without_macros(vml.without_ids(data, gone))
        report.count(_CALLS, called)
        if new != data:
            draft.write(link.target, new)
    report.count(_BUTTONS, len(buttons))
    numbers = {found[1] for name in buttons if (found := _SHAPE_NUMBER.search(name))}
    _without_controls(draft, part, page, numbers, report)
    for link in draft.links(part, "drawing"):
        _of_drawing(draft.xml(link.target), numbers | doomed, report)
        for chart in draft.links(link.target, "chart"):
            for shapes in draft.links(chart.target, "chartUserShapes"):
                _of_drawing(draft.xml(shapes.target), set(), report)


def _our_controls(page: Xml) -> Iterator[str]:
    """Shape numbers of controls that call a macro of ours."""
    for control in page.root.within():
        calls = (element.attributes.get("macro", "") for element in control.children if element.tag == "controlPr")
        if control.tag == "control" and any(_OURS.search(macro) for macro in calls):
            yield control.attributes.get("shapeId", "")


def _controls(draft: Draft, part: str, page: Xml) -> set[str]:
    """Shape numbers of ActiveX controls and embedded objects, which are taken out of the sheet."""
    live = {link.id for link in draft.links(part, "control")}
    found = set()
    for element in page.root.within():
        active = element.tag == "control" and element.attributes.get("{r}id") in live
        if active or element.tag == "oleObject":
            found.add(element.attributes.get("shapeId", ""))
            page.remove(element)
    # The element of an object may also carry the relation of its picture.
    draft.cut(part, draft.links(part, "control", "oleObject", "package"))
    return found


def _without_controls(draft: Draft, part: str, page: Xml, numbers: set[str], report: Removals) -> None:
    for element in page.root.within():
        if element.tag == "control" and element.attributes.get("shapeId") in numbers:
            draft.cut(part, [link for link in draft.links(part) if link.id == element.attributes.get("{r}id")])
            page.remove(element)
        elif element.tag == "controlPr" and page.drop(element, "macro"):
            report.count(_CALLS, 1)
    for link in draft.links(part, "ctrlProp"):
        properties = draft.xml(link.target)
        properties.drop(properties.root, "fmlaMacro")


def _of_drawing(drawing: Xml, numbers: set[str], report: Removals) -> None:
    for anchor in drawing.root.children:
        if any(_number(element) in numbers for element in anchor.within()):
            drawing.remove(anchor)
            continue
        for element in anchor.within():
            if element.attributes.get("macro"):
                drawing.set(element, "macro", "")
                report.count(_CALLS, 1)


def _number(element: Element) -> str:
    """Number of the form control that a shape stands for."""
    found = _SHAPE_NUMBER.search(element.attributes.get("spid", "")) if element.tag.endswith("}compatExt") else None
    return found[1] if found else "-"


def without_empty_drawings(draft: Draft, part: str, page: Xml) -> None:
    """A sheet keeps no link to a drawing of comments and controls that has none left."""
    old = page.root.find("legacyDrawing")
    carried = old.attributes.get("{r}id") if old is not None else None
    for link in list(draft.links(part, "vmlDrawing")):
        if link.id == carried and not any(vml.shapes(draft.raw(link.target))):
            draft.cut(part, [link], page)
