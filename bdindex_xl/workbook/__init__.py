"""Makes the workbook from its contents: what stands where, how it looks, and the finished file. Reads no file."""

from .package import Part, make

__all__ = ["Part", "make"]
