"""How the financial score is made: `python -m calibration DATA_FOLDER`.

Reads the public file of Polish firms, writes udfs/reference/financial_score.csv, docs/financial-score.md and its
pictures. Needs the extra `calibration` (scikit-learn, matplotlib); what is shipped needs neither. The data stays
outside the project. The same file gives the same bytes each time.
"""
