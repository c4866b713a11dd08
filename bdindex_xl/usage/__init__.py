"""How commands are typed: the parser, its words, and what it says in Chinese. Imports stay light."""

from .parser import UsageFault, parser, subparsers
from .words import COMMANDS

__all__ = ["COMMANDS", "UsageFault", "parser", "subparsers"]
