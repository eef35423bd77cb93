"""The calendars' own addresses: of each the hash of its secret, whose it is, until when it served (40(7))."""

from django.db import models
from django.db.models import F, Q

from inro.practice.staff import LONGEST_PERSON
from inro.store.conditions import as_long_as


class CalendarAddress(models.Model):
    """One person's address; at most one of them serves."""

    person = models.CharField(max_length=LONGEST_PERSON)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            as_long_as(field="token_sha256", length=64, name="calendar_token_hash"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_one_serves"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="calendar_revoked_later",
            ),
        )
