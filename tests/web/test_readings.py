"""No page shows a case before it is on record who reads it, and why (40(1), 40(7))."""

import itertools
import re
from datetime import timedelta

import pytest

from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.store.models import Reading
from inro.web.office import clock
from inro.web.office import urls as office_urls
from tests import given
from tests.web.conftest import office_over
from tests.web.installation import installation
from tests.web.test_default_deny import routes

APPLICANT = "高橋"
# What each page of a case is called: its number stands for the sample that the walk puts there.
PAGES = sorted(
    {one.address for one in routes(office_urls.urlpatterns) if one.address.startswith("/cases/x/")}
)


@pytest.fixture
def office(db, settings, tmp_path, monkeypatch):
    """An office where every duty has a clerk named after it."""
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    home = installation(tmp_path / "home")
    clerks = (f'[[clerks]]\nperson = "{duty}"\nname = "{duty}"\nduties = ["{duty}"]\n' for duty in Duty)
    (home / "clerks.toml").write_text("".join(clerks), "utf-8")
    return office_over(settings, home)


def test_who_is_shown_a_page_with_the_name_has_their_reading_on_record(office, story, monkeypatch):
    shown = set()
    days = itertools.count()
    for duty, number, page in itertools.product(Duty, (story.examining, story.valid), PAGES):
        # A day of its own: what was recorded for another page would serve this one too.
        now = given.NOW + timedelta(days=next(days))
        monkeypatch.setattr(clock, "now", lambda at=now: at)
        office.post("/desk/", {"person": duty.value})
        answer = office.get(re.sub("^/cases/x/", f"/cases/{number}/", page))
        # Acts answer to what is sent, and say nothing to who only asks.
        if APPLICANT in answer.content.decode(errors="replace"):
            read = Reading.objects.filter(day=jst_date(now)).values_list("person", flat=True)
            assert list(read) == [duty], (page, duty, number)
            shown.add(page)
    assert {"/cases/x/", "/cases/x/examination/", "/cases/x/examination/conclude/"} <= shown


def test_what_a_person_said_holds_for_the_other_pages_of_the_case_that_day(office, story):
    office.post("/desk/", {"person": Duty.EXAMINATION.value})
    page = f"/cases/{story.valid}/examination/"
    asked = office.get(page, {"view": "letters"})
    assert "閲覧する目的" in asked.content.decode()
    assert '<input type="hidden" name="view" value="letters">' in asked.content.decode()
    office.get(page, {"purpose": "renewal"})
    assert APPLICANT in office.get(page).content.decode()
    assert [one.purpose for one in Reading.objects.all()] == ["renewal"]
