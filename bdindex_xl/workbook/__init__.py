"""Makes the workbook from its contents: what stands where, how it looks, and the finished file. Reads no file."""

from .finished_file import make
from .macro_parts import Macros, Part

__all__ = ["Macros", "Part", "make"]
