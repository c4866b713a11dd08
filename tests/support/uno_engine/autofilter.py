"""The filter of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .bridge import struct, uno
from .missing import complete

if TYPE_CHECKING:
    from .table import Table


@complete
class AutoFilter(base_classes.AutoFilter):
    """Which rows of a table are shown. Fields count from 1."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """One entry for each column, as in Excel, filtered or not."""
        snapshots = [
            base_classes.empty_autofilter_criteria(field) for field in range(1, self._table.range.shape[1] + 1)
        ]
        for criterion in self._descriptor.getFilterFields3():
            field = criterion.Field + 1
            texts = [value.StringValue for value in criterion.Values]
            known = criterion.Operator == _equal() and not any(value.IsNumeric for value in criterion.Values)
            snapshots[field - 1] = base_classes.autofilter_criteria_snapshot(
                field, "values" if known else "unknown", texts
            )
        return snapshots

    def apply_values(self, field: int, values: list[str]) -> None:
        kind = uno().getConstantByName("com.sun.star.sheet.FilterFieldType.STRING")
        wanted = [
            struct("sheet.FilterFieldValue", IsNumeric=False, StringValue=value, FilterType=kind) for value in values
        ]
        criterion = struct("sheet.TableFilterField3", Field=field - 1, Operator=_equal(), Values=tuple(wanted))
        others = [other for other in self._descriptor.getFilterFields3() if other.Field != field - 1]
        self._set((*others, criterion))

    def clear(self, field: int | None) -> None:
        kept = [
            other for other in self._descriptor.getFilterFields3() if field is not None and other.Field != field - 1
        ]
        self._set(tuple(kept))

    @property
    def _descriptor(self) -> Any:
        return self._table.xl.getFilterDescriptor()

    def _set(self, criteria: tuple[Any, ...]) -> None:
        body = self._table.data_body_range
        if body is not None and self._descriptor.getFilterFields3():  # which LibreOffice would not show again
            body.cells.Rows.IsFiltered = False
            body.cells.Rows.IsVisible = True
        self._descriptor.setFilterFields3(criteria)
        if criteria:
            self._table.xl.refresh()


def _equal() -> int:
    return int(uno().getConstantByName("com.sun.star.sheet.FilterOperator2.EQUAL"))
