"""What tests of pages start from."""

import importlib

import pytest
from django.test import Client

from inro.configuration.policy import load_policy
from inro.settings import applying, pages
from inro.web.public import clock
from inro.web.site import Site
from tests import given
from tests.paper.sheets import OPERATOR
from tests.web.installation import POLICY
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
def office(settings) -> Client:
    """A visitor of the office's pages."""
    return _visitor(settings, "inro.web.office.urls")


@pytest.fixture
def public(settings, monkeypatch) -> Client:
    """A visitor of the public pages, on the day of the other tests."""
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    visitor = _visitor(settings, "inro.web.public.urls")
    _take_over(settings, applying)
    settings.SITE = SITE
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.POLICY = load_policy(POLICY)
    settings.OPERATOR = OPERATOR
    return visitor


def _visitor(settings, addresses: str) -> Client:
    importlib.import_module(addresses)
    _take_over(settings, pages)
    settings.ROOT_URLCONF = addresses
    settings.SITE = SITE
    return Client(raise_request_exception=True)


def _take_over(settings, module) -> None:
    for name in dir(module):
        if name.isupper() and name != "WEB" and not name.startswith("_"):
            setattr(settings, name, getattr(module, name))
