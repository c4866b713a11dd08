"""The extension for LibreOffice as a file: what it is made of, and that the committed one is made of the sources."""

from __future__ import annotations

import ast
import io
import re
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bdindex_xl import __version__
from bdindex_xl.commands import of_copies, of_records
from bdindex_xl.commands.build import EXTENSION
from bdindex_xl.functions import FUNCTIONS
from bdindex_xl.language import LANGUAGES
from bdindex_xl.tasks import desk
from bdindex_xl.workbook.extension import extension
from bdindex_xl.workbook.ribbon import TEXTS

ROOT = Path(__file__).resolve().parents[2]
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAME = "{http://openoffice.org/2001/registry}name"
_LOCALES = {"zh": "zh-CN", "en": "en-US"}


def parts(made: bytes | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made or extension())) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_committed_file_is_what_the_sources_make() -> None:
    assert parts((ROOT / EXTENSION).read_bytes()) == parts()  # another zlib packs otherwise


def test_the_same_sources_give_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = extension()
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert extension() == first


def test_every_part_is_listed_and_there() -> None:
    made = parts()
    listed = re.findall(r'full-path="([^"]+)"', made["META-INF/manifest.xml"].decode())
    assert set(listed) <= set(made)
    assert f'<version value="{__version__}"/>' in made["description.xml"].decode()


def test_names_and_help_are_there_in_both_languages() -> None:
    tree = ElementTree.fromstring(parts()["CalcAddIns.xcu"])
    [functions] = [node for node in tree.iter("node") if node.get(_NAME) == "AddInFunctions"]
    assert [node.get(_NAME) for node in functions] == [function.name for function in FUNCTIONS]
    for node, function in zip(functions, FUNCTIONS, strict=True):
        [help_of, *_] = [prop for prop in node if prop.get(_NAME) == "Description"]
        told = {value.get(_LANG): value.text for value in help_of}
        assert told == {_LOCALES[lang]: function.summary[lang] for lang in LANGUAGES}
        [parameters] = [part for part in node if part.get(_NAME) == "Parameters"]
        shown = [
            {v.get(_LANG): v.text for v in next(p for p in one if p.get(_NAME) == "Description")} for one in parameters
        ]
        assert shown == [{_LOCALES[lang]: one.help[lang] for lang in LANGUAGES} for one in function.arguments]


def test_what_runs_in_the_office_is_plain_old_python() -> None:
    """Some offices bring a Python of years ago; a syntax that it does not know would keep the extension out."""
    for name, data in parts().items():
        if name.endswith(".py"):
            ast.parse(data.decode(), feature_version=(3, 5))
            imported = re.findall(r"^(?:from|import) ([\w]+)", data.decode(), re.M)
            allowed = {
                "unohelper",
                "uno",
                "com",
                "bdindex_worker",
                "bdindex_bridge",
                "datetime",
                "atexit",
                "io",
                "json",
                "os",
                "queue",
                "subprocess",
            }
            assert set(imported) <= allowed | {"sys", "threading", "time"}, name


def test_the_menu_has_the_actions_of_the_ribbon_under_their_names() -> None:
    tree = ElementTree.fromstring(parts()["Addons.xcu"])
    items = [node for node in tree.iter("node") if (node.get(_NAME) or "").startswith("M")]
    found = {}
    for item in items:
        values = {prop.get(_NAME): [value.text for value in prop] for prop in item}
        if values["URL"] != ["private:separator"]:
            found[str(values["URL"][0]).removeprefix("org.bdindex:")] = values["Title"]
    assert set(found) == {*desk.ACTIONS, *of_copies.ACTIONS, *of_records.ACTIONS, "new", "help"}
    assert found == {action: list(TEXTS[action].both()) for action in found}
