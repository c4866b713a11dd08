"""Makes the workbook from its contents: what stands where, how it looks, and the finished file. Reads no file."""

from .macros import Macros, Part
from .package import make

__all__ = ["Macros", "Part", "make"]
