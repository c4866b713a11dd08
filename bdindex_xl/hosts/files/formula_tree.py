"""Formulas as trees: what spreadsheet programs read in the text of a cell. Only what sheets of our own hold is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?)
      | "(?P<text>(?:[^"]|"")*)"
      | (?P<table>[^\W\d]\w*\[(?:\#Headers|\#Data)?\])
      | (?P<cells>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w(])
      | (?P<word>[^\W\d][\w.]*)
      | (?P<sign><>|<=|>=|[-+*/&=<>(),])
    )""",
    re.X,
)


class UnreadFormula(ValueError):
    """A formula that is not read here."""


class FormulaTree(NamedTuple):
    """A node: `kind` is ``number``, ``text``, ``table``, ``cells``, ``name``, ``call`` or an operator."""

    kind: str
    value: str | float = ""
    parts: tuple[FormulaTree, ...] = ()


@lru_cache(maxsize=4096)
def parsed(text: str) -> FormulaTree:
    """The tree of a formula without its equals sign. Raises UnreadFormula.

    >>> parsed("1+A1*2").parts[1].kind
    '*'
    """
    reader = _Reader(text)
    tree = reader.comparison()
    if reader.at < len(reader.tokens):
        raise UnreadFormula(text)
    return tree


class _Reader:
    """Reads by falling precedence, as the file format orders operators."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if found is None or found.lastgroup is None:
                raise UnreadFormula(text)
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()

    def comparison(self) -> FormulaTree:
        return self._left(self._joined, "=", "<>", "<", ">", "<=", ">=")

    def _joined(self) -> FormulaTree:
        return self._left(self._sum, "&")

    def _sum(self) -> FormulaTree:
        return self._left(self._product, "+", "-")

    def _product(self) -> FormulaTree:
        return self._left(self._signed, "*", "/")

    def _left(self, below: Callable[[], FormulaTree], *signs: str) -> FormulaTree:
        tree = below()
        while (sign := self._taken(*signs)) is not None:
            tree = FormulaTree(sign, "", (tree, below()))
        return tree

    def _signed(self) -> FormulaTree:
        if self._taken("-") is not None:
            return FormulaTree("-", "", (FormulaTree("number", 0.0), self._signed()))
        return self._single()

    def _single(self) -> FormulaTree:
        kind, text = self._next()
        if kind == "number":
            return FormulaTree(kind, float(text))
        if kind == "text":
            return FormulaTree(kind, text.replace('""', '"'))
        if kind == "word":
            return self._call(text) if self._taken("(") is not None else FormulaTree("name", text)
        if kind == "sign" and text == "(":
            tree = self.comparison()
            self._expect(")")
            return tree
        if kind == "sign":
            raise UnreadFormula(text)
        return FormulaTree(kind, text)

    def _call(self, name: str) -> FormulaTree:
        parts: list[FormulaTree] = []
        if self._taken(")") is not None:
            return FormulaTree("call", name.upper())
        while True:
            parts.append(self.comparison())
            if self._taken(",") is None:
                break
        self._expect(")")
        return FormulaTree("call", name.upper(), tuple(parts))

    def _next(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise UnreadFormula("")
        self.at += 1
        return self.tokens[self.at - 1]

    def _taken(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def _expect(self, sign: str) -> None:
        if self._taken(sign) is None:
            raise UnreadFormula(sign)
