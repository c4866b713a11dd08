"""What is new in a year."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.microdata.words.candidates import FoundWords
from bdindex_xl.microdata.words.newness import hot_words, log_odds

counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=30)


def test_it_is_what_the_equations_say() -> None:
    """Monroe, Colaresi & Quinn 2008, equations 15, 16, 20 and 22, by hand for the first of three words."""
    now, before, prior = np.array([8, 2, 10]), np.array([1, 9, 30]), 0.5
    alpha, total = 0.5 * 9, 0.5 * 60
    delta = math.log((8 + alpha) / (20 + total - 8 - alpha)) - math.log((1 + alpha) / (40 + total - 1 - alpha))
    assert log_odds(now, before, prior=prior)[0] == pytest.approx(
        delta / math.sqrt(1 / (8 + alpha) + 1 / (1 + alpha)), rel=1e-12
    )


@given(counts)
def test_what_is_up_one_way_is_down_the_other(pairs: list[tuple[int, int]]) -> None:
    now, before = np.array(pairs).T
    np.testing.assert_allclose(log_odds(now, before), -log_odds(before, now), atol=1e-9)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=30), st.integers(1, 5))
def test_the_same_shares_are_nothing_new(some: list[int], times: int) -> None:
    before = np.array(some)
    assert np.abs(log_odds(times * before, before)).max() < 1e-9


def test_a_ratio_of_few_is_less_than_a_ratio_of_many_and_nothing_is_no_number() -> None:
    now, before = np.array([2, 200, 0, 500]), np.array([0, 100, 0, 900])
    z = log_odds(now, before)
    assert 0 < z[0] < z[1]
    assert z[2] == 0
    assert np.isfinite(z).all()


def test_a_word_of_others_is_listed_only_where_it_is_ahead_of_each() -> None:
    documents = {
        "数据": range(20, 40),
        "数据要素": [*range(20, 40)],
        "数据要素流通": [20, 21],
        "产业": [0, 21, 30],
        "信息化": range(20),
    }
    pairs = [(k, document) for k, one in enumerate(documents.values()) for document in one]
    word, document = np.array(pairs).T
    words = FoundWords(tuple(documents), word, document, ((), (), (1,), (), ()))
    years = np.repeat([2023, 2024], 20)
    found = hot_words(words, years)
    assert {one.word for one in found} == {"数据", "数据要素", "产业", "信息化"}
    assert {one.word for one in hot_words(words, years, always=["数据要素流通"])} == set(documents)
    first = [(one.year, one.word, one.documents, one.share, one.is_new) for one in found if one.word == "产业"]
    assert first == [(2024, "产业", 2, 0.1, False), (2023, "产业", 1, 0.05, False)]
    assert [one.z for one in found if one.year == 2023] == [None] * 4
    assert [one.is_new for one in found if one.word == "数据要素"] == [True, False]


def test_what_is_listed_does_not_hang_on_the_order_of_texts() -> None:
    rng = np.random.default_rng(5)
    word, document = np.unique(rng.integers(0, (30, 200), (900, 2)), axis=0).T
    years, texts, order = rng.integers(2020, 2025, 200), tuple(f"词{k:02}" for k in range(30)), rng.permutation(200)
    one = hot_words(FoundWords(texts, word, document, ((),) * 30), years, first=5)
    place = np.argsort(order)
    other = hot_words(FoundWords(texts, word, place[document], ((),) * 30), years[order], first=5)
    assert one == other
