"""Slip, invoice, label and statement (17.4, 18.1-18.5, 28, 33-37, 40(4), 42.4)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inro.paper.codes import sheet_payload
from inro.paper.errors import InvoiceRefused
from inro.paper.invoice import InvoiceLine, render_invoice
from inro.paper.label import PostalMethod, render_parcel_label
from inro.paper.press import birth_date_words, japanese_instant, long_date
from inro.paper.scan.code import check_letter
from inro.paper.slip import render_receipt_slip
from inro.paper.statement import StatementRow, render_statement
from inro.practice.notices import NoticeKind
from tests.paper.read_back import pages_of, text_of
from tests.paper.sheets import INVOICE, LABEL, OPERATOR, SLIP, STATEMENT, WORDS


def test_the_slip_asks_for_the_registered_seal_and_says_when_not_to_return_it():
    pdf = render_receipt_slip(slip=SLIP, operator=OPERATOR)
    text = text_of(pdf)
    assert pages_of(pdf) == 1
    for part in ("受領書", "実印", "2026年12月21日", "返送しないでください", SLIP.number, SLIP.card_serial):
        assert part in text


def test_the_invoice_has_the_six_items_and_tax_apart():
    text = text_of(render_invoice(invoice=INVOICE, words=WORDS[NoticeKind.INVOICE], operator=OPERATOR))
    for part in (
        OPERATOR.registration_number,
        "2026年12月1日",
        "電子入札用電子証明書",
        "10％対象",
        "1,100円",
        "12,100円",
        "経理部",
        "2027年1月1日",
        "架空銀行",
    ):
        assert part in text


@pytest.mark.parametrize(
    "change", [{"tax": 1_101}, {"total": 12_000}, {"lines": ()}, {"tax": 0, "total": 11_000}]
)
def test_an_invoice_whose_sums_do_not_hold_is_refused(change):
    with pytest.raises(InvoiceRefused):
        render_invoice(invoice=replace(INVOICE, **change), words=WORDS[NoticeKind.INVOICE], operator=OPERATOR)


@pytest.mark.parametrize("number", ["", "1234567890123", "T123", "T12345678901２3"])
def test_an_issuer_without_a_registration_number_cannot_invoice(number):
    with pytest.raises(InvoiceRefused):
        render_invoice(
            invoice=INVOICE,
            words=WORDS[NoticeKind.INVOICE],
            operator=replace(OPERATOR, registration_number=number),
        )


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 99_999)), min_size=1, max_size=6))
def test_tax_is_cut_once_for_the_whole_invoice(items):
    lines = tuple(InvoiceLine(description="項目", quantity=n, unit_price=price) for n, price in items)
    subtotal = sum(n * price for n, price in items)
    tax = subtotal * 10 // 100
    invoice = replace(INVOICE, lines=lines, tax=tax, total=subtotal + tax)
    assert f"{subtotal + tax:,}円" in text_of(
        render_invoice(invoice=invoice, words=WORDS[NoticeKind.INVOICE], operator=OPERATOR)
    )


def test_the_label_names_the_way_of_posting_and_what_is_inside():
    text = text_of(render_parcel_label(label=LABEL, operator=OPERATOR))
    for part in ("本人限定受取郵便（基本型）", LABEL.tracking_number, "暗証番号通知書", LABEL.parcel):
        assert part in text
    pin_only = replace(
        LABEL, method=PostalMethod.SIMPLIFIED, contents=("暗証番号通知書",), tracking_number=""
    )
    text = text_of(render_parcel_label(label=pin_only, operator=OPERATOR))
    assert "簡易書留" in text
    assert "ＩＣカード" not in text


def test_the_statement_shows_every_item_whole_and_marks_what_is_not_accredited():
    long = StatementRow(
        label="代理権", value="入札及び契約に関する一切の権限。" * 80, outside_accreditation=True
    )
    pdf = render_statement(
        statement=replace(STATEMENT, rows=STATEMENT.rows * 30 + (long,)), operator=OPERATOR
    )
    text = text_of(pdf)
    assert pages_of(pdf) > 1
    assert text.count("入札及び契約に関する一切の権限") + text.count("入札及び契約に関する一切の") >= 80
    assert "第42条第4項" in text
    assert "企業等の名称※" in text
    assert "氏名※" not in text
    assert "AB12" * 16 in text


def test_a_payloads_check_letter_finds_a_changed_character():
    payload = sheet_payload(kind="RA1", number="A26-000001-K", page=1, pages=2)
    body, letter = payload.rsplit(":", 1)
    assert letter == check_letter(body)
    assert all(
        check_letter(body[:place] + "X" + body[place + 1 :]) != letter
        for place in range(len(body))
        if (ord("X") - ord(body[place])) * (place + 1) % 23
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 22), "2026年12月22日（令和8年・火）"),
        (date(2019, 5, 1), "2019年5月1日（令和元年・水）"),
        (date(2019, 4, 30), "2019年4月30日（平成31年・火）"),
    ],
)
def test_days_are_written_with_era_and_weekday(day, words):
    assert long_date(day) == words


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (date(1989, 1, 7), "昭和64年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1926, 12, 25), "昭和元年"),
        (date(1912, 7, 29), "明治45年"),
        (date(1912, 7, 30), "大正元年"),
        (date(1978, 8, 9), "昭和53年"),
    ],
)
def test_birth_dates_are_written_as_resident_records_have_them(day, era):
    assert birth_date_words(day) == f"{day.year}年{day.month}月{day.day}日（{era}）"


def test_instants_are_written_in_japan_standard_time():
    instant = datetime(2026, 9, 30, 14, 59, 59, tzinfo=UTC)
    assert japanese_instant(instant) == "2026年9月30日 23時59分59秒（日本時間）"
