"""Applications imported from before this platform, and the files they came in (8.11, 40(4))."""

from django.db import models

from inro.practice.past_application import PastService
from inro.store.conditions import as_long_as, one_of


class PastImport(models.Model):
    """One file that was taken in whole; `added` of its `lines` were new, both known once it is read."""

    file_sha256 = models.CharField(max_length=64)
    lines = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=32)

    class Meta:
        constraints = (
            as_long_as(field="file_sha256", length=64, name="past_import_hash_size"),
            models.CheckConstraint(
                condition=models.Q(added__lte=models.F("lines")), name="past_import_adds_up"
            ),
        )


class PastApplication(models.Model):
    """One of them; `stated` is form and contact, emptied by disposal, `content_sha256` of the whole line."""

    service = models.CharField(max_length=12)
    number = models.CharField(max_length=32)
    applied_on = models.DateField()
    certificate_number = models.CharField(max_length=40)
    ends_on = models.DateField()
    stated = models.JSONField(null=True)
    content_sha256 = models.CharField(max_length=64)
    came_in = models.ForeignKey("PastImport", on_delete=models.PROTECT, related_name="applications")
    line = models.PositiveIntegerField()
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="service", values=PastService, name="past_service_known"),
            models.UniqueConstraint(fields=["service", "number"], name="past_number_once"),
            as_long_as(field="content_sha256", length=64, name="past_content_hash"),
            models.CheckConstraint(
                condition=models.Q(stated__isnull=False, disposed_at__isnull=True)
                | models.Q(stated__isnull=True, disposed_at__isnull=False),
                name="past_disposed_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("applied_on")), name="past_ends_later"
            ),
        )
        indexes = (models.Index(fields=["ends_on"], name="past_ends"),)
