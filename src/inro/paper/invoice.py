"""The invoice, with the six items of a qualified one, tax apart and cut once per invoice (33-37)."""

from dataclasses import dataclass
from datetime import date

from inro.paper.errors import InvoiceRefused
from inro.paper.parties import Addressee, Operator, house_values
from inro.paper.press import long_date, press
from inro.practice.notice_words import NoticeWords
from inro.practice.sheet_words import FilledSheet, Sheet, SheetWords


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One item at a price in yen without tax."""

    description: str
    quantity: int
    unit_price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """Where to pay."""

    bank: str
    branch: str
    kind: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What is asked for; `tax` and `total` come from the rules of fees and are only checked here.

    `counted` says how the day due came about (35.2).
    """

    number: str
    issued_on: date
    delivered_on: date
    recipient: Addressee
    lines: tuple[InvoiceLine, ...]
    tax_percent: int
    tax: int
    total: int
    due_on: date
    counted: tuple[str, ...]
    bank: BankAccount


def render_invoice(*, invoice: Invoice, words: NoticeWords, operator: Operator) -> bytes:
    """Return the invoice as PDF.

    Raises: InvoiceRefused where tax or total are not what the lines make, the issuer has no registration
    number, or nothing is charged; GlyphMissing, FontMissing.
    """
    subtotal = sum(line.quantity * line.unit_price for line in invoice.lines)
    _check(invoice, operator, subtotal)
    told, facts = _told(invoice, words.sheets[Sheet.LETTER], operator)
    return press(
        "invoice",
        made_on=invoice.issued_on,
        data={
            "invoice": invoice,
            "operator": operator,
            "told": told,
            "facts": facts,
            "lines": [
                {
                    "description": line.description,
                    "quantity": f"{line.quantity:,}",
                    "unit_price": yen(line.unit_price),
                    "amount": yen(line.quantity * line.unit_price),
                }
                for line in invoice.lines
            ],
            "subtotal": yen(subtotal),
            "tax": yen(invoice.tax),
            "total": yen(invoice.total),
        },
    )


def _told(
    invoice: Invoice, words: SheetWords, operator: Operator
) -> tuple[FilledSheet, tuple[tuple[str, str], ...]]:
    bank = invoice.bank
    values = {
        **house_values(operator),
        "number": invoice.number,
        "name": invoice.recipient.name,
        "due_on": long_date(invoice.due_on),
        "delivered_on": long_date(invoice.delivered_on),
        "registration_number": operator.registration_number,
        "tax_percent": str(invoice.tax_percent),
    }
    account = {"account": f"{bank.bank}　{bank.branch}　{bank.kind}　{bank.number}", "holder": bank.holder}
    return words.filled(values), words.labelled({**values, **account})


def yen(amount: int) -> str:
    """Return `amount` as 12,100円."""
    return f"{amount:,}円"


def _check(invoice: Invoice, operator: Operator, subtotal: int) -> None:
    if not invoice.lines:
        raise InvoiceRefused(sheet="invoice", field="lines")
    if invoice.tax != subtotal * invoice.tax_percent // 100:
        raise InvoiceRefused(sheet="invoice", field="tax")
    if invoice.total != subtotal + invoice.tax:
        raise InvoiceRefused(sheet="invoice", field="total")
    number = operator.registration_number
    if len(number) != 14 or number[0] != "T" or not number[1:].isdecimal() or not number.isascii():
        raise InvoiceRefused(sheet="invoice", field="registration_number")
