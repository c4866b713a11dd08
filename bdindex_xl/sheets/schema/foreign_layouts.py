"""What stands where in the workbooks of two other programs: COINr, a package for R, and the COIN Tool of the JRC.

References
----------
W. Becker, COINr 1.1.14: `new_coin` for the columns of iData and iMeta, `export_to_excel` for the names of sheets, and
`import_coin_tool` for the places of the COIN Tool, https://github.com/bluefoxr/COINr.
"""

from __future__ import annotations

from typing import NamedTuple

from ...language import Text


class CoinrSheets(NamedTuple):
    """Sheets of a workbook of COINr; `units` holds what is known of units beside the indicators, if there is one."""

    framework: str
    data: str
    units: str = ""


# An export first: it holds everything, whatever a user has put beside it.
COINR_SHEETS = (CoinrSheets("Meta.Ind", "Data.Raw", "Meta.Unit"), CoinrSheets("iMeta", "iData"))

# By our column: the headers that COINr has for it, the one of before its version 1 after that of today.
COINR_FRAMEWORK = {
    "code": ("iCode", "IndCode"),
    "name": ("iName", "IndName"),
    "parent": ("Parent",),
    "direction": ("Direction",),
    "weight": ("Weight", "IndWeight"),
    "measure": ("Unit", "IndUnit"),
    "target": ("Target",),
    "denominator": ("Denominator", "iDenom"),
    "lower": ("goalpost_lower",),
    "upper": ("goalpost_upper",),
}
COINR_NEEDED = ("code", "parent", "direction", "weight")
COINR_TYPE = ("Type",)
COINR_UNIT = ("uCode", "UnitCode")
COINR_UNIT_NAME = ("uName", "UnitName")
COINR_TIME = ("Time", "Year")
# What a row of the framework may be.
COINR_TYPES = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
COINR_GROUP_MARKS = ("g_", "group_")  # what headers of groups begin with where the framework does not list them

# Sheets of an export that repeat what is read, and those that are the same as what follows from the raw data.
COINR_REPEATED = ("Meta.Lineage", "Meta.Weights.Original", "Log.new_coin.iData", "Log.new_coin.iMeta")
COINR_RESULTS = ("Data.Denominated", "Data.Normalised", "Data.Aggregated")
COINR_DENOMINATED = "Data.Denominated"
COINR_DATA, COINR_WEIGHTS = "Data.", "Meta.Weights."
COINR_METHODS = ("Analysis.", "Log.")

COIN_TOOL_DATA, COIN_TOOL_FRAMEWORK = "Database", "Framework"
# Rows of the sheet Database, and the columns of units and of indicators.
COIN_TOOL_ROWS = {"weight": 7, "direction": 8, "lower": 9, "upper": 10, "name": 15, "code": 16}
COIN_TOOL_LEVELS = (14, 13, 12, 11)  # rows of the codes above an indicator, the index last
COIN_TOOL_UNITS = (17, 315)
COIN_TOOL_NAMES, COIN_TOOL_CODES = 2, 3
COIN_TOOL_INDICATORS = (5, 103)
# Rows of the sheet Framework and its columns: code, weight, name.
COIN_TOOL_AGGREGATES = (4, 53)
COIN_TOOL_OF_AGGREGATE = (3, 5, 8)

FOREIGN_NONE = ("NA", "N/A", "n/a", "#N/A", "NaN", "--")  # how both write that there is nothing
FOREIGN_RANKING = Text("全部", "All")
