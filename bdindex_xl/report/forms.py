"""The forms that a report can take, by the suffix of the file."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..errors import FileRefused
from ..language import Text
from .document import Document


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form: the module of this room that writes it, and the packages beyond the usual ones that it needs."""

    module: str
    packages: tuple[str, ...] = ()

    def writer(self) -> Callable[[Document], bytes]:
        """What writes the form. Raises FileRefused where a package is missing."""
        missing = [name for name in self.packages if importlib.util.find_spec(name) is None]
        if missing:
            raise FileRefused(_MISSING.format(packages=", ".join(missing)), rule="package missing")
        write: Callable[[Document], bytes] = importlib.import_module(f".{self.module}", __package__).write
        return write


FORMS: Mapping[str, ReportForm] = {
    ".xlsx": ReportForm("xlsx"),
    ".docx": ReportForm("docx", ("docx", "typst")),
    ".pdf": ReportForm("pdf", ("typst",)),
    ".html": ReportForm("html"),
}
_MISSING = Text(
    "此形式的报告需要 {packages}，请安装带 report 选项的本程序：在程序文件夹中运行 pip install '.[report]'。",
    "this form of report needs {packages}: install the program with its extra “report”, by pip install '.[report]' in "
    "the folder of the program.",
)
