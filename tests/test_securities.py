"""Securities: what insurance and guarantees cover of the exposure, when, for which debts, and never twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_ledgers import WORKED_CUSTOMER
from udfs import CLIENT_SECURITIES, CREDIT_EXPOSURE, CREDIT_UTILISATION, CREDIT_WHY
from udfs.book.book import Book
from udfs.book.summary import balance, tie_out
from udfs.errors import NotAvailable, WrongArgument
from udfs.exposure.components import COMPONENTS
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"


def table(text):
    """Rows written as lines, cells between bars."""
    return RawTable([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


def book(*texts, as_of=AS_OF, language=""):
    return Book(as_of, [table(text) for text in texts], language)


def parts(found, *names, client="C1"):
    return tuple(CREDIT_EXPOSURE(client, found, name) for name in names)


INSURED = """
client | kind                   | issuer  | amount | quota | valid from | basis
C1     | insurance              | Confins | 40 000 | 90 %  | 2025-01-01 | {}
C1     | first-demand guarantee | Banque  | 10 000 |       | 2026-01-01 |
"""


@pytest.mark.parametrize("basis", ["TTC", "HT", ""])
def test_the_worked_customer_has_20_500_at_our_own_risk(basis):
    """54,500 insurable, 40,000 agreed at 90 %: 36,000; with a guarantee of 10,000 net 20,500, delivered only 8,500."""
    found = book(*WORKED_CUSTOMER, INSURED.format(basis))
    assert parts(found, "insured", "secured", "net") == (36_000, 10_000, 20_500)
    assert parts(found, "accounting", "financial", "delivered", "total") == (36_000, 48_500, 54_500, 66_500)
    assert CREDIT_EXPOSURE("C1", found, "net_delivered") == 8_500
    assert round(CREDIT_UTILISATION("C1", found), 4) == 1.1083


def test_the_securities_of_the_worked_customer_say_why_they_count_less():
    assert CLIENT_SECURITIES("C1", book(*WORKED_CUSTOMER, INSURED.format("TTC"))) == [
        ["Security", "Issuer", "Amount agreed", "Valid to", "Counted", "Remark"],
        ["Credit insurance", "Confins", 40_000, "", 36_000, "90% of the lesser of €40,000.00 agreed and €54,500.00 "
         "insurable (incl. VAT) · €12,000.00 of orders not yet delivered"],
        ["First-demand guarantee", "Banque", 10_000, "", 10_000, "counted in full"]]


def test_own_risk_is_told_with_the_securities_behind_it():
    told = CREDIT_WHY("CREDIT_EXPOSURE", "C1", book(*WORKED_CUSTOMER, INSURED.format("TTC")), "net")
    assert told.startswith("Own risk €20,500.00 = exposure €66,500.00 − insured €36,000.00 − other securities "
                           "€10,000.00. Credit insurance (Confins) €36,000.00: 90% of the lesser")
    assert CREDIT_WHY("CREDIT_UTILISATION", "C1", book(*WORKED_CUSTOMER)) == (
        "Exposure €66,500.00 of a limit of €60,000.00 in force: 110.83%.")
    assert CREDIT_WHY("CREDIT_EXPOSURE", "C1", book(*WORKED_CUSTOMER), "financial") == (
        "Financial exposure: €48,500.00; the exposure is €66,500.00 in all.")


def invoice(amount=40_000, **cells):
    row = {"client": "C1", "invoice": "F1", "date": "2026-10-01", "due date": "2026-11-30", "amount": amount, **cells}
    return RawTable([list(row), list(row.values())])


def security(kind="insurance", amount=30_000, **cells):
    row = {"client": "C1", "kind": kind, "issuer": "", "amount": amount, "quota": 0.9 if "insurance" in kind else None,
           "basis": "TTC", **cells}
    return RawTable([list(row), list(row.values())])


def insured(*tables, as_of=AS_OF):
    return CREDIT_EXPOSURE("C1", Book(as_of, tables), "insured")


def remark(*tables, row=1):
    return CLIENT_SECURITIES("C1", Book(AS_OF, tables))[row][-1]


# Insurance (DOMAIN 5.4)

def test_the_published_example_pays_27_000():
    """Exposure 40,000, limit 30,000, 90 %."""
    assert insured(invoice(), security()) == 27_000


def test_an_amount_agreed_excl_vat_is_compared_with_the_debt_excl_vat():
    """30,000 incl. VAT are 25,000 without: 90 % = 22,500; 28,436 where the invoice says what it is without (5.5 %)."""
    assert insured(invoice(30_000), security(basis="HT")) == 22_500
    assert insured(invoice(30_000), security(basis="TTC")) == 27_000
    assert insured(invoice(30_000, **{"amount excl. VAT": 28_436}), security(basis="HT")) == 25_592.40


def test_the_deductible_is_ours():
    assert insured(invoice(), security(deductible=2_000)) == 25_000
    assert insured(invoice(1_000), security(deductible=2_000)) == 0


def test_a_disputed_invoice_is_not_insurable_and_stays_at_our_own_risk():
    found = Book(AS_OF, [invoice(disputed="oui"), security()])
    assert parts(found, "total", "disputed", "insured", "net") == (40_000, 40_000, 0, 40_000)
    assert "€40,000.00 in dispute: not insurable" in CLIENT_SECURITIES("C1", found)[1][-1]


@pytest.mark.parametrize(("shipped", "amount"), [("2026-09-30", 0), ("2026-10-01", 27_000), ("2026-10-15", 27_000),
                                                 ("2026-10-16", 0)])
def test_only_what_was_shipped_from_the_beginning_of_the_cover_to_the_notice_is_insured(shipped, amount):
    given_notice = security(**{"valid from": "2026-10-01", "notified on": "2026-10-15"})
    assert insured(invoice(**{"delivery date": shipped}), given_notice) == amount


def test_a_notice_is_not_known_before_its_day():
    assert insured(invoice(), security(**{"notified on": "2026-09-15"}), as_of="2026-10-05") == 0
    assert insured(invoice(), security(**{"notified on": "2026-10-06"}), as_of="2026-10-05") == 27_000


NOTICE = security(amount=40_000, **{"notified on": "2026-09-15"})


@pytest.mark.parametrize(("ordered", "amount"), [("2026-09-15", 36_000), ("2026-09-16", 0)])
def test_what_was_ordered_before_the_notice_stays_covered_though_it_is_shipped_later(ordered, amount):
    order = table(f"client | order | order date | amount\nC1 | O1 | {ordered} | 40 000")
    assert insured(invoice(order="O1"), order, NOTICE) == amount


def test_an_order_of_before_the_notice_will_be_covered_once_delivered():
    order = table("""client | order | order date | amount
                     C1 | O1 | 2026-09-01 | 12 000
                     C1 | O2 | 2026-11-09 | 9 000""")
    told = remark(invoice(), order, NOTICE)
    assert "covers only what was shipped or ordered before" in told
    assert "€12,000.00 ordered before the notice will be covered once delivered" in told


def test_the_policy_may_insure_orders_that_are_being_made():
    order = table("client | order | order date | amount\nC1 | O1 | 2026-11-01 | 10 000")
    risk = table("key | value\ninsured_orders_share | 50 %")
    assert insured(invoice(10_000), order, security()) == 9_000
    assert insured(invoice(10_000), order, security(), risk) == 13_500


def test_after_a_reduction_the_former_cover_uses_up_the_new_one():
    """25,000 of before the notice, then 20,000 agreed: nothing of the 18,000 shipped since is covered."""
    invoices = """client | invoice | date | due date | amount
                  C1 | F1 | 2026-09-01 | 2026-12-01 | {}
                  C1 | F2 | 2026-10-20 | 2026-12-20 | 18 000"""
    rows = """client | kind | issuer | amount | quota | basis | valid from | notified on
              C1 | insurance | {} | 40 000 | 90 % | TTC | 2025-01-01 | 2026-10-01
              C1 | insurance | Confins | 20 000 | 90 % | TTC | 2026-10-01 | """
    assert parts(book(invoices.format("25 000"), rows.format("Confins")), "insured") == (22_500,)
    assert parts(book(invoices.format("8 000"), rows.format("Confins")), "insured") == (18_000,)
    # Another insurer's cover is its own: 8,000 and 18,000 at 90 %.
    assert parts(book(invoices.format("8 000"), rows.format("Autre")), "insured") == (23_400,)


def test_a_second_contract_covers_what_the_first_leaves_and_no_euro_twice():
    rows = """client | kind | issuer | amount | quota | basis
              C1 | insurance | Confins | 30 000 | 80 % | TTC
              C1 | insurance | Appoint | 25 000 | 90 % | TTC"""
    found = Book(AS_OF, [invoice(), table(rows)])
    assert [row[4] for row in CLIENT_SECURITIES("C1", found)[1:]] == [12_000, 22_500]  # 15,000 at 80 %, 25,000 at 90 %


def test_a_default_ends_the_cover_of_what_is_shipped_later():
    """Overdue since 31 July, 60 days of extension: from 29 September the client is in default."""
    invoices = """client | invoice | date | due date | amount
                  C1 | F1 | 2026-07-01 | 2026-07-31 | 5 000
                  C1 | F2 | 2026-09-29 | 2026-12-01 | 1 000
                  C1 | F3 | 2026-09-30 | 2026-12-01 | 10 000"""
    found = Book(AS_OF, [table(invoices), security(**{"max extension": 60})])
    assert CREDIT_EXPOSURE("C1", found, "insured") == 5_400
    assert "€10,000.00 shipped after the default of 29 Sept 2026" in CLIENT_SECURITIES("C1", found)[1][-1]
    assert insured(table(invoices), security(**{"max extension": 120})) == 14_400


def test_a_judgment_ends_the_cover_of_what_is_shipped_later():
    judged = table("client | insolvency | judgment date\nC1 | redressement | 2026-09-30")
    found = Book(AS_OF, [invoice(), judged, security()])
    assert parts(found, "doubtful", "insured") == (40_000, 0)
    assert insured(invoice(**{"delivery date": "2026-09-30"}), judged, security()) == 27_000


@pytest.mark.parametrize(("declared", "amount"), [("2026-10-30", 27_000), ("2026-10-31", 0), ("", 0)])
def test_an_overdue_invoice_must_have_been_declared_in_time(declared, amount):
    """Due on 1 August, 60 days of extension, 30 days to declare: the last day is 30 October."""
    late = invoice(**{"date": "2026-06-30", "due date": "2026-08-01", "declared on": declared})
    assert insured(late, security(**{"max extension": 60, "declare within": 30})) == amount


def test_what_is_not_yet_to_be_declared_is_insured():
    late = invoice(**{"date": "2026-06-30", "due date": "2026-08-22"})
    assert insured(late, security(**{"max extension": 60, "declare within": 30})) == 27_000


def test_credits_of_the_client_lower_what_is_insured():
    paid = table("client | payment date | amount\nC1 | 2026-11-02 | 15 000")
    assert insured(invoice(), paid, security()) == 22_500


def test_a_deposit_lowers_what_is_insured_of_the_delivered_part_of_its_order():
    """6,000 delivered of 15,000, a deposit of 2,000: 4,000 are insurable."""
    order = table("""client | order | order date | amount | delivered not invoiced | deposit
                     C1 | O1 | 2026-10-01 | 15 000 | 6 000 | 2 000""")
    assert insured(invoice(100, paid=100), order, security()) == 3_600


def test_unnamed_buyers_are_covered_until_the_insurer_decides_by_name():
    unnamed = "C1 | unnamed buyers | 8 000 | 60 % | TTC | "
    head = "client | kind | amount | quota | basis | notified on\n"
    assert insured(invoice(), table(head + unnamed)) == 4_800
    cancelled = table(f"{head}{unnamed}\nC1 | insurance | 30 000 | 90 % | TTC | 2026-09-15")
    assert insured(invoice(), cancelled) == 0
    assert remark(invoice(), cancelled).startswith("the insurer has decided on this client by name")


def test_without_a_quota_the_least_usual_one_is_taken_and_said():
    assert insured(invoice(), security(quota=None)) == 18_000
    assert remark(invoice(), security(quota=None)).startswith("no quota is given: 60% is taken · 60% of the lesser")


def test_the_insurer_has_withdrawn_only_if_nothing_else_was_agreed_since():
    rows = """client | kind | amount | valid from | notified on
              C1 | insurance | 40 000 | 2025-01-01 | 2026-11-02
              C2 | insurance | 40 000 | 2025-01-01 | 2026-11-02
              C2 | insurance | 20 000 | 2026-11-02 |
              C3 | insurance | 20 000 | 2026-11-02 | 2026-12-01"""
    found = Book(AS_OF, [invoice(), table(rows)])
    assert dict(zip(found.clients.codes, found.secured.withdrawn.tolist(), strict=True)) == {
        "C1": True, "C2": False, "C3": False}


# Other securities (DOMAIN 5.5)

@pytest.mark.parametrize(("kind", "counted"), [
    ("first-demand guarantee", 10_000), ("caution", 10_000), ("standby letter of credit", 10_000),
    ("documentary credit", 10_000), ("deposit", 10_000), ("parent guarantee", 5_000), ("delegation", 5_000),
    ("retention of title", 2_000), ("comfort letter", 0)])
def test_each_kind_counts_for_its_share(kind, counted):
    found = Book(AS_OF, [invoice(), security(kind, 10_000)])
    assert parts(found, "secured", "net") == (counted, 40_000 - counted)


def test_the_share_is_the_users_by_policy_or_by_row():
    policy = table("key | value\ncounted_surety | 70 %")
    assert Book(AS_OF, [invoice(), security("surety", 10_000), policy]).secured.net.tolist() == [33_000]
    assert Book(AS_OF, [invoice(), security("surety", 10_000, quota=0.5), policy]).secured.net.tolist() == [35_000]
    assert remark(invoice(), security("surety", 10_000, quota=0.5)) == "50% of the amount counts"


@pytest.mark.parametrize(("as_of", "counted", "told"), [
    ("2026-10-31", 0, "valid from 1 Nov 2026 only: not counted"), ("2026-11-01", 10_000, "counted in full"),
    ("2026-12-31", 10_000, "counted in full"), ("2027-01-01", 0, "expired on 31 Dec 2026: not counted")])
def test_nothing_counts_before_validity_or_after_expiry(as_of, counted, told):
    dated = security("surety", 10_000, **{"valid from": "2026-11-01", "valid to": "2026-12-31"})
    found = Book(as_of, [invoice(), dated])
    assert CREDIT_EXPOSURE("C1", found, "secured") == counted
    assert CLIENT_SECURITIES("C1", found)[1][-1].startswith(told)


def test_an_insurance_with_an_expiry_says_how_a_notice_is_entered():
    assert "enter the day of the notice and no expiry" in remark(invoice(), security(**{"valid to": "2026-10-31"}))


def test_guarantees_never_cover_more_than_the_exposure():
    rows = """client | kind | issuer | amount
              C1 | surety | B | 30 000
              C1 | first-demand guarantee | A | 25 000"""
    found = Book(AS_OF, [invoice(), table(rows)])
    assert parts(found, "secured", "net") == (40_000, 0)
    assert [row[4:] for row in CLIENT_SECURITIES("C1", found)[1:]] == [
        [15_000, "limited to €15,000.00, what the exposure and the securities before it leave to cover"],
        [25_000, "counted in full"]]  # the strongest first


def test_a_guarantee_of_one_order_covers_that_order_only_and_no_euro_that_is_insured():
    rows = """client | invoice | date | due date | amount | order | disputed
              C1 | F1 | 2026-10-01 | 2026-12-01 | 10 000 | O1 |
              C1 | F2 | 2026-10-01 | 2026-12-01 | 10 000 | | oui"""
    orders = "client | order | order date | amount\nC1 | O1 | 2026-09-01 | 10 000"
    credit = "client | kind | amount | quota | scope\nC1 | documentary credit | 15 000 | | O1\n"
    # The letter of credit pays F1; F2 is disputed: 10,000 stay at our own risk, with or without insurance.
    assert parts(book(rows, orders, credit), "secured", "net") == (10_000, 10_000)
    both = book(rows, orders, credit + "C1 | insurance | 15 000 | 90 % | ")
    assert parts(both, "insured", "secured", "net") == (0, 10_000, 10_000)


def test_a_scope_that_is_no_order_is_told():
    told = remark(invoice(), security("surety", 10_000, scope="O99"))
    assert told == ('the scope "O99" is no order of this client: not counted. Write client, group, or the number of an '
                    "order")


def test_a_guarantee_of_the_group_is_shared_by_what_each_member_owes():
    invoices = """client | invoice | date | amount
                  C1 | F1 | 2026-11-02 | 30 000
                  C2 | F2 | 2026-11-02 | 10 000
                  C3 | F3 | 2026-11-02 | 5 000"""
    clients = "client | group\nC1 | \nC2 | c1\nC3 | "
    found = book(invoices, clients, "client | kind | amount | scope | quota\nC1 | caution | 20 000 | groupe | 100 %")
    assert CREDIT_EXPOSURE(["C1", "C2", "C3"], found, "net") == [15_000, 5_000, 5_000]
    assert CREDIT_EXPOSURE(["C1", "C2", "C3"], found, "group") == [40_000, 40_000, 5_000]
    assert CREDIT_EXPOSURE("C2", found, "group_net") == 20_000
    assert CLIENT_SECURITIES("C2", found)[1][4:] == [5_000, "counted in full · for the whole group: €20,000.00 in all"]


def test_a_client_without_securities_is_told_so():
    assert CLIENT_SECURITIES("C1", Book(AS_OF, [invoice()]))[1:] == [["No security.", "", "", "", "", ""]]
    assert parts(Book(AS_OF, [invoice()]), "insured", "secured", "net") == (0, 0, 40_000)


# Components that are weighed or shown

def test_invoices_sold_without_recourse_leave_the_exposure_and_stay_in_the_ledger():
    found = Book(AS_OF, [invoice(factored="oui"), table("key | value\nfactored_weight | 0")])
    assert parts(found, "open_invoices", "without_recourse", "total", "factored") == (40_000, -40_000, 0, 40_000)
    assert (balance(found), tie_out(found)) == (40_000, 0)
    with_recourse = Book(AS_OF, [invoice(factored="oui"), security()])
    assert parts(with_recourse, "without_recourse", "total", "factored", "insured") == (0, 40_000, 40_000, 27_000)


def test_the_policy_weighs_bills_cheques_and_what_is_delivered():
    weights = "key | value\nbills_weight | 50 %\ncheques_weight | 0\ndelivered_weight | 50 %"
    found = book(*WORKED_CUSTOMER, weights)
    assert parts(found, "bills", "cheques", "delivered_not_invoiced", "total") == (5_000, 0, 3_000, 56_000)
    assert balance(found) == 36_000


def test_a_retention_is_shown_up_to_what_is_still_open():
    found = Book(AS_OF, [invoice(9_000, paid=8_550, retention=450)])
    assert parts(found, "total", "retention", "not_due", "overdue") == (450, 450, 450, 0)
    assert parts(Book(AS_OF, [invoice(9_000, paid=8_800, retention=450)]), "retention") == (200,)


def test_the_use_of_a_limit_of_zero_and_of_none_is_not_available():
    zero = book(*WORKED_CUSTOMER[:3], "client | name | granted limit\nC1 | Martin | 0")
    with pytest.raises(NotAvailable, match="The limit in force of C1 is 0"):
        CREDIT_UTILISATION("C1", zero)
    paid_back = book("client | invoice | kind | date | amount\nC1 | A1 | avoir | 2026-11-02 | 100",
                     "client | name | granted limit\nC1 | Martin | 1000")
    assert CREDIT_UTILISATION("C1", paid_back) == 0


def test_components_are_understood_in_words_of_both_languages_and_a_stranger_is_refused():
    found = book(*WORKED_CUSTOMER, INSURED.format("TTC"))
    assert CREDIT_EXPOSURE("C1", found, "risque propre") == CREDIT_EXPOSURE("C1", found, "own risk") == 20_500
    with pytest.raises(WrongArgument, match="own"):
        CREDIT_EXPOSURE("C1", found, "own")


# Whatever the ledger and the securities

DAYS = st.integers(0, 300).map(lambda days: str(np.datetime64("2026-02-01") + days))
CENTS = st.integers(1, 5_000_000).map(lambda cents: cents / 100)
CLIENT = st.sampled_from(["C1", "C2", "C3"])
INVOICE = st.tuples(CLIENT, st.sampled_from(["invoice", "invoice", "credit note"]), DAYS, st.integers(0, 90), CENTS,
                    st.sampled_from(["", "", "O1"]), st.sampled_from(["", "", "oui"]), st.sampled_from(["", "", "oui"]),
                    st.one_of(st.just(""), DAYS))
PAYMENT = st.tuples(CLIENT, DAYS, CENTS, st.sampled_from(["", *(f"F{place}" for place in range(8))]),
                    st.sampled_from(["", "cheque", "LCR"]), st.sampled_from(["", "O1"]))
SECURITY = st.tuples(
    CLIENT, st.sampled_from(["insurance", "insurance", "unnamed buyers", "surety", "parent guarantee", "deposit"]),
    st.sampled_from(["A", "B"]), CENTS, st.sampled_from(["", 0.6, 0.9]), st.sampled_from(["HT", "TTC"]),
    st.one_of(st.just(""), DAYS), st.one_of(st.just(""), DAYS), st.sampled_from(["", "", "group", "O1"]),
    st.sampled_from(["", 0, 30]), st.sampled_from(["", 0, 15]), st.sampled_from(["", 500]))
SECURITY_HEADINGS = ["client", "kind", "issuer", "amount", "quota", "basis", "valid from", "notified on", "scope",
                     "max extension", "declare within", "deductible"]


def any_book(invoices, payments, securities):
    documents = [[client, f"F{place}", kind, day, str(np.datetime64(day) + days), *rest]
                 for place, (client, kind, day, days, *rest) in enumerate(invoices)]
    return Book(AS_OF, [
        RawTable([["client", "invoice", "kind", "date", "due date", "amount", "order", "disputed", "factored",
                   "declared on"], *documents]),
        RawTable([["client", "payment date", "amount", "invoice", "means", "order"], *payments]),
        RawTable([["client", "order", "order date", "amount", "delivered not invoiced", "deposit"],
                  ["C1", "O1", "2026-06-01", 40_000, 9_000, 2_000]]),
        RawTable([["client", "group"], ["C1", ""], ["C2", "C1"], ["C3", ""]]),
        RawTable([SECURITY_HEADINGS, *securities]),
        RawTable([["key", "value"], ["factored_weight", "40 %"], ["insured_orders_share", "30 %"],
                  ["orders_weight", "80 %"]])])


LEDGERS = {"invoices": st.lists(INVOICE, min_size=1, max_size=8), "payments": st.lists(PAYMENT, max_size=5),
           "securities": st.lists(SECURITY, max_size=5)}


@given(**LEDGERS)
@pytest.mark.fuzz
def test_what_is_secured_lies_within_the_exposure_and_the_items_add_up_to_it(invoices, payments, securities):
    found = any_book(invoices, payments, securities)
    secured, total = found.secured, np.maximum(found.exposure, 0)
    assert (np.stack([secured.insured, secured.secured, secured.net]) >= -0.001).all()
    assert secured.insured + secured.secured + secured.net == pytest.approx(total, abs=0.005)
    components = sum(found.receivables.components[name] for name in COMPONENTS)
    assert components == pytest.approx(found.exposure, abs=0.005)
    items, credits = found.exposure_items, found.receivables.components
    of_client = np.bincount(items.client, items.amount, len(found.clients))
    assert of_client + credits["credit_notes"] + credits["unallocated"] == pytest.approx(found.exposure, abs=0.02)
    assert tie_out(found) == 0
    for code in found.clients.codes:
        counted = [row[4] for row in CLIENT_SECURITIES(code, found)[1:] if row[1]]
        place = found.clients.place(code)
        assert sum(counted) == pytest.approx(secured.insured[place] + secured.secured[place], abs=0.05)


@given(extra=SECURITY, **LEDGERS)
@pytest.mark.fuzz
def test_a_security_never_raises_what_is_at_our_own_risk(extra, invoices, payments, securities):
    """Named insurance apart, which replaces the cover of unnamed buyers."""
    if extra[1] == "insurance":
        securities = [row for row in securities if row[1] != "unnamed buyers"]
    before = any_book(invoices, payments, securities).secured.net
    after = any_book(invoices, payments, [*securities, extra]).secured.net
    assert (after <= before + 0.005).all()


@given(client=CLIENT, amount=CENTS, day=DAYS, order=st.sampled_from(["", "O1"]), **LEDGERS)
@pytest.mark.fuzz
def test_a_disputed_invoice_never_raises_what_is_insured(client, amount, day, order, invoices, payments, securities):
    disputed = (client, "invoice", day, 30, amount, order, "oui", "", "")
    payments = [row for row in payments if row[3] != f"F{len(invoices)}"]
    before = any_book(invoices, payments, securities).secured.insured
    after = any_book([*invoices, disputed], payments, securities).secured.insured
    assert (after <= before + 0.005).all()
