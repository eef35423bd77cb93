"""What tests of pages start from."""

import importlib

import pytest
from django.test import Client

from inro.settings import pages
from inro.web.site import Site
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
def public(settings) -> Client:
    """A visitor of the public pages."""
    return _visitor(settings, "inro.web.public.urls")


def _visitor(settings, addresses: str) -> Client:
    importlib.import_module(addresses)
    for name in dir(pages):
        if name.isupper() and name != "WEB":
            setattr(settings, name, getattr(pages, name))
    settings.ROOT_URLCONF = addresses
    settings.SITE = SITE
    return Client(raise_request_exception=True)
