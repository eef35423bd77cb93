"""Who read what of a case and why, and lists that leave the house (40(1), 40(7))."""

from django.db import models

from inro.practice.export import Charset
from inro.practice.intake import ReadingPurpose
from inro.practice.reading import ReadThing
from inro.store.conditions import as_long_as, differ, one_of


class Reading(models.Model):
    """One person read one thing of one case for one purpose on one day in Japan; never changed."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="readings")
    person = models.CharField(max_length=32)
    thing = models.CharField(max_length=12)
    purpose = models.CharField(max_length=12)
    day = models.DateField()
    first_at = models.DateTimeField()

    class Meta:
        constraints = (
            one_of(field="thing", values=ReadThing, name="reading_thing_known"),
            one_of(field="purpose", values=ReadingPurpose, name="reading_purpose_known"),
            models.UniqueConstraint(
                fields=["application", "person", "thing", "purpose", "day"], name="reading_once_a_day"
            ),
        )
        indexes = (
            models.Index(fields=["person", "id"], name="reading_person"),
            models.Index(fields=["day", "id"], name="reading_day"),
        )


class Export(models.Model):
    """A list that somebody asked for; the file is written only after another person's release.

    `query` says which cases, as the list's address does; `rows` how many were written at the last fetch.
    """

    query = models.CharField(max_length=4000)
    query_sha256 = models.CharField(max_length=64)
    cases = models.PositiveIntegerField()
    charset = models.CharField(max_length=8)
    purpose = models.CharField(max_length=12)
    requested_by = models.CharField(max_length=32)
    requested_at = models.DateTimeField()
    released_by = models.CharField(max_length=32, null=True)
    released_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of(field="charset", values=Charset, name="export_charset_known"),
            one_of(field="purpose", values=ReadingPurpose, name="export_purpose_known"),
            as_long_as(field="query_sha256", length=64, name="export_query_hash"),
            differ(one="requested_by", other="released_by", name="export_two_persons"),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True, released_at__isnull=True)
                | models.Q(released_by__isnull=False, released_at__isnull=False),
                name="export_released_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(written_at__isnull=True) | models.Q(released_at__isnull=False),
                name="export_written_after_release",
            ),
        )
