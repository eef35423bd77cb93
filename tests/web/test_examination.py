"""The examination page over a real store: what it shows, saves and refuses (5.4, 8, 9.1, 40(7), 46)."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from inro.practice.acts import Act
from inro.practice.antisocial import CheckResult
from inro.practice.application import ApplicationState
from inro.practice.checklist import Verdict
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.permission import ACT_DUTIES
from inro.store.corporate_register import exchange_register, fresh_register
from inro.store.models import Application, AuditRow, ItemVerdict
from inro.store.reads.application import application_by_number
from inro.store.reads.examination import examined_items
from inro.usecases.application import find
from tests import given, published
from tests.forms import AUTHORITY, FORM, SOLE
from tests.usecases.given_checklist import CHECKLIST, examining, item_of, judge, judge_all, look_for_forces
from tests.web.conftest import office_over
from tests.web.given_examination import MARRIED, cases_to_examine, received


@pytest.fixture
def clerk(db, office) -> Client:
    """The examining officer of the demonstration, before the office's pages."""
    office.post("/desk/", {"person": "ishikawa"})
    return office


def address(application) -> str:
    return f"/cases/{find(application).number}/examination/"


def page(visitor: Client, application, **asked: str) -> str:
    answer = visitor.get(address(application), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def saved(visitor: Client, application, **verdicts: str):
    """Send the form as the page shows it, with these verdicts chosen."""
    sent = {"do": "save"}
    for one in examined_items(application, CHECKLIST):
        sent |= {
            f"version-{one.item}": str(one.given.version if one.given else 0),
            f"shown-{one.item}": one.shown_sha256,
        }
        if one.given:
            sent[f"verdict-{one.item}"] = one.given.verdict.value
            sent[f"reason-{one.item}"] = one.given.reason
            sent[f"read-{one.item}"] = one.given.read
    return visitor.post(address(application), sent | verdicts)


def test_only_examining_officers_come_here(db, office):
    application = examining(SOLE)
    assert office.get(address(application)).status_code == 302
    for person in ("mori", "nishimura", "ogata"):
        office.post("/desk/", {"person": person})
        assert office.get(address(application)).status_code == 403
        assert office.post(address(application), {"do": "save"}).status_code == 403
    assert ACT_DUTIES[Act.RECORD_VERDICT] == {Duty.EXAMINATION}


def test_looking_is_on_record_changes_nothing_else_and_beginning_is_a_button(clerk):
    application = received(SOLE)
    assert "審査を始める" in page(clerk, application)
    before = AuditRow.objects.count()
    assert AuditRow.objects.get(seq=before).kind == EventKind.DATA_READ
    assert "審査を始める" in page(clerk, application)
    assert AuditRow.objects.count() == before
    answer = clerk.post(address(application), {"do": "begin"})
    assert "opened=" in answer.url
    assert find(application).state == ApplicationState.EXAMINING
    kinds = list(AuditRow.objects.filter(seq__gt=before).values_list("kind", flat=True))
    assert kinds == [EventKind.EXAMINATION_STARTED, EventKind.DATA_READ]


def test_every_item_is_a_fieldset_of_three_real_radios(clerk):
    application = examining(FORM)
    shown = page(clerk, application)
    items = examined_items(application, CHECKLIST)
    judged = [one for one in items if one.asked.verdicts]
    assert shown.count('<fieldset class="seg">') == len(judged) == len(items) - 1
    for one in judged:
        assert len(re.findall(f'type="radio" name="verdict-{one.item}"', shown)) == 3
    assert f"0 / {len(items)}" in shown


def test_the_replaced_character_stands_beside_its_source_with_code_points(clerk):
    shown = page(clerk, examining(SOLE))
    for text in ('<span class="g">髙</span>', '<span class="g">高</span>', "U+9AD9", "U+9AD8", "民一2842号"):
        assert text in shown
    assert "<mark>高</mark>橋" in shown


def test_what_was_judged_is_saved_without_scripts(clerk):
    application = examining(SOLE)
    answer = saved(clerk, application, **{"verdict-name": "fit", "verdict-romaji": "held"})
    assert answer.status_code == 302
    assert item_of(application, "name").verdict is Verdict.FIT
    assert item_of(application, "romaji").given.person == "ishikawa"
    before = AuditRow.objects.count()
    assert saved(clerk, application).status_code == 302
    assert AuditRow.objects.count() == before


def test_a_template_serves_where_nothing_is_typed(clerk):
    application = examining(SOLE)
    template = "住所に建物名・部屋番号の記入がありません"
    saved(clerk, application, **{"verdict-home_address": "deficient", "template-home_address": template})
    assert item_of(application, "home_address").reason == template
    saved(clerk, application, **{"reason-home_address": "番地が異なります"})
    assert item_of(application, "home_address").reason == "番地が異なります"
    shown = page(clerk, application)
    assert f"/cases/{find(application).number}/deficiency/" in shown


def test_a_deficiency_without_a_reason_is_shown_again_as_chosen(clerk):
    application = examining(SOLE)
    answer = saved(
        clerk,
        application,
        **{"verdict-name": "deficient", "template-name": "作話", "verdict-romaji": "fit"},
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "氏名：不備の内容を入力するか" in text
    assert 'href="#reason-name"' in text
    assert re.search('name="verdict-name" value="deficient"[^>]* checked', text)
    assert item_of(application, "name").given is None
    assert item_of(application, "romaji").verdict is Verdict.FIT


def test_a_second_clerks_stale_page_is_told_who_was_first(clerk):
    application = examining(SOLE)
    seen = item_of(application, "name")
    judge(application, "name", Verdict.HELD)
    sent = {
        "do": "save",
        "verdict-name": "fit",
        "version-name": "0",
        "shown-name": seen.shown_sha256,
    }
    answer = clerk.post(address(application), sent)
    assert answer.status_code == 409
    assert "他の担当者が先に判定したか" in answer.content.decode()
    assert "p-exam" in answer.content.decode()
    assert ItemVerdict.objects.get().verdict == "held"


def test_addresses_are_compared_with_what_the_clerk_reads(clerk):
    application = examining(SOLE)
    read = "東京都架空区見本町1-2-4"
    answer = clerk.post(address(application), {"do": "compare", "read-home_address": read})
    text = answer.content.decode()
    assert (answer.status_code, "番地" in text) == (200, True)
    assert "<mark>1-2-3</mark> ／ <mark>1-2-4</mark>" in text
    assert not ItemVerdict.objects.exists()
    saved(
        clerk, application, **{"verdict-home_address": "fit", "read-home_address": "架空区見本町１－２－３"}
    )
    assert "都道府県の有無のみ相違" in page(clerk, application)


def test_the_blocked_buttons_say_why_in_words(clerk):
    application = examining(SOLE)
    shown = page(clerk, application)
    assert 'aria-disabled="true" aria-describedby="why-not"' in shown
    assert "まだ終えられません" in shown
    judge_all(application, checked=CheckResult.MATCH)
    assert "反社会的勢力に該当" in page(clerk, application)
    look_for_forces(application)
    done = page(clerk, application)
    assert f'id="conclude" href="/cases/{find(application).number}/examination/conclude/"' in done
    assert 'id="why-not"' not in done
    assert 'id="why-no-notice"' in done


def test_the_corporate_number_is_looked_up_on_the_page(clerk):
    # Published long ago, by whatever clock these pages are served.
    with fresh_register(published.register()) as rows:
        exchange_register(published_on=date(2020, 1, 6), sha256="12" * 32, rows=rows, now=given.NOW)
    stated = replace(FORM.organization, name="株式会社高邉工務店", corporate_number=published.OTHER)
    application = examining(replace(FORM, organization=stated))
    assert "まだ確認していません" in page(clerk, application)
    clerk.post(address(application), {"do": "confirm_number"})
    shown = page(clerk, application)
    for text in ("確認済", "株式会社髙邉工務店", "2020/01/06", "石川　由紀"):
        assert text in shown


def test_without_a_register_the_page_says_what_to_do(clerk):
    stated = replace(FORM.organization, corporate_number=published.OTHER)
    answer = clerk.post(address(examining(replace(FORM, organization=stated))), {"do": "confirm_number"})
    assert answer.status_code == 422
    assert "何も行っていません" in answer.content.decode()


def test_an_authority_is_shown_as_it_will_be_encoded(clerk):
    limited = replace(AUTHORITY, limit="架空市に限る", ends_on=date(2027, 3, 31))
    shown = page(clerk, examining(replace(FORM, authorities=(AUTHORITY, limited))))
    assert "［委任者］代表取締役　見本　太郎［対象］電子入札［権限］入札に関する一切の権限" in shown
    assert "［期限］２０２７年３月３１日［制限］架空市に限る" in shown
    foreign = replace(AUTHORITY, principal="部長　見本　次郎")
    assert "委任者が代表者ではありません" in page(clerk, examining(replace(FORM, authorities=(foreign,))))


def test_a_paper_too_old_is_marked(clerk):
    application = received(SOLE)
    Application.objects.filter(pk=application).update(state="examining")
    shown = page(clerk, application)
    assert "2026/11/02" in shown
    assert "到着まで 29 日" in shown


def test_the_cases_before_and_after_are_those_to_be_examined(clerk):
    first, second, third = examining(SOLE), examining(FORM), examining(SOLE)
    shown = page(clerk, second)
    assert "2 件目 / 3 件" in shown
    assert f'data-key="k" href="{address(first)}"' in shown
    assert f'data-key="j" href="{address(third)}"' in shown


def test_the_keys_are_switched_off_for_one_clerk(clerk):
    application = examining(SOLE)
    assert " data-keys>" in page(clerk, application)
    switched = clerk.post("/account/", {"keys": "off", "next": address(application)})
    assert switched.url == address(application)
    assert " data-keys>" not in page(clerk, application)
    assert " data-keys>" not in clerk.get("/account/").content.decode()
    assert clerk.post("/account/", {"keys": "on", "next": "//elsewhere.example/"}).url == "/account/"
    assert " data-keys>" in page(clerk, application)


def test_a_case_that_is_no_longer_examined_is_shown_and_not_changed(clerk):
    application = examining(SOLE)
    judge_all(application)
    Application.objects.filter(pk=application).update(state="deficient", deficient_at=given.NOW)
    shown = page(clerk, application)
    assert '<fieldset class="seg" disabled>' in shown
    assert "審査中の案件ではありません" in shown
    answer = saved(clerk, application, **{"verdict-name": "held"})
    assert answer.status_code == 409
    assert item_of(application, "name").verdict is Verdict.FIT


@pytest.mark.parametrize("asked", ["", "nonsense"])
def test_a_button_that_is_not_there_does_nothing(clerk, asked):
    assert clerk.post(address(examining(SOLE)), {"do": asked}).status_code == 404


def test_an_unknown_case_is_missing(clerk):
    assert clerk.get("/cases/A26-999999-X/examination/").status_code == 404


def test_papers_are_seen_only_once_opened_and_only_as_pictures(fresh_database, settings, tmp_path):
    with cases_to_examine(tmp_path / "home", MARRIED) as cases:
        visitor = office_over(settings, cases.home)
        visitor.post("/desk/", {"person": "ishikawa"})
        application = application_by_number(cases.numbers[0]).application_id
        closed = page(visitor, application)
        assert "審査のために書類を開く" in closed
        assert ".jpg" not in closed
        opened = visitor.post(address(application), {"do": "open"}).url
        shown = visitor.get(opened).content.decode()
        tabs = re.findall(r'<a href="(\?[^"]+)"[^>]*>([^<]+)</a>', shown.split("</nav>")[1])
        assert [name for _, name in tabs][:3] == ["利用申込書", "旧姓利用申込書", "住民票の写し等"]
        others = re.findall(r'<option value="([0-9a-f]{32})"', shown)
        beside = visitor.get(f"{opened}&beside={others[-1]}").content.decode()
        assert beside.count('class="paper-sheet zoom-100"') == 2
        overlay = re.search(r'href="(\?[^"]*laid=[^"]*)"', shown)[1].replace("&amp;", "&")
        laid = visitor.get(address(application) + overlay).content.decode()
        assert 'viewBox="25.0 228.0 48.0 48.0"' in laid
        assert 'opacity="0.50"' in laid
        visitor.post("/desk/", {"person": "mori"})
        assert visitor.get(opened).status_code == 403
