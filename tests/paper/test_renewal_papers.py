"""A renewal's notice, forms, checklist and label are one PDF, the same for the same data (6.2, 8.11)."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import zxingcpp

from inro.paper.letters import ExpiryNotice
from inro.paper.renewal_papers import render_renewal
from inro.paper.scan.code import SheetCode, read_code
from inro.practice.notices import NoticeKind
from tests.forms import WHOLE
from tests.paper.forms import APPLICATION, DAY, NUMBER, pages_as_images
from tests.paper.read_back import pages_of, text_of
from tests.paper.sheets import RECIPIENT, WORDS

FORM = replace(WHOLE, proxy=None)
NOTICE = ExpiryNotice(
    number=f"{NUMBER}-E",
    sent_on=DAY,
    recipient=RECIPIENT,
    certificate_number="C22-000123",
    not_after=datetime(2027, 1, 31, 14, 59, 59, tzinfo=UTC),
    form_enclosed=True,
    subscriber_name=FORM.certificate_name,
)


def test_the_notice_comes_first_and_the_forms_follow_it():
    pdf = render_renewal(form=FORM, notice=NOTICE, words=WORDS[NoticeKind.EXPIRY], **APPLICATION)
    assert pages_of(pdf) == 6
    text = text_of(pdf)
    places = [
        text.index(words) for words in ("満了のお知らせ", "利用申込書（1／2）", "書類の確認表", "封筒の宛名")
    ]
    assert places == sorted(places)
    for said in ("C22-000123", "2027年1月31日", "2026年11月20日", "同封しました"):
        assert said in text
    assert render_renewal(form=FORM, notice=NOTICE, words=WORDS[NoticeKind.EXPIRY], **APPLICATION) == pdf
    assert (
        pages_of(render_renewal(form=FORM, notice=None, words=WORDS[NoticeKind.EXPIRY], **APPLICATION)) == 5
    )


def test_every_page_that_comes_back_has_the_renewals_own_code():
    pages = pages_as_images(
        render_renewal(form=FORM, notice=NOTICE, words=WORDS[NoticeKind.EXPIRY], **APPLICATION)
    )
    codes = [[read_code(found.text) for found in zxingcpp.read_barcodes(page)] for page in pages]
    assert codes[0] == []
    for [code] in codes[1:-1]:
        assert isinstance(code, SheetCode)
        assert code.number == NUMBER


def test_one_pdf_describes_itself_once():
    pdf = render_renewal(form=FORM, notice=NOTICE, words=WORDS[NoticeKind.EXPIRY], **APPLICATION)
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as described:
        assert described.pdfa_status == "2B"
        assert described["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == "6"
        assert "/StructTreeRoot" not in document.Root
        assert not [page for page in document.pages if "/StructParents" in page.obj]
