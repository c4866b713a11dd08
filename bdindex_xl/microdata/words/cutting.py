"""Texts cut into words, and into runs of words that nothing of the genre interrupts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

import numpy as np

from ...core.arrays import Counts
from ...errors import FileRefused
from ...language import Text

T = TypeVar("T", bound=Sequence[Hashable])

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# A year or a date; Chinese characters in a row; a word of letters, also one such as 5G; a space, which stands between
# words of letters.
_PARTS = re.compile(
    rf"[0-9]+ ?(?:年度?|[月日号])|([{_HAN}]+)|([0-9]*[^\W\d_{_HAN}][^\W_{_HAN}]*(?:['’-][^\W_{_HAN}]+)*)|( )|.",
    re.DOTALL,
)
_BREAK = ""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The words of texts, one after the other.

    Parameters
    ----------
    vocabulary
        Each word as it is mostly written; ids are places in it.
    token
        Id of each word.
    run
        Number of the run that each belongs to, ascending.
    document
        Number of the text that each belongs to, ascending.
    n_documents
        How many texts there are.
    """

    vocabulary: tuple[str, ...]
    token: Counts
    run: Counts
    document: Counts
    n_documents: int


class Cutter:
    """Cuts texts into words.

    Parameters
    ----------
    genre
        Words of the genre, which cut a text: nothing that is looked for reaches over them.
    kept
        Words that stay whole, whatever a segmenter makes of them.
    names
        Names that cut a text as words of the genre do, where a segmenter finds them; those that end with the kind of
        place, such as 市, wherever they stand.
    """

    def __init__(self, genre: Collection[str], kept: Collection[str] = (), names: Collection[str] = ()) -> None:
        self._breaks = frozenset(map(_plain, (*genre, *names)))
        self.kept = frozenset(map(_plain, kept))
        # A single character is a word of the genre only where the segmenter takes it for a word.
        found = [word for word in map(_plain, (*genre, *filter(_is_full, names), *kept)) if len(word) > 1]
        self._characters = _by_first(word for word in found if _is_han(word))
        self._phrases = _by_first(tuple(word.split()) for word in found if not _is_han(word))

    def cut(self, texts: Iterable[str]) -> Tokens:
        """The words of all texts. Raises FileRefused where one is Chinese and there is no segmenter."""
        ids: dict[str, int] = {}
        written: list[dict[str, int]] = []
        tokens: list[int] = []
        runs: list[int] = []
        documents: list[int] = []
        run = n = 0
        for n, text in enumerate(texts, 1):
            run += 1
            for word, spelling in self._words(text):
                if not word:
                    run += 1
                    continue
                k = ids.setdefault(word, len(ids))
                if k == len(written):
                    written.append({})
                written[k][spelling] = written[k].get(spelling, 0) + 1
                tokens.append(k)
                runs.append(run)
                documents.append(n - 1)
        vocabulary = tuple(max(each, key=lambda spelling: each[spelling]) for each in written)
        token, of_run, document = (np.array(one, dtype=np.int64) for one in (tokens, runs, documents))
        return Tokens(vocabulary, token, of_run, document, n)

    def _words(self, text: str) -> Iterator[tuple[str, str]]:
        """Words as they are compared and as they are written; a blank one where a run ends."""
        letters: list[str] = []
        for part in _PARTS.finditer(unicodedata.normalize("NFKC", text)):
            han, word, space = part.groups()
            if word:
                letters.append(word)
            elif not space:
                yield from self._of_letters(letters)
                letters = []
                yield from self._of_characters(han) if han else [(_BREAK, _BREAK)]
        yield from self._of_letters(letters)

    def _of_letters(self, written: Sequence[str]) -> Iterator[tuple[str, str]]:
        plain = [_plain(word) for word in written]
        i = 0
        while i < len(plain):
            known = self._phrases.get(plain[i], {})
            n = next((n for n in known if tuple(plain[i : i + n]) in known[n]), 1)
            word = " ".join(plain[i : i + n])
            if word in self._breaks and word not in self.kept:
                yield _BREAK, _BREAK
            else:
                yield word, " ".join(written[i : i + n])
            i += n

    def _of_characters(self, run: str) -> Iterator[tuple[str, str]]:
        start = i = 0
        while i < len(run):
            known = self._characters.get(run[i], {})
            n = next((n for n in known if run[i : i + n] in known[n]), 0)
            if not n:
                i += 1
                continue
            yield from self._segmented(run[start:i])
            word = run[i : i + n]
            yield (word, word) if word in self.kept else (_BREAK, _BREAK)
            start = i = i + n
        yield from self._segmented(run[start:])

    def _segmented(self, run: str) -> Iterator[tuple[str, str]]:
        if run:
            for word in self._segment(run):
                yield (_BREAK, _BREAK) if word in self._breaks and word not in self.kept else (word, word)

    @cached_property
    def _segment(self) -> Callable[[str], list[str]]:
        try:
            import rjieba
        except ImportError:
            raise FileRefused(_NO_SEGMENTER, rule="package missing") from None

        @cache
        def parts(word: str) -> list[str]:
            """What a compound is made of: one with 数据共享 in it would else cut 公共数据共享 through 公共数据."""
            for k in range(2, len(word) - 1):
                if rjieba.has_word(word[:k]) and rjieba.has_word(word[k:]):
                    return [*parts(word[:k]), *parts(word[k:])]
            return [word]

        # Guesses at unknown words (HMM) would join them to what stands beside.
        return lambda run: [part for word in rjieba.cut(run, hmm=False) for part in parts(word)]


def _plain(word: str) -> str:
    """A word as it is compared: in small letters of half width."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def _is_han(word: str) -> bool:
    return re.fullmatch(f"[{_HAN}]+", word) is not None


_KINDS = ("省", "市", "区", "州", "盟", "县", "旗")


def _is_full(name: str) -> bool:
    """Whether a name tells what kind of place it is, so that nothing else is likely to read like it."""
    return not _is_han(name) or (len(name) > 1 and name.endswith(_KINDS))


def _by_first(words: Iterable[T]) -> Mapping[Hashable, Mapping[int, frozenset[T]]]:
    """Words by what they begin with, then by their length, the longest first."""
    found: dict[Hashable, dict[int, set[T]]] = {}
    for word in words:
        found.setdefault(word[0], {}).setdefault(len(word), set()).add(word)
    return {first: {n: frozenset(some[n]) for n in sorted(some, reverse=True)} for first, some in found.items()}


_NO_SEGMENTER = Text(
    "切分中文词语需要 rjieba，请安装带 collect 选项的本程序：在程序文件夹中运行 pip install '.[collect]'。",
    "cutting Chinese texts into words needs rjieba: install the program with its extra “collect”, by pip install "
    "'.[collect]' in the folder of the program.",
)
