"""What makes our workbooks act: VBA sources, ribbon, configuration sheet, and that they fit each other."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook

from bdindex_xl import __version__
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.system import versions
from bdindex_xl.workbook import configuration, macro_parts, ribbon
from bdindex_xl.workbook.addin import make_addin
from tests.support import olevba, vba_grammar
from tests.workbook import making

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    "workbook": {name: macro_parts.source(name) for name in (*macro_parts.OURS, "ThisWorkbook")},
    "add-in": {name: macro_parts.addin_source(name) for name in (*macro_parts.OURS_OF_ADDIN, "ThisWorkbook")},
}
PROJECTS = tuple(SOURCES)
RIBBONS = {
    "workbook": {path: content for path, content, _ in ribbon.parts("en")},
    "add-in": {path: content for path, content, _ in ribbon.parts_of_addin("en")},
}
WRONG = "Sub A()\n    If x Then\nEnd Sub\nFunction\n"
_PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)", re.MULTILINE)
_CALLBACK = re.compile(r"on[A-Z]\w*|get[A-Z]\w*")
each_module = pytest.mark.parametrize(("of", "name"), [(of, name) for of, texts in SOURCES.items() for name in texts])
each_project = pytest.mark.parametrize("of", PROJECTS)


def procedures(of: str) -> set[str]:
    return {name for text in SOURCES[of].values() for name in _PROCEDURE.findall(text)}


def code(text: str) -> str:
    """Without comments and attributes. No text of ours holds an apostrophe but as a workbook's name has it."""
    lines = (line for line in text.splitlines() if "Attribute" not in line)
    return "\n".join(re.sub(r"(?<!\")'(?!\"|!|'|\)).*", "", line) for line in lines)


@each_module
def test_a_parser_of_vba_finds_no_error(of: str, name: str) -> None:
    assert vba_grammar.errors(SOURCES[of][name]) == []


def test_the_parser_finds_errors() -> None:
    assert vba_grammar.errors(WRONG)


@each_module
def test_every_variable_is_declared(of: str, name: str) -> None:
    # Option Explicit makes Excel refuse the module otherwise, and only when somebody runs it.
    text = SOURCES[of][name]
    assert "Option Explicit" in text
    own = set(re.findall(r"^(?:Public|Private)(?: WithEvents| Const)? (\w+) As", text, re.MULTILINE))
    for procedure in re.split(r"^End (?:Sub|Function)$", code(text), flags=re.MULTILINE)[:-1]:
        head = re.search(r"(?:Sub|Function) (\w+)\((.*)\)", procedure)
        assert head
        declared = own | {head[1], *re.findall(r"(\w+)(?:\(\))?(?: As [\w.]+)?(?:,|$)", head[2])}
        for line in re.findall(r"^\s*Dim (.*)$", procedure, re.MULTILINE):
            declared |= set(re.findall(r"(\w+)(?:\(\))? As ", line))
        used = re.findall(r"^\s*(?:Set |Do While .*)?(\w+) = ", procedure, re.MULTILINE)
        used += re.findall(r"For (?:Each )?(\w+) ", procedure)
        assert set(used) <= declared, procedure


@each_project
def test_procedures_called_are_there(of: str) -> None:
    for name, text in SOURCES[of].items():
        assert set(re.findall(r"\bBdx[A-Z]\w*", code(text))) <= procedures(of) | set(SOURCES[of]), name


@each_project
def test_no_public_name_stands_in_two_modules(of: str) -> None:
    # Excel would call such a name ambiguous, when somebody runs a macro that uses it.
    places: dict[str, set[str]] = {}
    for module, raw in olevba.modules(vba_of(of)).items():
        if module.endswith(".bas"):
            text = raw.decode("ascii")
            public = re.findall(
                r"^\s*(?:Public )?(?:Sub|Function|Property \w+) (\w+)", text, re.MULTILINE | re.IGNORECASE
            )
            public += re.findall(r"^\s*Public (?:Const )?(\w+) As", text, re.MULTILINE)
            for name in (*public, module.removesuffix(".bas")):
                places.setdefault(name.lower(), set()).add(module)
    assert len(places) > 50
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def read(of: str, lang: Lang = "zh") -> Workbook:
    return making.read(making.made(lang) if of == "workbook" else making.addin_as_workbook(lang))


def vba_of(of: str) -> bytes:
    """The project in the finished file."""
    made = making.made() if of == "workbook" else make_addin("zh")
    return making.parts(made)["xl/vbaProject.bin"]


@each_project
def test_every_callback_of_the_ribbon_is_a_procedure(of: str) -> None:
    called = {
        value
        for content in RIBBONS[of].values()
        for element in ElementTree.fromstring(content).iter()
        for key, value in element.attrib.items()
        if _CALLBACK.fullmatch(key)
    }
    assert called
    assert called <= procedures(of)


def actions() -> set[str]:
    """Actions that Python knows."""
    from bdindex_xl.buttons import of_excel

    return set(of_excel.ACTIONS)


@each_project
def test_every_button_leads_to_an_action_of_python(of: str) -> None:
    tags = {element.get("tag") for element in ElementTree.fromstring(RIBBONS[of]["customUI/customUI14.xml"]).iter()}
    called = re.findall(r'Bdx(?:Run|Call) "(\w+)"', "".join(SOURCES[of].values()))
    enabled = {*called, *filter(None, tags)} - {"help"} - disabled(of)
    assert enabled == actions() - ({"new"} if of == "workbook" else set())


def disabled(of: str) -> set[str]:
    """Buttons that are never enabled yet."""
    return set(re.findall(r'Case "(\w+)"\s+enabled = False', SOURCES[of]["BdxRibbon"]))


@pytest.mark.parametrize(("of", "n_buttons"), [("workbook", 14), ("add-in", 15)])
def test_every_button_has_a_key_and_a_tip(of: str, n_buttons: int) -> None:
    for content in RIBBONS[of].values():
        buttons = [e for e in ElementTree.fromstring(content).iter() if e.tag.endswith("button")]
        assert len(buttons) == n_buttons
        for button in buttons:
            assert all(button.get(name) for name in ("keytip", "label", "screentip", "supertip", "imageMso", "tag"))
        for name in ("keytip", "id", "tag"):
            assert len({button.get(name) for button in buttons}) == len(buttons)


@pytest.mark.parametrize("lang", LANGUAGES)
@each_project
def test_every_message_that_vba_shows_is_on_the_configuration_sheet(of: str, lang: Lang) -> None:
    book = read(of, lang)
    messages = configuration.MESSAGES if of == "workbook" else configuration.MESSAGES_OF_ADDIN
    asked = {key for text in SOURCES[of].values() for key in re.findall(r'BdxMessage\("(\w+)"\)', text)}
    asked |= {key for _, key in configuration.CAUSES} | set(re.findall(r'key = "(\w+)"', SOURCES[of]["BdxMessages"]))
    assert asked == set(messages)
    for key, text in messages.items():
        place = book.defined_names[f"bdx_message_{key}"].attr_text
        assert book[place.split("!")[0].strip("'")][place.split("!")[1].replace("$", "")].value == text[lang]
        assert len(text[lang]) <= 255 * 4


@each_project
def test_xlwings_reads_its_settings_down_to_the_first_blank(of: str) -> None:
    sheet = read(of)[configuration.SHEET]
    keys = [sheet.cell(row, 1).value for row in range(1, 7)]
    assert keys == ["UDF MODULES", "USE UDF SERVER", "ADD_WORKBOOK_TO_PYTHONPATH", "PYTHONPATH", "DEBUG UDFS", None]
    assert sheet.sheet_state == ("hidden" if of == "workbook" else "visible")  # of an add-in, no sheet is seen


@each_project
def test_the_project_in_the_file_is_made_of_the_sources(of: str) -> None:
    read = olevba.modules(vba_of(of))
    found = {name.rsplit(".", 1)[0]: raw.decode("ascii") for name, raw in read.items()}
    assert {*SOURCES[of], "BdxVersion", "xlwings", "Dictionary"} <= found.keys()
    for name, text in SOURCES[of].items():
        lines = [line for line in text.splitlines() if not line.startswith("Attribute")]
        assert [line for line in found[name].splitlines() if not line.startswith("Attribute")] == lines, name
    assert f'BDX_VERSION As String = "{__version__}"' in found["BdxVersion"]
    assert f'XLWINGS_VERSION As String = "{versions.XLWINGS_VERSION}"' in found["xlwings"]
    assert "BSD 3-clause" in found["xlwings"]
    assert "License: MIT" in found["Dictionary"]


@each_project
def test_what_helps_macros_is_no_worksheet_function_of_its_own(of: str) -> None:
    # A public function of a module that is not private is offered in every cell, beside ours.
    for name, raw in olevba.modules(vba_of(of)).items():
        text = raw.decode("ascii")
        public = re.findall(r"^(?:Public )?Function (\w+)", text, re.MULTILINE | re.IGNORECASE)
        if name.endswith(".bas") and "Option Private Module" not in text:
            assert not [function for function in public if not function.startswith("BDINDEX_")], name
        assert "sql" not in public


def test_sources_are_ascii() -> None:
    sources = list((ROOT / "vba").rglob("*.bas"))
    assert len(sources) > 4 and all(file.read_text("utf-8").isascii() for file in sources)
