"""Where each thing sits in the workbook: sheets, tables, headers, number formats, names, in both languages.

The only place that holds such a name: one record a sheet, each by its name here. Looks go by role and stand in
`workbook.styles`.
"""
# ruff: noqa: F403

from ...model.node_fields import DIRECTIONS as DIRECTIONS
from ..roles import ROLES as ROLES
from ..roles import Role as Role
from ..roles import raw_format as raw_format
from .analysis_records import *
from .collecting_records import *
from .defined_names import *
from .figure_records import *
from .foreign_layouts import *
from .framework_record import *
from .input_records import *
from .lookup import *
from .rankings import *
from .result_records import *
from .scenario_records import *
from .sheet import *
from .words_records import *
