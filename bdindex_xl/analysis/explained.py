"""What was found about a unit, indicator by indicator: named series for people, arrays for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from ..core.arrays import Array, Flags
from ..core.rank import Ranks

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Explanation:
    """A unit in one year. The series have an element an indicator, by its code; the arrays stand in their order.

    Attributes
    ----------
    unit, year, score [0-1], rank, n_ranked
        The unit; rank 0 and score NaN where it has none.
    codes : tuple of str
        The indicators, in the framework's order.
    indicator_scores : series [0-1], indicator_ranks : series of int
        The unit's normalised values, and its places in them; NaN and 0 where missing.
    weights : series [share of the index]
        As applied to this unit, rescaled over what it has.
    contributions : series [0-1]
        What each indicator adds to the score; they add up to it.
    usual, peers : series [0-1]
        Mean contribution over all ranked units, and over those of the unit's group; NaN without a group.
    differences : series [0-1]
        Where the unit is strong or weak: what the indicator would add with its nominal weight, less the usual
        contribution. NaN where it does not count for this unit, for want of data.
    rescaling : float [0-1]
        The rest: what it does to the score, against the mean of all, that some indicators do not count and the others'
        weights are raised in their place. Together with the differences it adds up to the score less the mean.
    missing : tuple of str
        Indicators of which the unit has no value.
    imputed : tuple of str
        Indicators of which the unit has no value of its own, and an imputed one counts.
    above, below : tuple of (unit, gap [0-1]) or None
        The next unit in either direction by score, and how far it is.
    """

    unit: str
    year: int
    score: float
    rank: int
    n_ranked: int
    codes: tuple[str, ...]
    indicator_score_array: Array
    indicator_rank_array: Ranks
    weight_array: Array
    contribution_array: Array
    usual_array: Array
    peer_array: Array
    difference_array: Array
    rescaling: float
    missing: tuple[str, ...]
    imputed: tuple[str, ...]
    above: tuple[str, float] | None
    below: tuple[str, float] | None

    @property
    def indicator_scores(self) -> pd.Series[Any]:
        return _series(self.codes, self.indicator_score_array, "score")

    @property
    def indicator_ranks(self) -> pd.Series[Any]:
        return _series(self.codes, self.indicator_rank_array, "rank")

    @property
    def weights(self) -> pd.Series[Any]:
        return _series(self.codes, self.weight_array, "weight")

    @property
    def contributions(self) -> pd.Series[Any]:
        return _series(self.codes, self.contribution_array, "contribution")

    @property
    def usual(self) -> pd.Series[Any]:
        return _series(self.codes, self.usual_array, "usual")

    @property
    def peers(self) -> pd.Series[Any]:
        return _series(self.codes, self.peer_array, "peers")

    @property
    def differences(self) -> pd.Series[Any]:
        return _series(self.codes, self.difference_array, "difference")

    @property
    def frame(self) -> pd.DataFrame:
        """All of it, a row an indicator."""
        return _frame(
            self.indicator_scores, self.indicator_ranks, self.weights, self.contributions, self.usual, self.differences,
            self.peers,
        )  # fmt: skip

    def __repr__(self) -> str:
        place = f"rank {self.rank} of {self.n_ranked}, score {self.score:.6g}" if self.rank else "not ranked"
        return f"{self.unit}, {self.year}: {place}\n{self.frame}"


@dataclass(frozen=True, eq=False)
class Change:
    """Why a score changed since the year before. The series have an element an indicator, by its code.

    Attributes
    ----------
    unit, year, previous_year, before, after [0-1], rank_before, rank_after
    codes : tuple of str
        The indicators, in the framework's order.
    own, others, weights : series [0-1]
        What the unit's own data did, what the others' did through the ends of normalisation, and what the weights did;
        together they add up to ``after - before``.
    gaps : series [0-1]
        The part of `own` that data did which are there in one of the two years only: they came or went, and the
        weights of the others were rescaled for it. 0 throughout where the same data are there in both.
    missing_before, missing_after : tuples of str
        Indicators of which the unit has a value in the other year only.
    imputed : tuple of str
        Indicators of which an imputed value counts in one of the two years, or in both.
    overtaken, overtaken_by : tuples of units
        Whom it passed, and who passed it.
    """

    unit: str
    year: int
    previous_year: int
    before: float
    after: float
    rank_before: int
    rank_after: int
    codes: tuple[str, ...]
    own_array: Array
    others_array: Array
    weights_array: Array
    gaps_array: Array
    missing_before: tuple[str, ...]
    missing_after: tuple[str, ...]
    imputed: tuple[str, ...]
    overtaken: tuple[str, ...]
    overtaken_by: tuple[str, ...]

    @property
    def own(self) -> pd.Series[Any]:
        return _series(self.codes, self.own_array, "own")

    @property
    def others(self) -> pd.Series[Any]:
        return _series(self.codes, self.others_array, "others")

    @property
    def weights(self) -> pd.Series[Any]:
        return _series(self.codes, self.weights_array, "weights")

    @property
    def gaps(self) -> pd.Series[Any]:
        return _series(self.codes, self.gaps_array, "gaps")

    @property
    def frame(self) -> pd.DataFrame:
        """All of it, a row an indicator."""
        return _frame(self.own, self.others, self.weights, self.gaps)

    def __repr__(self) -> str:
        ranks = f"rank {self.rank_before} → {self.rank_after}, score {self.before:.6g} → {self.after:.6g}"
        return f"{self.unit}, {self.previous_year} → {self.year}: {ranks}\n{self.frame}"


@dataclass(frozen=True, eq=False)
class Overtaking:
    """What each indicator alone would have to be. The series have an element an indicator, by its code.

    Attributes
    ----------
    unit, year, rank
        Rank 0 where the unit has none; then nothing is needed.
    codes : tuple of str
        The indicators, in the framework's order.
    value : series [measure of the indicator]
        As it is; NaN where missing.
    needed : series [measure of the indicator]
        With which the rank is better; NaN where not even the best value there is would do, or the value is missing.
    target : series [measure of the indicator]
        The same for people: of an indicator that counts something, all of its values being whole, the next whole
        number with which the rank is better.
    whole : array of bool
        Which indicators count something.
    """

    unit: str
    year: int
    rank: int
    codes: tuple[str, ...]
    value_array: Array
    needed_array: Array
    target_array: Array
    whole: Flags

    @property
    def value(self) -> pd.Series[Any]:
        return _series(self.codes, self.value_array, "value")

    @property
    def needed(self) -> pd.Series[Any]:
        return _series(self.codes, self.needed_array, "needed")

    @property
    def target(self) -> pd.Series[Any]:
        return _series(self.codes, self.target_array, "target")

    @property
    def frame(self) -> pd.DataFrame:
        """All of it, a row an indicator."""
        return _frame(self.value, self.needed, self.target)

    def __repr__(self) -> str:
        place = f"rank {self.rank}" if self.rank else "not ranked"
        return f"{self.unit}, {self.year}: {place}\n{self.frame}"


def _series(codes: tuple[str, ...], values: npt.NDArray[Any], name: str) -> pd.Series[Any]:
    from ..model.frames import by_code

    return by_code(codes, values, name)


def _frame(*columns: pd.Series[Any]) -> pd.DataFrame:
    from ..model.frames import side_by_side

    return side_by_side(columns)
