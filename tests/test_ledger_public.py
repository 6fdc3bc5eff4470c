"""A ledger as an export gives it, with headings of its own and month-first dates, against an independent count.

The public one is the IBM Watson Analytics sample of late payments: 2,466 invoices of 100 customers, terms of 30
days, and two columns of its own, DaysToSettle and DaysLate, on every row. It is read where CREDIT_MANAGER_DATA
names the folder of real ledgers; a generated ledger of the same shape is read always.
"""

import csv
import datetime as dt
import random

import numpy as np
import pandas as pd
import pytest

from udfs import AGEING, CREDIT_EXPOSURE, CREDIT_OVERDUE
from udfs.book.book import Book
from udfs.tables.raw import RawTable

HEADINGS = ["countryCode", "customerID", "PaperlessDate", "invoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmount",
            "Disputed", "SettledDate", "PaperlessBill", "DaysToSettle", "DaysLate"]
DATES = {"date": "InvoiceDate", "due_date": "DueDate", "paid_date": "SettledDate"}
BANDS = ["not_due", "1-30", "31-60", "61-90", "91-180", ">180"]
EDGES = [-10_000, 0, 30, 60, 90, 180, 10_000]
MID_YEAR = "2013-06-30"
ALL_SETTLED = "2014-01-31"


def month_first(day):
    return f"{day.month}/{day.day}/{day.year}"


def generated_rows():
    """600 invoices of 40 customers over 21 months, settled 1 to 300 days later; days by plain subtraction."""
    chance = random.Random(20130630)
    rows = [HEADINGS]
    for number in range(600):
        issued = dt.date(2012, 1, 3) + dt.timedelta(days=chance.randrange(640))
        due = issued + dt.timedelta(days=30)
        settled = min(issued + dt.timedelta(days=chance.choice((3, 20, 30, 31, 45, 75, 110, 150, 300))),
                      dt.date(2014, 1, 20))
        rows.append([
            chance.choice(["391", "406", "770"]), f"{chance.randrange(40):04d}-CUSTO", "4/6/2013",
            str(700_000 + number), month_first(issued), month_first(due), f"{chance.randrange(500, 12_000) / 100:.2f}",
            chance.choice(["Yes", "No", "No", "No"]), month_first(settled), "Paper",
            str((settled - issued).days), str(max(0, (settled - due).days))])
    return rows


def public_rows(folder, name="WA_Fn-UseC_-Accounts-Receivable.csv"):
    with (folder / "ibm_late_payment" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(params=["generated", "public"], scope="module")
def rows(request):
    return public_rows(request.getfixturevalue("real_data")) if request.param == "public" else generated_rows()


def counted_apart(rows):
    """The same ledger in pandas, each date column read by its one known format."""
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    for heading in DATES.values():
        frame[heading] = pd.to_datetime(frame[heading], format="%m/%d/%Y")
    return frame.assign(cents=(frame.InvoiceAmount.astype(float) * 100).round().astype(int),
                        days_to_settle=frame.DaysToSettle.astype(int), days_late=frame.DaysLate.astype(int))


def open_apart(rows, as_of):
    """What is open on a day in pandas: invoiced by then, settled later."""
    frame, day = counted_apart(rows), pd.Timestamp(as_of)
    found = frame[(frame.InvoiceDate <= day) & (frame.SettledDate > day)]
    past_due = (day - found.DueDate).dt.days
    return found.assign(past_due=past_due, band=pd.cut(past_due, EDGES, labels=BANDS))


def book(rows, as_of):
    return Book(as_of, [RawTable(rows, "export")])


def cents(amounts):
    return np.round(np.asarray(amounts, dtype=float) * 100).astype(int).tolist()


def test_when_all_is_settled_the_days_are_those_of_the_ledgers_own_columns(rows):
    own, found = counted_apart(rows), book(rows, ALL_SETTLED)
    assert found.ledger.days_to_settle.tolist() == own.days_to_settle.tolist()
    assert found.ledger.days_late.tolist() == own.days_late.tolist()
    assert found.exposure.sum() == 0


def test_every_date_is_read_month_first(rows):
    own, read = counted_apart(rows), book(rows, ALL_SETTLED).assembly.tables["Invoices"]
    for column, heading in DATES.items():
        assert (read[column] == own[heading].to_numpy().astype("datetime64[D]")).all()


def test_open_amounts_of_each_client_at_a_past_date(rows):
    found, apart = book(rows, MID_YEAR), open_apart(rows, MID_YEAR)
    owed = apart.groupby("customerID").cents.sum()
    overdue = apart[apart.past_due > 0].groupby("customerID").cents.sum()
    codes = found.clients.codes
    assert set(owed.index) <= set(codes)
    assert cents(CREDIT_EXPOSURE(codes, found)) == [int(owed.get(code, 0)) for code in codes]
    assert cents(CREDIT_OVERDUE(codes, found)) == [int(overdue.get(code, 0)) for code in codes]


def test_ageing_of_each_client_and_band_at_a_past_date(rows):
    found, apart = book(rows, MID_YEAR), open_apart(rows, MID_YEAR)
    table = apart.pivot_table(index="customerID", columns="band", values="cents", aggfunc="sum", observed=False,
                              fill_value=0)
    disputed = apart[apart.Disputed == "Yes"].groupby("customerID").cents.sum()
    headings, *lines, total = AGEING(found)
    assert headings[2:] == ["Not due", *BANDS[1:], "Credits not applied", "Balance", "of which disputed"]
    assert {line[0]: cents(line[2:8]) for line in lines} == {
        code: [int(table.loc[code, band]) for band in BANDS] for code in table.index}
    assert {line[0]: cents(line[10:])[0] for line in lines if line[10]} == disputed.to_dict()
    assert cents(total[2:8]) == [int(table[band].sum()) for band in BANDS]
    assert cents(total[8:]) == [0, int(apart.cents.sum()), int(disputed.sum())]


def test_days_late_of_each_open_invoice_at_a_past_date(rows):
    found, apart = book(rows, MID_YEAR), open_apart(rows, MID_YEAR)
    still_open = ~found.ledger.is_settled
    numbers = found.assembly.tables["Invoices"]["invoice"][still_open]
    late = found.ledger.days_late[still_open].astype(int)
    assert dict(zip(numbers, late.tolist(), strict=True)) == dict(
        zip(apart.invoiceNumber, apart.past_due.clip(lower=0), strict=True))


def test_the_generated_ledger_reaches_every_band_and_its_dates_could_be_misread():
    apart = open_apart(generated_rows(), MID_YEAR)
    assert set(apart.band) == set(BANDS)
    both_ways = [row for row in generated_rows()[1:] if all(int(part) <= 12 for part in row[4].split("/")[:2])]
    assert len(both_ways) > 200


def test_a_generated_ledger_with_holes_gives_answers_and_says_where_the_holes_are():
    """12 amounts, 10 due dates and 8 settlement dates are missing; the term of 30 days stands in for the second."""
    rows = generated_rows()
    for number in range(1, 13):
        rows[number][6] = ""
    for number in range(13, 23):
        rows[number][5] = ""
    for number in range(23, 31):
        rows[number][8] = ""
    found = book(rows, ALL_SETTLED)
    assert found.assembly.read["Invoices"] == (600, 588, 0)
    told = [(issue.severity, issue.column, issue.row) for issue in found.issues]
    assert told[:12] == [("error", "amount", row) for row in range(2, 14)]
    assert sorted(told[12:]) == [("info", "", 0), ("info", "due_date", 0)]
    own = counted_apart(generated_rows())
    kept = list(range(12, 22)) + list(range(30, 600))
    settled = found.ledger.is_settled
    assert found.ledger.days_late[settled].tolist() == own.days_late[kept].tolist()
    assert cents([found.exposure.sum()]) == [int(own.cents[22:30].sum())]


def test_the_public_ledger_at_mid_2013(real_data):
    """84 invoices are open for 5,119.85, 12 of them overdue for 835.56, 14 days at most; 536 rows lie ahead."""
    found = book(public_rows(real_data), MID_YEAR)
    assert found.assembly.read["Invoices"] == (2466, 1930, 536)
    assert len(found.clients) == 100
    assert (found.ledger.open > 0).sum() == 84
    assert cents([found.exposure.sum(), found.overdue.sum()]) == [511_985, 83_556]
    assert found.ledger.is_overdue.sum() == 12
    assert found.ledger.days_late[found.ledger.is_overdue].max() == 14
    assert found.faults == []


def test_the_public_ledger_has_2466_settled_invoices_for_147_703_18(real_data):
    rows = public_rows(real_data)
    found = book(rows, ALL_SETTLED)
    assert found.assembly.read["Invoices"] == (2466, 2466, 0)
    assert cents([found.ledger.amount.sum()]) == [14_770_318]
    both_ways = sum(all(int(part) <= 12 for part in row[4].split("/")[:2]) for row in rows[1:])
    assert both_ways == 944


def test_the_public_ledger_with_missing_cells_loses_no_row(real_data):
    """Its 120 extra invoices lack only the paperless date and bill, which no answer uses: all 2,586 rows count."""
    rows = public_rows(real_data, "WA_Fn-UseC_-Accounts-Receivable_with_missing.csv")
    own, found = counted_apart(rows), book(rows, ALL_SETTLED)
    assert sum(row[2] == "" and row[9] == "" for row in rows[1:]) == 120
    assert found.assembly.read["Invoices"] == (2586, 2586, 0)
    assert cents([found.ledger.amount.sum()]) == [15_565_878]
    assert [(issue.severity, issue.code) for issue in found.issues] == [("info", "issues.columns_unused")]
    assert found.ledger.days_to_settle.tolist() == own.days_to_settle.tolist()
    assert found.ledger.days_late.tolist() == own.days_late.tolist()
    earlier = book(rows, MID_YEAR)
    assert earlier.assembly.read["Invoices"] == (2586, 2021, 565)
    assert cents([earlier.exposure.sum(), earlier.overdue.sum()]) == [522_391, 83_556]
