"""The worksheet functions, as plain functions of blocks of cells. Know no spreadsheet program."""

from .blocks import FunctionFault, GivenCells
from .table import BY_NAME, FUNCTIONS, Argument, Function, answer

__all__ = ["BY_NAME", "FUNCTIONS", "Argument", "Function", "FunctionFault", "GivenCells", "answer"]
