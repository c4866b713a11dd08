"""A second parser of VBA: the grammar of the package antlr4-vba, made after Microsoft's own ([MS-VBAL]); names in it.

It takes a second for some procedures of thirty lines. So a module is read procedure by procedure, each of them once,
however many systems and projects it is compiled for; and what was read in it before is kept.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import pytest

from . import vba_kept

_END = re.compile(r"^End (?:Sub|Function|Property)\b.*\n", re.MULTILINE | re.IGNORECASE)
# The grammar is one of the files that the editor exports: these it leaves out, and begins the file of a class so.
_NOT_EXPORTED = re.compile(r"^Attribute VB_(?!Name|GlobalNameSpace|Creatable|PredeclaredId|Exposed).*\n", re.MULTILINE)
_CLASS = "VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1\nEND\n"
_HEAD = 'Attribute VB_Name = "M"\n'
_NAMING = re.compile(
    r"(?:(?:Unt|T)yped|Withevents)(?:VariableDcl|NameConstItem|NameParamDcl)|(?:Udt|Enum)Declaration|EnumMember|ExternalProcDcl"
)
_PROCEDURE = re.compile(r"(Subroutine|Function|PropertyGet|PropertyLhs)Declaration")


@dataclass
class Scope:
    """A procedure or, without a name, what a module declares before its first one."""

    name: str = ""
    is_private: bool = False
    declared: list[str] = field(default_factory=list)  # of a module: what other modules do not see
    public: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass
class Piece:
    """What is read at once."""

    errors: list[str]
    scopes: list[Scope]


def pieces(module: str, source: str) -> list[Piece]:
    """A module of a project, as the project holds it, cut behind every procedure."""
    return [_piece(text) for text in texts(module, source)]


def texts(module: str, source: str) -> list[str]:
    """What is read at once, piece by piece."""
    text = _CLASS + _NOT_EXPORTED.sub("", source) if module.endswith(".cls") else source
    cuts = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    found = [text[start:stop] for start, stop in pairwise(cuts)]
    return [piece if n == 0 else _HEAD + piece for n, piece in enumerate(found) if piece.strip()]


def repeated(names: list[str]) -> list[str]:
    """What is declared more than once, as VBA tells names apart."""
    return [name for name, count in Counter(name.casefold() for name in names).items() if count > 1]


def grammar() -> str:
    """The package's name and version. Skips where it is absent."""
    pytest.importorskip("antlr4_vba")
    return f"antlr4-vba {version('antlr4-vba')}"


def is_kept(text: str) -> bool:
    """What holds no procedure is read at once: so is the module of the version, which changes with each."""
    return bool(_END.search(text))


@cache
def _piece(text: str) -> Piece:
    kept = vba_kept.reading(grammar(), text, lambda: read(text)) if is_kept(text) else read(text)
    return Piece(kept["errors"], [Scope(**{**one, "used": set(one["used"])}) for one in kept["scopes"]])


def read(text: str) -> dict[str, Any]:
    """Errors and scopes of a piece, as its file keeps them."""
    found = asdict(_read(text))
    for scope in found["scopes"]:
        scope["used"] = sorted(scope["used"])
    return found


def _read(text: str) -> Piece:
    antlr4: Any = pytest.importorskip("antlr4")
    lexing: Any = pytest.importorskip("antlr4_vba.vbaLexer")
    parsing: Any = importlib.import_module("antlr4_vba.vbaParser")
    prediction: Any = importlib.import_module("antlr4.atn.PredictionMode").PredictionMode
    errors: list[str] = []
    listening: Any = importlib.import_module("antlr4.error.ErrorListener")

    class Listener(listening.ErrorListener):
        def syntaxError(self, _parser: Any, _token: Any, line: int, column: int, message: str, _error: Any) -> None:  # noqa: N802
            errors.append(f"{line}:{column}: {message}")

    lexer = lexing.vbaLexer(antlr4.InputStream(text.replace("\n", "\r\n")))
    parser = parsing.vbaParser(antlr4.CommonTokenStream(lexer))
    for one in (lexer, parser):
        one.removeErrorListeners()
        one.addErrorListener(Listener())
    # What is right by the quicker prediction is right by the whole one, and read alike; what is not is read again.
    parser._interp.predictionMode = prediction.SLL
    tree = parser.startRule()
    if errors:
        errors.clear()
        parser.reset()
        parser._interp.predictionMode = prediction.LL
        tree = parser.startRule()
    module = Scope()
    scopes = [module]
    for node in _below(tree):
        if _PROCEDURE.fullmatch(_kind(node)):
            scopes.append(_procedure(node))
        else:
            _take(node, module)
    return Piece(errors, scopes)


def _procedure(node: Any) -> Scope:
    children = node.children or ()  # of one that cannot be read, none
    text = {_kind(child): child.getText() for child in children}
    name = next((text[kind] for kind in ("SubroutineName", "FunctionName", "PrefixedName") if kind in text), "")
    scope = Scope(name, text.get("ProcedureScope", "").strip().casefold() == "private")
    for child in children:
        for inner in (child, *_below(child)):
            _take(inner, scope)
    return scope


def _take(node: Any, scope: Scope) -> None:
    kind = _kind(node)
    if kind == "SimpleNameExpression":
        scope.used.add(node.getText().casefold())
    elif _NAMING.fullmatch(kind):
        (scope.public if _is_public(node) else scope.declared).append(_identifier(node))
    elif kind == "StatementLabelDefinition":
        scope.declared.append(f"{_identifier(node)}:")
    elif kind == "StatementLabel":
        scope.used.add(f"{node.getText().casefold()}:")


def _is_public(node: Any) -> bool:
    parent = node.parentCtx
    while parent is not None and not _PROCEDURE.fullmatch(_kind(parent)):
        if _kind(parent).startswith(("Public", "Global")):
            return True
        parent = parent.parentCtx
    return False


def _identifier(node: Any) -> str:
    found: str = next(inner.getText() for inner in _below(node) if _kind(inner).startswith("Ambiguous"))
    return found


def _kind(node: Any) -> str:
    return type(node).__name__.removesuffix("Context")


def _below(node: Any) -> Iterator[Any]:
    """What stands in it; not what a procedure of another library calls its arguments, and not what a procedure holds."""
    for child in getattr(node, "children", None) or ():
        yield child
        if _kind(child) != "ExternalProcDcl" and not _PROCEDURE.fullmatch(_kind(child)):
            yield from _below(child)
