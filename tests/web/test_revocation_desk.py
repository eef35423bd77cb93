"""The revocation desk: three lists, each form, two officers, refusal, originals, what it touches (21, 22)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from inro.paper.codes import sheet_payload
from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay
from inro.practice.notices import NoticeKind
from inro.store.ids import ApplicationId, CaseId
from inro.store.models import Certificate, Letter, RevocationCase
from inro.store.reads.revocation import revocation_case
from inro.store.states import RevocationState
from inro.web.office import clock
from tests import given, posted
from tests.usecases import given_intake as intake
from tests.web.applicant import text_of
from tests.web.conftest import office_over
from tests.web.given_officers import OfficersDesk, officers_of
from tests.web.installation import installation

NAME = given.CONTENT.name
FIT = {"requester": "fit", "registered_seal": "fit", "form": "fit"}
ASKED = {"ground": "21.1(3)/lost", "way": "post", "requested_at": "2026/12/1 11:30", "name_on_form": NAME}


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationDesk:
    """The office's pages over one issued certificate, and whoever is to sit at them."""

    desk: OfficersDesk
    application: ApplicationId

    @property
    def number(self) -> str:
        """The application's number."""
        return posted.number_of(self.application)

    @property
    def path(self) -> str:
        """Where its revocation is."""
        return f"/cases/{self.number}/revocation/"

    @property
    def seen(self) -> dict[str, str]:
        """What the page says of the state that it shows."""
        row = RevocationCase.objects.latest("pk")
        return {"seen": f"{row.number}/{row.state}"}

    def get(self, path: str, person: str = "", *, status: int = 200) -> str:
        """Open a page as a person."""
        return text_of(self.answer(path, person, status=status))

    def answer(self, path: str, person: str = "", *, status: int = 200) -> HttpResponse:
        """Open a page as a person, whole."""
        if person:
            self.desk.sit(person)
        answer = self.desk.visitor.get(path)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer

    def post(self, path: str, *, status: int = 302, **fields: Any) -> HttpResponse:
        """Send a form."""
        answer = self.desk.visitor.post(path, fields)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer

    def enter(self, invoker: str = "subscriber", *, status: int = 302, **fields: str) -> HttpResponse:
        """Take a paper in as the intake clerk."""
        self.desk.sit("mori")
        return self.post(f"{self.path}new/{invoker}/", status=status, **ASKED | fields)

    def sign(self, person: str, *, status: int = 302, **fields: str) -> HttpResponse:
        """Sign what the page asks for, with a person's key."""
        form = self.desk.signed(self.answer(self.path, person), person)
        return self.post(self.path, status=status, **form | self.seen | fields)

    def decided(self) -> CaseId:
        """Let both officers sign."""
        self.sign("ishikawa", **FIT)
        self.sign("nishimura")
        return CaseId(RevocationCase.objects.latest("pk").pk)


@pytest.fixture
def at(monkeypatch) -> Any:
    def now(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    now(given.NOW)
    return now


@pytest.fixture
def here(db, settings, tmp_path, at) -> RevocationDesk:
    home = installation(tmp_path / "home")
    house = officers_of(home)
    application = posted.issued(house)
    desk = OfficersDesk(house=house, visitor=office_over(settings, home))
    return RevocationDesk(desk=desk, application=application)


def told(answer: HttpResponse) -> str:
    """Return what a page's summary of errors says."""
    return text_of(answer).partition("次の点を直してください：")[2].partition("</div>")[0][:120]


def state() -> str:
    return RevocationCase.objects.latest("pk").state


def test_an_application_is_entered_examined_and_decided_by_two_officers(here):
    shown = here.get(f"{here.path}new/subscriber/", "mori")
    for part in ("カードの紛失", "keyCompromise（1）", "なし（記載しない）", "第21条第1項第3号"):
        assert part in shown
    assert "企業等の依頼：" not in shown
    here.enter(note="電話で事前に連絡あり")
    assert "カードの紛失" in here.get("/revocations/", "ishikawa")
    page = here.get(here.path, "ishikawa")
    for part in ("緊急：", "keyCompromise（1）", "証明書のとおり", "電話で事前に連絡あり"):
        assert part in page
    assert "旧姓" not in page
    here.decided()
    row = RevocationCase.objects.get()
    assert (row.state, row.examiner, row.decider) == ("decided", "ishikawa", "nishimura")
    assert row.findings["answers"] == FIT
    assert "5秒ごとに更新" in here.get(here.path)


NOT_WHOLE = (
    ({"ground": ""}, "失効の事由を選んで"),
    ({"ground": "22.1(10)"}, "失効の事由を選んで"),
    ({"ground": "18.7"}, "失効の事由を選んで"),
    ({"way": ""}, "到着の方法"),
    ({"requested_at": ""}, "到着した日と時刻"),
    ({"requested_at": "きのう"}, "到着した日時を"),
    ({"requested_at": "2026/12/2 9:00"}, "今より後"),
    ({"name_on_form": ""}, "書面に書かれた氏名"),
    ({"note": "あ" * 401}, "400文字"),
    ({"way": "fax", "urgent": "yes"}, "ＦＡＸが緊急かつやむを得ない場合"),
    ({"enclosure": "99"}, "記録にありません"),
)


def test_what_is_not_whole_opens_no_case_and_says_what_to_do(here):
    for changes, words in NOT_WHOLE:
        wrong = here.enter(status=422, **changes)
        assert words in told(wrong), changes
    assert not RevocationCase.objects.exists()


def test_the_cas_own_rests_on_facts_and_an_unknown_list_is_none(here):
    here.desk.sit("mori")
    path = f"{here.path}new/ca/"
    wrong = here.post(path, status=422, ground="22.1(6)")
    assert "確認した事実" in told(wrong)
    here.post(path, ground="22.1(6)", note="監査記録のとおり")
    assert (RevocationCase.objects.get().way, state()) == (None, "requested")
    assert "監査記録のとおり" in here.get(here.path, "ishikawa")
    assert "CPSまたは約款への違反" in here.get("/revocations/?list=ca")
    here.answer(f"{here.path}new/somebody/", "mori", status=404)


def test_a_scanned_code_leads_to_the_form_it_is_on(here):
    here.desk.sit("mori")
    for kind, invoker in (("RV1", "subscriber"), ("RR1", "organization")):
        code = sheet_payload(kind=kind, number=here.number)
        led = here.desk.visitor.get("/revocations/find/", {"number": code})
        assert led.url == f"{here.path}new/{invoker}/"
    assert here.desk.visitor.get("/revocations/find/", {"number": here.number}).url == here.path
    assert "申込番号" in told(here.desk.visitor.get("/revocations/find/", {"number": ""}))
    missing = here.desk.visitor.get("/revocations/find/", {"number": "A26-999999-X"})
    assert "この番号の申込みがありません" in told(missing)
    assert "手続中の失効はありません" in here.get(here.path)


def test_what_the_intake_desk_scanned_waits_for_its_case_and_is_joined(here):
    into = intake.envelope(way=ArrivalWay.POST)
    scanned = intake.enclosed(into, here.application, intake.record_paper(kind=PaperKind.REVOCATION_REQUEST))
    assert "スキャン済みで手続のない書面 1" in here.get("/revocations/", "mori")
    assert "失効依頼書" in here.get(f"{here.path}new/organization/")
    here.enter("organization", ground="22.1(12)", enclosure=str(scanned))
    assert RevocationCase.objects.get().enclosure_id == scanned
    assert "スキャン済みで手続のない書面" not in here.get("/revocations/")
    assert "この手続に結び付いています" in here.get(here.path)


def test_nothing_is_signed_while_an_answer_is_open_or_an_item_lacks(here):
    here.enter()
    wrong = here.sign("ishikawa", status=422, **FIT | {"form": ""})
    assert "審査項目に答えて" in told(wrong)
    lacking = FIT | {"registered_seal": "lacking"}
    wrong = here.sign("ishikawa", status=422, **lacking)
    assert "「否」の項目がある" in told(wrong)
    wrong = here.post(here.path, status=422, do="lacking", **FIT | here.seen)
    assert "すべて「適」" in told(wrong)
    here.post(here.path, do="lacking", **lacking | here.seen)
    assert (state(), RevocationCase.objects.get().findings["authentic"]) == ("requested", False)
    assert "不備があります" in here.get(here.path, "nishimura")
    assert "補正を待つか、不受理にする" in here.get("/revocations/")
    here.decided()
    assert state() == "decided"


def test_who_examined_does_not_decide_and_a_stale_page_does_nothing(here):
    here.enter()
    old = here.desk.signed(here.answer(here.path, "ishikawa"), "ishikawa") | here.seen | FIT
    here.sign("ishikawa", **FIT)
    stale = here.post(here.path, status=422, **old)
    assert "先に別の操作" in told(stale)
    before = here.seen
    here.sign("nishimura")
    refused = {"do": "refuse", "reason": "form_lacking", "refusal": "押印がありません"}
    stale = here.post(here.path, status=422, **refused | before)
    assert "先に別の操作" in told(stale)
    assert state() == "decided"


def test_a_paper_is_turned_down_with_words_and_a_letter_and_may_come_again(here):
    here.enter("organization", ground="22.1(10)")
    here.desk.sit("nishimura")
    page = here.get(here.path)
    assert "本人・企業等からの書面と確認できない" in page
    wrong = here.post(here.path, status=422, do="refuse", refusal="x", **here.seen)
    assert "不受理の理由を選んで" in told(wrong)
    wrong = here.post(here.path, status=422, do="refuse", reason="form_lacking", **here.seen)
    assert "申出人にお知らせする理由" in told(wrong)
    wrong = here.post(here.path, status=422, do="refuse", reason="other", refusal="不要", **here.seen)
    assert "不受理にできるのは" in told(wrong)
    here.post(here.path, do="refuse", reason="form_lacking", refusal="代表者印がありません", **here.seen)
    row, letter = RevocationCase.objects.get(), Letter.objects.get()
    assert (row.state, row.refused_for, row.refusal) == ("refused", "form_lacking", "代表者印がありません")
    assert (letter.kind, letter.content["to"]) == (NoticeKind.REVOCATION_REFUSAL, "organization")
    assert "代表者印がありません" in here.get(here.path)
    assert Certificate.objects.get().state == "valid"
    page = here.answer(f"/letters/{letter.number}/", "ueno")
    assert "失効不受理のお知らせ" in text_of(page)
    here.enter("organization", ground="22.1(10)")
    assert state() == "requested"


def test_a_fax_goes_first_and_its_papers_are_chased(here, at):
    here.enter(way="fax", urgent="yes", unavoidable="yes", ground="21.1(8)/compromised")
    case = given.entered(here.decided())
    at(given.NOW + timedelta(days=12))
    board = here.get("/revocations/", "mori")
    assert "ＦＡＸ先行・原本待ち 1" in board
    assert "申請書・依頼書の原本、必要書類" in board
    here.post(here.path, do="remind", **here.seen)
    assert Letter.objects.get().kind == NoticeKind.ORIGINAL_REMINDER
    wrong = here.post(here.path, status=422, do="receive", arrived_on="2026/12/8", **here.seen)
    assert "届いた書類を選んで" in told(wrong)
    wrong = here.post(here.path, status=422, do="receive", paper="form", arrived_on="2026/12/30", **here.seen)
    assert "到着日が今日以前" in told(wrong)
    into = intake.envelope(now=given.NOW)
    form = intake.record_paper(kind=PaperKind.REVOCATION_APPLICATION)
    scanned = intake.enclosed(into, here.application, form)
    here.post(here.path, do="receive", paper="form", arrived_on="2026/12/8", **here.seen)
    assert RevocationCase.objects.get().original_id == scanned
    here.post(here.path, do="receive", paper="documents", arrived_on="2026/12/9", **here.seen)
    assert "ＦＡＸ先行・原本待ち" not in here.get("/revocations/")
    assert revocation_case(case).state is RevocationState.REVOKED


def test_the_subscriber_is_told_or_the_organization_where_that_is_impossible(here):
    here.enter("organization", ground="22.1(13)")
    given.entered(here.decided())
    assert "失効済み・通知がまだのもの 1" in here.get("/revocations/?list=organization", "ueno")
    wrong = here.post(here.path, status=422, do="notify", to="organization", **here.seen)
    assert "知らせることができない理由" in told(wrong)
    here.post(here.path, do="notify", to="organization", unreachable="契約者の死亡", **here.seen)
    letter = Letter.objects.get()
    assert letter.content | {"revocation": ""} == {
        "revocation": "",
        "to": "organization",
        "unreachable": "契約者の死亡",
    }
    assert "企業等あて" in here.get(here.path)
    assert "失効済み・通知がまだのもの" not in here.get("/revocations/?list=organization")


def test_what_a_revocation_touches_is_on_one_page(here):
    posted.to_subscriber(here.application)
    beside = posted.issued(here.desk.house)
    touched = f"{here.path}touched/"
    text = here.get(touched, "mori")
    ending = ("受領書なしによる失効（任意）", "有効期間の満了")
    for part in ("配達中です", *ending, "同じ企業等のほかの証明書 1"):
        assert part in text
    assert posted.number_of(beside) in text
    here.enter("organization", ground="22.1(12)")
    led = f"/cases/{posted.number_of(beside)}/revocation/new/organization/?ground=22.1%2812%29"
    page = here.answer(touched).content.decode()
    assert led in page
    assert 'value="22.1(12)" checked' in here.answer(led).content.decode()
