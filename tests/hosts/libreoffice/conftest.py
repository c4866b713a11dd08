"""LibreOffice with our add-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.uno_engine.bridge import NoUno
from tests.support.uno_engine.session import Session


@pytest.fixture(scope="package")
def office() -> Iterator[Session]:
    """A running LibreOffice that has the add-in, which computes by this Python and speaks English."""
    try:
        session = Session(with_add_in=True)
    except NoUno as why:
        pytest.skip(str(why))
    yield session
    session.end()


@pytest.fixture
def sheet(office: Session) -> Iterator[Any]:
    """The sheet of a new document, LibreOffice's own object."""
    document = office.load("private:factory/scalc")
    yield document.Sheets.getByIndex(0)
    document.close(True)
