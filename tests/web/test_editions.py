"""The page of editions: put on record, told, put in force; the repository's texts (2.1, 2.2, 10)."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from inro.practice.duties import Duty
from inro.store.models import TermsEdition
from inro.usecases.edition import record_text_published, register_editions
from inro.web.office import clock
from inro.web.office.house import house
from inro.web.public import clock as public_clock
from inro.web.public.house import policy
from tests import given
from tests.usecases.test_edition import NEXT, PUBLISHER, WORKER, planned, subscribers, tell
from tests.web.conftest import office_over
from tests.web.installation import installation
from tests.web.test_pages import text_of


@pytest.fixture
def publisher(db, settings, tmp_path, monkeypatch) -> Client:
    """Who publishes, at the office of an installation with a policy of its own."""
    home = installation(tmp_path / "home")
    clerks = (f'[[clerks]]\nperson = "{duty}"\nname = "{duty}"\nduties = ["{duty}"]\n' for duty in Duty)
    (home / "clerks.toml").write_text("".join(clerks), "utf-8")
    office = office_over(settings, home)
    for shown in (clock, public_clock):
        monkeypatch.setattr(shown, "now", lambda: given.NOW)
    office.post("/desk/", {"person": Duty.PUBLICATION.value})
    return office


@pytest.fixture
def further(publisher, settings, tmp_path) -> None:
    """A further edition beside the six on record."""
    folder = shutil.copytree("policy", tmp_path / "policy")
    publisher.post("/editions/register/")
    settings.HOUSE = replace(house(), policy=planned(folder))


def test_editions_are_put_on_record_from_the_page(publisher):
    page = text_of(publisher.get("/editions/"))
    assert "6件の版を登録して公開する" in page
    assert "2025-04-01 適用中" in page
    answer = publisher.post("/editions/register/")
    assert answer.status_code == 302
    page = text_of(publisher.get("/editions/"))
    assert "登録して公開する" not in page
    assert page.count("過去の版") == 5
    assert "terms-2025-04-01.txt 未公開" in page


def test_an_edition_waits_for_its_notices_and_says_by_when_and_why(publisher, further):
    (only,) = subscribers(of=1)
    assert "2027-02-01 未登録（施行できません）" in text_of(publisher.get("/editions/"))
    publisher.post("/editions/register/")
    page = text_of(publisher.get("/editions/"))
    for part in (
        "2027-02-01 施行待ち",
        "通知の到達期限 2026/12/31",
        "約款第2条第2項：新しい版の施行日2027年2月1日、中1か月を置いて2026年12月31日",
        "通知のない利用者 1人、通知が遅れた利用者 0人",
        "2027/02/01 から施行する",
    ):
        assert part in page
    refused = publisher.post(f"/editions/{NEXT}/activate/")
    assert refused.status_code == 409
    assert "まだ公開されていません" in text_of(refused)
    for edition in TermsEdition.objects.filter(name=NEXT):
        for text in edition.texts.all():
            record_text_published(text=text.pk, actor=WORKER, now=given.NOW)
    assert "施行できません（通知なし" in text_of(publisher.post(f"/editions/{NEXT}/activate/"))
    tell(only, arrived_on=given.NOW.date())
    assert publisher.post(f"/editions/{NEXT}/activate/").status_code == 302
    assert "2027-02-01 施行決定済み" in text_of(publisher.get("/editions/"))


def test_a_day_that_passed_without_it_leaves_the_earlier_edition(publisher, further, monkeypatch):
    publisher.post("/editions/register/")
    monkeypatch.setattr(clock, "now", lambda: given.NOW + timedelta(days=90))
    page = text_of(publisher.get("/editions/"))
    assert "2027-02-01 施行されなかった版" in page
    assert "2025-04-01 適用中" in page


def test_an_unknown_edition_is_not_there(publisher):
    assert publisher.post("/editions/1999-01-01/activate/").status_code == 404


def test_the_repository_lists_texts_with_hash_and_day(public, db):
    register_editions(editions=policy().editions.values(), actor=PUBLISHER, now=given.NOW)
    assert "terms-2025-04-01.txt" not in text_of(public.get("/repository/"))
    edition = TermsEdition.objects.get(name="2025-04-01")
    for text in edition.texts.all():
        record_text_published(text=text.pk, actor=WORKER, now=given.NOW)
    page = text_of(public.get("/repository/"))
    for part in ("2025/04/01 適用中 terms-2025-04-01.txt 2026/12/01 12:00:00", "cps-2025-04-01.txt"):
        assert part in page
    assert edition.texts.first().sha256.upper() in page.replace(" ", "")
