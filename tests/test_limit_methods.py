"""Every way to a limit side by side, which of them form it, and the way to it line by line (DOMAIN 1.2 to 1.5, 6.6)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_ledgers import table
from udfs import (
    CREDIT_EXPLAIN,
    CREDIT_LIMIT,
    CREDIT_RATING,
    CREDIT_WHY,
    GAP_DEPOSIT,
    GAP_GUARANTEE,
    GAP_TERM,
    LIMIT_AFDCC,
    LIMIT_BINDING,
    LIMIT_METHODS,
    LIMIT_NEED,
    SALES_TO_RECOVER,
)
from udfs.book.book import Book
from udfs.errors import NotAvailable, OutOfRange, WrongArgument
from udfs.limits.chosen import constraints, kinds
from udfs.limits.coefficients import multipliers
from udfs.limits.limit import least
from udfs.limits.methods import METHODS, assess
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"


def one_row(cells):
    return RawTable([list(cells), list(cells.values())])


def policy(**values):
    return RawTable([["key", "value"], *map(list, values.items())])


CLIENT = {"client": "C1", "name": "Dupont", "country": "FR", "customer since": "2012-01-02", "share capital": 40_000,
          "payment terms": "60 jours", "sales forecast": 250_000, "peak month sales": "", "trade references": 25_000,
          "siren": "732829320",
          "sales opinion": "good", "founded": "2001-05-14", "legal form": "SAS", "order trend": "growing"}
# Working capital 60,000, tangible net worth 80,000, profit before tax 20,000 - 5,000.
ACCOUNTS = {"client": "C1", "year end": "2025-12-31", "equity": 95_000, "intangible assets": 15_000,
            "turnover": 700_000, "current assets": 160_000, "current debt": 100_000, "ebit": 20_000,
            "financial charges": 5_000, "trade payables": 50_000, "purchases": 400_000}
# 32,000 open; what was paid was paid 20 days late: coefficient 0.90.
INVOICES = table("""client | invoice | date       | due date   | amount | paid on
                    C1     | F0      | 2026-05-04 | 2026-07-03 | 10 000 | 2026-07-23
                    C1     | F1      | 2026-10-20 | 2026-12-19 | 32 000 |""")
ORDERS = table("""client | order | date       | amount | delivered not invoiced
                  C1     | O1    | 2026-11-10 | 16 000 | 6 000""")


def worked(client=None, accounts=None, **parameters):
    parameters = {"own_turnover": 3_000_000} | parameters
    return Book(AS_OF, [INVOICES, ORDERS, one_row(CLIENT | (client or {})), one_row(ACCOUNTS | (accounts or {})),
                        policy(**parameters)])


@pytest.mark.parametrize(("method", "amount"), [
    ("need_average", 50_000), ("need", 50_000), ("net_worth", 28_000), ("turnover", 35_000), ("capacity", 28_000),
    ("afdcc", 43_200), ("own_turnover", 150_000), ("equity_cap", 38_000), ("average_of_three", 27_666.67),
    ("double_cap", 8_000), ("new_customer_low", 4_000), ("new_customer_high", 12_000), ("working_capital_cap", 6_000),
    ("share_capital", 40_000), ("starter_line", 3_000),
    # By its name in either language, however it is spelt.
    ("Capacité", 28_000), ("part des capitaux propres", 38_000), ("SHARE OF EQUITY", 38_000), ("afdcc ", 43_200),
])
def test_one_customer_by_all_methods(method, amount):
    """The comparison of DOMAIN 1.4."""
    assert CREDIT_LIMIT("C1", worked(), method) == amount


def test_the_peak_month_gives_84_000_and_is_then_the_need():
    book = worked({"peak month sales": 35_000})
    assert [CREDIT_LIMIT("C1", book, name) for name in ("need_average", "need_peak", "need")] == [
        50_000, 84_000, 84_000]


def test_twelfths_of_the_purchases_of_a_year():
    """300,000 invoiced incl. VAT over twelve months at 60 days: 2/12 (DOMAIN 1.3)."""
    book = Book(AS_OF, [table("""client | invoice | date       | due date   | amount
                                 C1     | F0      | 2025-11-20 | 2026-01-19 | 0
                                 C1     | F1      | 2026-03-02 | 2026-05-01 | 300 000"""), one_row(CLIENT)])
    assert CREDIT_LIMIT("C1", book, "purchases_twelfths") == 50_000


@pytest.mark.parametrize(("terms", "coefficient"), [("60 jours", 1), ("60 jours fin de mois", 1.25), ("30 jours", 0.5)])
def test_the_term_coefficient_of_the_afdcc_grows_with_the_days_in_use(terms, coefficient):
    """60 days end of month are on average 75 (DOMAIN 1.3): 54,000."""
    assert CREDIT_LIMIT("C1", worked({"payment terms": terms}), "afdcc") == 43_200 * coefficient


@pytest.mark.parametrize(("method", "client", "accounts", "missing"), [
    ("equity_cap", {}, {"equity": ""}, "client’s equity"),
    ("average_of_three", {"trade references": ""}, {}, "credit given by trade references"),
    ("need_peak", {}, {}, "sales of the peak month"),
    ("working_capital_cap", {}, {"current debt": ""}, "client’s working capital"),
    ("new_customer_low", {}, {"ebit": ""}, "profit before tax"),
    ("new_customer_high", {}, {"intangible assets": "", "ebit": 1_000}, "tangible net worth"),
    ("supplier_debt", {}, {}, "its share (supplier_debt_share in Policy)"),
    ("own_margin", {}, {}, "our own gross margin (own_margin in Policy) and its share (own_margin_share in Policy)"),
    ("insurer", {}, {}, "insurer’s agreed amount"),
    ("capacity", {}, {"intangible assets": "", "turnover": ""},
     "tangible net worth or grade or client’s turnover or grade"),
])
def test_a_method_without_its_base_is_not_assessed_and_says_what_is_missing(method, client, accounts, missing):
    book = worked(client, accounts)
    with pytest.raises(NotAvailable, match="not assessed") as raised:
        CREDIT_LIMIT("C1", book, method)
    assert f"{missing} missing" in str(raised.value)
    row = next(row for row in LIMIT_METHODS("C1", book) if row[2].startswith("not assessed") and missing in row[2])
    assert row[1] == ""


def test_a_negative_base_is_0_and_a_loss_gives_a_new_customer_nothing():
    assert CREDIT_LIMIT("C1", worked(None, {"current debt": 200_000}), "working_capital_cap") == 0
    assert CREDIT_LIMIT("C1", worked(None, {"ebit": 1_000}), "new_customer_high") == 0


def test_an_unknown_method_is_refused_with_those_that_are_known():
    with pytest.raises(WrongArgument, match="need_average, need_peak, need, net_worth"):
        CREDIT_LIMIT("C1", worked(), "horoscope")


def test_a_column_of_clients_carries_its_errors_in_their_rows():
    found = CREDIT_LIMIT([["C1"], ["C9"]], worked(), "afdcc")
    assert found[0] == [43_200]
    assert isinstance(found[1][0], NotAvailable)


def test_side_by_side_they_say_what_they_stand_on_and_which_form_the_limit():
    rows = {row[0]: row[1:] for row in LIMIT_METHODS("C1", worked())}
    assert rows["Method"] == ["Amount", "Stands on", "Forms the limit", "Source"]
    assert rows["Tangible net worth"] == [
        28_000, "tangible net worth €80,000.00 × 35% for grade B", "binds", "My DSO Manager (etrepaye.fr)"]
    assert rows["Need"][2] == rows["Client's turnover"][2] == rows["Share of own turnover"][2] == "forms the limit"
    assert rows["AFDCC"] == [
        43_200, "(orders €10,000.00 + to be invoiced €6,000.00 + open invoices €32,000.00) × term 1 × payment 0.9",
        "for comparison", "AFDCC"]
    assert len(rows) == 1 + len(METHODS)


def test_in_french():
    rows = {row[0]: row[1:] for row in LIMIT_METHODS("C1", worked(language="fr"))}
    assert rows["Part des capitaux propres"] == [
        38_000, "capitaux propres 95\u202f000,00\xa0€ × 40\xa0%", "pour comparaison", "Creditsafe"]
    assert rows["Besoin du mois de pointe"][:2] == ["", "non évalué, il manque : ventes du mois de pointe"]


# Which form the limit

@pytest.mark.parametrize(("methods", "expected"), [
    ("need, capacity, own_turnover", (28_000, "tangible net worth")),
    ("besoin ; afdcc", (43_000, "AFDCC")),
    ("need, capacity, equity_cap, double_cap", (8_000, "double cap")),
    ("part du fonds de roulement", (6_000, "share of working capital")),
    ("need_peak, turnover", (35_000, "client's turnover")),  # a method that is not assessed is skipped
])
def test_the_policy_names_the_methods_whose_least_is_the_limit(methods, expected):
    book = worked(limit_methods=methods)
    assert (CREDIT_LIMIT("C1", book), LIMIT_BINDING("C1", book)) == expected


def test_methods_that_are_none_change_nothing_and_are_an_issue():
    book = worked(limit_methods="need, horoscope")
    assert CREDIT_LIMIT("C1", book) == 28_000
    assert [(one.code, one.value) for one in book.policy.issues] == [("issues.policy_unreadable", "need, horoscope")]


def test_a_criterion_of_the_users_own_binds_under_its_own_name():
    """Grade B: 6 % of purchases of 400,000."""
    book = worked(capacity_criteria="achats = 8 % / 6 % / 3 % / 0 %; equity = 40/30/15/0")
    assert CREDIT_RATING("C1", book) == "B"
    assert (CREDIT_LIMIT("C1", book), LIMIT_BINDING("C1", book)) == (24_000, "purchases")
    assert CREDIT_LIMIT("C1", book, "criterion_equity") == 28_500
    assert CREDIT_LIMIT("C1", book, "capacity") == 24_000
    row = next(row for row in LIMIT_METHODS("C1", book) if row[0] == "Purchases")
    assert row[2:4] == ["purchases €400,000.00 × 6% for grade B", "binds"]


@pytest.mark.parametrize("criteria", ["equity = 30 %", "horoscope = 1/1/1/0", "equity 30/20/10/0", "equity = a/b/c/d"])
def test_a_criterion_that_cannot_be_read_is_an_issue(criteria):
    book = worked(capacity_criteria=criteria)
    assert CREDIT_LIMIT("C1", book) == 28_000
    assert [one.code for one in book.policy.issues] == ["issues.policy_unreadable"]


def test_payment_behaviour_multiplies_the_capacity_only_if_the_policy_says_so():
    """20 days late: 0.90 x 28,000 = 25,200, rounded down to 25,000."""
    assert CREDIT_LIMIT("C1", worked(behaviour_multiplier="no")) == 28_000
    assert CREDIT_LIMIT("C1", worked(behaviour_multiplier="oui")) == 25_000
    assert CREDIT_LIMIT("C1", worked(behaviour_multiplier="yes", behaviour_lowest=1)) == 28_000


@given(late=st.floats(-50, 400) | st.just(float("nan")), lowest=st.floats(0.1, 1), highest=st.floats(1, 2))
@pytest.mark.fuzz
def test_the_multiplier_stays_within_its_bounds(late, lowest, highest):
    assert lowest <= multipliers(np.array([late]), lowest, highest)[0] <= highest


def test_the_insurers_amount_and_the_own_risk_upon_it_cap_the_limit_when_chosen():
    """20,000 excl. VAT are 24,000; 2,000 of own risk upon it. Once cut by a notice it covers no new delivery."""
    cover = "client | kind | amount | basis | valid from | notice of reduction on\nC1 | insurance | 20 000 | HT | " \
            "2026-01-01 | {}"
    for cut, amount in (("", 26_000), ("2026-11-02", 2_000), ("2026-12-02", 26_000)):
        book = Book(AS_OF, [INVOICES, one_row(CLIENT), one_row(ACCOUNTS), table(cover.format(cut)),
                            policy(limit_methods="capacity, insurer", own_risk_layer=2_000)])
        assert CREDIT_LIMIT("C1", book, "insurer") == CREDIT_LIMIT("C1", book) == amount


@pytest.mark.parametrize(("client", "parameters", "expected"), [
    ({}, {}, (1_500, "need")),
    ({}, {"small_limit": ""}, (0, "tangible net worth")),
    ({}, {"small_limit": 1_000}, (0, "tangible net worth")),
    ({"siren": ""}, {}, (0, "tangible net worth")),
    ({"insolvency": "receivership"}, {}, (0, "insolvency")),
])
def test_a_small_need_is_granted_as_it_is_to_a_known_solvent_client(client, parameters, expected):
    """7,500 excl. VAT a year at 60 days; net worth below 0."""
    book = worked({"sales forecast": 7_500} | client, {"equity": 10_000}, **({"small_limit": 5_000} | parameters))
    assert (CREDIT_LIMIT("C1", book), LIMIT_BINDING("C1", book)) == expected


def test_a_client_that_owes_something_late_has_no_small_limit():
    late = table("client | invoice | date | due date | amount\nC1 | F1 | 2026-09-01 | 2026-10-01 | 500")
    book = Book(AS_OF, [late, one_row(CLIENT | {"sales forecast": 7_500}), one_row(ACCOUNTS | {"equity": 10_000}),
                        policy(small_limit=5_000)])
    assert CREDIT_LIMIT("C1", book) == 0


CODES = list(METHODS)
AMOUNT = st.floats(0, 1e6) | st.just(float("nan"))


@given(amounts=st.fixed_dictionaries(dict.fromkeys(CODES, AMOUNT)), names=st.lists(st.sampled_from(CODES), min_size=1),
       more=st.floats(0, 1e6))
@pytest.mark.fuzz
def test_the_least_of_the_methods_chosen_exceeds_none_of_them_and_more_need_never_lowers_it(amounts, names, more):
    columns = {name: np.array([amount]) for name, amount in amounts.items()}
    yes = np.array([True])

    def limit(of):
        forms = constraints(of, dict.fromkeys(("accounts", "proven", "new"), names), kinds(yes, yes), ~yes)
        return least(forms).amount[0]

    found = limit(columns)
    known = [amounts[name] for name in names if not np.isnan(amounts[name])]
    assert found == min(known) if known else np.isnan(found)
    needier = limit(columns | {name: columns[name] + more for name in ("need", "need_average", "need_peak")})
    assert not needier < found


INPUTS = sorted({one for method in METHODS.values() for one in method.inputs} - set(METHODS))


@given(values=st.lists(st.fixed_dictionaries(dict.fromkeys(INPUTS, st.floats(0.01, 1e6) | st.just(float("nan")))),
                       min_size=2, max_size=4))
@pytest.mark.fuzz
def test_clients_side_by_side_have_the_amounts_that_each_has_alone(values):
    together = assess(METHODS, {name: np.array([one[name] for one in values]) for name in INPUTS})
    for place, one in enumerate(values):
        alone = assess(METHODS, {name: np.array([one[name]]) for name in INPUTS})
        assert all(np.array_equal(together[name][place], alone[name][0], equal_nan=True) for name in METHODS)


# The way to the limit

def test_the_way_to_28_000_line_by_line_ends_with_its_levers():
    rows = CREDIT_EXPLAIN("C1", worked())
    assert rows[0] == ["Step", "What", "Value", "Parameter", "Source"]
    assert [row[:3] for row in rows[1:]] == [
        ["Need", "Sales forecast excl. VAT", 250_000], ["Need", "Months", 12], ["Need", "VAT rate", 0.20],
        ["Need", "Days from order to payment", 60], ["Method", "Grade", "B"], ["Method", "Need", 50_000],
        ["Method", "Tangible net worth", 28_000], ["Method", "Client's turnover", 35_000],
        ["Method", "Share of own turnover", 150_000],
        ["Least", "Least of the amounts that form the limit: tangible net worth", 28_000],
        ["Limit", "Computed limit", 28_000], ["In force", "Limit in force", 28_000],
        ["In force", "Months after which a limit granted today is to be reviewed", 12],
        ["Lever", "Gap between need and limit", 22_000], ["Lever", "Terms of at most so many days", 33],
        ["Lever", "or a deposit of this share of each order", 0.44],
        ["Lever", "or a guarantee of this amount", 22_000]]
    assert rows[7][3:] == ["tangible net worth €80,000.00 × 35% for grade B", "My DSO Manager (etrepaye.fr)"]
    assert rows[3][3:] == ["vat_rate", "Policy"]


@pytest.mark.parametrize(("grant", "lines"), [
    ({"granted limit": 40_000, "limit valid until": "2027-01-31"},
     [["Granted limit", 40_000, "granted, valid until 31 Jan 2027"], ["Limit in force", 40_000, "decision or table "
                                                                      "Clients"]]),
    ({"granted limit": 40_000, "limit valid until": "2026-11-19"},
     [["Granted limit", 40_000, "the grant has expired on 19 Nov 2026"], ["Limit in force", 28_000, "computed"],
      ["Months after which a limit granted today is to be reviewed", 12, "Policy"]]),
    ({"granted limit": 0}, [["Granted limit", 0, "granted, without an end"], ["Limit in force", 0,
                                                                            "decision or table Clients"]]),
    ({"granted limit": 40_000, "insolvency": "receivership"},
     [["Granted limit", 40_000, "granted, without an end"], ["Limit in force", 0, "insolvency ends the grant"]]),
])
def test_what_is_in_force_and_why(grant, lines):
    rows = CREDIT_EXPLAIN("C1", worked(grant))
    assert [[row[1], row[2], row[4]] for row in rows if row[0] == "In force"] == lines


@pytest.mark.parametrize(("client", "accounts", "parameters", "months"), [
    ({}, {}, {}, 12), ({}, {}, {"limit_months": "24 / 18 / 6 / 3"}, 18),
    ({"sales opinion": "poor", "order trend": "strong decline"}, {}, {}, 6),  # grade C
    ({}, {"year end": "2027-12-31"}, {}, 3),  # no accounts yet: provisional
    ({}, {}, {"limit_months": "a year"}, 12),
])
def test_a_limit_holds_by_grade_and_less_long_while_it_is_provisional(client, accounts, parameters, months):
    book = worked(client, accounts, **parameters)
    assert book.limits.valid_months[0] == months
    assert [one.code for one in book.policy.issues] == (
        ["issues.policy_unreadable"] if parameters.get("limit_months") == "a year" else [])


def test_the_step_of_the_rounding_is_told():
    rows = CREDIT_EXPLAIN("C1", worked(None, {"equity": 97_000}))  # 35 % of 82,000 = 28,700
    assert [row[2:4] for row in rows if row[1] == "Rounded down to its step"] == [[28_000, "rounding_step_medium"]]


def test_why_tells_the_sum_behind_a_method():
    book = worked()
    assert CREDIT_WHY("CREDIT_LIMIT", "C1", book, "equity_cap") == (
        "Share of equity €38,000.00: equity €95,000.00 × 40%.")
    assert CREDIT_WHY("CREDIT_LIMIT", "C1", book, "need_peak") == (
        'The limit of client C1 by "need of the peak month" is not assessed: sales of the peak month missing.')


# Calculators

def test_what_closes_the_gap_between_50_000_and_28_000():
    """DOMAIN 1.2."""
    assert (GAP_TERM(28_000, 250_000), GAP_DEPOSIT(50_000, 28_000), GAP_GUARANTEE(50_000, 28_000)) == (33, 0.44, 22_000)


def test_without_a_gap_there_is_nothing_to_close():
    assert (GAP_DEPOSIT(20_000, 28_000), GAP_GUARANTEE(20_000, 28_000), GAP_DEPOSIT(0, 0)) == (0, 0, 0)


@pytest.mark.parametrize(("arguments", "days"), [
    ((28_000, 250_000, 0), 40),  # export: 28,000 x 360 / 250,000 = 40.32
    ((28_000, 250_000, "20 %", 6), 16), ((0, 250_000), 0), ((50_000, 250_000), 60)])
def test_the_longest_term_that_a_capacity_bears(arguments, days):
    assert GAP_TERM(*arguments) == days


def test_the_term_that_a_need_was_made_of_is_the_one_that_it_bears():
    sales = 123_456.78
    assert [GAP_TERM(LIMIT_NEED(sales, days), sales) for days in range(1, 181)] == list(range(1, 181))


def test_afdcc_and_sales_to_recover():
    """DOMAIN 1.3 and 6.6."""
    assert [LIMIT_AFDCC(10_000, 6_000, 32_000, cdp, ccp) for cdp, ccp in ((1, 0.9), (1.25, 0.9), (1.25, 1.1))] == [
        pytest.approx(43_200), pytest.approx(54_000), pytest.approx(66_000)]
    assert SALES_TO_RECOVER([[1_000], [5_000]], 0.05) == [[20_000], [100_000]]
    assert SALES_TO_RECOVER(10_000, "3 %") == pytest.approx(333_333.33, abs=0.005)


@pytest.mark.parametrize(("call", "arguments"), [
    (GAP_TERM, (28_000, 0)), (GAP_TERM, (28_000, 250_000, 20)), (GAP_TERM, (28_000, 250_000, 0.2, 0)),
    (SALES_TO_RECOVER, (1_000, 0)), (SALES_TO_RECOVER, (1_000, 5)), (GAP_DEPOSIT, (-1, 0))])
def test_numbers_out_of_range_are_refused(call, arguments):
    with pytest.raises(OutOfRange):
        call(*arguments)


def test_a_fault_in_a_column_stays_in_its_row():
    found = GAP_GUARANTEE([[50_000], ["abc"]], [[28_000], [28_000]])
    assert found[0] == [22_000]
    assert isinstance(found[1][0], WrongArgument)


@given(need=st.floats(1, 1e7), capacity=st.floats(0, 1e7))
@pytest.mark.fuzz
def test_a_deposit_or_a_guarantee_closes_the_gap_and_no_more(need, capacity):
    assert need - GAP_GUARANTEE(need, capacity) <= capacity * (1 + 1e-12) + 1e-6
    assert need * (1 - GAP_DEPOSIT(need, capacity)) <= capacity + 1e-6 * need
