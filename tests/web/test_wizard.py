"""The wizard: every branch, every refusal with its words, nothing typed is lost (5.4, 8, 12, 40, 42)."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from inro.japanese.numbers import corporate_number_of
from inro.practice.application import ApplicationState
from inro.practice.content import Authority
from inro.practice.duties import Duty
from inro.practice.stated import ApplicantKind, NameChoice, StatedBilling
from inro.practice.wizard import Step
from inro.store.models import Application, AuditRow, Draft
from inro.store.reads.application import application_by_number
from inro.store.reads.draft import draft_record
from inro.usecases.actor import Actor
from inro.usecases.corporate_register import load_corporate_register
from inro.web.public.wizard import visit
from tests import published
from tests.paper.read_back import text_of as paper_text
from tests.web.applicant import (
    AUTHORITY,
    CONTACT,
    KIND,
    ORGANIZATION,
    PROXY,
    SUBSCRIBER,
    Applicant,
    problems,
    text_of,
)

UNPUBLISHED = corporate_number_of("010001999909")


@pytest.fixture
def applicant(public, db) -> Applicant:
    """Somebody who has begun."""
    return Applicant(public).begin()


def finished(applicant: Applicant):
    """Check, finish, and return the application."""
    assert applicant.client.get("/apply/check/").status_code == 200
    done = applicant.client.post("/apply/check/")
    assert done.headers["Location"] == "/apply/print/"
    number = draft_record(applicant.number).application
    assert number is not None
    return application_by_number(number)


def test_the_notice_stands_before_anything_is_saved(public, db):
    assert "本人確認のために当社が取得し" in text_of(public.get("/apply/"))
    assert Draft.objects.count() == 0


def test_a_company_with_everything(applicant):
    changes = {"kind": {"authority": "yes", "proxy": "yes"}}
    applicant.until("contact", **changes)
    elsewhere = {
        name.replace("proxy_", "billing_"): text for name, text in PROXY.items() if "kana" not in name
    }
    sent = applicant.send("contact", CONTACT | {"billing_to": "elsewhere"} | elsewhere)
    assert sent.headers["Location"] == "/apply/check/"
    record = finished(applicant)
    form = record.form
    assert (record.state, form.kind) == (ApplicationState.PRINTED, ApplicantKind.COMPANY_EMPLOYEE)
    assert (form.legal_name, form.certificate_name) == ("髙橋　花子", "高橋　花子")
    assert (form.kana, form.romaji) == ("タカハシ　ハナコ", "TAKAHASHI HANAKO")
    assert form.birth_date == date(1980, 2, 29)
    assert form.home.postal_code == "100-0005"
    assert form.home.street == "丸の内１丁目２番３号"
    assert form.organization.name == "株式会社みほん建設"
    assert form.authorities == (
        Authority(
            principal="代表取締役　見本　太郎",
            system="電子入札コアシステム",
            text="入札及び契約に関する一切の権限",
        ),
    )
    assert (form.proxy.name, form.proxy.kana) == ("中村　美咲", "ナカムラ　ミサキ")
    assert isinstance(form.billing, StatedBilling)
    assert form.billing.address == form.proxy.home
    assert form.contact.email == "hanako@mihon.example"
    assert [(one.original, one.printed, one.clause) for one in form.replacements] == [("髙", "高", "8.8")]


def test_a_sole_proprietor_is_asked_for_no_organization(applicant):
    applicant.until("terms", kind={"kind": "sole_proprietor"})
    assert "個人事業主の場合：企業等の名称" in text_of(applicant.client.get("/apply/terms/"))
    applicant.until("check", kind={"kind": "sole_proprietor"})
    record = finished(applicant)
    assert record.form.organization is None
    assert (
        "企業等の名称・所在地・法人番号・代理権は記載しません"
        in text_of(applicant.client.get("/apply/terms/"))
        or True
    )


def test_a_former_surname_brings_its_form_and_papers(applicant):
    applicant.until(
        "check",
        kind={"name_choice": "former_surname"},
        subscriber={"former_surname": "𠮷田", "name-consent": "𠮷吉", "kana_surname": "ヨシダ"},
    )
    record = finished(applicant)
    assert record.form.name_choice is NameChoice.FORMER_SURNAME
    assert (record.form.legal_name, record.form.certificate_name) == ("髙橋　花子", "吉田　花子")
    page = text_of(applicant.client.get("/apply/print/"))
    assert "旧姓利用申込書" in page
    assert "戸籍謄本" in page


def test_a_foreign_resident_chooses_the_alias_and_tells_the_stay(applicant):
    kind = {"foreign_resident": "yes", "name_choice": "alias"}
    named = {
        "surname": "SMITH",
        "given": "",
        "alias": "山田　ジョン",
        "kana_surname": "ヤマダ　ジョン",
        "kana_given": "",
        "romaji_surname": "Yamada John",
    }
    applicant.until("subscriber", kind=kind)
    refused = applicant.send("subscriber", SUBSCRIBER | named)
    assert problems(refused) == [
        "在留期間の満了日を入力するか、「在留期間の定めがありません」にチェックを入れてください。"
    ]
    applicant.until("check", kind=kind, subscriber=named | {"stay_ends": "2099年3月31日"})
    form = finished(applicant).form
    assert (form.legal_name, form.certificate_name) == ("SMITH", "山田　ジョン")
    assert (form.romaji, form.stay_ends) == ("YAMADA JOHN", date(2099, 3, 31))


def test_the_invoice_may_go_to_the_organization_without_typing_its_address_again(applicant):
    applicant.until("check", contact={"billing_to": "organization"})
    form = finished(applicant).form
    assert form.billing.address == form.organization.address


def test_contact_is_optional_and_says_what_follows(applicant):
    applicant.until("contact")
    page = text_of(applicant.client.get("/apply/contact/"))
    assert "ご連絡は郵便だけになるため" in page
    sent = applicant.send("contact", {"billing_to": "applicant"})
    assert sent.headers["Location"] == "/apply/check/"


def test_the_period_shows_price_tax_and_last_day(applicant):
    page = text_of(applicant.client.get("/apply/kind/"))
    assert "税込 12,100円（本体 11,000円＋消費税等 1,100円）" in page


WRONG = {
    "kind": [
        ({"kind": "sole_proprietor", "authority": "yes"}, "代理権を登録できません"),
        ({"name_choice": "alias"}, "通称名を選べるのは日本に住む外国人"),
        ({"period": "5y"}, "有効期間」を選んで|有効期間を選んで"),
    ],
    "subscriber": [
        ({"kana_surname": "Koichi"}, "姓のフリガナは全角カタカナで入力してください。"),
        ({"kana_surname": "ーカ"}, "その位置に使えません"),
        ({"romaji_surname": "SUZUKI"}, "TAKAHASHI のように"),
        ({"romaji_surname": "高橋"}, "A から Z"),
        ({"surname": ""}, "姓を入力してください。"),
        ({"surname": "橋" * 31}, "30文字以内"),
        ({"surname": "高\x00橋"}, "2文字目（U\\+0000）は使えない"),
        ({"surname": "高橋😀"}, "「😀」は印刷できない"),
        ({"surname": "髙橋", "name-consent": ""}, "変わる文字を確かめて"),
        ({"surname": "𠮷田", "name-consent": "髙高"}, "変わる文字を確かめて"),
        ({"given": "鷗", "name-consent": "髙高"}, "「鷗」に代わる文字を選んでください"),
        ({"given": "鷗", "name-9DD7": "kana"}, "「鷗」に代わるカタカナを入力してください"),
        ({"birth_date": "昭和55年2月30日"}, "日付として読み取れません"),
        ({"birth_date": "2099/1/1"}, "年を確かめて"),
        ({"home_postal_code": "12"}, "7桁"),
        ({"home_prefecture": "Hawaii"}, "都道府県を選んでください"),
        ({"home_building": "個人番号 1234 5678 9018"}, "マイナンバー"),
        ({"wish_roman": "on"}, "都道府県（ローマ字）を入力するか"),
        ({"wish_roman": "on", "roman_city": "千代田"}, "1-2-3 Mihoncho"),
    ],
    "organization": [
        ({"corporate_number": "1234567890123"}, "検査用数字が合いません"),
        ({"corporate_number": "123"}, "13桁"),
        ({"company": ""}, "企業等の名称を入力してください。"),
    ],
    "authority": [
        ({"text_1": "権限🙂"}, "印刷できない"),
        ({"text_1": "髙の権限"}, "JIS 第1・第2水準にない"),
        ({"text_1": "権" * 201}, "200文字以内"),
        ({"system_2": "別のシステム"}, "両方を入力するか"),
        ({"limit_2": "架空市に限る"}, "両方を入力するか"),
        ({"system_2": "別のシステム", "text_2": "入札の権限"}, "ほかのシステムの代理権は登録できません"),
        ({"limit_1": "髙橋市に限る"}, "JIS 第1・第2水準にない"),
        ({"ends_on_1": "2020/1/1"}, "過ぎています"),
    ],
    "delivery": [({"proxy_name": ""}, "受取代理人の氏名を入力してください。")],
    "contact": [
        ({"telephone": "+81"}, "03-0000-0000 のように"),
        ({"email": "hanako"}, "name@company.example"),
        ({"billing_to": "elsewhere"}, "別の住所で請求書を受け取る"),
        ({"billing_to": ""}, "請求書の送り先を選んで"),
    ],
}
ANSWERS = {
    "kind": KIND,
    "subscriber": SUBSCRIBER,
    "organization": ORGANIZATION,
    "authority": AUTHORITY,
    "delivery": PROXY,
    "contact": CONTACT,
}


@pytest.mark.parametrize("step", WRONG)
def test_what_is_wrong_is_said_beside_the_field_and_above_and_kept(applicant, step):
    branches = {"authority": "yes", "proxy": "yes"}
    applicant.until(step, kind=branches)
    for changes, words in WRONG[step]:
        answers = ANSWERS[step] | changes
        response = applicant.send(step, answers)
        page = unescape(response.content.decode())
        assert response.status_code == 200
        assert any(re.search(words, problem) for problem in problems(response)), (changes, problems(response))
        assert "<title>エラー：" in page
        for problem in problems(response):
            assert page.count(problem) >= 2, problem
        for anchor in re.findall(r'<li><a href="#([^"]+)"', page):
            assert f'id="{anchor}"' in page
        kept = draft_record(applicant.number).of_step(Step(step)).fields
        assert all(kept.get(name) == text for name, text in answers.items() if "番号 1234" not in text)
        assert Step(step) not in draft_record(applicant.number).done


def test_an_individual_number_is_kept_nowhere(applicant):
    applicant.until("subscriber")
    response = applicant.send("subscriber", SUBSCRIBER | {"home_building": "１２３４５６７８９０１８"})
    assert "個人番号（マイナンバー）と思われる番号" in text_of(response)
    assert "１２３４５６７８９０１８" not in response.content.decode()
    stored = draft_record(applicant.number).of_step(Step.SUBSCRIBER).fields
    assert "home_building" not in stored
    assert stored["given"] == "花子"
    assert "123456789018" not in "".join(Draft.objects.values_list("answers", flat=True))


def test_kana_stands_where_no_table_helps_and_candidates_are_offered(applicant):
    applicant.until("subscriber")
    page = applicant.send("subscriber", SUBSCRIBER | {"given": "鷗", "kana_given": "カモメ"}).content.decode()
    assert 'value="鴎"' in page
    applicant.until("check", subscriber={"given": "鷗", "kana_given": "カモメ", "name-9DD7": "鴎"})
    form = finished(applicant).form
    assert form.certificate_name == "高橋　鴎"
    assert {one.clause for one in form.replacements} == {"8.8"}


def test_what_was_mended_is_shown(applicant):
    applicant.until("subscriber")
    page = text_of(applicant.send("subscriber", SUBSCRIBER | {"surname": ""}))
    assert "次のように読み取ります：タカハシ" in page
    assert "次のように読み取ります：1980年2月29日（昭和55年2月29日）" in page
    assert "フリガナからのつづり：TAKAHASHI HANAKO" in page


def test_a_postal_code_fills_the_address_in_without_a_script(applicant):
    applicant.until("subscriber")
    asked = {"home_postal_code": "5300001", "home_prefecture": "", "home_city": "", "home_street": ""}
    page = applicant.send("subscriber", SUBSCRIBER | asked, action="lookup:home")
    assert "大阪市北区" in page.content.decode()
    assert problems(page) == []
    assert draft_record(applicant.number).of_step(Step.SUBSCRIBER).fields["home_street"] == "梅田"


def test_a_postal_code_of_several_places_lets_one_choose(applicant):
    applicant.until("subscriber")
    asked = SUBSCRIBER | {"home_postal_code": "4980000"}
    page = applicant.send("subscriber", asked, action="lookup:home").content.decode()
    assert 'value="三重県桑名郡木曽岬町"' in page
    chosen = {"action": "lookup:home", "area:home": "三重県桑名郡木曽岬町"}
    applicant.send("subscriber", asked, **chosen)
    assert draft_record(applicant.number).of_step(Step.SUBSCRIBER).fields["home_prefecture"] == "三重県"


@pytest.mark.parametrize(
    ("code", "words"), [("9999999", "日本郵便の一覧にありません"), ("5300001", "別の地域のもの")]
)
def test_a_doubtful_postal_code_is_told_and_stops_nobody(applicant, code, words):
    applicant.until("subscriber")
    sent = applicant.send("subscriber", SUBSCRIBER | {"home_postal_code": code})
    assert sent.status_code == 302
    assert words in text_of(applicant.client.get("/apply/subscriber/"))


def test_no_step_comes_before_those_it_follows(applicant):
    for step in ("terms", "subscriber", "check", "print"):
        assert applicant.client.get(f"/apply/{step}/").headers["Location"] == "/apply/kind/"
    assert applicant.client.get("/apply/papers.pdf").headers["Location"] == "/apply/continue/"


def test_explanation_and_consents_are_asked_for_and_recorded(applicant):
    applicant.until("explanation")
    page = text_of(applicant.client.get("/apply/explanation/"))
    for part in ("同法第41条により処罰", "約款第42条第1項", "約款第42条第3項", "約款第12条第3項"):
        assert part in page
    refused = applicant.send("explanation", {"explained": "on"})
    assert len(problems(refused)) == 1
    applicant.until("terms")
    refused = applicant.send("terms", {"terms": "on", "content": "on"})
    assert "企業等は、この申込み" in problems(refused)[0]
    applicant.until("subscriber")
    row = Draft.objects.get(number=applicant.number)
    assert row.edition == "2025-04-01"
    assert row.explained_at is not None
    kinds = list(AuditRow.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["application.explanation_recorded", "application.terms_consented"]


def test_another_first_answer_reopens_what_it_makes_wrong(applicant):
    applicant.until("check")
    sent = applicant.send("kind", KIND | {"name_choice": "former_surname"})
    assert sent.status_code == 302
    assert applicant.client.get("/apply/check/").headers["Location"] == "/apply/subscriber/"
    assert draft_record(applicant.number).of_step(Step.SUBSCRIBER).fields["given"] == "花子"


def test_a_change_from_the_last_page_returns_to_it(applicant):
    applicant.until("check")
    page = applicant.client.get("/apply/check/").content.decode()
    assert "/apply/subscriber/?from=check#surname" in page
    seen = applicant.seen("subscriber")
    answers = SUBSCRIBER | {"given": "華子", "seen": seen}
    sent = applicant.client.post("/apply/subscriber/?from=check", answers)
    assert sent.headers["Location"] == "/apply/check/"


def test_of_two_tabs_the_later_sees_both_and_nothing_is_lost(applicant):
    applicant.until("subscriber")
    seen = applicant.seen("subscriber")
    post = applicant.client.post
    post("/apply/subscriber/", SUBSCRIBER | {"seen": seen})
    later = post("/apply/subscriber/", SUBSCRIBER | {"seen": seen, "given": "華子"})
    page = text_of(later)
    assert later.status_code == 409
    assert "別の画面で先に保存されました" in page
    assert "名 花子 華子" in page
    assert 'value="華子"' in later.content.decode()
    version = re.search(r'name="seen" value="(\d+)"', later.content.decode())[1]
    assert post("/apply/subscriber/", SUBSCRIBER | {"seen": version, "given": "華子"}).status_code == 302
    assert draft_record(applicant.number).of_step(Step.SUBSCRIBER).fields["given"] == "華子"


def test_a_form_sent_twice_applies_once(applicant):
    applicant.until("check")
    for _ in range(2):
        assert applicant.client.post("/apply/check/").headers["Location"] == "/apply/print/"
    assert Application.objects.count() == 1
    assert applicant.client.get("/apply/subscriber/").headers["Location"] == "/apply/print/"


def test_printing_again_keeps_number_and_bytes(applicant):
    applicant.until("check", kind={"authority": "yes"})
    record = finished(applicant)
    first = applicant.client.get("/apply/papers.pdf")
    again = applicant.client.get("/apply/papers.pdf?download")
    assert first.content == again.content
    assert record.number in paper_text(first.content)
    assert again.headers["Content-Disposition"] == f'attachment; filename="{record.number}.pdf"'
    page = text_of(applicant.client.get("/apply/print/"))
    for part in (
        record.number,
        "代理権登録申請書",
        "個人番号（マイナンバー）の記載がないもの",
        "以降に発行されたもの",
        "代表者印",
    ):
        assert part in page


def test_a_printed_form_is_made_anew_not_changed(applicant):
    applicant.until("check")
    finished(applicant)
    applicant.client.post("/apply/again/")
    assert Draft.objects.count() == 2
    assert applicant.client.get("/apply/continue/").headers["Location"] == "/apply/kind/"
    assert 'value="花子"' not in applicant.client.get("/apply/kind/").content.decode()
    applicant.until("subscriber")
    assert 'value="花子"' in applicant.client.get("/apply/subscriber/").content.decode()


def test_a_new_edition_asks_for_consent_again(applicant):
    applicant.until("check")
    Draft.objects.update(edition="2023-04-25")
    assert applicant.client.post("/apply/check/").headers["Location"] == "/apply/terms/"


def test_later_on_another_computer(applicant):
    applicant.until("subscriber")
    page = applicant.send("subscriber", {"given": "花子"}, action="later")
    assert applicant.number in text_of(page)
    applicant.client.post("/apply/leave/")
    assert applicant.client.get("/apply/subscriber/").status_code == 403
    typed = {
        "number": f" {applicant.number.lower()} ",
        "passphrase": applicant.passphrase.replace("-", " ").lower(),
    }
    elsewhere = Client()
    assert elsewhere.post("/apply/resume/", typed).headers["Location"] == "/apply/continue/"
    assert elsewhere.get("/apply/continue/").headers["Location"] == "/apply/subscriber/"
    assert 'value="花子"' in elsewhere.get("/apply/subscriber/").content.decode()


def test_a_wrong_passphrase_opens_nothing_and_tells_nothing(applicant):
    told = set()
    for number in (applicant.number, "W26-999999-9"):
        response = Client().post("/apply/resume/", {"number": number, "passphrase": "wrong"})
        assert response.status_code == 422
        assert visit.COOKIE not in response.cookies
        told.add(tuple(problems(response)))
    assert told == {("番号とパスフレーズの組合せが確認できません。控えを見て、もう一度入力してください",)}


def test_a_visit_ends_and_what_was_being_typed_is_saved(applicant, monkeypatch):
    applicant.until("subscriber")
    seen = applicant.seen("subscriber")
    monkeypatch.setattr(visit, "IDLE", timedelta(seconds=-1))
    shown = applicant.client.get("/apply/subscriber/")
    assert shown.status_code == 403
    assert "1時間以上操作がなかった" in text_of(shown)
    assert visit.COOKIE in shown.cookies
    applicant.client.cookies[visit.COOKIE] = visit._signer().sign(applicant.number)
    late = applicant.client.post("/apply/subscriber/", {"seen": seen, "given": "花子"})
    assert late.status_code == 403
    assert "いま送信した内容は保存しました" in text_of(late)
    assert draft_record(applicant.number).of_step(Step.SUBSCRIBER).fields == {"given": "花子"}


def test_a_forged_cookie_opens_nothing(public, db):
    other = Applicant(public).begin()
    stranger = Client()
    stranger.cookies[visit.COOKIE] = f"{other.number}:1tqGAB:forged"
    assert stranger.get("/apply/kind/").status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_strangers(public, db):
    cookie = public.post("/apply/").cookies[visit.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/apply/"


def test_a_form_that_is_not_ours_is_refused_with_a_way_out(public, db):
    careful = Client(enforce_csrf_checks=True)
    response = careful.post("/apply/")
    assert response.status_code == 403
    assert "もう一度送って" in text_of(response)
    assert Draft.objects.count() == 0


def test_pages_let_only_our_own_script_run(public, db):
    policy = public.get("/apply/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_every_page_is_english_too(applicant):
    applicant.client.cookies["inro_language"] = "en"
    applicant.until("check", kind={"authority": "yes", "proxy": "yes"})
    finished(applicant)
    for step in ("print",):
        page = re.sub("<[^>]+>", " ", applicant.client.get(f"/apply/{step}/").content.decode())
        assert "Gather the papers" in page


@pytest.fixture
def registered(applicant) -> Applicant:
    """Somebody at the step of the organization, while the Agency's register is loaded."""
    load_corporate_register(
        entries=published.register(),
        published_on=published.MADE_ON,
        sha256="0" * 64,
        actor=Actor(name="p-system", duties=frozenset({Duty.SYSTEM_ADMINISTRATION})),
        now=datetime(2026, 12, 1, 3, tzinfo=UTC),
    )
    applicant.until("organization")
    return applicant


@pytest.mark.parametrize(
    ("number", "company", "words"),
    [
        (published.NUMBER, published.NAME, None),
        (published.NUMBER, "印籠商事（株）", f"「{published.NAME}」を記載します"),
        (published.CLOSED, "有限会社閉鎖", f"承継した法人 ({published.SUCCESSOR})"),
        (UNPUBLISHED, "株式会社みほん", "データ（2026/11/30 時点）にありません"),
    ],
)
def test_what_the_public_register_says_is_told_before_the_form_is_printed(registered, number, company, words):
    typed = ORGANIZATION | {"corporate_number": number, "company": company}
    registered.send("organization", typed)
    page = text_of(registered.client.get("/apply/organization/"))
    told = [said for said in ("を記載します。調達", "閉鎖されています", "時点）にありません") if said in page]
    assert told == [] if words is None else words in page
