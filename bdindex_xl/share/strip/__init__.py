"""A workbook without what must not travel: `strip.strip` is the way in, and each kind of thing has a module."""
