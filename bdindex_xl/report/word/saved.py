"""A Word document as bytes, the same for the same report."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from docx.document import Document as WordDocument

from ...language import Lang
from ...sheets.schema import MADE_BY

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that zip knows


def saved(document: WordDocument, title: str, year: int, lang: Lang) -> bytes:
    """The file; it tells neither when nor by whom it was written."""
    told = document.core_properties
    told.title, told.language = title, {"zh": "zh-CN", "en": "en-US"}[lang]
    told.author = told.last_modified_by = ""
    told.comments = MADE_BY
    told.created = told.modified = dt.datetime(year, 12, 31)
    told.revision = 1
    written = io.BytesIO()
    document.save(written)
    out = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _DATE), old.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
