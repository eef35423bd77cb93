"""What tests of pages start from."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from inro.configuration.installation import load_installation
from inro.configuration.policy import load_policy
from inro.settings import applying, pages
from inro.settings import desk as desk_settings
from inro.web.office.documents import opened_documents
from inro.web.office.house import OfficeHouse
from inro.web.office.intake.opened import close_desk, crew, start_desk
from inro.web.public import clock
from inro.web.site import Site
from tests import given
from tests.adapters.tokens import pin
from tests.paper.sheets import OPERATOR
from tests.web.given_desk import Clock, GivenDesk, desk_installation
from tests.web.installation import POLICY, installation
from tests.web.story import Story, tell

SITE = Site(
    operator="架空電子認証株式会社",
    service="電子入札用電子証明書サービス",
    demonstration=True,
    files="http://127.0.0.1:1",
    cps="http://repository.ca.example/cps",
)


@pytest.fixture
def story(db) -> Story:
    """Cases in every state."""
    return tell()


@pytest.fixture
def office(settings, tmp_path, django_db_setup) -> Client:
    """A visitor of the office's pages, who has not said yet who they are."""
    return office_over(settings, installation(tmp_path / "office"))


@pytest.fixture
def clerk(office) -> Client:
    """A visitor who sits at the desk as the clerk of intake."""
    office.post("/desk/", {"person": "mori"})
    return office


@pytest.fixture
def desk(fresh_database, settings, tmp_path) -> Iterator[GivenDesk]:
    """The intake desk over a token, a quarantine and a store of its own, with a clerk before it."""
    with desk_installation(tmp_path / "home") as home:
        visitor = office_over(settings, home)
        clock = Clock()
        with opened_documents(places=load_installation(home).documents, pin=pin()) as room:
            start_desk(room, clock=clock)
            visitor.post("/desk/", {"person": "mori"})
            yield GivenDesk(home=home, visitor=visitor, clock=clock, crew=crew())
            close_desk()


def office_over(settings, home: Path) -> Client:
    """Return a visitor of the pages that the office shows over an installation."""
    visitor = _visitor(settings, "inro.web.office.urls", desk_settings)
    made = load_installation(home)
    settings.HOUSE = OfficeHouse(installation=made, policy=load_policy(made.policy))
    return visitor


@pytest.fixture
def public(settings, monkeypatch) -> Client:
    """A visitor of the public pages, on the day of the other tests."""
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    visitor = _visitor(settings, "inro.web.public.urls", applying)
    settings.SITE = SITE
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.POLICY = load_policy(POLICY)
    settings.OPERATOR = OPERATOR
    return visitor


def _visitor(settings, addresses: str, *more: ModuleType) -> Client:
    importlib.import_module(addresses)
    for chosen in (pages, *more):
        _take_over(settings, chosen)
    settings.ROOT_URLCONF = addresses
    settings.SITE = SITE
    return Client(raise_request_exception=True)


def _take_over(settings, module) -> None:
    for name in dir(module):
        if name.isupper() and name != "WEB" and not name.startswith("_"):
            setattr(settings, name, getattr(module, name))
