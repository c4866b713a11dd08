"""The worksheet function that says how firm a ranking is."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import FrameworkError
from ..language import Lang, Text
from ..model.method import Method
from ..model.panel import Panel
from . import arguments, scoring
from .blocks import TOO_LARGE, FunctionFault, read_some

HEADINGS = (Text("排名中位数", "median rank"), Text("5% 分位", "5%"), Text("95% 分位", "95%"))
_DRAWS, _SEED = Text("抽样次数参数", "draws"), Text("种子参数", "seed")
_MOST_DRAWS, _LARGEST_SEED = 1_000_000, 2**31 - 1


def robust(range_: Any, draws: Any = None, seed: Any = None, directions: Any = None, *, lang: Lang) -> list[list[Any]]:
    """Median rank and its 5 and 95 % quantile of the rows of a block, shape (n_rows, 3)."""
    # The other functions are had without what draws.
    from ..analysis.robustness.monte_carlo import robustness
    from ..tasks.robustness import DRAWS, SEED, usual

    numbers = read_some(range_)
    n_rows, n_columns = numbers.values.shape
    framework = scoring.flat(arguments.directions(directions, n_columns), None, None)
    panel = Panel((0,), scoring.names(n_rows), scoring.names(n_columns), numbers.values[None])
    n_draws = arguments.whole(draws, _DRAWS, 1, _MOST_DRAWS, DRAWS)
    start = arguments.whole(seed, _SEED, 0, _LARGEST_SEED, SEED)
    try:
        found = robustness(framework, panel, uncertainty=usual(Method()), n_draws=n_draws, seed=start)
    except FrameworkError as error:
        raise FunctionFault(error.message if error.settings else TOO_LARGE) from None
    columns = np.stack([found.median, found.low, found.high], axis=1).tolist()
    rows = [[place or "" for place in row] for row in columns]
    made = numbers.aligned(rows, "")
    if len(made) > len(rows):
        made[len(made) - len(rows) - 1] = [heading[lang] for heading in HEADINGS]
    return made
