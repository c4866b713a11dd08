"""The add-in: what makes it one, what other programs make of it, and that it works for a workbook that is not its own."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from bdindex_xl.functions import FUNCTIONS
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.workbook import macro_parts, ribbon
from bdindex_xl.workbook.addin import make_addin
from tests.support import compound, lint, office, olevba, ovba, windows
from tests.support.windows import MISSING, Sheet
from tests.workbook import making

pytestmark = pytest.mark.slow


def sources(lang: Lang = "en") -> dict[str, str]:
    """Modules of the finished file, by name."""
    read = olevba.modules(making.parts(make_addin(lang))["xl/vbaProject.bin"])
    return {name.rsplit(".", 1)[0]: raw.decode("ascii") for name, raw in read.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_microsofts_validator_and_our_lint_find_no_fault(lang: Lang) -> None:
    assert office.validation_errors(make_addin(lang), ".xlam") == []
    assert lint.lint(make_addin(lang)) == []


def test_its_content_type_makes_it_an_add_in_and_nothing_is_calculated_when_it_opens() -> None:
    parts = making.parts(make_addin("zh"))
    types = parts["[Content_Types].xml"].decode()
    assert re.findall(r'"/xl/workbook.xml" ContentType="([^"]+)"', types) == [
        "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    ]
    assert b"fullCalcOnLoad" not in parts["xl/workbook.xml"]


def test_the_same_sources_give_the_same_bytes_with_fixed_times() -> None:
    made = make_addin("zh")
    assert made == make_addin("zh") != make_addin("en")
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert {info.date_time for info in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_its_project_has_a_name_of_its_own() -> None:
    file = compound.read(making.parts(make_addin("en"))["xl/vbaProject.bin"])
    assert file.faults == []
    assert ovba.read_dir(ovba.decompress(file.streams["VBA/dir"])).name == "BDIndex"


def test_libreoffice_loads_every_module_with_its_code() -> None:
    with zipfile.ZipFile(BytesIO(office.converted(making.addin_as_workbook("en"), ".xlsm", "ods"))) as package:
        found = {name for name in package.namelist() if name.startswith("Basic/BDIndex/")}
        wrappers = package.read("Basic/BDIndex/BdxFunctions.xml").decode()
    assert {f"Basic/BDIndex/{name}.xml" for name in sources()} <= found
    assert all(f"Function {function.name}(" in wrappers for function in FUNCTIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_ribbon_is_the_workbooks_but_for_its_visibility_its_callbacks_and_a_button_more(lang: Lang) -> None:
    of_workbook, of_addin = (list(parts(lang)) for parts in (ribbon.parts, ribbon.parts_of_addin))
    for (path, workbook, relation), (own_path, addin, own_relation) in zip(of_workbook, of_addin, strict=True):
        assert (path, relation) == (own_path, own_relation)
        tabs = [ElementTree.fromstring(content)[0][0][0] for content in (workbook, addin)]
        assert [(tab.get("id"), tab.get("getVisible")) for tab in tabs] == [
            ("bdxTab", None),
            ("bdxAddinTab", "BdxAddinGetVisible"),
        ]
        *same, new = tabs[1]
        assert [button.get("tag") for button in new] == ["new"]
        for group, own in zip(tabs[0], same, strict=True):
            assert told(own).replace("BdxAddin", "Bdx") == told(group)


def told(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element).decode().rstrip()


def test_no_callback_of_it_has_the_name_of_one_of_a_workbook() -> None:
    # Of two projects with one name for a callback, Excel may call the other's.
    callback = re.compile(r"^Public Sub (\w+)\((?:control As|ui As)", re.MULTILINE)
    of_addin = {name for name in macro_parts.OURS_OF_ADDIN for name in callback.findall(macro_parts.addin_source(name))}
    of_workbook = {name for name in macro_parts.OURS for name in callback.findall(macro_parts.source(name))}
    assert of_addin > {"BdxAddinOnLoad", "BdxAddinOnAction", "BdxAddinGetVisible"}
    assert of_workbook and not of_addin & of_workbook


def test_on_a_mac_python_is_told_of_the_workbook_in_front() -> None:
    assert sources()["xlwings"].count('ParameterString + "|" + ActiveWorkbook.Name') == 1
    assert 'ParameterString + "|" + ThisWorkbook.Name' not in sources()["xlwings"]


def test_its_wrappers_reach_the_functions_with_ranges_of_another_workbook() -> None:
    text = sources()["BdxFunctions"]
    [(module, name, arguments)] = re.findall(r'CallUDF\("([\w.]+)", "(BDINDEX_SCORE)", Array\((.*?)\), This', text)
    data = [[3.0, 10.0], [1.0, 40.0], [2.0, 20.0]]
    with windows.functions() as call:
        assert module == windows.MODULE
        given = [Sheet(data).range(1, 1, 3, 2), *[MISSING] * arguments.count(",")]
        assert call(name, *given) == call(name, data, *given[1:])
        assert len(call(name, *given)) == 3
