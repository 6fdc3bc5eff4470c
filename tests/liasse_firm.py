"""A complete small return of an invented joinery, Menuiserie Aubrac, every subtotal worked out by hand (in euros)."""

# 2050, assets: gross and depreciation.
#   AA 10,000 of unpaid capital
#   AF-AG software 12,000 - 4,000 = 8,000        AH goodwill 40,000           intangibles     48,000
#   AR-AS plant 180,000 - 90,000 = 90,000        AT-AU vans 60,000 - 35,000 = 25,000
#   BH deposits 5,000
#   BJ 12 + 40 + 180 + 60 + 5 = 297,000          BK 4 + 90 + 35 = 129,000     fixed assets   168,000
#   BL-BM timber 55,000 - 5,000 = 50,000         BT goods 30,000              stocks          80,000
#   BX-BY customers 240,000 - 12,000             receivables                                 228,000
#   BZ other claims 18,000     CF bank 46,000 (cash)     CH prepaid 4,000
#   CJ 55 + 30 + 240 + 18 + 46 + 4 = 393,000     CK 5 + 12 = 17,000           current assets 376,000
#   CO 10 + 297 + 393 = 700,000                  1A 129 + 17 = 146,000        total assets   554,000
# 2051, liabilities.
#   DL 100 + 10 + 40 - 5 + 25 = 170,000 of equity, of which reserves and brought forward 10 + 40 - 5 = 45,000
#   DR 14,000 of provisions for risks
#   EC 160 + 20 + 110 + 70 + 10 = 370,000 of debts, of which EG 250,000 of less than a year, so 120,000 of more
#   EE 170 + 14 + 370 = 554,000
# 2052 and 2053, profit and loss.
#   FL 300 goods + 700 joinery = 900 in France + 100 abroad = 1,000,000 of turnover
#   FR 1,000 + 20 stored + 3 subsidies + 2 reversals + 1 other = 1,026,000
#   purchases 200 - 10 + 250 + 5 = 445,000       external charges 180,000
#   VA 1,000 + 20 - 445 - 180 = 395,000          EBE 395 + 3 - 12 - (220 + 90) = 76,000
#   depreciation and provisions 30 + 4 + 2 = 36,000
#   GF 445 + 180 + 12 + 220 + 90 + 36 + 3 = 986,000
#   GG 1,026 - 986 = 40,000 (EBE 76 + reversals 2 + other 1 - 36 - 3 = 40)
#   GU 8,000 + 500 = 8,500     GV 1,000 - 8,500 = -7,500     GW 40,000 - 7,500 = 32,500
#   HL 1,026 + 1 + 2 = 1,029,000     HM 986 + 8.5 + 1 + 8.5 = 1,004,000     HN 25,000 = DI
NORMAL = {
    "AA": 10_000, "AF": 12_000, "AG": 4_000, "AH": 40_000, "AR": 180_000, "AS": 90_000, "AT": 60_000, "AU": 35_000,
    "BH": 5_000, "BJ": 297_000, "BK": 129_000, "BL": 55_000, "BM": 5_000, "BT": 30_000, "BX": 240_000, "BY": 12_000,
    "BZ": 18_000, "CF": 46_000, "CH": 4_000, "CJ": 393_000, "CK": 17_000, "CO": 700_000, "1A": 146_000, "DA": 100_000,
    "DD": 10_000, "DG": 40_000, "DH": -5_000, "DI": 25_000, "DL": 170_000, "DP": 14_000, "DR": 14_000, "DU": 160_000,
    "DV": 20_000, "DX": 110_000, "DY": 70_000, "EA": 10_000, "EC": 370_000, "EE": 554_000, "EG": 250_000, "EH": 8_000,
    "FC": 300_000, "FF": 700_000, "FJ": 900_000, "FK": 100_000, "FL": 1_000_000, "FM": 20_000, "FO": 3_000,
    "FP": 2_000, "FQ": 1_000, "FR": 1_026_000, "FS": 200_000, "FT": -10_000, "FU": 250_000, "FV": 5_000, "FW": 180_000,
    "FX": 12_000, "FY": 220_000, "FZ": 90_000, "GA": 30_000, "GC": 4_000, "GD": 2_000, "GE": 3_000, "GF": 986_000,
    "GG": 40_000, "GL": 1_000, "GP": 1_000, "GR": 8_000, "GS": 500, "GU": 8_500, "GV": -7_500, "GW": 32_500,
    "HA": 2_000, "HD": 2_000, "HE": 1_000, "HH": 1_000, "HI": 1_000, "HK": 8_500, "HL": 1_029_000, "HM": 1_004_000,
    "HN": 25_000,
}

# The same firm's lines, from the comments above.
LINES = {
    "turnover": 1_000_000, "purchases": 445_000, "value_added": 395_000, "personnel": 310_000, "ebitda": 76_000,
    "depreciation": 36_000, "ebit": 40_000, "financial_charges": 8_500, "net_income": 25_000, "total_assets": 554_000,
    "intangibles": 48_000, "fixed_assets": 168_000, "stocks": 80_000, "receivables": 228_000, "cash": 46_000,
    "current_assets": 376_000, "equity": 170_000, "unpaid_capital": 10_000, "share_capital": 100_000,
    "retained_earnings": 45_000, "provisions": 14_000, "long_term_debt": 120_000, "total_debt": 370_000,
    "current_debt": 250_000, "trade_payables": 110_000, "tax_social_debt": 70_000,
}

# The firm before it grew, on the simplified forms.
#   010 goodwill 20,000 - 012 nothing; 014-016 software 3,000 - 2,000: intangibles 21,000
#   028-030 plant 50,000 - 30,000 = 20,000     044 73,000 - 048 32,000: fixed assets 41,000
#   050-052 timber 15,000 - 1,000 = 14,000     060 goods 6,000: stocks 20,000
#   068-070 customers 32,000 - 2,000 = 30,000     072 other 4,000     080 securities 5,000 + 084 bank 7,000: cash 12,000
#   092 prepaid 1,000     096 70,000 - 098 3,000: current assets 67,000
#   110 143,000 - 112 35,000: total assets 108,000
#   142 30 + 3 + 12 - 4 + 9 = 50,000 of equity; 154 2,000; 176 25 + 18 + 13 = 56,000, of which 195 21,000 over a year
#   180 50 + 2 + 56 = 108,000
#   turnover 60 + 140 + 50 = 250,000     purchases 35 + 1 + 64 - 2 = 98,000     external charges 42,000
#   VA 250 - 3 stored - 98 - 42 = 107,000     EBE 107 + 2 - 4 - (60 + 24) = 21,000     depreciation 7 + 1 = 8,000
#   232 250 - 3 + 2 + 1 = 250,000     264 98 + 42 + 4 + 84 + 8 + 2 = 238,000     270 12,000
#   310 12 - 1.4 financial - 1.6 tax = 9,000 = 136
SIMPLIFIED = {
    "010": 20_000, "014": 3_000, "016": 2_000, "028": 50_000, "030": 30_000, "044": 73_000, "048": 32_000,
    "050": 15_000, "052": 1_000, "060": 6_000, "068": 32_000, "070": 2_000, "072": 4_000, "080": 5_000, "084": 7_000,
    "092": 1_000, "096": 70_000, "098": 3_000, "110": 143_000, "112": 35_000, "120": 30_000, "126": 3_000,
    "132": 12_000, "134": -4_000, "136": 9_000, "142": 50_000, "154": 2_000, "156": 25_000, "166": 18_000,
    "172": 13_000, "176": 56_000, "180": 108_000, "195": 21_000, "210": 60_000, "214": 140_000, "218": 50_000,
    "222": -3_000, "226": 2_000, "230": 1_000, "232": 250_000, "234": 35_000, "236": 1_000, "238": 64_000,
    "240": -2_000, "242": 42_000, "244": 4_000, "250": 60_000, "252": 24_000, "254": 7_000, "256": 1_000,
    "262": 2_000, "264": 238_000, "270": 12_000, "294": 1_400, "306": 1_600, "310": 9_000,
}
SIMPLIFIED_LINES = {
    "turnover": 250_000, "purchases": 98_000, "value_added": 107_000, "personnel": 84_000, "ebitda": 21_000,
    "depreciation": 8_000, "ebit": 12_000, "financial_charges": 1_400, "net_income": 9_000, "total_assets": 108_000,
    "intangibles": 21_000, "fixed_assets": 41_000, "stocks": 20_000, "receivables": 30_000, "cash": 12_000,
    "current_assets": 67_000, "equity": 50_000, "share_capital": 30_000, "retained_earnings": 11_000,
    "provisions": 2_000, "long_term_debt": 21_000, "total_debt": 56_000, "current_debt": 35_000,
    "trade_payables": 18_000, "tax_social_debt": 13_000,
}
