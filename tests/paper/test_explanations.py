"""What paper tells before anybody signs, and with every card (12.1-12.7, 17.2, 27, 40(5), 40(6), 42)."""

from dataclasses import replace

import pytest

from inro.paper.form import render_application_form
from inro.paper.letters import render_rejection_letter, render_revocation_notice
from inro.paper.mailer import render_pin_mailer
from inro.paper.slip import render_receipt_slip
from inro.practice.notices import NoticeKind
from inro.practice.stated import StatedContact
from tests.forms import FORM, PROXY
from tests.paper.forms import APPLICATION
from tests.paper.read_back import text_of
from tests.paper.sheets import MAILER, OPERATOR, REJECTION, REVOCATION, SLIP, WORDS


@pytest.mark.parametrize(
    "words",
    [
        "と認証業務運用規程（ＣＰＳ）を理解し、これに同意します",  # 8.2, 12.1
        "のとおり証明書に記載されることを承諾します",  # 8.2
        "企業等の同意を得て申し込みます",  # 12.2
        "企業等の情報が証明書に記載されること、約款とＣＰＳに従うことに同意します",  # 8.6, 25(1)
        "第41条により罰せられます",  # 12.3, 42.1
        "手書きの署名や押印に相当する法的効果",  # 12.5, 42.2
        "遅滞なく失効を申請します",  # 12.7, 42.3
        "企業等の依頼により証明書が失効することがある",  # 12.11
        "置き換えた文字で真偽確認を行うことを承諾します",  # 8.7-8.10, 8.12
        "再発行されないこと",  # 17.2, 19.3
        "（※印）は認定の対象でない",  # 42.4
        "個人情報が、本人確認のために取得・利用される",  # 40(6)
        "当社が墨塗りで消去することを承諾します",  # 8.5
        "不備などのご連絡ができないことがあります（約款第40条第5号）",  # 40(5)
    ],
)
def test_the_form_tells_what_the_applicant_signs(words):
    assert words in text_of(render_application_form(form=FORM, **APPLICATION))


def test_contact_data_are_printed_where_they_were_given():
    contact = StatedContact(telephone="03-9999-0000", fax="03-9999-0001", email="hanako@mihon.example")
    text = text_of(render_application_form(form=replace(FORM, contact=contact), **APPLICATION))
    for part in (contact.telephone, contact.fax, contact.email):
        assert part in text
    assert "記入なし" not in text


def test_a_proxy_recipient_seals_the_form_too():
    text = text_of(render_application_form(form=replace(FORM, proxy=PROXY), **APPLICATION))
    assert "カードは受取代理人へ本人限定受取郵便で、暗証番号は利用者の住所へ簡易書留で" in text
    assert "受取代理人を定めないときは" not in text


def test_the_mailer_tells_to_keep_the_pin_and_when_to_revoke():
    text = text_of(render_pin_mailer(mailer=MAILER, operator=OPERATOR, pin="40182936"))
    for words in ("手書きの署名や押印と同じ効力", "別々に、厳重に保管", "すみやかに失効を申請"):
        assert words in text


def test_the_slip_tells_to_check_the_certificate_first():
    text = text_of(render_receipt_slip(slip=SLIP, operator=OPERATOR))
    for row in SLIP.rows:
        assert row.value.replace(" ", "") in text
    for words in ("必ずご本人が", "発送日から20日以内", "証明書を失効"):
        assert words in text


def test_the_notice_of_a_revocation_tells_that_there_is_no_second_certificate():
    text = text_of(
        render_revocation_notice(letter=REVOCATION, words=WORDS[NoticeKind.REVOCATION], operator=OPERATOR)
    )
    for words in ("引き続き他人に使われないよう保管", "新たな申込み", "第17条第2項", "第22条第2項"):
        assert words in text


def test_a_rejection_gives_its_reason():
    text = text_of(
        render_rejection_letter(letter=REJECTION, words=WORDS[NoticeKind.REJECTION], operator=OPERATOR)
    )
    assert REJECTION.reason in text
    assert "第9条第2項" in text
