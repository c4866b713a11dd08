"""Files saved by the LibreOffice that runs for the tests: to start one for a few files takes longer than the files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import fixtures
from .bridge import NoUno, properties
from .session import Session

_FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}
_ALWAYS = 0  # of the setting when to calculate a file's formulas anew


def convert(files: Sequence[Path], to: str, folder: Path) -> bool:
    """Save each file into the folder, every formula calculated anew; False where no running LibreOffice is to be had."""
    try:
        session: Session = fixtures.running().impl.session
    except NoUno:
        return False
    with _calculating_anew(session):
        for file in files:
            document = session.load(file.as_uri())
            document.storeToURL((folder / f"{file.stem}.{to}").as_uri(), properties(FilterName=_FILTERS[to]))
            document.close(True)
    return True


@contextlib.contextmanager
def _calculating_anew(session: Session) -> Iterator[None]:
    provider = session.service("configuration.ConfigurationProvider")
    setting = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess",
        properties(nodepath="/org.openoffice.Office.Calc/Formula/Load"),
    )
    before = setting.OOXMLRecalcMode
    try:
        setting.OOXMLRecalcMode = _ALWAYS
        setting.commitChanges()
        yield
    finally:
        setting.OOXMLRecalcMode = before
        setting.commitChanges()
