"""What a robustness analysis was asked is read from its notes exactly, or not at all."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.analysis.robustness.uncertain import DISCRETE, Uncertainty
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.inputs import Inputs
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks.asked import Asked, asked
from bdindex_xl.tasks.robustness import notes
from tests.support.books import small_book


@cache
def inputs(lang: Lang) -> Inputs:
    with TemporaryDirectory() as folder:
        return read_inputs(FileBook.from_bytes(small_book(Path(folder), lang)))


def chosen(kind: type[StrEnum]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(list(kind)), unique=True, max_size=4).map(tuple)


UNCERTAIN = st.builds(
    Uncertainty,
    spread=st.sampled_from([0.0, 0.07, 0.25, 0.255, 0.5]) | st.floats(1e-3, 0.99).map(lambda x: round(x, 6)),
    concentration=st.none() | st.sampled_from([0.5, 100.0, 1234.5678]),
    noise=st.sampled_from([0.0, 0.1, 1e-05, 0.123456789]),
    **{name: chosen(kind) for name, _, kind in DISCRETE.values()},
)


def as_told(uncertainty: Uncertainty, of: Inputs) -> Uncertainty:
    """What a note can tell: the method's own choice alone is none that varies; a concentration stands for a spread."""
    alone: dict[str, Any] = {
        n: () for n, field, _ in DISCRETE.values() if getattr(uncertainty, n) == (getattr(of.method, field),)
    }
    spread = Uncertainty().spread if uncertainty.concentration is not None else uncertainty.spread
    return replace(uncertainty, spread=spread, **alone)


@given(st.sampled_from(["zh", "en"]), UNCERTAIN, st.integers(1, 10**6), st.integers(1, 4096), st.integers(0, 2**62))
def test_what_the_notes_tell_is_what_was_asked(
    lang: Lang, uncertainty: Uncertainty, n_draws: int, base: int, seed: int
) -> None:
    of = inputs(lang)
    runs = base * (len(uncertainty.sources) + 2)
    told = notes(uncertainty, of.method, n_draws=n_draws, runs=runs, seed=seed)
    texts = {table: text[lang] for table, text in told.items()}
    assert asked(of, texts) == Asked(as_told(uncertainty, of), n_draws, base, seed)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_notes_that_tell_something_else_are_not_read(lang: Lang) -> None:
    told = notes(Uncertainty(weightings=("equal", "pca")), inputs(lang).method, n_draws=1000, runs=1024, seed=1)
    whole = told[schema.ROBUSTNESS.table][lang]
    assert asked(inputs(lang), {}) is None
    for first, last in pairwise(range(0, len(whole) + 1, 3)):
        assert asked(inputs(lang), {schema.ROBUSTNESS.table: whole[:first] + whole[last:]}) is None or "," in whole
