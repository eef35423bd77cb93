"""Whoever left, or lost a duty, and is on the roster still, is told of where it is seen (9.1, 40(7))."""

from datetime import timedelta

import pytest
from django.test import Client

from inro.cli.finding import Verdict
from inro.cli.records import roster_finding
from inro.practice.duties import Duty
from inro.store.models import InstalledRoster
from inro.store.reads.staff import staff_record
from inro.usecases.roster import OverdueChange, overdue_changes
from inro.usecases.staff import dismiss_staff, end_duty, propose_dismissal, propose_end_of_duty
from inro.web.office import clock
from tests import given
from tests.usecases import given_staff as staff
from tests.usecases.given_staff import FIRST, NOW, SECOND, TODAY, administrator
from tests.web.conftest import office_over
from tests.web.given_officers import install
from tests.web.installation import installation
from tests.web.test_pages import text_of

_DUTIES = (Duty.EXAMINATION, Duty.ACCEPTANCE)


@pytest.fixture(autouse=True)
def roster(db) -> None:
    """Appoint two officers and put both on a roster, on which others stand who were never appointed."""
    staff.staffed()
    staff.appointed("mori", *_DUTIES)
    staff.appointed("ishii", Duty.EXAMINATION)
    house = given.office(more={"mori": _DUTIES, "ishii": (Duty.EXAMINATION,)})
    install(house.officers.roster, now=NOW)


def dismiss(person: str) -> None:
    proposal = propose_dismissal(person=person, actor=administrator(FIRST), now=NOW)
    dismiss_staff(proposal=proposal, actor=administrator(SECOND), now=NOW)


def overdue(*, dismissed: bool, duties: tuple[Duty, ...]) -> tuple[OverdueChange, ...]:
    name = staff.NAMES["mori"]
    return (OverdueChange(person="mori", name=name, dismissed=dismissed, duties=duties, version=1),)


def test_while_office_and_roster_agree_nothing_is_due():
    assert overdue_changes(now=NOW) == ()
    assert roster_finding(NOW).verdict is Verdict.WELL


def test_whoever_was_dismissed_is_still_on_the_roster():
    dismiss("mori")
    assert overdue_changes(now=NOW) == overdue(dismissed=True, duties=tuple(sorted(_DUTIES)))
    found = roster_finding(NOW)
    assert found.verdict is Verdict.DOUBTFUL
    assert "mori" in str(found.detail)


def test_a_duty_is_due_once_its_last_day_is_over():
    [held] = [one for one in staff_record("mori").held if one.period.duty is Duty.ACCEPTANCE]
    proposal = propose_end_of_duty(
        held_duty=held.held_duty, last_day=TODAY, actor=administrator(FIRST), now=NOW
    )
    end_duty(proposal=proposal, actor=administrator(SECOND), now=NOW)
    assert overdue_changes(now=NOW) == ()
    after = NOW + timedelta(days=1)
    assert overdue_changes(now=after) == overdue(dismissed=False, duties=(Duty.ACCEPTANCE,))


def test_a_row_that_is_no_roster_is_told_and_hides_nothing():
    row = InstalledRoster.objects.get()
    InstalledRoster(
        version=2, sha256="0" * 64, document=b"{}", signature=row.signature, installed_at=NOW
    ).save(force_insert=True)
    assert roster_finding(NOW).verdict is Verdict.MISSING


def page(settings, tmp_path, monkeypatch) -> str:
    """Return the page of the staff, as an administrator sees it."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    home = installation(tmp_path / "home")
    (home / "clerks.toml").write_text(
        f'[[clerks]]\nperson = "ogata"\nname = "緒方"\nduties = ["{Duty.SYSTEM_ADMINISTRATION}"]\n', "utf-8"
    )
    visitor: Client = office_over(settings, home)
    visitor.post("/desk/", {"person": "ogata"})
    return text_of(visitor.get("/staff/"))


def test_the_page_of_the_staff_asks_for_the_next_roster(settings, tmp_path, monkeypatch):
    assert "次の担当者名簿が必要です" not in page(settings, tmp_path, monkeypatch)
    dismiss("mori")
    assert "次の担当者名簿が必要です" in page(settings, tmp_path, monkeypatch)
