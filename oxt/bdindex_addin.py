"""The add-in of BDIndex for LibreOffice Calc: worksheet functions that a Python of the user's computes.

This runs in LibreOffice's Python, whatever its version: the standard library and UNO alone, in plain old syntax.
"""

import unohelper
from bdindex_bridge import language
from bdindex_worker import Failed, Worker
from com.sun.star.lang import Locale, XServiceInfo
from com.sun.star.sheet import LocalizedName, XAddIn, XCompatibilityNames

try:
    from org.bdindex import XBdIndex
except ImportError:  # while it is being installed, its own interface may not be known yet

    class XBdIndex(object):
        """In its place."""


ADD_IN = "org.bdindex.AddIn"
FUNCTIONS = ()  # their names: `bdindex build` puts them here
MANY = 1000  # rows of which none is looked at before it is handed on

_WORKER = Worker()


def plain(value):
    """An argument as JSON has it: rows of cells, a single value, or nothing."""
    if isinstance(value, tuple):
        rows = [[plain(cell) for cell in row] for row in _used(value)]
        return {"rows": rows, "of": len(value)}
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value if isinstance(value, (bool, int, float, str)) and value != "" else None


def _used(rows):
    """Rows down to the last that holds anything: Calc hands over a whole column as a million of them."""
    blank, end = ("",) * len(rows[0]) if rows else (), len(rows)
    many = (blank,) * MANY
    while end > 2 * MANY and rows[end - MANY : end] == many:
        end -= MANY
    while end > MANY and rows[end - 1] == blank:
        end -= 1
    return rows[:end]


def cells(answer):
    """The answer as Calc takes it: rows of cells, of which none may be nothing at all."""
    if not isinstance(answer, list):
        return ((answer,),)
    return tuple(tuple("" if cell is None else cell for cell in row) for row in answer)


def function(name):
    """A method that answers for one worksheet function. What goes wrong is told in the cell."""

    def computed(self, *arguments):
        try:
            answer = _WORKER.ask(
                {"function": name, "lang": self.lang, "arguments": list(map(plain, arguments))}, self.lang
            )
        except Failed as failed:
            return ((failed.text,),)
        return cells(answer["answer"])

    return computed


class AddIn(unohelper.Base, XAddIn, XCompatibilityNames, XBdIndex, XServiceInfo):
    """What Calc calls. Names and help of the functions are in CalcAddIns.xcu."""

    def __init__(self, context):
        self._locale = Locale("en", "US", "")
        self.lang = language(context)

    def getProgrammaticFuntionName(self, shown):  # spelled so in the interface
        return shown if shown in FUNCTIONS else ""

    def getDisplayFunctionName(self, name):
        return name

    def getFunctionDescription(self, name):
        return ""

    def getDisplayArgumentName(self, name, number):
        return ""

    def getArgumentDescription(self, name, number):
        return ""

    def getProgrammaticCategoryName(self, name):
        return "Add-In"

    def getDisplayCategoryName(self, name):
        return "BDIndex"

    def setLocale(self, locale):
        self._locale = locale

    def getLocale(self):
        return self._locale

    def getCompatibilityNames(self, name):
        return (LocalizedName(Locale("en", "US", ""), name),)

    def getServiceName(self):
        return ADD_IN

    def getImplementationName(self):
        return ADD_IN

    def supportsService(self, name):
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):
        return ("com.sun.star.sheet.AddIn", ADD_IN)


for _name in FUNCTIONS:
    setattr(AddIn, _name, function(_name))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(AddIn, ADD_IN, ("com.sun.star.sheet.AddIn", ADD_IN))
