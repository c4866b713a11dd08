"""The add-in for LibreOffice Calc, ``BDIndex.oxt``: made of the table of worksheet functions and the folder `oxt`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .. import __version__
from ..functions import FUNCTIONS, Argument
from ..language import LANGUAGES, Lang, Text, same
from . import ribbon

NAME = "BDIndex.oxt"
IDENTIFIER = "org.bdindex.addin"

_PACKAGE = Path(__file__).parent.parent
_FOLDERS = _PACKAGE / "oxt", _PACKAGE.parent / "oxt"
_SOURCES = ("bdindex_addin.py", "bdindex_menu.py", "pythonpath/bdindex_bridge.py", "pythonpath/bdindex_worker.py")
_NO_NAMES = "FUNCTIONS = ()"  # in the source of the component

_LOCALES: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en-US"}
_SCHEMAS = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TITLE = Text("BDIndex：综合指数", "BDIndex: composite indices")
_MANIFEST = (
    ("XBdIndex.idl", "application/vnd.sun.star.uno-typelibrary;type=RDB"),
    ("bdindex_addin.py", "application/vnd.sun.star.uno-component;type=Python"),
    ("bdindex_menu.py", "application/vnd.sun.star.uno-component;type=Python"),
    ("CalcAddIns.xcu", "application/vnd.sun.star.configuration-data"),
    ("Addons.xcu", "application/vnd.sun.star.configuration-data"),
    ("ProtocolHandler.xcu", "application/vnd.sun.star.configuration-data"),
)
_MENU = (
    "recalculate", "restore", "", "check", "new_year", "collect", "", "robustness", "audit", "scenarios", "explain", "",
    "verify", "compare", "", "report", "share", "", "new", "help",
)  # fmt: skip


def extension() -> bytes:
    """The file: the same for the same sources, at any time and on any computer."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for path, text in _parts():
            entry = zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0))
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode())
    return made.getvalue()


def _parts() -> Iterator[tuple[str, str]]:
    yield "META-INF/manifest.xml", _manifest()
    yield "description.xml", _description()
    yield "XBdIndex.idl", _interface()
    yield "CalcAddIns.xcu", _functions()
    yield "Addons.xcu", _menu()
    yield "ProtocolHandler.xcu", _protocol()
    for path in _SOURCES:
        source = (_folder() / path).read_text("utf-8")
        yield path, source.replace(_NO_NAMES, f"FUNCTIONS = {tuple(function.name for function in FUNCTIONS)!r}")


@cache
def _folder() -> Path:
    """Where the sources are: in the package where it is installed, beside it in a checkout."""
    return next((folder for folder in _FOLDERS if (folder / _SOURCES[0]).is_file()), _FOLDERS[0])


def _manifest() -> str:
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(path)} manifest:media-type={quoteattr(kind)}/>\n"
        for path, kind in _MANIFEST
    )
    return f'{_XML}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'


def _description() -> str:
    names = "".join(f'<name lang="{_LOCALES[lang]}">{escape(_TITLE[lang])}</name>' for lang in reversed(LANGUAGES))
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{__version__}"/>\n'
        f"<display-name>{names}</display-name>\n</description>\n"
    )


def _interface() -> str:
    """The functions as UNO declares them.

    Arguments of any kind, so that one function may be the argument of another; an answer of rows of cells, since a
    tuple that comes as "any" would be an error.
    """
    lines = (
        f"    sequence< sequence< any > > {function.name}("
        + ", ".join(f"[in] any {_identifier(argument)}" for argument in function.arguments)
        + ");\n"
        for function in FUNCTIONS
    )
    return f"module org {{ module bdindex {{\n  interface XBdIndex {{\n{''.join(lines)}  }};\n}}; }};\n"


def _identifier(argument: Argument) -> str:
    """The name of an argument, none of which may be a word of the interface language."""
    return f"the{argument.name.capitalize()}"


def _functions() -> str:
    """Names and help, as the function wizard shows them."""
    nodes = "".join(
        _node(
            function.name,
            _property("DisplayName", same(function.name)),
            _property("Description", function.summary),
            '<prop oor:name="Category"><value xml:lang="en-US">Add-In</value></prop>',
            _property("CompatibilityName", same(function.name)),
            f'<node oor:name="Parameters">{"".join(map(_parameter, function.arguments))}</node>',
        )
        for function in FUNCTIONS
    )
    add_in = _node("org.bdindex.AddIn", f'<node oor:name="AddInFunctions">\n{nodes}</node>')
    return _configuration("CalcAddIns", f'<node oor:name="AddInInfo">{add_in}</node>')


def _menu() -> str:
    """The menu, in documents of Calc alone: the actions of the ribbon in Excel, under the same names."""
    items = "".join(
        _node(
            f"M{number:02}",
            *_item(f"org.bdindex:{action}" if action else "private:separator", ribbon.TEXTS.get(action)),
        )
        for number, action in enumerate(_MENU, 1)
    )
    calc = '<prop oor:name="Context"><value>com.sun.star.sheet.SpreadsheetDocument</value></prop>'
    menu = _node(
        "org.bdindex.Menu", _property("Title", ribbon.TEXTS["tab"]), calc, f'<node oor:name="Submenu">{items}</node>'
    )
    return _configuration("Addons", f'<node oor:name="AddonUI"><node oor:name="OfficeMenuBar">{menu}</node></node>')


def _item(url: str, title: Text | None) -> Iterator[str]:
    yield f'<prop oor:name="URL"><value>{url}</value></prop>'
    if title is not None:
        yield _property("Title", title)
        yield '<prop oor:name="Target"><value>_self</value></prop>'


def _protocol() -> str:
    handler = _node("org.bdindex.Command", '<prop oor:name="Protocols"><value>org.bdindex:*</value></prop>')
    return _configuration("ProtocolHandler", f'<node oor:name="HandlerSet">{handler}</node>')


def _configuration(name: str, content: str) -> str:
    return (
        f'{_XML}<oor:component-data {_SCHEMAS} oor:name="{name}" oor:package="org.openoffice.Office">\n'
        f"{content}</oor:component-data>\n"
    )


def _parameter(argument: Argument) -> str:
    name, help_text = _property("DisplayName", same(argument.name)), _property("Description", argument.help)
    return _node(_identifier(argument), name, help_text)


def _node(name: str, *content: str) -> str:
    return f'<node oor:name={quoteattr(name)} oor:op="replace">{"".join(content)}</node>\n'


def _property(name: str, text: Text) -> str:
    values = "".join(f'<value xml:lang="{_LOCALES[lang]}">{escape(text[lang])}</value>' for lang in LANGUAGES)
    return f'<prop oor:name="{name}">{values}</prop>'
