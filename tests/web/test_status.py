"""The status page: where it is, what comes next and when, and nothing for strangers (9.2, 16, 18, 40)."""

from datetime import date, timedelta

import pytest
from django.test import Client

from inro.store.models import Application, Draft
from inro.store.reads.issuance import issuance_order
from inro.usecases.actor import process
from inro.usecases.draft import WRONG_TRIES
from inro.usecases.expiry import expire_certificates
from inro.usecases.letters import post_letters
from inro.web.public import clock
from tests import given, posted
from tests.paper.read_back import text_of as read_pdf
from tests.usecases import given_letters as made
from tests.web.applicant import Applicant, problems, text_of


@pytest.fixture
def applicant(public, db) -> Applicant:
    """Somebody who has begun."""
    return Applicant(public).begin()


def status(applicant: Applicant, number: str = "") -> str:
    """Return the status page's text, as another computer sees it."""
    typed = {"number": number or applicant.number, "passphrase": applicant.passphrase}
    response = Client().post("/status/", typed)
    assert response.status_code == 200
    return text_of(response)


def of_case(applicant: Applicant, application) -> str:
    """Return the status of a case that this applicant's draft is made to belong to."""
    at = {"explained_at": given.NOW, "consented_at": given.NOW, "edition": given.EDITION}
    Draft.objects.update(application_id=application, edition_sha256=given.EDITION_SHA256, **at)
    return status(applicant)


def test_a_draft_says_until_when_it_is_kept(applicant):
    page = status(applicant)
    assert "入力を続ける" in page
    assert (
        "期限 2027/03/01 約款第40条第6号：最後の保存の日（初日は数えない）2026年12月1日、+90日で2027年3月1日"
        in page
    )


def test_a_printed_form_is_printed_again_by_either_number(applicant):
    applicant.until("check")
    applicant.client.post("/apply/check/")
    number = Application.objects.get().number
    elsewhere = Client()
    page = elsewhere.post("/status/", {"number": number, "passphrase": applicant.passphrase})
    assert "印刷し直しても番号は変わりません" in text_of(page)
    assert elsewhere.get("/apply/papers.pdf").content.startswith(b"%PDF")
    assert elsewhere.get("/apply/print/").status_code == 200


def test_a_deficiency_names_points_day_sum_and_how_to_send(applicant):
    application = given.examining()
    letter = made.printed(made.released(application))
    assert "内容をお知らせする通知書" in of_case(applicant, application)
    assert applicant.client.get("/apply/reply-sheet.pdf").status_code == 404
    post_letters(letters=[letter], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    page = of_case(applicant, application)
    for part in (
        "期限 2026/12/21",
        "約款第9条第2項：通知の到達の日（初日は数えない）2026年12月1日、+20日で2026年12月21日",
        "利用申込書 実印が押されていません。 実印を押してください。",
        "再提出票を重ね",
        "〒100-0000 東京都千代田区架空町一丁目2番3号",
    ):
        assert part in page
    made.extended(application, date(2026, 12, 28))
    assert "期限 2026/12/28" in of_case(applicant, application)


def test_the_reply_sheet_is_printed_again_by_who_knows_the_passphrase(applicant):
    application = given.examining()
    made.posted(application)
    made.extended(application, date(2026, 12, 28))
    of_case(applicant, application)
    assert Client().get("/apply/reply-sheet.pdf").status_code == 403
    elsewhere = Client()
    elsewhere.post("/status/", {"number": applicant.number, "passphrase": applicant.passphrase})
    answer = elsewhere.get("/apply/reply-sheet.pdf")
    assert "再提出票" in read_pdf(answer.content)
    assert "延長により2026年12月28日" in read_pdf(answer.content)


def test_a_lapsed_time_is_said_so_and_what_to_do(applicant, monkeypatch):
    application = given.examining()
    made.posted(application)
    monkeypatch.setattr(clock, "now", lambda: given.NOW + timedelta(days=21))
    assert "期限が過ぎました" in of_case(applicant, application)


def test_each_state_says_what_comes_next(applicant):
    house = given.office()
    assert "書類を審査しています" in of_case(applicant, given.examining())
    assert "取消しはできません" in of_case(applicant, issuance_order(given.accepted(house)).application_id)


def test_after_issuance_each_stage_says_what_comes_next(applicant):
    house = given.office()
    certificate = given.issued(house)
    application = posted.application_of(certificate)
    assert "これからカードをお送りします" in of_case(applicant, application)
    posted.to_subscriber(application)
    page = of_case(applicant, application)
    for part in ("本人限定受取郵便", "期限 2026/12/21", "約款第18条第7項：発送の日"):
        assert part in page
    posted.slip(application)
    page = of_case(applicant, application)
    for part in (
        "2027/12/31 まで使えます",
        "第6条第1項：2026年12月1日、+12か月で2027年12月1日、月末の2027年12月31日",
        "期限 2027/10/31",
        "約款第6条第2項",
    ):
        assert part in page
    given.revoked(house, certificate)
    page = of_case(applicant, application)
    assert "証明書は失効しました" in page
    assert "約款第26条第1項" in page


def test_an_expired_certificate_and_a_rejection_send_to_a_new_application(applicant):
    house = given.office()
    application = posted.issued(house)
    expire_certificates(actor=process("worker-1"), now=given.NOW + timedelta(days=400))
    assert "有効期間が終わりました" in of_case(applicant, application)
    rejected = given.examined(house)
    given.reject(house, rejected)
    assert "理由は書面でお知らせしました" in of_case(applicant, rejected)


def test_ten_wrong_passphrases_close_a_number_known_or_not(applicant):
    for number in (applicant.number, "W26-999999-9"):
        for _ in range(WRONG_TRIES):
            Client().post("/status/", {"number": number, "passphrase": "wrong"})
        page = Client().post("/status/", {"number": number, "passphrase": applicant.passphrase})
        assert page.status_code == 422
        assert "10回入力されたため" in problems(page)[0]


def test_the_page_says_why_nothing_may_be_found(public, db):
    page = text_of(public.get("/status/"))
    for part in ("90日で削除", "30分のあいだ", "保存期間が終わると廃棄", "お答えしません"):
        assert part in page
