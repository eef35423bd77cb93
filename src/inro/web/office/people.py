"""Whose account it is: records keep the id of who did something, pages show the name (39.4, 40(7))."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from inro.store.reads.staff import staff_names
from inro.web.office.clerk import clerks
from inro.web.office.house import house


def names() -> Mapping[str, str]:
    """Return the name of everybody who ever had an account, a demonstration's clerks among them."""
    shown = {one.person: one.name for one in clerks()} if house().installation.demonstration else {}
    return staff_names() | shown


def people_of_page(_request: HttpRequest) -> dict[str, Any]:
    """Give every template the names, asked of the records where a page shows one."""
    return {"people": SimpleLazyObject(names)}
