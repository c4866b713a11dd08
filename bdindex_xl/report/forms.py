"""The forms that a report can take, by the suffix of the file."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import FileRefused
from ..language import Text
from ..system.packages import is_there
from .document import Document


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form: the module of this room that writes it, and what it needs beyond the usual: a module and its package."""

    module: str
    packages: Mapping[str, str] = field(default_factory=dict)
    takes_template: bool = False

    def needed(self) -> None:
        """Refuse where a package is missing. Raises FileRefused."""
        missing = [package for module, package in self.packages.items() if not is_there(module)]
        if missing:
            raise FileRefused(_MISSING.format(packages=", ".join(missing)), rule="package missing")


FORMS: Mapping[str, ReportForm] = {
    ".xlsx": ReportForm("xlsx"),
    ".docx": ReportForm("docx", {"docx": "python-docx", "typst": "typst"}, takes_template=True),
    ".pdf": ReportForm("pdf", {"typst": "typst"}),
    ".html": ReportForm("html"),
}
_MISSING = Text(
    "此形式的报告需要 {packages}，请安装带 report 选项的本程序：在程序文件夹中运行 pip install '.[report]'。",
    "this form of report needs {packages}: install the program with its extra “report”, by pip install '.[report]' in "
    "the folder of the program.",
)


def write(document: Document, suffix: str, *, template: Path | None = None) -> bytes:
    """A report in the form of that suffix. Raises FileRefused where a package that it needs is missing."""
    form = FORMS[suffix]
    form.needed()
    module = importlib.import_module(f".{form.module}", __package__)
    data: bytes = module.write(document, template) if form.takes_template else module.write(document)
    return data
