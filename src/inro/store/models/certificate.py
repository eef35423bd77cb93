"""Certificates as issued (17.1)."""

from django.db import models

from inro.practice.certificate import CertificateState
from inro.store.conditions import as_long_as, one_of
from inro.store.states import Scope


class Certificate(models.Model):
    """One certificate; `der` is emptied at disposal, its hash stays."""

    serial = models.OneToOneField("SerialNumber", on_delete=models.PROTECT, related_name="certificate")
    application = models.OneToOneField(
        "Application", null=True, on_delete=models.PROTECT, related_name="certificate"
    )
    key = models.OneToOneField(
        "SubscriberKey", null=True, on_delete=models.PROTECT, related_name="certificate"
    )
    role = models.CharField(max_length=12)
    der = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    not_after = models.DateTimeField()
    state = models.CharField(max_length=12)
    profile_sha256 = models.CharField(max_length=64)
    generation = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            one_of(field="state", values=CertificateState, name="certificate_state_known"),
            one_of(field="role", values=Scope, name="certificate_role_known"),
            as_long_as(field="sha256", length=64, name="certificate_hash_size"),
            models.CheckConstraint(
                condition=models.Q(role="ca")
                | models.Q(role="subscriber", application__isnull=False, key__isnull=False),
                name="certificate_has_subscriber",
            ),
            models.CheckConstraint(
                condition=models.Q(state="disposed", der__isnull=True)
                | (~models.Q(state="disposed") & models.Q(der__isnull=False)),
                name="certificate_der_kept",
            ),
        )
        indexes = (
            models.Index(
                fields=["state", "not_after", "role", "issued_at", "application"], name="certificate_end"
            ),
            models.Index(fields=["role", "issued_at", "application"], name="certificate_issued"),
        )
