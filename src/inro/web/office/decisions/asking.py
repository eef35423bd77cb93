"""What is asked to be signed goes to the browser and comes back unchanged, within ten minutes (9.1)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest

from inro.pki.assertion import Assertion, challenge_of, encode_octets
from inro.practice.approval import ApprovalContent
from inro.practice.errors import Refused
from inro.usecases.decision import Approval, Officers
from inro.web.office.clerk import actor_of
from inro.web.office.decisions.officers import credentials_of

_SALT = "inro.decision"
_ASKED_FOR = timedelta(minutes=10)
_PARTS = ("credential_id", "authenticator_data", "client_data_json", "signature")


class AskedTooLongAgo(Refused):
    """What was asked to be signed is not what this desk asked this person, or ten minutes are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the page hands to the security key; `offer` is the content under the office's own key."""

    content: ApprovalContent
    offer: str
    challenge: str
    rp_id: str
    credentials: list[str]


def question(request: HttpRequest, content: ApprovalContent, among: Officers) -> Question:
    """Return what to ask the person at the desk to sign.

    Raises: CanonicalRefused.
    """
    person = actor_of(request).name
    return Question(
        content=content,
        offer=dumps({"person": person, "content": content.as_record()}, salt=_SALT, compress=True),
        challenge=encode_octets(challenge_of(content)),
        rp_id=among.roster.rp_id,
        credentials=credentials_of(person, among),
    )


def answer(request: HttpRequest) -> Approval:
    """Return what the person signed; whether it counts is the use case's to say.

    Raises: AskedTooLongAgo, AssertionRefused.
    """
    try:
        asked: dict[str, Any] = loads(request.POST.get("offer", ""), salt=_SALT, max_age=_ASKED_FOR)
    except BadSignature as error:
        raise AskedTooLongAgo from error
    if asked["person"] != actor_of(request).name:
        raise AskedTooLongAgo
    return Approval(
        content=ApprovalContent.from_record(asked["content"]),
        assertion=Assertion.from_record({name: request.POST.get(name, "") for name in _PARTS}),
    )
