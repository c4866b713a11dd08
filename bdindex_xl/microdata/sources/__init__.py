"""Where records come from: files and databases, as tables that every engine scans alike."""

from .opening import SourceErrors, opened

__all__ = ["SourceErrors", "opened"]
