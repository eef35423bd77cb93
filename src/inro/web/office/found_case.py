"""The case that an address names by its number, or the page that says there is none."""

from django.http import Http404

from inro.store.errors import Unknown
from inro.store.reads.application import ApplicationRecord, application_by_number


def found_case(number: str) -> ApplicationRecord:
    """Return a case by its number.

    Raises: Http404.
    """
    try:
        return application_by_number(number)
    except Unknown as unknown:
        raise Http404 from unknown
