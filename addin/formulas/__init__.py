"""The workbook's formulas calculated without Excel: for true cached values in the build, and after rows were added.

    left_alone = recalculate(package)

formualizer calculates; here its formulas are made plain (no names, no tables), our worksheet functions are given to
it, and what it answers otherwise than Excel is kept away from it.
"""

from addin.formulas.recalculation import recalculate

__all__ = ["recalculate"]
