"""Conditions that users write on the fields of a table, made into trees that hold nothing but what is allowed.

A workbook may come by mail: what it asks for must not read a file, call a function or look into another table. So a
condition is parsed, and a tree of its own is built of what is known to be harmless; all else is refused. Whatever an
engine would compare in its own way is settled here: kinds must agree, and arithmetic is that of doubles.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from ..language import Text, joined, same
from ..model import typed
from .tables import FieldKind

LONGEST = 4000  # characters
DEEPEST = 100  # nested parentheses and operators
_MOST_DIGITS, MOST_DECIMALS = 18, 8

_EMPTY = Text("空白", "nothing")
_LONG = Text("{n} 个字符（至多 {most}）", "{n} {n:character|characters} ({most} at most)")
_DEEP = Text("嵌套超过 {most} 层", "more than {most} levels")
_SYNTAX = Text("无法解析的“{found}”", "“{found}”, which cannot be parsed")
_NOT_ALLOWED = Text("“{found}”，不允许", "“{found}”, which is not allowed")
_NO_FIELD = Text("表中没有的字段“{found}”{meant}", "“{found}”, which is no field of the table{meant}")
_NO_CONDITION = Text("“{found}”，不是条件", "“{found}”, which is no condition")
_KINDS = Text("“{found}”：{a}与{b}不能比较", "“{found}”, where {a} meets {b}")
_NUMBER = Text("“{found}”，数位过多", "“{found}”, which has too many digits")
_CONTROL = Text("控制字符 {found}", "the control character {found}")
_MEANT = Text("（是否为{words}？）", " (did you mean {words}?)")
KIND_NAMES = {
    FieldKind.NUMBER: Text("数", "a number"),
    FieldKind.TEXT: Text("文字", "text"),
    FieldKind.DATE: Text("日期", "a date"),
    FieldKind.TRUTH: Text("是非", "a yes or no"),
}


class ConditionFault(Exception):
    """What is wrong with a condition: what was found in it."""

    def __init__(self, found: Text) -> None:
        super().__init__(found.en)
        self.found = found


class KindsClash(ConditionFault):
    """A value meets one of another kind."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A part of a condition: its tree, what its values are, and whether it is a literal or the result of arithmetic."""

    tree: exp.Expr
    kind: FieldKind
    literal: str | None = None
    computed: bool = False


def condition(text: str, fields: Mapping[str, FieldKind], column: Callable[[str], exp.Expr]) -> exp.Expr:
    """The tree of a condition on a table's fields, each of which becomes what `column` makes of it.

    Raises ConditionFault.

    >>> kinds = {"listed": FieldKind.TRUTH, "上市年份": FieldKind.NUMBER, "name": FieldKind.TEXT}
    >>> condition("listed AND 上市年份 >= 2020 or name LIKE '%数据%'", kinds, exp.column).sql("spark")
    "listed AND `上市年份` >= 2020 OR name LIKE '%数据%'"
    """
    try:
        term = _Builder(fields, column).build(_parsed(text), 0)
    except RecursionError as error:
        raise ConditionFault(_DEEP.format(most=DEEPEST)) from error
    if term.kind is not FieldKind.TRUTH:
        raise ConditionFault(_NO_CONDITION.format(found=text))
    return term.tree


def fields_of(text: str) -> tuple[str, ...]:
    """The fields that a condition names. Raises ConditionFault where it is none at all.

    >>> fields_of("listed AND (amount > 3 OR name = 'listed')")
    ('listed', 'amount', 'name')
    """
    try:
        found = [column.name for column in _parsed(text).find_all(exp.Column, bfs=False)]
    except RecursionError as error:
        raise ConditionFault(_DEEP.format(most=DEEPEST)) from error
    return tuple(dict.fromkeys(found))


def _parsed(text: str) -> exp.Expr:
    """What the parser makes of it; comments, second statements and what else may follow a condition are refused."""
    if not text.strip():
        raise ConditionFault(_EMPTY)
    if len(text) > LONGEST:
        raise ConditionFault(_LONG.format(n=f"{len(text):,}", most=f"{LONGEST:,}"))
    if unseen := typed.control(text):
        raise ConditionFault(_CONTROL.format(found=unseen))
    nesting = 0
    for char in text:
        nesting += {"(": 1, ")": -1}.get(char, 0)
        if nesting > DEEPEST:
            raise ConditionFault(_DEEP.format(most=DEEPEST))
    try:
        tokens = sqlglot.tokenize(f"SELECT 1 WHERE {text}", read="duckdb")
        if any(token.comments for token in tokens):
            raise ConditionFault(_NOT_ALLOWED.format(found="--"))
        if any(token.token_type is TokenType.SEMICOLON for token in tokens[:-1]):  # the parser would log what follows
            raise ConditionFault(_NOT_ALLOWED.format(found=";"))
        trees = sqlglot.parse(f"SELECT 1 WHERE {text}", read="duckdb")
    except SqlglotError as error:
        raise ConditionFault(_SYNTAX.format(found=_shortened(text))) from error
    select = trees[0] if len(trees) == 1 else None
    if not isinstance(select, exp.Select) or {key for key, value in select.args.items() if value} != {
        "expressions",
        "where",
    }:
        raise ConditionFault(_SYNTAX.format(found=_shortened(text)))
    where: exp.Expr = select.args["where"].this
    return where


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


class _Builder:
    """Builds a tree anew from the nodes that are allowed."""

    def __init__(self, fields: Mapping[str, FieldKind], column: Callable[[str], exp.Expr]) -> None:
        self._fields, self._column = fields, column

    def build(self, node: exp.Expr, depth: int) -> _Term:
        if depth > 4 * DEEPEST:
            raise ConditionFault(_DEEP.format(most=DEEPEST))
        make = _MAKERS.get(type(node))
        if make is None:
            raise _refused(node)
        return make(self, node, depth + 1)

    def parts(self, node: exp.Expr, depth: int, *keys: str) -> list[_Term]:
        """The parts of a node, which has no others."""
        given = {key for key, value in node.args.items() if value}
        if given != set(keys):
            raise _refused(node)
        return [self.build(node.args[key], depth) for key in keys]

    def field(self, node: exp.Expr, _: int) -> _Term:
        name = node.name
        if not isinstance(node.this, exp.Identifier) or any(node.args.get(key) for key in ("table", "db", "catalog")):
            raise _refused(node)
        if name not in self._fields:
            near = typed.nearest(name, self._fields)
            meant = _MEANT.format(words=joined([same(f"“{one}”") for one in near], "、", " / ")) if near else same("")
            raise ConditionFault(_NO_FIELD.format(found=name, meant=meant))
        return _Term(self._column(name), self._fields[name])

    def literal(self, node: exp.Expr, _: int) -> _Term:
        if node.args.get("is_string"):
            return _Term(exp.Literal.string(node.this), FieldKind.TEXT, node.this)
        return _Term(*_number(node))

    def truth(self, node: exp.Expr, _: int) -> _Term:
        return _Term(exp.Boolean(this=bool(node.this)), FieldKind.TRUTH)

    def date(self, node: exp.Expr, _: int) -> _Term:
        """``DATE '2024-12-31'``, the one cast there is."""
        to, literal = node.args.get("to"), node.this
        is_date = isinstance(to, exp.DataType) and to.this == exp.DType.DATE
        if not is_date or not isinstance(literal, exp.Literal) or not literal.args.get("is_string"):
            raise _refused(node)
        return _Term(_date(literal.this, node), FieldKind.DATE)

    def paren(self, node: exp.Expr, depth: int) -> _Term:
        (inner,) = self.parts(node, depth, "this")
        return _Term(exp.Paren(this=inner.tree), inner.kind, None, inner.computed)

    def logic(self, node: exp.Expr, depth: int) -> _Term:
        terms = self.parts(node, depth, "this", "expression")
        for term in terms:
            _must_be(term, FieldKind.TRUTH, node)
        return _Term(type(node)(this=terms[0].tree, expression=terms[1].tree), FieldKind.TRUTH)

    def negation(self, node: exp.Expr, depth: int) -> _Term:
        (inner,) = self.parts(node, depth, "this")
        return _Term(exp.Not(this=exp.Paren(this=_must_be(inner, FieldKind.TRUTH, node).tree)), FieldKind.TRUTH)

    def comparison(self, node: exp.Expr, depth: int) -> _Term:
        terms = self.parts(node, depth, "this", "expression")
        if not isinstance(node, exp.EQ | exp.NEQ):
            _in_order(terms, node)
        a, b = _compared(terms, node)
        return _Term(type(node)(this=a, expression=b), FieldKind.TRUTH)

    def between(self, node: exp.Expr, depth: int) -> _Term:
        terms = self.parts(node, depth, "this", "low", "high")
        _in_order(terms, node)
        this, low, high = _compared(terms, node)
        return _Term(exp.Between(this=this, low=low, high=high), FieldKind.TRUTH)

    def among(self, node: exp.Expr, depth: int) -> _Term:
        if {key for key, value in node.args.items() if value} != {"this", "expressions"}:
            raise _refused(node)
        terms = [self.build(one, depth) for one in (node.this, *node.expressions)]
        this, *others = _compared(terms, node)
        return _Term(exp.In(this=this, expressions=others), FieldKind.TRUTH)

    def like(self, node: exp.Expr, depth: int) -> _Term:
        negated = bool(node.args.get("negate"))
        if {key for key, value in node.args.items() if value} - {"this", "expression", "negate"}:
            raise _refused(node)
        this, pattern = self.build(node.this, depth), self.build(node.expression, depth)
        # What a backslash does in a pattern is not the same everywhere.
        if this.kind is not FieldKind.TEXT or pattern.literal is None or "\\" in pattern.literal:
            raise _refused(node)
        if pattern.kind is not FieldKind.TEXT:
            raise _refused(node)
        found: exp.Expr = exp.Like(this=this.tree, expression=pattern.tree)
        return _Term(exp.Not(this=exp.Paren(this=found)) if negated else found, FieldKind.TRUTH)

    def nothing(self, node: exp.Expr, depth: int) -> _Term:
        """``x IS NULL``."""
        if not isinstance(node.expression, exp.Null) or {k for k, v in node.args.items() if v} != {
            "this",
            "expression",
        }:
            raise _refused(node)
        return _Term(exp.Is(this=_apart(self.build(node.this, depth)), expression=exp.Null()), FieldKind.TRUTH)

    def arithmetic(self, node: exp.Expr, depth: int) -> _Term:
        keys = ["this", "expression"] if node.args.get("expression") is not None else ["this"]
        for key in node.args.keys() - set(keys):  # how a dialect divides, which is settled here
            if key not in ("typed", "safe") and node.args[key]:
                raise _refused(node)
        terms = [self.build(node.args[key], depth) for key in keys]
        trees = [_double(_must_be(term, FieldKind.NUMBER, node)) for term in terms]
        if len(trees) == 1:
            return _Term(exp.Neg(this=exp.Paren(this=trees[0])), FieldKind.NUMBER, computed=True)
        if isinstance(node, exp.Div):
            trees[1] = exp.Nullif(this=trees[1], expression=exp.cast(exp.Literal.number(0), "double"))
            made: exp.Expr = exp.Div(this=trees[0], expression=trees[1], typed=True)
        else:
            made = type(node)(this=trees[0], expression=trees[1])
        return _Term(exp.Paren(this=made), FieldKind.NUMBER, computed=True)


_Maker = Callable[[_Builder, Any, int], _Term]
_MAKERS: dict[type[exp.Expr], _Maker] = {
    exp.Column: _Builder.field,
    exp.Literal: _Builder.literal,
    exp.Boolean: _Builder.truth,
    exp.Cast: _Builder.date,
    exp.Paren: _Builder.paren,
    exp.Not: _Builder.negation,
    exp.Between: _Builder.between,
    exp.In: _Builder.among,
    exp.Like: _Builder.like,
    exp.Is: _Builder.nothing,
    **dict.fromkeys((exp.And, exp.Or), _Builder.logic),
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), _Builder.comparison),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg), _Builder.arithmetic),
}


def _refused(node: exp.Expr) -> ConditionFault:
    try:
        found = node.sql("duckdb", comments=False)
    except (SqlglotError, RecursionError, ValueError):
        found = type(node).__name__
    return ConditionFault(_NOT_ALLOWED.format(found=_shortened(found)))


def _must_be(term: _Term, kind: FieldKind, node: exp.Expr) -> _Term:
    if term.kind is not kind:
        raise _clash(node, term.kind, kind)
    return term


def _clash(node: exp.Expr, a: FieldKind, b: FieldKind) -> KindsClash:
    found = _shortened(node.sql("duckdb", comments=False))
    return KindsClash(_KINDS.format(found=found, a=KIND_NAMES[a], b=KIND_NAMES[b]))


def _in_order(terms: list[_Term], node: exp.Expr) -> None:
    """Refuse what has no order, and a number beside texts: there, 9 would come after 10."""
    kinds = {term.kind for term in terms}
    if FieldKind.TRUTH in kinds:
        raise _clash(node, FieldKind.TRUTH, FieldKind.NUMBER)
    if FieldKind.NUMBER in kinds and any(term.kind is FieldKind.TEXT and term.literal is None for term in terms):
        raise _clash(node, FieldKind.TEXT, FieldKind.NUMBER)


def _compared(terms: list[_Term], node: exp.Expr) -> list[exp.Expr]:
    """The trees of what is compared, of one kind: a literal is taken as what the others are."""
    kinds = {term.kind for term in terms if term.literal is None} or {terms[0].kind}
    kind = next(iter(kinds))
    if len(kinds) > 1:
        raise _clash(node, *sorted(kinds)[:2])
    fitting = [term if term.kind is kind else _taken_as(term, kind, node) for term in terms]
    if any(term.computed for term in fitting):
        return [_double(term) for term in fitting]
    return [_apart(term) for term in fitting]


def _apart(term: _Term) -> exp.Expr:
    """The tree of what stands beside an operator: of conditions in a row, each engine would take others together."""
    alone = term.kind is not FieldKind.TRUTH or isinstance(term.tree, exp.Column | exp.Boolean | exp.Paren)
    return term.tree if alone else exp.Paren(this=term.tree)


def _taken_as(term: _Term, kind: FieldKind, node: exp.Expr) -> _Term:
    """A literal as another kind: the code 110000 as text, ``'2024-12-31'`` as a date, 1 as yes."""
    text = term.literal or ""
    if kind is FieldKind.TEXT:
        return _Term(exp.Literal.string(text), kind, text)
    if kind is FieldKind.NUMBER and _PLAIN.fullmatch(text):
        return _Term(*_number(exp.Literal.number(text)))
    if kind is FieldKind.DATE and term.kind is FieldKind.TEXT:
        return _Term(_date(text, node), kind)
    if kind is FieldKind.TRUTH and text in ("0", "1"):
        return _Term(exp.Boolean(this=text == "1"), kind)
    raise _clash(node, term.kind, kind)


def _date(text: str, node: exp.Expr) -> exp.Expr:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise _clash(node, FieldKind.TEXT, FieldKind.DATE) from error
    return exp.cast(exp.Literal.string(day.isoformat()), "date")


_PLAIN = re.compile(r"\d+(\.\d*)?([eE][+-]?\d{1,2})?")


def _number(node: exp.Expr) -> tuple[exp.Expr, FieldKind, str]:
    """A number without an exponent, which engines would take for an inexact one."""
    if not _PLAIN.fullmatch(node.this):
        raise _refused(node)
    number = Decimal(node.this)
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) > _MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise ConditionFault(_NUMBER.format(found=_shortened(node.this)))
    text = f"{whole}.{decimals}" if decimals else whole
    return exp.Literal.number(text), FieldKind.NUMBER, node.this


def _double(term: _Term) -> exp.Expr:
    return term.tree if term.computed else exp.cast(term.tree, "double")
