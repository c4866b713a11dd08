"""Every failure that the page on troubleshooting tells of is held by a test."""

from __future__ import annotations

import re

import pytest

from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.workbook import macro_parts

from .markdown import ROOT

HELD = {
    1: "setup/test_office.py::test_excel_from_the_store",
    2: "setup/test_python.py::test_python_from_the_store",
    3: "setup/test_python.py::test_the_dll_of_excels_kind_is_looked_for_beside_the_interpreter",
    4: "setup/test_start.py::test_rules_that_forbid_excel_to_start_python",
    5: "setup/test_install.py::test_one_command_sets_a_windows_user_up",
    6: "workbook/test_start_failures.py::test_a_cell_fails_once_and_the_others_are_told_at_once",
    7: "setup/test_config.py::test_a_file_that_excel_would_misread",
    8: "setup/test_places.py::test_documents_in_onedrive_leave_workbook_and_trust_in_a_local_folder",
    9: "setup/test_places.py::test_a_profile_beyond_the_code_page_leaves_all_in_a_folder_that_it_has",
    10: "setup/test_places.py::test_a_space_in_the_path_of_python_on_a_mac_is_kept_in_a_wrapper",
    11: "setup/test_start.py::test_an_environment_of_conda_is_activated",
    12: "workbook/test_macros.py::test_the_project_in_the_file_is_made_of_the_sources",
    13: "setup/test_config.py::test_a_configuration_sheet_at_fault",
    14: "setup/test_start.py::test_no_code_comes_from_the_folder_that_excel_is_in",
    15: "workbook/test_start_failures.py::"
    "test_every_cause_has_a_message_of_its_own_and_is_known_alike_by_macros_and_by_doctor",
    16: "setup/test_python.py::test_the_bits_of_excel_and_python_need_not_agree",
    17: "docs/test_failures.py::test_buttons_keep_excel_from_asking_whether_to_go_on_waiting",
    18: "hosts/excel/test_wrappers.py::test_one_version_is_pinned_everywhere",
    19: "setup/test_start.py::test_permission_to_control_excel_on_a_mac",
    20: "setup/test_python.py::test_the_script_of_macos_is_copied_by_the_fix",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_failure_on_the_page_is_held_by_a_test(lang: Lang) -> None:
    page = (ROOT / "docs" / lang / "troubleshooting.md").read_text("utf-8")
    assert [int(n) for n in re.findall(r"^\| (\d+)\. ", page, re.MULTILINE)] == list(HELD)
    for test in HELD.values():
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8"), test


def test_buttons_keep_excel_from_asking_whether_to_go_on_waiting() -> None:
    source = macro_parts.source("BdxActions")
    before, asked = source.split("BdxPy.Exec command")
    assert "Application.DisplayAlerts = False" in before
    assert asked.count("Application.DisplayAlerts = alerts") == 2  # where all goes well, and where it fails


def test_nobody_is_told_to_install_from_an_index_where_it_is_not() -> None:
    # The name is free there: whoever takes it could hand out anything.
    files = [*(ROOT / "bdindex_xl").rglob("*.py"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    files += (ROOT / "vba").rglob("*.bas")
    told = re.compile(r"pip install (?:-[\w-]+ )*bdindex")
    assert told.search("pip install --upgrade bdindex_xl")
    assert len(files) > 300
    assert [f"{file.name}: {found[0]}" for file in files for found in told.finditer(file.read_text("utf-8"))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_has_no_answers_that_spill_is_told_how_to_enter_an_array_formula(lang: Lang) -> None:
    for page, program in (("functions", "Excel 2019"), ("libreoffice", "LibreOffice")):
        told = (ROOT / "docs" / lang / f"{page}.md").read_text("utf-8")
        paragraph = next(part for part in re.split(r"\n\n|\n- ", told) if "Ctrl+Shift+Enter" in part)
        assert program in paragraph
