"""What is asked to be signed goes to the browser and comes back unchanged, within ten minutes (9.1)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest

from inro.pki.assertion import Assertion, challenge_of, encode_octets
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.calendar import jst_date
from inro.practice.errors import Refused
from inro.usecases.decision import Approval, Officers, content_to_approve
from inro.web.office.clerk import actor_of
from inro.web.office.decisions.officers import credentials_of
from inro.web.office.house import house

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


def content_of_today(
    *,
    purpose: Purpose,
    case: str,
    content: dict[str, Any],
    among: Officers,
    now: datetime,
    after: Approval | None = None,
) -> ApprovalContent:
    """Return what an officer is asked to sign that stands under the policy of the day.

    `after` is the approval it rests on, None where it follows nothing.

    Raises: NoEditionInForce, InstantWithoutZone.
    """
    made = house().policy
    edition = made.edition_on(jst_date(now))
    return content_to_approve(
        purpose=purpose,
        case=case,
        content=content,
        after=after,
        edition=(edition.terms.edition, edition.sha256),
        profile_sha256=made.profile.sha256,
        roster=among.roster,
        random_bytes=secrets.token_bytes,
        now=now,
    )
