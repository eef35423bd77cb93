"""Decisions written over by the database's owner: genuine assertions in the wrong place, or none at all."""

import json
from dataclasses import replace
from typing import Any

from inro.pki.assertion import Assertion, challenge_of
from inro.pki.canonical import canonical_bytes
from inro.practice.approval import TO_ISSUE, ApprovalContent, Purpose, certification
from inro.practice.validity import ValidityPeriod
from inro.store.ids import OrderId
from inro.store.models import Decision, IssuanceOrder
from inro.usecases.decision import Approval, latest_approvals
from tests import given
from tests.signer.given_signer import NOW, World
from tests.signer.tampering import tamper

_OFFICER_OF = {Purpose.ACCEPTANCE: "p-accept", Purpose.ISSUANCE: "p-issue"}


def content_of(world: World, order: OrderId, purpose: Purpose, **changes: Any) -> ApprovalContent:
    """Return what an officer is asked to approve of an order, with changes."""
    application = IssuanceOrder.objects.get(pk=order).application
    before = latest_approvals(application=application.pk, purposes=TO_ISSUE[: TO_ISSUE.index(purpose)])
    asked = given.approval_content(
        world.house,
        purpose=purpose,
        case=application.number,
        content=certification(
            content=given.CONTENT, period=ValidityPeriod(application.period), findings=given.FINDINGS
        ),
        after=before[-1] if before else None,
        now=NOW,
    )
    return replace(asked, **changes)


def write_over(order: OrderId, purpose: Purpose, approval: Approval, **columns: Any) -> None:
    """Put another approval where the decision of a purpose stands."""
    content, assertion = approval.content, approval.assertion
    values = {
        "content": canonical_bytes(content.as_record()),
        "challenge": challenge_of(content),
        "credential_id": assertion.credential_id,
        "authenticator_data": assertion.authenticator_data,
        "client_data_json": assertion.client_data_json,
        "signature": assertion.signature,
        "assertion_sha256": assertion.sha256.hex(),
    } | columns
    settings = ", ".join(f"{name} = %s" for name in values)
    tamper(
        f"UPDATE store_decision SET {settings} WHERE purpose = %s AND application_id ="
        " (SELECT application_id FROM store_issuanceorder WHERE id = %s)",
        *values.values(),
        purpose.value,
        order,
    )


def approve_again(world: World, order: OrderId, purpose: Purpose, *, by: str, **changes: Any) -> None:
    """Write over a decision with an officer's genuine approval of a changed content, and those after it."""
    write_over(order, purpose, world.house.approve(by, content_of(world, order, purpose, **changes)))
    if purpose is not TO_ISSUE[-1]:
        later = TO_ISSUE[TO_ISSUE.index(purpose) + 1]
        approve_again(world, order, later, by=_OFFICER_OF[later])


def decision_of(order: OrderId, purpose: Purpose) -> Approval:
    """Return a decision as it is on record."""
    row = Decision.objects.get(application__order=order, purpose=purpose)
    return Approval(
        content=ApprovalContent.from_record(json.loads(bytes(row.content or b""))),
        assertion=Assertion(
            credential_id=bytes(row.credential_id),
            authenticator_data=bytes(row.authenticator_data),
            client_data_json=bytes(row.client_data_json),
            signature=bytes(row.signature),
        ),
    )
