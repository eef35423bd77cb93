"""What an examining officer found of each item of the checklist, and the checklists as shown (9.1)."""

from django.db import models
from django.db.models import Q

from inro.practice.checklist import Verdict
from inro.store.conditions import as_long_as, one_of


class ShownChecklist(models.Model):
    """A checklist that an officer has answered; `sha256` is of the canonical form of `content`."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    shown_at = models.DateTimeField()

    class Meta:
        constraints = (as_long_as(field="sha256", length=64, name="checklist_hash_size"),)


class ItemVerdict(models.Model):
    """The verdict on one item of one application as it now stands; earlier ones are in the audit log.

    `version` counts its changes. `shown_sha256` is of what the officer saw, `read` what was read from the
    paper. Reason and reading are emptied at disposal.
    """

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="verdicts")
    checklist = models.ForeignKey("ShownChecklist", on_delete=models.PROTECT, related_name="verdicts")
    item = models.CharField(max_length=40)
    verdict = models.CharField(max_length=9)
    reason = models.CharField(max_length=400)
    read = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    shown_sha256 = models.CharField(max_length=64)
    person = models.CharField(max_length=32)
    at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="verdict", values=Verdict, name="verdict_known"),
            as_long_as(field="shown_sha256", length=64, name="verdict_hash_size"),
            models.UniqueConstraint(fields=["application", "item"], name="verdict_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="verdict_version"),
            models.CheckConstraint(
                condition=~Q(verdict="deficient") | Q(disposed_at__isnull=False) | ~Q(reason=""),
                name="verdict_deficient_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(disposed_at__isnull=True) | Q(reason="", read=""), name="verdict_disposed_empty"
            ),
        )
