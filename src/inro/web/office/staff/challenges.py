"""Challenges for passkeys: drawn for one purpose, good for one answer (WebAuthn Level 3, 13.4.3)."""

import json
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from inro.pki.assertion import Assertion, AssertionFault, AssertionRefused, decode_octets, encode_octets
from inro.pki.passkey import Registration, RelyingParty
from inro.practice.errors import Refused
from inro.web.office import clock

_KEY = "challenge"
_OCTETS = 32
_SERVES = timedelta(minutes=5)
_LONGEST_ANSWER = 65_536


class Purpose(StrEnum):
    """What an answer is asked for."""

    SIGN_IN = "sign_in"
    UNLOCK = "unlock"
    ENROL = "enrol"


class ChallengeGone(Refused):
    """Nothing was asked, it was answered before, or too long ago: an answer serves once."""


def relying_party() -> RelyingParty:
    """Return the site that this process's passkeys are of.

    Raises: ImproperlyConfigured where the settings are none of the office's.
    """
    party: RelyingParty | None = settings.RELYING_PARTY
    if party is None:
        raise ImproperlyConfigured("RELYING_PARTY")
    return party


def draw_challenge(request: HttpRequest, purpose: Purpose) -> str:
    """Draw a challenge and keep it in the session; return it in base64url."""
    drawn = encode_octets(secrets.token_bytes(_OCTETS))
    request.session[_KEY] = {"drawn": drawn, "purpose": purpose.value, "at": clock.now().isoformat()}
    if purpose is not Purpose.UNLOCK:
        # Nobody is signed in by asking: such a session is soon gone again.
        request.session.set_expiry(int(_SERVES.total_seconds()) * 2)
    return drawn


def take_challenge(request: HttpRequest, purpose: Purpose) -> bytes:
    """Take the session's challenge out of it, whatever becomes of the answer.

    Raises: ChallengeGone.
    """
    kept = request.session.pop(_KEY, None)
    if not kept or kept["purpose"] != purpose.value:
        raise ChallengeGone
    if not timedelta(0) <= clock.now() - datetime.fromisoformat(kept["at"]) < _SERVES:
        raise ChallengeGone
    return decode_octets(kept["drawn"])


def read_assertion(text: str) -> Assertion:
    """Return the assertion in a form's field.

    Raises: AssertionRefused.
    """
    return Assertion.from_record(_record(text))


def read_registration(text: str) -> Registration:
    """Return the registration in a form's field.

    Raises: AssertionRefused.
    """
    return Registration.from_record(_record(text))


def _record(text: str) -> dict[str, str]:
    try:
        found: Any = json.loads(text) if len(text) <= _LONGEST_ANSWER else None
    except (ValueError, RecursionError) as error:
        raise AssertionRefused(reason=AssertionFault.MALFORMED) from error
    if not isinstance(found, dict):
        raise AssertionRefused(reason=AssertionFault.MALFORMED)
    return found
