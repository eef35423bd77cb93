"""What letters must say, with the dates they are given (6.2, 9.2, 18.7, 22.2, 27)."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from zxingcpp import read_barcode

from inro.paper.clause_words import clause_words
from inro.paper.codes import FORM_CODES
from inro.paper.errors import GlyphMissing, SheetRefused
from inro.paper.invoice import render_invoice
from inro.paper.letters import (
    render_deficiency_letter,
    render_expiry_notice,
    render_rejection_letter,
    render_reminder,
    render_reply_sheet,
    render_revocation_notice,
    reply_of,
)
from inro.paper.page_pictures import bound, page_count, page_picture
from inro.paper.revocation_letters import render_original_reminder, render_revocation_refusal
from inro.paper.scan.code import SheetCode, read_code
from inro.paper.slip import render_receipt_slip
from inro.practice.enclosures import PaperKind
from inro.practice.notices import NoticeKind
from tests.paper.read_back import pages_of, text_of
from tests.paper.scanner import rasterised
from tests.paper.sheets import (
    DEFICIENCY,
    EXPIRY,
    INVOICE,
    OPERATOR,
    ORIGINAL_REMINDER,
    RECIPIENT,
    REJECTION,
    REMINDER,
    REVOCATION,
    REVOCATION_REFUSAL,
    SLIP,
    WORDS,
)

ALL = (
    (NoticeKind.RECEIPT_REMINDER, render_reminder, REMINDER),
    (NoticeKind.REVOCATION, render_revocation_notice, REVOCATION),
    (NoticeKind.EXPIRY, render_expiry_notice, EXPIRY),
    (NoticeKind.DEFICIENCY, render_deficiency_letter, DEFICIENCY),
    (NoticeKind.REJECTION, render_rejection_letter, REJECTION),
    (NoticeKind.REVOCATION_REFUSAL, render_revocation_refusal, REVOCATION_REFUSAL),
    (NoticeKind.ORIGINAL_REMINDER, render_original_reminder, ORIGINAL_REMINDER),
)


@pytest.mark.parametrize(("kind", "render", "letter"), ALL)
def test_each_letter_fits_its_page_with_number_date_and_both_parties(kind, render, letter):
    pdf = render(letter=letter, words=WORDS[kind], operator=OPERATOR)
    text = text_of(pdf)
    assert pages_of(pdf) == (2 if letter is DEFICIENCY else 1)
    for part in (
        letter.number,
        f"{letter.sent_on.year}年",
        OPERATOR.name,
        OPERATOR.telephone,
        "𠮷田架空土木",
    ):
        assert part in text
    assert pdf == render(letter=letter, words=WORDS[kind], operator=OPERATOR)


def test_the_reminder_gives_the_day_of_revocation_and_its_clause():
    text = text_of(
        render_reminder(letter=REMINDER, words=WORDS[NoticeKind.RECEIPT_REMINDER], operator=OPERATOR)
    )
    for part in ("2027年1月1日", "2027年1月2日", "第18条第7項", "受領書を返送せずに"):
        assert part in text


def test_the_revocation_notice_gives_time_ground_and_care_of_the_key():
    text = text_of(
        render_revocation_notice(letter=REVOCATION, words=WORDS[NoticeKind.REVOCATION], operator=OPERATOR)
    )
    for part in ("2027年1月2日0時00分12秒", "第22条第1項第1号", "第27条", REVOCATION.serial.replace(" ", "")):
        assert part in text
    asked = replace(REVOCATION, organization_requested=True)
    assert "企業等からの失効依頼" in text_of(
        render_revocation_notice(letter=asked, words=WORDS[NoticeKind.REVOCATION], operator=OPERATOR)
    )


def test_the_expiry_notice_says_that_nothing_renews_itself():
    text = text_of(render_expiry_notice(letter=EXPIRY, words=WORDS[NoticeKind.EXPIRY], operator=OPERATOR))
    assert "2027年12月31日23時59分59秒" in text
    assert "第6条第2項" in text
    assert "同封" not in text
    enclosed = replace(EXPIRY, form_enclosed=True)
    assert "同封しました" in text_of(
        render_expiry_notice(letter=enclosed, words=WORDS[NoticeKind.EXPIRY], operator=OPERATOR)
    )


def test_the_deficiency_letter_lists_every_point_and_the_day():
    text = text_of(
        render_deficiency_letter(letter=DEFICIENCY, words=WORDS[NoticeKind.DEFICIENCY], operator=OPERATOR)
    )
    for part in ("2026年12月23日", "第9条第2項", "第8条第5項", "部屋番号がありません"):
        assert part in text


def test_the_reply_sheet_comes_back_to_its_case():
    pdf = render_deficiency_letter(letter=DEFICIENCY, words=WORDS[NoticeKind.DEFICIENCY], operator=OPERATOR)
    alone = render_reply_sheet(
        reply=reply_of(DEFICIENCY),
        made_on=DEFICIENCY.sent_on,
        words=WORDS[NoticeKind.DEFICIENCY],
        operator=OPERATOR,
    )
    for page in (rasterised(pdf)[1], *rasterised(alone)):
        code = read_code(read_barcode(page).text)
        assert code == SheetCode(kind="RP1", number=DEFICIENCY.application)
        assert FORM_CODES[code.kind] is PaperKind.REPLY_SHEET
    text = text_of(alone)
    for part in ("再提出票", DEFICIENCY.application, DEFICIENCY.points[0].remedy, "2026年12月23日"):
        assert part in text


def test_no_sheet_names_a_day_without_how_it_was_counted():
    said = {"operator": OPERATOR, "words": WORDS[NoticeKind.DEFICIENCY]}
    deficiency = render_deficiency_letter(letter=DEFICIENCY, **said)
    alone = render_reply_sheet(reply=reply_of(DEFICIENCY), made_on=DEFICIENCY.sent_on, **said)
    reminder = render_reminder(letter=REMINDER, words=WORDS[NoticeKind.RECEIPT_REMINDER], operator=OPERATOR)
    invoice = render_invoice(invoice=INVOICE, words=WORDS[NoticeKind.INVOICE], operator=OPERATOR)
    slip = render_receipt_slip(slip=SLIP, operator=OPERATOR)
    for pdf, counted, times in (
        (deficiency, DEFICIENCY.counted, 2),
        (alone, DEFICIENCY.counted, 1),
        (reminder, REMINDER.counted, 1),
        (invoice, INVOICE.counted, 1),
        (slip, SLIP.counted, 1),
    ):
        text = text_of(pdf)
        assert all(text.count("".join(line.split())) >= times for line in counted)


def test_the_rejection_says_where_to_ask():
    text = text_of(
        render_rejection_letter(letter=REJECTION, words=WORDS[NoticeKind.REJECTION], operator=OPERATOR)
    )
    for part in (REJECTION.reason, "第9条第2項", OPERATOR.telephone, OPERATOR.email, "お返しできません"):
        assert part in text


def test_bound_letters_each_begin_on_a_front():
    rejection = render_rejection_letter(
        letter=REJECTION, words=WORDS[NoticeKind.REJECTION], operator=OPERATOR
    )
    deficiency = render_deficiency_letter(
        letter=DEFICIENCY, words=WORDS[NoticeKind.DEFICIENCY], operator=OPERATOR
    )
    pile = bound([rejection, deficiency, rejection])
    assert page_count(pile) == 5
    assert Image.open(io.BytesIO(page_picture(pile, page=3, width=500))).width == 500
    with pytest.raises(ValueError, match="no page 6"):
        page_picture(pile, page=6, width=500)


def test_letters_without_their_matter_are_refused():
    with pytest.raises(SheetRefused):
        render_deficiency_letter(
            letter=replace(DEFICIENCY, points=()), words=WORDS[NoticeKind.DEFICIENCY], operator=OPERATOR
        )
    with pytest.raises(SheetRefused):
        render_rejection_letter(
            letter=replace(REJECTION, reason=""), words=WORDS[NoticeKind.REJECTION], operator=OPERATOR
        )
    with pytest.raises(SheetRefused):
        render_reply_sheet(
            reply=replace(reply_of(DEFICIENCY), points=()),
            made_on=DEFICIENCY.sent_on,
            words=WORDS[NoticeKind.DEFICIENCY],
            operator=OPERATOR,
        )


def test_a_letter_to_a_name_that_cannot_be_drawn_is_refused():
    letter = replace(REMINDER, recipient=replace(RECIPIENT, name="👤"))
    with pytest.raises(GlyphMissing):
        render_reminder(letter=letter, words=WORDS[NoticeKind.RECEIPT_REMINDER], operator=OPERATOR)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("18.7", "第18条第7項"),
        ("22.1(9)", "第22条第1項第9号"),
        ("21.1(3)/lost", "第21条第1項第3号"),
        ("27", "第27条"),
        ("40(4)", "第40条第4号"),
        ("附則", "附則"),
    ],
)
def test_clauses_are_written_as_the_terms_write_them(clause, words):
    assert clause_words(clause) == words


def test_who_sent_a_form_of_revocation_hears_why_not_or_what_is_still_awaited():
    why = {"words": WORDS[NoticeKind.REVOCATION_REFUSAL], "operator": OPERATOR}
    refusal = text_of(render_revocation_refusal(letter=REVOCATION_REFUSAL, **why))
    for part in ("有効です", "失効依頼書", REVOCATION_REFUSAL.reason, "R26-000001-R", "あらためて郵送"):
        assert part in refusal
    what = {"words": WORDS[NoticeKind.ORIGINAL_REMINDER], "operator": OPERATOR}
    reminder = text_of(render_original_reminder(letter=ORIGINAL_REMINDER, **what))
    for part in ("失効申請書の原本", "失効申請書に添える書類", "第21条第2項", "取り消されることはありません"):
        assert part in reminder
    with pytest.raises(SheetRefused):
        render_revocation_refusal(letter=replace(REVOCATION_REFUSAL, reason=""), **why)
    with pytest.raises(SheetRefused):
        render_original_reminder(letter=replace(ORIGINAL_REMINDER, papers=()), **what)
