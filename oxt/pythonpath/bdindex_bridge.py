"""An open document, for the process that acts on it: a few ways to read its cells, and one to write.

A request names one of the functions below with its arguments; both are plain JSON. Rows and columns count from 1, an
area is [top, left, bottom, right]. A cell is a number, a text, a logical value, None, {"date": ...}, {"error": ...} or,
to be written, {"formula": ...} in Excel's spelling.

This runs in LibreOffice's Python, whatever its version: the standard library and UNO alone, in plain old syntax.
"""

import datetime
import os

import uno

_SHEET = "com.sun.star.sheet."
_NUMBERS, _DATES, _TEXTS, _FORMULAS = 1, 2, 4, 16  # CellFlags
_CONTENT = _NUMBERS | _DATES | _TEXTS | _FORMULAS  # not the notes
_LOOKS = 32 | 64  # CellFlags: formats of the cells, and those set directly
_FAILED, _NUMERIC = 4, 1  # FormulaResult
_DATE, _LOGICAL = 2, 1024  # NumberFormat
_RICH = 512  # CellFlags: texts of which parts have looks of their own, or lead somewhere
_EXCEL = 1  # AddressConvention
_DAY = 86400000  # milliseconds
GUIDED = "bdx_status"  # a name of a cell on the guide
_UNSEEN = "\u200b"  # a space of no width

_ERRORS = {503: "#NUM!", 521: "#NULL!", 524: "#REF!", 532: "#DIV/0!", 32767: "#N/A"}
_ERRORS.update((code, "#NAME?") for code in (508, 509, 510, 525))


def language(context):
    """That of the office's own texts, unless BDINDEX_LANG names one."""
    asked = os.environ.get("BDINDEX_LANG")
    if asked in ("zh", "en"):
        return asked
    name = "com.sun.star.configuration.ConfigurationProvider"
    provider = context.ServiceManager.createInstanceWithContext(name, context)
    view = "com.sun.star.configuration.ConfigurationAccess"
    settings = provider.createInstanceWithArguments(view, properties(nodepath="/org.openoffice.Setup/L10N"))
    return "zh" if str(settings.getByName("ooLocale")).lower().startswith("zh") else "en"


def properties(**values):
    """Named values as UNO takes them."""
    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


class Bridge(object):
    """What can be asked of one document."""

    def __init__(self, document):
        self._document = document
        self._kinds = {}
        null = document.NullDate
        self._null = datetime.datetime(null.Year, null.Month, null.Day)

    def answer(self, request):
        """Do what a request says; {"error": ...} where that fails."""
        try:
            return {"answer": getattr(self, request["do"])(**request.get("with", {}))}
        except Exception as error:
            return {"error": "%s: %s" % (type(error).__name__, error)}

    # --- reading ------------------------------------------------------------------------------------------------------

    def tables(self):
        """All tables: name, sheet, area, whether there are a header row and a totals row, headers."""
        ranges, found = self._document.DatabaseRanges, []
        for name in ranges.ElementNames:
            table = ranges.getByName(name)
            place = table.DataArea
            sheet = self._document.Sheets.getByIndex(place.Sheet)
            area = [place.StartRow + 1, place.StartColumn + 1, place.EndRow + 1, place.EndColumn + 1]
            header = self._cells(sheet.Name, [area[0], area[1], area[0], area[3]]).getDataArray()[0]
            found.append(
                {
                    "name": name,
                    "sheet": sheet.Name,
                    "area": area,
                    "has_header": bool(table.ContainsHeader),
                    "has_totals": bool(table.TotalsRow),
                    "header": ["" if value is None else value for value in header],
                }
            )
        return found

    def read(self, sheet, area):
        """Values of a block, row by row."""
        cells = self._cells(sheet, area)
        rows = [[None if value == "" else value for value in row] for row in cells.getDataArray()]
        place = cells.RangeAddress
        for i, j in _each(cells.queryFormulaCells(_FAILED).RangeAddresses, place):
            rows[i][j] = {"error": _ERRORS.get(cells.getCellByPosition(j, i).getError(), "#VALUE!")}
        for i, j, kind in self._of_kind(cells, _DATE | _LOGICAL):
            rows[i][j] = self._meaning(rows[i][j], kind)
        for i, j in _each(cells.queryFormulaCells(_NUMERIC).RangeAddresses, place):
            if isinstance(rows[i][j], float):  # a comparison has its format from its formula
                rows[i][j] = self._meaning(rows[i][j], self._kind(cells.getCellByPosition(j, i).NumberFormat))
        return rows

    def formulas(self, sheet, area):
        """Places of formulas in a block, row and column counted from 0."""
        cells = self._cells(sheet, area)
        return list(_each(cells.queryContentCells(_FORMULAS).RangeAddresses, cells.RangeAddress))

    def formats(self, sheet, area):
        """Number format of each cell of a row, by a number of the document's."""
        cells = self._cells(sheet, area)
        return [cells.getCellByPosition(j, 0).NumberFormat for j in range(cells.Columns.Count)]

    def merged(self, sheet, area):
        """Whether any cell of a block is merged with others, in it or outside."""
        cells = self._cells(sheet, area)
        cursor = cells.Spreadsheet.createCursorByRange(cells)
        cursor.collapseToMergedArea()
        new, old = cursor.RangeAddress, cells.RangeAddress
        edges = ("StartRow", "StartColumn", "EndRow", "EndColumn")
        return bool(cells.getIsMerged()) or any(getattr(new, edge) != getattr(old, edge) for edge in edges)

    def last_row(self, sheet):
        """The last row of a sheet that is in use."""
        cursor = self._document.Sheets.getByName(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        return cursor.RangeAddress.EndRow + 1

    def names(self):
        """Defined names of the document that lead to a place: sheet, row and column of its first cell."""
        found, names = {}, self._document.NamedRanges
        for name in names.ElementNames:
            cells = names.getByName(name).getReferredCells()
            if cells is not None:
                place = cells.RangeAddress
                sheet = self._document.Sheets.getByIndex(place.Sheet).Name
                found[name] = [sheet, place.StartRow + 1, place.StartColumn + 1]
        return found

    def shown(self, sheet):
        """Whether a sheet is in view."""
        return bool(self._document.Sheets.getByName(sheet).IsVisible)

    def locked(self, sheets):
        """Those sheets that ask for a password before they can be changed."""
        found = []
        for name in sheets:
            sheet = self._document.Sheets.getByName(name)
            if sheet.isProtected():
                _unprotect(sheet)
                if sheet.isProtected():
                    found.append(name)
                else:
                    sheet.protect("")
        return found

    def selected(self, width):
        """What stands in the first columns of the row that is selected; nothing where that is no cell."""
        controller = self._document.CurrentController
        selection = controller.getSelection() if controller is not None else None
        if selection is None or not hasattr(selection, "RangeAddress"):
            return []
        place = selection.RangeAddress
        sheet = self._document.Sheets.getByIndex(place.Sheet).Name
        return self.read(sheet, [place.StartRow + 1, 1, place.StartRow + 1, width])[0]

    def copy(self, file):
        """Write a copy of the document as an Excel file, and leave the document as it is."""
        url = uno.systemPathToFileUrl(file)
        self._document.storeToURL(url, properties(FilterName="Calc MS Excel 2007 XML"))

    def open(self, file):
        """Open another file beside the document."""
        desktop = self._document.CurrentController.Frame.getCreator()
        desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, ())

    def guide(self):
        """Bring the guide into view; whether there is one."""
        names = self._document.NamedRanges
        cells = names.getByName(GUIDED).getReferredCells() if names.hasByName(GUIDED) else None
        if cells is None:
            return False
        self.show(cells.Spreadsheet.Name)
        self.activate(cells.Spreadsheet.Name)
        return True

    # --- changing -----------------------------------------------------------------------------------------------------

    def show(self, sheet):
        """Bring a sheet into view, where the document lets anybody."""
        self._document.Sheets.getByName(sheet).IsVisible = True

    def activate(self, sheet):
        """Turn to a sheet."""
        self._document.CurrentController.setActiveSheet(self._document.Sheets.getByName(sheet))

    def write(self, title, steps):
        """Do all steps, or none: to the user they are one action, which can be undone."""
        document, undo = self._document, self._document.UndoManager
        automatic = document.isAutomaticCalculationEnabled()
        locked = [sheet for sheet in self._sheets_of(steps) if sheet.isProtected()]
        document.addActionLock()
        document.enableAutomaticCalculation(False)
        if undo.isUndoPossible() and undo.getCurrentUndoActionTitle() == title:
            title += _UNSEEN  # so that the action before is never taken for this one
        undo.enterUndoContext(title)
        done = False
        try:
            for sheet in locked:
                _unprotect(sheet)
            for step in steps:
                getattr(self, "_" + step[0])(*step[1:])
            done = True
        finally:
            for sheet in locked:
                sheet.protect("")
            undo.leaveUndoContext()
            if not done and undo.isUndoPossible() and undo.getCurrentUndoActionTitle() == title:
                undo.undo()
                undo.clearRedo()
            document.enableAutomaticCalculation(automatic)
            document.removeActionLock()

    def _sheets_of(self, steps):
        names = {step[1] for step in steps if step[0] not in ("resize", "unfilter")}
        return [self._document.Sheets.getByName(name) for name in names]

    def _put(self, sheet, area, rows):
        cells = self._cells(sheet, area)
        place = cells.RangeAddress
        notes, links = _notes(cells), _links(cells)
        formulas, formats = [], {}
        data = []
        for i, row in enumerate(rows):
            data.append(tuple(self._taken(value, i, j, formulas, formats) for j, value in enumerate(row)))
        if any(value == "" for row in cells.getDataArray() for value in row):
            # Undoing the call below leaves what it wrote into cells that were blank: so none of them is.
            cells.setArrayFormula("=0")
            cells.clearContents(_CONTENT)
        cells.setDataArray(tuple(data))
        for address, text in notes:  # which the call takes with it
            cells.Spreadsheet.Annotations.insertNew(address, text)
        for i, j, text in formulas:
            self._set_formula(cells.getCellByPosition(j, i), text)
        for i, j, url in links:
            self._link(cells.getCellByPosition(j, i), url)
        for kind, j in formats:
            first, last = formats[kind, j]
            column = cells.Spreadsheet.getCellRangeByPosition(
                place.StartColumn + j, place.StartRow + first, place.StartColumn + j, place.StartRow + last
            )
            if not self._kind(cells.getCellByPosition(j, first).NumberFormat) & kind:
                column.NumberFormat = self._key("BOOLEAN" if kind == _LOGICAL else "yyyy-mm-dd hh:mm")

    def _link(self, cell, url):
        """Have a text lead somewhere; other values cannot."""
        text = cell.String
        if cell.Type.value == "TEXT":
            field = self._document.createInstance("com.sun.star.text.TextField.URL")
            field.URL, field.Representation = url, text
            cell.setString("")
            cell.insertTextContent(cell.createTextCursor(), field, False)

    def _clear(self, sheet, area):
        self._cells(sheet, area).clearContents(_CONTENT | _LOOKS)

    def _empty(self, sheet, area):
        self._cells(sheet, area).clearContents(_CONTENT)

    def _fill_down(self, sheet, row, bottom, contents):
        """Repeat a row, an area of one row, down to another; its looks alone, or its contents with them.

        Where a user has something below, in a column of the user's own, that column stays as it is.
        """
        for column in range(row[1], row[3] + 1):
            below = self._cells(sheet, [row[0] + 1, column, bottom, column])
            if not any(line[0] for line in below.getFormulaArray()):
                _fill(self._cells(sheet, [row[0], column, bottom, column]), "TO_BOTTOM")
                if not contents:
                    below.clearContents(_CONTENT)

    def _fill_right(self, sheet, column, right):
        """Repeat the looks of a column, an area of one column, to the right."""
        _fill(self._cells(sheet, [column[0], column[1], column[2], right]), "TO_RIGHT")
        self._cells(sheet, [column[0], column[1] + 1, column[2], right]).clearContents(_CONTENT)

    def _format(self, sheet, area, number):
        """Give an area a number format, by its number."""
        self._cells(sheet, area).NumberFormat = number

    def _move(self, sheet, area, row):
        """Move a block up or down, to begin in a row."""
        cells = self._cells(sheet, area)
        target = cells.Spreadsheet.getCellByPosition(area[1] - 1, row - 1).CellAddress
        cells.Spreadsheet.moveRange(target, cells.RangeAddress)

    def _resize(self, table, area):
        found = self._document.DatabaseRanges.getByName(table)
        place = found.DataArea
        place.StartRow, place.StartColumn, place.EndRow, place.EndColumn = [number - 1 for number in area]
        found.DataArea = place

    def _print(self, sheet, old, new):
        """Parts of the print area that ended with a table's old area end with its new one."""
        found = self._document.Sheets.getByName(sheet)
        areas = found.getPrintAreas()
        for area in areas:
            if area.EndRow == old[2] - 1:
                area.EndRow = new[2] - 1
                area.EndColumn = new[3] - 1 if area.EndColumn == old[3] - 1 else area.EndColumn
        if areas:
            found.setPrintAreas(areas)

    def filtered(self, table):
        """Whether rows of a table are hidden by its filter."""
        return bool(self._document.DatabaseRanges.getByName(table).getFilterDescriptor().getFilterFields3())

    def _unfilter(self, table):
        found = self._document.DatabaseRanges.getByName(table)
        cells = found.getReferredCells()
        cells.Rows.IsFiltered = False
        cells.Rows.IsVisible = True
        found.getFilterDescriptor().setFilterFields3(())

    def _taken(self, value, i, j, formulas, formats):
        """A value for the one call that writes; what it needs besides is noted."""
        if value is None:
            return ""
        if isinstance(value, bool):
            _extend(formats, (_LOGICAL, j), i)
            return float(value)
        if isinstance(value, dict):
            if "formula" in value:
                formulas.append((i, j, value["formula"]))
                return ""
            _extend(formats, (_DATE, j), i)
            moment = datetime.datetime.strptime(value["date"][:19], "%Y-%m-%dT%H:%M:%S")
            return (moment - self._null).total_seconds() / 86400.0
        return float(value) if isinstance(value, int) else value

    def _set_formula(self, cell, text):
        parser = self._document.createInstance(_SHEET + "FormulaParser")
        parser.FormulaConvention = _EXCEL
        cell.setTokens(parser.parseFormula(text, cell.CellAddress))

    # --- of formats ---------------------------------------------------------------------------------------------------

    def _meaning(self, value, kind):
        if not isinstance(value, float):
            return value
        if kind & _LOGICAL:
            return bool(value)
        if kind & _DATE:
            moment = self._null + datetime.timedelta(milliseconds=round(value * _DAY))
            return {"date": moment.strftime("%Y-%m-%dT%H:%M:%S")}
        return value

    def _of_kind(self, cells, wanted):
        groups = cells.UniqueCellFormatRanges
        for k in range(groups.Count):
            group = groups.getByIndex(k)
            kind = self._kind(group.NumberFormat)
            if kind & wanted:
                for i, j in _each(group.RangeAddresses, cells.RangeAddress):
                    yield i, j, kind

    def _kind(self, key):
        if key not in self._kinds:
            self._kinds[key] = self._document.NumberFormats.getByKey(key).Type
        return self._kinds[key]

    def _key(self, code):
        formats = self._document.NumberFormats
        english = uno.createUnoStruct("com.sun.star.lang.Locale")
        english.Language, english.Country = "en", "US"
        key = formats.queryKey(code, english, False)
        return key if key != -1 else formats.addNew(code, english)

    def _cells(self, sheet, area):
        top, left, bottom, right = area
        found = self._document.Sheets.getByName(sheet)
        return found.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)


def _fill(cells, direction):
    """Repeat the first row or column of a block in the others."""
    cells.fillSeries(
        uno.Enum(_SHEET + "FillDirection", direction),
        uno.Enum(_SHEET + "FillMode", "SIMPLE"),
        uno.Enum(_SHEET + "FillDateMode", "FILL_DATE_DAY"),
        0.0,
        0.0,
    )


def _unprotect(sheet):
    try:
        sheet.unprotect("")
    except Exception:
        pass  # it asks for a password, which is seen afterwards


def _extend(formats, key, i):
    first, _ = formats.get(key, (i, i))
    formats[key] = (first, i)


def _each(addresses, place):
    """Places of some areas within a block, row and column counted from 0."""
    for area in addresses:
        for i in range(area.StartRow - place.StartRow, area.EndRow - place.StartRow + 1):
            for j in range(area.StartColumn - place.StartColumn, area.EndColumn - place.StartColumn + 1):
                yield i, j


def _links(cells):
    """Cells that lead somewhere, by row and column, as Excel's hyperlinks do."""
    place, found = cells.RangeAddress, []
    several = cells.queryContentCells(_RICH).Cells.createEnumeration()
    while several.hasMoreElements():
        cell = several.nextElement()
        fields = cell.TextFields.createEnumeration()
        field = fields.nextElement() if fields.hasMoreElements() else None
        if hasattr(field, "URL"):
            at = cell.CellAddress
            found.append((at.Row - place.StartRow, at.Column - place.StartColumn, field.URL))
    return found


def _notes(cells):
    notes, place, found = cells.Spreadsheet.Annotations, cells.RangeAddress, []
    for k in range(notes.Count):
        note = notes.getByIndex(k)
        at = note.Position
        if place.StartRow <= at.Row <= place.EndRow and place.StartColumn <= at.Column <= place.EndColumn:
            found.append((at, note.String))
    return found
