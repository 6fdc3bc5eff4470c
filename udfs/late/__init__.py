"""Late payment: the dated rates of each half-year and the interest they give."""
