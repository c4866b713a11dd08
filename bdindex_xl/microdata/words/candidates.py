"""Which runs of tokens are words: seen often enough, tied together inside, free outside.

Every segmenter cuts what is new: 数据要素 comes as 数据 and 要素.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from ...core.arrays import Array, Counts, Flags
from .cutting import Tokens

LONGEST = 5  # tokens of a word
COHESION = 1.0  # pointwise mutual information of its parts, at least [nats]
FREEDOM = 0.6  # entropy of its neighbours on either side, at least [nats]
ABSORBED = 0.75  # share of its occurrences in a longer word from which on it is only a part of that
_SHORT = 2  # characters of the shortest words
_NONE = -1


@dataclass(frozen=True, eq=False)
class Grams:
    """All runs of `n` tokens that stand in one run.

    Parameters
    ----------
    at
        The id of the one that begins at each token; -1 where none does.
    first
        A token at which each begins.
    count
        How often each occurs.
    """

    n: int
    at: Counts
    first: Counts
    count: Counts


@dataclass(frozen=True, eq=False)
class FoundWords:
    """FoundWords and the texts that hold them.

    Parameters
    ----------
    texts
        The words.
    word, document
        Pairs: a word, by its place, and a text that holds it; each pair once.
    parts
        For each word, the places of the words that it holds.
    """

    texts: tuple[str, ...]
    word: Counts
    document: Counts
    parts: tuple[tuple[int, ...], ...]


def words_of(tokens: Tokens, *, least: int, kept: Collection[str] = ()) -> FoundWords:
    """The words of texts.

    Parameters
    ----------
    tokens
        The texts, cut.
    least
        How often a word must occur.
    kept
        FoundWords of the vocabulary that are words whatever is found, in small letters.

    References
    ----------
    Cohesion and freedom: Sun, Shen & Tsou, Chinese Word Segmentation without Using Lexicon and Hand-crafted Training
    Data, COLING-ACL 1998, doi:10.3115/980691.980775; branching entropy: Jin & Tanaka-Ishii, Unsupervised Segmentation
    of Chinese Text by Use of Branching Entropy, COLING/ACL 2006.
    """
    grams = list(_grams(tokens))
    good = [_good(tokens, grams, gram, least) for gram in grams]
    is_kept = np.array([word.casefold() in kept for word in tokens.vocabulary], dtype=bool)
    _drop_fragments(grams, good)
    if grams:
        good[0] |= is_kept
    return _words(tokens, grams, good)


def _grams(tokens: Tokens) -> Iterator[Grams]:
    at, size = tokens.token, len(tokens.token)
    for n in range(1, LONGEST + 1):
        if n > 1:
            whole = np.zeros(size, dtype=bool)
            whole[: size - n + 1] = tokens.run[: size - n + 1] == tokens.run[n - 1 :]
            begins = np.flatnonzero(whole)
            key = at[begins] * len(tokens.vocabulary) + tokens.token[begins + n - 1]
            at = np.full(size, _NONE)
            at[begins] = np.unique(key, return_inverse=True)[1]
        begins = np.flatnonzero(at >= 0)
        if not begins.size:
            return
        count = np.bincount(at[begins])
        first = np.empty(len(count), dtype=np.int64)
        first[at[begins]] = begins
        yield Grams(n, at, first, count)


def _good(tokens: Tokens, grams: list[Grams], gram: Grams, least: int) -> Flags:
    frequent = gram.count >= least
    if gram.n == 1:
        frequent &= np.array([len(word) > 1 for word in tokens.vocabulary])
    found: Flags = frequent & (_cohesion(tokens, grams, gram) >= COHESION)
    return found & (_freedom(tokens, gram) >= FREEDOM)


def _cohesion(tokens: Tokens, grams: list[Grams], gram: Grams) -> Array:
    """How much more often than by chance the parts of each stand together, cut where they are tied least."""
    found: Array = np.full(len(gram.count), np.inf)
    for k in range(1, gram.n):
        left, right = grams[k - 1], grams[gram.n - k - 1]
        apart = left.count[left.at[gram.first]] * right.count[right.at[gram.first + k]]
        together: Array = np.log(gram.count * float(len(tokens.token)) / apart)
        found = np.minimum(found, together)
    return found


def _freedom(tokens: Tokens, gram: Grams) -> Array:
    """Entropy of the neighbours of each, on the side where they vary least. The end of a run is a new one each time."""
    size, n_words = len(tokens.token), len(tokens.vocabulary)
    starts = np.ones(size, dtype=bool)
    starts[1:] = tokens.run[1:] != tokens.run[:-1]
    ends = np.append(starts[1:], True)
    begins = np.flatnonzero(gram.at >= 0)
    last = begins + gram.n - 1
    before = np.where(starts[begins], n_words + begins, tokens.token[begins - 1])
    after = np.where(ends[last], n_words + last, tokens.token[np.minimum(last + 1, size - 1)])
    ids = gram.at[begins]
    return np.minimum(*(_entropy(ids, side, n_words + size, len(gram.count)) for side in (before, after)))


def _entropy(ids: Counts, neighbours: Counts, n_neighbours: int, size: int) -> Array:
    pairs, times = np.unique(ids * n_neighbours + neighbours, return_counts=True)
    of = pairs // n_neighbours
    share = times / np.bincount(of, weights=times, minlength=size)[of]
    return np.bincount(of, weights=-share * np.log(share), minlength=size).astype(np.float64)


def _drop_fragments(grams: list[Grams], good: list[Flags]) -> None:
    """Drop words that mostly stand in a longer one."""
    for longer, fits in zip(grams, good, strict=True):
        ids = np.flatnonzero(fits)
        for shorter, parts in _parts(grams, longer, ids):
            absorbed = longer.count[ids] >= ABSORBED * shorter.count[parts]
            good[shorter.n - 1][parts[absorbed]] = False


def _parts(grams: list[Grams], longer: Grams, ids: Counts) -> Iterator[tuple[Grams, Counts]]:
    """What some runs of tokens are made of: all shorter runs in them, by length and place."""
    for shorter in grams[: longer.n - 1]:
        for k in range(longer.n - shorter.n + 1):
            yield shorter, shorter.at[longer.first[ids] + k]


def _words(tokens: Tokens, grams: list[Grams], good: list[Flags]) -> FoundWords:
    texts: list[str] = []
    place = [np.full(len(fits), _NONE) for fits in good]
    parts: list[set[int]] = []
    for gram, fits, of in zip(grams, good, place, strict=True):
        ids = np.flatnonzero(fits)
        of[ids] = np.arange(len(texts), len(texts) + len(ids))
        texts += [_written([tokens.vocabulary[k] for k in tokens.token[at : at + gram.n]]) for at in gram.first[ids]]
        held: list[set[int]] = [set() for _ in ids]
        for shorter, inside in _parts(grams, gram, ids):
            for one, k in zip(held, place[shorter.n - 1][inside].tolist(), strict=True):
                one |= {k} - {_NONE}
        parts += held
    n = max(tokens.n_documents, 1)
    pairs = [np.empty(0, dtype=np.int64)]
    for begins, words in _occurrences(texts, grams, place):
        pairs.append(np.unique(words * n + tokens.document[begins]))
    every = np.concatenate(pairs)
    return FoundWords(tuple(texts), every // n, every % n, tuple(tuple(sorted(one)) for one in parts))


def _occurrences(texts: list[str], grams: list[Grams], place: list[Counts]) -> Iterator[tuple[Counts, Counts]]:
    """Where each word counts, and which it is. The shortest count only where they are no part of a longer one: 数据 is
    in half of all titles, and is the subject of few.
    """
    is_short = np.array([len(text) <= _SHORT or (text.isascii() and " " not in text) for text in texts], dtype=bool)
    size = len(grams[0].at) if grams else 0
    reach = np.zeros(size + 1, dtype=np.int64)  # how far the longest word goes that covers a token
    for gram, of in zip(reversed(grams), reversed(place), strict=True):
        begins = np.flatnonzero(gram.at >= 0)
        words = of[gram.at[begins]]
        begins, words = begins[words >= 0], words[words >= 0]
        counts = ~(is_short[words] & (reach[begins] >= begins + gram.n))
        yield begins[counts], words[counts]
        for k in range(gram.n):
            np.maximum.at(reach, begins + k, begins + gram.n)


def _written(words: list[str]) -> str:
    """FoundWords as they stand in a text: with spaces between those of letters.

    >>> _written(["数据", "要素"]), _written(["big", "data"]), _written(["AI", "大", "模型"])
    ('数据要素', 'big data', 'AI大模型')
    """
    text = words[0]
    for word in words[1:]:
        text += (" " if text[-1].isascii() and word[0].isascii() else "") + word
    return text
