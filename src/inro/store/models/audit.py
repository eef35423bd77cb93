"""The audit log: one hash chain, append-only by trigger, ids and hashes only (39.4, 40(7))."""

from django.db import models

from inro.practice.events import EventKind
from inro.store.conditions import as_long_as, one_of


class AuditRow(models.Model):
    """One row; `at` and `details` are text so that any reader hashes what it reads."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=64)
    subject = models.CharField(max_length=80)
    details = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (
            one_of(field="kind", values=EventKind, name="audit_kind_known"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_seq_positive"),
            as_long_as(field="previous", length=64, name="audit_previous_size"),
            as_long_as(field="hash", length=64, name="audit_hash_size"),
        )
        indexes = (models.Index(fields=["subject", "seq"], name="audit_subject"),)


class AuditHead(models.Model):
    """Where the chain ends: one row, locked last in every act."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head"),)


class AuditAnchor(models.Model):
    """A signature of the token over the chain up to `seq`."""

    seq = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signature = models.BinaryField()


class InstalledRoster(models.Model):
    """A roster of officers that was in force: its signed bytes, their hash, the roster key's signature.

    The bytes of those recorded before they were kept are the ceremony's folder's alone.
    """

    version = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    document = models.BinaryField(null=True)
    signature = models.BinaryField(null=True)
    installed_at = models.DateTimeField()
