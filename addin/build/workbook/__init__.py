"""The workbook from text: sheets drawn by XlsxWriter, then macros, ribbon and true cached values."""
