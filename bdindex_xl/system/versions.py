"""What must be of one version, and of one name, in Python and in every workbook."""

XLWINGS_VERSION = "0.37.8"  # of xlwings' package, its DLL and its VBA module; setup.cfg installs this one
UDF_MODULE = "bdindex_xl.hosts.excel.udfs"  # what the wrappers in a workbook call
