"""What LibreOffice works out by itself: each call between two processes, and each object, costs more than the answer."""

from __future__ import annotations

from typing import Any

_LIBRARY, _MODULE = "Standard", "Inside"

_BY_FORMAT = """
Function ByFormat(cells, known, wanted)
  Dim found()
  groups = cells.UniqueCellFormatRanges
  n = 0
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    kind = known.getByKey(group.NumberFormat).Type
    If (kind And wanted) <> 0 Then
      ReDim Preserve found(n)
      found(n) = Array(kind, group.RangeAddresses)
      n = n + 1
    End If
  Next
  ByFormat = found()
End Function
"""


class Inside:
    """Functions in Basic, in the program of one session."""

    def __init__(self, context: Any) -> None:
        manager = context.ServiceManager
        libraries = manager.createInstanceWithContext("com.sun.star.script.ApplicationScriptLibraryContainer", context)
        if not libraries.hasByName(_LIBRARY):
            libraries.createLibrary(_LIBRARY)
        libraries.loadLibrary(_LIBRARY)
        libraries.getByName(_LIBRARY).insertByName(_MODULE, _BY_FORMAT)
        factory = context.getValueByName("/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory")
        address = f"vnd.sun.star.script:{_LIBRARY}.{_MODULE}.ByFormat?language=Basic&location=application"
        self._by_format = factory.createScriptProvider("").getScript(address)

    def by_format(self, cells: Any, formats: Any, wanted: int) -> list[tuple[int, Any]]:
        """Of the groups of cells formatted alike: the kind of those whose number format is of some kind, and where."""
        return list(self._by_format.invoke((cells, formats, wanted), (), ())[0])
