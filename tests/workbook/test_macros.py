"""What makes our workbooks act: VBA sources, ribbon, configuration sheet, and that they fit each other."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bdindex_xl import __version__
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.system import versions
from bdindex_xl.workbook import configuration, macro_parts, make, ribbon
from tests.support import olevba, vba_grammar
from tests.workbook import making

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
MODULES = (*macro_parts.OURS, "ThisWorkbook")
SOURCES = {name: macro_parts.source(name) for name in MODULES}
_PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)", re.MULTILINE)
PROCEDURES = {name for text in SOURCES.values() for name in _PROCEDURE.findall(text)}
RIBBON = {path: content for path, content, _ in ribbon.parts("en")}
_CALLBACK = re.compile(r"on[A-Z]\w*|get[A-Z]\w*")


@pytest.mark.parametrize("name", MODULES)
def test_a_parser_of_vba_finds_no_error(name: str) -> None:
    assert vba_grammar.errors(SOURCES[name]) == []


def test_the_parser_finds_errors() -> None:
    assert vba_grammar.errors("Sub A()\n    If x Then\nEnd Sub\nFunction\n")


@pytest.mark.parametrize("name", MODULES)
def test_every_variable_is_declared(name: str) -> None:
    # Option Explicit makes Excel refuse the module otherwise, and only when somebody runs it.
    assert name == "BdxFunctions" or "Option Explicit" in SOURCES[name]


def test_procedures_called_are_there() -> None:
    own = re.compile(r"\bBdx[A-Z]\w*")
    for name, text in SOURCES.items():
        code = "\n".join(line.split("'")[0] for line in text.splitlines() if "Attribute" not in line)
        assert set(own.findall(code)) <= PROCEDURES, name


def test_every_callback_of_the_ribbon_is_a_procedure() -> None:
    called = {
        value
        for content in RIBBON.values()
        for element in ElementTree.fromstring(content).iter()
        for key, value in element.attrib.items()
        if _CALLBACK.fullmatch(key)
    }
    assert called
    assert called <= PROCEDURES


def actions() -> set[str]:
    """Actions that Python knows."""
    from bdindex_xl import buttons

    return set(buttons.ACTIONS)


def test_every_button_leads_to_an_action_of_python() -> None:
    tags = {element.get("tag") for element in ElementTree.fromstring(RIBBON["customUI/customUI14.xml"]).iter()}
    ran = {*re.findall(r'Bdx(?:Run|Call) "(\w+)"', SOURCES["BdxActions"]), *filter(None, tags)}
    enabled = ran - {"help"} - disabled()
    assert enabled == actions()


def disabled() -> set[str]:
    """Buttons that are never enabled yet."""
    return set(re.findall(r'Case "(\w+)"\s+enabled = False', SOURCES["BdxRibbon"]))


def test_every_button_has_a_key_and_a_tip() -> None:
    for content in RIBBON.values():
        buttons = [e for e in ElementTree.fromstring(content).iter() if e.tag.endswith("button")]
        assert len(buttons) == 12
        for button in buttons:
            assert all(button.get(name) for name in ("keytip", "label", "screentip", "supertip", "imageMso", "tag"))
        for name in ("keytip", "id", "tag"):
            assert len({button.get(name) for button in buttons}) == len(buttons)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_that_vba_shows_is_on_the_configuration_sheet(lang: Lang) -> None:
    book = making.read(make(making.contents(lang)))
    asked = {key for text in SOURCES.values() for key in re.findall(r'BdxMessage\("(\w+)"\)', text)}
    asked |= {key for _, key in configuration.CAUSES} | set(re.findall(r'key = "(\w+)"', SOURCES["BdxMessages"]))
    assert asked == set(configuration.MESSAGES)
    for key, text in configuration.MESSAGES.items():
        place = book.defined_names[f"bdx_message_{key}"].attr_text
        assert book[place.split("!")[0].strip("'")][place.split("!")[1].replace("$", "")].value == text[lang]
        assert len(text[lang]) <= 255 * 4


def test_xlwings_reads_its_settings_down_to_the_first_blank() -> None:
    sheet = making.read(make(making.contents()))[configuration.SHEET]
    keys = [sheet.cell(row, 1).value for row in range(1, 7)]
    assert keys == ["UDF MODULES", "USE UDF SERVER", "ADD_WORKBOOK_TO_PYTHONPATH", "PYTHONPATH", "DEBUG UDFS", None]
    assert sheet.sheet_state == "hidden"


def test_the_project_in_the_workbook_is_made_of_the_sources() -> None:
    book = making.parts(make(making.contents()))
    read = olevba.modules(book["xl/vbaProject.bin"])
    found = {name.rsplit(".", 1)[0]: raw.decode("ascii") for name, raw in read.items()}
    assert {*MODULES, "BdxVersion", "xlwings", "Dictionary"} <= found.keys()
    for name, text in SOURCES.items():
        code = [line for line in text.splitlines() if not line.startswith("Attribute")]
        assert [line for line in found[name].splitlines() if not line.startswith("Attribute")] == code, name
    assert f'BDX_VERSION As String = "{__version__}"' in found["BdxVersion"]
    assert f'XLWINGS_VERSION As String = "{versions.XLWINGS_VERSION}"' in found["xlwings"]
    assert "BSD 3-clause" in found["xlwings"]
    assert "License: MIT" in found["Dictionary"]


def test_what_helps_macros_is_no_worksheet_function_of_its_own() -> None:
    # A public function of a module that is not private is offered in every cell, beside ours.
    book = making.parts(make(making.contents()))
    for name, raw in olevba.modules(book["xl/vbaProject.bin"]).items():
        text = raw.decode("ascii")
        public = re.findall(r"^(?:Public )?Function (\w+)", text, re.MULTILINE | re.IGNORECASE)
        if name.endswith(".bas") and "Option Private Module" not in text:
            assert not [function for function in public if not function.startswith("BDINDEX_")], name
        assert "sql" not in public


def test_sources_are_ascii() -> None:
    sources = list((ROOT / "vba").glob("*.bas"))
    assert len(sources) > 4 and all(file.read_text("utf-8").isascii() for file in sources)
