"""How words stand in each year: in how many texts, and how far above all earlier years."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from ...core.arrays import Array, Counts
from ...model.hot_words import NEW, HotWord
from .candidates import FoundWords

FIRST = 30  # words of a year that are listed: as many by what is new, and by texts
PRIOR = 0.1  # weight of the prior, as a share of all that is counted


def log_odds(now: Counts, before: Counts, *, prior: float = PRIOR) -> Array:
    """How far the log-odds of words lie above what they were before [standard deviations].

    Parameters
    ----------
    now, before
        Shape (n_words,): how often each came.
    prior
        Weight of the Dirichlet prior, which is how often each came at all, as a share of all that is counted. It draws
        what is rare towards no difference.

    Returns
    -------
    numpy.ndarray
        Shape (n_words,): z-scores.

    References
    ----------
    Monroe, Colaresi & Quinn, Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of
    Political Conflict, Political Analysis 16(4), 2008, 372–403, doi:10.1093/pan/mpn018, equations 15, 16, 20 and 22.

    Examples
    --------
    >>> log_odds(np.array([30, 10]), np.array([10, 30])).round(2)
    array([ 5.59, -5.59])
    """
    alpha = prior * (now + before)
    total = alpha.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = [(n + alpha) / (n.sum() + total - n - alpha) for n in (now, before)]
        z: Array = (np.log(odds[0]) - np.log(odds[1])) / np.sqrt(1.0 / (now + alpha) + 1.0 / (before + alpha))
    found: Array = np.nan_to_num(z, nan=0.0, posinf=0.0, neginf=0.0)
    return found


def hot_words(
    words: FoundWords, years: Counts, *, first: int = FIRST, always: Collection[str] = ()
) -> tuple[HotWord, ...]:
    """The words of each year, the latest year first, what is new on top.

    Parameters
    ----------
    words
        The words of all texts.
    years
        Shape (n_documents,): the year of each text.
    first
        How many words of each year are listed; what is listed for one is listed for all.
    always
        FoundWords that are listed whatever they are, in small letters.
    """
    known, of = np.unique(years, return_inverse=True)
    n_texts = np.bincount(of, minlength=len(known))
    counts = np.zeros((len(words.texts), len(known)), dtype=np.int64)
    np.add.at(counts, (words.word, of[words.document]), 1)
    z = np.full(counts.shape, np.nan)
    for y in range(1, len(known)):
        z[:, y] = log_odds(counts[:, y], counts[:, :y].sum(axis=1))
    chosen = {k for k, text in enumerate(words.texts) if text.casefold() in always}
    for y in range(len(known)):
        chosen |= set(_first(words, counts[:, y].astype(np.float64), counts[:, y], first))
        chosen |= set(_first(words, z[:, y], counts[:, y], first)) if y else set()
    found = []
    for y in reversed(range(len(known))):
        newer: list[float] = np.nan_to_num(z[:, y]).tolist()
        often: list[int] = counts[:, y].tolist()
        order = sorted(chosen, key=lambda k: (-newer[k], -often[k], words.texts[k]))
        found += [
            HotWord(
                int(known[y]), words.texts[k], int(counts[k, y]), float(counts[k, y] / n_texts[y]),
                float(z[k, y]) if y else None, bool(y and z[k, y] >= NEW),
            )
            for k in order
        ]  # fmt: skip
    return tuple(found)


def _first(words: FoundWords, by: Array, count: Counts, n: int) -> list[int]:
    """The first words of a year; one that is made of others only where it is ahead of each of them."""
    order = sorted(np.flatnonzero((by > 0) & (count > 0)).tolist(), key=lambda k: (-by[k], words.texts[k]))
    ahead = (k for k in order if all(by[part] < by[k] for part in words.parts[k]))
    return [k for k, _ in zip(ahead, range(n), strict=False)]
