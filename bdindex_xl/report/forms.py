"""The forms that a report can take, by the suffix of the file."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import FileRefused
from ..language import Text
from .document import Document


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form: the module of this room that writes it, and the packages beyond the usual ones that it needs."""

    module: str
    packages: tuple[str, ...] = ()
    takes_template: bool = False

    def needed(self) -> None:
        """Refuse where a package is missing. Raises FileRefused."""
        missing = [name for name in self.packages if importlib.util.find_spec(name) is None]
        if missing:
            raise FileRefused(_MISSING.format(packages=", ".join(missing)), rule="package missing")


FORMS: Mapping[str, ReportForm] = {
    ".xlsx": ReportForm("xlsx"),
    ".docx": ReportForm("docx", ("docx", "typst"), takes_template=True),
    ".pdf": ReportForm("pdf", ("typst",)),
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
