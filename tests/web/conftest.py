"""What tests of pages start from."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from inro.configuration.installation import load_installation
from inro.configuration.policy import load_policy
from inro.settings import pages, writing_pages
from inro.web.office.documents import opened_documents
from inro.web.office.house import OfficeHouse
from inro.web.office.intake.opened import close_desk, crew, start_desk
from inro.web.site import Site
from tests.adapters.tokens import pin
from tests.web.given_desk import Clock, GivenDesk, desk_installation
from tests.web.installation import installation
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
    visitor = _visitor(settings, "inro.web.office.urls", writing_pages)
    made = load_installation(home)
    settings.HOUSE = OfficeHouse(installation=made, policy=load_policy(made.policy))
    return visitor


@pytest.fixture
def public(settings) -> Client:
    """A visitor of the public pages."""
    return _visitor(settings, "inro.web.public.urls")


def _visitor(settings, addresses: str, *more: ModuleType) -> Client:
    importlib.import_module(addresses)
    for chosen in (pages, *more):
        for name in dir(chosen):
            if name.isupper() and name != "WEB":
                setattr(settings, name, getattr(chosen, name))
    settings.ROOT_URLCONF = addresses
    settings.SITE = SITE
    return Client(raise_request_exception=True)
