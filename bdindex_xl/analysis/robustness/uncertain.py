"""Which choices of an index are uncertain, and how much. What follows from that is computed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ...errors import FrameworkError
from ...language import Text, joined, same
from ...model.method import Aggregation, Imputation, Method, Normalisation, Weighting
from ...model.parameters import choice, is_number

# Bounds of what can be asked for: an hour's work on an ordinary computer, and what floating point can draw.
MOST_DRAWS, MOST_BASE, MOST_RESAMPLES, MOST_SEED = 1_000_000, 1 << 16, 100_000, 2**63 - 1
LEAST_CONCENTRATION, MOST_CONCENTRATION = 1e-3, 1e9
MOST_NOISE = 1e3
ShareDone = Callable[[float], object]
Cancel = Callable[[], bool]


class Source(StrEnum):
    """Where uncertainty comes from."""

    WEIGHTS = "weights"
    WEIGHTING = "weighting"
    NORMALISATION = "normalisation"
    AGGREGATION = "aggregation"
    MISSING_VALUES = "missing values"
    NOISE = "noise"


# Sources that are a choice between methods: the field here, that of the method, and what it may be.
DISCRETE: dict[Source, tuple[str, str, type[StrEnum]]] = {
    Source.WEIGHTING: ("weightings", "weighting", Weighting),
    Source.NORMALISATION: ("normalisations", "normalisation", Normalisation),
    Source.AGGREGATION: ("aggregations", "aggregation", Aggregation),
    Source.MISSING_VALUES: ("imputations", "imputation", Imputation),
}


class Cancelled(Exception):
    """The caller asked for the analysis to stop; there is no result."""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What is uncertain. Strings are taken for the enums.

    Alternatives of a tuple are equally likely; none leaves the method's own, and the method's own is one of several
    only where it is named. They stand for the method's choice: a node's own weighting, normalisation or aggregation
    comes before them, as before the method's.

    Attributes
    ----------
    spread : float [0-1)
        Every weight is drawn uniformly from 1 ± spread times itself, then rescaled within its parent.
    concentration : float, optional [0.001-1e9]
        Weights of each parent's children are drawn from a Dirichlet distribution of that concentration instead, with
        the weights as its mean: the variance of weight w is w (1 - w) / (concentration + 1).
    weightings, normalisations, aggregations, imputations : tuples of the method's enums
    noise : float [0-1000 standard deviations of the indicator in the year]
        Standard deviation of normal noise on every value.

    Raises
    ------
    FrameworkError
        Where a number is out of range, an alternative is none of its kind or stands twice.

    Examples
    --------
    >>> Uncertainty(spread=0.1, normalisations=("min-max", "rank")).sources
    (<Source.WEIGHTS: 'weights'>, <Source.NORMALISATION: 'normalisation'>)
    """

    spread: float = 0.25
    concentration: float | None = None
    weightings: tuple[Weighting | str, ...] = ()
    normalisations: tuple[Normalisation | str, ...] = ()
    aggregations: tuple[Aggregation | str, ...] = ()
    imputations: tuple[Imputation | str, ...] = ()
    noise: float = 0.0

    def __post_init__(self) -> None:
        for name, _, kind in DISCRETE.values():
            given = getattr(self, name)
            chosen = tuple(choice(name, kind, one) for one in ((given,) if isinstance(given, str) else given))
            if len(set(chosen)) < len(chosen):
                raise FrameworkError(_TWICE.format(name=name, found=joined([same(one) for one in chosen])))
            object.__setattr__(self, name, chosen)
        if not is_number(self.spread) or not 0.0 <= self.spread < 1.0:
            raise FrameworkError(_SPREAD.format(found=self.spread))
        if self.concentration is not None:
            _check_concentration(self.concentration)
        if not is_number(self.noise) or not self.noise >= 0.0:
            raise FrameworkError(_NOISE.format(found=self.noise))
        if self.noise > MOST_NOISE:
            raise FrameworkError(_MOST.format(name="noise", most=MOST_NOISE, found=self.noise))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Those that are uncertain."""
        uncertain = {source: len(getattr(self, name)) > 1 for source, (name, _, _) in DISCRETE.items()}
        uncertain[Source.WEIGHTS] = self.concentration is not None or self.spread > 0
        uncertain[Source.NOISE] = self.noise > 0
        return tuple(source for source in Source if uncertain[source])

    def only(self, source: Source) -> Uncertainty:
        """The same, with all other sources certain: the method's own choice, weights as they are, no noise.

        Parameters
        ----------
        source : Source
            What stays uncertain.

        Returns
        -------
        Uncertainty
            With that source alone.
        """
        if source is Source.WEIGHTS:
            return Uncertainty(self.spread, self.concentration)
        if source is Source.NOISE:
            return Uncertainty(0.0, noise=self.noise)
        name = DISCRETE[source][0]
        return replace(Uncertainty(0.0), **{name: getattr(self, name)})


def _check_concentration(found: Any) -> None:
    if not is_number(found) or not found > 0.0:
        raise FrameworkError(_CONCENTRATION.format(found=found))
    if not LEAST_CONCENTRATION <= found <= MOST_CONCENTRATION:
        raise FrameworkError(_DRAWABLE.format(least=LEAST_CONCENTRATION, most=MOST_CONCENTRATION, found=found))


def alternatives(uncertainty: Uncertainty, method: Method) -> dict[Source, tuple[str, ...]]:
    """Alternatives of each choice, at least one."""
    return {
        source: getattr(uncertainty, name) or (getattr(method, field),) for source, (name, field, _) in DISCRETE.items()
    }


def within_bounds(**numbers: tuple[Any, int, int]) -> None:
    """Raises FrameworkError naming a number, given with its least and most, that is not whole or not between them.

    >>> within_bounds(n_draws=(1000, 1, MOST_DRAWS))
    """
    for name, (found, least, most) in numbers.items():
        whole = is_number(found) and float(found).is_integer()
        if whole and found < least:
            raise FrameworkError(_FEW.format(name=name, least=least, found=found))
        if not whole or isinstance(found, float) or found > most:
            raise FrameworkError(_BOUNDS.format(name=name, least=least, most=most, found=same(repr(found))))


def report(done: float, progress: ShareDone | None, cancelled: Cancel | None) -> None:
    """Tell how much is done [0-1]. Raises Cancelled where the caller wants no more of it."""
    if cancelled is not None and cancelled():
        raise Cancelled
    if progress is not None:
        progress(done)


_FEW = Text("{name} 应不小于 {least}，实为 {found}", "{name}: expected at least {least}, found {found}")
_BOUNDS = Text(
    "{name} 应为 {least} 到 {most} 的整数，实为 {found}",
    "{name}: expected a whole number from {least} to {most}, found {found}",
)
_TWICE = Text("{name} 应各列一次，实为 {found}", "{name}: expected each alternative once, found {found}")
_SPREAD = Text("spread 应不小于 0 且小于 1，实为 {found}", "spread: expected at least 0 and less than 1, found {found}")
_CONCENTRATION = Text(
    "concentration 应为正数，实为 {found}", "concentration: expected a positive number or none, found {found}"
)
_DRAWABLE = Text(
    "concentration 应为 {least:g} 到 {most:g} 的数，实为 {found}",
    "concentration: expected a number from {least:g} to {most:g} or none, found {found}",
)
_NOISE = Text("noise 应为不小于 0 的数，实为 {found}", "noise: expected a number of at least 0, found {found}")
_MOST = Text("{name} 应不大于 {most:g}，实为 {found}", "{name}: expected at most {most:g}, found {found}")
