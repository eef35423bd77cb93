"""The installation and policy that the office's pages work under, as the settings give them."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from inro.configuration.installation import Installation
from inro.configuration.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHouse:
    """What the process was started over."""

    installation: Installation
    policy: Policy


def house() -> OfficeHouse:
    """Return the house of this process.

    Raises: ImproperlyConfigured where the settings are none of the office's.
    """
    if settings.HOUSE is None:
        raise ImproperlyConfigured("HOUSE")
    return settings.HOUSE
