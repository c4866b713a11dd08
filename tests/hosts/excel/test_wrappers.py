"""The VBA wrappers in the workbook are those that the pinned xlwings generates."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import xlwings

from bdindex_xl.errors import BdIndexError
from bdindex_xl.functions import FUNCTIONS
from bdindex_xl.system import versions
from bdindex_xl.workbook import configuration, macro_parts, wrappers
from bdindex_xl.workbook.vbaproject.reserved import RESERVED

pytestmark = pytest.mark.slow


def test_the_committed_wrappers_are_the_generated_ones() -> None:
    assert macro_parts.source("BdxFunctions") == wrappers.wrappers()


def test_every_function_has_one_with_its_arguments() -> None:
    found = dict(re.findall(r"^Function (\w+)\((.*)\)$", macro_parts.source("BdxFunctions"), re.MULTILINE))
    expected = {f.name: ", ".join(("Optional " if a.optional else "") + a.name for a in f.arguments) for f in FUNCTIONS}
    assert found == expected


def test_every_argument_is_named_as_vba_and_libreoffice_let_one_be_named() -> None:
    """One word of VBA's own, such as ``scale``, and Excel compiles none of the functions; IDL takes no ``full_marks``."""
    names = {argument.name for function in FUNCTIONS for argument in function.arguments}
    assert names & RESERVED == set()
    assert [name for name in sorted(names) if not re.fullmatch("[a-z][a-z0-9]*", name)] == []


def test_they_call_the_module_that_the_configuration_names() -> None:
    called = set(re.findall(r'CallUDF\("([^"]+)"', macro_parts.source("BdxFunctions")))
    assert called == {versions.UDF_MODULE}
    assert ("UDF MODULES", versions.UDF_MODULE) in {row[:2] for row in configuration.SETTINGS}


def test_an_error_on_the_way_to_python_is_explained() -> None:
    text = macro_parts.source("BdxFunctions")
    assert text.count("BdxExplain(Err.Description)") == len(FUNCTIONS)


def test_a_function_that_is_long_is_not_computed_while_its_arguments_are_typed() -> None:
    text = macro_parts.source("BdxFunctions")
    bodies = dict(re.findall(r"^Function (\w+)\(.*?\)\n(.*?)^End Function", text, re.MULTILINE | re.DOTALL))
    waits = {name for name, body in bodies.items() if 'CommandBars("Standard").Controls(1).Enabled' in body}
    assert waits == {function.name for function in FUNCTIONS if function.is_long} == {"BDINDEX_ROBUST"}


def test_every_cell_goes_the_way_to_python_that_remembers_failures() -> None:
    assert not re.search(r"\bXLPy\b", macro_parts.source("BdxFunctions") + macro_parts.source("BdxActions"))


def test_generating_leaves_no_trace() -> None:
    before = set(sys.modules)
    wrappers.wrappers()
    added = set(sys.modules) - before
    assert not [name for name in added if name.startswith(("win32", "python", "pywin", "xlwings.udfs", "xlwings._xl"))]
    assert not hasattr(xlwings, "com_server") or "xlwings.com_server" in before


def test_another_version_of_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings, "__version__", "0.1.0")
    with pytest.raises(BdIndexError, match=r"needs xlwings 0\.37\.8, found 0\.1\.0"):
        wrappers.wrappers()


def test_one_version_is_pinned_everywhere() -> None:
    setup = (Path(__file__).resolve().parents[3] / "setup.cfg").read_text("utf-8")
    assert re.findall(r"^    xlwings==(.+)$", setup, re.MULTILINE) == [versions.XLWINGS_VERSION]
