"""Which file of Corporate Numbers is loaded, and what it said of an application's organization (8.2).

The published numbers themselves stand in a table of `store.corporate_register`.
"""

from django.db import models

from inro.japanese.organization_name import NameSource, NameVerdict
from inro.practice.corporate_number import ConfirmationMethod, ConfirmationOutcome
from inro.store.conditions import as_long_as, one_of


class CorporateRegisterLoad(models.Model):
    """The file whose entries the register holds: one row; `generation` counts the loads."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.PositiveIntegerField()
    published_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="register_one_load"),
            models.CheckConstraint(condition=models.Q(rows__gte=1), name="register_not_empty"),
            as_long_as(field="sha256", length=64, name="register_hash_size"),
        )


class CorporateNumberConfirmation(models.Model):
    """What the register said of a number when a clerk asked for an application; the last one holds.

    `name` is what to certify and `name_source` where it comes from, `name_verdict` how the application's
    name agrees with it and `name_parts_at` where the two first part.
    """

    application = models.ForeignKey(
        "Application", on_delete=models.PROTECT, related_name="number_confirmations"
    )
    number = models.CharField(max_length=13)
    method = models.CharField(max_length=16)
    published_on = models.DateField()
    confirmed_on = models.DateField()
    confirmed_by = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12)
    published_name = models.TextField(null=True)
    closed_on = models.DateField(null=True)
    successor = models.CharField(max_length=13, null=True)
    name = models.TextField(null=True)
    name_source = models.CharField(max_length=20, null=True)
    name_verdict = models.CharField(max_length=12, null=True)
    name_parts_at = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            one_of(field="method", values=ConfirmationMethod, name="confirmation_method_known"),
            one_of(field="outcome", values=ConfirmationOutcome, name="confirmation_outcome_known"),
            as_long_as(field="number", length=13, name="confirmation_number_size"),
            as_long_as(field="successor", length=13, name="confirmation_successor_size"),
            models.CheckConstraint(
                condition=models.Q(name_source__isnull=True)
                | models.Q(name_source__in=[source.value for source in NameSource]),
                name="confirmation_source_known",
            ),
            models.CheckConstraint(
                condition=models.Q(name_verdict__isnull=True)
                | models.Q(name_verdict__in=[verdict.value for verdict in NameVerdict]),
                name="confirmation_verdict_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome="not_found",
                    published_name__isnull=True,
                    name__isnull=True,
                    name_source__isnull=True,
                    name_verdict__isnull=True,
                )
                | models.Q(
                    published_name__isnull=False,
                    name__isnull=False,
                    name_source__isnull=False,
                    name_verdict__isnull=False,
                )
                & ~models.Q(outcome="not_found"),
                name="confirmation_found_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="closed", closed_on__isnull=False)
                | models.Q(closed_on__isnull=True, successor__isnull=True) & ~models.Q(outcome="closed"),
                name="confirmation_closed_on",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_on__gte=models.F("published_on")),
                name="confirmation_after_publication",
            ),
        )
        indexes = (
            models.Index(fields=["application", "id"], name="confirmation_application"),
            models.Index(fields=["number"], name="confirmation_number"),
        )
