"""What every worksheet function must answer on the example book, worked out by hand; the first one is its example.

A check is a code, a formula and the literal answer: a number, a day, a text (of both languages where they differ), or
TRUE where a fault must give a true error. The sentence that says what is checked is the text `test_` + code.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from udfs.functions import REGISTRY

Expected = float | str | bool | dt.date | dict[str, str]


class Check(NamedTuple):
    """One line of the self-test."""

    code: str
    formula: str
    expected: Expected

    @property
    def function(self) -> str:
        """The worksheet function that is checked: the first one that the formula calls."""
        return next((name for name in re.findall(r"[A-Z_0-9]+(?=\()", self.formula) if name in REGISTRY), "CREDIT_BOOK")

    def answer(self, language: str) -> float | str | bool | dt.date:
        """The expected answer in one language."""
        return self.expected[language] if isinstance(self.expected, dict) else self.expected


CHECKS: tuple[Check, ...] = (
    # The book itself
    Check("book", "RIGHT(ExampleBook,10)", {"en": "2026-11-20", "fr": "20/11/2026"}),
    # One remark: DELTA's invoice has no due date.
    Check("issues", "INDEX(BOOK_ISSUES(ExampleBook),2,2)", "Invoices"),
    Check("summary", "INDEX(BOOK_SUMMARY(ExampleBook),2,2)", 5),
    # The largest exposure is ALPHA's 16,800.
    Check("table_sorted", 'INDEX(CREDIT_TABLE(ExampleBook,"client, exposure","-exposure"),2,1)', "ALPHA"),
    # BRAVO and DELTA below the heading row.
    Check("table_filtered", 'ROWS(CREDIT_TABLE(ExampleBook,"client","","decision=BLOCK"))', 3),
    # 16,800 + (3,600 - 600 + 1,200) + (2,400 - 300) + 1,000
    Check("receivables", 'BOOK_FIGURE(ExampleBook,"receivables")', 24_100),
    Check("last_payment", 'BOOK_FIGURE(ExampleBook,"last_payment")', dt.date(2026, 11, 18)),
    # No balance of account 411 is given.
    Check("no_balance_411", 'ISNA(BOOK_FIGURE(ExampleBook,"account_411_difference"))', True),
    # Read as a sentence; the decision itself is checked below.
    Check("why", 'CREDIT_WHY("CREDIT_DECISION","DELTA",ExampleBook)',
          {"en": "BLOCK: The granted limit is 0.", "fr": "BLOCK : La limite accordée est 0."}),
    # Rating: without a full balance sheet the score of an A gives at most B.
    Check("grade_capped", 'CREDIT_RATING("ALPHA",ExampleBook)', "B"),
    # 66 days late, more than 30: C, though nothing else is known.
    Check("grade_late", 'CREDIT_RATING("BRAVO",ExampleBook)', "C"),
    Check("grade_unknown", 'CREDIT_RATING("ECHO",ExampleBook)', "n/r"),
    # Term of 60 days 4, home country 6, relation of 14 years 7, weights 10, 5, 10 %:
    # (10 x 3 + 5 x 5 + 10 x 6) / 25 % / 60 = 7.67
    Check("score", 'CREDIT_SCORE("ALPHA",ExampleBook)', 7.67),
    # Pays on the day 6, term of 30 days 5, home country 6, relation of 3 years 3:
    # (20 x 5 + 10 x 4 + 5 x 5 + 10 x 2) / 45 % / 60 = 6.85
    Check("score_ledger", 'CREDIT_SCORE("CHARLIE",ExampleBook)', 6.85),
    Check("no_score", 'ISNA(CREDIT_SCORE("BRAVO",ExampleBook))', True),
    # ALPHA has accounts, CHARLIE three settled invoices over more than six months.
    Check("evidence_accounts", 'CREDIT_EVIDENCE("ALPHA",ExampleBook)', "E2"),
    Check("evidence_ledger", 'CREDIT_EVIDENCE("CHARLIE",ExampleBook)', "E1"),
    # Below the heading: December 2025, then January to April, when C-1 was paid.
    Check("delays", 'INDEX(DELAY_HISTORY("CHARLIE",ExampleBook),6,2)', 6_000),
    # Limit: need 250,000 x 1.20 / 12 x 60 / 30 = 50,000; 35 % of 95,000 - 15,000 = 28,000; 5 % of 700,000 = 35,000.
    Check("limit", 'CREDIT_LIMIT("ALPHA",ExampleBook)', 28_000),
    # Need 120,000 x 1.20 / 12 = 12,000; highest exposure since repaid 9,000 x 1.20 (pays on the day) = 10,800, down
    # to a step of 1,000.
    Check("limit_repaid", 'CREDIT_LIMIT("CHARLIE",ExampleBook)', 10_000),
    # Nothing but open items: the starter line.
    Check("limit_new", 'CREDIT_LIMIT("BRAVO",ExampleBook)', 3_000),
    Check("unknown_client", 'ISNA(CREDIT_LIMIT("ZULU",ExampleBook))', True),
    # Granted and valid until June 2027; granted 0 is no credit.
    Check("limit_granted", 'LIMIT_IN_FORCE("ECHO",ExampleBook)', 5_000),
    Check("limit_zero", 'LIMIT_IN_FORCE("DELTA",ExampleBook)', 0),
    Check("binding", 'LIMIT_BINDING("ALPHA",ExampleBook)', {"en": "tangible net worth", "fr": "actif net corporel"}),
    # Exposure: 3,600 - 600 + 1,200
    Check("exposure", 'CREDIT_EXPOSURE("BRAVO",ExampleBook)', 4_200),
    Check("exposure_unallocated", 'CREDIT_EXPOSURE("CHARLIE",ExampleBook,"unallocated")', -300),
    # All clients in one call: 16,800 + 4,200 + 2,100 + 1,000 + 0
    Check("exposure_column", "SUM(CREDIT_EXPOSURE(ExampleCodes,ExampleBook))", 24_100),
    # The starter line of 3,000 less 4,200
    Check("headroom", 'CREDIT_HEADROOM("BRAVO",ExampleBook)', -1_200),
    Check("overdue", 'CREDIT_OVERDUE("BRAVO",ExampleBook)', 3_600),
    # Columns: client, name, not due, 1-30, 31-60, 61-90; 66 days late stand in the sixth.
    Check("ageing", 'INDEX(AGEING(ExampleBook,"BRAVO"),2,6)', 3_600),
    # With the total first, its tenth column is the balance of account 411.
    Check("ageing_total", 'INDEX(AGEING(ExampleBook,"","due_date","first"),2,10)', 24_100),
    # B-1 first; its days late stand in the fifth column: 15 of September, 31 of October, 20 of November.
    Check("open_items", 'INDEX(OPEN_ITEMS("BRAVO",ExampleBook),2,5)', 66),
    # Decision: 66 days late, more than 60.
    Check("block_late", 'CREDIT_DECISION("BRAVO",ExampleBook)', "BLOCK"),
    # 16,800 of 28,000 are 60 %.
    Check("release", 'CREDIT_DECISION("ALPHA",ExampleBook)', "RELEASE"),
    # 16,800 + 10,000 x 1.20 = 28,800 are over; + 9,333.33 x 1.20 = 28,000.00 are exactly at the limit.
    Check("review_order", 'CREDIT_DECISION("ALPHA",ExampleBook,10000)', "REVIEW"),
    Check("warn_at_limit", 'CREDIT_DECISION("ALPHA",ExampleBook,9333.33)', "WARN"),
    Check("reason", 'DECISION_REASON("DELTA",ExampleBook)',
          {"en": "The granted limit is 0.", "fr": "La limite accordée est 0."}),
    # The day's work: BRAVO's promise of 3,600 for 17 November comes before its first reminder.
    Check("work_list", "INDEX(WORK_LIST(ExampleBook),2,5)", 3_600),
    Check("work_list_rows", "ROWS(WORK_LIST(ExampleBook,1))", 2),
    # 3,600 overdue less the credit note of 600
    Check("reminders", "INDEX(REMINDERS_DUE(ExampleBook),2,7)", 3_000),
    Check("history", 'INDEX(CLIENT_HISTORY("BRAVO",ExampleBook),2,4)', 3_600),
    # Terms: 15 January and 30 days; 45 days are 1 March, end of month 31 March; or end of January and 45 days.
    Check("due_days", 'DUE_DATE(DATE(2026,1,15),"30 jours")', dt.date(2026, 2, 14)),
    Check("due_end_of_month", 'DUE_DATE(DATE(2026,1,15),"45 jours fin de mois")', dt.date(2026, 3, 31)),
    Check("due_end_of_month_first", 'DUE_DATE(DATE(2026,1,15),"45 jours fin de mois","EOM_THEN_DAYS")',
          dt.date(2026, 3, 17)),
    # 14 February 2026 is a Saturday.
    Check("due_bank_day", 'DUE_DATE(DATE(2026,1,15),"30 jours","","","TARGET","following")', dt.date(2026, 2, 16)),
    # The second invoice is of 16 August: 15 days of August, 30 of September, 15 of October.
    Check("due_column", 'INDEX(DUE_DATE(ExampleDates,"60 days"),2,1)', dt.date(2026, 10, 15)),
    Check("due_no_such_day", 'ISERROR(DUE_DATE("31/02/2026","30 jours"))', True),
    # 1 March 2026 is a Sunday: a bill moves, a plain invoice does not.
    Check("due_bill", 'DUE_DATE(DATE(2026,1,15),"LCR 45 jours")', dt.date(2026, 3, 2)),
    # 10,000 / 3 = 3,333.33 twice; the last takes the rounding.
    Check("schedule", 'INDEX(DUE_SCHEDULE(DATE(2026,1,31),"1/3 30 j, 1/3 60 j, 1/3 90 j",10000),4,2)', 3_333.34),
    Check("schedule_deposit",
          'INDEX(DUE_SCHEDULE(DATE(2026,1,15),"30 % à la commande, solde 60 jours",12000),2,2)', 3_600),
    Check("terms_text", 'TERMS_TEXT("45 j FDM","fr")', "45 jours puis fin de mois"),
    # 60 days: 16 of January, 28 of February, 16 of March; by contract 45 days, 1 March, then end of month.
    Check("legal_max", "DUE_LEGAL_MAX(DATE(2026,1,15))", dt.date(2026, 3, 16)),
    Check("legal_max_contract", 'DUE_LEGAL_MAX(DATE(2026,1,15),"","","45 jours fin de mois")', dt.date(2026, 3, 31)),
    Check("legal_max_meat", 'DUE_LEGAL_MAX(DATE(2026,3,6),"meat",DATE(2026,3,4))', dt.date(2026, 3, 24)),
    # C.com L441-10 ends on 1 January 2027; what follows it is not known.
    Check("legal_max_unknown", "ISNA(DUE_LEGAL_MAX(DATE(2027,2,1)))", True),
    Check("due_check", "DUE_CHECK(DATE(2026,1,15),DATE(2026,3,31))", 15),
    Check("due_check_contract", 'DUE_CHECK(DATE(2026,1,15),DATE(2026,3,31),"45 jours fin de mois")', 0),
    # Late payment: 30 days of June, 31 of July, 15 of August.
    Check("days_late", "DAYS_LATE(DATE(2026,5,31),DATE(2026,8,15))", 76),
    # 12,000 x 30 / 365 x (3.15 % + 10) = 129.70; 12,000 x 77 / 365 x (2.15 % + 10) = 307.58
    Check("late_interest", "LATE_INTEREST(12000,DATE(2025,5,31),DATE(2025,9,15))", 437.28),
    # 1,500 x 31 / 365 x 12 %
    Check("late_contract", "LATE_INTEREST(1500,DATE(2025,7,31),DATE(2025,8,31),0.12)", 15.29),
    # 8,000 x 77 / 365 x (2.15 % + 8), the rate of June for all of it
    Check("late_public", 'LATE_INTEREST(8000,DATE(2026,5,30),DATE(2026,8,15),"","PUBLIC")', 171.30),
    # 6,000 paid before it is due; 14,000 x 3 and 5,000 x 27 days at 12.15 %, 5,000 x 31 and 200 x 110 at 12.40 %.
    Check("late_paid_in_parts",
          'SUM(LATE_INTEREST(20000,"2026-05-31","2026-11-20","","",ExamplePaid))', 119.05),
    Check("late_rate", "ISERROR(LATE_INTEREST(1000,DATE(2025,7,31),DATE(2025,8,31),12))", True),
    # The sixth column is the interest; below the heading June at 13.15 %.
    Check("late_detail", "INDEX(LATE_DETAIL(12000,DATE(2025,5,31),DATE(2025,9,15)),2,6)", 129.70),
    Check("indemnity", "LATE_INDEMNITY(3)", 120),
    Check("indemnity_insolvency", 'LATE_INDEMNITY(3,"yes")', 0),
    Check("ecb_rate", "ECB_RATE(DATE(2026,11,20))", 0.024),
    Check("ecb_rate_unknown", "ISNA(ECB_RATE(DATE(2031,1,1)))", True),
    Check("legal_rate", "LEGAL_RATE(DATE(2026,6,30))", 0.0262),
    Check("penalty_rate", "PENALTY_RATE(DATE(2026,11,20))", 0.124),
    Check("penalty_rate_public", 'PENALTY_RATE(DATE(2026,11,20),"PUBLIC")', 0.104),
    # 3 x 5.07 %: more than 4.50 % + 10
    Check("penalty_floor", "PENALTY_FLOOR(DATE(2024,3,15))", 0.1521),
    Check("time_bar", "TIME_BAR(DATE(2026,3,31))", dt.date(2031, 3, 31)),
    Check("time_bar_transport", 'TIME_BAR(DATE(2026,3,31),"transport")', dt.date(2027, 3, 31)),
    # Calculators: the published case; with a peak month of 35,000 x 1.20 x 60 / 30.
    Check("need", "LIMIT_NEED(250000,60)", 50_000),
    Check("need_peak", "LIMIT_NEED(250000,60,0.2,12,35000)", 84_000),
    # A rate is a fraction: 20 is refused.
    Check("need_rate", "ISERROR(LIMIT_NEED(250000,60,20))", True),
    Check("capacity", 'LIMIT_CAPACITY("B",80000,700000)', 28_000),
    Check("capacity_turnover", 'LIMIT_CAPACITY("B","",700000)', 35_000),
    Check("capacity_negative", 'LIMIT_CAPACITY("B",-5000,700000)', 0),
    Check("capacity_unknown", 'ISNA(LIMIT_CAPACITY("B","",""))', True),
    # 2 / 98 x 365 / 20; compounded (100 / 98) ^ (365 / 20) - 1
    Check("discount", "DISCOUNT_COST(0.02,20)", 0.3724),
    Check("discount_compounded", 'DISCOUNT_COST(0.02,20,"yes")', 0.4459),
    # 9,800 and 1,960 of VAT
    Check("discount_offer", "DISCOUNT_OFFER(10000,0.02,0.2)", 11_760),
    # 1 - 1 / (1 + 8 % x 50 / 365)
    Check("break_even", "DISCOUNT_BREAK_EVEN(0.08,50)", 0.0108),
    # 25,000 x 0.9 % = 225; 90 % of it advanced, 22,500 x 4 % x 60 / 360 = 150
    Check("factoring", "FACTORING_COST(25000,60,0.009,0.04)", 375),
)


def example_of(function: str) -> Check:
    """The first check of a function."""
    return next(check for check in CHECKS if check.function == function)
