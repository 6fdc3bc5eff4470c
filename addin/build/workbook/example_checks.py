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
    # Back-test, as of 20 August: BRAVO, then not rated, owes B-1, due on 15 September, less the credit note of 600:
    # 3,000 stand in the column 31-90 days. As of 20 September CHARLIE alone had a B.
    Check("back_test", "INDEX(BACK_TEST(ExampleBook,3),6,7)", 3_000),
    Check("back_test_grade", "INDEX(BACK_TEST(ExampleBook,2),3,2)", 1),
    Check("back_test_months", "ISERROR(BACK_TEST(ExampleBook,500))", True),
    # Reasons of the rating: payment 2, financial 3, age 4, opinion 5, term 6: 100 x 10 % x (4 - 1) points.
    Check("reasons_points", 'INDEX(RATING_REASONS("ALPHA",ExampleBook),6,5)', 30),
    # Weights known of CHARLIE: payment 20, term 10, country 5, relation 10 %; all of this month.
    Check("confidence", 'CREDIT_CONFIDENCE("CHARLIE",ExampleBook)', 0.45),
    # The usual probabilities of a B and of a C; none without a grade.
    Check("pd", 'CREDIT_PD("ALPHA",ExampleBook)', 0.02),
    Check("pd_late", 'CREDIT_PD("BRAVO",ExampleBook)', 0.06),
    Check("no_pd", 'ISNA(CREDIT_PD("ECHO",ExampleBook))', True),
    # B-1 alone, aged to date; CHARLIE pays on the due day.
    Check("beyond_terms", 'DAYS_BEYOND_TERMS("BRAVO",ExampleBook)', 66),
    Check("beyond_terms_on_the_day", 'DAYS_BEYOND_TERMS("CHARLIE",ExampleBook)', 0),
    Check("beyond_terms_unknown", 'ISNA(DAYS_BEYOND_TERMS("ECHO",ExampleBook))', True),
    # 375 of 600 points (DOMAIN 2.2); answers taken for weights total 43 %.
    Check("scorecard", "SCORECARD(ExampleAnswers,ExampleWeights)", 6.25),
    Check("scorecard_weights", "ISERROR(SCORECARD(ExampleAnswers,ExampleAnswers))", True),
    # X1 200 / 1,000, X2 80, X3 60, X4 330 / 670: 6.56 x 0.2 + 3.26 x 0.08 + 6.72 x 0.06 + 1.05 x 0.4925
    Check("altman", 'ALTMAN_Z("Z2",ExampleFigures)', 2.49),
    Check("altman_em", 'ALTMAN_Z("Z2_EM",ExampleFigures)', 5.74),
    # 0.717 x 0.2 + 0.847 x 0.08 + 3.107 x 0.06 + 0.42 x 0.4925 + 0.998 x 2
    Check("altman_private", 'ALTMAN_Z("Z1",ExampleFigures)', 2.60),
    # Shares that are not listed have no market value.
    Check("altman_unlisted", 'ISNA(ALTMAN_Z("Z",ExampleFigures))', True),
    # 24 x 120 / 670 + 22 x 0.6 + 16 x 0.35 - 87 x 0.01 - 10 x 0.625
    Check("conan_holder", "CONAN_HOLDER(ExampleFigures)", 15.98),
    # 33 % of equity 3, 8 % of reserves 6, 20 % of net current assets 7, quick ratio 1.17 21, cash flow 3.5 % of
    # turnover 7 and 10.4 % of debt 7
    Check("financial_score", "FINANCIAL_SCORE(ExampleFigures)", 51),
    # The tenth line is the tangible net worth: 95,000 - 15,000; the third, the EBITDA margin, is not known.
    Check("ratios", 'INDEX(FINANCIAL_RATIOS("ALPHA",ExampleBook),10,2)', 80_000),
    Check("ratios_unknown", 'INDEX(FINANCIAL_RATIOS("ALPHA",ExampleBook),3,5)',
          {"en": "n/d: EBITDA missing", "fr": "n/d : il manque EBE"}),
    # The twelfth line is intangible assets: 40,000 + 12,000 - 4,000
    Check("liasse", "INDEX(LIASSE(ExampleBoxes),12,2)", 48_000),
    # SARL 3, 14 years 7, good 7, 60 days 4, growing 6, home country 6, Z'' 4:
    # (5 x 2 + 10 x 6 + 10 x 6 + 10 x 3 + 10 x 5 + 5 x 5 + 20 x 3) / 70 % / 60 = 7.02
    Check("prospect", "INDEX(PROSPECT_RATING(ExampleFacts,ExampleFigures,ExampleBook),2,2)", "B"),
    Check("prospect_unknown", 'INDEX(PROSPECT_RATING(ExampleFacts,"",ExampleBook),2,2)', "n/r"),
    # 5 % of 2,000,000, less than the need of 1,000,000 x 1.20 / 12 x 60 / 30 = 200,000
    Check("prospect_limit", "INDEX(PROSPECT_LIMIT(ExampleFacts,ExampleFigures,ExampleBook),10,3)", 100_000),
    # The ways to a limit, of which tangible net worth is the fourth; 95,000 x 40 %; a name that is none.
    Check("limit_methods", 'INDEX(LIMIT_METHODS("ALPHA",ExampleBook),5,2)', 28_000),
    Check("limit_by_method", 'CREDIT_LIMIT("ALPHA",ExampleBook,"equity_cap")', 38_000),
    Check("limit_not_assessed", 'ISNA(CREDIT_LIMIT("ALPHA",ExampleBook,"own_turnover"))', True),
    # The way to 28,000 ends with what closes the gap to 50,000: 33 days, 44 %, 22,000.
    Check("explain", 'INDEX(CREDIT_EXPLAIN("ALPHA",ExampleBook),15,3)', 33),
    Check("gap_term", "GAP_TERM(28000,250000)", 33),
    Check("gap_deposit", "GAP_DEPOSIT(50000,28000)", 0.44),
    Check("gap_guarantee", "GAP_GUARANTEE(50000,28000)", 22_000),
    # (10,000 + 6,000 + 32,000) x 1 x 0.9
    Check("limit_afdcc", "LIMIT_AFDCC(10000,6000,32000,1,0.9)", 43_200),
    # 1,000 / 5 %
    Check("sales_to_recover", "SALES_TO_RECOVER(1000,0.05)", 20_000),
    # A starter line of 1,000: of 28,000 + 3,000 + 10,000 + 0 + 5,000 BRAVO loses 2,000, and owes 4,200.
    Check("policy_test", "INDEX(POLICY_TEST(ExampleBook,ExampleOtherPolicy),2,6)", 44_000),
    Check("policy_test_stake", "INDEX(POLICY_TEST(ExampleBook,ExampleOtherPolicy),3,10)", 3_200),
    # 16,800 of 28,000
    Check("utilisation", 'CREDIT_UTILISATION("ALPHA",ExampleBook)', 0.6),
    # DELTA's limit is 0: there is none to use.
    Check("utilisation_zero", 'ISNA(CREDIT_UTILISATION("DELTA",ExampleBook))', True),
    # 90 % of 10,000 agreed excl. VAT; ALPHA owes 14,000 excl. VAT.
    Check("securities", 'INDEX(CLIENT_SECURITIES("ALPHA",ExampleBook),2,5)', 9_000),
    # 16,800 - 9,000
    Check("own_risk", 'CREDIT_EXPOSURE("ALPHA",ExampleBook,"net")', 7_800),
    # 3 is BLOCK: 66 days late.
    Check("decision_code", 'DECISION_CODE("BRAVO",ExampleBook)', 3),
    # (28,000 - 16,800) / 1.20; nothing for one who is blocked.
    Check("max_order", 'MAX_ORDER("ALPHA",ExampleBook)', 9_333.33),
    Check("max_order_blocked", 'MAX_ORDER("BRAVO",ExampleBook)', 0),
    # 3,600 overdue less the credit note of 600; nothing helps where the limit is 0.
    Check("payment_to_release", 'PAYMENT_TO_RELEASE("BRAVO",ExampleBook)', 3_000),
    Check("payment_helps_not", 'ISNA(PAYMENT_TO_RELEASE("DELTA",ExampleBook))', True),
    # 16,800 invoiced and nothing paid in 90 days: 11,200 are left for 60 days.
    Check("limit_reached", 'LIMIT_REACHED_ON("ALPHA",ExampleBook)', dt.date(2027, 1, 19)),
    # ECHO owes nothing and buys nothing.
    Check("limit_not_reached", 'ISNA(LIMIT_REACHED_ON("ECHO",ExampleBook))', True),
)


def example_of(function: str) -> Check:
    """The first check of a function."""
    return next(check for check in CHECKS if check.function == function)
