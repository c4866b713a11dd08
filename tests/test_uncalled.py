"""Nothing stands in the package that nothing in the package calls. A call by a test or a benchmark is none."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bdindex_xl.model.choices import Choice
from tests.support.short_lived import python

ROOT = Path(__file__).resolve().parent.parent

# What is called from outside, or by a library that knows it by its name; each must still be there.
EXCEPTIONS = {
    "Python asks a module for these": {"__getattr__", "__dir__"},
    "notebooks show a result by it": {"_repr_html_"},
    "results and settings for those who call from Python, documented there": {
        "outliers", "eigenvalue", "top_changed", "imputations", "aggregations",
        "skewness_before", "kurtosis_before", "skewness_after", "kurtosis_after",
    },
    "the sheet Correlations asks for measures by their keys": {"pearson_p", "spearman_p"},
    "--json shows the fields of a dataclass as they are": {"row_added"},
    "xlwings takes name, arguments and description of a function in Excel from these": {
        "__annotations__", "__qualname__", "__signature__", "__doc__",
    },
    "docs/generate.py writes these into pages and into the schema of what commands print": {"RESULT", "ABOUT_FIGURES"},
    "python-docx writes into the document what is set": {
        "alignment", "author", "base_style", "created", "different_first_page_header_footer", "first_line_indent",
        "italic", "keep_with_next", "last_modified_by", "left_indent", "line_spacing", "page_break_before", "revision",
        "space_after", "space_before",
    },
    "XlsxWriter heeds what is set": {"calc_on_load", "chart_name", "print_area_range", "worksheet_class"},
    "enumerations of Python heed what is set, and ask for a member of no such value": {"_value_", "_missing_"},
    "Excel heeds what is set": {"status_bar", "show_totals"},
    "expat heeds what is set": {
        "StartElementHandler", "EndElementHandler", "CharacterDataHandler", "StartDoctypeDeclHandler", "buffer_text",
    },
    "zipfile heeds what is set": {"compress_type", "create_system"},
}  # fmt: skip


def test_nothing_stands_there_that_nothing_calls() -> None:
    told = subprocess.run(
        python("-m", "vulture", "bdindex_xl"), cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert told.returncode in (0, 3), told.stderr  # 3: something is not called
    uncalled = {line.split("'")[1]: line for line in told.stdout.splitlines()}
    for kind in Choice.__subclasses__():  # found by their names, as files have them
        uncalled = {name: line for name, line in uncalled.items() if name not in kind.__members__}
    expected = set().union(*EXCEPTIONS.values())
    assert [uncalled[name] for name in sorted(uncalled.keys() - expected)] == []
    assert sorted(expected - uncalled.keys()) == []
