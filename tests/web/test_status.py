"""The status page: where it is, what comes next and when, and nothing for strangers (9.2, 16, 18, 40)."""

import pytest
from django.test import Client

from inro.practice.notices import NoticeKind
from inro.store.models import Application, Draft, Notice
from inro.store.reads.issuance import issuance_order
from inro.usecases.application import find_deficient
from inro.usecases.draft import WRONG_TRIES
from tests import given
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
    assert "削除されます。 約款第40条第6号" in page


def test_a_printed_form_is_printed_again_by_either_number(applicant):
    applicant.until("check")
    applicant.client.post("/apply/check/")
    number = Application.objects.get().number
    elsewhere = Client()
    page = elsewhere.post("/status/", {"number": number, "passphrase": applicant.passphrase})
    assert "印刷し直しても番号は変わりません" in text_of(page)
    assert elsewhere.get("/apply/papers.pdf").content.startswith(b"%PDF")
    assert elsewhere.get("/apply/print/").status_code == 200


def test_a_deficiency_names_the_day_and_its_sum(applicant):
    application = given.examining()
    find_deficient(
        application=application, points=1, points_sha256="0" * 64, actor=given.EXAMINER, now=given.NOW
    )
    assert "内容をお知らせする郵便" in of_case(applicant, application)
    arrived = given.NOW.date()
    Notice.objects.create(
        application_id=application,
        kind=NoticeKind.DEFICIENCY,
        clause="9.2",
        channel="post",
        template="deficiency",
        content_sha256="ef" * 32,
        sent_on=arrived,
        arrived_on=arrived,
        released_by="p-desk",
    )
    page = of_case(applicant, application)
    assert "期限 2026/12/21" in page
    assert "約款第9条第2項" in page


def test_each_state_says_what_comes_next(applicant):
    house = given.office()
    assert "書類を審査しています" in of_case(applicant, given.examining())
    assert "取消しはできません" in of_case(applicant, issuance_order(given.accepted(house)).application_id)


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
