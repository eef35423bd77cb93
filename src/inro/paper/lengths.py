"""How long a field of a form may be: what is longer is no name or address, and is refused (8.1, 8.2).

A certificate's own fields are shorter still; that is the profile's matter.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from inro.paper.errors import TextTooLong

_ELSE = 100
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "certificate_name": 64,
        "legal_name": 64,
        "kana": 64,
        "name": 64,
        "organization.name": 120,
        "billing.organization": 120,
        "representative_title": 40,
        "representative_name": 64,
        "email": 254,
        "fax": 30,
        "telephone": 30,
        "postal_code": 8,
        "prefecture": 10,
        "city": 40,
        "principal": 120,
        "text": 1000,
        "limit": 200,
        "original": 4,
        "printed": 16,
        "reason": 200,
        # Whole addresses in one line, as later forms have them.
        "subscriber.address": 280,
        "subscriber.organization_address": 280,
        "subscriber.organization": 120,
        "proxy.address": 280,
    }
)
# How many of a kind one form takes.
MOST_AUTHORITIES = 10
MOST_REPLACEMENTS = 64
_PLACE = re.compile(r"\[\d+\]")


def check_lengths(texts: Mapping[str, str]) -> None:
    """Check texts by the path of their field, such as `organization.name`.

    Raises: TextTooLong.
    """
    for field, text in texts.items():
        limit = limit_of(field)
        if len(text) > limit:
            raise TextTooLong(field=field, length=len(text), limit=limit)


def limit_of(field: str) -> int:
    """Return how many characters a field may have; the longer end of its path decides."""
    names = _PLACE.sub("", field).split(".")
    return LIMITS.get(".".join(names[-2:]), LIMITS.get(names[-1], _ELSE))


def check_count(field: str, *, count: int, limit: int) -> None:
    """Check how many entries a field has.

    Raises: TextTooLong.
    """
    if count > limit:
        raise TextTooLong(field=field, length=count, limit=limit)
