"""Everything that touches files, people and Excel; what is computed is in `udfs`."""

# The layout of the workbook that this package understands; another one has other tables, names or hidden sheets.
WORKBOOK_SCHEMA = "1"
# The one version whose VBA modules stand in the workbook: its DLL is found by this number.
XLWINGS_VERSION = "0.37.8"
