"""Certificates of the OCSP responder: written down before they are signed, then as signed (26)."""

from django.db import models

from inro.store.conditions import as_long_as


class ResponderCertificate(models.Model):
    """One certificate by which the responder's key answers; `der` is None until it is signed."""

    serial = models.OneToOneField("SerialNumber", on_delete=models.PROTECT, related_name="responder")
    tbs_sha256 = models.CharField(max_length=64)
    profile_sha256 = models.CharField(max_length=64)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    at = models.DateTimeField()
    der = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        constraints = (
            as_long_as(field="tbs_sha256", length=64, name="responder_tbs_hash"),
            models.CheckConstraint(
                condition=models.Q(not_after__gt=models.F("not_before")), name="responder_period"
            ),
            models.CheckConstraint(
                condition=models.Q(der__isnull=True, sha256__isnull=True)
                | models.Q(der__isnull=False, sha256__isnull=False),
                name="responder_signed_whole",
            ),
        )
