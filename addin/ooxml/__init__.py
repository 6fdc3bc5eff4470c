"""Workbooks on disk, changed without Excel: the only code that writes workbook XML.

A `Package` is the workbook's parts in memory. Rows are appended, cells set, cached values patched and copies frozen
there; what is not meant stays as it was, byte for byte, and the file is replaced in one step.
"""
