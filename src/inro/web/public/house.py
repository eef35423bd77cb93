"""What the public pages know of the house: the policy in force, and who runs the service."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from inro.configuration.editions import Edition
from inro.configuration.policy import Policy
from inro.paper.parties import Operator
from inro.usecases.governing import governing_policy
from inro.web.public import clock


def policy() -> Policy:
    """Return the operator's policy.

    Raises: ImproperlyConfigured in a process that has none.
    """
    found = settings.POLICY
    if found is None:
        raise ImproperlyConfigured("this process has no POLICY")
    return found


def edition_today() -> Edition:
    """Return the edition of the terms in force today (2.1).

    Raises: NoEditionInForce, EditionAltered.
    """
    return governing_policy(policy()).edition_on(clock.today())


def operator() -> Operator:
    """Return who runs the service, as papers name them.

    Raises: ImproperlyConfigured in a process that does not know.
    """
    found = settings.OPERATOR
    if found is None:
        raise ImproperlyConfigured("this process has no OPERATOR")
    return found
