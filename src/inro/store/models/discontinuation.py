"""The end of the service: one row that stands, and those taken back (11)."""

from django.db import models
from django.db.models import Q

from inro.practice.discontinuation import DiscontinuationState
from inro.store.conditions import as_long_as, differ, one_of


class Discontinuation(models.Model):
    """One plan to end the service; `standing` is 1 until it is taken back, so that only one stands.

    `until` is until when the last lists stand at least; the hashes are of the ceremony's transcript, of the
    manifest of the records handed over, and of their receipt.
    """

    standing = models.PositiveSmallIntegerField(null=True, unique=True, default=1)
    campaign = models.ForeignKey("Campaign", on_delete=models.PROTECT, related_name="discontinuations")
    last_day = models.DateField()
    state = models.CharField(max_length=16)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=32)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=32, null=True)
    told_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(null=True)
    cases_opened_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    lists_signed_at = models.DateTimeField(null=True)
    keys_destroyed_at = models.DateTimeField(null=True)
    transcript_sha256 = models.CharField(max_length=64, null=True)
    handed_over_at = models.DateTimeField(null=True)
    receiver = models.CharField(max_length=200, null=True)
    manifest_sha256 = models.CharField(max_length=64, null=True)
    receipt_sha256 = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = (
            one_of(field="state", values=DiscontinuationState, name="discontinuation_state_known"),
            differ(one="proposed_by", other="decided_by", name="discontinuation_two_officers"),
            as_long_as(field="transcript_sha256", length=64, name="discontinuation_transcript_hash"),
            as_long_as(field="manifest_sha256", length=64, name="discontinuation_manifest_hash"),
            as_long_as(field="receipt_sha256", length=64, name="discontinuation_receipt_hash"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", standing__isnull=True) | ~Q(state="withdrawn") & Q(standing=1),
                name="discontinuation_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "withdrawn")) | Q(decided_by__isnull=False),
                name="discontinuation_decided_whole",
            ),
        )
