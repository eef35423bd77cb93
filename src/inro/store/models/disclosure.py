"""What was handed to authorities by law (41, 44.2)."""

from django.db import models

from inro.store.conditions import as_long_as


class LegalDisclosure(models.Model):
    """One disclosure to an authority; the officer's assertion over it is in the decisions."""

    application = models.ForeignKey("Application", on_delete=models.PROTECT, related_name="legal_disclosures")
    authority = models.CharField(max_length=200)
    ground = models.CharField(max_length=200)
    reference = models.CharField(max_length=200)
    asked_on = models.DateField()
    scope = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    assertion_sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (
            as_long_as(field="assertion_sha256", length=64, name="legal_disclosure_assertion_hash"),
            models.CheckConstraint(
                condition=~models.Q(authority="") & ~models.Q(ground="") & ~models.Q(reference=""),
                name="legal_disclosure_on_ground",
            ),
        )
