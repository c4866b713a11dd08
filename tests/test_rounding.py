"""Full marks, decimals, and rounding at each level: in results, on sheets, in every analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl.analysis.decompose import explain
from bdindex_xl.analysis.overtake import to_pass_next
from bdindex_xl.analysis.robustness.monte_carlo import robustness
from bdindex_xl.analysis.robustness.removal import without_each_unit
from bdindex_xl.analysis.robustness.uncertain import Uncertainty
from bdindex_xl.copies.verify import verify
from bdindex_xl.engine.compute import compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel
from bdindex_xl.share.live.live_copy import live
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import small_book

TREE = Framework.from_records(
    [
        {"code": "I"},
        {"code": "A", "parent": "I"},
        *({"code": code, "parent": "A", "normalisation": "goalposts", "lower": 0, "upper": 1} for code in "ab"),
        {"code": "c", "parent": "I", "normalisation": "goalposts", "lower": 0, "upper": 1},
    ]
)
VALUES = np.array([[[0.612, 0.633, 0.5], [0.62, 0.63, 0.498], [0.1, 0.2, 0.3]]])
PANEL = Panel((2024,), ("x", "y", "z"), ("a", "b", "c"), VALUES)


def test_ranks_and_ties_go_by_scores_of_so_many_decimals_and_scores_stay_as_they_are() -> None:
    plain = compute(TREE, PANEL, Method(weighting="equal"))
    made = compute(TREE, PANEL, Method(weighting="equal", scale=1, decimals=2))
    assert plain.ranks["I"].tolist() == [2, 1, 3]  # 0.56125 and 0.5615
    assert made.ranks["I"].tolist() == [1, 1, 3]
    assert (made.node_array == plain.node_array).all()


def test_each_score_is_rounded_before_it_goes_into_the_next_level() -> None:
    made = compute(TREE, PANEL, Method(weighting="equal", scale=10, decimals=1, round_levels=True))
    # a and b of x: 6.1 and 6.3, so A is 6.2; with c, 5.0, the index is 5.6.
    found = {code: round(float(made.scores[code].iloc[0]), 12) for code in TREE.codes}
    assert found == {"I": 0.56, "A": 0.62, "a": 0.61, "b": 0.63, "c": 0.5}


def test_a_node_may_have_decimals_of_its_own() -> None:
    below: list[dict[str, object]] = [{"code": code, "parent": "I"} for code in "ab"]
    records = [{"code": "I", "decimals": 0}, *below]
    found = compute(Framework.from_records(records), PANEL, Method(weighting="equal", scale=10))
    assert set((found.node_array * 10).round(9).ravel().tolist()) <= set(map(float, range(11)))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"scale": 0}, "scale: expected a number from 0.001 to 1e+06, found 0"),
        ({"decimals": 2.5}, "decimals: expected a whole number from 0 to 10, or a blank, found 2.5"),
        ({"decimals": -1}, "decimals: expected a whole number from 0 to 10, or a blank, found -1"),
        ({"round_levels": "perhaps"}, "round_levels: expected one of True, False, found 'perhaps'"),
    ],
)
def test_what_is_no_setting_is_refused(setting: dict[str, Any], message: str) -> None:
    with pytest.raises(FrameworkError) as refused:
        Method(**setting)
    assert refused.value.message["en"] == message


def test_robustness_compares_what_is_published() -> None:
    method = Method(weighting="equal", scale=1, decimals=2)
    found = robustness(TREE, PANEL, method, uncertainty=Uncertainty(spread=0.0), n_draws=8)
    assert found.rank.tolist() == [1, 1, 3]
    assert found.best.tolist() == found.worst.tolist() == [1, 1, 3]
    assert [one.ranks.tolist() for one in without_each_unit(TREE, PANEL, method)] == [[0, 1, 2], [1, 0, 2], [1, 1, 0]]


def test_to_pass_next_goes_by_what_is_published() -> None:
    method = Method(weighting="equal", scale=1, decimals=2)
    needed = to_pass_next(TREE, PANEL, method, unit="z").needed_array
    for k in np.flatnonzero(~np.isnan(needed)):
        values = VALUES.copy()
        values[0, 2, k] = needed[k]
        assert compute(TREE, Panel((2024,), PANEL.units, PANEL.indicators, values), method).rank_array[0, 0, 2] < 3


def test_parts_add_up_to_a_score_that_is_rounded_at_each_level() -> None:
    found = explain(TREE, PANEL, Method(weighting="equal", scale=10, decimals=1, round_levels=True), unit="x")
    assert found.score == pytest.approx(0.56, abs=1e-12)
    assert float(found.contribution_array.sum()) == pytest.approx(0.56, abs=1e-12)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheets_show_the_scale_and_are_verified(tmp_path: Path, lang: Lang) -> None:
    settings: dict[str, str | float] = {"scale": 10.0, "decimals": 1.0, "round_levels": "yes"}
    book = FileBook.from_bytes(small_book(tmp_path, lang, settings))
    outcome = recalculate(book, now=None)
    assert outcome.inputs.method == Method(scale=10, decimals=1, round_levels=True)
    block = book.read("bdx_ranking_province")
    scores = [value for value in block.columns[2] if isinstance(value, float)]
    assert max(scores) <= 10.0 and all(round(one, 1) == round(one, 9) for one in scores)
    verdict = verify(FileBook.from_bytes(book.to_bytes()))
    assert not verdict.differences and not verdict.settings
    copy = FileBook.from_bytes(live(book.to_bytes(), outcome))  # whose formulas round as the engine does
    assert copy.read("bdx_ranking_province").columns == block.columns and not verify(copy).differences
    assert sum("ROUND(" in cell.text for cell in copy.formula_cells()) >= len(scores)


def test_new_settings_at_their_defaults_are_in_no_digest(tmp_path: Path) -> None:
    book = small_book(tmp_path, "en")
    plain = read_inputs(FileBook.from_bytes(book))
    shorter = FileBook.from_bytes(book)
    keys = [str(key) for key in shorter.read("bdx_settings").columns[0]]
    gone = {(keys.index(name), 0): "" for name in ("Full marks", "Decimals", "Round at each level")}
    shorter.set_cells("bdx_settings", gone)
    old = read_inputs(shorter)
    assert old.method == plain.method and old.digest() == plain.digest()
    assert old.findings == plain.findings
