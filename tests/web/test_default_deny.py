"""Every route of both sites is an act, open to the duties the table gives it and to nobody else (40(7))."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.permission import ACT_DUTIES, PUBLIC_ACTS
from inro.store.models import AuditRow
from inro.web.acts import NotPublic, act_of, anyone
from inro.web.office import urls as office_urls
from inro.web.office.clerk import needs
from inro.web.public import urls as public_urls
from tests.web.conftest import office_over
from tests.web.installation import installation

# Where nobody has said yet who they are: each of these proves it, or only says how.
DOOR = {
    "choose",
    "desk",
    "sign_in_page",
    "sign_in_challenge",
    "lock_page",
    "lock_now",
    "lock_challenge",
    "sign_out_page",
    "enrol",
    "enrol_challenge",
    "enrol_key",
    # Its address is a secret of one person.
    "feed",
}
SAMPLES = {"str": "x", "int": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route with an address of its shape."""

    address: str
    view: Any
    named: str | None


def routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[Route]:
    """Yield every route below some patterns."""
    for one in patterns:
        address = before + re.sub(r"<(\w+):\w+>", lambda kind: SAMPLES[kind[1]], str(one.pattern))
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, address)
        else:
            yield Route(address=address, view=one.callback, named=one.name)


def unmarked(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Return the addresses of the routes that say no act."""
    return [route.address for route in routes(patterns) if act_of(route.view) is None]


OFFICE = list(routes(office_urls.urlpatterns))
WITH_DUTY = [route for route in OFFICE if route.view.__name__ not in DOOR]


@pytest.fixture
def visitor(db, settings, tmp_path) -> Client:
    """A visitor of a demonstration in which every duty has one clerk, named after it."""
    home = installation(tmp_path / "home")
    clerks = (f'[[clerks]]\nperson = "{duty}"\nname = "{duty}"\nduties = ["{duty}"]\n' for duty in Duty)
    (home / "clerks.toml").write_text("".join(clerks), "utf-8")
    office = office_over(settings, home)
    office.raise_request_exception = False
    return office


def answer(visitor: Client, route: Route) -> Any:
    """Ask for a route as its form or link would."""
    got = visitor.get(route.address)
    return visitor.post(route.address) if got.status_code == 405 else got


@pytest.mark.parametrize("site", [office_urls, public_urls], ids=["office", "public"])
def test_every_route_says_which_act_it_is(site):
    assert unmarked(site.urlpatterns) == []
    assert len(list(routes(site.urlpatterns))) > 10


@pytest.mark.parametrize("site", [office_urls, public_urls])
def test_a_name_leads_to_one_place(site):
    """Django takes the last of two routes of one name and shape: a form then posts to another's page."""
    named = Counter(route.named for route in routes(site.urlpatterns) if route.named)
    assert [name for name, count in named.items() if count > 1] == []


def test_a_route_that_says_none_is_found():
    def fresh(request):
        """A page somebody has just added."""

    inside = [
        path("fresh/", fresh),
        path("seen/", anyone(Act.VIEW_STATUS)(fresh.__class__(fresh.__code__, {}))),
    ]
    assert unmarked([path("new/<int:number>/", include((inside, "new")))]) == ["/new/1/fresh/"]


def test_decorators_keep_the_act():
    view = require_safe(needs(Act.VIEW_AUDIT)(lambda request: None))
    assert act_of(view) is Act.VIEW_AUDIT
    assert act_of(SimpleNamespace()) is None
    with pytest.raises(NotPublic):
        anyone(Act.VIEW_AUDIT)


def test_what_is_open_to_anyone_is_public_by_the_table():
    for route in (*routes(public_urls.urlpatterns), *(one for one in OFFICE if one not in WITH_DUTY)):
        assert act_of(route.view) in PUBLIC_ACTS, route.address
    assert {route.view.__name__ for route in OFFICE} >= DOOR


def test_nobody_gets_further_than_the_choice_in_a_demonstration(visitor):
    for route in WITH_DUTY:
        found = answer(visitor, route)
        assert (found.status_code, found.url.partition("?")[0]) == (302, "/desk/"), route.address


def test_nobody_gets_further_than_the_door_elsewhere(db, settings, tmp_path):
    visitor = office_over(settings, installation(tmp_path / "home", demonstration=False))
    for route in WITH_DUTY:
        found = answer(visitor, route)
        at = (found.status_code, found.headers.get("Location", "").partition("?")[0])
        if found.request["REQUEST_METHOD"] == "POST":
            assert at == (403, ""), route.address
            assert next(one.name for one in found.templates) == "office/staff/sign_in.html", route.address
        else:
            assert at == (302, "/sign-in/"), route.address
    assert visitor.get("/desk/").status_code == 404


@pytest.mark.parametrize("duty", Duty)
def test_a_duty_opens_its_acts_and_no_other(visitor, duty):
    visitor.post("/desk/", {"person": duty.value})
    refused = set()
    for route in WITH_DUTY:
        act = act_of(route.view)
        found = answer(visitor, route)
        if act in PUBLIC_ACTS or duty in ACT_DUTIES[act]:
            assert found.status_code != 403, (route.address, duty)
            assert not getattr(found, "url", "").startswith("/desk/"), (route.address, duty)
        else:
            assert found.status_code == 403, (route.address, duty)
            refused.add(f"refusal/{duty}/{act}")
    recorded = AuditRow.objects.filter(kind=EventKind.ACT_REFUSED).values_list("subject", flat=True)
    assert set(recorded) == refused
