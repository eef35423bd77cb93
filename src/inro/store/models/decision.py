"""Officers' decisions with the assertions of their security keys (9.1, 21, 22)."""

from django.db import models

from inro.practice.approval import OF_THE_HOUSE, TO_REVOKE, Purpose
from inro.practice.duties import Duty
from inro.store.conditions import as_long_as, one_of

# Of the house, or of a mass revocation, whose row names its two.
_OF_NO_CASE = sorted(purpose.value for purpose in (*OF_THE_HOUSE, *TO_REVOKE))


class Decision(models.Model):
    """One decision; `content` is the canonical form that was signed, emptied at disposal.

    `assertion_sha256` and `challenge` stay for ever, so no assertion serves twice.
    """

    decision = models.CharField(max_length=36, unique=True)
    application = models.ForeignKey(
        "Application", null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    case = models.ForeignKey("RevocationCase", null=True, on_delete=models.PROTECT, related_name="decisions")
    purpose = models.CharField(max_length=24)
    verdict = models.CharField(max_length=16)
    duty = models.CharField(max_length=24)
    person = models.CharField(max_length=32)
    credential_id = models.BinaryField()
    content = models.BinaryField(null=True)
    challenge = models.BinaryField(unique=True)
    authenticator_data = models.BinaryField()
    client_data_json = models.BinaryField()
    signature = models.BinaryField()
    assertion_sha256 = models.CharField(max_length=64, unique=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="purpose", values=Purpose, name="decision_purpose_known"),
            one_of(field="duty", values=Duty, name="decision_duty_known"),
            as_long_as(field="challenge", length=32, name="decision_challenge_size"),
            as_long_as(field="assertion_sha256", length=64, name="decision_assertion_hash"),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False, case__isnull=True)
                | models.Q(application__isnull=True, case__isnull=False)
                | models.Q(application__isnull=True, case__isnull=True, purpose__in=_OF_NO_CASE),
                name="decision_one_matter",
            ),
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(case__isnull=False),
                name="decision_case_two_officers",
            ),
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=models.Q(case__isnull=False),
                name="decision_case_once",
            ),
        )
