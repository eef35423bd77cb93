"""An application, one for each contract (7, 8, 9)."""

from django.db import models

from inro.practice.application import ApplicationState
from inro.practice.stated import ApplicantKind
from inro.practice.validity import ValidityPeriod
from inro.store.conditions import as_long_as, differ, one_of


class Application(models.Model):
    """One application; `stated` is the form as given, `content` what the certificate will show.

    `findings` is what examination found; its hash is in the log. `deficient_at` is when papers were last
    found deficient: the notice of that counts, no earlier one. `predecessor` or `past` is what it renews.
    """

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=16)
    edition = models.CharField(max_length=10)
    edition_sha256 = models.CharField(max_length=64)
    period = models.CharField(max_length=6)
    stated = models.JSONField(null=True)
    content = models.JSONField(null=True)
    content_sha256 = models.CharField(max_length=64, null=True)
    findings = models.JSONField(null=True)
    findings_sha256 = models.CharField(max_length=64, null=True)
    drafted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    deficient_at = models.DateTimeField(null=True)
    examination_ended_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    examiner = models.CharField(max_length=32, null=True)
    decider = models.CharField(max_length=32, null=True)
    predecessor = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="renewals", db_index=False
    )
    past = models.ForeignKey(
        "PastApplication", null=True, on_delete=models.PROTECT, related_name="renewals", db_index=False
    )

    class Meta:
        constraints = (
            one_of(field="state", values=ApplicationState, name="application_state_known"),
            one_of(field="kind", values=ApplicantKind, name="application_kind_known"),
            one_of(field="period", values=ValidityPeriod, name="application_period_known"),
            differ(one="examiner", other="decider", name="application_two_officers"),
            as_long_as(field="content_sha256", length=64, name="application_content_hash"),
            as_long_as(field="findings_sha256", length=64, name="application_findings_hash"),
            models.CheckConstraint(
                condition=~models.Q(state__in=("accepted", "issued"))
                | models.Q(
                    content_sha256__isnull=False,
                    findings_sha256__isnull=False,
                    accepted_at__isnull=False,
                    examination_ended_at__isnull=False,
                    examiner__isnull=False,
                    decider__isnull=False,
                ),
                name="application_accepted_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(predecessor__isnull=True) | models.Q(past__isnull=True),
                name="application_renews_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="deficient") | models.Q(deficient_at__isnull=False),
                name="application_deficient_since",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="disposed")
                | models.Q(
                    stated__isnull=True,
                    content__isnull=True,
                    findings__isnull=True,
                    purged_at__isnull=False,
                ),
                name="application_disposed_empty",
            ),
        )
        indexes = (
            models.Index(fields=["state"], name="application_state"),
            # Few renew anything: an index over the rest would tell the planner that it finds everybody.
            models.Index(
                fields=["predecessor"],
                condition=models.Q(predecessor__isnull=False),
                name="application_renews",
            ),
            models.Index(
                fields=["past"], condition=models.Q(past__isnull=False), name="application_renews_past"
            ),
        )


class Counter(models.Model):
    """The last number given out in a series and year."""

    series = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["series", "year"], name="counter_once"),)
