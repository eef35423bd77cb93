"""Sitting down at a demonstration's office: nobody sees a page of it before."""

import re
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from playwright.sync_api import Page


def seated(address: str, person: str = "ishikawa") -> urllib.request.OpenerDirector:
    """Return what opens pages at `address` as one of the demonstration's clerks."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with opener.open(f"{address}/desk/", timeout=300) as answer:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
    assert token is not None
    chosen = urlencode({"csrfmiddlewaretoken": token[1], "person": person, "next": "/repository/"})
    opener.open(f"{address}/desk/", data=chosen.encode(), timeout=300).close()
    return opener


def sit_down(page: Page, address: str, name: str = "石川") -> None:
    """Choose a clerk in a browser; what comes next is the list of cases."""
    page.goto(f"{address}/desk/")
    page.get_by_role("button", name=name).click()
