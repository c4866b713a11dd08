"""What is kept of the macros as both grammars of VBA read them is what they read: a piece of it, in the long run all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.support import vba_antlr, vba_grammar, vba_kept, vba_platform
from tests.workbook import test_macros, test_vba_names

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("antlr")]


def pieces() -> dict[str, Callable[[], Any]]:
    """How the second grammar reads each piece, by the key it is kept by."""
    texts = {
        piece
        for of in test_vba_names.PROJECTS
        for name, text in test_vba_names.sources(of).items()
        for system in vba_platform.CONSTANTS
        for piece in vba_antlr.texts(name, vba_platform.compiled(text, system))
        if vba_antlr.is_kept(piece)
    }
    grammar = vba_antlr.grammar()
    return {vba_kept.key(grammar, text): partial(vba_antlr.read, text) for text in sorted(texts, key=len)}


def modules() -> dict[str, Callable[[], Any]]:
    """How the first one reads each module, and what is no module."""
    texts = [test_macros.WRONG, *(text for of in test_macros.SOURCES.values() for text in of.values())]
    grammar = vba_grammar.grammar()
    return {vba_kept.key(grammar, text): partial(vba_grammar.read, text) for text in texts}


def test_what_is_kept_is_what_the_grammars_read(pytestconfig: pytest.Config) -> None:
    ways = pieces() | modules()
    if pytestconfig.getoption("--read-macros"):
        vba_kept.keep({key: read() for key, read in ways.items()})
    kept = vba_kept.held()
    assert kept.keys() == ways.keys(), "macros have changed: pytest tests/workbook/test_macros_read.py --read-macros"
    chosen = ways if pytestconfig.getoption("--long") else dict([*pieces().items()][:3])
    assert {key: kept[key] for key in chosen} == {key: read() for key, read in chosen.items()}
