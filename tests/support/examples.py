"""On how many examples a property is tried: on a quarter as many in the suite as in the long run."""

from __future__ import annotations

from hypothesis import settings

WHOLE = 100  # Hypothesis' own number, and the long run's; the profile of the suite has a quarter of it


def examples(n: int) -> settings:
    """For a property that wants more or fewer than others: so many in the long run, in the suite its share of them."""
    return settings(max_examples=n * settings().max_examples // WHOLE)
